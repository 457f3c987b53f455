"""Weeks without a plan, each made so on purpose: the cause is named in plain words, the set is minimal, offers work."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planning.optimizer import Dish, Fixed, Infeasible, Problem, Rules, solve
from planning.optimizer.conflicts import name_foods
from planning.optimizer.empty import find_empty_slots
from planning.optimizer.scopes import Withheld
from script.support.planner.causes import hopeless_cases
from tests.planning.optimizer.generator import make_athlete, make_catalogue
from tests.planning.optimizer.small import day

CATALOGUE = make_catalogue(200)
WEEK = make_athlete(CATALOGUE, 3).problem
DAY = make_athlete(CATALOGUE, 3, days=1).problem
MONDAY = DAY.days[0].date
CASES = list(hopeless_cases(1))
FOREVER = float("inf")


def test_the_same_refusal_names_its_cause_and_comes_twice():
    """One of the ten of `test_hopeless_weeks.py`."""
    case = next(case for case in CASES if case.name.startswith("too_little_time"))
    answer = solve(case.problem)
    assert case.cause in {code for conflict in answer.conflicts for code in conflict.codes}
    assert solve(case.problem) == answer


@pytest.fixture(scope="module")
def rules_refusal():
    return solve(replace(WEEK, rules=Rules(weekly_max={"meat": 0}, weekly_min={"meat": 1})))


def test_two_rules_against_each_other_bring_an_offer_for_each(rules_refusal):
    answer = rules_refusal
    assert answer.conflicts[0].members == (("weekly_max", "meat"), ("weekly_min", "meat"))
    assert [offer.sentence for offer in answer.relaxations] == [
        "Allow meat once more a week.",
        "Ask for meat 1 time a week less.",
    ]


def test_one_short_limit_on_every_day_is_one_sentence_and_one_offer():
    days = tuple(replace(day, prep_minutes=16.0) for day in WEEK.days[:2])
    answer = solve(replace(WEEK, days=days, budget_milli=None))
    assert answer.conflicts[0].sentence == (
        "On Monday 2 March, no choice of dishes meets this: at most 16 minutes in the kitchen. "
        "The same is true on Tuesday 3 March."
    )
    assert {part.kind for offer in answer.relaxations for part in offer.parts or (offer,)} == {"prep"}


def test_the_only_way_out_says_that_it_is_the_only_one():
    answer = solve(replace(DAY, days=(replace(DAY.days[0], prep_minutes=16.0),), budget_milli=None))
    assert [offer.sentence for offer in answer.relaxations] == [
        "Allow 5 more minutes in the kitchen on Monday 2 March. No other change that was tried gives a plan."
    ]


def test_a_meal_without_dishes_is_reported_in_plain_words():
    answer = solve(replace(DAY, dishes=tuple(dish for dish in DAY.dishes if "breakfast" not in dish.slots)))
    assert (answer.reason, answer.relaxations) == ("empty_slot", ())
    assert answer.conflicts[0].sentence == (
        "No dish that you may eat is meant for the breakfast. It is wanted on Monday 2 March."
    )


def test_a_window_nothing_fits_is_widened_just_enough():
    problem = next(case.problem for case in CASES if case.name.startswith("a_tiny_breakfast"))
    answer = solve(replace(problem, days=problem.days[:1]))
    assert answer.conflicts[0].codes == ("empty_slot", "breakfast")
    assert "slot_window" in {offer.kind for offer in answer.relaxations}


def test_a_kept_meal_may_be_let_go_but_not_one_that_was_eaten():
    huge = next(case.problem for case in CASES if case.name.startswith("a_huge_kept_lunch"))
    eaten = replace(huge, fixed=tuple(replace(meal, reason="eaten") for meal in huge.fixed))
    kinds = [{offer.kind for offer in solve(problem).relaxations} for problem in (huge, eaten)]
    assert ["fixed" in found for found in kinds] == [True, False]


def test_a_refusal_without_a_proof_says_that_nothing_was_found_and_not_that_nothing_exists():
    """Two dishes of 300 kcal reach 600 and 900 kcal in steps of a serving: fractions would meet 750."""
    dishes = tuple(
        Dish(name, name, name, frozenset({"lunch"}), (7500, 450, 900, 233, 0, 0), 4, 40, step_quarters=4)
        for name in ("a", "b")
    )
    day = replace(DAY.days[0], energy_kcal=750.0, carbs_g=90.0, protein_g=20.0, fiber_lo=None, prep_minutes=None)
    day = replace(day, slots=(replace(day.slots[1], slot="lunch", energy_lo=100.0, energy_hi=2000.0),), sodium_hi=None)
    answer = solve(replace(DAY, days=(day,), dishes=dishes, budget_milli=None))
    assert isinstance(answer, Infeasible)
    assert answer.reason == "not_found"
    assert answer.conflicts[0].sentence.startswith("No plan was found within these limits.")


def forbid(problem, *, slot, reasons, keep=0):
    """The problem without most dishes of a slot, and these dishes as withheld for the reasons."""
    gone = sorted((dish for dish in problem.dishes if slot in dish.slots), key=lambda dish: dish.key)[keep:]
    left = tuple(dish for dish in problem.dishes if dish not in gone)
    return replace(problem, dishes=left), [Withheld(dish, frozenset(reasons)) for dish in gone]


def test_the_diet_and_the_allergy_that_empty_a_meal_are_named():
    problem, withheld = forbid(DAY, slot="breakfast", reasons={("diet", "vegan"), ("allergy", "soy")})
    conflicts, certain = find_empty_slots(problem, deadline=FOREVER, withheld=withheld)
    assert certain
    # Each of the two alone keeps every one of these dishes away, so either explains it.
    assert conflicts[0].sentence.startswith("No dish for the breakfast fits ")
    assert len([member for member in conflicts[0].members if member[0] in ("diet", "allergy")]) == 1


def test_an_empty_breakfast_is_not_blamed_on_what_empties_the_dinner_before_it():
    without_dinners, no_chicken = forbid(WEEK, slot="dinner", reasons={("dislike", "chicken")})
    problem, no_onion = forbid(without_dinners, slot="breakfast", reasons={("dislike", "onion")})
    conflicts, _ = find_empty_slots(problem, deadline=FOREVER, withheld=[*no_chicken, *no_onion])
    of_breakfast = [conflict.members for conflict in conflicts if conflict.codes[1] == "breakfast"]
    assert {member for members in of_breakfast for member in members if member[0] != "slot"} == {("dislike", "onion")}


def test_a_dislike_that_a_conflict_depends_on_is_added_to_it():
    problem, withheld = forbid(WEEK, slot="dinner", reasons={("dislike", "rice")}, keep=3)
    refusal = solve(problem)
    told = name_foods(problem, refusal.conflicts[0], withheld, seed=1, deadline=FOREVER)
    assert "repeats" in refusal.conflicts[0].codes
    assert told.sentence == (
        "No choice of dishes meets all of these together: no rice (disliked); and the same dish at most twice a week."
    )


def test_a_conflict_that_needs_no_food_rule_names_none(rules_refusal):
    problem = replace(WEEK, rules=Rules(weekly_max={"meat": 0}, weekly_min={"meat": 1}))
    conflict = rules_refusal.conflicts[0]
    withheld = [Withheld(replace(WEEK.dishes[0], key="other", family="other"), frozenset({("diet", "vegan")}))]
    assert name_foods(problem, conflict, withheld, seed=1, deadline=FOREVER) == conflict


def test_a_locked_dinner_is_a_member_by_its_day():
    day = DAY.days[0]
    dish = next(one for one in DAY.dishes if "dinner" in one.slots)
    kept = Fixed(MONDAY, "dinner", 0, dish.key, round(1.5 * day.energy_kcal / (dish.per_quarter[0] / 100)))
    answer = solve(replace(DAY, fixed=(kept,)))
    assert ("fixed", MONDAY) in answer.conflicts[0].members


def test_nothing_to_eat_at_all_is_a_refusal_for_every_meal():
    refusal = solve(Problem((day(0, 8, "lunch dinner"),), ()))
    assert (refusal.reason, [conflict.codes for conflict in refusal.conflicts]) == (
        "empty_slot",
        [("empty_slot", "lunch"), ("empty_slot", "dinner")],
    )


def test_a_meal_that_a_dish_misses_by_less_than_a_rounding_is_not_called_impossible():
    left = next(dish for dish in DAY.dishes if "breakfast" in dish.slots)
    dishes = tuple(dish for dish in DAY.dishes if "breakfast" not in dish.slots or dish.key == left.key)
    most = left.per_quarter[0] * left.max_quarters / 100
    slots = tuple(
        replace(need, energy_lo=most + 0.1, energy_hi=most + 200) if need.slot == "breakfast" else need
        for need in DAY.days[0].slots
    )
    answer = solve(replace(DAY, days=(replace(DAY.days[0], slots=slots),), dishes=dishes))
    assert (answer.reason, answer.conflicts[0].verified) == ("not_found", False)
    assert answer.conflicts[0].sentence.startswith(
        "No plan was found within these limits; it may be a matter of rounding."
    )
