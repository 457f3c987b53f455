"""An athlete's own foods, entered from a label. Private; every allergen is unknown until the athlete states it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError, RestrictedError
from django.utils.translation import gettext
from django.utils.translation import gettext as _

from athletes.models import Athlete, User
from athletes.services.versions import raise_profile_version
from athletes.validation import check_text
from nutrition_site.kernel.audit import record_audit
from nutrition_site.kernel.errors import Conflict, InvalidInput
from nutrition_site.kernel.ids import new_id
from nutrition_site.kernel.vocabulary import ALLERGENS
from planning.barcodes import BarcodeError, read_barcode
from planning.catalogue.compose import REQUIRED
from planning.catalogue.tags import LAND_ANIMAL
from planning.catalogue.words import compose_search_text
from planning.documents import food_document
from planning.models import Food, RecipeIngredient
from planning.own.composing import COLUMNS
from planning.own.label import FIELDS, WORDS, Label, read_label

MAX_FOODS = 500
MAX_PORTIONS = 20
SOURCE = "own"
DENSITY_RANGE = (0.03, 2.0)
ALLERGEN_STATES = ("contains", "may_contain", "free", "unknown")
# What the athlete may say that a food is made from. Saying nothing is not the same as saying "only plants".
ORIGINS: tuple[str, ...] = (
    *("meat", "poultry", "red_meat", "pork", "fish", "shellfish", "egg", "dairy", "honey", "gelatin", "lard", "blood"),
    *("animal_rennet", "animal_fining", "alcohol"),
)
PRICE_CURRENCY = "EUR"
LABEL_FIELDS = (
    *("name", "brand", "basis", "serving_grams", "carbs_include_fiber", *FIELDS),
    *("portions", "density_g_per_ml", "state", "aisle", "price", "allergens", "origins", "confirm_energy", "barcode"),
)
AISLES = (
    *("Vegetables", "Fruit", "Bread", "Grains", "Legumes", "Nuts & seeds", "Dairy", "Eggs", "Meat", "Fish", "Frozen"),
    *("Oils & sauces", "Herbs & spices", "Sweet & baking", "Drinks", "Sports", "Other"),
)


@transaction.atomic
def create_own_food(*, athlete: Athlete, values: Mapping[str, Any], by: User) -> Food:
    """Stores a food of this athlete. `values` hold LABEL_FIELDS. Raises InvalidInput naming every wrong field,
    Conflict `energy_doubtful` (409) where the energy does not follow from the rest and `confirm_energy` is not set.
    """
    lock_owner(athlete.pk)
    if Food.objects.filter(owner=athlete).count() >= MAX_FOODS:
        raise Conflict(gettext("At most %(count)s foods of your own.") % {"count": MAX_FOODS}, code="too_many")
    food_id = new_id("fod")
    food = Food(id=food_id, code=f"own:{food_id}", owner=athlete, core=False, source=SOURCE, group="Own foods")
    _fill(food, values)
    food.save(force_insert=True)
    record_audit(verb="food.created", by=by, object_id=food.pk, athlete_id=athlete.pk)
    return food


@transaction.atomic
def update_own_food(*, food: Food, values: Mapping[str, Any], by: User) -> Food:
    """Changes what `values` name and computes every own recipe with this food again. Raises as creating does."""
    from planning.services.own_recipes import recompute_recipes

    lock_owner(food.owner_id)
    locked = Food.objects.select_for_update().get(pk=food.pk)
    entered = {**locked.shopping.get("label", {}), **values}
    if "allergens" in values:
        known = locked.shopping.get("label", {}).get("allergens") or {}
        entered["allergens"] = {**known, **(values["allergens"] or {})}
    # A confirmation holds for the values that it was given for.
    entered["confirm_energy"] = bool(values.get("confirm_energy"))
    _fill(locked, entered)
    locked.save()
    changed = recompute_recipes(foods=[locked.pk])
    record_audit(
        verb="food.updated", by=by, object_id=food.pk, athlete_id=locked.owner_id or "", fields=sorted(values),
        recipes=changed,
    )  # fmt: skip
    if locked.owner_id:
        raise_profile_version(locked.owner_id)
    return locked


@transaction.atomic
def delete_own_food(*, food: Food, by: User) -> None:
    """Removes a food. Raises Conflict `food_in_use` (409) naming what holds it."""
    lock_owner(food.owner_id)
    names = list(
        RecipeIngredient.objects.filter(food=food).order_by("recipe__name").values_list("recipe__name", flat=True)
    )
    if names:
        raise Conflict(
            gettext("This food is in %(dishes)s.") % {"dishes": ", ".join(dict.fromkeys(names))},
            code="food_in_use",
            extra={"recipes": names},
        )
    owner = food.owner_id or ""
    record_audit(verb="food.deleted", by=by, object_id=food.pk, athlete_id=owner)
    try:
        food.delete()
    except (ProtectedError, RestrictedError):
        raise Conflict(gettext("This food is on a shopping list or in the pantry."), code="food_in_use")


def lock_owner(owner_id: str | None) -> None:
    """Holds the athlete's row until the transaction ends, before any of their foods or recipes.

    A recipe locks its foods, a food its recipes, and both end at the athlete: without one order two changes at once
    would wait for each other.
    """
    if owner_id:
        Athlete.objects.select_for_update().get(pk=owner_id)


def own_food_document(food: Food) -> dict[str, Any]:
    """A food as the catalogue shows it, with the label as entered and what is missing for planning."""
    return {
        **food_document(food, full=True),
        "barcode": food.barcode or None,
        "label": food.shopping.get("label", {}),
        "origins": sorted(food.tags) if food.shopping.get("origin_stated") else None,
        "missing_for_planning": missing_for_planning(food),
    }


def missing_for_planning(food: Food) -> list[str]:
    """Nutrients without which no dish with this food can be planned."""
    return [name for name in REQUIRED if getattr(food, name) is None]


def carbs_on_label(food: Food) -> float | None:
    """Carbohydrate per 100 g as a European label prints it, without fiber; None where the label counts fiber in it."""
    label = food.shopping.get("label", {})
    if label.get("carbs_include_fiber") or food.carbs_g is None or not food.fiber_g:
        return None
    return round(food.carbs_g - food.fiber_g, 3)


def missing_words(food: Food) -> list[str]:
    """The same in words."""
    return [gettext(WORDS[name]) for name in missing_for_planning(food)]


def _fill(food: Food, values: Mapping[str, Any]) -> None:
    """Everything that follows from what was entered; raises with every error at once."""
    errors: dict[str, str] = {}
    entered = {name: values.get(name) for name in LABEL_FIELDS if values.get(name) is not None}
    name = checked_words(entered.get("name"), 200, "name", errors)
    brand = checked_words(entered.get("brand"), 80, "brand", errors, required=False)
    density = entered.get("density_g_per_ml")
    if density is not None and not DENSITY_RANGE[0] <= density <= DENSITY_RANGE[1]:
        errors["density_g_per_ml"] = gettext("From %(low)s to %(high)s g per ml.") % {
            "low": f"{DENSITY_RANGE[0]:g}",
            "high": f"{DENSITY_RANGE[1]:g}",
        }
        density = None
    label = read_label(entered, density_g_per_ml=density)
    for field, message in label.errors.items():
        errors.setdefault(field, message)
    allergens = _allergens(entered.get("allergens") or {}, errors)
    origins = entered.get("origins")
    unknown = [word for word in origins or () if word not in ORIGINS]
    if unknown:
        errors["origins"] = gettext("Unknown: %(names)s. Known are %(known)s.") % {
            "names": ", ".join(map(str, unknown)),
            "known": ", ".join(ORIGINS),
        }
    portions = _portions(entered, errors)
    price = _price(entered.get("price"), errors)
    barcode = _barcode(food, entered.get("barcode") or "", errors)
    if entered.get("aisle") is not None and entered["aisle"] not in AISLES:
        errors["aisle"] = gettext("Must be one of %(names)s.") % {"names": ", ".join(AISLES)}
    if errors:
        raise InvalidInput(details=[{"field": field, "message": message} for field, message in errors.items()])
    if label.doubtful_energy and not entered.get("confirm_energy"):
        raise energy_doubt(label)
    for column in COLUMNS:
        setattr(food, column, label.nutrients.get(column))
    food.name = f"{name} ({brand})" if brand else name
    food.nutrients = label.nutrients
    food.portions = portions
    food.allergens = allergens
    food.tags = _with_kinds(origins or [])
    food.aisle = entered.get("aisle") or "Other"
    food.state = entered.get("state") or "ready"
    food.density_g_per_ml = density
    food.barcode = barcode
    food.price_minor_per_kg = price
    food.search_text = compose_search_text(name=name, others=[brand])
    piece = next((portion for portion in portions if portion["amount"] == 1), None)
    food.shopping = {
        "shop_unit": "g",
        "pack_sizes": [],
        "piece_name": piece["unit"] if piece else "",
        "piece_grams": piece["grams"] if piece else None,
        "drained_fraction": None,
        "density_source": "label" if density else "",
        "cost_tier": None,
        "fodmap_limit_g": None,
        "origin_stated": origins is not None,
        "label": entered,
    }


def checked_words(value: Any, limit: int, field: str, errors: dict[str, str], *, required: bool = True) -> str:
    """One line of words for a person to read: visible, without control characters; what is wrong goes to `errors`."""
    text = str(value or "")
    if not required and not text.strip():
        return ""
    try:
        return check_text(text, limit=limit)
    except ValueError as error:
        errors.setdefault(field, str(error))
        return ""


def energy_doubt(label: Label) -> Conflict:
    """The refusal that asks for a confirmation."""
    figures = {"expected": f"{label.expected_kcal:.0f}", "stated": f"{label.nutrients['energy_kcal']:.0f}"}
    return Conflict(
        gettext(
            "Protein, carbohydrate and fat would give %(expected)s kcal per 100 g, the label says %(stated)s. "
            "Check the numbers, then confirm them."
        )
        % figures,
        code="energy_doubtful",
        details=[
            {"field": "confirm_energy", "message": gettext("Stated %(stated)s, expected %(expected)s kcal.") % figures}
        ],
    )


def _with_kinds(origins: list[str]) -> list[str]:
    """Pork and poultry are meat too, even where only the kind was ticked."""
    tags = set(origins)
    if tags & (LAND_ANIMAL - {"gelatin", "lard", "blood", "meat"}):
        tags.add("meat")
    return sorted(tags)


def _allergens(stated: Mapping[str, str], errors: dict[str, str]) -> dict[str, str]:
    for name, state in stated.items():
        if name not in ALLERGENS:
            errors["allergens"] = f"{name} is not one of {', '.join(ALLERGENS)}."
        elif state not in ALLERGEN_STATES:
            errors["allergens"] = f"{name}: must be one of {', '.join(ALLERGEN_STATES)}."
    return {name: stated.get(name, "unknown") for name in ALLERGENS}


def _barcode(food: Food, text: str, errors: dict[str, str]) -> str:
    """The digits by which the athlete finds this food again; each of their foods has its own."""
    if not text.strip():
        return ""
    try:
        digits = read_barcode(text)
    except BarcodeError as error:
        errors["barcode"] = str(error)
        return ""
    other = Food.objects.filter(owner_id=food.owner_id, barcode=digits).exclude(pk=food.pk).first()
    if other is not None:
        errors["barcode"] = _("Your food %(name)s has this barcode already.") % {"name": other.name}
    return digits


def _portions(entered: Mapping[str, Any], errors: dict[str, str]) -> list[dict[str, Any]]:
    rows = entered.get("portions") or []
    if len(rows) > MAX_PORTIONS:
        errors["portions"] = gettext("At most %(count)s.") % {"count": MAX_PORTIONS}
        return []
    portions = []
    for row in rows:
        unit, grams = checked_words(row.get("name"), 40, "portions", errors).lower(), row.get("grams")
        if not unit or grams is None or not 0.1 <= grams <= 5000:
            errors.setdefault("portions", gettext("Each portion has a name and from 0.1 to 5000 g."))
            return []
        portions.append({"amount": 1.0, "description": unit, "grams": float(grams), "unit": unit, "modifier": ""})
    serving = entered.get("serving_grams")
    if serving and not any(portion["unit"] == "serving" for portion in portions):
        portions.append(
            {"amount": 1.0, "description": "serving", "grams": float(serving), "unit": "serving", "modifier": ""}
        )
    return portions


def _price(price: Mapping[str, Any] | None, errors: dict[str, str]) -> int | None:
    """Euro cents for a kilogram; a price in another currency is kept on the label but not used: plans count in euro."""
    if not price:
        return None
    amount, grams = price.get("amount_minor"), price.get("grams")
    if amount is None or grams is None or not 0 <= amount <= 1_000_000 or not 1 <= grams <= 100_000:
        errors["price"] = gettext("Give the price and for how many grams, up to 100 kg.")
        return None
    if price.get("currency") != PRICE_CURRENCY:
        return None
    return round(amount / grams * 1000)
