"""A changed plan that waits for an answer, in the API and on the pages."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string

from athletes.models import CalendarConnection
from athletes.services.versions import raise_training_version
from planning.models import PlanRevision
from planning.services.following import follow_plan
from planning.services.plans import create_meal_plan
from planning.services.proposals import open_proposal
from planning.services.telling import _moved_words
from planning.views.plans import changes_in_words, differing_lines
from tests.planning.pages import sign_in, train

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(athlete, catalogue):
    """Three days from today on, out of date since tomorrow's session got shorter, with a proposal beside the plan."""
    day = train(athlete)
    made = create_meal_plan(athlete=athlete, first=day, count=3, by=athlete.user)
    athlete.training_events.filter(title="Long run").update(duration_minutes=30.0)
    raise_training_version(athlete.pk)
    follow_plan(plan_id=made.pk)
    assert open_proposal(made) is not None
    return made


@pytest.fixture
def home(plan, api, athlete):
    class Home:
        client = api(athlete.user)
        path = f"/v1/athletes/{athlete.pk}/meal-plans/{plan.pk}"

        def read(self):
            return self.client.get(self.path).json()

        def answer(self, word, body=None):
            return self.client.post(f"{self.path}/proposal/{word}", body)

    return Home()


def test_the_plan_in_the_api_holds_its_proposal(home):
    shown = home.read()
    assert (shown["revision"], shown["stale"], shown["proposal"]["revision"]) == (1, True, 2)
    assert set(shown["proposal"]) == {"revision", "created_at", "cause", "diff"}
    assert set(shown["proposal"]["cause"]) == {"days", "events", "profile"}


def test_the_list_of_plans_holds_their_proposals(home):
    (shown,) = home.client.get(home.path.rpartition("/")[0]).json()["items"]
    assert shown["proposal"] == home.read()["proposal"]


def test_an_accepted_proposal_is_the_plan_in_the_api(home):
    answer = home.answer("accept", {"revision": 2})
    assert answer.status_code == 200
    assert (answer.json()["revision"], answer.json()["stale"], answer.json()["proposal"]) == (2, False, None)


def test_a_declined_proposal_leaves_the_plan_out_of_date(home):
    answer = home.answer("decline")
    assert (answer.status_code, answer.json()["revision"]) == (200, 1)
    assert (answer.json()["stale"], answer.json()["proposal"]) == (True, None)


def test_an_answer_to_an_older_proposal_is_409_with_the_present_one(home):
    answer = home.answer("accept", {"revision": 7})
    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["proposal"]["revision"]) == (409, "proposal_outdated", 2)


def test_an_answer_without_a_proposal_is_409(home):
    home.answer("decline")
    answer = home.answer("decline")
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "no_proposal")


def test_a_field_that_nobody_knows_is_refused(home):
    assert home.answer("accept", {"revison": 2}).json()["error"]["code"] == "unknown_field"


def test_a_declined_proposal_is_not_what_a_plan_is_compared_with(home):
    home.answer("decline")
    home.client.post(f"{home.path}/resolve", {})
    assert home.client.get(f"{home.path}/diff").json()["from_revision"] == 1


def test_the_plan_in_the_api_names_a_calendar_that_cannot_be_read(home, athlete):
    made = CalendarConnection.objects.create(
        athlete=athlete, provider="ical", status="reconnect", status_reason="The link is gone."
    )
    (trouble,) = home.read()["calendar_trouble"]
    assert trouble == {"id": made.pk, "status": "reconnect", "reason": "The link is gone.", "last_synced_at": None}


def test_today_leads_to_the_proposal(plan, athlete):
    page = sign_in(athlete.user).get("/week").content.decode()
    assert f'href="/plans/{plan.pk}/proposal"' in page


def test_the_proposal_shows_what_moved_and_which_meals_would_change(plan, athlete):
    page = sign_in(athlete.user).get(f"/plans/{plan.pk}/proposal").content.decode()
    first = open_proposal(plan).diff["changed"][0]
    assert "Use the changed plan" in page
    assert "Training data as of" in page
    assert first["after"]["name"].replace("'", "&#x27;") in page


