"""What may be asked of the subscriptions; `visible_to(user)` always comes first."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q

from . import states


class SubscriptionQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """One's own; all of them for staff who may see subscriptions."""
        if not getattr(user, "is_authenticated", False) or not user.is_active:
            return self.none()
        if user.is_staff and user.has_perm("billing.view_subscription"):
            return self
        return self.filter(user=user)

    def of(self, user: Any) -> Self:
        return self.filter(user=user)

    def live(self) -> Self:
        return self.filter(status__in=states.LIVE)

    def requested(self) -> Self:
        return self.filter(status="requested")

    def entitling(self, moment: datetime) -> Self:
        """Live, and paid for at this moment: a period that is over gives nothing although nobody has closed it yet."""
        in_time = Q(current_period_end=None) | Q(current_period_end__gt=moment) | Q(renews=True)
        return self.live().filter(in_time)

    def due(self, moment: datetime) -> Self:
        return self.live().filter(current_period_end__lte=moment)
