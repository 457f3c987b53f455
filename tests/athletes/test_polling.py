"""The due queue: who is read next, in what company, and what a killed reader leaves behind."""

from __future__ import annotations

import threading
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection

from athletes import tasks
from athletes.calendars.protocol import CalendarUnreachable, FetchResult, RawEvent
from athletes.models import CalendarConnection, CalendarHost, TrainingEvent
from athletes.services import hosts, polling, sync
from athletes.services.polling import claim_due, count_readers_needed, read_due
from nutrition_site.kernel.clock import now
from tests.athletes.scripted import INTERVAL, add_calendar, install

pytestmark = [pytest.mark.core, pytest.mark.django_db]


@pytest.fixture
def provider(settings):
    return install(settings)


@pytest.fixture
def add(athlete, provider):
    """Connects calendars that are due; each was read before and is well."""
    return partial(add_calendar, athlete)


def names(claims):
    return sorted(claim.calendar.label for claim in claims)


def pause_left(host):
    until = CalendarHost.objects.get(pk=host).paused_until
    return None if until is None else until - now()


def test_a_claim_takes_what_is_due_and_leaves_the_rest(add):
    add("due")
    add("later", due=-timedelta(minutes=1))
    add("waits for its athlete", next_sync_at=None, status="reconnect")
    assert names(claim_due(limit=10)) == ["due"]


def test_what_is_claimed_is_not_claimed_again(add):
    add("a")
    assert (names(claim_due(limit=10)), names(claim_due(limit=10))) == (["a"], [])


def test_what_a_killed_reader_had_claimed_is_due_again_when_its_lease_runs_out(add):
    calendar = add("a")
    claim_due(limit=1)
    calendar.refresh_from_db()
    assert calendar.next_sync_at == calendar.sync_lease_until
    assert calendar.next_sync_at - now() <= timedelta(seconds=sync.LEASE_SECONDS)
    past = now() - timedelta(seconds=1)
    CalendarConnection.objects.update(sync_lease_until=past, next_sync_at=past)
    assert names(claim_due(limit=1)) == ["a"]


def test_one_host_is_asked_only_so_much_at_once(add):
    for number in range(10):
        add(f"a{number}")
    assert len(claim_due(limit=10)) == hosts.QUESTIONS_AT_ONCE
    assert claim_due(limit=10) == []


def test_a_large_host_may_be_asked_more_at_once(add, settings):
    settings.CALENDAR_HOST_LIMITS = {"one.example": 7}
    for number in range(10):
        add(f"a{number}")
    assert len(claim_due(limit=10)) == 7


def test_a_question_that_has_ended_makes_room_for_the_next(add):
    for number in range(5):
        add(f"a{number}")
    first = claim_due(limit=10)[0]
    sync.store_result(calendar=first.calendar, lease=first.lease, result=FetchResult(None, {"seen": 1}))
    assert len(claim_due(limit=10)) == 1


def test_hosts_take_turns_whatever_waits_longest(add):
    for number in range(4):
        add(f"busy {number}", host="busy.example", due=timedelta(hours=1))
    add("small", host="small.example")
    add("tiny", host="tiny.example")
    assert names(claim_due(limit=3)) == ["busy 0", "small", "tiny"]


def test_a_queue_full_of_one_host_holds_up_nobody_else(add, monkeypatch):
    monkeypatch.setattr(polling, "LEAST_WINDOW", 40)
    for number in range(40):
        add(f"busy {number}", host="busy.example", due=timedelta(hours=1))
    add("small", host="small.example")
    claim_due(limit=2)
    assert "small" in names(claim_due(limit=2))


def test_what_one_host_has_due_beyond_its_share_is_spread_over_the_interval(add):
    share = polling.SHARE_PER_QUESTION * hosts.QUESTIONS_AT_ONCE
    for number in range(share + 64):
        add(f"a{number}")
    began = now()
    claim_due(limit=1)
    later = CalendarConnection.objects.filter(next_sync_at__gt=began + timedelta(seconds=sync.LEASE_SECONDS + 5))
    waits = [(row.next_sync_at - began).total_seconds() for row in later]
    put_off = CalendarConnection.objects.filter(next_sync_at__gt=began, sync_lease="").count()
    assert put_off == 64
    assert max(waits) <= INTERVAL.total_seconds() + 5
    # Of 32 moments spread evenly, so many lie in each third: no crowd anywhere.
    for start in (300, 600):
        assert 17 <= sum(start <= wait < start + 300 for wait in waits) <= 26


