"""Other dishes in the place of a planned one: any, a quicker one, one without something; proposed, never applied."""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import copy
from datetime import timedelta
from typing import Any

from advisor.intents import Intent
from advisor.intents.dishes import find_item, no_such_meal, shared_words
from advisor.proposing import swap_proposal
from advisor.question import Question
from advisor.writing import Writer, dish_line, is_to_come, pick_items
from nutrition_site.kernel.vocabulary import read_allergens
from planning.services.choice import why_not

PROPOSED = 3
LOOKED_AT = 8
SWAP = (
    r"swap|replace|exchange|instead of|alternatives?|something else|other options?|another (?:meal|dish|"
    r"dinner|lunch|breakfast|snack)|"
    r"different (?:meal|dish|dinner|lunch|breakfast|snack)|(?:don't|do not|dont) (?:like|want|fancy|feel "
    r"like)|(?:give me|make me|i want|i'd like|suggest|can i have|how about) (?:something|a dish|an? \w+ (?:dinner|"
    r"lunch|"
    r"breakfast))|change (?:my |the )?(?:dinner|lunch|breakfast|snack|meal)|what else can"
)
_QUICK = (
    r"quicker|faster|quick|fast|less (?:time|work|cooking)|no time|little time|in a hurry|easier|simpler|low effort"
)
_WITHOUT = re.compile(
    r"\b(?:without|free of|minus|leave out|leaving out|no|instead of|alternatives? (?:for|to)|substitutes? for)\s+"
    r"(?P<food>(?!my\b|this\b|that\b|it\b|time\b|idea\b|training\b|session\b|breakfast\b|lunch\b|dinner\b|the\b)"
    r"[\w' -]+)|\b(?P<other>[a-z]+)-free\b"
)
_TRAIL = re.compile(
    r"\b(?:for (?:my )?(?:breakfast|lunch|dinner|snack)|(?:breakfast|lunch|dinner|snack)|today|tonight|tomorrow|please|"
    r"in it|any|the|on \w+day|at all|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"
)


def _tell_place(q: Question, w: Writer) -> Any | None:
    item = find_item(q, w)
    if item is None:
        no_such_meal(q, w)
        return None
    facts = w.tools.read_item(item)
    w.say("{on} your {slot} is {dish}.", on=w.on(item.date), slot=w.slot(item.slot), dish=w.quoted(facts["name"]))
    return item


def _offer(w: Writer, item: Any, rows: Sequence[dict[str, Any]], *, with_time: bool = False) -> None:
    rows = rows[:PROPOSED]
    w.about(offered=" ".join(row["recipe_id"] for row in rows))
    found = w.tools.read_alternatives(item, rows)
    plan = w.tools.plan_of(item.date)
    for number, row in enumerate(rows):
        told = w.part(
            "{dish}, {servings}: {amounts}",
            dish=w.quoted(found[f"{number}:name"]),
            servings=w.num(found[f"{number}:servings"]),
            amounts=w.amounts(found, ("carbs_g", "protein_g", "energy_kcal"), prefix=f"{number}:"),
        )
        work = found.get(f"{number}:prep_minutes")
        if with_time and work is not None:
            w.line("{dish}; {time} of work.", dish=told, time=w.num(work))
        else:
            w.line("{dish}.", dish=told)
        w.propose(swap_proposal(plan, item, row))
    slot = w.slot(item.slot)
    w.para("Nothing is changed yet: confirm one of the proposals to have it as your {slot}.", slot=slot)


def _nothing_fits(w: Writer) -> bool:
    w.say("I find no other dish that keeps this day within its limits with the rest unchanged.")
    w.say("You can swap another meal of the day first, or have the day planned again.")
    return True


def _is_eaten(w: Writer, item: Any) -> bool:
    if item.status == "eaten":
        w.say("It is marked as eaten, so it cannot be swapped any more.")
        return True
    if item.date < w.tools.today:
        w.say("That day is over, so nothing of it can be swapped any more.")
        return True
    return False


def _swap(q: Question, w: Writer) -> bool:
    item = _tell_place(q, w)
    if item is None or _is_eaten(w, item):
        return True
    rows = w.tools.alternatives(item)
    if not rows:
        return _nothing_fits(w)
    chosen = [row for row in rows if row["recipe_id"] == q.past("chosen")]
    if chosen:
        _offer(w, item, chosen)
        return True
    wished = [row for row in rows if shared_words(row["name"], q.text) - shared_words(item.recipe.name, q.text)]
    w.say("These keep the day within its limits:")
    _offer(w, item, [*wished, *(row for row in rows if row not in wished)])
    return True


def _quicker(q: Question, w: Writer) -> bool:
    item = _tell_place(q, w)
    if item is None or _is_eaten(w, item):
        return True
    facts = w.tools.read_item(item)
    if item.leftover_of:
        w.say("It is left from an earlier meal and only needs warming up.")
        return True
    now = facts.number("hands_on_minutes") or 0.0
    w.say("It takes {time} of work.", time=w.num(facts.get("hands_on_minutes")))
    rows = [row for row in w.tools.alternatives(item, limit=LOOKED_AT) if (row.get("prep_minutes") or 0) < now]
    if not rows:
        w.say("I find no quicker dish that keeps this day within its limits with the rest unchanged.")
        return True
    w.say("These are quicker and keep the day within its limits:")
    _offer(w, item, sorted(rows, key=lambda row: row.get("prep_minutes") or 0), with_time=True)
    return True


