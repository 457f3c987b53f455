"""Standing rules and opinions: what an athlete may ask of every plan, and what comes of it."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from athletes.models import Athlete
from planning.models import DishOpinion, MealPlan, PlanningRules, Recipe
from planning.services import plans
from planning.services.inputs import gather_inputs
from planning.services.opinions import preference_with
from planning.services.rules import offered_tags, rules_of, update_rules
from tests import factories
from tests.planning.pages import sign_in
from tests.planning.people import MONDAY

pytestmark = pytest.mark.django_db


def rules_url(athlete):
    return f"/v1/athletes/{athlete.pk}/planning-rules"


def tagged(plan, tag):
    """Meals a week whose foods carry a tag."""
    items = MealPlan.objects.get(pk=plan.pk).current.items.prefetch_related("recipe__ingredients__food")
    return sum(any(tag in line.food.tags for line in item.recipe.ingredients.all()) for item in items)


def test_who_has_set_no_rules_gets_those_of_the_product(api, athlete):
    body = api(athlete.user).get(rules_url(athlete)).json()
    assert body.pop("tags") == offered_tags()
    assert body == {
        "weekly_max": {"red_meat": 3},
        "weekly_min": {},
        "prep_minutes": {},
        "batch_weekdays": [],
        "leftovers": True,
        "max_repeats_per_week": 2,
    }


def test_a_rule_that_was_not_sent_stays(api, athlete):
    api(athlete.user).patch(rules_url(athlete), {"weekly_min": {"fish": 1}})
    answer = api(athlete.user).patch(rules_url(athlete), {"leftovers": False, "prep_minutes": {"0": 20}})
    assert answer.status_code == 200
    rules = rules_of(athlete)
    assert (rules.weekly_min, rules.leftovers, rules.prep_minutes) == ({"fish": 1}, False, {0: 20})


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"weekly_max": {"unicorn": 1}}, "weekly_max.unicorn"),
        ({"weekly_max": {"fish": 22}}, "weekly_max.fish"),
        ({"weekly_min": {"fish": -1}}, "weekly_min.fish"),
        ({"weekly_min": {"red_meat": 4}}, "weekly_min.red_meat"),
        ({"weekly_min": {"fish": 12, "poultry": 10}}, "weekly_min"),
        ({"prep_minutes": {"7": 10}}, "prep_minutes.7"),
        ({"prep_minutes": {"0": 481}}, "prep_minutes.0"),
        ({"batch_weekdays": [7]}, "batch_weekdays"),
        ({"batch_weekdays": [1, 1]}, "batch_weekdays"),
        ({"max_repeats_per_week": 0}, "max_repeats_per_week"),
        ({"weekly_max": {"fish": "two"}}, "weekly_max.fish"),
        ({"weekly_max": []}, "weekly_max"),
    ],
)
def test_an_absurd_rule_is_400_names_its_field_and_stores_nothing(api, athlete, body, field):
    answer = api(athlete.user).patch(rules_url(athlete), body)
    assert answer.status_code == 400
    assert field in {row["field"] for row in answer.json()["error"]["details"]}
    assert not PlanningRules.objects.exists()


def test_an_unknown_food_is_answered_with_the_foods_there_are(api, athlete):
    answer = api(athlete.user).patch(rules_url(athlete), {"weekly_max": {"unicorn": 1}})
    assert "fish" in answer.json()["error"]["details"][0]["message"]


def test_other_rules_make_the_plan_out_of_date_and_the_same_ones_do_not(athlete, plan_of):
    plan = plan_of(athlete, count=1)

    def is_stale():
        present = Athlete.objects.get(pk=athlete.pk)
        return plan.pk in plans.stale_plan_ids(present, list(plans.with_contents(MealPlan.objects.all())))

    update_rules(athlete=athlete, values={"leftovers": True}, by=athlete.user)
    before = is_stale()
    update_rules(athlete=athlete, values={"leftovers": False}, by=athlete.user)
    assert (before, is_stale()) == (False, True)


@pytest.mark.core
def test_weekly_rules_hold(athlete, plan_of):
    """Pain: nobody's planner counts what a week may hold."""
    values = {"weekly_max": {"red_meat": 0, "poultry": 2}, "weekly_min": {"fish": 3}, "max_repeats_per_week": 1}
    update_rules(athlete=athlete, values=values, by=athlete.user)
    plan = plan_of(athlete)
    families = Counter(
        MealPlan.objects.get().current.items.exclude(slot="during").values_list("recipe__family", flat=True)
    )
    assert (tagged(plan, "red_meat"), tagged(plan, "poultry") <= 2, tagged(plan, "fish") >= 3) == (0, True, True)
    assert max(families.values()) == 1