def test_calendars_of_a_paused_host_wait_and_come_back_spread(add):
    for number in range(20):
        add(f"a{number}")
    resumes = now() + timedelta(minutes=10)
    CalendarHost.objects.create(host="one.example", paused_until=resumes, failures=3)
    add("b", host="two.example")
    assert names(claim_due(limit=10)) == ["b"]
    times = sorted(CalendarConnection.objects.filter(host="one.example").values_list("next_sync_at", flat=True))
    assert resumes <= times[0]
    assert times[-1] <= resumes + INTERVAL
    assert len(set(times)) == 20


def test_a_calendar_that_misses_readings_because_of_its_host_says_so(add):
    fresh, old = add("fresh"), add("old", last_synced_at=now() - 3 * INTERVAL)
    CalendarHost.objects.create(host="one.example", paused_until=now() + timedelta(minutes=10), failures=3)
    claim_due(limit=10)
    fresh.refresh_from_db()
    old.refresh_from_db()
    assert (fresh.status, fresh.status_reason) == ("ok", "")
    assert (old.status, "does not answer well" in old.status_reason) == ("error", True)


def test_after_a_pause_one_calendar_asks_for_all(add):
    for number in range(5):
        add(f"a{number}")
    CalendarHost.objects.create(host="one.example", paused_until=now() - timedelta(seconds=1), failures=3)
    assert len(claim_due(limit=10)) == 1


def test_a_host_is_paused_when_several_well_calendars_fail_in_a_row(add, provider):
    for number in range(3):
        add(f"a{number}")
        provider.answers[f"a{number}"] = CalendarUnreachable("one.example took too long to answer.")
    read_due()
    assert timedelta(seconds=50) < pause_left("one.example") < timedelta(seconds=70)


def test_a_pause_doubles_and_has_a_ceiling(add, provider):
    row = CalendarHost.objects.create(host="one.example", failures=3)
    pauses = []
    for _ in range(12):
        hosts.note_host_failure(host="one.example")
        pauses.append(pause_left("one.example").total_seconds())
    row.refresh_from_db()
    assert 107 < pauses[0] < 133
    assert 215 < pauses[1] < 265
    assert 0.89 * 6 * 3600 < pauses[-1] <= 6 * 3600
    assert row.failures == 15


def test_a_host_that_answers_is_asked_as_before(add, provider):
    add("a")
    CalendarHost.objects.create(host="one.example", paused_until=now() - timedelta(seconds=1), failures=9)
    read_due()
    row = CalendarHost.objects.get()
    assert (row.failures, row.paused_until) == (0, None)


def test_addresses_that_never_worked_cannot_pause_a_host_for_others(add, provider):
    for number in range(8):
        add(f"a{number}", last_synced_at=None, status="pending")
        provider.answers[f"a{number}"] = CalendarUnreachable("one.example took too long to answer.")
    read_due()
    assert pause_left("one.example") is None


def test_the_same_failing_calendar_counts_once_against_its_host(add, provider):
    calendar = add("a")
    provider.answers["a"] = CalendarUnreachable("one.example has trouble.")
    for _ in range(6):
        CalendarConnection.objects.update(next_sync_at=now())
        read_due()
    calendar.refresh_from_db()
    assert (calendar.failures, CalendarHost.objects.get().failures) == (6, 1)


def test_a_failure_of_one_calendar_alone_is_none_of_its_host(add, provider):
    for number in range(5):
        add(f"a{number}")
        provider.answers[f"a{number}"] = CalendarUnreachable("The file is being made.", host_wide=False)
    read_due()
    assert (CalendarHost.objects.get().failures, pause_left("one.example")) == (0, None)


def test_a_host_that_asks_for_patience_gets_it_at_once(add, provider):
    add("a")
    add("b", due=-timedelta(minutes=1))
    provider.answers["a"] = CalendarUnreachable("one.example asks us to wait.", retry_after_seconds=1200)
    read_due()
    assert timedelta(seconds=1195) < pause_left("one.example") < timedelta(seconds=1325)


def test_nothing_is_read_twice_and_nothing_left_out(add, provider):
    for number in range(60):
        add(f"a{number}", host=f"{number % 20}.example")
    assert read_due() == 60
    assert sorted(provider.asked) == sorted(f"a{number}" for number in range(60))
    assert not CalendarConnection.objects.filter(next_sync_at__lte=now()).exists()
    assert not CalendarConnection.objects.exclude(sync_lease="").exists()


def test_well_calendars_come_back_after_the_interval_give_or_take_a_tenth(add, settings):
    for number in range(40):
        add(f"a{number}", host=f"{number}.example")
    began = now()
    read_due()
    waits = [(row.next_sync_at - began).total_seconds() for row in CalendarConnection.objects.all()]
    assert min(waits) > 0.9 * 900
    assert max(waits) < 1.1 * 900 + 10
    assert max(waits) - min(waits) > 60


