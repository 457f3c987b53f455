"""Words leave one checked sentence at a time; a draft that fails is repaired once, then replaced."""

from __future__ import annotations

import pytest

from advisor import services
from advisor.answering import Gate, Listener, pieces_of
from advisor.backends.protocol import AdviceContext, BackendFailed, Cancelled, Draft
from advisor.models import Message
from advisor.tools import Toolbox

pytestmark = pytest.mark.django_db


class Heard:
    """A listener that writes down what it is told."""

    def __init__(self):
        self.events = []
        self.left = False
        self.listener = Listener(lambda name, data: self.events.append((name, data)), lambda: self.left)

    @property
    def text(self):
        """What somebody reads who forgets everything at `restart`."""
        words = ""
        for name, data in self.events:
            words = "" if name == "restart" else words + data.get("text", "")
        return words


class Streaming:
    """A backend that says drafts word by word, one for each time it is asked."""

    name = "scripted"

    def __init__(self, *drafts):
        self.drafts = list(drafts)
        self.findings = []

    def reply(self, context):
        self.findings.append(context.findings)
        said = self.drafts.pop(0)
        if isinstance(said, Exception):
            raise said
        tools = context.tools
        tools.read_targets(tools.today)
        for word in said.split(" "):
            if context.is_cancelled():
                raise Cancelled
            if context.emit is not None:
                context.emit(word + " ")
        return Draft(said, self.name, facts=tuple(tools.collected()), days=frozenset(tools.days), usage={"steps": 1})


@pytest.fixture
def heard():
    return Heard()


@pytest.fixture
def gate(athlete, heard):
    tools = Toolbox(athlete=athlete, by=athlete.user)
    return Gate(AdviceContext(message="", tools=tools), heard.listener)


def ask(athlete, backend, heard):
    return services.ask_advisor(
        athlete=athlete, message="How was my week?", by=athlete.user, backend=backend, listener=heard.listener
    )


def test_half_a_sentence_waits_for_its_end(gate, heard):
    gate.feed("Eat well. Sleep")
    assert heard.events == [("token", {"text": "Eat well. "})]
    gate.feed(" well! And")
    assert heard.text == "Eat well. Sleep well! "


def test_a_decimal_is_no_end_of_a_sentence(gate, heard):
    gate.feed("About 2.")
    gate.feed("5 of them")
    assert heard.events == []


def test_an_invented_number_never_leaves_and_nothing_after_it(gate, heard):
    gate.feed("Eat well. Have 987 g of rice. Sleep well. ")
    gate.feed("And rest. Now ")
    assert heard.text == ""


def test_a_sentence_before_an_invented_number_has_left(gate, heard):
    gate.feed("Eat well. Have")
    gate.feed(" 987 g of rice. Sleep well. Rest")
    assert heard.text == "Eat well. "


def test_the_rest_follows_what_was_released(gate, heard):
    gate.feed("Eat well. Sleep")
    gate.finish("Eat well. Sleep well.")
    assert (heard.text, [name for name, _ in heard.events]) == ("Eat well. Sleep well.", ["token", "token"])


def test_another_answer_takes_back_what_was_released(gate, heard):
    gate.feed("Eat well. Sleep")
    gate.finish("Rest today.")
    assert [name for name, _ in heard.events] == ["token", "restart", "token"]
    assert heard.text == "Rest today."


def test_what_was_heard_is_what_is_stored(athlete, heard):
    turn = ask(athlete, Streaming("You trained well. Keep it up. Rest."), heard)
    assert heard.text == turn.message.text == "You trained well. Keep it up. Rest."
    assert [name for name, _ in heard.events][:2] == ["accepted", "token"]


def test_a_failing_draft_is_repaired_once(athlete, heard):
    backend = Streaming("Well done. Have 987 g of rice.", "Well done. Have rice.")
    turn = ask(athlete, backend, heard)
    assert backend.findings[0] == ()
    assert [row.partition(":")[0] for row in backend.findings[1]] == ["number_without_fact"]
    assert (turn.message.text, turn.message.backend, heard.text) == (
        "Well done. Have rice.",
        "scripted",
        turn.message.text,
    )
    assert (turn.message.usage["steps"], turn.message.usage["repaired"]) == (2, True)


def test_a_draft_that_fails_twice_is_replaced(athlete, heard):
    turn = ask(athlete, Streaming("Have 987 g of rice.", "Have 986 g of rice."), heard)
    assert (turn.message.backend, turn.message.usage["failure"]) == ("builtin", "guardrails")
    assert (heard.text, "of rice" in heard.text) == (turn.message.text, False)


def test_a_stream_that_breaks_is_taken_back(athlete, heard):
    class Breaking(Streaming):
        def reply(self, context):
            context.emit("Well done. And ")
            raise BackendFailed("cut_off")

    turn = ask(athlete, Breaking(), heard)
    assert [name for name, _ in heard.events][:3] == ["accepted", "token", "restart"]
    assert heard.text == turn.message.text


def test_whoever_leaves_stops_the_answer_and_keeps_the_question(athlete, heard):
    heard.left = True
    with pytest.raises(Cancelled):
        ask(athlete, Streaming("You trained well. Keep it up."), heard)
    assert [row.role for row in Message.objects.all()] == ["athlete"]


def test_a_warning_comes_before_the_dish_it_warns_of(athlete, heard):
    class Naming(Streaming):
        def reply(self, context):
            context.tools.excluded["Nut bowl"] = ["contains peanuts"]
            return super().reply(context)

    turn = ask(athlete, Naming("Have the Nut bowl. Enjoy."), heard)
    assert turn.message.text.startswith("Do not eat “Nut bowl”: it is excluded for you now (contains peanuts).")
    assert heard.text == turn.message.text
    assert "restart" not in [name for name, _ in heard.events]


@pytest.mark.parametrize(
    "said",
    [
        "Look here. <script>alert(1)</script>",
        "Look at [this](javascript:x).",
        "Visit http://evil.example now.",
        "Write to mina@example.com.",
        "Look \x00 here.",
        "Look \ud83d here.",
        "Look \u202e here.",
        "Look at the page. " * 1000,
    ],
    ids=["markup", "a link", "an address", "a mail address", "a null", "a lone surrogate", "a turn", "endless"],
)
def test_what_is_no_plain_answer_is_replaced_and_never_heard(athlete, heard, said):
    turn = ask(athlete, Streaming(said, said), heard)
    assert (turn.message.backend, turn.message.usage["failure"]) == ("builtin", "guardrails")
    assert heard.text == turn.message.text


def test_an_answer_of_another_shape_is_replaced(athlete, heard):
    turn = ask(athlete, Streaming(TypeError("a list has no name")), heard)
    assert (turn.message.backend, turn.message.usage["failure"]) == ("builtin", "malformed")


@pytest.mark.parametrize("text", ["", "one", "a b c d e f g", "two  spaces\nand a line", "ends with a space "])
def test_pieces_are_the_text(text):
    assert "".join(pieces_of(text)) == text
