"""Every kind of question in three phrasings, on a fresh athlete with real training and a verified plan."""

from __future__ import annotations

import fnmatch
import re
from datetime import timedelta

import pytest

from advisor.backends.builtin import BuiltinBackend
from advisor.backends.protocol import AdviceContext, PastMessage
from advisor.guardrails import check_reply
from advisor.tools import Toolbox
from advisor.writing import WITHHELD_NOTE
from nutrition_site.kernel.clock import today
from tests.advisor.conftest import add_event
from tests.advisor.intent_corpus import CORPUS, phrasings

pytestmark = pytest.mark.django_db

MEALS = ("breakfast", "lunch", "dinner")


@pytest.fixture
def runner(mina):
    """Mina, whose plan stands for the whole module."""
    return mina


@pytest.fixture
def planned(runner):
    plan = runner.meal_plans.get()
    assert plan.status == "verified"
    return plan


@pytest.fixture
def unplanned(runner):
    """Mina without a plan."""
    runner.meal_plans.all().delete()
    return runner


def ask(athlete, message, *, withheld=False, history=()):
    tools = Toolbox(athlete=athlete, by=athlete.user)
    return BuiltinBackend().reply(AdviceContext(message=message, tools=tools, withheld=withheld, history=history))


def follow(draft):
    """The history after an answer, as a conversation keeps it."""
    return (PastMessage("athlete", "…"), PastMessage("advisor", draft.reply, dict(draft.topic)))


def meal_with_alternatives(plan):
    """A planned main meal of a day to come that others can stand in for."""
    from planning.services.swaps import find_alternatives

    items = plan.current.items.select_related("recipe").filter(slot__in=MEALS, date__gt=plan.week_start)
    for item in items.order_by("date", "slot"):
        if find_alternatives(plan=plan, place=(item.date, item.slot, item.index)):
            return item
    raise AssertionError("no meal of this plan has an alternative")


def places_of(athlete, plan):
    """What the places of the corpus stand for with this athlete."""
    events = {event.title: event for event in athlete.training_events.all()}
    run = events["Long run 90min Z2"]
    item = meal_with_alternatives(plan)
    foods = [line.food.name for line in item.recipe.ingredients.select_related("food")]
    now = today(athlete.timezone)
    return {
        "today": str(now),
        "tomorrow": str(now + timedelta(days=1)),
        "saturday": str(run.local_date),
        "eve": str(run.local_date - timedelta(days=1)),
        "run": run.pk,
        "ride": events["Easy ride"].pk,
        "intervals": events["Intervals 6x800"].pk,
        "swim": events["Swim 3x800"].pk,
        "race": events["Danube half marathon"].pk,
        "swap_slot": item.slot,
        "swap_day": str(item.date),
        "ingredient": next(word for name in foods for word in re.findall(r"[a-z]{4,}", name.lower())),
    }


def test_sixty_kinds_of_question_are_known_in_three_phrasings():
    kinds = {case.kind for case in CORPUS}
    assert (len(kinds) >= 60, {len(case.phrasings) for case in CORPUS}) == (True, {3})


def test_every_phrasing_reaches_its_kind_with_its_facts_and_every_number_is_cited(morning, planned, runner):
    places = places_of(runner, planned)
    wrong = []
    for case, question in phrasings(places):
        draft = ask(runner, question)
        checked = check_reply(draft.reply, facts=draft.facts, days=draft.days)
        ids = [fact.id for fact in draft.facts]
        missing = [key for key in case.facts if not fnmatch.filter(ids, key.format(**places))]
        unwritten = [citation.quote for citation in draft.citations if citation.quote not in draft.reply]
        proposed = {proposal.kind for proposal in draft.proposals}
        right = draft.kind == case.kind and checked.ok and draft.reply and not missing and not unwritten
        if not right or (case.proposes and proposed != {case.proposes}):
            wrong.append((question, draft.kind, checked.findings, missing, unwritten, proposed, draft.reply))
    assert wrong == []


def test_a_number_that_no_fact_holds_would_be_found(planned, runner):
    draft = ask(runner, "What are my targets tomorrow?")
    checked = check_reply(draft.reply + " Take 7 g more.", facts=draft.facts, days=draft.days)
    assert [finding.words for finding in checked.findings] == ["7 g"]


def test_no_kind_of_answer_shows_energy_or_weight_when_they_are_withheld(morning, planned, runner):
    shown, places = [], places_of(runner, planned)
    for question in [case.phrasings[0].format(**places) for case in CORPUS]:
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
    assert draft.reply.startswith("I see no long run on a Saturday in the weeks to come in your calendar")


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


def test_a_food_that_is_found_by_some_of_its_words_only_is_said_to_be_the_nearest(planned, runner):
    reply = ask(runner, "Can I eat glazed banana?").reply
    assert reply.startswith("I do not find exactly that; the nearest I find is “")


@pytest.mark.parametrize("question", ["Can I train fasted?", "who can see my data", "Can you order groceries for me?"])
def test_a_question_that_is_not_about_eating_a_food_finds_none(planned, runner, question):
    assert ask(runner, question).kind != "may_eat"


