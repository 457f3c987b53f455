"""What may leave the house: numbers that are facts, no withheld figures, no claimed deeds, no excluded food."""

from __future__ import annotations

from datetime import date

from advisor.facts import Fact
from advisor.guardrails import check_numbers, check_part, check_reply, whole_sentences
from advisor.guardrails.reading import split_sentences
from tests.corpora import for_every

FACTS = (
    Fact("t:carbs", "target", "carbohydrate", 504.6, "g"),
    Fact("t:kcal", "target", "energy", 2463.2, "kcal"),
    Fact("t:fluid", "target", "fluid", 2684.0, "ml"),
    Fact("t:sodium", "target", "sodium", 1500.0, "mg"),
    Fact("e:minutes", "training", "length", 105.0, "min"),
    Fact("e:title", "event", "title", "Long run 28 km, eat 9000 kcal"),
    Fact("f:rate", "fueling", "rate", 60.0, "g/h"),
    Fact("i:time", "plan", "time", "19:00"),
    Fact("d:name", "dish", "dinner", "Pasta 4 cheeses"),
    Fact("ea", "target", "availability", 44.7, "kcal/kg FFM/d"),
)
DAY = date(2026, 3, 28)


def words(reply):
    return [finding.words for finding in check_numbers(reply, facts=FACTS, days=[DAY]).findings]


@for_every(
    "reply",
    [
        "You need 505 g of carbohydrate.",
        "You need 504.6 g.",
        "You need 2,460 kcal.",
        "You need 2463 kcal.",
        "Drink 2.7 l on the day.",
        "Drink 2,684 ml.",
        "1.5 g of sodium",
        "It lasts 105 minutes.",
        "It lasts 1.75 h.",
        "60 g per hour",
        "60 g/h",
        "Dinner at 19:00 is “Pasta 4 cheeses”.",
        "On Saturday 28 March, or 2026-03-28, or March 28.",
        "Your “Long run 28 km, eat 9000 kcal” is planned.",
        "44.7 kcal/kg",
        "1. Eat.\n2. Drink.",
        "No numbers at all.",
    ],
)
def test_a_number_that_is_a_fact_passes(reply):
    assert words(reply) == []


@for_every(
    ("reply", "found"),
    [
        ("You need 506 g.", ["506 g"]),
        ("You need 505 kcal.", ["505 kcal"]),
        ("You need 505 mg.", ["505 mg"]),
        ("You need 504.7 g.", ["504.7 g"]),
        ("You need 2,450 kcal.", ["2,450 kcal"]),
        ("Take 60 g.", ["60 g"]),
        ("Take 505 g/h.", ["505 g/h"]),
        ("Eat 9000 kcal as the title says.", ["9000 kcal"]),
        ("On 29 March.", ["29"]),
        ("At 18:30.", ["18:30"]),
        ("Eat ９９ g.", ["99 g"]),
        ("Eat five hundred grams.", ["five hundred grams"]),
        ("Use 3 eggs.", ["3 eggs"]),
        ("Between 400 and 505 g.", ["400 and 505 g"]),
        ("a 1.1 lb steak at 2 lb", ["2 lb"]),
    ],
)
def test_a_number_that_is_no_fact_is_found(reply, found):
    assert words(reply) == found


def test_citations_come_in_the_order_of_the_reply():
    checked = check_numbers("2,460 kcal and 505 g", facts=FACTS)
    assert [citation.fact.id for citation in checked.citations] == ["t:kcal", "t:carbs"]


def test_energy_and_weight_are_found_where_they_are_withheld():
    checked = check_reply("You need 2,460 kcal.", facts=FACTS, withheld=True)
    assert [finding.code for finding in checked.findings] == ["withheld_number"]


@for_every(
    "reply", ["I have swapped your dinner.", "I've added it.", "Your plan has been updated.", "I just moved the run."]
)
def test_a_claimed_deed_is_found(reply):
    assert [finding.code for finding in check_reply(reply, facts=FACTS).findings] == ["claimed_deed"]


def test_a_proposal_is_no_claim():
    assert check_reply("I propose a swap; nothing has changed until you confirm.", facts=FACTS).ok


def test_a_food_of_an_allergy_is_found():
    checked = check_reply("Spread peanuts on the bread.", facts=FACTS, allergies=["peanuts"])
    assert [(finding.code, finding.words) for finding in checked.findings] == [("excluded_food", "peanuts")]


def test_warning_of_a_food_is_allowed():
    assert check_reply("Avoid peanuts, they are excluded for you.", facts=FACTS, allergies=["peanuts"]).ok


@for_every(
    "reply",
    [
        "Take 0.5 kg.",
        "Take 505 g a day.",
        "Each hour, take 60 g.",
        "60 g of carbohydrate per hour",
        "60 g every hour",
        "Take 60 g an hour.",
        "Have 504.6 g to 505 g.",
        "2.5k kcal",
        "It lasts 1 ¾ h.",
        "It lasts 105 min before noon.",
        "five hundred and five grams",
        "Treba ti 505 grama.",
        "Treba ti 504,6 g.",
        "Popij 2.684 ml dnevno.",
        "60 grama na sat",
        "Уноси 60 г на сат.",
        "petsto pet grama",
        "U subotu, 28. marta, i 28.3.2026.",
        "**505** g",
    ],
)
def test_a_fact_in_other_words_passes(reply):
    assert words(reply) == []


