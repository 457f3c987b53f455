"""What a feed's server says about change, and what it may say instead of a calendar."""

from __future__ import annotations

import itertools
import time
from datetime import date

import pytest

from athletes.calendars import ical
from athletes.calendars.ical import IcalProvider
from athletes.calendars.protocol import CalendarTokenExpired, CalendarUnreachable, CalendarUnreadable, FetchContext
from nutrition_site.kernel import http
from tests.athletes.feeds import Answer, calendar, feed_server, hang

RUN = calendar("UID:a\nDTSTART:20261014T070000Z\nSUMMARY:Run")
RIDE = calendar("UID:a\nDTSTART:20261015T070000Z\nSUMMARY:Ride")
LOG_IN = b"<!doctype html>\n<html><title>Log in</title><form method=post></form></html>"


@pytest.fixture(autouse=True)
def _short_patience(monkeypatch):
    limits = http.FetchLimits(connect_seconds=1, read_seconds=0.5, total_seconds=3, max_bytes=8_000_000)
    monkeypatch.setattr(ical, "LIMITS", limits)


@pytest.fixture
def read():
    """Reads the server's calendar, carrying the state from one visit to the next."""
    with feed_server() as server:

        class Visitor:
            state = {}
            name = None
            requests = server.requests

            def __call__(self, answer, *, first=date(2026, 10, 1)):
                server.answers["/a.ics"] = answer
                context = FetchContext(
                    {"url": f"{server.url}/a.ics"},
                    self.state,
                    first,
                    date(2026, 10, 31),
                    "UTC",
                    allow_private_hosts=True,
                )
                result = IcalProvider().fetch(context)
                self.state = dict(result.sync_state)
                self.name = result.name
                return None if result.events is None else [event.title for event in result.events]

        yield Visitor()


def tagged(body, etag, **headers):
    return Answer(body, headers={"ETag": etag, **headers})


def test_a_304_after_a_visit_is_no_change(read):
    assert read(tagged(RUN, '"1"')) == ["Run"]
    assert read(Answer(status=304)) is None
    assert read.requests[1][1]["if-none-match"] == '"1"'


def test_a_304_before_any_visit_is_no_answer(read):
    with pytest.raises(CalendarUnreadable, match="not read it yet"):
        read(Answer(status=304))


def test_a_new_tag_on_the_same_content_is_no_change(read):
    assert read(tagged(RUN, '"1"')) == ["Run"]
    assert read(tagged(RUN, '"2"')) is None
    assert read.state["etag"] == '"2"'


def test_no_tag_at_all_on_the_same_content_is_no_change(read):
    assert read(Answer(RUN)) == ["Run"]
    assert read(Answer(RUN)) is None


def test_the_same_tag_on_other_content_is_a_change(read):
    assert read(tagged(RUN, '"1"')) == ["Run"]
    assert read(tagged(RIDE, '"1"')) == ["Ride"]


def test_new_stamps_on_the_same_events_are_no_change(read):
    event = "UID:a\nDTSTAMP:{0}\nDTSTART:20261014T070000Z\nLAST-MODIFIED:{0}\nSUMMARY:Run"
    assert read(Answer(calendar(event.format("20261001T000000Z")))) == ["Run"]
    assert read(Answer(calendar(event.format("20261001T000500Z")))) is None


def test_the_same_content_starts_no_reader(read, monkeypatch):
    read(Answer(RUN))
    monkeypatch.setattr(ical, "ask_child", lambda **given: pytest.fail("a process was started"))
    assert read(Answer(RUN)) is None


def test_a_window_that_moved_reads_the_same_content_anew_and_without_a_condition(read):
    assert read(tagged(RUN, '"1"')) == ["Run"]
    assert read(tagged(RUN, '"1"'), first=date(2026, 10, 2)) == ["Run"]
    assert "if-none-match" not in read.requests[1][1]


