"""Wishes to move a session, make it longer or shorter, or take it out: proposals for what was entered here.

A session of a connected calendar is changed there; what would follow is told as a dry run.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from advisor import dates
from advisor.dates import DayMention
from advisor.intents import Intent
from advisor.intents.offers import propose
from advisor.intents.what_if import tell_what_if
from advisor.proposing import cancel_proposal, change_proposal
from advisor.question import Question
from advisor.readings.what_if import SessionChange
from advisor.writing import Writer, event_words

_MOVE = r"move|shift|reschedule|postpone|push (?:it|that|this|my|the|back|\w+'s)|bring forward|put off"
_CANCEL = r"cancel|delete|remove|scrap|call off|take out|drop"
_LENGTH = r"make|shorten|lengthen|extend|cut|change|set|increase|reduce|prolong"
_ASKING = (
    r"what (?:if|happens|would|should|do|can)|if i|should i|how|why|when|which|eat|eating|meal|meals|dish|food|drink|"
    r"carbs?|snacks?|list|profile|dislikes?|meal plan|plan again|recipe|"
    # One session is meant, and neither all of them nor what is known of them.
    r"all|every|everything|history|data|account|records?|make an?|do an?"
)
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_COUNT = rf"(?P<count>\d{{1,2}}|{'|'.join(_NUMBERS)})"
_LATER = re.compile(
    rf"\b(?:by )?{_COUNT} days? (?P<way>later|earlier|back|forward|sooner)\b|"
    rf"\b(?P<first>back|forward|later|earlier) (?:by )?{_COUNT.replace('count', 'second')} days?\b"
)
_EARLIER = frozenset({"earlier", "forward", "sooner"})
_CLOCK = re.compile(
    r"\b(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?: ?(?P<half>am|pm))?(?!\d|\.\d| ?km)|"
    r"\b(?P<alone>\d{1,2}) ?(?P<part>am|pm)\b|"
    r"\bat (?P<plain>\d{1,2})\b(?!:\d|\.\d| ?%| ?(?:am|pm|min|km|h(?:ou)?rs? long)\b)"
)
_AFTERNOON = re.compile(r" ?(?:in the (?:evening|afternoon)|tonight|this (?:evening|afternoon))\b")
_TO = re.compile(r"(?:\bto|\buntil|\btill|\bonto|\bfor|\binto)(?: the| this| next| coming| on)*$")
_FROM = re.compile(r"\bfrom(?: the| this| next| on)*$")


def _target_and_source(q: Question) -> tuple[DayMention | None, DayMention | None]:
    """The day a session is moved to, and the one it is on now; of one day alone its place says which it is."""
    target = source = None
    for mention in q.days:
        before = q.text[: mention.place].rstrip()
        if _FROM.search(before):
            source = mention
        elif _TO.search(before):
            target = mention
        elif q.wish is not None and mention.place < q.wish.place:
            source = source or mention
        elif target is None and source is None and len(q.days) == 1:
            target = mention
        else:
            source = source or mention
    return target, source


def _meant_event(q: Question, w: Writer, day: DayMention | None) -> Any | None:
    """The session that is named; without a name, that of the talk before, or the first of the day."""
    tools = w.tools
    if q.wish is not None:
        return dates.find_event(q.wish, tools.events, today=tools.today, now=tools.now, day=day)
    event_id = q.topic.get("event_id")
    return next((event for event in tools.events if event_id and event.pk == event_id), None)


def _same_day_event(q: Question, w: Writer, day: DayMention | None, clock: str | None) -> Any | None:
    """The session of the one day that is named with an hour: `move my run on Monday to 19:00` stays on Monday.

    None where the day is said to be the new one (`to Monday`), or holds no such session.
    """
    if day is None or clock is None or q.wish is None or len(q.days) != 1 or _TO.search(q.text[: day.place].rstrip()):
        return None
    return _meant_event(q, w, day)


def _no_event(q: Question, w: Writer, day: DayMention | None) -> bool:
    if day is not None:
        w.say("I see no session {on} in your calendar.", on=w.on(day.day))
    else:
        w.say("I see no session to come in your calendar.")
    return True


def _is_elsewhere(w: Writer, event: Any, change: SessionChange) -> bool:
    """Whether a connected calendar holds the session: then what would follow is told, and where it is changed."""
    if event.calendar_id is None:
        return False
    w.say("{event} comes from a connected calendar, and only there can you change it.", event=event_words(w, event))
    tell_what_if(w, change)
    return True


def _told(w: Writer, event: Any) -> bool:
    w.say("I can propose that for {event}.", event=event_words(w, event))
    if event.duplicates.exists():
        w.say("A connected calendar has the same session: change it there too.")
    w.say("Nothing is changed yet: the proposal below shows what the day would ask for.")
    return True


def read_clock(q: Question) -> str | None:
    """The hour that is named, as `HH:MM`: `19:30`, `7 am`, `at 7`, `at 7 in the evening`."""
    match = _CLOCK.search(q.text)
    if match is None:
        return None
    hour = int(match["hour"] or match["alone"] or match["plain"])
    half = match["half"] or match["part"]
    if not half and 0 < hour < 12 and _AFTERNOON.match(q.text, match.end()):
        half = "pm"
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    minute = int(match["minute"] or 0)
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else None


def _shifted(q: Question, event: Any) -> date | None:
    match = _LATER.search(q.text)
    if match is None:
        return None
    words = match["count"] or match["second"]
    count = _NUMBERS.get(words) or int(words)
    way = match["way"] or match["first"]
    day: date = event.local_date
    return day + timedelta(days=-count if way in _EARLIER else count)


def _day_for(target: DayMention, event: Any, *, today: date) -> date:
    """The day that is meant. A weekday without `this` or `next` is that of the session's own week, if it is to come."""
    if not target.weekday or re.match(r"(?:this|next|coming)\b", target.words):
        return target.day
    monday = event.local_date - timedelta(days=event.local_date.weekday())
    own = monday + timedelta(days=target.day.weekday())
    return target.day if own < today else own


