"""What an answer may know of the talk before it: the last messages as they are, older ones in short.

The short form is made here and not by a model: every question in its first words, and the facts that answers cited,
each with its number and unit. It is kept with the conversation and grows as messages leave the recent ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from advisor.backends.protocol import PastMessage
from advisor.models import Conversation, Message
from advisor.withholding import NOT_SHOWN, holds_withheld
from advisor.words import amount

RECENT_MESSAGES = 12
# So many messages leave the recent ones at once: the short form is not written anew with every question.
STEP = 6
QUESTION_CHARACTERS = 160
FACTS_PER_ANSWER = 6
SUMMARY_CHARACTERS = 6_000
_ANSWERED = "Answered from: "


def recall(
    *, conversation: Conversation, before: Message, withheld: bool = False
) -> tuple[tuple[PastMessage, ...], str]:
    """(the recent messages before this one, oldest first, what lies before them in short).

    With `withheld` no earlier answer tells energy or body mass, or advises to have less: what is not known here cannot
    be said again.
    """
    earlier = conversation.messages.exclude(pk=before.pk).filter(created_at__lte=before.created_at)
    known = str(conversation.summary.get("through", ""))
    rows = list(earlier.order_by("-created_at", "-id")[: RECENT_MESSAGES + STEP + 1])
    rows.reverse()
    if len(rows) > RECENT_MESSAGES + STEP:
        whole = list(earlier.order_by("created_at", "id"))
        _summarize(conversation, whole[:-RECENT_MESSAGES])
        rows = whole[-RECENT_MESSAGES:]
    elif known:
        rows = _after(rows, known)
    summary = str(conversation.summary.get("text", ""))
    texts = [NOT_SHOWN if withheld and _is_withheld(row) else row.text for row in rows]
    recent = tuple(
        PastMessage(row.role, text, row.context.get("topic") or {}) for row, text in zip(rows, texts, strict=True)
    )
    return recent, _without_amounts(summary) if withheld else summary


def _is_withheld(row: Message) -> bool:
    return row.role != Message.Role.ATHLETE and not row.safety and holds_withheld(row.text)


def _without_amounts(summary: str) -> str:
    """The short form without the facts that are withheld; questions stay as the athlete asked them."""
    lines = []
    for line in summary.splitlines():
        if line.startswith(_ANSWERED):
            facts = line.removeprefix(_ANSWERED).split("; ")
            line = _answered([fact for fact in facts if not holds_withheld(fact)])
        lines.append(line)
    return "\n".join(lines)


def _answered(facts: Sequence[str]) -> str:
    return f"{_ANSWERED}{'; '.join(facts)}" if facts else "Answered without facts."


def _after(rows: Sequence[Message], through: str) -> list[Message]:
    """The messages after the one that the short form ends with."""
    ids = [row.pk for row in rows]
    return list(rows[ids.index(through) + 1 :]) if through in ids else list(rows)


def _summarize(conversation: Conversation, rows: Sequence[Message]) -> None:
    lines: list[str] = []
    for row in rows:
        if row.role == Message.Role.ATHLETE:
            words = " ".join(row.text.split())
            short = words if len(words) <= QUESTION_CHARACTERS else words[:QUESTION_CHARACTERS].rstrip() + " …"
            lines.append(f"Asked: {short}")
        else:
            lines.append(_answered([fact for fact in map(_fact_words, row.citations[:FACTS_PER_ANSWER]) if fact]))
    while len(lines) > 1 and sum(map(len, lines)) > SUMMARY_CHARACTERS:
        lines.pop(0)
    conversation.summary = {"text": "\n".join(lines), "through": rows[-1].pk}
    Conversation.objects.filter(pk=conversation.pk).update(summary=conversation.summary)


def _fact_words(citation: dict[str, Any]) -> str:
    value = citation.get("value")
    if value is None:
        return ""
    told = amount(float(value), citation.get("unit") or "") if isinstance(value, int | float) else str(value)[:80]
    return f"{citation.get('label') or citation.get('kind')} {told}"