def test_a_dish_is_checked_for_an_allergen_that_the_profile_does_not_name(planned, runner):
    from planning.services.choice import why_not

    runner.allergies = ["gluten"]
    items = planned.current.items.select_related("recipe").filter(slot__in=MEALS, date__gt=planned.week_start)
    item = next(item for item in items if why_not(item.recipe, runner))
    runner.refresh_from_db()
    assert (
        "does not fit that. The reason: contains gluten."
        in ask(runner, f"Is {item.slot} on {item.date} gluten free?").reply
    )


def test_form_is_told_from_the_training_of_the_weeks_before(planned, runner):
    first = today(runner.timezone)
    for back in range(1, 15, 2):
        add_event(runner, first - timedelta(days=back), "Steady run", duration_minutes=60.0)
    draft = ask(runner, "How is my form?")
    cited = {fact.id: fact.value for fact in draft.facts}
    from planning.services.load import read_load

    row = read_load(athlete=runner, first=first, last=first).days[0]
    assert (cited[f"load:{first}:ctl"], cited[f"load:{first}:atl"]) == (round(row.ctl, 1), round(row.atl, 1))


def test_a_goal_to_lose_weight_is_told_with_its_rate_and_what_it_takes_off(planned, runner):
    runner.goals, runner.rate_pct_per_week = ["weight_loss"], 0.5
    runner.save()
    draft = ask(runner, "What is my weight goal?")
    assert "The rate you set is 0.5 % of your weight a week." in draft.reply


def test_a_goal_to_lose_weight_is_not_told_where_numbers_are_withheld(planned, runner):
    runner.goals, runner.rate_pct_per_week = ["weight_loss"], 0.5
    runner.save()
    assert ask(runner, "What is my weight goal?", withheld=True).reply.startswith("I plan no change of weight here")


def test_milk_is_proposed_for_a_list_that_is_there(planned, runner):
    from planning.services.shopping import create_shopping_list

    first = today(runner.timezone)
    create_shopping_list(athlete=runner, first=first, last=first + timedelta(days=3), by=runner.user)
    draft = ask(runner, "Add 2 l oat drink to my shopping list")
    assert [(p.kind, p.arguments["name"], p.arguments["quantity"]) for p in draft.proposals] == [
        ("add_to_list", "oat drink", "2 l")
    ]


def test_an_excluded_food_is_not_proposed_for_the_list(planned, runner):
    from planning.services.shopping import create_shopping_list

    first = today(runner.timezone)
    create_shopping_list(athlete=runner, first=first, last=first + timedelta(days=3), by=runner.user)
    draft = ask(runner, "Add peanut butter to my shopping list")
    assert (draft.proposals, draft.reply.startswith("That cannot be changed now.")) == ((), True)


def test_no_dose_of_a_supplement_is_given(planned, runner):
    reply = ask(runner, "How much creatine should I take?").reply
    assert re.findall(r"\d", reply) == []


def test_a_minor_is_told_of_no_supplement(planned, runner):
    runner.birth_date = today(runner.timezone) - timedelta(days=16 * 365)
    runner.save()
    assert ask(runner, "Should I take creatine?").reply.startswith("While you are still growing")


def test_should_i_avoid_is_not_answered_with_its_opposite(planned, runner):
    assert ask(runner, "Should I avoid peanut butter?").reply.startswith(
        "“Peanut butter, salted” is excluded for you by your allergies or your diet. The reason: contains peanuts."
    )


def test_an_unknown_food_is_not_called_safe(planned, runner):
    assert "I cannot say that it is safe" in ask(runner, "can I eat zorblaxium?").reply


def test_a_question_about_an_unplanned_day_makes_the_plan_and_says_which(unplanned):
    tools = Toolbox(athlete=unplanned, by=unplanned.user)
    BuiltinBackend().reply(AdviceContext(message="What's for dinner tomorrow?", tools=tools))
    made = list(unplanned.meal_plans.values_list("pk", flat=True))
    assert (tools.made_plan_ids, len(made) > 0) == (made, True)


def test_a_swap_is_proposed_with_the_dishes_that_keep_the_day_verified(planned, runner):
    from planning.services.swaps import find_alternatives

    item = meal_with_alternatives(planned)
    rows = find_alternatives(plan=planned, place=(item.date, item.slot, item.index))
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


def test_a_refusal_of_the_optimizer_is_passed_on(unplanned, monkeypatch):
    from planning.services.plans import PlanInfeasible

    def refuse(**kwargs):
        raise PlanInfeasible()

    monkeypatch.setattr("advisor.tools.ensure_plans", refuse)
    with pytest.raises(PlanInfeasible):
        ask(unplanned, "What's for dinner tomorrow?")


def test_a_night_that_is_over_means_the_one_before_the_same_weekday_next_week(unplanned):
    unplanned.training_events.all().delete()
    day = today(unplanned.timezone)
    draft = ask(unplanned, f"What should I eat the night before my long run on {day:%A}?")
    night = day + timedelta(days=6)
    assert f"{night:%A} {night.day} " in draft.reply
    assert "yesterday" not in draft.reply
