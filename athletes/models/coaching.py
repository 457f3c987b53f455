"""Coaches, whom they may see, and their squads."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from athletes.models.accounts import User
from athletes.models.profiles import Athlete
from nutrition_site.kernel.fields import IdField


class CoachLink(models.Model):
    """A coach may see an athlete from the moment the athlete consents until either ends it."""

    class Status(models.TextChoices):
        INVITED = "invited"
        ACTIVE = "active"
        ENDED = "ended"

    id = IdField("lnk")
    coach = models.ForeignKey(User, on_delete=models.CASCADE, related_name="coach_links")
    athlete = models.ForeignKey(Athlete, on_delete=models.CASCADE, related_name="coach_links")
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.INVITED)
    invited_at = models.DateTimeField(auto_now_add=True)
    consented_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    squad = models.ForeignKey("Squad", on_delete=models.SET_NULL, null=True, blank=True, related_name="links")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["coach", "athlete"], condition=~Q(status="ended"), name="coach_link_one_open_per_pair"
            )
        ]

    def __str__(self) -> str:
        return f"{self.coach_id} → {self.athlete_id} ({self.status})"


class Squad(models.Model):
    """A coach's group of athletes."""

    id = IdField("sqd")
    coach = models.ForeignKey(User, on_delete=models.CASCADE, related_name="squads")
    name = models.CharField(max_length=120)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["coach", "name"], name="squad_name_per_coach")]

    def __str__(self) -> str:
        return self.name
