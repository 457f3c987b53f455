"""Reading TCX and GPX files: laps, tracks, what is measured on the globe, and documents that mean harm."""

from __future__ import annotations

import pytest

from athletes.files import measures
from tests.athletes.session_file_kit import gpx_file, only, problem, tcx_file, tcx_lap
from tests.corpora import for_every


# --- TCX ---
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


# --- GPX ---
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


@for_every("head", [EXTERNAL, LAUGHS, '<!DOCTYPE gpx SYSTEM "http://127.0.0.1:9/x.dtd">'])
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


# --- measures ---
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
