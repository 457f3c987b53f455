"""What somebody wants on a shopping list, in their words, and which lines of the list are about the same thing."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from advisor.proposals.shopping import lines_about, main_words, meant_food
from athletes.models import Athlete
from nutrition_site.kernel.errors import InvalidInput
from planning.models import Food, ShoppingItem, ShoppingList
from planning.quantities import grams_text
from planning.services.pantry import read_grams
from planning.services.shopping_lines import to_buy_grams
from planning.units import QuantityError, parse_quantity
from planning.units_data import MASS, VOLUME

MOST_WISHES = 6
# A pack that is short by less than this is enough, and a rounding of a part is none.
ENOUGH, NEARLY = 0.97, 1e-6
_SPLIT = re.compile(r"\s*(?:,|;|&|\+|\band\b)\s*")
_NO_NAME = re.compile(r"\b(?:some|please|also|an?|the|more|another|extra|of|too)\b", re.IGNORECASE)
_MORE = re.compile(r"\b(?:more|another|extra|additional)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wish:
    """One thing to buy: its name, the amount as it was said (empty without one), and whether it is to come on top."""

    name: str
    quantity: str = ""
    on_top: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """What a list holds of a wish: `lines` about the same thing, those still to buy first, and what is missing.

    `missing` is the amount that the list lacks: the wish's own where nothing can be compared, empty where the list
    covers it, None where the wish names no amount and the thing is on the list.
    """

    lines: tuple[ShoppingItem, ...]
    missing: str | None


def read_wishes(words: str) -> list[Wish]:
    """Each thing that the words name: `6 eggs and 500 g of rice` are two. At most six."""
    wishes = [_wish(part) for part in _SPLIT.split(words)]
    return [wish for wish in wishes if wish.name][:MOST_WISHES]


def _wish(words: str) -> Wish:
    on_top = _MORE.search(words) is not None
    text = " ".join(_MORE.sub(" ", words).split()).strip(" .")
    quantity, name = "", text
    try:
        amount = parse_quantity(text)
    except QuantityError:
        amount = None
    if amount is not None and amount.terms and amount.food_text:
        place = text.casefold().find(amount.food_text.casefold())
        # Where no space parts them (“7up”) the figure belongs to the name.
        if place > 0 and text[place - 1].isspace():
            name = text[place:]
            quantity = re.sub(r"\s+of$", "", text[:place].strip(), flags=re.IGNORECASE)
    return Wish(" ".join(_NO_NAME.sub(" ", name).split()), quantity, on_top)


def lines_like(shopping_list: ShoppingList, words: str) -> list[ShoppingItem]:
    """The lines about it, or else those whose name ends with it: rice is long-grain rice, an egg is no egg noodle."""
    found = lines_about(shopping_list, words)
    wanted = main_words(words)
    if found or not wanted:
        return found
    rows = shopping_list.items.select_related("food").order_by("pk")
    return [item for item in rows if main_words(item.name)[-len(wanted) :] == wanted]


def standing_of(shopping_list: ShoppingList, wish: Wish) -> Standing:
    """What the list holds of a wish already. What is checked off or at home is not to buy any more."""
    food, is_whole = meant_food(wish.name)
    lines = lines_about(shopping_list, wish.name, food.pk if food is not None and is_whole else None)
    waiting = [item for item in lines if not item.checked and not item.at_home]
    ordered = (*waiting, *(item for item in lines if item not in waiting))
    if not waiting or wish.on_top:
        return Standing(ordered, wish.quantity)
    if not wish.quantity:
        return Standing(ordered, None)
    weighed = next((item.food for item in waiting if item.food is not None), food)
    return Standing(ordered, _missing(shopping_list.athlete, weighed, wish.quantity, waiting))


def _missing(athlete: Athlete, food: Food | None, quantity: str, lines: Sequence[ShoppingItem]) -> str:
    """What is left of an amount after what the lines bring; the whole of it where that cannot be weighed."""
    if food is None:
        return quantity
    if (left := _pieces_missing(quantity, lines)) is not None:
        return "" if left <= 0 else str(left)
    try:
        wanted = read_grams(athlete=athlete, food=food, text=quantity)
        there = sum(_grams_of(athlete, food, item) for item in lines)
    except InvalidInput:
        return quantity
    if there >= wanted * ENOUGH:
        return ""
    return _share(quantity, (wanted - there) / wanted, grams=wanted - there)


def _pieces_missing(quantity: str, lines: Sequence[ShoppingItem]) -> int | None:
    """Of `6` beside `3 bananas` three: pieces are counted as they are told, None where one of them is no count."""
    counts = [_pieces(text) for text in (quantity, *(item.own_quantity or item.quantity for item in lines))]
    known = [count for count in counts if count is not None]
    return math.ceil(known[0] - sum(known[1:]) - NEARLY) if len(known) == len(counts) else None


def _pieces(text: str) -> float | None:
    try:
        amount = parse_quantity(text)
    except QuantityError:
        return None
    if amount.quantity is None or amount.unit or len(amount.terms) != 1:
        return None
    return float(amount.quantity)


def _share(quantity: str, share: float, *, grams: float) -> str:
    """A part of an amount in its own unit, to what people buy by: half of 2 l is 1 l, of 5 cans 3, of 250 g 130 g."""
    amount = parse_quantity(quantity)
    if amount.quantity is None or len(amount.terms) != 1:
        return grams_text(grams)
    part = share * float(amount.quantity)
    if amount.unit == "":
        return str(math.ceil(part - NEARLY))
    if amount.terms[0].kind in (MASS, VOLUME):
        shown = math.ceil(part / 10) * 10 if amount.unit in ("g", "ml") else max(round(part, 1), 0.1)
        return f"{shown:g} {amount.unit}"
    return f"{math.ceil(part - NEARLY)} {amount.unit}"


def _grams_of(athlete: Athlete, food: Food, item: ShoppingItem) -> float:
    """Edible grams that a line brings. Raises InvalidInput where its amount cannot be weighed."""
    if item.own_quantity:
        return read_grams(athlete=athlete, food=food, text=item.own_quantity)
    if item.own:
        return item.grams if item.grams is not None else read_grams(athlete=athlete, food=food, text=item.quantity)
    return float(item.basis.get("edible_bought_grams") or to_buy_grams(item))
