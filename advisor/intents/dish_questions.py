"""What people ask about a dish once it is named: what is in it, how long it keeps, whether it freezes or travels."""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import copy
from datetime import date, timedelta
from typing import Any

from advisor.facts import Bundle, Fact
from advisor.intents import Intent
from advisor.intents.dishes import find_item, is_named_dish
from advisor.question import Question
from advisor.writing import Writer
from nutrition_site.kernel.vocabulary import read_allergens, read_diets
from planning.services.choice import why_not

HOLDS = re.compile(
    r"\b(?:(?:is|are|was|were) there (?:any |some )?(?P<there>[\w' -]+?) (?:in|inside) |"
    r"(?:does|do|did|will) (?!i\b|you\b|we\b).+? (?:have|contain|include|hold)(?: any| some)? (?P<has>[\w' -]+)$|"
    r"(?:any|some) (?P<any>[\w' -]+?) (?:in|inside) (?:it|that|this|them|my|the|tomorrow|today)\b)"
)
_KEEPING = (
    r"freeze|freezer|frozen|freezing|re-?heat\w*|microwave\w*|eat (?:it|that|this) cold|keeps? (?:it|that|this|in|"
    r"for)|how long (?:does|will|can) (?:it|that|this|they|i) (?:keep|last|store)|store|stored|storing|"
    r"(?:make|cook|prepare) (?:[\w']+ ){0,3}?(?:ahead|in advance|beforehand|the (?:day|night|evening) before)|"
    r"take (?:it|that|this) (?:with me|to work|along)|(?:to|at) (?:work|the office|school)|pack (?:it|that|this)|"
    r"meal[ -]?prep|lunch ?box"
)
_FILLER = re.compile(r"\b(?:any|some|a|an|the|much|lots? of|a lot of|of|please)\b")
# Of the whole plan, of what is bought, or of a diet: other kinds of question answer those.
_NOT_ONE_DISH = r"plan|week|calendar|left|leftovers|list|buy|home|gluten|lactose|dairy"
_POINTING = r"it|that|this|them|these|those|dish|meal"


def _wanted(q: Question) -> str:
    """What is looked for in a dish: by what the question says, or the follow-up to another one."""
    words = q.asked_food
    if not words:
        match = HOLDS.search(q.text)
        words = next((match[name] for name in ("there", "has", "any") if match[name]), "") if match else ""
    words = re.sub(r"[^\w' -]", " ", _FILLER.sub(" ", words))
    words = re.split(r"\b(?:today|tomorrow|tonight|for|on|at)\b", words)[0]
    return re.sub(r"\s+", " ", words).strip(" -'")


def _items(q: Question, w: Writer) -> list[Any]:
    """The dishes that are meant: the one of a meal or name, or all of the day that was spoken of."""
    if q.slot or is_named_dish(q, w):
        item = find_item(q, w)
        return [] if item is None else [item]
    w.about(day=q.day)
    return list(w.tools.items_on(q.day))


def _allergen_reasons(w: Writer, item: Any, allergens: Sequence[str]) -> str:
    """Why the dish is no dish without these allergens, in words; empty when it is one."""
    who = copy(w.tools.athlete)
    who.allergies, who.dietary_preferences = list(allergens), []
    reasons = [
        Fact(f"item:{item.pk}:holds:{number}", "allergen", "reason", reason, "", "ingredients we know")
        for number, reason in enumerate(why_not(item.recipe, who))
    ]
    return w.join([w.text(fact) for fact in reasons])


def find_rows(facts: Bundle, words: str) -> list[dict[str, Any]]:
    """The ingredients whose names have all these words."""
    wanted = [word.rstrip("s") for word in re.findall(r"[^\W\d]{3,}", words)]
    return [row for row in facts.data["ingredients"] if wanted and all(x in row["name"].casefold() for x in wanted)]


def _holds(q: Question, w: Writer) -> bool:
    words = _wanted(q)
    if not words or q.own_nutrients or read_diets([words])[0]:
        return False
    items = _items(q, w)
    return bool(items) and tell_holds(w, items, words, q.day)


