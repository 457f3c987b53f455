"""Tasks that wake durable work and tidy up; each is safe to run twice and at the same time."""

from datetime import timedelta

from celery import shared_task

from athletes.mail.deliveries import forget_old_deliveries
from nutrition_site.kernel.clock import now
from nutrition_site.kernel.models import IdempotencyRecord
from nutrition_site.kernel.work import dispatch_due_work, purge_finished_work, run_item


@shared_task
def run_work(item_id: str) -> None:
    """Runs one durable work item."""
    run_item(item_id)


@shared_task
def dispatch_due() -> None:
    """Wakes workers for what is due or was left behind."""
    dispatch_due_work()


@shared_task
def tidy() -> None:
    """Forgets answers older than 24 hours, finished work older than two weeks, and mails older than 90 days."""
    IdempotencyRecord.objects.filter(created_at__lt=now() - timedelta(hours=24)).delete()
    purge_finished_work()
    forget_old_deliveries()
