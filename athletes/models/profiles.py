"""Athlete profiles and body measurements."""

from __future__ import annotations

from datetime import date

from django.db import models

from athletes import querysets
from athletes.models.accounts import User
from nutrition_site.kernel.fields import IdField
from nutrition_site.kernel.itinerary import Journey, write_itinerary


class Athlete(models.Model):
    """The one athlete profile of an account. Unknown is None; nothing here is ever filled with an assumption."""

    class Sex(models.TextChoices):
        MALE = "M", "male"
        FEMALE = "F", "female"

    class ReplanPolicy(models.TextChoices):
        ASK = "ask", "ask me"
        AUTOMATIC = "automatic", "change it from tomorrow on"

    class Units(models.TextChoices):
        METRIC = "metric"
        US = "us"

    id = IdField("ath")
    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="athlete")
    name = models.CharField(max_length=200)
    sport = models.CharField(max_length=80)
    birth_date = models.DateField(null=True, blank=True)
    sex = models.CharField(max_length=1, choices=Sex.choices, null=True, blank=True)
    height_cm = models.FloatField(null=True, blank=True)
    weight_kg = models.FloatField(null=True, blank=True)
    body_fat_pct = models.FloatField(null=True, blank=True)
    ffm_kg = models.FloatField(null=True, blank=True)
    measured_rmr_kcal = models.FloatField(null=True, blank=True)
    vo2max = models.FloatField(null=True, blank=True)
    pal_nonexercise = models.FloatField(null=True, blank=True)
    timezone = models.CharField(max_length=64, default="UTC")
    # Days away: [{"first_day", "last_day", "timezone"}], ISO dates of whole local days there, in order, none shared.
    travel = models.JSONField(default=list, blank=True)
    units = models.CharField(max_length=6, choices=Units.choices, default=Units.METRIC)
    dietary_preferences = models.JSONField(default=list, blank=True)
    allergies = models.JSONField(default=list, blank=True)
    dislikes = models.JSONField(default=list, blank=True)
    cuisines = models.JSONField(default=list, blank=True)
    goals = models.JSONField(default=list, blank=True)
    rate_pct_per_week = models.FloatField(null=True, blank=True)
    surplus_kcal = models.FloatField(null=True, blank=True)
    max_prep_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    weekly_budget_minor = models.PositiveIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    macro_overrides = models.JSONField(default=dict, blank=True)
    pregnant = models.BooleanField(null=True, blank=True)
    lactating = models.BooleanField(null=True, blank=True)
    ed_flag = models.BooleanField(default=False)
    # Through this day the athlete is planned and shown as with `ed_flag`: something they wrote asks for care.
    care_until = models.DateField(null=True, blank=True)
    replan_policy = models.CharField(max_length=10, choices=ReplanPolicy.choices, default=ReplanPolicy.ASK)
    notify_by_mail = models.BooleanField(default=True)
    # Facts that upper apps pull: raised with every change of the training, or of anything else that targets follow.
    training_version = models.PositiveIntegerField(default=1)
    profile_version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = querysets.AthleteQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @property
    def zones(self) -> str:
        """The zone at home and those of journeys, in one text as `kernel.itinerary` writes it."""
        return write_itinerary(self.timezone, self.journeys)

    @property
    def journeys(self) -> list[Journey]:
        return [
            Journey(date.fromisoformat(row["first_day"]), date.fromisoformat(row["last_day"]), row["timezone"])
            for row in self.travel
        ]

    def needs_care_on(self, day: date) -> bool:
        """Whether no deficit may be planned and no energy shown on a day, because of a sign of an eating problem."""
        return self.ed_flag or (self.care_until is not None and day <= self.care_until)

    def age_on(self, day: date) -> int | None:
        """Completed years on a day, None when the birth date is unknown."""
        if self.birth_date is None:
            return None
        before_birthday = (day.month, day.day) < (self.birth_date.month, self.birth_date.day)
        return day.year - self.birth_date.year - before_birthday


class BodyMeasurement(models.Model):
    """One weigh-in or body-composition measurement."""

    id = IdField("bms")
    athlete = models.ForeignKey(Athlete, on_delete=models.CASCADE, related_name="measurements")
    measured_on = models.DateField()
    weight_kg = models.FloatField(null=True, blank=True)
    body_fat_pct = models.FloatField(null=True, blank=True)
    ffm_kg = models.FloatField(null=True, blank=True)
    method = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = querysets.AthleteOwnedQuerySet.as_manager()

    class Meta:
        ordering = ["-measured_on"]
        constraints = [models.UniqueConstraint(fields=["athlete", "measured_on"], name="measurement_one_a_day")]

    def __str__(self) -> str:
        return f"{self.athlete_id} {self.measured_on}"
