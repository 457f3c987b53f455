"""Rows that belong to no domain: what happened, what was answered, what is still to do."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from .fields import IdField


class AuditEntry(models.Model):
    """One thing that somebody did. Append-only; holds ids and field names, never health values."""

    id = IdField("aud")
    at = models.DateTimeField(auto_now_add=True)
    actor_id = models.CharField(max_length=40, blank=True)
    verb = models.CharField(max_length=60)
    object_id = models.CharField(max_length=40, blank=True)
    athlete_id = models.CharField(max_length=40, blank=True)
    details = models.JSONField(default=dict, blank=True)
    request_id = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-at"]
        verbose_name_plural = "audit entries"
        indexes = [
            models.Index(fields=["athlete_id", "-at"], name="audit_athlete_at"),
            models.Index(fields=["object_id"], name="audit_object"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.object_id}"


class IdempotencyRecord(models.Model):
    """The stored answer of one creating request, for 24 hours."""

    id = IdField("idk")
    scope = models.CharField(max_length=200)
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.JSONField(null=True)
    headers = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    locked_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "key"], name="idempotency_scope_key")]
        indexes = [models.Index(fields=["created_at"], name="idempotency_created")]

    def __str__(self) -> str:
        return f"{self.scope} {self.key}"


class WorkItem(models.Model):
    """A durable piece of work. A broker message only wakes a worker; this row is the truth."""

    class State(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    id = IdField("wrk")
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=100)
    payload = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    run_after = models.DateTimeField()
    lease_until = models.DateTimeField(null=True, blank=True)
    lease_token = models.CharField(max_length=40, blank=True)
    error_code = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["run_after"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"], condition=Q(state__in=["queued", "running"]), name="work_one_open_per_key"
            )
        ]
        indexes = [models.Index(fields=["state", "run_after"], name="work_state_run_after")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key} {self.state}"
