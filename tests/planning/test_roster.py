"""The roster: which facts raise which flags, in which order, and what it costs."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from athletes.models import CalendarConnection, CoachLink, TrainingEvent
from nutrition_site.kernel import clock
from planning.models import Food, MealPlan, PlanItem, PlanRevision, RacePlan, Recipe
from planning.services.flags import Facts, Severity, raise_flags
from planning.services.roster import rank_roster
from planning.services.squad import LowAvailability, calculate_squad_targets
from planning.services.targets import calculate_targets
from tests.factories import make_athlete, make_coach

pytestmark = pytest.mark.django_db

ZONE = "Europe/Belgrade"


def day(offset=0):
    return clock.today(ZONE) + timedelta(days=offset)


def train(athlete, offset=0, *, title="Easy run", minutes=60, kind="workout"):
    local = day(offset)
    return TrainingEvent.objects.create(
        athlete=athlete,
        title=title,
        type=kind,
        sport="run",
        starts_at=clock.midnight(local, ZONE) + timedelta(hours=7),
        local_date=local,
        duration_minutes=minutes,
        intensity="easy",
    )


def plan_for(athlete, *, days=9, behind=False, status="verified", refusal=None):
    """A plan from today on, made from the present targets, or (behind) from an older state of the profile."""
    plan = MealPlan.objects.create(athlete=athlete, week_start=day(), days=days, status=status, refusal=refusal)
    if status != "verified":
        return plan
    targets = calculate_targets(athlete=athlete, first=day(), last=day(days - 1))
    revision = PlanRevision.objects.create(
        plan=plan,
        number=1,
        days=[{"date": row.date.isoformat(), "target": row.payload, "training_event": None} for row in targets],
        inputs_hash="sha256:0",
        training_version=athlete.training_version,
        profile_version=athlete.profile_version - behind,
        catalogue_version="0",
        training_data_as_of=timezone.now(),
    )
    plan.current = revision
    plan.revision = 1
    plan.save()
    return plan


def read_calendar(athlete, *, hours_ago, status="ok", provider="ical"):
    moment = None if hours_ago is None else clock.now() - timedelta(hours=hours_ago)
    return CalendarConnection.objects.create(athlete=athlete, provider=provider, status=status, last_synced_at=moment)


@pytest.fixture
def coach(db):
    return make_coach("coach@example.com")


@pytest.fixture
def joins(coach):
    """Makes an athlete who agreed to the coach."""

    def join(name, **fields):
        address = f"{name.lower().replace(' ', '.')}@example.com"
        athlete = make_athlete(address, name=name, **fields)
        CoachLink.objects.create(coach=coach, athlete=athlete, status="active", consented_at=timezone.now())
        return athlete

    return join


def codes_of(coach):
    return {row.athlete.name: [flag.code for flag in row.flags] for row in rank_roster(coach)}


def only_flag(coach):
    (row,) = rank_roster(coach)
    (flag,) = row.flags
    return flag


def test_a_squad_of_eight_is_ranked_by_risk_then_by_the_day_it_matters(coach, joins):
    fine = joins("On Plan")
    train(fine)
    plan_for(fine)
    train(joins("No Plan"), 1)
    thin = joins("Thin Profile", weight_kg=None)
    plan_for(thin)
    late, soon = joins("Race Later"), joins("Race Sooner")
    train(late, 6, title="Marathon", kind="race", minutes=200)
    train(soon, 2, title="Half marathon", kind="race", minutes=100)
    lost = joins("Lost Calendar")
    plan_for(lost)
    read_calendar(lost, hours_ago=30, status="reconnect", provider="google_calendar")
    stale = joins("Stale Plan")
    plan_for(stale, behind=True)
    train(stale, 0, minutes=150)
    refused = joins("Refused Plan")
    train(refused, 1)
    plan_for(refused, status="infeasible", refusal={"code": "infeasible", "message": "Too little time to cook."})
    assert codes_of(coach) == {
        "Race Sooner": ["RACE_WITHOUT_PLAN"],
        "Race Later": ["RACE_WITHOUT_PLAN"],
        "Lost Calendar": ["CALENDAR_RECONNECT"],
        "Refused Plan": ["PLAN_REFUSED"],
        "Stale Plan": ["PLAN_STALE"],
        "No Plan": ["NO_PLAN"],
        "Thin Profile": ["PROFILE_ASSUMED"],
        "On Plan": [],
    }
    assert [row.athlete.name for row in rank_roster(coach)] == [
        "Race Sooner",
        "Race Later",
        "Lost Calendar",
        "Refused Plan",
        "Stale Plan",
        "No Plan",
        "Thin Profile",
        "On Plan",
    ]


def test_every_row_says_why_it_stands_there(coach, joins):
    train(joins("Runner"), 1, title="10 km", kind="race")
    (row,) = rank_roster(coach)
    assert row.reason == "Act now, from tomorrow"


def test_a_race_without_a_plan_is_told_with_its_name_and_day(coach, joins):
    race = train(joins("Runner"), 3, title="Danube half", kind="race")
    flag = only_flag(coach)
    assert (flag.severity, flag.due, flag.evidence["event_id"]) == (Severity.ACT, day(3), race.pk)
    assert flag.sentence.startswith("Danube half is ")
    assert flag.evidence["days_left"] == 3


def test_a_race_eight_days_ahead_is_not_told_yet(coach, joins):
    train(joins("Runner"), 8, kind="race")
    assert codes_of(coach) == {"Runner": []}


def test_a_race_seven_days_ahead_is_told(coach, joins):
    train(joins("Runner"), 7, kind="race")
    assert codes_of(coach) == {"Runner": ["RACE_WITHOUT_PLAN"]}


def test_a_race_that_a_plan_covers_is_no_flag(coach, joins):
    runner = joins("Runner")
    train(runner, 3, kind="race")
    plan_for(runner)
    assert codes_of(coach) == {"Runner": []}


def test_rest_without_a_plan_is_no_flag(coach, joins):
    train(joins("Runner"), 0, title="Rest", kind="rest")
    assert codes_of(coach) == {"Runner": []}


def test_training_four_days_ahead_needs_no_plan_yet(coach, joins):
    train(joins("Runner"), 3)
    assert codes_of(coach) == {"Runner": []}


def test_missing_values_raise_nothing(coach, joins):
    """No calendar, no training, no plan, no measurement: nothing is known, so nothing is wrong."""
    joins("Runner", body_fat_pct=None, vo2max=None)
    assert codes_of(coach) == {"Runner": []}


def test_a_new_calendar_that_was_not_read_yet_is_no_flag(coach, joins):
    read_calendar(joins("Runner"), hours_ago=None, status="pending")
    assert codes_of(coach) == {"Runner": []}


@pytest.mark.parametrize(("hours", "codes"), [(23, []), (25, ["CALENDAR_SILENT"])])
def test_a_calendar_is_silent_after_a_day(hours, codes, coach, joins):
    read_calendar(joins("Runner"), hours_ago=hours)
    assert codes_of(coach) == {"Runner": codes}


def test_a_silent_calendar_says_since_when(coach, joins):
    read_calendar(joins("Runner"), hours_ago=80, status="error")
    assert only_flag(coach).sentence == "The calendar feed: last read 3 days ago. Sessions may have moved since."


def test_a_plan_made_from_an_older_profile_that_still_fits_is_not_behind(coach, joins):
    plan_for(joins("Runner"), behind=True)
    assert codes_of(coach) == {"Runner": []}


def test_a_plan_is_behind_from_the_first_day_that_asks_for_something_else(coach, joins):
    runner = joins("Runner")
    plan = plan_for(runner, behind=True)
    train(runner, 2, minutes=180)
    flag = next(flag for flag in rank_roster(coach)[0].flags if flag.code == "PLAN_STALE")
    assert flag.evidence["plan_id"] == plan.pk
    # The day before a long run may load for it, so the first difference may come earlier, never later.
    assert day(1) <= flag.due <= day(2)


def test_a_dish_that_is_not_allowed_any_more_comes_first(coach, joins):
    runner = joins("Runner", allergies=["peanuts"])
    plan = plan_for(runner, behind=True)
    food = Food.objects.create(code="pb", name="Peanut butter", core=True)
    recipe = Recipe.objects.create(
        slug="pb-toast", family="toast", name="Peanut toast", slots=["snack"], allergens={"peanuts": "contains"}
    )
    recipe.ingredients.create(food=food, position=0, grams_per_serving=30)
    PlanItem.objects.create(revision=plan.current, date=day(1), slot="snack", time="16:00", recipe=recipe, quarters=4)
    flag = only_flag(coach)
    assert (flag.code, flag.severity) == ("PLAN_UNSAFE", Severity.ACT)
    assert flag.sentence == "The plan holds what the athlete may not eat: Peanut toast."


def test_a_minor_is_noted_without_any_number_of_the_body(coach, joins):
    joins("Junior", birth_date=day().replace(year=day().year - 16).replace(day=1))
    flag = only_flag(coach)
    assert (flag.code, flag.severity) == ("UNDER_18", Severity.NOTICE)
    assert "weight" in flag.sentence
    assert "kg" not in flag.sentence


def test_a_minor_who_asks_to_lose_weight_needs_a_talk(coach, joins):
    joins("Junior", birth_date=day().replace(year=day().year - 16).replace(day=1), goals=["weight_loss"])
    assert codes_of(coach) == {"Junior": ["DEFICIT_BLOCKED_MINOR", "UNDER_18"]}


def test_a_safety_flag_is_worded_with_care(coach, joins):
    joins("Runner", ed_flag=True)
    flag = only_flag(coach)
    assert (flag.code, flag.severity, flag.label) == ("TAKE_CARE", Severity.ATTENTION, "Take care")
    assert "disorder" not in flag.sentence


def facts_of(athlete, **changes):
    days = list(calculate_squad_targets(ranges={athlete.pk: (athlete, (day(), day(7)))})[athlete.pk].values())
    return replace(Facts(athlete=athlete, now=clock.now(), today=day(), days=days), **changes)


@pytest.mark.parametrize(
    ("code", "severity", "label"),
    [("EA_RED", Severity.ACT, "Under-fueled"), ("EA_AMBER", Severity.ATTENTION, "Energy is low")],
)
def test_low_energy_availability_is_told_with_value_and_limit(code, severity, label, joins):
    low = LowAvailability(code, day(1), kcal_per_kg=27.4, limit_kcal_per_kg=30.0)
    (flag,) = raise_flags(facts_of(joins("Runner"), low=low))
    assert (flag.code, flag.severity, flag.label, flag.due) == (code, severity, label, day(1))
    assert "27.4 kcal per kg lean mass on the target of tomorrow. Below 30 asks for" in flag.sentence


def test_the_value_is_not_told_where_numbers_could_harm(joins):
    low = LowAvailability("EA_RED", day(0), kcal_per_kg=27.4, limit_kcal_per_kg=30.0)
    flag = raise_flags(facts_of(joins("Runner", ed_flag=True), low=low))[0]
    assert flag.sentence == "The target of today leaves little energy beside training."
    assert "energy_availability" not in flag.evidence


def test_a_deficit_that_takes_too_much_is_amber_in_the_roster(coach, joins):
    """Amber below 45 (F) or 95 % of balance, whichever is less: SCIENCE section on energy availability."""
    joins("Runner", goals=["weight_loss"], rate_pct_per_week=1.0)
    flag = next(flag for flag in rank_roster(coach)[0].flags if flag.code == "EA_AMBER")
    assert flag.evidence["energy_availability"] < flag.evidence["limit"]


def test_an_assumed_body_judges_nobody(coach, joins):
    joins("Runner", goals=["weight_loss"], rate_pct_per_week=1.0, weight_kg=None)
    assert "EA_AMBER" not in codes_of(coach)["Runner"]


def test_an_incomplete_profile_names_what_is_unknown(coach, joins):
    joins("Runner", weight_kg=None, height_cm=None)
    flag = only_flag(coach)
    assert flag.sentence == "Not known: weight, height. The targets use a reference athlete for it."


def test_one_profile_out_of_range_takes_nobody_elses_targets_away(coach, joins):
    train(joins("Runner"), 1, kind="race")
    joins("Broken", weight_kg=1.0)
    assert codes_of(coach) == {"Runner": ["RACE_WITHOUT_PLAN"], "Broken": ["PROFILE_OUT_OF_RANGE"]}


def test_only_athletes_who_agreed_are_on_the_roster(coach, joins):
    runner = joins("Runner")
    CoachLink.objects.create(coach=coach, athlete=make_athlete("asked@example.com", name="Asked"), status="invited")
    make_athlete("other@example.com", name="Other")
    assert set(codes_of(coach)) == {"Runner"}
    CoachLink.objects.filter(athlete=runner).update(status="ended")
    assert codes_of(coach) == {}


def test_a_squads_targets_are_those_of_each_athlete_alone(coach, joins):
    one, two = joins("One"), joins("Two", goals=["weight_loss"], timezone="America/New_York")
    for athlete in (one, two):
        for offset in (-1, 0, 2, 5, 9):
            train(athlete, offset, minutes=60 + 20 * offset)
    wanted = (day(), day(9))
    ranges = {athlete.pk: (athlete, wanted) for athlete in (one, two)}
    squad = calculate_squad_targets(ranges=ranges, compared=set(ranges))
    for athlete in (one, two):
        alone = calculate_targets(athlete=athlete, first=wanted[0], last=wanted[1])
        assert [row.payload for row in squad[athlete.pk].values()] == [{**row.payload, "trace": []} for row in alone]


def test_an_empty_squad_has_an_empty_roster(coach):
    assert rank_roster(coach) == []


def test_the_roster_of_fifty_takes_at_most_twelve_queries(coach, joins, django_assert_max_num_queries):
    for number in range(50):
        athlete = joins(f"Runner {number}")
        train(athlete, number % 7)
        read_calendar(athlete, hours_ago=number)
        if number % 3:
            plan_for(athlete, behind=number % 2 == 0)
    with django_assert_max_num_queries(12):
        rows = rank_roster(coach)
    assert len(rows) == 50


@pytest.mark.parametrize("dislikes", [[], ["tuna"]], ids=["who eat everything", "with dislikes"])
def test_more_athletes_cost_no_more_queries(coach, joins, dislikes, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for number in range(2):
        plan_for(joins(f"Runner {number}", dislikes=dislikes), behind=True)
    rank_roster(coach)
    with CaptureQueriesContext(connection) as few:
        rank_roster(coach)
    for number in range(2, 8):
        plan_for(joins(f"Runner {number}", dislikes=dislikes), behind=True)
    with django_assert_num_queries(len(few)):
        rank_roster(coach)


def test_a_race_of_which_something_else_is_said_is_calculated_anew_whatever_else_stayed(joins):
    athlete = joins("Racer")
    race = train(athlete, 2, title="City run", kind="race", minutes=None)
    said = RacePlan.objects.create(event=race, options={"finish_minutes": 60.0})
    wanted = {athlete.pk: (athlete, (day(2), day(2)))}
    calculate_squad_targets(ranges=wanted)
    said.options = {"finish_minutes": 180.0}
    said.save()
    found = calculate_squad_targets(ranges=wanted)[athlete.pk][day(2)].targets
    alone = calculate_targets(athlete=athlete, first=day(2), last=day(2))[0].targets
    assert (found.carbs_g, found.exercise_net_kcal) == (alone.carbs_g, alone.exercise_net_kcal)
