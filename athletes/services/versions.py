"""The facts that upper apps pull: counters that rise when something a plan depends on has changed."""

from __future__ import annotations

from django.db.models import F

from athletes.models import Athlete


def raise_training_version(athlete_id: str) -> None:
    """Says that the training of an athlete has changed; counts in the database, so that no rise is lost."""
    Athlete.objects.filter(pk=athlete_id).update(training_version=F("training_version") + 1)


def raise_profile_version(athlete_id: str) -> None:
    """Says that something in the profile that targets or plans follow has changed."""
    Athlete.objects.filter(pk=athlete_id).update(profile_version=F("profile_version") + 1)
