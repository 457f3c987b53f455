"""Who writes for an athlete at the same time waits for the other: nobody holds what the other one needs to go on."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection

from athletes.models import Athlete, User
from athletes.services.account import delete_account
from athletes.services.locking import lock_athletes
from planning.models import MealPlan
from planning.services import changed_dishes, coaching_plan
from planning.services.coaching_plan import coach_locks_meal
from planning.services.plans import with_contents
from tests.planning import shopping_kit as kit

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite locks the whole database"),
]
PATIENCE_SECONDS = 10


@pytest.fixture
def plan(athlete):
    """A plan for one lunch tomorrow."""
    dish = kit.make_dish("bowl", {kit.make_food("rice"): 300})
    return with_contents(MealPlan.objects).get(pk=kit.make_plan(athlete, [(1, "lunch", dish, 4)]).pk)


def another_waits():
    """Whether anybody waits for a row of this database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return cursor.fetchone()[0] > 0


def while_a_coach_keeps_a_meal(plan, coach, monkeypatch, deed):
    """What the coach and `deed` answer or raise, where `deed` begins as soon as the coach's deed holds the athlete, and
    the coach goes on once `deed` waits for something."""
    held = Event()

    def lock_and_look_away(athlete_ids):
        lock_athletes(athlete_ids)
        held.set()
        until = time.monotonic() + PATIENCE_SECONDS
        while not another_waits():
            assert time.monotonic() < until, "nobody waits"
            time.sleep(0.01)

    def in_thread(work):
        try:
            return work()
        except Exception as error:  # noqa: BLE001 - it is what the test looks at
            return error
        finally:
            connection.close()

    def after_it():
        assert held.wait(PATIENCE_SECONDS)
        return deed()

    item = plan.current.items.get()
    monkeypatch.setattr(coaching_plan, "lock_athletes", lock_and_look_away)
    with ThreadPoolExecutor(2) as pool:
        kept = pool.submit(
            in_thread, lambda: coach_locks_meal(coach=coach, plan=plan, item_id=item.pk, locked=True, reason="")
        )
        other = pool.submit(in_thread, after_it)
        return kept.result(), other.result()


def test_a_corrected_dish_waits_for_a_coach_and_no_longer(plan, carol, monkeypatch):
    dish = plan.current.items.get().recipe_id
    monkeypatch.setattr(changed_dishes, "_touched", lambda dishes: [(plan.pk, plan.athlete_id)])
    kept, followed = while_a_coach_keeps_a_meal(
        plan, carol, monkeypatch, lambda: changed_dishes.follow_changed_dishes([dish])
    )
    assert (getattr(kept, "locked", kept), followed) == (True, 1)
    assert Athlete.objects.get(pk=plan.athlete_id).profile_version == plan.athlete.profile_version + 1


def test_deleting_an_account_waits_for_a_coach_and_no_longer(plan, carol, monkeypatch):
    user = User.objects.get(pk=plan.athlete.user_id)
    kept, deleted = while_a_coach_keeps_a_meal(plan, carol, monkeypatch, lambda: delete_account(user=user))
    assert (getattr(kept, "locked", kept), deleted) == (True, None)
    assert not User.objects.filter(pk=user.pk).exists()


def test_a_plan_that_goes_while_a_dish_is_corrected_is_followed_by_nobody(plan, monkeypatch):
    monkeypatch.setattr(changed_dishes, "_touched", lambda dishes: [(plan.pk, plan.athlete_id), ("pln_gone", "ath_x")])
    assert changed_dishes.follow_changed_dishes(["rcp_any"]) == 1
