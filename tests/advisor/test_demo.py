"""The demo: a feed as real calendars are, and a seeding that may be repeated."""

from __future__ import annotations

import io
import urllib.request
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command

from advisor.demo import feed, people
from advisor.models import Conversation
from advisor.services import ask_advisor
from athletes.calendars.ical_reader import read_events
from athletes.models import Athlete, CalendarConnection, CoachLink, TrainingEvent, User
from nutrition_site.kernel.clock import now, today
from planning.models import MealPlan, ShoppingList
from planning.services.plans import covering_plans

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 18)


def occurrences(day=DAY):
    text = feed.calendar_text(day, timezone="Europe/Belgrade")
    first, last = day - timedelta(days=14), day + timedelta(days=46)
    return read_events(text, timezone="Europe/Belgrade", first_day=first.isoformat(), last_day=last.isoformat())


@pytest.mark.parametrize("offset", range(7))
def test_the_feed_covers_two_months_around_any_weekday(offset):
    day = DAY + timedelta(days=offset)
    days = {row["starts_at"][:10] for row in occurrences(day)}
    assert len(days) >= 55


def test_one_easy_run_of_the_feed_is_moved_and_keeps_its_length():
    runs = [row for row in occurrences() if row["title"].startswith("Easy run")]
    starts = {row["starts_at"][11:16] for row in runs}
    assert len(starts) == 2


def test_the_race_takes_the_place_of_that_sundays_ride():
    race = next(row for row in occurrences() if "race" in row["title"])
    same_day = [row["title"] for row in occurrences() if row["starts_at"][:10] == race["starts_at"][:10]]
    assert same_day == ["Half marathon race 21.1 km"]


def test_the_feed_is_served_only_while_it_is_read():
    with feed.served(b"BEGIN:VCALENDAR") as url:
        assert urllib.request.urlopen(url, timeout=5).read() == b"BEGIN:VCALENDAR"
    with pytest.raises(OSError, match="refused|urlopen"):
        urllib.request.urlopen(url, timeout=5)


def test_seeding_twice_makes_everything_once(catalogue):
    counts = []
    for _ in range(2):
        said = io.StringIO()
        call_command("seed_demo", stdout=said, stderr=io.StringIO())
        counts.append(
            [
                model.objects.count()
                for model in (User, Athlete, CalendarConnection, CoachLink, TrainingEvent, MealPlan, ShoppingList)
            ]
            + [Conversation.objects.count()]
        )
    maja = Athlete.objects.get(user__email=people.ATHLETE_EMAIL)
    day = today(maja.timezone)
    assert counts[0] == counts[1]
    assert counts[0][:4] == [8, 7, 1, 7]
    assert maja.calendars.get().status == "ok"
    assert maja.meal_plans.filter(status="verified", week_start__lte=day).exists()
    assert MealPlan.objects.filter(status="verified").values("athlete").distinct().count() >= 4
    assert "maja@example.com" in said.getvalue()


def test_the_guides_question_is_answered_with_run_dinner_grams_reason_and_sources(catalogue):
    call_command("seed_demo", stdout=io.StringIO(), stderr=io.StringIO())
    maja = Athlete.objects.get(user__email=people.ATHLETE_EMAIL)
    question = "What should I eat the night before my long run on Saturday?"
    turn = ask_advisor(athlete=maja, message=question, by=maja.user)
    moment = now()
    runs = TrainingEvent.objects.filter(athlete=maja, title__startswith="Long run", starts_at__gt=moment)
    run = next(event for event in runs.order_by("starts_at") if event.local_date.weekday() == 5)
    eve = run.local_date - timedelta(days=1)
    plan = covering_plans(maja, eve, eve)[eve]
    dinner = plan.current.items.select_related("recipe").get(date=eve, slot="dinner")
    assert f"“{run.title}”" in turn.message.text
    assert f"“{dinner.recipe.name}”" in turn.message.text
    assert f"{dinner.nutrients['carbs_g']:.0f} g of carbohydrate" in turn.message.text
    assert "because you have" in turn.message.text or "no training is in the calendar" in turn.message.text
    assert all(row["source"] for row in turn.message.citations)


def test_the_demo_stays_out_of_production_unless_it_is_asked_for_twice(settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="password that everybody knows"):
        call_command("seed_demo", stdout=io.StringIO(), stderr=io.StringIO())
    assert User.objects.count() == 0


def test_the_demo_needs_the_catalogue(db):
    from planning.models import Recipe

    Recipe.objects.update(active=False)
    with pytest.raises(CommandError, match="load_catalogue"):
        call_command("seed_demo", stdout=io.StringIO(), stderr=io.StringIO())
