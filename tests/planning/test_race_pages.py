"""The race planner as pages: what is planned, what it rests on, the strip, and the shopping."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from athletes.models import TrainingEvent
from nutrition_site.export import export_account
from nutrition_site.kernel.clock import today
from nutrition_site.kernel.errors import InvalidInput
from nutrition_site.kernel.ids import new_id
from planning.models import RacePlan, Recipe, ShoppingItem, ShoppingList
from planning.race_words import Words, race_clock
from planning.services.race_options import RaceOptions
from planning.services.race_shopping import race_grams, shop_for_race
from planning.services.races import plan_race, plan_race_as_said, save_race_options
from tests.corpora import for_every
from tests.planning.pages import sign_in
from tests.planning.people import make_event

pytestmark = pytest.mark.django_db
TODAY = date(2027, 3, 1)
DAY = date(2027, 4, 18)
# The worked marathon of the calculation: 70 kg, three and a half hours, an estimated liter and a tenth an hour.
MARATHON = RaceOptions(sweat_rate_l_h=1.1, sweat_is_measured=False, gut_cap_g_h=90.0, uses_caffeine=True)


@pytest.fixture
def marathon(athlete, catalogue):
    athlete.weight_kg, athlete.timezone = 70.0, "Europe/Belgrade"
    athlete.save()
    return make_event(athlete, DAY, 9 * 60, 210.0, race=True, distance_km=42.195, title="City marathon")


def sheet_of(event, options=None, **changes):
    said = RaceOptions(**changes) if options is None else options
    return plan_race(athlete=event.athlete, event=event, today=TODAY, options=said)


def soon(athlete, minutes=150.0, **fields):
    return make_event(athlete, today(athlete.zones) + timedelta(days=5), 9 * 60, minutes, race=True, **fields)


def visit(event, path=""):
    return sign_in(event.athlete.user).get(f"/races/{event.pk}{path}")


def post(event, path="", **fields):
    return sign_in(event.athlete.user).post(f"/races/{event.pk}{path}", {"form_key": new_id("frm"), **fields})


# --- the numbers ---


def test_the_worked_marathon_stands_in_the_plan(marathon):
    numbers = sheet_of(marathon, MARATHON).numbers
    assert (numbers.pre_meal_carbs_g, numbers.carbs_g_h, numbers.caffeine_mg) == (210.0, 90.0, 210.0)
    assert numbers.fluid_l_h == pytest.approx(0.70)
    assert numbers.sodium_mg_h == pytest.approx(420.0)


def test_no_plan_drinks_more_than_is_sweated(marathon):
    for sweat in (0.0, 0.2, 0.4, 0.9, 2.5):
        sheet = sheet_of(marathon, sweat_rate_l_h=sweat, sweat_is_measured=True)
        assert sheet.fluid_ml <= sheet.sweat_loss_ml + 1e-6, sweat


def test_an_unknown_stomach_gets_the_least_for_the_length(marathon):
    sheet = sheet_of(marathon)
    assert (sheet.numbers.carbs_g_h, "gut" in sheet.assumed) == (60.0, True)


def test_nobody_under_eighteen_gets_caffeine_or_loading(marathon):
    marathon.athlete.birth_date = date(2011, 1, 1)
    sheet = sheet_of(marathon, MARATHON)
    assert (sheet.numbers.caffeine_mg, sheet.no_caffeine, sheet.loading) == (0.0, "minor", False)
    assert "load" not in {step.action for step in sheet.numbers.timeline}


def test_caffeine_needs_the_word_that_it_was_tested(marathon):
    said = {None: "untested", False: "unwanted"}
    for answer, reason in said.items():
        sheet = sheet_of(marathon, uses_caffeine=answer)
        assert (sheet.numbers.caffeine_mg, sheet.no_caffeine) == (0.0, reason)


def test_pregnancy_gets_no_caffeine(marathon):
    marathon.athlete.pregnant = True
    assert sheet_of(marathon, MARATHON).no_caffeine == "care"


def test_a_match_of_a_team_sport_is_not_loaded_for(athlete, catalogue):
    match = make_event(athlete, DAY, 900, 100.0, sport="soccer", race=True)
    assert sheet_of(match).loading is False


def test_a_triathlon_takes_nothing_while_swimming(athlete, catalogue):
    event = make_event(athlete, DAY, 540, 300.0, sport="triathlon", race=True)
    sheet = sheet_of(event, swim_minutes=40.0, bike_minutes=150.0, run_minutes=100.0, gut_cap_g_h=80.0)
    assert min(feed.ask.minute for feed in sheet.feeds) == 60.0
    assert {feed.ask.leg for feed in sheet.feeds} == {"cycle", "run"}


def test_one_leg_of_a_triathlon_alone_is_asked_about(athlete, catalogue):
    event = make_event(athlete, DAY, 540, 300.0, sport="triathlon", race=True)
    with pytest.raises(InvalidInput) as refused:
        sheet_of(event, swim_minutes=40.0)
    assert refused.value.details[0]["field"] == "bike_minutes"


def test_an_athlete_with_allergies_does_not_count_on_unknown_brands(marathon):
    marathon.athlete.allergies = ["soy"]
    sheet = sheet_of(marathon, drink_at="every 5 km", gel_at="20 km", banana_at="30 km", bottle_ml=500.0, bottles=1)
    assert sheet.uncounted == ("drink_at", "gel_at")
    assert not any(part.product and part.product.name == "Energy gel" and part.on_course
                   for feed in sheet.feeds for part in feed.taken)  # fmt: skip


def test_nothing_disliked_is_offered_for_the_race(marathon):
    marathon.athlete.dislikes = ["banana"]
    assert not [product for product in sheet_of(marathon).foods.offered if "anana" in product.name]


def test_practice_climbs_ten_grams_a_week_up_to_the_race(marathon):
    weeks = sheet_of(marathon).weeks
    assert [week.carbs_g_h for week in weeks] == [30.0, 40.0, 50.0, 60.0, 70.0, 80.0]
    assert (weeks[0].monday, weeks[-1].monday) == (date(2027, 3, 1), date(2027, 4, 5))


def test_practice_is_put_into_the_longest_session_of_a_week(marathon):
    make_event(marathon.athlete, date(2027, 3, 3), 540, 60.0, title="Short")
    make_event(marathon.athlete, date(2027, 3, 7), 540, 150.0, title="Long run")
    first, second, *_ = sheet_of(marathon).weeks
    assert (first.session.title, second.session) == ("Long run", None)


def test_nobody_practices_in_another_race(marathon):
    make_event(marathon.athlete, date(2027, 3, 7), 540, 110.0, title="Half marathon", race=True)
    make_event(marathon.athlete, date(2027, 3, 3), 540, 75.0, title="Long run")
    assert sheet_of(marathon).weeks[0].session.title == "Long run"


def test_the_clock_and_the_time_since_the_start_tell_the_same_minute(athlete, catalogue):
    event = make_event(athlete, DAY, 420, 690.0, sport="triathlon", race=True)
    sheet = sheet_of(event)
    words = Words(sheet, us=False, withheld=False)
    for feed in sheet.feeds:
        hours, minutes = race_clock(feed.ask.minute).split(":")
        clock = words.clock(feed.ask.minute).split(":")
        assert int(clock[0]) * 60 + int(clock[1]) == 420 + int(hours) * 60 + int(minutes)


def test_the_clock_of_a_night_race_follows_the_change_of_clocks(athlete, catalogue):
    event = make_event(athlete, date(2027, 3, 27), 22 * 60, 600.0, race=True)
    assert [sheet_of(event).clock(minute).strftime("%H:%M") for minute in (0, 239, 240)] == ["22:00", "01:59", "03:00"]


def test_options_that_no_longer_fit_are_left_out_and_told(marathon):
    RacePlan.objects.create(event=marathon, options={"water_at": "every 5 km", "meal_hours_before": 2.0})
    TrainingEvent.objects.filter(pk=marathon.pk).update(distance_km=None)
    marathon.refresh_from_db()
    sheet, misfits = plan_race_as_said(athlete=marathon.athlete, event=marathon, today=TODAY)
    assert (list(misfits), sheet.meal_hours_before) == (["water_at"], 2.0)


def test_what_was_said_is_in_the_copy_of_the_account_and_goes_with_it(marathon):
    save_race_options(event=marathon, values={"temperature_c": 21.0}, today=TODAY, by=marathon.athlete.user)
    (row,) = export_account(marathon.athlete.user)["tables"]["planning.raceplan"]
    assert row["options"] == {"temperature_c": 21.0}
    marathon.athlete.user.delete()
    assert not RacePlan.objects.exists()


# --- the pages ---


def test_the_list_shows_races_to_come_and_those_that_are_over(athlete, catalogue):
    make_event(athlete, today(athlete.zones) - timedelta(days=9), 540, 60.0, race=True, title="Old race")
    soon(athlete, title="Next race")
    shown = sign_in(athlete.user).get("/races").content.decode()
    assert shown.index("Next race") < shown.index("Old race")
    assert "in 5 days" in shown


def test_without_a_race_the_list_says_how_to_get_one(athlete):
    assert "No race is in your calendar." in sign_in(athlete.user).get("/races").content.decode()


def test_the_page_tells_the_race_to_the_minute(athlete, catalogue):
    shown = visit(soon(athlete)).content.decode()
    for words in (", 09:00", "06:00", "Last meal", "0:20", "Never drink more than you sweat", "What this rests on"):
        assert words in shown


def test_a_workout_has_no_race_page(athlete, catalogue):
    assert visit(make_event(athlete, DAY, 540, 60.0)).status_code == 404


def test_answers_are_kept_and_planned_with(athlete, catalogue):
    event = soon(athlete)
    answer = post(event, finish_minutes="2:45", temperature_c="30", bottles="0", uses_caffeine="yes")
    assert answer.status_code == 303
    stored = RacePlan.objects.get(event=event).options
    assert stored == {"finish_minutes": 165.0, "temperature_c": 30.0, "bottles": 0, "uses_caffeine": True}
    assert "2:45" in visit(event).content.decode()


def test_leaving_an_answer_empty_makes_it_unknown_again(athlete, catalogue):
    event = soon(athlete)
    post(event, temperature_c="30")
    post(event, temperature_c="")
    assert RacePlan.objects.get(event=event).options == {}


def test_wrong_answers_come_back_as_they_were_typed(athlete, catalogue):
    event = soon(athlete)
    answer = post(event, finish_minutes="soon", gut_cap_g_h="900", water_at="at the bridge", bottles="two")
    shown = answer.content.decode()
    assert answer.status_code == 422
    for words in ('value="soon"', 'value="900"', 'value="at the bridge"', 'value="two"', "Must be from 0 to 120 g/h."):
        assert words in shown
    assert not RacePlan.objects.exists()


def test_tables_by_kilometer_need_the_length_of_the_course(athlete, catalogue):
    event = soon(athlete)
    answer = post(event, water_at="every 5 km")
    assert (answer.status_code, "How long is the course?" in answer.content.decode()) == (422, True)
    assert post(event, water_at="every 5 km", distance_km="30").status_code == 303


def test_american_units_are_read_and_shown(athlete, catalogue):
    athlete.units = "us"
    athlete.save()
    event = soon(athlete)
    post(event, temperature_c="86", bottle_ml="17", bottles="2", sweat_rate_l_h="40")
    stored = RacePlan.objects.get(event=event).options
    assert stored["temperature_c"] == pytest.approx(30.0)
    assert stored["bottle_ml"] == pytest.approx(502.75, abs=0.01)
    assert stored["sweat_rate_l_h"] == pytest.approx(1.183, abs=0.001)
    shown = visit(event).content.decode()
    assert 'value="86"' in shown
    assert "fl\u00a0oz" in shown


def test_a_minor_sees_pieces_and_no_amounts_of_carbohydrate(athlete, catalogue):
    athlete.birth_date = date(2011, 1, 1)
    athlete.save()
    shown = visit(soon(athlete)).content.decode()
    assert "g carbohydrate" not in shown
    assert "g/h" not in shown
    assert "under 18 none is planned" in shown
    assert 'name="uses_caffeine"' not in shown


def test_the_strip_holds_every_feed(athlete, catalogue):
    event = soon(athlete)
    sheet = plan_race(athlete=athlete, event=event, today=today(athlete.zones))
    shown = visit(event, "/strip").content.decode()
    assert [f"<b>{round(f.ask.minute) // 60}:{round(f.ask.minute) % 60:02d}</b>" in shown for f in sheet.feeds] == [
        True
    ] * len(sheet.feeds)


def test_a_name_of_five_hundred_letters_fits_everywhere(athlete, catalogue):
    event = soon(athlete, title="R" * 500)
    assert [visit(event).status_code, visit(event, "/strip").status_code] == [200, 200]


def test_an_all_day_race_without_times_is_planned_by_hours_before(athlete, catalogue):
    event = make_event(athlete, today(athlete.zones) + timedelta(days=3), 0, None, race=True, all_day=True)
    shown = visit(event).content.decode()
    assert "3 h before" in shown
    assert "No finish time is known" in shown


def test_the_page_costs_few_questions_to_the_database(athlete, catalogue):
    event, client = soon(athlete), sign_in(athlete.user)
    client.get(f"/races/{event.pk}")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get(f"/races/{event.pk}")
    assert len(asked) <= 30


def test_more_foods_than_one_can_carry_in_mind_are_refused(athlete, catalogue):
    event = soon(athlete)
    offered = [product.key for product in sheet_of(event).foods.offered]
    assert post(event, foods=offered[:7]).status_code == 422
    assert post(event, foods=offered[:6]).status_code == 303


def test_a_food_of_somebody_else_cannot_be_chosen(athlete, catalogue, sam):
    own = Recipe.objects.create(
        slug="own:x", family="own:x", kind="own", name="Sam's bar", owner=sam.athlete, slots=["during"]
    )
    assert post(soon(athlete), foods=[own.pk]).status_code == 422


def test_an_answer_that_no_longer_fits_is_told_on_the_page(athlete, catalogue):
    event = soon(athlete, distance_km=30.0)
    RacePlan.objects.create(event=event, options={"meal_hours_before": 99.0})
    shown = visit(event).content.decode()
    assert "An answer no longer fits this race" in shown
    assert "Last meal before the start" in shown


RACES = (
    ("run", 18.0, {}),
    ("run", 1440.0, {"bottle_ml": 500.0, "bottles": 2, "pockets": 10, "water_at": "every 30 min"}),
    ("cycle", 400.0, {"gut_cap_g_h": 0.0}),
    ("cycle", 240.0, {"gut_cap_g_h": 120.0, "temperature_c": 40.0, "sweat_sodium_mg_l": 3000.0}),
    ("swim", 120.0, {}),
    ("triathlon", 70.0, {}),
    ("triathlon", 700.0, {"swim_minutes": 70.0, "bike_minutes": 360.0, "run_minutes": 260.0, "pockets": 0}),
    ("soccer", 95.0, {"salt_is_medical": True, "takes_painkillers": True}),
    ("", None, {"bottles": 0, "bottle_ml": 500.0, "pockets": 0}),
)


@for_every(("sport", "minutes", "options"), RACES)
def test_every_kind_of_race_has_a_page_within_its_limits(athlete, catalogue, sport, minutes, options):
    event = soon(athlete, minutes, sport=sport)
    RacePlan.objects.create(event=event, options=options)
    sheet, misfits = plan_race_as_said(athlete=athlete, event=event, today=today(athlete.zones))
    pages = visit(event).status_code, visit(event, "/strip").status_code
    TrainingEvent.objects.filter(pk=event.pk).delete()
    assert (misfits, pages) == ({}, (200, 200))
    assert sheet.fluid_ml <= sheet.sweat_loss_ml + 1e-6
    assert all(hour.carbs_g <= sheet.gut_cap_g_h + 0.5 for hour in sheet.hours)
    pieces = sum(part.servings for feed in sheet.feeds for part in feed.pieces if not part.on_course)
    assert sheet.options.pockets is None or pieces <= sheet.options.pockets


def test_a_profile_that_says_nothing_has_a_race_plan(athlete, catalogue):
    athlete.birth_date = athlete.sex = athlete.weight_kg = athlete.height_cm = None
    athlete.save()
    event = soon(athlete)
    post(event, uses_caffeine="yes")
    shown = visit(event).content.decode()
    assert "Your weight is unknown" in shown
    assert "planned only when age, sex, height and weight are known" in shown


def test_while_care_is_needed_no_caffeine_and_no_amounts_are_shown(athlete, catalogue):
    athlete.ed_flag = True
    athlete.save()
    shown = visit(soon(athlete)).content.decode()
    assert "No caffeine is planned for you" in shown
    assert "g carbohydrate" not in shown
    assert 'name="sweat_rate_l_h"' not in shown


# --- shopping ---


@pytest.fixture
def listed(marathon):
    made = ShoppingList.objects.create(
        athlete=marathon.athlete, first_day=DAY - timedelta(days=6), last_day=DAY, generated_at=marathon.created_at,
        plan_revisions={},
    )  # fmt: skip
    return marathon, made


def test_what_the_race_needs_goes_on_the_list_once(listed):
    event, made = listed
    sheet = sheet_of(event, MARATHON)
    _, added = shop_for_race(sheet=sheet, by=event.athlete.user)
    assert added == len(race_grams(sheet)) > 0
    assert shop_for_race(sheet=sheet, by=event.athlete.user) == (made, 0)
    bought = {item.food_id: item.grams for item in made.items.all()}
    assert all(bought[food_id] >= grams - 1 for food_id, grams in race_grams(sheet).items())


def test_what_the_days_plan_holds_for_the_race_is_not_bought_twice(listed):
    event, made = listed
    sheet = sheet_of(event, MARATHON)
    food_id, grams = next(iter(race_grams(sheet).items()))
    ShoppingItem.objects.create(
        shopping_list=made, food_id=food_id, name="From the plan", category="Sports", grams=grams,
        uses=[{"for": f"{DAY.isoformat()} during", "grams": grams, "dishes": []}],
    )  # fmt: skip
    shop_for_race(sheet=sheet, by=event.athlete.user)
    assert made.items.filter(food_id=food_id).count() == 1


def test_what_the_course_serves_is_not_bought(listed):
    event, _ = listed
    tables = {"gel_at": "every 5 km", "drink_at": "every 5 km"}
    all_carried, served = sheet_of(event, gut_cap_g_h=90.0), sheet_of(event, gut_cap_g_h=90.0, **tables)
    assert sum(race_grams(served).values()) < sum(race_grams(all_carried).values())


def test_without_a_list_the_button_leads_to_making_one(athlete, catalogue):
    event = soon(athlete)
    answer = post(event, "/shopping")
    assert answer.status_code == 303
    assert answer["Location"].startswith("/shopping?first=")


def test_the_button_pressed_twice_adds_once(athlete, catalogue):
    event = soon(athlete)
    day = event.local_date
    made = ShoppingList.objects.create(
        athlete=athlete, first_day=day, last_day=day, generated_at=event.created_at, plan_revisions={}
    )
    first = post(event, "/shopping")
    count = made.items.count()
    post(event, "/shopping")
    assert (first["Location"], made.items.count()) == (f"/shopping/{made.pk}", count)
    assert count > 0
