"""The training event that stands for a session which no plan asked for: it looks like its session."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import override

from athletes.models import CompletedSession, TrainingEvent
from athletes.services.twins import OWN_EVENT
from athletes.words import sport_name

# What an own event shows of its session.
SHOWN = (
    *("sport", "starts_at", "duration_minutes", "distance_km", "avg_power_w", "avg_hr", "rpe", "tss"),
    "intensity_factor",
)


def release_events(events: Iterable[TrainingEvent]) -> None:
    """Gives the sessions of events that are about to be deleted an event of their own: what was done stays done."""
    for session in CompletedSession.objects.filter(event__in=list(events)):
        set_own_event(session)
        session.save(update_fields=["event", "updated_at"])


def set_own_event(session: CompletedSession, *, source: str = "") -> None:
    """Puts a session on an event of its own; `source` is that of its best record, which a stored one knows itself."""
    own = TrainingEvent(athlete_id=session.athlete_id, type=TrainingEvent.Type.WORKOUT, title="")
    if not source:
        best = session.records.filter(pk=session.chosen.get("starts_at")).first()
        source = (best or session.records.order_by("starts_at", "source", "external_id")[0]).source
    show_session(own, session, source=source, title_before="")
    own.save()
    session.event = own


def show_session(event: TrainingEvent, session: CompletedSession, *, source: str, title_before: str) -> None:
    """An own event looks like its session; a title that the athlete has changed stays."""
    event.external_id = OWN_EVENT
    event.source = source
    for name in SHOWN:
        setattr(event, name, getattr(session, name))
    event.local_date = session.local_date
    event.all_day = False
    if event.title in ("", title_before):
        event.title = title_of(session)


def title_of(session: CompletedSession) -> str:
    """What a session is called: as a source calls it, else its sport."""
    if session.title:
        return session.title
    # Stored, and compared with what was stored before: in whatever language it is asked for, the same words.
    with override("en"):
        name = sport_name(session.sport) if session.sport else ""
    return f"{name[:1].upper()}{name[1:]}" if name else "Training"
