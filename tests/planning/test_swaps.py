"""One meal for another: everything offered is verified, and no door leads around an exclusion."""

from __future__ import annotations

import time
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from athletes.services.profile import update_athlete
from athletes.services.versions import raise_training_version
from planning.documents import plan_document as plans_document
from planning.models import MealPlan, PlanItem, Recipe
from planning.services import plans
from planning.services.opinions import set_opinion
from planning.services.pantry import add_to_pantry
from planning.services.swaps import find_alternatives, suggest_swaps, swap_meal
from tests import factories
from tests.planning.people import MONDAY, make_event

pytestmark = pytest.mark.django_db
LUNCH = {"date": MONDAY.isoformat(), "slot": "lunch"}


@pytest.fixture
def plan(athlete, plan_of):
    return plan_of(athlete, count=3)


@pytest.fixture
def swap(api, athlete, plan):
    return lambda **body: api(athlete.user).post(
        f"/v1/athletes/{athlete.pk}/meal-plans/{plan.pk}/swap", {**LUNCH, **body}
    )


def fresh(plan):
    return plans.with_contents(MealPlan.objects).get(pk=plan.pk)


def other_rows(plan, *, date=MONDAY, slot="lunch"):
    items = fresh(plan).current.items.exclude(date=date, slot=slot)
    return sorted(items.values_list("date", "slot", "index", "recipe_id", "quarters"))


def test_without_a_dish_alternatives_are_offered_and_nothing_changes(swap, plan):
    answer = swap()
    assert (answer.status_code, set(answer.json())) == (200, {"alternatives"})
    assert 1 <= len(answer.json()["alternatives"]) <= 8
    assert fresh(plan).revision == 1


def test_alternatives_are_of_different_families_and_none_is_the_present_dish(swap, plan):
    ids = [row["recipe_id"] for row in swap().json()["alternatives"]]
    present = fresh(plan).current.items.get(date=MONDAY, slot="lunch").recipe
    families = list(Recipe.objects.filter(pk__in=ids).values_list("family", flat=True))
    assert len(set(families)) == len(ids)
    assert present.pk not in ids


@pytest.mark.parametrize("choice", range(5))
def test_each_alternative_can_be_taken_as_offered_and_leaves_the_rest_of_the_plan_alone(swap, plan, choice):
    before = other_rows(plan)
    offer = swap().json()["alternatives"][choice]
    answer = swap(recipe_id=offer["recipe_id"])
    placed = fresh(plan).current.items.get(date=MONDAY, slot="lunch")
    assert (answer.status_code, answer.json()["revision"]) == (200, 2)
    assert (placed.recipe_id, placed.quarters / 4) == (offer["recipe_id"], offer["servings"])
    assert other_rows(plan) == before
    assert fresh(plan).current.certificate["ok"] is True


def test_the_change_told_is_the_change_made(swap, plan):
    before = fresh(plan).current.days[0]["totals"]
    offer = swap().json()["alternatives"][0]
    swap(recipe_id=offer["recipe_id"])
    after = fresh(plan).current.days[0]["totals"]
    assert after["energy_kcal"] - before["energy_kcal"] == pytest.approx(offer["change"]["energy_kcal"], abs=0.5)


def test_the_answer_tells_the_diff(swap):
    offer = swap().json()["alternatives"][0]
    diff = swap(recipe_id=offer["recipe_id"]).json()["diff"]
    assert [(c["after"]["slot"], c["after"]["recipe_id"]) for c in diff["changed"]] == [("lunch", offer["recipe_id"])]


def test_an_excluded_dish_is_422_even_when_asked_for_by_name(api, plan_of):
    athlete = factories.make_athlete("vegan@example.com", dietary_preferences=["vegan"])
    plan = plan_of(athlete, count=1)
    meat = next(r for r in Recipe.objects.filter(active=True) if "lunch" in r.slots and "poultry" in r.tags)
    place = f"/v1/athletes/{athlete.pk}/meal-plans/{plan.pk}/swap"
    answer = api(athlete.user).post(place, {**LUNCH, "recipe_id": meat.pk})
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "food_excluded")
    assert fresh(plan).revision == 1


def test_a_disliked_dish_is_422_too(swap, athlete, plan):
    offer = swap().json()["alternatives"][0]
    update_athlete(by=athlete.user, athlete=athlete, values={"dislikes": [offer["name"]]})
    answer = swap(recipe_id=offer["recipe_id"])
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "food_excluded")


