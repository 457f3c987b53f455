"""The way to Google's consent page and back, and choosing among what is behind it."""

from __future__ import annotations

import urllib.error
import urllib.request
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from athletes.models import CalendarConnection, TrainingEvent
from athletes.services.calendars import choose_calendars
from nutrition_site.kernel import clock
from nutrition_site.kernel.clock import today
from nutrition_site.kernel.errors import InvalidInput
from nutrition_site.kernel.models import AuditEntry
from tests.athletes.pages import keyed, shown, sign_in
from tests.athletes.providers.google_server import ACCOUNT, GoogleCalendar, GoogleServer, timed
from tests.markup import faults

pytestmark = pytest.mark.django_db
TEAM = "team#42@group.calendar.example.com"


@pytest.fixture
def google(settings):
    server = GoogleServer()
    settings.CALENDAR_PROVIDER_OPTIONS = {**settings.CALENDAR_PROVIDER_OPTIONS, "google_calendar": server.options}
    yield server
    server.close()


@pytest.fixture
def client(alice, google):
    return sign_in(alice)


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


def consent(location):
    """What a browser does at Google: the address that the consent page sends it to, as seen by this site."""
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.build_opener(_Stay).open(location, timeout=5)
    parts = urlsplit(caught.value.headers["Location"])
    assert parts.netloc == "testserver"
    return f"{parts.path}?{parts.query}"


def travel(client, path="/training/calendars/google"):
    """There and back: the answer of the page one comes back to."""
    return client.get(consent(client.get(path)["Location"]))


def put(google, identity, title, days=2, calendar=ACCOUNT):
    moment = datetime.combine(today("UTC") + timedelta(days=days), datetime.min.time(), tzinfo=UTC)
    google.calendars[calendar].put(timed(identity, title, moment + timedelta(hours=7)))


def told(client, answer):
    return shown(client.get(answer["Location"])).text


def test_the_button_is_shown_where_the_operator_has_registered_with_google(client, settings):
    for path in ("/training/calendars", "/start/calendar"):
        page = client.get(path)
        assert "Connect with Google" in shown(page).text
        assert faults(page.content.decode()) == {}
    settings.CALENDAR_PROVIDER_OPTIONS["google_calendar"]["client_id"] = ""
    assert "Connect with Google" not in shown(client.get("/training/calendars")).text


def test_without_a_registration_nobody_is_sent_anywhere(client, settings):
    settings.CALENDAR_PROVIDER_OPTIONS["google_calendar"]["client_id"] = ""
    assert client.get("/training/calendars/google")["Location"] == "/training/calendars"


def test_google_is_asked_for_lasting_reading_with_a_challenge_and_an_own_return_address(client):
    location = client.get("/training/calendars/google")["Location"]
    query = {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}
    assert len(query.pop("state")) >= 40
    assert len(query.pop("code_challenge")) == 43
    assert query == {
        "client_id": "athleat.apps.example.com",
        "redirect_uri": "http://testserver/training/calendars/google/return",
        "response_type": "code",
        "scope": "https://www.googleapis.com/auth/calendar.readonly",
        "access_type": "offline",
        "prompt": "consent",
        "code_challenge_method": "S256",
    }


def test_coming_back_connects_the_calendar_and_reads_it(client, google, athlete):
    put(google, "a", "Long run 90min Z2")
    answer = travel(client)
    assert "Calendar read: 1 new." in told(client, answer)
    calendar = athlete.calendars.get()
    assert (calendar.provider, calendar.status, calendar.credentials["account"]) == ("google_calendar", "ok", ACCOUNT)
    assert calendar.credentials["refresh_token"] in google.refresh_tokens
    assert athlete.training_events.get().title == "Long run 90min Z2"


def test_who_set_out_from_the_first_questions_comes_back_to_them(client, google):
    assert travel(client, "/training/calendars/google?from=start")["Location"] == "/start/calendar"


def test_no_token_is_on_any_page_or_in_the_record_of_what_was_done(client, google, athlete, caplog):
    answer = travel(client)
    credentials = athlete.calendars.get().credentials
    seen = client.get(answer["Location"]).content.decode() + client.get("/training/calendars").content.decode()
    seen += caplog.text + repr(list(AuditEntry.objects.values())) + repr(CalendarConnection.objects.get())
    assert [name for name in ("oauth_token", "refresh_token") if credentials[name] in seen] == []


def test_saying_no_at_google_changes_nothing(client, google, athlete):
    google.consents = False
    assert "Google was not connected: it was not allowed there." in told(client, travel(client))
    assert not athlete.calendars.exists()


def test_the_same_return_counts_once(client, google, athlete):
    path = consent(client.get("/training/calendars/google")["Location"])
    client.get(path)
    asked = len(google.asked("/token"))
    assert "too old or was used already" in told(client, client.get(path))
    assert (athlete.calendars.count(), len(google.asked("/token"))) == (1, asked)


