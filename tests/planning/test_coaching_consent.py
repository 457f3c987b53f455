"""What a coach does to a plan needs the athlete's agreement at the moment when it is written, not when it began."""

from __future__ import annotations

from datetime import timedelta

import pytest

from athletes.models import CoachLink, Notice
from athletes.services.coaches import end_coach_link
from athletes.services.locking import lock_athletes
from nutrition_site.kernel.clock import today
from nutrition_site.kernel.errors import NotFound
from nutrition_site.kernel.models import AuditEntry
from planning.models import CoachNote
from planning.services import coaching_plan, coaching_proposals
from planning.services.coaching_plan import coach_locks_meal, coach_swaps_meal
from planning.services.coaching_proposals import answer_as_coach
from planning.services.proposals import decline_proposal, open_proposal
from planning.services.swaps import find_alternatives, find_swap
from tests.planning.coaching_kit import fresh, make_waiting_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(athlete, catalogue, carol, plan_of):
    return make_waiting_plan(athlete, plan_of)


def end_coaching(coach, athlete):
    end_coach_link(by=athlete.user, link=CoachLink.objects.get(coach=coach, athlete=athlete))


def ends_before_the_lock(monkeypatch, module, coach, athlete):
    """The athlete's end of coaching is written while the coach's deed waits for the athlete's row."""

    def wait(athlete_ids):
        end_coaching(coach, athlete)
        lock_athletes(athlete_ids)

    monkeypatch.setattr(module, "lock_athletes", wait)


def told_of(coach):
    """How many notes, notices and audit rows there are of a coach's deeds."""
    deeds = AuditEntry.objects.filter(actor_id=coach.pk, verb__startswith="coach.")
    return CoachNote.objects.count(), Notice.objects.filter(kind="plan_changed").count(), deeds.count()


def test_a_swap_that_was_sought_while_coaching_ended_is_not_made(athlete, catalogue, carol, plan_of, monkeypatch):
    plan = fresh(plan_of(athlete, first=today(athlete.zones) + timedelta(days=1), count=1))
    item = plan.current.items.get(slot="lunch")
    offer = find_alternatives(plan=plan, place=(item.date, item.slot, item.index), limit=1)[0]

    def seek(**wanted):
        found = find_swap(**wanted)
        end_coaching(carol, athlete)
        return found

    monkeypatch.setattr(coaching_plan, "find_swap", seek)
    with pytest.raises(NotFound):
        coach_swaps_meal(coach=carol, plan=plan, item_id=item.pk, recipe_id=offer["recipe_id"], reason="Lighter.")
    assert (fresh(plan).revision, fresh(plan).revisions.count()) == (1, 1)
    assert told_of(carol) == (0, 0, 0)


@pytest.mark.parametrize("accept", [True, False])
def test_an_answer_that_waited_while_coaching_ended_is_not_given(plan, athlete, carol, monkeypatch, accept):
    waits = open_proposal(plan).number
    ends_before_the_lock(monkeypatch, coaching_proposals, carol, athlete)
    with pytest.raises(NotFound):
        answer_as_coach(coach=carol, plan=plan, revision=waits, accept=accept, reason="Eat for it.")
    assert (fresh(plan).revision, open_proposal(plan).number) == (1, waits)
    assert told_of(carol) == (0, 0, 0)


def test_a_meal_is_not_kept_by_a_coach_whose_coaching_just_ended(plan, athlete, carol, monkeypatch):
    item = plan.current.items.first()
    ends_before_the_lock(monkeypatch, coaching_plan, carol, athlete)
    with pytest.raises(NotFound):
        coach_locks_meal(coach=carol, plan=plan, item_id=item.pk, locked=True, reason="Needed.")
    assert not fresh(plan).current.items.filter(locked=True).exists()
    assert told_of(carol) == (0, 0, 0)


def test_an_answer_that_the_athlete_gave_first_is_not_told_as_the_coachs(plan, athlete, carol):
    waits = open_proposal(plan).number
    decline_proposal(by=athlete.user, plan=plan, revision=waits)
    answer_as_coach(coach=carol, plan=plan, revision=waits, accept=False, reason="Too much for a rest day.")
    assert told_of(carol) == (0, 0, 0)
