"""What a connection is called: by its host, and by the name that its source has for itself."""

from __future__ import annotations

from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from athletes.calendars.protocol import CalendarUnreachable, FetchResult
from athletes.models import CalendarConnection
from athletes.services.calendars import connect_calendar, label_with_name, label_without_name
from athletes.services.sync import sync_calendar
from nutrition_site.kernel.entitlements import Entitlements
from tests.athletes.feeds import Answer, calendar, feed_server
from tests.athletes.scripted import add_calendar, install

pytestmark = pytest.mark.django_db
RUN = "UID:a\nDTSTART:20261014T070000Z\nSUMMARY:Run"


def feed(name=""):
    return Answer(calendar(RUN).replace(b"VERSION:2.0", f"VERSION:2.0\r\nX-WR-CALNAME:{name}".encode()))


@pytest.fixture
def provider(settings):
    return install(settings)


@pytest.fixture
def add(athlete, provider):
    return partial(add_calendar, athlete)


@pytest.fixture
def connect(alice, athlete):
    return partial(
        connect_calendar, by=alice, athlete=athlete, provider="ical", entitlements=Entitlements(), again=None
    )


def label_after(row, provider, answer):
    provider.answers[row.credentials["name"]] = answer
    sync_calendar(calendar_id=row.pk)
    row.refresh_from_db()
    return row.label


def test_two_feeds_of_one_service_are_told_apart_by_their_own_names(connect):
    with feed_server(one=feed("Club runs"), two=feed("Coach Maja")) as server:
        for path in ("one", "two"):
            sync_calendar(calendar_id=connect(fields={"url": f"{server.url}/{path}?key=hush"}).pk)
    labels = list(CalendarConnection.objects.order_by("created_at").values_list("label", flat=True))
    assert labels == ["Club runs (127.0.0.1)", "Coach Maja (127.0.0.1)"]


def test_a_feed_without_a_name_is_called_by_its_host(connect):
    with feed_server(one=feed()) as server:
        row = connect(fields={"url": f"{server.url}/one"})
        sync_calendar(calendar_id=row.pk)
    row.refresh_from_db()
    assert row.label == "127.0.0.1"


def test_a_name_stays_while_new_credentials_wait_to_be_read(connect):
    with feed_server(old=feed("Club runs"), new=feed("Club runs")) as server:
        row = connect(fields={"url": f"{server.url}/old"})
        sync_calendar(calendar_id=row.pk)
        row.refresh_from_db()
        again = connect(fields={"url": "https://feeds.example.org/new.ics"}, again=row)
    assert (again.pk, again.label) == (row.pk, "Club runs (feeds.example.org)")


def test_a_new_name_replaces_the_old_one_and_none_takes_it_away(add, provider):
    row = add("Coach")
    labels = [label_after(row, provider, FetchResult([], {"seen": 1}, name=name)) for name in ("Club", "Team", "")]
    assert labels == ["Club (Coach)", "Team (Coach)", "Coach"]


def test_a_source_that_tells_no_name_leaves_the_known_one(add, provider):
    row = add("Coach")
    label_after(row, provider, FetchResult([], {"seen": 1}, name="Club"))
    assert label_after(row, provider, FetchResult([], {"seen": 2})) == "Club (Coach)"


def test_a_name_alone_is_news_and_costs_nothing_once_it_is_known(add, provider, django_assert_num_queries):
    row = add("Coach")
    assert label_after(row, provider, FetchResult(None, {"seen": 1}, name="Club")) == "Club (Coach)"
    provider.answers["Coach"] = FetchResult(None, {"seen": 1})
    with CaptureQueriesContext(connection) as nothing_new:
        sync_calendar(calendar_id=row.pk)
    provider.answers["Coach"] = FetchResult(None, {"seen": 1}, name="Club")
    with django_assert_num_queries(len(nothing_new)):
        sync_calendar(calendar_id=row.pk)


def test_a_label_that_somebody_gave_stays(add, provider):
    row = add("Coach")
    CalendarConnection.objects.filter(pk=row.pk).update(label="Training of Maja (demo)")
    assert label_after(row, provider, FetchResult([], {}, name="Club")) == "Training of Maja (demo)"


def test_a_failure_leaves_the_name(add, provider):
    row = add("Coach")
    label_after(row, provider, FetchResult([], {"seen": 1}, name="Club"))
    with pytest.raises(CalendarUnreachable):
        label_after(row, provider, CalendarUnreachable())
    row.refresh_from_db()
    assert row.label == "Club (Coach)"


@pytest.mark.parametrize(
    ("name", "host", "label"),
    [
        ("", "a.example", "a.example"),
        ("a.example", "a.example", "a.example"),
        ("Club (2026)", "a.example", "Club (2026) (a.example)"),
        ("x" * 200, "a.example", "x" * 187 + "… (a.example)"),
        ("Club", "h" * 200, "h" * 200),
    ],
)
def test_a_name_stands_before_the_host_as_far_as_there_is_room(name, host, label):
    assert (label_with_name(label=host, name=name), len(label) <= 200) == (label, True)


@pytest.mark.parametrize(
    ("label", "plain"), [("Club (2026) (a.example)", "a.example"), ("Google Calendar", "Google Calendar"), ("", "")]
)
def test_a_label_without_the_name_is_what_the_provider_calls_it(label, plain):
    assert label_without_name(label) == plain
