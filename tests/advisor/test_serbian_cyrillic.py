"""A question in Cyrillic is answered in Cyrillic: letters, what stays Latin, citations, proposals, care."""

from __future__ import annotations

import pytest

from advisor.backends.protocol import AdviceContext, PastMessage, in_cyrillic
from advisor.documents import action_document
from advisor.facts import Citation, Fact
from advisor.guardrails import check_reply
from advisor.languages.finishing import finish_answer
from advisor.languages.serbian_text import to_latin
from advisor.services import ask_advisor
from nutrition_site.kernel.cyrillic import is_cyrillic, to_cyrillic


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [
        ("Ručak, užina i večera", "Ручак, ужина и вечера"),
        ("Ljubičasti kupus, njoke i džem", "Љубичасти купус, њоке и џем"),
        ("ĐUMBIR, Đuveč, NJOKE", "ЂУМБИР, Ђувеч, ЊОКЕ"),
        ("Injekcija i nadživeti", "Инјекција и надживети"),
        ("To ti daje 102 g ugljenih hidrata i 2.460 kcal.", "То ти даје 102 g угљених хидрата и 2.460 kcal."),
        ("To je 7,8 g/kg i 0,55 L na sat.", "То је 7,8 g/kg и 0,55 L на сат."),
        ("Vitamin B12, vitamin D i TSS.", "Витамин B12, витамин D и TSS."),
        ("A ti? I ja. Z2, pH.", "А ти? И ја. Z2, pH."),
        ("U podešavanjima, pod „Settings“.", "У подешавањима, под „Settings“."),
        ("Na findahelpline.com su linije.", "На findahelpline.com су линије."),
        ("Imaš “Long run 90min Z2” u subotu.", "Имаш “Long run 90min Z2” у суботу."),
    ],
)
def test_a_text_goes_into_cyrillic_but_for_units_signs_and_quotations(latin, cyrillic):
    assert to_cyrillic(latin) == cyrillic


def test_cyrillic_is_read_back_as_the_same_latin_text():
    text = "Šta da jedem veče pre dugog trčanja, a džem i njoke posle? Ljuti ajvar i đuveč."
    assert to_latin(to_cyrillic(text)) == text


def test_a_name_that_a_table_gave_keeps_its_letters():
    fact = Fact("f", "food", "source", "USDA SR28 food table")
    text, (cited,) = finish_answer(
        "Podatak je iz: USDA SR28 food table.", [Citation(fact, str(fact.value))], language="sr", cyrillic=True
    )
    assert (text, cited.quote) == ("Податак је из: USDA SR28 food table.", "USDA SR28 food table")


@pytest.mark.parametrize(
    ("reason", "cyrillic"),
    [
        ("Novo planiranje ne bi promenilo nijedan obrok.", "Ново планирање не би променило ниједан оброк."),
        ("Toga nema u tvom profilu: “olives”.", "Тога нема у твом профилу: “маслине”."),
    ],
)
def test_the_reason_of_a_refusal_is_in_the_letters_of_the_answer(reason, cyrillic):
    fact = Fact("refusal:nothing_to_change", "reason", "why it is not proposed", reason)
    text, _ = finish_answer(
        f"To sada ne može da se promeni. {reason}", [Citation(fact, reason)], language="sr", cyrillic=True
    )
    assert text == f"То сада не може да се промени. {cyrillic}"


def test_an_answer_in_cyrillic_passes_the_checks_that_its_latin_twin_passes():
    fact = Fact("f", "target", "carbohydrate", 457.0, "g")
    text, cited = finish_answer(
        "Treba ti 457 g ugljenih hidrata.", [Citation(fact, "457 g")], language="sr", cyrillic=True
    )
    assert text == "Треба ти 457 g угљених хидрата."
    assert check_reply(text, facts=[row.fact for row in cited], language="sr").findings == ()


@pytest.mark.parametrize(
    ("message", "before", "cyrillic"),
    [
        ("Шта да једем?", "", True),
        ("Šta da jedem?", "Шта је за вечеру?", False),
        ("ok", "Шта је за вечеру?", True),
        ("ok", "Šta je za večeru?", False),
        ("Кад је “Long run 90min Z2”?", "", True),
        ("42", "", False),
    ],
)
def test_the_message_decides_the_alphabet_or_else_the_talk_before(message, before, cyrillic):
    history = (PastMessage("athlete", before), PastMessage("advisor", "…")) if before else ()
    context = AdviceContext(message=message, tools=None, history=history, language="sr")  # type: ignore[arg-type]
    assert in_cyrillic(context) is cyrillic


@pytest.mark.django_db
def test_a_question_in_cyrillic_is_answered_in_it_and_stored_as_it_was_sent(mina):
    turn = ask_advisor(athlete=mina, message="Шта је сутра за вечеру?", by=mina.user)
    assert (turn.question.text, is_cyrillic(turn.message.text)) == ("Шта је сутра за вечеру?", True)
    assert [row["quote"] for row in turn.message.citations if row["quote"] not in turn.message.text] == []


@pytest.mark.django_db
def test_what_is_told_while_it_is_written_is_the_answer_in_cyrillic(mina):
    from advisor.answering import Listener

    told: list[str] = []
    listener = Listener(tell=lambda name, data: told.append(data["text"]) if name == "token" else None)
    turn = ask_advisor(athlete=mina, message="Колико протеина ми треба сутра?", by=mina.user, listener=listener)
    assert "".join(told) == turn.message.text


@pytest.mark.django_db
def test_a_proposal_in_a_cyrillic_talk_is_told_in_cyrillic(mina):
    turn = ask_advisor(athlete=mina, message="Не волим броколи", by=mina.user)
    card = action_document(turn.actions[0])
    assert is_cyrillic(card["sentence"].replace("broccoli", ""))
    assert [row["words"] for row in card["diff"]["rows"] if not is_cyrillic(row["words"])] == []


@pytest.mark.django_db
def test_a_hand_over_to_a_person_is_told_in_cyrillic(mina):
    turn = ask_advisor(athlete=mina, message="Врти ми се у глави", by=mina.user)
    assert (turn.message.backend, is_cyrillic(turn.message.text)) == ("safety", True)


@pytest.mark.django_db
def test_an_answer_in_latin_letters_stays_in_them(mina):
    turn = ask_advisor(athlete=mina, message="Šta je sutra za večeru?", by=mina.user)
    assert is_cyrillic(turn.message.text) is False
