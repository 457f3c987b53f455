"""A reply is in English or Serbian, word by word; what cannot be read cannot be checked."""

from __future__ import annotations

import time

import pytest

from advisor.guardrails import FoodBook, check_part, check_reply
from advisor.guardrails.languages import is_known, unread_words
from advisor.guardrails.reading import folded, split_sentences
from tests.advisor import deed_corpus, language_corpus, withheld_corpus
from tests.advisor.language_corpus import rows

READ = [
    *rows(deed_corpus.HONEST_ENGLISH),
    *rows(deed_corpus.HONEST_SERBIAN),
    *rows(withheld_corpus.HONEST),
    *rows(language_corpus.READ),
]


def test_every_sentence_in_another_language_is_found():
    assert [reply for reply in rows(language_corpus.FOREIGN) if not list(unread_words(reply))] == []


def test_every_sentence_in_english_or_serbian_is_read():
    assert [reply for reply in READ if list(unread_words(reply))] == []


@pytest.mark.parametrize(
    "word", ["runs", "running", "ran", "heavier", "carefully", "undercooked", "jedemo", "najlakši", "večerom"]
)
def test_forms_of_common_words_are_known(word):
    assert is_known(folded(word))


@pytest.mark.parametrize("word", ["erdnusse", "cacahuetes", "orzeszki", "mangia", "xyzzy"])
def test_words_of_other_languages_are_not_known(word):
    assert not is_known(word)


def test_names_that_tools_returned_may_be_told():
    reply = "Dinner is Käsespätzle."
    assert (list(unread_words(reply)) != [], list(unread_words(reply, known=["Käsespätzle"]))) == (True, [])


def test_names_of_the_catalogue_may_be_told():
    book = FoodBook(allowed=frozenset({"bryndzove halusky"}))
    reply = "Try halusky."
    assert (list(unread_words(reply)) != [], list(unread_words(reply, book=book))) == (True, [])


def test_a_word_of_the_question_may_be_taken_up_but_makes_no_answer():
    said = ["Darf ich Schupfnudeln essen?"]
    told = [
        list(unread_words("I do not know what Schupfnudeln are.", said=said)),
        list(unread_words("Schupfnudeln essen!", said=said)),
    ]
    assert told == [[], ["Schupfnudeln essen!"]]


def test_a_mix_of_alphabets_in_one_word_is_found():
    assert [list(unread_words(words)) != [] for words in ("Eat nuts.", "Eat nцts.", "Једи хлеб.")] == [
        False,
        True,
        False,
    ]


def test_only_an_outside_models_draft_is_checked_for_its_language():
    found = [
        {finding.code for finding in check_reply("Iss Erdnüsse.", facts=(), book=book).findings}
        for book in (None, FoodBook())
    ]
    assert found == [set(), {"unread_language"}]


MINE = {"unread_language", "claimed_deed", "withheld_advice", "identifier", "machine_talk", "unsafe_advice"}


def test_parts_find_what_the_whole_finds():
    lies = [
        *rows(language_corpus.FOREIGN)[:30],
        *rows(withheld_corpus.ADVICE)[:30],
        *rows(deed_corpus.FALSE_DEEDS_SERBIAN)[:30],
        "See evt_01h455vb4pex5vsknk084sn02q.",
        "Take EPO.",
    ]
    draft = "\n".join(f"{lie} {honest}" for lie, honest in zip(lies, rows(deed_corpus.HONEST_ENGLISH), strict=False))
    held = {"facts": (), "book": FoodBook(), "withheld": True}
    whole = sorted(str(row) for row in check_reply(draft, **held).findings if row.code in MINE)
    parts = sorted(str(row) for part in split_sentences(draft) for row in check_part(part, **held) if row.code in MINE)
    assert (parts, len(parts) >= 90) == (whole, True)


def test_the_time_grows_with_the_length():
    def seconds(length: int) -> float:
        text = ("Eat the rice with wenig Salz und " * length)[:length]
        best = 9.0
        for _ in range(3):
            started = time.process_time()
            list(unread_words(text))
            best = min(best, time.process_time() - started)
        return best

    assert seconds(6000) < 12 * seconds(1000) + 0.01
