"""What an athlete has at home: edible grams by food, never below zero, each cause counted once.

Every change of one athlete's pantry holds the lock of their `Kitchen` row, so that two people at once cannot use the
same oats twice, and raises `Kitchen.pantry_revision` once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from athletes.models import Athlete, User
from athletes.validation import check_text
from nutrition_site.kernel.audit import record_audit
from nutrition_site.kernel.errors import InvalidInput, NotFound
from planning.catalogue.names import food_name, name_of
from planning.models import Food, FoodMeasure, Kitchen, PantryItem, PantryMove, PlanItem, RecipeIngredient, ShoppingItem
from planning.units import FoodFacts, facts_of, fold_text, parse_quantity, to_grams

MAX_GRAMS = 100_000.0
MAX_PANTRY_ITEMS = 1000
# Nobody keeps a stock of it.
TAP_WATER = "14411"
DECIMALS = 6
# [engineering choice] So much of a word stays the same in its forms: berry, berries; jabuka, jabuke.
STEM, SHORTEST_STEM = 4, 3
# Below a tenth of a milligram nothing is left.
NOTHING = 1e-4


def stock_for_planning(athlete: Athlete) -> dict[str, float]:
    """Edible grams at home by food id, only what there is; one query."""
    rows = PantryItem.objects.filter(athlete=athlete, grams__gt=NOTHING)
    return dict(rows.values_list("food_id", "grams"))


def pantry_revision(athlete: Athlete) -> int:
    """The number that every answer derived from the pantry is kept under; 1 before the first change."""
    found = Kitchen.objects.filter(athlete=athlete).values_list("pantry_revision", flat=True).first()
    return found or 1


def open_kitchen(athlete_id: str) -> Kitchen:
    """The athlete's kitchen, locked until the transaction ends; it is made where there is none yet."""
    Kitchen.objects.get_or_create(athlete_id=athlete_id)
    return Kitchen.objects.select_for_update().get(athlete_id=athlete_id)


def _changed(kitchen: Kitchen) -> None:
    kitchen.pantry_revision += 1
    kitchen.save(update_fields=["pantry_revision"])


def _shift(athlete_id: str, food_id: str, grams: float) -> float:
    """Adds grams (negative: takes them, as far as there are any); returns what really moved."""
    row, _ = PantryItem.objects.get_or_create(athlete_id=athlete_id, food_id=food_id, defaults={"grams": 0.0})
    after = round(min(max(row.grams + grams, 0.0), MAX_GRAMS), DECIMALS)
    moved = round(after - row.grams, DECIMALS)
    if moved:
        row.grams = after
        row.save(update_fields=["grams", "updated_at"])
    return moved


# --- by hand ---


@transaction.atomic
def add_to_pantry(*, athlete: Athlete, food_id: str, grams: float, by: User | None) -> PantryItem:
    """More of a food at home; what is there already stays. Raises InvalidInput for a food or amount that cannot be."""
    food = usable_food(athlete, food_id)
    amount = _checked_grams(grams, least=NOTHING)
    kitchen = open_kitchen(athlete.pk)
    rows = PantryItem.objects.filter(athlete=athlete)
    present = rows.filter(food=food).first()
    if present is None and rows.count() >= MAX_PANTRY_ITEMS:
        raise InvalidInput.of(
            "food_id", gettext("At most %(count)s foods fit in a pantry.") % {"count": MAX_PANTRY_ITEMS}
        )
    if present is not None and present.grams + amount > MAX_GRAMS:
        raise InvalidInput.of(
            "grams", gettext("At most %(kilograms)s kg of one food.") % {"kilograms": f"{MAX_GRAMS / 1000:g}"}
        )
    moved = _shift(athlete.pk, food.pk, amount)
    PantryMove.objects.create(athlete=athlete, food=food, grams=moved, reason=PantryMove.Reason.SET)
    _changed(kitchen)
    item = PantryItem.objects.select_related("food").get(athlete=athlete, food=food)
    record_audit(verb="pantry.added", by=by, object_id=item.pk, athlete_id=athlete.pk)
    return item


@transaction.atomic
def set_pantry_item(*, athlete: Athlete, pantry_id: str, grams: float, by: User | None) -> PantryItem:
    """Says how much there really is. Raises NotFound, InvalidInput below zero or above what a kitchen holds."""
    amount = _checked_grams(grams, least=0.0)
    kitchen = open_kitchen(athlete.pk)
    item = PantryItem.objects.filter(athlete=athlete, pk=pantry_id).select_related("food").first()
    if item is None:
        raise NotFound()
    moved = _shift(athlete.pk, item.food_id, amount - item.grams)
    if moved:
        PantryMove.objects.create(athlete=athlete, food=item.food, grams=moved, reason=PantryMove.Reason.SET)
        _changed(kitchen)
        record_audit(verb="pantry.set", by=by, object_id=item.pk, athlete_id=athlete.pk)
    item.refresh_from_db(fields=["grams", "updated_at"])
    return item


