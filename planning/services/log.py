"""What was eaten besides or instead of the plan: writing it down, taking it back, and what to offer for one tap.

Nutrients are kept as they were when something was logged. What is not known is absent: a day that holds such an entry
has eaten at least what its totals say, and teaches nothing about expenditure.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import gettext as _

from athletes.models import Athlete, User
from athletes.validation import check_text
from nutrition_site.kernel.audit import record_audit
from nutrition_site.kernel.clock import today
from nutrition_site.kernel.errors import InvalidInput
from nutrition_site.kernel.sentences import in_english
from planning.barcodes import read_barcode
from planning.catalogue.compose import REQUIRED
from planning.catalogue.dislikes import Named, kinds_of
from planning.catalogue.names import dish_name
from planning.documents import utc_text
from planning.models import DishOpinion, Food, LogEntry, Recipe
from planning.own.composing import Portion, compose_dish
from planning.services.choice import is_disliked, why_not
from planning.services.pantry import is_named, read_grams
from planning.services.targets import EARLIEST
from planning.units import QuantityError, parse_quantity
from planning.units_types import fold_text
from planning.wording import SLOTS

MAX_ENTRIES_A_DAY = 100
MAX_NAME = 250
MAX_AMOUNT = 60
# More of one thing is a slip of the units.
MAX_GRAMS = 5_000.0
MAX_SERVINGS = 20.0
RECENT_DAYS = 60
RECENT_ROWS = 200
RECENT_SHOWN = 8
_TIME = re.compile(r"^([01]\d|2[0-3]):[0-5]\d$")


@dataclass(frozen=True, slots=True)
class Place:
    """Where on a day something belongs: a slot of `SLOTS` or "", and HH:MM on the athlete's clock or ""."""

    day: date
    slot: str = ""
    time: str = ""


@transaction.atomic
def log_food(
    *,
    athlete: Athlete,
    food: Food,
    place: Place,
    source: str,
    by: User,
    amount: str = "",
    grams: float | None = None,
) -> LogEntry:
    """Writes down a food in edible grams, or in an amount as people write it ("2 slices", "150 g", "1 cup").

    Raises InvalidInput naming `food_id`, `amount`, `grams`, `day`, `slot` or `time`.
    """
    if food.owner_id not in (None, athlete.pk):
        raise InvalidInput.of("food_id", _("There is no such food."))
    if grams is None:
        grams = read_grams(athlete=athlete, food=food, text=amount, field="amount")
        field = "amount"
    else:
        amount, field = amount or f"{grams:g} g", "grams"
    if not 0 < grams <= MAX_GRAMS:
        raise InvalidInput.of(field, _("Give more than 0 and at most %(most)g g.") % {"most": MAX_GRAMS})
    composed = compose_dish([Portion(food, grams)], slots=())
    return _store(
        athlete=athlete, place=place, by=by, name=food.name, food=food, amount=amount, grams=round(grams, 3),
        nutrients=composed.nutrients, source=source,
    )  # fmt: skip


@transaction.atomic
def log_dish(
    *,
    athlete: Athlete,
    recipe: Recipe,
    place: Place,
    source: str,
    by: User,
    amount: str = "",
    servings: float | None = None,
) -> LogEntry:
    """Writes down servings of a dish of the catalogue or of one's own. What is not known of every ingredient is left
    out. Raises InvalidInput naming `recipe_id`, `amount`, `servings`, `day`, `slot` or `time`.
    """
    if recipe.owner_id not in (None, athlete.pk):
        raise InvalidInput.of("recipe_id", _("There is no such dish."))
    field = "amount" if servings is None else "servings"
    count = read_servings(amount, dish=recipe) if servings is None else servings
    if not 0 < count <= MAX_SERVINGS:
        raise InvalidInput.of(field, _("Give more than 0 and at most %(most)g servings.") % {"most": MAX_SERVINGS})
    nutrients = {
        name: round(value * count, 4)
        for name, value in recipe.nutrients.items()
        if value is not None and name not in recipe.nutrient_coverage
    }
    words = f"{count:g} serving" if count == 1 else f"{count:g} servings"
    return _store(
        athlete=athlete, place=place, by=by, name=recipe.name, recipe=recipe, amount=words, nutrients=nutrients,
        source=source,
    )  # fmt: skip


