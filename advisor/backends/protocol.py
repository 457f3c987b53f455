"""What an advisor backend gets and gives back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from advisor.facts import Citation, Fact
from advisor.languages.finishing import wants_cyrillic
from advisor.tools import Toolbox


@dataclass(frozen=True, slots=True)
class PastMessage:
    """An earlier message of the same conversation, oldest first; `role` is `athlete` or `advisor`.

    `topic` is what an answer was about, as its draft said (`kind`, and the day, slot, event or food it named).
    """

    role: str
    text: str
    topic: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture the athlete sent with a question; it lives as long as the answer takes."""

    media_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class AdviceContext:
    """One question. `withheld` forbids energy and weight numbers in the reply; `history` excludes the question.

    `summary` tells what lies before `history`. A backend that has its words one after the other hands them to `emit`
    as they come and still returns the whole reply; it stops, raising Cancelled, once `is_cancelled` says so. `findings`
    are what was wrong with the draft before this one, in words for a model; empty at first.
    """

    message: str
    tools: Toolbox
    history: tuple[PastMessage, ...] = ()
    withheld: bool = False
    language: str = "en"
    summary: str = ""
    photo: Photo | None = None
    findings: tuple[str, ...] = ()
    emit: Callable[[str], None] | None = None
    is_cancelled: Callable[[], bool] = lambda: False


def in_cyrillic(context: AdviceContext) -> bool:
    """Whether the answer goes out in Serbian Cyrillic, as the question came."""
    asked = (past.text for past in reversed(context.history) if past.role == "athlete")
    return context.language == "sr" and wants_cyrillic(context.message, asked)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change the athlete may confirm; nothing has happened yet. `diff` is what the athlete is shown."""

    kind: str
    arguments: Mapping[str, Any]
    sentence: str
    diff: Mapping[str, Any]
    base_version: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A reply before the guardrails. `facts` is everything it may draw numbers from, `days` the dates it may name.

    `citations` are empty when the backend leaves finding them to the guardrails. `topic` is for a follow-up question:
    plain JSON, no more than what the question was about.
    """

    reply: str
    backend: str
    kind: str = ""
    facts: tuple[Fact, ...] = ()
    days: frozenset[date] = frozenset()
    citations: tuple[Citation, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    usage: Mapping[str, Any] = field(default_factory=dict)
    topic: Mapping[str, Any] = field(default_factory=dict)


class BackendFailed(Exception):
    """The backend gave no usable answer; the built-in one may answer instead. `code` says how, for the meter."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


class Cancelled(Exception):
    """Whoever asked has left: nothing more is wanted, and nothing is stored."""


class AdvisorBackend(Protocol):
    """Answers one question from the athlete's own data."""

    name: str

    def reply(self, context: AdviceContext) -> Draft:
        """Writes a draft from what `context.tools` returns.

        Raises Cancelled, DomainError for what the athlete should be told (`plan_infeasible`, `ai_timeout`, `ai_busy`),
        BackendFailed for anything else that went wrong outside. Must not write to the database (a missing plan that
        the tools make is the one exception), apply a proposal, compute a target, allergen or total on its own, keep
        or log any text. May be called again for the same question; nothing is kept between calls.
        """
        ...
