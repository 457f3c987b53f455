"""Targets of a day, why they are what they are, and how two days differ."""

from __future__ import annotations

from datetime import date, timedelta

from advisor.facts import Bundle
from advisor.intents import Intent
from advisor.question import Question
from advisor.writing import Writer, event_words, titles_on, why_of

MAIN = ("energy_kcal", "carbs_g", "protein_g", "fat_g")
_LOAD = r"load|tss|stress|how hard is|day class|kind of day|(?:heavy|hard|easy|light|big) day"
TARGET_NUTRIENTS = {"carbs_g", "protein_g", "fat_g", "fiber_g", "sodium_mg", "energy_kcal", "fluid_ml"}


def _day_of(q: Question) -> date:
    """The named day, the day of the named event, or today."""
    if q.meant is not None and q.meant.event is not None:
        return q.meant.day
    return q.day


def tell_targets(w: Writer, day: date) -> None:
    target = w.tools.read_targets(day)
    w.say("{on} you need {amounts}.", on=w.on(day), amounts=w.amounts(target, MAIN))
    w.say("Besides that, {amounts}.", amounts=w.amounts(target, ("fiber_g", "fluid_ml", "sodium_mg")))
    w.say(
        "The day counts as {day_class} with {load}: {titles}.",
        day_class=w.text(target["day_class"]),
        load=w.num(target["tss"]),
        titles=titles_on(w, day),
    )
    _tell_assumed(w, target)


def _tell_assumed(w: Writer, target: Bundle) -> None:
    if target.data["assumed"]:
        w.say("It is calculated from the reference values for what your profile leaves open.")


def _tell_inputs(w: Writer, target: Bundle, name: str) -> None:
    """What a target was calculated from, in numbers; what is nothing is not told."""

    def number(key: str) -> str:
        return w.num(target[f"input:{name}:{key}"]) if target.number(f"input:{name}:{key}") else ""

    if name == "carbs_g":
        w.say("The load of the day sets it at {amount}.", amount=number("point_g_per_kg"))
        w.say("That counts with a body mass of {weight}.", weight=number("weight_kg"))
    elif name == "fluid_ml":
        w.say(
            "It is {base} for the day, {during} to drink in training, and {more} to replace what is lost beyond that.",
            base=number("baseline_ml"),
            during=number("during_ml"),
            more=number("replacement_ml"),
        )
    elif name == "protein_g":
        w.say("That counts with a body mass of {weight}.", weight=number("weight_kg"))
    elif name == "energy_kcal":
        w.say("You spend about {energy}.", energy=number("tdee_kcal"))
        w.say("Your goal takes off {energy}.", energy=number("deficit_kcal"))
        w.say("Your goal adds {energy}.", energy=number("surplus_kcal"))


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
        w.say("{on} you need {amounts}.", on=w.on(day), amounts=w.amounts(target, (name,)))
    if q.meant is not None and q.meant.event is not None:
        w.say("That is the day of {event}.", event=event_words(w, q.meant.event))
    else:
        w.say("In the calendar: {titles}.", titles=titles_on(w, day))
    for name in names[:2]:
        why_of(w, day, name)
    plan = w.tools.planned_plan(day)
    if plan is not None:
        planned = w.amounts(w.tools.read_day(day), [n for n in names if n != "fluid_ml"], prefix="total_")
        w.say("Your plan gives you {amounts}.", amounts=planned)
    _tell_assumed(w, target)
    return bool(w.parts) or w.left_out


def _why(q: Question, w: Writer) -> bool:
    day = _day_of(q)
    names = [name for name in q.nutrients if name in TARGET_NUTRIENTS] or ["energy_kcal", "carbs_g"]
    target = w.tools.read_targets(day)
    for name in names:
        text = w.amounts(target, (name,))
        if text and not q.asks_reason:
            w.say("{on} you need {amounts}.", on=w.on(day), amounts=text)
        if text:
            by_formula = q.has(r"formula|equation|calculate|calculated|how is|how are")
            why_of(w, day, name, formula=q.asks_reason or by_formula)
    for name in names:
        _tell_inputs(w, target, name)
    w.say("In the calendar that day: {titles}, {load}.", titles=titles_on(w, day), load=w.num(target["tss"]))
    return bool(w.parts) or w.left_out


def _load(q: Question, w: Writer) -> bool:
    day = _day_of(q)
    target = w.tools.read_targets(day)
    w.say(
        "The load of {day} is {load}, a {day_class} day: {titles}.",
        day=w.day(day),
        load=w.num(target["tss"]),
        day_class=w.text(target["day_class"]),
        titles=titles_on(w, day),
    )
    why_of(w, day, "day_class")
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
    w.say("{day} asks for {amounts}.", day=w.day(first), amounts=w.amounts(one, MAIN[:3]))
    w.say("{day} asks for {amounts}.", day=w.day(second), amounts=w.amounts(two, MAIN[:3]))
    w.say(
        "The training is what differs: {titles} with {load} against {other_titles} with {other_load}.",
        titles=titles_on(w, first),
        load=w.num(one["tss"]),
        other_titles=titles_on(w, second),
        other_load=w.num(two["tss"]),
    )
    extra_one, extra_two = (b.number("input:carbs_g:evening_extra_g") or 0 for b in (one, two))
    for day, bundle, extra in ((first, one, extra_one), (second, two, extra_two)):
        if extra >= 1:
            w.say(
                "{amount} of the carbohydrate of {day} are there for the session of the day after.",
                amount=w.num(bundle["input:carbs_g:evening_extra_g"]),
                day=w.day(day, near=False),
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
            w.say(
                "For {day} your plan gives you {planned}; the target is {target}.",
                day=w.day(day),
                planned=planned,
                target=wanted,
            )
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
    asked = asked or len(q.text.split()) <= 2
    return asked and bool(set(q.nutrients) & TARGET_NUTRIENTS)


COMPARING = (
    Intent(
        "compare_days",
        lambda q: q.has(
            r"differ|different|difference|differs|compare|compared|versus|vs|than|more on|less on|change from|"
            r"what changes|what will change|changes? tomorrow"
        ),
        _compare,
    ),
)
INTENTS = (
    Intent("why_target", _is_why, _why),
    Intent(
        "plan_meets_target",
        lambda q: (
            (
                q.has(r"plan|planned|meals?")
                and q.has(r"meet|hit|reach|cover|match|enough|on target|close to")
                and (bool(q.nutrients) or q.has("targets?"))
            )
            or q.has(r"am i on (?:track|target)|(?:am i eating|do i eat|is my plan|is that|is this) too (?:much|many)")
        ),
        _meets,
    ),
    Intent("nutrient_target", _asks_need, _nutrient),
    Intent("training_load", lambda q: q.range is None and q.has(_LOAD), _load),
    Intent(
        "targets",
        lambda q: (
            q.has(
                r"targets?|macros|numbers|goals? for|daily goals?|needs?|how much (?:food )?(?:should|must|do|can) i "
                r"(?:have to |need to )?eat"
            )
            and not q.has("buy|list|shop")
        ),
        _targets,
    ),
)
