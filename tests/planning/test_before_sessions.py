"""The carbohydrate before a session: what is asked, how the day makes room for it, and what search and checker hold."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planning.before import SessionWindow, before_needs
from planning.checker import CheckBefore, CheckDay, CheckFood, CheckItem, CheckRecipe, CheckSlot, check_plan
from planning.optimizer import Problem, ProblemError, solve
from planning.optimizer.hashing import inputs_hash
from planning.optimizer.types import BeforeNeed
from planning.optimizer.words import say_before
from planning.phrases import knows
from planning.schedule import place_meals
from planning.science import Profile, Session, fueling_windows
from planning.science.fueling import race_meal_hours
from planning.services.proof import before_waivers
from script.support.planner.model import WeekModel
from script.support.planner.reading import objective_of as read_objective
from tests.corpora import for_every
from tests.planning.optimizer.generator import make_athlete, make_catalogue
from tests.planning.optimizer.objective import objective_of
from tests.planning.optimizer.small import day, dish, served

RUNNER = Profile(sex="M", age_years=30, weight_kg=70, height_cm=178)
HOURS = 60


def asked(start, minutes, *, race=False):
    return fueling_windows(RUNNER, Session("run", minutes, is_race=race, starts_at_minute=start)).pre


# What is asked


@for_every(
    ("start", "minutes", "race", "carbs_g"),
    [
        (None, 180, True, 210),
        (12 * HOURS, 180, True, 210),
        (8 * HOURS, 180, True, 210),
        (7 * HOURS, 180, True, 140),
        (6 * HOURS, 180, True, 70),
        (6 * HOURS - 1, 180, True, 35),
        (9 * HOURS, 180, False, 210),
        (7 * HOURS + 30, 180, False, 140),
        (7 * HOURS + 29, 180, False, 35),
        (6 * HOURS, 75, False, 35),
        (6 * HOURS, 60, False, 0),
    ],
)
def test_as_many_grams_a_kilogram_are_asked_for_as_hours_are_left_to_eat(start, minutes, race, carbs_g):
    """Burke 2011, Thomas 2016: 1 to 4 g/kg in the 1 to 4 hours before; when people get up is the product's."""
    assert asked(start, minutes, race=race).carbs_g == pytest.approx(carbs_g)


def test_a_session_before_anybody_eats_asks_for_the_evening_before_and_says_so():
    pre = asked(6 * HOURS, 120)
    assert (pre.too_early, pre.carbs_low_g, pre.carbs_high_g) == (True, 0, 70)
    assert pre.words == "Too early for a meal: eat well the evening before, and a small snack before the start"


def test_a_session_at_noon_asks_for_a_meal():
    pre = asked(12 * HOURS, 120)
    assert (pre.too_early, pre.words) == (False, "Carbohydrate meal, low in fiber and fat")


@for_every(("start", "hours"), [(None, 3), (8 * HOURS, 3), (7 * HOURS, 2), (6 * HOURS, 1), (5 * HOURS, 1)])
def test_the_meal_of_an_early_race_is_planned_for_when_people_are_up(start, hours):
    assert race_meal_hours(Session("run", 180, starts_at_minute=start)) == hours


# How the day makes room


def session(start, minutes, grams_per_kg=0.0, *, race=False, **fields):
    """What a person of 60 kg is asked to eat before."""
    grams = 60.0 * grams_per_kg
    return SessionWindow(
        start, minutes, 30.0, 60.0, is_race=race, before_g=grams, before_most_g=240.0, meal_hours=grams_per_kg, **fields
    )


def at(slots, name):
    return [slot.time for slot in slots if slot.slot == name]


def test_breakfast_waits_for_a_race_at_noon():
    slots = place_meals(3000, [session(12 * HOURS, 120, 3, race=True)])
    assert (at(slots, "breakfast"), at(slots, "pre"), at(slots, "lunch")) == (["09:00"], ["11:00"], ["14:30"])


def test_lunch_waits_for_a_race_in_the_evening():
    assert at(place_meals(3000, [session(19 * HOURS, 90, 3, race=True)]), "lunch") == ["15:00"]


@for_every(("start", "breakfast"), [(11 * HOURS + 30, "07:30"), (12 * HOURS, "08:00")])
def test_breakfast_waits_an_hour_at_most_for_a_long_session(start, breakfast):
    assert at(place_meals(2600, [session(start, 120, 2)]), "breakfast") == [breakfast]


@for_every(("start", "lunch"), [(17 * HOURS, "13:00"), (17 * HOURS + 30, "13:30"), (17 * HOURS + 31, "12:30")])
def test_lunch_waits_an_hour_at_most_for_a_long_session(start, lunch):
    assert at(place_meals(2600, [session(start, 120, 2)]), "lunch") == [lunch]


def test_no_meal_waits_for_what_a_snack_carries():
    assert at(place_meals(2600, [session(12 * HOURS, 75, 1)]), "breakfast") == ["07:30"]


