"""Serbian sentences: one for every template of the advisor, with numbers, units and days that the checks can read."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import advisor
from advisor.facts import Fact
from advisor.guardrails import HAND_OVER, check_reply
from advisor.languages import language_of, serbian_care
from advisor.languages.english import English
from advisor.languages.serbian import LANGUAGE, SENTENCES
from advisor.languages.serbian_reasons import REASONS
from advisor.languages.serbian_sentences_cards import DONE, LINES, TITLES
from advisor.languages.serbian_text import agreeing
from advisor.readings import plans
from advisor.week_words import TEMPLATES
from nutrition_site.kernel.vocabulary import ALLERGENS, DIETS
from tests.corpora import for_every

ROOT = Path(advisor.__file__).parent
SOURCES = (*sorted((ROOT / "intents").glob("*.py")), ROOT / "writing.py", ROOT / "backends" / "builtin.py")
# Proposals keep their templates with them: these build their titles, their lines and their refusals.
PROPOSING = tuple(path for name in ("proposals", "actions", "readings") for path in sorted((ROOT / name).glob("*.py")))
TODAY = date(2026, 3, 26)


def templates_in(path: Path) -> Iterator[str]:
    """The first argument of every `say`, `para`, `line` and `part` that is written out."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            first = node.args[0]
            if node.func.attr in ("say", "para", "line", "part") and isinstance(first, ast.Constant):
                yield str(first.value)


def told_in(path: Path) -> Iterator[str]:
    """Every template of a proposal that is written out where it is used."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        if named and node.func.id in ("in_words", "refuse", "not_verified"):
            yield from (str(one.value) for one in node.args if isinstance(one, ast.Constant))


def texts_in(path: Path) -> Iterator[str]:
    """Every text of a module."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    yield from (node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))


WRITTEN = frozenset(TEMPLATES).union(*(templates_in(path) for path in SOURCES))
TOLD = frozenset().union(*(told_in(path) for path in PROPOSING))
# A proposal is told in a card, with what was read back of it: no reply says these.
IN_REPLIES = {english: told for english, told in SENTENCES.items() if english not in DONE | TITLES | LINES}


def places(template: str) -> list[str]:
    return sorted(name for _, name, _, _ in string.Formatter().parse(template) if name)


def fact(value, unit="", kind="plan"):
    return Fact("f", kind, "label", value, unit)


def test_every_template_of_the_advisor_has_a_serbian_sentence():
    assert sorted(WRITTEN - set(SENTENCES)) == []


def test_every_template_of_a_proposal_has_a_serbian_sentence():
    assert sorted(TOLD - set(SENTENCES)) == []


def test_no_serbian_sentence_is_left_over_from_a_template_that_is_gone():
    kept = frozenset().union(*(texts_in(path) for path in PROPOSING))
    assert sorted(set(SENTENCES) - WRITTEN - kept) == []


def test_every_serbian_sentence_has_the_places_of_its_template():
    assert [template for template, told in SENTENCES.items() if places(template) != places(told)] == []


def test_no_serbian_sentence_is_the_english_one_unless_it_is_all_places():
    words = {template: "".join(text for text, *_ in string.Formatter().parse(template)) for template in SENTENCES}
    same = [template for template, told in SENTENCES.items() if template == told]
    assert [template for template in same if any(mark.isalpha() for mark in words[template])] == []


def test_no_serbian_sentence_claims_a_deed_or_states_a_number_of_its_own():
    filled = {told: told.format(**dict.fromkeys(places(told), "…")) for told in IN_REPLIES.values()}
    found = {told: [row.words for row in check_reply(text, facts=()).findings] for told, text in filled.items()}
    # Two tell on which day a race is, which only a fact can bear out.
    dated = {f"Tvoja trka je {day}: {{event}}.": [f"Tvoja trka je {day}"] for day in ("danas", "sutra")}
    assert {told: words for told, words in found.items() if words} == dated


def test_the_code_sr_with_its_script_is_serbian():
    assert language_of("sr-Latn").code == "sr"


