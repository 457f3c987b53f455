"""What beat asks billing to do."""

from __future__ import annotations

from celery import shared_task

from . import services


@shared_task
def renew_and_expire() -> None:
    """Renews or closes every period that is over; safe to run twice."""
    services.renew_and_expire()
