"""What is still to buy, and how much of it."""

from __future__ import annotations

import re
from typing import Any

from advisor.facts import Bundle
from advisor.intents import Intent
from advisor.proposals.shopping import main_words
from advisor.question import Question
from advisor.writing import Writer
from planning.catalogue.words import singular, split_words

SHOWN = 15
SHOP = r"shopping|shop|groceries|grocery|buy|purchase|store|supermarket|market"
_NO_FOOD = (
    r"(?:(?:any|some|more|the) )*(?:it|that|this|them|anything|something|everything|foods?|ingredients?|groceries|more|"
    r"for|enough|from|in|on|at|today|tomorrow|this|next|still|now|and|or)"
)
_AMOUNT = re.compile(
    r"\bhow (?:much|many) (?P<food>[\w' -]+?) (?:do|should|must|will|have) i (?:still |have to )?(?:need "
    r"to |have to )?(?:buy|get|purchase|need)\b|"
    rf"\b(?:do|should|must|will) i (?:still |also )?(?:(?:need|have) to )?(?:buy|get|purchase) (?!{_NO_FOOD}\b)"
    r"(?:(?:some|any|more|the|an?) )*(?P<third>[a-z][\w' -]*?)"
    r"(?: (?:for|today|tomorrow|this week|at|as well|too)\b.*)?$|"
    r"\b(?:is|are|do i have) (?!left|there|still|any\b|on)(?P<other>[\w' -]+?) on (?:my|the) (?:shopping )?list\b"
)


def _shown(w: Writer, facts: Bundle, row: dict[str, Any]) -> str:
    name, quantity = facts[f"{row['key']}:name"], facts.get(f"{row['key']}:quantity")
    if any(mark.isdigit() for mark in row["name"]):
        w.text(name)
    amount = w.text(quantity) if quantity is not None and quantity.value else w.num(facts.get(f"{row['key']}:grams"))
    return f"{w.language.food(row['name'])} {amount}"


def _head(w: Writer, facts: Bundle) -> None:
    first, last = facts.days
    since, until = w.day(first, near=False), w.day(last, near=False)
    if facts.data["list_id"]:
        w.say(
            "Your shopping list for {first} to {last} still has {left} of {count} foods to buy.",
            first=since,
            last=until,
            left=w.count(facts["left"]),
            count=w.count(facts["count"]),
        )
        if facts.data["out_of_date"]:
            w.say("Your plan has moved on since it was made; make a new list to follow it.")
    else:
        w.say("You have no shopping list for these days yet.")
        w.say(
            "Your plans from {first} to {last} need {count} foods.",
            first=since,
            last=until,
            count=w.count(facts["count"]),
        )


def _list(q: Question, w: Writer) -> bool:
    first, last = q.span()
    facts = w.tools.read_shopping(first, last)
    _head(w, facts)
    open_rows = [row for row in facts.data["rows"] if not row["done"]]
    if not open_rows:
        w.say("Everything on it is bought or at home.")
        return True
    w.say("First of all: {foods}.", foods="; ".join(_shown(w, facts, row) for row in open_rows[:SHOWN]))
    if len(open_rows) > SHOWN:
        w.say("The rest is on the list, aisle by aisle.")
    return True


def _food_of(q: Question) -> str:
    match = _AMOUNT.search(q.text)
    return next((group for group in match.groups() if group), "").strip() if match else ""


def _amount(q: Question, w: Writer) -> bool:
    wanted = set(re.findall(r"[a-z]{3,}", _food_of(q))) - {"the", "any", "more", "some"}
    if not wanted:
        return False
    first, last = q.span()
    facts = w.tools.read_shopping(first, last)
    rows = _rows_of(facts.data["rows"], wanted)
    if not rows:
        w.say(
            "There is none of it among what your plans from {first} to {last} need.",
            first=w.day(first, near=False),
            last=w.day(last, near=False),
        )
        return True
    done = [row for row in rows if row["done"]]
    open_rows = [row for row in rows if not row["done"]]
    if open_rows:
        w.say("To buy: {foods}.", foods="; ".join(_shown(w, facts, row) for row in open_rows))
    if done:
        w.say("Bought already or at home: {foods}.", foods=w.join([_shown(w, facts, row) for row in done]))
    w.say(
        "That is what your plans from {first} to {last} need.",
        first=w.day(facts.days[0], near=False),
        last=w.day(facts.days[1], near=False),
    )
    return True


def _rows_of(rows: list[dict[str, Any]], wanted: set[str]) -> list[dict[str, Any]]:
    """The lines that the words name: an egg is no eggplant, and egg noodles are meant only where no egg is there."""
    named = {singular(word) for word in wanted}
    found = [row for row in rows if named <= {singular(word) for word in split_words(row["name"])}]
    main = [row for row in found if (words := main_words(row["name"])) and words[-1] in named]
    return main or found


def _asks_amount(q: Question) -> bool:
    food = _food_of(q)
    nutrient = re.fullmatch(
        r"(?:carbs?|carbohydrates?|protein|fat|fiber|fibre|sodium|salt|energy|calories|kcal|fluids?|water|caffeine)",
        food,
    )
    return bool(food) and not nutrient and q.has(SHOP + r"|list|need")


INTENTS = (
    Intent(
        "shopping_amount",
        lambda q: _asks_amount(q) and q.has(r"buy|get|purchase|list|shop|shopping|groceries"),
        _amount,
    ),
    Intent("shopping_list", lambda q: q.has(SHOP) and not q.has(r"work ?shop"), _list),
)
