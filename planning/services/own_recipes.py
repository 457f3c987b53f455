"""An athlete's own recipes: private dishes, computed like the built-in ones, and planned like them for their owner."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from athletes.models import Athlete, User
from athletes.services.versions import raise_profile_version
from athletes.validation import check_text
from nutrition_site.kernel.audit import record_audit
from nutrition_site.kernel.errors import Conflict, InvalidInput
from nutrition_site.kernel.ids import is_id, new_id
from planning.catalogue.compose import REQUIRED
from planning.catalogue.names import food_name
from planning.catalogue.pieces import sizes
from planning.documents import recipe_document
from planning.models import Food, MealPlan, PlanItem, Recipe, RecipeIngredient
from planning.own.composing import Portion, compose_dish, composed_fields, serving_doubts
from planning.services.choice import is_measured, why_not
from planning.services.own_foods import checked_words, lock_owner, missing_words
from planning.units import QuantityError, facts_of, parse_quantity, to_grams
from planning.wording import SLOTS

MAX_RECIPES = 300
MAX_LINES = 60
MAX_STEPS = 40
FIELDS = (
    *("name", "slots", "servings", "ingredients", "steps", "prep_minutes", "cook_minutes", "hands_on_minutes"),
    *("keeps", "batchable", "cuisine", "equipment", "min_servings", "max_servings", "step_servings", "source"),
)
STEPS_IN_QUARTERS = {0.25: 1, 0.5: 2, 1.0: 4}
# A stored meal that is further from its recipe than this share, and than this amount in its unit, was made from another
# version of it. Fiber and sodium have wide ranges in a day.
SAME_AMOUNT: dict[str, tuple[float, float]] = {
    **dict.fromkeys(REQUIRED, (0.005, 0.05)),
    "fiber_g": (0.05, 0.5),
    "sodium_mg": (0.05, 50.0),
}


def usable_foods(athlete: Athlete) -> QuerySet[Food]:
    """What this athlete's own recipes may be made of: reviewed foods and the athlete's own."""
    return Food.objects.filter(Q(owner=None, core=True) | Q(owner=athlete))


@transaction.atomic
def create_own_recipe(
    *, athlete: Athlete, values: Mapping[str, Any], confirm_amounts: bool = False, by: User
) -> Recipe:
    """Stores a recipe of this athlete; `values` hold FIELDS, with the grams of each food for all servings together.

    Raises InvalidInput naming every wrong field, Conflict `amounts_doubtful` (409) where a serving looks like a mistake
    in the units and `confirm_amounts` is not set.
    """
    lock_owner(athlete.pk)
    if Recipe.objects.filter(owner=athlete, active=True).count() >= MAX_RECIPES:
        raise Conflict(gettext("At most %(count)s recipes of your own.") % {"count": MAX_RECIPES}, code="too_many")
    recipe_id = new_id("rcp")
    slug = f"own:{recipe_id}"
    recipe = Recipe(id=recipe_id, slug=slug, family=slug, kind=Recipe.Kind.OWN, owner=athlete)
    lines = _fill(recipe, athlete, values, confirm_amounts)
    recipe.save(force_insert=True)
    RecipeIngredient.objects.bulk_create(lines)
    raise_profile_version(athlete.pk)
    record_audit(verb="recipe.created", by=by, object_id=recipe.pk, athlete_id=athlete.pk)
    return recipe


@transaction.atomic
def update_own_recipe(*, recipe: Recipe, values: Mapping[str, Any], confirm_amounts: bool = False, by: User) -> Recipe:
    """Changes what `values` name. Plans that hold the dish are out of date from now on, and flagged where it has
    become unsafe. Raises as creating does."""
    lock_owner(recipe.owner_id)
    locked = Recipe.objects.select_for_update(of=("self",)).select_related("owner").get(pk=recipe.pk)
    if locked.owner is None:
        raise InvalidInput(gettext("A recipe of the catalogue cannot be changed."))
    present = entered_values(locked)
    scales = {"servings", "ingredients"} & set(values)
    lines = _fill(locked, locked.owner, {**present, **values}, confirm_amounts or not scales)
    locked.save()
    RecipeIngredient.objects.filter(recipe=locked).delete()
    RecipeIngredient.objects.bulk_create(lines)
    raise_profile_version(locked.owner.pk)
    record_audit(
        verb="recipe.updated", by=by, object_id=locked.pk, athlete_id=locked.owner.pk, fields=sorted(values)
    )  # fmt: skip
    return locked


@transaction.atomic
def delete_own_recipe(*, recipe: Recipe, by: User) -> None:
    """Removes a recipe; one that a plan holds stays readable there and is never planned again."""
    owner = recipe.owner_id or ""
    lock_owner(recipe.owner_id)
    record_audit(verb="recipe.deleted", by=by, object_id=recipe.pk, athlete_id=owner)
    if PlanItem.objects.filter(recipe=recipe).exists():
        Recipe.objects.filter(pk=recipe.pk).update(active=False)
    else:
        recipe.delete()
    raise_profile_version(owner)


@transaction.atomic
def recompute_recipes(*, foods: Iterable[str] | None = None) -> int:
    """Computes own recipes again after their foods changed; all of them without `foods`. Returns how many differ.

    Call it after every load of the catalogue: allergens of a reviewed food may have changed.
    """
    recipes = Recipe.objects.exclude(owner=None)
    if foods is not None:
        recipes = recipes.filter(ingredients__food__in=list(foods)).distinct()
    changed = 0
    owners = set()
    for recipe in recipes.prefetch_related("ingredients__food"):
        portions = [Portion(line.food, line.grams_per_serving, line.to_taste) for line in recipe.ingredients.all()]
        fresh = composed_fields(compose_dish(portions, slots=recipe.slots))
        if any(getattr(recipe, name) != value for name, value in fresh.items()):
            Recipe.objects.filter(pk=recipe.pk).update(**fresh)
            owners.add(recipe.owner_id)
            changed += 1
    for owner in sorted(owner for owner in owners if owner):
        raise_profile_version(owner)
    return changed


def changed_items(plan: MealPlan) -> list[PlanItem]:
    """Planned meals of dishes that are something else now than when the plan was made from them, or are not served any
    more: an athlete's own that was edited, one of the catalogue whose food or amounts were corrected."""
    if plan.current is None:
        return []
    planned = [item for item in plan.current.items.all() if item.status == PlanItem.Status.PLANNED]
    gone = {item.pk for item in planned if not item.recipe.active and not item.locked}
    return [item for item in planned if item.pk in gone or any(_moved(item, name) for name in SAME_AMOUNT)]


