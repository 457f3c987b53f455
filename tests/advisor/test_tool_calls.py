"""Whatever an outside model sends: right calls give facts, wrong and malicious ones a reason, none a change."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest

from advisor.tool_calls import MOST_PROPOSALS, ToolCalls
from advisor.tool_definitions import DEFINITIONS, PROPOSALS, SCHEMAS
from advisor.tool_results import LEFT_OUT, MOST_CHARACTERS, bounded
from advisor.tools import Toolbox
from athletes.models import Athlete, TrainingEvent
from nutrition_site.kernel.clock import today
from nutrition_site.kernel.errors import Conflict, DomainError, InvalidInput, NotFound
from planning.models import MealPlan, PlanRevision, ShoppingItem
from planning.services.shopping import create_shopping_list
from tests.advisor.conftest import add_event
from tests.advisor.proposals import dinner_of

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def _listed_once(django_db_blocker, _mina_once):
    """A shopping list beside the plan, made once too; it goes with the athlete."""
    with django_db_blocker.unblock():
        athlete = Athlete.objects.get(pk=_mina_once)
        first = today(athlete.zones)
        create_shopping_list(athlete=athlete, first=first, last=first + timedelta(days=2), by=athlete.user)


@pytest.fixture
def athlete(mina, _listed_once):
    return mina


@pytest.fixture
def calls(athlete):
    return ToolCalls(Toolbox(athlete=athlete, by=athlete.user))


@pytest.fixture
def foreign(athlete, sam):
    """A session of somebody else."""
    return add_event(sam.athlete, today(athlete.zones) + timedelta(days=1), "Sam's run")


def right_arguments(athlete):
    """Arguments for every tool, all of them in order."""
    first = today(athlete.zones)
    day, last = (first + timedelta(days=1)).isoformat(), (first + timedelta(days=6)).isoformat()
    saturday = TrainingEvent.objects.get(athlete=athlete, title="Long run 90min Z2")
    race = TrainingEvent.objects.get(athlete=athlete, type="race")
    span, here, date = {"from": day, "to": last}, {"date": day, "slot": "dinner"}, {"date": day}
    dish = dinner_of(athlete).recipe_id
    return {
        "read_profile": {},
        "list_events": span,
        "read_completed": span,
        "read_load": date,
        "read_targets": date,
        "read_availability": date,
        "read_expenditure": {},
        "read_week": span,
        "read_day": date,
        "read_dish": here,
        "read_recipe": {"recipe_id": dish},
        "read_fueling": {"event_id": saturday.pk},
        "read_race_plan": {"event_id": race.pk},
        "read_shopping": span,
        "read_pantry": {},
        "read_plan_state": date,
        "look_up_food": {"words": "rice", "grams": 80},
        "check_food": {"words": "peanut butter"},
        "find_swaps": here,
        "what_if_session": {"change": "remove", "event_id": saturday.pk},
        "what_if_plan": {"change": "length", "event_id": saturday.pk, "duration_minutes": 150},
        "what_if_without_food": {"words": "rice", **date},
        "propose_swap": {**here, "recipe_id": dish},
        "propose_lock": {**here, "locked": True},
        "propose_event": {"title": "Ride", "date": day, "sport": "cycling", "duration_minutes": 45, "time": "18:00"},
        "propose_event_change": {"event_id": saturday.pk, "date": last, "time": "07:00", "duration_minutes": 60},
        "propose_event_removal": {"event_id": saturday.pk},
        "propose_preference": {"field": "dislike", "change": "add", "value": "olives"},
        "propose_replan": date,
        "propose_list_item": {"name": "bananas", "grams": 500},
        "propose_list_settlement": {"name": "salt", "bought": True},
    }


def stored():
    return (
        MealPlan.objects.count(),
        PlanRevision.objects.count(),
        TrainingEvent.objects.count(),
        ShoppingItem.objects.count(),
        list(Athlete.objects.order_by("pk").values_list("dislikes", "profile_version", "training_version")),
    )


# Both answer that there is nothing to propose for the plan as it is.
NOTHING_TO_PROPOSE = {"propose_swap", "propose_replan"}


@pytest.mark.parametrize("name", sorted(set(SCHEMAS) - NOTHING_TO_PROPOSE))
def test_every_tool_answers_its_right_arguments_and_stores_nothing(athlete, calls, name):
    before = stored()
    result = calls.run(name, right_arguments(athlete)[name])
    assert ("error" in result, len(json.dumps(result)) < 2 * MOST_CHARACTERS, stored()) == (False, True, before)


def test_every_tool_has_arguments_here(athlete):
    assert set(right_arguments(athlete)) == set(SCHEMAS)


def refusal(calls, name, arguments):
    """How a call is refused, None when it is answered."""
    try:
        calls.run(name, arguments)
    except DomainError as error:
        return error
    return None


@pytest.mark.parametrize(
    "arguments",
    [None, [], "date", 7, True, [{"date": "2026-01-01"}], {"__class__": "x"}, {"date": {"$gt": ""}, "x": 1}],
    ids=repr,
)
def test_arguments_of_another_shape_are_refused_by_every_tool(calls, arguments):
    answered = [name for name in SCHEMAS if not isinstance(refusal(calls, name, arguments), InvalidInput)]
    assert answered == []


BAD_VALUES = [
    *({"$ne": None}, ["2026-01-01"], "", "x" * 100_000, "2026-13-45", "' OR 1=1 --", "\u0000", "../../etc/passwd"),
    *(10**30, -1, float("nan"), float("inf"), "ignore previous instructions", "0001-01-01", "9999-12-31"),
]


@pytest.mark.parametrize("name", sorted(name for name, schema in SCHEMAS.items() if schema["properties"]))
def test_no_bad_value_in_any_argument_changes_or_breaks_anything(athlete, calls, name):
    before, right = stored(), right_arguments(athlete)[name]
    refusals = [
        refusal(calls, name, {**right, key: value}) for key in SCHEMAS[name]["properties"] for value in BAD_VALUES
    ]
    long = [error.message for error in refusals if error is not None and len(error.message) > 500]
    assert (long, stored()) == ([], before)


@pytest.mark.parametrize(
    "value",
    [{"$ne": None}, ["x"], "x" * 100_000, "\u0000", 10**30, -1, float("nan")],
    ids=lambda value: repr(value)[:20],
)
def test_such_a_value_is_refused_wherever_it_stands(athlete, calls, value):
    right = right_arguments(athlete)
    answered = [
        (name, key)
        for name, schema in SCHEMAS.items()
        for key in schema["properties"]
        if not isinstance(refusal(calls, name, {**right[name], key: value}), InvalidInput)
    ]
    assert answered == []


@pytest.mark.parametrize("day", ["tomorrow", "2026-02-30", "20260101", "1999-01-01"])
def test_a_day_that_is_none_is_refused_with_its_name(calls, day):
    with pytest.raises(InvalidInput) as caught:
        calls.run("read_targets", {"date": day})
    assert caught.value.details[0]["field"] == "date"


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("read_fueling", {}),
        ("read_race_plan", {}),
        ("what_if_session", {"change": "remove"}),
        ("what_if_session", {"change": "length", "duration_minutes": 30}),
        ("what_if_session", {"change": "effort", "intensity": "hard"}),
        ("what_if_plan", {"change": "remove"}),
    ],
)
def test_somebody_elses_session_is_not_there(calls, foreign, name, arguments):
    with pytest.raises(NotFound):
        calls.run(name, {**arguments, "event_id": foreign.pk})


def test_somebody_elses_recipe_is_not_there(calls, sam):
    from planning.models import Recipe

    recipe = Recipe.objects.filter(owner=None).first()
    recipe.pk, recipe.slug, recipe.owner = "rcp_00000000000000000000000002", "own-y", sam.athlete
    recipe.save(force_insert=True)
    with pytest.raises(NotFound):
        calls.run("read_recipe", {"recipe_id": recipe.pk})


@pytest.mark.parametrize("name", ["", "run", "__init__", "_day", "tools", "proposed", "drop_tables", None, 7])
def test_what_is_no_tool_cannot_be_called(calls, name):
    with pytest.raises(NotFound):
        calls.run(name, {})


def test_no_tool_confirms_anything():
    assert [row["name"] for row in DEFINITIONS if "confirm" in row["name"] or "apply" in row["name"]] == []


def test_every_proposing_tool_says_that_nothing_changes():
    assert all("Changes nothing until the athlete confirms" in row["description"] for row in PROPOSALS)


@pytest.mark.parametrize("field", ["allergies", "goals", "weight_kg", "birth_date"])
def test_a_model_cannot_propose_to_change_allergies_goals_or_weight(calls, field):
    with pytest.raises(InvalidInput):
        calls.run("propose_preference", {"field": field, "change": "remove", "value": "peanuts"})


def test_a_dish_that_is_no_alternative_cannot_be_proposed(athlete, calls):
    excluded = next(row for row in calls.tools.catalogue.recipes.values() if row.allergens.get("peanuts") == "contains")
    day = (today(athlete.zones) + timedelta(days=1)).isoformat()
    with pytest.raises(NotFound):
        calls.run("propose_swap", {"date": day, "slot": "dinner", "recipe_id": excluded.pk})


def test_an_allergen_cannot_be_put_on_the_list(calls):
    with pytest.raises(DomainError) as caught:
        calls.run("propose_list_item", {"name": "peanut butter"})
    assert (caught.value.code, calls.proposals) == ("food_excluded", [])


def test_the_same_proposal_twice_is_one(calls):
    arguments = {"field": "dislike", "change": "add", "value": "olives"}
    calls.run("propose_preference", arguments)
    calls.run("propose_preference", arguments)
    assert len(calls.proposals) == 1


def test_a_flood_of_proposals_is_stopped(calls):
    words = ["olives", "beetroot", "celeriac", "radish", "turnip"]
    refused = [
        refusal(calls, "propose_preference", {"field": "dislike", "change": "add", "value": word}) for word in words
    ]
    assert ([error and error.code for error in refused], len(calls.proposals)) == (
        [None, None, None, "too_many", "too_many"],
        MOST_PROPOSALS,
    )


def test_a_proposal_tells_the_model_that_nothing_has_changed(calls):
    result = calls.run("propose_preference", {"field": "dislike", "change": "add", "value": "olives"})
    assert result["status"] == "waits for the athlete to confirm; nothing has changed"


@pytest.mark.parametrize("days", [-3, 60, 399])
def test_a_model_cannot_have_the_past_or_the_far_future_planned(athlete, calls, days):
    day = (today(athlete.zones) + timedelta(days=days)).isoformat()
    with pytest.raises(Conflict) as caught:
        calls.run("read_day", {"date": day})
    assert (caught.value.code, MealPlan.objects.count()) == ("no_plan", 1)


def test_a_model_cannot_have_plans_made_without_end(athlete, calls):
    calls.tools.made_plan_ids = ["one", "two"]
    day = (today(athlete.zones) + timedelta(days=20)).isoformat()
    with pytest.raises(Conflict):
        calls.run("read_day", {"date": day})


def test_slow_dry_runs_are_counted(athlete, calls):
    arguments = right_arguments(athlete)["what_if_without_food"]
    refused = [refusal(calls, "what_if_without_food", arguments) for _ in range(4)]
    assert [error and error.code for error in refused] == [None, None, None, "too_many"]


def test_planning_again_that_is_impossible_is_told_to_the_model(athlete, calls, monkeypatch):
    from advisor import tool_calls
    from planning.services.solving import PlanInfeasible

    def impossible(*_args, **_fields):
        raise PlanInfeasible

    monkeypatch.setattr(tool_calls, "replan_proposal", impossible)
    assert refusal(calls, "propose_replan", {}).code == "not_possible"


# --- what must not be seen ---
@pytest.mark.parametrize("name", sorted(set(SCHEMAS) - NOTHING_TO_PROPOSE))
def test_who_must_not_see_energy_or_weight_has_none_sent_to_a_model(athlete, name):
    guarded = ToolCalls(Toolbox(athlete=athlete, by=athlete.user), withheld=True)
    text = json.dumps(guarded.run(name, right_arguments(athlete)[name]))
    assert re.findall(r"(?:kcal|weight_kg|\b\d+(?:\.\d+)? ?(?:kg|kJ)\b).{0,40}", text) == []


def test_grams_still_reach_a_model_where_energy_is_withheld(athlete):
    guarded = ToolCalls(Toolbox(athlete=athlete, by=athlete.user), withheld=True)
    day = today(athlete.zones) + timedelta(days=1)
    ids = {row["id"] for row in guarded.run("read_targets", {"date": day.isoformat()})["facts"]}
    assert (f"target:{day}:carbs_g" in ids, f"target:{day}:energy_kcal" in ids) == (True, False)


# --- the size of results ---
def test_targets_reach_the_model_with_the_reason_and_formula_of_each(athlete, calls):
    day = today(athlete.zones) + timedelta(days=1)
    result = calls.run("read_targets", {"date": day.isoformat()})
    ids = {row["id"] for row in result["facts"]}
    wanted = {f"target:{day}:carbs_g", f"target:{day}:trace:carbs_g:words", f"target:{day}:trace:carbs_g:formula"}
    assert (wanted - ids, LEFT_OUT in result) == (set(), False)


def test_a_small_result_is_left_as_it_is():
    assert bounded({"facts": [{"id": "a", "value": 1.5}]}) == {"facts": [{"id": "a", "value": 1.5}]}


def test_a_result_of_a_megabyte_is_cut_and_says_so():
    result = bounded({"facts": [{"id": f"fact {n}", "value": "x" * 500} for n in range(2000)]})
    assert len(json.dumps(result)) <= MOST_CHARACTERS + 100
    assert result[LEFT_OUT] == 2000 - len(result["facts"])


def test_the_steps_behind_numbers_go_before_the_numbers():
    trace = [{"kind": "trace", "value": "y" * 300} for _ in range(100)]
    result = bounded({"facts": [*trace, {"kind": "target", "value": 505.0}]})
    assert result["facts"] == [{"kind": "target", "value": 505.0}]


def test_a_title_of_ten_thousand_letters_is_shortened():
    assert len(bounded({"title": "z" * 10_000})["title"]) == 601


def test_what_cannot_be_shortened_is_refused():
    assert bounded({f"name {n}": "w" * 600 for n in range(100)})["error"] == "too_large"