@for_every(
    ("value", "unit", "text"),
    [
        (505.4, "g", "505 g"),
        (2460, "kcal", "2.460 kcal"),
        (1234567, "kcal", "1.234.567 kcal"),
        (7.25, "g", "7,2 g"),
        (4.7, "g/kg", "4,7 g/kg"),
        (60, "g/h", "60 g na sat"),
        (0.55, "L/h", "0,55 L na sat"),
        (44.7, "kcal/kg FFM/d", "44,7 kcal po kg nemasne mase"),
        (2000, "ml/d", "2.000 ml"),
        (1, "servings", "1 porcija"),
        (1.25, "servings", "1,25 porcije"),
        (2, "servings", "2 porcije"),
        (5, "servings", "5 porcija"),
        (12, "servings", "12 porcija"),
        (22, "servings", "22 porcije"),
        (28, "TSS", "28 TSS"),
    ],
)
def test_an_amount_is_written_as_serbian_writes_it_and_read_back_by_the_checks(value, unit, text):
    assert LANGUAGE.amount(value, unit) == text
    assert check_reply(f"To je {text}.", facts=[fact(value, unit)], language="sr").findings == ()


@for_every(
    ("count", "words"),
    [
        (1, "obrok"),
        (2, "obroka"),
        (4, "obroka"),
        (5, "obrokA"),
        (11, "obrokA"),
        (14, "obrokA"),
        (21, "obrok"),
        (22, "obroka"),
    ]
    + [(1.5, "obroka"), (0, "obrokA"), (112, "obrokA"), (101, "obrok")],
)
def test_a_noun_agrees_with_its_number(count, words):
    # Told apart by a capital, for two of the forms are spelled alike.
    assert agreeing(count, "obrok", "obroka", "obrokA") == words


@for_every(
    ("sentence", "told"),
    [
        ("Imaš 1 [trening|treninga|treninga].", "Imaš 1 trening."),
        ("Imaš 3 [trening|treninga|treninga].", "Imaš 3 treninga."),
        ("Do trke: 21 [dan|dana|dana].", "Do trke: 21 dan."),
        ("Od 1.012 [namirnice|namirnice|namirnica] je 5 [nova|nove|novih].", "Od 1.012 namirnica je 5 novih."),
        ("Bez broja [ostaje].", "Bez broja [ostaje]."),
        ("Do subote, 28. marta 2026..", "Do subote, 28. marta 2026."),
    ],
)
def test_a_sentence_takes_the_form_that_goes_with_its_number(sentence, told):
    assert LANGUAGE.agreed(sentence) == told


def test_every_form_that_a_sentence_marks_has_its_number_before_it():
    filled = {told: told.format(**dict.fromkeys(places(told), "7")) for told in SENTENCES.values()}
    assert [told for told, text in filled.items() if "|" in LANGUAGE.agreed(text)] == []


@for_every(
    ("english", "serbian"),
    [("6 carrots", "6 kom"), ("400 g can", "400 g (konzerva)"), ("2 × 500 g", "2 × 500 g"), ("1 head", "1 glavica")]
    + [("3 heads", "3 glavice"), ("500\u00a0ml", "500\u00a0ml")],
)
def test_a_quantity_of_the_shopping_list_is_told_without_english_words(english, serbian):
    assert LANGUAGE.told(fact(english, kind="shopping")) == serbian


@for_every(("value", "told"), [(2460, "2.470 kcal"), (7.2, "72 g"), (60, "60 g na dan"), (1.25, "125 g")])
def test_another_number_in_serbian_is_no_fact(value, told):
    facts = [fact(value, "g/h" if value == 60 else "kcal" if value == 2460 else "g")]
    assert [finding.code for finding in check_reply(f"To je {told}.", facts=facts, language="sr").findings] == [
        "number_without_fact"
    ]


@for_every(
    ("day", "name", "when"),
    [
        (date(2026, 3, 28), "subota, 28. mart", "u subotu, 28. marta"),
        (date(2026, 3, 26), "danas, četvrtak, 26. mart", "danas, u četvrtak, 26. marta"),
        (date(2026, 3, 27), "sutra, petak, 27. mart", "sutra, u petak, 27. marta"),
        (date(2026, 3, 25), "juče, sreda, 25. mart", "juče, u sredu, 25. marta"),
        (date(2026, 9, 6), "nedelja, 6. septembar", "u nedelju, 6. septembra"),
        (date(2027, 1, 1), "petak, 1. januar 2027.", "u petak, 1. januara 2027."),
    ],
)
def test_a_day_is_named_and_placed_in_its_case_and_read_back_by_the_checks(day, name, when):
    told = (LANGUAGE.day_text(day, today=TODAY), LANGUAGE.on_day(day, today=TODAY))
    assert told == (name, when)
    assert check_reply(f"Plan ({name}) je {when} gotov.", facts=(), days={day}).findings == ()