def _moved(item: PlanItem, name: str) -> bool:
    """Whether a serving holds another amount of a nutrient now; less than `SAME_AMOUNT` is rounding.

    What was unknown of fiber or sodium when the plan was made promised nothing.
    """
    planned, present = item.nutrients.get(name), item.recipe.nutrients.get(name)
    if name in item.recipe.nutrient_coverage:
        present = None
    if planned is None:
        return present is not None and name in REQUIRED
    if present is None:
        return True
    share, least = SAME_AMOUNT[name]
    return bool(abs(present * item.quarters / 4 - planned) > max(share * planned, least))


def entered_values(recipe: Recipe) -> dict[str, Any]:
    """A stored recipe as it was entered: amounts for all servings, as FIELDS."""
    lines = list(recipe.ingredients.order_by("position"))
    servings = batch_of(recipe, lines)
    return {
        "name": recipe.name,
        "slots": recipe.slots,
        "servings": servings,
        "ingredients": [
            {
                "food_id": line.food_id,
                "grams": None if line.to_taste and not line.grams_per_serving else line.grams_per_serving * servings,
                "show": line.show,
                "to_taste": line.to_taste,
            }
            for line in lines
        ],
        "steps": recipe.method,
        "prep_minutes": recipe.prep_minutes,
        "cook_minutes": recipe.cook_minutes,
        "hands_on_minutes": recipe.hands_on_minutes,
        "keeps": recipe.keeps,
        "batchable": recipe.batchable,
        "cuisine": recipe.cuisine,
        "equipment": recipe.equipment,
        "min_servings": recipe.min_quarters / 4,
        "max_servings": recipe.max_quarters / 4,
        "step_servings": recipe.step_quarters / 4,
        "source": recipe.source,
    }


def batch_of(recipe: Recipe, lines: Sequence[RecipeIngredient]) -> float:
    """Servings that the recipe as written makes: what goes in weighs `yield_g`."""
    weight = sum(line.grams_per_serving for line in lines)
    return round(recipe.yield_g / weight, 3) if recipe.yield_g and weight else 1.0


