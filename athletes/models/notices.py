"""What the product tells people by itself, what of it they want by mail, and what became of each mail."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from athletes import querysets
from athletes.models.profiles import Athlete
from nutrition_site.kernel.fields import IdField


class Notice(models.Model):
    """One thing an athlete should know, shown in the product and, if wanted, sent by mail once.

    While it is open (`resolved_at` is empty), the same `kind` and `key` is not told a second time.
    """

    class Kind(models.TextChoices):
        CALENDAR_RECONNECT = "calendar_reconnect", "a calendar must be connected again"
        PLAN_PROPOSED = "plan_proposed", "a changed plan is proposed"
        PLAN_CHANGED = "plan_changed", "a plan was changed"
        PLAN_IMPOSSIBLE = "plan_impossible", "a plan cannot follow the training"

    id = IdField("ntc")
    athlete = models.ForeignKey(Athlete, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=30, choices=Kind.choices)
    # What it is about: the id of a calendar or a plan.
    key = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    path = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)

    objects = querysets.AthleteOwnedQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["athlete", "kind", "key"], condition=Q(resolved_at=None), name="notice_open_once"
            )
        ]

    def __str__(self) -> str:
        return self.title


class NotificationSetting(models.Model):
    """What an account wants by mail besides notices (`Athlete.notify_by_mail`), and when nothing is sent.

    Quiet hours are on the athlete's clock (UTC for an account without a profile), over midnight when `quiet_from` is
    the later of the two; None for both means that there are none.
    """

    id = IdField("nst")
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notification_setting")
    digest = models.BooleanField(default=False)
    # 0 (Monday) to 6.
    digest_weekday = models.PositiveSmallIntegerField(default=6)
    # The evening before a long or hard session, or a race: what to eat before it.
    reminders = models.BooleanField(default=False)
    quiet_from = models.TimeField(null=True, blank=True)
    quiet_until = models.TimeField(null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(digest_weekday__lte=6), name="digest_weekday_of_seven"),
            models.CheckConstraint(
                condition=Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="quiet_hours_have_two_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"notifications of {self.user_id}"


class MailDelivery(models.Model):
    """One mail to one account about one thing, sent once: the row is written before the mail is handed over.

    `kind` and `key` say what it is (a digest and its week, a notice and its id), never what it says. `reply_code` is
    the last answer of the mail server, None before there was one.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "waiting"
        SENT = "sent", "sent"
        REFUSED = "refused", "refused by the mail server"
        DROPPED = "dropped", "no longer wanted or needed"

    id = IdField("mld")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_deliveries")
    kind = models.CharField(max_length=30)
    key = models.CharField(max_length=60)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    reply_code = models.PositiveSmallIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["user", "kind", "key"], name="mail_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"
