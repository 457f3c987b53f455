"""What may be asked of the planning tables; `visible_to(user)` always comes first."""

from __future__ import annotations

from typing import Any, Self

from django.db import models

from athletes.querysets import AthleteOwnedQuerySet


class FoodQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.all() if getattr(user, "is_authenticated", False) else self.none()


class RecipeQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.all() if getattr(user, "is_authenticated", False) else self.none()

    def plannable(self) -> Self:
        return self.filter(active=True)


class MealPlanQuerySet(AthleteOwnedQuerySet):
    def verified(self) -> Self:
        return self.filter(status="verified", current__isnull=False)
