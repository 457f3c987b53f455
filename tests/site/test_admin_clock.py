"""The coach's clock: whose zone the admin's times are in, that it is named, and how its dates are written."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import formats, translation

from athletes.models import CoachLink
from athletes.services.coaches import coach_zone
from tests import factories

pytestmark = pytest.mark.django_db

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SUNDAY_NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture
def runner():
    return factories.make_athlete("runner@example.com", name="Rena Runner", timezone="Pacific/Auckland")


@pytest.fixture
def coach(runner):
    return factories.make_coach("coach@example.com", athlete=runner)


def page_of(user, name):
    browser = Client()
    browser.force_login(user, backend=BACKEND)
    return browser.get(reverse(name)).content.decode()


def test_a_coach_who_trains_reads_times_by_the_own_clock(coach):
    factories.make_athlete("other@example.com")
    type(coach.coach_links.get().athlete).objects.filter(user__email="other@example.com").update(user=coach)
    assert coach_zone(coach) == "Europe/Belgrade"


def test_a_coach_on_a_journey_reads_times_by_the_clock_there(coach, monkeypatch):
    journey = {"first_day": "2026-11-20", "last_day": "2026-11-25", "timezone": "Asia/Tokyo"}
    own = factories.make_athlete("other@example.com", travel=[journey])
    type(own).objects.filter(pk=own.pk).update(user=coach)
    monkeypatch.setattr("django.utils.timezone.now", lambda: SUNDAY_NOON)
    assert coach_zone(coach) == "Asia/Tokyo"


def test_a_coach_without_a_profile_reads_times_where_most_of_the_athletes_are(coach):
    for number in range(2):
        other = factories.make_athlete(f"other{number}@example.com")
        CoachLink.objects.create(coach=coach, athlete=other, status="active", consented_at=SUNDAY_NOON)
    assert coach_zone(coach) == "Europe/Belgrade"


def test_an_athlete_who_has_not_agreed_does_not_set_the_clock(runner):
    coach = factories.make_coach("new@example.com", athlete=runner, status="invited")
    assert coach_zone(coach) == "UTC"


def test_a_moment_of_the_admin_stands_in_the_coachs_zone_which_is_named(coach):
    # Midday in Greenwich is one in the morning of the next day in Auckland.
    CoachLink.objects.update(consented_at=SUNDAY_NOON)
    page = page_of(coach, "admin:athletes_coachlink_changelist")
    assert ("01:00" in page, "Time zone: Auckland" in page) == (True, True)


def test_the_zone_of_one_request_does_not_stay_for_the_next(coach):
    from django.utils import timezone

    page_of(coach, "admin:roster")
    assert timezone.get_current_timezone_name() == "UTC"


def test_english_dates_name_the_day_first_and_count_the_hours_to_24(settings):
    settings.FORMAT_MODULE_PATH = "nutrition_site.formats"
    formats.reset_format_cache()
    with translation.override("en"):
        told = [formats.localize(date(2026, 11, 21)), formats.localize(datetime(2026, 11, 21, 14, 5))]
    formats.reset_format_cache()
    assert told == ["21 Nov 2026", "21 Nov 2026, 14:05"]


def test_who_coaches_nobody_yet_is_told_how_to_become_able_to_invite():
    root = factories.make_user("root@example.com", is_staff=True, is_superuser=True)
    page = page_of(root, "admin:roster")
    rights = reverse("admin:athletes_user_change", args=[root.pk])
    assert (f'href="{rights}"' in page, "Invite an athlete by e-mail" in page) == (True, False)


def test_the_frame_of_the_admin_calls_a_coach_by_name(coach):
    type(coach).objects.filter(pk=coach.pk).update(name="Vesna Ilić")
    assert "Vesna Ilić" in page_of(coach, "admin:roster")


def test_only_one_entry_of_the_side_bar_is_the_present_one(coach):
    from django.test import RequestFactory

    from nutrition_site.admin_dashboard import navigation

    def present(address):
        request = RequestFactory().get(address)
        request.user = coach
        return next(item["active"] for item in navigation(request)[0]["items"] if item["title"] == "Roster")

    assert [present(reverse(name)) for name in ("admin:roster", "admin:squad_week", "admin:coach_bound")] == [
        True,
        False,
        True,
    ]
