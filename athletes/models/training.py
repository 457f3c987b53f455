"""What an athlete will do: training events, and what has been said about their titles."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from athletes import querysets
from athletes.models.calendars import CalendarConnection
from athletes.models.profiles import Athlete
from athletes.words import given_name
from nutrition_site.kernel.fields import IdField

if TYPE_CHECKING:
    from athletes.models.sessions import CompletedSession


class TrainingEvent(models.Model):
    """One planned training event or race, from a calendar or entered by hand."""

    class Type(models.TextChoices):
        WORKOUT = "workout"
        RACE = "race"
        REST = "rest"
        UNCLASSIFIED = "unclassified"
        NOT_TRAINING = "not_training"

    class Intensity(models.TextChoices):
        EASY = "easy"
        MODERATE = "moderate"
        HARD = "hard"
        RACE = "race"

    id = IdField("evt")
    athlete = models.ForeignKey(Athlete, on_delete=models.CASCADE, related_name="training_events")
    calendar = models.ForeignKey(
        CalendarConnection, on_delete=models.CASCADE, null=True, blank=True, related_name="training_events"
    )
    # UID and occurrence at the source; empty for manual events.
    external_id = models.CharField(max_length=600, blank=True)
    source = models.CharField(max_length=20, default="manual")
    type = models.CharField(max_length=12, choices=Type.choices, default=Type.UNCLASSIFIED)
    sport = models.CharField(max_length=80, blank=True)
    title = models.CharField(max_length=500)
    description = models.TextField(blank=True)
    starts_at = models.DateTimeField()
    local_date = models.DateField()
    all_day = models.BooleanField(default=False)
    # Given without a zone: it is at this hour wherever the athlete is then.
    floating = models.BooleanField(default=False)
    duration_minutes = models.FloatField(null=True, blank=True)
    distance_km = models.FloatField(null=True, blank=True)
    intensity = models.CharField(max_length=8, choices=Intensity.choices, null=True, blank=True)
    avg_power_w = models.FloatField(null=True, blank=True)
    avg_hr = models.FloatField(null=True, blank=True)
    rpe = models.FloatField(null=True, blank=True)
    tss = models.FloatField(null=True, blank=True)
    intensity_factor = models.FloatField(null=True, blank=True)
    # Names of the fields that were read from the title or assumed, not stated by the source.
    estimated = models.JSONField(default=list, blank=True)
    # Names of the fields that the athlete has corrected for titles like this one.
    corrected = models.JSONField(default=list, blank=True)
    # The same session seen through another calendar; only the other one counts.
    duplicate_of = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="duplicates"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = querysets.TrainingEventQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["calendar", "external_id"], condition=Q(calendar__isnull=False), name="event_once_per_calendar"
            )
        ]
        indexes = [models.Index(fields=["athlete", "local_date"], name="event_athlete_day")]

    def __str__(self) -> str:
        return f"{self.local_date} {self.title}"

    @property
    def name(self) -> str:
        """What pages call it: its title, or, where none was given, what stands for one in the reader's language."""
        is_typed = self.calendar_id is None and self.external_id == "" and self.source == "manual"
        return self.title if is_typed else given_name(self.title, self.sport)

    @property
    def counts(self) -> bool:
        """Only workouts and races carry load, and only once."""
        return self.type in (self.Type.WORKOUT, self.Type.RACE) and self.duplicate_of_id is None

    @property
    def session(self) -> CompletedSession | None:
        """The session that was done, None where none is known; read the rows `with_completed` before asking many."""
        return getattr(self, "completed", None)

    @property
    def held_on(self) -> date:
        """The local day on which it counts: when it was done, else when it is planned."""
        return self.local_date if self.session is None else self.session.local_date


class TitleCorrection(models.Model):
    """What an athlete has said about titles like this one; None leaves a field to the title's own words."""

    id = IdField("tcr")
    athlete = models.ForeignKey(Athlete, on_delete=models.CASCADE, related_name="title_corrections")
    # The title without what differs from week to week: numbers, dates, case and punctuation.
    key = models.CharField(max_length=300)
    title = models.CharField(max_length=500)
    type = models.CharField(max_length=12, choices=TrainingEvent.Type.choices, null=True, blank=True)
    sport = models.CharField(max_length=80, null=True, blank=True)
    intensity = models.CharField(max_length=8, choices=TrainingEvent.Intensity.choices, null=True, blank=True)
    duration_minutes = models.FloatField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = querysets.AthleteOwnedQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        constraints = [models.UniqueConstraint(fields=["athlete", "key"], name="title_correction_once")]

    def __str__(self) -> str:
        return self.title
