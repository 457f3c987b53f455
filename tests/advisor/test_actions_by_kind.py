"""What each kind of proposal refuses, shows and leaves behind."""

from __future__ import annotations

from datetime import timedelta

import pytest

from advisor import proposing
from advisor.actions import confirm_action
from advisor.models import ProposedAction
from athletes.models import Athlete, TrainingEvent
from nutrition_site.kernel.clock import today, zone
from nutrition_site.kernel.errors import Conflict, InvalidInput
from planning.models import Food, PlanItem, ShoppingList
from planning.services.plans import set_item_status
from planning.services.swaps import FoodExcluded
from tests.advisor.proposals import CASES, dinner_of, plan_of, store, tomorrow_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def athlete(mina):
    return mina


# --- meals ---
def test_an_eaten_meal_is_not_kept(athlete):
    set_item_status(plan=plan_of(athlete), item_id=dinner_of(athlete).pk, status="eaten", by=athlete.user)
    with pytest.raises(Conflict) as caught:
        proposing.lock_proposal(plan_of(athlete), dinner_of(athlete))
    assert caught.value.code == "meal_eaten"


def test_a_meal_that_is_kept_already_needs_no_proposal(athlete):
    set_item_status(plan=plan_of(athlete), item_id=dinner_of(athlete).pk, locked=True, by=athlete.user)
    with pytest.raises(Conflict) as caught:
        proposing.lock_proposal(plan_of(athlete), dinner_of(athlete))
    assert caught.value.code == "nothing_to_change"


def test_a_meal_of_a_day_that_is_over_is_not_kept(athlete):
    item = dinner_of(athlete)
    item.date = today(athlete.zones) - timedelta(days=1)
    with pytest.raises(Conflict) as caught:
        proposing.lock_proposal(plan_of(athlete), item)
    assert caught.value.code == "day_over"


def test_a_dish_that_became_excluded_is_not_kept(athlete):
    item = dinner_of(athlete)
    item.recipe.allergens = {**item.recipe.allergens, "sesame": "contains"}
    plan = plan_of(athlete)
    plan.athlete.allergies = ["sesame"]
    with pytest.raises(FoodExcluded):
        proposing.lock_proposal(plan, item)


def test_a_meal_that_was_eaten_after_the_proposal_is_not_kept(athlete):
    action = store(athlete, CASES["lock_meal"].propose(athlete))
    set_item_status(plan=plan_of(athlete), item_id=dinner_of(athlete).pk, status="eaten", by=athlete.user)
    with pytest.raises(Conflict) as caught:
        confirm_action(action=action, by=athlete.user)
    assert (caught.value.message, dinner_of(athlete).locked) == ("This meal was eaten already.", False)


# --- training ---
def test_a_session_is_entered_as_it_was_shown(athlete):
    action = store(athlete, CASES["add_event"].propose(athlete))
    done = confirm_action(action=action, by=athlete.user)
    event = TrainingEvent.objects.get(pk=done.result["event_id"])
    local = event.starts_at.astimezone(zone(athlete.timezone))
    assert (event.local_date, local.strftime("%H:%M"), event.sport, event.duration_minutes, event.counts) == (
        tomorrow_of(athlete),
        "17:30",
        "cycle",
        120.0,
        True,
    )


def test_the_diff_of_a_session_shows_what_the_day_would_ask_for(athlete):
    from planning.services.targets import calculate_targets

    action = store(athlete, CASES["add_event"].propose(athlete))
    confirm_action(action=action, by=athlete.user)
    day = tomorrow_of(athlete)
    present = calculate_targets(athlete=athlete, first=day, last=day)[0].payload
    assert action.diff["targets"]["becomes"]["carbs_g"] == present["carbs_g"]


def test_the_diff_of_a_session_holds_no_energy(athlete):
    assert "kcal" not in str(CASES["add_event"].propose(athlete).diff)


def test_a_session_in_the_past_is_refused(athlete):
    values = {"title": "Run", "date": today(athlete.zones) - timedelta(days=1), "sport": "run", "duration_minutes": 60}
    with pytest.raises(Conflict) as caught:
        proposing.event_proposal(athlete, values)
    assert caught.value.code == "day_over"


def test_a_session_that_is_there_already_is_refused(athlete):
    event = TrainingEvent.objects.filter(athlete=athlete).first()
    values = {"title": event.title, "date": event.local_date, "sport": event.sport, "duration_minutes": 60}
    with pytest.raises(Conflict) as caught:
        proposing.event_proposal(athlete, values)
    assert caught.value.code == "nothing_to_change"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "x" * 121),
        ("title", "a\x00b"),
        ("sport", "quidditch"),
        ("duration_minutes", 0),
        ("duration_minutes", 1441),
        ("duration_minutes", True),
        ("duration_minutes", float("nan")),
        ("intensity", "brutal"),
        ("type", "rest"),
        ("time", "25:00"),
        ("time", "9"),
        ("date", "2026-01-01"),
    ],
)
def test_a_session_that_cannot_be_is_refused_by_its_field(athlete, field, value):
    values = {"title": "Run", "date": tomorrow_of(athlete), "sport": "run", "duration_minutes": 60, field: value}
    with pytest.raises(InvalidInput) as caught:
        proposing.event_proposal(athlete, values)
    assert [row["field"] for row in caught.value.details] == [field]


