"""Conversations end: deleted by their athlete, or unused for as long as athlete or instance want them kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from advisor.models import AdvisorConsent, Conversation
from athletes.models import User
from nutrition_site.kernel.audit import record_audit
from nutrition_site.kernel.clock import now
from nutrition_site.kernel.models import IdempotencyRecord

# So many at a time, so that a first run on old data holds no table for long.
BATCH = 200


@transaction.atomic
def delete_for_good(*, conversation: Conversation, by: User) -> None:
    """Really deletes a conversation with its messages and proposals, and what is kept of its answers for requests that
    are sent again. The audit row holds no text."""
    chat = f"{by.pk} POST /v1/athletes/{conversation.athlete_id}/advisor/chat"
    IdempotencyRecord.objects.filter(scope=chat, body__icontains=conversation.pk).delete()
    record_audit(verb="conversation.deleted", by=by, object_id=conversation.pk, athlete_id=conversation.athlete_id)
    conversation.delete()


def default_retention_days() -> int | None:
    """The days for athletes who have said nothing (`AI_RETENTION_DAYS`); None keeps conversations."""
    days: int | None = settings.AI_RETENTION_DAYS
    return days or None


def delete_unused_conversations() -> int:
    """Really deletes every conversation that was not used for its retention; returns how many. Safe to run twice."""
    moment, deleted = now(), 0
    for days, rows in _by_retention():
        cutoff = moment - timedelta(days=days)
        unused = rows.filter(updated_at__lt=cutoff).order_by("updated_at", "pk").values_list("pk", flat=True)
        while True:
            ids = list(unused[:BATCH])
            deleted += sum(_delete(pk, days, cutoff) for pk in ids)
            if len(ids) < BATCH:
                break
    return deleted


def _by_retention() -> Iterator[tuple[int, QuerySet[Conversation]]]:
    """The conversations of athletes who have said so, by their days, and the others by the instance's."""
    said = AdvisorConsent.objects.filter(retention_days__isnull=False)
    for days in said.order_by("retention_days").values_list("retention_days", flat=True).distinct():
        yield days, Conversation.objects.filter(athlete__advisor_consent__retention_days=days)
    default = default_retention_days()
    if default is not None:
        yield default, Conversation.objects.filter(athlete__advisor_consent__retention_days__isnull=True)


@transaction.atomic
def _delete(conversation_id: str, days: int, cutoff: datetime) -> bool:
    """Deletes one, unless somebody has used it meanwhile."""
    rows = Conversation.objects.select_for_update().filter(pk=conversation_id, updated_at__lt=cutoff)
    conversation = rows.first()
    if conversation is None:
        return False
    record_audit(
        verb="conversation.deleted", by=None, object_id=conversation.pk, athlete_id=conversation.athlete_id,
        retention_days=days,
    )  # fmt: skip
    conversation.delete()
    return True
