"""Conversations with the advisor, and the changes it may only propose."""

from __future__ import annotations

from django.db import models

from athletes.querysets import AthleteOwnedQuerySet
from nutrition_site.kernel.fields import IdField


class Conversation(models.Model):
    """A conversation; it belongs to the athlete."""

    id = IdField("cnv")
    athlete = models.ForeignKey("athletes.Athlete", on_delete=models.CASCADE, related_name="conversations")
    title = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = AthleteOwnedQuerySet.as_manager()

    class Meta:
        ordering = ["-updated_at", "-id"]

    def __str__(self) -> str:
        return self.pk


class Message(models.Model):
    """One turn. `citations` tie every number of a reply to the tool result it came from."""

    class Role(models.TextChoices):
        ATHLETE = "athlete"
        ADVISOR = "advisor"

    id = IdField("msg")
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="messages")
    role = models.CharField(max_length=8, choices=Role.choices)
    text = models.TextField()
    citations = models.JSONField(default=list)
    safety = models.JSONField(null=True, blank=True)
    backend = models.CharField(max_length=20, blank=True)
    usage = models.JSONField(default=dict)
    context = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return f"{self.role} {self.pk}"


class ProposedAction(models.Model):
    """A change that the advisor proposed and only the athlete can confirm; applied once."""

    class Status(models.TextChoices):
        OPEN = "open"
        APPLYING = "applying"
        APPLIED = "applied"
        DECLINED = "declined"
        EXPIRED = "expired"

    id = IdField("act")
    athlete = models.ForeignKey("athletes.Athlete", on_delete=models.CASCADE, related_name="proposed_actions")
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="proposed_actions")
    kind = models.CharField(max_length=40)
    arguments = models.JSONField(default=dict)
    sentence = models.CharField(max_length=500)
    diff = models.JSONField(default=dict)
    base_version = models.CharField(max_length=120, blank=True)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.OPEN)
    result = models.JSONField(null=True, blank=True)
    expires_at = models.DateTimeField()
    # Until when the request that is applying it holds it; a dead one lets go by itself.
    applying_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AthleteOwnedQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.status}"