def tell_holds(w: Writer, items: Sequence[Any], words: str, day: date) -> bool:
    """Whether planned dishes hold a food or an allergen, and how much of it."""
    w.about(food=words)
    allergens, _ = read_allergens([words, words.rstrip("s")])
    found = 0
    for item in items:
        facts = w.tools.read_item(item)
        dish, slot, on = w.quoted(facts["name"]), w.slot(item.slot), w.on(item.date)
        rows = find_rows(facts, words)
        reasons = _allergen_reasons(w, item, allergens) if allergens and not rows else ""
        for row in rows:
            w.say(
                "{grams} of {food} go into your portion of {dish}, your {slot} {on}.",
                grams=w.num(facts.get(row["key"])),
                food=f"“{w.text(facts[row['key'] + ':name'])}”",
                dish=dish,
                slot=slot,
                on=on,
            )
        if reasons:
            w.say("{dish}, your {slot} {on}: {reasons}.", dish=dish, slot=slot, on=on, reasons=reasons)
        found += bool(reasons or rows)
    if not found:
        _tell_none(w, items, day)
    if allergens:
        w.say("Please check the label all the same: recipes of makers differ.")
    return True


def _tell_none(w: Writer, items: Sequence[Any], day: date) -> None:
    if len(items) > 1:
        w.say("By the ingredients we know, none of the dishes planned for {day} holds it.", day=w.day(day))
        return
    facts = w.tools.read_item(items[0])
    place = {"dish": w.quoted(facts["name"]), "slot": w.slot(items[0].slot), "on": w.on(items[0].date)}
    w.say("There is none of it in {dish}, your {slot} {on}.", **place)
    w.say("It is made of {ingredients}.", ingredients=w.ingredients(facts))


def _keeping(q: Question, w: Writer) -> bool:
    """Freezing, keeping, warming up, taking along: as the recipe's reviewed notes say."""
    item = find_item(q, w)
    if item is None:
        return False
    facts = w.tools.read_item(item)
    keeps = item.recipe.keeps or {}
    dish, slot, on = w.quoted(facts["name"]), w.slot(item.slot), w.on(item.date)
    place = {"dish": dish, "slot": slot, "on": on}
    if not keeps:
        w.say("How {dish}, your {slot} {on}, keeps is not known to me.", **place)
        return True
    if q.has(r"freeze|freezer|frozen|freezing"):
        if keeps.get("freezer"):
            w.say("Yes, {dish}, your {slot} {on}, can be frozen.", **place)
        else:
            w.say("Better not: {dish}, your {slot} {on}, does not freeze well.", **place)
    elif q.has(r"take|work|office|school|pack|lunch ?box"):
        if keeps.get("portable"):
            w.say("Yes, {dish}, your {slot} {on}, can be taken along.", **place)
        else:
            w.say("Better not: {dish}, your {slot} {on}, does not travel well.", **place)
    else:
        w.say("{dish}, your {slot} {on}:", **place)
    _tell_days(w, item, keeps.get("fridge_days"))
    return True


def _tell_days(w: Writer, item: Any, days: int | None) -> None:
    if days is None:
        return
    if days == 0:
        w.say("It is best made fresh and eaten at once.")
        return
    cooked = date.fromisoformat(str(item.leftover_of[0])) if item.leftover_of else item.date
    w.say("It keeps in the fridge until {day}.", day=w.day(cooked + timedelta(days=days)))
    w.say("Cool it soon; what is eaten warm is heated through once.")


def _asks_holding(q: Question) -> bool:
    if HOLDS.search(q.text) is None or q.wish is not None or q.has(_NOT_ONE_DISH):
        return False
    spoken_of = bool(q.topic.get("slot") or q.topic.get("day"))
    return q.has_own_slot or q.has(r"dish|meal") or (spoken_of and q.has(_POINTING))


def _asks_keeping(q: Question) -> bool:
    if not q.has(_KEEPING) or q.wish is not None or q.has(r"drink|drinking|water|bottle|what|which"):
        return False
    return q.has_own_slot or (q.follows and bool(q.past("slot") or q.past("day")))


_TASTE = r"spicy|sweet|salty|sour|bitter|tasty|delicious|filling|creamy|crunchy|bland|taste|tastes"


def _taste(q: Question, w: Writer) -> bool:
    item = find_item(q, w)
    if item is None:
        return False
    facts = w.tools.read_item(item)
    w.say("How it tastes I cannot tell; {dish} is made of {ingredients}.", dish=w.quoted(facts["name"]),
          ingredients=w.ingredients(facts))  # fmt: skip
    return True


def _asks_taste(q: Question) -> bool:
    spoken_of = q.follows and bool(q.past("slot") or q.past("day"))
    return q.has(_TASTE) and (q.has_own_slot or spoken_of) and not q.has(r"something|want|craving|swap|snacks?")


INTENTS = (
    Intent("dish_taste", _asks_taste, _taste),
    Intent("dish_keeping", _asks_keeping, _keeping),
    Intent("dish_holds", _asks_holding, _holds),
)