def test_an_eaten_meal_cannot_be_swapped(swap, plan, athlete):
    lunch = fresh(plan).current.items.get(date=MONDAY, slot="lunch")
    plans.set_item_status(plan=plan, item_id=lunch.pk, status="eaten", by=athlete.user)
    answer = swap()
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "meal_eaten")


@pytest.mark.parametrize("recipe_id", [f"rcp_{'0' * 26}", "nothing", f"mpl_{'0' * 26}", ""])
def test_a_dish_that_does_not_exist_is_400(swap, recipe_id):
    answer = swap(recipe_id=recipe_id)
    assert (answer.status_code, answer.json()["error"]["details"][0]["field"]) == (400, "recipe_id")


def test_a_dish_for_another_meal_is_400_and_names_the_meal_in_the_readers_language(api, athlete, plan):
    snack = next(r for r in Recipe.objects.filter(active=True) if r.slots == ["snack"])
    place = f"/v1/athletes/{athlete.pk}/meal-plans/{plan.pk}/swap"
    answer = api(athlete.user).post(place, {**LUNCH, "recipe_id": snack.pk}, **{"Accept-Language": "sr-latn"})
    assert answer.status_code == 400
    assert answer.json()["error"]["details"][0]["message"] == "Ovo jelo nije za ovaj obrok: ručak."


@pytest.mark.parametrize(
    "place", [{"date": "2026-11-30"}, {"slot": "during"}, {"index": 7}], ids=["day", "slot", "index"]
)
def test_a_place_the_plan_does_not_have_is_404(swap, place):
    assert swap(**place).status_code == 404


@pytest.mark.parametrize(
    ("body", "field"),
    [({"slot": "brunch"}, "slot"), ({"date": "soon"}, "date"), ({"index": -1}, "index"), ({"recipe": "x"}, "recipe")],
)
def test_a_wrong_body_is_400(swap, body, field):
    answer = swap(**body)
    assert (answer.status_code, answer.json()["error"]["details"][0]["field"]) == (400, field)


def test_a_dish_that_does_not_fit_as_it_is_gets_its_day_solved_around_it_or_a_refusal(swap, plan):
    offered = {row["recipe_id"] for row in swap().json()["alternatives"]}
    lunches = [r for r in Recipe.objects.filter(active=True).order_by("-slug") if "lunch" in r.slots]
    present = set(fresh(plan).current.items.values_list("recipe__family", flat=True))
    chosen = next(r for r in lunches if r.pk not in offered and r.family not in present)
    answer = swap(recipe_id=chosen.pk)
    if answer.status_code == 200:
        assert fresh(plan).current.items.get(date=MONDAY, slot="lunch").recipe_id == chosen.pk
        assert fresh(plan).current.certificate["ok"] is True
    else:
        assert (answer.status_code, fresh(plan).revision) == (422, 1)


def test_swapping_a_dinner_whose_leftover_is_planned_leaves_no_leftover_without_a_source(api, plan_of):
    athlete = factories.make_athlete("cook@example.com", max_prep_minutes=45)
    plan = plan_of(athlete, count=7)
    leftover = next((item for item in fresh(plan).current.items.all() if item.leftover_of), None)
    assert leftover is not None, "this athlete's week is expected to hold a leftover"
    source = leftover.leftover_of
    dinner = fresh(plan).current.items.get(date=source[0], slot=source[1], index=source[2])
    planned = set(fresh(plan).current.items.values_list("recipe__family", flat=True))
    dishes = [r for r in Recipe.objects.filter(active=True).order_by("slug") if "dinner" in r.slots]
    place = f"/v1/athletes/{athlete.pk}/meal-plans/{plan.pk}/swap"
    statuses = []
    for recipe in [
        r for r in dishes if r.family not in planned and r.hands_on_minutes <= dinner.recipe.hands_on_minutes
    ]:
        answer = api(athlete.user).post(place, {"date": source[0], "slot": "dinner", "recipe_id": recipe.pk})
        statuses.append(answer.status_code)
        if answer.status_code == 200 or len(statuses) == 4:
            break
    assert set(statuses) <= {200, 422}
    at = {(i.date.isoformat(), i.slot, i.index): i.recipe_id for i in fresh(plan).current.items.all()}
    for item in fresh(plan).current.items.all():
        if item.leftover_of:
            assert at[tuple(item.leftover_of)] == item.recipe_id


