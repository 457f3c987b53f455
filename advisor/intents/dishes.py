"""Recipes of planned dishes, and other dishes in their place."""

from __future__ import annotations

import re
from typing import Any

from advisor.intents import Intent
from advisor.proposing import swap_proposal
from advisor.question import Question
from advisor.readings.plans import SLOT_WORDS
from advisor.words import join
from advisor.writing import Writer, pick_items

PROPOSED = 3
# Words that dishes share with questions about any dish.
_NO_NAMES = {"with", "bowl", "plate", "breakfast", "lunch", "dinner", "snack", "meal", "dish", "swap", "from", "want"}
SWAP = (
    r"swap|replace|exchange|instead of|alternatives?|something else|other options?|another (?:meal|dish|"
    r"dinner|lunch|breakfast|snack)|"
    r"different (?:meal|dish|dinner|lunch|breakfast|snack)|(?:don't|do not|dont) (?:like|want|fancy|feel "
    r"like)|change (?:my |the )?(?:dinner|lunch|breakfast|snack|meal)|what else can"
)
RECIPE = (
    r"recipes?|ingredients?|how (?:do|can|should) i (?:make|cook|prepare)|how to (?:make|cook|prepare)|"
    r"steps|method|instructions|prepare|what goes in(?:to)?|what is in (?:my|the|tomorrow|today)\b."
    r"*"
)


def find_item(q: Question, w: Writer) -> Any | None:
    """The planned dish a question means: by its name, else by meal and day, else the next meal of the day."""
    items = w.tools.items_on(q.day)
    named = [item for item in items if item.recipe.name.casefold() in q.text]
    if named:
        return named[0]
    if q.slot:
        return next(iter(pick_items(items, q.slot)), None)
    by_words = [(len(_common(item.recipe.name, q.text)), item) for item in items]
    best = max(by_words, key=lambda row: row[0], default=(0, None))
    if best[0] >= 1:
        return best[1]
    return next((item for item in items if item.slot == "dinner"), items[0] if items else None)


def _common(name: str, text: str) -> set[str]:
    words = set(re.findall(r"[a-z]{4,}", name.casefold())) - _NO_NAMES
    return words & set(re.findall(r"[a-z]{4,}", text))


def _recipe(q: Question, w: Writer) -> bool:
    item = find_item(q, w)
    if item is None:
        w.say(f"Your plan for {w.day(q.day)} has no such meal.")
        return True
    facts = w.tools.read_item(item)
    w.say(
        f"{w.quoted(facts['name'])} is your {SLOT_WORDS.get(item.slot, item.slot)} {w.on(item.date)}, "
        f"{w.num(facts['servings'])}."
    )
    if facts.data["ingredients"]:
        w.say(f"For your portion you need {w.ingredients(facts)}.")
    steps = [facts.get(f"step:{number}") for number in range(facts.data["steps"])]
    for number, step in enumerate(steps, start=1):
        if step is not None:
            w.parts.append(f"\n{number}. {w.text(step)}")
    if facts.get("hands_on_minutes") is not None:
        w.para(f"It takes {w.num(facts['hands_on_minutes'])} of work.")
    return True


def _prep_time(q: Question, w: Writer) -> bool:
    item = find_item(q, w)
    if item is None:
        return False
    facts = w.tools.read_item(item)
    w.say(f"{w.quoted(facts['name'])}, your {SLOT_WORDS.get(item.slot, item.slot)} {w.on(item.date)}:")
    w.say(f"{w.num(facts.get('hands_on_minutes'))} of work.")
    w.say(f"{w.num(facts.get('cook_minutes'))} of cooking.")
    if facts.get("hands_on_minutes") is None and facts.get("cook_minutes") is None:
        w.say("It needs no preparation worth naming.")
    return True


def _swap(q: Question, w: Writer) -> bool:
    item = find_item(q, w)
    if item is None:
        w.say(f"Your plan for {w.day(q.day)} has no such meal.")
        return True
    facts = w.tools.read_item(item)
    rows = w.tools.alternatives(item)
    slot = SLOT_WORDS.get(item.slot, item.slot)
    w.say(f"{w.on(item.date)} your {slot} is {w.quoted(facts['name'])}.")
    if not rows:
        w.say("I find no other dish that keeps this day within its limits with the rest unchanged.")
        w.say("You can swap another meal of the day first, or have the day planned again.")
        return True
    wished = [row for row in rows if _common(row["name"], q.text) - _common(item.recipe.name, q.text)]
    rows = [*wished, *(row for row in rows if row not in wished)][:PROPOSED]
    found = w.tools.read_alternatives(item, rows)
    w.say("These keep the day within its limits:")
    plan = w.tools.plan_of(item.date)
    for number, row in enumerate(rows):
        amounts = w.amounts(found, ("carbs_g", "protein_g", "energy_kcal"), prefix=f"{number}:")
        w.line(f"{w.quoted(found[f'{number}:name'])}, {w.num(found[f'{number}:servings'])}: {amounts}.")
        w.propose(swap_proposal(plan, item, row))
    w.para(f"Nothing is changed yet: confirm one of the proposals to have it at {join([slot])}.")
    return True


INTENTS = (
    Intent("swap", lambda q: q.has(SWAP), _swap),
    Intent(
        "prep_time",
        lambda q: (
            q.has(r"how long|how much time|prep time|preparation time|quick|cooking time")
            and q.has(r"cook|cooking|make|prepare|prep|preparation|take|kitchen")
            and (bool(q.slot) or q.has(r"cook|cooking|prep|prepare|recipe|dish|meal"))
        ),
        _prep_time,
    ),
    Intent("recipe", lambda q: q.has(RECIPE) and not q.has(r"shopping|buy"), _recipe),
)
