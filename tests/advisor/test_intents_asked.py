"""Questions as athletes ask them, answered as asked: on an athlete with a fortnight of training and a verified plan."""

from __future__ import annotations

from datetime import timedelta

import pytest

from advisor.backends.builtin import BuiltinBackend
from advisor.backends.protocol import AdviceContext
from advisor.guardrails import check_reply
from advisor.tools import Toolbox
from advisor.words import day_text
from nutrition_site.kernel.clock import today, zone
from planning.models import Food, PlanItem, Recipe
from planning.services.plans import covering_plans
from tests.advisor.conftest import add_event
from tests.advisor.test_intents import ask

pytestmark = pytest.mark.django_db


def items_on(athlete, day):
    plan = covering_plans(athlete, day, day)[day]
    return list(plan.current.items.select_related("recipe").filter(date=day).order_by("time"))


def tomorrow_of(athlete):
    return today(athlete.zones) + timedelta(days=1)


def run_of(athlete):
    return athlete.training_events.get(title="Long run 90min Z2")


# --- amounts ---
@pytest.mark.parametrize("amount", ["0 g", "-100 g", "100000 g", "100,000 grams", "12 kg"])
def test_an_amount_that_nobody_eats_is_refused_and_no_other_is_taken_for_it(mina, amount):
    draft = ask(mina, f"How many carbs are in {amount} of rice?")
    assert (draft.kind, "no amount of food" in draft.reply, draft.facts) == ("food_nutrients", True, ())


@pytest.mark.parametrize(("amount", "grams"), [("1,000 g", 1000.0), ("1.5 kg", 1500.0), ("50-100 g", 100.0)])
def test_thousands_decimals_and_ranges_are_read_as_written(mina, amount, grams):
    draft = ask(mina, f"How many carbs are in {amount} of rice?")
    assert grams in [fact.value for fact in draft.facts if fact.id.endswith(":grams")]


# --- dishes ---
def test_a_recipe_under_another_spelling_is_found(mina):
    draft = ask(mina, "recipe for lasagna")
    assert (draft.kind, "lasagne”" in draft.reply) == ("recipe", True)


def test_a_recipe_that_is_not_there_is_said_to_be_missing_and_no_other_is_given(mina):
    draft = ask(mina, "recipe for bouillabaisse royale")
    assert (draft.kind, draft.reply.startswith("I have no recipe of that name.")) == ("recipe", True)
    assert [fact for fact in draft.facts if fact.kind == "ingredient_grams"] == []


def test_for_an_excluded_recipe_allowed_ones_with_a_word_in_common_are_named(mina):
    mina.dietary_preferences = ["vegan"]
    reply = ask(mina, "chicken curry recipe").reply
    named = reply.partition("The nearest that you may eat: ")[2]
    allowed = [recipe for recipe in Recipe.objects.filter(owner=None) if f"“{recipe.name}”" in named]
    assert ("is excluded for you" in reply, len(allowed) > 0) == (True, True)
    assert [recipe.name for recipe in allowed if "vegan" not in recipe.diets] == []


@pytest.fixture
def leftover(mina):
    """Tomorrow's dinner, told to be left from today's."""
    day = today(mina.zones)
    dinner = next(item for item in items_on(mina, tomorrow_of(mina)) if item.slot == "dinner")
    PlanItem.objects.filter(pk=dinner.pk).update(leftover_of=[day.isoformat(), "dinner", 0])
    return dinner


@pytest.mark.parametrize(
    "question", ["What's for dinner tomorrow?", "How do I cook my dinner tomorrow?", "prep time of dinner tomorrow"]
)
def test_a_leftover_is_heated_and_not_cooked(mina, leftover, question):
    reply = ask(mina, question).reply
    day = day_text(today(mina.zones), today=today(mina.zones))
    assert f"It is left over from today, {day}: heat it through, there is nothing to cook." in reply


def test_a_leftover_is_marked_in_the_list_of_its_day(mina, leftover):
    assert f"“{leftover.recipe.name}”, left from an earlier meal" in ask(mina, "What am I eating tomorrow?").reply


