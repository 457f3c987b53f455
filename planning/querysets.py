"""What may be asked of the planning tables; `visible_to(user)` always comes first."""

from __future__ import annotations

from typing import Any, Self

from django.db import models

from athletes.models import Athlete
from athletes.querysets import AthleteOwnedQuerySet


class CatalogueQuerySet(models.QuerySet):
    """Rows without an owner are everybody's, the others their athlete's alone."""

    def visible_to(self, user: Any) -> Self:
        """The built-in rows and what this user's own athlete has added; nothing for who is not signed in."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        own = Athlete.objects.filter(user_id=user.pk).values("pk")
        return self.filter(models.Q(owner=None) | models.Q(owner__in=own))

    def built_in(self) -> Self:
        """The rows that belong to nobody."""
        return self.filter(owner=None)


class FoodQuerySet(CatalogueQuerySet):
    pass


class RecipeQuerySet(CatalogueQuerySet):
    def plannable(self) -> Self:
        return self.filter(active=True)


class MealPlanQuerySet(AthleteOwnedQuerySet):
    def verified(self) -> Self:
        return self.filter(status="verified", current__isnull=False)
