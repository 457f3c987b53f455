"""Nutrients over a week, and vitamins and minerals against their reference."""

from __future__ import annotations

from datetime import date, timedelta

from advisor.facts import Bundle, Fact
from advisor.intents import Intent
from advisor.question import Question
from advisor.words import days_between
from advisor.writing import Writer
from planning.services.micronutrients import NutrientRow, week_micronutrients

_MICRO_WORDS = (
    ("iron_mg", r"iron"),
    ("calcium_mg", r"calcium"),
    ("potassium_mg", r"potassium"),
    ("magnesium_mg", r"magnesium"),
    ("zinc_mg", r"zinc"),
    ("vitamin_d_ug", r"vitamin d"),
    ("vitamin_b12_ug", r"(?:vitamin )?b ?12"),
    ("folate_ug", r"folate|folic acid"),
    ("vitamin_c_mg", r"vitamin c"),
)
_GENERAL = r"vitamins?|minerals?|micronutrients?|micros"
_TARGETS = ("energy_kcal", "carbs_g", "protein_g", "fat_g", "fiber_g", "sodium_mg", "fluid_ml")
WEEK_DAYS = 7


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
    if asked and not names:
        w.say("For that nutrient I have no reference to judge by.")
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
    w.para("Only a blood test tells what your body has of it.")
    return True


def names_micronutrient(q: Question) -> bool:
    """Whether a vitamin or mineral is asked for that has no target of a day."""
    return q.has(_GENERAL) or any(q.has(pattern) for _, pattern in _MICRO_WORDS)


INTENTS = (
    Intent(
        "micronutrients",
        lambda q: names_micronutrient(q) and not q.has(r"tablets?|pills?|supplements?|injections?|can i eat|take"),
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
