"""Training load over time: what the days hold, fitness and fatigue by the published weights, and the page."""

from __future__ import annotations

import math
from datetime import timedelta

import pytest

from athletes.models import CompletedSession
from athletes.services.sessions import record_sessions
from nutrition_site.kernel.clock import today
from planning.services.load import load_range, read_load
from tests.athletes.pages import shown, sign_in
from tests.athletes.session_kit import DAY, planned, ride
from tests.markup import faults

pytestmark = pytest.mark.django_db


def history(athlete, first=DAY, last=DAY):
    return read_load(athlete=athlete, first=first, last=last)


def test_nothing_known_is_not_a_load_of_zero(athlete):
    found = history(athlete)
    assert (found.data_from, found.warmed_up_on, found.days[0].tss, found.days[0].ctl) == (None, None, None, None)


def test_before_the_first_session_nothing_is_known_and_after_it_rest_is_rest(athlete):
    planned(athlete, tss=100.0)
    found = history(athlete, DAY - timedelta(days=1), DAY + timedelta(days=1))
    assert [day.tss for day in found.days] == [None, 100.0, 0.0]
    assert (found.data_from, found.warmed_up_on) == (DAY, DAY + timedelta(days=42))


def test_after_the_last_planned_day_nothing_is_known(athlete):
    present = today(athlete.timezone)
    planned(athlete, tss=100.0)
    planned(athlete, tss=50.0, day=present + timedelta(days=3))
    found = history(athlete, present, present + timedelta(days=5))
    assert [day.tss for day in found.days] == [0.0, 0.0, 0.0, 50.0, None, None]
    assert found.data_to == present + timedelta(days=3)


def test_fitness_and_fatigue_follow_the_exponential_weights(athlete):
    """Weights 1 - e^(-1/42) and 1 - e^(-1/7); form is yesterday's difference."""
    planned(athlete, tss=100.0)
    first, second = history(athlete, DAY, DAY + timedelta(days=1)).days
    ctl, atl = 100 * (1 - math.exp(-1 / 42)), 100 * (1 - math.exp(-1 / 7))
    assert (first.ctl, first.atl, first.tsb) == pytest.approx((ctl, atl, 0.0))
    assert (second.ctl, second.atl) == pytest.approx((ctl * math.exp(-1 / 42), atl * math.exp(-1 / 7)))
    assert second.tsb == pytest.approx(ctl - atl)


def test_a_day_has_the_same_fitness_whatever_range_is_asked(athlete):
    for back in range(0, 60, 3):
        planned(athlete, tss=80.0, day=DAY - timedelta(days=back))
    alone = history(athlete).days[0]
    within = history(athlete, DAY - timedelta(days=70), DAY).days[-1]
    assert (alone.ctl, alone.atl, alone.tsb) == pytest.approx((within.ctl, within.atl, within.tsb))


def test_what_was_done_replaces_what_was_planned(athlete):
    planned(athlete, tss=100.0)
    record_sessions(athlete=athlete, raws=[ride(tss=130.0)], source="fit")
    (day,) = history(athlete).days
    assert (day.tss, day.planned, day.estimated, day.basis) == (130.0, False, False, ("tss",))


def test_a_session_done_on_another_day_is_the_load_of_that_day(athlete):
    planned(athlete, tss=100.0)
    record_sessions(athlete=athlete, raws=[ride(tss=130.0)], source="fit")
    CompletedSession.objects.update(local_date=DAY + timedelta(days=1))
    found = history(athlete, DAY, DAY + timedelta(days=1))
    assert [day.tss for day in found.days] == [0.0, 130.0]


def test_load_from_an_effort_in_words_says_that_it_is_estimated(athlete):
    """Moderate counts as RPE 5, which is 60 points an hour."""
    planned(athlete, minutes=60.0, intensity="moderate")
    (day,) = history(athlete).days
    assert (day.tss, day.estimated, day.planned, day.basis) == (60.0, True, True, ("intensity",))


