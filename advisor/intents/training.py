"""What training and which races are coming."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from advisor.dates import is_upcoming
from advisor.facts import Fact
from advisor.intents import Intent
from advisor.question import Question
from advisor.writing import Writer, event_words

SHOWN = 12
LONGEST_DAYS = 28


def _upcoming(w: Writer, days: int) -> list[Any]:
    tools = w.tools
    events = tools.events_on(tools.today, tools.today + timedelta(days=days))
    return [event for event in events if event.counts and is_upcoming(event, now=tools.now, today=tools.today)]


def _next_event(q: Question, w: Writer) -> bool:
    meant = q.meant
    if meant is None:
        return False
    if meant.event is None:
        if q.days:
            w.say("I see no {event} {on} in your calendar.", event=w.language.called(meant.missing), on=w.on(meant.day))
        else:
            w.say("I see no {event} in your calendar.", event=w.language.called(meant.missing))
        return True
    w.say("That is {event}.", event=event_words(w, meant.event))
    target = w.tools.read_targets(meant.day)
    w.say("It should take about {energy}.", energy=w.num(target.get(f"session:{meant.event.pk}:gross_kcal")))
    w.say("The day is planned with {amounts}.", amounts=w.amounts(target, ("carbs_g", "protein_g")))
    return True


def _training(q: Question, w: Writer) -> bool:
    first, last = q.span()
    events = [event for event in w.tools.events_on(first, last) if event.counts]
    if first == last:
        span = w.on(first)
    else:
        span = w.part("from {first} to {last}", first=w.day(first, near=False), last=w.day(last, near=False))
    if not events:
        w.say("There is no training in your calendar {span}.", span=span)
        w.say("Your food is planned as for rest. Add training by hand or connect a calendar if something is missing.")
        return True
    w.say("Your training {span}:", span=span)
    for event in events[:SHOWN]:
        w.line("{event}.", event=event_words(w, event))
    return True


def _next_session(q: Question, w: Writer) -> bool:
    """The next thing in the calendar, of whatever kind."""
    events = _upcoming(w, LONGEST_DAYS)
    if q.days:
        events = [event for event in events if event.local_date == q.day]
    if not events:
        w.say("There is no training in your calendar to come.")
        return True
    w.about(event_id=events[0].pk)
    w.say("Your next session is {event}.", event=event_words(w, events[0]))
    target = w.tools.read_targets(events[0].local_date)
    w.say("The day is planned with {amounts}.", amounts=w.amounts(target, ("carbs_g", "protein_g")))
    return True


def _longest(q: Question, w: Writer) -> bool:
    first, last = q.span() if q.range is not None else (w.tools.today, w.tools.today + timedelta(days=LONGEST_DAYS - 1))
    events = [event for event in w.tools.events_on(first, last) if event.counts and event.duration_minutes]
    if not events:
        w.say("I see no session with a known length in your calendar.")
        return True
    longest = max(events, key=lambda event: event.duration_minutes or 0.0)
    w.about(event_id=longest.pk)
    w.say(
        "Your longest session from {first} to {last} is {event}.",
        first=w.day(first, near=False),
        last=w.day(last, near=False),
        event=event_words(w, longest),
    )
    return True


def _week_training(q: Question, w: Writer) -> bool:
    """How much training a week holds: sessions, time, load."""
    first, last = q.span()
    events = [event for event in w.tools.events_on(first, last) if event.counts]
    span = w.part("from {first} to {last}", first=w.day(first, near=False), last=w.day(last, near=False))
    if not events:
        w.say("There is no training in your calendar {span}.", span=span)
        return True
    base = f"training:{first}:{last}"
    known = [event.duration_minutes for event in events if event.duration_minutes]
    count = Fact(f"{base}:count", "count", "sessions", float(len(events)), "", "your calendar")
    hours = round(sum(known) / 60, 1) or None
    together = Fact(f"{base}:hours", "training", "time of the sessions", hours, "h", "your calendar")
    if len(events) == 1:
        w.say("One session {span}: {event}.", span=span, event=event_words(w, events[0]))
        return True
    w.say("{count} sessions {span}.", count=w.count(count), span=span)
    if len(known) == len(events):
        w.say("Together they last {time}.", time=w.num(together))
    else:
        w.say("Those with a known length last {time} together.", time=w.num(together))
    longest = max(events, key=lambda event: event.duration_minutes or 0.0)
    w.say("The longest is {event}.", event=event_words(w, longest))
    load = w.tools.read_load(first)
    if first.weekday() == 0 and last == first + timedelta(days=6):
        w.say("The load of the week is {load}.", load=w.num(load.get("week_tss")))
    return True


def _form(q: Question, w: Writer) -> bool:
    """Fitness, fatigue and form by the load of the weeks before."""
    day = min(q.day, w.tools.today + timedelta(days=14))
    found = w.tools.read_load(day)
    if not found.data["known"]:
        w.say("Nothing is known of your training yet, so there is no form to tell.")
        return True
    w.about(day=day)
    w.say(
        "For {day} your fitness is {ctl} and your fatigue {atl}.",
        day=w.day(day),
        ctl=w.count(found.get("ctl")),
        atl=w.count(found.get("atl")),
    )
    form = found.get("tsb")
    value = found.number("tsb") or 0.0
    if form is not None:
        size = replace(form, id=form.id + ":size", label="distance of the form from zero", value=abs(value))
        if abs(value) < 1:
            w.say("Your form is level: you carry no fatigue to speak of.")
        elif value < 0:
            w.say(
                "Your form is {amount} below zero: you carry fatigue, so eat your targets and sleep.",
                amount=w.count(size),
            )
        else:
            w.say("Your form is {amount} above zero: you are rested.", amount=w.count(size))
    w.say("The load of the week is {load}.", load=w.num(found.get("week_tss")))
    w.say("The week before it was {load}.", load=w.num(found.get("last_week_tss")))
    if not found.data["warmed_up"]:
        w.say("Too little of your past training is known for these figures to stand on their own yet.")
    return True


def _done(q: Question, w: Writer) -> bool:
    """What was really trained, as its records say."""
    today = w.tools.today
    first, last = (q.range.first, q.range.last) if q.range is not None else (today - timedelta(days=6), today)
    if q.days:
        first = last = q.day
    found = w.tools.read_completed(first, min(last, today))
    rows = found.data["rows"]
    if not rows:
        w.say("No recorded session lies in these days; upload one under “Training”, or connect a source of them.")
        return True
    w.say(
        "{count} sessions are recorded, {time} in all:",
        count=w.count(found.get("count")),
        time=w.num(found.get("minutes")),
    )
    for row in rows[:SHOWN]:
        key = row["key"]
        w.line(
            "{title} {on}, {time}.",
            title=w.quoted(found.get(f"{key}:title")),
            on=w.on(date.fromisoformat(row["date"])),
            time=w.num(found.get(f"{key}:duration_minutes")),
        )
    return True


_TRAINING = r"training|train|workouts?|sessions?|exercise|run|ride|swim"
INTENTS = (
    Intent(
        "longest_session",
        lambda q: (
            q.has(r"longest|biggest|hardest (?:session|workout|training|run|ride|swim)")
            and (q.wish is not None or q.has(_TRAINING))
        ),
        _longest,
    ),
    Intent(
        "form",
        lambda q: q.has(
            r"ctl|atl|tsb|form|fitness|fatigue|am i ready|am i (?:tired|fresh|fit|overtrained|overtraining)|"
            r"how (?:fresh|fit|tired) am i|freshness"
        ),
        _form,
    ),
    Intent(
        "done_sessions",
        lambda q: q.has(
            r"did i train|have i (?:trained|done|completed)|completed|recorded|was done|what training did i|"
            r"(?:sessions?|workouts?|training) (?:did i do|have i done|done)|trained"
        ),
        _done,
    ),
    Intent(
        "week_training",
        lambda q: (
            q.has(
                r"how hard is|(?:hardest|busiest) day|most training|how much|how many (?:hours|sessions|workouts|"
                r"times)|total|volume|hours|weekly load|"
                r"load of (?:the|this|my) week"
            )
            and q.has(_TRAINING + r"|load|volume|tss|hard|hardest day")
            and (q.range is not None or q.has(r"week\w*|volume|which day|what day"))
            and not q.nutrients
            and not q.has(r"eat|food")
        ),
        _week_training,
    ),
    Intent(
        "next_session",
        lambda q: (
            q.has(r"next (?:session|workout|training|thing|event)|train next|what(?:'s| is) next|up next")
            and q.moment is None
            and not q.has(r"eat|meal|food|drink|week")
        ),
        _next_session,
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
            q.has(
                r"training|train|workouts?|sessions?|exercise|calendar|schedule|rest day|events?|coming up|"
                r"am i doing|do i do"
            )
            or (q.wish is not None and not q.has(r"eat|food|meal|cook|drink"))
        ),
        _training,
    ),
)
