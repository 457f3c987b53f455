"""Shopping lists: grams of the plans, one line a food, in what a shop sells."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from planning.models import MealPlan, ShoppingItem
from planning.services import plans
from planning.services.shopping import needs_of
from tests import factories
from tests.planning.people import MONDAY, make_event

pytestmark = pytest.mark.django_db


def path_of(athlete, rest=""):
    return f"/v1/athletes/{athlete.pk}/shopping-lists{rest}"


@pytest.fixture
def make(api, athlete, catalogue):
    def post(**body):
        headers = body.pop("headers", {})
        return api(athlete.user).post(path_of(athlete), body or {"week_start": MONDAY.isoformat()}, **headers)

    return post


def planned_grams(larder, athlete):
    items = [
        {"recipe_id": item.recipe_id, "servings": item.quarters / 4}
        for plan in plans.with_contents(MealPlan.objects.filter(athlete=athlete))
        for item in plan.current.items.all()
    ]
    return larder.grams(items)


def test_the_shape_of_the_guide(make):
    answer = make()
    body = answer.json()
    assert answer.status_code == 201
    assert re.fullmatch(r"shl_[0-9a-z]{26}", body["id"])
    assert body["week_start"] == "2026-10-05"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", body["generated_at"])
    for item in body["items"]:
        assert {"name", "quantity", "category", "id", "grams", "for", "checked"} <= set(item)
        assert type(item["quantity"]) is str
        assert item["quantity"]


def test_it_is_read_where_location_says(make, api, athlete):
    answer = make()
    assert answer.headers["Location"] == path_of(athlete, f"/{answer.json()['id']}")
    assert api(athlete.user).get(answer.headers["Location"]).json()["items"] == answer.json()["items"]


def test_days_without_a_plan_get_one_first(make, athlete):
    body = make().json()
    assert body["meal_plan_ids"] == [MealPlan.objects.get(athlete=athlete).pk] == body["made_meal_plan_ids"]


def test_a_plan_that_exists_is_used_as_it_is(make, athlete, plan_of):
    plan = plan_of(athlete)
    body = make().json()
    assert (body["meal_plan_ids"], body["made_meal_plan_ids"]) == ([plan.pk], [])


def test_grams_in_the_list_are_the_grams_of_the_plan(make, athlete, larder):
    bought = {item["food_id"]: item["grams"] for item in make().json()["items"]}
    assert bought == pytest.approx(planned_grams(larder, athlete), abs=1e-5)


def test_a_list_over_two_plans_holds_both_to_the_gram(make, athlete, larder):
    body = make(**{"from": "2026-10-05", "to": "2026-10-14"}).json()
    bought = {item["food_id"]: item["grams"] for item in body["items"]}
    assert len(body["meal_plan_ids"]) == 2
    assert bought == pytest.approx(planned_grams(larder, athlete), abs=1e-5)


def test_each_food_is_one_line_and_says_which_meals_it_is_for(make, athlete, plan_of):
    body = make(**{"from": "2026-10-05", "to": "2026-10-06"}).json()
    foods = [item["food_id"] for item in body["items"]]
    assert len(foods) == len(set(foods))
    for item in body["items"]:
        assert sum(source["grams"] for source in item["sources"]) == pytest.approx(item["grams"], abs=0.02)
        assert all(
            re.fullmatch(r"2026-10-0[56] (breakfast|lunch|dinner|snack|pre|during|post)", w) for w in item["for"]
        )


def test_what_is_bought_is_never_less_than_what_is_eaten(make):
    for item in make().json()["items"]:
        assert item["purchase_grams"] >= item["grams"] - 0.001, item["name"]


def test_lines_stand_in_the_order_of_the_aisles(make):
    from planning.services.shopping import AISLES

    seen = [item["category"] for item in make().json()["items"]]
    assert seen == sorted(seen, key=AISLES.index)


def test_only_the_newest_plan_of_a_day_is_bought(make, athlete, plan_of):
    plan_of(athlete, count=1, seed=1)
    newest = plan_of(athlete, count=1, seed=2)
    body = make(**{"from": "2026-10-05", "to": "2026-10-05"}).json()
    grams = sum(need["grams"] for need in needs_of(list(newest.current.items.all())).values())
    assert body["meal_plan_ids"] == [newest.pk]
    assert sum(item["grams"] for item in body["items"]) == pytest.approx(grams)


def test_meals_that_were_eaten_or_skipped_are_not_bought_again(make, athlete, plan_of):
    plan = plan_of(athlete, count=1)
    for item in plan.current.items.all():
        plans.set_item_status(plan=plan, item_id=item.pk, status="eaten", by=athlete.user)
    assert make(**{"from": "2026-10-05", "to": "2026-10-05"}).json()["items"] == []


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "week_start"),
        ({"from": "2026-10-05"}, "week_start"),
        ({"week_start": "2026-10-05", "to": "2026-10-06"}, "week_start"),
        ({"from": "2026-10-06", "to": "2026-10-05"}, "to"),
        ({"from": "2026-10-05", "to": "2026-11-05"}, "to"),
        ({"week_start": "1999-12-31"}, "week_start"),
        ({"week_start": "next week"}, "week_start"),
        ({"week_start": None}, "week_start"),
        ({"week_start": "2026-10-05", "shop": "x"}, "shop"),
    ],
)
def test_a_range_that_cannot_be_is_400_and_makes_nothing(api, athlete, body, field):
    answer = api(athlete.user).post(path_of(athlete), body)
    assert (answer.status_code, answer.json()["error"]["details"][0]["field"]) == (400, field)
    assert not MealPlan.objects.exists()


def test_thirty_one_days_are_one_list(make):
    answer = make(**{"from": "2026-10-05", "to": "2026-11-04"})
    assert (answer.status_code, len(answer.json()["meal_plan_ids"])) == (201, 5)


def test_an_infeasible_week_makes_no_list(api, catalogue):
    athlete = factories.make_athlete(
        "stuck@example.com", sex="F", weight_kg=110.0, height_cm=160.0, birth_date="1956-01-01", goals=["weight_loss"]
    )
    answer = api(athlete.user).post(path_of(athlete), {"week_start": MONDAY.isoformat()})
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "plan_infeasible")


def test_one_key_makes_one_list(make):
    body = {"week_start": MONDAY.isoformat()}
    first = make(headers={"Idempotency-Key": "k"}, **body).json()
    assert make(headers={"Idempotency-Key": "k"}, **body).json() == first


def test_a_list_says_when_its_plan_has_moved_on(make, api, athlete):
    place = make().headers["Location"]
    make_event(athlete, MONDAY, 480, 180, sport="cycle")
    plan = plans.with_contents(MealPlan.objects).get()
    plans.resolve_meal_plan(plan=plan, by=athlete.user)
    assert api(athlete.user).get(place).json()["out_of_date"] is True


def test_a_list_for_dishes_that_became_excluded_says_so(make, api, athlete):
    place = make().headers["Location"]
    athlete.allergies = ["gluten", "milk", "eggs", "soy", "fish", "tree_nuts"]
    athlete.save()
    assert api(athlete.user).get(place).json()["out_of_date"] is True


def test_a_list_says_when_its_plan_is_gone(make, api, athlete):
    place = make().headers["Location"]
    plans.delete_meal_plan(plan=MealPlan.objects.get(), by=athlete.user)
    assert api(athlete.user).get(place).json()["out_of_date"] is True


def test_checking_off_is_seen_by_the_next_reader_whatever_was_cached(make, api, athlete):
    place = make().headers["Location"]
    item = api(athlete.user).get(place).json()["items"][3]
    answer = api(athlete.user).patch(f"{place}/items/{item['id']}", {"checked": True})
    read = api(athlete.user).get(place).json()
    assert (answer.status_code, answer.json()["checked"], read["items"][3]["checked"]) == (200, True, True)
    assert read["revision"] == 2


def test_an_own_quantity_takes_the_place_of_the_computed_one_and_can_be_taken_back(make, api, athlete):
    place = make().headers["Location"]
    item = api(athlete.user).get(place).json()["items"][0]
    patch = api(athlete.user).patch
    assert patch(f"{place}/items/{item['id']}", {"quantity": "two of the big ones"}).json()["quantity"] == (
        "two of the big ones"
    )
    assert patch(f"{place}/items/{item['id']}", {"quantity": ""}).json()["quantity"] == item["quantity"]


def test_only_the_named_fields_change(make, api, athlete):
    place = make().headers["Location"]
    item = api(athlete.user).get(place).json()["items"][0]
    api(athlete.user).patch(f"{place}/items/{item['id']}", {"checked": True})
    after = api(athlete.user).patch(f"{place}/items/{item['id']}", {"at_home": True}).json()
    assert (after["checked"], after["at_home"], after["grams"]) == (True, True, item["grams"])


@pytest.mark.parametrize("body", [{"checked": "yes"}, {"checked": None}, {"quantity": "x" * 81}, {"grams": 1}])
def test_a_wrong_change_of_an_item_is_400(make, api, athlete, body):
    place = make().headers["Location"]
    item = ShoppingItem.objects.first()
    assert api(athlete.user).patch(f"{place}/items/{item.pk}", body).status_code == 400


def test_an_item_of_another_list_is_404(make, api, athlete):
    first, second = make().headers["Location"], make().headers["Location"]
    item = api(athlete.user).get(second).json()["items"][0]["id"]
    assert api(athlete.user).patch(f"{first}/items/{item}", {"checked": True}).status_code == 404


def test_a_stranger_gets_404_and_changes_nothing(make, api, sam):
    place = make().headers["Location"]
    item = ShoppingItem.objects.first()
    stranger = api(sam)
    statuses = {
        stranger.get(place).status_code,
        stranger.delete(place).status_code,
        stranger.patch(f"{place}/items/{item.pk}", {"checked": True}).status_code,
    }
    assert statuses == {404}
    assert ShoppingItem.objects.get(pk=item.pk).checked is False


def test_a_deleted_list_is_gone(make, api, athlete):
    place = make().headers["Location"]
    assert [api(athlete.user).delete(place).status_code, api(athlete.user).get(place).status_code] == [204, 404]


def test_lists_are_listed_with_how_much_is_done(make, api, athlete):
    place = make().headers["Location"]
    item = api(athlete.user).get(place).json()["items"][0]
    api(athlete.user).patch(f"{place}/items/{item['id']}", {"checked": True})
    (row,) = api(athlete.user).get(path_of(athlete)).json()["items"]
    assert (row["from"], row["to"], row["checked_count"]) == ("2026-10-05", "2026-10-11", 1)


def test_a_diet_that_rests_on_the_label_gets_a_note_to_look_for_it(api, catalogue):
    athlete = factories.make_athlete("halal@example.com", dietary_preferences=["halal"])
    body = api(athlete.user).post(path_of(athlete), {"week_start": MONDAY.isoformat()}).json()
    assert "buy halal-certified meat" in [note for item in body["items"] for note in item["notes"]]


def test_every_list_says_that_labels_must_be_read(make):
    assert any("label" in sentence for sentence in make().json()["disclaimers"])


def test_a_week_may_begin_on_any_day(make):
    body = make(week_start=(MONDAY + timedelta(days=3)).isoformat()).json()
    assert (body["from"], body["to"]) == ("2026-10-08", "2026-10-14")
