"""Plans that follow, tried hard: what happens between a proposal and its answer, and beside it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from athletes.models import Athlete, Notice
from athletes.services.profile import update_athlete
from nutrition_site.kernel.clock import today
from nutrition_site.kernel.models import WorkItem
from planning.models import PlanItem
from planning.services import following, moves, plans, proposals, standing
from planning.services.following import OUTDATED, accept_proposal, follow_plan
from planning.services.moved_plans import find_moved_plans
from planning.services.proposals import NEWER_WAITS, ProposalOutdated, decline_proposal, open_proposal
from planning.services.standing import unsafe_items
from planning.services.stored import place_of
from tests.planning.test_following import (
    at_six_in_the_morning,
    day_of,
    dishes,
    fresh,
    is_stale,
    mark,
    move,
    policy,
    train,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def athlete(athlete, catalogue):
    return athlete


@pytest.fixture
def plan(athlete, plan_of):
    """A plan of six days from tomorrow on, around two sessions."""
    athlete.long_run, athlete.tempo = train(athlete)
    return plan_of(athlete, first=day_of(athlete, 1), count=6)


@pytest.fixture
def moved(athlete, plan):
    """The same after the long run moved a day on."""
    move(athlete.long_run, 1)
    return plan


@pytest.fixture
def days_pass(monkeypatch):
    """`days_pass(number)`: what planning takes for today lies that many days ahead."""

    def pass_by(number):
        for module in (standing, proposals, following, moves):
            monkeypatch.setattr(module, "today", lambda zone_name: today(zone_name) + timedelta(days=number))

    return pass_by


def get_an_allergy(plan, day):
    """The athlete can no longer eat a meal of that day; returns the allergen."""
    for allergen in ("gluten", "milk", "eggs", "soy", "fish", "tree_nuts"):
        athlete = Athlete.objects.get(pk=plan.athlete_id)
        athlete.allergies = [allergen]
        if any(row["date"] == day.isoformat() for row in unsafe_items(athlete, fresh(plan))):
            athlete.refresh_from_db()
            update_athlete(by=athlete.user, athlete=athlete, values={"allergies": [allergen]})
            return allergen
    raise AssertionError("no meal of this day holds an allergen")


def places_that_are_unsafe(plan):
    return {row["date"] for row in unsafe_items(Athlete.objects.get(pk=plan.athlete_id), fresh(plan))}


def refusal(athlete, plan, number=None):
    with pytest.raises(ProposalOutdated) as refused:
        accept_proposal(by=athlete.user, plan=plan, revision=number)
    return refused.value


# --- what the refusal says ---


def test_a_refused_answer_says_that_another_change_waits_only_where_one_does(athlete, moved):
    follow_plan(plan_id=moved.pk)
    move(athlete.long_run, 1)
    told = refusal(athlete, moved, 2)
    assert (told.message, told.extra["proposal"]["revision"]) == (OUTDATED["proposed"], 3)


def test_a_refused_answer_says_that_the_plan_fits_once_the_session_moved_back(athlete, moved):
    follow_plan(plan_id=moved.pk)
    move(athlete.long_run, -1)
    told = refusal(athlete, moved, 2)
    assert (told.message, told.extra["proposal"]) == (OUTDATED["fits"], None)


def test_a_refused_answer_says_that_the_plan_has_followed_where_that_is_wished(athlete, moved):
    follow_plan(plan_id=moved.pk)
    policy(athlete, "automatic")
    move(athlete.long_run, 1)
    told = refusal(athlete, moved, 2)
    assert (told.message, told.extra["proposal"]) == (OUTDATED["changed"], None)


def test_an_answer_to_another_number_says_that_a_newer_change_waits(athlete, moved):
    follow_plan(plan_id=moved.pk)
    assert refusal(athlete, moved, 9).message == NEWER_WAITS


# --- while another is made ---


def test_two_who_follow_at_once_leave_one_proposal_that_can_be_accepted(athlete, moved, monkeypatch):
    solve, inner = following.first_that_works, []

    def somebody_else_is_faster(*args, **kwargs):
        found = solve(*args, **kwargs)
        if not inner:
            inner.append("began")
            inner.append(follow_plan(plan_id=moved.pk))
        return found

    monkeypatch.setattr(following, "first_that_works", somebody_else_is_faster)
    assert (follow_plan(plan_id=moved.pk), inner[1]) == ("proposed", "proposed")
    assert moved.revisions.count() == 2
    assert accept_proposal(by=athlete.user, plan=moved, revision=2).state == "current"


# --- days that went by ---


def test_a_proposal_whose_days_are_all_over_is_not_taken(athlete, moved, days_pass):
    follow_plan(plan_id=moved.pk)
    days_pass(9)
    told = refusal(athlete, moved, 2)
    assert (told.message, fresh(moved).revision, open_proposal(moved)) == (OUTDATED["over"], 1, None)


def test_a_proposal_that_changes_a_day_that_went_by_is_made_anew_without_it(athlete, moved, days_pass):
    follow_plan(plan_id=moved.pk)
    third = day_of(athlete, 2)
    assert dishes(open_proposal(moved), on=third) != dishes(fresh(moved).current, on=third)
    days_pass(3)
    refusal(athlete, moved, 2)
    again = open_proposal(moved)
    assert dishes(again, on=third) == dishes(fresh(moved).current, on=third)
    assert accept_proposal(by=athlete.user, plan=moved, revision=again.number).state == "current"


def test_a_day_that_went_by_keeps_the_numbers_it_was_planned_for(athlete, moved, days_pass):
    follow_plan(plan_id=moved.pk)
    third = day_of(athlete, 2)
    proposal = open_proposal(moved)
    proposal.items.filter(date=third).delete()
    for item in fresh(moved).current.items.filter(date=third):
        item.pk, item.revision = None, proposal
        item.save(force_insert=True)
    days_pass(3)
    assert proposals.undone_places(fresh(moved), open_proposal(moved)) == set()
    refusal(athlete, moved, 2)
    stored = next(day for day in open_proposal(moved).days if day["date"] == third.isoformat())
    assert (
        stored["target"] == next(day for day in fresh(moved).current.days if day["date"] == third.isoformat())["target"]
    )


def test_a_meal_that_a_proposal_would_add_to_the_past_makes_it_outdated(athlete, moved, days_pass):
    follow_plan(plan_id=moved.pk)
    first = PlanItem.objects.filter(revision=open_proposal(moved), date=moved.week_start).first()
    first.pk, first.slot, first.index = None, "snack", 9
    first.save(force_insert=True)
    days_pass(2)
    outdated = proposals.undone_places(fresh(moved), open_proposal(moved))
    assert (moved.week_start.isoformat(), "snack", 9, "new") in outdated


# --- marks ---


def test_a_meal_that_was_let_go_and_is_eaten_since_is_not_undone(athlete, moved):
    follow_plan(plan_id=moved.pk)
    proposal = open_proposal(moved)
    before = proposal.diff["changed"][0]["before"]
    place = (before["date"], before["slot"], before["index"])
    proposal.cause = {**proposal.cause, "let_go": [[*place, "planned"]]}
    proposal.save(update_fields=["cause"])
    item = next(item for item in fresh(moved).current.items.all() if place_of(item) == place)
    mark(moved, item.date, item.slot, status="eaten")
    refusal(athlete, moved, 2)
    kept = next(item for item in open_proposal(moved).items.all() if place_of(item) == place)
    assert (kept.recipe_id, kept.status) == (before["recipe_id"], "eaten")


# --- what may not be eaten ---


def test_a_proposal_is_outdated_once_the_athlete_may_not_eat_it(athlete, moved):
    follow_plan(plan_id=moved.pk)
    get_an_allergy(moved, day_of(athlete, 4))
    refusal(athlete, moved, 2)
    accept_proposal(by=athlete.user, plan=moved)
    assert places_that_are_unsafe(moved) == set()


def test_by_wish_a_meal_of_today_that_became_unsafe_does_not_keep_the_plan_from_following(
    athlete, plan_of, monkeypatch
):
    policy(athlete, "automatic")
    at_six_in_the_morning(monkeypatch, athlete)
    train(athlete)
    plan = plan_of(athlete, first=day_of(athlete, 0), count=4)
    get_an_allergy(plan, day_of(athlete, 0))
    assert follow_plan(plan_id=plan.pk) == "proposed"
    assert places_that_are_unsafe(plan) == {day_of(athlete, 0).isoformat()}
    assert is_stale(plan)
    accept_proposal(by=athlete.user, plan=plan)
    assert (places_that_are_unsafe(plan), is_stale(plan)) == (set(), False)


# --- two plans of the same day ---


def test_what_moves_on_days_that_a_newer_plan_has_leaves_the_older_one_alone(athlete, plan, plan_of):
    plan_of(athlete, first=day_of(athlete, 4), count=3)
    move(athlete.tempo, 1)
    assert not is_stale(plan)
    assert follow_plan(plan_id=plan.pk) == "fits"


def test_of_two_plans_each_proposes_changes_to_its_own_days_alone(athlete, plan, plan_of):
    newer = plan_of(athlete, first=day_of(athlete, 4), count=3)
    move(athlete.long_run, 3)
    assert (follow_plan(plan_id=plan.pk), follow_plan(plan_id=newer.pk)) == ("proposed", "proposed")
    taken = {day_of(athlete, number).isoformat() for number in (4, 5, 6)}
    told = [open_proposal(one).diff for one in (plan, newer)]
    days = [
        {(row.get("after") or row)["date"] for name in ("changed", "added", "removed") for row in diff[name]}
        for diff in told
    ]
    assert (days[0] & taken, days[1] - taken) == (set(), set())
    assert {row["date"] for row in told[0]["targets"]} & taken == set()


def test_the_proposal_of_a_plan_that_another_has_replaced_is_not_taken(athlete, moved, plan_of, monkeypatch):
    follow_plan(plan_id=moved.pk)
    monkeypatch.setattr(plans, "withdraw_taken_proposals", lambda athlete: 0)
    plan_of(athlete, first=moved.week_start, count=6)
    assert (refusal(athlete, moved, 2).message, fresh(moved).revision) == (OUTDATED["over"], 1)


def test_a_new_plan_takes_back_what_waits_beside_the_one_it_replaces(athlete, moved, plan_of):
    follow_plan(plan_id=moved.pk)
    plan_of(athlete, first=moved.week_start, count=6)
    assert open_proposal(moved) is None
    assert not Notice.objects.filter(resolved_at=None).exists()


def test_a_new_plan_for_some_of_the_days_leaves_the_rest_of_a_proposal_waiting(athlete, moved, plan_of):
    follow_plan(plan_id=moved.pk)
    plan_of(athlete, first=day_of(athlete, 5), count=2)
    assert open_proposal(moved).number == 2


# --- another policy ---


def test_who_chooses_to_be_followed_is_followed_where_a_proposal_waits(athlete, moved):
    follow_plan(plan_id=moved.pk)
    policy(athlete, "automatic")
    assert find_moved_plans() == 1
    assert follow_plan(plan_id=moved.pk) == "changed"
    assert (open_proposal(moved), is_stale(moved)) == (None, False)
    assert not Notice.objects.filter(kind="plan_proposed", resolved_at=None).exists()


def test_beat_looks_once_at_what_waits_after_the_policy_changed(athlete, moved):
    follow_plan(plan_id=moved.pk)
    decline_proposal(by=athlete.user, plan=moved)
    policy(athlete, "automatic")
    assert find_moved_plans() == 1
    assert follow_plan(plan_id=moved.pk) == "known"
    WorkItem.objects.all().delete()
    assert find_moved_plans() == 0


def test_who_asks_again_keeps_the_proposal_that_waits(athlete, plan_of, monkeypatch):
    policy(athlete, "automatic")
    at_six_in_the_morning(monkeypatch, athlete)
    run, _ = train(athlete)
    plan = plan_of(athlete, first=day_of(athlete, 0), count=4)
    move(run, -2)
    assert follow_plan(plan_id=plan.pk) == "proposed"
    number = open_proposal(plan).number
    policy(athlete, "ask")
    assert (follow_plan(plan_id=plan.pk), open_proposal(plan).number) == ("proposed", number)
