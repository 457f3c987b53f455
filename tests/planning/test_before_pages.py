"""What the day's page and the certificate say about the food before a session, of plans of now and of long ago."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest

from nutrition_site.kernel.clock import today
from planning.fueling import feed_sessions
from planning.models import PlanItem
from planning.services.plans import create_meal_plan, stale_plan_ids
from planning.services.recheck import certify_stored
from planning.services.targets import calculate_targets
from tests.corpora import for_every
from tests.markup import Page
from tests.planning.pages import sign_in
from tests.planning.people import make_event

pytestmark = pytest.mark.django_db


@pytest.fixture
def tomorrow(athlete):
    return today(athlete.zones) + timedelta(days=1)


@pytest.fixture
def noon(athlete, catalogue, tomorrow):
    """61 kg and two hours of racing from noon: 183 g are asked for, and 146.4 g are enough."""
    make_event(athlete, tomorrow, 12 * 60, 120.0, intensity="race", race=True, title="City race")
    return create_meal_plan(athlete=athlete, first=tomorrow, count=1, by=athlete.user)


def page_of(athlete, day):
    answer = sign_in(athlete.user).get(f"/day/{day}")
    assert answer.status_code == 200
    return " ".join(Page(answer.content.decode().replace("</p>", "</p> ")).text.split())


def row_of(certificate):
    return next((row for row in certificate["rows"] if row["name"] == "carbs_before_1200"), None)


def starve(plan):
    """The meals before the start lose nearly all of their carbohydrate, as far as the page can see."""
    for item in PlanItem.objects.filter(revision=plan.current, time__lt="12:00"):
        item.nutrients["carbs_g"] = 10.0
        item.save(update_fields=["nutrients"])


def forget(plan):
    """A revision as they were stored before plans were held to this."""
    revision = plan.current
    revision.certificate["rows"] = [row for row in revision.certificate["rows"] if row != row_of(revision.certificate)]
    revision.save(update_fields=["certificate"])


def test_the_certificate_of_a_race_at_noon_measures_what_is_eaten_before_it(noon):
    row = row_of(noon.current.certificate)
    items = noon.current.items.filter(time__gte="08:00", time__lt="12:00")
    assert (row["low"], row["high"], row["ok"]) == (146.4, 244.0, True)
    assert row["value"] == pytest.approx(sum(item.nutrients["carbs_g"] for item in items), abs=0.5)


def test_the_page_says_what_is_asked_what_is_planned_and_what_is_enough(athlete, noon, tomorrow):
    planned = round(row_of(noon.current.certificate)["value"])
    words = f"183 g carbohydrate in the hours before. {planned} g planned. 146 g or more is enough."
    assert words in page_of(athlete, tomorrow)


def test_what_was_checked_is_named_with_its_start(athlete, noon):
    text = Page(sign_in(athlete.user).get(f"/plans/{noon.pk}/checked").content.decode()).text
    assert "Carbohydrate before the start at 12:00" in text


def test_a_plan_that_gives_less_says_what_stood_in_the_way(athlete, noon, tomorrow):
    starve(noon)
    reason = "146 g would be enough; what you eat, what you chose and the rest of the day left no room for it."
    assert reason in page_of(athlete, tomorrow)


def test_a_plan_of_long_ago_that_gives_less_says_that_it_did_not_look(athlete, noon, tomorrow):
    starve(noon)
    forget(noon)
    assert "146 g would be enough. This plan was made without looking at it;" in page_of(athlete, tomorrow)


def test_a_plan_of_long_ago_is_neither_stale_nor_wrong(athlete, noon):
    forget(noon)
    certificate = certify_stored(noon)
    assert (certificate["ok"], row_of(certificate), stale_plan_ids(athlete, [noon])) == (True, None, set())


def test_a_stored_plan_is_measured_again_as_it_was(noon):
    assert row_of(certify_stored(noon)) == row_of(noon.current.certificate)


@for_every(
    ("time", "planned_g", "g_per_kg", "lacks"),
    [
        ("09:00", 150.0, None, ""),
        ("09:00", 146.0, None, "room"),
        ("09:00", 146.0, 4.0, "day"),
        ("07:59", 150.0, None, "meal"),
        ("09:00", None, None, ""),
    ],
)
def test_why_a_plan_gives_less_is_told_apart(athlete, tomorrow, time, planned_g, g_per_kg, lacks):
    """Of 4 g/kg, 244 g, more than half would have to lie before the race."""
    make_event(athlete, tomorrow, 12 * 60, 120.0, intensity="race", race=True, title="City race")
    athlete.macro_overrides = {} if g_per_kg is None else {"carbs_g_per_kg": g_per_kg}
    athlete.save()
    (day,) = calculate_targets(athlete=athlete, first=tomorrow, last=tomorrow)
    meal = SimpleNamespace(slot="breakfast", time=time, status="planned", nutrients={"carbs_g": planned_g})
    sessions = feed_sessions(athlete=athlete, day=day, items=[meal])
    assert sessions[0].before.lacks == lacks


def test_a_session_before_anybody_eats_tells_of_the_evening_before(athlete, catalogue, tomorrow):
    make_event(athlete, tomorrow, 6 * 60, 120.0, title="Long run")
    words = "30 g of carbohydrate. Too early for a meal: eat well the evening before, and a small snack before the"
    assert words in page_of(athlete, tomorrow).replace("31 g", "30 g")


def test_a_day_without_a_plan_asks_and_promises_nothing(athlete, catalogue, tomorrow):
    make_event(athlete, tomorrow, 12 * 60, 120.0, intensity="race", race=True, title="City race")
    text = page_of(athlete, tomorrow)
    assert ("183 g carbohydrate in the hours before." in text, "enough" in text) == (True, False)
