"""Completed sessions: storing what a source says of them, and deleting them. `settling.py` finds what they are of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from athletes.calendars.protocol import RawSession
from athletes.models import Athlete, CalendarConnection, CompletedSession, DismissedRecord, SessionRecord, User
from athletes.services.session_values import VALUES, read_values
from athletes.services.settling import rematch_events
from athletes.services.twins import is_own_event
from athletes.services.versions import raise_training_version
from nutrition_site.kernel.audit import record_audit
from nutrition_site.kernel.clock import local_day

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
    if rematch_events(athlete=locked, days=days, fresh=fresh):
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
