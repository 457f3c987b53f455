"""Progress over weeks: meals as they went, carbohydrate around sessions, energy availability, load, and the page."""

from __future__ import annotations

import math
import re
from datetime import date, timedelta

import pytest

from nutrition_site.kernel.clock import today
from planning.models import ExpenditureEstimate, LogEntry, MealPlan, PlanItem, PlanRevision, Recipe
from planning.services.eaten import EatenDay, EatenMeal, read_eaten
from planning.services.progress import MealCounts, read_progress
from planning.services.targets import calculate_targets
from planning.services.week_availability import week_availability
from tests import factories
from tests.athletes.pages import shown, sign_in
from tests.markup import faults
from tests.planning.people import make_event

pytestmark = pytest.mark.django_db

SLOTS = (("breakfast", "07:30"), ("lunch", "12:30"), ("dinner", "19:00"))
FULL = {"energy_kcal": 800.0, "carbs_g": 110.0, "protein_g": 40.0, "fat_g": 22.0}


@pytest.fixture
def person():
    return factories.make_athlete("walker@example.com")


@pytest.fixture
def dish():
    return Recipe.objects.create(slug="porridge", family="porridge", name="Porridge", slots=["breakfast"])


def monday_of(athlete, back=1):
    """The Monday so many weeks before the present one."""
    present = today(athlete.timezone)
    return present - timedelta(days=present.weekday() + 7 * back)


def plan(athlete, dish, monday, statuses, *, days=7, nutrients=FULL):
    """A verified week of three meals a day; `statuses` are those of a day's meals, or a function of the day's index."""
    row = MealPlan.objects.create(athlete=athlete, week_start=monday, days=days, status="verified")
    revision = PlanRevision.objects.create(
        plan=row, number=1, training_version=1, profile_version=1, training_data_as_of=row.created_at
    )
    MealPlan.objects.filter(pk=row.pk).update(current=revision, revision=1)
    PlanItem.objects.bulk_create(
        PlanItem(
            revision=revision,
            date=monday + timedelta(days=n),
            slot=slot,
            time=time,
            recipe=dish,
            quarters=4,
            nutrients=nutrients,
            status=status,
        )
        for n in range(days)
        for (slot, time), status in zip(SLOTS, statuses(n) if callable(statuses) else statuses, strict=True)
    )
    return row


def last_week(athlete, weeks=4):
    return read_progress(athlete=athlete, weeks=weeks).weeks[-2]


# --- none, and gaps ---
def test_nothing_known_is_empty_and_no_zero(person):
    found = read_progress(athlete=person, weeks=52)
    week = found.weeks[0]
    assert (len(found.weeks), found.is_empty, found.present_estimate) == (52, True, None)
    assert (week.load, week.carbs_g, week.availability, week.complete_days) == (None, None, None, 0)
    assert week.meals == MealCounts()


def test_weeks_run_from_monday_and_end_with_the_present_one(person):
    found = read_progress(athlete=person, weeks=4)
    assert [week.monday for week in found.weeks] == [monday_of(person, back) for back in (3, 2, 1, 0)]
    assert [week.is_present for week in found.weeks] == [False, False, False, True]


# --- meals ---
def test_each_planned_meal_counts_once_by_how_it_went(person, dish):
    plan(person, dish, monday_of(person), ("eaten", "skipped", "planned"))
    assert last_week(person).meals == MealCounts(as_planned=7, skipped=7, not_logged=7)


def test_a_meal_eaten_after_a_swap_is_another_dish(person, dish):
    row = plan(person, dish, monday_of(person), ("eaten", "eaten", "eaten"), days=1)
    place = {"date": monday_of(person).isoformat(), "slot": "lunch", "index": 0}
    changed = [{"before": {**place, "recipe_id": "rcp_before"}, "after": {**place, "recipe_id": dish.pk}}]
    PlanRevision.objects.create(
        plan=row,
        number=2,
        state="past",
        reason="swapped",
        diff={"changed": changed},
        training_version=1,
        profile_version=1,
        training_data_as_of=row.created_at,
    )
    assert last_week(person).meals == MealCounts(as_planned=2, swapped=1)