@transaction.atomic
def log_words(*, athlete: Athlete, words: str, place: Place, source: str, by: User) -> LogEntry:
    """Writes down something in the athlete's own words; what it holds is unknown. Raises InvalidInput naming `name`."""
    try:
        name = check_text(words, limit=MAX_NAME)
    except ValueError as error:
        raise InvalidInput.of("name", str(error)) from error
    return _store(athlete=athlete, place=place, by=by, name=name, source=source)


@transaction.atomic
def log_again(*, athlete: Athlete, entry: LogEntry, place: Place, by: User) -> LogEntry:
    """The same thing in the same amount once more, with what is known of it today.

    What the catalogue or the athlete has let go since is written down as it was.
    """
    if entry.athlete_id != athlete.pk:
        raise InvalidInput.of("entry_id", _("There is no such entry."))
    source = LogEntry.Source.AGAIN
    if entry.food is not None:
        return log_food(
            athlete=athlete, food=entry.food, place=place, source=source, by=by, amount=entry.amount, grams=entry.grams
        )
    if entry.recipe is not None:
        return log_dish(
            athlete=athlete, recipe=entry.recipe, place=place, source=source, by=by, amount=entry.amount
        )  # fmt: skip
    return _store(
        athlete=athlete, place=place, by=by, name=entry.name, amount=entry.amount, grams=entry.grams,
        nutrients=entry.nutrients, source=source,
    )  # fmt: skip


@transaction.atomic
def undo_log(*, entry: LogEntry, by: User) -> None:
    """Takes an entry back."""
    record_audit(verb="log.removed", by=by, object_id=entry.pk, athlete_id=entry.athlete_id)
    entry.delete()


def _store(*, athlete: Athlete, place: Place, by: User, **values: Any) -> LogEntry:
    _check_place(athlete, place)
    rows = LogEntry.objects.filter(athlete=athlete, day=place.day)
    if rows.count() >= MAX_ENTRIES_A_DAY:
        raise InvalidInput.of("day", _("At most %(most)d entries fit in a day.") % {"most": MAX_ENTRIES_A_DAY})
    entry = LogEntry.objects.create(athlete=athlete, day=place.day, slot=place.slot, time=place.time, **values)
    record_audit(verb="log.added", by=by, object_id=entry.pk, athlete_id=athlete.pk)
    return entry


def _check_place(athlete: Athlete, place: Place) -> None:
    if place.day > today(athlete.zones):
        raise InvalidInput.of("day", _("This day is still to come. What is planned for it is on its page."))
    if place.day < EARLIEST:
        raise InvalidInput.of("day", _("This day is too long ago."))
    if place.slot and place.slot not in SLOTS:
        raise InvalidInput.of("slot", _("Must be one of %(slots)s.") % {"slots": ", ".join(SLOTS)})
    if place.time and not _TIME.match(place.time):
        raise InvalidInput.of("time", _("Write the time as 13:30."))


def read_servings(text: str, *, dish: Recipe) -> float:
    """Servings of a dish as people write them: "1.5", "1½", "2 servings", "2 palačinke". Raises InvalidInput naming
    `amount`."""
    try:
        quantity = parse_quantity(check_text(text, limit=MAX_AMOUNT))
    except (QuantityError, ValueError) as error:
        raise InvalidInput.of("amount", str(error)) from error
    unnamed = not quantity.unit and not is_named(quantity.food_text, dish.name, dish_name(dish))
    if quantity.quantity is None or quantity.unit not in ("", "serving", "piece") or unnamed:
        raise InvalidInput.of("amount", _("Say how many servings of the dish, such as 1 or 1.5."))
    return float(quantity.quantity)