def test_a_tag_beyond_all_measure_is_not_sent_back(read):
    read(tagged(RUN, "x" * 400))
    assert read(Answer(RIDE)) == ["Ride"]
    assert "if-none-match" not in read.requests[1][1]


def test_a_feed_that_is_now_valid_and_now_broken_is_read_whenever_it_is_valid(read):
    said = []
    for answer in itertools.islice(
        itertools.cycle([tagged(RUN, '"1"'), Answer(LOG_IN), tagged(RIDE, '"2"'), Answer(b"")]), 8
    ):
        try:
            said.append(read(answer))
        except CalendarUnreadable as error:
            said.append(error.message.split(".")[0])
    page = "The address answers with a web page, not a calendar"
    empty = "The calendar file is empty"
    assert said == [["Run"], page, ["Ride"], empty, ["Run"], page, ["Ride"], empty]


def test_a_broken_answer_leaves_the_tag_of_the_last_good_one(read):
    read(tagged(RUN, '"1"'))
    with pytest.raises(CalendarUnreadable):
        read(tagged(b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", '"2"'))
    assert read(Answer(status=304)) is None
    assert read.requests[2][1]["if-none-match"] == '"1"'


@pytest.mark.parametrize("kind", ["text/calendar", "text/html", ""])
def test_a_log_in_page_is_told_whatever_it_calls_itself(read, kind):
    with pytest.raises(CalendarUnreadable, match="web page"):
        read(Answer(LOG_IN, headers={"Content-Type": kind}))


def test_a_calendar_that_calls_itself_a_web_page_is_read(read):
    assert read(Answer(RUN, headers={"Content-Type": "text/html"})) == ["Run"]


@pytest.mark.parametrize(
    ("answer", "error", "words"),
    [
        (Answer(b"BEGIN:VCALENDAR\r\n" + b"X-A:x\r\n" * 1_500_000), CalendarUnreadable, "more than 8 MB"),
        (Answer(calendar(*["UID:a\nDTSTART:20261014T070000Z"] * 100_000)), CalendarUnreadable, "more than 20000"),
        (
            Answer(calendar("UID:a\nDTSTART:19960101T000000Z\nRRULE:FREQ=SECONDLY")),
            CalendarUnreadable,
            "second or minute",
        ),
        (Answer(b"BEGIN:VCALENDAR\r\n" * 9 + b"END:VCALENDAR\r\n" * 9), CalendarUnreadable, "nested"),
        (Answer(b"BEGIN:VCARD\r\nEND:VCARD\r\n"), CalendarUnreadable, "does not answer with a calendar"),
        (Answer(status=302, headers={"Location": "/a.ics"}), CalendarUnreadable, "circle"),
        (Answer(script=hang), CalendarUnreachable, "too long"),
        (Answer(status=401), CalendarTokenExpired, "connect it again"),
        (Answer(status=410), CalendarUnreadable, "no calendar at this address"),
        (Answer(status=500), CalendarUnreachable, "trouble"),
    ],
    ids=lambda value: None if isinstance(value, Answer) else getattr(value, "__name__", value),
)
def test_a_bad_answer_ends_soon_and_in_words(read, answer, error, words):
    started = time.monotonic()
    with pytest.raises(error, match=words):
        read(answer)
    assert time.monotonic() - started < 15


def test_a_feed_of_eight_megabytes_within_the_limits_is_read(read):
    body = RUN.replace(b"SUMMARY:Run", b"SUMMARY:Run\r\nX-PADDING:" + b"x" * 7_500_000)
    assert read(Answer(body)) == ["Run"]


def test_a_feed_tells_its_name_with_its_events_and_nothing_while_nothing_changes(read):
    told = RUN.replace(b"VERSION:2.0", b"VERSION:2.0\r\nX-WR-CALNAME:Club")
    names = []
    for answer in (tagged(told, '"1"'), Answer(status=304), Answer(RUN)):
        read(answer)
        names.append(read.name)
    assert names == ["Club", None, ""]