def own_recipe_document(recipe: Recipe, athlete: Athlete) -> dict[str, Any]:
    """A recipe as the catalogue shows it, with whether and why it is planned for its owner."""
    against = reasons_against(recipe, athlete)
    return {
        **recipe_document(recipe, full=True),
        "servings": batch_of(recipe, list(recipe.ingredients.all())),
        "servings_step": recipe.step_quarters / 4,
        "source": recipe.source,
        "planned": recipe.active and not against,
        "not_planned_because": against,
    }


def reasons_against(recipe: Recipe, athlete: Athlete) -> list[str]:
    """Why an own dish is not planned for its owner: what is unknown of it, allergies, diets."""
    reasons = []
    if not is_measured(recipe):
        for line in recipe.ingredients.all():
            words = missing_words(line.food)
            if words:
                reasons.append(
                    gettext("%(nutrients)s of %(food)s unknown")
                    % {"nutrients": ", ".join(words), "food": food_name(line.food)}
                )
    return reasons + why_not(recipe, athlete)


def _fill(recipe: Recipe, athlete: Athlete, values: Mapping[str, Any], confirmed: bool) -> list[RecipeIngredient]:
    """Sets every column of the recipe and returns its new lines, unsaved. Raises with every error at once."""
    errors: dict[str, str] = {}
    name = checked_words(values.get("name"), 200, "name", errors)
    cuisine = checked_words(values.get("cuisine"), 40, "cuisine", errors, required=False)
    source = checked_words(values.get("source"), 300, "source", errors, required=False)
    slots = list(dict.fromkeys(values.get("slots") or []))
    if not slots or any(slot not in SLOTS for slot in slots):
        errors["slots"] = gettext("One or more of %(names)s.") % {"names": ", ".join(SLOTS)}
    servings = values.get("servings")
    if servings is None or not 0.25 <= servings <= 100:
        errors["servings"] = "From 0.25 to 100."
    steps = _steps(values.get("steps") or [], errors)
    minutes = _minutes(values, errors)
    quarters = _sizes(values, errors)
    amounts = _amounts(athlete, values.get("ingredients") or [], errors)
    if errors:
        raise InvalidInput(details=[{"field": field, "message": message} for field, message in errors.items()])
    share = float(servings or 1)
    lines = [
        RecipeIngredient(
            recipe=recipe,
            food=food,
            position=position,
            grams_per_serving=round(grams / share, 4),
            show=show[:200],
            to_taste=to_taste,
        )
        for position, (food, grams, show, to_taste) in enumerate(amounts)
    ]
    portions = [Portion(line.food, line.grams_per_serving, line.to_taste) for line in lines]
    composed = compose_dish(portions, slots=slots)
    doubts = serving_doubts(portions, composed)
    if doubts and not confirmed:
        raise Conflict(
            " ".join([*doubts, gettext("Check the amounts and the number of servings, then confirm them.")]),
            code="amounts_doubtful",
            details=[{"field": "confirm_amounts", "message": doubt} for doubt in doubts],
        )
    for column, value in composed_fields(composed).items():
        setattr(recipe, column, value)
    recipe.name, recipe.slots, recipe.method = name, slots, steps
    recipe.min_quarters, recipe.max_quarters, recipe.step_quarters = quarters
    recipe.prep_minutes, recipe.cook_minutes = minutes["prep_minutes"], minutes["cook_minutes"]
    recipe.hands_on_minutes = minutes["hands_on_minutes"]
    recipe.keeps = _keeps(values.get("keeps") or {})
    recipe.batchable = bool(values.get("batchable"))
    recipe.cuisine = cuisine
    recipe.equipment = [str(word)[:40] for word in values.get("equipment") or []][:20]
    recipe.source = source
    recipe.yield_g = round(sum(grams for _, grams, _, _ in amounts), 3)
    recipe.active = True
    return lines


def _minutes(values: Mapping[str, Any], errors: dict[str, str]) -> dict[str, int]:
    """Minutes by field. Planning counts them, so what was not said is asked for: it is not 0."""
    prep, cook = values.get("prep_minutes"), values.get("cook_minutes")
    hands_on = values.get("hands_on_minutes")
    hands_on = prep if hands_on is None else hands_on
    minutes = {"prep_minutes": prep or 0, "cook_minutes": cook or 0, "hands_on_minutes": hands_on or 0}
    for field, value in minutes.items():
        if not 0 <= value <= 1440:
            errors[field] = "From 0 to 1440 minutes."
    if hands_on is None:
        errors["hands_on_minutes"] = gettext("How many minutes of work is it? Your days are planned by them.")
    if cook is None:
        errors["cook_minutes"] = gettext("How many minutes does it cook? 0 where nothing is cooked.")
    return minutes


