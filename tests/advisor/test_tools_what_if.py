"""Dry runs: another training, another food; what would be asked for and planned, with nothing stored."""

from __future__ import annotations

from datetime import timedelta

import pytest

from advisor.readings.what_if import SessionChange
from advisor.tools import Toolbox
from athletes.models import Athlete, CompletedSession, TrainingEvent
from nutrition_site.kernel.clock import today
from nutrition_site.kernel.errors import Conflict, InvalidInput, NotFound
from planning.models import MealPlan, PlanItem, PlanRevision
from planning.services.targets import calculate_targets
from tests.advisor.conftest import add_event, next_weekday

pytestmark = pytest.mark.django_db


def tools_of(athlete):
    return Toolbox(athlete=athlete, by=athlete.user)


def carbs_on(athlete, day):
    return calculate_targets(athlete=athlete, first=day, last=day)[0].payload["carbs_g"]


@pytest.fixture
def tomorrow(athlete):
    return today(athlete.zones) + timedelta(days=1)


@pytest.fixture
def run(athlete, tomorrow):
    return add_event(athlete, tomorrow, "Long run", duration_minutes=90.0)


def test_a_session_that_is_left_out_gives_the_targets_of_a_day_without_it(athlete, run, tomorrow):
    bundle = tools_of(athlete).what_if(SessionChange("remove", event_id=run.pk))
    run.delete()
    assert bundle.number("after:carbs_g") == carbs_on(athlete, tomorrow)


def test_before_is_what_the_targets_page_shows(athlete, run, tomorrow):
    bundle = tools_of(athlete).what_if(SessionChange("remove", event_id=run.pk))
    assert bundle.number("before:carbs_g") == carbs_on(athlete, tomorrow)


def test_a_session_that_is_added_gives_the_targets_of_a_day_with_it(athlete, tomorrow):
    change = SessionChange(
        "add", day=tomorrow, sport="cycle", duration_minutes=120.0, intensity="moderate", starts_at_minute=540
    )
    bundle = tools_of(athlete).what_if(change)
    add_event(athlete, tomorrow, "Ride", sport="cycle", duration_minutes=120.0)
    assert bundle.number("after:carbs_g") == carbs_on(athlete, tomorrow)


def test_a_longer_session_gives_the_targets_of_that_length(athlete, run, tomorrow):
    bundle = tools_of(athlete).what_if(SessionChange("length", event_id=run.pk, duration_minutes=150.0))
    run.duration_minutes = 150.0
    run.save()
    assert bundle.number("after:energy_kcal") == pytest.approx(
        calculate_targets(athlete=athlete, first=tomorrow, last=tomorrow)[0].payload["energy_kcal"]
    )


def test_a_harder_session_gives_the_targets_of_that_effort(athlete, run, tomorrow):
    bundle = tools_of(athlete).what_if(SessionChange("effort", event_id=run.pk, intensity="hard"))
    run.intensity = "hard"
    run.save()
    assert bundle.number("after:carbs_g") == carbs_on(athlete, tomorrow)


def test_a_race_that_is_left_out_moves_the_days_that_load_for_it(athlete):
    # Carbohydrate loading on the days before a race over 90 minutes (Thomas 2016), here in the week before its own.
    monday = next_weekday(0, after=today(athlete.zones) + timedelta(days=7))
    race = add_event(athlete, monday, "Marathon", type="race", duration_minutes=240.0, intensity="race")
    bundle = tools_of(athlete).what_if(SessionChange("remove", event_id=race.pk))
    saturday = monday - timedelta(days=2)
    before = carbs_on(athlete, saturday)
    race.delete()
    assert (bundle.number(f"{saturday}:before:carbs_g"), bundle.number(f"{saturday}:after:carbs_g")) == (
        before,
        carbs_on(athlete, saturday),
    )


def test_an_early_session_on_monday_moves_the_sunday_before_it(athlete):
    monday = next_weekday(0, after=today(athlete.zones) + timedelta(days=7))
    change = SessionChange(
        "add", day=monday, sport="cycle", duration_minutes=240.0, intensity="hard", starts_at_minute=420
    )
    bundle = tools_of(athlete).what_if(change)
    add_event(athlete, monday, "Ride", sport="cycle", duration_minutes=240.0, intensity="hard", hour=7)
    sunday = monday - timedelta(days=1)
    assert bundle.number(f"{sunday}:after:carbs_g") == carbs_on(athlete, sunday)


def test_the_difference_is_a_fact_of_its_own_and_never_negative(athlete, run):
    bundle = tools_of(athlete).what_if(SessionChange("remove", event_id=run.pk))
    lost = bundle.number("before:carbs_g") - bundle.number("after:carbs_g")
    assert (bundle.number("difference:carbs_g"), bundle.data["more"]["carbs_g"]) == (round(lost, 2), False)


def test_a_dry_run_of_targets_stores_nothing(athlete, run):
    before = Athlete.objects.values_list("training_version", "profile_version").get()
    tools_of(athlete).what_if(SessionChange("length", event_id=run.pk, duration_minutes=30.0))
    assert (
        Athlete.objects.values_list("training_version", "profile_version").get(),
        TrainingEvent.objects.values_list("duration_minutes", flat=True).get(),
    ) == (before, 90.0)


