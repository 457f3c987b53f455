"""Targets of a day, why they are what they are, and how two days differ."""

from __future__ import annotations

from datetime import date, timedelta

from advisor.intents import Intent
from advisor.question import Question
from advisor.words import join
from advisor.writing import Writer, event_words, why_of

MAIN = ("energy_kcal", "carbs_g", "protein_g", "fat_g")
TARGET_NUTRIENTS = {"carbs_g", "protein_g", "fat_g", "fiber_g", "sodium_mg", "energy_kcal", "fluid_ml"}
_INPUTS = {
    "carbs_g": (
        ("point_g_per_kg", "The load of the day sets it at"),
        ("weight_kg", "That counts with a body mass of"),
    ),
    "energy_kcal": (
        ("tdee_kcal", "You spend about"),
        ("deficit_kcal", "Your goal takes off"),
        ("surplus_kcal", "Your goal adds"),
    ),
}
BY_WEIGHT_NOTE = "It is calculated from the reference values for what your profile leaves open."


def _day_of(q: Question) -> date:
    """The named day, the day of the named event, or today."""
    if q.meant is not None and q.meant.event is not None:
        return q.meant.day
    return q.day


def _sessions_words(w: Writer, day: date) -> str:
    sessions = [event for event in w.tools.events_on(day, day) if event.counts]
    return join([w.quoted(w.tools.read_event(event)["title"]) for event in sessions]) or "no training"


def tell_targets(w: Writer, day: date) -> None:
    target = w.tools.read_targets(day)
    w.say(f"{w.on(day)} you need {w.amounts(target, MAIN)}.")
    w.say(f"Besides that, {w.amounts(target, ('fiber_g', 'fluid_ml', 'sodium_mg'))}.")
    w.say(f"The day counts as {w.text(target['day_class'])} with {w.num(target['tss'])}: {_sessions_words(w, day)}.")
    if target.data["assumed"]:
        w.say(BY_WEIGHT_NOTE)


def _targets(q: Question, w: Writer) -> bool:
    day = _day_of(q)
    tell_targets(w, day)
    why_of(w, day, "carbs_g")
    return True


def _nutrient(q: Question, w: Writer) -> bool:
    names = [name for name in q.nutrients if name in TARGET_NUTRIENTS]
    if not names:
        return False
    day = _day_of(q)
    target = w.tools.read_targets(day)
    for name in names:
        text = w.amounts(target, (name,))
        if text:
            w.say(f"{w.on(day)} you need {text}.")
    if q.meant is not None and q.meant.event is not None:
        w.say(f"That is the day of {event_words(w, q.meant.event)}.")
    else:
        w.say(f"In the calendar: {_sessions_words(w, day)}.")
    for name in names[:2]:
        why_of(w, day, name)
    plan = w.tools.planned_plan(day)
    if plan is not None:
        planned = w.amounts(w.tools.read_day(day), [n for n in names if n != "fluid_ml"], prefix="total_")
        if planned:
            w.say(f"Your plan gives you {planned}.")
    if target.data["assumed"]:
        w.say(BY_WEIGHT_NOTE)
    return bool(w.parts) or w.left_out


def _why(q: Question, w: Writer) -> bool:
    day = _day_of(q)
    names = [name for name in q.nutrients if name in TARGET_NUTRIENTS] or ["energy_kcal", "carbs_g"]
    target = w.tools.read_targets(day)
    for name in names:
        text = w.amounts(target, (name,))
        if text:
            w.say(f"{w.on(day)} you need {text}.")
            why_of(w, day, name, formula=q.has(r"formula|equation|calculate|calculated|how is|how are"))
    for name in names:
        for key, words in _INPUTS.get(name, ()):
            if target.number(f"input:{name}:{key}"):
                w.say(f"{words} {w.num(target[f'input:{name}:{key}'])}.")
    w.say(f"In the calendar that day: {_sessions_words(w, day)}, {w.num(target['tss'])}.")
    return bool(w.parts) or w.left_out


def _load(q: Question, w: Writer) -> bool:
    day = _day_of(q)
    target = w.tools.read_targets(day)
    w.say(
        f"The load of {w.day(day)} is {w.num(target['tss'])}, a {w.text(target['day_class'])} day: "
        f"{_sessions_words(w, day)}."
    )
    why_of(w, day, "day_class")
    return True


