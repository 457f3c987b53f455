"""Completed sessions as the API shows them: canonical ids, null for unknown, times with the athlete's offset."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from athletes.models import CompletedSession, SessionRecord
from athletes.models.sessions import SessionValues
from athletes.services.twins import is_own_event
from nutrition_site.kernel.clock import zone

NUMBERS = (
    *("duration_minutes", "elapsed_minutes", "distance_km", "ascent_m", "avg_power_w", "normalized_power_w"),
    *("avg_hr", "max_hr", "work_kj", "device_kcal", "tss", "intensity_factor", "rpe"),
)
FIELDS = ("sport", "title", "starts_at", *NUMBERS)


def represent_session(session: CompletedSession, timezone: str) -> dict[str, Any]:
    """A session without its records; reads `event` and `records`."""
    return {
        "id": session.pk,
        "event_id": session.event_id,
        "planned_event_id": None if is_own_event(session.event) else session.event_id,
        "date": session.local_date,
        **_values(session, timezone),
        "sources": sorted({record.source for record in session.records.all()}),
        "created_at": _utc(session.created_at),
        "updated_at": _utc(session.updated_at),
    }


def represent_whole_session(session: CompletedSession, timezone: str) -> dict[str, Any]:
    """A session with what each source says, oldest record first."""
    records = [represent_record(record, session, timezone) for record in session.records.all()]
    return {**represent_session(session, timezone), "records": records}


def represent_record(record: SessionRecord, session: CompletedSession, timezone: str) -> dict[str, Any]:
    """What one source says, and for which fields of the session it was chosen."""
    return {
        "id": record.pk,
        "source": record.source,
        "calendar_id": record.calendar_id,
        "device": record.device,
        "file_name": record.file_name,
        **_values(record, timezone),
        "chosen_for": [name for name in FIELDS if session.chosen.get(name) == record.pk],
        "created_at": _utc(record.created_at),
    }


def _values(row: SessionValues, timezone: str) -> dict[str, Any]:
    return {
        "sport": row.sport or None,
        "title": row.title,
        "starts_at": row.starts_at.astimezone(zone(timezone)).isoformat(),
        **{name: getattr(row, name) for name in NUMBERS},
    }


def _utc(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")
