"""Greetings, thanks, help, and the honest answer to what is not known."""

from __future__ import annotations

import re

from advisor.intents import Intent
from advisor.question import Question
from advisor.writing import Writer

CAN = (
    "what to eat at a meal or on a day, and around a session or a race",
    "your targets and why they are what they are",
    "your training, your week, and whether your plan still follows your calendar",
    "recipes with their grams, your shopping list, and what is in a food",
    "whether a food fits your allergies and diet, and other dishes in place of one you do not want",
)


def _is_only(q: Question, words: str) -> bool:
    return (
        re.fullmatch(
            rf"(?:{words})(?: there| again| advisor| everyone| you| so much| a lot| very much)*[ .,:)]*", q.text
        )
        is not None
    )


def _greet(q: Question, w: Writer) -> bool:
    w.say("Hello. Ask me what to eat around your training, why your targets are what they are, or what to buy.")
    return True


def _thank(q: Question, w: Writer) -> bool:
    w.say("You are welcome. Eat well, and ask when something changes.")
    return True


def _help(q: Question, w: Writer) -> bool:
    w.say("I answer from your own plan and calendar. You can ask me about:")
    for words in CAN:
        w.line(words)
    w.para("I explain and propose; you decide. I do not treat illness, medication or eating problems.")
    return True


def _unknown(q: Question, w: Writer) -> bool:
    w.say("I cannot answer that, but here is what I can tell you about:")
    for words in CAN:
        w.line(words)
    return True


OPENING = (
    Intent(
        "greeting",
        lambda q: _is_only(q, r"hi|hello|hey|hiya|good (?:morning|afternoon|evening|day)|howdy|yo|zdravo|cao"),
        _greet,
    ),
    Intent(
        "thanks",
        lambda q: _is_only(
            q, r"thanks|thank you|thx|ty|cheers|great,? thanks|ok,? thanks|perfect,? thank you|hvala|got it,? thanks"
        ),
        _thank,
    ),
    Intent(
        "help",
        lambda q: (
            _is_only(
                q,
                r"help|help me|what (?:can|do) you (?:do|know|answer)|what can i ask|how does this work|"
                r"how do you work|who are you",
            )
            or q.has(r"what can you (?:do|help|tell)(?: me)?(?: with| for me)?|what can i ask you|what do you do")
        ),
        _help,
    ),
)
CLOSING = (Intent("unknown", lambda q: True, _unknown),)
