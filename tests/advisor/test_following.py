"""Questions that lean on the answer before them, on a fresh athlete with a verified plan."""

from __future__ import annotations

from datetime import timedelta

import pytest

from advisor.words import day_text
from nutrition_site.kernel.clock import today
from tests.advisor.conftest import add_event
from tests.advisor.test_intents import ask, follow, meal_with_alternatives

pytestmark = pytest.mark.django_db

# (the first question, what follows it, the kind the follow-up must reach, the fact that it must cite)
TALKS = (
    ("What's for dinner tomorrow?", "and for lunch?", "meal", ()),
    ("What's for dinner tomorrow?", "and protein?", "dish_nutrients", ()),
    ("What's for dinner tomorrow?", "why?", "why_meal", ("target:{tomorrow}:carbs_g",)),
    ("What's for dinner tomorrow?", "is there peanuts in it", "dish_holds", ()),
    ("What's for dinner tomorrow?", "does it contain fish?", "dish_holds", ()),
    ("What's for dinner tomorrow?", "can I freeze it", "dish_keeping", ()),
    ("What's for dinner tomorrow?", "can I take it to work?", "dish_keeping", ()),
    ("What's for dinner tomorrow?", "is it spicy?", "dish_taste", ()),
    ("What's for dinner tomorrow?", "recipe", "recipe", ()),
    ("What's for dinner tomorrow?", "how long?", "prep_time", ()),
    ("What's for dinner tomorrow?", "what time?", "meal_time", ()),
    ("What am I eating tomorrow?", "is there peanuts in it", "dish_holds", ()),
    ("What am I eating tomorrow?", "why?", "why_meal", ("target:{tomorrow}:carbs_g",)),
    ("What should I eat before my long run?", "why?", "why_event", ("event:{run}:title",)),
    ("What should I eat before my long run?", "how many gels?", "fuel_pieces", ("fueling:{run}:during:carbs_g",)),
    ("What training do I have this week?", "why?", "why_calendar", ()),
    ("When is my next race?", "why?", "why_calendar", ()),
    ("Is my plan up to date?", "why?", "why_current", ()),
    ("Do I get enough iron?", "why?", "why_intake", ()),
    ("Do I get enough iron?", "and zinc?", "micronutrients", ()),
    ("Do I get enough iron?", "which foods have it?", "foods_with", ()),
    ("How much water do I need tomorrow?", "why?", "why_target", ("target:{tomorrow}:trace:fluid_ml:words",)),
    ("What if I skip my long run on Saturday?", "why?", "why_what_if", ()),
    ("Can I have a beer tonight?", "why?", "why_care", ()),
    ("What is my energy availability?", "why?", "why_availability", ("availability:{today}:intake_kcal",)),
    ("What do I still need to buy?", "why?", "why_shopping", ()),
    ("Who are you?", "why?", "why_else", ()),
    ("What's for dinner tomorrow?", "is it vegetarian?", "diet_check", ()),
    ("What's for dinner tomorrow?", "why this dish?", "why_meal", ()),
    ("What's for dinner tomorrow?", "something else please", "swap", ()),
    ("Can I eat oats?", "how much protein does it have?", "food_nutrients", ()),
    ("What should I have for breakfast before my race?", "why?", "why_event", ("event:{race}:title",)),
    ("What's for dinner tomorrow?", "how do I make it?", "recipe", ()),
    ("What's for dinner tomorrow?", "how long does that take?", "prep_time", ()),
    ("What's for dinner tomorrow?", "swap it", "swap", ()),
    ("What's for dinner tomorrow?", "something quicker?", "swap_quicker", ()),
    ("What's for dinner tomorrow?", "how about without nuts?", "swap_without", ()),
    ("What's for dinner tomorrow?", "lock it please", "lock_meal", ()),
    ("What's for dinner tomorrow?", "and the day after tomorrow?", "meal", ()),
    ("What are my targets tomorrow?", "and today?", "targets", ("target:{today}:carbs_g",)),
    ("How many carbs do I need tomorrow?", "and protein?", "nutrient_target", ("target:{tomorrow}:protein_g",)),
    ("How many carbs do I need tomorrow?", "why so many?", "why_target", ("target:{tomorrow}:trace:carbs_g:words",)),
    ("How many carbs do I need tomorrow?", "what about this week?", "week_nutrients", ()),
    ("What should I eat before my long run?", "when?", "next_event", ("event:{run}:starts",)),
    ("What should I eat before my long run?", "and during?", "around_session", ("fueling:{run}:during:carbs_g",)),
    ("What should I eat before my long run?", "and after it?", "around_session", ("fueling:{run}:post:carbs_g",)),
    ("What should I eat before my long run?", "and before my swim?", "around_session", ("event:{swim}:title",)),
    ("Can I eat peanut butter?", "why not?", "may_eat", ()),
    ("Can I eat peanut butter?", "and oats?", "may_eat", ()),
    ("How much protein is in 100 g of oats?", "and fat?", "food_nutrients", ()),
    ("How much protein is in 100 g of oats?", "what about lentils?", "food_nutrients", ()),
    ("What training do I have this week?", "and next week?", "training", ()),
    ("When is my next race?", "what should I eat before it?", "around_session", ("event:{race}:title",)),
)  # fmt: skip


def test_every_follow_up_reaches_its_kind_with_what_the_talk_was_about(planned, runner):
    now = today(runner.timezone)
    events = {event.title: event.pk for event in runner.training_events.all()}
    places = {
        "today": now,
        "tomorrow": now + timedelta(days=1),
        "run": events["Long run 90min Z2"],
        "swim": events["Swim 3x800"],
        "race": events["Danube half marathon"],
    }
    wrong = []
    for question, after, kind, facts in TALKS:
        first = ask(runner, question)
        draft = ask(runner, after, history=follow(first))
        cited = {fact.id for fact in draft.facts}
        wanted = {key.format(**places) for key in facts if "*" not in key}
        if draft.kind != kind or not wanted <= cited:
            wrong.append((question, after, draft.kind, dict(first.topic), draft.reply))
    assert wrong == []


