"""Weigh-ins and body composition, one row a day."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from athletes.models import Athlete, BodyMeasurement, User
from athletes.services.versions import raise_profile_version
from athletes.validation import RANGES, check_number, check_text, clean_profile
from nutrition_site.kernel.audit import record_audit
from nutrition_site.kernel.clock import today
from nutrition_site.kernel.errors import InvalidInput

MEASURED = ("weight_kg", "body_fat_pct", "ffm_kg")
OLDEST = timedelta(days=3650)
MAX_METHOD = 40


def note_measurement(
    *, athlete: Athlete, measured_on: date, values: Mapping[str, float | None], method: str | None = None
) -> BodyMeasurement:
    """Adds known values to the row of a day, making it where there is none. Values are checked by the caller."""
    known: dict[str, Any] = {name: value for name, value in values.items() if value is not None}
    if method:
        known["method"] = method
    row, _ = BodyMeasurement.objects.update_or_create(athlete=athlete, measured_on=measured_on, defaults=known)
    return row


@transaction.atomic
def record_measurement(*, by: User, athlete: Athlete, values: Mapping[str, Any]) -> BodyMeasurement:
    """Stores a measurement of a day (default today); the newest one becomes the profile's value.

    `values`: measured_on, weight_kg, body_fat_pct, ffm_kg, method. Raises InvalidInput.
    """
    locked = Athlete.objects.select_for_update().get(pk=athlete.pk)
    day = _checked_day(values.get("measured_on") or today(locked.zones), locked)
    method = _checked_method(values.get("method"))
    measured = {name: values[name] for name in MEASURED if values.get(name) is not None}
    if not measured:
        raise InvalidInput.of("weight_kg", gettext("Give at least one of weight_kg, body_fat_pct and ffm_kg."))
    newest = not BodyMeasurement.objects.filter(athlete=locked, measured_on__gt=day).exists()
    if newest:
        measured = clean_profile(measured, today=today(locked.zones), current=locked)
        changed = [name for name, value in measured.items() if getattr(locked, name) != value]
        for name in changed:
            setattr(locked, name, measured[name])
        if changed:
            locked.save(update_fields=[*changed, "updated_at"])
            raise_profile_version(locked.pk)
    else:
        measured = _checked(measured)
    row = note_measurement(athlete=locked, measured_on=day, values=measured, method=method)
    record_audit(verb="measurement.recorded", by=by, object_id=row.pk, athlete_id=locked.pk, fields=sorted(measured))
    return row


def _checked_day(day: date, athlete: Athlete) -> date:
    present = today(athlete.zones)
    if not present - OLDEST <= day <= present:
        raise InvalidInput.of("measured_on", gettext("Must be a day of the last ten years, today at the latest."))
    return day


def _checked_method(method: str | None) -> str | None:
    try:
        return check_text(method, limit=MAX_METHOD) if method is not None else None
    except ValueError as error:
        raise InvalidInput.of("method", str(error)) from error


def _checked(measured: Mapping[str, float]) -> dict[str, Any]:
    problems = []
    for name, value in measured.items():
        try:
            check_number(value, *RANGES[name])
        except ValueError as error:
            problems.append({"field": name, "message": str(error)})
    weight, lean = measured.get("weight_kg"), measured.get("ffm_kg")
    if weight is not None and lean is not None and lean >= weight:
        problems.append({"field": "ffm_kg", "message": gettext("Fat-free mass must be below body mass.")})
    if problems:
        raise InvalidInput(details=problems)
    return dict(measured)


@transaction.atomic
def correct_measurement(*, by: User, measurement: BodyMeasurement, values: Mapping[str, Any]) -> BodyMeasurement:
    """Changes what was measured, or its day; None clears a value. What the profile took from it follows.

    `values`: as for `record_measurement`; what is left out stays. Raises InvalidInput, also for a day that has a
    measurement already.
    """
    locked = Athlete.objects.select_for_update().get(pk=measurement.athlete_id)
    row = BodyMeasurement.objects.get(pk=measurement.pk)
    followed = _followed(locked, row)
    if "measured_on" in values:
        row.measured_on = _checked_day(values["measured_on"], locked)
        others = BodyMeasurement.objects.filter(athlete=locked, measured_on=row.measured_on).exclude(pk=row.pk)
        if others.exists():
            raise InvalidInput.of(
                "measured_on", gettext("There is a measurement on this day already. Correct that one.")
            )
    if "method" in values:
        row.method = _checked_method(values["method"] or None) or ""
    for name in MEASURED:
        if name in values:
            setattr(row, name, values[name])
    known = {name: value for name in MEASURED if (value := getattr(row, name)) is not None}
    if not known:
        raise InvalidInput.of("weight_kg", gettext("Give at least one value, or delete the measurement."))
    _checked(known)
    row.save(update_fields=["measured_on", "method", *MEASURED])
    _follow_newest(locked, followed | _followed(locked, row))
    record_audit(verb="measurement.corrected", by=by, object_id=row.pk, athlete_id=locked.pk, fields=sorted(known))
    return row


@transaction.atomic
def delete_measurement(*, by: User, measurement: BodyMeasurement) -> None:
    """Takes a measurement out. The profile then follows the newest one that is left; with none left it stays."""
    locked = Athlete.objects.select_for_update().get(pk=measurement.athlete_id)
    row = BodyMeasurement.objects.filter(pk=measurement.pk).first()
    if row is None:
        return
    followed = _followed(locked, row)
    row_id = row.pk
    row.delete()
    # Where what is left does not fit the rest of the profile, that is no reason to keep what somebody takes out.
    with suppress(InvalidInput):
        _follow_newest(locked, followed)
    record_audit(verb="measurement.deleted", by=by, object_id=row_id, athlete_id=locked.pk)


def _followed(athlete: Athlete, row: BodyMeasurement) -> set[str]:
    """The values of a measurement that no later one has, so that the profile follows them."""
    later = BodyMeasurement.objects.filter(athlete=athlete, measured_on__gt=row.measured_on)
    return {
        name
        for name in MEASURED
        if getattr(row, name) is not None and not later.filter(**{f"{name}__isnull": False}).exists()
    }


def _follow_newest(athlete: Athlete, names: set[str]) -> None:
    """Gives the profile the newest measured value of each name; a name that nothing tells of any more stays."""
    changed = []
    for name in sorted(names):
        rows = BodyMeasurement.objects.filter(athlete=athlete, **{f"{name}__isnull": False})
        value = rows.order_by("-measured_on").values_list(name, flat=True).first()
        if value is not None and value != getattr(athlete, name):
            setattr(athlete, name, value)
            changed.append(name)
    if changed:
        clean_profile({name: getattr(athlete, name) for name in changed}, today=today(athlete.zones), current=athlete)
        athlete.save(update_fields=[*changed, "updated_at"])
        raise_profile_version(athlete.pk)
