"""What single titles are read as; `test_title_corpus` holds the accuracy over many."""

from __future__ import annotations

import time

import pytest

from athletes import titles
from athletes.titles import parse_title
from tests.corpora import for_every

TITLES = [
    ("Long run 90min Z2", "workout", "run", 90.0, None, "moderate"),
    ("4h endurance ride", "workout", "cycle", 240.0, None, "moderate"),
    ("Swim 3x800", "workout", "swim", None, 2.4, None),
    ("Rest", "rest", None, None, None, None),
    ("LR 28k", "workout", "run", None, 28.0, "moderate"),
    ("3x10' @ FTP, 2h Z2 total", "workout", "cycle", 120.0, None, "hard"),
    ("Brick 90/20", "workout", "triathlon", 110.0, None, None),
    ("Tempo 10k", "workout", "run", None, 10.0, "hard"),
    ("Dentist", "not_training", None, None, None, None),
    ("OFF", "rest", None, None, None, None),
    ("100m", "unclassified", None, None, None, None),
    ("Run 100m sprints", "workout", "run", None, None, "hard"),
    ("Rest day", "rest", None, None, None, None),
    ("Day off", "rest", None, None, None, None),
    ("Off-road ride 2h", "workout", "cycle", 120.0, None, None),
    ("Easy run 45'", "workout", "run", 45.0, None, "easy"),
    ("Recovery spin 1h", "workout", "cycle", 60.0, None, "easy"),
    ("Belgrade Marathon", "race", "run", None, 42.195, "race"),
    ("Half marathon", "race", "run", None, 21.098, "race"),
    ("Half Marathon race", "race", "run", None, 21.098, "race"),
    ("Marathon pace 3x5k", "workout", "run", None, None, "hard"),
    ("Race: City 10k", "race", "run", None, 10.0, "race"),
    ("Race pace intervals 6x1k", "workout", None, None, None, "hard"),
    ("Team meeting 60min", "not_training", None, None, None, None),
    ("Lunch with Ana", "not_training", None, None, None, None),
    ("Lunch run 5k", "workout", "run", None, 5.0, None),
    ("Run payroll", "not_training", None, None, None, None),
    ("School run", "not_training", None, None, None, None),
    ("Sprint planning", "not_training", None, None, None, None),
    ("Gym", "workout", "strength", None, None, None),
    ("Strength 1h", "workout", "strength", 60.0, None, None),
    ("Yoga", "workout", "yoga", None, None, None),
    ("S&C 45 min", "workout", "strength", 45.0, None, None),
    ("Intervals 6x400m", "workout", None, None, None, "hard"),
    ("8x400 w/ 90s rest", "workout", None, None, None, "hard"),
    ("VO2 5x4min", "workout", None, None, None, "hard"),
    ("60 min easy jog", "workout", "run", 60.0, None, "easy"),
    ("1h30 run", "workout", "run", 90.0, None, None),
    ("1:30h bike", "workout", "cycle", 90.0, None, None),
    ("1h 15min swim", "workout", "swim", 75.0, None, None),
    ("2h30m ride", "workout", "cycle", 150.0, None, None),
    ("Bike 60 + Run 20", "workout", "triathlon", None, None, None),
    ("Bike 60min + run 20min", "workout", "triathlon", 80.0, None, None),
    ("Swim 2000m", "workout", "swim", None, 2.0, None),
    ("10k", "workout", None, None, 10.0, None),
    ("28 km long run", "workout", "run", None, 28.0, "moderate"),
    ("WU 15min, 20min tempo, CD 10min", "workout", None, 45.0, None, "hard"),
    ("60min run incl 20min tempo", "workout", "run", 60.0, None, "hard"),
    ("90min", "unclassified", None, 90.0, None, None),
    ("Z2 90min", "workout", None, 90.0, None, "moderate"),
    ("Ironman 70.3", "race", "triathlon", None, None, "race"),
    ("Ironman Zürich", "race", "triathlon", None, None, "race"),
    ("Sprint triathlon", "race", "triathlon", None, None, "race"),
    ("Olympic tri", "race", "triathlon", None, None, "race"),
    ("Soccer match", "race", "soccer", None, None, "race"),
    ("Football training", "workout", "soccer", None, None, None),
    ("Match vs Partizan", "race", None, None, None, "race"),
    ("Basketball practice 90 min", "workout", "basketball", 90.0, None, None),
    ("Parkrun", "workout", "run", None, 5.0, "hard"),
    ("Row erg 5000m", "workout", "row_erg", None, 5.0, None),
    ("2k erg test", "workout", "row_erg", None, 2.0, "hard"),
    ("Hike 12 km", "workout", "hike", None, 12.0, None),
    ("XC ski 2h", "workout", "ski", 120.0, None, None),
    ("Mtb 3h", "workout", "mountain_bike", 180.0, None, None),
    ("Bouldering", "workout", "climbing", None, None, None),
    ("Pilates", "workout", "pilates", None, None, None),
    ("Boxing class", "workout", "martial_arts", None, None, None),
    ("HIIT 30min", "workout", "hiit", 30.0, None, "hard"),
    ("CrossFit", "workout", "hiit", None, None, None),
    ("Core 20min", "workout", "strength", 20.0, None, None),
    ("Ride 80km 1000m climbing", "workout", "cycle", None, 80.0, None),
    ("Run 6:30am", "workout", "run", None, None, None),
    ("7:30 run", "workout", "run", None, None, None),
    ("🏃 10km easy", "workout", "run", None, 10.0, "easy"),
    ("🚴\u200d♂️ 2h", "workout", "cycle", 120.0, None, None),
    ("Easy long run 2h", "workout", "run", 120.0, None, "easy"),
    ("Trčanje 10 km lagano", "workout", "run", None, 10.0, "easy"),
    ("Trening", "workout", None, None, None, None),
    ("Flight to Rome", "not_training", None, None, None, None),
    ("Birthday party", "not_training", None, None, None, None),
    ("Massage", "not_training", None, None, None, None),
    ("Project deadline", "not_training", None, None, None, None),
    ("Zwift race", "race", "cycle", None, None, "race"),
    ("Track session", "workout", "run", None, None, "hard"),
    ("Hill repeats 8x60s", "workout", "run", None, None, "hard"),
    ("Fartlek 40 mins", "workout", "run", 40.0, None, "hard"),
    ("Threshold ride 75min", "workout", "cycle", 75.0, None, "hard"),
    ("Sweet spot 2x20", "workout", "cycle", None, None, "hard"),
    ("Steady state row 60min", "workout", "row", 60.0, None, "moderate"),
    ("Open water swim 3km", "workout", "swim", None, 3.0, None),
    ("Rest or easy yoga 20min", "workout", "yoga", 20.0, None, "easy"),
    ("Active recovery", "workout", None, None, None, "easy"),
    ("Active rest: 30min easy swim", "workout", "swim", 30.0, None, "easy"),
    ("Recovery day", "rest", None, None, None, None),
    ("Race registration", "not_training", None, None, None, None),
    ("Race briefing", "not_training", None, None, None, None),
    ("Gran Fondo", "race", "cycle", None, None, "race"),
    ("5 miles easy", "workout", None, None, 8.047, "easy"),
    ("10 mile run", "workout", "run", None, 16.093, None),
    ("60-75min easy", "workout", None, 67.5, None, "easy"),
    ("1-2h ride", "workout", "cycle", 90.0, None, None),
    ("Run 10k @ 5:30/km", "workout", "run", None, 10.0, None),
    ("Swim 10x100 on 1:45", "workout", "swim", None, 1.0, None),
    ("W: Bike: 2x20 SST", "workout", "cycle", None, None, "hard"),
    ("LONG RUN", "workout", "run", None, None, "moderate"),
    ("Coffee ride", "workout", "cycle", None, None, None),
    ("Doctor's appointment", "not_training", None, None, None, None),
    ("Call mum", "not_training", None, None, None, None),
    ("Bike fitting", "not_training", None, None, None, None),
    ("Commute ride 12km", "workout", "cycle", None, 12.0, None),
    ("Bike shop", "not_training", None, None, None, None),
    ("Core meeting", "not_training", None, None, None, None),
    ("Running late", "not_training", None, None, None, None),
    ("Ultra 100km", "race", "run", None, 100.0, "race"),
    ("Half an hour jog", "workout", "run", None, None, None),
    ("Marathon training run 30k", "workout", "run", None, 30.0, None),
    ("Watch Tour de France", "not_training", None, None, None, None),
    ("Triathlon club dinner", "not_training", None, None, None, None),
    ("Tennis match", "race", "tennis", None, None, "race"),
    ("Climb 1000m", "unclassified", None, None, None, None),
    ("10,000 steps", "unclassified", None, None, None, None),
    ("Plank challenge", "unclassified", None, None, None, None),
    ("Strength: 5x5 squats", "workout", "strength", None, None, None),
    ("Swim 400m easy", "workout", "swim", None, 0.4, "easy"),
    ("Ride 3h Z2-Z3", "workout", "cycle", 180.0, None, "moderate"),
    ("Run Z1/2 50'", "workout", "run", 50.0, None, "moderate"),
]