def test_a_dish_swapped_back_is_as_planned(person, dish):
    row = plan(person, dish, monday_of(person), ("eaten", "eaten", "eaten"), days=1)
    place = {"date": monday_of(person).isoformat(), "slot": "lunch", "index": 0}
    made = {"plan": row, "state": "past", "reason": "swapped", "training_data_as_of": row.created_at}
    for number, (before, after) in enumerate(((dish.pk, "rcp_other"), ("rcp_other", dish.pk)), start=2):
        changed = [{"before": {**place, "recipe_id": before}, "after": {**place, "recipe_id": after}}]
        PlanRevision.objects.create(
            number=number, diff={"changed": changed}, training_version=1, profile_version=1, **made
        )
    assert last_week(person).meals == MealCounts(as_planned=3)


def test_meals_that_are_still_to_come_are_not_counted(person, dish):
    plan(person, dish, today(person.timezone), ("planned", "planned", "planned"), days=3)
    assert read_progress(athlete=person, weeks=4).meals == MealCounts()


def test_a_newer_plan_of_a_day_is_the_one_that_counts(person, dish):
    plan(person, dish, monday_of(person), ("skipped", "skipped", "skipped"))
    plan(person, dish, monday_of(person), ("eaten", "eaten", "eaten"))
    assert last_week(person).meals == MealCounts(as_planned=21)


def test_what_is_logged_besides_is_counted_and_joins_the_day(person, dish):
    day = monday_of(person)
    plan(person, dish, day, ("eaten", "eaten", "eaten"), days=1)
    LogEntry.objects.create(
        athlete=person, day=day, name="Bun", source="words", nutrients={"energy_kcal": 300.0, "carbs_g": 50.0}
    )
    week = last_week(person)
    assert (week.meals.besides, week.complete_days, week.carbs_g) == (1, 1, 380.0)


# --- eaten ---
def test_a_day_with_an_unknown_amount_has_eaten_at_least_what_is_known(person, dish):
    day = monday_of(person)
    plan(person, dish, day, ("eaten", "eaten", "skipped"), days=1)
    LogEntry.objects.create(athlete=person, day=day, name="Cake", source="words")
    found = read_eaten(person, day, day)[day]
    assert (found.is_marked, found.at_least("carbs_g"), found.whole("carbs_g")) == (True, 220.0, None)


def test_a_day_with_a_meal_nobody_marked_is_no_whole_day():
    meal = EatenMeal("lunch", 0, "12:30", "planned", FULL, plan_id="mpl_1")
    assert EatenDay(planned=(meal,)).whole("energy_kcal") is None


def test_a_log_without_a_plan_does_not_tell_the_whole_day():
    assert EatenDay(logged=(EatenMeal("", 0, "", "eaten", FULL),)).whole("energy_kcal") is None


# --- means ---
def test_carbohydrate_is_the_mean_of_whole_days_beside_the_target_of_the_same_days(person, dish):
    monday = monday_of(person)
    plan(person, dish, monday, lambda n: ("eaten", "eaten", "eaten" if n < 3 else "planned"))
    targets = calculate_targets(athlete=person, first=monday, last=monday + timedelta(days=2))
    week = last_week(person)
    assert (week.complete_days, week.carbs_g) == (3, 330.0)
    assert week.carbs_target_g == pytest.approx(sum(day.targets.carbs_g for day in targets) / 3)


def test_a_day_of_less_than_half_the_resting_rate_was_not_logged_in_whole(person, dish):
    plan(person, dish, monday_of(person), ("eaten", "skipped", "skipped"), nutrients={**FULL, "energy_kcal": 300.0})
    week = last_week(person)
    assert (week.complete_days, week.carbs_g, week.availability) == (0, None, None)


# --- energy availability ---
def test_availability_is_what_was_eaten_minus_training_per_lean_kilogram(person, dish):
    """(intake - net exercise) / fat-free mass (IOC 2023)."""
    monday = monday_of(person)
    make_event(person, monday, 17 * 60, 60.0)
    plan(person, dish, monday, ("eaten", "eaten", "eaten"))
    days = [day.targets for day in calculate_targets(athlete=person, first=monday, last=monday + timedelta(days=6))]
    found = last_week(person).availability
    assert found.kcal_per_kg == pytest.approx(sum((2400 - d.exercise_net_kcal) / d.ffm_kg for d in days) / 7)
    assert (found.days, found.is_judged) == (7, True)