def test_a_return_that_this_session_did_not_set_out_for_is_refused(client, google, sam):
    path = consent(client.get("/training/calendars/google")["Location"])
    other = sign_in(sam)
    assert "too old or was used already" in told(other, other.get(path))
    assert not CalendarConnection.objects.exists()


def test_a_return_after_ten_minutes_is_refused(client, google, monkeypatch):
    path = consent(client.get("/training/calendars/google")["Location"])
    late = clock.now() + timedelta(minutes=10, seconds=1)
    monkeypatch.setattr("athletes.views.connect.now", lambda: late)
    assert "too old or was used already" in told(client, client.get(path))
    assert not CalendarConnection.objects.exists()


def test_a_state_that_was_made_up_is_refused(client, google):
    answer = client.get("/training/calendars/google/return?" + urlencode({"state": "x" * 43, "code": "4/x"}))
    assert "too old or was used already" in told(client, answer)


def test_two_windows_may_be_on_their_way_at_once(client, google, athlete):
    first, second = (client.get("/training/calendars/google")["Location"] for _ in range(2))
    client.get(consent(first))
    assert "is too old or was used already" not in told(client, client.get(consent(second)))
    assert athlete.calendars.count() == 1


def test_a_code_of_somebody_elses_journey_is_refused_by_its_challenge(client, google, sam):
    other = sign_in(sam)
    stolen = parse_qs(urlsplit(consent(other.get("/training/calendars/google")["Location"])).query)["code"][0]
    own = parse_qs(urlsplit(client.get("/training/calendars/google")["Location"]).query)["state"][0]
    answer = client.get("/training/calendars/google/return?" + urlencode({"state": own, "code": stolen}))
    assert "Google did not let us read the calendar." in told(client, answer)
    assert not CalendarConnection.objects.exists()


def test_a_consent_without_the_box_for_calendars_is_not_enough(client, google):
    google.scope = "openid"
    assert "Google did not let us read the calendar." in told(client, travel(client))
    assert not CalendarConnection.objects.exists()


def test_a_consent_that_would_end_within_the_hour_is_not_enough(client, google):
    google.gives_refresh_token = False
    assert "Google did not let us read the calendar." in told(client, travel(client))
    assert not CalendarConnection.objects.exists()


@pytest.mark.parametrize("how", ["500", "429", "half", "garbage", "down"])
def test_google_in_trouble_is_told_on_the_calendars_page(how, client, google):
    path = consent(client.get("/training/calendars/google")["Location"])
    google.http.fail(how)
    assert "Google was not connected." in told(client, client.get(path))
    assert not CalendarConnection.objects.exists()


def test_a_full_plan_is_told_before_anybody_is_sent_to_google(client, google, athlete):
    for number in range(5):
        CalendarConnection.objects.create(athlete=athlete, provider="ical", credentials={"url": f"http://e/{number}"})
    answer = client.get("/training/calendars/google")
    assert answer["Location"] == "/training/calendars"
    assert "Your plan includes 5 calendars." in told(client, answer)


def test_one_click_connects_a_refused_calendar_again_and_keeps_its_events(client, google, athlete):
    put(google, "a", "Long run 90min Z2")
    travel(client)
    calendar, event = athlete.calendars.get(), athlete.training_events.get()
    google.withdraw()
    client.post(f"/training/calendars/{calendar.pk}/sync", keyed())
    calendar.refresh_from_db()
    assert calendar.status == "reconnect"
    put(google, "b", "Swim 2 km", 3)
    assert "Calendar read: 1 new." in told(client, travel(client, f"/training/calendars/{calendar.pk}/reconnect"))
    assert athlete.calendars.get().pk == calendar.pk
    assert athlete.training_events.get(external_id="a").pk == event.pk
    assert athlete.calendars.get().status == "ok"


def test_connecting_the_same_account_again_renews_it_and_doubles_nothing(client, google, athlete):
    put(google, "a", "Long run 90min Z2")
    travel(client)
    before = athlete.calendars.get()
    travel(client)
    after = athlete.calendars.get()
    assert after.pk == before.pk
    assert after.credentials["refresh_token"] != before.credentials["refresh_token"]
    assert athlete.training_events.count() == 1


def test_another_account_is_another_calendar_even_while_one_waits(client, google, athlete):
    CalendarConnection.objects.create(
        athlete=athlete,
        provider="google_calendar",
        status="reconnect",
        credentials={"oauth_token": "old", "refresh_token": "old", "account": "else@example.com"},
    )
    travel(client)
    assert sorted(row.status for row in athlete.calendars.all()) == ["ok", "reconnect"]


def test_a_waiting_calendar_that_names_no_account_takes_the_grant(client, google, athlete):
    waiting = CalendarConnection.objects.create(
        athlete=athlete, provider="google_calendar", status="reconnect", credentials={"oauth_token": "ya29.old"}
    )
    travel(client)
    assert athlete.calendars.get().pk == waiting.pk