@for_every(("title", "kind", "sport", "minutes", "km", "intensity"), TITLES)
def test_a_title_is_read(title, kind, sport, minutes, km, intensity):
    read = parse_title(title)
    assert (read.type, read.sport, read.duration_minutes, read.distance_km, read.intensity) == (
        kind,
        sport,
        minutes,
        km,
        intensity,
    )


@for_every("title", ["Run 100m", "100m", "Swim 90m", "Row 45m", "400m run"])
def test_meters_are_never_minutes(title):
    assert parse_title(title).duration_minutes is None


def test_the_length_at_the_source_beats_the_title():
    read = parse_title("Long run 90min Z2", duration_minutes=75)
    assert (read.duration_minutes, "duration_minutes" in read.estimated) == (75, False)


def test_a_length_from_the_title_is_marked_as_estimated():
    assert parse_title("Long run 90min Z2").estimated == ("type", "sport", "duration_minutes", "intensity")


def test_a_category_beats_the_title():
    read = parse_title("Morning session", categories=["Cycling"])
    assert (read.type, read.sport, "sport" in read.estimated) == ("workout", "cycle", False)


def test_a_race_category_makes_a_race_of_a_run():
    read = parse_title("City run 10k", categories=["Race"])
    assert (read.type, read.sport, read.distance_km, read.intensity) == ("race", "run", 10.0, "race")