def test_and_for_lunch_names_the_lunch_of_the_same_day(planned, runner):
    day = today(runner.timezone) + timedelta(days=1)
    draft = ask(runner, "and for lunch?", history=follow(ask(runner, "What's for dinner tomorrow?")))
    lunch = planned.current.items.select_related("recipe").get(date=day, slot="lunch")
    assert (f"“{lunch.recipe.name}”" in draft.reply, draft.topic["day"]) == (True, day.isoformat())


def test_swap_it_proposes_for_the_meal_of_the_answer_before(planned, runner):
    item = meal_with_alternatives(planned)
    first = ask(runner, f"What's for {item.slot} on {item.date}?")
    places = {
        (p.arguments["date"], p.arguments["slot"]) for p in ask(runner, "swap it", history=follow(first)).proposals
    }
    assert places == {(item.date.isoformat(), item.slot)}


def test_a_question_that_stands_on_its_own_takes_nothing_over(planned, runner):
    first = ask(runner, "What's for dinner tomorrow?")
    draft = ask(runner, "What should I eat today?", history=follow(first))
    assert (draft.kind, draft.topic["day"]) == ("day_plan", today(runner.timezone).isoformat())


@pytest.mark.parametrize("between", ["thanks", "ok", "blah blah nothing known"])
def test_an_answer_that_tells_of_nothing_keeps_what_the_talk_is_about(planned, runner, between):
    first = ask(runner, "What's for dinner tomorrow?")
    second = ask(runner, between, history=follow(first))
    third = ask(runner, "and for lunch?", history=(*follow(first), *follow(second)))
    assert (third.kind, third.topic["day"]) == ("meal", first.topic["day"])


def test_why_without_a_talk_before_it_asks_what_is_meant(planned, runner):
    assert ask(runner, "why?").kind == "why_else"


def test_why_gives_the_reason_and_does_not_say_the_target_again(planned, runner):
    first = ask(runner, "How many carbs do I need tomorrow?")
    reply = ask(runner, "why?", history=follow(first)).reply
    assert (reply.startswith("Why: "), "you need" in reply) == (True, False)


def test_the_recipe_after_a_dinner_is_that_of_the_same_dinner(planned, runner):
    day = today(runner.timezone) + timedelta(days=1)
    draft = ask(runner, "recipe", history=follow(ask(runner, "What's for dinner tomorrow?")))
    dinner = planned.current.items.select_related("recipe").get(date=day, slot="dinner")
    assert (f"“{dinner.recipe.name}”" in draft.reply, draft.topic["day"]) == (True, day.isoformat())


def test_a_food_that_the_dish_has_not_is_said_to_be_not_in_it(planned, runner):
    first = ask(runner, "What's for dinner tomorrow?")
    assert "none of it in" in ask(runner, "is there dragon fruit in it?", history=follow(first)).reply


def test_a_food_that_the_dish_has_is_told_with_its_grams(planned, runner):
    day = today(runner.timezone) + timedelta(days=1)
    dinner = planned.current.items.select_related("recipe").get(date=day, slot="dinner")
    line = dinner.recipe.ingredients.select_related("food").first()
    first = ask(runner, "What's for dinner tomorrow?")
    draft = ask(runner, f"is there any {line.food.name.split(',')[0].lower()} in it?", history=follow(first))
    grams = round(dinner.quarters / 4 * line.grams_per_serving, 2)
    assert grams in [fact.value for fact in draft.facts if fact.kind == "ingredient_grams"]


@pytest.mark.parametrize(
    ("keeps", "words"),
    [
        (
            {"freezer": True, "fridge_days": 3, "portable": True},
            ("can be frozen", "It keeps in the fridge until {kept}"),
        ),
        (
            {"freezer": False, "fridge_days": 1, "portable": True},
            ("does not freeze well", "It keeps in the fridge until {kept}"),
        ),
        ({"freezer": False, "fridge_days": 0, "portable": True}, ("does not freeze well", "made fresh")),
        ({}, ("keeps is not known to me", "")),
    ],
)
def test_whether_a_dish_can_be_frozen_is_what_its_recipe_says(planned, runner, keeps, words):
    day = today(runner.timezone) + timedelta(days=1)
    dinner = planned.current.items.select_related("recipe").get(date=day, slot="dinner")
    type(dinner.recipe).objects.filter(pk=dinner.recipe_id).update(keeps=keeps)
    kept = day_text(day + timedelta(days=keeps.get("fridge_days", 0)), today=today(runner.timezone))
    reply = ask(runner, "Can I freeze tomorrow's dinner?").reply
    assert [part for part in words if part.format(kept=kept) not in reply] == []


def test_the_topic_of_an_answer_is_plain_json_text(planned, runner):
    draft = ask(runner, "What should I eat the night before my long run on Saturday?")
    run = runner.training_events.get(title="Long run 90min Z2")
    eve = run.local_date - timedelta(days=1)
    assert dict(draft.topic) == {
        "kind": "around_session",
        "day": eve.isoformat(),
        "slot": "dinner",
        "event_id": run.pk,
        "relation": "the night before",
    }


def test_the_last_session_is_the_last_that_has_begun(planned, runner):
    day = today(runner.timezone) - timedelta(days=1)
    event = add_event(runner, day, "Hill repeats", hour=8)
    draft = ask(runner, "What should I eat after my last session?")
    assert (draft.kind, draft.topic["event_id"]) == ("around_session", event.pk)
