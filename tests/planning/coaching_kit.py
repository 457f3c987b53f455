"""A plan with a changed one that waits for an answer, for the tests of what coaches do."""

from __future__ import annotations

from datetime import timedelta

from athletes.services.versions import raise_training_version
from nutrition_site.kernel.clock import today
from planning.models import MealPlan
from planning.services.following import follow_plan
from planning.services.plans import with_contents
from tests.planning.people import make_event


def fresh(plan):
    return with_contents(MealPlan.objects).get(pk=plan.pk)


def make_waiting_plan(athlete, plan_of):
    """Two days from tomorrow on; the session of the second has moved to the first, and a changed plan waits."""
    day = today(athlete.zones) + timedelta(days=1)
    event = make_event(athlete, day + timedelta(days=1), 8 * 60, 150.0, title="Long run")
    made = plan_of(athlete, first=day, count=2)
    event.starts_at -= timedelta(days=1)
    event.local_date -= timedelta(days=1)
    event.save(update_fields=["starts_at", "local_date"])
    raise_training_version(athlete.pk)
    follow_plan(plan_id=made.pk)
    return fresh(made)
