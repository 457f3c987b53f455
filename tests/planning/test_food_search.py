"""Food search: what a cook means comes first, typos are forgiven, and every database answers the same."""

from __future__ import annotations

from fnmatch import fnmatchcase
from itertools import islice, product
from urllib.parse import quote

import pytest
from django.db import connection

from planning.catalogue.words import compose_search_text, fold, singular, split_words
from planning.models import Food
from planning.search_index import SQLITE_TRIGGERS, ensure_index
from planning.services.search import page_of_foods, read_terms, search_foods
from planning.services.vocabulary import Vocabulary, edit_distance
from tests import factories
from tests.corpora import for_every

pytestmark = [pytest.mark.core, pytest.mark.django_db]

# words -> beginning of the name of the first food found
GOLDEN = {
    "oats": "Rolled oats",
    "oat": "Rolled oats",
    "OATS": "Rolled oats",
    "banana": "Banana",
    "bananas": "Banana",
    "egg": "Egg",
    "eggs": "Egg",
    "egg white": "Egg white",
    "tomato": "Tomatoes",
    "tomatoes": "Tomatoes",
    "tomatoe": "Tomatoes",
    "strawberry": "Strawberries",
    "strawberries": "Strawberries",
    "brown rice": "Brown rice",
    "rice, brown": "Brown rice",
    "peanut butter": "Peanut butter",
    "butter peanut": "Peanut butter",
    "chicken breast": "Chicken breast",
    "breast chicken": "Chicken breast",
    "cottage cheese": "Cottage cheese",
    "greek yogurt": "Greek yogurt",
    "greek yoghurt": "Greek yogurt",
    "honey": "Honey",
    "olive oil": "Olive oil",
    "broccoli": "Broccoli",
    "brocoli": "Broccoli",
    "quinoa": "Quinoa",
    "quiona": "Quinoa",
    "chiken brest": "Chicken breast",
    "zuchinni": "Zucchini",
    "avacado": "Avocado",
    "mozarela": "Mozzarella",
    "spinnach": "Spinach",
    "blueberrys": "Blueberries",
    "sweet potatoe": "Sweet potato",
    "jalapeno": "Jalapeño",
    "JALAPEÑO": "Jalapeño",
    "gruyere": "Gruyère",
    "jogurt": "Plain yogurt",
    "piletina": "Chicken breast",
    "пилетина": "Chicken breast",
    "ovsene pahuljice": "Rolled oats",
    "krompir": "Potatoes",
    "đumbir": "Fresh ginger",
    "djumbir": "Fresh ginger",
    "Haferflocken": "Rolled oats",
    "flocken": "Rolled oats",
    "Kürbis": "Pumpkin",
    "kuerbis": "Pumpkin",
    "Süßkartoffel": "Sweet potato",
    "oat milk": "Oat drink",
    "aubergine": "Eggplant",
    "apple juice": "Apple juice",
    "energy gel": "Energy gel",
}
HOSTILE = ['"', "'", "oats OR milk", "NEAR(oats milk)", "oats*", "-oats", "oats AND", "(oats", "col:oats", "oats:*"]
HOSTILE += ["oats & milk", "!oats", "oats <-> milk", "'oats':* | 'x'", "\\", "%", "_", "100%_", "'; DROP TABLE x; --"]
HOSTILE += ["🍌", "日本", "\u202eoats", "تمر", "\ud800", "~ oat ,", "/ | ,", "a\tb\nc", "٣", "½", "ﷺ" * 30, "ß", "İ"]


def names(words, count=5, among=None):
    foods = Food.objects.all() if among is None else among
    return [food.name for food in page_of_foods(words, among=foods, start=0, count=count)[0]]


@for_every(("words", "first"), GOLDEN.items())
def test_the_first_food_is_what_a_cook_means(catalogue, words, first):
    assert names(words, 1)[0].startswith(first)


