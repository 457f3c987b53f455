"""Connections to training calendars elsewhere, and the servers they live on."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from athletes import querysets
from athletes.models.profiles import Athlete
from athletes.sentences import in_words
from nutrition_site.kernel.fields import EncryptedJSONField, IdField


class CalendarConnection(models.Model):
    """A training calendar somewhere else. Credentials are ciphertext and are never shown again."""

    class Status(models.TextChoices):
        PENDING = "pending", "not read yet"
        OK = "ok", "connected"
        ERROR = "error", "cannot be read"
        RECONNECT = "reconnect", "needs to be connected again"

    id = IdField("cal")
    athlete = models.ForeignKey(Athlete, on_delete=models.CASCADE, related_name="calendars")
    provider = models.CharField(max_length=20)
    label = models.CharField(max_length=200, blank=True)
    credentials = EncryptedJSONField(null=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PENDING)
    status_reason = models.CharField(max_length=300, blank=True)
    sync_state = models.JSONField(default=dict, blank=True)
    # Whose server is asked: everything that waits for one host waits together.
    host = models.CharField(max_length=255, blank=True)
    # The calendars behind a connection, `[{id, name}]`, and the ids of those that are read; none chosen: the main one.
    available = models.JSONField(default=list, blank=True)
    selection = models.JSONField(default=list, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    last_attempt_at = models.DateTimeField(null=True, blank=True)
    last_synced_at = models.DateTimeField(null=True, blank=True)
    next_sync_at = models.DateTimeField(null=True, blank=True)
    # Who is syncing now, and until when that may be believed: a killed worker leaves a lease that runs out.
    sync_lease = models.CharField(max_length=40, blank=True)
    sync_lease_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = querysets.AthleteOwnedQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]
        indexes = [
            models.Index(fields=["next_sync_at"], name="calendar_next_sync"),
            # Who is asked at this moment, by host: counted before every batch of polls.
            models.Index(fields=["host"], condition=~Q(sync_lease=""), name="calendar_in_flight"),
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.pk}"

    @property
    def reason(self) -> str:
        """Why it cannot be read, in the reader's language; empty when it can. It is stored in English."""
        return in_words(self.status_reason)


class CalendarHost(models.Model):
    """A server that asked for patience, or gave none: its calendars wait until `paused_until`."""

    host = models.CharField(max_length=255, primary_key=True)
    paused_until = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.host
