"""Telling an athlete something that they did not ask for, once."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from athletes.models import Athlete, Notice
from nutrition_site.kernel.clock import now


def tell_athlete(*, athlete: Athlete, kind: str, key: str, title: str, body: str = "", path: str = "") -> Notice | None:
    """Leaves a notice about `key` (an id), None when the same is told and still open.

    `path` is the page where something can be done about it. Texts hold no health data: they may be sent by mail.
    """
    try:
        with transaction.atomic():
            return Notice.objects.create(athlete=athlete, kind=kind, key=key, title=title, body=body, path=path)
    except IntegrityError:
        return None


def settle_notices(*, athlete_id: str, kind: str, key: str) -> int:
    """Closes what was told about `key`: it is over. Returns how many notices were open."""
    return Notice.objects.filter(athlete_id=athlete_id, kind=kind, key=key, resolved_at=None).update(resolved_at=now())
