"""Meal plans, their revisions and meals."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models

from nutrition_site.kernel.fields import IdField
from planning import querysets


class MealPlan(models.Model):
    """A plan for one to fourteen days. Its content lives in revisions; one of them is current."""

    class Status(models.TextChoices):
        SOLVING = "solving"
        VERIFIED = "verified"
        INFEASIBLE = "infeasible"
        FAILED = "failed"

    id = IdField("mpl")
    athlete = models.ForeignKey("athletes.Athlete", on_delete=models.CASCADE, related_name="meal_plans")
    week_start = models.DateField()
    days = models.PositiveSmallIntegerField(default=7)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.SOLVING)
    revision = models.PositiveIntegerField(default=0)
    current = models.OneToOneField(
        "PlanRevision", on_delete=models.SET_NULL, null=True, blank=True, related_name="current_of"
    )
    request = models.JSONField(default=dict)
    progress = models.JSONField(default=dict, blank=True)
    refusal = models.JSONField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    verified_at = models.DateTimeField(null=True, blank=True)

    objects = querysets.MealPlanQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["athlete", "week_start"], name="plan_athlete_week"),
            # Plans of everybody that cover today or later, looked for each minute.
            models.Index(fields=["week_start"], name="plan_week"),
        ]

    def __str__(self) -> str:
        return f"{self.week_start} {self.status}"

    @property
    def last_day(self) -> date:
        return self.week_start + timedelta(days=self.days - 1)


class PlanRevision(models.Model):
    """An immutable state of a plan: targets, meals, certificate, and the inputs they were made from."""

    class State(models.TextChoices):
        CURRENT = "current"
        PROPOSED = "proposed"
        PAST = "past"
        DECLINED = "declined"

    id = IdField("rev")
    plan = models.ForeignKey(MealPlan, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.CURRENT)
    reason = models.CharField(max_length=40, default="created")
    # Which sessions moved, for a revision that the product made by itself.
    cause = models.JSONField(default=dict, blank=True)
    # One object per day: date, training_event, target, totals, warnings.
    days = models.JSONField(default=list)
    inputs_hash = models.CharField(max_length=80)
    engine = models.JSONField(default=dict)
    optimality = models.JSONField(default=dict)
    certificate = models.JSONField(default=dict)
    diff = models.JSONField(null=True, blank=True)
    training_version = models.PositiveIntegerField()
    profile_version = models.PositiveIntegerField()
    catalogue_version = models.CharField(max_length=80)
    training_data_as_of = models.DateTimeField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="revision_number_per_plan")]

    def __str__(self) -> str:
        return f"{self.plan_id} r{self.number}"


class PlanItem(models.Model):
    """One dish on one day. `quarters` are quarter servings; grams are exactly quarters / 4 × grams per serving."""

    class Status(models.TextChoices):
        PLANNED = "planned"
        EATEN = "eaten"
        SKIPPED = "skipped"

    id = IdField("itm")
    revision = models.ForeignKey(PlanRevision, on_delete=models.CASCADE, related_name="items")
    date = models.DateField()
    slot = models.CharField(max_length=10)
    index = models.PositiveSmallIntegerField(default=0)
    time = models.CharField(max_length=5)
    recipe = models.ForeignKey("planning.Recipe", on_delete=models.RESTRICT, related_name="plan_items")
    quarters = models.PositiveSmallIntegerField()
    nutrients = models.JSONField(default=dict)
    leftover_of = models.JSONField(null=True, blank=True)
    locked = models.BooleanField(default=False)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.PLANNED)

    class Meta:
        ordering = ["date", "time", "slot", "index"]
        constraints = [models.UniqueConstraint(fields=["revision", "date", "slot", "index"], name="item_place")]

    def __str__(self) -> str:
        return f"{self.date} {self.slot} {self.recipe_id}"
