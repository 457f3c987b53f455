"""The proposal to enter a training session or a race."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from advisor.backends.protocol import Proposal
from advisor.proposals.base import digest, refuse_past_day, row, title_of, titled
from advisor.proposals.told import Told, amount_of, in_words, list_of, minutes_of, refuse
from advisor.readings.what_if import SessionChange, targets_with
from athletes.models import Athlete, TrainingEvent
from athletes.services.events import RANGES
from athletes.validation import check_number, check_text
from athletes.vocabulary import SPORTS, read_sport
from nutrition_site.kernel.clock import today
from nutrition_site.kernel.errors import InvalidInput

EVENT = "add_event"
TYPES = (TrainingEvent.Type.WORKOUT.value, TrainingEvent.Type.RACE.value)
INTENSITIES = tuple(TrainingEvent.Intensity.values)
MAX_TITLE = 120
FARTHEST = timedelta(days=400)
# Energy stays out: a proposal is also shown to those who must not see it.
SHOWN = (("carbs_g", "Carbohydrate", "g"), ("protein_g", "Protein", "g"), ("fluid_ml", "Water", "ml"))


def event_proposal(athlete: Athlete, values: Mapping[str, Any]) -> Proposal:
    """The proposal to add a session, with what its day would ask for.

    `values`: `title`, `date` (date), `sport`, `duration_minutes`; optional `time` (HH:MM, none is all day), `intensity`
    and `type` (workout, race). Raises InvalidInput naming the field, Conflict for a day that is over or a session that
    is there already.
    """
    arguments = read_event(values)
    day = date.fromisoformat(arguments["date"])
    refuse_event(athlete, arguments)
    diff = event_diff(athlete, arguments)
    return Proposal(
        kind=EVENT,
        arguments=arguments,
        sentence=title_of(diff),
        diff=diff,
        base_version=event_version(athlete, day),
    )


def read_event(values: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of the proposal as they are stored. Raises InvalidInput."""
    problems: list[dict[str, str]] = []

    def check(name: str, read: Any) -> Any:
        try:
            return read(values.get(name))
        except (ValueError, TypeError) as error:
            problems.append({"field": name, "message": str(error)})
            return None

    arguments = {
        "title": check("title", _title),
        "date": check("date", _day),
        "time": check("time", _time),
        "sport": check("sport", _sport),
        "duration_minutes": check("duration_minutes", _minutes),
        "intensity": check("intensity", lambda value: _one_of(value, INTENSITIES, None)),
        "type": check("type", lambda value: _one_of(value, TYPES, TYPES[0])),
    }
    if problems:
        raise InvalidInput(details=problems)
    return arguments


def _title(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("Must be a text.")
    return check_text(value, limit=MAX_TITLE)


def _day(value: Any) -> str:
    if isinstance(value, datetime) or not isinstance(value, date):
        raise ValueError("Must be a day.")
    return value.isoformat()


def _time(value: Any) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str) or len(value) != 5:
        raise ValueError("Must be a time HH:MM.")
    return time.fromisoformat(value).strftime("%H:%M")


def _sport(value: Any) -> str:
    sport, known = read_sport(value) if isinstance(value, str) else ("", False)
    if not known:
        raise ValueError(f"Must be one of: {', '.join(SPORTS)}.")
    return sport


def _minutes(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("Must be a number of minutes.")
    return check_number(float(value), *RANGES["duration_minutes"])


def _one_of(value: Any, known: tuple[str, ...], otherwise: str | None) -> str | None:
    if value is None:
        return otherwise
    if value not in known:
        raise ValueError(f"Must be one of: {', '.join(known)}.")
    return str(value)


def refuse_event(athlete: Athlete, arguments: Mapping[str, Any]) -> None:
    """Raises Conflict for a day that is over or has this session already, InvalidInput for one too far ahead."""
    day, present = date.fromisoformat(arguments["date"]), today(athlete.zones)
    refuse_past_day(day, today=present)
    if day > present + FARTHEST:
        raise InvalidInput.of("date", f"Must be at most {FARTHEST.days} days ahead.")
    title = arguments["title"].casefold()
    if any(event.title.strip().casefold() == title for event in events_on(athlete, day)):
        raise refuse(
            "“{title}” is in your calendar on that day already.", code="nothing_to_change", title=arguments["title"]
        )


def events_on(athlete: Athlete, day: date) -> list[TrainingEvent]:
    """The sessions that count on a day, in order."""
    return list(TrainingEvent.objects.filter(athlete=athlete).counting().held_on(day, day).order_by("starts_at", "id"))


def event_version(athlete: Athlete, day: date) -> str:
    """What the proposal rests on: the sessions that the day holds already."""
    rows = [(event.pk, event.starts_at.isoformat(), event.duration_minutes) for event in events_on(athlete, day)]
    return f"day:{day.isoformat()}:{digest(rows)}"


def event_diff(athlete: Athlete, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The day's sessions and targets without the new session and with it."""
    day = date.fromisoformat(arguments["date"])
    titles = [event.title for event in events_on(athlete, day)]
    change = SessionChange(
        kind="add",
        day=day,
        sport=arguments["sport"],
        duration_minutes=arguments["duration_minutes"],
        intensity=arguments["intensity"],
        starts_at_minute=minute_of(arguments["time"]),
        is_race=arguments["type"] == TYPES[1],
    )
    before, after = (days[day].payload for days in targets_with(athlete, change))
    names = [name for name, _, _ in SHOWN]
    diff = {
        "date": arguments["date"],
        "event": dict(arguments),
        "sessions": {"was": titles, "becomes": [*titles, arguments["title"]]},
        "targets": {"was": {n: before[n] for n in names}, "becomes": {n: after[n] for n in names}},
        "rows": [
            row(in_words("Training"), list_of(titles), list_of([*titles, arguments["title"]])),
            *(
                row(in_words(words), amount_of(before[name], unit), amount_of(after[name], unit))
                for name, words, unit in SHOWN
            ),
        ],
    }
    return titled(_called(arguments), diff)


def _called(arguments: Mapping[str, Any]) -> Told:
    day, hour = date.fromisoformat(arguments["date"]), arguments["time"]
    length = minutes_of(arguments["duration_minutes"])
    if hour is None:
        return in_words("Add “{title}”: {day}, {length}.", title=arguments["title"], day=day, length=length)
    return in_words(
        "Add “{title}”: {day}, {time}, {length}.", title=arguments["title"], day=day, time=hour, length=length
    )


def minute_of(clock: str | None) -> int | None:
    """Minutes after midnight of `HH:MM`."""
    return None if clock is None else 60 * int(clock[:2]) + int(clock[3:])
