"""A squad in which everybody has exactly one known condition: the whole order, and each sentence with its numbers."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from athletes.models import CalendarConnection, CoachLink
from nutrition_site.kernel import clock
from planning.models import CoachBound, Food, LogEntry, MealPlan, PlanItem, PlanRevision, Recipe
from planning.services.coaching_history import read_squad_eaten
from planning.services.eaten import read_eaten
from planning.services.flags import day_words
from planning.services.roster import rank_roster
from planning.services.targets import calculate_targets
from tests.factories import make_athlete, make_coach
from tests.planning.test_roster import day, plan_for, read_calendar, train

pytestmark = pytest.mark.django_db
TOO_LITTLE_TIME = {"code": "infeasible", "message": "Too little time to cook."}


@pytest.fixture
def coach(db):
    return make_coach("coach@example.com")


@pytest.fixture
def joins(coach):
    def join(name, **fields):
        athlete = make_athlete(f"{name.lower().replace(' ', '.')}@example.com", name=name, **fields)
        CoachLink.objects.create(coach=coach, athlete=athlete, status="active", consented_at=timezone.now())
        return athlete

    return join


@pytest.fixture
def squad(coach, joins):
    """Eighteen athletes, joined in another order than the one they belong in."""
    joins("Nothing Known", weight_kg=None, height_cm=None, body_fat_pct=None, vo2max=None)
    well = joins("All Well")
    train(well)
    plan_for(well)
    read_calendar(well, hours_ago=1)
    joins("Also Well")
    limited = joins("Limited Refusal")
    train(limited, 1)
    plan_for(limited, status="infeasible", refusal=TOO_LITTLE_TIME)
    CoachBound.objects.create(
        athlete=limited, coach=coach, kept_out="tuna", reason="x", first_day=day(), last_day=day(3)
    )
    train(joins("No Plan"), 1, title="Intervals")
    stale = joins("Stale Plan")
    plan_for(stale, behind=True)
    train(stale, 0, minutes=150)
    silent = joins("Stale Calendar")
    read_calendar(silent, hours_ago=80, status="error")
    lost = joins("Lost Calendar")
    read_calendar(lost, hours_ago=30, status="reconnect", provider="google_calendar")
    joins("Hungry", goals=["weight_loss"], rate_pct_per_week=1.0)
    thin = joins("Thin Fueling")
    hard_session_without_food(thin)
    unmarked = joins("Not Logged")
    hard_session_without_food(unmarked, status="planned")
    joins("Careful", ed_flag=True)
    joins("Young", birth_date=day().replace(year=day().year - 16, day=1))
    joins("Young Loser", birth_date=day().replace(year=day().year - 16, day=1), goals=["weight_loss"])
    train(joins("Race In Three"), 3, title="Half marathon", kind="race", minutes=100)
    train(joins("Race In One"), 1, title="City run", kind="race")
    ready = joins("Race Planned")
    train(ready, 3, kind="race")
    plan_for(ready)
    unsafe = joins("Allergic", allergies=["peanuts"])
    plan = plan_for(unsafe, behind=True)
    food = Food.objects.create(code="pb", name="Peanut butter", core=True)
    toast = Recipe.objects.create(
        slug="pb-toast", family="toast", name="Peanut toast", slots=["snack"], allergens={"peanuts": "contains"}
    )
    toast.ingredients.create(food=food, position=0, grams_per_serving=30)
    PlanItem.objects.create(revision=plan.current, date=day(1), slot="snack", time="16:00", recipe=toast, quarters=4)


def hard_session_without_food(athlete, *, status="eaten"):
    """Two hours yesterday, and a day of which one meal, far from them, was planned and is marked like this."""
    train(athlete, -1, title="Tempo run", minutes=120)
    plan = MealPlan.objects.create(athlete=athlete, week_start=day(-1), days=1, status="verified", revision=1)
    plan.current = PlanRevision.objects.create(
        plan=plan, number=1, days=[], inputs_hash="sha256:0", training_version=athlete.training_version,
        profile_version=athlete.profile_version, catalogue_version="0", training_data_as_of=timezone.now(),
    )  # fmt: skip
    plan.save()
    soup, _ = Recipe.objects.get_or_create(slug="soup", family="soup", name="Soup", slots=["lunch"])
    PlanItem.objects.create(
        revision=plan.current, date=day(-1), slot="pre", time="06:00", recipe=soup, quarters=4, status=status,
        nutrients={"energy_kcal": 60.0, "carbs_g": 12.0, "protein_g": 1.0, "fat_g": 1.0},
    )  # fmt: skip


def told(coach):
    return {row.athlete.name: [flag.code for flag in row.flags] for row in rank_roster(coach)}


def test_the_whole_squad_stands_in_the_order_of_its_risks(coach, squad):
    """Risk first, then the day it matters, then how much there is of it, then the name."""
    found = told(coach)
    # On which day a deficit weighs most depends on the day of the week; that it needs attention does not.
    place = list(found).index("Hungry")
    assert found.pop("Hungry") == ["EA_AMBER"]
    assert list(found).index("Careful") < place <= list(found).index("Stale Calendar")
    assert list(found.items()) == [
        ("Allergic", ["PLAN_UNSAFE"]),
        ("Race In One", ["RACE_WITHOUT_PLAN"]),
        ("Race In Three", ["RACE_WITHOUT_PLAN"]),
        ("Careful", ["TAKE_CARE"]),
        ("Limited Refusal", ["PLAN_REFUSED"]),
        ("Lost Calendar", ["CALENDAR_RECONNECT"]),
        ("Thin Fueling", ["CARBS_SHORT"]),
        ("Young Loser", ["DEFICIT_BLOCKED_MINOR", "UNDER_18"]),
        ("Stale Calendar", ["CALENDAR_SILENT"]),
        ("Stale Plan", ["PLAN_STALE"]),
        ("No Plan", ["NO_PLAN"]),
        ("Nothing Known", ["PROFILE_ASSUMED"]),
        ("Young", ["UNDER_18"]),
        ("All Well", []),
        ("Also Well", []),
        ("Not Logged", []),
        ("Race Planned", []),
    ]


def test_each_of_them_is_told_with_the_numbers_it_rests_on(coach, squad):
    rows = {row.athlete.name: row for row in rank_roster(coach)}
    said = {name: row.flags[0].sentence for name, row in rows.items() if row.flags}
    hungry = rows["Hungry"].athlete
    target = calculate_targets(athlete=hungry, first=day(), last=day(7))
    worst = min(one.targets.energy_availability for one in target if "EA_AMBER" in one.targets.warnings)
    assert said["Hungry"].startswith(f"Energy availability {round(worst, 1):g} kcal per kg lean mass on the target of ")
    assert re.search(r"Below [0-9.]+ asks for a look\.$", said["Hungry"])
    assert said["Race In Three"] == f"Half marathon is {day_words(day(3), day())}, and no plan covers that day."
    assert said["Race In One"] == "City run is tomorrow, and no plan covers that day."
    assert said["Allergic"] == "The plan holds what the athlete may not eat: Peanut toast."
    assert said["Stale Calendar"] == "The calendar feed: last read 3 days ago. Sessions may have moved since."
    assert said["Lost Calendar"] == "Google Calendar must be connected again by the athlete; last read 30 hours ago."
    assert said["Thin Fueling"].startswith("12 g of carbohydrate around Tempo run on ")
    assert re.search(r", of at least [0-9]+ g\.$", said["Thin Fueling"])
    assert said["No Plan"] == "Intervals is tomorrow, and no plan covers that day."
    assert said["Nothing Known"] == "Not known: weight, height. The targets use a reference athlete for it."
    assert said["Limited Refusal"].endswith(
        "Too little time to cook. Limits of coaches that it had to keep: Keep out: tuna."
    )


def test_why_each_rank_is_explained_by_how_urgent_it_is_and_from_when(coach, squad):
    reasons = {row.athlete.name: row.reason for row in rank_roster(coach)}
    assert [reasons[name] for name in ("Allergic", "Race In One", "Careful", "No Plan", "Young", "All Well")] == [
        "Act now, today",
        "Act now, from tomorrow",
        "Needs attention, today",
        "Plan is behind, from tomorrow",
        "For information, today",
        "On plan",
    ]


def test_the_order_does_not_depend_on_the_order_in_which_rows_are_read(coach, joins):
    names = ["Zoe", "ada", "Eve", "Bob"]
    for name in names:
        train(joins(name), 1)
    first = list(told(coach))
    for link in CoachLink.objects.order_by("-pk"):
        link.save()
    assert first == list(told(coach)) == ["ada", "Bob", "Eve", "Zoe"]


def test_two_of_one_name_keep_their_order(coach, joins):
    one, two = joins("Same"), joins("Same Too")
    type(two).objects.filter(pk=two.pk).update(name="Same")
    assert [row.athlete.pk for row in rank_roster(coach)] == sorted([one.pk, two.pk])


@pytest.mark.parametrize(
    "unknown",
    ["weight_kg", "height_cm", "sex", "birth_date", "body_fat_pct", "ffm_kg", "measured_rmr_kcal", "vo2max"],
)
def test_a_value_that_nobody_gave_is_never_more_than_for_information(unknown, coach, joins):
    athlete = joins("Thin", goals=["weight_loss"], rate_pct_per_week=1.0)
    type(athlete).objects.filter(pk=athlete.pk).update(**{unknown: "" if unknown == "sex" else None})
    (row,) = rank_roster(coach)
    assumed = unknown in ("weight_kg", "height_cm", "sex", "birth_date")
    assert [flag.code for flag in row.flags] == (["PROFILE_ASSUMED"] if assumed else ["EA_AMBER"])


def test_a_plan_refused_beside_a_limit_hides_its_numbers_where_they_could_harm(coach, joins):
    athlete = joins("Careful", ed_flag=True)
    train(athlete, 1)
    refusal = {"code": "infeasible", "message": "Energy of 2400 kcal does not hold 300 g of carbohydrate."}
    plan_for(athlete, status="infeasible", refusal=refusal)
    CoachBound.objects.create(
        athlete=athlete, coach=coach, measure="carbs_g", minimum=300.0, reason="x", first_day=day(), last_day=day(3)
    )
    flag = next(one for row in rank_roster(coach) for one in row.flags if one.code == "PLAN_REFUSED")
    assert re.search(r"2400|300", flag.sentence) is None
    assert "Limits of coaches that it had to keep: " in flag.sentence


def test_a_calendar_read_an_hour_ago_and_one_that_was_just_connected_are_no_flags(coach, joins):
    read_calendar(joins("Fresh"), hours_ago=1)
    new = read_calendar(joins("New"), hours_ago=None, status="pending")
    assert told(coach) == {"Fresh": [], "New": []}
    CalendarConnection.objects.filter(pk=new.pk).update(created_at=clock.now() - timedelta(hours=25))
    assert told(coach)["New"] == ["CALENDAR_SILENT"]


@pytest.mark.parametrize(
    ("answer", "ending"),
    [
        ("proposed", " A changed plan waits for an answer."),
        ("impossible", " No plan was found that follows. Limits of coaches that it had to keep: Keep out: tuna."),
        ("declined", "the first day that differs is today."),
    ],
)
def test_a_plan_that_is_behind_says_how_following_it_ended(answer, ending, coach, joins):
    athlete = joins("Stale")
    plan = plan_for(athlete, behind=True)
    train(athlete, 0, minutes=150)
    MealPlan.objects.filter(pk=plan.pk).update(request={"followed": {"answer": answer}})
    CoachBound.objects.create(
        athlete=athlete, coach=coach, kept_out="tuna", reason="x", first_day=day(), last_day=day(3)
    )
    flag = next(one for row in rank_roster(coach) for one in row.flags if one.code == "PLAN_STALE")
    assert flag.sentence.endswith(ending)


def test_a_key_session_with_too_little_carbohydrate_is_told_without_numbers_where_they_could_harm(coach, joins):
    hard_session_without_food(joins("Careful", ed_flag=True))
    flag = next(one for row in rank_roster(coach) for one in row.flags if one.code == "CARBS_SHORT")
    assert flag.sentence.startswith("Less was eaten around Tempo run on ")
    assert (re.search(r"[0-9] g", flag.sentence), "eaten_g" in flag.evidence) == (None, False)


def test_what_a_squad_ate_is_what_each_of_them_ate(coach, joins):
    """The same sums as everywhere else: `services/eaten.py` is asked about one athlete alone."""
    athlete = joins("Thin")
    hard_session_without_food(athlete)
    LogEntry.objects.create(athlete=athlete, day=day(-2), name="Rice", grams=80, nutrients={"carbs_g": 60.0})
    LogEntry.objects.create(athlete=athlete, day=day(-4), name="Old", grams=80, nutrients={"carbs_g": 60.0})
    assert read_squad_eaten({athlete.pk: day()}) == {athlete.pk: read_eaten(athlete, day(-3), day(-1))}
