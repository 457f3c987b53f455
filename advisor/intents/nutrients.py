"""Nutrients over a week, and vitamins and minerals against their reference."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from advisor.facts import Bundle, Fact
from advisor.intents import Intent
from advisor.question import Question
from advisor.readings.nutrients import NUTRIENTS, intake_bundle, portion_bundle, rich_foods
from advisor.words import days_between
from advisor.writing import Writer
from planning.models import Food
from planning.services.micronutrients import NutrientRow, week_micronutrients

_MICRO_WORDS = (
    ("iron_mg", r"iron"),
    ("calcium_mg", r"calcium"),
    ("potassium_mg", r"potassium"),
    ("magnesium_mg", r"magnesium"),
    ("zinc_mg", r"zinc"),
    ("vitamin_d_ug", r"vitamin d3?"),
    ("vitamin_b12_ug", r"(?:vitamin )?b ?12"),
    ("vitamin_b6_mg", r"(?:vitamin )?b ?6"),
    ("folate_ug", r"folate|folic acid"),
    ("vitamin_c_mg", r"vitamin c"),
    ("vitamin_a_rae_ug", r"vitamin a"),
    ("vitamin_e_mg", r"vitamin e"),
    ("vitamin_k_ug", r"vitamin k"),
    ("selenium_ug", r"selenium"),
    ("phosphorus_mg", r"phosphorus"),
    ("omega_3_mg", r"omega[- ]?3s?(?: fatty acids?)?|epa|dha"),
)
_MACRO_WORDS = (
    ("protein_g", r"proteins?"),
    ("carbs_g", r"carb(?:s|os?|ohydrates?)?"),
    ("fiber_g", r"fib(?:er|re)"),
    ("fat_g", r"healthy fats?"),
)
_GENERAL = r"vitamins?|minerals?|micronutrients?|micros"
_TARGETS = ("energy_kcal", "carbs_g", "protein_g", "fat_g", "fiber_g", "sodium_mg", "fluid_ml")
WEEK_DAYS = 7
MOST_FOODS, LOOKED_AT = 5, 25
_AS_REMEDY = r"tablets?|pills?|capsules?|supplements?|injections?|powder|take"
# As in the assessment of a week: below this share of known ingredients a sum says little.
ENOUGH_KNOWN = 0.7


def _week_nutrients(q: Question, w: Writer) -> bool:
    """Targets of each day, and what they come to together."""
    names = [name for name in q.nutrients if name in _TARGETS] or ["energy_kcal", "carbs_g", "protein_g"]
    first, last = q.span(days=WEEK_DAYS)
    last = min(last, first + timedelta(days=13))
    w.tools.load_targets(first, last)
    w.about(nutrient=names[0])
    w.say(
        "These are your targets from {first} to {last}:",
        first=w.day(first, near=False),
        last=w.day(last, near=False),
    )
    sums = dict.fromkeys(names, 0.0)
    known = dict.fromkeys(names, True)
    for day in days_between(first, last):
        target = w.tools.read_targets(day)
        w.line("{day}: {amounts}.", day=w.day(day, near=False), amounts=w.amounts(target, names))
        for name in names:
            value = target.number(name)
            known[name] = known[name] and value is not None
            sums[name] += value or 0.0
    together: dict[str, Fact] = {}
    for name in names:
        label, unit = name.rsplit("_", 1)
        value = round(sums[name], 1) if known[name] else None
        together[name] = Fact(
            f"week:{first}:{last}:{name}", "week", f"{label} of these days", value, unit, "sum of the days' targets"
        )
    w.para("Together {amounts}.", amounts=w.amounts(Bundle("week", together), names))
    return True


def _micro_bundle(rows: list[NutrientRow], first: date) -> Bundle:
    facts: dict[str, Fact] = {}
    for row in rows:
        base = f"micro:{first}:{row.nutrient}"
        label = row.nutrient.rsplit("_", 1)[0].replace("_", " ")
        facts[f"{row.nutrient}:mean"] = Fact(f"{base}:mean", "micro", f"{label} a day in your plan", row.mean, row.unit,
                                             "meal plan, what is known of its ingredients")  # fmt: skip
        facts[f"{row.nutrient}:reference"] = Fact(
            f"{base}:reference", "micro", f"reference of {label} a day", row.dri, row.unit, row.source
        )
        facts[f"{row.nutrient}:hint"] = Fact(f"{base}:hint", "trace", "what helps", row.hint or None, "", row.source)
    return Bundle("micronutrients", facts, {row.nutrient: row.status for row in rows})


def _planned_items(w: Writer, first: date, last: date) -> list[Any]:
    """The dishes of the days that are planned already; makes no plan."""
    return [item for day in days_between(first, last) if w.tools.planned_plan(day) for item in w.tools.items_on(day)]


def _tell_foods(w: Writer, found: Bundle) -> None:
    """Which foods of the plan bring most of it."""
    best = [food_id for food_id in found.data["foods"][:LOOKED_AT] if _may_eat(w, w.tools.catalogue.foods[food_id])]
    w.say(
        "Most of it comes from {foods}.", foods=w.join([w.quoted(found[f"food:{pk}:name"]) for pk in best[:MOST_FOODS]])
    )


def _called(w: Writer, name: Fact) -> str:
    """A food's name in the reply's language; between marks, for names hold commas."""
    return f"“{w.food(name)}”"


def _may_eat(w: Writer, food: Food) -> bool:
    check = w.tools.check_food(food).data
    return bool(check["allowed"] and not check["disliked"])


def _tell_without_reference(w: Writer, name: str, found: Bundle) -> None:
    nutrient, mean = w.language.noun(name), found.get("mean")
    if mean is None:
        w.say("How much {nutrient} your plan brings is not known to me.", nutrient=nutrient)
        return
    w.say("Your plan brings about {mean} of {nutrient} a day.", mean=w.num(mean), nutrient=nutrient)
    if found.data["known"] < found.data["all"] * ENOUGH_KNOWN:
        w.say("Not every food is known for it, so it may be more.")
    w.say("I keep no reference for it to judge by; a dietitian can.")
    if name == "omega_3_mg":
        w.say("That counts what fish and algae bring; what flax, chia and walnuts bring is not in my tables.")


def _foods_with(q: Question, w: Writer) -> bool:
    """Which foods bring a nutrient: by their usual portions, and in the athlete's own plan."""
    named = (name for name, pattern in (*_MICRO_WORDS, *_MACRO_WORDS) if q.has(pattern))
    name = next(named, "") or q.past("nutrient")
    if name not in NUTRIENTS:
        return False
    today, nutrient = w.tools.today, w.language.noun(name)
    w.about(nutrient=name)
    rich = [row for row in rich_foods(w.tools.catalogue, name)[:LOOKED_AT] if _may_eat(w, row.food)][:MOST_FOODS]
    if rich:
        w.say("Usual portions of what you may eat that bring most of it:")
        for row in rich:
            portion = portion_bundle(row, name)
            w.line(
                "{grams} of {food} hold {amounts}.",
                grams=w.num(portion["grams"]),
                food=_called(w, portion["name"]),
                amounts=w.language.of(w.num(portion["amount"]), name),
            )
    else:
        w.say("Among the foods you may eat I find none that is known to hold {nutrient}.", nutrient=nutrient)
    items = _planned_items(w, today, today + timedelta(days=WEEK_DAYS - 1))
    found = intake_bundle(items, name, today, w.tools.catalogue)
    w.para("Your plan brings about {mean} of {nutrient} a day.", mean=w.num(found.get("mean")), nutrient=nutrient)
    _tell_foods(w, found)
    return True


