"""What an athlete likes, and the rules of their weeks."""

from __future__ import annotations

from django.db import models

from nutrition_site.kernel.fields import IdField
from planning import querysets


class PlanningRules(models.Model):
    """The athlete's standing rules for every plan. Weekdays are 0 (Monday) to 6.

    `weekly_max` and `weekly_min` map food tags (red_meat, fish, …) to meals per week. `prep_minutes` maps a weekday (as
    text, JSON has no other keys) to the minutes of hands-on time; the profile's limit holds on the other days.
    """

    id = IdField("rul")
    athlete = models.OneToOneField("athletes.Athlete", on_delete=models.CASCADE, related_name="planning_rules")
    weekly_max = models.JSONField(default=dict, blank=True)
    weekly_min = models.JSONField(default=dict, blank=True)
    prep_minutes = models.JSONField(default=dict, blank=True)
    batch_weekdays = models.JSONField(default=list, blank=True)
    leftovers = models.BooleanField(default=True)
    max_repeats_per_week = models.PositiveSmallIntegerField(default=2)
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"rules of {self.athlete_id}"


class DishOpinion(models.Model):
    """What an athlete thinks of a dish and its variants: a favorite, a rating from 1 to 5, or both."""

    id = IdField("opn")
    athlete = models.ForeignKey("athletes.Athlete", on_delete=models.CASCADE, related_name="dish_opinions")
    family = models.CharField(max_length=120)
    favorite = models.BooleanField(default=False)
    rating = models.PositiveSmallIntegerField(null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = querysets.AthleteOwnedQuerySet.as_manager()

    class Meta:
        ordering = ["family"]
        constraints = [
            models.UniqueConstraint(fields=["athlete", "family"], name="opinion_family_once"),
            models.CheckConstraint(
                condition=models.Q(rating__isnull=True) | models.Q(rating__range=(1, 5)), name="rating_one_to_five"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.family} {self.rating}"


class ExpenditureEstimate(models.Model):
    """How far an athlete's expenditure lies from the formula, as estimated on one day; kcal per day.

    `published` is False while the estimate is too uncertain to move a target.
    """

    id = IdField("exp")
    athlete = models.ForeignKey("athletes.Athlete", on_delete=models.CASCADE, related_name="expenditure_estimates")
    as_of = models.DateField()
    offset_kcal = models.FloatField()
    sd_kcal = models.FloatField()
    windows = models.PositiveSmallIntegerField()
    published = models.BooleanField(default=False)
    # The part of the offset that targets follow; it moves by a bounded amount each week.
    applied_kcal = models.FloatField(default=0.0)
    flags = models.JSONField(default=list)
    engine_version = models.CharField(max_length=80)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = querysets.AthleteOwnedQuerySet.as_manager()

    class Meta:
        ordering = ["-as_of"]
        constraints = [models.UniqueConstraint(fields=["athlete", "as_of"], name="estimate_day_once")]

    def __str__(self) -> str:
        return f"{self.as_of} {self.offset_kcal:+.0f}"
