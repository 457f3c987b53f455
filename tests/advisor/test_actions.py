"""Proposals of every kind: nothing before the athlete confirms, once when they do, and never on moved ground."""

from __future__ import annotations

from datetime import timedelta

import pytest

from advisor.actions import confirm_action, confirming, decline_action
from advisor.documents import action_document
from advisor.models import ProposedAction
from athletes.models import TrainingEvent
from nutrition_site.kernel.clock import now
from nutrition_site.kernel.errors import Conflict, NotFound
from tests.advisor.proposals import CASES, GOING, store
from tests.factories import ApiClient

pytestmark = pytest.mark.django_db


@pytest.fixture(params=CASES)
def case(request):
    return CASES[request.param]


@pytest.fixture
def athlete(mina):
    return mina


@pytest.fixture
def action(athlete, case):
    return store(athlete, case.propose(athlete))


def test_nothing_changes_before_it_is_confirmed(athlete, case, action):
    assert case.count(athlete, action) == 0


def test_what_is_confirmed_is_there_and_told(athlete, case, action):
    done = confirm_action(action=action, by=athlete.user)
    assert (done.status, case.count(athlete, action), done.result["kind"], done.result["words"] != "") == (
        "applied",
        1,
        action.kind,
        True,
    )


def test_confirming_twice_applies_once_and_tells_the_same(athlete, case, action):
    first = confirm_action(action=action, by=athlete.user)
    second = confirm_action(action=ProposedAction.objects.get(pk=action.pk), by=athlete.user)
    assert (second.result, case.count(athlete, action)) == (first.result, 1)


def test_an_old_proposal_changes_nothing(athlete, case, action):
    ProposedAction.objects.update(expires_at=now() - timedelta(seconds=1))
    with pytest.raises(Conflict) as caught:
        confirm_action(action=action, by=athlete.user)
    assert (caught.value.code, case.count(athlete, action)) == ("action_expired", 0)


def test_a_declined_proposal_changes_nothing(athlete, case, action):
    decline_action(action=action, by=athlete.user)
    with pytest.raises(Conflict) as caught:
        confirm_action(action=action, by=athlete.user)
    assert (caught.value.code, case.count(athlete, action)) == ("action_declined", 0)


def test_somebody_elses_proposal_is_not_there(athlete, case, action, sam):
    with pytest.raises(NotFound):
        confirm_action(action=action, by=sam)
    with pytest.raises(NotFound):
        decline_action(action=action, by=sam)
    action.refresh_from_db()
    assert (action.status, case.count(athlete, action)) == ("open", 0)


def test_a_coach_cannot_confirm_for_the_athlete(athlete, case, action, carol):
    with pytest.raises(NotFound):
        confirm_action(action=action, by=carol)
    assert case.count(athlete, action) == 0


def test_on_moved_ground_the_new_diff_is_told_and_nothing_changes(athlete, case, action):
    base = action.base_version
    case.moves(athlete, action)
    with pytest.raises(Conflict) as caught:
        confirm_action(action=action, by=athlete.user)
    action.refresh_from_db()
    assert caught.value.code == "action_changed"
    shown = action_document(action)["diff"]
    assert (caught.value.extra["diff"], action.status, action.base_version != base) == (shown, "open", True)
    assert case.count(athlete, action) == 0


def test_confirming_the_new_diff_applies_it(athlete, case, action):
    case.moves(athlete, action)
    with pytest.raises(Conflict):
        confirm_action(action=action, by=athlete.user)
    action.refresh_from_db()
    assert (confirm_action(action=action, by=athlete.user).status, case.count(athlete, action)) == ("applied", 1)


@pytest.mark.parametrize("kind", GOING)
def test_what_has_nothing_to_stand_on_any_more_is_over(athlete, kind):
    action = store(athlete, GOING[kind].propose(athlete))
    GOING[kind].goes(athlete, action)
    with pytest.raises(Conflict) as caught:
        confirm_action(action=action, by=athlete.user)
    action.refresh_from_db()
    assert (caught.value.code, caught.value.extra["diff"], action.status) == ("action_changed", None, "expired")


def test_a_crash_before_it_is_noted_is_made_good_by_the_next_confirm(athlete, case, action, monkeypatch):
    def dies(*_args):
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(confirming, "_mark", dies)
        with pytest.raises(KeyboardInterrupt):
            confirm_action(action=action, by=athlete.user)
    done = confirm_action(action=ProposedAction.objects.get(pk=action.pk), by=athlete.user)
    assert (done.status, case.count(athlete, action)) == ("applied", 1)


def test_a_request_that_died_while_applying_lets_the_next_one_in(athlete, case, action):
    ProposedAction.objects.update(status="applying", applying_until=now() - timedelta(seconds=1))
    assert (confirm_action(action=action, by=athlete.user).status, case.count(athlete, action)) == ("applied", 1)


def test_a_kind_that_nobody_knows_is_over(athlete):
    action = store(athlete, CASES["change_preference"].propose(athlete))
    ProposedAction.objects.update(kind="delete_account")
    with pytest.raises(Conflict):
        confirm_action(action=action, by=athlete.user)
    action.refresh_from_db()
    assert action.status == "expired"


def test_arguments_that_lost_a_part_change_nothing(athlete, case, action):
    ProposedAction.objects.update(arguments={})
    with pytest.raises(Conflict):
        confirm_action(action=action, by=athlete.user)
    action.refresh_from_db()
    assert action.status == "expired"


# --- over the API ---
def test_the_api_applies_a_session_and_quotes_what_was_stored(athlete):
    action = store(athlete, CASES["add_event"].propose(athlete))
    answer = ApiClient(athlete.user).post(f"/v1/advisor/actions/{action.pk}/confirm")
    event = TrainingEvent.objects.get(title="Evening ride")
    assert (answer.status_code, answer.json()["status"], answer.json()["result"]["event_id"]) == (
        200,
        "applied",
        event.pk,
    )


def test_the_api_answers_moved_ground_with_409_and_the_new_diff(athlete):
    action = store(athlete, CASES["change_preference"].propose(athlete))
    CASES["change_preference"].moves(athlete, action)
    answer = ApiClient(athlete.user).post(f"/v1/advisor/actions/{action.pk}/confirm")
    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["diff"]["becomes"]) == (
        409,
        "action_changed",
        ["beetroot", "olives"],
    )


def test_the_api_hides_somebody_elses_proposal(athlete, sam):
    action = store(athlete, CASES["change_preference"].propose(athlete))
    assert ApiClient(sam).post(f"/v1/advisor/actions/{action.pk}/confirm").status_code == 404