def _micronutrients(q: Question, w: Writer) -> bool:
    tools = w.tools
    first = q.range.first if q.range is not None else (q.day if q.names_day else tools.today)
    rows = week_micronutrients(tools.athlete, first, first + timedelta(days=WEEK_DAYS - 1))
    asked = [name for name, pattern in _MICRO_WORDS if q.has(pattern)] or [
        name for name in [q.past("nutrient")] if name in dict(_MICRO_WORDS)
    ]
    if not rows:
        w.say("No meals are planned for these days, so I cannot tell. Ask me what to eat and a plan is made.")
        return True
    found = _micro_bundle(rows, first)
    by_name = {row.nutrient: row for row in rows}
    names = [name for name in asked if name in by_name]
    last = first + timedelta(days=WEEK_DAYS - 1)
    intake = intake_bundle(_planned_items(w, first, last), asked[0], first, tools.catalogue) if asked else None
    if intake is not None and not names:
        w.about(nutrient=asked[0])
        _tell_without_reference(w, asked[0], intake)
        _tell_foods(w, intake)
        return True
    names = names or [name for name, _ in _MICRO_WORDS if name in by_name]
    if names and asked:
        w.about(nutrient=names[0])
    w.say(
        "This is the mean of a day in your plan from {first} on, as far as its foods are known:",
        first=w.day(first, near=False),
    )
    for name in names:
        row = by_name[name]
        mean, reference = found.get(f"{name}:mean"), found.get(f"{name}:reference")
        places = {"nutrient": w.language.noun(name), "mean": w.num(mean), "reference": w.num(reference)}
        if row.status == "ok":
            w.line("{nutrient}: {mean}; the reference is {reference}, near enough or above.", **places)
        elif row.status == "below_reference":
            w.line("{nutrient}: {mean}; the reference is {reference}: worth a look, and no diagnosis.", **places)
        elif row.status == "above_upper":
            w.line("{nutrient}: {mean}; the reference is {reference}: worth a look with a dietitian.", **places)
        else:
            w.line("{nutrient}: {mean}; the reference is {reference}, but too little is known to judge.", **places)
        if len(names) <= 2 and row.hint:
            w.para("{hint}", hint=w.text(found.get(f"{name}:hint")))
    if intake is not None and names[0] == asked[0]:
        _tell_foods(w, intake)
    w.para("Only a blood test tells what your body has of it.")
    return True


def names_micronutrient(q: Question) -> bool:
    """Whether a vitamin or mineral is asked for that has no target of a day."""
    return q.has(_GENERAL) or any(q.has(pattern) for _, pattern in _MICRO_WORDS)


def _asks_foods_with(q: Question) -> bool:
    if not any(q.has(pattern) for _, pattern in (*_MICRO_WORDS, *_MACRO_WORDS)) or q.has(
        _AS_REMEDY + r"|my (?:plan|dinner|lunch)|enough"
    ):
        return False
    return q.has(
        r"(?:which|what) (?:\w+ )?foods?|what (?:has|contains|is (?:high|rich))|foods? (?:with|high|rich|that|"
        r"containing)|sources? of|where (?:can|do) i (?:get|find)|(?:protein|carb|fiber|iron|calcium) sources?"
    )


INTENTS = (
    Intent("foods_with", _asks_foods_with, _foods_with),
    Intent(
        "micronutrients",
        lambda q: names_micronutrient(q) and not q.has(_AS_REMEDY + r"|can i eat"),
        _micronutrients,
    ),
    Intent(
        "week_nutrients",
        lambda q: (
            q.range is not None
            and (bool(set(q.nutrients) & set(_TARGETS)) or q.has("targets?|macros"))
            and not q.has(r"training|tss|buy|shop|why")
        ),
        _week_nutrients,
    ),
)