# --- nutrients ---
@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("am I getting enough magnesium", "micronutrients"),
        ("do I get enough zinc?", "micronutrients"),
        ("do I get enough vitamin D", "micronutrients"),
        ("how much B12 do I get", "micronutrients"),
        ("am I getting enough omega 3", "micronutrients"),
        ("what has calcium", "foods_with"),
        ("which foods have omega-3", "foods_with"),
        ("foods high in iron", "foods_with"),
        ("what are good sources of protein", "foods_with"),
        ("should I take magnesium?", "supplements"),
        ("zinc tablets?", "supplements"),
        ("how much magnesium is in spinach", "food_nutrients"),
    ],
)
def test_a_nutrient_is_answered_from_meals_and_foods_and_a_remedy_as_a_remedy(mina, question, kind):
    assert ask(mina, question).kind == kind


def test_the_magnesium_of_the_plan_is_the_sum_of_its_ingredients(mina):
    first = today(mina.zones)
    total = 0.0
    for day in (first + timedelta(days=n) for n in range(7)):
        for item in items_on(mina, day):
            for line in item.recipe.ingredients.select_related("food"):
                total += (
                    item.quarters / 4 * line.grams_per_serving / 100 * (line.food.nutrients.get("magnesium_mg") or 0)
                )
    cited = {fact.id: fact.value for fact in ask(mina, "am I getting enough magnesium").facts}
    assert cited[f"intake:{first}:magnesium_mg:mean"] == pytest.approx(total / 7)


def test_foods_with_a_nutrient_are_only_such_as_may_be_eaten(mina):
    mina.allergies, mina.dietary_preferences = ["milk"], ["vegan"]
    tools = Toolbox(athlete=mina, by=mina.user)
    draft = ask(mina, "which foods have calcium")
    named = Food.objects.filter(pk__in={fact.object_id for fact in draft.facts if fact.id.startswith("food:")})
    assert (len(named) > 0, [food.name for food in named if not tools.check_food(food).data["allowed"]]) == (True, [])


# --- pieces ---
def test_gels_for_a_session_are_its_carbohydrate_by_what_one_gel_holds(mina):
    event = run_of(mina)
    tools = Toolbox(athlete=mina, by=mina.user)
    total = tools.read_fueling(event).number("during.carbs_g")
    gel = Food.objects.get(code="energy-gel-glucose")
    each = gel.shopping["piece_grams"] * gel.carbs_g / 100
    draft = ask(mina, "How many gels do I need for my long run?")
    count = next(fact.value for fact in draft.facts if fact.id.endswith(":count"))
    assert (draft.kind, count) == ("fuel_pieces", round(total / each))


def test_bananas_are_counted_by_their_own_weight(mina):
    draft = ask(mina, "how many bananas do I need for my long run?")
    cited = [fact.value for fact in draft.facts if fact.id.endswith(":grams")]
    assert cited == [Food.objects.get(name="Banana", core=True).shopping["piece_grams"]]


def test_a_short_easy_session_needs_no_gel(mina):
    assert ask(mina, "how many gels for my easy ride?").reply.startswith("None: at its length")


def test_a_piece_that_may_not_be_eaten_is_not_counted(mina):
    mina.allergies = ["eggs", "sulphites"]
    tools = Toolbox(athlete=mina, by=mina.user)
    food = tools.find_food("banana")
    mina.allergies = [name for name, status in food.allergens.items() if status != "free"] or ["peanuts"]
    draft = ask(mina, "how many peanut butter bars do I need for my long run?")
    named = Food.objects.filter(pk__in={fact.object_id for fact in draft.facts if fact.id.startswith("pieces:")})
    assert [food.name for food in named if not tools.check_food(food).data["allowed"]] == []


# --- races ---
def test_every_answer_about_a_race_has_the_same_numbers(mina):
    questions = (
        "What should I eat on race day?",
        "What should I have for breakfast before my race?",
        "what should I eat before my race?",
        "what do I take during my race?",
        "what should I eat after my race?",
    )
    told: dict[str, set] = {}
    for question in questions:
        for fact in ask(mina, question).facts:
            if fact.id.startswith(("race:", "fueling:")):
                told.setdefault(fact.id, set()).add(fact.value)
    assert ({key: values for key, values in told.items() if len(values) > 1}, len(told) >= 8) == ({}, True)


def test_after_a_race_the_race_plan_and_the_answer_about_after_agree(mina):
    race = mina.training_events.get(type="race")
    plan, after = ask(mina, "my race plan please"), ask(mina, "what should I eat after my race?")
    key = f"fueling:{race.pk}:post:protein_g"
    values = [{fact.id: fact.value for fact in draft.facts}.get(key) for draft in (plan, after)]
    assert (values[0], None in values) == (values[1], False)