def test_a_snack_stands_before_a_long_session_that_no_meal_can_wait_for():
    slots = place_meals(2600, [session(18 * HOURS, 100, 2)])
    assert (at(slots, "lunch"), at(slots, "snack")) == (["12:30"], ["15:30", "10:30"])


def test_that_snack_sits_well():
    slots = place_meals(2600, [session(18 * HOURS, 100, 2)])
    snack = next(slot for slot in slots if slot.time == "15:30")
    assert (snack.fiber_hi, snack.fat_hi) == (pytest.approx(10 * 120 / 180), pytest.approx(25 * 120 / 180))


def test_where_every_meal_lies_before_a_session_the_one_that_waits_is_free_of_limits():
    """Fiber and fat have to be eaten somewhere."""
    day_of_three = [session(12 * HOURS, 180, 3, race=True), session(18 * HOURS, 75, 1), session(19 * HOURS, 180, 3)]
    slots = {slot.slot: slot for slot in place_meals(5300, day_of_three)}
    assert [slots[name].time for name in ("breakfast", "lunch", "dinner")] == ["09:00", "15:30", "18:30"]
    assert [slots[name].fiber_hi is None for name in ("breakfast", "lunch", "dinner")] == [True, False, False]


def test_no_meal_is_moved_into_another_session():
    morning, noon = session(8 * HOURS + 30, 90), session(12 * HOURS, 120, 3, race=True)
    assert at(place_meals(3000, [morning, noon]), "breakfast") == at(place_meals(3000, [morning]), "breakfast")


def test_the_meals_before_grow_as_far_as_what_they_should_hold_asks_for():
    """60 g need 343 kcal at 70 % from carbohydrate; a snack of at most 14 % of 2,000 kcal holds 280."""
    plain = next(slot for slot in place_meals(2000, [session(7 * HOURS + 45, 70)]) if slot.slot == "pre")
    grown = next(slot for slot in place_meals(2000, [session(7 * HOURS + 45, 70, 1)]) if slot.slot == "pre")
    assert (plain.energy_hi, grown.energy_hi) == (pytest.approx(280), pytest.approx(60 * 4 / 0.7))


def test_no_snack_before_grows_beyond_a_fifth_of_the_day():
    grown = next(slot for slot in place_meals(1500, [session(7 * HOURS + 45, 70, 1)]) if slot.slot == "pre")
    assert grown.energy_hi == pytest.approx(300)


def test_a_plan_is_held_to_four_fifths_of_what_is_asked():
    race = session(12 * HOURS, 120, 3, race=True)
    assert before_needs(place_meals(3000, [race]), [race]) == (BeforeNeed(8 * HOURS, 12 * HOURS, 144.0, 240.0),)


def test_where_no_meal_lies_in_the_hours_before_nothing_is_held():
    night = session(4 * HOURS, 120, 0.5, early=True)
    assert before_needs(place_meals(3000, [night]), [night]) == ()


def test_of_two_that_start_together_the_one_that_asks_for_more_is_held():
    both = [session(12 * HOURS, 70, 1), session(12 * HOURS, 120, 2)]
    assert [need.carbs_lo for need in before_needs(place_meals(3000, both), both)] == [96.0]


@for_every(("minutes", "early", "carries"), [(100, True, True), (100, False, False), (70, True, False)])
def test_the_evening_before_a_long_early_session_carries_carbohydrate(minutes, early, carries):
    slots = place_meals(2600, [], carbs_g=300.0, tomorrow=[session(6 * HOURS, minutes, 0.5, early=early)])
    assert (next(slot for slot in slots if slot.slot == "dinner").carbs_lo is not None) is carries


# What the search holds

# Twelve quarters of 11 g in two meals, the second of them before a session at noon.
MORNING = BeforeNeed(8 * HOURS, 12 * HOURS, 55.0, 66.0)


def two_meals(**fields):
    wanted = day(0, 12, "lunch breakfast", **fields)
    slots = tuple(replace(one, time={"lunch": "13:00", "breakfast": "09:00"}[one.slot]) for one in wanted.slots)
    dishes = (dish("porridge", "breakfast"), dish("stew", "lunch"))
    return Problem((replace(wanted, slots=slots),), dishes)


def test_the_meal_before_a_session_holds_what_is_wanted():
    quarters = {place[1]: count for place, (_, count) in served(two_meals(before=(MORNING,))).items()}
    assert quarters["breakfast"] in (5, 6)
    assert quarters["breakfast"] + quarters["lunch"] == 12


def test_a_wish_that_the_day_cannot_hold_is_no_reason_to_refuse_it_and_is_told():
    solved = solve(two_meals(before=(replace(MORNING, carbs_lo=200.0, carbs_hi=240.0),)))
    (waiver,) = solved.relaxed
    assert (waiver.kind, waiver.value, waiver.low, waiver.high) == ("before", 121.0, 200.0, 240.0)
    assert waiver.sentence == (
        "Before the start at 12:00 on 2026-03-02 the meals hold 121 g of carbohydrate, under the 200 g that are wanted."
    )


def test_every_sentence_about_it_is_told_in_other_languages():
    ends = ({"low": 150.0}, {"high": 20.0}, {"low": 38.6})
    assert [knows(say_before("2026-03-02", 720, 38.5, **end)) for end in ends] == [True, True, True]