def _steps(rows: Sequence[Any], errors: dict[str, str]) -> list[str]:
    texts = [str(row) for row in rows if str(row).strip()]
    if len(texts) > MAX_STEPS:
        errors["steps"] = gettext("At most %(count)s steps.") % {"count": MAX_STEPS}
        return []
    try:
        return [check_text(text, limit=2000, lines=True) for text in texts]
    except ValueError as error:
        errors["steps"] = str(error)
        return []


def _keeps(keeps: Mapping[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    if keeps.get("fridge_days") is not None:
        kept["fridge_days"] = min(max(int(keeps["fridge_days"]), 0), 14)
    for name in ("freezer", "portable"):
        if keeps.get(name) is not None:
            kept[name] = bool(keeps[name])
    return kept


def _sizes(values: Mapping[str, Any], errors: dict[str, str]) -> tuple[int, int, int]:
    low, high = values.get("min_servings") or 0.5, values.get("max_servings") or 2.5
    step = STEPS_IN_QUARTERS.get(values.get("step_servings") or 0.25)
    if step is None:
        errors["step_servings"] = gettext("Must be 0.25, 0.5 or 1.")
        step = 1
    if not 0.25 <= low <= high <= 10:
        errors["min_servings"] = gettext("From 0.25, at most the largest serving, which is at most 10.")
        return 2, 10, step
    least, most = round(low * 4), round(high * 4)
    if not sizes(min_quarters=least, max_quarters=most, step_quarters=step):
        errors["step_servings"] = gettext("No serving between the smallest and the largest fits this step.")
    return least, most, step


def _amounts(
    athlete: Athlete, rows: Sequence[Mapping[str, Any]], errors: dict[str, str]
) -> list[tuple[Food, float, str, bool]]:
    if not rows:
        errors["ingredients"] = gettext("A recipe has at least one ingredient.")
    if len(rows) > MAX_LINES:
        errors["ingredients"] = gettext("At most %(count)s ingredients.") % {"count": MAX_LINES}
        return []
    wanted = [str(row.get("food_id") or "") for row in rows]
    usable = usable_foods(athlete).filter(pk__in=[food_id for food_id in wanted if is_id(food_id, "fod")])
    # Held until the dish is stored: a food that is curated meanwhile would find no dish yet, and the dish no milk.
    foods = {food.pk: food for food in usable.order_by("pk").select_for_update(no_key=True)}
    amounts = []
    for index, (row, food_id) in enumerate(zip(rows, wanted, strict=True)):
        food = foods.get(food_id)
        if food is None:
            errors[f"ingredients.{index}.food_id"] = gettext("There is no such food for your recipes.")
            continue
        grams = _grams(food, row, index, errors)
        if grams is not None:
            words = row.get("show") or row.get("text")
            show = checked_words(words, 500, f"ingredients.{index}.show", errors, required=False)
            amounts.append((food, grams, show, bool(row.get("to_taste"))))
    if amounts and not any(grams > 0 for _, grams, _, _ in amounts):
        errors["ingredients"] = gettext("At least one ingredient has an amount.")
    return amounts


def _grams(food: Food, row: Mapping[str, Any], index: int, errors: dict[str, str]) -> float | None:
    """Grams of a line: as given, or from its text where the text leaves no doubt."""
    field = f"ingredients.{index}.grams"
    grams = row.get("grams")
    if grams is None and row.get("text"):
        try:
            quantity = parse_quantity(str(row["text"]))
            weighed = to_grams(quantity, facts_of(food))
        except QuantityError as error:
            errors[f"ingredients.{index}.text"] = str(error)
            return None
        if weighed.grams is None and quantity.to_taste:
            return 0.0
        if weighed.grams is None or weighed.assumed or weighed.question:
            guess = (
                ""
                if weighed.grams is None
                else " " + gettext("It may be %(grams)s g.") % {"grams": f"{float(weighed.grams):g}"}
            )
            errors[field] = (weighed.question or gettext("Confirm the grams.")) + guess
            return None
        grams = float(weighed.grams)
    if grams is None and row.get("to_taste"):
        return 0.0
    if grams is None or not 0 < grams <= 50_000:
        errors[field] = gettext("From 0 to 50,000 g, more than 0.")
        return None
    return float(grams)
