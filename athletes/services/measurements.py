"""Weigh-ins and body composition, one row a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction

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
    day = values.get("measured_on") or today(locked.zones)
    if not today(locked.zones) - OLDEST <= day <= today(locked.zones):
        raise InvalidInput.of("measured_on", "Must be a day of the last ten years, today at the latest.")
    method = _checked_method(values.get("method"))
    measured = {name: values[name] for name in MEASURED if values.get(name) is not None}
    if not measured:
        raise InvalidInput.of("weight_kg", "Give at least one of weight_kg, body_fat_pct and ffm_kg.")
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
        problems.append({"field": "ffm_kg", "message": "Fat-free mass must be below body mass."})
    if problems:
        raise InvalidInput(details=problems)
    return dict(measured)
