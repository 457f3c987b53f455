"""Every kind of question in two phrasings or more, on a fresh athlete with real training and a verified plan."""

from __future__ import annotations

from datetime import timedelta

import pytest

from advisor.backends.builtin import BuiltinBackend
from advisor.backends.protocol import AdviceContext
from advisor.guardrails import check_reply
from advisor.tools import Toolbox
from advisor.writing import WITHHELD_NOTE
from nutrition_site.kernel.clock import today

pytestmark = pytest.mark.django_db

QUESTIONS: dict[str, tuple[str, ...]] = {
    "greeting": ("hello", "Good morning!", "hi there"),
    "thanks": ("thanks", "Thank you so much!"),
    "help": ("help", "What can you do?", "what can I ask you"),
    "around_session": (
        "What should I eat the night before my long run on Saturday?",
        "dinner the evening before my long run?",
        "What should I eat before my ride",
        "what do I take during my long run",
        "What should I eat after my intervals?",
        "how do I refuel after my swim",
        "breakfast before my long run on Saturday",
    ),
    "meal": ("What's for dinner tomorrow?", "what should I have for breakfast", "Which snacks do I have tomorrow?"),
    "day_plan": ("What am I eating tomorrow?", "what should I eat today", "Show me my menu for tomorrow"),
    "week": ("Show me my week", "What am I eating this week?", "meal overview for next week"),
    "rest_day": ("What should I eat on my rest day?", "How much food do I need on a day off?"),
    "targets": ("What are my targets tomorrow?", "Show me my macros for today"),
    "nutrient_target": (
        "How much protein do I need today?",
        "how many carbs should I eat tomorrow",
        "What is my sodium target?",
        "How much energy do I need on the day of my long run",
    ),
    "why_target": (
        "Why do I need so many carbs tomorrow?",
        "why is my protein target so high",
        "Explain my targets for tomorrow",
    ),
    "plan_meets_target": (
        "Does my plan hit my protein target tomorrow?",
        "does my plan cover enough carbs today",
    ),
    "compare_days": (
        "Why is tomorrow different from today?",
        "Compare today and tomorrow",
        "why do I eat more on Saturday than tomorrow",
    ),
    "training": ("What training do I have this week?", "which workouts are coming up", "Is tomorrow a rest day?"),
    "next_race": ("When is my next race?", "what race is coming"),
    "next_event": ("When is my next swim?", "How long is my long run"),
    "training_load": ("How heavy is my training load tomorrow?", "What's the TSS of tomorrow"),
    "race_plan": ("What should I eat on race day?", "give me the fueling plan for my half marathon"),
    "caffeine": ("How much caffeine before my race?", "should I drink coffee before training"),
    "gut_comfort": ("My stomach hurts when I run, what should I eat?", "I feel bloated before training"),
    "hydration": ("How much should I drink tomorrow?", "how do I stay hydrated today"),
    "energy_availability": ("What is my energy availability?", "am I eating enough"),
    "shopping_list": ("What do I still need to buy?", "show me the shopping list"),
    "shopping_amount": ("How much rice do I need to buy?", "how many eggs should I buy"),
    "food_nutrients": (
        "How much protein is in 150 g of chicken breast?",
        "carbs in a banana",
        "how many calories are there in 50 g oats",
    ),
    "may_eat": ("Can I eat peanut butter?", "is milk safe for me", "may I have a banana before my run"),
    "recipe": ("What are the ingredients of tomorrow's dinner?", "How do I cook my lunch tomorrow?"),
    "prep_time": ("How long does dinner take to cook?", "how much time to prepare lunch tomorrow"),
    "swap": ("Can I swap dinner tomorrow for something else?", "I don't like my lunch tomorrow"),
    "plan_current": ("Is my plan still up to date?", "does my meal plan still fit, is it current?"),
    "calendar_state": ("Is my calendar connected?", "when was my calendar last synced"),
    "profile": ("What do you know about me?", "show me my profile"),
    "unknown": ("Who won the world cup?", "tell me a joke about physics"),
}
CASES = [(kind, question) for kind, questions in QUESTIONS.items() for question in questions]


def ask(athlete, message, *, withheld=False):
    tools = Toolbox(athlete=athlete, by=athlete.user)
    return BuiltinBackend().reply(AdviceContext(message=message, tools=tools, withheld=withheld))


def test_thirty_kinds_of_question_are_known_in_two_phrasings():
    assert (len(QUESTIONS) >= 30, min(len(questions) for questions in QUESTIONS.values())) == (True, 2)


def test_every_phrasing_reaches_its_kind_and_every_number_is_cited(planned, runner):
    wrong = []
    for kind, question in CASES:
        draft = ask(runner, question)
        checked = check_reply(draft.reply, facts=draft.facts, days=draft.days)
        if draft.kind != kind or not checked.ok or not draft.reply:
            wrong.append((question, draft.kind, checked.findings, draft.reply))
    assert wrong == []


def test_every_citation_is_written_in_the_reply(planned, runner):
    missing = []
    for _, question in CASES:
        draft = ask(runner, question)
        missing += [(question, c.quote) for c in draft.citations if c.quote not in draft.reply]
    assert missing == []


def test_a_number_that_no_fact_holds_would_be_found(planned, runner):
    draft = ask(runner, "What are my targets tomorrow?")
    checked = check_reply(draft.reply + " Take 7 g more.", facts=draft.facts, days=draft.days)
    assert [finding.words for finding in checked.findings] == ["7 g"]


