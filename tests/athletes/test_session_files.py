"""Reading FIT, TCX and GPX files: what a file says, what can be worked out, and files that mean harm."""

from __future__ import annotations

import gzip
import io
import math
import random
import struct
import zipfile
from datetime import UTC, datetime, timedelta

import pytest

from athletes.child_process import ask_child
from athletes.files import archive, fit, measures, reader
from athletes.files.archive import Member
from athletes.services import uploads
from athletes.services.uploads import Upload, read_uploads
from tests.athletes import fit_files as fits

START = datetime(2026, 5, 9, 6, 0, tzinfo=UTC)
NOW = datetime(2026, 5, 10, tzinfo=UTC).timestamp()
# One degree of latitude on the mean sphere.
METERS_A_DEGREE = 6_371_008.8 * math.pi / 180


def read(content, name="file"):
    return reader.read_file(Member(name, content), now=NOW)


def only(content):
    """The one session of a file without problems."""
    answer = read(content)
    assert answer["problems"] == []
    [session] = answer["sessions"]
    return session


def problem(content):
    """Why nothing could be read."""
    answer = read(content)
    assert answer["sessions"] == []
    return " ".join(answer["problems"])


def stamp(second):
    return (START + timedelta(seconds=second)).isoformat().replace("+00:00", "Z")


def gpx_file(points, *, extra="", head=""):
    """A GPX file of segments of (second, meters to the north, altitude, extensions)."""
    segments = ""
    for segment in points:
        rows = ""
        for second, meters, altitude, extensions in segment:
            time = "" if second is None else f"<time>{stamp(second)}</time>"
            height = "" if altitude is None else f"<ele>{altitude}</ele>"
            rows += f'<trkpt lat="{45 + meters / METERS_A_DEGREE:.9f}" lon="15">{height}{time}{extensions}</trkpt>'
        segments += f"<trkseg>{rows}</trkseg>"
    return (
        f'<?xml version="1.0"?>{head}<gpx creator="Some Watch" xmlns="http://www.topografix.com/GPX/1/1" '
        'xmlns:gpxtpx="http://www.garmin.com/xmlschemas/TrackPointExtension/v1">'
        f"<trk>{extra}{segments}</trk></gpx>"
    ).encode()


def tcx_file(laps, *, sport="Biking", more=""):
    body = "".join(laps)
    return (
        '<?xml version="1.0"?><TrainingCenterDatabase '
        'xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2">'
        f'<Activities><Activity Sport="{sport}"><Id>{stamp(0)}</Id>{body}'
        f"<Creator><Name>Edge 500</Name></Creator></Activity>{more}</Activities></TrainingCenterDatabase>"
    ).encode()


def tcx_lap(begin, seconds, *, meters="", kcal="", tracks=(), averages=""):
    rows = ""
    for track in tracks:
        rows += "<Track>"
        for second, watts, rate in track:
            power = (
                "" if watts is None else f"<Extensions><ns3:TPX><ns3:Watts>{watts}</ns3:Watts></ns3:TPX></Extensions>"
            )
            heart = "" if rate is None else f"<HeartRateBpm><Value>{rate}</Value></HeartRateBpm>"
            rows += f"<Trackpoint><Time>{stamp(second)}</Time>{heart}{power}</Trackpoint>"
        rows += "</Track>"
    return (
        f'<Lap StartTime="{stamp(begin)}" xmlns:ns3="http://www.garmin.com/xmlschemas/ActivityExtension/v2">'
        f"<TotalTimeSeconds>{seconds}</TotalTimeSeconds><DistanceMeters>{meters}</DistanceMeters>"
        f"<Calories>{kcal}</Calories>{averages}{rows}</Lap>"
    )


def zipped(**files):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return target.getvalue()


# --- FIT --------------------------------------------------------------------------------------------------------------
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


