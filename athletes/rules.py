"""Who may do what to an athlete's data; pages, API and admin all ask here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .models import Athlete


def owns(user: Any, athlete: Athlete) -> bool:
    """The athlete's own account."""
    return bool(athlete.user_id == user.pk)


def may_see(user: Any, athlete: Athlete) -> bool:
    """Owner, consented coach, superuser."""
    return athlete._meta.model.objects.visible_to(user).filter(pk=athlete.pk).exists()


def may_change(user: Any, athlete: Athlete) -> bool:
    """Only the athlete changes profile, calendars, events, plans and lists; coaches advise."""
    return owns(user, athlete)
