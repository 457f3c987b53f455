"""What is left of a day after a meal was skipped, and dishes that only changed places."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from planning.models import MealPlan, PlanItem
from planning.optimizer.types import DayNeed, SlotNeed, Solved
from planning.placing import placing
from planning.services import plans, resolving, settling, standing, swaps
from planning.services.inputs import CATCH_UP, gather_inputs
from planning.services.proof import as_items, certify
from planning.services.rest import WIDENED, extra_snack, shape_rest
from planning.services.settling import put_back
from planning.services.standing import standing_of
from planning.services.stored import place_of
from planning.services.swaps import suggest_swaps
from tests.planning.people import MONDAY, make_event

pytestmark = pytest.mark.django_db


@pytest.fixture
def it_is(monkeypatch):
    """`it_is(day, hour)`: what the clock of planning says, in UTC."""

    def set_to(day, hour):
        moment = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
        for module in (standing, plans, resolving, swaps):
            monkeypatch.setattr(module, "today", lambda zone_name: day)
        monkeypatch.setattr(resolving, "now", lambda: moment)

    return set_to


def test_a_snack_more_does_not_take_the_number_of_a_skipped_one():
    assert extra_snack(DAY, after="14:20", index=3).index == 3


def fresh(plan):
    return plans.with_contents(MealPlan.objects).get(pk=plan.pk)


def items_of(plan):
    return list(PlanItem.objects.filter(revision_id=plan.current_id).select_related("recipe"))


def skip(plan, slot, athlete):
    item = fresh(plan).current.items.filter(date=MONDAY, slot=slot).order_by("time").first()
    plans.set_item_status(plan=fresh(plan), item_id=item.pk, status="skipped", by=athlete.user)
    return item


def inputs_of(plan, athlete):
    return gather_inputs(
        athlete=athlete, first=plan.week_start, count=plan.days, standing=standing_of(plan, items_of(plan), full=False)
    )


def solved_with(items):
    return Solved(tuple(items), 0.0, None, None, (), False, 0, {})


DAY = DayNeed(
    date=MONDAY.isoformat(),
    energy_kcal=2400.0,
    carbs_g=300.0,
    protein_g=110.0,
    slots=(
        SlotNeed("lunch", 0, "12:30", energy_lo=500.0, energy_hi=800.0),
        SlotNeed("snack", 0, "15:30", energy_lo=100.0, energy_hi=300.0),
        SlotNeed("dinner", 0, "19:00", energy_lo=500.0, energy_hi=800.0),
    ),
)


def test_one_snack_more_stands_at_ease_between_the_meals_that_are_left():
    assert extra_snack(DAY, after="14:20") == SlotNeed(
        "snack", 1, "17:00", energy_lo=pytest.approx(72.0), energy_hi=pytest.approx(480.0)
    )


def test_late_in_the_evening_a_day_gets_no_snack_more():
    assert extra_snack(DAY, after="21:40") is None


def test_meals_grow_by_a_quarter_and_main_meals_to_no_more_than_a_sitting(athlete, plan_of):
    plan = plan_of(athlete, count=1)
    skip(plan, "snack", athlete)
    inputs = inputs_of(fresh(plan), athlete)
    grown = {(slot.slot, slot.index): slot for slot in inputs.problem.days[0].slots}
    shaped = {(slot.slot, slot.index): slot for slot in shape_rest(inputs, day=MONDAY).problem.days[0].slots}
    for place, slot in shaped.items():
        ordinary = grown[place].energy_hi / CATCH_UP
        main = place[0] in ("breakfast", "lunch", "dinner")
        most = max(ordinary, min(ordinary * WIDENED, placing().main_meal_kcal)) if main else ordinary * WIDENED
        assert slot.energy_hi == pytest.approx(most), place


def test_what_is_left_out_of_a_day_is_said_in_kcal(athlete, plan_of):
    plan = plan_of(athlete, count=1)
    skip(plan, "snack", athlete)
    inputs = inputs_of(fresh(plan), athlete)
    shaped = shape_rest(inputs, day=MONDAY, share=0.9)
    asked = inputs.problem.days[0].energy_kcal
    assert shaped.problem.days[0].energy_kcal == pytest.approx(0.9 * asked)
    assert shaped.days[0].payload["warnings"][-1].startswith(f"About {0.1 * asked:.0f} kcal of this day are left out")


def test_no_meal_grows_out_of_proportion_when_a_meal_was_skipped(athlete, plan_of, it_is):
    plan = plan_of(athlete, count=2)
    it_is(MONDAY, 6)
    skip(plan, "snack", athlete)
    ordinary = {slot.slot: slot.energy_hi for slot in inputs_of(fresh(plan), athlete).problem.days[0].slots}
    plans.replan_rest_of_day(plan=fresh(plan), day=MONDAY, by=athlete.user)
    rows = fresh(plan).current.items.filter(date=MONDAY, slot__in=["breakfast", "lunch", "dinner"])
    for item in rows:
        assert item.nutrients["energy_kcal"] <= ordinary[item.slot] / CATCH_UP * WIDENED + 1, item.slot
    assert fresh(plan).current.certificate["ok"] is True


def test_after_a_skipped_lunch_the_rest_of_the_day_makes_up_for_it_or_says_what_is_left_out(athlete, plan_of, it_is):
    plan = plan_of(athlete, count=2)
    it_is(MONDAY, 13)
    snacks = fresh(plan).current.items.filter(date=MONDAY, slot="snack").count()
    skip(plan, "lunch", athlete)
    plans.replan_rest_of_day(plan=fresh(plan), day=MONDAY, by=athlete.user)
    current = fresh(plan).current
    more = current.items.filter(date=MONDAY, slot="snack").count() - snacks
    day = current.days[0]
    full = day["totals"]["energy_kcal"] >= 0.95 * day["target"]["energy_kcal"]
    left_out = [words for words in day["warnings"] if "left out" in words]
    tuesday = suggest_swaps(plan=fresh(plan), place=(MONDAY + timedelta(days=1), "lunch", 0))
    assert (current.certificate["ok"], more in (0, 1), full or bool(left_out)) == (True, True, True)
    assert len(tuesday.rows) >= 1


@pytest.mark.parametrize("full", [False, True])
def test_a_snack_that_was_skipped_and_made_up_for_is_not_served_when_the_plan_is_made_again(
    athlete, plan_of, it_is, full
):
    plan = plan_of(athlete, count=2)
    it_is(MONDAY, 6)
    skipped = place_of(skip(plan, "snack", athlete))
    plans.replan_rest_of_day(plan=fresh(plan), day=MONDAY, by=athlete.user)
    plans.resolve_meal_plan(plan=fresh(plan), full=full, by=athlete.user)
    again = {place_of(item): item.status for item in items_of(fresh(plan))}
    assert (again[skipped], standing.counts_again(fresh(plan))) == ("skipped", False)


@pytest.fixture
def two_snacks(athlete, plan_of):
    """A plan with two snacks on its first day, its inputs and its items with the snacks exchanged."""
    make_event(athlete, MONDAY, 9 * 60, 200.0)
    plan = fresh(plan_of(athlete, count=1))
    items = as_items(items_of(plan))
    one, other = [item for item in items if item.slot == "snack"][:2]
    crossed = {
        one.place: replace(one, dish_key=other.dish_key, quarters=other.quarters),
        other.place: replace(other, dish_key=one.dish_key, quarters=one.quarters),
    }
    return plan, items, [crossed.get(item.place, item) for item in items]


def test_two_snacks_that_only_changed_places_go_back(athlete, two_snacks):
    plan, items, exchanged = two_snacks
    settled = put_back(inputs_of(plan, athlete), solved_with(exchanged), plan.current)
    assert sorted(settled.items, key=lambda item: item.place) == sorted(items, key=lambda item: item.place)


def test_two_snacks_that_only_changed_places_go_back_where_the_session_moved_too(athlete, two_snacks):
    plan, items, exchanged = two_snacks
    plan.current.days[0]["target"]["sessions"][0]["starts_at_minute"] += 60
    settled = put_back(inputs_of(plan, athlete), solved_with(exchanged), plan.current)
    assert sorted(settled.items, key=lambda item: item.place) == sorted(items, key=lambda item: item.place)


def test_a_snack_that_changed_places_with_a_new_one_goes_back(athlete, two_snacks):
    plan, items, _ = two_snacks
    inputs = inputs_of(plan, athlete)
    one, other = [item for item in items if item.slot == "snack"][:2]
    used = {item.dish_key for item in items}
    fresh_dish = another_snack(inputs, items, one, other, used)
    came = {one.place: replace(one, dish_key=other.dish_key, quarters=other.quarters), other.place: fresh_dish}
    settled = put_back(inputs, solved_with([came.get(item.place, item) for item in items]), plan.current)
    found = {item.place: item.dish_key for item in settled.items}
    assert (found[one.place], found[other.place]) == (fresh_dish.dish_key, other.dish_key)


def another_snack(inputs, items, one, other, used):
    """A snack at the second place that the day can hold at either, in place of the first."""
    for dish in inputs.problem.dishes:
        if "snack" not in dish.slots or dish.key in used:
            continue
        for quarters in range(dish.min_quarters, dish.max_quarters + 1, dish.step_quarters):
            tried = replace(one, dish_key=dish.key, quarters=quarters)
            if certify(inputs, solved_with([tried if item.place == one.place else item for item in items]))["ok"]:
                return replace(other, dish_key=dish.key, quarters=quarters)
    raise AssertionError("no other snack fits this day")


def test_an_exchange_that_the_checker_refuses_stays(athlete, two_snacks, monkeypatch):
    plan, _, exchanged = two_snacks
    monkeypatch.setattr(settling, "certify", lambda inputs, solved: {"ok": False})
    solved = solved_with(exchanged)
    assert put_back(inputs_of(plan, athlete), solved, plan.current) is solved


def test_a_day_that_cannot_be_made_up_for_says_how_much_is_left_out(athlete, plan_of, it_is):
    plan = plan_of(athlete, count=1)
    it_is(MONDAY, 16)
    for slot in ("breakfast", "lunch", "snack"):
        skip(plan, slot, athlete)
    plans.replan_rest_of_day(plan=fresh(plan), day=MONDAY, by=athlete.user)
    day = fresh(plan).current.days[0]
    left_out = day["target"]["energy_kcal"] - day["totals"]["energy_kcal"]
    words = next(words for words in day["warnings"] if "left out" in words)
    assert int(words.split()[1]) == pytest.approx(left_out, abs=0.05 * day["target"]["energy_kcal"])


def test_a_meal_of_another_day_that_became_unsafe_does_not_keep_the_rest_of_a_day_from_being_planned(
    athlete, plan_of, it_is
):
    plan = plan_of(athlete, count=2)
    it_is(MONDAY, 13)
    tuesday = fresh(plan).current.items.get(date=MONDAY + timedelta(days=1), slot="dinner")
    skip(plan, "lunch", athlete)
    allergen = next(name for name, state in tuesday.recipe.allergens.items() if state == "contains")
    athlete.allergies = [allergen]
    athlete.save()
    plans.replan_rest_of_day(plan=fresh(plan), day=MONDAY, by=athlete.user)
    kept = fresh(plan).current.items.get(date=tuesday.date, slot="dinner")
    assert (kept.recipe_id, kept.pk != tuesday.pk) == (tuesday.recipe_id, True)
    assert kept.date.isoformat() in {row["date"] for row in plans.unsafe_items(athlete, fresh(plan))}
