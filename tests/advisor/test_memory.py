"""A long talk is kept in short: the recent messages as they are, before them the questions and the cited facts."""

from __future__ import annotations

import pytest

from advisor.memory import RECENT_MESSAGES, STEP, recall
from advisor.models import Conversation, Message

pytestmark = pytest.mark.django_db

FACT = {"label": "carbohydrate", "value": 505.0, "unit": "g", "kind": "target"}


@pytest.fixture
def conversation(athlete):
    return Conversation.objects.create(athlete=athlete)


def talk(conversation, count):
    for number in range(count):
        conversation.messages.create(role=Message.Role.ATHLETE, text=f"Question {number}")
        conversation.messages.create(
            role=Message.Role.ADVISOR, text=f"Answer {number}", citations=[FACT], context={"topic": {"kind": "day"}}
        )


def ask(conversation):
    return conversation.messages.create(role=Message.Role.ATHLETE, text="And now?")


def test_a_short_talk_is_remembered_as_it_is(conversation):
    talk(conversation, 2)
    recent, summary = recall(conversation=conversation, before=ask(conversation))
    assert [(row.role, row.text) for row in recent] == [
        ("athlete", "Question 0"),
        ("advisor", "Answer 0"),
        ("athlete", "Question 1"),
        ("advisor", "Answer 1"),
    ]
    assert (recent[-1].topic, summary) == ({"kind": "day"}, "")


def test_a_long_talk_keeps_its_facts_in_short(conversation):
    talk(conversation, 10)
    recent, summary = recall(conversation=conversation, before=ask(conversation))
    assert (len(recent), recent[0].text) == (RECENT_MESSAGES, "Question 4")
    assert summary.splitlines()[:2] == ["Asked: Question 0", "Answered from: carbohydrate 505 g"]
    assert summary.count("Asked") == 4


def test_the_short_form_and_the_recent_messages_never_overlap_nor_miss_one(conversation):
    for _ in range(30):
        talk(conversation, 1)
        conversation.refresh_from_db()
        recent, summary = recall(conversation=conversation, before=ask(conversation))
        told = summary.count("\n") + 1 if summary else 0
        assert told + len(recent) == conversation.messages.count() - 1
        assert len(recent) <= RECENT_MESSAGES + STEP
        conversation.messages.filter(text="And now?").delete()


def test_the_short_form_stays_short(conversation):
    for _ in range(120):
        conversation.messages.create(role=Message.Role.ATHLETE, text="word " * 100)
    _, summary = recall(conversation=conversation, before=ask(conversation))
    assert (len(summary) < 6_200, summary.startswith("Asked: word")) == (True, True)
