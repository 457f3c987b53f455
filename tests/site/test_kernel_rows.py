"""Idempotency keys and durable work, also with two at once and with a worker that dies."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from nutrition_site.kernel import clock, work
from nutrition_site.kernel.errors import Conflict, DomainError, ProviderError
from nutrition_site.kernel.idempotency import answer_once
from nutrition_site.kernel.models import IdempotencyRecord, WorkItem
from nutrition_site.tasks import tidy

pytestmark = [pytest.mark.core, pytest.mark.django_db]
State = WorkItem.State


def ask(body=None, *, key="k", status=201, produce=None):
    made = []

    def make():
        made.append(1)
        return status, {"id": "x"}, {"Location": "/x"}

    return answer_once(scope="someone POST /x", key=key, body=body or {}, produce=produce or make), made


def test_the_same_key_and_body_gives_the_first_answer():
    first, _ = ask()
    second, made = ask()
    assert (first == second, made) == (True, [])


def test_the_order_of_names_in_a_body_does_not_matter():
    ask({"a": 1, "b": 2})
    assert ask({"b": 2, "a": 1})[1] == []


def test_the_same_key_and_another_body_is_409():
    ask({"a": 1})
    with pytest.raises(Conflict) as refused:
        ask({"a": 2})
    assert refused.value.code == "idempotency_key_reused"


def test_a_refused_request_may_be_tried_again_with_its_key():
    def refuse():
        raise DomainError()

    with pytest.raises(DomainError):
        ask(produce=refuse)
    assert ask()[0][0] == 201


def test_an_answer_of_400_is_not_kept():
    ask(status=400)
    assert IdempotencyRecord.objects.count() == 0


def test_a_key_is_free_again_after_a_day():
    ask()
    IdempotencyRecord.objects.update(created_at=clock.now() - timedelta(hours=25))
    assert ask({"a": 2})[1] == [1]


def test_a_day_old_answer_is_tidied_away():
    ask()
    IdempotencyRecord.objects.update(created_at=clock.now() - timedelta(hours=25))
    tidy()
    assert IdempotencyRecord.objects.count() == 0


def test_what_was_sent_cannot_be_read_from_the_record():
    ask({"weight_kg": 61.5})
    row = IdempotencyRecord.objects.get()
    assert ("61.5" in row.fingerprint, len(row.fingerprint)) == (False, 64)


def test_a_request_that_died_in_the_middle_is_taken_over():
    ask()
    IdempotencyRecord.objects.update(status=None, body=None, locked_until=clock.now() - timedelta(seconds=1))
    assert ask()[1] == [1]


@pytest.mark.django_db(transaction=True)
def test_two_at_once_with_one_key_make_one_object():
    made, gate = [], threading.Barrier(2)

    def produce():
        made.append(1)
        return 201, {"id": len(made)}, {}

    def one(_):
        try:
            gate.wait(5)
            return answer_once(scope="s", key="same", body={}, produce=produce)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(one, range(2)))
    assert (made, answers[0]) == ([1], answers[1])


@pytest.fixture
def handled(settings, monkeypatch):
    """What the handler saw; put an exception into `fail` and it raises it."""
    settings.WORK_HANDLERS = {"test.kind": f"{__name__}.handler"}
    monkeypatch.setattr(work, "wake", lambda item_id: WOKEN.append(item_id))
    for store in (SEEN, FAIL, WOKEN):
        store.clear()
    return SEEN


SEEN: list[str] = []
FAIL: list[Exception] = []
WOKEN: list[str] = []


def handler(item):
    SEEN.append(item.key)
    if FAIL:
        raise FAIL[0]


def enqueue(key="a"):
    return work.enqueue_work(kind="test.kind", key=key)


def reload(item):
    return WorkItem.objects.get(pk=item.pk)


def test_work_is_done_once(handled):
    item = enqueue()
    assert (work.run_item(item.pk), work.run_item(item.pk), handled) == ("done", "skipped", ["a"])


def test_one_piece_is_open_for_each_key(handled):
    assert enqueue().pk == enqueue().pk


def test_a_finished_piece_lets_the_next_one_in(handled):
    first = enqueue()
    work.run_item(first.pk)
    assert enqueue().pk != first.pk


def test_a_worker_is_woken_when_the_transaction_commits(handled, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        item = enqueue()
    assert [item.pk] == WOKEN


def test_a_broker_that_is_away_loses_no_work(handled, monkeypatch, django_capture_on_commit_callbacks):
    def away(item_id):
        raise ConnectionError

    monkeypatch.setattr(work, "wake", away)
    with django_capture_on_commit_callbacks(execute=True):
        item = enqueue()
    assert reload(item).state == State.QUEUED


def test_a_running_piece_is_in_nobody_elses_hands(handled):
    item = enqueue()
    first, second = work.claim_work(item.pk), work.claim_work(item.pk)
    assert (first is not None, second) == (True, None)


def test_what_a_dead_worker_left_is_dispatched_again(handled):
    item = enqueue()
    work.claim_work(item.pk)
    WorkItem.objects.update(lease_until=clock.now() - timedelta(seconds=1))
    WOKEN.clear()
    work.dispatch_due_work()
    assert (WOKEN, work.run_item(item.pk), handled) == ([item.pk], "done", ["a"])


def test_a_worker_that_lost_its_lease_cannot_close_the_piece(handled):
    item = enqueue()
    slow = work.claim_work(item.pk)
    WorkItem.objects.update(lease_until=clock.now() - timedelta(seconds=1))
    quick = work.claim_work(item.pk)
    assert (work._close(slow, state=State.DONE), work.extend_lease(slow), work.extend_lease(quick)) == (
        False,
        False,
        True,
    )


def test_a_provider_that_is_away_is_tried_again_later(handled):
    FAIL.append(ProviderError(code="feed_unreachable"))
    item = enqueue()
    assert work.run_item(item.pk) == State.QUEUED
    row = reload(item)
    assert (row.error_code, row.run_after > clock.now()) == ("feed_unreachable", True)


def test_a_permanent_refusal_of_a_provider_is_not_tried_again(handled):
    FAIL.append(ProviderError(permanent=True, code="gone"))
    assert work.run_item(enqueue().pk) == State.FAILED


def test_a_refusal_of_the_domain_is_not_tried_again(handled):
    FAIL.append(DomainError(code="plan_infeasible"))
    item = enqueue()
    assert (work.run_item(item.pk), reload(item).error_code) == (State.FAILED, "plan_infeasible")


def test_an_unexpected_failure_is_tried_six_times(handled):
    FAIL.append(RuntimeError("boom"))
    item = enqueue()
    states = []
    for _ in range(7):
        WorkItem.objects.filter(state=State.QUEUED).update(run_after=clock.now())
        states.append(work.run_item(item.pk))
    assert (states, len(handled)) == ([State.QUEUED] * 5 + [State.FAILED, "skipped"], 6)


def test_a_piece_that_kills_every_worker_fails_in_the_end(handled):
    item = enqueue()
    WorkItem.objects.update(
        state=State.RUNNING, attempts=work.MAX_ATTEMPTS, lease_until=clock.now() - timedelta(seconds=1)
    )
    assert (work.run_item(item.pk), reload(item).error_code, handled) == (State.FAILED, "worker_lost", [])


def test_early_work_waits(handled):
    item = work.enqueue_work(kind="test.kind", key="later", run_after=clock.now() + timedelta(minutes=1))
    assert (work.run_item(item.pk), work.dispatch_due_work(), WOKEN) == ("skipped", 0, [])


def test_old_finished_work_is_forgotten_and_open_work_is_not(handled):
    old, opened = enqueue("old"), enqueue("open")
    work.run_item(old.pk)
    WorkItem.objects.filter(pk=old.pk).update(finished_at=clock.now() - timedelta(days=15))
    assert (work.purge_finished_work(), list(WorkItem.objects.values_list("pk", flat=True))) == (1, [opened.pk])


@pytest.mark.django_db(transaction=True)
def test_four_workers_at_once_run_a_piece_once(handled):
    item = enqueue()
    gate = threading.Barrier(4)

    def one(_):
        try:
            gate.wait(5)
            return work.run_item(item.pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(one, range(4))) == ["done", "skipped", "skipped", "skipped"]
