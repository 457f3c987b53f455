"""Google Calendar by a lasting grant: changes, several calendars, renewed tokens and refusals."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from athletes.calendars import google
from athletes.calendars.google import GoogleCalendarProvider
from athletes.calendars.protocol import CalendarTokenExpired, CalendarUnreachable, CalendarUnreadable, FetchContext
from tests.athletes.providers.google_server import (
    ACCOUNT,
    CLIENT_SECRET,
    GoogleCalendar,
    GoogleServer,
    all_day,
    refusal,
    timed,
)

FIRST, LAST = date(2026, 6, 1), date(2026, 6, 30)
TEAM = "team#42@group.calendar.example.com"
WORK = "work@group.calendar.example.com"


@pytest.fixture
def server():
    made = GoogleServer()
    yield made
    made.close()


def at(day: int, hour: int = 7) -> datetime:
    return datetime(2026, 6, day, hour, tzinfo=UTC)


class Connection:
    """What a stored connection remembers between two fetches."""

    def __init__(self, server, **changed):
        self.context = FetchContext(
            credentials=server.grant(),
            sync_state={},
            first_day=FIRST,
            last_day=LAST,
            timezone="Europe/Belgrade",
            allow_private_hosts=False,
            options=server.options,
        )
        self.context = replace(self.context, **changed)

    def fetch(self, **changed):
        self.context = replace(self.context, **changed)
        result = GoogleCalendarProvider().fetch(self.context)
        self.context = replace(
            self.context,
            sync_state=dict(result.sync_state),
            credentials=result.credentials or self.context.credentials,
        )
        return result


def names(result):
    return sorted(event.external_id for event in result.events)


def test_after_the_first_reading_only_changes_are_asked_for(server):
    server.calendars[ACCOUNT].put(timed("a", "Run", at(2)))
    connection = Connection(server)
    connection.fetch()
    server.calendars[ACCOUNT].put(timed("b", "Swim", at(3)))
    result = connection.fetch()
    assert (result.partial, names(result), result.removed) == (True, ["b"], frozenset())
    first, second = server.asked("/primary/events")
    assert {"timeMin", "timeMax"} <= set(first)
    assert set(second) == set(first) - {"timeMin", "timeMax"} | {"syncToken"}


def test_a_deleted_event_is_named_as_removed(server):
    server.calendars[ACCOUNT].put(timed("a", "Run", at(2)))
    connection = Connection(server)
    connection.fetch()
    server.calendars[ACCOUNT].cancel("a")
    result = connection.fetch()
    assert (result.partial, list(result.events), result.removed) == (True, [], frozenset({"a"}))


def test_an_event_that_moves_out_of_the_window_is_named_as_removed(server):
    server.calendars[ACCOUNT].put(timed("a", "Run", at(2)))
    connection = Connection(server)
    connection.fetch()
    server.calendars[ACCOUNT].put(timed("a", "Run", at(2) + timedelta(days=90)))
    result = connection.fetch()
    assert (list(result.events), result.removed) == ([], frozenset({"a"}))


def test_an_invitation_that_the_athlete_declines_is_named_as_removed(server):
    server.calendars[ACCOUNT].put(timed("a", "Group ride", at(2)))
    connection = Connection(server)
    connection.fetch()
    guests = [{"self": True, "responseStatus": "declined"}]
    server.calendars[ACCOUNT].put(timed("a", "Group ride", at(2), attendees=guests))
    assert connection.fetch().removed == {"a"}


def test_an_invitation_that_somebody_else_declines_stays(server):
    guests = [{"self": True, "responseStatus": "accepted"}, {"responseStatus": "declined"}]
    server.calendars[ACCOUNT].put(timed("a", "Group ride", at(2), attendees=guests))
    assert names(Connection(server).fetch()) == ["a"]


def test_a_deleted_series_is_read_whole_because_google_names_only_its_nearest_occurrences(server):
    for number in range(4):
        server.calendars[ACCOUNT].put(timed(f"s_{number}", "Track", at(2 + 7 * number), recurringEventId="s"))
    server.calendars[ACCOUNT].put(timed("a", "Run", at(3)))
    connection = Connection(server)
    connection.fetch()
    server.calendars[ACCOUNT].cancel_series("s")
    result = connection.fetch()
    assert (result.partial, names(result)) == (False, ["a"])


def test_a_sync_token_that_google_has_dropped_leads_to_a_whole_reading_at_once(server):
    server.calendars[ACCOUNT].put(timed("a", "Run", at(2)))
    connection = Connection(server)
    connection.fetch()
    server.calendars[ACCOUNT].epoch += 1
    result = connection.fetch()
    assert (result.partial, names(result)) == (False, ["a"])
    assert connection.fetch().events is None


def test_a_window_that_moved_is_read_whole(server):
    server.calendars[ACCOUNT].put(timed("a", "Run", at(2)))
    server.calendars[ACCOUNT].put(timed("b", "Run", datetime(2026, 7, 1, 7, tzinfo=UTC)))
    connection = Connection(server)
    assert names(connection.fetch()) == ["a"]
    result = connection.fetch(last_day=LAST + timedelta(days=1))
    assert (result.partial, names(result)) == (False, ["a", "b"])


def test_another_time_zone_is_read_whole(server):
    server.calendars[ACCOUNT].put(timed("a", "Run", at(2)))
    connection = Connection(server)
    connection.fetch()
    assert connection.fetch(timezone="Asia/Tokyo").partial is False


@pytest.mark.parametrize("state", [{}, {"tokens": 5}, {"question": "x", "tokens": {}}, {"tokens": {"primary": ""}}])
def test_a_state_that_is_not_understood_leads_to_a_whole_reading(server, state):
    server.calendars[ACCOUNT].put(timed("a", "Run", at(2)))
    result = Connection(server, sync_state=state).fetch()
    assert (result.partial, names(result)) == (False, ["a"])


def test_changes_over_several_pages_are_read_to_the_end(server):
    connection = Connection(server)
    connection.fetch()
    server.page_size = 2
    for number in range(5):
        server.calendars[ACCOUNT].put(timed(f"e{number}", "Run", at(2 + number)))
    assert names(connection.fetch()) == ["e0", "e1", "e2", "e3", "e4"]
    assert connection.fetch().events is None


def test_more_changes_than_pages_allow_are_read_as_a_whole_window(server):
    connection = Connection(server)
    connection.fetch()
    for number in range(5):
        server.calendars[ACCOUNT].put(timed(f"e{number}", "Run", at(2) + timedelta(days=100 * (number > 0))))
    server.page_size = 1
    result = connection.fetch()
    assert (result.partial, names(result)) == (False, ["e0"])


def test_a_camp_that_gets_shorter_is_told_by_the_days_it_still_has(server):
    server.calendars[ACCOUNT].put(all_day("camp", "Camp", date(2026, 6, 5), 3))
    connection = Connection(server)
    assert names(connection.fetch()) == ["camp+0", "camp+1", "camp+2"]
    server.calendars[ACCOUNT].put(all_day("camp", "Camp", date(2026, 6, 5), 2))
    assert names(connection.fetch()) == ["camp+0", "camp+1"]


def test_the_calendars_behind_the_account_are_named_with_the_main_one_first(server):
    server.calendars[TEAM] = GoogleCalendar("A team")
    server.calendars["busy@example.com"] = GoogleCalendar("Somebody's busy times", role="freeBusyReader")
    assert Connection(server).fetch().calendars == [("primary", ACCOUNT), (TEAM, "A team")]


def test_the_calendars_are_listed_once_a_day(server):
    connection = Connection(server)
    connection.fetch()
    assert connection.fetch().calendars is None
    connection.context.sync_state["listed"] -= google.LIST_AGAIN_SECONDS
    assert connection.fetch().calendars == [("primary", ACCOUNT)]


def test_only_chosen_calendars_are_read(server):
    server.calendars[TEAM], server.calendars[WORK] = GoogleCalendar("Team"), GoogleCalendar("Work")
    for key, calendar in server.calendars.items():
        calendar.put(timed(f"in-{key[:4]}", "Run", at(2)))
    result = Connection(server, selection=("primary", TEAM)).fetch()
    assert names(result) == ["in-ana@", "in-team"]


def test_changes_are_asked_of_each_chosen_calendar(server):
    server.calendars[TEAM] = GoogleCalendar("Team")
    connection = Connection(server, selection=("primary", TEAM))
    connection.fetch()
    server.calendars[TEAM].put(timed("t", "Track", at(3)))
    server.calendars[ACCOUNT].put(timed("a", "Run", at(2)))
    result = connection.fetch()
    assert (result.partial, names(result)) == (True, ["a", "t"])


def test_another_choice_is_read_whole(server):
    server.calendars[TEAM] = GoogleCalendar("Team")
    server.calendars[TEAM].put(timed("t", "Track", at(3)))
    server.calendars[ACCOUNT].put(timed("a", "Run", at(2)))
    connection = Connection(server)
    connection.fetch()
    result = connection.fetch(selection=(TEAM,))
    assert (result.partial, names(result)) == (False, ["t"])


def test_an_invitation_in_two_chosen_calendars_is_one_event_and_stays_while_one_of_them_has_it(server):
    server.calendars[TEAM] = GoogleCalendar("Team")
    for calendar in server.calendars.values():
        calendar.put(timed("shared", "Group ride", at(2)))
    connection = Connection(server, selection=("primary", TEAM))
    assert names(connection.fetch()) == ["shared"]
    server.calendars[TEAM].cancel("shared")
    result = connection.fetch()
    assert (result.partial, names(result)) == (False, ["shared"])


def test_a_chosen_calendar_that_is_gone_takes_the_others_not_with_it(server):
    server.calendars[TEAM] = GoogleCalendar("Team")
    server.calendars[ACCOUNT].put(timed("a", "Run", at(2)))
    connection = Connection(server, selection=("primary", TEAM))
    connection.fetch()
    del server.calendars[TEAM]
    assert names(connection.fetch()) == ["a"]
    assert connection.fetch().events is None


def test_a_chosen_calendar_that_may_no_longer_be_read_counts_as_gone(server):
    server.calendars[TEAM] = GoogleCalendar("Team", role="freeBusyReader")
    server.calendars[ACCOUNT].put(timed("a", "Run", at(2)))
    assert names(Connection(server, selection=("primary", TEAM)).fetch()) == ["a"]


def test_when_every_chosen_calendar_is_gone_the_athlete_is_asked_to_choose(server):
    with pytest.raises(CalendarUnreadable, match="choose others"):
        Connection(server, selection=(WORK,)).fetch()


def test_a_calendar_that_google_still_lists_is_not_taken_for_gone(server, monkeypatch):
    server.calendars[TEAM] = GoogleCalendar("Team")
    events = server._events
    monkeypatch.setattr(
        server, "_events", lambda parts, query: refusal(404, "notFound") if parts[1] == TEAM else events(parts, query)
    )
    with pytest.raises(CalendarUnreachable):
        Connection(server, selection=("primary", TEAM)).fetch()


def test_an_access_token_near_its_end_is_renewed_before_it_is_used(server):
    connection = Connection(server)
    old = connection.context.credentials
    server.access_tokens.clear()
    result = connection.fetch(credentials={**old, "expires_at": int(time.time()) + 30})
    assert result.credentials["oauth_token"] in server.access_tokens
    assert result.credentials["refresh_token"] == old["refresh_token"]
    assert [asked.path for asked in server.http.requests][0] == "/token"


def test_a_refused_access_token_is_renewed_once_and_the_question_asked_again(server):
    server.calendars[ACCOUNT].put(timed("a", "Run", at(2)))
    connection = Connection(server)
    server.access_tokens.clear()
    result = connection.fetch()
    assert names(result) == ["a"]
    assert result.credentials["account"] == ACCOUNT
    assert len(server.asked("/token")) == 1


def test_credentials_that_are_good_are_not_given_back(server):
    assert Connection(server).fetch().credentials is None


def test_a_rotated_refresh_token_replaces_the_old_one(server):
    server.rotates = True
    connection = Connection(server)
    server.access_tokens.clear()
    old = connection.context.credentials["refresh_token"]
    renewed = connection.fetch().credentials["refresh_token"]
    assert renewed != old
    assert renewed in server.refresh_tokens
    server.access_tokens.clear()
    assert connection.fetch().credentials["refresh_token"] in server.refresh_tokens


def test_a_token_renewed_before_a_failure_travels_on_the_error(server):
    connection = Connection(server)
    server.access_tokens.clear()
    server.refusal = refusal(503, "backendError")
    with pytest.raises(CalendarUnreachable) as caught:
        connection.fetch()
    assert caught.value.credentials["oauth_token"] in server.access_tokens


def test_a_withdrawn_grant_asks_for_the_athlete(server):
    connection = Connection(server)
    server.withdraw()
    with pytest.raises(CalendarTokenExpired, match="connect the calendar again"):
        connection.fetch()


def test_a_wrong_client_secret_is_the_operators_matter_not_the_athletes(server):
    connection = Connection(server, options={**server.options, "client_secret": "old"})
    server.access_tokens.clear()
    with pytest.raises(CalendarUnreachable) as caught:
        connection.fetch()
    assert caught.value.host_wide is False


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"<html>", CalendarUnreadable),
        (b"{}", CalendarUnreadable),
        (b'{"access_token": "a b", "expires_in": 5}', CalendarUnreadable),
        (b'{"access_token": "a\\r\\nX-Evil: 1"}', CalendarUnreadable),
    ],
)
def test_an_answer_without_a_sound_token_is_none(server, body, error):
    connection = Connection(server)
    server.access_tokens.clear()
    server.token_refusal = replace(refusal(200, ""), body=body)
    with pytest.raises(error):
        connection.fetch()


def test_a_bare_access_token_is_neither_renewed_nor_used_for_more_than_the_events(server):
    grant = server.grant()
    connection = Connection(server, credentials={"oauth_token": grant["oauth_token"]})
    assert connection.fetch().calendars is None
    server.access_tokens.clear()
    with pytest.raises(CalendarTokenExpired):
        connection.fetch()
    assert {asked.path.partition("?")[0] for asked in server.http.requests} == {"/calendar/v3/calendars/primary/events"}


@pytest.mark.parametrize(
    ("status", "reason", "host_wide"),
    [
        (403, "userRateLimitExceeded", False),
        (403, "quotaExceeded", False),
        (403, "rateLimitExceeded", True),
        (429, "rateLimitExceeded", True),
        (503, "backendError", True),
    ],
)
def test_a_limit_passes_on_how_long_to_wait_and_whom_it_concerns(server, status, reason, host_wide):
    server.refusal = refusal(status, reason, 90)
    with pytest.raises(CalendarUnreachable) as caught:
        Connection(server).fetch()
    assert (caught.value.retry_after_seconds, caught.value.host_wide) == (90, host_wide)


@pytest.mark.parametrize("said", ["soon", "²", "-5", "", "9" * 400])
def test_a_wish_to_wait_that_makes_no_sense_breaks_nothing(server, said):
    server.refusal = replace(refusal(503, "backendError"), headers={"Retry-After": said})
    with pytest.raises(CalendarUnreachable):
        Connection(server).fetch()


@pytest.mark.parametrize("reason", ["insufficientPermissions", "forbidden", "ACCESS_TOKEN_SCOPE_INSUFFICIENT"])
def test_a_right_that_is_missing_asks_for_the_athlete(server, reason):
    server.refusal = refusal(403, reason)
    with pytest.raises(CalendarTokenExpired):
        Connection(server).fetch()


def test_an_api_that_the_operator_has_not_switched_on_is_not_the_athletes_matter(server):
    server.refusal = refusal(403, "accessNotConfigured")
    with pytest.raises(CalendarUnreachable):
        Connection(server).fetch()


def test_a_list_of_calendars_that_is_refused_does_not_lose_the_events(server, monkeypatch):
    server.calendars[ACCOUNT].put(timed("a", "Run", at(2)))
    monkeypatch.setattr(server, "_calendar_list", lambda parts, query: refusal(403, "rateLimitExceeded"))
    result = Connection(server).fetch()
    assert (names(result), result.calendars) == (["a"], None)


def test_a_fetch_ends_when_its_time_is_over(server, monkeypatch):
    monkeypatch.setattr(google, "FETCH_SECONDS", 0.0)
    with pytest.raises(CalendarUnreachable, match="too long"):
        Connection(server).fetch()
    assert server.http.requests == []


def test_no_secret_is_in_an_error_or_its_causes(server):
    connection = Connection(server)
    credentials = connection.context.credentials
    server.withdraw()
    with pytest.raises(CalendarTokenExpired) as caught:
        connection.fetch()
    told, error = "", caught.value
    while error is not None:
        told += f"{error!r} {error} {getattr(error, 'details', '')}"
        error = error.__cause__ or error.__context__
    secrets = [credentials["oauth_token"], credentials["refresh_token"], CLIENT_SECRET]
    assert [secret for secret in secrets if secret in told] == []


def test_what_goes_in_and_out_of_a_provider_does_not_print_its_secrets(server):
    connection = Connection(server)
    server.access_tokens.clear()
    before, result = connection.context, connection.fetch()
    told = f"{before!r} {connection.context!r} {result!r}"
    secrets = [*before.credentials.values(), *result.credentials.values(), CLIENT_SECRET]
    assert [secret for secret in secrets if isinstance(secret, str) and secret != ACCOUNT and secret in told] == []
