"""Each part of the formulation alone, on problems whose answer can be seen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planning.optimizer import Fixed, Infeasible, ProblemError, Rules, SlotNeed, Solved, solve
from planning.optimizer.servings import DishTable, quarters_range
from tests.planning.optimizer.generator import enrich, make_athlete, make_catalogue, with_household
from tests.planning.optimizer.small import check_small, day, dish, make, on, served

LUNCH = (on(0), "lunch", 0)


def test_a_dish_in_whole_servings_is_served_whole():
    assert served(make([day(0, 8)], [dish("eggs", step_quarters=4)])) == {LUNCH: ("eggs", 8)}


def test_a_day_between_two_whole_servings_has_no_plan():
    assert isinstance(solve(make([day(0, 6)], [dish("eggs", step_quarters=4)])), Infeasible)


def test_steps_count_from_zero_not_from_the_least_serving():
    one = dish("bar", step_quarters=4, min_quarters=3, max_quarters=11)
    assert quarters_range(one, SlotNeed("lunch", 0, "12:00", 0.0, 5000.0)) == (4, 8)


def test_a_fixed_meal_may_lie_between_the_steps():
    problem = make([day(0, 6)], [dish("eggs", step_quarters=4)], fixed=(Fixed(on(0), "lunch", 0, "eggs", 6),))
    solved = solve(problem)
    assert (solved.items[0].quarters, check_small(problem, solved).ok) == (6, True)


def test_a_meal_before_a_session_holds_no_more_fiber_than_it_may():
    bran, rice = dish("bran", fiber=3.0, preference=1.0), dish("rice", fiber=0.5, preference=0.0)
    assert served(make([day(0, 8, fiber_hi=10.0)], [bran, rice])) == {LUNCH: ("rice", 8)}


def test_a_meal_before_a_session_holds_no_more_fat_than_it_may():
    rich, lean = dish("rich", fat=6.0, preference=1.0), dish("lean", fat=3.0, preference=0.0)
    assert served(make([day(0, 8, fat_hi=30.0)], [rich, lean])) == {LUNCH: ("lean", 8)}


def test_unknown_fiber_is_not_offered_where_fiber_is_bounded():
    unknown, known = dish("unknown", fiber=None, preference=1.0), dish("known", fiber=0.5, preference=0.0)
    assert served(make([day(0, 8, fiber_hi=10.0)], [unknown, known])) == {LUNCH: ("known", 8)}


def test_the_fiber_bound_caps_the_serving():
    # 10 g less a fifth of a gram for rounding, at 1.5 g a quarter.
    assert quarters_range(dish("bran", fiber=1.5), SlotNeed("pre", 0, "08:00", 90.0, 1210.0, fiber_hi=10.0)) == (1, 6)


def test_the_ranges_of_a_whole_catalogue_are_those_of_its_dishes():
    athlete = with_household(make_athlete(enrich(make_catalogue(200)), 3), 3)
    dishes = athlete.problem.dishes
    table = DishTable.of(dishes)
    for need in {need for one in athlete.problem.days for need in one.slots}:
        low, high = table.ranges(need)
        expected = [quarters_range(one, need) for one in dishes]
        assert list(zip(low.tolist(), high.tolist(), strict=True)) == expected


STEW = dish("stew", "dinner", prep_minutes=30, batchable=True, keeps_days=3)


def cook_once(*, batch=True, keeps=3, later=3):
    """Dinner on the first day, then lunches on days with ten minutes to cook; fresh dishes take thirty."""
    days = [day(0, 6, "dinner", prep_minutes=60.0, batch=batch)]
    days += [day(number, 6, "lunch", prep_minutes=10.0) for number in range(1, later + 1)]
    return make(days, [replace(STEW, keeps_days=keeps), dish("toast", prep_minutes=30)])


def test_a_batch_is_cooked_once_and_eaten_up_to_three_more_times():
    problem = cook_once()
    solved = solve(problem)
    assert [item.leftover_of for item in solved.items] == [None, *[(on(0), "dinner", 0)] * 3]
    minutes = {row.day: row.value for row in check_small(problem, solved).rows if row.name == "prep_minutes"}
    assert minutes == {on(0): 30, on(1): 3, on(2): 3, on(3): 3}


def test_a_batch_is_not_eaten_a_fourth_time():
    assert isinstance(solve(cook_once(keeps=9, later=4)), Infeasible)


def test_a_batch_is_not_eaten_after_it_has_gone_off():
    assert isinstance(solve(cook_once(keeps=2)), Infeasible)


def test_an_ordinary_dinner_is_eaten_again_once_only():
    assert isinstance(solve(cook_once(batch=False)), Infeasible)
    assert isinstance(solve(cook_once(batch=False, later=1)), Solved)


def test_a_dish_that_keeps_for_a_day_is_no_dinner_two_days_later():
    days = [day(0, 6, "dinner"), day(2, 6, "dinner", prep_minutes=10.0)]
    quick = [replace(STEW, keeps_days=keeps) for keeps in (1, 2)]
    assert [type(solve(make(days, [one]))) for one in quick] == [Infeasible, Solved]


def test_a_batch_counts_once_towards_the_repeat_limit():
    problem = replace(cook_once(), rules=Rules(max_repeats_per_week=1))
    solved = solve(problem)
    assert check_small(problem, solved).ok


def test_a_batch_is_welcome_on_a_batch_day():
    days = [day(0, 6, "dinner"), day(1, 6, "lunch")]
    dishes = [dish("stew", "dinner", batchable=True), dish("soup", "lunch", preference=0.7)]
    batched = [replace(days[0], batch=True), days[1]]
    # 0.5 - 0.15 + 0.35 x 3 / 60 = 0.3675 for the leftover against 0.3; on a batch day 0.2175.
    kept = [solve(make(chosen, dishes)).items[1].dish_key for chosen in (days, batched)]
    assert kept == ["soup", "stew"]


def home(key, grams, **fields):
    """A dish that takes so many grams of spinach for the six quarters of a meal."""
    return dish(key, stock_use=(("spinach", round(100 * grams / 6)),), **fields)


def test_of_two_equal_dishes_the_one_that_uses_what_is_at_home_is_chosen():
    dishes = [dish("a"), home("b", 120)]
    days = [day(0, 6)]
    assert served(make(days, dishes)) == {LUNCH: ("a", 6)}
    assert served(make(days, dishes, stock=(("spinach", 12000),))) == {LUNCH: ("b", 6)}


def test_a_hundred_grams_at_home_make_one_dish_attractive_not_three():
    plain = [dish(f"plain-{number}", preference=0.6) for number in range(3)]
    green = [home(f"green-{number}", 102) for number in range(3)]
    problem = make([day(number, 6) for number in range(3)], plain + green, stock=(("spinach", 10200),))
    solved = solve(problem)
    assert sum(item.dish_key.startswith("green") for item in solved.items) == 1
    # 0.5 for the green dish, 0.4 for each plain one, 0.3 back for all of the stock.
    assert solved.objective == pytest.approx(0.5 + 0.4 + 0.4 - 0.3, abs=1e-6)


def test_stock_is_credited_for_what_there_is_and_no_more():
    problem = make([day(0, 6), day(1, 6)], [home("a", 60), home("b", 60)], stock=(("spinach", 9000),))
    # 120 g are used, 90 g are there: all of it is credited, once.
    assert solve(problem).objective == pytest.approx(0.5 + 0.5 - 0.3, abs=1e-6)


def test_a_large_stock_is_credited_by_the_quarter_kilogram():
    problem = make([day(0, 6)], [home("a", 60)], stock=(("spinach", 100000),))
    assert solve(problem).objective == pytest.approx(0.5 - 0.3 * 60 / 250, abs=1e-6)


def test_an_eaten_meal_takes_nothing_from_the_stock_that_is_left():
    kept = (Fixed(on(0), "lunch", 0, "a", 6, "eaten"),)
    problem = make([day(0, 6)], [home("a", 60)], stock=(("spinach", 9000),), fixed=kept)
    assert solve(problem).objective == pytest.approx(0.5, abs=1e-6)


def test_protein_is_pulled_towards_a_quarter_over_its_target():
    meaty, modest = dish("meaty", protein=6.2, preference=0.6), dish("modest", protein=5.0)
    problem = make([day(0, 8, protein_g=32.0)], [meaty, modest])
    # 49.6 g are 1.55 times the target: 2 x 0.3 costs more than the tenth of preference gains.
    assert served(problem) == {LUNCH: ("modest", 8)}
    assert solve(replace(problem, dishes=(meaty,))).objective == pytest.approx(0.4 + 2 * (49.6 / 32 - 1.25), abs=1e-6)


def test_one_starch_a_day_is_enough():
    dishes = [
        dish("risotto", "lunch", tags=("base_rice",)),
        dish("pilaf", "dinner", tags=("base_rice",), preference=0.7),
        dish("pasta", "dinner", tags=("base_pasta",)),
    ]
    eaten = {item.dish_key for item in solve(make([day(0, 12, "lunch dinner")], dishes)).items}
    assert eaten == {"risotto", "pasta"}


def test_the_same_starch_is_not_for_lunch_on_two_days_running():
    dishes = [
        dish("risotto", tags=("base_rice", "main_fish"), preference=1.0),
        dish("paella", tags=("base_rice", "main_fish"), preference=1.0),
        dish("toast", tags=("base_bread",), preference=0.8),
    ]
    # Two rice dishes running cost 0.15 for the rice and 0.15 for the fish, toast only 0.2.
    first = [item.dish_key for item in solve(make([day(0, 6), day(1, 6)], dishes)).items]
    apart = {item.dish_key for item in solve(make([day(0, 6), day(2, 6)], dishes)).items}
    assert ("toast" in first, apart) == (True, {"risotto", "paella"})


def test_two_snacks_of_one_day_are_not_the_same_fruit():
    whole = dish("banana", "snack", ingredient_ids=frozenset({"banana"}), preference=0.6)
    sliced = dish("sliced banana", "pre", ingredient_ids=frozenset({"banana"}), preference=0.6)
    apple = dish("apple", "pre", ingredient_ids=frozenset({"apple"}))
    eaten = {item.dish_key for item in solve(make([day(0, 6, "snack pre")], [whole, sliced, apple])).items}
    assert eaten == {"banana", "apple"}


def test_a_favorite_is_chosen_and_a_poor_rating_avoided():
    dishes = [dish("loved", preference=1.0), dish("fine"), dish("endured", preference=0.0)]
    days = [day(number, 6) for number in range(4)]
    eaten = sorted(item.dish_key for item in solve(make(days, dishes)).items)
    assert eaten == ["fine", "fine", "loved", "loved"]


def test_a_poorly_rated_dish_is_eaten_where_nothing_else_fits():
    days = [day(number, 6) for number in range(3)]
    eaten = [item.dish_key for item in solve(make(days, [dish("fine"), dish("endured", preference=0.0)])).items]
    assert sorted(eaten) == ["endured", "fine", "fine"]


def test_favorites_show_in_a_whole_week():
    athlete = make_athlete(make_catalogue(200), 4)
    even = replace(athlete.problem, dishes=tuple(replace(one, preference=0.5) for one in athlete.problem.dishes))
    mains = [one.key for one in even.dishes if "lunch" in one.slots]
    loved, poor = set(mains[::10]), set(mains[5::10])
    grade = {**dict.fromkeys(loved, 1.0), **dict.fromkeys(poor, 0.0)}
    rated = replace(even, dishes=tuple(replace(one, preference=grade.get(one.key, 0.5)) for one in even.dishes))
    before, after = (solve(problem) for problem in (even, rated))
    count = [sum(item.dish_key in loved for item in plan.items) for plan in (before, after)]
    assert count[1] >= count[0] + 4
    assert not {item.dish_key for item in after.items} & poor


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"dishes": (dish("a", step_quarters=0),)}, "no serving step"),
        ({"dishes": (dish("a", stock_use=(("rice", -1),)),)}, "negative amount of stock"),
        ({"stock": (("rice", -5),)}, "less than nothing"),
        ({"stock": (("rice", 5), ("rice", 6))}, "twice"),
    ],
)
def test_absurd_steps_and_stocks_are_refused(change, words):
    with pytest.raises(ProblemError, match=words):
        solve(replace(make([day(0, 6)], [dish("a")]), **change))
