"""The week in words on the first page: short, cited, without what is withheld, and nearly free."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from advisor.week_words import week_in_words
from advisor.words import MONTHS
from athletes.models import Athlete
from athletes.services.versions import raise_training_version
from nutrition_site.kernel.clock import today
from planning.models import MealPlan
from planning.services.targets import calculate_targets
from tests.markup import faults
from tests.planning.pages import plan_week, retitle, sign_in, train

pytestmark = pytest.mark.django_db


@pytest.fixture
def trained(athlete):
    """Three sessions in the next days, and no plan."""
    train(athlete)
    athlete.refresh_from_db()
    return athlete.user


@pytest.fixture
def planned(trained, athlete, catalogue):
    return plan_week(athlete)


def sentences(text):
    return [part for part in re.split(r"(?<=[.!?])\s", text) if part]


def queries_of(call):
    with CaptureQueriesContext(connection) as told:
        call()
    return len(told)


def test_a_week_has_at_most_five_sentences(athlete, trained):
    assert len(sentences(week_in_words(athlete)["text"])) == 5


def test_the_hardest_and_the_easiest_day_are_those_of_the_targets(athlete, trained):
    first = today(athlete.zones)
    carbs = [
        day.payload["carbs_g"]
        for day in calculate_targets(athlete=athlete, first=first, last=first + timedelta(days=6))
    ]
    told = [row["value"] for row in week_in_words(athlete)["citations"] if row["label"] == "carbohydrate"]
    assert told == [max(carbs), min(carbs)]


def test_every_number_is_cited(athlete, trained):
    week = week_in_words(athlete)
    quotes = " ".join(row["quote"] for row in week["citations"])
    dates = rf"\d{{1,2}} ({'|'.join(MONTHS)})( \d{{4}})?"
    bare = re.sub(dates, "", week["text"])
    assert [number for number in re.findall(r"\d+(?:[.,]\d+)?", bare) if number not in quotes] == []


def test_a_week_without_training_says_so(athlete):
    week = week_in_words(athlete)["text"]
    assert "no training is in your calendar" in week
    assert week.endswith("No meals are planned for these days yet.")


def test_neither_energy_nor_weight_is_told(athlete, trained):
    assert re.search(r"kcal|\bkg\b|energy|weight", week_in_words(athlete)["text"]) is None


def test_who_is_shown_no_numbers_reads_no_amounts(athlete, trained):
    Athlete.objects.filter(pk=athlete.pk).update(ed_flag=True)
    athlete.refresh_from_db()
    week = week_in_words(athlete)
    assert ("“Tempo run”" in week["text"], re.search(r"\d g\b", week["text"])) == (True, None)


def test_a_length_that_nobody_stated_is_not_summed(athlete, trained):
    athlete.training_events.filter(title="City race").update(duration_minutes=None)
    assert sentences(week_in_words(athlete)["text"])[0].endswith("you have 3 sessions.")


def test_changed_training_is_told_anew(athlete, trained):
    before = week_in_words(athlete)["text"]
    retitle(athlete, 30.0)
    athlete.refresh_from_db()
    after = week_in_words(athlete)["text"]
    assert ("5.7 h together" in before, "4.7 h together" in after) == (True, True)


def test_what_is_known_is_kept_until_something_moves(athlete, trained):
    before = week_in_words(athlete)["text"]
    athlete.training_events.all().delete()
    kept = week_in_words(athlete)["text"]
    raise_training_version(athlete.pk)
    athlete.refresh_from_db()
    assert (kept == before, week_in_words(athlete)["text"] == before) == (True, False)


def test_it_says_until_when_meals_are_planned(athlete, planned):
    athlete.training_events.filter(title="City race").delete()
    raise_training_version(athlete.pk)
    athlete.refresh_from_db()
    whole = week_in_words(athlete)["text"]
    MealPlan.objects.filter(pk=planned.pk).update(days=1, revision=2)
    assert whole.endswith("Meals are planned for every one of these days.")
    assert "Meals are planned until today, " in week_in_words(athlete)["text"]


def test_another_revision_of_the_plan_is_told_anew(athlete, planned):
    week_in_words(athlete)
    MealPlan.objects.filter(pk=planned.pk).update(revision=2)
    assert queries_of(lambda: week_in_words(athlete)) == 3


def test_it_costs_four_queries_once_and_one_afterwards(athlete, trained):
    assert [queries_of(lambda: week_in_words(athlete)) for _ in range(2)] == [4, 1]


def test_an_odd_title_of_a_session_does_not_break_the_page(athlete, trained, alice):
    athlete.training_events.filter(title="Tempo run").update(title="<b>5000 kcal</b> for 9 kg {carbs}")
    cache.clear()
    answer = sign_in(alice).get("/today")
    assert (answer.status_code, faults(answer.content.decode())) == (200, {})


def test_the_first_page_shows_it_with_its_sources(alice, planned):
    page = sign_in(alice).get("/today").content.decode()
    assert (faults(page), "Your week in words" in page, "Where this comes from (" in page) == ({}, True, True)
