"""What may be asked of the athletes' tables; `visible_to(user)` always comes first."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from .models import User


def visible_athletes(user: Any, *, prefix: str = "") -> Q:
    """The condition under which a user may see an athlete: it is theirs, or they are a coach with open consent.
    A coach who is one no longer sees nobody, whatever links are left.

    Staff rights alone show nobody's health data; only a superuser sees all.
    """
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return Q(pk__in=[])
    if user.is_superuser:
        return Q()
    own = Q(**{f"{prefix}user": user})
    return own | Q(**{f"{prefix}pk__in": _consented(user)}) if user.is_coach else own


def _consented(user: User) -> models.QuerySet[Any]:
    from .models import Athlete

    return Athlete.objects.filter(coach_links__coach=user, coach_links__status="active").values("pk")


class AthleteQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(visible_athletes(user))

    def owned_by(self, user: Any) -> Self:
        return self.filter(user=user)


class AthleteOwnedQuerySet(models.QuerySet):
    """For every table with an `athlete` column."""

    def visible_to(self, user: Any) -> Self:
        return self.filter(visible_athletes(user, prefix="athlete__"))


def held_between(first: date, last: date) -> Q:
    """The condition on training events that these local days hold them: by when they were done, else as planned."""
    planned = Q(completed=None, local_date__gte=first, local_date__lte=last)
    return planned | Q(completed__local_date__gte=first, completed__local_date__lte=last)


class TrainingEventQuerySet(AthleteOwnedQuerySet):
    def on_days(self, first: date, last: date) -> Self:
        return self.filter(local_date__gte=first, local_date__lte=last)

    def counting(self) -> Self:
        return self.filter(type__in=["workout", "race"], duplicate_of=None)

    def with_completed(self) -> Self:
        """With the session that was done, where one was: for everybody who asks what a day really held."""
        return self.select_related("completed")

    def held_on(self, first: date, last: date) -> Self:
        """What these days really hold, with what was done: a session counts on the day on which it took place."""
        return self.filter(held_between(first, last)).with_completed()


class CompletedSessionQuerySet(AthleteOwnedQuerySet):
    def on_days(self, first: date, last: date) -> Self:
        return self.filter(local_date__gte=first, local_date__lte=last)
