"""What would change if a session were left out, longer, shorter, easier, harder, or added: a dry run."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from advisor.dates import is_upcoming
from advisor.facts import Bundle, Fact
from advisor.intents import Intent
from advisor.question import Question
from advisor.readings.what_if import SessionChange
from advisor.writing import Writer, event_words
from nutrition_site.kernel.errors import Conflict, InvalidInput
from planning.science.types import Intensity

_IF = (
    r"what if|what happens (?:if|when)|what would (?:happen|change)|if i|suppose|say i|does it (?:matter|change) if|"
    r"how would"
)
_CANCELLED = r"(?:was|is|got|has been) cancell?ed"
_SKIPPING = r"i (?:have to|will|must|might) (?:skip|miss|cancel)|i(?:'m| am) (?:skipping|missing)"
_SKIP = (
    r"skip|skipped|skipping|cancel|cancell?ed|miss|missed|missing|leave out|left out|don't do|do not do|drop|rest "
    r"instead"
)
_LONGER = r"longer|extend|extended|lengthen|more|extra"
_SHORTER = r"shorter|shorten|cut|less"
_ADD = r"add|added|also (?:do|did|ran|run|ride|swim)|another|extra|second"
_EASIER, _HARDER = r"easier|easy|slower", r"harder|hard|faster|all out"
_SHOWN = ("carbs_g", "protein_g", "energy_kcal", "fluid_ml")
DEFAULT_MINUTES = 30.0
DEFAULT_ADDED = 60.0
_EFFORTS: dict[str, Intensity] = {"easy": "easy", "recovery": "easy", "hard": "hard", "tempo": "hard"}


def _session(q: Question, w: Writer) -> Any | None:
    if q.meant is not None and q.meant.event is not None:
        return q.meant.event
    tools = w.tools
    counting = [event for event in tools.events if event.counts]
    if q.days:
        # On Saturday evening "Saturday's run" is next week's: what is over cannot be left out any more.
        week = timedelta(days=7 if q.days[0].weekday else 0)
        there = [event for event in counting if event.local_date in (q.day, q.day + week)]
        return next(
            (event for event in there if not week or is_upcoming(event, now=tools.now, today=tools.today)), None
        )
    return next((event for event in counting if is_upcoming(event, now=tools.now, today=tools.today)), None)


def _tell(w: Writer, found: Bundle) -> None:
    day = found.days[0]
    w.say(
        "Now the day asks for {amounts}.",
        amounts=w.amounts(found, _SHOWN, prefix="before:"),
    )
    w.say(
        "With this change {day} would ask for {amounts}.",
        day=w.day(day, near=False),
        amounts=w.amounts(found, _SHOWN, prefix="after:"),
    )
    if (found.number("difference:carbs_g") or 0.0) >= 1:
        if found.data["more"]["carbs_g"]:
            w.say("That is {amount} of carbohydrate more.", amount=w.num(found.get("difference:carbs_g")))
        else:
            w.say("That is {amount} of carbohydrate less.", amount=w.num(found.get("difference:carbs_g")))
    else:
        w.say("That leaves the carbohydrate of the day as it is.")
    others = [other for other in found.days if other != day][:3]
    if others:
        w.say("These days would move with it: {days}.", days=w.join([w.day(other, near=False) for other in others]))
    w.say("Nothing is changed: change the session in your calendar or under “Training”, and your plan follows.")


def tell_what_if(w: Writer, change: SessionChange) -> bool:
    """What the day of a session would ask for with a change, beside what it asks for now."""
    try:
        found = w.tools.what_if(change)
    except Conflict as error:
        if error.code != "session_done":
            raise
        w.say("That session was done already, so it stays in the calculation.")
        return True
    except InvalidInput:
        w.say("I cannot calculate a session of that length on that day.")
        return True
    _tell(w, found)
    return True


def _no_session(q: Question, w: Writer) -> bool:
    if q.days:
        w.say("I see no session {on} in your calendar.", on=w.on(q.day))
    else:
        w.say("I see no session to come in your calendar.")
    return True


def _skip(q: Question, w: Writer) -> bool:
    event = _session(q, w)
    if event is None:
        return _no_session(q, w)
    w.about(event_id=event.pk, day=event.local_date)
    w.say("If you leave out {event}:", event=event_words(w, event))
    return tell_what_if(w, SessionChange("remove", event_id=event.pk))


def _assumed(w: Writer) -> str:
    """The change of length that is counted where none was named."""
    return w.num(Fact("what_if:assumed", "what_if", "change of length", DEFAULT_MINUTES, "min", "this question"))


def _length(q: Question, w: Writer) -> bool:
    event = _session(q, w)
    if event is None:
        return _no_session(q, w)
    w.about(event_id=event.pk, day=event.local_date)
    now = event.duration_minutes or 60.0
    shorter = q.has(_SHORTER) and not q.has(r"longer")
    by = q.minutes
    # "90 min instead of 60", "for 2 hours" name the whole length, "30 min longer" what comes on top.
    if by is not None and not q.has(r"longer|shorter|more|less|extra|by|extend|cut|shorten"):
        minutes = by
    else:
        minutes = now - (by or DEFAULT_MINUTES) if shorter else now + (by or DEFAULT_MINUTES)
    if minutes <= 0:
        w.say("That would leave nothing of it; ask me what happens if you leave it out.")
        return True
    if by is None and shorter:
        w.say("You name no length, so I count {length} less.", length=_assumed(w))
    elif by is None:
        w.say("You name no length, so I count {length} more.", length=_assumed(w))
    w.say("The session is {event}.", event=event_words(w, event))
    return tell_what_if(w, SessionChange("length", event_id=event.pk, duration_minutes=minutes))


def _effort(q: Question, w: Writer) -> bool:
    event = _session(q, w)
    if event is None:
        return _no_session(q, w)
    w.about(event_id=event.pk, day=event.local_date)
    w.say("The session is {event}.", event=event_words(w, event))
    harder = q.has(_HARDER) and not q.has(r"easier|slower|easy")
    return tell_what_if(w, SessionChange("effort", event_id=event.pk, intensity="hard" if harder else "easy"))


def _add(q: Question, w: Writer) -> bool:
    wish = q.wish
    if wish is None:
        return False
    if q.minutes is None:
        w.say("You name no length, so I count an hour.")
    w.say("If you add a session {on}:", on=w.on(q.day))
    return tell_what_if(
        w,
        SessionChange(
            "add",
            day=q.day,
            sport=wish.sports[0] if wish.sports else "other",
            duration_minutes=q.minutes or DEFAULT_ADDED,
            intensity=_EFFORTS.get(wish.qualifier, "moderate"),
            is_race=wish.race,
        ),
    )


# "I won't ride tomorrow" asks the same without an if.
_NOT_GOING = (
    r"i (?:won't|wont|will not|can't|cannot|can not|am not going to|don't|do not|didn't) (?:be able to |want to )?"
    r"(?:run|ride|swim|train|row|cycle|do|make|go)"
)


def _is_if(q: Question) -> bool:
    return q.has(f"{_IF}|{_CANCELLED}|{_SKIPPING}") and not q.has(r"buy|list")


INTENTS = (
    Intent("what_if_skip", lambda q: (
               (_is_if(q) and q.has(_SKIP)) or (q.has(_NOT_GOING) and q.wish is not None))
           and not q.has(r"meal|breakfast|lunch|dinner|eat|why|how|know|like"), _skip),
    Intent(
        "what_if_longer",
        lambda q: (
            _is_if(q)
            and (q.has(r"longer|extend|lengthen|shorter|shorten|cut") or (q.has(_LONGER) and q.minutes is not None
                 and not q.has(r"add|another"))
                 or (q.minutes is not None and q.has(r"instead of|for|only") and not q.has(_ADD)))
        ),
        _length,
    ),
    Intent("what_if_effort", lambda q: _is_if(q) and q.has(r"easier|harder|slower|easy|hard|all out")
           and not q.has(_ADD), _effort),
    Intent("what_if_add", lambda q: _is_if(q) and q.has(_ADD) and q.wish is not None, _add),
)  # fmt: skip
