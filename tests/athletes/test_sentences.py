"""Sentences that are kept in English are told in the reader's language."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.utils import translation

from athletes.forms.fields import QuantityField
from athletes.models import CalendarConnection, Notice, TrainingEvent
from athletes.sentences import in_words, is_known
from athletes.services.notices import notice_words
from tests.athletes.pages import sign_in
from tests.corpora import for_every

ROOT = Path(__file__).resolve().parents[2]
# Who says what is stored or comes from a process that knows no language.
SPEAKERS = (
    *sorted(ROOT.glob("athletes/calendars/*.py")),
    *sorted(ROOT.glob("athletes/files/*.py")),
    ROOT / "athletes/services/sync.py",
)
SAYING = {"Unreadable", "CalendarTokenExpired", "CalendarUnreadable", "CalendarUnreachable", "GoogleStale"}


def said_in(path: Path) -> set[str]:
    """The sentences that a module gives to its errors, each value in them as `9`."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SAYING and node.args:
            found |= texts(node.args[0])
    return found


def texts(node: ast.expr) -> set[str]:
    if isinstance(node, ast.IfExp):
        return texts(node.body) | texts(node.orelse)
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return {node.value}
    if isinstance(node, ast.JoinedStr):
        parts = (part.value if isinstance(part, ast.Constant) else "9" for part in node.values)
        return {"".join(str(part) for part in parts)}
    return set()


# What else a FIT file may hold is named in words of its own.
SAID = sorted({sentence for path in SPEAKERS for sentence in said_in(path)} - {"The file holds 9, not a session."})


def test_the_readers_and_providers_are_heard():
    assert len(SAID) > 60


@for_every("sentence", SAID)
def test_what_readers_and_providers_say_can_be_told_in_other_languages(sentence):
    assert is_known(sentence)


def test_a_stored_reason_is_told_in_the_readers_language():
    calendar = CalendarConnection(status_reason="The calendar's server has trouble (status 503).")
    with translation.override("sr-latn"):
        assert calendar.reason == "Server kalendara ima poteškoća (status 503)."


def test_a_stored_reason_is_the_stored_one_in_english():
    calendar = CalendarConnection(status_reason="feed.example.com took too long to answer.")
    with translation.override("en"):
        assert calendar.reason == "feed.example.com took too long to answer."


def test_what_nobody_knows_stays_as_it_was_said():
    with translation.override("sr-latn"):
        assert in_words("Something else.") == "Something else."


@pytest.mark.parametrize(
    ("days", "told"),
    [("16 to 22 November", "16. novembar – 22. novembar"), ("3 May", "3. maj")],
)
def test_the_days_of_a_plan_are_told_in_the_readers_language(days, told):
    with translation.override("sr-latn"):
        assert in_words(f"Your plan for {days} changed") == f"Tvoj plan za period {told} je promenjen"


def test_a_notice_whose_text_cannot_be_told_again_says_what_kind_it_is():
    notice = Notice(kind="plan_proposed", key="mpl_1", title="A changed plan for 3 May waits for your answer", body="X")
    with translation.override("sr-latn"):
        assert notice_words(notice) == (
            "Izmenjen plan za period 3. maj čeka tvoj odgovor",
            "Tvoj trening ili profil se promenio. U planu se ništa ne menja dok ti ne kažeš.",
        )


def test_a_notice_is_told_in_english_as_it_was_written():
    notice = Notice(kind="plan_proposed", key="mpl_1", title="A changed plan for 3 May waits", body="1 meal differs.")
    assert notice_words(notice) == ("A changed plan for 3 May waits", "1 meal differs.")


@pytest.mark.django_db
def test_a_page_shows_an_unseen_notice_in_the_readers_language(alice, athlete):
    alice.language = "sr-latn"
    alice.save()
    title = "A changed plan for 3 May waits for your answer"
    Notice.objects.create(athlete=athlete, kind="plan_proposed", key="mpl_1", title=title)
    page = sign_in(alice).get("/notices").content.decode()
    assert "Izmenjen plan za period 3. maj čeka tvoj odgovor." in page


def test_a_session_without_a_title_is_named_in_the_readers_language():
    event = TrainingEvent(title="Running", sport="run", source="fit")
    with translation.override("sr-latn"):
        assert event.name == "Trčanje"


def test_a_title_that_was_typed_in_is_never_translated():
    event = TrainingEvent(title="Running", sport="run")
    with translation.override("sr-latn"):
        assert event.name == "Running"


def test_a_quantity_shows_and_reads_the_decimal_mark_of_the_language():
    field = QuantityField(low=0, high=100)
    with translation.override("sr-latn"):
        assert (field.prepare_value(61.5), field.clean("61,5")) == ("61,5", 61.5)
