"""The shopping list from a talk: what is there is told, amounts are kept, several things are several wishes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from advisor import proposing
from advisor.actions import confirm_action
from advisor.backends.builtin import BuiltinBackend
from advisor.backends.protocol import AdviceContext
from advisor.languages.serbian_reading import to_english
from advisor.proposals.list_lines import Wish, lines_like, read_wishes, standing_of
from advisor.tool_calls import ToolCalls
from advisor.tools import Toolbox
from nutrition_site.kernel.clock import now, today
from nutrition_site.kernel.errors import Conflict, NotFound
from planning.models import Food, PantryItem, ShoppingItem, ShoppingList
from planning.services.shopping import add_own_item, check_items
from tests import factories
from tests.advisor.proposals import store


# --- reading wishes ---
@pytest.mark.parametrize(
    ("words", "wishes"),
    [
        ("bananas", [Wish("bananas")]),
        ("6 eggs", [Wish("eggs", "6")]),
        ("a dozen eggs", [Wish("eggs", "a dozen")]),
        ("500 g of rice", [Wish("rice", "500 g")]),
        ("2 bunches of parsley", [Wish("parsley", "2 bunches")]),
        ("milk and eggs", [Wish("milk"), Wish("eggs")]),
        ("milk, 6 eggs and 2 kg potatoes", [Wish("milk"), Wish("eggs", "6"), Wish("potatoes", "2 kg")]),
        ("some coffee please", [Wish("coffee")]),
        ("3 more bananas", [Wish("bananas", "3", True)]),
        ("7up", [Wish("7up")]),
        ("", []),
        ("and , and", []),
    ],
)
def test_each_thing_is_read_with_its_amount(words, wishes):
    assert read_wishes(words) == wishes


def test_no_more_than_six_things_are_read():
    assert len(read_wishes(", ".join("abcdefgh"))) == 6


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("dodaj litar mleka na listu", "add 1 l milk to my list"),
        ("додај литар млека", "add 1 l milk"),
        ("dodaj 2 litra mleka na spisak", "add 2 l milk to my list"),
        ("dodaj litar i po mleka", "add 1.5 l milk"),
        ("dodaj kilo pirinča na spisak", "add 1 kg rice to my list"),
        ("dodaj 3 kile pirinča na spisak", "add 3 kg rice to my list"),
        ("dodaj pola kile sira", "add 500 g cheese"),
        ("koliko natrijuma na litar", "how much sodium per l"),
    ],
)
def test_a_serbian_measure_without_a_number_is_one_of_it(said, read):
    assert to_english(said) == read


# --- what is on the list ---
@pytest.fixture
def athlete(db, catalogue):
    return factories.make_athlete(email="vera@example.com", name="Vera", allergies=["peanuts"])


@pytest.fixture
def shopping_list(athlete):
    first = today(athlete.zones)
    return ShoppingList.objects.create(
        athlete=athlete, first_day=first, last_day=first + timedelta(days=6), generated_at=now()
    )


def food_called(name):
    return Food.objects.get(owner=None, core=True, name=name)


def line(shopping_list, name, grams, quantity, **fields):
    food = food_called(name)
    return ShoppingItem.objects.create(
        shopping_list=shopping_list, food=food, name=name, category=food.aisle, grams=grams, quantity=quantity, **fields
    )


@pytest.fixture
def eggs(shopping_list):
    return line(shopping_list, "Egg", 500.0, "10 eggs")


@pytest.fixture
def milk(shopping_list):
    return line(shopping_list, "Milk, 2 % fat", 1000.0, "1l")


def ask(athlete, message, language="en"):
    tools = Toolbox(athlete=athlete, by=athlete.user)
    return BuiltinBackend().reply(AdviceContext(message=message, tools=tools, language=language))


def wished(draft):
    return [(one.kind, one.arguments.get("name"), one.arguments.get("quantity")) for one in draft.proposals]


def test_what_is_on_the_list_already_is_told_and_not_doubled(athlete, eggs):
    draft = ask(athlete, "add eggs to my shopping list")
    assert (draft.proposals, "Egg 10 eggs" in draft.reply) == ((), True)


def test_an_amount_that_the_list_covers_is_not_proposed(athlete, eggs):
    draft = ask(athlete, "add 6 eggs to my list")
    assert (draft.proposals, "covers that already" in draft.reply) == ((), True)


def test_only_the_rest_of_an_amount_is_proposed(athlete, eggs):
    assert wished(ask(athlete, "add 16 eggs to my list")) == [("add_to_list", "eggs", "6")]


@pytest.mark.parametrize(("said", "rest"), [("2 l milk", "1 l"), ("1500 ml of milk", "540 ml"), ("3 kg milk", "2 kg")])
def test_the_rest_is_told_in_the_unit_that_was_said(shopping_list, milk, said, rest):
    (wish,) = read_wishes(said)
    assert standing_of(shopping_list, wish).missing == rest


def test_pieces_are_counted_as_the_list_tells_them(athlete, shopping_list):
    line(shopping_list, "Avocado", 136.0, "1 avocado")
    assert wished(ask(athlete, "add two avocados to my list")) == [("add_to_list", "avocados", "1")]


def test_what_is_there_is_told_beside_the_rest(athlete, eggs):
    assert "already: Egg 10 eggs. The proposal adds the rest." in ask(athlete, "add 16 eggs to my list").reply


@pytest.mark.parametrize(
    ("language", "message", "wish"),
    [
        ("en", "add 5 more eggs", ("add_to_list", "eggs", "5")),
        ("sr", "dodaj još 5 jaja", ("add_to_list", "eggs", "5")),
        ("sr", "додај литар млека", ("add_to_list", "milk", "1 l")),
        ("sr", "dodaj pola kile sira", ("add_to_list", "cheese", "500 g")),
        ("sr", "dodaj pola kile sira na listu", ("add_to_list", "cheese", "500 g")),
    ],
)
def test_a_food_goes_on_the_list_without_a_word_of_it(athlete, eggs, language, message, wish):
    assert wished(ask(athlete, message, language)) == [wish]


@pytest.mark.parametrize(
    "message", ["add some magic", "add a run", "add milk to my breakfast", "add nuts to my profile"]
)
def test_what_is_no_food_or_goes_elsewhere_is_no_line(athlete, eggs, message):
    assert not [one for one in ask(athlete, message).proposals if one.kind == "add_to_list"]


@pytest.mark.parametrize(
    ("language", "message"),
    [
        ("en", "remove the eggs"),
        ("sr", "skloni jaja sa spiska"),
        ("sr", "skloni jaja"),
        ("sr", "склони јаја са списка"),
    ],
)
def test_a_line_of_the_list_is_taken_off(athlete, eggs, language, message):
    (proposal,) = ask(athlete, message, language).proposals
    assert (proposal.kind, proposal.arguments["item_id"]) == ("remove_from_list", eggs.pk)


def test_what_is_not_on_the_list_is_not_taken_off_it(athlete, eggs):
    assert ask(athlete, "remove the olives").proposals == ()


@pytest.mark.parametrize(
    ("language", "message", "told"),
    [
        ("en", "do I need to buy eggs?", "To buy: Egg 10 eggs."),
        ("en", "should I buy some eggs for tomorrow?", "To buy: Egg 10 eggs."),
        ("en", "do I need to buy bananas?", "There is none of it"),
        ("sr", "da li treba da kupim jaja?", "jaje 10 kom"),
    ],
)
def test_whether_a_food_is_to_buy_is_answered_for_that_food(athlete, eggs, milk, language, message, told):
    line(athlete.shopping_lists.get(), "Eggplant", 300.0, "1 eggplant")
    reply = ask(athlete, message, language).reply
    assert (told in reply, "ggplant" in reply, "patlidžan" in reply) == (True, False, False)


def test_what_is_to_buy_at_all_is_still_the_whole_list(athlete, eggs, milk):
    assert "2 of 2 foods" in ask(athlete, "what do I need to buy?").reply


def test_more_of_it_comes_on_top(athlete, eggs):
    assert wished(ask(athlete, "add 6 more eggs to my list")) == [("add_to_list", "eggs", "6")]


def test_what_is_bought_already_may_be_added_again(athlete, shopping_list, eggs):
    check_items(shopping_list=shopping_list, wishes={eggs.pk: True}, by=athlete.user)
    assert wished(ask(athlete, "add 6 eggs to my list")) == [("add_to_list", "eggs", "6")]


def test_the_amount_goes_on_the_list_with_the_thing(athlete, shopping_list):
    (proposal,) = ask(athlete, "add 6 eggs to my list").proposals
    confirm_action(action=store(athlete, proposal), by=athlete.user)
    assert list(shopping_list.items.values_list("name", "quantity")) == [("eggs", "6")]


def test_two_things_are_two_proposals(athlete, shopping_list):
    draft = ask(athlete, "put milk and eggs on the list")
    assert wished(draft) == [("add_to_list", "milk", ""), ("add_to_list", "eggs", "")]


def test_a_food_by_the_last_words_of_its_name_is_told_but_not_taken_for_it(athlete, shopping_list):
    line(shopping_list, "White rice, long-grain", 500.0, "500g")
    draft = ask(athlete, "add rice to my list")
    assert (wished(draft), "something like it" in draft.reply) == ([("add_to_list", "rice", "")], True)


def test_the_diff_shows_what_is_there_and_what_comes(athlete, shopping_list, eggs):
    (proposal,) = ask(athlete, "add 6 more eggs to my list").proposals
    assert [(one["before"], one["after"]) for one in proposal.diff["rows"]] == [("10 eggs", "10 eggs, 6")]


def test_an_excluded_food_is_refused_with_its_reason_in_both_languages(athlete, shopping_list):
    english = ask(athlete, "add peanut butter to my list")
    serbian = ask(athlete, "dodaj kikiriki puter na spisak", "sr")
    assert (english.proposals, "contains peanuts" in english.reply) == ((), True)
    assert (serbian.proposals, "excluded" in serbian.reply, len(serbian.reply) > 30) == ((), False, True)


@pytest.mark.parametrize("words", ["egg", "eggs", "Eggs"])
def test_a_line_is_found_by_its_name_in_any_number(shopping_list, eggs, words):
    assert lines_like(shopping_list, words) == [eggs]


@pytest.mark.parametrize("words", ["egg noodles", "noodles", "white", ""])
def test_another_thing_is_no_line_about_it(shopping_list, eggs, words):
    assert lines_like(shopping_list, words) == []


def test_an_amount_that_cannot_be_weighed_is_wished_whole(shopping_list, milk):
    assert standing_of(shopping_list, Wish("milk", "2 big ones")).missing == "2 big ones"


# --- off the list ---
def test_an_own_line_is_taken_off(athlete, shopping_list):
    add_own_item(shopping_list=shopping_list, name="dish soap", by=athlete.user)
    (proposal,) = ask(athlete, "remove dish soap from my list").proposals
    confirm_action(action=store(athlete, proposal), by=athlete.user)
    assert (proposal.kind, shopping_list.items.count()) == ("remove_from_list", 0)


def test_a_line_of_the_plan_is_marked_as_being_at_home(athlete, eggs):
    (proposal,) = ask(athlete, "take eggs off the shopping list").proposals
    confirm_action(action=store(athlete, proposal), by=athlete.user)
    eggs.refresh_from_db()
    assert (proposal.kind, eggs.at_home, eggs.checked) == ("remove_from_list", True, False)


def test_what_was_bought_is_checked_off_and_in_the_pantry(athlete, eggs):
    (proposal,) = ask(athlete, "I bought eggs").proposals
    confirm_action(action=store(athlete, proposal), by=athlete.user)
    eggs.refresh_from_db()
    assert (eggs.checked, PantryItem.objects.get(athlete=athlete).grams) == (True, 500.0)


@pytest.mark.parametrize(
    "message",
    ["I bought milk and eggs", "I just bought eggs and milk", "check off milk and eggs", "tick off eggs, milk"],
)
def test_several_things_that_were_bought_are_proposed_each(athlete, eggs, milk, message):
    assert {one.kind for one in ask(athlete, message).proposals} == {"check_off"}
    assert {one.arguments["item_id"] for one in ask(athlete, message).proposals} == {eggs.pk, milk.pk}


@pytest.mark.parametrize("message", ["kupio sam jaja", "kupila sam jaja"])
def test_what_was_bought_is_understood_in_serbian(athlete, eggs, message):
    assert [one.arguments["item_id"] for one in ask(athlete, message, "sr").proposals] == [eggs.pk]


def test_what_is_not_on_the_list_is_told_to_be_missing(athlete, eggs):
    draft = ask(athlete, "remove coffee from my list")
    assert (draft.proposals, draft.reply) == ((), "That is not on your shopping list.")


def test_what_is_bought_already_is_no_proposal(athlete, shopping_list, eggs):
    check_items(shopping_list=shopping_list, wishes={eggs.pk: True}, by=athlete.user)
    draft = ask(athlete, "I bought eggs")
    assert (draft.proposals, "bought or at home already" in draft.reply) == ((), True)


@pytest.mark.parametrize("message", ["what have I bought", "what did I buy", "how much milk should I buy"])
def test_a_question_about_buying_proposes_nothing(athlete, eggs, message):
    assert ask(athlete, message).proposals == ()


def test_without_a_list_the_answer_says_where_to_make_one(athlete):
    assert "Make one under “Shopping”" in ask(athlete, "I bought eggs").reply


def test_a_line_that_somebody_ticked_meanwhile_is_over(athlete, shopping_list, eggs):
    action = store(athlete, proposing.check_proposal(eggs))
    check_items(shopping_list=shopping_list, wishes={eggs.pk: True}, by=athlete.user)
    with pytest.raises(Conflict) as caught:
        confirm_action(action=action, by=athlete.user)
    assert caught.value.message == "“Egg” is bought or at home already."


def test_a_model_settles_a_line_by_its_name(athlete, eggs):
    calls = ToolCalls(Toolbox(athlete=athlete, by=athlete.user))
    calls.run("propose_list_settlement", {"name": "eggs", "bought": True})
    assert [(one.kind, one.arguments["item_id"]) for one in calls.proposals] == [("check_off", eggs.pk)]


def test_a_model_is_told_what_is_not_on_the_list(athlete, eggs):
    with pytest.raises(NotFound):
        ToolCalls(Toolbox(athlete=athlete, by=athlete.user)).run(
            "propose_list_settlement", {"name": "caviar", "bought": False}
        )
