"""The rows that progress is told from: training, the dishes before swaps, and estimates of expenditure."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from athletes.models import Athlete, TrainingEvent
from planning.models import ExpenditureEstimate, PlanRevision
from planning.services.plans import MAX_DAYS

# Plan, ISO day, slot and index of a planned meal.
Place = tuple[str, str, str, int]


def all_estimates(athlete: Athlete) -> list[ExpenditureEstimate]:
    """Every estimate of an athlete's expenditure, also those that are not followed, the newest first."""
    return list(ExpenditureEstimate.objects.filter(athlete=athlete).order_by("-as_of"))


def read_events(athlete: Athlete, first: date, last: date) -> dict[date, list[TrainingEvent]]:
    """What these days hold, with what was done, by day."""
    by_day: dict[date, list[TrainingEvent]] = defaultdict(list)
    rows = (
        TrainingEvent.objects.filter(athlete=athlete)
        .held_on(first, last)
        .select_related("race_plan")
        .defer("description")
    )
    for event in rows.order_by("starts_at", "id"):
        by_day[event.held_on].append(event)
    return by_day


def trained_from(athlete: Athlete) -> date | None:
    """The first day that any training is known of; None where none is."""
    rows = TrainingEvent.objects.filter(athlete=athlete).counting()
    return rows.order_by("local_date").values_list("local_date", flat=True).first()


def swapped_places(athlete: Athlete, first: date, last: date) -> dict[Place, str]:
    """The dish that was planned at each place before the athlete first put another one there."""
    rows = PlanRevision.objects.filter(
        plan__athlete=athlete,
        plan__week_start__gte=first - timedelta(days=MAX_DAYS),
        plan__week_start__lte=last,
        reason="swapped",
    )
    found: dict[Place, str] = {}
    for plan_id, changed in rows.order_by("plan_id", "number").values_list("plan_id", "diff__changed"):
        for change in changed or ():
            before = change["before"]
            if before["recipe_id"] != change["after"]["recipe_id"]:
                found.setdefault((plan_id, before["date"], before["slot"], before["index"]), before["recipe_id"])
    return found
