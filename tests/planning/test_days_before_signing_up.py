"""Days before an athlete came here: unknown, and neither rest nor a load of nought."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from athletes.models import Athlete, CoachLink
from athletes.services.known_days import known_since
from planning.services.coaching_week import squad_week, week_csv
from tests import factories
from tests.planning.pages import sign_in
from tests.planning.people import make_event

pytestmark = pytest.mark.django_db

# A Thursday, half past midnight in Belgrade: still Wednesday in Greenwich.
SIGNED_UP = datetime(2026, 11, 18, 23, 30, tzinfo=UTC)
MONDAY, TUESDAY, THURSDAY = date(2026, 11, 16), date(2026, 11, 17), date(2026, 11, 19)


@pytest.fixture
def newcomer(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: SIGNED_UP)
    return factories.make_athlete("new@example.com", name="Nina New")


def since(athlete):
    return known_since([athlete], shown_from=MONDAY)[athlete.pk]


def test_days_are_known_from_the_local_day_of_signing_up(newcomer):
    assert since(newcomer) == THURSDAY


def test_a_session_before_signing_up_makes_the_days_from_it_on_known(newcomer):
    make_event(newcomer, TUESDAY, 9 * 60, 60.0)
    assert since(newcomer) == TUESDAY


def test_who_signed_up_before_the_days_that_are_shown_costs_no_query(newcomer, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert known_since([newcomer], shown_from=THURSDAY) == {newcomer.pk: THURSDAY}


def test_the_week_says_of_a_day_before_signing_up_that_it_is_unknown(newcomer, catalogue):
    rows = sign_in(newcomer.user).get(reverse("week", args=[MONDAY.isoformat()])).context["days"]
    assert [(row["food"].is_known, row["rests"], row["strip"]["target"] is None) for row in rows] == [
        *[(False, False, True)] * 3,
        *[(True, True, False)] * 4,
    ]


def test_a_day_before_signing_up_has_no_target_to_unfold(newcomer, catalogue):
    words = "Nothing is known of the days before you signed up."
    page = sign_in(newcomer.user).get(reverse("day", args=[TUESDAY.isoformat()]))
    assert (page.context["ledger"], words in page.content.decode()) == ([], True)


def test_the_week_of_a_squad_leaves_days_before_signing_up_unknown(newcomer, catalogue):
    coach = factories.make_coach("coach@example.com", athlete=newcomer)
    row = squad_week(coach, MONDAY)[0]
    assert [cell.load_tss for cell in row.cells] == [None, None, None, 0.0, 0.0, 0.0, 0.0]
    monday, thursday = (week_csv([row]).decode().splitlines()[number].split(",")[3:6] for number in (1, 4))
    assert (monday, thursday[:2]) == (['""', '""', '""'], ["0", "0"])


def test_the_picture_of_a_squads_week_shades_known_days_only(newcomer, catalogue):
    coach = factories.make_coach("coach@example.com", athlete=newcomer)
    CoachLink.objects.update(consented_at=SIGNED_UP - timedelta(hours=1))
    page = sign_in(coach).get(reverse("admin:squad_week"), {"from": MONDAY.isoformat()}).content.decode()
    assert (Athlete.objects.count(), page.count('height="24" rx="3"')) == (1, 4)
