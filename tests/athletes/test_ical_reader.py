"""What an iCalendar file is read as, and how little a hostile one costs."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events

from athletes.calendars import ical
from athletes.calendars.ical import parse_calendar
from athletes.calendars.protocol import CalendarUnreadable, FetchContext
from tests.athletes.feeds import calendar

ICS = Path(__file__).parents[1] / "data" / "ics"


def read(content, *, zone="Europe/Belgrade", first=date(2026, 8, 1), last=date(2027, 8, 1)):
    return parsed(content, zone=zone, first=first, last=last).events


def parsed(content, *, zone="Europe/Belgrade", first=date(2026, 8, 1), last=date(2027, 8, 1)):
    return parse_calendar(content, FetchContext({}, {}, first, last, zone, allow_private_hosts=True))


def reason(content):
    started = time.monotonic()
    with pytest.raises(CalendarUnreadable) as caught:
        read(content)
    assert time.monotonic() - started < 20
    return caught.value.message


def test_a_series_across_the_change_of_clocks_is_what_the_recurrence_library_says():
    content = (ICS / "dst_moved_cancelled.ics").read_bytes()
    zone = ZoneInfo("Europe/Belgrade")
    span = (datetime(2026, 8, 1, tzinfo=zone), datetime(2027, 8, 2, tzinfo=zone))
    expected = {
        (str(event["SUMMARY"]), event.start.astimezone(UTC), event.end.astimezone(UTC))
        for event in recurring_ical_events.of(icalendar.Calendar.from_ical(content)).between(*span)
        if event.get("STATUS") != "CANCELLED"
    }
    found = read(content)
    assert {(event.title, event.starts_at, event.ends_at) for event in found} == expected
    assert len(found) == len(expected) == 20


def test_a_weekly_run_keeps_its_local_hour_when_the_clocks_change():
    zone = ZoneInfo("Europe/Belgrade")
    runs = [event for event in read((ICS / "dst_moved_cancelled.ics").read_bytes()) if event.title == "Long run Z2"]
    assert {event.starts_at.astimezone(zone).strftime("%H:%M") for event in runs} == {"07:30"}
    assert {event.starts_at.strftime("%H:%M") for event in runs} == {"05:30", "06:30"}


def test_a_moved_occurrence_is_there_once_under_the_name_of_its_first_time():
    moved = [event for event in read((ICS / "dst_moved_cancelled.ics").read_bytes()) if "moved" in event.title]
    assert [(event.external_id, event.starts_at.isoformat()) for event in moved] == [
        ("long-run@tests#2026-10-24T05:30:00+00:00", "2026-10-25T07:30:00+00:00")
    ]


def test_a_single_event_keeps_its_name_when_it_is_moved():
    before = read(calendar("UID:a\nDTSTART:20261014T070000Z\nSUMMARY:Run"))
    after = read(calendar("UID:a\nDTSTART:20261015T070000Z\nSUMMARY:Run"))
    assert (before[0].external_id, after[0].external_id) == ("a", "a")


def test_a_floating_time_is_the_athletes():
    events = read(calendar("UID:a\nDTSTART:20261014T070000\nSUMMARY:Run"), zone="America/New_York")
    assert events[0].starts_at == datetime(2026, 10, 14, 11, 0, tzinfo=UTC)


def test_a_zone_that_nobody_knows_is_the_athletes():
    events = read(calendar("UID:a\nDTSTART;TZID=Mars/Phobos:20261014T070000\nSUMMARY:Run"))
    assert events[0].starts_at == datetime(2026, 10, 14, 5, 0, tzinfo=UTC)


def test_a_windows_zone_name_is_understood():
    events = read(calendar("UID:a\nDTSTART;TZID=Eastern Standard Time:20261014T070000\nSUMMARY:Run"))
    assert events[0].starts_at == datetime(2026, 10, 14, 11, 0, tzinfo=UTC)


def test_an_all_day_event_is_a_day_not_an_instant():
    events = read(calendar("UID:a\nDTSTART;VALUE=DATE:20261014\nSUMMARY:Rest"))
    assert [(event.starts_at, event.all_day, event.ends_at) for event in events] == [(date(2026, 10, 14), True, None)]


def test_a_camp_of_three_days_is_three_days():
    events = read(calendar("UID:a\nDTSTART;VALUE=DATE:20261014\nDTEND;VALUE=DATE:20261017\nSUMMARY:Camp"))
    assert [(event.external_id, event.starts_at.day) for event in events] == [("a+0", 14), ("a+1", 15), ("a+2", 16)]


def test_an_event_of_two_nights_is_its_days():
    events = read(calendar("UID:a\nDTSTART:20261014T160000Z\nDTEND:20261016T100000Z\nSUMMARY:Camp"))
    assert [event.starts_at for event in events] == [date(2026, 10, 14), date(2026, 10, 15), date(2026, 10, 16)]


def test_a_night_session_belongs_to_the_day_it_starts():
    events = read(calendar("UID:a\nDTSTART:20261014T200000Z\nDTEND:20261015T020000Z\nSUMMARY:Night run"))
    assert [event.starts_at.isoformat() for event in events] == ["2026-10-14T20:00:00+00:00"]


def test_a_cancelled_event_is_not_there():
    assert read(calendar("UID:a\nDTSTART:20261014T070000Z\nSTATUS:CANCELLED\nSUMMARY:Run")) == []


def test_events_that_share_a_name_by_mistake_are_all_there():
    twins = [f"UID:same\nDTSTART:202610{day}T070000Z\nSUMMARY:Run {day}" for day in (14, 15, 16)]
    assert [event.title for event in read(calendar(*twins))] == ["Run 14", "Run 15", "Run 16"]


def test_events_without_a_name_are_all_there_and_keep_the_one_they_get():
    bare = calendar("DTSTART:20261014T070000Z\nSUMMARY:Run", "DTSTART:20261015T070000Z\nSUMMARY:Ride")
    first, second = read(bare), read(bare)
    assert len({event.external_id for event in first}) == 2
    assert [event.external_id for event in first] == [event.external_id for event in second]


@pytest.mark.parametrize(
    "broken",
    [
        "UID:b\nDTSTART:garbage\nSUMMARY:x",
        "UID:b\nSUMMARY:no start",
        "UID:b\nDTSTART:20261014T070000Z\nDURATION:P99999999D\nSUMMARY:x",
        "UID:b\nDTSTART:20261014T070000Z\nRRULE:FREQ=NEVER\nSUMMARY:x",
        "UID:b\nDTSTART:20261014T070000Z\nRRULE:FREQ=WEEKLY;UNTIL=never\nSUMMARY:x",
        "UID:b\nDTSTART:99991231T235959Z\nRRULE:FREQ=DAILY\nSUMMARY:x",
        "UID:b\nDTSTART:20261014T070000Z\nEXDATE:x\nSEQUENCE:many\nSUMMARY:x",
    ],
)
def test_one_broken_event_takes_no_other_with_it(broken):
    events = read(calendar(broken, "UID:a\nDTSTART:20261014T070000Z\nSUMMARY:Run"))
    assert "Run" in [event.title for event in events]


def test_an_infinite_series_ends_with_the_window():
    events = read(calendar("UID:a\nDTSTART:20000101T070000Z\nRRULE:FREQ=DAILY\nSUMMARY:Run"))
    assert len(events) == 366


@pytest.mark.parametrize("frequency", ["SECONDLY", "MINUTELY"])
def test_a_series_of_seconds_or_minutes_is_refused(frequency):
    assert "second or minute" in reason(calendar(f"UID:a\nDTSTART:19700101T000000Z\nRRULE:FREQ={frequency}\nSUMMARY:x"))


def test_a_hundred_thousand_events_are_refused_before_they_are_read():
    one = b"BEGIN:VEVENT\r\nUID:u\r\nDTSTART:20261014T070000Z\r\nSUMMARY:Run\r\nEND:VEVENT\r\n"
    content = b"BEGIN:VCALENDAR\r\n" + one * 100_000 + b"END:VCALENDAR\r\n"
    started = time.monotonic()
    assert "more than 20000" in reason(content)
    assert time.monotonic() - started < 5


def test_many_endless_series_are_refused():
    series = [f"UID:{n}\nDTSTART:20200101T070000Z\nRRULE:FREQ=DAILY\nSUMMARY:x" for n in range(50)]
    assert "more than 5000" in reason(calendar(*series))


def test_rules_that_never_find_a_day_are_ended(monkeypatch):
    monkeypatch.setattr(ical, "READ_SECONDS", 1)
    never = "RRULE:FREQ=DAILY;BYSETPOS=366"
    rules = [f"UID:{n}\nDTSTART:19000101T000000Z\n{never}\nSUMMARY:x" for n in range(400)]
    assert "too long" in reason(calendar(*rules))


def test_components_inside_components_are_refused():
    depth = 50_000
    content = b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * depth + b"END:VEVENT\r\n" * depth + b"END:VCALENDAR\r\n"
    assert "nested" in reason(content)


def test_ten_thousand_parameters_cost_little():
    parameters = ";".join(f"P{n}=1" for n in range(10_000))
    events = read(calendar(f"UID:a\nDTSTART:20261014T070000Z\nX-A;{parameters}:x\nSUMMARY:Run"))
    assert [event.title for event in events] == ["Run"]


def test_the_reader_costs_this_process_no_memory():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(CalendarUnreadable):
        read(calendar(*["UID:a\nDTSTART:20261014T070000Z\nSUMMARY:Run"] * 25_000))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"<!doctype html><title>Sign in</title>", "web page"),
        (b'{"error": "gone"}', "does not answer with a calendar"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\n", "cut off"),
        (b"\x00\x01\x02" * 1000, "does not answer with a calendar"),
    ],
)
def test_what_is_no_calendar_is_refused_in_words(content, words):
    assert words in reason(content)


def test_the_child_sees_no_secret_of_ours(monkeypatch):
    monkeypatch.setenv("JWT_SECRET", "must not be seen")
    seen = {}
    real = subprocess.run

    def run(*args, **kwargs):
        seen.update(kwargs["env"])
        return real(*args, **kwargs)

    monkeypatch.setattr(subprocess, "run", run)
    read(calendar("UID:a\nDTSTART:20261014T070000Z\nSUMMARY:Run"))
    assert set(seen) <= {"PATH", "PYTHONPATH", "PYTHONIOENCODING", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"}


def named(*lines, kind="BEGIN:VCALENDAR"):
    """The name of a file whose first calendar has these lines."""
    head = "\r\n".join([kind, "VERSION:2.0", *lines]).encode()
    event = b"\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART:20261014T070000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    return parsed(head + event).name


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        ([], ""),
        (["X-WR-CALNAME:TrainingPeaks"], "TrainingPeaks"),
        (["NAME;LANGUAGE=de:Mein Plan"], "Mein Plan"),
        (["X-WR-CALNAME;VALUE=TEXT:Plan: week"], "Plan: week"),
        (["X-WR-CALNAME:", "NAME:Club"], "Club"),
        (["NAME:One", "X-WR-CALNAME:Other"], "One"),
        (["X-WR-CALNAME:Run\\, bike\\; swim\\n2026 \\\\o/"], "Run, bike; swim 2026 \\o/"),
        (["X-WR-CALNAME:Folded na", " me"], "Folded name"),
        (["X-WR-CALNAME:a\x07\x1b[31m  b\tc"], "a[31m b c"),
        (["X-WR-CALNAME:" + "x" * 50_000], "x" * 200),
    ],
)
def test_a_calendar_tells_its_own_name(lines, name):
    assert named(*lines) == name


def test_the_name_of_a_part_of_a_calendar_is_not_its_own():
    zone = ["BEGIN:VTIMEZONE", "TZID:Mine", "X-WR-CALNAME:Zone", "NAME:Zone", "END:VTIMEZONE"]
    assert named(*zone) == ""


def test_of_several_calendars_in_a_file_the_first_that_has_a_name_tells_it():
    nameless = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"
    others = [
        calendar("UID:a\nDTSTART:20261014T070000Z").replace(b"2.0", b"2.0\r\nNAME:" + name) for name in (b"B", b"C")
    ]
    assert parsed(nameless + b"".join(others)).name == "B"


def test_what_a_child_is_limited_to_counts_from_now_on():
    """Limited twice in one process, as the soak of mutated feeds does: the second time is no shorter than the first."""
    program = (
        "import resource, time; from athletes.child_process import limit_process as limit\n"
        "limit(cpu_seconds=3, memory_bytes=10**9)\n"
        "while time.process_time() < 1.5: pass\n"
        "limit(cpu_seconds=3, memory_bytes=10**9)\n"
        "print(resource.getrlimit(resource.RLIMIT_CPU)[0], resource.getrlimit(resource.RLIMIT_AS)[0])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["4", "1000000000"]
