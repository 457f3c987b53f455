"""The kinds of questions that the built-in advisor answers, by noun. The first that fits and finds an answer counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from advisor.question import Question
from advisor.writing import Writer


@dataclass(frozen=True, slots=True)
class Intent:
    """One kind of question: whether it fits, and the answer it writes. An answer of False passes the question on."""

    name: str
    fits: Callable[[Question], bool]
    answer: Callable[[Question, Writer], bool]


@lru_cache(maxsize=1)
def all_intents() -> tuple[Intent, ...]:
    """Every intent in the order in which they are tried: the narrow ones first."""
    from advisor.intents import (
        care,
        changing,
        dish_questions,
        dishes,
        eaten,
        energy,
        foods,
        fueling,
        meals,
        named_dishes,
        nutrients,
        pieces,
        races,
        reasons,
        shopping,
        state,
        swapping,
        talk,
        targets,
        training,
        what_if,
    )

    return (
        *talk.OPENING,
        *what_if.INTENTS,
        *changing.INTENTS,
        *care.INTENTS,
        *pieces.INTENTS,
        *named_dishes.INTENTS,
        *dish_questions.INTENTS,
        *swapping.INTENTS,
        *foods.INTENTS,
        *dishes.INTENTS,
        *reasons.EXPLAINING,
        *targets.COMPARING,
        *eaten.CHECKING,
        *energy.INTENTS,
        *state.INTENTS,
        *shopping.INTENTS,
        *nutrients.INTENTS,
        *meals.RESTING,
        *races.INTENTS,
        *fueling.INTENTS,
        *eaten.INTENTS,
        *targets.INTENTS,
        *races.WHEN,
        *training.INTENTS,
        *meals.INTENTS,
        *reasons.INTENTS,
        *talk.CLOSING,
    )