def _availability(q: Question, w: Writer) -> bool:
    day = _day_of(q)
    target = w.tools.read_targets(day)
    fact = target.get("energy_availability")
    w.say(f"With your target of {w.day(day)}, your energy availability is {w.num(fact)}.")
    w.say(f"Eating exactly what you spend would give {w.num(target['energy_availability_at_balance'])}.")
    if "EA_RED" in target.data["warnings"]:
        w.say("That is low. It is a prompt to look closer, not a diagnosis: please talk to a sports physician.")
    elif "EA_AMBER" in target.data["warnings"]:
        w.say("That is below what your body has at balance. Watch sleep, mood and recovery, and do not go lower.")
    else:
        w.say("Nothing in it asks for attention. It is a screening figure, not a diagnosis.")
    why_of(w, day, "energy_availability")
    return True


def _distinct_days(q: Question) -> list[date]:
    """The named days; a weekday that falls on another named day means the one a week later."""
    plain = {mention.day for mention in q.days if not mention.weekday}
    return [
        mention.day + timedelta(days=7) if mention.weekday and mention.day in plain else mention.day
        for mention in q.days
    ]


def _compare(q: Question, w: Writer) -> bool:
    days = list(dict.fromkeys(_distinct_days(q)))
    if len(days) == 1 and days[0] != w.tools.today:
        days.append(w.tools.today)
    if len(days) == 1 and q.meant is not None and q.meant.event is not None and q.meant.day != days[0]:
        days.append(q.meant.day)
    if len(days) < 2:
        return False
    first, second = days[0], days[1]
    one, two = w.tools.read_targets(first), w.tools.read_targets(second)
    w.say(f"{w.day(first)} asks for {w.amounts(one, MAIN[:3])}.")
    w.say(f"{w.day(second)} asks for {w.amounts(two, MAIN[:3])}.")
    w.say(
        f"The training is what differs: {_sessions_words(w, first)} with {w.num(one['tss'])} against "
        f"{_sessions_words(w, second)} with {w.num(two['tss'])}."
    )
    extra_one, extra_two = (b.number("input:carbs_g:evening_extra_g") or 0 for b in (one, two))
    for day, bundle, extra in ((first, one, extra_one), (second, two, extra_two)):
        if extra >= 1:
            w.say(
                f"{w.num(bundle['input:carbs_g:evening_extra_g'])} of the carbohydrate on {w.day(day, near=False)} "
                "are there for the session of the day after."
            )
    why_of(w, first, "carbs_g")
    return True


def _meets(q: Question, w: Writer) -> bool:
    day = _day_of(q)
    totals, target = w.tools.read_day(day), w.tools.read_targets(day)
    names = [name for name in q.nutrients if name in ("carbs_g", "protein_g", "fat_g", "energy_kcal", "fiber_g")]
    for name in names or ["carbs_g", "protein_g", "energy_kcal"]:
        planned, wanted = w.amounts(totals, (name,), prefix="total_"), w.amounts(target, (name,))
        if planned and wanted:
            w.say(f"For {w.day(day)} your plan gives you {planned}; the target is {wanted}.")
    w.say("The plan was checked against these limits before it was stored.")
    return True


def _is_why(q: Question) -> bool:
    return q.has(r"why|how come|where does|how is|how are|how do you (?:calculate|get)|reason|explain") and (
        bool(set(q.nutrients) & TARGET_NUTRIENTS)
        or q.has(r"targets?|macros|numbers|so much|so many|this much|that much")
    )


def _asks_need(q: Question) -> bool:
    asked = q.has(
        r"how much|how many|what is my|what's my|need|target|goal|enough|should i (?:eat|get|have|drink|aim)|aim"
    )
    return asked and bool(set(q.nutrients) & TARGET_NUTRIENTS)


COMPARING = (
    Intent(
        "compare_days",
        lambda q: q.has(
            r"differ|different|difference|differs|compare|compared|versus|vs|than|more on|less on|change from"
        ),
        _compare,
    ),
)
INTENTS = (
    Intent(
        "energy_availability",
        lambda q: q.has(
            r"energy availability|low energy availability|red-?s|eating enough|eat enough|underfuel\w*|under-fuel\w*"
        ),
        _availability,
    ),
    Intent("why_target", _is_why, _why),
    Intent(
        "plan_meets_target",
        lambda q: (
            q.has(r"plan|planned|meals?")
            and q.has(r"meet|hit|reach|cover|match|enough|on target|close to")
            and (bool(q.nutrients) or q.has("targets?"))
        ),
        _meets,
    ),
    Intent("nutrient_target", _asks_need, _nutrient),
    Intent("training_load", lambda q: q.has(r"load|tss|stress|how hard is|day class|kind of day|heavy day"), _load),
    Intent(
        "targets",
        lambda q: q.has(r"targets?|macros|numbers|goals? for|daily goals?|needs?") and not q.has("buy|list|shop"),
        _targets,
    ),
)
