"""Conversations with the advisor, and applying what the athlete confirmed."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction

from advisor.backends import choose_backend
from advisor.backends.builtin import BuiltinBackend
from advisor.backends.protocol import AdviceContext, AdvisorBackend, BackendFailed, Draft, PastMessage
from advisor.facts import Citation, citation_rows
from advisor.guardrails import Hand, check_reply, screen_message
from advisor.models import Conversation, Message, ProposedAction
from advisor.tools import Toolbox
from advisor.words import is_blank
from athletes.models import Athlete, User
from nutrition_site.kernel.audit import record_audit
from nutrition_site.kernel.clock import now, today
from nutrition_site.kernel.errors import Forbidden, InvalidInput, NotFound
from nutrition_site.kernel.ids import is_id
from nutrition_site.kernel.quota import check_quota, quota

log = logging.getLogger(__name__)

MAX_CHARACTERS = 4000
TITLE_CHARACTERS = 80
HISTORY_MESSAGES = 12
PROPOSAL_LIFE = timedelta(hours=24)
WITHHOLD_AFTER_FLAG = timedelta(days=30)
QUOTA = "advisor_messages_per_day"
NO_CHECKED_ANSWER = (
    "I could not write an answer to this that I can prove from your own data, so I would rather say nothing wrong. "
    "Please ask about a meal, a day, your targets or your training."
)


@dataclass(frozen=True, slots=True)
class Turn:
    """One question and its answer, stored. `message` is the advisor's reply."""

    conversation: Conversation
    question: Message
    message: Message
    actions: tuple[ProposedAction, ...]
    meal_plan_ids: tuple[str, ...] = ()


def clean_message(text: Any) -> str:
    """The message as it is kept. Raises InvalidInput for nothing visible, more than 4,000 characters, or no text."""
    if not isinstance(text, str):
        raise InvalidInput.of("message", "Must be a text.")
    trimmed = text.strip()
    if is_blank(trimmed):
        raise InvalidInput.of("message", "Must not be empty.")
    if len(trimmed) > MAX_CHARACTERS:
        raise InvalidInput.of("message", f"Must have at most {MAX_CHARACTERS} characters.")
    if "\x00" in trimmed:
        raise InvalidInput.of("message", "Must not contain null characters.")
    return trimmed


def screen(athlete: Athlete, text: str) -> Hand | None:
    """The hand-over that this message of this athlete calls for, or None. Needs no quota and no subscription."""
    return screen_message(
        text,
        age_years=athlete.age_on(today(athlete.zones)),
        weight_kg=athlete.weight_kg,
        pregnant=bool(athlete.pregnant or athlete.lactating),
    )


def check_allowance(*, athlete: Athlete, message: Any, by: User) -> None:
    """Raises LimitReached when today's messages are used up; a message that raises a red flag always passes."""
    if isinstance(message, str) and screen(athlete, message[:MAX_CHARACTERS]) is not None:
        return
    check_quota(user=by, name=QUOTA)


def ask_advisor(
    *,
    athlete: Athlete,
    message: str,
    conversation_id: str | None = None,
    by: User,
    backend: AdvisorBackend | None = None,
) -> Turn:
    """Stores the question, then answers it and stores the answer.

    Only the athlete may ask. Raises InvalidInput, NotFound for a conversation that is not this athlete's, Forbidden
    for anybody else, LimitReached, and what the backend passes on (`ai_timeout`, `ai_busy`, `plan_infeasible`): then
    the question stays in its conversation, without an answer, and uses no quota.
    """
    if by.pk != athlete.user_id:
        raise Forbidden("Conversations belong to the athlete.")
    text = clean_message(message)
    hand = screen(athlete, text)
    existing = None if conversation_id is None else find_conversation(athlete=athlete, conversation_id=conversation_id)
    if hand is not None:
        conversation, question = _store_question(athlete, existing, text)
        return _store_hand_over(conversation, question, hand, by)
    with quota(user=by, name=QUOTA):
        conversation, question = _store_question(athlete, existing, text)
        return _answer(athlete, conversation, question, by, backend or choose_backend())


