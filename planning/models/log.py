"""What was eaten besides or instead of the plan."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from nutrition_site.kernel.fields import IdField
from planning import querysets


class LogEntry(models.Model):
    """One thing that an athlete ate, with its amount and nutrients as they were when it was logged.

    At most one of `food` and `recipe` is named; with neither, `name` holds the athlete's own words. `grams` and the
    values of `nutrients` (the whole portion: energy_kcal, protein_g, carbs_g, …) are None or absent where unknown:
    a day with such an entry has eaten at least what its totals say.
    """

    class Source(models.TextChoices):
        SEARCH = "search", "found by search"
        AGAIN = "again", "logged before"
        BARCODE = "barcode", "by its barcode"
        WORDS = "words", "own words"
        API = "api", "another app"

    id = IdField("log")
    athlete = models.ForeignKey("athletes.Athlete", on_delete=models.CASCADE, related_name="log_entries")
    day = models.DateField()
    slot = models.CharField(max_length=10, blank=True)
    # HH:MM on the athlete's clock, empty when nobody said.
    time = models.CharField(max_length=5, blank=True)
    food = models.ForeignKey("planning.Food", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    recipe = models.ForeignKey("planning.Recipe", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=250)
    # What was entered, in its own words: "2 slices", "1.5 servings".
    amount = models.CharField(max_length=60, blank=True)
    grams = models.FloatField(null=True, blank=True)
    nutrients = models.JSONField(default=dict)
    source = models.CharField(max_length=8, choices=Source.choices)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = querysets.AthleteOwnedQuerySet.as_manager()

    class Meta:
        ordering = ["day", "time", "created_at", "id"]
        indexes = [models.Index(fields=["athlete", "day"], name="log_athlete_day")]
        constraints = [
            models.CheckConstraint(condition=Q(food__isnull=True) | Q(recipe__isnull=True), name="log_of_one_thing")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"
