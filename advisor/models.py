"""Conversations with the advisor, the changes it may only propose, and what the athlete allows with both."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from athletes.querysets import AthleteOwnedQuerySet
from nutrition_site.kernel.fields import IdField


class Conversation(models.Model):
    """A conversation; it belongs to the athlete."""

    id = IdField("cnv")
    athlete = models.ForeignKey("athletes.Athlete", on_delete=models.CASCADE, related_name="conversations")
    title = models.CharField(max_length=200, blank=True)
    # A long history in short: `{text, through}`, `through` being the last message it covers.
    summary = models.JSONField(default=dict, blank=True)
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
    language = models.CharField(max_length=5, default="en")
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


class AdvisorConsent(models.Model):
    """What an athlete allows the advisor to do with conversations; each moment is when it was allowed, None is no."""

    athlete = models.OneToOneField(
        "athletes.Athlete", on_delete=models.CASCADE, primary_key=True, related_name="advisor_consent"
    )
    # Questions and the facts they need may go to an outside model.
    outside_model_at = models.DateTimeField(null=True, blank=True)
    # Coaches who may see the athlete may also read the conversations.
    coach_at = models.DateTimeField(null=True, blank=True)
    # Staff may read an answer that was reported as wrong, or a message that raised a red flag.
    review_at = models.DateTimeField(null=True, blank=True)
    # Conversations unused for so many days are deleted; None keeps them.
    retention_days = models.PositiveSmallIntegerField(null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return str(self.athlete_id)


class Feedback(models.Model):
    """What the athlete says about one answer; the last word counts."""

    class Verdict(models.TextChoices):
        UP = "up"
        DOWN = "down"
        WRONG = "wrong"

    message = models.OneToOneField(Message, on_delete=models.CASCADE, primary_key=True, related_name="feedback")
    verdict = models.CharField(max_length=5, choices=Verdict.choices)
    note = models.CharField(max_length=1000, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.verdict} {self.message_id}"


class Review(models.Model):
    """A message that a person should look at: reported as wrong, or raised a red flag. One for each cause."""

    class Cause(models.TextChoices):
        WRONG = "wrong", "reported as wrong"
        SAFETY = "safety", "raised a red flag"

    class State(models.TextChoices):
        OPEN = "open"
        CLOSED = "closed"

    id = IdField("rvw")
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="reviews")
    cause = models.CharField(max_length=6, choices=Cause.choices)
    flag = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=6, choices=State.choices, default=State.OPEN)
    outcome = models.CharField(max_length=1000, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [models.UniqueConstraint(fields=["message", "cause"], name="review_once_per_cause")]

    def __str__(self) -> str:
        return f"{self.cause} {self.pk}"


class ModelSpend(models.Model):
    """What the outside model has cost in a month: a row for each account, and one without an account for all."""

    id = IdField("mdl")
    month = models.DateField()
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True)
    cost_microusd = models.PositiveBigIntegerField(default=0)
    input_tokens = models.PositiveBigIntegerField(default=0)
    output_tokens = models.PositiveBigIntegerField(default=0)
    answers = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["month", "account"], name="model_spend_account_month"),
            models.UniqueConstraint(fields=["month"], condition=Q(account__isnull=True), name="model_spend_month"),
        ]

    def __str__(self) -> str:
        return f"{self.month} {self.cost_microusd}"