# --- finding ---


def find_by_barcode(athlete: Athlete, text: str) -> tuple[str, Food | None]:
    """(digits, the athlete's own food with them or None). Raises BarcodeError for what is no barcode."""
    digits = read_barcode(text)
    return digits, Food.objects.filter(owner=athlete, barcode=digits).first()


def search_dishes(athlete: Athlete, words: str, *, limit: int) -> list[Recipe]:
    """Dishes whose names hold every word, one of each family: own ones first, then what the athlete may eat, then the
    others, because those may have been eaten as well.
    """
    rows = Recipe.objects.visible_to(athlete.user).plannable().exclude(kind=Recipe.Kind.FOOD)
    parts = words.split()
    if not parts:
        return []
    if in_english():
        for part in parts:
            rows = rows.filter(name__icontains=part)
    else:
        named = rows.values_list("pk", "name", "owner_id")
        rows = rows.filter(pk__in=[pk for pk, name, owner in named if _is_called(parts, name, own=bool(owner))])
    families: dict[str, tuple[tuple[bool, bool, bool, int, str], Recipe]] = {}
    for recipe in rows.order_by("pk"):
        bad = bool(why_not(recipe, athlete))
        key = (recipe.owner_id is None, bad, recipe.kind != Recipe.Kind.BASE, len(recipe.name), recipe.pk)
        if recipe.family not in families or key < families[recipe.family][0]:
            families[recipe.family] = (key, recipe)
    return [recipe for _key, recipe in sorted(families.values(), key=lambda row: row[0])][:limit]


def _is_called(parts: Iterable[str], name: str, *, own: bool) -> bool:
    """Whether a dish is called so, in English or in the language of the page."""
    called = fold_text(name if own else f"{name} | {dish_name(name)}")
    return all(fold_text(part) in called for part in parts)


def entries_by_day(athlete: Athlete, first: date, last: date) -> dict[date, list[LogEntry]]:
    """What was logged from first to last, by day and in order; one query, days without entries are absent."""
    found: dict[date, list[LogEntry]] = defaultdict(list)
    for entry in LogEntry.objects.filter(athlete=athlete, day__gte=first, day__lte=last):
        found[entry.day].append(entry)
    return dict(found)


def logged_amount(entries: Iterable[LogEntry], nutrient: str) -> tuple[float, bool]:
    """(what the entries hold of a nutrient as far as it is known, whether it is known of all of them)."""
    values = [entry.nutrients.get(nutrient) for entry in entries]
    known = [value for value in values if value is not None]
    return float(sum(known)), len(known) == len(values)


# --- what to offer for one tap ---


def recent_entries(athlete: Athlete, *, limit: int = RECENT_SHOWN) -> list[LogEntry]:
    """What was logged lately, each thing once and the newest first; nothing that is excluded or disliked by now."""
    since = today(athlete.zones) - timedelta(days=RECENT_DAYS)
    rows = LogEntry.objects.filter(athlete=athlete, day__gte=since).select_related("food", "recipe")
    newest: dict[tuple[str, str], LogEntry] = {}
    for entry in rows.order_by("-created_at", "-pk")[:RECENT_ROWS]:
        if _is_gone(entry):
            continue
        what = entry.food_id or entry.recipe_id
        newest.setdefault(("thing", what) if what else ("words", entry.name.casefold()), entry)
    _read_ingredients([entry.recipe for entry in newest.values() if entry.recipe is not None])
    found: list[LogEntry] = []
    for entry in newest.values():
        if len(found) == limit:
            break
        if not reasons_against_entry(entry, athlete):
            found.append(entry)
    return found


