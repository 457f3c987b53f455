"""Questions that lean on the answer before them, on a fresh athlete with a verified plan."""

from __future__ import annotations

from datetime import timedelta

import pytest

from nutrition_site.kernel.clock import today
from tests.advisor.conftest import add_event
from tests.advisor.test_intents import ask, follow, meal_with_alternatives

pytestmark = pytest.mark.django_db

# (the first question, what follows it, the kind the follow-up must reach, the fact that it must cite)
TALKS = (
    ("What's for dinner tomorrow?", "and for lunch?", "meal", ()),
    ("What's for dinner tomorrow?", "and protein?", "dish_nutrients", ()),
    ("What's for dinner tomorrow?", "why?", "why_target", ("target:{tomorrow}:carbs_g",)),
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


def test_a_follow_up_without_a_talk_before_it_is_not_known(planned, runner):
    assert ask(runner, "why?").kind == "unknown"


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