@transaction.atomic
def remove_pantry_item(*, athlete: Athlete, pantry_id: str, by: User | None) -> None:
    """Takes a food out of the pantry. Raises NotFound."""
    kitchen = open_kitchen(athlete.pk)
    item = PantryItem.objects.filter(athlete=athlete, pk=pantry_id).first()
    if item is None:
        raise NotFound()
    if item.grams:
        PantryMove.objects.create(
            athlete=athlete, food_id=item.food_id, grams=-item.grams, reason=PantryMove.Reason.SET
        )
    record_audit(verb="pantry.removed", by=by, object_id=item.pk, athlete_id=athlete.pk)
    item.delete()
    _changed(kitchen)


def usable_food(athlete: Athlete, food_id: str) -> Food:
    """A food of the catalogue or the athlete's own. Raises InvalidInput for any other."""
    food = Food.objects.filter(pk=food_id).first()
    if food is None or food.owner_id not in (None, athlete.pk):
        raise InvalidInput.of("food_id", gettext("There is no such food."))
    return food


def _checked_grams(grams: float, *, least: float) -> float:
    if not least <= grams <= MAX_GRAMS:
        low = "above 0" if least else "0"
        raise InvalidInput.of(
            "grams", gettext("Must be %(low)s to %(high)s g.") % {"low": low, "high": f"{MAX_GRAMS:g}"}
        )
    return round(grams, DECIMALS)


def read_grams(*, athlete: Athlete, food: Food, text: str, field: str = "quantity") -> float:
    """Edible grams of an amount as people write it (`2 cups`, `500 g`, `3`).

    Volumes need the food's density or a weighed measure, counts the weight of a piece; the athlete's own measures come
    first. Raises InvalidInput with a question where an amount cannot be converted or is absurd.
    """
    try:
        amount = parse_quantity(check_text(text, limit=80))
    except ValueError as error:
        raise InvalidInput.of(field, str(error)) from error
    facts = _facts(athlete, food)
    answer = to_grams(amount, facts)
    # Without a unit of weight or measure a number counts pieces of what is named: three buckets are not three bananas.
    unknown = not amount.unit and not is_named(amount.food_text, food.name, food_name(food), facts.piece_name)
    if answer.grams is None or answer.absurd or unknown:
        raise InvalidInput.of(
            field, answer.question or gettext("How many grams of %(food)s is it?") % {"food": food_name(food)}
        )
    return float(answer.grams)


def is_named(words: str, *names: str) -> bool:
    """Whether words written beside a number, if any, are one of these names in any of its forms: "eggs", "banane"."""
    written = fold_text(words).split()
    known = [part for name in names for part in fold_text(name).replace(",", " ").split()]
    return not written or any(
        len(word) >= SHORTEST_STEM and part.startswith(word[:STEM]) for word in written for part in known
    )


def _facts(athlete: Athlete, food: Food) -> FoodFacts:
    """What weighing this food takes, with the athlete's own measures in the place of the sourced ones."""
    facts = facts_of(food)
    own = FoodMeasure.objects.filter(athlete=athlete, food=food).first()
    if own is not None and own.density_g_per_ml:
        facts = replace(facts, density_g_per_ml=own.density_g_per_ml, portions=())
    if own is not None and own.piece_grams:
        facts = replace(facts, piece_grams=own.piece_grams, portions=())
    return facts


# --- by planned meals ---


def meal_cause(item: PlanItem) -> str:
    """The name of a meal's place, which outlives revisions of its plan."""
    return f"{item.revision.plan_id}:{item.date.isoformat()}:{item.slot}:{item.index}"


@transaction.atomic
def use_for_meal(*, item: PlanItem, by: User | None) -> dict[str, float]:
    """Takes a meal's ingredients from the pantry, as far as they are there: grams taken by food id.

    To be called when a planned meal is marked eaten. The same place of a plan counts once until `restore_from_meal`.
    """
    athlete_id = item.revision.plan.athlete_id
    needs = _ingredients(item)
    if not PantryItem.objects.filter(athlete_id=athlete_id, food_id__in=needs).exists():
        return {}
    kitchen = open_kitchen(athlete_id)
    cause = meal_cause(item)
    eaten = PantryMove.objects.filter(athlete_id=athlete_id, reason=PantryMove.Reason.EATEN, cause_id=cause)
    if eaten.exists():
        return {}
    held = PantryItem.objects.filter(athlete_id=athlete_id, food_id__in=needs).values_list("food_id", flat=True)
    taken = {food_id: -_shift(athlete_id, food_id, -needs[food_id]) for food_id in sorted(held)}
    # A food that had run out is written down as well: the meal has had its turn.
    PantryMove.objects.bulk_create(
        PantryMove(athlete_id=athlete_id, food_id=food_id, grams=-grams, reason=PantryMove.Reason.EATEN, cause_id=cause)
        for food_id, grams in taken.items()
    )
    taken = {food_id: grams for food_id, grams in taken.items() if grams}
    if taken:
        _changed(kitchen)
        record_audit(
            verb="pantry.used", by=by, object_id=item.revision.plan_id, athlete_id=athlete_id, foods=len(taken)
        )
    return taken


