"""Training events entered by hand, and what manual and calendar events have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext, gettext_noop

from athletes.models import Athlete, TrainingEvent, User
from athletes.services.like_titles import apply_corrections, corrections_of
from athletes.services.own_events import release_events
from athletes.services.settling import rematch_days, rematch_events
from athletes.services.twins import is_own_event
from athletes.services.versions import raise_training_version
from athletes.titles import ParsedTitle, parse_title
from athletes.validation import check_number, check_text
from athletes.vocabulary import SPORTS, read_sport
from nutrition_site.kernel.audit import record_audit
from nutrition_site.kernel.clock import local_day, midnight, today, zone
from nutrition_site.kernel.errors import Conflict, InvalidInput

MINUTES_A_DAY = 1440
FIRST_DAY = date(2000, 1, 1)
FARTHEST = timedelta(days=1830)
RANGES: dict[str, tuple[float, float, str]] = {
    "duration_minutes": (1, MINUTES_A_DAY, gettext_noop("minutes")),
    "distance_km": (0.01, 1000, "km"),
    "avg_power_w": (0, 600, "W"),
    "avg_hr": (30, 230, "bpm"),
    "rpe": (1, 10, ""),
    "tss": (0, 1000, ""),
    "intensity_factor": (0.2, 1.5, ""),
}
# What the title may say when nobody has said it in a field.
FROM_TITLE = ("type", "sport", "duration_minutes", "distance_km", "intensity")
FREE_FIELDS = ("avg_power_w", "avg_hr", "rpe", "tss", "intensity_factor")
# What an event that only stands for a recorded session takes from its records.
MEASURED = ("duration_minutes", "distance_km", "avg_power_w", "avg_hr", "tss", "intensity_factor")
NEARLY = 0.1
# What a plan follows; a new description alone makes no plan stale.
PLANNED_FIELDS = (
    *("type", "sport", "title", "starts_at", "local_date", "all_day", "duration_minutes", "distance_km", "intensity"),
    *("avg_power_w", "avg_hr", "rpe", "tss", "intensity_factor"),
)


def local_day_of(starts_at: datetime, timezone: str) -> date:
    """The athlete's day of an event: the one on which it starts. The only place that decides this."""
    return local_day(starts_at, timezone)


def place_event(starts_at: datetime | date, timezone: str) -> tuple[datetime, date, bool]:
    """Start in UTC, local day and whether it is all-day; a date starts at the athlete's local midnight."""
    if isinstance(starts_at, datetime):
        aware = starts_at if starts_at.tzinfo else starts_at.replace(tzinfo=zone(timezone))
        moment = aware.astimezone(UTC)
        return moment, local_day_of(moment, timezone), False
    return midnight(starts_at, timezone).astimezone(UTC), starts_at, True


def wall_time(moment: datetime, timezone: str) -> datetime:
    """What the athlete's clock shows at an aware moment, without a zone."""
    return moment.astimezone(zone(timezone)).replace(tzinfo=None)


def fill_from_title(parsed: ParsedTitle, stated: Mapping[str, Any], *, main_sport: str) -> dict[str, Any]:
    """The five readable columns and `estimated`: a stated field beats the title, unknown stays None (sport "").

    A session whose sport nobody names is one of the athlete's own sport, if it is a single known one.
    """
    values: dict[str, Any] = {}
    estimated: list[str] = []
    for name in FROM_TITLE:
        said = stated.get(name)
        values[name] = said if said is not None else getattr(parsed, name)
        if said is None and name in parsed.estimated:
            estimated.append(name)
    if values["type"] not in (TrainingEvent.Type.WORKOUT, TrainingEvent.Type.RACE):
        values["intensity"] = stated.get("intensity")
        estimated = [name for name in estimated if name != "intensity"]
    elif values["type"] == TrainingEvent.Type.RACE and stated.get("intensity") is None:
        values["intensity"] = "race"
        estimated = list(dict.fromkeys([*estimated, "intensity"]))
    if not values["sport"]:
        single = main_sport in SPORTS and main_sport not in ("triathlon", "duathlon", "other")
        counts = values["type"] in (TrainingEvent.Type.WORKOUT, TrainingEvent.Type.RACE)
        values["sport"] = main_sport if counts and single else ""
        if values["sport"]:
            estimated.append("sport")
    return {**values, "estimated": estimated}


