"""Food and drink around a session: the night before, before, during, after, race day, caffeine, hydration."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from advisor.dates import is_upcoming
from advisor.facts import Bundle
from advisor.intents import Intent
from advisor.intents.around import around_lead, planned_around
from advisor.intents.meals import EAT, tell_day, tell_dish
from advisor.intents.race_windows import tell_race_dishes, tell_race_window
from advisor.question import Meant, Question
from advisor.writing import Writer, event_words, pick_items, why_of

NEEDS = EAT + (
    r"|drink|drinking|take|need|carbs?|protein|breakfast|dinner|lunch|snacks?|gels?|bars?|recover|recovery|"
    r"refuel|what|how much"
)


def _called(q: Question) -> str:
    words = q.wish.words if q.wish else "session"
    return "session" if words.endswith(("s", "ing", "bike", "cycle", "gym", "train")) else words


def _missing(q: Question, w: Writer, meant: Meant) -> None:
    """Says that the event is not there, and what the calendar has instead."""
    called = w.language.called(meant.missing)
    if q.days and q.days[0].weekday:
        w.say(
            "I see no {event} on a {weekday} in the weeks to come in your calendar, so I take the date: {day}.",
            event=called,
            weekday=w.language.weekday(meant.day.weekday()),
            day=w.day(meant.day),
        )
    elif q.days:
        w.say("I see no {event} {on} in your calendar.", event=called, on=w.on(meant.day))
    else:
        w.say("I see no {event} in your calendar, so I take the date: {day}.", event=called, day=w.day(meant.day))
    there = [event for event in w.tools.events_on(meant.day, meant.day) if event.counts]
    if there:
        w.say("What is planned there is {event}.", event=event_words(w, there[0]))


def _tell_event(q: Question, w: Writer, event: Any) -> None:
    called = w.language.called(_called(q)) if q.wish is not None else w.language.word("session")
    w.say("Your {called} is {event}.", called=called, event=event_words(w, event))


def _eve(q: Question, w: Writer, meant: Meant, relation: str, day: date, slot: str) -> bool:
    """A meal placed by its distance from an event: the night before, the morning of, the day before or after."""
    if meant.event is not None:
        _tell_event(q, w, meant.event)
    else:
        _missing(q, w, meant)
    w.about(day=day, slot=slot, event_id=meant.event.pk if meant.event is not None else "")
    if not slot:
        tell_day(w, day)
        return True
    items = pick_items(w.tools.items_on(day), slot)
    if not items:
        w.say("Your plan for {day} has no {slot}.", day=w.day(day), slot=w.slot(slot))
        return True
    tell_dish(w, items[0], lead=_eve_lead(w, relation, day, slot))
    if meant.event is not None and meant.event.local_date != day:
        _tell_tomorrow(w, meant.event)
    why_of(w, day, "carbs_g")
    return True


def _eve_lead(w: Writer, relation: str, day: date, slot: str) -> str:
    words, told = w.slot(slot), w.day(day)
    if relation == "the night before":
        return w.part("The night before, {day}, your {slot}", day=told, slot=words)
    if relation == "the day before":
        return w.part("The day before, {day}, your {slot}", day=told, slot=words)
    if relation == "the day after":
        return w.part("The day after, {day}, your {slot}", day=told, slot=words)
    return w.part("The morning of it, {day}, your {slot}", day=told, slot=words)


def _tell_tomorrow(w: Writer, event: Any) -> None:
    target = w.tools.read_targets(event.local_date)
    w.say(
        "{day} itself asks for {amounts}.",
        day=w.day(event.local_date, near=False),
        amounts=w.amounts(target, ("carbs_g", "protein_g")),
    )


def _window(w: Writer, meant: Meant, relation: str) -> Bundle:
    fueling = w.tools.read_fueling(meant.event)
    if relation == "before":
        if fueling.number("pre.carbs_g"):
            w.say(
                "Before it, have a meal with {amount} of carbohydrate, up to {hours} ahead.",
                amount=w.num(fueling["pre.carbs_g"]),
                hours=w.num(fueling["pre.hours"]),
            )
            w.say("{advice}.", advice=w.text(fueling["pre.words"]))
        else:
            w.say("Before it: {advice}.", advice=w.text(fueling["pre.words"]))
        w.say(
            "Drink {low} to {high} in the hours before.",
            low=w.num(fueling["pre.fluid_low_ml"]),
            high=w.num(fueling["pre.fluid_high_ml"]),
        )
    elif relation == "during":
        if fueling.number("during.carbs_g"):
            w.say("During it, take {amount} of carbohydrate in all.", amount=w.num(fueling["during.carbs_g"]))
            w.say("{advice}.", advice=w.text(fueling["during.words"]))
            w.say(
                "The range is {low} to {high}.",
                low=w.num(fueling["during.carbs_g_h_low"]),
                high=w.num(fueling["during.carbs_g_h_high"]),
            )
            if fueling.data["multiple_transportable"]:
                w.say("At this rate use products with glucose and fructose.")
        else:
            w.say("During it: {advice}.", advice=w.text(fueling["during.words"]))
        if fueling.number("during.fluid_high_ml"):
            w.say(
                "Plan to drink about {amount}, by thirst and never more than you sweat.",
                amount=w.num(fueling["during.fluid_high_ml"]),
            )
        if fueling.number("during.sodium_mg_h"):
            w.say("Take {amount} of sodium with it.", amount=w.num(fueling["during.sodium_mg_h"]))
    else:
        if fueling.number("post.carbs_g"):
            w.say(
                "After it, have {carbs} of carbohydrate and {protein} of protein.",
                carbs=w.num(fueling["post.carbs_g"]),
                protein=w.num(fueling["post.protein_g"]),
            )
        else:
            w.say("After it, have {protein} of protein.", protein=w.num(fueling["post.protein_g"]))
        w.say("{advice}.", advice=w.text(fueling["post.words"]))
        if fueling.number("post.fluid_high_ml"):
            w.say(
                "Drink {low} to {high} over the next hours.",
                low=w.num(fueling["post.fluid_low_ml"]),
                high=w.num(fueling["post.fluid_high_ml"]),
            )
    if fueling.data["length_assumed"]:
        w.say("The calendar does not say how long it lasts; I count an hour.")
    return fueling


def _around(q: Question, w: Writer) -> bool:
    moment, meant = q.moment, q.meant
    if moment is None:
        return False
    if meant is None:
        event = _nearest_session(q, w, moment.relation)
        if event is None:
            return False
        meant = Meant(event.local_date, event)
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
        _tell_event(q, w, meant.event)
    w.about(event_id=meant.event.pk, relation=moment.relation)
    if meant.event.type == "race" and meant.event.duration_minutes:
        tell_race_window(w, meant.event, moment.relation)
        tell_race_dishes(w, meant.event, moment.relation)
        return True
    _window(w, meant, moment.relation)
    for item in planned_around(w, meant.event, moment.relation):
        tell_dish(w, item, ingredients=False, why=False, lead=around_lead(w, item.slot, moment.relation))
    return True


def _nearest_session(q: Question, w: Writer, relation: str) -> Any | None:
    """The session that is meant where none is named: the last begun of today for after, else the next to come."""
    tools = w.tools
    counting = [event for event in tools.events if event.counts]
    if q.days:
        return next((event for event in counting if event.local_date == q.day), None)
    if relation == "after":
        today = [event for event in counting if event.local_date == tools.today]
        begun = [event for event in today if not event.all_day and event.starts_at <= tools.now]
        if begun:
            return begun[-1]
    return next((event for event in counting if is_upcoming(event, now=tools.now, today=tools.today)), None)


def _asks_recovery(q: Question) -> bool:
    return q.wish is None and q.has(r"recover|recovery|refuel|recovering|recovery (?:food|meal|snack|shake)s?")


def _recovery(q: Question, w: Writer) -> bool:
    """What to have after a session, where no session was named."""
    event = _nearest_session(q, w, "after")
    if event is None:
        w.say("I see no session in your calendar to recover from.")
        w.say("On days without one, your planned meals bring what you need; sleep does the rest.")
        return True
    w.say("The session I see is {event}.", event=event_words(w, event))
    w.about(event_id=event.pk, relation="after")
    _window(w, Meant(event.local_date, event), "after")
    for item in planned_around(w, event, "after"):
        tell_dish(w, item, why=False, lead=around_lead(w, item.slot, "after"))
    return True


def _hydration(q: Question, w: Writer) -> bool:
    day = q.meant.day if q.meant is not None and q.meant.event is not None else q.day
    target = w.tools.read_targets(day)
    w.say(
        "{on} you need {amount} of water, what is in your food included.",
        on=w.on(day),
        amount=w.num(target["fluid_ml"]),
    )
    w.say("With it goes {amount} of sodium.", amount=w.num(target["sodium_mg"]))
    for event in [event for event in w.tools.events_on(day, day) if event.counts][:2]:
        fueling = w.tools.read_fueling(event)
        if fueling.number("during.fluid_high_ml"):
            w.say(
                "About {amount} of it belong into {event}.",
                amount=w.num(fueling["during.fluid_high_ml"]),
                event=w.quoted(w.tools.read_event(event)["title"]),
            )
    why_of(w, day, "fluid_ml")
    return True


INTENTS = (
    Intent("recovery", _asks_recovery, _recovery),
    Intent("around_session", lambda q: q.moment is not None and q.wish is not None and q.has(NEEDS), _around),
    Intent(
        "hydration",
        lambda q: (
            q.has(r"drink|drinking|hydrat\w*|fluids?|water|thirsty")
            and not q.has(r"(?:energy|sports?) drinks?|buy|list|recipe")
        ),
        _hydration,
    ),
)
