"""Which of the two languages a message is in: short, without diacritics, in Cyrillic, mixed with names of the other."""

from __future__ import annotations

from advisor.languages.detect import detect_language
from tests.advisor.serbian_corpus import PHRASINGS, QUESTIONS
from tests.corpora import for_every

SERBIAN = (
    *(
        "trka",
        "ručak?",
        "rucak",
        "večera",
        "vecera sutra",
        "hvala",
        "zdravo",
        "ćao",
        "pomoć",
        "pomoc",
        "zašto?",
        "zasto",
    ),
    *("a za ručak?", "a sutra", "i u nedelju?", "danas", "prekosutra", "može", "nešto drugo", "nesto drugo", "koliko"),
    *("šta danas", "sta jedem", "dugo trčanje", "dugo trcanje", "posle trke", "pre treninga", "užina", "uzina sutra"),
    *(
        "proteina?",
        "a proteina",
        "koliko protein mi treba",
        "плана",
        "трка",
        "ручак",
        "вечера сутра",
        "хвала",
        "здраво",
    ),
    *("Шта да једем?", "а за ручак?", "Колико воде?", "да ли смем млеко", "plan za sutra", "plan za maraton"),
    *(
        "recept za večeru",
        "recept",
        "spisak za kupovinu",
        "bez glutena",
        "smem li jaja",
        "mogu li kafu",
        "jel smem pivo",
    ),
    *("daj mi recept za “Egg fried rice with carrot”", "Zameni “Toast with kajmak and boiled eggs”", "šta je long run"),
    *("da li mi treba gel", "koliko gelova za polumaraton", "treba mi meal prep za sutra", "kad je moj tempo run"),
    *(
        "Kada je “Easy ride”?",
        "sledeci trening",
        "moj cilj",
        "koliko je TSS sutra",
        "ne volim brokoli",
        "boli me stomak",
    ),
    *("sta da pijem na biciklu", "imam trku u nedelju", "jeo sam jaja", "zakljucaj rucak", "dodaj mleko na listu"),
)
ENGLISH = (
    *("race", "lunch?", "dinner", "dinner tomorrow", "thanks", "hello", "hi", "help", "why?", "why", "and for lunch?"),
    *("and on sunday?", "today", "tomorrow", "something else", "how much", "what now", "long run", "after the race"),
    *("before training", "snack", "snack tomorrow", "and protein?", "protein", "how much protein", "plan", "my plan"),
    *(
        "plan for tomorrow",
        "marathon plan",
        "recipe for dinner",
        "recipe",
        "shopping list",
        "gluten free",
        "can i eat eggs",
    ),
    *("coffee?", "beer ok?", "what is ajvar", "recipe for “Makarone sa sirom”", "swap “Grašak”", "swap the burek"),
    *("is kajmak ok for me", "do i need gels", "how many gels for the half", "when is “Dugo trčanje”?", "next session"),
    *("my target", "what is the TSS tomorrow", "i don't like broccoli", "my stomach hurts", "i have a race on sunday"),
    *(
        "lock lunch",
        "add milk to my list",
        "Mina's plan for saturday",
        "race in Novi Sad on sunday",
        "TSS?",
        "",
        "???",
        "42",
    ),
    *(
        "I am on a low carb diet",
        "to do list",
        "no",
        "ok",
        "do me a favor",
        "Was soll ich heute essen?",
        "¿Qué ceno hoy?",
    ),
    *(
        "Что мне есть перед забегом?",
        "Що їсти сьогодні?",
        "Que dois-je manger ce soir ?",
        "Mitä syön tänään?",
        *("今日の夕食は",),
        *(),
    ),
)


def test_there_are_sixty_sentences_of_each_language():
    assert (len(set(SERBIAN)) >= 60, len(set(ENGLISH)) >= 60) == (True, True)


@for_every("text", SERBIAN)
def test_a_serbian_sentence_is_serbian(text):
    assert detect_language(text) == "sr"


@for_every("text", ENGLISH)
def test_what_is_not_serbian_is_taken_for_english(text):
    assert detect_language(text) == "en"


def test_every_question_of_the_corpus_is_told_from_its_english_twin():
    pairs = [(serbian, english) for _, serbian, english in QUESTIONS]
    assert [pair for pair in pairs if tuple(map(detect_language, pair)) != ("sr", "en")] == []


def test_every_other_phrasing_is_serbian():
    texts = [text for texts in PHRASINGS.values() for text in texts]
    assert [text for text in texts if detect_language(text) != "sr"] == []


@for_every("text", ["TSS?", "ok", "42", "protein"])
def test_what_tells_nothing_is_in_the_language_of_the_talk_before(text):
    assert (detect_language(text, default="sr"), detect_language(text)) == ("sr", "en")


@for_every("default", ["en", "sr"])
@for_every(
    ("text", "language"),
    [
        ("I became vegan", "en"),
        ("i'm vegan now", "en"),
        ("why", "en"),
        ("cancel my run", "en"),
        ("what about pasta", "en"),
        ("hvala", "sr"),
        ("a ručak?", "sr"),
        ("a rucak", "sr"),
        ("postala sam veganka", "sr"),
        ("šta da jedem pre tempo run", "sr"),
        ("Koliko gelova za Danube half marathon", "sr"),
        ("Mogu li whey posle treninga", "sr"),
        ("move my trčanje to friday", "en"),
    ],
)
def test_what_shows_its_language_is_in_it_whatever_the_talk_before(text, language, default):
    assert detect_language(text, default=default) == language


@for_every("text", ["vegan", "pasta?", "gel", "super", "daj plan"])
def test_a_word_that_both_languages_have_is_in_the_language_of_the_talk_before(text):
    assert detect_language(text, default="sr") == "sr"


def test_a_language_that_shows_outweighs_the_talk_before():
    assert (detect_language("and for lunch?", default="sr"), detect_language("a za ručak?", default="en")) == (
        "en",
        "sr",
    )