def find_conversation(*, athlete: Athlete, conversation_id: str) -> Conversation:
    """One conversation of this athlete. Raises NotFound."""
    found: Conversation | None = None
    if is_id(conversation_id, "cnv"):
        found = Conversation.objects.filter(pk=conversation_id, athlete=athlete).first()
    if found is None:
        raise NotFound()
    return found


def list_conversations(*, athlete: Athlete) -> Any:
    """The athlete's conversations, the last used first, as a queryset."""
    return Conversation.objects.filter(athlete=athlete)


def read_messages(*, conversation: Conversation) -> list[Message]:
    """Every message in order, with its proposals."""
    return list(conversation.messages.prefetch_related("proposed_actions"))


def delete_conversation(*, conversation: Conversation, by: User) -> None:
    """Really deletes a conversation with its messages and proposals; the audit row holds no text."""
    with transaction.atomic():
        record_audit(verb="conversation.deleted", by=by, object_id=conversation.pk, athlete_id=conversation.athlete_id)
        conversation.delete()


def is_withheld(athlete: Athlete) -> bool:
    """Whether energy and weight stay out of replies: under 18, eating-disorder flag, pregnancy, or a recent red flag.

    A flag counts in every conversation of the athlete: opening a new one does not end the care.
    """
    age = athlete.age_on(today(athlete.zones))
    if athlete.ed_flag or athlete.pregnant or athlete.lactating or (age is not None and age < 18):
        return True
    flags = Message.objects.filter(
        conversation__athlete=athlete,
        role=Message.Role.ADVISOR,
        safety__isnull=False,
        created_at__gte=now() - WITHHOLD_AFTER_FLAG,
    ).values_list("safety", flat=True)
    return any(row and row.get("withholds_numbers") for row in flags)


@transaction.atomic
def _store_question(athlete: Athlete, existing: Conversation | None, text: str) -> tuple[Conversation, Message]:
    conversation = existing or Conversation.objects.create(athlete=athlete, title=title_of(text))
    question = Message.objects.create(conversation=conversation, role=Message.Role.ATHLETE, text=text)
    Conversation.objects.filter(pk=conversation.pk).update(updated_at=now())
    return conversation, question


def title_of(text: str) -> str:
    """The first line of the first message, shortened at a word."""
    line = " ".join(text.split())
    if len(line) <= TITLE_CHARACTERS:
        return line
    return line[:TITLE_CHARACTERS].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def _store_hand_over(conversation: Conversation, question: Message, hand: Hand, by: User) -> Turn:
    with transaction.atomic():
        reply = Message.objects.create(
            conversation=conversation,
            role=Message.Role.ADVISOR,
            text=hand.reply,
            safety=hand.safety,
            backend="safety",
            context={"reply_to": question.pk},
        )
        record_audit(
            verb="advisor.handed_over", by=by, object_id=reply.pk, athlete_id=conversation.athlete_id,
            flag=hand.safety["flag"],
        )  # fmt: skip
    return Turn(conversation, question, reply, ())