def test_an_unchanged_calendar_costs_one_statement_to_store(add, django_assert_num_queries):
    add("a")
    claim = claim_due(limit=1)[0]
    with django_assert_num_queries(1):
        sync.store_result(
            calendar=claim.calendar, lease=claim.lease, result=FetchResult(None, {"seen": 1}), host_in_trouble=False
        )
    claim.calendar.refresh_from_db()
    assert (claim.calendar.status, claim.calendar.sync_lease, claim.calendar.last_synced_at > now() - INTERVAL) == (
        "ok",
        "",
        True,
    )


def test_an_unchanged_answer_for_another_zone_is_asked_for_again(add, athlete):
    add("a")
    claim = claim_due(limit=1)[0]
    type(athlete).objects.filter(pk=athlete.pk).update(timezone="Asia/Tokyo")
    CalendarConnection.objects.update(sync_state={}, next_sync_at=now())
    sync.store_result(calendar=claim.calendar, lease=claim.lease, result=FetchResult(None, {"seen": 1}))
    row = CalendarConnection.objects.get()
    assert (row.sync_state, row.next_sync_at <= now()) == ({}, True)


def test_an_answer_for_another_choice_of_calendars_is_not_stored(add):
    add("a")
    claim = claim_due(limit=1)[0]
    CalendarConnection.objects.update(selection=["work"])
    event = RawEvent("x", "Run 60min", now() + timedelta(days=1))
    sync.store_result(calendar=claim.calendar, lease=claim.lease, result=FetchResult([event], {"seen": 2}))
    row = CalendarConnection.objects.get()
    assert (row.sync_state, row.next_sync_at <= now(), TrainingEvent.objects.count()) == ({}, True, 0)


def test_a_provider_that_breaks_stops_no_other_calendar(add, provider):
    add("a", host="a.example")
    add("b", host="b.example")
    provider.answers["a"] = KeyError("secret")
    assert read_due() == 2
    broken, well = CalendarConnection.objects.order_by("label")
    assert (broken.status, "fault on our side" in broken.status_reason) == ("error", True)
    assert (well.status, well.next_sync_at > now()) == ("ok", True)


def test_a_calendar_without_a_host_gets_one_when_it_is_read(add):
    calendar = add("a")
    CalendarConnection.objects.update(host="")
    read_due()
    calendar.refresh_from_db()
    assert calendar.host == "one.example"


def test_a_slow_calendar_holds_up_no_fast_one(add, provider):
    released = threading.Event()
    order = []

    def slow(context):
        released.wait(10)
        order.append("slow")
        return FetchResult(None, {"seen": 1})

    def fast(context):
        order.append("fast")
        if len(order) == 30:
            released.set()
        return FetchResult(None, {"seen": 1})

    for number in range(3):
        add(f"slow {number}", host="slow.example", due=timedelta(hours=1))
        provider.answers[f"slow {number}"] = slow
    for number in range(30):
        add(f"fast {number}", host=f"{number}.example")
        provider.answers[f"fast {number}"] = fast
    read_due()
    assert order == ["fast"] * 30 + ["slow"] * 3


def test_as_many_readers_are_woken_as_what_is_due_needs(add, monkeypatch):
    assert count_readers_needed() == 0
    monkeypatch.setattr(polling, "DUE_PER_READER", 2)
    woken = []
    monkeypatch.setattr(tasks.read_due_calendars, "apply_async", lambda **options: woken.append(options["expires"]))
    for number in range(5):
        add(f"a{number}")
    tasks.poll_due_calendars()
    assert woken == [15, 15, 15]


def test_the_days_asked_for_stay_the_same_for_a_week_and_hold_the_window(add, monkeypatch):
    calendar = add("a")
    began = now()
    windows = []
    for hour in range(0, 15 * 24, 5):
        moment = began + timedelta(hours=hour)
        monkeypatch.setattr(sync, "now", lambda moment=moment: moment)
        monkeypatch.setattr("nutrition_site.kernel.clock.now", lambda moment=moment: moment)
        first, last = sync.fetch_window(calendar)
        inner = sync.sync_window(calendar.athlete.timezone)
        assert first <= inner[0]
        assert inner[1] <= last
        windows.append((first, last))
    assert 2 <= len(set(windows)) <= 4


@pytest.mark.django_db(transaction=True)
def test_many_readers_at_once_read_each_calendar_once(add, provider):
    for number in range(80):
        add(f"a{number}", host=f"{number % 16}.example")

    def read():
        read_due(seconds=10, questions=4)
        connection.close()

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(provider.asked) == sorted(f"a{number}" for number in range(80))