def test_no_kind_of_answer_shows_energy_or_weight_when_they_are_withheld(planned, runner):
    shown = []
    for _, question in CASES:
        draft = ask(runner, question, withheld=True)
        checked = check_reply(draft.reply, facts=draft.facts, days=draft.days, withheld=True)
        if not checked.ok or not draft.reply:
            shown.append((question, checked.findings, draft.reply))
    assert shown == []


def test_the_energy_formula_with_its_deficit_and_floors_is_left_out_where_numbers_are_withheld(planned, runner):
    reply = ask(runner, "How many calories should I eat today?", withheld=True).reply
    assert ("deficit" in reply, "1500" in reply, WITHHELD_NOTE in reply) == (False, False, True)


def test_the_night_before_names_the_run_the_dinner_its_grams_and_the_reason(planned, runner):
    draft = ask(runner, "What should I eat the night before my long run on Saturday?")
    event = runner.training_events.get(title="Long run 90min Z2")
    eve = event.local_date - timedelta(days=1)
    dinner = planned.current.items.select_related("recipe").get(date=eve, slot="dinner")
    named = (
        "“Long run 90min Z2”",
        f"Saturday {event.local_date.day} ",
        f"Friday {eve.day} ",
        f"“{dinner.recipe.name}”",
        f"{round(dinner.nutrients['carbs_g'])} g of carbohydrate",
        "Why:",
    )
    assert [words for words in named if words not in draft.reply] == []


def test_the_night_before_cites_the_grams_of_each_ingredient(planned, runner):
    draft = ask(runner, "What should I eat the night before my long run on Saturday?")
    event = runner.training_events.get(title="Long run 90min Z2")
    dinner = planned.current.items.get(date=event.local_date - timedelta(days=1), slot="dinner")
    grams = {
        line.food_id: round(dinner.quarters / 4 * line.grams_per_serving, 2) for line in dinner.recipe.ingredients.all()
    }
    cited = {fact.object_id: fact.value for fact in draft.facts if fact.kind == "ingredient_grams"}
    assert cited == grams


def test_a_long_run_that_is_not_there_is_said_and_the_date_is_taken(planned, runner):
    runner.training_events.filter(title="Long run 90min Z2").delete()
    draft = ask(runner, "What should I eat the night before my long run on Saturday?")
    assert draft.reply.startswith("I see no long run on a Saturday in the next two weeks in your calendar")


def test_the_reply_states_the_same_target_as_the_targets_service(planned, runner):
    from planning.services.targets import calculate_targets

    day = today(runner.timezone) + timedelta(days=1)
    payload = calculate_targets(athlete=runner, first=day, last=day)[0].payload
    draft = ask(runner, "How much carbs do I need tomorrow?")
    cited = {fact.id: fact.value for fact in draft.facts}
    assert cited[f"target:{day}:carbs_g"] == payload["carbs_g"]


def test_a_food_of_an_allergy_is_refused_with_the_reason(planned, runner):
    assert "is excluded for you (contains peanuts)" in ask(runner, "Can I eat peanut butter?").reply


def test_an_unreviewed_food_is_never_called_free_of_an_allergen(planned, runner):
    from planning.models import Food

    food = Food.objects.filter(core=False, name__icontains="cookies").first()
    tools = Toolbox(athlete=runner, by=runner.user)
    assert tools.check_food(food).data["reasons"] == ["not known to be free of peanuts"]


def test_an_unknown_food_is_not_called_safe(planned, runner):
    assert "I cannot say that it is safe" in ask(runner, "can I eat zorblaxium?").reply


def test_a_question_about_an_unplanned_day_makes_the_plan_and_says_which(runner):
    tools = Toolbox(athlete=runner, by=runner.user)
    BuiltinBackend().reply(AdviceContext(message="What's for dinner tomorrow?", tools=tools))
    assert tools.made_plan_ids == list(runner.meal_plans.values_list("pk", flat=True))


def test_a_swap_is_proposed_with_the_dishes_that_keep_the_day_verified(planned, runner):
    from planning.services.swaps import find_alternatives

    for item in planned.current.items.filter(slot__in=["breakfast", "lunch", "dinner"]).order_by("date", "slot"):
        rows = find_alternatives(plan=planned, place=(item.date, item.slot, item.index))
        if rows:
            break
    draft = ask(runner, f"swap {item.slot} on {item.date.isoformat()}")
    assert [p.arguments["recipe_id"] for p in draft.proposals] == [row["recipe_id"] for row in rows[:3]]


def test_a_thin_profile_is_answered_and_told_what_is_assumed(db, catalogue):
    from tests import factories

    athlete = factories.make_athlete(
        email="thin@example.com", sex=None, birth_date=None, height_cm=None, weight_kg=None, timezone="UTC"
    )
    assert "reference values" in ask(athlete, "What are my targets tomorrow?").reply


def test_a_day_beyond_all_plans_is_told_as_such(runner):
    assert ask(runner, "What's for dinner on 27 March 2035?").reply.startswith("That day is outside what I can plan")


def test_a_refusal_of_the_optimizer_is_passed_on(runner, monkeypatch):
    from planning.services.plans import PlanInfeasible

    def refuse(**kwargs):
        raise PlanInfeasible()

    monkeypatch.setattr("advisor.tools.ensure_plans", refuse)
    with pytest.raises(PlanInfeasible):
        ask(runner, "What's for dinner tomorrow?")


def test_a_night_that_is_over_means_the_one_before_the_same_weekday_next_week(runner):
    runner.training_events.all().delete()
    day = today(runner.timezone)
    draft = ask(runner, f"What should I eat the night before my long run on {day:%A}?")
    night = day + timedelta(days=6)
    assert f"{night:%A} {night.day} " in draft.reply
    assert "yesterday" not in draft.reply
