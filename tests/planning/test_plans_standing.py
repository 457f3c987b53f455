"""What stays when a plan is made again: days that are over, bought meals, and days with a skipped meal."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from athletes.models import Athlete
from athletes.services.profile import update_athlete
from nutrition_site.kernel.errors import Conflict
from planning.models import MealPlan, PlanItem, ShoppingItem, ShoppingList
from planning.services import bought, plans, standing
from planning.services.choice import read_catalogue
from planning.services.recheck import certify_stored
from planning.services.rules import update_rules
from tests.planning.people import MONDAY, make_event

pytestmark = pytest.mark.django_db
TUESDAY = MONDAY + timedelta(days=1)


def fresh(plan):
    return plans.with_contents(MealPlan.objects).get(pk=plan.pk)


def meal(plan, slot, day=MONDAY):
    return fresh(plan).current.items.filter(date=day, slot=slot).order_by("index").first()


def mark(plan, item, status):
    return plans.set_item_status(plan=fresh(plan), item_id=item.pk, status=status, by=plan.athlete.user)


def dishes_of(plan, day):
    return sorted(fresh(plan).current.items.filter(date=day).values_list("slot", "index", "recipe_id", "quarters"))


@pytest.fixture
def it_is(monkeypatch):
    """`it_is(day, hour)`: what the clock of planning says, in UTC."""

    def set_to(day, hour=12):
        moment = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
        for module in (standing, plans):
            monkeypatch.setattr(module, "today", lambda zone_name: day)
        from planning.services import resolving, swaps

        monkeypatch.setattr(resolving, "today", lambda zone_name: day)
        monkeypatch.setattr(swaps, "today", lambda zone_name: day)
        monkeypatch.setattr(resolving, "now", lambda: moment)

    return set_to


# Days that are over


def test_a_day_that_is_over_keeps_its_meals_whatever_changes(athlete, plan_of, it_is):
    plan = plan_of(athlete, count=3)
    it_is(TUESDAY)
    monday, wednesday = dishes_of(plan, MONDAY), dishes_of(plan, MONDAY + timedelta(days=2))
    update_athlete(by=athlete.user, athlete=athlete, values={"weight_kg": 80.0})
    plans.resolve_meal_plan(plan=fresh(plan), full=True, by=athlete.user)
    assert dishes_of(plan, MONDAY) == monday
    assert dishes_of(plan, MONDAY + timedelta(days=2)) != wednesday


def test_a_day_that_is_over_keeps_the_targets_it_was_planned_with(athlete, plan_of, it_is):
    plan = plan_of(athlete, count=2)
    before = plan.current.days[0]["target"]
    it_is(TUESDAY)
    update_athlete(by=athlete.user, athlete=athlete, values={"weight_kg": 80.0})
    plans.resolve_meal_plan(plan=fresh(plan), by=athlete.user)
    after = fresh(plan).current
    assert after.days[0]["target"] == before
    assert after.days[1]["target"]["energy_kcal"] > before["energy_kcal"]
    assert after.certificate["closed"] == [MONDAY.isoformat()]
    assert after.certificate["ok"]


def test_a_plan_whose_past_days_alone_would_differ_is_not_out_of_date(athlete, plan_of, it_is):
    plan = plan_of(athlete, count=2)
    it_is(TUESDAY)
    make_event(athlete, MONDAY, 480, 120)
    Athlete.objects.filter(pk=athlete.pk).update(training_version=99)
    assert plans.stale_plan_ids(Athlete.objects.get(pk=athlete.pk), [fresh(plan)]) == set()


def test_what_was_eaten_on_a_day_that_is_over_is_no_danger_any_more(athlete, plan_of, it_is):
    plan = plan_of(athlete, count=2)
    dishes = [item.recipe for item in fresh(plan).current.items.filter(date=MONDAY)]
    allergen = next(name for dish in dishes for name, state in dish.allergens.items() if state == "contains")
    it_is(TUESDAY)
    update_athlete(by=athlete.user, athlete=athlete, values={"allergies": [allergen]})
    plans.resolve_meal_plan(plan=fresh(plan), by=athlete.user)
    assert plans.unsafe_items(Athlete.objects.get(pk=athlete.pk), fresh(plan)) == []
    assert fresh(plan).current.certificate["ok"]
    assert certify_stored(fresh(plan))["ok"]


def test_a_meal_of_a_day_that_is_over_is_not_swapped(athlete, plan_of, it_is):
    from planning.services.swaps import find_alternatives

    plan = plan_of(athlete, count=2)
    it_is(TUESDAY)
    with pytest.raises(Conflict) as refused:
        find_alternatives(plan=fresh(plan), place=(MONDAY, "lunch", 0))
    assert refused.value.code == "day_over"


def test_what_was_eaten_beyond_a_new_rule_does_not_forbid_the_rest_of_the_week(athlete, plan_of, it_is):
    update_rules(athlete=athlete, values={"weekly_min": {"red_meat": 2}}, by=athlete.user)
    plan = plan_of(athlete, count=7)
    it_is(MONDAY + timedelta(days=6))
    update_rules(athlete=athlete, values={"weekly_min": {}, "weekly_max": {"red_meat": 0}}, by=athlete.user)
    plans.resolve_meal_plan(plan=fresh(plan), by=athlete.user)
    assert fresh(plan).current.certificate["ok"]


# Dislikes


def first_food(item):
    return item.recipe.ingredients.select_related("food").order_by("position").first().food.name


def holds(plan, word):
    catalogue = read_catalogue()
    rows = fresh(plan).current.items.all()
    return {(row.date, row.slot) for row in rows if word.lower() in catalogue.food_words(row.recipe_id)}


def test_what_was_eaten_before_it_was_disliked_is_planned_nowhere_else(athlete, plan_of, it_is):
    plan = plan_of(athlete, count=3)
    it_is(MONDAY)
    eaten = meal(plan, "breakfast")
    mark(plan, eaten, "eaten")
    update_athlete(by=athlete.user, athlete=athlete, values={"dislikes": [first_food(eaten)]})
    plans.resolve_meal_plan(plan=fresh(plan), by=athlete.user)
    assert (holds(plan, first_food(eaten)), fresh(plan).current.certificate["ok"]) == ({(MONDAY, "breakfast")}, True)


def test_a_locked_meal_that_is_disliked_since_is_let_go(athlete, plan_of, it_is):
    plan = plan_of(athlete, count=3)
    it_is(MONDAY)
    kept = meal(plan, "dinner", TUESDAY)
    plans.set_item_status(plan=fresh(plan), item_id=kept.pk, locked=True, by=athlete.user)
    update_athlete(by=athlete.user, athlete=athlete, values={"dislikes": [first_food(kept)]})
    plans.resolve_meal_plan(plan=fresh(plan), by=athlete.user)
    assert (holds(plan, first_food(kept)), fresh(plan).current.certificate["ok"]) == (set(), True)


# Bought meals


def shop(plan, items, *, checked=True):
    """A list made from the plan with every food of these meals on it."""
    made = ShoppingList.objects.create(
        athlete=plan.athlete,
        first_day=MONDAY,
        last_day=TUESDAY,
        generated_at=timezone.now(),
        plan_revisions={plan.pk: 1},
    )
    foods = {line.food for item in items for line in item.recipe.ingredients.select_related("food")}
    ShoppingItem.objects.bulk_create(
        ShoppingItem(shopping_list=made, food=food, name=food.name, category="x", checked=checked) for food in foods
    )
    return made


def test_a_meal_is_bought_when_all_of_its_foods_are_checked_off(athlete, plan_of):
    plan = plan_of(athlete, count=1)
    lunch = meal(plan, "lunch")
    made = shop(plan, [lunch])
    items = list(fresh(plan).current.items.select_related("recipe"))
    assert lunch.pk in {item.pk for item in bought.bought_items(plan, items, read_catalogue())}
    made.items.first().delete()
    assert lunch.pk not in {item.pk for item in bought.bought_items(plan, items, read_catalogue())}


def test_a_list_of_another_plan_buys_nothing(athlete, plan_of):
    plan, other = plan_of(athlete, count=1), plan_of(athlete, count=1)
    shop(other, [meal(plan, "lunch")])
    items = list(fresh(plan).current.items.select_related("recipe"))
    assert bought.bought_items(plan, items, read_catalogue()) == []


def test_bought_meals_stay_even_when_everything_is_planned_anew(athlete, plan_of):
    plan = plan_of(athlete, count=2)
    dinner = meal(plan, "dinner")
    shop(plan, [dinner])
    make_event(athlete, MONDAY, 9 * 60, 60)
    plans.resolve_meal_plan(plan=fresh(plan), full=True, by=athlete.user)
    kept = meal(plan, "dinner")
    assert (kept.recipe_id, kept.quarters) == (dinner.recipe_id, dinner.quarters)


def test_a_bought_meal_that_is_no_longer_allowed_is_let_go(athlete, plan_of):
    plan = plan_of(athlete, count=1)
    items = list(fresh(plan).current.items.select_related("recipe"))
    unsafe = next(item for item in items if "contains" in item.recipe.allergens.values())
    allergen = next(name for name, state in unsafe.recipe.allergens.items() if state == "contains")
    shop(plan, [unsafe])
    update_athlete(by=athlete.user, athlete=athlete, values={"allergies": [allergen]})
    plans.resolve_meal_plan(plan=fresh(plan), by=athlete.user)
    assert all(item.recipe.allergens[allergen] == "free" for item in fresh(plan).current.items.all())


def test_bought_meals_that_make_a_plan_impossible_are_let_go_with_a_warning(athlete, plan_of):
    ride = make_event(athlete, MONDAY, 9 * 60, 240)
    plan = plan_of(athlete, count=1)
    shop(plan, list(fresh(plan).current.items.select_related("recipe")))
    ride.delete()
    plans.resolve_meal_plan(plan=fresh(plan), by=athlete.user)
    assert "BOUGHT_LET_GO" in fresh(plan).current.days[0]["warnings"]


# Skipped meals


def test_the_rest_of_the_day_makes_up_for_a_skipped_meal(athlete, plan_of, it_is):
    plan = plan_of(athlete, count=3)
    it_is(MONDAY, 8)
    tuesday = dishes_of(plan, TUESDAY)
    snack = meal(plan, "snack")
    mark(plan, snack, "skipped")
    plans.replan_rest_of_day(plan=fresh(plan), day=MONDAY, by=athlete.user)
    current = fresh(plan).current
    day = current.days[0]
    counted = current.items.filter(date=MONDAY).exclude(status="skipped")
    energy = sum(item.nutrients["energy_kcal"] for item in counted)
    assert energy == pytest.approx(day["target"]["energy_kcal"], rel=0.05)
    assert day["totals"]["energy_kcal"] == pytest.approx(energy, abs=0.01)
    assert current.items.get(date=MONDAY, slot="snack", index=snack.index).status == PlanItem.Status.SKIPPED
    assert dishes_of(plan, TUESDAY) == tuesday
    assert certify_stored(fresh(plan))["ok"]


def test_meals_whose_time_is_past_do_not_change_with_the_rest_of_the_day(athlete, plan_of, it_is):
    plan = plan_of(athlete, count=1)
    breakfast, late = meal(plan, "breakfast"), meal(plan, "snack")
    it_is(MONDAY, 8)
    mark(plan, late, "skipped")
    plans.replan_rest_of_day(plan=fresh(plan), day=MONDAY, by=athlete.user)
    kept = meal(plan, "breakfast")
    assert (breakfast.time < "10:00", kept.recipe_id, kept.quarters) == (True, breakfast.recipe_id, breakfast.quarters)


def test_a_skipped_meal_that_is_taken_up_again_makes_the_plan_out_of_date(athlete, plan_of, it_is):
    plan = plan_of(athlete, count=1)
    it_is(MONDAY, 6)
    mark(plan, meal(plan, "snack"), "skipped")
    plans.replan_rest_of_day(plan=fresh(plan), day=MONDAY, by=athlete.user)
    present = Athlete.objects.get(pk=athlete.pk)
    before = plans.stale_plan_ids(present, [fresh(plan)])
    mark(plan, meal(plan, "snack"), "planned")
    assert (before, plans.stale_plan_ids(present, [fresh(plan)])) == (set(), {plan.pk})


def test_the_rest_of_a_day_is_not_planned_again_without_a_reason(athlete, plan_of):
    plan = plan_of(athlete, count=1)
    with pytest.raises(Conflict) as refused:
        plans.replan_rest_of_day(plan=fresh(plan), day=MONDAY, by=athlete.user)
    assert refused.value.code == "nothing_skipped"


def test_catching_up_does_not_hide_that_the_plan_is_out_of_date(athlete, plan_of, it_is):
    plan = plan_of(athlete, count=2)
    it_is(MONDAY, 6)
    make_event(athlete, TUESDAY, 480, 120)
    Athlete.objects.filter(pk=athlete.pk).update(training_version=99)
    mark(plan, meal(plan, "snack"), "skipped")
    plans.replan_rest_of_day(plan=fresh(plan), day=MONDAY, by=athlete.user)
    assert plans.stale_plan_ids(Athlete.objects.get(pk=athlete.pk), [fresh(plan)]) == {plan.pk}


# What changed


def test_the_diff_says_why_a_meal_moved_what_targets_were_and_what_to_buy(athlete, plan_of):
    plan = plan_of(athlete, count=2)
    make_event(athlete, TUESDAY, 9 * 60, 150)
    _, diff = plans.resolve_meal_plan(plan=fresh(plan), by=athlete.user)
    assert {row["before"]["date"] for row in diff["changed"]} <= {MONDAY.isoformat(), TUESDAY.isoformat()}
    assert {(row["forced"], row["why"]) for row in diff["added"]} == {(True, "slot_new")}
    assert all(row["forced"] == (row["why"] != "chosen") for row in diff["changed"])
    moved = next(row for row in diff["targets"] if row["date"] == TUESDAY.isoformat())
    assert moved["after"]["energy_kcal"] > moved["before"]["energy_kcal"]
    assert any(line["after_grams"] > line["before_grams"] for line in diff["shopping"])


def test_a_dry_run_of_planning_again_changes_nothing(api, athlete, plan_of):
    plan = plan_of(athlete, count=1)
    make_event(athlete, MONDAY, 9 * 60, 150)
    url = f"/v1/athletes/{athlete.pk}/meal-plans/{plan.pk}/resolve"
    answer = api(athlete.user).post(url, {"dry_run": True}).json()
    assert (answer["dry_run"], answer["id"], fresh(plan).revision) == (True, None, 1)
    assert [item["slot"] for item in answer["days"][0]["items"]].count("during") >= 1


def test_eating_a_meal_uses_the_pantry_and_taking_the_mark_back_restores_it(athlete, plan_of):
    from planning.services.pantry import add_to_pantry, stock_for_planning

    plan = plan_of(athlete, count=1)
    lunch = meal(plan, "lunch")
    line = lunch.recipe.ingredients.order_by("-grams_per_serving").first()
    add_to_pantry(athlete=athlete, food_id=line.food_id, grams=5000.0, by=athlete.user)
    mark(plan, lunch, "eaten")
    used = 5000.0 - stock_for_planning(athlete)[line.food_id]
    mark(plan, meal(plan, "lunch"), "planned")
    assert used == pytest.approx(line.grams_per_serving * lunch.quarters / 4, abs=0.01)
    assert stock_for_planning(athlete)[line.food_id] == pytest.approx(5000.0)
