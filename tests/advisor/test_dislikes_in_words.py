"""What an athlete does not eat, told in a chat: what is stored is what is meant, and what is said of it is true."""

from __future__ import annotations

import pytest

from advisor import proposing
from advisor.actions import confirm_action
from advisor.backends.builtin import BuiltinBackend
from advisor.backends.protocol import AdviceContext
from advisor.tools import Toolbox
from athletes.models import Athlete
from nutrition_site.kernel.errors import Conflict
from tests import factories
from tests.advisor.proposals import store

pytestmark = pytest.mark.django_db

KEPT_OUT = "It would be kept out of your plans from the next one on."


@pytest.fixture
def eater(db, catalogue):
    return factories.make_athlete(email="ema@example.com", name="Ema", dislikes=["olives"], allergies=["peanuts"])


def ask(athlete, message, language="en"):
    tools = Toolbox(athlete=athlete, by=athlete.user)
    return BuiltinBackend().reply(AdviceContext(message=message, tools=tools, language=language))


def stored(athlete, message, language="en"):
    for proposal in ask(athlete, message, language).proposals:
        confirm_action(action=store(athlete, proposal), by=athlete.user)
    return Athlete.objects.get(pk=athlete.pk).dislikes


@pytest.mark.parametrize(
    ("message", "foods"),
    [
        ("I hate eggs", ["eggs"]),
        ("no more tofu for lunch", ["tofu"]),
        ("I hate tofu at breakfast", ["tofu"]),
        ("I hate rice, potatoes and bread", ["rice", "potatoes", "bread"]),
        ("I hate mushrooms and eggplant", ["mushrooms", "eggplant"]),
        ("I don't like nuts or dairy", ["nuts", "dairy"]),
        ("don't give me mushrooms any more", ["mushrooms"]),
        ("Please don't give me mushrooms anymore", ["mushrooms"]),
        ("I really hate red meat", ["red meat"]),
    ],
)
def test_what_is_disliked_is_stored_food_by_food(eater, message, foods):
    assert stored(eater, message) == ["olives", *foods]


def test_two_foods_in_serbian_are_both_stored(eater):
    assert stored(eater, "ne volim mleko i sir", "sr") == ["olives", "milk", "cheese"]


def test_several_foods_are_taken_back_together(eater):
    stored(eater, "I hate mushrooms and eggplant")
    eater = Athlete.objects.get(pk=eater.pk)
    assert stored(eater, "remove mushrooms and eggplant from my dislikes") == ["olives"]


def test_a_dislike_at_one_meal_is_said_to_hold_for_all(eater):
    assert "That would hold for every meal" in ask(eater, "no more tofu for lunch").reply


def test_a_dislike_without_a_meal_says_nothing_of_meals(eater):
    assert "every meal" not in ask(eater, "I hate tofu").reply


def test_what_is_called_nothing_is_not_promised(eater):
    draft = ask(eater, "I hate bananananas")
    assert (draft.proposals, KEPT_OUT in draft.reply, "No food or dish here is called" in draft.reply) == (
        (),
        False,
        True,
    )


def test_what_is_near_is_offered(eater):
    with pytest.raises(Conflict, match="Near to it are: .*Mango"):
        proposing.preference_proposal(eater, field="dislike", change="add", value="mangonel")


def test_a_known_food_in_no_dish_is_kept_without_a_promise(eater):
    draft = ask(eater, "I hate tripe")
    assert (len(draft.proposals), KEPT_OUT in draft.reply, "None of the dishes" in draft.reply) == (1, False, True)


def test_what_is_known_is_proposed_and_what_is_not_is_told(eater):
    draft = ask(eater, "I hate mushrooms and quidditch")
    assert ([one.arguments["value"] for one in draft.proposals], "quidditch" in draft.reply) == (["mushrooms"], True)


def test_the_plural_of_a_dislike_is_in_the_profile_already(eater):
    with pytest.raises(Conflict, match="in your profile already"):
        proposing.preference_proposal(eater, field="dislike", change="add", value="olive")


@pytest.mark.parametrize("message", ["what do I dislike?", "which foods do I not like?", "what are my dislikes?"])
def test_dislikes_are_told_from_the_profile(eater, message):
    assert ask(eater, message).reply == "What you do not eat: “olives”."


@pytest.mark.parametrize("message", ["what am I allergic to?", "which allergies do I have?"])
def test_allergies_are_told_from_the_profile(eater, message):
    assert ask(eater, message).reply == "Your allergies: peanuts."


@pytest.mark.parametrize("message", ["what do I dislike?", "what am I allergic to?"])
def test_who_named_nothing_is_told_so(db, catalogue, message):
    nobody = factories.make_athlete(email="nina@example.com", name="Nina")
    assert ask(nobody, message).reply.startswith("You named no ")


@pytest.mark.parametrize("message", ["šta ne volim?", "na šta sam alergična?"])
def test_what_is_left_out_is_told_in_serbian(eater, message):
    reply = ask(eater, message, "sr").reply
    assert reply.startswith(("Ono što ne jedeš", "Tvoje alergije"))


@pytest.mark.parametrize("message", ["don't plan lunch tomorrow", "I don't eat breakfast"])
def test_a_meal_is_no_dislike(eater, message):
    assert ask(eater, message).proposals == ()
