"""Thirty of the random athletes of `script/soak planner`, planned and judged again, or refused with reason."""

from __future__ import annotations

import pytest

from script.support.planner.soak import try_athlete

pytestmark = [pytest.mark.django_db, pytest.mark.long]
SEED = 11
ATHLETES = 30


@pytest.mark.parametrize("number", range(ATHLETES))
def test_a_random_athlete_gets_a_true_answer(catalogue, number):
    record = try_athlete(SEED, number, subsets=False, offers=False)
    assert (record["failures"], record["outcome"] != "error") == ([], True)
