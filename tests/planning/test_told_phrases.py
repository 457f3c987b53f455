"""English sentences of the calculations and the planner in other languages: none unknown, none stored."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product
from types import SimpleNamespace

import pytest
from django.utils import translation

from planning import phrases
from planning.optimizer import words
from planning.optimizer.relax import UNITS, combine, make_relaxation
from planning.optimizer.types import DayNeed, SlotNeed
from planning.science import Profile, Session, calculate_day_targets, fueling_windows
from planning.services.micronutrients import HINTS, PLANT_HINT, STATUS_WORDS
from planning.views.meals import Meal
from planning.wording import meal_in_words, remarks_on, servings_in_words, slot_name
from tests.planning.pages import plan_week, train

RUNNER = Profile(sex="M", age_years=30, weight_kg=75, height_cm=180)
PROFILES = (
    Profile(),
    RUNNER,
    replace(RUNNER, sex=None),
    replace(RUNNER, sex="F", goal="lose"),
    replace(RUNNER, goal="gain", body_fat_pct=15),
    replace(RUNNER, ffm_kg=63),
    replace(RUNNER, age_years=16),
    replace(RUNNER, diet="keto"),
)
RIDE = Session(id="a", sport="cycle", title="Ride", duration_minutes=100, intensity="hard", starts_at_minute=540)
SESSIONS = (
    (),
    (RIDE, replace(RIDE, id="b", avg_power_w=210.0, starts_at_minute=900)),
    (replace(RIDE, avg_hr=150.0), replace(RIDE, id="b", sport="run", distance_km=18.0)),
    (replace(RIDE, device_kcal=900.0), replace(RIDE, id="b", sport="row_erg", avg_power_w=180.0)),
    (replace(RIDE, rpe=7), replace(RIDE, id="b", intensity="easy", duration_minutes=40.0)),
    (replace(RIDE, is_race=True, duration_minutes=200.0),),
)
DAYS = tuple(
    DayNeed(
        date=f"2026-06-0{number}",
        slots=(),
        energy_kcal=2600.0 + number,
        carbs_g=320.0,
        protein_g=130.0,
        fiber_lo=30.0,
        fiber_hi=None,
        sodium_lo=None,
        sodium_hi=None,
        prep_minutes=45.0,
    )
    for number in (2, 3, 4)
)


def english(texts):
    return sorted({text for text in texts if text and not phrases.knows(text)})


def test_no_sentence_of_a_trace_or_of_advice_around_a_session_is_unknown():
    told = [*STATUS_WORDS.values(), *HINTS.values(), PLANT_HINT, "4 of 31 ingredients known"]
    for profile, sessions in product(PROFILES, SESSIONS):
        day = calculate_day_targets(profile, list(sessions))
        told += [text for step in day.trace for text in (step.words, step.formula)]
        for session in sessions:
            windows = fueling_windows(profile, session, next_session_in_hours=4.0)
            told += [window.words for window in (windows.pre, windows.during, windows.post)]
    assert (len(set(told)) > 60, english(told)) == (True, [])


def test_no_offer_of_the_planner_is_unknown():
    offers = [
        make_relaxation(kind, amount, cost=1.0, day=day, subject=subject)
        for kind in UNITS
        for amount in (1.0, 12.5)
        for day in (None, "2026-06-02")
        for subject in (("red_meat",) if kind.startswith("weekly") else (None, "during", "dinner"))
        if subject or kind != "slot_caps"
    ]
    pair = [make_relaxation("energy", 2.0, cost=1.0, day=day.date) for day in DAYS[:2]]
    assert english(offer.sentence for offer in [*offers, combine(pair)]) == []


def test_no_conflict_of_the_planner_is_unknown():
    rules = SimpleNamespace(max_repeats_per_week=2, weekly_max={"red_meat": 1}, weekly_min={"oily_fish": 3})
    problem = SimpleNamespace(days=DAYS, rules=rules, budget_milli=45_000)
    day = DAYS[0].date
    sets = [
        [],
        [("energy", day)],
        [("energy", day), ("protein", day), ("prep", day)],
        [("energy", one.date) for one in DAYS],
        [("carbs", day), ("fat", DAYS[1].date), ("budget", None)],
        [("diet", "vegan"), ("allergy", "tree_nuts"), ("dislike", "tuna")],
        [("weekly_max", "red_meat"), ("weekly_min", "oily_fish"), ("repeats", None), ("adjacent", None)],
        [("protein_cap", day), ("fixed", day), ("diet", "gluten-free")],
    ]
    need = SlotNeed(slot="pre", index=0, time="16:00", energy_lo=1200.0, energy_hi=1600.0)
    told = [words.say_conflict(problem, members) for members in sets]
    told += [
        words.say_empty_slot(DAYS[0], [need] * 2, fitting=fitting, foods=foods, window=window)
        for fitting in (0, 1)
        for foods in ((), (("diet", "vegan"), ("allergy", "soy")))
        for window in (True, False)
    ]
    told += [words.say_miss(problem, [("energy", day), ("prep", DAYS[1].date)]).strip()]
    assert english(told) == []


def test_in_english_every_text_stays_as_it_is():
    texts = ("On Tuesday 2 June, no choice of dishes meets this: x.", "Rest day", "anything else", "")
    with translation.override("en"):
        assert tuple(phrases.tell(text) for text in texts) == texts


def test_a_conflict_is_told_in_serbian_with_its_numbers_and_days():
    with translation.override("sr-latn"):
        told = phrases.tell("On Tuesday 2 June, no choice of dishes meets this: 2,600 kcal within 2.5 %.")
    assert told == "U utorak 2. jun nijedan izbor jela ne ispunjava ovo: 2.600 kcal, uz odstupanje do 2,5 %."


def test_several_sentences_are_told_one_by_one():
    with translation.override("sr-latn"):
        told = phrases.tell("Allow 10 more minutes in the kitchen on Tuesday 2 June. Raise the food budget by 45.00.")
    assert told == "Dozvoli 10 minuta više u kuhinji u utorak 2. jun. Povećaj budžet za hranu za 45,00."


def test_what_only_looks_like_a_sentence_of_ours_is_left_alone():
    with translation.override("sr-latn"):
        told = phrases.tell("Allow red meat and 2 more beers a week on some day.")
    assert told == "Allow red meat and 2 more beers a week on some day."


def test_what_nobody_knows_stays_english_in_every_language():
    with translation.override("sr-latn"):
        assert phrases.tell("A sentence of somebody else.") == "A sentence of somebody else."


def test_a_session_keeps_its_title_in_the_trace():
    with translation.override("sr-latn"):
        told = phrases.tell("Long run: energy from your heart rate, at most")
    assert told == "Long run: energija iz tvog pulsa, najviše"


@pytest.mark.parametrize(
    ("servings", "wanted"), [(1.0, "1 porcija"), (2.0, "2 porcije"), (5.0, "5 porcija"), (1.5, "1,5 porcije")]
)
def test_servings_agree_with_their_number_in_serbian(servings, wanted):
    with translation.override("sr-latn"):
        assert servings_in_words(servings) == wanted


def test_a_meal_of_a_day_is_named_in_the_active_language():
    with translation.override("sr-latn"):
        serbian = (meal_in_words(date(2026, 6, 2), "dinner"), slot_name("pre"))
    assert (serbian, meal_in_words(date(2026, 6, 2), "dinner")) == (
        ("večera (utorak)", "Pre treninga"),
        "Tuesday’s dinner",
    )


def test_a_remark_is_told_when_it_is_read():
    with translation.override("sr-latn"):
        found = [
            remark.text
            for remark in remarks_on(["WEIGHT_UNUSUAL", "Fiber on 2026-06-02 is 61 g, over the usual 45 g."])
        ]
    assert found == [
        "Uneta težina je neobična. Proveri je.",
        "Vlakna 2. jun: 61 g, iznad uobičajenih 45 g.",
    ]


@pytest.mark.django_db
def test_a_plan_is_the_same_in_whatever_language_it_is_asked_for(athlete, catalogue):
    train(athlete)
    first = plan_week(athlete)
    with translation.override("sr-latn"):
        second = plan_week(athlete)
        dinner = Meal(second.current.items.filter(slot="dinner").first()).slot
    assert (second.current.days, second.current.inputs_hash) == (first.current.days, first.current.inputs_hash)
    assert dinner == "Večera"