def test_planned_fields_of_a_description_beat_the_title():
    text = "Planned Time: 1:30:00\nPlanned Distance: 14.5 km\nTSS: 80\nIF: 0.75"
    read = parse_title("Run: Easy 60min", text)
    assert (read.duration_minutes, read.distance_km, read.tss, read.intensity_factor) == (90.0, 14.5, 80.0, 0.75)
    assert read.estimated == ("type", "sport", "intensity")


def test_a_rest_day_has_no_sport_length_or_intensity():
    read = parse_title("Rest", duration_minutes=60)
    assert (read.type, read.sport, read.duration_minutes, read.intensity) == ("rest", None, None, None)


def test_an_unclear_event_keeps_its_length_and_claims_nothing():
    read = parse_title("Something", duration_minutes=60)
    assert (read.type, read.sport, read.duration_minutes, read.estimated) == ("unclassified", None, 60, ("type",))


def test_a_load_in_the_title_is_read():
    read = parse_title("Bike 3h (TSS 180, IF 0.78)")
    assert (read.tss, read.intensity_factor, read.duration_minutes) == (180.0, 0.78, 180.0)


def test_the_sport_of_a_description_beats_the_title():
    read = parse_title("Long run or whatever", "Workout type: Bike\nStay in the saddle, then run home.")
    assert (read.sport, "sport" in read.estimated) == ("cycle", False)


def test_an_effort_counts_only_where_the_description_makes_a_sentence_of_it():
    assert parse_title("Run 40 min", "Very easy. Bring a friend.").intensity == "easy"
    assert parse_title("Run 40 min", "If it feels easy, turn around.").intensity is None


@for_every(
    ("cyrillic", "latin"),
    [("Трчање 10 км лагано", "Trčanje 10 km lagano"), ("Дуго трчање 25 км", "Dugo trčanje 25 km"), ("Зубар", "Zubar")],
)
def test_both_scripts_of_serbian_are_read_alike(cyrillic, latin):
    assert parse_title(cyrillic) == parse_title(latin)


@for_every(("title", "plain"), [("Läufe", "laufe"), ("Muskulöß", "muskuloss"), ("5х1000 м", "5x1000 m")])
def test_a_title_is_compared_without_accents_and_scripts(title, plain):
    assert titles.plain(title) == plain


@for_every("title", ["Walk the dog", "Ride to airport 45min", "School run", "Run errands"])
def test_daily_life_is_not_training(title):
    assert parse_title(title).type == "not_training"


@for_every("title", ["Bike to work", "Lunch run with Tom", "Birthday run 10k"])
def test_training_beside_daily_life_is_training(title):
    assert parse_title(title).type == "workout"


def test_a_canceled_session_is_not_training():
    assert parse_title("Spin class cancelled").type == "not_training"


@for_every(
    "title",
    ["", " ", "\u202e", "١٢٣ ركض", "🏃" * 500, "1x" * 250, "3x(" * 160, "1h " * 166, "10m + " * 83, "ride to " * 62],
)
def test_any_text_is_read_without_failing(title):
    assert parse_title(title, title).type in {"workout", "race", "rest", "unclassified", "not_training"}


@pytest.mark.parametrize("piece", ["9", "x", "(", "9 ", "1x", "3x(", "total "])
def test_hostile_titles_are_read_in_linear_time(piece):
    def seconds(length: int) -> float:
        text = (piece * length)[:length]
        started = time.thread_time()
        for _ in range(5):
            titles._sport.cache_clear()
            parse_title(text)
        return time.thread_time() - started

    # Four times the length takes four times as long when linear, sixteen times when quadratic.
    assert min(seconds(500) for _ in range(5)) < 10 * max(min(seconds(125) for _ in range(5)), 0.002)
