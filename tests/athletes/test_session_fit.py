"""Reading FIT files: what a file says, what can be worked out, and files that are damaged."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from athletes.files import fit
from tests.athletes import fit_files as fits
from tests.athletes.session_file_kit import START, developer_power, only, problem, read
from tests.corpora import for_every


def test_a_fit_session_says_everything_in_our_units():
    session = only(fits.ride(START, workout_rpe=60))
    assert session.pop("external_id")
    assert session == {
        "starts_at": "2026-05-09T06:00:00+00:00",
        "duration_minutes": 120.0,
        "elapsed_minutes": 125.0,
        "title": "",
        "sport": "cycle",
        "device": "Garmin Edge 530",
        "distance_km": 60.0,
        "ascent_m": 640.0,
        "avg_power_w": 190.0,
        "normalized_power_w": 205.0,
        "avg_hr": 141.0,
        "max_hr": 176.0,
        "work_kj": 1368.0,
        "device_kcal": 1250.0,
        "tss": 115.3,
        "intensity_factor": 0.759,
        "rpe": 6.0,
    }


@for_every(
    ("sport", "kind", "ours"),
    [
        (1, 0, "run"),
        (1, 3, "run"),
        (2, 6, "cycle"),
        (2, 8, "mountain_bike"),
        (5, 17, "swim"),
        (15, 0, "row"),
        (4, 14, "row_erg"),
        (10, 20, "strength"),
        (10, 43, "yoga"),
        (64, 94, "squash"),
        (12, 42, "ski"),
        (25, 0, "other"),
        (0, 0, ""),
        (None, None, ""),
    ],
)
def test_a_fit_sport_has_our_name(sport, kind, ours):
    assert only(fits.ride(START, sport=sport, sub_sport=kind))["sport"] == ours


def test_invalid_and_zero_values_are_unknown():
    nothing = {"avg_power": 0xFFFF, "avg_heart_rate": 0xFF, "total_distance": 0, "total_calories": 0}
    nothing |= {"normalized_power": 0, "training_stress_score": 0xFFFF, "total_work": 0, "total_ascent": 0}
    session = only(fits.ride(START, **nothing))
    names = ("avg_power_w", "avg_hr", "distance_km", "device_kcal", "normalized_power_w", "tss", "work_kj", "ascent_m")
    assert {name: session[name] for name in names} == dict.fromkeys(names)


def test_what_no_body_can_do_is_unknown_and_costs_nothing_else():
    session = only(fits.ride(START, avg_power=4000, avg_heart_rate=250, training_stress_score=20000))
    assert (session["avg_power_w"], session["avg_hr"], session["tss"], session["distance_km"]) == (
        None,
        None,
        None,
        60.0,
    )


def test_a_big_endian_file_reads_the_same():
    writer = fits.opened(START, big_endian=True)
    writer.message(1, fits.SESSION, **fits.ride_values(START))
    same, other = only(fits.ride(START)), only(writer.content())
    assert {**same, "external_id": ""} == {**other, "external_id": ""}


def test_the_legs_of_a_triathlon_are_sessions_and_its_transitions_are_not():
    writer = fits.opened(START)
    for begin, minutes, sport in ((0, 30, 5), (30, 3, 3), (33, 70, 2), (103, 2, 3), (105, 45, 1)):
        start = START + timedelta(minutes=begin)
        lasts = minutes * 60_000
        stated = fits.ride_values(start, sport=sport, sub_sport=0, total_timer_time=lasts, total_elapsed_time=lasts)
        writer.message(1, fits.SESSION, **stated)
    sessions = read(writer.content())["sessions"]
    assert [(row["sport"], row["duration_minutes"], row["external_id"][-2:]) for row in sessions] == [
        ("swim", 30.0, "#1"),
        ("cycle", 70.0, "#2"),
        ("run", 45.0, "#3"),
    ]


def test_without_a_summary_the_records_are_measured():
    samples = [(second, 140, 200 if second % 2 else 0, second * 8, None) for second in range(601)]
    session = only(fits.recorded(START, samples))
    names = ("duration_minutes", "distance_km", "avg_power_w", "normalized_power_w", "work_kj", "avg_hr", "sport")
    assert [session[name] for name in names] == [10.0, 4.8, 100.0, 100.0, 60.0, 140.0, ""]


def test_averages_weigh_records_by_their_time():
    samples = [(0, 100, 100, None, None), (10, 100, 100, None, None), (40, 160, 300, None, None)]
    samples += [(70, 160, 300, None, None)]
    session = only(fits.recorded(START, samples))
    assert session["avg_power_w"] == pytest.approx((10 * 100 + 60 * 300) / 70, abs=0.001)
    assert session["avg_hr"] == pytest.approx((10 * 100 + 60 * 160) / 70, abs=0.001)


def test_a_pause_of_the_timer_is_no_time_in_motion():
    writer = fits.opened(START)
    names = ("timestamp", "power")
    at = fits.seconds(START)
    writer.define(2, fits.RECORD, [fits.FIELDS[fits.RECORD][name] for name in names])
    for second in range(0, 121, 10):
        writer.data(2, at + second, 200)
    writer.message(3, fits.EVENT, timestamp=at + 120, event=0, event_type=4)
    writer.message(3, fits.EVENT, timestamp=at + 150, event=0, event_type=0)
    writer.define(2, fits.RECORD, [fits.FIELDS[fits.RECORD][name] for name in names])
    for second in range(150, 271, 10):
        writer.data(2, at + second, 200)
    session = only(writer.content())
    assert (session["duration_minutes"], session["elapsed_minutes"], session["work_kj"]) == (4.0, 4.5, 48.0)


def test_a_power_meter_that_only_says_zero_is_none():
    session = only(fits.recorded(START, [(second, None, 0, second, None) for second in range(0, 120, 5)]))
    assert (session["avg_power_w"], session["work_kj"]) == (None, None)


def test_compressed_timestamps_count_on():
    writer = fits.opened(START)
    at = fits.seconds(START)
    writer.message(2, fits.RECORD, timestamp=at, heart_rate=100)
    writer.define(1, fits.RECORD, [fits.FIELDS[fits.RECORD]["heart_rate"]])
    for second in range(5, 181, 5):
        writer.data(1, 120, time_offset=(at + second) & 0x1F)
    session = only(writer.content())
    assert (session["duration_minutes"], session["avg_hr"]) == (3.0, 120.0)


def test_a_developer_field_stands_in_for_the_native_one():
    assert only(developer_power())["avg_power_w"] == 250.0


def test_a_developer_field_with_another_meaning_is_left_out():
    assert only(developer_power(native=0xFF))["avg_power_w"] is None


def test_a_developer_field_that_nobody_declared_harms_nothing():
    session = only(developer_power(declared=False))
    assert (session["duration_minutes"], session["avg_power_w"]) == (2.0, None)


def test_a_file_cut_after_its_summary_is_used():
    writer = fits.opened(START)
    writer.message(1, fits.SESSION, **fits.ride_values(START))
    writer.message(2, fits.RECORD, timestamp=fits.seconds(START), heart_rate=100)
    assert only(writer.content()[:-5])["avg_power_w"] == 190.0


def test_of_a_damaged_file_only_the_summary_speaks():
    samples = [(second, 140, 200, second * 8, 100) for second in range(0, 601, 10)]
    stated = fits.ride_values(START, avg_power=None, normalized_power=None, total_work=None, total_distance=None)
    session = only(fits.recorded(START, samples, **stated)[:-1])
    assert (session["avg_power_w"], session["work_kj"], session["distance_km"]) == (None, None, None)
    assert (session["duration_minutes"], session["avg_hr"]) == (120.0, 141.0)


def test_a_file_cut_before_its_summary_is_refused():
    writer = fits.opened(START)
    for second in range(300):
        writer.message(2, fits.RECORD, timestamp=fits.seconds(START) + second, heart_rate=100)
    writer.message(1, fits.SESSION, **fits.ride_values(START))
    assert problem(writer.content()[:-30]) == fit.DAMAGED


def test_a_wrong_checksum_with_a_summary_that_agrees_with_itself_is_used():
    writer = fits.opened(START)
    writer.message(1, fits.SESSION, **fits.ride_values(START))
    assert only(writer.content(crc=0x1234))["distance_km"] == 60.0


def test_a_wrong_checksum_with_a_summary_that_contradicts_itself_is_refused():
    writer = fits.opened(START)
    writer.message(1, fits.SESSION, **fits.ride_values(START, total_elapsed_time=90_000_000))
    assert problem(writer.content(crc=0x1234)) == fit.DAMAGED


def test_every_cut_of_a_file_is_an_answer():
    content = fits.recorded(START, [(s, 120, 200, s, 100) for s in range(0, 90, 10)], **fits.ride_values(START))
    for length in range(len(content)):
        answer = read(content[:length])
        assert answer["sessions"] or answer["problems"]


def test_a_clock_that_was_not_set_is_named():
    assert "took place in 1989" in problem(fits.ride(datetime(1989, 12, 31, 5, tzinfo=UTC)))


def test_records_from_before_the_clock_was_set_are_left_out():
    before = [(-1_000_000_000 + second, 100, None, None, None) for second in range(3)]
    session = only(fits.recorded(START, before + [(second, 120, None, None, None) for second in range(0, 121, 10)]))
    assert (session["starts_at"][:10], session["duration_minutes"]) == ("2026-05-09", 2.0)


def test_a_session_in_the_future_is_refused():
    assert "in the future" in problem(fits.ride(START + timedelta(days=400)))


@for_every(
    ("minutes", "words"), [(0.5, "shorter than a minute"), (1441, "longer than 24 hours"), (60_000, "longer than 24")]
)
def test_a_length_that_no_session_has_is_refused(minutes, words):
    lasts = int(minutes * 60_000)
    assert words in problem(fits.ride(START, total_timer_time=lasts, total_elapsed_time=lasts))


def test_driving_is_no_training():
    assert problem(fits.ride(START, sport=24)) == "It is no training: driving."


def test_a_planned_workout_is_no_session():
    writer = fits.opened(START, kind=5)
    assert problem(writer.content()) == "The file holds a planned workout, not a session."


def test_an_activity_with_nothing_in_it_is_refused():
    assert problem(fits.opened(START).content()) == "The file holds no session."


def test_endless_records_end(monkeypatch):
    monkeypatch.setattr(fit, "MAX_SAMPLES", 50)
    assert "points" in problem(fits.recorded(START, [(second, 100, 100, 1, 1) for second in range(60)]))


def test_the_crc_of_the_test_writer_is_the_published_one():
    # The check value of CRC-16/ARC in the catalogue of parametrised CRC algorithms.
    assert fits.checksum(b"123456789") == 0xBB3D
