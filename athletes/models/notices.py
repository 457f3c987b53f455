"""What the product tells an athlete by itself."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from athletes import querysets
from athletes.models.profiles import Athlete
from nutrition_site.kernel.fields import IdField


class Notice(models.Model):
    """One thing an athlete should know, shown in the product and, if wanted, sent by mail once.

    While it is open (`resolved_at` is empty), the same `kind` and `key` is not told a second time.
    """

    class Kind(models.TextChoices):
        CALENDAR_RECONNECT = "calendar_reconnect", "a calendar must be connected again"
        PLAN_PROPOSED = "plan_proposed", "a changed plan is proposed"
        PLAN_CHANGED = "plan_changed", "a plan was changed"
        PLAN_IMPOSSIBLE = "plan_impossible", "a plan cannot follow the training"

    id = IdField("ntc")
    athlete = models.ForeignKey(Athlete, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=30, choices=Kind.choices)
    # What it is about: the id of a calendar or a plan.
    key = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    path = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)

    objects = querysets.AthleteOwnedQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["athlete", "kind", "key"], condition=Q(resolved_at=None), name="notice_open_once"
            )
        ]

    def __str__(self) -> str:
        return self.title
