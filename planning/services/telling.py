"""What an athlete is told about a plan that followed, or could not. No health data: it may be sent by mail."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from athletes.models import Notice
from athletes.rules import numbers_withheld
from athletes.services.notices import settle_notices, tell_athlete
from nutrition_site.kernel.clock import today
from nutrition_site.kernel.errors import DomainError
from planning.models import MealPlan, PlanRevision

MOST_REASONS = 3
CHANGES = (
    ("added", "# new"),
    ("moved", "moved"),
    ("changed", "changed"),
    ("removed", "# not in your training any more"),
)


def tell_proposed(plan: MealPlan, proposal: PlanRevision) -> None:
    """A changed plan waits for an answer. While it waits, a newer proposal renews the notice and is not sent again."""
    settle_notices(athlete_id=plan.athlete_id, kind=Notice.Kind.PLAN_IMPOSSIBLE, key=plan.pk)
    tell_athlete(
        athlete=plan.athlete,
        kind=Notice.Kind.PLAN_PROPOSED,
        key=plan.pk,
        title=f"A changed plan for {span_words(plan)} waits for your answer",
        body=f"{_moved_words(proposal)} {_meals_words(proposal)} Nothing changes until you say so.",
        path=reverse("plan_proposal", args=[plan.pk]),
        renew=True,
    )


def tell_changed(plan: MealPlan, revision: PlanRevision) -> None:
    """A plan changed by itself, as the athlete wished. Each time is told."""
    for kind in (Notice.Kind.PLAN_CHANGED, Notice.Kind.PLAN_IMPOSSIBLE):
        settle_notices(athlete_id=plan.athlete_id, kind=kind, key=plan.pk)
    week = reverse("week", args=[max(plan.week_start, today(plan.athlete.zones)).isoformat()])
    tell_athlete(
        athlete=plan.athlete,
        kind=Notice.Kind.PLAN_CHANGED,
        key=plan.pk,
        title=f"Your plan for {span_words(plan)} changed",
        body=f"{_moved_words(revision)} {_meals_words(revision)} What is eaten, kept or bought, and today, stays.",
        path=f"{week}?changes={plan.pk}",
    )


def tell_impossible(plan: MealPlan, refusal: DomainError | None) -> None:
    """A plan cannot follow; the page that the notice leads to says what collides."""
    reasons = [str(row.get("message", "")) for row in refusal.details if row.get("message")] if refusal else []
    if refusal is not None and numbers_withheld(plan.athlete, today=today(plan.athlete.zones)):
        reasons = []
    why = " ".join(reasons[:MOST_REASONS]) or (refusal.message if refusal else "Something went wrong while planning.")
    tell_athlete(
        athlete=plan.athlete,
        kind=Notice.Kind.PLAN_IMPOSSIBLE,
        key=plan.pk,
        title=f"Your plan for {span_words(plan)} cannot follow what moved",
        body=f"{why} The plan stays as it is and is marked out of date.",
        path=reverse("week", args=[max(plan.week_start, today(plan.athlete.zones)).isoformat()]),
        renew=True,
    )


def span_words(plan: MealPlan) -> str:
    """The days of a plan, such as `16 to 22 November`."""
    first, last = plan.week_start, plan.last_day
    if first == last:
        return _day_words(first)
    start = str(first.day) if first.month == last.month else _day_words(first)
    return f"{start} to {_day_words(last)}"


def _day_words(day: date) -> str:
    return f"{day.day} {day:%B}"


def _moved_words(revision: PlanRevision) -> str:
    changes = [row["change"] for row in revision.cause.get("events", [])]
    told = [
        f"{count} session{'' if count == 1 else 's'} {words.replace('#', 'is' if count == 1 else 'are')}"
        for change, words in CHANGES
        if (count := changes.count(change))
    ]
    if told:
        return f"{'; '.join(told)}."
    if revision.cause.get("engine"):
        return "The way your needs are calculated changed."
    return "Your profile or training changed."


def _meals_words(revision: PlanRevision) -> str:
    diff = revision.diff or {}
    count = sum(len(diff.get(name, ())) for name in ("changed", "added", "removed"))
    days = {
        side["date"]
        for name in ("changed", "added", "removed")
        for row in diff.get(name, ())
        for side in (row.get("after") or row.get("before") or row,)
    }
    if not count:
        return "Only the times of some meals differ."
    words = f"{count} meal{'' if count == 1 else 's'} on {len(days)} day{'' if len(days) == 1 else 's'}"
    return f"{words} {'is' if count == 1 else 'are'} different."