@pytest.mark.parametrize(
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


def developer_power(*, declared=True, native=7):
    """A run whose power comes from a developer's field, as a foot pod writes it."""
    writer = fits.opened(START)
    if declared:
        writer.define(3, fits.DEVELOPER_DATA_ID, [(3, fits.UINT8)])
        writer.data(3, 0)
    writer.define(4, fits.FIELD_DESCRIPTION, [(0, fits.UINT8), (1, fits.UINT8), (2, fits.UINT8), (15, fits.UINT8)])
    if declared:
        writer.data(4, 0, 5, fits.UINT16, native)
    records = [fits.FIELDS[fits.RECORD]["timestamp"]]
    writer.define(2, fits.RECORD, records, developer=[(5, 2, 0)])
    for second in range(0, 121, 10):
        writer.data(2, fits.seconds(START) + second, after=struct.pack("<H", 250))
    return writer.content()


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


@pytest.mark.parametrize(
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


# --- TCX --------------------------------------------------------------------------------------------------------------
def test_a_tcx_ride_adds_up_its_laps():
    laps = [
        tcx_lap(0, 600, meters=5000, kcal=120, tracks=[[(s, 200, 130) for s in range(0, 601, 10)]]),
        tcx_lap(600, 300, meters=2500, kcal=60, tracks=[[(s, 0, 160) for s in range(610, 901, 10)]]),
    ]
    session = only(tcx_file(laps))
    names = ("sport", "duration_minutes", "elapsed_minutes", "distance_km", "device_kcal", "avg_power_w", "work_kj")
    # The second lap's track begins anew: its first point stands for no time.
    assert [session[name] for name in names] == ["cycle", 15.0, 15.0, 7.5, 180.0, pytest.approx(134.831), 120.0]
    assert (session["avg_hr"], session["max_hr"], session["device"]) == (pytest.approx(139.775), 160.0, "Edge 500")


def test_a_tcx_without_points_gives_the_averages_of_its_laps():
    def averages(rate, watts):
        return (
            f"<AverageHeartRateBpm><Value>{rate}</Value></AverageHeartRateBpm>"
            f"<Extensions><ns3:LX><ns3:AvgWatts>{watts}</ns3:AvgWatts></ns3:LX></Extensions>"
        )

    session = only(
        tcx_file([tcx_lap(0, 600, averages=averages(120, 150)), tcx_lap(600, 1800, averages=averages(160, 250))])
    )
    assert (session["avg_hr"], session["avg_power_w"], session["duration_minutes"]) == (150.0, 225.0, 40.0)
    assert (session["distance_km"], session["device_kcal"], session["work_kj"]) == (None, None, None)


def test_what_tcx_calls_other_is_an_unknown_sport():
    assert only(tcx_file([tcx_lap(0, 600)], sport="Other"))["sport"] == ""


def test_a_tcx_course_is_no_session():
    name = "TrainingCenterDatabase"
    course = f"<{name} xmlns='x'><Courses><Course><Name>Lap</Name></Course></Courses></{name}>".encode()
    assert "course or a planned workout" in problem(course)


def test_negative_times_of_a_tcx_are_no_length():
    assert problem(tcx_file([tcx_lap(0, -600)])) == "It does not say how long the session lasted."


# --- GPX --------------------------------------------------------------------------------------------------------------
def test_a_gpx_track_is_measured_on_the_globe():
    points = [(second, 3 * second, None, "") for second in range(0, 1201, 5)]
    session = only(gpx_file([points], extra="<name>Morning by the river</name><type>running</type>"))
    assert session["distance_km"] == pytest.approx(3.6, abs=0.001)
    assert (session["duration_minutes"], session["elapsed_minutes"]) == (20.0, 20.0)
    assert (session["title"], session["sport"], session["device"]) == ("Morning by the river", "running", "Some Watch")


def test_standing_at_a_light_is_no_time_in_motion():
    moving = [(second, 3 * second, None, "") for second in range(0, 601, 5)]
    # The receiver wanders by a meter to and fro.
    standing = [(second, 1800 + second % 2, None, "") for second in range(601, 901)]
    session = only(gpx_file([moving + standing]))
    assert session["duration_minutes"] == pytest.approx(10.0, abs=0.2)
    assert session["distance_km"] == pytest.approx(1.8, abs=0.02)


def test_a_new_segment_is_a_pause():
    first = [(second, 3 * second, None, "") for second in range(0, 301, 5)]
    second = [(600 + second, 5000 + 3 * second, None, "") for second in range(0, 301, 5)]
    session = only(gpx_file([first, second]))
    assert (session["duration_minutes"], session["elapsed_minutes"]) == (10.0, 15.0)
    assert session["distance_km"] == pytest.approx(1.8, abs=0.001)


def test_a_jump_of_the_receiver_is_no_way():
    points = [(second, 3 * second + (50_000 if second == 300 else 0), None, "") for second in range(0, 601, 5)]
    assert only(gpx_file([points]))["distance_km"] == pytest.approx(1.8, abs=0.04)


def test_waves_of_four_meters_are_no_ascent_and_a_hill_is():
    waves = [(second, 3 * second, 100 + 4 * (second // 5 % 2), "") for second in range(0, 301, 5)]
    hill = [(300 + second, 900 + 3 * second, 100 + second // 5, "") for second in range(5, 301, 5)]
    assert only(gpx_file([waves + hill]))["ascent_m"] == 60.0


def test_heart_rate_and_power_of_a_gpx_are_read_from_any_namespace():
    extensions = (
        "<extensions><power>210</power><gpxtpx:TrackPointExtension><gpxtpx:hr>150</gpxtpx:hr>"
        "</gpxtpx:TrackPointExtension></extensions>"
    )
    session = only(gpx_file([[(second, 8 * second, None, extensions) for second in range(0, 301, 5)]]))
    assert (session["avg_hr"], session["avg_power_w"], session["work_kj"]) == (150.0, 210.0, 63.0)


def test_a_gpx_from_a_room_has_its_time_and_no_distance():
    power = "<extensions><power>180</power></extensions>"
    session = only(gpx_file([[(second, 0, None, power) for second in range(0, 601, 5)]]))
    assert (session["duration_minutes"], session["distance_km"], session["avg_power_w"]) == (10.0, None, 180.0)


def test_a_route_without_times_is_no_session():
    route = gpx_file([[(None, meters, None, "") for meters in range(0, 500, 10)]])
    assert problem(route) == "The file has no times: it is a planned route."


EXTERNAL = '<!DOCTYPE gpx [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'
LAUGHS = "<!DOCTYPE gpx [" + '<!ENTITY a "ha">' + '<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">' + "]>"


@pytest.mark.parametrize("head", [EXTERNAL, LAUGHS, '<!DOCTYPE gpx SYSTEM "http://127.0.0.1:9/x.dtd">'])
def test_document_types_and_entities_are_refused(head):
    entity = "&secret;" if head is EXTERNAL else "&b;" if head is LAUGHS else "x"
    content = gpx_file([[(0, 0, None, ""), (600, 2000, None, "")]], head=head, extra=f"<name>{entity}</name>")
    assert problem(content) == "The file has a document type or entities, which no training program writes."


def test_a_deep_document_is_refused():
    assert "nested too deeply" in problem(b"<gpx>" + b"<trk>" * 1 + b"<x>" * 100_000)


def test_a_cut_gpx_is_refused():
    content = gpx_file([[(second, 3 * second, None, "") for second in range(0, 601, 5)]])
    assert "damaged or cut off" in problem(content[: len(content) // 2])


def test_a_utf_16_file_reads_the_same():
    points = [(second, 3 * second, None, "") for second in range(0, 601, 5)]
    content = gpx_file([points]).decode().replace('version="1.0"', 'version="1.0" encoding="UTF-16"')
    assert only(content.encode("utf-16"))["duration_minutes"] == 10.0


# --- archives and names -----------------------------------------------------------------------------------------------
def test_the_name_says_nothing_about_the_format():
    assert read(fits.ride(START), "ride.gpx")["format"] == "fit"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty."),
        (b"\0" * 500, "The file is empty."),
        (b"<html><body>Log in</body></html>", "neither FIT nor TCX nor GPX"),
        (b"BEGIN:VCALENDAR", "neither FIT nor TCX nor GPX"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 100, "neither FIT nor TCX nor GPX"),
    ],
)
def test_what_is_no_session_file_is_named(content, words):
    assert words in problem(content)


def members(content):
    return list(reader.read_upload(Member("all.zip", content), now=NOW))


def test_a_zip_is_read_file_by_file_and_litter_is_passed_over():
    content = zipped(
        **{
            "season/ride.fit": fits.ride(START),
            "season/ride.fit.gz": gzip.compress(fits.ride(START + timedelta(days=-1))),
            "season/notes.txt": "hello",
            "__MACOSX/season/._ride.fit": b"x",
            "season/.DS_Store": b"x",
            "season/": b"",
            "../../etc/cron.d/evil.gpx": b"<gpx>",
        }
    )
    assert [(row["name"], len(row["sessions"]), bool(row["problems"])) for row in members(content)] == [
        ("ride.fit", 1, False),
        ("ride.fit.gz", 1, False),
        ("notes.txt", 0, True),
        ("evil.gpx", 0, True),
    ]


def test_a_zip_in_a_zip_is_not_opened():
    [answer] = members(zipped(**{"inner.zip": zipped(**{"ride.fit": fits.ride(START)})}))
    assert answer["problems"] == ["An archive inside of an archive is not opened."]


def test_a_bomb_is_refused_by_its_ratio_and_the_rest_is_read():
    content = zipped(**{"bomb.gpx": b" " * 5_000_000, "ride.fit": fits.ride(START)})
    bomb, ride = members(content)
    assert (bomb["problems"], len(ride["sessions"])) == (["The file is far larger than any session."], 1)


def test_a_size_that_the_archive_lies_about_is_counted():
    content = bytearray(zipped(**{"bomb.gpx": b" " * 5_000_000}))
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = content.index(mark) + place
        content[at : at + 4] = struct.pack("<I", 1000)
    [answer] = members(bytes(content))
    assert (answer["sessions"], len(answer["problems"])) == ([], 1)


def test_a_gzip_bomb_is_refused():
    assert problem(gzip.compress(b" " * 5_000_000)) == "The compressed file is far larger than any session."


def test_a_cut_gzip_is_refused():
    assert problem(gzip.compress(fits.ride(START))[:-20]) == "The compressed file is cut off."


def test_too_many_files_in_a_zip_are_refused():
    [answer] = members(zipped(**{f"{n}.gpx": b"<gpx/>" for n in range(archive.MAX_MEMBERS + 1)}))
    assert "more than 300 files" in answer["problems"][0]


def test_all_files_of_a_zip_together_have_a_limit(monkeypatch):
    monkeypatch.setattr(archive, "MAX_TOTAL_BYTES", 1000)
    answers = members(zipped(**{f"{n}.fit": fits.ride(START + timedelta(hours=-3 * n)) for n in range(10)}))
    assert len(answers[0]["sessions"]) == 1
    assert "The archive holds more than" in answers[-1]["problems"][0]


def test_an_encrypted_file_is_named():
    content = bytearray(zipped(**{"ride.fit": fits.ride(START)}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + place] |= 1
    [answer] = members(bytes(content))
    assert answer["problems"] == ["The file is protected by a password."]


def test_a_damaged_file_in_a_zip_is_named():
    content = bytearray(zipped(**{"ride.fit": fits.ride(START)}))
    content[content.index(b"ride.fit") + 20] ^= 0xFF
    [answer] = members(bytes(content))
    assert answer["problems"] == ["The file is damaged inside of the archive."]


def test_a_nameless_file_in_a_zip_is_still_read():
    content = bytearray(zipped(a=fits.ride(START)))
    for mark, place in ((b"PK\x03\x04", 30), (b"PK\x01\x02", 46)):
        content[content.index(mark) + place] = 0
    [answer] = members(bytes(content))
    assert (answer["name"], len(answer["sessions"])) == ("file", 1)


def mutated(content, chance):
    """The content with a few bytes changed, lost, added or repeated."""
    changed = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at, length = chance.randrange(max(1, len(changed))), chance.randrange(1, 60)
        kind = chance.randrange(4)
        if kind == 0:
            changed[at : at + 1] = bytes((chance.randrange(256),))
        elif kind == 1:
            del changed[at : at + length]
        elif kind == 2:
            changed[at:at] = bytes(chance.randrange(256) for _ in range(length))
        else:
            changed[at:at] = changed[at : at + length]
    return bytes(changed)


def test_four_hundred_damaged_files_are_four_hundred_answers():
    chance = random.Random(7)
    track = gpx_file([[(second, 3 * second, 100 + second, "") for second in range(0, 601, 10)]])
    laps = tcx_file([tcx_lap(0, 600, meters=5000, tracks=[[(second, 200, 130) for second in range(0, 601, 10)]])])
    ride = fits.ride(START)
    whole = [ride, developer_power(), track, laps, zipped(**{"a.fit": ride, "b.gpx": track}), gzip.compress(ride)]
    for number in range(400):
        answers = members(mutated(whole[number % len(whole)], chance))
        assert answers, number
        for answer in answers:
            assert answer["sessions"] or answer["problems"], number
            assert "has a part that cannot be read" not in " ".join(answer["problems"]), number
            assert all(1 <= row["duration_minutes"] <= 1440 for row in answer["sessions"]), number


def test_a_cut_zip_is_refused():
    [answer] = members(zipped(**{"ride.fit": fits.ride(START)})[:-30])
    assert answer["problems"] == ["The archive is damaged or cut off."]


# --- the process ------------------------------------------------------------------------------------------------------
def test_files_are_read_in_another_process():
    files, refused = read_uploads([Upload("ride.fit", fits.ride(START)), Upload("C:\\x\\no\r\nte.txt", b"hello")])
    [file] = files
    [session] = file.sessions
    assert (file.name, file.format, session.starts_at, session.avg_power_w) == ("ride.fit", "fit", START, 190.0)
    assert [(row.file, row.reason) for row in refused] == [("no te.txt", "The file is neither FIT nor TCX nor GPX.")]


def test_what_was_read_before_the_reader_was_ended_is_kept(monkeypatch):
    def ended(**asked):
        whole = ask_child(**asked)
        lines = whole.output.splitlines(keepends=True)
        return type(whole)(b"".join(lines[:2]) + lines[2][:10], finished=False, timed_out=True)

    monkeypatch.setattr(uploads, "ask_child", ended)
    contents = [fits.ride(START + timedelta(days=-n)) for n in range(3)]
    files, refused = read_uploads([Upload(f"{n}.fit", content) for n, content in enumerate(contents)])
    assert [file.name for file in files] == ["0.fit"]
    assert [row.file for row in refused] == ["1.fit", "2.fit"]


def test_a_file_that_takes_too_long_leaves_time_for_the_others(monkeypatch):
    monkeypatch.setattr(reader, "CPU_SECONDS_A_FILE", 0.02)
    slow = fits.recorded(START, [(0, 100, 100, 1, 1)])
    writer = fits.opened(START)
    names = ("timestamp", "heart_rate")
    writer.define(2, fits.RECORD, [fits.FIELDS[fits.RECORD][name] for name in names])
    writer.body += b"".join(struct.pack("<BIB", 2, fits.seconds(START) + n, 100) for n in range(20_000))
    answers = [read(writer.content())["problems"], read(slow)["problems"] != []]
    assert answers == [["The file takes too long to read."], True]


@pytest.mark.parametrize(
    ("word", "title", "sport"),
    [
        ("running", "", "run"),
        ("Biking", "", "cycle"),
        ("9", "", "run"),
        ("77", "", ""),
        ("", "Morning swim", "swim"),
        ("Other", "Evening ride", "cycle"),
        ("kitesurfing", "", "kitesurfing"),
    ],
)
def test_the_sport_is_the_files_word_or_the_titles(word, title, sport):
    assert uploads._sport_of(word, title) == sport


# --- measures ---------------------------------------------------------------------------------------------------------
def test_normalized_power_of_steady_riding_is_the_average():
    assert measures.normalized_power([250.0] * 120, [1.0] * 120) == pytest.approx(250.0)


def test_normalized_power_weighs_hard_minutes_more():
    # Two blocks of five minutes; the 29 windows between them rise in steps of 200/30 W.
    powers = [100.0] * 300 + [300.0] * 300
    means = [100.0] * 271 + [100 + 200 * n / 30 for n in range(1, 30)] + [300.0] * 271
    expected = (sum(mean**4 for mean in means) / len(means)) ** 0.25
    assert measures.normalized_power(powers, [1.0] * 600) == pytest.approx(expected)


def test_less_than_half_a_minute_has_no_normalized_power():
    assert measures.normalized_power([250.0] * 29, [1.0] * 29) is None


def test_a_gap_longer_than_a_minute_is_a_pause():
    samples = [measures.Sample(at) for at in (0.0, 30.0, 90.0, 151.0)]
    assert measures.seconds_of(samples) == [0.0, 30.0, 60.0, 0.0]


def test_a_quarter_of_the_equator_is_ten_thousand_kilometers():
    one, other = measures.Sample(0, latitude=0, longitude=0), measures.Sample(1, latitude=0, longitude=90)
    assert measures.meters_between(one, other) == pytest.approx(10_007_557, abs=1)


def test_the_crc_of_the_test_writer_is_the_published_one():
    # The check value of CRC-16/ARC in the catalogue of parametrised CRC algorithms.
    assert fits.checksum(b"123456789") == 0xBB3D
