"""Weeks without deficit and energy numbers, after something that an athlete told the advisor."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from athletes.services.care import begin_care, end_care
from nutrition_site.kernel.clock import today
from nutrition_site.kernel.models import AuditEntry
from planning.services.targets import calculate_targets
from tests.factories import make_athlete

FIELDS = {
    "birth_date": "1990-05-01", "sex": "M", "weight_kg": 90, "height_cm": 180, "pal_nonexercise": 1.7,
    "goals": ["weight_loss"], "rate_pct_per_week": 0.5,
}  # fmt: skip


@pytest.fixture
def athlete(db):
    return make_athlete(email="care@example.com", **FIELDS)


def energy_on(athlete, day):
    return calculate_targets(athlete=athlete, first=day, last=day)[0].payload["energy_kcal"]


def test_care_lasts_for_thirty_days_from_today(athlete):
    assert begin_care(athlete=athlete, by=athlete.user) == today(athlete.zones) + timedelta(days=30)


def test_no_deficit_is_planned_through_the_week_in_which_care_ends(athlete):
    until = begin_care(athlete=athlete, by=athlete.user)
    last, after = energy_on(athlete, until), energy_on(athlete, until + timedelta(days=7))
    assert last > after


def test_plans_learn_that_care_began_and_that_it_ended(athlete):
    before = athlete.profile_version
    begin_care(athlete=athlete, by=athlete.user)
    begin_care(athlete=athlete, by=athlete.user)
    end_care(athlete=athlete, by=athlete.user)
    end_care(athlete=athlete, by=athlete.user)
    athlete.refresh_from_db()
    assert athlete.profile_version == before + 2


def test_the_audit_tells_of_care_and_holds_no_reason(athlete):
    begin_care(athlete=athlete, by=athlete.user)
    row = AuditEntry.objects.get(verb="athlete.care_began")
    assert row.details == {}


def test_pages_show_no_energy_during_care(client, athlete):
    begin_care(athlete=athlete, by=athlete.user)
    client.force_login(athlete.user)
    assert "kcal" not in client.get(reverse("today")).content.decode()


def test_the_profile_says_until_when_and_ends_it_on_request(client, athlete):
    until = begin_care(athlete=athlete, by=athlete.user)
    client.force_login(athlete.user)
    page = client.get(reverse("settings_profile")).content.decode()
    client.post(reverse("care_end"))
    athlete.refresh_from_db()
    assert (f"Put away until {until.day} {until:%B}" in page, athlete.care_until) == (True, None)


def test_a_flag_set_in_the_profile_outlives_care(athlete):
    athlete.ed_flag = True
    athlete.save()
    begin_care(athlete=athlete, by=athlete.user)
    end_care(athlete=athlete, by=athlete.user)
    assert athlete.needs_care_on(today(athlete.zones)) is True
