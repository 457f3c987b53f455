"""What training and which races are coming."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from advisor.dates import is_upcoming
from advisor.intents import Intent
from advisor.question import Question
from advisor.writing import Writer, event_words

SHOWN = 12
RACE_HORIZON_DAYS = 400


def _upcoming(w: Writer, days: int) -> list[Any]:
    tools = w.tools
    events = tools.events_on(tools.today, tools.today + timedelta(days=days))
    return [event for event in events if event.counts and is_upcoming(event, now=tools.now, today=tools.today)]


def _next_race(q: Question, w: Writer) -> bool:
    races = [event for event in _upcoming(w, RACE_HORIZON_DAYS) if event.type == "race"]
    if not races:
        w.say("There is no race in your calendar.")
        w.say("Add it as a race in your training, and the days before it are planned for it.")
        return True
    w.say(f"Your next race is {event_words(w, races[0])}.")
    w.say("Ask me for the race plan to see what to eat and drink before, during and after it.")
    return True


def _next_event(q: Question, w: Writer) -> bool:
    meant = q.meant
    if meant is None:
        return False
    if meant.event is None:
        on = f" {w.on(meant.day)}" if q.days else ""
        w.say(f"I see no {meant.missing}{on} in your calendar.")
        return True
    w.say(f"That is {event_words(w, meant.event)}.")
    target = w.tools.read_targets(meant.day)
    net = target.get(f"session:{meant.event.pk}:gross_kcal")
    if net is not None:
        w.say(f"It should take about {w.num(net)}.")
    w.say(f"The day is planned with {w.amounts(target, ('carbs_g', 'protein_g'))}.")
    return True


def _training(q: Question, w: Writer) -> bool:
    first, last = q.span()
    events = [event for event in w.tools.events_on(first, last) if event.counts]
    span = f"{w.on(first)}" if first == last else f"from {w.day(first, near=False)} to {w.day(last, near=False)}"
    if not events:
        w.say(f"There is no training in your calendar {span}.")
        w.say("Your food is planned as for rest. Add training by hand or connect a calendar if something is missing.")
        return True
    w.say(f"Your training {span}:")
    for event in events[:SHOWN]:
        w.line(event_words(w, event) + ".")
    return True


INTENTS = (
    Intent(
        "next_race",
        lambda q: q.wish is not None and q.wish.race and q.has(r"when|next|what|which|coming|upcoming|until"),
        _next_race,
    ),
    Intent(
        "next_event",
        lambda q: (
            q.wish is not None
            and bool(q.wish.sports or q.wish.long or q.wish.qualifier)
            and q.has(r"when|how long|how hard|next|where|how many calories|burn|what time")
        ),
        _next_event,
    ),
    Intent(
        "training",
        lambda q: (
            q.has(r"training|train|workouts?|sessions?|exercise|calendar|schedule|rest day|events?|coming up")
            or (q.wish is not None and not q.has(r"eat|food|meal|cook|drink"))
        ),
        _training,
    ),
)
