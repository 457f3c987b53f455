"""From a question to an answer that was checked: no word of a draft leaves before its guardrails have passed it.

An outside model's words are released sentence by sentence, each checked against what the tools have returned so far. A
draft that fails is repaired once, then replaced by the built-in answer; what was released of it is taken back.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import override

from advisor.backends.builtin import BuiltinBackend
from advisor.backends.protocol import AdviceContext, AdvisorBackend, BackendFailed, Draft, in_cyrillic
from advisor.facts import Citation
from advisor.guardrails import Finding, check_part, check_reply, whole_sentences
from advisor.languages import serbian_care
from advisor.languages.finishing import finish_answer
from advisor.spending import note_cost, refuse_over_cap, usage_of
from advisor.tools import Toolbox

log = logging.getLogger(__name__)

NO_CHECKED_ANSWER = (
    "I could not write an answer to this that I can prove from your own data, so I would rather say nothing wrong. "
    "Please ask about a meal, a day, your targets or your training."
)
NO_PHOTOS = {
    "en": "I cannot look at pictures right now. Tell me in words what is on the plate and how much of it.",
    "sr": "Trenutno ne mogu da pogledam sliku. Napiši mi rečima šta je na tanjiru i koliko ga ima.",
}
EXCLUDED = {
    "en": {
        "dish": "Do not eat “{dish}”: it is excluded for you now ({reasons}).",
        "list": "Do not shop by this list: it holds food that is excluded for you now.",
        "again": "Plan these days again first.",
    },
    "sr": {
        "dish": serbian_care.EXCLUDED_DISH,
        "list": serbian_care.EXCLUDED_ON_LIST,
        "again": serbian_care.PLAN_AGAIN_FIRST,
    },
}
# What an answer of another shape than the protocol's ends in.
BROKEN = (TypeError, ValueError, AttributeError, LookupError, ArithmeticError)
# Longer than any answer that was asked for, and short enough to be checked within its time.
MOST_CHARACTERS = 6_000
WORDS_A_PIECE = 6
_MOST_FINDINGS = 12


@dataclass(frozen=True, slots=True)
class Listener:
    """Whoever hears an answer while it is made: `tell(event, data)`, and whether they have left."""

    tell: Callable[[str, dict[str, Any]], None]
    is_cancelled: Callable[[], bool] = lambda: False


@dataclass(frozen=True, slots=True)
class Answer:
    """A draft that may be sent: its words as the athlete reads them, and why others were not used (codes only)."""

    draft: Draft
    text: str
    citations: Sequence[Citation]
    refused: dict[str, Any] = field(default_factory=dict)


class Gate:
    """Lets whole sentences through, each after its check; the first that fails closes it."""

    def __init__(self, context: AdviceContext, listener: Listener) -> None:
        self._context = context
        self._listener = listener
        self._waiting = ""
        self._closed = False
        self.released = ""

    def feed(self, text: str) -> None:
        """Takes the next words of a draft and releases what is a whole sentence by now."""
        if self._closed:
            return
        self._waiting += text
        if len(self.released) + len(self._waiting) > MOST_CHARACTERS:
            self._closed = True
            return
        end = whole_sentences(self._waiting)
        if not end:
            return
        part, self._waiting = self._waiting[:end], self._waiting[end:]
        tools = self._context.tools
        if findings_of(part, self._context) or tools.buys_excluded or tools.excluded:
            # A warning may have to come first, so the rest waits for the whole.
            self._closed = True
            return
        self.released += part
        self._listener.tell("token", {"text": part})

    def restart(self) -> None:
        """Takes back what was released, and is open again for another draft."""
        if self.released:
            self._listener.tell("restart", {})
        self._waiting, self.released, self._closed = "", "", False

    def finish(self, text: str) -> None:
        """Releases the rest of the answer as it was stored, or all of it anew where what was released is no part."""
        if self.released and not text.startswith(self.released):
            self.restart()
        for piece in pieces_of(text[len(self.released) :]):
            self._listener.tell("token", {"text": piece})
        self.released = text


def pieces_of(text: str) -> Iterator[str]:
    """A text in pieces of a few words, which together are the text."""
    words = text.split(" ")
    for start in range(0, len(words), WORDS_A_PIECE):
        piece = " ".join(words[start : start + WORDS_A_PIECE])
        if start + WORDS_A_PIECE < len(words):
            piece += " "
        if piece:
            yield piece


# What is looked up and stored is English, whatever language the page around it is read in; the answer's own language
# is that of the question.
@override("en")
def answer_question(context: AdviceContext, backend: AdvisorBackend, *, listener: Listener | None = None) -> Answer:
    """An answer that passed the guardrails: the backend's, else the built-in one, else an honest refusal.

    Raises what backends pass on: Cancelled, and DomainError such as `ai_timeout`, `ai_busy`, `plan_infeasible`.
    """
    gate = None if listener is None else Gate(context, listener)
    refused: dict[str, Any] = {}
    if backend.name != BuiltinBackend.name:
        found = _outside_answer(context, backend, gate, listener)
        if isinstance(found, Answer):
            if gate is not None:
                gate.finish(found.text)
            return found
        refused = found
        if gate is not None:
            gate.restart()
    answer = _finished(_builtin_answer(context, refused), context)
    if gate is not None:
        gate.finish(answer.text)
    return answer


def _finished(answer: Answer, context: AdviceContext) -> Answer:
    """The answer with the names of its language, in the alphabet of the question."""
    text, citations = finish_answer(
        answer.text, answer.citations, language=context.language, cyrillic=in_cyrillic(context)
    )
    return replace(answer, text=text, citations=citations)


def _outside_answer(
    context: AdviceContext, backend: AdvisorBackend, gate: Gate | None, listener: Listener | None
) -> Answer | dict[str, Any]:
    """The model's answer, repaired once where needed; why not, where there is none."""
    spent: dict[str, Any] = {}
    asked = context
    if gate is not None and listener is not None:
        asked = replace(context, emit=gate.feed, is_cancelled=listener.is_cancelled)
    for attempt in range(2):
        try:
            draft = _paid(backend, asked)
        except BROKEN as error:
            log.warning("the AI backend broke", extra={"backend": backend.name, "failure": type(error).__name__})
            return {**_added(spent, usage_of(error)), "fell_back_from": backend.name, "failure": "malformed"}
        except BackendFailed as error:
            log.warning("the AI backend failed", extra={"backend": backend.name, "failure": error.code})
            return {**_added(spent, usage_of(error)), "fell_back_from": backend.name, "failure": error.code}
        spent = _added(spent, draft.usage)
        findings, citations = _verdict(draft, context)
        if not findings:
            usage = {**spent, "repaired": True} if attempt else spent
            text = with_exclusions(draft.reply, context.tools, language=context.language)
            return Answer(replace(draft, usage=usage), text, draft.citations or citations)
        codes = sorted({finding.code for finding in findings})
        log.warning("a draft failed its checks", extra={"backend": backend.name, "checks": codes})
        if gate is not None:
            gate.restart()
        said = tuple(dict.fromkeys(f"{finding.code}: {finding.words}" for finding in findings))
        asked = replace(asked, findings=said[:_MOST_FINDINGS])
    return {**spent, "fell_back_from": backend.name, "failure": "guardrails", "checks": codes}