def is_main_sport(*, title: str, description: str, estimated: Sequence[str]) -> bool:
    """Whether an event has its sport from the athlete's profile: it was filled in, and neither title nor description
    names one."""
    return "sport" in estimated and parse_title(title, description).sport is None


@transaction.atomic
def create_event(*, by: User, athlete: Athlete, values: Mapping[str, Any]) -> TrainingEvent:
    """A manual event from typed fields; `title` and `starts_at` are needed. Raises InvalidInput."""
    locked = Athlete.objects.select_for_update().get(pk=athlete.pk)
    event = TrainingEvent(athlete=locked, source="manual", **_columns(locked, values, {}))
    _check_day(event)
    event.save()
    if rematch_days(athlete=locked, first=event.local_date, last=event.local_date) or event.counts:
        raise_training_version(locked.pk)
    event.refresh_from_db(fields=["duplicate_of"])
    record_audit(verb="event.created", by=by, object_id=event.pk, athlete_id=locked.pk)
    return event


@transaction.atomic
def update_event(*, by: User, event: TrainingEvent, values: Mapping[str, Any]) -> TrainingEvent:
    """Changes a manual event; null makes a field unknown again, so that the title may say it.

    Raises InvalidInput, Conflict `event_from_calendar` for an event that its calendar would write over, and Conflict
    `event_from_session` where somebody would change what was recorded.
    """
    athlete = Athlete.objects.select_for_update().get(pk=event.athlete_id)
    locked = TrainingEvent.objects.select_for_update().get(pk=event.pk)
    _refuse_calendar_event(locked)
    day_before = locked.local_date
    before = {name: getattr(locked, name) for name in (*PLANNED_FIELDS, "floating")}
    counted = locked.counts
    for name, value in _columns(athlete, values, _stated_of(locked, athlete.zones)).items():
        setattr(locked, name, value)
    if is_own_event(locked):
        _refuse_measured(before, locked)
    _check_day(locked)
    locked.save()
    changed = (counted or locked.counts) and any(before[name] != getattr(locked, name) for name in PLANNED_FIELDS)
    if rematch_events(athlete=athlete, days={day_before, locked.local_date}) or changed:
        raise_training_version(athlete.pk)
    locked.duplicate_of_id = TrainingEvent.objects.values_list("duplicate_of", flat=True).filter(pk=locked.pk).first()
    record_audit(verb="event.changed", by=by, object_id=locked.pk, athlete_id=athlete.pk, fields=sorted(values))
    return locked


@transaction.atomic
def delete_event(*, by: User, event: TrainingEvent) -> None:
    """Deletes a manual event. Raises Conflict `event_from_calendar`.

    A session that was done instead of it stays, on its own; with the event of such a session the session goes too.
    """
    athlete = Athlete.objects.select_for_update().get(pk=event.athlete_id)
    locked = TrainingEvent.objects.select_for_update().get(pk=event.pk)
    _refuse_calendar_event(locked)
    event_id, athlete_id, counted, day = locked.pk, locked.athlete_id, locked.counts, locked.local_date
    if not is_own_event(locked):
        release_events([locked])
    locked.delete()
    if rematch_days(athlete=athlete, first=day, last=day) or counted:
        raise_training_version(athlete_id)
    record_audit(verb="event.deleted", by=by, object_id=event_id, athlete_id=athlete_id)


def _refuse_calendar_event(event: TrainingEvent) -> None:
    if event.calendar_id is not None:
        raise Conflict(gettext("This event comes from a calendar. Please change it there."), code="event_from_calendar")