# The command that proves a stored plan again.


def test_a_stored_plan_is_proved_again(plan):
    out = StringIO()
    call_command("verify_plan", plan.pk, stdout=out)
    assert f"{plan.pk} revision 1: verified" in out.getvalue()


def test_a_plan_that_was_tampered_with_does_not_pass(plan):
    lunch = fresh(plan).current.items.get(date=MONDAY, slot="lunch")
    PlanItem.objects.filter(pk=lunch.pk).update(quarters=lunch.quarters + 8)
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("verify_plan", plan.pk, stdout=out)
    assert "VIOLATED energy 2026-10-05" in out.getvalue()


def test_a_plan_that_became_unsafe_does_not_pass(plan, athlete):
    dishes = [item.recipe for item in fresh(plan).current.items.filter(date=MONDAY + timedelta(days=1))]
    allergen = next(name for dish in dishes for name, state in dish.allergens.items() if state == "contains")
    update_athlete(by=athlete.user, athlete=athlete, values={"allergies": [allergen]})
    with pytest.raises(CommandError):
        call_command("verify_plan", plan.pk, stdout=StringIO())


def test_an_unknown_plan_is_an_error(db):
    with pytest.raises(CommandError):
        call_command("verify_plan", "mpl_x")


# Why, how much, and how soon


def lunch_of(plan):
    return fresh(plan).current.items.get(date=MONDAY, slot="lunch")


def test_a_favorite_is_offered_with_its_reason(swap, plan, athlete):
    first = swap().json()["alternatives"][0]
    recipe = Recipe.objects.get(pk=first["recipe_id"])
    set_opinion(athlete=athlete, recipe=recipe, values={"favorite": True}, by=athlete.user)
    offered = {row["recipe_id"]: row["why"] for row in swap().json()["alternatives"]}
    assert offered[recipe.pk][0] == "favorite"


def test_what_is_at_home_speaks_for_a_dish(swap, athlete):
    recipe = Recipe.objects.get(pk=swap().json()["alternatives"][0]["recipe_id"])
    food = recipe.ingredients.order_by("-grams_per_serving").first().food_id
    add_to_pantry(athlete=athlete, food_id=food, grams=2000.0, by=athlete.user)
    offered = {row["recipe_id"]: row["why"] for row in swap().json()["alternatives"]}
    assert "pantry" in offered[recipe.pk]


def test_a_lunch_has_at_least_three_alternatives(swap):
    assert len(swap().json()["alternatives"]) >= 3


def test_the_same_dish_is_offered_and_stored_in_another_serving(plan, athlete):
    items = fresh(plan).current.items.exclude(slot="during").order_by("date", "time")
    for item in items:
        place = (item.date, item.slot, item.index)
        rows = suggest_swaps(plan=fresh(plan), place=place, portions=True).rows
        other = next((row for row in rows if row["why"] == ["portion"]), None)
        if other is not None:
            break
    quarters = round(other["servings"] * 4)
    swap_meal(plan=fresh(plan), place=place, recipe_id=item.recipe_id, quarters=quarters, by=athlete.user)
    stored = fresh(plan).current.items.get(date=item.date, slot=item.slot, index=item.index)
    assert (stored.recipe_id, stored.quarters) == (item.recipe_id, quarters)
    assert stored.quarters != item.quarters


@pytest.mark.parametrize(("servings", "status"), [(0.3, 400), (0, 400), (11, 400), ("1", 400), (10, 409)])
def test_a_serving_that_cannot_be_is_refused_and_nothing_changes(swap, plan, servings, status):
    answer = swap(recipe_id=lunch_of(plan).recipe_id, servings=servings)
    assert (answer.status_code, fresh(plan).revision) == (status, 1)


def test_alternatives_are_found_within_half_a_second(plan):
    """Processor time, so that a busy machine does not decide."""
    find_alternatives(plan=fresh(plan), place=(MONDAY, "lunch", 0))
    started = time.process_time()
    find_alternatives(plan=fresh(plan), place=(MONDAY, "dinner", 0))
    assert time.process_time() - started < 0.5


# What is cooked for later meals too


