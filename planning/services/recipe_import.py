"""A recipe from a pasted page or text, as a draft: every line with what it may mean. Nothing is stored here."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext

from athletes.child_process import ask_child
from athletes.models import Athlete
from nutrition_site.kernel.errors import DomainError, InvalidInput
from planning.catalogue.names import food_name
from planning.catalogue.words import split_words
from planning.models import Food, Recipe, RecipeIngredient
from planning.own.found import FoundRecipe, make_found
from planning.own.matching import CAN_STATES, FILLERS, SAME_WORDS, STATE_WORDS, Match, match_food
from planning.own.serbian_words import beginning
from planning.own.splitting import split_text
from planning.own.told import told_note
from planning.services.own_recipes import usable_foods
from planning.services.search import search_foods
from planning.units import Grams, Quantity, QuantityError, facts_of, parse_quantity, to_grams
from planning.units_data import PREPARED, VOLUME

READ_SECONDS = 15
# A page may be made to cost all of its seconds: one of the threads that serve everybody waits for each reader.
MAX_READERS = 2
WAIT_SECONDS = 3.0
MAX_PAGE_BYTES = 1_000_000
MAX_TEXT = 60_000
CANDIDATES = 30
ENOUGH = 8
# More of a liquid than any spoon or ladle measures.
POURED_ML = 100
# What cannot be weighed with a spoon in mind is asked about: half a kilogram of salt is no ingredient.
HEAVY_SEASONING_G = 60.0
SEASONING_AISLE = "Herbs & spices"
_readers = threading.BoundedSemaphore(MAX_READERS)


@dataclass(frozen=True, slots=True)
class DraftLine:
    """One line: its words, what they say, the foods it may mean, and what the person has to answer.

    `needs_confirmation` is True unless the food is named exactly and its grams follow without an assumption.
    """

    index: int
    text: str
    quantity: Quantity | None
    grams: Grams | None
    matches: tuple[Match, ...]
    needs_confirmation: bool
    question: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A recipe to confirm line by line."""

    found: FoundRecipe
    lines: tuple[DraftLine, ...]


def read_draft(*, athlete: Athlete, html: str = "", text: str = "", metric_cups: bool = False) -> Draft:
    """Reads a pasted page or text into a draft for this athlete. Stores nothing, fetches nothing.

    Raises InvalidInput when neither or both are given, DomainError `unreadable_recipe` (422) when no ingredient was
    found or the page is beyond us.
    """
    if bool(html.strip()) == bool(text.strip()):
        raise InvalidInput.of("text", gettext("Paste either the page (html) or the text of a recipe."))
    if len(text) > MAX_TEXT:
        raise InvalidInput.of("text", gettext("At most %(count)s characters.") % {"count": MAX_TEXT})
    found = read_page(html) if html.strip() else split_text(text)
    if not found.lines:
        field = "html" if html.strip() else "text"
        message = gettext(
            "No list of ingredients was found. Paste it with a heading “Ingredients” and an amount on each line."
        )
        raise DomainError(message, code="unreadable_recipe", status=422, details=[{"field": field, "message": message}])
    return Draft(found, tuple(draft_lines(athlete=athlete, texts=found.lines, metric_cups=metric_cups)))


def read_page(page: str) -> FoundRecipe:
    """The recipe of a page, read by a process of its own that time and memory limit. Raises DomainError (422).

    Few pages are read at once; what finds no place in time is refused (429, `busy`), so that costly pages keep nobody
    from their plan.
    """
    content = page.encode("utf-8", errors="replace")
    if len(content) > MAX_PAGE_BYTES:
        raise DomainError(gettext("The page is too large."), code="too_large", status=413)
    if not _readers.acquire(timeout=WAIT_SECONDS):
        raise DomainError(
            gettext("Other pages are being read just now. Try again in a moment."), code="busy", status=429
        )
    try:
        child = ask_child(module="planning.own.page_reader", content=content, seconds=READ_SECONDS)
    finally:
        _readers.release()
    if child.timed_out:
        raise _unreadable(gettext("The page takes too long to read. Paste the text of the recipe instead."))
    if not child.finished:
        raise _unreadable(
            gettext("The page takes too much time or memory to read. Paste the text of the recipe instead.")
        )
    answer = json.loads(child.output)
    if "error" in answer:
        raise _unreadable(told_note(answer["error"]))
    recipe = answer["recipe"]
    return make_found(**recipe)


