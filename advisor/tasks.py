"""What beat asks the advisor to do."""

from __future__ import annotations

from celery import shared_task

from advisor.retention import delete_unused_conversations


@shared_task
def delete_unused() -> None:
    """Deletes conversations that were not used for as long as they are to be kept; safe to run twice."""
    delete_unused_conversations()
