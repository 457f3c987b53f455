"""What the advisor may look up: every value is the one that services and pages show, and nothing is written."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from advisor.tools import Toolbox
from athletes.models import CompletedSession
from nutrition_site.kernel.clock import today, zone
from nutrition_site.kernel.errors import InvalidInput, NotFound
from planning.models import ExpenditureEstimate, Food, MealPlan, PantryItem, Recipe
from planning.services.load import read_load
from planning.services.targets import calculate_targets
from tests.advisor.conftest import add_event

pytestmark = pytest.mark.django_db


def tools_of(athlete):
    return Toolbox(athlete=athlete, by=athlete.user)


# --- load ---
def test_fitness_fatigue_and_form_are_those_of_the_load_page(athlete):
    day = today(athlete.zones)
    for back in (1, 3, 5, 8):
        add_event(athlete, day - timedelta(days=back), f"Run {back}", tss=80.0)
    bundle = tools_of(athlete).read_load(day)
    shown = read_load(athlete=athlete, first=day, last=day).days[0]
    assert [bundle.number(name) for name in ("ctl", "atl", "tsb")] == [
        round(value, 1) for value in (shown.ctl, shown.atl, shown.tsb)
    ]


def test_the_load_of_a_week_is_the_sum_of_its_sessions(athlete):
    monday = today(athlete.zones) - timedelta(days=today(athlete.zones).weekday())
    add_event(athlete, monday, "Run", tss=40.0)
    add_event(athlete, monday + timedelta(days=2), "Ride", sport="cycle", tss=65.0)
    add_event(athlete, monday - timedelta(days=3), "Long run", tss=90.0)
    bundle = tools_of(athlete).read_load(monday + timedelta(days=1))
    assert (bundle.number("week_tss"), bundle.number("last_week_tss"), bundle.data["hardest"]) == (
        105.0,
        90.0,
        (monday + timedelta(days=2)).isoformat(),
    )


def test_load_without_any_training_is_unknown_and_not_zero(athlete):
    bundle = tools_of(athlete).read_load(today(athlete.zones))
    assert (bundle["ctl"].value, bundle["week_tss"].value, bundle.data["known"]) == (None, None, False)


# --- energy availability ---
def test_energy_availability_is_that_of_the_targets(athlete):
    day = today(athlete.zones)
    payload = calculate_targets(athlete=athlete, first=day, last=day)[0].payload
    bundle = tools_of(athlete).read_availability(day)
    assert (bundle.number("availability"), bundle.number("red")) == (payload["energy_availability"], 30.0)


def test_a_woman_in_balance_is_not_amber(athlete):
    # min(45, 0.95 x balance): eating at balance never warns (Mountjoy 2018, with the cap against false alarms).
    bundle = tools_of(athlete).read_availability(today(athlete.zones))
    assert bundle.data["status"] == "ok"


def test_the_amber_line_is_95_percent_of_balance_where_that_is_lower(athlete):
    bundle = tools_of(athlete).read_availability(today(athlete.zones))
    balance = bundle.number("at_balance")
    assert bundle.number("amber") == round(min(45.0, 0.95 * balance), 2)


def test_a_losing_athlete_below_the_line_is_amber(athlete):
    athlete.goals, athlete.rate_pct_per_week = ["weight_loss"], 1.0
    athlete.save()
    bundle = tools_of(athlete).read_availability(today(athlete.zones))
    assert (bundle.number("availability") < bundle.number("amber"), bundle.data["status"]) == (True, "amber")


def test_energy_availability_has_the_unit_that_is_withheld(athlete):
    assert tools_of(athlete).read_availability(today(athlete.zones))["availability"].unit == "kcal/kg FFM/d"


# --- learned expenditure ---
def test_nothing_learned_has_no_facts(athlete):
    bundle = tools_of(athlete).read_expenditure()
    assert (dict(bundle.facts), bundle.data["learned"]) == ({}, False)


def test_the_newest_estimate_is_told_with_its_uncertainty(athlete):
    day = today(athlete.zones)
    for weeks, offset in ((4, 50.0), (1, -120.0)):
        ExpenditureEstimate.objects.create(
            athlete=athlete, as_of=day - timedelta(weeks=weeks), offset_kcal=offset, sd_kcal=60.0, windows=3,
            published=True, applied_kcal=offset, engine_version="x",
        )  # fmt: skip
    bundle = tools_of(athlete).read_expenditure()
    assert (bundle.number("offset_kcal"), bundle.number("sd_kcal"), bundle.data["more"]) == (120.0, 60.0, False)


# --- what was done ---
@pytest.fixture
def done(athlete):
    """A recorded run of yesterday that fulfills a plan of 60 minutes."""
    day = today(athlete.zones) - timedelta(days=1)
    event = add_event(athlete, day, "Tempo run")
    return CompletedSession.objects.create(
        athlete=athlete, event=event, local_date=day, sport="run", duration_minutes=72.5, distance_km=14.2,
        starts_at=datetime(day.year, day.month, day.day, 9, 5, tzinfo=zone(athlete.timezone)),
    )  # fmt: skip


def test_a_recorded_session_stands_beside_what_was_planned(athlete, done):
    bundle = tools_of(athlete).read_completed(done.local_date, done.local_date)
    names = ("duration_minutes", "planned_minutes", "distance_km", "tss")
    assert [bundle[f"{done.pk}:{name}"].value for name in names] == [72.5, 60.0, 14.2, None]


def test_the_minutes_of_a_span_are_summed(athlete, done):
    bundle = tools_of(athlete).read_completed(done.local_date - timedelta(days=6), done.local_date)
    assert (bundle.number("count"), bundle.number("minutes")) == (1.0, 72.5)


def test_sessions_of_somebody_else_are_not_read(done, sam):
    bundle = tools_of(sam.athlete).read_completed(done.local_date, done.local_date)
    assert bundle.number("count") == 0.0


# --- recipes ---
def test_a_recipe_is_found_by_words_of_its_name(runner):
    name = Recipe.objects.filter(kind="base", active=True).order_by("slug").first().name
    assert tools_of(runner).find_recipe(name.upper()).name == name


def test_a_recipe_has_grams_of_each_ingredient_of_a_serving(runner):
    tools = tools_of(runner)
    recipe = next(row for row in tools.catalogue.recipes.values() if row.kind == "base" and row.active)
    bundle = tools.read_recipe(recipe)
    grams = [bundle[row["key"]].value for row in bundle.data["ingredients"]]
    assert grams == [round(line.grams_per_serving, 2) for line in recipe.ingredients.all()]


def test_a_recipe_that_an_allergy_excludes_carries_its_reasons(runner):
    tools = tools_of(runner)
    recipe = next(row for row in tools.catalogue.recipes.values() if row.allergens.get("peanuts") == "contains")
    bundle = tools.read_recipe(recipe)
    assert (bundle.data["allowed"], any("peanut" in reason for reason in bundle.data["reasons"])) == (False, True)


def test_an_excluded_recipe_that_was_read_is_never_told_without_a_warning(runner):
    tools = tools_of(runner)
    recipe = next(row for row in tools.catalogue.recipes.values() if row.allergens.get("peanuts") == "contains")
    tools.read_recipe(recipe)
    assert recipe.name in tools.excluded


def test_an_own_recipe_of_somebody_else_is_not_there(runner, sam):
    source = Recipe.objects.filter(owner=None, active=True).first()
    source.pk, source.slug, source.owner, source.name = None, "own-x", sam.athlete, "Secret family stew"
    source.pk = "rcp_00000000000000000000000001"
    source.save(force_insert=True)
    tools = tools_of(runner)
    assert tools.find_recipe("secret family stew") is None
    with pytest.raises(NotFound):
        tools.recipe_by_id(source.pk)


# --- weeks and what is at home ---
def test_a_week_tells_each_days_target_and_dinner(planned, runner):
    tools = tools_of(runner)
    first = today(runner.zones)
    bundle = tools.read_week(first, first + timedelta(days=6))
    dinner = planned.current.items.get(date=first, slot="dinner", index=0)
    target = tools.target_day(first).payload["carbs_g"]
    assert (bundle[f"{first}:dinner"].value, bundle.number(f"{first}:target_carbs_g")) == (dinner.recipe.name, target)


def test_a_week_without_a_plan_makes_none(runner):
    first = today(runner.zones)
    bundle = tools_of(runner).read_week(first, first + timedelta(days=2))
    assert (len(bundle.data["unplanned"]), MealPlan.objects.count()) == (3, 0)


def test_an_overview_of_fifteen_days_is_refused(runner):
    first = today(runner.zones)
    with pytest.raises(InvalidInput):
        tools_of(runner).read_week(first, first + timedelta(days=14))


def test_the_pantry_is_told_in_grams_the_most_first(runner):
    foods = list(Food.objects.filter(core=True).order_by("name")[:2])
    for food, grams in zip(foods, (50.0, 400.0), strict=True):
        PantryItem.objects.create(athlete=runner, food=food, grams=grams)
    bundle = tools_of(runner).read_pantry()
    assert [(row["name"], bundle[f"{row['key']}:grams"].value) for row in bundle.data["rows"]] == [
        (foods[1].name, 400.0),
        (foods[0].name, 50.0),
    ]