@transaction.atomic
def restore_from_meal(*, item: PlanItem, by: User | None) -> dict[str, float]:
    """Puts back exactly what `use_for_meal` took: grams by food id. To be called when a meal is no longer eaten."""
    athlete_id = item.revision.plan.athlete_id
    moves = PantryMove.objects.filter(athlete_id=athlete_id, reason=PantryMove.Reason.EATEN, cause_id=meal_cause(item))
    if not moves.exists():
        return {}
    kitchen = open_kitchen(athlete_id)
    back = {move.food_id: -move.grams for move in moves.order_by("food_id") if move.grams}
    for food_id, grams in back.items():
        _shift(athlete_id, food_id, grams)
    moves.delete()
    if back:
        _changed(kitchen)
        record_audit(
            verb="pantry.restored", by=by, object_id=item.revision.plan_id, athlete_id=athlete_id, foods=len(back)
        )
    return back


def _ingredients(item: PlanItem) -> dict[str, float]:
    """Edible grams by food of one planned dish."""
    needs: dict[str, float] = {}
    lines = RecipeIngredient.objects.filter(recipe_id=item.recipe_id).exclude(food__code=TAP_WATER)
    for food_id, grams in lines.values_list("food_id", "grams_per_serving"):
        needs[food_id] = needs.get(food_id, 0.0) + item.quarters / 4 * grams
    return {food_id: round(grams, DECIMALS) for food_id, grams in needs.items()}


# --- by shopping ---


@transaction.atomic
def put_away(*, athlete_id: str, bought: Mapping[str, tuple[str, float]]) -> None:
    """Puts checked-off items into the pantry. `bought` maps an item's id to (food id, edible grams).

    An item counts once: what an earlier check of it left used up is not added again.
    """
    if not bought:
        return
    kitchen = open_kitchen(athlete_id)
    earlier = {move.cause_id: move for move in _bought_moves(athlete_id, bought)}
    changed = False
    for item_id, (food_id, grams) in sorted(bought.items()):
        move = earlier.get(item_id)
        moved = _shift(athlete_id, food_id, grams - (move.grams if move else 0.0))
        changed = changed or bool(moved)
        if move:
            move.grams = round(move.grams + moved, DECIMALS)
            move.save(update_fields=["grams"])
        else:
            PantryMove.objects.create(
                athlete_id=athlete_id,
                food_id=food_id,
                grams=moved,
                reason=PantryMove.Reason.BOUGHT,
                cause_id=item_id,
            )
    if changed:
        _changed(kitchen)


@transaction.atomic
def take_back(*, athlete_id: str, item_ids: Iterable[str]) -> dict[str, float]:
    """Takes what these items brought out of the pantry again: by item id, the grams that were used up already.

    What is used up cannot come back; it stays written down, so that checking the item again adds only the rest.
    """
    ids = sorted(item_ids)
    if not ids or not _bought_moves(athlete_id, ids).exists():
        return {}
    kitchen = open_kitchen(athlete_id)
    missing: dict[str, float] = {}
    changed = False
    for move in _bought_moves(athlete_id, ids).order_by("cause_id"):
        moved = _shift(athlete_id, move.food_id, -move.grams)
        changed = changed or bool(moved)
        left = round(move.grams + moved, DECIMALS)
        if left > NOTHING:
            missing[move.cause_id] = left
            move.grams = left
            move.save(update_fields=["grams"])
        else:
            move.delete()
    if changed:
        _changed(kitchen)
    return missing


@transaction.atomic
def settle_purchases(*, athlete_id: str, item_ids: Iterable[str]) -> None:
    """What these items brought stays in the pantry for good; the items may be checked off for more."""
    _bought_moves(athlete_id, item_ids).update(cause_id="")


def bought_grams(*, athlete_id: str, item_ids: Iterable[str]) -> dict[str, float]:
    """Edible grams that these items brought into the pantry, by item id."""
    return dict(_bought_moves(athlete_id, item_ids).values_list("cause_id", "grams"))


def _bought_moves(athlete_id: str, item_ids: Iterable[str]) -> Any:
    return PantryMove.objects.filter(
        athlete_id=athlete_id, reason=PantryMove.Reason.BOUGHT, cause_id__in=list(item_ids)
    )


# --- documents ---


def pantry_document(item: PantryItem) -> dict[str, Any]:
    """One food at home."""
    return {
        "id": item.pk,
        "food_id": item.food_id,
        "name": item.food.name,
        "aisle": item.food.aisle,
        "grams": item.grams,
        "unit": "g",
        "updated_at": item.updated_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }


def names_bought(items: Iterable[ShoppingItem], missing: Mapping[str, float]) -> list[str]:
    """One sentence for each item of which a part was used up before it was taken back."""
    return [
        gettext("%(grams)s g of %(food)s were used already and could not be taken back.")
        % {"grams": f"{missing[item.pk]:.0f}", "food": name_of(item.name)}
        for item in items
        if item.pk in missing
    ]
