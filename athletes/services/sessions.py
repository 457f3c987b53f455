"""Completed sessions: storing what a source says, and settling which session it is of and which plan that fulfills.

Everything is worked out anew from all records and planned events of the days concerned, so that it is the same in
whatever order they arrived, and the same when it is done again. Callers hold the lock of the athlete's row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import override

from athletes.calendars.protocol import RawSession
from athletes.models import (
    Athlete,
    CalendarConnection,
    CompletedSession,
    DismissedRecord,
    SessionRecord,
    TrainingEvent,
    User,
)
from athletes.services.matching import PINNED_DAYS, Done, group_records, match_plans, read_groups
from athletes.services.session_values import RANGES, read_values
from athletes.services.twins import OWN_EVENT, is_own_event, mark_twins
from athletes.services.versions import raise_training_version
from athletes.titles import parse_title
from athletes.words import sport_name
from nutrition_site.kernel.audit import record_audit
from nutrition_site.kernel.clock import local_day, midnight

# Sessions this far beyond the days concerned are read too: they may be the same as one on them, or fulfill its plan.
MARGIN = timedelta(days=PINNED_DAYS + 2)
# Days nearer than this are settled together.
NEIGHBORS = timedelta(days=7)
VALUES = (*("starts_at", "duration_minutes", "sport", "title"), *RANGES)
# What targets follow; a title alone changes nothing.
COUNTING = tuple(name for name in VALUES if name not in ("title", "ascent_m", "max_hr"))
# What an own event shows of its session.
SHOWN = (
    *("sport", "starts_at", "duration_minutes", "distance_km", "avg_power_w", "avg_hr", "rpe", "tss"),
    "intensity_factor",
)
# Records that come again only when the athlete sends them again.
SENT_BY_HAND = ("fit", "tcx", "gpx", "manual")


@dataclass(frozen=True, slots=True)
class RecordResult:
    """What became of the sessions of a source: how many records were new, changed or known, and their sessions."""

    added: int = 0
    changed: int = 0
    known: int = 0
    session_ids: tuple[str, ...] = ()


@transaction.atomic
def record_sessions(
    *,
    athlete: Athlete,
    raws: Sequence[RawSession],
    source: str,
    calendar: CalendarConnection | None = None,
    file_name: str = "",
    by: User | None = None,
) -> RecordResult:
    """Stores what a source says about completed sessions; safe to repeat.

    A record is found again by its source and id: the same content is `known`, another one replaces it. What cannot
    have taken place (no length, before 2000, more than a day ahead) is left out. Each record joins the session that it
    is of, each session the plan that it fulfills, and the training version rises once if anything that counts changed.
    """
    if not raws:
        return RecordResult()
    locked = Athlete.objects.select_for_update().get(pk=athlete.pk)
    read = {raw.external_id[:600]: (raw, values) for raw in raws if (values := read_values(raw)) is not None}
    if calendar is not None:
        # What the athlete has deleted here stays so; a file that is sent again is wanted again.
        gone = DismissedRecord.objects.filter(athlete=locked, source=source, external_id__in=list(read))
        for external_id in gone.values_list("external_id", flat=True):
            del read[external_id]
    stored = {
        row.external_id: row
        for row in SessionRecord.objects.filter(athlete=locked, source=source, external_id__in=list(read))
    }
    fresh: list[SessionRecord] = []
    changed: list[SessionRecord] = []
    linked: list[SessionRecord] = []
    known = 0
    days: set[date] = set()
    for external_id, (raw, values) in read.items():
        row = stored.get(external_id)
        if row is None:
            row = SessionRecord(athlete=locked, source=source, external_id=external_id, file_name=file_name[:200])
            fresh.append(row)
        else:
            days.add(local_day(row.starts_at, locked.zones))
            if all(getattr(row, name) == value for name, value in values.items()):
                known += 1
            else:
                changed.append(row)
            adopted = calendar is not None and row.calendar_id != calendar.pk
            if adopted or row.planned_id != raw.planned_id[:600]:
                linked.append(row)
        for name, value in values.items():
            setattr(row, name, value)
        row.calendar = calendar if calendar is not None else row.calendar
        row.planned_id = raw.planned_id[:600]
        days.add(local_day(row.starts_at, locked.zones))
    SessionRecord.objects.bulk_update(changed, [*VALUES, "device"], batch_size=100)
    SessionRecord.objects.bulk_update(linked, ["calendar", "planned_id"], batch_size=100)
    counts_changed = False
    for first, last in _stretches(days):
        new = [row for row in fresh if first <= local_day(row.starts_at, locked.zones) <= last]
        counts_changed = _settle(locked, first, last, fresh=new) or counts_changed
    if counts_changed:
        raise_training_version(locked.pk)
    if fresh or changed:
        counts = {"added": len(fresh), "changed": len(changed)}
        record_audit(verb="sessions.recorded", by=by, athlete_id=locked.pk, source=source, **counts)
    rows = SessionRecord.objects.filter(athlete=locked, source=source, external_id__in=list(read))
    sessions = dict(rows.values_list("external_id", "session_id"))
    return RecordResult(
        added=len(fresh),
        changed=len(changed),
        known=known,
        session_ids=tuple(dict.fromkeys(sessions[name] for name in read if name in sessions)),
    )


def rematch_days(*, athlete: Athlete, first: date, last: date) -> bool:
    """Settles twins, sessions and plans of these local days anew; returns whether anything that counts changed.

    To be called whenever planned events of these days were added, changed or removed, in the same transaction. It does
    not raise the training version: the caller knows whether it does so anyway.
    """
    return _settle(athlete, first, last)


def rematch_events(*, athlete: Athlete, days: Iterable[date]) -> bool:
    """The same for single days."""
    changed = False
    for first, last in _stretches(days):
        changed = _settle(athlete, first, last) or changed
    return changed


def _stretches(days: Iterable[date]) -> list[tuple[date, date]]:
    """First and last day of each run of days that are near enough to be settled at once."""
    found: list[tuple[date, date]] = []
    for day in sorted(set(days)):
        if found and day - found[-1][1] <= NEIGHBORS:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found


@transaction.atomic
def delete_session(*, by: User, session: CompletedSession) -> None:
    """Deletes a session with all its records; what was planned is planned again, an own event goes."""
    athlete = Athlete.objects.select_for_update().get(pk=session.athlete_id)
    locked = CompletedSession.objects.select_for_update().select_related("event").get(pk=session.pk)
    days = {locked.local_date, locked.event.local_date}
    session_id, event = locked.pk, locked.event
    _dismiss(locked.records.all())
    if is_own_event(event):
        event.delete()
    else:
        locked.delete()
    rematch_events(athlete=athlete, days=days)
    raise_training_version(athlete.pk)
    record_audit(verb="session.deleted", by=by, object_id=session_id, athlete_id=athlete.pk)


@transaction.atomic
def delete_record(*, by: User, record: SessionRecord) -> None:
    """Deletes one record; its session lives on by the others, or goes with the last one."""
    athlete = Athlete.objects.select_for_update().get(pk=record.athlete_id)
    locked = SessionRecord.objects.select_for_update().select_related("session__event").get(pk=record.pk)
    if not locked.session.records.exclude(pk=locked.pk).exists():
        delete_session(by=by, session=locked.session)
        return
    days = {locked.session.local_date, local_day(locked.starts_at, athlete.zones)}
    record_id = locked.pk
    _dismiss([locked])
    locked.delete()
    if rematch_events(athlete=athlete, days=days):
        raise_training_version(athlete.pk)
    record_audit(verb="session.record_deleted", by=by, object_id=record_id, athlete_id=athlete.pk)


def _dismiss(records: Iterable[SessionRecord]) -> None:
    """Remembers which records of connected services were deleted: their next answer names them again."""
    told = [row for row in records if row.source not in SENT_BY_HAND]
    DismissedRecord.objects.bulk_create(
        [DismissedRecord(athlete_id=row.athlete_id, source=row.source, external_id=row.external_id) for row in told],
        ignore_conflicts=True,
    )


def release_events(events: Iterable[TrainingEvent]) -> None:
    """Gives the sessions of events that are about to be deleted an event of their own: what was done stays done."""
    for session in CompletedSession.objects.filter(event__in=list(events)):
        _set_own_event(session)
        session.save(update_fields=["event", "updated_at"])


def _settle(athlete: Athlete, first: date, last: date, *, fresh: Sequence[SessionRecord] = ()) -> bool:
    changed = mark_twins(athlete=athlete, first=first, last=last)
    while True:
        done, sessions = _read(athlete, first, last, fresh)
        if not done and not sessions:
            return changed
        events = _planned(athlete, first, last, done)
        match_plans(done, events)
        # What leads to another day, a plan that is named there or a session that was, is settled with all of that day.
        others = [row.event.local_date for row in done if row.event is not None]
        others += [row.local_date for row in done]
        wider = min([first, *others]), max([last, *others])
        if wider == (first, last):
            return _store(athlete, done, sessions) or changed
        first, last = wider


def _read(
    athlete: Athlete, first: date, last: date, fresh: Sequence[SessionRecord]
) -> tuple[list[Done], dict[str, CompletedSession]]:
    """The sessions of these days as the records have it, and the stored sessions of the same records by id."""
    begin = midnight(first, athlete.zones) - MARGIN
    end = midnight(last, athlete.zones) + timedelta(days=1) + MARGIN
    linked = Q(session__event__local_date__gte=first, session__event__local_date__lte=last)
    linked |= Q(session__local_date__gte=first, session__local_date__lte=last)
    rows = SessionRecord.objects.filter(Q(starts_at__gte=begin, starts_at__lt=end) | linked, athlete=athlete)
    stored = list(rows.select_related("session__event"))
    sessions = {row.session_id: row.session for row in stored}
    says = any(row.planned_id for row in (*stored, *fresh))
    on_plan = TrainingEvent.objects.filter(athlete=athlete).on_days(first, last).exclude(external_id="")
    # A plan that arrives after the session which its source says fulfills it.
    expected = set(on_plan.values_list("source", "external_id")) if says else set()
    groups = group_records([*stored, *fresh], zone_name=athlete.zones)

    def concerns(row: Done) -> bool:
        held = [sessions[record.session_id] for record in row.records if record.session_id in sessions]
        days = {row.local_date, *(session.local_date for session in held)}
        days |= {session.event.local_date for session in held}
        if any((record.source, name) in expected for name, record in row.named):
            return True
        return any(first <= day <= last for day in days)

    done = read_groups(groups, zone_name=athlete.zones, is_race=_is_race)
    ids = {record.session_id for row in done if concerns(row) for record in row.records}
    # A session that some records leave goes with all of them.
    wanted = [row for row in done if concerns(row) or any(record.session_id in ids for record in row.records)]
    ids |= {record.session_id for row in wanted for record in row.records}
    return wanted, {pk: session for pk, session in sessions.items() if pk in ids}


def _is_race(title: str) -> bool:
    return parse_title(title).type == TrainingEvent.Type.RACE


def _planned(athlete: Athlete, first: date, last: date, done: Sequence[Done]) -> list[TrainingEvent]:
    """What was planned on these days, and what the sources name on others, with all twins."""
    names = {name for row in done for name, _ in row.named}
    wanted = Q(local_date__gte=first, local_date__lte=last)
    if names:
        wanted |= Q(external_id__in=names) | Q(duplicates__external_id__in=names)
    rows = TrainingEvent.objects.filter(wanted, athlete=athlete).distinct().defer("description")
    return [event for event in rows.order_by("starts_at", "id") if not is_own_event(event)]


def _store(athlete: Athlete, done: Sequence[Done], sessions: Mapping[str, CompletedSession]) -> bool:
    """Makes the stored sessions equal to what took place; returns whether anything that counts changed."""
    kept = _keep(done, sessions)
    before = {pk: _state(session) for pk, session in sessions.items()}
    vanishing = [session for pk, session in sessions.items() if pk not in {row.pk for row in kept.values()}]
    # First everybody lets go of a plan that is not theirs any more, so that two may change places.
    for index, session in kept.items():
        row = done[index]
        if session.event_id != _id_of(row.event) and not is_own_event(session.event):
            _set_own_event(session)
            session.save(update_fields=["event", "updated_at"])
    for session in vanishing:
        if not is_own_event(session.event):
            _set_own_event(session)
            session.save(update_fields=["event", "updated_at"])
    changed = bool(vanishing)
    left: list[str] = [session.event_id for session in vanishing]
    moved: list[SessionRecord] = []
    fresh: list[SessionRecord] = []
    for index, row in enumerate(done):
        is_new = index not in kept
        session = CompletedSession(athlete=athlete) if is_new else kept[index]
        left += _fill(session, row, is_new=is_new)
        changed = changed or is_new or _state(session) != before[session.pk]
        for record in row.records:
            if record.session_id != session.pk:
                (fresh if record._state.adding else moved).append(record)
                record.session = session
    SessionRecord.objects.bulk_create(fresh, batch_size=200)
    SessionRecord.objects.bulk_update(moved, ["session"], batch_size=200)
    TrainingEvent.objects.filter(pk__in=left).exclude(completed__records__isnull=False).delete()
    return changed


def _keep(done: Sequence[Done], sessions: Mapping[str, CompletedSession]) -> dict[int, CompletedSession]:
    """Which stored session each one goes on as: the one that most of its records are of, each only once."""
    votes = []
    for index, row in enumerate(done):
        for pk in {record.session_id for record in row.records if record.session_id in sessions}:
            count = sum(record.session_id == pk for record in row.records)
            same_plan = row.event is not None and sessions[pk].event_id == row.event.pk
            votes.append((-count, not same_plan, pk, index))
    kept: dict[int, CompletedSession] = {}
    taken: set[str] = set()
    for _, _, pk, index in sorted(votes):
        if index not in kept and pk not in taken:
            kept[index] = sessions[pk]
            taken.add(pk)
    return kept


def _fill(session: CompletedSession, row: Done, *, is_new: bool) -> list[str]:
    """Writes a session and its event; returns the own event that it no longer needs."""
    title = "" if is_new else _title_of(session)
    values = {**row.values, "local_date": row.local_date, "chosen": row.chosen}
    different = [name for name, value in values.items() if is_new or getattr(session, name) != value]
    for name in different:
        setattr(session, name, values[name])
    left: list[str] = []
    if row.event is not None:
        if not is_new and session.event_id != row.event.pk:
            left.append(session.event_id)
            different.append("event")
        session.event = row.event
    elif is_new:
        _set_own_event(session, source=_source_of(row))
    elif different:
        _show(session.event, session, source=_source_of(row), title_before=title)
        session.event.save()
    if is_new:
        session.save(force_insert=True)
    elif different:
        session.save(update_fields=[*different, "updated_at"])
    return left


def _source_of(row: Done) -> str:
    """The source of the record that is believed most."""
    return next(record.source for record in row.records if record.pk == row.chosen["starts_at"])


def _set_own_event(session: CompletedSession, *, source: str = "") -> None:
    """Puts a session on an event of its own; `source` is that of its best record, which a stored one knows itself."""
    own = TrainingEvent(athlete_id=session.athlete_id, type=TrainingEvent.Type.WORKOUT, title="")
    if not source:
        best = session.records.filter(pk=session.chosen.get("starts_at")).first()
        source = (best or session.records.order_by("starts_at", "source", "external_id")[0]).source
    _show(own, session, source=source, title_before="")
    own.save()
    session.event = own


def _show(event: TrainingEvent, session: CompletedSession, *, source: str, title_before: str) -> None:
    """An own event looks like its session; a title that the athlete has changed stays."""
    event.external_id = OWN_EVENT
    event.source = source
    for name in SHOWN:
        setattr(event, name, getattr(session, name))
    event.local_date = session.local_date
    event.all_day = False
    if event.title in ("", title_before):
        event.title = _title_of(session)


def _title_of(session: CompletedSession) -> str:
    """What a session is called: as a source calls it, else its sport."""
    if session.title:
        return session.title
    # Stored, and compared with what was stored before: in whatever language it is asked for, the same words.
    with override("en"):
        name = sport_name(session.sport) if session.sport else ""
    return f"{name[:1].upper()}{name[1:]}" if name else "Training"


def _state(session: CompletedSession) -> tuple[object, ...]:
    return (session.local_date, session.event_id, *(getattr(session, name) for name in COUNTING))


def _id_of(event: TrainingEvent | None) -> str | None:
    return None if event is None else event.pk


__all__ = [
    "RecordResult",
    "delete_record",
    "delete_session",
    "is_own_event",
    "record_sessions",
    "release_events",
    "rematch_days",
    "rematch_events",
]