def test_a_short_day_gets_its_own_time_in_the_kitchen(athlete, plan_of):
    update_rules(athlete=athlete, values={"prep_minutes": {"0": 30}}, by=athlete.user)
    plan = plan_of(athlete, count=2)
    rows = {row["day"]: row for row in plan.current.certificate["rows"] if row["name"] == "prep_minutes"}
    monday = rows[MONDAY.isoformat()]
    assert (monday["high"], monday["value"] <= 30) == (30, True)
    assert rows[(MONDAY + timedelta(days=1)).isoformat()]["high"] is None


def test_without_leftovers_every_meal_is_cooked_fresh(athlete, plan_of):
    update_rules(athlete=athlete, values={"leftovers": False}, by=athlete.user)
    plan = plan_of(athlete, count=5)
    assert not plan.current.items.filter(leftover_of__isnull=False).exists()


def test_a_day_for_cooking_ahead_reaches_the_optimizer(athlete, catalogue):
    update_rules(athlete=athlete, values={"batch_weekdays": [1]}, by=athlete.user)
    days = gather_inputs(athlete=athlete, first=MONDAY, count=3).problem.days
    assert [day.batch for day in days] == [False, True, False]


def test_a_stranger_and_a_coach_change_no_rules(api, athlete, sam, carol):
    body = {"leftovers": False}
    assert api(sam).patch(rules_url(athlete), body).status_code == 404
    assert api(carol).patch(rules_url(athlete), body).status_code == 403
    assert rules_of(athlete).leftovers


def test_the_page_saves_the_rules_and_shows_them_again(alice, athlete, catalogue):
    page = sign_in(alice)
    sent = {
        "least_fish": "2",
        "most_red_meat": "1",
        "prep_0": "20",
        "batch_weekdays": ["6"],
        "max_repeats_per_week": "3",
    }
    assert page.post("/settings/rules", sent).status_code == 303
    rules = rules_of(athlete)
    assert (rules.weekly_min, rules.weekly_max, rules.prep_minutes) == ({"fish": 2}, {"red_meat": 1}, {0: 20})
    assert (rules.batch_weekdays, rules.leftovers, rules.max_repeats_per_week) == ((6,), False, 3)
    assert 'name="least_fish" value="2"' in page.get("/settings/rules").content.decode()


def test_the_page_puts_a_contradiction_beside_its_field(alice, athlete, catalogue):
    sent = {"least_fish": "3", "most_fish": "1", "max_repeats_per_week": "2"}
    answer = sign_in(alice).post("/settings/rules", sent)
    assert answer.status_code == 422
    assert "Must not be more than the most you allow." in answer.content.decode()


# opinions


def opinion_url(athlete, recipe):
    return f"/v1/athletes/{athlete.pk}/opinions/{recipe.pk}"


@pytest.fixture
def porridge(catalogue):
    bases = Recipe.objects.filter(kind="base", owner=None).order_by("slug")
    return next(recipe for recipe in bases if "breakfast" in recipe.slots)


@pytest.mark.parametrize(
    ("favorite", "rating", "preference"),
    [(True, None, 0.95), (True, 5, 1.0), (False, 5, 0.9), (False, 4, 0.75), (False, 3, 0.5), (False, 1, 0.05)],
)
def test_an_opinion_becomes_a_preference(favorite, rating, preference):
    assert preference_with(DishOpinion(favorite=favorite, rating=rating), 0.5) == preference


