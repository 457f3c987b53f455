"""Durable work: every piece is a row with a state and a lease; beat re-dispatches what a dead worker left."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.module_loading import import_string

from .clock import now
from .errors import DomainError, ProviderError
from .ids import new_id
from .models import WorkItem

log = logging.getLogger(__name__)

LEASE_SECONDS = 120
MAX_ATTEMPTS = 6
BACKOFF_SECONDS = (5, 20, 60, 300, 900)


def enqueue_work(
    *, kind: str, key: str, payload: dict[str, Any] | None = None, run_after: datetime | None = None
) -> WorkItem:
    """Adds a piece of work, or returns the one that is open for the same kind and key. Wakes a worker on commit."""
    due = run_after or now()
    try:
        with transaction.atomic():
            item = WorkItem.objects.create(kind=kind, key=key, payload=payload or {}, run_after=due)
    except IntegrityError:
        open_items = WorkItem.objects.filter(
            kind=kind, key=key, state__in=[WorkItem.State.QUEUED, WorkItem.State.RUNNING]
        )
        found = open_items.first()
        if found is None:
            return enqueue_work(kind=kind, key=key, payload=payload, run_after=run_after)
        item = found
    if due <= now():
        item_id = item.pk
        transaction.on_commit(lambda: wake(item_id), robust=True)
    return item


def wake(item_id: str) -> None:
    """Tells a worker that there is something to do. Losing this message only costs time, never the work."""
    from nutrition_site.tasks import run_work

    run_work.apply_async(args=[item_id], ignore_result=True)


def claim_work(item_id: str, *, lease_seconds: int = LEASE_SECONDS) -> WorkItem | None:
    """Takes a due item for this worker, or None when it is done, early, or in somebody's hands."""
    token = new_id("wrk")
    moment = now()
    claimable = Q(state=WorkItem.State.QUEUED, run_after__lte=moment) | Q(
        state=WorkItem.State.RUNNING, lease_until__lt=moment
    )
    taken = WorkItem.objects.filter(claimable, pk=item_id).update(
        state=WorkItem.State.RUNNING,
        lease_until=moment + timedelta(seconds=lease_seconds),
        lease_token=token,
        attempts=F("attempts") + 1,
    )
    return WorkItem.objects.get(pk=item_id) if taken else None


def extend_lease(item: WorkItem, *, seconds: int = LEASE_SECONDS) -> bool:
    """Keeps a long piece of work; False when the lease was lost to another worker."""
    return bool(
        WorkItem.objects.filter(pk=item.pk, lease_token=item.lease_token, state=WorkItem.State.RUNNING).update(
            lease_until=now() + timedelta(seconds=seconds)
        )
    )


def postpone_work(item: WorkItem, *, run_after: datetime, payload: dict[str, Any]) -> bool:
    """Puts a piece of work that is in hand back for later, as if nobody had tried it; False when the lease was lost.

    For handlers that find that the time has not come. What they return afterwards changes nothing any more.
    """
    return bool(
        WorkItem.objects.filter(pk=item.pk, lease_token=item.lease_token, state=WorkItem.State.RUNNING).update(
            state=WorkItem.State.QUEUED,
            run_after=run_after,
            payload=payload,
            lease_until=None,
            lease_token="",
            attempts=0,
        )
    )


def _close(item: WorkItem, *, state: str, error_code: str = "", run_after: datetime | None = None) -> bool:
    values: dict[str, Any] = {"state": state, "error_code": error_code[:60], "lease_until": None}
    if run_after is None:
        values["finished_at"] = now()
    else:
        values["run_after"] = run_after
    return bool(WorkItem.objects.filter(pk=item.pk, lease_token=item.lease_token).update(**values))


def run_item(item_id: str) -> str:
    """Runs one item through its handler and records how it ended. Returns the resulting state, or "skipped"."""
    item = claim_work(item_id)
    if item is None:
        return "skipped"
    if item.attempts > MAX_ATTEMPTS:
        # Every worker that took it died: the thing it was for must not wait for ever.
        abandoned = settings.WORK_ABANDONED.get(item.kind)
        if abandoned:
            import_string(abandoned)(item)
        _close(item, state=WorkItem.State.FAILED, error_code="worker_lost")
        return WorkItem.State.FAILED
    handler: Callable[[WorkItem], None] = import_string(settings.WORK_HANDLERS[item.kind])
    try:
        handler(item)
    except ProviderError as error:
        return _retry_or_fail(item, error.code, permanent=error.permanent)
    except DomainError as error:
        _close(item, state=WorkItem.State.FAILED, error_code=error.code)
        return WorkItem.State.FAILED
    except Exception:
        log.exception("work failed", extra={"work_kind": item.kind, "work_id": item.pk})
        return _retry_or_fail(item, "unexpected", permanent=False)
    _close(item, state=WorkItem.State.DONE)
    return WorkItem.State.DONE


def _retry_or_fail(item: WorkItem, code: str, *, permanent: bool) -> str:
    if permanent or item.attempts >= MAX_ATTEMPTS:
        _close(item, state=WorkItem.State.FAILED, error_code=code)
        return WorkItem.State.FAILED
    delay = BACKOFF_SECONDS[min(item.attempts, len(BACKOFF_SECONDS)) - 1]
    _close(item, state=WorkItem.State.QUEUED, error_code=code, run_after=now() + timedelta(seconds=delay))
    return WorkItem.State.QUEUED


def dispatch_due_work(*, limit: int = 200) -> int:
    """Wakes workers for everything that is due or whose lease has run out. Any number of beats may do this."""
    moment = now()
    due = (
        WorkItem.objects.filter(
            Q(state=WorkItem.State.QUEUED, run_after__lte=moment)
            | Q(state=WorkItem.State.RUNNING, lease_until__lt=moment)
        )
        .order_by("run_after")
        .values_list("pk", flat=True)[:limit]
    )
    ids = list(due)
    for item_id in ids:
        wake(item_id)
    return len(ids)


def purge_finished_work(*, keep_days: int = 14) -> int:
    """Deletes finished rows older than this; the audit trail keeps what matters."""
    deleted, _ = WorkItem.objects.filter(
        state__in=[WorkItem.State.DONE, WorkItem.State.FAILED], finished_at__lt=now() - timedelta(days=keep_days)
    ).delete()
    return deleted
