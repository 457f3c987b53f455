"""What workers do with calendars; ids in, one service call, safe to run twice."""

from __future__ import annotations

from celery import shared_task

from athletes.mail.deliveries import abandon_mail
from athletes.services.mails import send_mail
from athletes.services.polling import count_readers_needed, read_due
from athletes.services.sync import SyncRunning, sync_calendar
from nutrition_site.kernel.errors import NotFound, ProviderError
from nutrition_site.kernel.models import WorkItem

# A wake-up that nobody took before the next one comes has lost its point.
POLL_SECONDS = 15


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
    """Wakes as many readers as the due calendars need; any number of beats may do this at once."""
    for _ in range(count_readers_needed()):
        read_due_calendars.apply_async(expires=POLL_SECONDS, ignore_result=True)


@shared_task
def read_due_calendars() -> None:
    """Reads due calendars for a while."""
    read_due()


def mail_notice_work(item: WorkItem) -> None:
    """Sends the mail named by the item's key; while the mail server is away, the work queue tries again."""
    send_mail(item)


def abandon_mail_work(item: WorkItem) -> None:
    """Ends a mail that no worker lived to hand over."""
    abandon_mail(item)