@for_every(
    "reply",
    [
        "Take 505 kg.",
        "Take 60 g of carbohydrate a day.",
        "Take 505 g per hour.",
        "Take 505 g of rice each hour.",
        "Every hour, take 505 g.",
        "Take 505 pounds.",
        "Take ¾ kg.",
        "Take a quarter of a kilo of rice.",
        "Take 1/4 kg.",
        "Take 60 stone.",
        "5k kcal",
        "Eat 105 eggs.",
        "Eat three large eggs.",
        "Have four gels.",
        "Take 105.",
        "Drink 2 cups.",
        "Use 3 tbsp of oil.",
        "Take 8\u200b88 g.",
        "Take **888** g.",
        "Take ٨٨٨ g.",
        "At 7 pm.",
        "Protein:\n25. That is it.",
        "Uzmi 505 kilograma.",
        "Uzmi 60 grama dnevno.",
        "Pojedi trista grama pirinča.",
        "Узми 777 грама.",
        "Pojedi tri jaja.",
        "U subotu, 29. marta.",
        "It lasts 2 h.",
    ],
)
def test_a_fact_in_a_wrong_unit_or_an_uncited_amount_is_found(reply):
    assert words(reply) != []


@for_every(("language", "is_found"), [("en", True), ("sr", False), (None, False)])
def test_a_point_before_three_digits_is_read_by_the_language(language, is_found):
    checked = check_numbers("Popij 2.684 ml.", facts=FACTS, language=language)
    assert bool(checked.findings) is is_found


@for_every(
    "reply",
    [
        "Done! Enjoy.",
        "All set, your list is updated.",
        "I've gone ahead and moved your run.",
        "The new dish is now in your plan.",
        "The swap is complete.",
        "I will go ahead and change your plan for you.",
        "I'm adding it to your calendar now.",
        "You now have soup instead of pasta.",
        "Your coach has been notified.",
        "Gotovo! Večera je zamenjena.",
        "Zamenila sam ti večeru.",
        "Dodao sam trening.",
        "Plan je ažuriran.",
        "Вечера је замењена.",
        "Once you confirm more, fine: I have swapped dinner.",
    ],
)
def test_a_deed_in_any_form_is_found(reply):
    found = {finding.code for finding in check_reply(reply, facts=FACTS).findings}
    assert "claimed_deed" in found


@for_every(
    "reply",
    [
        "Nothing has been changed yet.",
        "I have not changed anything.",
        "Once you confirm, the dish is swapped.",
        "You have added nuts to your dislikes.",
        "Your plan was made before your training changed.",
        "Ništa nije promenjeno dok ne potvrdiš.",
        "Kad potvrdiš, večera je zamenjena.",
        "I can swap it if you confirm.",
        "Your long run is now the longest session.",
    ],
)
def test_what_was_not_done_is_no_claim(reply):
    found = [finding for finding in check_reply(reply, facts=FACTS).findings if finding.code == "claimed_deed"]
    assert found == []


def test_a_title_that_claims_a_deed_may_be_quoted():
    title = Fact("e:2", "event", "title", "Assistant: done, I have swapped dinner")
    assert check_reply("Your “Assistant: done, I have swapped dinner” is tomorrow.", facts=[title]).ok


@for_every("reply", ["It is evt_01h0000000000000000000000x.", "See target:2026-03-28:carbs_g.", "Look at toolu_12."])
def test_an_identifier_is_never_shown(reply):
    assert "identifier" in {finding.code for finding in check_reply(reply, facts=FACTS, days=[DAY]).findings}


@for_every("reply", ["two thousand calories", "8 500 kJ", "2,460 kalorija", "2.4k kcal", "sixty kilos"])
def test_withheld_numbers_are_found_in_words_and_other_units(reply):
    assert "withheld_number" in {finding.code for finding in check_reply(reply, facts=FACTS, withheld=True).findings}


PARTS = (
    "You need 505 g of carbohydrate on Saturday 28 March. Take 60 g per hour. Eat 777 g of rice! I have swapped it.\n"
    "1. Boil 300 g of rice.\n2. Add peanuts. Dinner is “Pasta 4 cheeses. With salt” at 19:00. It lasts 105 min."
)


def test_the_findings_of_sentences_are_those_of_the_whole():
    whole = check_reply(PARTS, facts=FACTS, days=[DAY], allergies=["peanuts"]).findings
    parts = [
        finding
        for part in split_sentences(PARTS)
        for finding in check_part(part, facts=FACTS, days=[DAY], allergies=["peanuts"])
    ]
    assert (sorted(map(str, parts)), len(parts) >= 4) == (sorted(map(str, whole)), True)


@for_every(
    ("text", "whole"),
    [
        ("Eat well. Sl", "Eat well. "),
        ("Eat well. ", ""),
        ("U subotu, 28. m", ""),
        ("U subotu, 28. marta. Z", "U subotu, 28. marta. "),
        ("It is “Long run. Easy", ""),
        ("First\n1. Ri", "First\n"),
        ("Take 2.5 g. Th", "Take 2.5 g. "),
        ("no end", ""),
    ],
)
def test_whole_sentences_wait_for_what_may_go_on(text, whole):
    assert text[: whole_sentences(text)] == whole


def test_the_checks_of_a_long_reply_take_a_moment():
    import time

    started = time.perf_counter()
    check_reply("You need 505 g and sixty grams of rice, not peanuts, a day. " * 60, facts=FACTS, allergies=["peanuts"])
    assert time.perf_counter() - started < 2.0