def test_connecting_another_provider_again_leads_to_its_form(client, athlete):
    feed = CalendarConnection.objects.create(
        athlete=athlete, provider="ical", status="reconnect", credentials={"url": "http://example.org/a.ics"}
    )
    answer = client.get(f"/training/calendars/{feed.pk}/reconnect")
    assert answer["Location"] == f"/training/calendars?again={feed.pk}#connect-ical"


def test_an_account_with_several_calendars_leads_to_the_choice(client, google, athlete):
    google.calendars[TEAM] = GoogleCalendar("Team <training>")
    answer = travel(client)
    calendar = athlete.calendars.get()
    assert answer["Location"] == f"/training/calendars/{calendar.pk}/choose"
    page = client.get(answer["Location"])
    assert "Team <training>" in shown(page).text
    assert faults(page.content.decode()) == {}


def test_choosing_reads_what_is_chosen_and_forgets_the_rest(client, google, athlete):
    google.calendars[TEAM] = GoogleCalendar("Team")
    put(google, "a", "Long run 90min Z2")
    put(google, "t", "Track 8x400", 3, TEAM)
    travel(client)
    calendar = athlete.calendars.get()
    answer = client.post(f"/training/calendars/{calendar.pk}/choose", keyed(selection=[TEAM]))
    assert answer["Location"] == "/training/calendars"
    assert "Calendar read: 1 new, 1 removed." in told(client, answer)
    assert [row.title for row in TrainingEvent.objects.all()] == ["Track 8x400"]
    assert shown(client.get(f"/training/calendars/{calendar.pk}/choose")).all("input")


def test_a_calendar_that_is_not_behind_the_connection_is_refused_beside_the_choice(client, google, athlete):
    google.calendars[TEAM] = GoogleCalendar("Team")
    travel(client)
    calendar = athlete.calendars.get()
    answer = client.post(f"/training/calendars/{calendar.pk}/choose", keyed(selection=["boss@example.com"]))
    assert answer.status_code == 422
    assert "This connection has no such calendar." in shown(answer).text
    assert athlete.calendars.get().selection == []


@pytest.fixture
def connected(athlete):
    rows = [{"id": "primary", "name": "Main"}, *({"id": f"c{n}", "name": f"C{n}"} for n in range(12))]
    return CalendarConnection.objects.create(
        athlete=athlete, provider="google_calendar", credentials={"oauth_token": "t"}, available=rows, status="ok"
    )


def path_of(calendar):
    return f"/v1/athletes/{calendar.athlete_id}/calendars/{calendar.pk}"


def test_the_api_chooses_and_shows_what_is_chosen(api, alice, connected):
    answer = api(alice).patch(path_of(connected), {"selection": ["c1", "primary", "c1"]})
    assert (answer.status_code, answer.json()["selection"]) == (200, ["c1", "primary"])
    assert answer.json()["available"][0] == {"id": "primary", "name": "Main"}
    connected.refresh_from_db()
    assert connected.next_sync_at <= clock.now()


def test_the_api_takes_an_empty_choice_for_the_main_calendar(api, alice, connected):
    client = api(alice)
    client.patch(path_of(connected), {"selection": ["c1"]})
    assert client.patch(path_of(connected), {"selection": []}).json()["selection"] == []


@pytest.mark.parametrize(
    ("selection", "code"),
    [(["nobody"], "invalid"), ([f"c{n}" for n in range(11)], "invalid"), ("c1", "invalid"), ([7], "invalid")],
)
def test_the_api_refuses_a_choice_that_is_none(api, alice, connected, selection, code):
    answer = api(alice).patch(path_of(connected), {"selection": selection})
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, code)
    connected.refresh_from_db()
    assert connected.selection == []


def test_a_coach_sees_neither_the_other_calendars_nor_the_choice(api, carol, connected):
    row = api(carol).get(path_of(connected)).json()
    assert (row["available"], row["selection"]) == ([], [])
    listed = api(carol).get(path_of(connected).rpartition("/")[0]).json()["items"][0]
    assert (listed["available"], listed["selection"]) == ([], [])


def test_choosing_the_same_again_reads_nothing_anew(alice, connected):
    chosen = choose_calendars(by=alice, calendar=connected, selection=["c1"])
    CalendarConnection.objects.filter(pk=chosen.pk).update(next_sync_at=None)
    assert choose_calendars(by=alice, calendar=connected, selection=["c1"]).next_sync_at is None


def test_a_connection_whose_calendars_are_not_known_yet_has_nothing_to_choose(alice, connected):
    CalendarConnection.objects.filter(pk=connected.pk).update(available=[])
    with pytest.raises(InvalidInput):
        choose_calendars(by=alice, calendar=connected, selection=["primary"])
