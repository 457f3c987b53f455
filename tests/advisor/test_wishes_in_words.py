"""Dislikes, diets and hunger in words: what is said becomes a proposal, and nobody is sent to a meal that is over."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest

from advisor.actions import confirm_action
from advisor.backends.builtin import BuiltinBackend
from advisor.backends.protocol import AdviceContext
from advisor.tools import Toolbox
from athletes.models import Athlete
from nutrition_site.kernel.clock import today, zone
from planning.services.plans import set_item_status
from tests import factories
from tests.advisor.proposals import plan_of, store

pytestmark = pytest.mark.django_db


def ask(athlete, message, language="en"):
    tools = Toolbox(athlete=athlete, by=athlete.user)
    return BuiltinBackend().reply(AdviceContext(message=message, tools=tools, language=language))


def wishes(draft):
    return [tuple(one.arguments.get(name) for name in ("field", "change", "value")) for one in draft.proposals]


@pytest.fixture
def picky(db, catalogue):
    return factories.make_athlete(
        email="vera@example.com",
        name="Vera",
        dislikes=["tofu", "Mushrooms", "liver"],
        dietary_preferences=["vegetarian"],
    )


# --- dislikes ---
@pytest.mark.parametrize(
    ("message", "food"),
    [
        ("remove tofu from my dislikes", "tofu"),
        ("please take tofu off my list of dislikes", "tofu"),
        ("forget that I hate liver", "liver"),
        ("forget I don't like liver", "liver"),
        ("I no longer hate liver", "liver"),
        ("I don't dislike mushrooms any more", "mushrooms"),
        ("I like mushrooms again", "mushrooms"),
        ("I like tofu after all", "tofu"),
    ],
)
def test_a_dislike_that_is_over_is_proposed_to_go(picky, message, food):
    assert wishes(ask(picky, message)) == [("dislike", "remove", food)]


@pytest.mark.parametrize("message", ["izbaci tofu iz onoga što ne volim", "zaboravi da ne volim tofu"])
def test_a_dislike_that_is_over_is_understood_in_serbian(picky, message):
    assert wishes(ask(picky, message, "sr")) == [("dislike", "remove", "tofu")]


def test_a_dislike_is_found_in_the_singular_too(picky):
    (proposal,) = ask(picky, "forget that I hate mushroom").proposals
    confirm_action(action=store(picky, proposal), by=picky.user)
    assert Athlete.objects.get(pk=picky.pk).dislikes == ["tofu", "liver"]


def test_what_was_never_disliked_is_told_to_be_missing(picky):
    draft = ask(picky, "remove olives from my dislikes")
    assert (draft.proposals, draft.reply) == ((), "That cannot be changed now. “olives” is not in your profile.")


@pytest.mark.parametrize("message", ["I hate olives", "I don't like olives", "never give me olives again"])
def test_a_dislike_is_still_proposed_to_come(picky, message):
    assert wishes(ask(picky, message)) == [("dislike", "add", "olives")]


# --- diets ---
@pytest.mark.parametrize(
    "message", ["I became vegan", "I went vegan", "I've become vegan", "I'm going vegan", "I decided to go vegan"]
)
def test_who_became_vegan_is_proposed_the_diet(picky, message):
    assert wishes(ask(picky, message)) == [("diet", "add", "vegan")]


@pytest.mark.parametrize(
    "message", ["I'm no longer vegetarian", "I am not a vegetarian any more", "I stopped being vegetarian"]
)
def test_who_is_vegetarian_no_more_is_proposed_to_drop_it(picky, message):
    assert wishes(ask(picky, message)) == [("diet", "remove", "vegetarian")]


# --- hunger ---
@pytest.fixture
def at(mina, monkeypatch):
    """Sets the clock on Mina's wall, today."""
    day = today(mina.zones)

    def set_clock(hour, minute=0):
        moment = datetime.combine(day, time(hour, minute), tzinfo=zone(mina.zones))
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    return set_clock


def names_at(athlete, **where):
    rows = plan_of(athlete).current.items.select_related("recipe").filter(date=today(athlete.zones), **where)
    return [row.recipe.name for row in rows]


def test_who_is_hungry_in_the_evening_is_told_no_meal_that_is_over(mina, at):
    at(19)
    reply = ask(mina, "I'm hungry").reply
    assert [name for name in names_at(mina, time__lt="17:00") if name in reply] == []


def test_who_is_hungry_in_the_evening_is_told_what_comes(mina, at):
    at(19)
    reply = ask(mina, "I'm hungry").reply
    assert [name in reply for name in names_at(mina, slot="dinner")] == [True]


def test_who_is_hungry_at_night_is_not_told_to_wait(mina, at):
    at(23)
    assert "eat something" in ask(mina, "I'm hungry").reply


def test_an_eaten_snack_is_not_offered_again(mina, at):
    at(6)
    snack = plan_of(mina).current.items.select_related("recipe").get(date=today(mina.zones), slot="snack", index=0)
    set_item_status(plan=plan_of(mina), item_id=snack.pk, status="eaten", by=mina.user)
    assert snack.recipe.name not in ask(mina, "I'm hungry").reply


def test_a_leftover_is_not_told_to_be_cooked_again(mina, at):
    at(6)
    leftover = plan_of(mina).current.items.filter(slot="lunch", date__gt=today(mina.zones) + timedelta(days=0))
    item = next(item for item in leftover.order_by("date") if item.leftover_of)
    reply = ask(mina, f"something quicker for lunch on {item.date.isoformat()}").reply
    assert "only needs warming up" in reply
