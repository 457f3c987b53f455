"""Settling which session each record is of, and which plan a session fulfills.

Everything is worked out anew from all records and planned events of the days concerned, so that it is the same in
whatever order they arrived, and the same when it is done again. Callers hold the lock of the athlete's row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from django.db.models import Q

from athletes.models import Athlete, CompletedSession, SessionRecord, TrainingEvent
from athletes.services.matching import PINNED_DAYS, Done, group_records, match_plans, read_groups
from athletes.services.own_events import set_own_event, show_session, title_of
from athletes.services.session_values import COUNTING
from athletes.services.twins import is_own_event, mark_twins
from athletes.titles import parse_title
from nutrition_site.kernel.clock import local_day, midnight

# Sessions this far beyond the days concerned are read too: they may be the same as one on them, or fulfill its plan.
MARGIN = timedelta(days=PINNED_DAYS + 2)
# Days nearer than this are settled together.
NEIGHBORS = timedelta(days=7)


def rematch_days(*, athlete: Athlete, first: date, last: date) -> bool:
    """Settles twins, sessions and plans of these local days anew; returns whether anything that counts changed.

    To be called whenever planned events of these days were added, changed or removed, in the same transaction. It does
    not raise the training version: the caller knows whether it does so anyway.
    """
    return _settle(athlete, first, last)


def rematch_events(*, athlete: Athlete, days: Iterable[date], fresh: Sequence[SessionRecord] = ()) -> bool:
    """The same for single days; `fresh` are records of these days that are not stored yet, and are stored with it."""
    changed = False
    for first, last in _stretches(days):
        new = [row for row in fresh if first <= local_day(row.starts_at, athlete.zones) <= last]
        changed = _settle(athlete, first, last, fresh=new) or changed
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
            set_own_event(session)
            session.save(update_fields=["event", "updated_at"])
    for session in vanishing:
        if not is_own_event(session.event):
            set_own_event(session)
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
    title = "" if is_new else title_of(session)
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
        set_own_event(session, source=_source_of(row))
    elif different:
        show_session(session.event, session, source=_source_of(row), title_before=title)
        session.event.save()
    if is_new:
        session.save(force_insert=True)
    elif different:
        session.save(update_fields=[*different, "updated_at"])
    return left


def _source_of(row: Done) -> str:
    """The source of the record that is believed most."""
    return next(record.source for record in row.records if record.pk == row.chosen["starts_at"])


def _state(session: CompletedSession) -> tuple[object, ...]:
    return (session.local_date, session.event_id, *(getattr(session, name) for name in COUNTING))


def _id_of(event: TrainingEvent | None) -> str | None:
    return None if event is None else event.pk