def test_a_wish_is_part_of_the_fingerprint_and_no_wish_is_none():
    plain = two_meals()
    assert inputs_hash(two_meals(before=(MORNING,))) != inputs_hash(plain)
    assert inputs_hash(two_meals(before=())) == inputs_hash(plain)


@for_every(
    "before",
    [
        (MORNING, MORNING),
        (replace(MORNING, carbs_lo=70.0),),
        (replace(MORNING, carbs_lo=-1.0),),
        (replace(MORNING, from_minute=720),),
    ],
)
def test_a_wish_that_nobody_can_have_meant_is_refused(before):
    with pytest.raises(ProblemError):
        solve(two_meals(before=before))


@pytest.fixture(scope="module")
def week():
    """A synthetic week in which every day wants something before noon and most of it in the evening, and its plan."""
    problem = make_athlete(make_catalogue(200), 3).problem
    wishes = (BeforeNeed(480, 720, 60.0, 140.0), BeforeNeed(900, 1140, 500.0, 600.0))
    problem = replace(problem, days=tuple(replace(one, before=wishes) for one in problem.days[:3]))
    return problem, solve(problem)


def test_the_price_of_what_is_missed_is_in_the_objective_as_three_count_it(week):
    problem, solved = week
    counted = (objective_of(problem, solved), read_objective(problem, solved.items))
    assert counted == (pytest.approx(solved.objective, abs=1e-5), pytest.approx(solved.objective, abs=1e-5))


def test_the_bound_stays_below_a_plan_that_misses_something(week):
    _, solved = week
    assert any(waiver.kind == "before" for waiver in solved.relaxed)
    assert solved.lp_bound < solved.objective


def test_the_second_model_of_the_week_prices_it_alike():
    problem = two_meals(before=(replace(MORNING, carbs_lo=200.0, carbs_hi=240.0),))
    assert WeekModel(problem).solve(seconds=5.0).objective == pytest.approx(solve(problem).objective, abs=1e-4)


def test_food_during_another_session_is_no_meal_before_this_one():
    assert [MORNING.counts(slot, "09:00") for slot in ("breakfast", "during", "post")] == [True, False, True]


# What the checker measures

OATS = CheckFood("oats", 200.0, 10.0, 25.0, 60 / 9, 3.0, 100.0)
RECIPES = {
    name: CheckRecipe(name, frozenset({name}), (("oats", 200.0),), family=name)
    for name in ("breakfast", "pre", "lunch")
}


def checked(low, high, *, pre="11:00"):
    """Three meals of 50 g each at nine, before noon and at one; the session starts at noon."""
    clocks = {"breakfast": "09:00", "pre": pre, "lunch": "13:00"}
    slots = tuple(CheckSlot(name, 0, clock, (300.0, 500.0)) for name, clock in clocks.items())
    one = CheckDay("2026-03-02", 1200.0, 150.0, 60.0, slots, before=(CheckBefore(480, 720, (low, high)),))
    items = [CheckItem("2026-03-02", name, 0, name, 1.0) for name in clocks]
    return check_plan(days=[one], items=items, foods={"oats": OATS}, recipes=RECIPES)


def row_of(certificate):
    return next(row for row in certificate.rows if row.name == "carbs_before_1200")


@for_every(("pre", "value"), [("11:00", 100.0), ("12:00", 50.0), ("08:00", 100.0), ("07:59", 50.0)])
def test_the_checker_adds_up_the_meals_of_the_hours_before(pre, value):
    assert row_of(checked(40.0, 200.0, pre=pre)).value == pytest.approx(value)


def test_the_checker_counts_no_food_during_another_session():
    slots = tuple(CheckSlot(name, 0, "09:00") for name in ("breakfast", "during"))
    one = CheckDay("2026-03-02", 1200.0, 150.0, 60.0, slots, before=(CheckBefore(480, 720, (40.0, 200.0)),))
    items = [CheckItem("2026-03-02", name, 0, "breakfast", 1.0) for name in ("breakfast", "during")]
    certificate = check_plan(days=[one], items=items, foods={"oats": OATS}, recipes=RECIPES)
    assert row_of(certificate).value == pytest.approx(50.0)


@for_every(("low", "high", "holds"), [(100.0, 200.0, True), (101.0, 200.0, False), (10.0, 99.0, False)])
def test_what_is_missed_is_measured_and_is_no_violation(low, high, holds):
    certificate = checked(low, high)
    assert (row_of(certificate).ok, certificate.ok) == (holds, True)


def test_a_certificate_tells_what_is_missed_in_the_words_of_the_solver():
    rows = [{"name": "carbs_before_1200", "day": "2026-03-02", "value": 39.0, "low": 150.0, "high": 250.0, "ok": False}]
    (waiver,) = before_waivers({"rows": rows})
    assert waiver.sentence == (
        "Before the start at 12:00 on 2026-03-02 the meals hold 39 g of carbohydrate, under the 150 g that are wanted."
    )
