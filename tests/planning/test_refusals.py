"""What a refusal says to the athlete: the food rules it rests on, and no offer to eat less where that is unsafe."""

from __future__ import annotations

from dataclasses import asdict, replace

import pytest

from nutrition_site.kernel.errors import InvalidInput
from planning.models import MealPlan
from planning.optimizer import Conflict, Infeasible, Relaxation
from planning.optimizer.relax import UNITS, combine, make_relaxation
from planning.services import plans, solving
from planning.services.concessions import accept_offer, read_offer, stored_offers
from planning.services.inputs import gather_inputs
from planning.services.refusals import drop_unsafe_offers
from tests import factories
from tests.planning.people import MONDAY

pytestmark = pytest.mark.django_db
LESS = make_relaxation("protein", 10.0, cost=1.0)
WIDER = make_relaxation("energy", 3.0, cost=1.0, day=MONDAY.isoformat())
LONGER = make_relaxation("prep", 10.0, cost=1.0)
OFFERS: tuple[Relaxation, ...] = (LESS, WIDER, combine([LONGER, WIDER]), LONGER)
REFUSAL = Infeasible((Conflict(("prep",), "Too short.", (("prep", MONDAY.isoformat()),)),), OFFERS, "lp")


@pytest.mark.parametrize(
    ("profile", "kept"),
    [
        ({}, OFFERS),
        ({"birth_date": "2010-06-01"}, (LONGER,)),
        ({"birth_date": None}, (LONGER,)),
        ({"sex": "F", "pregnant": True}, (LONGER,)),
        ({"sex": "F", "lactating": True}, (LONGER,)),
        ({"ed_flag": True}, (LONGER,)),
    ],
    ids=["an adult", "a minor", "an unknown age", "pregnant", "breastfeeding", "a stated eating disorder"],
)
def test_nobody_vulnerable_is_offered_less_energy_or_protein(catalogue, profile, kept):
    athlete = factories.make_athlete("offered@example.com", **profile)
    inputs = gather_inputs(athlete=athlete, first=MONDAY, count=1)
    assert drop_unsafe_offers(inputs, REFUSAL).relaxations == kept


@pytest.mark.parametrize("offer", [LESS, WIDER], ids=["protein", "energy"])
def test_a_forged_offer_to_eat_less_is_refused_to_a_minor(api, catalogue, offer):
    athlete = factories.make_athlete("forged@example.com", birth_date="2012-06-01")
    sent = {"week_start": MONDAY.isoformat(), "days": 1, "relaxations": [asdict(offer)]}
    answer = api(athlete.user).post(f"/v1/athletes/{athlete.pk}/meal-plans", sent)
    assert (answer.status_code, MealPlan.objects.count()) == (400, 0)


def test_a_refusal_names_the_diet_and_the_dislike_it_rests_on(api, catalogue):
    """Vegans have breakfasts, and so has who eats no fruit, vegetables and soy; together there is none."""
    dislikes = ["fruit", "vegetables", "soy"]
    athlete = factories.make_athlete("strict@example.com", dietary_preferences=["vegan"], dislikes=dislikes)
    sent = {"week_start": MONDAY.isoformat(), "days": 1}
    answer = api(athlete.user).post(f"/v1/athletes/{athlete.pk}/meal-plans", sent)
    told = " ".join(conflict["sentence"] for conflict in answer.json()["error"]["conflicts"])
    assert (answer.status_code, "(disliked)" in told) == (422, True), told


def test_the_refusal_of_a_plan_goes_through_both(catalogue, monkeypatch):
    athlete = factories.make_athlete("both@example.com", birth_date="2010-06-01")
    named = replace(REFUSAL, conflicts=(replace(REFUSAL.conflicts[0], sentence="Named."),))
    monkeypatch.setattr(solving, "solve", lambda *args, **kwargs: REFUSAL)
    monkeypatch.setattr(solving, "name_food_rules", lambda inputs, outcome: named)
    with pytest.raises(plans.PlanInfeasible) as refused:
        plans.create_meal_plan(athlete=athlete, first=MONDAY, count=1, by=athlete.user)
    extra = refused.value.extra
    assert [conflict["sentence"] for conflict in extra["conflicts"]] == ["Named."]
    assert [offer["kind"] for offer in extra["relaxations"] if offer["kind"] in ("energy", "protein", "prep")] == [
        "prep"
    ]


def _refused(api, athlete):
    sent = {"week_start": MONDAY.isoformat(), "days": 1}
    answer = api(athlete.user).post(f"/v1/athletes/{athlete.pk}/meal-plans", sent)
    assert answer.status_code == 422, answer.content
    return answer.json()["error"]


def test_an_own_amount_that_no_dishes_meet_is_offered_back(api, catalogue):
    """Vegan dishes that are low in FODMAPs do not hold 2.5 g of protein per kilogram."""
    athlete = factories.make_athlete(
        "own@example.com",
        weight_kg=70.0,
        dietary_preferences=["low-fodmap", "vegan"],
        macro_overrides={"protein_g_per_kg": 2.5, "fat_min_pct": 22.0},
    )
    (offer,) = [offer for offer in _refused(api, athlete)["relaxations"] if offer["subject"] == "protein_g_per_kg"]
    assert offer["sentence"] == "Let your training decide instead of your own 2.5 g of protein per kg."
    accept_offer(athlete=athlete, document=offer, by=athlete.user)
    athlete.refresh_from_db()
    assert athlete.macro_overrides == {"fat_min_pct": 22.0}
    sent = {"week_start": MONDAY.isoformat(), "days": 1}
    assert api(athlete.user).post(f"/v1/athletes/{athlete.pk}/meal-plans", sent).status_code == 201


def test_an_own_amount_that_is_not_there_cannot_be_given_back(catalogue):
    athlete = factories.make_athlete("none@example.com", macro_overrides={"protein_g_per_kg": 2.0})
    with pytest.raises(InvalidInput):
        accept_offer(athlete=athlete, document={"kind": "override", "subject": "carbs_g_per_kg"}, by=athlete.user)
    athlete.refresh_from_db()
    assert athlete.macro_overrides == {"protein_g_per_kg": 2.0}


@pytest.mark.parametrize("kind", UNITS)
def test_whatever_the_planner_offers_can_be_taken(kind):
    subject = {"weekly_max": "fish", "weekly_min": "fish", "slot_window": "dinner", "slot_caps": "pre"}.get(kind)
    offer = make_relaxation(kind, 5.0, cost=0.0, day=MONDAY.isoformat(), subject=subject)
    assert read_offer(asdict(offer)) == [offer]


def test_a_window_of_every_meal_has_no_subject_and_can_be_taken():
    offer = make_relaxation("slot_window", 50.0, cost=0.0)
    assert read_offer(asdict(offer)) == [offer]


def test_meals_are_let_go_for_one_planning_and_not_for_those_after_it():
    offers = [make_relaxation("fixed", 1, cost=1.0, day=MONDAY.isoformat()), LONGER]
    assert [offer["kind"] for offer in stored_offers(offers)] == ["prep"]