def _unreadable(message: str) -> DomainError:
    return DomainError(message, code="unreadable_recipe", status=422, details=[{"field": "html", "message": message}])


def draft_lines(*, athlete: Athlete, texts: tuple[str, ...], metric_cups: bool) -> list[DraftLine]:
    """Every line with its quantity, the foods it may mean, and the grams for the likeliest of them."""
    return [draft_line(athlete, index, text, metric_cups=metric_cups) for index, text in enumerate(texts)]


def draft_line(athlete: Athlete, index: int, text: str, *, metric_cups: bool) -> DraftLine:
    """One line of an ingredient list."""
    try:
        quantity = parse_quantity(text, metric_cups=metric_cups)
    except QuantityError as error:
        matches = tuple(find_foods(athlete, text))
        return DraftLine(index, text, None, None, matches, True, str(error))
    matches = tuple(
        find_foods(
            athlete,
            f"{quantity.food_text} cube" if quantity.unit == "cube" else quantity.food_text,
            canned=quantity.unit == "can",
            poured=_is_poured(quantity),
            preparation=f"{quantity.preparation} {text}",
        )
    )
    if not matches:
        question = (
            gettext("Which food is “%(words)s”?") % {"words": quantity.food_text}
            if quantity.food_text
            else gettext("Which food is it?")
        )
        return DraftLine(index, text, quantity, None, (), True, question)
    best = matches[0]
    grams = _as_sold(quantity, best.food) or to_grams(quantity, facts_of(best.food))
    question = grams.question or _seasoning_question(best.food, grams)
    if not question and best.confidence < 1:
        question = gettext("Is it %(food)s?") % {"food": food_name(best.food)}
    if not question and grams.assumed and grams.grams is not None:
        question = gettext("Is %(grams)s g right?") % {"grams": f"{float(grams.grams):g}"}
    settled = best.confidence == 1 and not question and (grams.grams is not None or quantity.to_taste)
    return DraftLine(index, text, quantity, grams, matches, not settled, question)


def find_foods(
    athlete: Athlete, food_text: str, *, canned: bool = False, poured: bool = False, preparation: str = ""
) -> list[Match]:
    """Reviewed foods and the athlete's own that a line may mean, the likeliest first; see `match_food`."""
    spoken = split_words(food_text)
    words = [word for word in spoken if word not in PREPARED and word not in FILLERS][:8]
    plain = [word for word in words if word not in STATE_WORDS]
    among = usable_foods(athlete)
    seen: dict[str, Food] = {}
    first = [*_other_words(plain), *_queries(words)[:1], *_queries([beginning(word) for word in plain])[:1]]
    for query in dict.fromkeys([*first, *_queries(plain)]):
        if query not in first and len(seen) >= ENOUGH:
            break
        for food in search_foods(query, among=among).defer("nutrients")[:CANDIDATES]:
            seen.setdefault(food.pk, food)
    return match_food(food_text, seen.values(), canned=canned, poured=poured, preparation=preparation, uses=_uses(seen))


def _uses(foods: Iterable[str]) -> dict[str, int]:
    """In how many dishes of the catalogue each food is, without the variants for diets: what is common."""
    rows = (
        RecipeIngredient.objects.filter(food__in=list(foods), recipe__kind=Recipe.Kind.BASE, recipe__active=True)
        .values("food")
        .annotate(dishes=Count("recipe", distinct=True))
    )
    return {row["food"]: row["dishes"] for row in rows}