def test_twins_are_loaded_once(athlete):
    first = planned(athlete, tss=100.0)
    planned(athlete, title="Twin", tss=100.0, duplicate_of=first)
    assert history(athlete).days[0].tss == 100.0


def test_the_default_range_is_three_months_back_and_two_weeks_ahead(athlete):
    present = today(athlete.timezone)
    assert load_range(athlete, None, None) == (present - timedelta(days=89), present + timedelta(days=14))


# --- the API ---
def test_the_api_shows_each_day(api, athlete):
    planned(athlete, tss=100.0)
    answer = api(athlete.user).get(f"/v1/athletes/{athlete.pk}/load?from={DAY}&to={DAY + timedelta(days=1)}")
    body = answer.json()
    assert (body["athlete_id"], body["data_from"], body["warmed_up_on"]) == (athlete.pk, "2026-10-07", "2026-11-18")
    assert body["items"][1] == {
        "date": "2026-10-08",
        "tss": 0.0,
        "ctl": 2.3,
        "atl": 11.5,
        "tsb": -11.0,
        "estimated": False,
        "planned": False,
        "basis": [],
    }


@pytest.mark.parametrize(
    "query", ["from=2026-10-08&to=2026-10-07", "from=2024-01-01&to=2026-01-01", "from=1999-01-01", "to=yesterday"]
)
def test_the_api_refuses_impossible_ranges(api, athlete, query):
    assert api(athlete.user).get(f"/v1/athletes/{athlete.pk}/load?{query}").status_code == 400


def test_a_year_of_load_takes_few_queries(api, athlete, django_assert_max_num_queries):
    client = api(athlete.user)
    client.get("/v1/foods")
    for back in range(40):
        planned(athlete, day=DAY - timedelta(days=5 * back))
    with django_assert_max_num_queries(6):
        answer = client.get(f"/v1/athletes/{athlete.pk}/load?from=2025-10-08&to={DAY}")
    assert len(answer.json()["items"]) == 365


# --- the page ---
def test_the_page_of_an_athlete_without_training_says_what_to_do(athlete):
    answer = sign_in(athlete.user).get("/training/load")
    assert "No training is known on these days." in shown(answer).text


def test_the_page_draws_load_and_holds_the_numbers_in_a_table(athlete):
    present = today(athlete.timezone)
    planned(athlete, tss=100.0, day=present - timedelta(days=2))
    planned(athlete, tss=60.0, day=present + timedelta(days=2))
    answer = sign_in(athlete.user).get("/training/load")
    body = answer.content.decode()
    assert faults(body) == {}
    # Two bars of plans, and the one of the legend.
    assert body.count('class="f-load-t"') == 3
    assert "fitness is shown too low" in body
    assert "planned, not seen done" in body
    assert "<polyline" in body


def test_the_page_takes_any_day_and_any_nonsense(athlete):
    planned(athlete, tss=100.0)
    client = sign_in(athlete.user)
    for asked in ("2026-10-20", "1000-01-01", "9999-12-31", "x", "", "2026-02-30"):
        assert client.get(f"/training/load?to={asked}").status_code == 200


def test_the_training_page_leads_to_the_load(athlete):
    planned(athlete, day=today(athlete.timezone))
    assert 'href="/training/load"' in sign_in(athlete.user).get("/training").content.decode()


def test_the_chart_begins_six_weeks_before_its_end_when_training_is_known_from_later_on(athlete):
    present = today(athlete.timezone)
    planned(athlete, tss=100.0, day=present - timedelta(days=2))
    page = sign_in(athlete.user).get("/training/load")
    assert page.context["chart_from"] == present + timedelta(days=14) - timedelta(days=41)
    assert page.context["chart"]["units"] == 42


def test_the_chart_begins_with_the_first_known_day_when_that_is_earlier(athlete):
    present = today(athlete.timezone)
    planned(athlete, tss=100.0, day=present - timedelta(days=60))
    assert sign_in(athlete.user).get("/training/load").context["chart_from"] == present - timedelta(days=60)