def _refuse_measured(before: Mapping[str, Any], event: TrainingEvent) -> None:
    """Refuses to change what was measured; forms know starts to the minute and lengths to a tenth of one."""
    after = {name: getattr(event, name) for name in MEASURED}
    problems = [
        {"field": name, "message": gettext("This was recorded.")}
        for name, value in after.items()
        if value != before[name] and not (value and before[name] and abs(value - before[name]) <= NEARLY)
    ]
    if abs((event.starts_at - before["starts_at"]).total_seconds()) >= 60:
        problems.append({"field": "starts_at", "message": gettext("This was recorded.")})
    if before["sport"] not in ("", "other", event.sport):
        problems.append({"field": "sport", "message": gettext("This was recorded.")})
    if problems:
        raise Conflict(
            gettext("This session was recorded: its times and amounts cannot be changed by hand."),
            code="event_from_session",
            details=problems,
        )
    for name in (*MEASURED, "starts_at", "local_date", "all_day", "floating"):
        setattr(event, name, before[name])


def _stated_of(event: TrainingEvent, zones: str) -> dict[str, Any]:
    """What the athlete said in fields, without what was read from the title or corrected for titles like it."""
    unsaid = {*event.estimated, *event.corrected}
    stated = {name: getattr(event, name) for name in FROM_TITLE if name not in unsaid}
    stated["sport"] = stated.get("sport") or None
    free = {name: getattr(event, name) for name in FREE_FIELDS}
    whole = {"title": event.title, "description": event.description}
    starts_at = wall_time(event.starts_at, zones) if event.floating else event.starts_at
    return {**stated, **free, **whole, "starts_at": event.local_date if event.all_day else starts_at}


def _columns(athlete: Athlete, values: Mapping[str, Any], stated: Mapping[str, Any]) -> dict[str, Any]:
    said = {**stated, **values}
    problems: list[dict[str, Any]] = []

    def check(name: str, read: Any) -> Any:
        if said.get(name) is None:
            return None
        try:
            return read(said[name])
        except ValueError as error:
            problems.append({"field": name, "message": str(error)})
            return None

    title = check("title", lambda text: check_text(text, limit=500))
    description = check("description", lambda text: check_text(text, limit=4000, lines=True) if text.strip() else "")
    sport = check("sport", lambda text: read_sport(check_text(text, limit=80))[0])
    numbers = {name: check(name, lambda value, name=name: check_number(value, *RANGES[name])) for name in RANGES}
    for name in ("title", "starts_at"):
        if said.get(name) is None:
            problems.append({"field": name, "message": gettext("This field is required.")})
    if problems:
        raise InvalidInput(details=problems)
    starts_at, day, all_day = place_event(said["starts_at"], athlete.zones)
    if not FIRST_DAY <= day <= today(athlete.zones) + FARTHEST:
        raise InvalidInput.of("starts_at", gettext("Must be from the year 2000 to five years ahead."))
    parsed = parse_title(title, "", numbers["duration_minutes"])
    told = {"type": said.get("type"), "intensity": said.get("intensity"), "sport": sport, **numbers}
    filled = fill_from_title(parsed, told, main_sport=athlete.sport)
    free = {name: numbers[name] for name in FREE_FIELDS}
    floating = not all_day and said["starts_at"].tzinfo is None
    place = {"starts_at": starts_at, "local_date": day, "all_day": all_day, "floating": floating}
    columns = {"title": title, "description": description or "", **filled, **free, **place}
    return apply_corrections(columns, corrections_of(athlete), main_sport=athlete.sport, by_hand=True)


def _check_day(event: TrainingEvent) -> None:
    """The sessions of a day fit into the day."""
    if not event.counts or not event.duration_minutes:
        return
    others = (
        TrainingEvent.objects.filter(athlete_id=event.athlete_id, local_date=event.local_date)
        .counting()
        .exclude(pk=event.pk)
        .aggregate(minutes=Sum("duration_minutes"))["minutes"]
    )
    if (others or 0) + event.duration_minutes > MINUTES_A_DAY:
        raise InvalidInput.of("duration_minutes", gettext("The sessions of this day would be longer than the day."))
