"""A week, added up again by anyone who reads its recipes and foods: `test_thirty_athletes.py` has thirty of them."""

from __future__ import annotations

import pytest

from nutrition_site.kernel.api import limits
from planning.models import MealPlan
from tests.planning import people
from tests.planning.added_up import settle_and_plan

pytestmark = pytest.mark.django_db
# Somebody who says nearly nothing and somebody on low-FODMAP.
TWO = [person for person in people.thirty_people() if person.number in (4, 9)]


@pytest.mark.core
@pytest.mark.parametrize("person", TWO, ids=lambda person: str(person.number))
def test_the_week_is_right_when_anyone_adds_it_up_again(person, catalogue, larder, api):
    assert settle_and_plan(person, larder, api) == "verified"


@pytest.mark.core
def test_a_rest_day_and_a_four_hour_ride_differ_as_the_tables_say(catalogue, athlete, plan_of):
    """Burke 2011 and Thomas 2016: 3 g/kg of carbohydrate at rest, 8 to 12 g/kg on a very long day."""
    people.make_event(athlete, people.MONDAY.replace(day=10), 480, 240, sport="cycle")
    plan_of(athlete)
    days = {day["date"]: day for day in MealPlan.objects.get().current.days}
    rest, ride = days["2026-10-06"], days["2026-10-10"]
    assert rest["target"]["carbs_g"] / athlete.weight_kg == pytest.approx(3.5, abs=0.5)
    assert 8 <= ride["target"]["carbs_g"] / athlete.weight_kg <= 12
    assert (rest["target"]["day_class"], ride["target"]["day_class"]) == ("rest", "very_high")
    assert ride["totals"]["energy_kcal"] > 1.4 * rest["totals"]["energy_kcal"]
    assert ride["totals"]["carbs_g"] > 2 * rest["totals"]["carbs_g"]


@pytest.mark.core
def test_the_long_ride_is_fed_on_the_bike_and_the_rest_day_is_not(catalogue, athlete, plan_of):
    people.make_event(athlete, people.MONDAY.replace(day=10), 480, 240, sport="cycle")
    plan = plan_of(athlete)
    during = list(plan.current.items.filter(slot="during").values_list("date", flat=True))
    assert set(during) == {people.MONDAY.replace(day=10)}
    assert len(during) == 2


def test_the_reader_of_a_recipe_sees_what_the_plan_serves(catalogue, athlete, plan_of, larder):
    limits.limiter().storage.reset()
    plan = plan_of(athlete, count=1)
    for item in plan.current.items.all():
        energy = larder.amount([{"recipe_id": item.recipe_id, "servings": item.quarters / 4}], "energy_kcal")
        assert item.nutrients["energy_kcal"] == pytest.approx(energy, abs=0.2)
