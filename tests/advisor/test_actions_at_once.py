"""Several confirmations at the same moment, with real transactions: one applies, all tell the truth."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from advisor.actions import confirm_action, confirming
from advisor.backends.protocol import Proposal
from advisor.models import ProposedAction
from nutrition_site.kernel.errors import DomainError
from tests.advisor.proposals import CASES, store

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.core]


def at_once(action, do, *, threads):
    """What `do` with a fresh copy of the proposal gives, or is refused with, in threads that begin together."""
    outcomes: list[str] = []
    barrier = threading.Barrier(threads)

    def begin():
        try:
            mine = ProposedAction.objects.get(pk=action.pk)
            barrier.wait(timeout=30)
            outcomes.append(do(mine).status)
        except DomainError as error:
            outcomes.append(error.code)
        finally:
            connection.close()

    running = [threading.Thread(target=begin) for _ in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    return outcomes


def test_every_kind_is_applied_once_when_it_is_confirmed_twice_at_once(planned, runner):
    seen = {}
    for kind, case in CASES.items():
        action = store(runner, case.propose(runner))
        outcomes = at_once(action, lambda mine: confirm_action(action=mine, by=runner.user), threads=2)
        action.refresh_from_db()
        seen[kind] = (set(outcomes) <= {"applied", "action_in_progress"}, action.status, case.count(runner, action))
        runner.refresh_from_db()
    assert seen == dict.fromkeys(CASES, (True, "applied", 1))


def test_of_five_requests_at_once_one_holds_the_proposal(athlete):
    told = []
    for _ in range(5):
        action = store(athlete, Proposal("change_preference", {}, "Plan without olives.", {}, "profile"))
        told.append(sorted(at_once(action, lambda mine: confirming._hold(mine, athlete.user), threads=5)))
    assert told == [["action_in_progress"] * 4 + ["applying"]] * 5