# --- likes ---
@pytest.mark.parametrize("field", ["allergies", "allergy", "goals", "goal", "weight_kg", "name", "birth_date"])
def test_allergies_goals_and_weight_are_never_proposed(athlete, field):
    with pytest.raises(InvalidInput):
        proposing.preference_proposal(athlete, field=field, change="remove", value="peanuts")


def test_a_dislike_tells_how_many_dishes_are_left(athlete):
    diff = proposing.preference_proposal(athlete, field="dislike", change="add", value="rice").diff
    assert diff["dishes"]["becomes"] < diff["dishes"]["was"]


@pytest.mark.parametrize("value", ["a", "ri", "??!", "", "x" * 81])
def test_a_dislike_that_is_in_every_other_name_is_refused(athlete, value):
    with pytest.raises(InvalidInput):
        proposing.preference_proposal(athlete, field="dislike", change="add", value=value)


def test_what_would_leave_no_dish_is_refused(athlete, monkeypatch):
    from advisor.proposals import preferences

    monkeypatch.setattr(preferences, "allowed_recipes", lambda one, _: [] if "rice" in one.dislikes else [1])
    with pytest.raises(Conflict) as caught:
        proposing.preference_proposal(athlete, field="dislike", change="add", value="rice")
    assert caught.value.code == "nothing_left"


def test_a_diet_is_understood_by_its_other_names(athlete):
    proposal = proposing.preference_proposal(athlete, field="diet", change="add", value="Veggie")
    assert proposal.arguments["value"] == "vegetarian"


def test_a_diet_with_a_medical_reason_is_not_dropped_in_a_chat(athlete):
    athlete.dietary_preferences = ["gluten-free"]
    with pytest.raises(Conflict) as caught:
        proposing.preference_proposal(athlete, field="diet", change="remove", value="gluten-free")
    assert caught.value.code == "change_on_page"


def test_an_ethical_diet_may_be_dropped(athlete):
    Athlete.objects.update(dietary_preferences=["vegan"])
    athlete.refresh_from_db()
    action = store(athlete, proposing.preference_proposal(athlete, field="diet", change="remove", value="vegan"))
    confirm_action(action=action, by=athlete.user)
    assert Athlete.objects.get(pk=athlete.pk).dietary_preferences == []


def test_the_minutes_at_the_stove_are_set(athlete):
    proposal = proposing.preference_proposal(athlete, field="prep_minutes", change="set", value=25)
    confirm_action(action=store(athlete, proposal), by=athlete.user)
    assert Athlete.objects.get(pk=athlete.pk).max_prep_minutes == 25


@pytest.mark.parametrize("value", [4, 301, True, "30"])
def test_minutes_outside_the_profiles_range_are_refused(athlete, value):
    with pytest.raises(InvalidInput):
        proposing.preference_proposal(athlete, field="prep_minutes", change="set", value=value)


def test_a_changed_dislike_makes_the_plan_follow(athlete):
    before = Athlete.objects.get(pk=athlete.pk).profile_version
    confirm_action(action=store(athlete, CASES["change_preference"].propose(athlete)), by=athlete.user)
    assert Athlete.objects.get(pk=athlete.pk).profile_version == before + 1


def test_of_two_wishes_for_one_list_the_second_is_shown_anew(athlete):
    first = store(athlete, CASES["change_preference"].propose(athlete))
    second = store(athlete, proposing.preference_proposal(athlete, field="dislike", change="add", value="beetroot"))
    confirm_action(action=first, by=athlete.user)
    with pytest.raises(Conflict) as caught:
        confirm_action(action=second, by=athlete.user)
    assert caught.value.extra["diff"]["becomes"] == ["olives", "beetroot"]


# --- planning again ---
def test_planning_again_serves_exactly_the_meals_that_were_shown(athlete):
    action = store(athlete, CASES["resolve_plan"].propose(athlete))
    confirm_action(action=action, by=athlete.user)
    items = {(row.date.isoformat(), row.slot, row.recipe.name) for row in plan_of(athlete).current.items.all()}
    shown = {(row["date"], row["slot"], row["after"]) for row in action.diff["meals"] if row["after"]}
    assert (len(shown) > 0, shown - items) == (True, set())


def test_days_before_the_chosen_one_stay_as_they_are(athlete):
    CASES["resolve_plan"].propose(athlete)
    saturday = TrainingEvent.objects.get(title="Long run 90min Z2").local_date
    proposal = proposing.replan_proposal(plan_of(athlete), from_day=saturday)
    confirm_action(action=store(athlete, proposal), by=athlete.user)
    plan = plan_of(athlete)
    old = plan.revisions.get(number=1).items.filter(date__lt=saturday)
    new = plan.current.items.filter(date__lt=saturday)
    place = ("date", "slot", "index", "recipe_id", "quarters")
    assert list(new.values_list(*place)) == list(old.values_list(*place))