class Reference:
    """The rules of search told once more, over plain lists: what every database has to agree with."""

    def __init__(self):
        self.foods = list(Food.objects.values_list("pk", "name", "core", "search_text"))

    def forms(self, word):
        half_typed = [singular(word + "s")] if word.endswith("e") else []
        return tuple(dict.fromkeys([singular(word), word, *half_typed]))

    def find(self, words):
        terms = [(word, self.forms(word)) for word in dict.fromkeys(split_words(words))]
        found = []
        for pk, name, core, text in self.foods:
            # A word begins after a space and a whole one ends before a space, in every composed text.
            if all(f" {term}" in text or any(f" {word} " in text for word in whole) for term, whole in terms):
                found.append((self.rank(terms, text) + (0 if core else 9), len(name), name.encode(), pk))
        return [row[-1] for row in sorted(found)]

    def rank(self, terms, text):
        phrases = [" ".join(phrase) for phrase in islice(product(*(whole for _, whole in terms)), 8)]
        typed = " ".join([*(singular(word) for word, _ in terms[:-1]), terms[-1][0]])
        name = text.split(" |")[0] + " "
        steps = [
            any(text.startswith(f"~ {phrase} , |") for phrase in phrases),
            any(text.startswith(f"~ {phrase} ,") or f"/ {phrase} /" in text for phrase in phrases),
            any(f" {phrase} , " in text for phrase in phrases),
            any(text.startswith(f"~ {phrase} ") for phrase in phrases) or text.startswith(f"~ {typed}"),
            all(any(f" {word} " in name for word in whole) for _, whole in terms),
            all(any(f" {word} " in text for word in whole) for _, whole in terms),
            True,
        ]
        return 2 * steps.index(True)


def test_every_database_finds_the_same_foods_in_the_same_order(catalogue):
    reference = Reference()
    for words in GOLDEN:
        expected = reference.find(words)
        if expected:
            assert list(search_foods(words).values_list("pk", flat=True)) == expected, words


def test_no_pattern_of_the_ranking_has_a_wildcard_of_its_own():
    assert all(not fnmatchcase(word, "*[%_]*") for term in read_terms("1 % milk_shake") for word in term.whole)


@for_every("words", HOSTILE)
def test_marks_and_operators_are_plain_text(catalogue, words):
    bare = " ".join(split_words(words))
    found, total = page_of_foods(words, among=Food.objects.all(), start=0, count=3)
    if bare:
        assert (found, total) == page_of_foods(bare, among=Food.objects.all(), start=0, count=3)
    else:
        assert (found, total) == ([], 0)


@for_every("words", ["", "   ", "\n"])
def test_without_words_the_reviewed_foods_are_found(catalogue, words):
    assert page_of_foods(words, among=Food.objects.all(), start=0, count=1)[1] == Food.objects.filter(core=True).count()


def test_ten_thousand_letters_are_cut_and_not_an_error(catalogue):
    assert names("oats " * 2000, 1) == ["Rolled oats"]


def test_all_words_must_be_found(catalogue):
    assert all("rice" in name.lower() and "brown" in name.lower() for name in names("brown rice", 5))


def test_a_word_that_nothing_is_like_finds_nothing(catalogue):
    assert names("xqzzqx") == []


def test_one_unknown_word_is_corrected_and_the_known_ones_stay(catalogue):
    assert all("milk" in name.lower() for name in names("skim mlk", 1))


def test_known_words_that_never_meet_are_corrected_too(catalogue):
    assert search_foods("batter").exists()
    assert names("peanut batter", 1)[0].startswith("Peanut butter")


def test_a_page_holds_the_total_and_follows_the_first(catalogue):
    whole = [food.pk for food in search_foods("milk")[:20]]
    pages = [page_of_foods("milk", among=Food.objects.all(), start=start, count=10) for start in (0, 10)]
    assert [food.pk for rows, _ in pages for food in rows] == whole
    assert {total for _, total in pages} == {search_foods("milk").count()}


def test_a_page_beyond_the_last_is_empty_and_keeps_the_total(catalogue):
    assert page_of_foods("skyr", among=Food.objects.all(), start=100, count=10) == ([], search_foods("skyr").count())


def test_a_search_costs_two_queries(catalogue, django_assert_num_queries):
    with django_assert_num_queries(2):
        page_of_foods("chicken breast", among=Food.objects.all(), start=0, count=20)


@pytest.fixture
def own_food(athlete):
    text = compose_search_text(name="Grandma's zwetschkenfleck")
    return Food.objects.create(
        owner=athlete, code="own-1", name="Grandma's zwetschkenfleck", source="own", search_text=text
    )


def test_an_own_food_is_found_by_its_owner_before_the_reference_table(catalogue, own_food, alice):
    assert names("grandma", 1, Food.objects.visible_to(alice)) == ["Grandma's zwetschkenfleck"]


def test_an_own_food_is_found_by_nobody_else(catalogue, own_food, sam, carol):
    for other in (sam, carol):
        assert "Grandma's zwetschkenfleck" not in names("zwetschkenfleck", 5, Food.objects.visible_to(other))
    assert not search_foods("zwetschkenfleck").exists()


