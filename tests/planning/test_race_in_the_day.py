"""What is said when a race is planned holds for the targets, the plan and the page of its day as well."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from athletes.models import TrainingEvent
from nutrition_site.kernel.clock import today
from planning.fueling import feed_sessions
from planning.services.race_options import RaceOptions
from planning.services.races import save_race_options
from planning.services.standing import needs_fingerprint
from planning.services.targets import calculate_targets
from tests.planning.people import make_event

pytestmark = pytest.mark.django_db
DAY = date(2027, 4, 18)


@pytest.fixture
def marathon(athlete):
    athlete.weight_kg = 70.0
    athlete.save()
    return make_event(athlete, DAY, 9 * 60, 210.0, race=True, distance_km=42.195, title="City marathon")


def say(event: TrainingEvent, **options) -> None:
    save_race_options(
        event=event, values=vars_of(RaceOptions(**options)), today=DAY - timedelta(days=20), by=event.athlete.user
    )


def vars_of(options: RaceOptions) -> dict:
    return {name: getattr(options, name) for name in RaceOptions.__dataclass_fields__}


def the_day(event: TrainingEvent):
    found = event.athlete.__class__.objects.get(pk=event.athlete_id)
    return calculate_targets(athlete=found, first=DAY, last=DAY)[0], found


def carbs_an_hour(event: TrainingEvent) -> float:
    day, athlete = the_day(event)
    (race,) = feed_sessions(athlete=athlete, day=day)
    return race.during.carbs_g / (race.duration_minutes / 60)


def test_an_hour_of_the_race_holds_no_more_than_the_stomach(marathon):
    before = carbs_an_hour(marathon)
    say(marathon, gut_cap_g_h=45.0)
    assert (before > 45.0, carbs_an_hour(marathon)) == (True, pytest.approx(45.0))


def test_a_stomach_that_holds_more_than_is_asked_changes_nothing(marathon):
    before = carbs_an_hour(marathon)
    say(marathon, gut_cap_g_h=120.0)
    assert carbs_an_hour(marathon) == pytest.approx(before)


def test_a_plan_of_the_day_is_out_of_date_when_the_stomach_is_known(marathon):
    before, athlete = the_day(marathon)
    say(marathon, gut_cap_g_h=45.0)
    after, now = the_day(marathon)
    assert needs_fingerprint(before.payload) != needs_fingerprint(after.payload)
    assert now.training_version == athlete.training_version + 1


def before_the_race(event: TrainingEvent) -> float:
    day, athlete = the_day(event)
    return feed_sessions(athlete=athlete, day=day)[0].before.carbs_g


def test_the_meal_before_is_as_large_as_the_hours_that_were_chosen_for_it(marathon):
    usual = before_the_race(marathon)
    say(marathon, meal_hours_before=4.0)
    assert (usual, before_the_race(marathon)) == (pytest.approx(3 * 70.0), pytest.approx(4 * 70.0))


def test_who_gets_up_for_an_early_race_is_asked_for_the_meal_of_those_hours(marathon):
    TrainingEvent.objects.filter(pk=marathon.pk).update(starts_at=marathon.starts_at - timedelta(hours=3))
    usual = before_the_race(marathon)
    say(marathon, meal_hours_before=3.0)
    assert (usual, before_the_race(marathon)) == (pytest.approx(70.0), pytest.approx(3 * 70.0))


def test_the_hours_chosen_for_the_meal_put_a_plan_out_of_date(marathon):
    before, _ = the_day(marathon)
    say(marathon, meal_hours_before=4.0)
    assert needs_fingerprint(before.payload) != needs_fingerprint(the_day(marathon)[0].payload)


def test_the_expected_finish_is_the_length_of_a_race_that_states_none(marathon):
    TrainingEvent.objects.filter(pk=marathon.pk).update(duration_minutes=None)
    assumed, _ = the_day(marathon)
    say(marathon, finish_minutes=255.0)
    known, _ = the_day(marathon)
    assert (assumed.payload["assumed"], known.payload["assumed"]) == ([f"{marathon.pk}.duration_minutes"], [])
    assert known.sessions[0].duration_minutes == 255.0


def test_the_length_that_the_calendar_states_stands_above_the_expected_finish(marathon):
    say(marathon, finish_minutes=255.0)
    assert the_day(marathon)[0].sessions[0].duration_minutes == 210.0


def test_only_races_ask_what_was_said_of_a_race(athlete, django_assert_num_queries):
    day = today(athlete.zones)
    for offset in range(3):
        make_event(athlete, day + timedelta(days=offset), 8 * 60, 60.0)
    make_event(athlete, day + timedelta(days=3), 8 * 60, 200.0, race=True)
    with django_assert_num_queries(3):
        calculate_targets(athlete=athlete, first=day, last=day + timedelta(days=6))
