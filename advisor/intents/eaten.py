"""What was eaten of a day, what is still open, and whether everything planned keeps allergies and diet."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from datetime import date
from typing import Any

from advisor.facts import Bundle, Fact
from advisor.intents import Intent
from advisor.intents.meals import EAT
from advisor.question import Question
from advisor.words import days_between
from advisor.writing import Writer, dish_line, is_to_come, pick_items
from nutrition_site.kernel.vocabulary import read_allergens, read_diets
from planning.services.choice import why_not

MAIN = ("carbs_g", "protein_g", "energy_kcal")
_FREE = (
    r"vegan|vegetarian|pescatarian|gluten|dairy|nuts?|peanuts?|lactose|milk|eggs?|soy|fish|sesame|fodmap|allerg\w*|"
    r"diets?"
)
WEEK_DAYS = 7


def _sum(w: Writer, items: Sequence[Any], key: str) -> Bundle:
    """What dishes hold together; a nutrient that one of them leaves open is unknown."""
    facts: dict[str, Fact] = {}
    bundles = [w.tools.read_item(item) for item in items]
    for name in MAIN:
        values = [bundle.number(name) for bundle in bundles]
        known = [value for value in values if value is not None]
        whole = round(sum(known), 1) if len(known) == len(values) else None
        unit = "kcal" if name == "energy_kcal" else "g"
        label = "energy" if name == "energy_kcal" else name.rsplit("_", 1)[0]
        facts[name] = Fact(f"day:{items[0].date}:{key}:{name}", "plan", f"{label}, {key}", whole, unit, "meal plan")
    return Bundle(key, facts)


def _list(w: Writer, items: Sequence[Any]) -> None:
    for item in items:
        dish_line(w, item)


def _items_known(w: Writer, day: date) -> Sequence[Any]:
    """The planned dishes of a day; for one that is over no plan is made."""
    if day < w.tools.today and w.tools.planned_plan(day) is None:
        return ()
    return w.tools.items_on(day)


def _eaten(q: Question, w: Writer) -> bool:
    items = _items_known(w, q.day)
    eaten = [item for item in items if item.status == "eaten"]
    w.about(day=q.day)
    if not eaten:
        w.say("No meal of {day} is marked as eaten.", day=w.day(q.day))
        w.say("Mark meals on the page of the day, and I can tell what is left.")
        return True
    w.say("Of {day} these are marked as eaten:", day=w.day(q.day))
    _list(w, eaten)
    w.para("Together {amounts}.", amounts=w.amounts(_sum(w, eaten, "eaten"), MAIN))
    return True


def _week_back(q: Question, w: Writer) -> bool:
    """What was eaten of days that are over, beside their targets; what was never marked is said to be unknown."""
    if q.range is None:
        return False
    first, last = q.range.first, min(q.range.last, w.tools.today)
    names = [name for name in MAIN if name in q.own_nutrients] or list(MAIN[:2])
    places = {"first": w.day(first, near=False), "last": w.day(last, near=False)}
    days = {day: [item for item in _items_known(w, day) if item.status == "eaten"] for day in days_between(first, last)}
    marked = {day: items for day, items in days.items() if items}
    if not marked:
        w.say("No meal from {first} to {last} is marked as eaten, so I cannot tell what you ate.", **places)
        w.say("Mark meals on the page of the day, and I can tell what is left.")
        return True
    w.say("This is what you marked as eaten from {first} to {last}:", **places)
    for day, items in marked.items():
        eaten, target = w.amounts(_sum(w, items, "eaten"), names), w.amounts(w.tools.read_targets(day), names)
        w.line("{day}: {eaten}; the target is {target}.", day=w.day(day, near=False), eaten=eaten, target=target)
    w.para("Meals that are not marked are not counted.")
    return True


def _open(q: Question, w: Writer) -> bool:
    """What is still to come of a day; of today only what lies ahead, and what was never marked is said to be that."""
    items = w.tools.items_on(q.day)
    planned = [item for item in items if item.status == "planned"]
    ahead = [item for item in planned if is_to_come(w, item)]
    w.about(day=q.day)
    if not ahead:
        w.say("Nothing of your plan for {day} is open any more.", day=w.day(q.day))
    else:
        w.say("Still open in your plan for {day}:", day=w.day(q.day))
        _list(w, ahead)
        w.para("Together {amounts}.", amounts=w.amounts(_sum(w, ahead, "open"), MAIN))
    eaten = [item for item in items if item.status == "eaten"]
    if eaten:
        w.say("Eaten so far: {amounts}.", amounts=w.amounts(_sum(w, eaten, "eaten"), MAIN))
    if len(ahead) < len(planned):
        w.say("Earlier meals of the day are not marked yet; mark them, and I can tell what was eaten.")
    w.say("If you have eaten otherwise, mark it on the page of the day, and the rest can be planned again.")
    return True


def _missed(q: Question, w: Writer) -> bool:
    items = pick_items(w.tools.items_on(q.day), q.slot)
    if not items:
        return False
    facts = w.tools.read_item(items[0])
    w.about(day=q.day, slot=q.slot)
    w.say(
        "{dish}, your {slot} {on}, gives you {amounts} with {servings}.",
        dish=w.quoted(facts["name"]),
        slot=w.slot(items[0].slot),
        on=w.on(items[0].date),
        amounts=w.amounts(facts, ("carbs_g", "protein_g")),
        servings=w.num(facts["servings"]),
    )
    w.say("If it cannot be helped, mark it as skipped on the page of the day, and the rest can be planned again.")
    return True


def _asked_rules(q: Question, w: Writer) -> list[str]:
    words = q.text.replace("-free", "").replace(",", " ").split()
    allergens, _ = read_allergens([word.rstrip("s") for word in words] + words)
    diets, _ = read_diets(words)
    return [*allergens, *diets]


def _check_dishes(w: Writer, items: Sequence[Any], rules: Sequence[str]) -> bool:
    """Whether these dishes keep an allergy or a diet that the profile does not name."""
    who = copy(w.tools.athlete)
    who.allergies, _ = read_allergens(rules)
    who.dietary_preferences, _ = read_diets(rules)
    for item in items:
        facts = w.tools.read_item(item)
        dish, slot, on = w.quoted(facts["name"]), w.slot(item.slot), w.on(item.date)
        reasons = why_not(item.recipe, who)
        if reasons:
            told = [
                w.text(Fact(f"item:{item.pk}:check:{number}", "allergen", "reason", reason, "", "ingredients we know"))
                for number, reason in enumerate(reasons)
            ]
            w.say("{dish}, your {slot} {on}, does not fit that.", dish=dish, slot=slot, on=on)
            w.say("The reason: {reasons}.", reasons=w.join(told))
        else:
            w.say("By the ingredients we know, {dish}, your {slot} {on}, fits that.", dish=dish, slot=slot, on=on)
    w.say(
        "It is not in your profile, so only this was checked; set it in your food settings to have every plan keep it."
    )
    w.say("Please check the label all the same: recipes of makers differ.")
    return True


def _diet_check(q: Question, w: Writer) -> bool:
    """Whether each planned dish may still be eaten, by the rules that plans are made with."""
    athlete = w.tools.athlete
    own = {*athlete.allergies, *athlete.dietary_preferences}
    other = [rule for rule in _asked_rules(q, w) if rule not in own]
    first, last = q.span(days=WEEK_DAYS) if q.range is not None or q.names_day else (q.day, q.day)
    w.tools.load_plans(first, last)
    items = [item for day in days_between(first, last) for item in w.tools.items_on(day)]
    if q.slot:
        items = pick_items(items, q.slot)
    for item in items:
        w.tools.read_item(item)
    if other and q.slot and items:
        return _check_dishes(w, items, other)
    if other:
        w.say("That is not in your profile, so your plan is not kept free of it.")
        w.say("Set it in your food settings, and plan these days again: then no dish breaks it.")
    profile = w.tools.read_profile()
    if profile.get("allergies") is not None:
        w.say("Your allergies: {allergies}.", allergies=w.text(profile["allergies"]))
    if profile.get("diets") is not None:
        w.say("Your diets: {diets}.", diets=w.text(profile["diets"]))
    if not own:
        if not other:
            w.say("Your profile names no allergy and no diet, so nothing is excluded.")
        return True
    bad = [item for item in items if w.tools.read_item(item).data["excluded"]]
    if bad:
        w.say("Not every planned dish keeps to that any more:")
        for item in bad:
            facts = w.tools.read_item(item)
            w.line(
                "{dish}, your {slot} {on}.", dish=w.quoted(facts["name"]), slot=w.slot(item.slot), on=w.on(item.date)
            )
    elif first == last:
        w.say("Every dish planned for {day} keeps to that, by the ingredients we know.", day=w.day(first))
    else:
        w.say(
            "Every dish planned from {first} to {last} keeps to that, by the ingredients we know.",
            first=w.day(first, near=False),
            last=w.day(last, near=False),
        )
    w.say("Please check the label all the same: recipes of makers differ.")
    return True


CHECKING = (
    Intent(
        "week_back",
        lambda q: (
            q.looks_back
            and q.range is not None
            and q.range.first < q.tools.today
            and (bool(set(q.own_nutrients) & set(MAIN)) or q.has(r"eat|eaten|ate|had|how (?:was|were|did|has)|was my"))
            and q.wish is None
            and not q.has(r"train|trained|training|sleep|slept|weigh\w*|buy|shop|cost")
        ),
        _week_back,
    ),
    Intent(
        "diet_check",
        lambda q: (
            q.has(_FREE)
            and (q.has_own_slot or q.has(r"plan|planned|meals?|everything|all|food|dishes|week|menu"))
            and q.has(r"is|are|does|do|check|sure|keep|respect|really|follow|free|contain|contains")
            and not q.has(r"what|how|why|swap|can i|buy|without|i (?:don't|hate|dislike)|settings")
        ),
        _diet_check,
    ),
)
INTENTS = (
    Intent(
        "missed_meal",
        lambda q: q.has_own_slot and q.has(r"i(?:'ve| have)? (?:\w+ (?:and )?)?(?:missed|forgot|overslept)"),
        _missed,
    ),
    Intent(
        "eaten_meals",
        lambda q: q.has(
            r"what (?:have|did) i (?:eat|eaten|have|had)|(?:have|did) i (?:already )?(?:eat|eaten|ate)|"
            r"i(?:'ve| have) eaten|eaten (?:so far|today|yesterday|already)|logged"
        ) and not q.has(r"still|left|rest"),
        _eaten,
    ),
    Intent(
        "open_meals",
        lambda q: (
            q.has(r"still|left|remaining|remains|rest of (?:the|my) day|rest of today|open")
            and q.has(EAT + r"|today|tonight|calories|carbs|protein")
            and not q.has(r"buy|list|shop|shopping|left-?overs?|up[ -]to[ -]date|current|valid|fit|race|why|plan still|"
                          r"days?")
        )
        or q.has(r"rest of (?:the|my) day|rest of today|what (?:can|should|do) i (?:eat|have) (?:right )?now|starving|"
                 r"famished"),
        _open,
    ),
)  # fmt: skip