@pytest.fixture
def cook(api, plan_of):
    """A week with a dinner that is eaten again: (plan, dinner, leftover, swap)."""
    athlete = factories.make_athlete("batch@example.com", max_prep_minutes=45)
    plan = plan_of(athlete, count=4)
    leftover = next(item for item in fresh(plan).current.items.order_by("date") if item.leftover_of)
    day, slot, index = leftover.leftover_of
    dinner = fresh(plan).current.items.get(date=day, slot=slot, index=index)
    place = f"/v1/athletes/{athlete.pk}/meal-plans/{plan.pk}/swap"

    def swap(item, **body):
        where = {"date": item.date.isoformat(), "slot": item.slot, "index": item.index}
        return api(athlete.user).post(place, {**where, **body})

    return plan, dinner, leftover, swap


def at(plan, item):
    return fresh(plan).current.items.get(date=item.date, slot=item.slot, index=item.index)


def test_a_dinner_that_is_eaten_again_is_exchanged_together_with_its_leftover(cook):
    plan, dinner, leftover, swap = cook
    offer = next(row for row in swap(dinner).json()["alternatives"] if row["kind"] == "together")
    swap(dinner, recipe_id=offer["recipe_id"])
    cooked, later = at(plan, dinner), at(plan, leftover)
    assert (cooked.recipe_id, later.recipe_id) == (offer["recipe_id"], offer["recipe_id"])
    assert later.leftover_of == [dinner.date.isoformat(), "dinner", 0]
    assert (cooked.quarters + later.quarters) / 4 == offer["cook_servings"]
    assert fresh(plan).current.certificate["ok"] is True


def cooked_for_later(plan):
    """Every dinner of the plan that is eaten again, with one of its leftovers."""
    items = {(item.date.isoformat(), item.slot, item.index): item for item in fresh(plan).current.items.all()}
    return [(items[tuple(item.leftover_of)], item) for item in items.values() if item.leftover_of]


def test_a_dinner_that_is_eaten_again_is_exchanged_apart_from_its_leftover(cook):
    plan, _, _, swap = cook
    dinner, leftover, offer = next(
        (dinner, leftover, row)
        for dinner, leftover in cooked_for_later(plan)
        for row in swap(dinner).json()["alternatives"]
        if row["kind"] == "apart"
    )
    told = next(row for row in offer["also"] if row["slot"] == leftover.slot)
    swap(dinner, recipe_id=offer["recipe_id"])
    later = at(plan, leftover)
    assert at(plan, dinner).recipe_id == offer["recipe_id"]
    assert (later.recipe_id, later.quarters / 4, later.leftover_of) == (told["recipe_id"], told["servings"], None)
    assert fresh(plan).current.certificate["ok"] is True


def test_a_leftover_alone_has_alternatives_that_hold(cook):
    plan, _, leftover, swap = cook
    offer = swap(leftover).json()["alternatives"][0]
    swap(leftover, recipe_id=offer["recipe_id"])
    assert at(plan, leftover).recipe_id == offer["recipe_id"]
    assert fresh(plan).current.certificate["ok"] is True


def test_to_cook_instead_of_warming_a_leftover_up_is_not_said_to_take_less_time(cook):
    _plan, _dinner, leftover, swap = cook
    rows = swap(leftover).json()["alternatives"]
    assert any(row["prep_minutes"] >= 8 for row in rows)
    assert [row["name"] for row in rows if row["kind"] == "alone" and "quicker" in row["why"]] == []


def test_a_leftover_that_stays_is_the_reason_why_its_dinner_stays(cook):
    plan, dinner, leftover, swap = cook
    PlanItem.objects.filter(pk=leftover.pk).update(locked=True)
    answer = swap(dinner).json()
    assert (answer["alternatives"], answer["reason"]["code"]) == ([], "leftover_kept")


def test_a_plan_that_is_out_of_date_says_to_plan_again_first(swap, athlete, plan):
    make_event(athlete, MONDAY, 8 * 60, 240)
    raise_training_version(athlete.pk)
    answer = swap().json()
    assert (answer["alternatives"], answer["reason"]["code"]) == ([], "plan_stale")
    assert "Plan again first" in answer["reason"]["message"]


def test_a_plan_tells_how_much_is_cooked_at_each_meal(cook):
    plan, dinner, leftover, _ = cook
    shown = {
        (day["date"], item["slot"], item["index"]): item["cook_servings"]
        for day in plans_document(fresh(plan))["days"]
        for item in day["items"]
    }
    assert shown[dinner.date.isoformat(), "dinner", 0] == (dinner.quarters + leftover.quarters) / 4
    assert shown[leftover.date.isoformat(), leftover.slot, leftover.index] == 0