def test_the_range_holds_the_errors_of_logged_food_and_of_a_lean_mass(person, dish):
    """300 kcal a day over seven days, and 4 kg of fat-free mass; 1.96 standard deviations."""
    monday = monday_of(person)
    plan(person, dish, monday, ("eaten", "eaten", "eaten"))
    (day,) = calculate_targets(athlete=person, first=monday, last=monday)
    lean = day.targets.ffm_kg
    found = last_week(person).availability
    half = 1.96 * math.hypot(300 / math.sqrt(7) / lean, found.kcal_per_kg * 4 / lean)
    assert (found.low, found.high) == pytest.approx((found.kcal_per_kg - half, found.kcal_per_kg + half))


@pytest.mark.parametrize(("kcal", "code"), [(400.0, "EA_RED"), (640.0, "EA_AMBER"), (800.0, None)])
def test_the_screening_names_a_week_by_the_published_limits(person, dish, kcal, code):
    """Below 30 is red, below 45 (or 95 % of balance) amber for women (RED-S 2018)."""
    plan(person, dish, monday_of(person), ("eaten", "eaten", "eaten"), nutrients={**FULL, "energy_kcal": kcal})
    assert last_week(person).availability.code == code


def test_four_known_days_are_shown_and_not_judged(person, dish):
    plan(person, dish, monday_of(person), ("eaten", "eaten", "eaten"), days=4)
    found = last_week(person).availability
    assert (found.days, found.is_judged, found.code) == (4, False, None)


def test_a_body_that_is_assumed_judges_nobody(dish):
    thin = factories.make_athlete("thin@example.com", weight_kg=None)
    plan(thin, dish, monday_of(thin), ("eaten", "eaten", "eaten"))
    found = read_progress(athlete=thin, weeks=4)
    assert (found.weeks[-2].availability, found.body_is_assumed, found.formula_kcal) == (None, True, None)


def test_a_week_without_a_known_day_has_no_availability():
    assert week_availability(monday=date(2026, 10, 5), sex="F", daily={}, targets={}) is None


# --- load ---
def test_load_is_summed_by_week_and_unknown_before_the_first_session(person):
    monday = monday_of(person)
    make_event(person, monday, 17 * 60, 60.0, tss=70.0)
    make_event(person, monday + timedelta(days=6), 9 * 60, 60.0, tss=50.0)
    weeks = read_progress(athlete=person, weeks=4).weeks
    assert [week.load for week in weeks] == [None, None, 120.0, 0.0]
    assert (weeks[2].load_planned, weeks[2].load_estimated) == (True, False)


def test_sessions_after_today_are_no_load_yet(person):
    make_event(person, today(person.timezone) + timedelta(days=1), 9 * 60, 60.0, tss=50.0)
    assert read_progress(athlete=person, weeks=4).weeks[-1].load in (None, 0.0)


# --- key sessions ---
def around(person, dish, statuses, **fields):
    """A hard run of 90 minutes at ten last Tuesday; breakfast and lunch lie within its hours, dinner does not."""
    day = monday_of(person) + timedelta(days=1)
    make_event(person, day, 10 * 60, 90.0, intensity="hard", title="Track", **fields)
    if statuses:
        plan(person, dish, day, statuses, days=1)
    (found,) = last_week(person).key_sessions
    return found


def test_what_is_eaten_within_its_hours_reaches_what_a_key_session_asks_for(person, dish):
    """Pre 1 to 4 g/kg, during 30 to 60 g/h for 90 minutes: at least 106 g for 61 kg; two meals of 110 g are near."""
    found = around(person, dish, ("eaten", "eaten", "eaten"))
    assert (found.eaten_g, found.is_reached) == (220.0, True)
    assert found.asked_low_g <= 220.0 <= found.asked_high_g


def test_a_skipped_meal_near_a_key_session_is_known_to_be_less(person, dish):
    found = around(person, dish, ("skipped", "skipped", "eaten"))
    assert (found.eaten_g, found.is_reached) == (0.0, False)


