"""Correcting how a title is read: once, for this event and all that are called alike, now and in later syncs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext

from athletes.models import Athlete, CalendarConnection, TitleCorrection, TrainingEvent, User
from athletes.services.events import FROM_TITLE, PLANNED_FIELDS, RANGES, fill_from_title
from athletes.services.like_titles import CORRECTED, apply_corrections, title_key
from athletes.services.settling import rematch_events
from athletes.services.twins import is_own_event
from athletes.services.versions import raise_training_version
from athletes.titles import parse_title
from athletes.validation import check_number, check_text
from athletes.vocabulary import read_sport
from nutrition_site.kernel.audit import record_audit
from nutrition_site.kernel.clock import now, today
from nutrition_site.kernel.errors import Conflict, InvalidInput

MOST_CORRECTIONS = 500
WRITTEN = (*FROM_TITLE, "estimated", "corrected", "updated_at")


def correction_for(event: TrainingEvent) -> TitleCorrection | None:
    """What the athlete has said about titles like this event's."""
    return TitleCorrection.objects.filter(athlete_id=event.athlete_id, key=title_key(event.title)).first()


@transaction.atomic
def remember_correction(
    *, by: User, athlete: Athlete, event: TrainingEvent, values: Mapping[str, Any]
) -> TrainingEvent:
    """Remembers what titles like this event's mean and applies it to the event and to all like it from today on.

    `values`: `type`, `sport`, `intensity`, `duration_minutes`; what is absent or None is left to the title. They
    replace what was said before. Raises InvalidInput, and Conflict `event_from_session` for an event that only stands
    for a recorded session, `too_many_corrections` beyond 500 titles.
    """
    said = _checked(values)
    locked = Athlete.objects.select_for_update().get(pk=athlete.pk)
    fresh = TrainingEvent.objects.get(pk=event.pk, athlete=locked)
    if is_own_event(fresh):
        raise Conflict(gettext("This session was recorded: it is what it was."), code="event_from_session")
    key = title_key(fresh.title)
    known = TitleCorrection.objects.filter(athlete=locked, key=key).first()
    if known is None and TitleCorrection.objects.filter(athlete=locked).count() >= MOST_CORRECTIONS:
        raise Conflict(
            gettext("At most %(count)s titles can be corrected.") % {"count": MOST_CORRECTIONS},
            code="too_many_corrections",
        )
    # What was said before and is not said any more has to be told by the calendar again.
    loosened = known is not None and any(getattr(known, name) is not None and said[name] is None for name in CORRECTED)
    correction, _ = TitleCorrection.objects.update_or_create(
        athlete=locked, key=key, defaults={**said, "title": fresh.title}
    )
    _read_again(locked, fresh, {key: correction}, ask_calendars=loosened)
    fields = sorted(name for name, value in said.items() if value is not None)
    record_audit(verb="title.corrected", by=by, object_id=correction.pk, athlete_id=locked.pk, fields=fields)
    return _stored(fresh)


@transaction.atomic
def forget_correction(*, by: User, athlete: Athlete, event: TrainingEvent) -> TrainingEvent:
    """Lets titles like this event's speak for themselves again; where nothing was said, nothing changes.

    Fields that a calendar stated and the correction had replaced come back with the next sync, which reads everything.
    """
    locked = Athlete.objects.select_for_update().get(pk=athlete.pk)
    fresh = TrainingEvent.objects.get(pk=event.pk, athlete=locked)
    correction = correction_for(fresh)
    if correction is None:
        return _stored(fresh)
    correction_id = correction.pk
    correction.delete()
    _read_again(locked, fresh, {}, ask_calendars=True)
    record_audit(verb="title.correction_forgotten", by=by, object_id=correction_id, athlete_id=locked.pk)
    return _stored(fresh)


def _stored(event: TrainingEvent) -> TrainingEvent:
    found: TrainingEvent = TrainingEvent.objects.with_completed().get(pk=event.pk)
    return found


def _checked(values: Mapping[str, Any]) -> dict[str, Any]:
    """The four fields, each valid or None. Raises InvalidInput."""
    problems: list[dict[str, Any]] = []
    said: dict[str, Any] = dict.fromkeys(CORRECTED)

    def sport(text: str) -> str:
        return read_sport(check_text(text, limit=80))[0]

    def one_of(choices: list[str]) -> Any:
        def read(value: Any) -> Any:
            if value not in choices:
                raise ValueError(gettext("Must be one of %(choices)s.") % {"choices": ", ".join(choices)})
            return value

        return read

    readers = {
        "type": one_of([str(kind) for kind in TrainingEvent.Type.values if kind != "unclassified"]),
        "sport": sport,
        "intensity": one_of([str(effort) for effort in TrainingEvent.Intensity.values]),
        "duration_minutes": lambda value: check_number(value, *RANGES["duration_minutes"]),
    }
    for name, read in readers.items():
        if values.get(name) not in (None, ""):
            try:
                said[name] = read(values[name])
            except ValueError as error:
                problems.append({"field": name, "message": str(error)})
    if problems:
        raise InvalidInput(details=problems)
    if all(value is None for value in said.values()):
        raise InvalidInput.of("type", gettext("Say at least one of kind, sport, effort and time."))
    return said


def _read_again(
    athlete: Athlete, event: TrainingEvent, corrections: Mapping[str, TitleCorrection], *, ask_calendars: bool
) -> None:
    """Reads the event and all like it from today on anew, stores what differs and raises the training version once."""
    key = title_key(event.title)
    upcoming = TrainingEvent.objects.filter(
        Q(pk=event.pk) | Q(athlete=athlete, local_date__gte=today(athlete.zones))
    ).select_for_update()
    changed: list[TrainingEvent] = []
    counts = False
    for row in upcoming:
        if title_key(row.title) != key or is_own_event(row):
            continue
        before = {name: getattr(row, name) for name in WRITTEN}
        counted = row.counts
        for name, value in _columns(row, athlete, corrections).items():
            setattr(row, name, value)
        different = {name for name in WRITTEN if getattr(row, name) != before[name]}
        if different:
            row.updated_at = now()
            changed.append(row)
            counts = counts or bool((counted or row.counts) and different & set(PLANNED_FIELDS))
    TrainingEvent.objects.bulk_update(changed, WRITTEN, batch_size=200)
    if rematch_events(athlete=athlete, days={row.local_date for row in changed}) or counts:
        raise_training_version(athlete.pk)
    if ask_calendars:
        CalendarConnection.objects.filter(
            pk__in={row.calendar_id for row in changed if row.calendar_id}, next_sync_at__isnull=False
        ).update(sync_state={}, next_sync_at=now())


def _columns(event: TrainingEvent, athlete: Athlete, corrections: Mapping[str, TitleCorrection]) -> dict[str, Any]:
    """How a stored event is read: what was stated, then its title, then what is said of titles like it."""
    unsaid = {*event.estimated, *event.corrected}
    stated = {name: getattr(event, name) or None for name in FROM_TITLE if name not in unsaid}
    length = stated.get("duration_minutes")
    parsed = parse_title(event.title, event.description, length if isinstance(length, float) else None)
    filled = fill_from_title(parsed, stated, main_sport=athlete.sport)
    by_hand = event.calendar_id is None
    read = apply_corrections({"title": event.title, **filled}, corrections, main_sport=athlete.sport, by_hand=by_hand)
    return {name: value for name, value in read.items() if name != "title"}