def _paid(backend: AdvisorBackend, context: AdviceContext) -> Draft:
    """A draft with its cost in its usage; what a failure or a canceled answer has used is noted too."""
    account = context.tools.by
    refuse_over_cap(account)
    try:
        draft = backend.reply(context)
    except Exception as error:
        note_cost(account, usage_of(error))
        raise
    return replace(draft, usage={**draft.usage, "cost_microusd": note_cost(account, draft.usage)})


def _builtin_answer(context: AdviceContext, refused: dict[str, Any]) -> Answer:
    if context.photo is not None:
        words = NO_PHOTOS.get(context.language, NO_PHOTOS["en"])
        return Answer(Draft(reply=words, backend=BuiltinBackend.name, kind="photo"), words, (), refused)
    draft = BuiltinBackend().reply(context)
    findings, citations = _verdict(draft, context)
    if findings:
        codes = sorted({finding.code for finding in findings})
        log.error("a built-in draft failed its checks", extra={"intent": draft.kind, "checks": codes})
        words = serbian_care.NO_CHECKED_ANSWER if context.language == "sr" else NO_CHECKED_ANSWER
        refusal = Draft(reply=words, backend=BuiltinBackend.name, kind="refused")
        return Answer(refusal, words, (), {**refused, "checks": codes})
    return Answer(
        draft,
        with_exclusions(draft.reply, context.tools, language=context.language),
        draft.citations or citations,
        refused,
    )


def _verdict(draft: Draft, context: AdviceContext) -> tuple[Sequence[Finding], Sequence[Citation]]:
    if draft.backend == BuiltinBackend.name:
        checked = check_reply(
            draft.reply,
            facts=draft.facts,
            days=draft.days,
            withheld=context.withheld,
            language=context.language,
            today=context.tools.today,
        )
    elif len(draft.reply) > MOST_CHARACTERS:
        return (Finding("too_long", "the reply"),), ()
    else:
        checked = check_reply(draft.reply, facts=draft.facts, days=draft.days, **_strictly(context))
    return checked.findings, checked.citations


def findings_of(part: str, context: AdviceContext) -> Sequence[Finding]:
    """What is wrong with whole sentences of a model's draft, by everything the tools have returned so far."""
    tools = context.tools
    return check_part(part, facts=tuple(tools.collected()), days=frozenset(tools.days), **_strictly(context))


def _strictly(context: AdviceContext) -> dict[str, Any]:
    """What a model's words are held to besides the facts: whose they are for, and what was asked."""
    athlete = context.tools.athlete
    return {
        "withheld": context.withheld,
        "allergies": athlete.allergies,
        "book": context.tools.food_book,
        "language": context.language,
        "said": (context.message,),
        "today": context.tools.today,
    }


def _added(before: dict[str, Any], usage: Any) -> dict[str, Any]:
    """The usage of two drafts of one answer: amounts are summed, names stay."""
    added = dict(before)
    for name, value in usage.items():
        known = added.get(name, 0)
        summed = isinstance(value, int | float) and not isinstance(value, bool) and isinstance(known, int | float)
        added[name] = known + value if summed else value
    return added


def with_exclusions(reply: str, tools: Toolbox, *, language: str) -> str:
    """The reply behind a warning for every dish in it that allergies or diet exclude since the plan was made.

    Independent of the backend: no wording of an answer can leave it out.
    """
    words = EXCLUDED.get(language, EXCLUDED["en"])
    warnings = [
        words["dish"].format(dish=name, reasons="; ".join(reasons))
        for name, reasons in tools.excluded.items()
        if name.lower() in reply.lower()
    ]
    if tools.buys_excluded:
        warnings.append(words["list"])
    if not warnings:
        return reply
    return " ".join([*warnings, words["again"]]) + "\n\n" + reply
