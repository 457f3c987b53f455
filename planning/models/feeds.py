"""What an athlete's own calendar may show: one private feed each, and what it has said so far."""

from __future__ import annotations

from django.db import models

from nutrition_site.kernel.fields import EncryptedJSONField, IdField
from planning import querysets


class OutgoingFeed(models.Model):
    """A secret address under which an athlete's calendar reads meals and fueling, until it is revoked.

    The token is stored encrypted, for showing it again, and as a hash, for finding it.
    """

    id = IdField("fed")
    athlete = models.OneToOneField("athletes.Athlete", on_delete=models.CASCADE, related_name="outgoing_feed")
    token_hash = models.CharField(max_length=64, unique=True)
    token = EncryptedJSONField()
    meals = models.BooleanField(default=True)
    fueling = models.BooleanField(default=True)
    shopping = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = querysets.AthleteOwnedQuerySet.as_manager()

    def __str__(self) -> str:
        return self.pk


class FeedEntry(models.Model):
    """One event of a feed as it was last told: a changed digest raises `sequence`, so that calendars notice."""

    id = IdField("fee")
    feed = models.ForeignKey(OutgoingFeed, on_delete=models.CASCADE, related_name="entries")
    uid = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)
    sequence = models.PositiveIntegerField(default=0)
    day = models.DateField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["feed", "uid"], name="feed_entry_once")]

    def __str__(self) -> str:
        return f"{self.uid} {self.sequence}"