def test_somebody_elses_session_is_not_there(run, sam):
    with pytest.raises(NotFound):
        tools_of(sam.athlete).what_if(SessionChange("remove", event_id=run.pk))


def test_a_session_that_was_done_cannot_be_left_out(athlete, run):
    CompletedSession.objects.create(
        athlete=athlete, event=run, local_date=run.local_date, starts_at=run.starts_at, duration_minutes=90.0
    )
    with pytest.raises(Conflict):
        tools_of(athlete).what_if(SessionChange("remove", event_id=run.pk))


@pytest.mark.parametrize(
    "change",
    [
        SessionChange("vanish"),
        SessionChange("add", sport="run", duration_minutes=60.0),
        SessionChange("length", event_id="x", duration_minutes=0.0),
        SessionChange("length", event_id="x", duration_minutes=5000.0),
        SessionChange("effort", event_id="x", intensity="brutal"),
    ],
)
def test_a_change_that_is_none_is_refused(athlete, change):
    with pytest.raises(InvalidInput):
        tools_of(athlete).what_if(change)


# --- plans ---
def stored():
    return (MealPlan.objects.count(), PlanRevision.objects.count(), PlanItem.objects.count())


def food_in_plan(planned):
    """A word that is in the name of an ingredient of a planned dish."""
    from planning.services.choice import is_disliked, read_catalogue

    catalogue = read_catalogue()
    for item in planned.current.items.order_by("date"):
        for word in ("rice", "oats", "potato", "pasta", "chicken", "egg", "yogurt"):
            if is_disliked(catalogue.named(item.recipe_id), [word]):
                return word
    raise AssertionError("none of these foods is in the plan")


def test_a_week_without_a_food_serves_none_of_it(planned, runner):
    from planning.services.choice import is_disliked, read_catalogue

    word = food_in_plan(planned)
    before = stored()
    bundle = tools_of(runner).what_if_without(word, today(runner.zones))
    catalogue = read_catalogue()
    names = {row.name: pk for pk, row in catalogue.recipes.items()}
    served = [names[row["after"]] for row in bundle.data["changes"] if row["after"]]
    assert (bundle.data["possible"], [pk for pk in served if is_disliked(catalogue.named(pk), [word])], stored()) == (
        True,
        [],
        before,
    )


def test_what_is_locked_with_the_food_would_have_to_go_too(planned, runner):
    word = food_in_plan(planned)
    from planning.services.choice import is_disliked, read_catalogue

    catalogue = read_catalogue()
    items = planned.current.items.order_by("date")
    held = next(item for item in items if is_disliked(catalogue.named(item.recipe_id), [word]))
    PlanItem.objects.filter(pk=held.pk).update(locked=True)
    from advisor.readings.replans import dry_run

    outcome = dry_run(runner, planned, first=today(runner.zones), without=word)
    assert not [item for item in outcome.solved.items if is_disliked(catalogue.named(item.dish_key), [word])]


def test_a_week_without_anything_to_eat_is_not_possible(runner):
    runner.dislikes = ["rice", "wheat", "oat", "bread", "pasta", "potato", "corn", "bean", "milk", "banana", "egg"]
    runner.dietary_preferences = ["vegan", "gluten-free"]
    runner.save()
    bundle = tools_of(runner).what_if_without("oil", today(runner.zones))
    assert (bundle.data["possible"], bundle.data["reasons"] != []) == (False, True)


def test_the_plan_can_follow_a_session_that_is_left_out(planned, runner):
    before = stored()
    event = TrainingEvent.objects.get(title="Long run 90min Z2")
    bundle = tools_of(runner).what_if_planned(SessionChange("remove", event_id=event.pk))
    changed = {row["date"] for row in bundle.data["changes"]}
    near = {(event.local_date + timedelta(days=n)).isoformat() for n in range(-7, 8)}
    assert (bundle.data["possible"], bundle.number("changed") > 0, changed <= near, stored()) == (
        True,
        True,
        True,
        before,
    )


def test_the_dry_plan_is_the_one_that_planning_again_would_make(planned, runner):
    from advisor.readings.replans import dry_run, plan_again

    event = TrainingEvent.objects.get(title="Long run 90min Z2")
    dry = dry_run(runner, planned, first=today(runner.zones), change=SessionChange("remove", event_id=event.pk))
    event.delete()
    planned.refresh_from_db()
    real = plan_again(planned)
    asked = [(day.date, day.energy_kcal, day.carbs_g, day.slots) for day in dry.inputs.problem.days]
    assert asked == [(day.date, day.energy_kcal, day.carbs_g, day.slots) for day in real.inputs.problem.days]


@pytest.mark.parametrize("words", ["", "ab", "x" * 81])
def test_a_food_of_two_letters_is_no_food_to_leave_out(athlete, words):
    with pytest.raises(InvalidInput):
        tools_of(athlete).what_if_without(words, today(athlete.zones))