def _is_poured(quantity: Quantity) -> bool:
    return any(
        term.kind == VOLUME and term.size is not None and term.amount * term.size >= POURED_ML
        for term in quantity.terms
    )


def _as_sold(quantity: Quantity, food: Food) -> Grams | None:
    """Grams of cans that the line does not size: what the shops sell, drained where the food is; None otherwise.

    The reference table's cans are those of another country and another decade.
    """
    sizes = food.shopping.get("pack_sizes") or ()
    if quantity.unit != "can" or quantity.pack or quantity.stated or not quantity.quantity or not sizes:
        return None
    if food.shopping.get("shop_unit") != "can" or food.state not in CAN_STATES:
        return None
    size = Decimal(str(sizes[0]))
    kept = Decimal(str(food.shopping.get("drained_fraction") or 1)) if food.state == "drained" else Decimal(1)
    detail = f"1 can = {float(size):g} g" + (f", {float(size * kept):g} g drained" if kept != 1 else "")
    return Grams(quantity.quantity * size * kept, "pack", True, detail=detail)


def _other_words(words: list[str]) -> list[str]:
    """The same query where another word of the kitchen stands for one in it: broth for stock."""
    for one, other in SAME_WORDS.items():
        if one in words or other in words:
            return [" ".join({one: other, other: one}.get(word, word) for word in words)]
    return []


def _queries(words: list[str]) -> list[str]:
    """Ever fewer words: all of them, the last ones (they name the food), the first, the last alone."""
    queries = [" ".join(words), " ".join(words[-2:]), " ".join(words[:2]), words[-1] if words else "", *words[:1]]
    return [query for query in dict.fromkeys(queries) if query]


def _seasoning_question(food: Food, grams: Grams) -> str:
    if grams.grams is None or food.aisle != SEASONING_AISLE or float(grams.grams) <= HEAVY_SEASONING_G:
        return ""
    return gettext("%(grams)s g of %(food)s is far more than a recipe uses. Is the amount right?") % {
        "grams": f"{float(grams.grams):g}",
        "food": food_name(food),
    }


def draft_document(draft: Draft) -> dict[str, Any]:
    """A draft as the API shows it."""
    found = draft.found
    return {
        "name": found.title,
        "servings": found.servings,
        "steps": list(found.steps),
        "prep_minutes": found.prep_minutes,
        "cook_minutes": found.cook_minutes,
        "notes": [told_note(note) for note in found.notes],
        "lines": [line_document(line) for line in draft.lines],
        "stored": False,
    }


def line_document(line: DraftLine) -> dict[str, Any]:
    """One line of a draft."""
    grams = line.grams
    return {
        "index": line.index,
        "text": line.text,
        "quantity": None if line.quantity is None else quantity_document(line.quantity),
        "food_id": line.matches[0].food.pk if line.matches else None,
        "grams": None if grams is None or grams.grams is None else float(grams.grams),
        "grams_source": grams.source if grams else "",
        "grams_detail": grams.detail if grams else "",
        "assumed": bool(grams and grams.assumed),
        "candidates": [
            {
                "food_id": match.food.pk,
                "name": match.food.name,
                "confidence": match.confidence,
                "why": match.why,
                "own": match.food.owner_id is not None,
            }
            for match in line.matches
        ],
        "needs_confirmation": line.needs_confirmation,
        "question": line.question,
    }


def quantity_document(quantity: Quantity) -> dict[str, Any]:
    """What a line says, without a food."""

    def number(value: Any) -> float | None:
        return None if value is None else float(value)

    return {
        "text": quantity.text,
        "quantity": number(quantity.quantity),
        "quantity_min": number(quantity.quantity_min),
        "quantity_max": number(quantity.quantity_max),
        "unit": quantity.unit,
        "size": quantity.size,
        "food_text": quantity.food_text,
        "preparation": quantity.preparation,
        "to_taste": quantity.to_taste,
        "assumed": quantity.assumed,
    }
