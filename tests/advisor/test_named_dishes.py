"""Questions that name a dish are answered about that dish, in the plan or out of it, in English and Serbian."""

from __future__ import annotations

from datetime import timedelta

import pytest

from advisor.backends.builtin import BuiltinBackend
from advisor.backends.protocol import AdviceContext
from advisor.guardrails import check_reply
from advisor.languages import language_of
from advisor.tools import Toolbox
from tests.advisor.test_intents import ask, follow, meal_with_alternatives

pytestmark = pytest.mark.django_db


def ask_serbian(athlete, message, *, history=()):
    tools = Toolbox(athlete=athlete, by=athlete.user)
    return BuiltinBackend().reply(AdviceContext(message=message, tools=tools, language="sr", history=history))


def recipe_of(athlete, words):
    tools = Toolbox(athlete=athlete, by=athlete.user)
    recipe = tools.find_recipe(words)
    assert recipe is not None
    return recipe


def items_of(athlete, *, days=7):
    tools = Toolbox(athlete=athlete, by=athlete.user)
    return [item for n in range(days) for item in tools.items_on(tools.today + timedelta(days=n))]


@pytest.mark.parametrize(
    "question",
    [
        "what's in the lasagne?",
        "what is in the Lasagna",
        "what's in the lasagne tonight?",
        "how do I cook the lasagne tonight?",
        "calories in the lasagne?",
        "does the lasagne contain gluten",
        "is there milk in the lasagne?",
        "how long does the lasagne take?",
    ],
)
def test_a_dish_out_of_the_plan_is_the_one_that_is_answered(morning, mina, question):
    lasagne, draft = recipe_of(mina, "lasagne"), ask(mina, question)
    others = [item.recipe.name for item in items_of(mina) if item.recipe.name in draft.reply]
    checked = check_reply(draft.reply, facts=draft.facts, days=draft.days)
    assert (f"“{lasagne.name}”" in draft.reply, others, checked.findings) == (True, [], ())


@pytest.mark.parametrize(
    "question",
    [
        "šta ima u lazanji?",
        "шта има у лазањи?",
        "koliko kalorija ima lazanja?",
        "koliko kalorija ima u lazanji",
        "da li lazanja sadrži gluten",
        "ima li glutena u lazanji",
        "od čega je lazanja?",
    ],
)
def test_the_same_holds_in_serbian(morning, mina, question):
    lasagne, draft = recipe_of(mina, "lasagne"), ask_serbian(mina, question)
    checked = check_reply(draft.reply, facts=draft.facts, days=draft.days)
    assert (f"“{lasagne.name}”" in draft.reply, checked.findings) == (True, ())


@pytest.mark.parametrize("word", ["sutlijaš", "sutlijas", "SUTLIJAŠ"])
def test_accents_are_optional_in_the_name_of_a_dish(morning, mina, word):
    assert "sutlijaš" in ask(mina, f"what's in the {word}?").reply.lower()


@pytest.mark.parametrize(
    "question", ["what's in the beef wellington?", "does the beef wellington contain gluten", "what's in the box?"]
)
def test_a_dish_that_nobody_knows_is_said_to_be_unknown(morning, mina, question):
    draft = ask(mina, question)
    named = [item.recipe.name for item in items_of(mina) if item.recipe.name in draft.reply]
    assert (draft.reply.startswith("I have no recipe of that name."), named) == (True, [])


def test_a_dish_of_another_day_is_found_by_its_telling_word(morning, mina):
    names = [item.recipe.name.lower() for item in items_of(mina)]
    seen = {}
    for item in items_of(mina)[4:]:
        word = item.recipe.name.split()[0].strip(",").lower()
        if len(word) > 5 and sum(word in name for name in names) == names.count(item.recipe.name.lower()):
            seen.setdefault(word, item)
    word, item = next(iter(seen.items()))
    assert f"“{item.recipe.name}”" in ask(mina, f"what's in the {word}?").reply


def test_a_dish_the_allergy_excludes_is_named_as_excluded(morning, mina):
    reply = ask(mina, "what's in the peanut butter toast?").reply
    assert "is excluded for you by your allergies or your diet" in reply


def test_a_plain_food_is_still_told_from_the_tables(morning, mina):
    assert ask(mina, "how much protein is in oats?").kind == "food_nutrients"


@pytest.mark.parametrize("question", ["how do I prepare for my race?", "what's in the race plan?"])
def test_preparing_for_a_race_is_no_question_about_a_recipe(morning, mina, question):
    assert ask(mina, question).kind not in ("recipe", "named_dish")


def test_preparing_for_a_race_is_no_recipe_in_serbian_either(morning, mina):
    assert ask_serbian(mina, "kako da se pripremim za trku").kind != "recipe"


def test_a_question_after_a_dish_out_of_the_plan_stays_with_it(morning, mina):
    lasagne = recipe_of(mina, "lasagne")
    first = ask(mina, "what's in the lasagne?")
    replies = [ask(mina, text, history=follow(first)).reply for text in ("how many calories?", "does it contain milk?")]
    assert [f"“{lasagne.name}”" in reply for reply in replies] == [True, True]


@pytest.mark.parametrize(
    ("talk", "days"),
    [
        (("šta je sutra za ručak", "kako se to sprema?", "koliko ima kalorija?"), 1),
        (("шта је сутра за ручак", "а прекосутра?", "колико има калорија?"), 2),
    ],
)
def test_serbian_follow_ups_stay_with_the_meal_and_the_day(morning, mina, talk, days):
    history = ()
    for message in talk:
        draft = ask_serbian(mina, message, history=history)
        history = (*history, *follow(draft))
    tools = Toolbox(athlete=mina, by=mina.user)
    day = tools.today + timedelta(days=days)
    lunch = next(item for item in tools.items_on(day) if item.slot == "lunch")
    place = (draft.kind, draft.topic["day"], f"“{lunch.recipe.name}”" in draft.reply)
    assert place == ("dish_nutrients", day.isoformat(), True)


def test_in_the_morning_after_the_night_before_is_the_morning_of_the_session(morning, mina):
    first = ask(mina, "What should I eat the night before my long run on Saturday?")
    draft = ask(mina, "and in the morning?", history=follow(first))
    run = mina.training_events.get(title="Long run 90min Z2")
    assert (draft.topic["day"], draft.topic["slot"]) == (run.local_date.isoformat(), "breakfast")


def test_the_day_before_after_the_next_race_is_the_day_before_it(morning, mina):
    first = ask(mina, "what is my next race?")
    draft = ask(mina, "what should I eat the day before?", history=follow(first))
    race = mina.training_events.get(title="Danube half marathon")
    assert draft.topic["day"] == (race.local_date - timedelta(days=1)).isoformat()


def test_the_second_one_is_the_second_dish_that_was_offered(morning, mina):
    tools = Toolbox(athlete=mina, by=mina.user)
    item = meal_with_alternatives(tools.plan_of(tools.today))
    first = ask(mina, f"swap the {item.slot} on {item.date}")
    second = ask(mina, "the second one", history=follow(first))
    serbian = ask_serbian(mina, "ono drugo", history=follow(first))
    wanted = [first.proposals[1].arguments["recipe_id"]]
    assert [[p.arguments["recipe_id"] for p in draft.proposals] for draft in (second, serbian)] == [wanted, wanted]


def test_the_names_of_dishes_are_read_the_same_in_both_languages():
    assert language_of("sr").to_english("da li lazanja sadrži gluten") == "does lasagne contain gluten"