def test_a_meal_nobody_marked_leaves_a_key_session_open(person, dish):
    found = around(person, dish, ("planned", "skipped", "eaten"))
    assert (found.eaten_g, found.is_reached) == (None, None)


def test_without_a_plan_nothing_is_said_of_a_key_session(person, dish):
    assert around(person, dish, None).is_reached is None


def test_a_logged_thing_without_an_hour_may_have_been_near(person, dish):
    day = monday_of(person) + timedelta(days=1)
    LogEntry.objects.create(athlete=person, day=day, name="Gels", source="words", nutrients={"carbs_g": 200.0})
    assert around(person, dish, ("skipped", "skipped", "eaten")).is_reached is None


def test_an_easy_hour_is_no_key_session(person):
    make_event(person, monday_of(person), 17 * 60, 60.0, intensity="easy")
    assert last_week(person).key_sessions == ()


# --- the page ---
def test_a_year_of_marked_days_is_read_in_twelve_queries(person, dish, django_assert_max_num_queries):
    for back in range(57):
        plan(person, dish, monday_of(person, back), ("eaten", "skipped", "eaten"))
        make_event(person, monday_of(person, back), 17 * 60, 90.0, intensity="hard")
    client = sign_in(person.user)
    with django_assert_max_num_queries(12):
        answer = client.get("/progress?weeks=52")
    assert answer.status_code == 200


def estimate(person, **fields):
    known = {"offset_kcal": 180.0, "sd_kcal": 100.0, "windows": 4, "published": True, "applied_kcal": 150.0}
    return ExpenditureEstimate.objects.create(
        athlete=person, as_of=monday_of(person) - timedelta(days=1), engine_version="1", **{**known, **fields}
    )


def test_the_page_says_what_was_learned_and_what_targets_follow(person):
    estimate(person)
    text = " ".join(shown(sign_in(person.user).get("/progress")).text.split())
    assert "that is 180 kcal more than the formula gives, learned from 4 stretches of two weeks." in text
    assert "Your targets are 150 kcal higher for it, and move by at most 150 kcal a week." in text


def test_the_page_says_when_targets_do_not_follow_yet(person):
    estimate(person, sd_kcal=260.0, published=False, applied_kcal=0.0)
    assert "Your targets do not follow it yet" in sign_in(person.user).get("/progress").content.decode()


def test_the_page_is_clean_with_everything_and_with_nothing(person, dish):
    client = sign_in(person.user)
    assert faults(client.get("/progress").content.decode()) == {}
    plan(person, dish, monday_of(person), ("eaten", "skipped", "planned"))
    plan(person, dish, monday_of(person, 2), ("eaten", "eaten", "eaten"))
    make_event(person, monday_of(person), 17 * 60, 120.0)
    estimate(person)
    assert faults(client.get("/progress?weeks=4").content.decode()) == {}


def test_charts_begin_with_the_first_week_of_which_anything_is_known(person, dish):
    plan(person, dish, monday_of(person, 6), ("eaten", "eaten", "eaten"))
    page = sign_in(person.user).get("/progress?weeks=52").context
    assert (len(page["meals"]["columns"]), len(page["rows"])) == (7, 52)


def test_charts_of_a_new_athlete_have_four_weeks(person, dish):
    plan(person, dish, monday_of(person), ("eaten", "eaten", "eaten"))
    assert len(sign_in(person.user).get("/progress").context["meals"]["columns"]) == 4


def test_a_span_that_nobody_offers_shows_twelve_weeks(person):
    assert sign_in(person.user).get("/progress?weeks=9999").context["span"] == 12


def test_pages_without_numbers_show_neither_energy_nor_grams_nor_weight(dish):
    young = factories.make_athlete("young@example.com", birth_date=today("UTC") - timedelta(days=16 * 365))
    plan(young, dish, monday_of(young), ("eaten", "eaten", "eaten"))
    make_event(young, monday_of(young), 10 * 60, 120.0)
    page = shown(sign_in(young.user).get("/progress"))
    assert "kcal" not in page.text
    assert not re.search(r"\d\s*g\b", page.text)
    assert "progress/weight" not in str(page.elements)
