"""Wishes about the shopping list: something more on it, something off it, something that is bought."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from advisor.facts import Fact
from advisor.intents import Intent
from advisor.intents.offers import propose, say_waits
from advisor.proposals.list_changes import amount_on
from advisor.proposals.list_lines import Wish, lines_like, read_wishes, standing_of
from advisor.proposals.shopping import meant_food
from advisor.proposing import check_proposal, list_proposal, remove_proposal
from advisor.question import Question
from advisor.writing import Writer
from planning.models import ShoppingItem, ShoppingList

MOST_LINES = 3
_LIST = r"(?:my |the )?(?:shopping |grocery )?list(?! of\b)"
_ADD = re.compile(
    rf"\b(?:add|put|write)\s+(?P<what>[\w'.,&+ -]+?)\s+(?:to|on|onto|in)\s+{_LIST}\b|"
    r"\b(?:i (?:also )?need to buy|also buy|remind me to buy)\s+(?P<other>[\w'.,&+ -]+)"
)
_REMOVE = re.compile(
    rf"\b(?:remove|take|delete|strike|drop|erase)\s+(?P<what>[\w'.,&+ -]+?)\s+(?:from|off|out of|of)\s+{_LIST}\b"
)
# Without a word of the list: what is meant shows by the amount, by the food, or by what is on the list.
_ADD_ALONE = re.compile(r"^(?:please |(?:can|could) you )*(?:add|put)\s+(?P<what>[\w'.,&+ -]+)$")
_REMOVE_ALONE = re.compile(
    r"^(?:please |(?:can|could) you )*(?:remove|take off|delete|drop|erase)\s+(?:the |my )?(?P<what>[\w'.,&+ -]+)$"
)
_NO_THING = re.compile(
    r"\b(?:to|on|onto|from|of (?:my|the)|into|in|for|off|out|it|that|this|all|everything|meals?|dish|plan|days?|"
    r"breakfast|lunch|dinner|snacks?|profile|dislikes?|data|account|h|hours?|min|minutes?)\b"
)
_BOUGHT = re.compile(
    r"^(?:i|we|i've|we've)(?: have| just| already)* (?:bought|purchased)\s+(?P<what>[\w'.,&+ -]+)$|"
    r"\b(?:check|tick|cross|mark)(?: off)?\s+(?P<other>[\w'.,&+ -]+?)(?: off| as bought)?"
    rf"(?:\s+(?:from|on|off|of)\s+{_LIST})$|"
    r"\b(?:check|tick|cross) off\s+(?P<third>[\w'.,&+ -]+)$|\bmark\s+(?P<fourth>[\w'.,&+ -]+?)\s+as bought$"
)
_TRAIL = re.compile(r"\b(?:today|yesterday|already|just now|please|at the (?:store|shop|supermarket|market))\b|[.]$")


def _named(pattern: re.Pattern[str], q: Question) -> str:
    match = pattern.search(q.text.strip(" ."))
    words = next((group for group in match.groups() if group), "") if match else ""
    return " ".join(_TRAIL.sub(" ", words).split()).strip(" ,.")


def _alone(pattern: re.Pattern[str], q: Question) -> str:
    """What is to go on the list or off it where the list is not named; empty for a session, a meal or a day."""
    words = _named(pattern, q)
    return "" if _NO_THING.search(words) or q.days or q.wish is not None or q.range is not None else words


def _adds_food(q: Question) -> bool:
    """Whether something to buy is named without the list: each thing is a food that is known."""
    wishes = read_wishes(_alone(_ADD_ALONE, q))
    return bool(wishes) and all(meant_food(wish.name)[0] is not None for wish in wishes)


def _removes_line(q: Question) -> bool:
    """Whether something is to go that the list has, without a word of the list."""
    wishes = read_wishes(_alone(_REMOVE_ALONE, q))
    stored = q.tools.shopping_list() if wishes else None
    return stored is not None and all(lines_like(stored, wish.name) for wish in wishes)


def _stored(w: Writer) -> ShoppingList | None:
    stored = w.tools.shopping_list()
    if stored is None:
        w.say("You have no shopping list yet. Make one under “Shopping”, then I can add to it.")
    return stored


def _add(q: Question, w: Writer) -> bool:
    wishes = read_wishes(_named(_ADD, q) or _alone(_ADD_ALONE, q) or q.asked_food)
    if not wishes:
        return False
    stored = _stored(w)
    if stored is None:
        return True
    w.about(food=wishes[0].name)
    added = sum(_add_one(w, stored, wish) for wish in wishes)
    if added:
        w.say("I can put that on your shopping list.")
        say_waits(w)
    return True


def _add_one(w: Writer, stored: ShoppingList, wish: Wish) -> bool:
    """Proposes what the list lacks of a wish, and says what of it is there."""
    standing = standing_of(stored, wish)
    waiting = [item for item in standing.lines if not item.checked and not item.at_home]
    there = _amounts(w, waiting)
    if standing.missing is None:
        w.say("That is on your shopping list already: {foods}.", foods=there)
        w.say("Say how much more of it you want, and I can add it.")
        return False
    if waiting and not standing.missing and wish.quantity:
        w.say("Your shopping list covers that already: {foods}.", foods=there)
        return False
    if waiting and standing.missing != wish.quantity:
        w.say("Some of it is on your shopping list already: {foods}. The proposal adds the rest.", foods=there)
    elif waiting:
        w.say("Beside what is on your shopping list already: {foods}.", foods=there)
    elif like := [item for item in lines_like(stored, wish.name) if not item.checked and not item.at_home]:
        w.say("Your shopping list has something like it: {foods}.", foods=_amounts(w, like))
    quantity = standing.missing
    return propose(w, lambda: list_proposal(stored, name=wish.name, quantity=quantity))


def _amounts(w: Writer, items: Sequence[ShoppingItem]) -> str:
    """`Milk 500 ml; Bananas 1 bunch`."""
    parts = []
    for item in items[:MOST_LINES]:
        source = "shopping list"
        amount = Fact(f"list_line:{item.pk}", "shopping", "on your list", amount_on(item), "", source, item.pk)
        name = Fact(f"list_line:{item.pk}:name", "ingredient", "on your list", item.name, "", source, item.pk, item.own)
        parts.append(f"{w.text(name)} {w.text(amount)}")
    return "; ".join(parts)


def _settle(q: Question, w: Writer, words: str, *, bought: bool) -> bool:
    """Proposes to check lines off, or to take them from the list."""
    wishes = read_wishes(words)
    if not wishes:
        return False
    stored = _stored(w)
    if stored is None:
        return True
    w.about(food=wishes[0].name)
    build = check_proposal if bought else remove_proposal
    proposed = missed = 0
    for wish in wishes:
        lines = lines_like(stored, wish.name)
        waiting = [item for item in lines if not item.checked and not item.at_home]
        missed += not lines
        for item in (waiting or lines)[:MOST_LINES]:
            proposed += propose(w, partial(build, item))
    if missed and not proposed and missed == len(wishes):
        w.say("That is not on your shopping list.")
    elif missed:
        w.say("Not all of it is on your shopping list.")
    if proposed and bought:
        w.say("I can check that off as bought.")
    elif proposed:
        w.say("I can take that off your shopping list; what your plan needs is marked as being at home.")
    if proposed:
        say_waits(w)
    return True


def _remove(q: Question, w: Writer) -> bool:
    return _settle(q, w, _named(_REMOVE, q) or _alone(_REMOVE_ALONE, q), bought=False)


def _bought(q: Question, w: Writer) -> bool:
    return _settle(q, w, _named(_BOUGHT, q), bought=True)


_ASKS = r"what|how|which|why|do i|should i|when|did i|have i"
INTENTS = (
    Intent("shopping_add", lambda q: (bool(_ADD.search(q.text)) or _adds_food(q)) and not q.has(_ASKS), _add),
    Intent(
        "shopping_remove", lambda q: (bool(_REMOVE.search(q.text)) or _removes_line(q)) and not q.has(_ASKS), _remove
    ),
    Intent("shopping_bought", lambda q: bool(_named(_BOUGHT, q)) and not q.has(_ASKS), _bought),
)
