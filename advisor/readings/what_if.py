"""What would be if a session were added, moved, left out, longer, shorter, easier or harder: targets and plans, dry.

Nothing is stored: the athlete's training is read, changed in memory, and given to the same calculation and solver that
pages use.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from advisor.facts import Bundle, Fact
from athletes.models import Athlete, TrainingEvent
from nutrition_site.kernel.errors import Conflict, InvalidInput, NotFound
from planning import mapping
from planning.science.types import DayTargets, Intensity, Session
from planning.services.offsets import read_estimates
from planning.services.targets import FOLLOWING_DAYS, TargetDay, sessions_of, target_day, week_targets

KINDS = ("add", "remove", "length", "effort", "move")
INTENSITIES = ("easy", "moderate", "hard", "race")
MOST_MINUTES = 1440.0
SOURCE = "targets calculated again with this change; nothing is stored"
AMOUNTS: dict[str, tuple[str, str]] = {
    "energy_kcal": ("energy to eat", "kcal"),
    "carbs_g": ("carbohydrate", "g"),
    "protein_g": ("protein", "g"),
    "fat_g": ("fat", "g"),
    "fluid_ml": ("water, food included", "ml"),
    "sodium_mg": ("sodium", "mg"),
    "tss": ("training load", "TSS"),
}
# A day whose carbohydrate moves by less than this has not changed for anybody.
NOTICED_G = 0.5
NEW_SESSION = "new"


@dataclass(frozen=True, slots=True)
class SessionChange:
    """One change of the training. `kind` is add, remove, length, effort or move.

    `add` needs `day`, `sport` and `duration_minutes`, the others `event_id`; `length` takes `duration_minutes` too,
    `effort` takes `intensity` (easy, moderate, hard, race), and `move` takes `day` and, for another hour,
    `starts_at_minute`; it may bring another `duration_minutes`.
    """

    kind: str
    event_id: str = ""
    day: date | None = None
    sport: str = ""
    duration_minutes: float | None = None
    intensity: Intensity | None = None
    starts_at_minute: int | None = None
    is_race: bool = False


Training = tuple[dict[date, list[TrainingEvent]], dict[date, tuple[Session, ...]]]
Week = dict[date, TargetDay]


def targets_with(athlete: Athlete, change: SessionChange) -> tuple[Week, Week]:
    """Targets without and with a change, by day: of every day that it can move, in whole weeks.

    A deficit is shared out over a week, an evening eats for the next morning, and a race is prepared for in the week
    before it: nothing else looks ahead, and nothing looks back. Raises NotFound for an event that is not this
    athlete's, Conflict for one that was done, InvalidInput, ProfileOutOfRange.
    """
    day = change_day(athlete, change)
    days = {day, change.day} if change.kind == "move" and change.day is not None else {day}
    firsts = [mapping.monday_of(one) for one in days]
    training = _read_training(
        athlete, min(firsts) - timedelta(days=7), max(firsts) + timedelta(days=6 + FOLLOWING_DAYS)
    )
    is_race = change.is_race or any(session.is_race for session in training[1].get(day, ()))
    mondays = {*firsts, *(mapping.monday_of(one) - timedelta(days=7) for one in days if is_race or one in firsts)}
    before = _weeks(athlete, sorted(mondays), training)
    return before, _weeks(athlete, sorted(mondays), _changed(training, change, day))


def change_day(athlete: Athlete, change: SessionChange) -> date:
    """The local day that a change is about. Raises as `targets_with` does."""
    if change.kind not in KINDS:
        raise InvalidInput.of("kind", f"Must be one of: {', '.join(KINDS)}.")
    if change.kind == "move" and change.day is None:
        raise InvalidInput.of("date", "A session that is moved needs its new day.")
    has_length = change.kind in ("add", "length") or change.duration_minutes is not None
    if has_length and not 0 < (change.duration_minutes or 0.0) <= MOST_MINUTES:
        raise InvalidInput.of("duration_minutes", f"Must be more than 0 and at most {MOST_MINUTES:g} minutes.")
    if change.kind == "effort" and change.intensity not in INTENSITIES:
        raise InvalidInput.of("intensity", f"Must be one of: {', '.join(INTENSITIES)}.")
    if change.kind == "add":
        if change.day is None:
            raise InvalidInput.of("date", "A session that is added needs its day.")
        return change.day
    rows = TrainingEvent.objects.filter(athlete=athlete).with_completed()
    event = rows.filter(pk=change.event_id).first()
    if event is None or not event.counts:
        raise NotFound("There is no such training event.")
    if event.session is not None:
        raise Conflict("This session was done already.", code="session_done")
    day: date = event.local_date
    return day


def _read_training(athlete: Athlete, first: date, last: date) -> Training:
    events: dict[date, list[TrainingEvent]] = defaultdict(list)
    for event in (
        TrainingEvent.objects.filter(athlete=athlete)
        .held_on(first, last)
        .select_related("race_plan")
        .order_by("starts_at", "id")
    ):
        events[event.held_on].append(event)
    return dict(events), {day: sessions_of(athlete, rows) for day, rows in events.items()}


def _changed(training: Training, change: SessionChange, day: date) -> Training:
    events, sessions = dict(training[0]), dict(training[1])
    of_day = list(sessions.get(day, ()))
    if change.kind == "add":
        added = Session(
            sport=change.sport or "other",
            duration_minutes=float(change.duration_minutes or 0.0),
            intensity=change.intensity,
            starts_at_minute=change.starts_at_minute,
            is_race=change.is_race,
            id=NEW_SESSION,
            title="",
        )
        total = sum(session.duration_minutes for session in of_day) + added.duration_minutes
        if total > MOST_MINUTES:
            raise InvalidInput.of("duration_minutes", "The sessions of this day would be longer than the day.")
        sessions[day] = (*of_day, added)
        return events, sessions
    if change.kind == "remove":
        events[day] = [event for event in events.get(day, []) if event.pk != change.event_id]
        sessions[day] = tuple(session for session in of_day if session.id != change.event_id)
        return events, sessions
    altered = tuple(_altered(session, change) if session.id == change.event_id else session for session in of_day)
    if change.kind != "move" or change.day is None:
        sessions[day] = altered
        return events, sessions
    own = [event for event in events.get(day, []) if event.pk == change.event_id]
    events[day] = [event for event in events.get(day, []) if event.pk != change.event_id]
    sessions[day] = tuple(session for session in altered if session.id != change.event_id)
    events[change.day] = [*events.get(change.day, []), *own]
    came = tuple(session for session in altered if session.id == change.event_id)
    sessions[change.day] = _in_order((*sessions.get(change.day, ()), *came))
    if sum(session.duration_minutes for session in sessions[change.day]) > MOST_MINUTES:
        raise InvalidInput.of("date", "The sessions of this day would be longer than the day.")
    return events, sessions


def _in_order(sessions: Sequence[Session]) -> tuple[Session, ...]:
    """Sessions by their hour, those without one first."""
    return tuple(sorted(sessions, key=lambda one: -1 if one.starts_at_minute is None else one.starts_at_minute))


def _altered(session: Session, change: SessionChange) -> Session:
    """The session at another length or effort; what was stated of the old one goes with it."""
    if change.kind == "effort":
        return replace(
            session,
            intensity=change.intensity,
            avg_power_w=None,
            avg_hr=None,
            intensity_factor=None,
            tss=None,
            rpe=None,
        )
    if change.kind == "move" and change.starts_at_minute is not None:
        session = replace(session, starts_at_minute=change.starts_at_minute)
    minutes = float(change.duration_minutes or session.duration_minutes)
    share = minutes / session.duration_minutes
    return replace(
        session,
        duration_minutes=minutes,
        distance_km=None if session.distance_km is None else session.distance_km * share,
        tss=None if session.tss is None else session.tss * share,
    )


def _weeks(athlete: Athlete, mondays: Sequence[date], training: Training) -> Week:
    events, sessions = training
    estimates = read_estimates([athlete.pk]).get(athlete.pk, ())
    weeks: list[DayTargets] = [
        targets for monday in mondays for targets in week_targets(athlete, monday, sessions, estimates)
    ]
    return {
        targets.date: target_day(targets.date, targets, events.get(targets.date, []), sessions)
        for targets in weeks
        if targets.date is not None
    }


def what_if_bundle(change: SessionChange, day: date, before: Mapping[date, TargetDay], after: Week) -> Bundle:
    """Facts `before:carbs_g`, `after:carbs_g`, `difference:carbs_g` (never negative) of the day of a change.

    Other days that move are in `data["also"]`, with the same facts behind their date (`2026-03-28:after:carbs_g`).
    `data["more"]` says of each amount whether there is more of it.
    """
    moved = [other for other in sorted(after) if other != day and _moves(before[other], after[other])]
    facts: dict[str, Fact] = {}
    for one in (day, *moved):
        prefix = "" if one == day else f"{one.isoformat()}:"
        for name, fact in _day_facts(change, one, before[one].payload, after[one].payload).items():
            facts[f"{prefix}{name}"] = fact
    data = {
        "date": day.isoformat(),
        "kind": change.kind,
        "event_id": change.event_id,
        "also": [other.isoformat() for other in moved],
        "more": {name: after[day].payload[name] > before[day].payload[name] for name in AMOUNTS},
        "day_class_before": before[day].payload["day_class"],
        "day_class_after": after[day].payload["day_class"],
    }
    return Bundle("what if", facts, data, (day, *moved))


def _moves(before: TargetDay, after: TargetDay) -> bool:
    return any(abs(after.payload[name] - before.payload[name]) >= NOTICED_G for name in ("carbs_g", "protein_g"))


def _day_facts(
    change: SessionChange, day: date, before: Mapping[str, float], after: Mapping[str, float]
) -> dict[str, Fact]:
    wish = (change.kind, change.event_id or NEW_SESSION, change.sport, change.duration_minutes, change.intensity)
    base = "what_if:" + ":".join(str(part) for part in wish if part) + f":{day}"
    facts = {}
    for name, (label, unit) in AMOUNTS.items():
        old, new = before[name], after[name]
        way = "more" if new > old else "less"
        for key, words, value in (
            ("before", f"{label} as it is now", old),
            ("after", f"{label} with this change", new),
            ("difference", f"{way} {label}", round(abs(new - old), 2)),
        ):
            facts[f"{key}:{name}"] = Fact(f"{base}:{key}:{name}", "what_if", words, value, unit, SOURCE, str(day))
    return facts