def test_the_words_of_an_own_food_correct_only_its_owners_typos(catalogue, own_food, alice, sam):
    assert names("zwetschkenflek", 1, Food.objects.visible_to(alice)) == ["Grandma's zwetschkenfleck"]
    assert names("zwetschkenflek", 1, Food.objects.visible_to(sam)) == []


def test_an_own_food_is_404_for_others(catalogue, api, own_food, alice, sam):
    answers = [api(user).get(f"/v1/foods/{own_food.pk}").status_code for user in (alice, sam)]
    assert answers == [200, 404]


def test_the_index_follows_a_food_that_is_renamed_and_deleted(db):
    food = Food.objects.create(code="t-1", name="Qwertyfruit", search_text=compose_search_text(name="Qwertyfruit"))
    assert [row.pk for row in search_foods("qwertyfruit")] == [food.pk]
    Food.objects.filter(pk=food.pk).update(search_text=compose_search_text(name="Asdfruit"))
    assert not search_foods("qwertyfruit").exists()
    assert [row.pk for row in search_foods("asdfruit")] == [food.pk]
    food.delete()
    assert not search_foods("asdfruit").exists()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps an index in step by itself")
def test_a_rebuilt_table_gets_its_index_back(catalogue):
    with connection.cursor() as cursor:
        for name in SQLITE_TRIGGERS:
            cursor.execute(f"DROP TRIGGER {name}")
    Food.objects.create(code="t-2", name="Lostfruit", search_text=compose_search_text(name="Lostfruit"))
    assert not search_foods("lostfruit").exists()
    assert ensure_index(connection) is True
    assert search_foods("lostfruit").exists()
    assert ensure_index(connection) is False


def test_signing_in_is_what_shows_foods(api, catalogue):
    assert api(None).get("/v1/foods?search=oats").status_code == 401


@for_every("words", HOSTILE[:-13])
def test_no_words_are_an_error_over_http(api, sam, catalogue, words):
    assert api(sam).get(f"/v1/foods?search={quote(words)}").status_code == 200


def test_a_search_over_http_shows_only_visible_foods(api, own_food, catalogue):
    reader = factories.make_user("reader@example.com")
    assert api(reader).get("/v1/foods?search=zwetschkenfleck").json()["total"] == 0


@for_every(
    ("plural", "single"),
    [
        ("oats", "oat"),
        ("berries", "berry"),
        ("tomatoes", "tomato"),
        ("radishes", "radish"),
        ("peaches", "peach"),
        ("leaves", "leaf"),
        ("cookies", "cookie"),
        ("asparagus", "asparagus"),
        ("molasses", "molass"),
        ("gas", "gas"),
        ("swiss", "swiss"),
    ],
)
def test_plurals_lose_their_ending(plural, single):
    assert singular(plural) == single


@for_every(
    ("written", "folded"),
    [("Crème Brûlée", "creme brulee"), ("Đumbir", "djumbir"), ("Weiß", "weiss"), ("Њоке", "njoke"), ("ﬁg", "fig")],
)
def test_letters_lose_their_marks(written, folded):
    assert fold(written) == folded


def test_the_text_of_a_food_tells_name_and_rest_apart():
    text = compose_search_text(name="Rice, brown (raw)", others=["Whole grains"], translations=["Naturreis"])
    assert text == "~ rice , brown raw | whole grains grain / naturreis /"


def test_the_text_of_a_food_never_outgrows_its_column():
    text = compose_search_text(name="ﷺ " * 200, others=["word" + str(n) for n in range(500)])
    assert len(text) <= 600
    assert " | " in text
    assert text.endswith(" /")


@for_every(
    ("one", "other", "edits"),
    [("quiona", "quinoa", 1), ("brocoli", "broccoli", 1), ("abc", "abc", 0), ("", "abc", 3), ("kitten", "sitting", 3)],
)
def test_an_edit_is_a_letter_more_less_other_or_two_swapped(one, other, edits):
    assert edit_distance(one, other) == edits


def test_the_nearest_words_are_found_whatever_is_passed_over():
    words = ["breast", "bread", "beast", "roast", "yeast", "burst"]
    vocabulary = Vocabulary(words)
    fewest = min(edit_distance("breasd", word) for word in words)
    assert vocabulary.near("breasd") == (
        fewest,
        tuple(sorted(word for word in words if edit_distance("breasd", word) == fewest)),
    )


def test_a_short_word_is_never_corrected():
    assert Vocabulary(["ox", "ax"]).near("ex") == (0, ())
