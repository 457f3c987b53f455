"""How an athlete measures: an own density or piece weight of a food. It changes what is bought, never what is eaten."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from athletes.models import Athlete, User
from nutrition_site.kernel.audit import record_audit
from nutrition_site.kernel.errors import InvalidInput
from planning.models import Food, FoodMeasure
from planning.services.pantry import open_kitchen, usable_food
from planning.services.shopping_lines import measure_again

# Puffed cereal weighs 0.05 g/ml, table salt 1.2, honey 1.4; nothing that is eaten weighs more than 2.
DENSITY_RANGE = (0.03, 2.0)
PIECE_RANGE = (0.1, 10_000.0)
# A sourced measure may be off by this factor; beyond it somebody mistook the unit.
LIE_FACTOR = 4.0


def measures_of(athlete: Athlete, food_ids: Iterable[str]) -> dict[str, FoodMeasure]:
    """The athlete's own measures by food id; one query."""
    return {row.food_id: row for row in FoodMeasure.objects.filter(athlete=athlete, food__in=list(food_ids))}


@transaction.atomic
def set_measure(
    *, athlete: Athlete, food_id: str, density_g_per_ml: float | None, piece_grams: float | None, by: User | None
) -> FoodMeasure:
    """An own density (g/ml) or edible weight of a piece (g); None leaves the sourced one.

    Lists that are still open show it at once. Raises InvalidInput for what cannot be, naming the sourced value.
    """
    food = usable_food(athlete, food_id)
    if density_g_per_ml is None and piece_grams is None:
        raise InvalidInput.of("density_g_per_ml", gettext("Give a density or the weight of a piece."))
    _check("density_g_per_ml", density_g_per_ml, DENSITY_RANGE, food.density_g_per_ml, "g/ml")
    _check("piece_grams", piece_grams, PIECE_RANGE, food.shopping.get("piece_grams"), "g")
    open_kitchen(athlete.pk)
    row, _ = FoodMeasure.objects.update_or_create(
        athlete=athlete, food=food, defaults={"density_g_per_ml": density_g_per_ml, "piece_grams": piece_grams}
    )
    measure_again(athlete=athlete, food=food, own=row)
    record_audit(verb="measure.set", by=by, object_id=row.pk, athlete_id=athlete.pk)
    return row


@transaction.atomic
def clear_measure(*, athlete: Athlete, food_id: str, by: User | None) -> None:
    """Back to the sourced measures; nothing to do where there is no own one."""
    open_kitchen(athlete.pk)
    row = FoodMeasure.objects.filter(athlete=athlete, food=food_id).select_related("food").first()
    if row is None:
        return
    record_audit(verb="measure.cleared", by=by, object_id=row.pk, athlete_id=athlete.pk)
    row.delete()
    measure_again(athlete=athlete, food=row.food, own=None)


def _check(field: str, value: float | None, limits: tuple[float, float], sourced: float | None, unit: str) -> None:
    if value is None:
        return
    low, high = limits
    if sourced:
        low, high = max(low, sourced / LIE_FACTOR), min(high, sourced * LIE_FACTOR)
    if not low <= value <= high:
        known = (
            " " + gettext("The usual value is %(amount)s %(unit)s.") % {"amount": f"{sourced:g}", "unit": unit}
            if sourced
            else ""
        )
        raise InvalidInput.of(
            field,
            gettext("Must be from %(low)s to %(high)s %(unit)s.")
            % {"low": f"{low:.3g}", "high": f"{high:.6g}", "unit": unit}
            + known,
        )


def measure_document(food: Food, own: FoodMeasure | None) -> dict[str, Any]:
    """A food's measures: what is sourced, what is the athlete's own, and which are in force."""
    sourced = {"density_g_per_ml": food.density_g_per_ml, "piece_grams": food.shopping.get("piece_grams")}
    mine = {
        "density_g_per_ml": own.density_g_per_ml if own else None,
        "piece_grams": own.piece_grams if own else None,
    }
    return {
        "food_id": food.pk,
        "name": food.name,
        "piece_name": food.shopping.get("piece_name") or None,
        "density_source": food.shopping.get("density_source") or None,
        "sourced": sourced,
        "own": mine,
        **{name: mine[name] if mine[name] is not None else sourced[name] for name in sourced},
    }
