"""What workers do with calendars; ids in, one service call, safe to run twice."""

from __future__ import annotations

from celery import shared_task

from athletes.services.sync import SyncRunning, poll_due, sync_calendar
from nutrition_site.kernel.errors import NotFound, ProviderError
from nutrition_site.kernel.models import WorkItem


def sync_calendar_work(item: WorkItem) -> None:
    """Syncs the calendar named by the item's key.

    A failure of the provider is a result that the calendar keeps, with its own time for the next try. Only a sync that
    is running elsewhere is tried again by the work queue: its worker may be dead.
    """
    try:
        sync_calendar(calendar_id=item.key)
    except SyncRunning as error:
        raise ProviderError(error.message, code=error.code, permanent=False)
    except (ProviderError, NotFound):
        return


@shared_task
def poll_due_calendars() -> None:
    """Has every due calendar read."""
    poll_due()
