"""New credentials for a connection that is named, by the API."""

from __future__ import annotations

import pytest

from athletes.models import CalendarConnection
from athletes.services.sync import sync_calendar
from tests.athletes.feeds import Answer, calendar, feed_server
from tests.factories import make_athlete

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("late_november")]
RUN = calendar("UID:a\nDTSTART:20261014T070000Z\nSUMMARY:Run")
NEW = "https://feeds.example.org/new.ics"


@pytest.fixture
def post(api, alice, athlete):
    """Connects a calendar of Alice's; answers with status and body."""

    def send(**fields):
        answer = api(alice).post(f"/v1/athletes/{athlete.pk}/calendars", {"provider": "ical", "url": NEW, **fields})
        return answer.status_code, answer.json()

    return send


@pytest.fixture
def old(athlete):
    """A feed that was read, whose address is no longer good."""
    return CalendarConnection.objects.create(
        athlete=athlete,
        provider="ical",
        label="Club (old.example.org)",
        credentials={"url": "https://old.example.org/secret.ics"},
        status="error",
    )


def test_the_connection_that_is_named_gets_the_credentials_and_keeps_its_id(post, old, athlete):
    status, body = post(calendar_id=old.pk)
    row = athlete.calendars.get()
    assert (status, body["id"], body["status"], body["label"]) == (201, old.pk, "pending", "Club (feeds.example.org)")
    assert row.credentials == {"url": NEW}


def test_its_sessions_do_not_count_twice(post, athlete):
    with feed_server(old=Answer(RUN), new=Answer(RUN)) as server:
        first = post(url=f"{server.url}/old")[1]["id"]
        sync_calendar(calendar_id=first)
        sync_calendar(calendar_id=post(url=f"{server.url}/new", calendar_id=first)[1]["id"])
    assert (athlete.calendars.count(), athlete.training_events.count()) == (1, 1)


def test_a_subscription_that_is_full_does_not_stand_in_the_way(post, old, athlete):
    for number in range(4):
        CalendarConnection.objects.create(athlete=athlete, provider="ical", credentials={"url": f"https://x/{number}"})
    assert post(url="https://feeds.example.org/sixth.ics")[0] == 402
    assert post(calendar_id=old.pk)[0] == 201


def test_a_full_subscription_is_told_before_anything_else_is_wrong(post, athlete):
    for number in range(5):
        CalendarConnection.objects.create(athlete=athlete, provider="ical", credentials={"url": f"https://x/{number}"})
    assert (post(url="nonsense")[0], post(url="nonsense", calendar_id="cal_x")[0]) == (402, 404)


@pytest.mark.parametrize("calendar_id", ["cal_01m7z69s47eb68t9yx3r2r1gmj", "nonsense", "cal_"])
def test_a_connection_that_is_not_there_is_not_found(post, calendar_id, athlete):
    assert (post(calendar_id=calendar_id)[0], athlete.calendars.count()) == (404, 0)


def test_the_connection_of_somebody_else_is_not_found(post):
    theirs = {"url": "https://old.example.org/theirs.ics"}
    foreign = CalendarConnection.objects.create(athlete=make_athlete(), provider="ical", credentials=theirs)
    assert post(calendar_id=foreign.pk)[0] == 404
    foreign.refresh_from_db()
    assert foreign.credentials == theirs


def test_the_credentials_of_another_provider_are_refused(post, old):
    status, body = post(provider="caldav", username="maja", password="secret", calendar_id=old.pk)
    assert (status, body["error"]["details"]) == (
        400,
        [{"field": "provider", "message": "This calendar is connected with ical."}],
    )
    old.refresh_from_db()
    assert old.credentials == {"url": "https://old.example.org/secret.ics"}


@pytest.mark.parametrize("calendar_id", ["", None, 5, ["cal_x"]])
def test_what_is_no_id_is_refused(post, calendar_id, athlete):
    status, body = post(calendar_id=calendar_id)
    assert (status, body["error"]["details"][0]["field"], athlete.calendars.count()) == (400, "calendar_id", 0)


def test_a_first_reading_that_is_refused_keeps_the_row_and_says_so(post, athlete):
    with feed_server(cal=Answer(status=401)) as server:
        status, body = post(url=f"{server.url}/cal")
        with pytest.raises(Exception, match="no longer open to us"):
            sync_calendar(calendar_id=body["id"])
    assert (status, athlete.calendars.get().status, athlete.notices.exists()) == (201, "reconnect", False)