def food_left_out(q: Question) -> str:
    """The food that a dish should be without; empty when none is named."""
    match = _WITHOUT.search(q.text)
    words = q.asked_food or ((match["food"] or match["other"]) if match else "")
    return re.sub(r"\s+", " ", _TRAIL.sub(" ", words)).strip(" .,")


def _holds(w: Writer, recipe: Any, food: str) -> bool:
    """Whether a dish has it: an allergen by the tags that allergies go by, anything else by the names of its foods."""
    allergens, _ = read_allergens([food, food.rstrip("s")])
    if allergens:
        who = copy(w.tools.athlete)
        who.allergies, who.dietary_preferences = allergens, []
        return bool(why_not(recipe, who))
    words = [word.rstrip("s") for word in re.findall(r"[^\W\d]{3,}", food)]
    known = w.tools.catalogue.food_words(recipe.pk)
    return bool(words) and all(word in known for word in words)


def _place_with(q: Question, w: Writer, food: str) -> Any | None:
    """The meal a question means; without one, the first meal to come of today or tomorrow that holds the food."""
    if q.slot or q.names_day:
        return _tell_place(q, w)
    for day in (w.tools.today, w.tools.today + timedelta(days=1)):
        for item in w.tools.items_on(day):
            if item.status == "planned" and _holds(w, item.recipe, food):
                facts = w.tools.read_item(item)
                dish = w.quoted(facts["name"])
                w.about(day=item.date, slot=item.slot)
                w.say("{on} your {slot} is {dish}.", on=w.on(item.date), slot=w.slot(item.slot), dish=dish)
                return item
    w.say("Nothing you eat today or tomorrow by your plan holds it.")
    return None


def _without(q: Question, w: Writer) -> bool:
    food = food_left_out(q)
    if not food:
        return False
    item = _place_with(q, w, food)
    if item is None:
        return True
    w.about(food=food)
    facts = w.tools.read_item(item)
    if not _holds(w, item.recipe, food):
        w.say("It is not in it; it is made of {ingredients}.", ingredients=w.ingredients(facts))
        w.say("If it is an allergy, set it in your food settings: then it is kept out of every plan, hidden or not.")
        return True
    if _is_eaten(w, item):
        return True
    rows = w.tools.alternatives(item, limit=LOOKED_AT)
    free = [row for row in rows if not _holds(w, w.tools.recipe_by_id(row["recipe_id"]), food)]
    if not free:
        w.say("I find no dish without it that keeps this day within its limits with the rest unchanged.")
        return True
    w.say("These are without it and keep the day within its limits:")
    _offer(w, item, free)
    w.para("If it is an allergy, set it in your food settings: then it is kept out of every plan, hidden or not.")
    return True


def _snacks(q: Question, w: Writer) -> bool:
    """What is planned between meals, and what else could stand there."""
    items = w.tools.items_on(q.day)
    snacks = pick_items(items, "snack")
    w.about(day=q.day, slot="snack")
    if not snacks:
        w.say("Your plan for {day} has no {slot}.", day=w.day(q.day), slot=w.slot("snack"))
        return True
    to_come = [item for item in snacks if is_to_come(w, item)]
    if q.day == w.tools.today and not to_come:
        return _next_meals(w, [item for item in items if is_to_come(w, item)])
    w.say("{on} these are planned between your meals:", on=w.on(q.day))
    for item in to_come or snacks:
        dish_line(w, item)
    for item in to_come[:1]:
        rows = w.tools.alternatives(item)
        if rows:
            w.para("In the place of {dish} these fit too:", dish=w.quoted(w.tools.read_item(item)["name"]))
            _offer(w, item, rows)
    return True


def _next_meals(w: Writer, items: Sequence[Any]) -> bool:
    """What is still to come of today where no snack is."""
    if not items:
        w.say("Nothing of your plan for today is still to come.")
        w.say("If you are hungry, eat something: tomorrow's plan does not depend on it.")
        return True
    w.say("No snack of your plan is still to come today. These meals are:")
    for item in items[:PROPOSED]:
        dish_line(w, item)
    w.para("If you cannot wait for them, eat something now: they stay as they are.")
    return True


def asks_swap(q: Question) -> bool:
    """Whether another dish is wanted for a planned meal."""
    if q.wish is not None and not q.has_own_slot:
        return False
    if q.has_own_slot and q.has(r"something|anything"):
        return True
    return q.has(SWAP) and (bool(q.slot) or q.has(r"meal|dish|it|that|this|swap|eat|have|something"))


INTENTS = (
    Intent(
        "swap_quicker",
        lambda q: (
            q.has(_QUICK)
            and (bool(q.slot) or q.has(r"dish|meal|something|recipe|cook"))
            and not q.has(r"how (?:long|quick\w*|much time)|run|ride|swim|fasting|breakfast before")
        ),
        _quicker,
    ),
    Intent(
        "swap_without",
        lambda q: (
            bool(food_left_out(q))
            and (bool(q.slot) or q.has(r"dish|meal|something|recipe|it|that|eat|have|alternatives?|substitutes?"))
            and q.wish is None
            and not q.has(r"list|buy|is my|does my|are my|what (?:happens|if)|plan my|training|train")
        ),
        _without,
    ),
    Intent("swap", asks_swap, _swap),
    Intent(
        "snacks",
        lambda q: q.has(r"snacks?|snacking|nibble|between meals|hungry|peckish|craving") and q.moment is None
        and q.has(r"ideas?|suggest\w*|what|which|some|good|hungry|craving|options?|can i") and not q.nutrients
        and not q.has(r"what time|when"),
        _snacks,
    ),
)  # fmt: skip