def _is_gone(entry: LogEntry) -> bool:
    """Whether the food or dish of an entry was removed since: nobody can tell any more whether it is excluded."""
    if entry.recipe is not None:
        return not entry.recipe.active
    return entry.food is None and bool(entry.amount or entry.nutrients)


def favorite_dishes(athlete: Athlete, *, limit: int = RECENT_SHOWN) -> list[Recipe]:
    """One dish of each favorite family, the base where it is for this athlete; nothing excluded or disliked."""
    names = DishOpinion.objects.filter(athlete=athlete, favorite=True).order_by("-updated_at").values_list("family")
    families = [family for (family,) in names[: 2 * limit]]
    rows = list(Recipe.objects.visible_to(athlete.user).plannable().filter(family__in=families).order_by("slug"))
    _read_ingredients(rows)
    chosen: dict[str, Recipe] = {}
    for recipe in sorted(rows, key=lambda row: (row.kind != Recipe.Kind.BASE, row.slug)):
        if recipe.family not in chosen and not reasons_against_dish(recipe, athlete):
            chosen[recipe.family] = recipe
    return [chosen[family] for family in families if family in chosen][:limit]


def _read_ingredients(recipes: Sequence[Recipe]) -> None:
    """Reads what dislikes look at, for all of these dishes in two queries."""
    foods = Food.objects.only("id", "name", "allergens", "tags", "aisle")
    prefetch_related_objects(list(recipes), "ingredients", Prefetch("ingredients__food", queryset=foods))


def reasons_against(thing: Food | Recipe, athlete: Athlete) -> list[str]:
    """Why a dish, or 100 g of a food, is nothing to propose to this athlete."""
    if isinstance(thing, Food):
        return reasons_against_food(thing, athlete, grams=100.0)
    return reasons_against_dish(thing, athlete)


def reasons_against_entry(entry: LogEntry, athlete: Athlete) -> list[str]:
    """Why what was eaten is nothing to propose to this athlete; empty for own words, of which nothing is known."""
    if entry.food is not None:
        return reasons_against_food(entry.food, athlete, grams=entry.grams or 100.0)
    return [] if entry.recipe is None else reasons_against_dish(entry.recipe, athlete)


def reasons_against_food(food: Food, athlete: Athlete, *, grams: float) -> list[str]:
    """Every reason (allergy, diet, dislike) not to propose so many grams of a food. Unknown counts as a reason."""
    composed = compose_dish([Portion(food, grams)], slots=())
    dish = Recipe(allergens=composed.allergens, diets=composed.diets)
    return why_not(dish, athlete) + _dislike(Named("", (food.name,), kinds_of([food])), athlete)


def reasons_against_dish(recipe: Recipe, athlete: Athlete) -> list[str]:
    """The same for a dish."""
    foods = [line.food for line in recipe.ingredients.all()]
    named = Named(recipe.name, tuple(food.name for food in foods), kinds_of(foods))
    return why_not(recipe, athlete) + _dislike(named, athlete)


def _dislike(named: Named, athlete: Athlete) -> list[str]:
    return [_("it is among what you do not like")] if is_disliked(named, athlete.dislikes) else []


# --- documents ---


def unknown_amounts(nutrients: Mapping[str, Any]) -> list[str]:
    """Which of energy, protein, carbohydrate and fat are not known."""
    return [name for name in REQUIRED if nutrients.get(name) is None]


def log_document(entry: LogEntry) -> dict[str, Any]:
    """One entry as the API tells it; `unknown` names what a day's totals cannot count of it."""
    return {
        "id": entry.pk,
        "day": entry.day.isoformat(),
        "slot": entry.slot or None,
        "time": entry.time or None,
        "food_id": entry.food_id,
        "recipe_id": entry.recipe_id,
        "name": entry.name,
        "amount": entry.amount or None,
        "grams": entry.grams,
        "nutrients": entry.nutrients,
        "unknown": unknown_amounts(entry.nutrients),
        "source": entry.source,
        "created_at": utc_text(entry.created_at),
    }