def _move(q: Question, w: Writer) -> bool:
    target, source = _target_and_source(q)
    clock = read_clock(q)
    event = _same_day_event(q, w, target, clock)
    if event is not None:
        target, source = None, target
    else:
        event = _meant_event(q, w, source)
    if event is None:
        return _no_event(q, w, source)
    w.about(event_id=event.pk, day=event.local_date)
    day = _shifted(q, event) if target is None else _day_for(target, event, today=w.tools.today)
    if day is None and clock is None:
        w.say("Tell me the day or the time to move {event} to, and I can propose it.", event=event_words(w, event))
        return True
    minute = None if clock is None else 60 * int(clock[:2]) + int(clock[3:])
    change = SessionChange("move", event_id=event.pk, day=day or event.local_date, starts_at_minute=minute)
    if _is_elsewhere(w, event, change):
        return True
    if propose(w, lambda: change_proposal(event, day=day, clock=clock)):
        return _told(w, event)
    return True


def _cancel(q: Question, w: Writer) -> bool:
    day = q.days[0] if q.days else None
    event = _meant_event(q, w, day)
    if event is None:
        return _no_event(q, w, day)
    w.about(event_id=event.pk, day=event.local_date)
    if _is_elsewhere(w, event, SessionChange("remove", event_id=event.pk)):
        return True
    if propose(w, lambda: cancel_proposal(event)):
        return _told(w, event)
    return True


def _wished_minutes(q: Question, event: Any) -> float | None:
    """The length that is asked for; an amount that is added or taken off counts from the present one."""
    if q.minutes is None:
        return None
    is_relative = q.has(r"by|longer|shorter|more|less|extra") or (
        q.has(r"extend|shorten|lengthen|cut") and not q.has("to")
    )
    if not is_relative:
        return q.minutes
    if not event.duration_minutes:
        return None
    sign = -1 if q.has(r"shorter|shorten|cut|less|reduce") else 1
    return float(event.duration_minutes) + sign * q.minutes


def _length(q: Question, w: Writer) -> bool:
    day = q.days[0] if q.days else None
    event = _meant_event(q, w, day)
    if event is None:
        return _no_event(q, w, day)
    w.about(event_id=event.pk, day=event.local_date)
    minutes = _wished_minutes(q, event)
    if minutes is None:
        w.say("Tell me how long {event} is to be, and I can propose it.", event=event_words(w, event))
        return True
    if minutes <= 0:
        w.say("That would leave nothing of it; ask me what happens if you leave it out.")
        return True
    if _is_elsewhere(w, event, SessionChange("length", event_id=event.pk, duration_minutes=minutes)):
        return True
    if propose(w, lambda: change_proposal(event, duration_minutes=minutes)):
        return _told(w, event)
    return True


def _names_session(q: Question) -> bool:
    """Whether a session is named, or that of the talk before is meant, and nothing to eat."""
    points_back = bool(q.topic.get("event_id")) and q.has(r"it|that|this")
    return (q.wish is not None or points_back) and not q.has(_ASKING) and not q.has_own_slot


INTENTS = (
    Intent(
        "move_session",
        lambda q: q.has(_MOVE) and _names_session(q) and (bool(q.days) or q.has(r"days?|later|earlier|to|at")),
        _move,
    ),
    Intent("cancel_session", lambda q: q.has(_CANCEL) and _names_session(q), _cancel),
    Intent(
        "length_of_session",
        lambda q: (
            q.has(_LENGTH)
            and _names_session(q)
            and (q.minutes is not None or q.has(r"longer|shorter|shorten|lengthen|extend|prolong"))
        ),
        _length,
    ),
)
