"""Thirty athletes of all diets, sports and loads get a verified week.

`script/soak planner` plans for ten thousand; two of these thirty are planned for in `test_weeks_added_up.py` as well.
"""

from __future__ import annotations

import pytest

from tests.planning import people
from tests.planning.added_up import settle_and_plan

pytestmark = [pytest.mark.django_db, pytest.mark.long]
PEOPLE = people.thirty_people()


def name_of(person):
    return f"{person.number}-{'-'.join(person.profile['dietary_preferences']) or 'everything'}"


@pytest.mark.parametrize("person", PEOPLE, ids=name_of)
def test_the_week_is_right_when_anyone_adds_it_up_again(person, catalogue, larder, api):
    """Somebody who is refused shows a gap in slots, targets or catalogue, not in the athlete."""
    assert settle_and_plan(person, larder, api) == "verified"


def test_the_thirty_hold_every_diet_of_the_contract():
    from nutrition_site.kernel.vocabulary import DIETS

    assert {diet for person in PEOPLE for diet in person.profile["dietary_preferences"]} == set(DIETS)