def test_an_opinion_shifts_the_dish_and_its_variants_in_the_problem(api, athlete, porridge):
    api(athlete.user).call("PUT", opinion_url(athlete, porridge), {"rating": 1})
    problem = gather_inputs(athlete=athlete, first=MONDAY, count=1).problem
    assert {dish.preference for dish in problem.dishes if dish.family == porridge.family} == {0.05, 0.0}


def _preferences(athlete, family):
    problem = gather_inputs(athlete=athlete, first=MONDAY, count=1).problem
    found = {dish.key: dish.preference for dish in problem.dishes if dish.family == family}
    return {recipe.slug: found[recipe.pk] for recipe in Recipe.objects.filter(pk__in=found)}


def test_somebody_who_eats_everything_is_served_the_dish_itself_before_its_variants(athlete):
    athlete.dietary_preferences, athlete.allergies = [], []
    liked = _preferences(athlete, "oat-porridge-banana-almond-butter")
    assert (liked.pop("oat-porridge-banana-almond-butter"), max(liked.values())) == (0.5, 0.4)


def test_who_needs_a_variant_is_served_it_as_gladly(athlete):
    athlete.dietary_preferences, athlete.allergies = ["vegan"], []
    assert max(_preferences(athlete, "oat-porridge-banana-almond-butter").values()) == 0.5


def test_opinions_are_listed_and_taken_back(api, athlete, porridge):
    client = api(athlete.user)
    client.call("PUT", opinion_url(athlete, porridge), {"favorite": True, "rating": 5})
    listed = client.get(f"/v1/athletes/{athlete.pk}/opinions").json()
    assert [(row["family"], row["favorite"], row["rating"]) for row in listed["items"]] == [(porridge.family, True, 5)]
    assert client.delete(opinion_url(athlete, porridge)).status_code == 204
    assert client.delete(opinion_url(athlete, porridge)).status_code == 404


def test_an_opinion_that_says_nothing_any_more_is_gone(api, athlete, porridge):
    client = api(athlete.user)
    client.call("PUT", opinion_url(athlete, porridge), {"rating": 4})
    client.call("PUT", opinion_url(athlete, porridge), {"rating": None})
    assert not DishOpinion.objects.exists()


def test_never_again_keeps_the_dish_out_of_every_plan(api, athlete, porridge):
    api(athlete.user).call("PUT", opinion_url(athlete, porridge), {"never_again": True})
    problem = gather_inputs(athlete=Athlete.objects.get(pk=athlete.pk), first=MONDAY, count=1).problem
    assert porridge.pk not in {dish.key for dish in problem.dishes}


@pytest.mark.parametrize("body", [{}, {"rating": 6}, {"rating": 0}, {"rating": "5"}, {"favorite": "yes"}, {"stars": 3}])
def test_an_opinion_that_is_none_is_400(api, athlete, porridge, body):
    assert api(athlete.user).call("PUT", opinion_url(athlete, porridge), body).status_code == 400


def test_nobody_rates_the_own_dish_of_somebody_else(api, athlete, sam):
    theirs = Recipe.objects.create(slug="own-x", family="own-x", name="Secret stew", owner=sam.athlete, kind="own")
    assert api(athlete.user).call("PUT", opinion_url(athlete, theirs), {"rating": 5}).status_code == 404


def test_the_buttons_of_a_page_note_an_opinion_and_lead_back(alice, athlete, porridge):
    page = sign_in(alice)
    answer = page.post(f"/recipes/{porridge.pk}/opinion", {"favorite": "yes", "next": "/today"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/today")
    assert DishOpinion.objects.get().favorite


@pytest.mark.parametrize("there", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
def test_an_opinion_never_leads_to_a_page_of_somebody_else(alice, athlete, porridge, there):
    answer = sign_in(alice).post(f"/recipes/{porridge.pk}/opinion", {"rating": "5", "next": there})
    assert answer.headers["Location"] == f"/recipes/{porridge.pk}"


def test_two_athletes_keep_their_opinions_apart(api, athlete, porridge):
    other = factories.make_athlete("other@example.com")
    api(athlete.user).call("PUT", opinion_url(athlete, porridge), {"rating": 1})
    problem = gather_inputs(athlete=other, first=MONDAY, count=1).problem
    assert max(dish.preference for dish in problem.dishes if dish.family == porridge.family) == 0.5
