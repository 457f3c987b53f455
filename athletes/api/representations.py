"""Rows as the API shows them: canonical ids, null for unknown, times with the athlete's offset."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from athletes.models import Athlete, BodyMeasurement, CalendarConnection, CoachLink, TrainingEvent
from athletes.services.merging import SyncResult
from athletes.services.overlaps import overlap_question
from athletes.validation import profile_warnings
from nutrition_site.kernel.clock import midnight, today, zone

LONG_SESSION_MINUTES = 480


def represent_athlete(athlete: Athlete) -> dict[str, Any]:
    """The whole profile."""
    day = today(athlete.zones)
    budget = None
    if athlete.weekly_budget_minor is not None:
        budget = {"amount_minor": athlete.weekly_budget_minor, "currency": athlete.currency}
    return {
        "id": athlete.pk,
        "name": athlete.name,
        "sport": athlete.sport,
        "birth_date": athlete.birth_date,
        "age_years": athlete.age_on(day),
        "sex": athlete.sex,
        "height_cm": athlete.height_cm,
        "weight_kg": athlete.weight_kg,
        "body_fat_pct": athlete.body_fat_pct,
        "ffm_kg": athlete.ffm_kg,
        "measured_rmr_kcal": athlete.measured_rmr_kcal,
        "vo2max": athlete.vo2max,
        "pal_nonexercise": athlete.pal_nonexercise,
        "timezone": athlete.timezone,
        "travel": athlete.travel,
        "units": athlete.units,
        "dietary_preferences": athlete.dietary_preferences,
        "allergies": athlete.allergies,
        "dislikes": athlete.dislikes,
        "cuisines": athlete.cuisines,
        "goals": athlete.goals,
        "rate_pct_per_week": athlete.rate_pct_per_week,
        "surplus_kcal": athlete.surplus_kcal,
        "max_prep_minutes": athlete.max_prep_minutes,
        "weekly_budget": budget,
        "macro_overrides": athlete.macro_overrides,
        "pregnant": athlete.pregnant,
        "lactating": athlete.lactating,
        "ed_flag": athlete.ed_flag,
        "replan_policy": athlete.replan_policy,
        "notify_by_mail": athlete.notify_by_mail,
        "training_version": athlete.training_version,
        "profile_version": athlete.profile_version,
        "created_at": _utc(athlete.created_at),
        "updated_at": _utc(athlete.updated_at),
        "warnings": profile_warnings(athlete, today=day),
    }


def represent_calendar(calendar: CalendarConnection) -> dict[str, Any]:
    """A calendar without its credentials."""
    return {
        "id": calendar.pk,
        "provider": calendar.provider,
        "label": calendar.label,
        "status": calendar.status,
        "status_reason": calendar.reason,
        "available": calendar.available,
        "selection": calendar.selection,
        "last_attempt_at": _utc(calendar.last_attempt_at),
        "last_synced_at": _utc(calendar.last_synced_at),
        "next_sync_at": _utc(calendar.next_sync_at),
        "created_at": _utc(calendar.created_at),
    }


def represent_sync(calendar: CalendarConnection, result: SyncResult) -> dict[str, Any]:
    """What a sync did, and how the calendar stands now."""
    return {
        "id": calendar.pk,
        "status": calendar.status,
        "status_reason": calendar.reason,
        "added": result.added,
        "changed": result.changed,
        "removed": result.removed,
        "last_synced_at": _utc(calendar.last_synced_at),
        "next_sync_at": _utc(calendar.next_sync_at),
    }


def represent_event(event: TrainingEvent, timezone: str, *, overlaps: Sequence[str]) -> dict[str, Any]:
    """A training event as the athlete's clock shows it. `overlaps` are the titles of sessions at the same time."""
    warnings = []
    if event.duration_minutes is not None and event.duration_minutes > LONG_SESSION_MINUTES:
        words = gettext("Longer than eight hours: please check the duration.")
        warnings.append({"code": "SESSION_LONG", "field": "duration_minutes", "message": words})
    warnings += [
        {"code": "SESSION_OVERLAP", "field": "starts_at", "message": overlap_question(event.title, other)}
        for other in overlaps
    ]
    starts_at = midnight(event.local_date, timezone) if event.all_day else event.starts_at.astimezone(zone(timezone))
    return {
        "id": event.pk,
        "type": event.type,
        "sport": event.sport or None,
        "title": event.title,
        "description": event.description,
        "starts_at": starts_at.isoformat(),
        "date": event.local_date,
        "all_day": event.all_day,
        "duration_minutes": event.duration_minutes,
        "distance_km": event.distance_km,
        "intensity": event.intensity,
        "avg_power_w": event.avg_power_w,
        "avg_hr": event.avg_hr,
        "rpe": event.rpe,
        "tss": event.tss,
        "intensity_factor": event.intensity_factor,
        "source": event.source,
        "calendar_id": event.calendar_id,
        "estimated": event.estimated,
        "corrected": event.corrected,
        "duplicate_of": event.duplicate_of_id,
        "session_id": None if event.session is None else event.session.pk,
        "warnings": warnings,
    }


def represent_measurement(row: BodyMeasurement) -> dict[str, Any]:
    return {
        "id": row.pk,
        "measured_on": row.measured_on,
        "weight_kg": row.weight_kg,
        "body_fat_pct": row.body_fat_pct,
        "ffm_kg": row.ffm_kg,
        "method": row.method,
    }


def represent_coach_link(link: CoachLink) -> dict[str, Any]:
    """A link as the athlete sees it."""
    return {
        "id": link.pk,
        "coach": {"id": link.coach_id, "name": link.coach.name or link.coach.email, "email": link.coach.email},
        "status": link.status,
        "invited_at": _utc(link.invited_at),
        "consented_at": _utc(link.consented_at),
    }


def _utc(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat().replace("+00:00", "Z")
