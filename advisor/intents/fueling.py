"""Food and drink around a session: the night before, before, during, after, race day, caffeine, hydration."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from advisor.facts import Bundle
from advisor.intents import Intent
from advisor.intents.meals import EAT, tell_day, tell_dish
from advisor.question import Meant, Question
from advisor.words import WEEKDAYS, sentence
from advisor.writing import Writer, event_words, pick_items, why_of

NEEDS = EAT + (
    r"|drink|drinking|take|need|carbs?|protein|breakfast|dinner|lunch|snack|gels?|bars?|recover|recovery|"
    r"refuel|what|how much"
)


def _called(q: Question) -> str:
    words = q.wish.words if q.wish else "session"
    return "session" if words.endswith("s") else words


def _missing(q: Question, w: Writer, meant: Meant) -> None:
    """Says that the event is not there, and what the calendar has instead."""
    on = ""
    if q.days:
        on = (
            f" on a {WEEKDAYS[meant.day.weekday()]} in the next two weeks"
            if q.days[0].weekday
            else f" {w.on(meant.day)}"
        )
    w.say(f"I see no {meant.missing}{on} in your calendar, so I take the date: {w.day(meant.day)}.")
    there = [event for event in w.tools.events_on(meant.day, meant.day) if event.counts]
    if there:
        w.say(f"What is planned there is {event_words(w, there[0])}.")


def _eve(q: Question, w: Writer, meant: Meant, relation: str, day: date, slot: str) -> bool:
    """A meal placed by its distance from an event: the night before, the morning of, the day before or after."""
    if meant.event is not None:
        w.say(f"Your {_called(q)} is {event_words(w, meant.event)}.")
    else:
        _missing(q, w, meant)
    if not slot:
        tell_day(w, day)
        return True
    items = pick_items(w.tools.items_on(day), slot)
    if not items:
        w.say(f"Your plan for {w.day(day)} has no {slot}.")
        return True
    tell_dish(w, items[0], lead=f"{sentence(relation)}, {w.day(day)}, your {slot}")
    if meant.event is not None:
        _tell_tomorrow(w, meant.event)
    why_of(w, day, "carbs_g")
    w.say("If you would rather have something else, ask me for another dish.")
    return True


def _tell_tomorrow(w: Writer, event: Any) -> None:
    target = w.tools.read_targets(event.local_date)
    w.say(f"{w.day(event.local_date, near=False)} itself asks for {w.amounts(target, ('carbs_g', 'protein_g'))}.")


def _window(w: Writer, meant: Meant, relation: str) -> Bundle:
    fueling = w.tools.read_fueling(meant.event)
    if relation == "before":
        if fueling.number("pre.carbs_g"):
            w.say(
                f"Before it, have a meal with {w.num(fueling['pre.carbs_g'])} of carbohydrate, up to "
                f"{w.num(fueling['pre.hours'])} ahead."
            )
            w.say(f"{w.text(fueling['pre.words'])}.")
        else:
            w.say(f"Before it: {w.text(fueling['pre.words'])}.")
        w.say(
            f"Drink {w.num(fueling['pre.fluid_low_ml'])} to {w.num(fueling['pre.fluid_high_ml'])} in the hours before."
        )
    elif relation == "during":
        if fueling.number("during.carbs_g"):
            w.say(f"During it, take {w.num(fueling['during.carbs_g'])} of carbohydrate in all.")
            w.say(f"{w.text(fueling['during.words'])}.")
            w.say(
                f"The range is {w.num(fueling['during.carbs_g_h_low'])} to {w.num(fueling['during.carbs_g_h_high'])}."
            )
            if fueling.data["multiple_transportable"]:
                w.say("At this rate use products with glucose and fructose.")
        else:
            w.say(f"During it: {w.text(fueling['during.words'])}.")
        if fueling.number("during.fluid_high_ml"):
            w.say(
                f"Plan to drink about {w.num(fueling['during.fluid_high_ml'])}, by thirst and never more "
                "than you sweat."
            )
        if fueling.number("during.sodium_mg_h"):
            w.say(f"Take {w.num(fueling['during.sodium_mg_h'])} of sodium with it.")
    else:
        w.say(
            f"After it, have {w.num(fueling['post.carbs_g'])} of carbohydrate and "
            f"{w.num(fueling['post.protein_g'])} of protein."
        )
        w.say(f"{w.text(fueling['post.words'])}.")
        if fueling.number("post.fluid_high_ml"):
            w.say(
                f"Drink {w.num(fueling['post.fluid_low_ml'])} to {w.num(fueling['post.fluid_high_ml'])} "
                "over the next hours."
            )
    if fueling.data["length_assumed"]:
        w.say("The calendar does not say how long it lasts; I count an hour.")
    return fueling


_SLOTS_OF = {"before": ("pre",), "during": ("during",), "after": ("post",)}


def _minute(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


def _planned_around(w: Writer, event: Any, relation: str) -> list[Any]:
    """The planned dishes that belong to the window: their own slot, else the nearest meal in time."""
    items = w.tools.items_on(event.local_date)
    own = [item for item in items if item.slot in _SLOTS_OF[relation]]
    start = w.tools.read_event(event).get("starts")
    if start is None or relation == "during":
        return own
    begins = _minute(str(start.value))
    ends = begins + round(event.duration_minutes or 60)
    if relation == "before":
        near = [item for item in items if item.slot != "during" and _minute(item.time) < begins]
        return near[-1:] or own[:1]
    near = [item for item in items if item.slot != "during" and _minute(item.time) >= ends]
    return near[:1] or own[:1]


def _around(q: Question, w: Writer) -> bool:
    moment, meant = q.moment, q.meant
    if moment is None or meant is None:
        return False
    if moment.offset_days or moment.slot:
        day = meant.day + timedelta(days=moment.offset_days)
        return _eve(q, w, meant, moment.relation, day, q.slot or moment.slot)
    if meant.event is None:
        _missing(q, w, meant)
        there = [event for event in w.tools.events_on(meant.day, meant.day) if event.counts]
        if not there:
            w.say("Without a session there is nothing special to eat around; this is the day as planned.")
            tell_day(w, meant.day)
            return True
        meant = Meant(meant.day, there[0])
    else:
        w.say(f"Your {_called(q)} is {event_words(w, meant.event)}.")
    _window(w, meant, moment.relation)
    for item in _planned_around(w, meant.event, moment.relation):
        tell_dish(
            w,
            item,
            why=False,
            lead=(
                f"In your plan, {item.slot if item.slot in ('breakfast', 'lunch', 'dinner') else 'food'} "
                f"{moment.relation} it"
            ),
        )
    return True


def _race(q: Question, w: Writer) -> bool:
    meant = q.meant
    if meant is None or meant.event is None or meant.event.type != "race":
        w.say("There is no race in your calendar.")
        w.say("Add it with its length, and I can tell you what to eat and drink before, during and after it.")
        return True
    event = meant.event
    w.say(f"Your race is {event_words(w, event)}.")
    if not event.duration_minutes:
        w.say("How long it will take you is not known; add the length and I can plan it.")
        return True
    plan = w.tools.read_race_plan(event)
    w.line(
        f"The last meal, {w.num(plan['meal_hours'])} before the start: {w.num(plan['pre_meal_carbs_g'])} of "
        "carbohydrate, familiar, low in fiber and fat."
    )
    w.line(
        f"To drink until then: {w.num(plan['pre_fluid_low_ml'])} to {w.num(plan['pre_fluid_high_ml'])},"
        " in small amounts."
    )
    if plan.number("topup_carbs_g"):
        w.line(f"Shortly before the start: {w.num(plan['topup_carbs_g'])} of carbohydrate.")
    if plan.number("carbs_g_h"):
        w.line(
            f"During the race: {w.num(plan['carbs_g_h'])} of carbohydrate, that is {w.num(plan['feed_every_20min_g'])} "
            f"every {w.num(plan['feed_minutes'])} and {w.num(plan['carbs_total_g'])} in all."
        )
    w.line(f"To drink: {w.num(plan['fluid_l_h'])}, by thirst and never more than you sweat.")
    if plan.number("sodium_mg_h"):
        w.line(f"Sodium: {w.num(plan['sodium_mg_h'])}.")
    if plan.number("caffeine_mg"):
        w.line(f"Caffeine, only if you tested it in training: {w.num(plan['caffeine_mg'])} about an hour before.")
    w.line(
        f"Afterward: {w.num(plan['recovery_protein_g'])} of protein, and {w.num(plan['recovery_carbs_g'])} "
        "of carbohydrate over the hours after."
    )
    if plan.data["assumed"]:
        w.para("Your profile leaves values open that this rests on; fill them in to make the plan your own.")
    else:
        w.para("Try it in training first; nothing new on race day.")
    return True


def _caffeine(q: Question, w: Writer) -> bool:
    races = [event for event in w.tools.events if event.type == "race" and event.local_date >= w.tools.today]
    meant = q.meant.event if q.meant is not None and q.meant.event is not None else None
    event = meant if meant is not None and meant.type == "race" else next(iter(races), None)
    if event is None:
        w.say("I propose caffeine only before a race, and there is none in your calendar.")
    else:
        fact = w.tools.read_fueling(event).get("pre.caffeine_mg")
        w.say(f"Your next race is {event_words(w, event)}.")
        if fact is not None and w.tools.read_fueling(event).number("pre.caffeine_mg"):
            w.say(
                f"Before it, {w.num(fact)} of caffeine about an hour ahead is within what is studied, "
                "if you tested it in training."
            )
        else:
            w.say("I propose no dose for you: your profile is incomplete, or gives a reason against it.")
    w.say("Late caffeine costs sleep, so leave it out in the hours before bed.")
    return True


def _gut(q: Question, w: Writer) -> bool:
    """Discomfort around training: what is usually easier to carry, and who can find the cause."""
    w.say("I cannot tell what causes it.")
    w.say(
        "What is usually easier on the stomach before a session: food you know, low in fiber and fat, eaten with more "
        "time ahead; and during it small sips and small bites instead of much at once."
    )
    w.say("Try one change at a time, in training and not on race day.")
    w.say("If it is strong, new or does not go away, please ask a doctor.")
    if q.meant is not None and q.meant.event is not None:
        w.para(f"The session I see is {event_words(w, q.meant.event)}.")
        for item in _planned_around(w, q.meant.event, "before"):
            tell_dish(w, item, why=False, lead="In your plan, food before it")
            w.say("Ask me for another dish if that is one you do not carry well.")
    return True


def _hydration(q: Question, w: Writer) -> bool:
    day = q.meant.day if q.meant is not None and q.meant.event is not None else q.day
    target = w.tools.read_targets(day)
    w.say(f"{w.on(day)} you need {w.num(target['fluid_ml'])} of water, what is in your food included.")
    w.say(f"With it goes {w.num(target['sodium_mg'])} of sodium.")
    for event in [event for event in w.tools.events_on(day, day) if event.counts][:2]:
        fueling = w.tools.read_fueling(event)
        if fueling.number("during.fluid_high_ml"):
            title = w.quoted(w.tools.read_event(event)["title"])
            w.say(f"About {w.num(fueling['during.fluid_high_ml'])} of it belong into {title}.")
    why_of(w, day, "fluid_ml")
    return True


INTENTS = (
    Intent(
        "gut_comfort",
        lambda q: q.has(r"stomach|tummy|gut|nausea|nauseous|queasy|bloated|bloating|heartburn|reflux|side stitch"),
        _gut,
    ),
    Intent("caffeine", lambda q: q.has(r"caffeine|coffee|espresso|energy drinks?"), _caffeine),
    Intent(
        "race_plan",
        lambda q: (
            q.wish is not None
            and q.wish.race
            and (
                (
                    q.moment is None
                    and q.has(r"plan|fuel|fueling|fuelling|strategy|eat|nutrition|drink|gels?|carbs|take")
                )
                or q.has(r"race[ -]?(?:day )?(?:plan|nutrition|fueling|fuelling|strategy|day)")
            )
        ),
        _race,
    ),
    Intent("around_session", lambda q: q.moment is not None and q.wish is not None and q.has(NEEDS), _around),
    Intent(
        "hydration",
        lambda q: q.has(r"drink|drinking|hydrat\w*|fluids?|water") and not q.has(r"(?:energy|sports?) drinks?"),
        _hydration,
    ),
)
