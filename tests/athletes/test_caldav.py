"""CalDAV, read from a real Radicale on the loopback; what other servers do differently is played by a proxy."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from athletes.calendars import caldav
from athletes.calendars.caldav import CaldavProvider
from athletes.calendars.caldav_xml import read_multistatus
from athletes.calendars.ical import parse_calendar
from athletes.calendars.protocol import CalendarTokenExpired, CalendarUnreachable, CalendarUnreadable, FetchContext
from athletes.calendars.resources import join_resources
from athletes.models import CalendarConnection, TrainingEvent
from nutrition_site.kernel import http
from nutrition_site.kernel.clock import today
from nutrition_site.kernel.errors import InvalidInput
from tests.athletes.pages import keyed, shown, sign_in
from tests.athletes.providers.caldav_world import PASSWORD, CaldavWorld
from tests.athletes.providers.loopback import Loopback, Said
from tests.markup import faults

ZONE = ZoneInfo("Europe/Belgrade")
FIRST, LAST = date(2026, 6, 1), date(2026, 6, 30)
GOOD = {"url": "https://dav.example.org/", "username": "alice", "password": "secret words"}
XML = {"content-type": "application/xml; charset=utf-8"}


@pytest.fixture
def world():
    running = CaldavWorld()
    yield running
    running.close()


@pytest.fixture(autouse=True)
def _short_patience(monkeypatch):
    limits = http.FetchLimits(connect_seconds=1, read_seconds=0.5, total_seconds=1, max_bytes=8_000_000)
    monkeypatch.setattr(caldav, "LIMITS", limits)


def at(day, hour=7):
    return datetime(2026, 6, day, hour, tzinfo=ZONE)


def context(world, state=None, url=None, last=LAST, **more):
    credentials = {**world.credentials(), **({"url": url} if url else {})}
    return FetchContext(credentials, state or {}, FIRST, last, "Europe/Belgrade", True, **more)


def fetch(world, state=None, url=None, **more):
    return CaldavProvider().fetch(context(world, state, url, **more))


def titles(result):
    return sorted(event.title for event in result.events)


def methods(world, since):
    return [asked.method for asked in world.proxy.requests[since:]]


def account(world):
    return f"{world.proxy.url}/{world.user}/"


def test_timed_all_day_and_repeated_events_are_read(world):
    world.put("a", "Run 60min", at(3))
    world.put("d", "Rest", date(2026, 6, 7))
    world.put_weekly("s", "Swim", at(2, 18), 45, 3)
    world.move_occurrence("s", 1, at(10, 18))
    found = [(event.title, event.starts_at) for event in fetch(world).events]
    assert sorted(found, key=str) == sorted(
        [
            ("Run 60min", datetime(2026, 6, 3, 5, tzinfo=UTC)),
            ("Rest", date(2026, 6, 7)),
            ("Swim", datetime(2026, 6, 2, 16, tzinfo=UTC)),
            ("Swim", datetime(2026, 6, 10, 16, tzinfo=UTC)),
            ("Swim", datetime(2026, 6, 16, 16, tzinfo=UTC)),
        ],
        key=str,
    )


def test_when_nothing_changed_one_request_says_so(world):
    world.put("a", "Run 60min", at(3))
    first = fetch(world)
    before = world.calls()
    second = fetch(world, first.sync_state)
    assert (second.events, second.sync_state, methods(world, before)) == (None, first.sync_state, ["REPORT"])


def test_a_change_has_the_whole_window_read_again(world):
    world.put("a", "Run 60min", at(3))
    world.put("b", "Swim", at(4))
    state = fetch(world).sync_state
    world.put("a", "Run 90min", at(3))
    world.remove("b")
    result = fetch(world, state)
    assert (titles(result), result.partial) == (["Run 90min"], False)


def test_a_change_outside_the_window_is_no_change(world):
    world.put("a", "Run 60min", at(3))
    state = fetch(world).sync_state
    world.put("far", "Marathon", datetime(2027, 4, 11, 8, tzinfo=ZONE))
    result = fetch(world, state)
    assert (result.events, result.sync_state["marks"] == state["marks"]) == (None, False)


def test_a_window_that_moved_is_read_whole(world):
    world.put("a", "Run 60min", at(3))
    state = fetch(world).sync_state
    assert titles(fetch(world, state, last=date(2026, 7, 1))) == ["Run 60min"]


@pytest.mark.parametrize("path", ["", "/", "/.well-known/caldav", "/{user}/", "/{user}/training/", "/{user}/training"])
def test_server_account_and_calendar_are_all_good_addresses(world, path):
    world.put("a", "Run 60min", at(3))
    result = fetch(world, url=world.proxy.url + path.format(user=world.user))
    assert (titles(result), [name for _, name in result.calendars]) == (["Run 60min"], ["Training"])


def test_of_an_account_all_calendars_with_events_are_read(world):
    world.make_calendar(f"/{world.user}/club/", "Club rides")
    world.make_calendar(f"/{world.user}/tasks/", "Tasks", parts="VTODO")
    world.put("a", "Run 60min", at(3))
    world.put_text("r.ics", resource("r", "Club ride"), f"/{world.user}/club/")
    result = fetch(world, url=account(world))
    assert titles(result) == ["Club ride", "Run 60min"]
    assert sorted(name for _, name in result.calendars) == ["Club rides", "Training"]


def test_a_choice_of_calendars_is_kept_to(world):
    world.make_calendar(f"/{world.user}/club/", "Club rides")
    world.put("a", "Run 60min", at(3))
    world.put_text("r.ics", resource("r", "Club ride"), f"/{world.user}/club/")
    everything = fetch(world, url=account(world))
    chosen = next(ident for ident, name in everything.calendars if name == "Club rides")
    assert titles(fetch(world, everything.sync_state, account(world), selection=[chosen])) == ["Club ride"]


def test_a_choice_that_is_gone_is_said_and_takes_no_events_away(world):
    with pytest.raises(CalendarUnreadable, match="choose again"):
        fetch(world, url=account(world), selection=["0123456789abcdef"])


def test_the_ids_of_calendars_say_nothing_about_the_account(world):
    assert all(world.user not in ident for ident, _ in fetch(world).calendars)


def test_a_new_calendar_of_an_account_is_found_the_next_day(world, monkeypatch):
    world.put("a", "Run 60min", at(3))
    state = fetch(world, url=account(world)).sync_state
    world.make_calendar(f"/{world.user}/club/", "Club rides")
    world.put_text("r.ics", resource("r", "Club ride"), f"/{world.user}/club/")
    assert fetch(world, state, account(world)).events is None
    monkeypatch.setattr(caldav, "today", lambda zone: today(zone) + timedelta(days=1))
    assert titles(fetch(world, state, account(world))) == ["Club ride", "Run 60min"]


def test_a_new_day_alone_has_nothing_read_again(world, monkeypatch):
    world.put("a", "Run 60min", at(3))
    state = fetch(world).sync_state
    monkeypatch.setattr(caldav, "today", lambda zone: today(zone) + timedelta(days=1))
    before = world.calls()
    assert (fetch(world, state).events, methods(world, before)) == (None, ["PROPFIND", "REPORT"])


def test_a_calendar_deleted_from_an_account_leaves_the_others(world):
    world.make_calendar(f"/{world.user}/club/", "Club rides")
    world.put("a", "Run 60min", at(3))
    world.put_text("r.ics", resource("r", "Club ride"), f"/{world.user}/club/")
    state = fetch(world, url=account(world)).sync_state
    world.ask("DELETE", f"/{world.user}/club/")
    result = fetch(world, state, account(world))
    assert (titles(result), [name for _, name in result.calendars]) == (["Run 60min"], ["Training"])


def test_a_deleted_calendar_is_unreadable_not_empty(world):
    state = fetch(world).sync_state
    world.ask("DELETE", world.path)
    with pytest.raises(CalendarUnreadable):
        fetch(world, state)


def test_a_token_that_the_server_has_forgotten_leads_to_a_whole_reading(world):
    world.put("a", "Run 60min", at(3))
    state = fetch(world).sync_state
    (ident,) = state["marks"]
    stale = {**state, "marks": {ident: ["token", "http://radicale.org/ns/sync/" + "0" * 64]}, "content": ""}
    result = fetch(world, stale)
    assert (titles(result), result.sync_state) == (["Run 60min"], state)


def without(*names):
    """A server that does not know some properties."""

    def change(said):
        body = said.body
        for name in names:
            body = re.sub(rb"<[A-Za-z]*:?%s>[^<]*</[A-Za-z]*:?%s>" % (name, name), b"", body)
        return replace(said, body=body)

    return change


@pytest.mark.parametrize(
    ("missing", "kind"), [((b"sync-token",), "tag"), ((b"sync-token", b"getctag"), "tags")], ids=["ctag", "etags"]
)
def test_a_server_without_sync_tokens_is_compared_by_its_tags(world, missing, kind):
    world.proxy.after = without(*missing)
    world.put("a", "Run 60min", at(3))
    state = fetch(world).sync_state
    assert [mark[0] for mark in state["marks"].values()] == [kind]
    assert fetch(world, state).events is None
    world.put("a", "Run 90min", at(3))
    assert titles(fetch(world, state)) == ["Run 90min"]


def test_a_server_that_has_tokens_but_no_report_of_them_is_compared_by_its_tag(world):
    world.put("a", "Run 60min", at(3))
    state = fetch(world).sync_state
    world.proxy.instead = lambda asked: Said(501) if b"sync-collection" in asked.body else None
    second = fetch(world, state)
    assert [mark[0] for mark in second.sync_state["marks"].values()] == ["tag"]
    before = world.calls()
    assert fetch(world, second.sync_state).events is None
    assert methods(world, before) == ["PROPFIND"]


REFUSED = b'<d:error xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><c:supported-filter/></d:error>'
TRUNCATED = (
    b'<d:multistatus xmlns:d="DAV:"><d:response><d:href>/</d:href><d:status>HTTP/1.1 507 Insufficient Storage'
    b"</d:status></d:response></d:multistatus>"
)


@pytest.mark.parametrize(
    "answer", [Said(403, XML, REFUSED), Said(501), Said(207, XML, TRUNCATED)], ids=["filter", "no query", "truncated"]
)
def test_events_that_cannot_be_asked_for_by_time_are_asked_for_by_name(world, answer):
    for number in range(1, 8):
        world.put(f"e {number}&", "Run 60min", at(number))
    world.proxy.instead = lambda asked: answer if b"calendar-query" in asked.body else None
    assert len(fetch(world).events) == 7


def test_events_that_are_named_but_not_given_are_not_taken_for_gone(world):
    world.put("a", "Run 60min", at(3))
    world.proxy.after = without(b"calendar-data")
    with pytest.raises(CalendarUnreadable):
        fetch(world)


def test_an_event_that_is_kept_from_us_takes_no_other_with_it(world):
    world.put("a", "Run 60min", at(3))
    world.put("private", "Secret", at(4))

    def hide(said):
        kept = rb"(private\.ics</[^>]*href>.*?<[^>]*calendar-data)>.*?(</[^>]*calendar-data>.*?HTTP/1.1) 200 OK"
        return replace(said, body=re.sub(kept, rb"\1>\2 404 Not Found", said.body, flags=re.DOTALL))

    world.proxy.after = hide
    assert titles(fetch(world)) == ["Run 60min"]


def test_a_list_of_tasks_is_no_calendar(world):
    world.make_calendar(f"/{world.user}/tasks/", "Tasks", parts="VTODO")
    with pytest.raises(CalendarUnreadable, match="no calendar with events"):
        fetch(world, url=f"{account(world)}tasks/")


def test_a_wrong_password_asks_to_connect_again(world):
    state = fetch(world).sync_state
    world.refuse_token()
    with pytest.raises(CalendarTokenExpired) as refused:
        fetch(world, state)
    assert PASSWORD not in refused.value.message


def test_somebody_elses_calendar_asks_to_connect_again(world):
    with pytest.raises(CalendarTokenExpired):
        fetch(world, url=f"{world.proxy.url}/somebody/training/")


def test_an_account_on_another_server_does_not_get_the_password(world):
    other = Loopback(lambda asked: Said(207))
    home = f'<c:calendar-home-set xmlns:c="urn:ietf:params:xml:ns:caldav"><d:href>{other.url}/a/</d:href>'
    body = (
        '<d:multistatus xmlns:d="DAV:"><d:response><d:href>/</d:href><d:propstat><d:prop>'
        f"{home}</c:calendar-home-set></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>"
        "</d:multistatus>"
    )
    world.proxy.instead = lambda asked: Said(207, XML, body.encode())
    with pytest.raises(CalendarUnreadable, match="another server"):
        fetch(world)
    other.close()
    assert other.requests == []


@pytest.mark.parametrize(
    ("base", "href", "trusted"),
    [
        ("https://caldav.icloud.com/", "https://p42-caldav.icloud.com:443/1/calendars/", True),
        ("https://caldav.icloud.com/", "http://p42-caldav.icloud.com/1/calendars/", False),
        ("https://caldav.icloud.com/", "https://p42-caldav.icloud.com:8443/1/calendars/", False),
        ("https://caldav.icloud.com/", "https://icloud.com.example.org/1/calendars/", False),
        ("https://dav.example.org/", "https://p42-caldav.icloud.com/1/calendars/", False),
        ("https://dav.example.org/", "https://dav.example.org:443/a/", True),
        ("https://dav.example.org/", "//dav.example.net/a/", False),
        ("https://dav.example.org/", "http://dav.example.org/a/", False),
        ("https://dav.example.org/", "https://[::1", False),
        ("https://dav.example.org/", "/" + "a" * 3000, False),
    ],
)
def test_the_password_goes_only_to_the_server_it_was_given_for_and_to_its_sisters_at_apple(base, href, trusted):
    server = caldav._Server(FetchContext({**GOOD, "url": base}, {}, FIRST, LAST, "UTC", False))
    if trusted:
        assert server.resolve(href) == href
    else:
        with pytest.raises(CalendarUnreadable):
            server.resolve(href)


def test_a_redirect_to_another_server_does_not_carry_the_password(world):
    other = Loopback(lambda asked: Said(401))
    world.proxy.instead = lambda asked: Said(307, {"location": other.url + "/dav/"})
    with pytest.raises(CalendarTokenExpired):
        fetch(world)
    other.close()
    assert [("authorization" in asked.headers, asked.body) for asked in other.requests] == [(False, b"")]


BOMB = b'<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;">]><d:multistatus xmlns:d="DAV:">&c;</d:multistatus>'


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><body>Please sign in</body></html>",
        b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
        b'<d:multistatus xmlns:d="DAV:"><d:response>',
        BOMB,
        b"<a>" * 100 + b"</a>" * 100,
        b'<d:multistatus xmlns:d="DAV:">' + b"<a/>" * 110_000 + b"</d:multistatus>",
        b'<?xml version="1.0" encoding="utf-7"?><a/>',
        b"\xff\xfe\x00",
    ],
    ids=["nothing", "web page", "calendar", "cut off", "entities", "deep", "wide", "coding", "bytes"],
)
def test_what_is_no_multistatus_is_unreadable(body):
    with pytest.raises(CalendarUnreadable):
        read_multistatus(body)


@pytest.mark.parametrize(
    ("how", "error"),
    [
        ("500", CalendarUnreachable),
        ("down", CalendarUnreachable),
        ("half", CalendarUnreadable),
        ("garbage", CalendarUnreadable),
    ],
)
def test_a_server_that_is_unwell_is_told_by_its_kind(world, how, error):
    state = fetch(world).sync_state
    world.fail(how)
    with pytest.raises(error):
        fetch(world, state)


def test_a_busy_server_is_left_alone_for_as_long_as_it_asks(world):
    world.fail("429")
    with pytest.raises(CalendarUnreachable) as busy:
        fetch(world)
    assert (busy.value.retry_after_seconds, busy.value.host_wide) == (120.0, True)


def test_one_slow_calendar_does_not_speak_for_its_whole_host(world):
    world.fail("timeout")
    with pytest.raises(CalendarUnreachable) as slow:
        fetch(world)
    assert slow.value.host_wide is False


def test_a_server_that_wants_another_way_of_signing_in_is_said_to(world):
    world.proxy.instead = lambda asked: Said(401, {"www-authenticate": 'Digest realm="dav", nonce="abc"'})
    with pytest.raises(CalendarUnreadable, match="user name and a password"):
        fetch(world)


def test_a_server_that_answers_every_question_slowly_is_left_in_time(world, monkeypatch):
    monkeypatch.setattr(caldav, "TOTAL_SECONDS", 0.0)
    with pytest.raises(CalendarUnreachable, match="too long"):
        fetch(world)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("url", ""),
        ("url", "http://dav.example.org/"),
        ("url", "ftp://dav.example.org/"),
        ("url", "https://alice:secret@dav.example.org/"),
        ("url", "https://127.0.0.1/"),
        ("username", ""),
        ("username", "alice:admin"),
        ("username", "alice\r\nX-Evil: 1"),
        ("username", "x" * 201),
        ("password", "  "),
        ("password", "a\nb"),
        ("password", "x" * 1001),
    ],
)
def test_wrong_credentials_are_named_by_their_field(field, value):
    with pytest.raises(InvalidInput) as wrong:
        CaldavProvider().check_credentials({**GOOD, field: value}, allow_private_hosts=False)
    assert [detail["field"] for detail in wrong.value.details] == [field]


def test_good_credentials_are_kept_as_they_are_and_shown_only_by_their_host():
    provider = CaldavProvider()
    kept = provider.check_credentials(GOOD, allow_private_hosts=False)
    assert (kept, provider.label(kept), provider.host(kept, {})) == (GOOD, "dav.example.org", "dav.example.org")


def resource(uid, title, zone="", when="DTSTART:20260603T050000Z"):
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//t//EN", *([zone] if zone else []), "BEGIN:VEVENT"]
    lines += [f"UID:{uid}", "DTSTAMP:20260101T000000Z", when, f"SUMMARY:{title}", "END:VEVENT", "END:VCALENDAR", ""]
    return "\n".join(lines)


def zone_of(name, offset):
    part = f"BEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:{offset}\nTZOFFSETTO:{offset}\nEND:STANDARD"
    return f"BEGIN:VTIMEZONE\nTZID:{name}\n{part}\nEND:VTIMEZONE"


def read(*resources):
    nobody = FetchContext({}, {}, FIRST, LAST, "Europe/Belgrade", True)
    return {event.external_id: event for event in parse_calendar(join_resources([resources]), nobody).events}


def test_two_zones_of_one_name_keep_their_own_rules():
    when = "DTSTART;TZID=Home:20260603T070000"
    events = read(
        resource("east", "Run", zone_of("Home", "+0300"), when), resource("west", "Run", zone_of("Home", "-0500"), when)
    )
    assert (events["east"].starts_at, events["west"].starts_at) == (
        datetime(2026, 6, 3, 4, tzinfo=UTC),
        datetime(2026, 6, 3, 12, tzinfo=UTC),
    )


def test_equal_zones_are_kept_once():
    one = resource("a", "Run", zone_of("Home", "+0300"), "DTSTART;TZID=Home:20260603T070000")
    assert join_resources([[one, one.replace("UID:a", "UID:b")]]).count(b"BEGIN:VTIMEZONE") == 1


def test_a_resource_that_is_cut_off_takes_no_other_with_it():
    assert sorted(read(resource("a", "Run"), resource("b", "Swim")[:-30], resource("c", "Row"))) == ["a", "c"]


def test_a_mark_that_only_looks_like_the_end_of_a_line_stays_within_its_text():
    assert read(resource("a", "Run\u2028easy"))["a"].title.startswith("Run")


@pytest.mark.parametrize(
    "hostile",
    [
        "BEGIN:VCALENDAR\n" + "BEGIN:X\n" * 200_000,
        "BEGIN:VCALENDAR\n" + "BEGIN:VTIMEZONE\nTZID:Home\nEND:VTIMEZONE\n" * 50_000 + "END:VCALENDAR\n",
        "\n" * 1_000_000,
    ],
    ids=["deep", "zones", "lines"],
)
def test_a_resource_made_to_cost_much_is_left_out(hostile):
    started = time.process_time()
    assert sorted(read(hostile, resource("a", "Run"))) == ["a"]
    assert time.process_time() - started < 2


def test_alarms_and_tasks_are_not_passed_on():
    alarm = "BEGIN:VALARM\nACTION:DISPLAY\nTRIGGER:-PT15M\nDESCRIPTION:x\nEND:VALARM\nEND:VEVENT"
    task = "BEGIN:VCALENDAR\nBEGIN:VTODO\nUID:t\nSUMMARY:Tax\nEND:VTODO\nEND:VCALENDAR\n"
    stream = join_resources([[resource("a", "Run").replace("END:VEVENT", alarm), task]])
    assert (b"VALARM" in stream, b"VTODO" in stream, b"SUMMARY:Run" in stream) == (False, False, True)


def test_nothing_at_all_is_an_empty_calendar_not_an_unreadable_one(world):
    assert fetch(world).events == []


@pytest.mark.django_db
def test_an_athlete_connects_and_reads_an_account(world, api, alice, athlete):
    client, path = api(alice), f"/v1/athletes/{athlete.pk}/calendars"
    day = today("Europe/Belgrade")
    world.put("a", "Long run 90min Z2", datetime(day.year, day.month, day.day, 7, tzinfo=ZONE), 90)
    answer = client.post(path, {"provider": "caldav", **world.credentials()})
    assert (answer.status_code, answer.json()["status"]) == (201, "pending")
    calendar_id = answer.json()["id"]
    assert client.post(f"{path}/{calendar_id}/sync").json()["added"] == 1
    assert client.post(f"{path}/{calendar_id}/sync").json()["changed"] == 0
    event = TrainingEvent.objects.get()
    assert (event.source, event.sport, event.duration_minutes, event.local_date) == ("caldav", "run", 90.0, day)
    assert CalendarConnection.objects.get().available[0]["name"] == "Training"
    shown = client.get(path).content + client.get(f"{path}/{calendar_id}").content
    assert PASSWORD.encode() not in shown
    assert world.user.encode() not in shown


@pytest.mark.django_db
def test_an_account_is_connected_on_its_page_and_again_after_the_password_changed(world, alice, athlete):
    client = sign_in(alice)
    fields = {f"caldav-{name}": value for name, value in world.credentials().items()}
    client.post("/training/calendars/connect", keyed(provider="caldav", **fields))
    calendar = athlete.calendars.get()
    assert calendar.status == "ok"
    world.refuse_token()
    client.post(f"/training/calendars/{calendar.pk}/sync", keyed())
    page = client.get(f"/training/calendars?again={calendar.pk}")
    assert shown(page).value_of("caldav-username") == world.user
    assert PASSWORD not in page.content.decode()
    fields["caldav-password"] = world.radicale.users[world.user]
    client.post("/training/calendars/connect", keyed(provider="caldav", **fields))
    assert [(row.pk, row.status) for row in athlete.calendars.all()] == [(calendar.pk, "ok")]


@pytest.mark.django_db
def test_a_password_is_not_shown_again_after_a_mistake(alice):
    fields = {"caldav-url": "nowhere", "caldav-username": "alice", "caldav-password": PASSWORD}
    page = sign_in(alice).post("/training/calendars/connect", keyed(provider="caldav", **fields))
    assert (page.status_code, PASSWORD in page.content.decode()) == (422, False)
    assert shown(page).value_of("caldav-url") == "nowhere"
    assert faults(page.content.decode()) == {}