def test_a_plan_that_would_stay_the_same_needs_no_proposal(athlete):
    with pytest.raises(Conflict) as caught:
        proposing.replan_proposal(plan_of(athlete))
    assert caught.value.code == "nothing_to_change"


def test_a_day_outside_the_plan_cannot_be_planned_again(athlete):
    with pytest.raises(Conflict) as caught:
        proposing.replan_proposal(plan_of(athlete), from_day=today(athlete.zones) + timedelta(days=30))
    assert caught.value.code == "not_in_plan"


def test_a_meal_marked_eaten_meanwhile_is_kept_and_shown_anew(athlete):
    action = store(athlete, CASES["resolve_plan"].propose(athlete))
    set_item_status(plan=plan_of(athlete), item_id=dinner_of(athlete).pk, status="eaten", by=athlete.user)
    with pytest.raises(Conflict) as caught:
        confirm_action(action=action, by=athlete.user)
    assert (caught.value.code, plan_of(athlete).revision) == ("action_changed", 1)


# --- shopping ---
def test_a_food_in_grams_is_on_the_list_in_grams(athlete):
    CASES["add_to_list"].propose(athlete)
    shopping_list = ShoppingList.objects.get()
    food = Food.objects.filter(core=True, name__icontains="rice").first()
    proposal = proposing.list_proposal(shopping_list, food=food, grams=250.0)
    done = confirm_action(action=store(athlete, proposal), by=athlete.user)
    assert (done.result["food_id"], done.result["grams"], done.result["quantity"]) == (food.pk, 250.0, "250 g")


@pytest.mark.parametrize(
    "words", ["peanut butter", "Peanuts", "a jar of NUTS", "groundnut oil", "Snickers", "satay sauce"]
)
def test_what_names_an_allergen_is_not_put_on_the_list(athlete, words):
    CASES["add_to_list"].propose(athlete)
    with pytest.raises(FoodExcluded):
        proposing.list_proposal(ShoppingList.objects.get(), name=words)


@pytest.mark.parametrize("words", ["dish soap", "birthday candles", "paper towels", "bananas", "almond milk"])
def test_what_is_no_excluded_food_may_be_put_on_the_list(athlete, words):
    CASES["add_to_list"].propose(athlete)
    shopping_list = ShoppingList.objects.get()
    shopping_list.athlete.allergies = ["milk", "gluten"]
    assert proposing.list_proposal(shopping_list, name=words).arguments["name"] == words


def test_a_dish_whose_food_may_contain_the_allergen_is_not_put_on_the_list(athlete):
    CASES["add_to_list"].propose(athlete)
    with pytest.raises(FoodExcluded):
        proposing.list_proposal(ShoppingList.objects.get(), name="dark chocolate")


def test_a_food_that_a_diet_excludes_is_not_put_on_the_list(athlete):
    CASES["add_to_list"].propose(athlete)
    shopping_list = ShoppingList.objects.get()
    shopping_list.athlete.dietary_preferences = ["vegan"]
    milk = Food.objects.filter(core=True, allergens__milk="contains").first()
    with pytest.raises(FoodExcluded):
        proposing.list_proposal(shopping_list, food=milk, grams=100.0)


def test_a_list_whose_days_are_over_is_closed(athlete):
    action = store(athlete, CASES["add_to_list"].propose(athlete))
    past = today(athlete.zones) - timedelta(days=1)
    ShoppingList.objects.update(first_day=past, last_day=past)
    with pytest.raises(Conflict) as caught:
        confirm_action(action=action, by=athlete.user)
    assert (caught.value.message, CASES["add_to_list"].count(athlete, action)) == (
        "The days of this shopping list are over.",
        0,
    )


def test_a_new_allergy_stops_what_was_proposed_before_it(athlete):
    action = store(athlete, CASES["add_to_list"].propose(athlete))
    ProposedAction.objects.update(arguments={**action.arguments, "name": "soy sauce"})
    Athlete.objects.filter(pk=athlete.pk).update(allergies=["soy"])
    with pytest.raises(Conflict) as caught:
        confirm_action(action=action, by=athlete.user)
    assert caught.value.extra["diff"] is None


def test_without_a_list_there_is_nothing_to_add_to(athlete):
    from advisor.tools import Toolbox

    with pytest.raises(Conflict) as caught:
        proposing.wished_item(Toolbox(athlete=athlete, by=athlete.user), "bananas")
    assert caught.value.code == "no_list"


def test_a_locked_meal_survives_planning_again(athlete):
    confirm_action(action=store(athlete, CASES["lock_meal"].propose(athlete)), by=athlete.user)
    kept = dinner_of(athlete).recipe_id
    confirm_action(action=store(athlete, CASES["resolve_plan"].propose(athlete)), by=athlete.user)
    assert PlanItem.objects.filter(
        revision_id=plan_of(athlete).current_id, date=tomorrow_of(athlete), slot="dinner", recipe_id=kept
    ).exists()
