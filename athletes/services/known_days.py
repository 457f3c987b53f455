"""From which day on the training of an athlete is known: before it a day without a session is no rest, but unknown."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Min

from athletes.models import Athlete, TrainingEvent
from nutrition_site.kernel.clock import local_day


def known_since(athletes: Iterable[Athlete], *, shown_from: date) -> dict[str, date]:
    """By the id of the athlete, the local day of signing up, or that of an earlier session where one is known.

    `shown_from` is the first day that somebody asks about: who signed up before it costs no query, and is told as
    known since then.
    """
    since = {athlete.pk: local_day(athlete.created_at, athlete.zones) for athlete in athletes}
    late = [pk for pk, day in since.items() if day > shown_from]
    if late:
        events = TrainingEvent.objects.filter(athlete__in=late).values_list("athlete_id")
        for pk, planned, done in events.annotate(Min("local_date"), Min("completed__local_date")):
            since[pk] = min(day for day in (since[pk], planned, done) if day is not None)
    return since