def test_the_notice_says_how_the_training_changed(plan, athlete):
    notice = athlete.notices.get(kind="plan_proposed")
    assert notice.body.startswith("1 session changed. ")


def test_new_moved_and_removed_sessions_are_told_apart():
    changes = ["added", "added", "moved", "removed"]
    revision = PlanRevision(cause={"events": [{"change": change} for change in changes]}, diff={})
    assert _moved_words(revision) == "2 sessions are new; 1 session moved; 1 session is not in your training any more."


def test_a_dish_that_is_only_cooked_at_another_time_is_no_change_of_servings(plan):
    side = {"date": "2026-11-23", "slot": "dinner", "time": "19:00", "recipe_id": "r", "name": "Soup", "servings": 1.0}
    diff = {"changed": [{"before": side, "after": side, "forced": True}], "moved_times": [], "added": [], "removed": []}
    context = {
        "changes": changes_in_words(plan, diff),
        "proposal": plan.current,
        "plan": plan,
        "revision": plan.current,
    }
    page = render_to_string("planning/proposal.html", {**context, "frame_athlete": plan.athlete})
    assert "Soup <ins>cooked another time</ins>" in page


def test_amounts_that_read_the_same_are_no_difference():
    lines = [{"food": "Garlic", "before": "15 g", "after": "15 g"}, {"food": "Jam", "before": "15 g", "after": "20 g"}]
    assert [line["food"] for line in differing_lines(lines)] == ["Jam"]


def test_a_proposal_is_accepted_on_its_page(plan, athlete):
    client = sign_in(athlete.user)
    answer = client.post(f"/plans/{plan.pk}/proposal/accept", {"revision": "2"})
    plan.refresh_from_db()
    assert (answer.status_code, plan.revision) == (303, 2)
    assert f"changes={plan.pk}" in answer["Location"]
    assert "This is what changed." in client.get(answer["Location"]).content.decode()


def test_a_proposal_is_declined_on_its_page(plan, athlete):
    client = sign_in(athlete.user)
    assert client.post(f"/plans/{plan.pk}/proposal/decline", {"revision": "2"}).status_code == 303
    assert "Nothing waits for your answer" in client.get(f"/plans/{plan.pk}/proposal").content.decode()


def test_a_page_of_an_older_proposal_leads_to_the_present_one(plan, athlete):
    answer = sign_in(athlete.user).post(f"/plans/{plan.pk}/proposal/accept", {"revision": "1000"})
    assert (answer.status_code, answer["Location"]) == (303, f"/plans/{plan.pk}/proposal")
    plan.refresh_from_db()
    assert plan.revision == 1


def test_a_day_says_that_its_training_may_be_out_of_date(plan, athlete):
    CalendarConnection.objects.create(
        athlete=athlete, provider="ical", status="error", status_reason="The server did not answer."
    )
    page = sign_in(athlete.user).get(f"/day/{plan.week_start}").content.decode()
    assert "The server did not answer." in page
    assert "Training data as of" in page


def test_an_answer_that_names_no_change_changes_nothing(plan, athlete):
    client = sign_in(athlete.user)
    for word in ("accept", "decline"):
        answer = client.post(f"/plans/{plan.pk}/proposal/{word}", {"revision": "two"})
        assert (answer.status_code, answer["Location"]) == (303, f"/plans/{plan.pk}/proposal")
    plan.refresh_from_db()
    assert (plan.revision, open_proposal(plan).number) == (1, 2)


def test_a_length_that_nobody_stated_is_shown_as_assumed(plan, athlete):
    athlete.training_events.filter(title="Long run").update(duration_minutes=None, distance_km=None)
    raise_training_version(athlete.pk)
    follow_plan(plan_id=plan.pk)
    (event,) = open_proposal(plan).cause["events"]
    assert (event["before"]["duration_assumed"], event["after"]["duration_assumed"]) == (False, True)
    page = sign_in(athlete.user).get(f"/plans/{plan.pk}/proposal").content.decode()
    assert ("2\u00a0h\u00a030</del>" in page, "1\u00a0h assumed</ins>" in page) == (True, True)
