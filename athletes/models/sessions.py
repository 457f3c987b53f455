"""What an athlete has done: completed sessions, each with every record of it that reached us."""

from __future__ import annotations

from django.db import models

from athletes import querysets
from athletes.models.calendars import CalendarConnection
from athletes.models.profiles import Athlete
from athletes.models.training import TrainingEvent
from nutrition_site.kernel.fields import IdField


class SessionValues(models.Model):
    """What a device or a service says about one session. Unknown is None."""

    sport = models.CharField(max_length=80, blank=True)
    title = models.CharField(max_length=500, blank=True)
    starts_at = models.DateTimeField()
    # Time in motion; `elapsed_minutes` counts the pauses too.
    duration_minutes = models.FloatField()
    elapsed_minutes = models.FloatField(null=True, blank=True)
    distance_km = models.FloatField(null=True, blank=True)
    ascent_m = models.FloatField(null=True, blank=True)
    avg_power_w = models.FloatField(null=True, blank=True)
    normalized_power_w = models.FloatField(null=True, blank=True)
    avg_hr = models.FloatField(null=True, blank=True)
    max_hr = models.FloatField(null=True, blank=True)
    work_kj = models.FloatField(null=True, blank=True)
    device_kcal = models.FloatField(null=True, blank=True)
    tss = models.FloatField(null=True, blank=True)
    intensity_factor = models.FloatField(null=True, blank=True)
    rpe = models.FloatField(null=True, blank=True)

    class Meta:
        abstract = True


class CompletedSession(SessionValues):
    """One session that took place, with the best value of each field among its records.

    It always has a training event: the planned one it fulfills, or one of its own.
    """

    id = IdField("ses")
    athlete = models.ForeignKey(Athlete, on_delete=models.CASCADE, related_name="completed_sessions")
    event = models.OneToOneField(TrainingEvent, on_delete=models.CASCADE, related_name="completed")
    local_date = models.DateField()
    # Which record each value comes from: field name to record id.
    chosen = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = querysets.CompletedSessionQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "id"]
        indexes = [models.Index(fields=["athlete", "local_date"], name="session_athlete_day")]

    def __str__(self) -> str:
        return f"{self.local_date} {self.title}"


class SessionRecord(SessionValues):
    """What one source says about a session: an uploaded file, or an activity of a connected service. Never merged."""

    id = IdField("srd")
    athlete = models.ForeignKey(Athlete, on_delete=models.CASCADE, related_name="session_records")
    session = models.ForeignKey(CompletedSession, on_delete=models.CASCADE, related_name="records")
    calendar = models.ForeignKey(
        CalendarConnection, on_delete=models.SET_NULL, null=True, blank=True, related_name="session_records"
    )
    # fit, tcx, gpx, manual, or the provider's name.
    source = models.CharField(max_length=20)
    # The activity's id at its source; for a file the SHA-256 of its content, so that the same file counts once.
    external_id = models.CharField(max_length=600)
    # The `external_id` of the planned event that the source says this fulfills.
    planned_id = models.CharField(max_length=600, blank=True)
    device = models.CharField(max_length=120, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = querysets.AthleteOwnedQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [models.UniqueConstraint(fields=["athlete", "source", "external_id"], name="session_record_once")]

    def __str__(self) -> str:
        return f"{self.source} {self.starts_at:%Y-%m-%d %H:%M}"


class DismissedRecord(models.Model):
    """A record of a connected service that the athlete has deleted here: the service may say it again, we do not."""

    id = IdField("dsr")
    athlete = models.ForeignKey(Athlete, on_delete=models.CASCADE, related_name="dismissed_records")
    source = models.CharField(max_length=20)
    external_id = models.CharField(max_length=600)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = querysets.AthleteOwnedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["athlete", "source", "external_id"], name="dismissed_record_once")
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.external_id}"