def test_a_day_that_was_not_looked_up_may_not_be_named():
    assert not check_reply("Trka je u subotu, 28. marta.", facts=(), days={date(2026, 3, 29)}).ok


@for_every(("minutes", "text"), [(45, "45 min"), (90, "90 min"), (120, "2 h"), (150, "2 h 30 min")])
def test_a_length_is_written_in_hours_and_minutes(minutes, text):
    assert LANGUAGE.duration(minutes) == text


@for_every(
    ("english", "serbian"),
    [
        ("long run", "dugo trčanje"),
        ("easy ride", "laka vožnja"),
        ("race", "trka"),
        ("half marathon", "polumaraton"),
        ("long session", "dug trening"),
        ("intervals", "intervalni trening"),
        ("swim", "plivanje"),
    ],
)
def test_what_the_athlete_called_an_event_agrees_in_gender(english, serbian):
    assert LANGUAGE.called(english) == serbian


@for_every(
    ("kind", "english", "serbian"),
    [
        ("allergen", "contains tree nuts", "sadrži alergen: orašasti plodovi"),
        ("allergen", "may contain milk", "može da sadrži alergen: mleko"),
        ("allergen", "not known to be free of sesame", "ne zna se da li je bez alergena: susam"),
        ("allergen", "not low-fodmap", "ne odgovara ishrani: sa malo FODMAP-a"),
        ("target", "very high", "veoma težak"),
        ("profile", "peanuts, tree nuts", "kikiriki, orašasti plodovi"),
        ("trace", "Carbohydrate for the load of the day", "Ugljeni hidrati prema opterećenju dana"),
        ("shopping", "500 g", "500 g"),
        ("trace", "500 + 22 x lean mass", None),
        ("trace", "A sentence nobody has translated", None),
    ],
)
def test_what_the_calculations_say_is_told_or_left_out(kind, english, serbian):
    assert LANGUAGE.told(fact(english, kind=kind)) == serbian


def test_every_reason_told_in_serbian_is_one_that_the_calculations_still_give():
    planning = ROOT.parent / "planning"
    paths = (*(planning / "science").glob("*.py"), planning / "services" / "micronutrients.py")
    nodes = [node for path in paths for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))]
    written = {str(node.value) for node in nodes if isinstance(node, ast.Constant)}
    # Two sentences name the goal in their middle.
    goals = ("keeping your weight", "losing weight", "gaining weight")
    written |= {f"Protein for {goal}" for goal in goals}
    written |= {f"Energy to eat for {goal}, never below what is safe" for goal in goals}
    assert sorted(set(REASONS) - written) == []


def test_every_allergen_and_diet_has_a_serbian_name():
    names = [LANGUAGE.told(fact(name.replace("_", " "), kind="profile")) for name in (*ALLERGENS, *DIETS)]
    assert None not in names


def test_nouns_meals_and_words_are_told_for_every_english_key():
    from advisor.languages import english, serbian

    tables = ((serbian.NOUNS, english.NOUNS), (serbian.SLOTS, english.SLOTS), (serbian.WORDS, english.WORDS))
    assert [key for mine, theirs in tables for key in theirs if key not in mine] == []


def test_every_meal_of_a_plan_has_a_serbian_word():
    assert [slot for slot in plans.SLOT_WORDS if LANGUAGE.slot(slot) == slot] == []


def test_serbian_has_every_method_of_the_english_language():
    assert [name for name in vars(English) if not name.startswith("_") and not hasattr(LANGUAGE, name)] == []


def test_every_hand_over_is_told_in_serbian():
    assert sorted(serbian_care.HAND_OVER) == sorted(HAND_OVER)


def test_the_hand_overs_name_the_emergency_number_where_the_english_ones_do():
    told = {flag for flag, text in serbian_care.HAND_OVER.items() if "112" in text}
    assert told == {flag for flag, text in HAND_OVER.items() if "112" in text}