def test_what_the_planned_breakfast_lacks_of_the_race_meal_is_said(mina):
    from planning.services.plans import create_meal_plan

    race = add_event(
        mina, today(mina.zones) + timedelta(days=5), "Autumn marathon", type="race", intensity="race",
        duration_minutes=240.0, hour=10,
    )  # fmt: skip
    create_meal_plan(athlete=mina, first=race.local_date, count=1, by=mina.user)
    tools = Toolbox(athlete=mina, by=mina.user)
    plan = tools.read_race_plan(race)
    before = [item for item in items_on(mina, race.local_date) if item.time < "10:00" and item.slot != "during"]
    planned = sum(item.nutrients["carbs_g"] for item in before)
    short = round(plan.number("pre_meal_carbs_g") + (plan.number("topup_carbs_g") or 0) - planned)
    cited = {fact.id: fact.value for fact in ask(mina, "race day breakfast?").facts}
    assert cited.get(f"race:{race.pk}:planned:before:short") == (short if short >= 15 else None)


# --- sessions ---
def test_the_session_of_the_named_weekday_is_left_out(mina):
    run = run_of(mina)
    draft = ask(mina, "what if I skip Saturday's long run")
    assert (draft.kind, draft.topic["event_id"]) == ("what_if_skip", run.pk)


def test_not_going_is_the_same_as_leaving_out(mina):
    ride = mina.training_events.get(title="Easy ride")
    day = ride.local_date.strftime("%A")
    draft = ask(mina, f"it's raining, I won't ride on {day}")
    assert (draft.kind, draft.topic["event_id"]) == ("what_if_skip", ride.pk)


def test_a_tempo_run_is_the_one_called_so(mina):
    tempo = add_event(mina, today(mina.zones) + timedelta(days=6), "Tempo run 10 km", intensity="hard", hour=7)
    assert ask(mina, "how long is my tempo run").topic["event_id"] == tempo.pk


# --- now ---
def ask_at(athlete, message, hour):
    tools = Toolbox(athlete=athlete, by=athlete.user)
    tools.now = tools.now.astimezone(zone(athlete.zones)).replace(hour=hour, minute=0)
    return BuiltinBackend().reply(AdviceContext(message=message, tools=tools, withheld=False, history=()))


@pytest.mark.parametrize("question", ["What is left for today?", "what can I eat right now", "I'm starving"])
def test_what_is_open_of_today_is_only_what_lies_ahead(mina, question):
    day = today(mina.zones)
    ahead = [item.recipe.name for item in items_on(mina, day) if item.time >= "14:30"]
    past = [item.recipe.name for item in items_on(mina, day) if item.time < "14:30" and item.recipe.name not in ahead]
    reply = ask_at(mina, question, 15).reply
    assert ([name for name in ahead if name not in reply], [name for name in past if name in reply]) == ([], [])


def test_before_the_first_meal_the_whole_day_is_open(mina):
    names = [item.recipe.name for item in items_on(mina, today(mina.zones))]
    reply = ask_at(mina, "What is left for today?", 1).reply
    assert [name for name in names if name not in reply] == []


# --- kinds of a food ---
def test_a_kind_of_which_some_may_be_eaten_is_told_as_that(mina):
    mina.allergies, mina.dietary_preferences = [], ["vegetarian"]
    tools = Toolbox(athlete=mina, by=mina.user)
    draft = ask(mina, "Can I eat cheese?")
    named = Food.objects.filter(pk__in={fact.object_id for fact in draft.facts})
    assert draft.reply.startswith("It depends on the kind")
    assert [food.name for food in named if not tools.check_food(food).data["allowed"]] == []


def test_a_kind_that_is_an_allergy_is_refused_whole(mina):
    assert ask(mina, "Can I eat peanuts?").reply.startswith("No:")


# --- length ---
@pytest.mark.parametrize(
    "question",
    [
        "What's for dinner tomorrow?",
        "What should I eat before my ride?",
        "what do I take during my long run",
        "What should I eat after my intervals?",
        "My stomach hurts when I run, what should I eat?",
        "How much water do I need tomorrow?",
        "What should I have for breakfast before my race?",
        "Do I get enough iron?",
        "how many gels do I need for my long run?",
        "What if I skip my long run on Saturday?",
        "Why do I need so many carbs tomorrow?",
    ],
)
def test_an_answer_that_is_no_list_fits_in_seven_hundred_characters(mina, question):
    draft = ask(mina, question)
    assert (len(draft.reply) <= 700, check_reply(draft.reply, facts=draft.facts, days=draft.days).findings) == (
        True,
        (),
    )
