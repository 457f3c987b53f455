"""Vitamins and minerals of planned days against the athlete's reference intakes, with what is not known said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from athletes.models import Athlete
from planning import mapping, science
from planning.models import Food, PlanItem, RecipeIngredient
from planning.science.constants import number, source
from planning.science.micronutrients import KINDS, UNITS, NutrientAssessment

STATUS_WORDS = {
    "ok": "Near the reference or above it",
    "below_reference": "Below 70 % of the reference in this plan: worth a look at the food, and no diagnosis",
    "above_upper": "Above the upper limit for a day: worth a look with a dietitian",
    "unknown": "Not enough is known to judge",
}
HINTS = {
    "iron_mg": "A ferritin test tells whether you need more. Take iron only on a doctor's advice.",
    "vitamin_d_ug": "Food brings little vitamin D; the sun and a 25(OH)D blood test tell more.",
    "calcium_mg": "Dairy, fortified drinks, tofu set with calcium and green vegetables bring calcium.",
}
PLANT_HINT = "Without animal food, vitamin B12 has to come from fortified food or a supplement."


@dataclass(frozen=True, slots=True)
class NutrientRow:
    """One nutrient of a stretch of days: mean per day against the reference (`kind` RDA or AI), `upper` the limit (UL).

    `mean` counts what is known; None where no ingredient tells. `share` is mean / reference, None unless judged.
    `coverage` is the known share of the ingredients, by number or mass, whichever is less. `status` is ok,
    below_reference, above_upper or unknown; `words` say it, `hint` what helps.
    """

    nutrient: str
    unit: str
    mean: float | None
    dri: float
    kind: str
    upper: float | None
    share: float | None
    known_ingredients: int
    ingredients: int
    coverage: float
    days: int
    status: str
    words: str
    coverage_words: str
    hint: str
    source: str


@dataclass(slots=True)
class _Tally:
    """What one nutrient has added up to: amounts by day, known and all foods, known and all grams."""

    by_day: dict[date, float] = field(default_factory=lambda: defaultdict(float))
    known: set[str] = field(default_factory=set)
    known_grams: float = 0.0


def week_micronutrients(athlete: Athlete, first: date, last: date) -> list[NutrientRow]:
    """Means over the planned days from first to last against the athlete's references; at most the last seven count.

    Skipped meals are left out. Empty when nothing is planned. Fewer than five planned days, or less than 70 % of the
    ingredients known, are not judged.
    """
    eaten = _planned_servings(athlete, first, last)
    days = sorted(eaten)[-int(number("micro.assessed_days")) :]
    if not days:
        return []
    recipes = {recipe for day in days for recipe in eaten[day]}
    ingredients = _ingredients(recipes)
    profile = science.fill_profile(mapping.science_profile(athlete, on=days[-1]))
    references = science.reference_intakes(profile)
    tallies, foods, grams = _tally(eaten, days, ingredients, list(references.per_day))
    coverages = {
        name: min(len(tally.known) / len(foods), tally.known_grams / grams) if foods and grams > 0 else 0.0
        for name, tally in tallies.items()
    }
    enough = number("micro.coverage_min")
    amounts = [
        {name: tally.by_day[day] if coverages[name] >= enough else None for name, tally in tallies.items()}
        for day in days
    ]
    plant_based = (profile.diet or "").lower() == "vegan"
    return [
        _row(found, tallies[found.nutrient], coverages[found.nutrient], len(foods), days, references, plant_based)
        for found in science.assess_week(profile=profile, days=amounts)
    ]


def _row(
    found: NutrientAssessment,
    tally: _Tally,
    coverage: float,
    foods: int,
    days: Sequence[date],
    references: Any,
    plant_based: bool,
) -> NutrientRow:
    name = found.nutrient
    mean = sum(tally.by_day[day] for day in days) / len(days) if tally.known else None
    hint = HINTS.get(name, "") if found.status == "below_reference" else ""
    if name == "vitamin_b12_ug" and plant_based:
        hint = PLANT_HINT
    return NutrientRow(
        nutrient=name,
        unit=UNITS[name],
        mean=mean,
        dri=found.reference,
        kind=KINDS.get(name, "RDA"),
        upper=references.upper.get(name),
        share=found.share,
        known_ingredients=len(tally.known),
        ingredients=foods,
        coverage=coverage,
        days=len(days),
        status=found.status,
        words=STATUS_WORDS[found.status],
        coverage_words=f"{len(tally.known)} of {foods} ingredients known",
        hint=hint,
        source=source(references.row),
    )


def _planned_servings(athlete: Athlete, first: date, last: date) -> dict[date, dict[str, float]]:
    """Servings by day and recipe, from the newest verified plan of each day; skipped meals are left out."""
    rows = (
        PlanItem.objects.filter(
            revision__current_of__athlete=athlete,
            revision__current_of__status="verified",
            date__gte=first,
            date__lte=last,
        )
        .order_by("revision__current_of__created_at", "revision__plan_id")
        .values_list("date", "revision__plan_id", "recipe_id", "quarters", "status")
    )
    plans: dict[date, dict[str, list[tuple[str, int, str]]]] = defaultdict(lambda: defaultdict(list))
    for day, plan_id, recipe_id, quarters, status in rows:
        plans[day][plan_id].append((recipe_id, quarters, status))
    result: dict[date, dict[str, float]] = {}
    for day, by_plan in plans.items():
        servings: dict[str, float] = defaultdict(float)
        for recipe_id, quarters, status in list(by_plan.values())[-1]:
            if status != PlanItem.Status.SKIPPED:
                servings[recipe_id] += quarters / 4
        result[day] = dict(servings)
    return result


def _ingredients(recipe_ids: set[str]) -> dict[str, list[tuple[Food, float]]]:
    """Foods with the grams in one serving, by recipe."""
    found: dict[str, list[tuple[Food, float]]] = defaultdict(list)
    rows = RecipeIngredient.objects.filter(recipe__in=recipe_ids).select_related("food")
    for row in rows.only("recipe_id", "grams_per_serving", "food__nutrients", "food__fiber_g", "food__sodium_mg"):
        found[row.recipe_id].append((row.food, row.grams_per_serving))
    return found


def _tally(
    eaten: Mapping[date, Mapping[str, float]],
    days: Sequence[date],
    ingredients: Mapping[str, Sequence[tuple[Food, float]]],
    names: Sequence[str],
) -> tuple[dict[str, _Tally], set[str], float]:
    tallies = {name: _Tally() for name in names}
    foods: set[str] = set()
    total = 0.0
    for day in days:
        for recipe_id, servings in eaten[day].items():
            for food, grams_per_serving in ingredients.get(recipe_id, ()):
                grams = grams_per_serving * servings
                foods.add(food.pk)
                total += grams
                for name, tally in tallies.items():
                    per_100_g = food.nutrients.get(name, getattr(food, name, None))
                    if per_100_g is None:
                        continue
                    tally.by_day[day] += per_100_g * grams / 100
                    tally.known.add(food.pk)
                    tally.known_grams += grams
    return tallies, foods, total
