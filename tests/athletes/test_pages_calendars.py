"""Calendars on their page: connect, read, what failed and why, remove."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from athletes.calendars.google import GoogleCalendarProvider
from athletes.calendars.protocol import CalendarTokenExpired
from athletes.models import CalendarConnection, TrainingEvent
from athletes.services.events import create_event
from athletes.views.calendars import FORMS
from nutrition_site.kernel.clock import today
from tests.athletes.feeds import Answer, feed_server
from tests.athletes.pages import keyed, shown, sign_in
from tests.athletes.providers.google_server import GoogleServer
from tests.athletes.providers.loopback import Loopback, Said
from tests.athletes.test_google_connect import travel
from tests.markup import faults

pytestmark = pytest.mark.django_db


def feed(day: dt.date, *titles: str) -> bytes:
    """A calendar with one timed event a title, on one day after another."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//tests//EN"]
    for number, title in enumerate(titles):
        start = f"{day + dt.timedelta(number):%Y%m%d}T060000Z"
        lines += ["BEGIN:VEVENT", f"UID:e{number}@example.org", f"DTSTART:{start}", f"SUMMARY:{title}", "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


@pytest.fixture
def client(alice):
    return sign_in(alice)


def connecting(url: str) -> dict[str, str]:
    return keyed(**{"provider": "ical", "ical-url": url})


def test_connecting_reads_the_calendar_at_once(client, athlete):
    day = today(athlete.timezone)
    with feed_server(cal=Answer(feed(day, "Run 60 min", "Rest"))) as server:
        answer = client.post("/training/calendars/connect", connecting(f"{server.url}/cal"))
        page = client.get(answer["Location"])
    assert (answer.status_code, answer["Location"]) == (303, "/training/calendars")
    assert "Calendar read: 2 new." in shown(page).text
    assert "Connected" in shown(page).text
    assert athlete.training_events.count() == 2


def test_the_first_questions_end_with_the_sessions_that_were_found(client, athlete):
    day = today(athlete.timezone) + dt.timedelta(days=1)
    with feed_server(cal=Answer(feed(day, "Long run 90min Z2"))) as server:
        answer = client.post("/start/calendar", connecting(f"{server.url}/cal"))
        page = client.get(answer["Location"])
    assert answer["Location"] == "/start/calendar"
    assert "Long run 90min Z2" in shown(page).text
    assert faults(page.content.decode()) == {}


def test_connecting_twice_connects_once(client, athlete):
    with feed_server(cal=Answer(feed(today(athlete.timezone), "Run 60 min"))) as server:
        sent = connecting(f"{server.url}/cal")
        answers = [client.post("/training/calendars/connect", sent) for _ in range(2)]
    assert {answer["Location"] for answer in answers} == {"/training/calendars"}
    assert athlete.calendars.count() == 1


def test_the_same_address_again_is_refused_in_words_and_kept_in_the_field(client, athlete):
    with feed_server(cal=Answer(feed(today(athlete.timezone), "Run 60 min"))) as server:
        client.post("/training/calendars/connect", connecting(f"{server.url}/cal"))
        answer = client.post("/training/calendars/connect", connecting(f"{server.url}/cal"))
    assert answer.status_code == 422
    assert "This calendar is connected already." in shown(answer).text
    assert shown(answer).value_of("ical-url") == f"{server.url}/cal"


def test_a_page_that_is_no_calendar_is_connected_and_says_why_it_cannot_be_read(client, athlete):
    with feed_server(cal=Answer(b"<html><body>Please sign in</body></html>")) as server:
        page = client.get(client.post("/training/calendars/connect", connecting(f"{server.url}/cal"))["Location"])
    calendar = athlete.calendars.get()
    assert calendar.status == "error"
    assert calendar.status_reason in shown(page).text
    assert "Sessions read earlier" not in shown(page).text
    assert "Cannot be read" in shown(page).text


@pytest.mark.parametrize(
    "url", ["", "nonsense", "ftp://example.org/a.ics", "https://user:pass@example.org/a.ics", "x" * 3000]
)
def test_an_address_that_is_none_is_refused_beside_its_field(url, client, athlete):
    answer = client.post("/training/calendars/connect", connecting(url))
    assert answer.status_code == 422
    assert "id_ical-url_error" in answer.content.decode()
    assert faults(answer.content.decode()) == {}
    assert not athlete.calendars.exists()


REFUSALS = {
    "ical": ({"url": "{url}/cal"}, "does not let us read this address"),
    "google_calendar": ({"oauth_token": "ya29.hush-hush"}, "Google does not accept this token"),
    "caldav": (
        {"url": "{url}/cal", "username": "maja", "password": "hush-hush"},
        "does not accept this user name and password",
    ),
    "intervals_icu": ({"api_key": "hush-hush", "athlete_id": "i123"}, "Intervals.icu does not accept this key"),
}


@pytest.fixture
def refusing(settings):
    """A server that refuses whatever is asked; every provider asks there."""
    server = Loopback(lambda asked: Said(401))
    options = settings.CALENDAR_PROVIDER_OPTIONS
    settings.CALENDAR_PROVIDER_OPTIONS = {name: {**options[name], "base_url": server.url} for name in options}
    yield server
    server.close()


@pytest.mark.parametrize("provider", REFUSALS)
def test_a_first_reading_that_is_refused_leaves_nothing_but_the_form(provider, client, athlete, refusing):
    fields, words = REFUSALS[provider]
    prefix = FORMS[provider][1]
    typed = {f"{prefix}-{name}": value.format(url=refusing.url) for name, value in fields.items()}
    answer = client.post("/training/calendars/connect", keyed(provider=provider, **typed))
    page = shown(answer)
    assert (answer.status_code, words in page.text, athlete.calendars.exists()) == (422, True, False)
    assert "hush-hush" not in answer.content.decode()
    kept = {name: value for name, value in typed.items() if "hush-hush" not in value}
    assert {name: page.value_of(name) for name in kept} == kept
    assert faults(answer.content.decode()) == {}


def test_nothing_is_left_to_be_connected_again_after_a_first_reading_was_refused(client, athlete, refusing):
    answer = client.post("/start/calendar", connecting(f"{refusing.url}/cal"))
    assert (answer.status_code, "does not let us read this address" in shown(answer).text) == (422, True)
    assert "must be connected again" not in shown(client.get("/settings/profile")).text
    assert not athlete.notices.exists()


def test_a_grant_of_google_that_reads_nothing_leaves_nothing(client, athlete, settings, monkeypatch):
    def refuse(provider, context):
        raise CalendarTokenExpired()

    monkeypatch.setattr(GoogleCalendarProvider, "fetch", refuse)
    google = GoogleServer()
    settings.CALENDAR_PROVIDER_OPTIONS = {**settings.CALENDAR_PROVIDER_OPTIONS, "google_calendar": google.options}
    try:
        answer = travel(client)
    finally:
        google.close()
    assert answer["Location"] == "/training/calendars"
    assert "Google was not connected." in shown(client.get(answer["Location"])).text
    assert not athlete.calendars.exists()


def test_the_same_form_may_be_sent_again_after_a_refusal(client, athlete):
    with feed_server(cal=Answer(status=401)) as server:
        sent = connecting(f"{server.url}/cal")
        assert client.post("/training/calendars/connect", sent).status_code == 422
        server.answers["/cal"] = Answer(feed(today(athlete.timezone), "Run 60 min"))
        assert client.post("/training/calendars/connect", sent).status_code == 303
    assert athlete.calendars.get().status == "ok"


def test_a_calendar_that_worked_stays_when_its_new_address_is_refused(client, athlete):
    with feed_server(old=Answer(feed(today(athlete.timezone), "Run 60 min")), new=Answer(status=401)) as server:
        client.post("/training/calendars/connect", connecting(f"{server.url}/old"))
        row = athlete.calendars.get()
        CalendarConnection.objects.filter(pk=row.pk).update(status="reconnect")
        client.post("/training/calendars/connect", {**connecting(f"{server.url}/new"), "again": row.pk})
    row.refresh_from_db()
    assert (row.status, athlete.training_events.count()) == ("reconnect", 1)


def test_calendars_of_one_name_are_told_apart_by_when_they_were_connected(client, athlete):
    made = {}
    for month, label in ((3, "Club (x.example)"), (4, "Club (x.example)"), (5, "Other (x.example)")):
        row = CalendarConnection.objects.create(athlete=athlete, provider="ical", label=label, status="error")
        moment = dt.datetime(2026, month, 3, 12, 0, tzinfo=dt.UTC)
        CalendarConnection.objects.filter(pk=row.pk).update(created_at=moment)
        made[month] = row.pk
    text = shown(client.get("/training/calendars")).text
    said = {month: f"connected 3 {name}" in text for month, name in ((3, "March"), (4, "April"), (5, "May"))}
    assert said == {3: True, 4: True, 5: False}
    removing = {
        month: "was connected 3" in shown(client.get(f"/training/calendars/{made[month]}/remove")).text
        for month in made
    }
    assert removing == {3: True, 4: True, 5: False}
    assert "connected 3 April" in shown(client.get(f"/training/calendars?again={made[4]}")).text


@pytest.mark.parametrize(
    ("first", "words"),
    [
        ("primary", "If you choose none, the main calendar is read: Maja."),
        ("1a2b", "If you choose none, all of them are read."),
    ],
)
def test_choosing_says_what_is_read_when_none_is_chosen(first, words, client, athlete):
    available = [{"id": first, "name": "Maja"}, {"id": "team", "name": "Team"}]
    row = CalendarConnection.objects.create(athlete=athlete, provider="google_calendar", available=available)
    assert words in shown(client.get(f"/training/calendars/{row.pk}/choose")).text


def test_an_unknown_provider_connects_nothing(client, athlete):
    answer = client.post("/training/calendars/connect", keyed(provider="carrier-pigeon"))
    assert (answer.status_code, athlete.calendars.exists()) == (422, False)


def test_a_token_is_never_shown_again(client, athlete):
    fields = keyed(**{"provider": "google_calendar", "google-oauth_token": ""})
    assert client.post("/training/calendars/connect", fields).status_code == 422
    CalendarConnection.objects.create(
        athlete=athlete, provider="google_calendar", credentials={"oauth_token": "ya29.x"}
    )
    assert "ya29.x" not in client.get("/training/calendars").content.decode()


def test_reading_now_says_what_has_changed(client, athlete):
    day = today(athlete.timezone)
    answers = [Answer(feed(day, "Run 60 min", "Rest")), Answer(feed(day, "Run 75 min"))]
    with feed_server(cal=lambda path, headers: answers.pop(0)) as server:
        client.post("/training/calendars/connect", connecting(f"{server.url}/cal"))
        client.get("/training/calendars")
        sync = reverse("calendar_sync", args=[athlete.calendars.get().pk])
        page = client.get(client.post(sync, keyed())["Location"])
    assert "Calendar read: 1 changed, 1 removed." in shown(page).text


def test_who_reads_a_calendar_on_the_way_to_the_first_plan_stays_on_that_way(client, athlete):
    day = today(athlete.timezone)
    with feed_server(cal=lambda path, headers: Answer(feed(day, "Run 60 min"))) as server:
        client.post("/training/calendars/connect", connecting(f"{server.url}/cal"))
        sync = reverse("calendar_sync", args=[athlete.calendars.get().pk])
        came_from = shown(client.get("/start/calendar")).value_of("from")
        answers = [client.post(sync, keyed(**{"from": name}))["Location"] for name in (came_from, "")]
    assert answers == ["/start/calendar", "/training/calendars"]


def test_a_refused_feed_gets_its_new_address_and_counts_nothing_twice(client, athlete):
    day = today(athlete.timezone)
    with feed_server(old=Answer(feed(day, "Run 60 min")), new=Answer(feed(day, "Run 60 min"))) as server:
        client.post("/training/calendars/connect", connecting(f"{server.url}/old"))
        row = athlete.calendars.get()
        CalendarConnection.objects.filter(pk=row.pk).update(status="reconnect")
        page = client.get(f"/training/calendars?again={row.pk}")
        client.post("/training/calendars/connect", {**connecting(f"{server.url}/new"), "again": row.pk})
    assert shown(page).value_of("again") == row.pk
    assert athlete.calendars.get().credentials == {"url": f"{server.url}/new"}
    assert athlete.training_events.count() == 1


def test_a_feed_that_is_gone_can_be_given_its_new_address(client, athlete):
    row = CalendarConnection.objects.create(athlete=athlete, provider="ical", label="example.org", status="error")
    page = client.get("/training/calendars").content.decode()
    assert f'href="/training/calendars?again={row.pk}#connect-ical"' in page
    assert faults(client.get(f"/training/calendars?again={row.pk}").content.decode()) == {}


def test_a_calendar_that_is_well_is_not_replaced_by_another_address(client, athlete):
    day = today(athlete.timezone)
    with feed_server(one=Answer(feed(day, "Run 60 min")), two=Answer(feed(day, "Swim 30 min"))) as server:
        client.post("/training/calendars/connect", connecting(f"{server.url}/one"))
        well = athlete.calendars.get()
        client.post("/training/calendars/connect", {**connecting(f"{server.url}/two"), "again": well.pk})
    assert athlete.calendars.count() == 2


def test_a_calendar_that_does_not_answer_keeps_its_sessions(client, athlete):
    day = today(athlete.timezone)
    with feed_server(cal=Answer(feed(day, "Run 60 min"))) as server:
        client.post("/training/calendars/connect", connecting(f"{server.url}/cal"))
    sync = reverse("calendar_sync", args=[athlete.calendars.get().pk])
    page = client.get(client.post(sync, keyed())["Location"])
    assert "Sessions read earlier stay as they are." in shown(page).text
    assert athlete.training_events.count() == 1


def test_removing_asks_and_then_takes_the_sessions_to_come(client, athlete):
    day = today(athlete.timezone)
    calendar = CalendarConnection.objects.create(athlete=athlete, provider="ical", label="example.org")
    for offset in (-2, 0, 2):
        event = create_event(
            by=athlete.user, athlete=athlete, values={"title": "Run 60 min", "starts_at": day + dt.timedelta(offset)}
        )
        TrainingEvent.objects.filter(pk=event.pk).update(calendar=calendar, external_id=f"e{offset}")
    path = reverse("calendar_remove", args=[calendar.pk])
    assert "Remove example.org?" in shown(client.get(path)).text
    assert athlete.calendars.exists()
    page = client.get(client.post(path, keyed())["Location"])
    assert "with 2 sessions from today on" in shown(page).text
    assert (athlete.calendars.exists(), athlete.training_events.count()) == (False, 1)


def test_a_calendar_to_be_connected_again_says_when_it_was_read(client, athlete):
    CalendarConnection.objects.create(
        athlete=athlete,
        provider="google_calendar",
        status="reconnect",
        status_reason="Google asks you to sign in again.",
        last_synced_at=timezone.now() - dt.timedelta(days=1),
    )
    text = shown(client.get("/training/calendars")).text
    assert "Google asks you to sign in again." in text
    assert "yesterday" in text
    assert "Connect it again" in text
    assert "Google asks you to sign in again." in shown(client.get("/training")).text


def test_one_calendar_more_than_the_subscription_holds_is_refused_in_words(client, athlete):
    for number in range(5):
        CalendarConnection.objects.create(athlete=athlete, provider="ical", credentials={"url": f"https://x/{number}"})
    answer = client.post("/training/calendars/connect", connecting("https://example.org/a.ics"))
    assert answer.status_code == 422
    assert "Your plan includes 5 calendars." in shown(answer).text
