"""The proposal to put something on the athlete's shopping list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from advisor.backends.protocol import Proposal
from advisor.food_names import book_for
from advisor.guardrails import excluded_foods
from advisor.proposals.base import digest, row, title_of, titled
from advisor.proposals.told import Told, in_words, list_of, quantity_of, reasoned, refuse
from advisor.readings.foods import attempts
from athletes.models import Athlete
from athletes.validation import check_text
from nutrition_site.kernel.clock import today
from nutrition_site.kernel.errors import InvalidInput, NotFound
from planning.catalogue.loader import loaded_version
from planning.catalogue.tags import DishTags, refusal_reasons
from planning.catalogue.words import NAME_END, singular, split_words
from planning.documents import food_document
from planning.models import Food, ShoppingItem, ShoppingList
from planning.services.search import search_foods
from planning.services.shopping_own import MAX_OWN_NAME, MAX_QUANTITY
from planning.services.swaps import FoodExcluded

if TYPE_CHECKING:
    from advisor.tools import Toolbox

LIST = "add_to_list"
MOST_GRAMS = 20_000.0


class NotListed(FoodExcluded):
    """422: what the athlete may not eat is not put on the list. `told` says so in every language."""

    def __init__(self, message: str) -> None:
        self.told = reasoned(
            message, in_words("Your allergies or your diet exclude it for you; I do not put it on your list.")
        )
        super().__init__(message)


def list_proposal(
    shopping_list: ShoppingList,
    *,
    name: str = "",
    quantity: str = "",
    food: Food | None = None,
    grams: float | None = None,
) -> Proposal:
    """The proposal to add an item of the athlete's own words, or a food, in grams or as people write amounts.

    Raises InvalidInput, Conflict for a list whose days are over, FoodExcluded for what the athlete may not eat.
    """
    athlete = shopping_list.athlete
    words, amount = _words(name or (food.name[:MAX_OWN_NAME] if food else "")), _amount(quantity, grams)
    refuse_closed_list(shopping_list)
    refuse_excluded_food(athlete, food, words)
    diff = list_diff(shopping_list, words, amount, food.pk if food else None)
    return Proposal(
        kind=LIST,
        arguments={
            "shopping_list_id": shopping_list.pk,
            "name": words,
            "quantity": amount,
            "food_id": food.pk if food else None,
        },
        sentence=title_of(diff),
        diff=diff,
        base_version=list_version(shopping_list, words, food.pk if food else None),
    )


def wished_item(tools: Toolbox, name: str, *, quantity: str = "", grams: float | None = None) -> Proposal:
    """The proposal to add what somebody named to the list that covers today or comes next.

    With `grams` the name must be that of a food. Raises Conflict without a list, NotFound for an unknown food, and as
    `list_proposal` does.
    """
    shopping_list = tools.shopping_list()
    if shopping_list is None:
        raise refuse("You have no shopping list for these days yet. Please make one first.", code="no_list")
    if grams is None:
        return list_proposal(shopping_list, name=name, quantity=quantity)
    food = tools.find_food(name)
    if food is None:
        raise NotFound("No food has this name.")
    return list_proposal(shopping_list, food=food, grams=grams)


def _words(name: str) -> str:
    try:
        return check_text(name, limit=MAX_OWN_NAME)
    except ValueError as error:
        raise InvalidInput.of("name", str(error)) from error


def _amount(quantity: str, grams: float | None) -> str:
    if grams is not None:
        if isinstance(grams, bool) or not 0 < grams <= MOST_GRAMS:
            raise InvalidInput.of("grams", f"Must be more than 0 and at most {MOST_GRAMS:g}.")
        return f"{grams:g} g"
    if not quantity.strip():
        return ""
    try:
        return check_text(quantity, limit=MAX_QUANTITY)
    except ValueError as error:
        raise InvalidInput.of("quantity", str(error)) from error


def refuse_closed_list(shopping_list: ShoppingList) -> None:
    """Raises Conflict `list_closed` for a list whose last day is over."""
    if shopping_list.last_day < today(shopping_list.athlete.zones):
        raise refuse("The days of this shopping list are over.", code="list_closed")


def refuse_excluded_food(athlete: Athlete, food: Food | None, words: str) -> None:
    """Raises FoodExcluded for a food that allergies or diet exclude, and for words that name one or an allergen."""
    meant, is_whole = (food, words in food.name) if food is not None else meant_food(words)
    if meant is not None:
        document = food_document(meant)
        tags = DishTags(allergens=document["allergens"], diets=frozenset(document["diets"]))
        reasons = refusal_reasons(tags, allergies=athlete.allergies, diets=athlete.dietary_preferences)
        if reasons:
            told = "; ".join(str(reason) for reason in reasons)
            raise NotListed(f"“{meant.name}” is excluded for you ({told}); I do not put it on your list.")
    # What was reviewed by this very name is known better than its words: almond milk is no milk.
    if is_whole:
        return
    book = book_for(loaded_version(), allergies=athlete.allergies, diets=athlete.dietary_preferences)
    named = excluded_foods(words, allergies=athlete.allergies, book=book)
    if named:
        told = ", ".join(dict.fromkeys(named))
        raise NotListed(f"“{words}” names what you may not eat ({told}); I do not put it on your list.")


def meant_food(words: str) -> tuple[Food | None, bool]:
    """The reviewed food that free words name, and whether all of them do; soap is no soup, so each must be in its name.

    None where there is no such food.
    """
    for number, attempt in enumerate(attempts(words)):
        food = search_foods(attempt, among=Food.objects.filter(owner=None, core=True)).first()
        if food is not None and set(split_words(attempt)) <= _words_of(f"{food.name} {food.common_name}"):
            whole = number == 0 or len(split_words(attempt)) == len(split_words(words))
            return food, whole
    return None, False


def _words_of(text: str) -> set[str]:
    return {form for word in split_words(text) for form in (word, singular(word))}


def lines_about(shopping_list: ShoppingList, words: str, food_id: str | None = None) -> list[ShoppingItem]:
    """The lines about the same thing: of that food, of the same name, or a food whose main name it is (`Milk, 2 %`)."""
    wanted = main_words(words)
    return [
        item
        for item in shopping_list.items.select_related("food").order_by("pk")
        if (food_id is not None and item.food_id == food_id) or (wanted and main_words(item.name) == wanted)
    ]


def main_words(name: str) -> list[str]:
    """The words of a name up to its first comma or parenthesis, in the singular."""
    return [singular(word) for word in split_words(NAME_END.split(name, maxsplit=1)[0])]


def list_version(shopping_list: ShoppingList, words: str, food_id: str | None) -> str:
    """What the proposal rests on: the list, and its lines about the same thing."""
    rows = [
        (item.pk, item.name, item.food_id, item.own_quantity, item.quantity)
        for item in lines_about(shopping_list, words, food_id)
    ]
    return f"{shopping_list.pk}:{digest(rows)}"


def list_diff(shopping_list: ShoppingList, words: str, amount: str, food_id: str | None) -> dict[str, Any]:
    """The new line beside those about the same thing that are there already."""
    texts = [item.own_quantity or item.quantity for item in lines_about(shopping_list, words, food_id)]
    there: list[Told] = [quantity_of(text) for text in texts]
    first, last = shopping_list.first_day, shopping_list.last_day
    title = (
        in_words(
            "Put “{name}”, {amount}, on your shopping list for {first} to {last}.",
            name=words,
            amount=amount,
            first=first,
            last=last,
        )
        if amount
        else in_words("Put “{name}” on your shopping list for {first} to {last}.", name=words, first=first, last=last)
    )
    diff = {
        "shopping_list_id": shopping_list.pk,
        "name": words,
        "quantity": amount,
        "there": texts,
        "rows": [row(words, list_of(there), list_of([*there, amount or "1"]))],
    }
    return titled(title, diff)