def _answer(athlete: Athlete, conversation: Conversation, question: Message, by: User, backend: AdvisorBackend) -> Turn:
    started = time.monotonic()
    withheld = is_withheld(athlete)
    tools = Toolbox(athlete=athlete, by=by)
    context = AdviceContext(
        message=question.text, tools=tools, history=_history(conversation, question), withheld=withheld
    )
    draft, citations, refused = _checked_draft(context, backend)
    usage = {**draft.usage, "latency_ms": round(1000 * (time.monotonic() - started)), **refused}
    with transaction.atomic():
        reply = Message.objects.create(
            conversation=conversation,
            role=Message.Role.ADVISOR,
            text=with_exclusions(draft.reply, tools),
            citations=citation_rows(citations),
            backend=draft.backend,
            usage=usage,
            context={"reply_to": question.pk, "kind": draft.kind, "meal_plan_ids": tools.made_plan_ids},
        )
        actions = tuple(_store_proposals(athlete, reply, draft))
        Conversation.objects.filter(pk=conversation.pk).update(updated_at=now())
        record_audit(
            verb="advisor.answered", by=by, object_id=reply.pk, athlete_id=athlete.pk, backend=draft.backend,
            kind=draft.kind, proposals=len(actions),
        )  # fmt: skip
    return Turn(conversation, question, reply, actions, tuple(tools.made_plan_ids))


def with_exclusions(reply: str, tools: Toolbox) -> str:
    """The reply behind a warning for every dish in it that allergies or diet exclude since the plan was made.

    Independent of the backend: no wording of an answer can leave it out.
    """
    warnings = [
        f"Do not eat “{name}”: it is excluded for you now ({'; '.join(reasons)})."
        for name, reasons in tools.excluded.items()
        if name.lower() in reply.lower()
    ]
    if tools.buys_excluded:
        warnings.append("Do not shop by this list: it holds food that is excluded for you now.")
    if not warnings:
        return reply
    return " ".join([*warnings, "Plan these days again first."]) + "\n\n" + reply


def _history(conversation: Conversation, question: Message) -> tuple[PastMessage, ...]:
    rows = conversation.messages.exclude(pk=question.pk).order_by("-created_at", "-id")[:HISTORY_MESSAGES]
    return tuple(PastMessage(row.role, row.text) for row in reversed(list(rows)))


def _checked_draft(context: AdviceContext, backend: AdvisorBackend) -> tuple[Draft, Sequence[Citation], dict[str, Any]]:
    """A draft that passed the guardrails: the backend's, else the built-in one, else an honest refusal.

    The last entry says why an outside draft was not used: codes only, never its words.
    """
    refused: dict[str, Any] = {}
    if backend.name != BuiltinBackend.name:
        try:
            draft = backend.reply(context)
        except BackendFailed as error:
            log.warning("the AI backend failed", extra={"backend": backend.name, "failure": error.code})
            refused = {"fell_back_from": backend.name, "failure": error.code}
        else:
            citations, codes = _verdict(draft, context)
            if not codes:
                return draft, citations, {}
            log.warning("a draft failed its checks", extra={"backend": backend.name, "checks": codes})
            refused = {"fell_back_from": backend.name, "failure": "guardrails", "checks": codes}
    draft = BuiltinBackend().reply(context)
    citations, codes = _verdict(draft, context)
    if codes:
        log.error("a built-in draft failed its checks", extra={"intent": draft.kind, "checks": codes})
        refusal = Draft(reply=NO_CHECKED_ANSWER, backend=BuiltinBackend.name, kind="refused")
        return refusal, (), {**refused, "checks": codes}
    return draft, citations, refused


def _verdict(draft: Draft, context: AdviceContext) -> tuple[Sequence[Citation], list[str]]:
    checked = check_reply(
        draft.reply,
        facts=draft.facts,
        days=draft.days,
        withheld=context.withheld,
        allergies=() if draft.backend == BuiltinBackend.name else context.tools.athlete.allergies,
    )
    codes = sorted({finding.code for finding in checked.findings})
    return (draft.citations or checked.citations), codes


def _store_proposals(athlete: Athlete, reply: Message, draft: Draft) -> list[ProposedAction]:
    return [
        ProposedAction.objects.create(
            athlete=athlete,
            message=reply,
            kind=proposal.kind,
            arguments=dict(proposal.arguments),
            sentence=proposal.sentence,
            diff=dict(proposal.diff),
            base_version=proposal.base_version,
            expires_at=now() + PROPOSAL_LIFE,
        )
        for proposal in draft.proposals
    ]
