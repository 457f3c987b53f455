"""What coaches set, keep and write for their athletes."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from nutrition_site.kernel.fields import IdField
from planning import querysets


class CoachBound(models.Model):
    """A limit that a coach sets for every plan of an athlete on the days from `first_day` through `last_day`.

    Either `measure` with a minimum, a maximum or both, in grams a day for the whole body (milliliters for fluid), or
    `kept_out`: a food or group that is not to be served, in the words that dislikes are matched by. The athlete sees
    who set it, why and until when, and may end it; so may the coach. A bound of a coach whose link has ended is over.
    """

    class Measure(models.TextChoices):
        CARBS = "carbs_g", "carbohydrate"
        PROTEIN = "protein_g", "protein"
        FAT = "fat_g", "fat"
        FLUID = "fluid_ml", "fluid"

    id = IdField("cbd")
    athlete = models.ForeignKey("athletes.Athlete", on_delete=models.CASCADE, related_name="coach_bounds")
    coach = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="bounds_set")
    squad = models.ForeignKey("athletes.Squad", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    measure = models.CharField(max_length=10, choices=Measure.choices, blank=True)
    minimum = models.FloatField(null=True, blank=True)
    maximum = models.FloatField(null=True, blank=True)
    kept_out = models.CharField(max_length=120, blank=True)
    reason = models.CharField(max_length=300)
    first_day = models.DateField()
    last_day = models.DateField()
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = querysets.AthleteOwnedQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["athlete", "last_day"], name="bound_athlete_until")]
        constraints = [
            models.CheckConstraint(condition=Q(first_day__lte=F("last_day")), name="bound_days_in_order"),
            models.CheckConstraint(
                condition=(
                    Q(kept_out="") & ~Q(measure="") & (Q(minimum__isnull=False) | Q(maximum__isnull=False))
                    | ~Q(kept_out="") & Q(measure="", minimum__isnull=True, maximum__isnull=True)
                ),
                name="bound_of_one_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure or self.kept_out} until {self.last_day}"

    def holds_on(self, day: date) -> bool:
        """Whether it limits a plan's day; the coach's link is the caller's to ask."""
        return self.ended_at is None and self.first_day <= day <= self.last_day


class CoachNote(models.Model):
    """What a coach wrote: a note to self, a message to the athlete, or a comment on one meal.

    A comment names its meal by day, slot and place in it, as plans do, because the meals of a plan are replaced with
    each revision; `dish` is the name it was written about.
    """

    class Kind(models.TextChoices):
        NOTE = "note", "note to self"
        MESSAGE = "message", "message to the athlete"
        COMMENT = "comment", "comment on a meal"

    id = IdField("cnt")
    athlete = models.ForeignKey("athletes.Athlete", on_delete=models.CASCADE, related_name="coach_notes")
    coach = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="coach_notes")
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.NOTE)
    day = models.DateField(null=True, blank=True)
    slot = models.CharField(max_length=10, blank=True)
    index = models.PositiveSmallIntegerField(default=0)
    dish = models.CharField(max_length=200, blank=True)
    text = models.CharField(max_length=2000)
    created_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(null=True, blank=True)

    objects = querysets.AthleteOwnedQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="comment") | Q(day__isnull=False) & ~Q(slot=""), name="comment_names_its_meal"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.created_at:%Y-%m-%d}"


class CoachTemplate(models.Model):
    """Bounds that a coach sets again and again, under a name: what `CoachBound` holds, and for how many days."""

    id = IdField("ctp")
    coach = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="bound_templates")
    name = models.CharField(max_length=120)
    # [{"measure", "minimum", "maximum", "kept_out", "reason"}], all for `days` days from the first.
    bounds = models.JSONField(default=list)
    days = models.PositiveSmallIntegerField(default=14)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["coach", "name"], name="bound_template_name_per_coach")]

    def __str__(self) -> str:
        return self.name
