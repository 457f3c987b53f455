"""Sentences are written out as templates, so that every language can have the same ones."""

from __future__ import annotations

import ast
import string
from pathlib import Path

import advisor.backends.builtin
import advisor.intents
from advisor.facts import Fact
from advisor.languages import language_of
from advisor.writing import Writer

TOLD = {"say", "line", "para", "part"}


def sentence_calls():
    """Every call that writes a sentence: its file, its line, and the call."""
    folder = Path(advisor.intents.__file__).parent
    files = [*sorted(folder.glob("*.py")), Path(advisor.backends.builtin.__file__), folder.parent / "writing.py"]
    for path in files:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in TOLD):
                continue
            handed_on = bool(node.args) and isinstance(node.args[0], ast.Name) and node.args[0].id == "template"
            if isinstance(node.func.value, ast.Name) and not (path.name == "writing.py" and handed_on):
                yield path.name, node.lineno, node


def test_every_sentence_is_a_template_written_out_where_it_is_used():
    wrong = [
        (name, line)
        for name, line, call in sentence_calls()
        if not call.args or not isinstance(call.args[0], ast.Constant) or not isinstance(call.args[0].value, str)
    ]
    assert wrong == []


def test_every_template_has_the_places_that_are_filled():
    wrong = []
    for name, line, call in sentence_calls():
        given = {keyword.arg for keyword in call.keywords}
        wanted = {place for _, place, _, _ in string.Formatter().parse(call.args[0].value) if place is not None}
        # `**places` fills what it names at run time.
        if None not in given and wanted != given:
            wrong.append((name, line, wanted ^ given))
    assert wrong == []


def test_there_are_sentences_to_look_at():
    assert len(list(sentence_calls())) > 250


class _Tools:
    today = None


def writer(*, withheld=False):
    return Writer(_Tools(), withheld=withheld, language=language_of("en"))


def test_a_sentence_with_an_unknown_number_is_left_out_as_a_whole():
    w = writer()
    w.say("You need {amount}.", amount=w.num(Fact("a", "target", "carbohydrate", None, "g")))
    assert w.draft(kind="x", backend="builtin").reply == ""


def test_a_sentence_with_a_withheld_number_is_left_out_and_said_to_be():
    w = writer(withheld=True)
    w.say("You need {amount}.", amount=w.num(Fact("a", "target", "energy", 2400.0, "kcal")))
    assert w.draft(kind="x", backend="builtin").reply == (
        "I leave out energy and weight here; the meals are what counts."
    )


def test_a_number_is_cited_as_it_is_written():
    w = writer()
    w.say("You need {amount}.", amount=w.num(Fact("a", "target", "energy", 2437.0, "kcal")))
    draft = w.draft(kind="x", backend="builtin")
    assert (draft.reply, [citation.quote for citation in draft.citations]) == ("You need 2,440 kcal.", ["2,440 kcal"])


def test_a_language_that_is_not_there_is_answered_in_english():
    assert language_of("xx").code == "en"
