"""Conversations with the advisor, and applying what the athlete confirmed."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from advisor.answering import Listener, answer_question
from advisor.backends import choose_backend
from advisor.backends.builtin import BuiltinBackend
from advisor.backends.protocol import AdviceContext, AdvisorBackend, Draft, PastMessage, Photo
from advisor.consents import may_ask_outside
from advisor.facts import citation_rows
from advisor.guardrails import Hand, screen_message, told_care
from advisor.languages.detect import detect_language
from advisor.languages.finishing import finish_text
from advisor.memory import recall
from advisor.models import Conversation, Message, ProposedAction
from advisor.reviews import flag_for_review
from advisor.tools import Toolbox
from advisor.words import is_blank, without_hidden
from athletes.models import Athlete, User
from athletes.rules import numbers_withheld
from athletes.services.care import begin_care
from nutrition_site.kernel.audit import record_audit
from nutrition_site.kernel.clock import now, today
from nutrition_site.kernel.cyrillic import is_cyrillic
from nutrition_site.kernel.errors import Forbidden, InvalidInput, NotFound
from nutrition_site.kernel.ids import is_id
from nutrition_site.kernel.quota import check_quota, quota

MAX_CHARACTERS = 4000
TITLE_CHARACTERS = 80
PROPOSAL_LIFE = timedelta(hours=24)
QUOTA = "advisor_messages_per_day"


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
        raise InvalidInput.of("message", gettext("Must be a text."))
    trimmed = text.strip()
    if is_blank(trimmed):
        raise InvalidInput.of("message", gettext("Must not be empty."))
    if len(trimmed) > MAX_CHARACTERS:
        raise InvalidInput.of("message", gettext("Must have at most %(count)s characters.") % {"count": MAX_CHARACTERS})
    if "\x00" in trimmed:
        raise InvalidInput.of("message", gettext("Must not contain null characters."))
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
    listener: Listener | None = None,
    photo: Photo | None = None,
) -> Turn:
    """Stores the question, then answers it and stores the answer.

    A `listener` is told `accepted` with the conversation once the question is stored, `token` with checked words, and
    `restart` when words are taken back; what it heard in the end is the reply. Raises Cancelled when it has left. A
    `photo` is looked at by an outside model only, and kept nowhere.

    Only the athlete may ask. Raises InvalidInput, NotFound for a conversation that is not this athlete's, Forbidden
    for anybody else, LimitReached, and what the backend passes on (`ai_timeout`, `ai_busy`, `plan_infeasible`): then
    the question stays in its conversation, without an answer, and uses no quota.
    """
    if by.pk != athlete.user_id:
        raise Forbidden(gettext("Conversations belong to the athlete."))
    text = clean_message(message)
    hand = screen(athlete, text)
    existing = None if conversation_id is None else find_conversation(athlete=athlete, conversation_id=conversation_id)
    if hand is not None:
        conversation, question = _store_question(athlete, existing, text)
        _tell_accepted(listener, conversation)
        turn = _store_hand_over(athlete, conversation, question, hand, by)
        if listener is not None:
            listener.tell("token", {"text": turn.message.text})
        return turn
    with quota(user=by, name=QUOTA):
        conversation, question = _store_question(athlete, existing, text)
        _tell_accepted(listener, conversation)
        past: tuple[tuple[PastMessage, ...], str] = ((), "")
        if existing is not None:
            past = recall(conversation=conversation, before=question, withheld=is_withheld(athlete))
        return _answer(athlete, conversation, question, past, by, backend or _backend_for(athlete), listener, photo)


def asks_a_model(athlete: Athlete) -> bool:
    """Whether this athlete's questions go to an outside model, which takes its time."""
    return _backend_for(athlete).name != BuiltinBackend.name


def _backend_for(athlete: Athlete) -> AdvisorBackend:
    """The backend in force, as far as the athlete lets questions go to it."""
    chosen = choose_backend()
    return chosen if chosen.name == BuiltinBackend.name or may_ask_outside(athlete) else BuiltinBackend()


def _tell_accepted(listener: Listener | None, conversation: Conversation) -> None:
    if listener is not None:
        listener.tell("accepted", {"conversation_id": conversation.pk})


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


def is_withheld(athlete: Athlete) -> bool:
    """Whether energy and weight stay out of replies: where pages leave them out, and in pregnancy."""
    return bool(athlete.pregnant or athlete.lactating) or numbers_withheld(athlete, today=today(athlete.zones))


@transaction.atomic
def _store_question(athlete: Athlete, existing: Conversation | None, text: str) -> tuple[Conversation, Message]:
    spoken = None
    if existing is not None:
        # Where nothing tells the language (“ok”, “TSS?”), the talk goes on in the one it has.
        spoken = existing.messages.order_by("-created_at", "-id").values_list("language", flat=True).first()
        Conversation.objects.filter(pk=existing.pk).update(updated_at=now())
    conversation = existing or Conversation.objects.create(athlete=athlete, title=title_of(text))
    language = detect_language(text, default="sr" if spoken == "sr" else "en")
    question = Message.objects.create(
        conversation=conversation, role=Message.Role.ATHLETE, text=text, language=language
    )
    return conversation, question


def title_of(text: str) -> str:
    """The first line of the first message, shortened at a word."""
    line = " ".join(without_hidden(text).split())
    if len(line) <= TITLE_CHARACTERS:
        return line
    return line[:TITLE_CHARACTERS].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def _store_hand_over(athlete: Athlete, conversation: Conversation, question: Message, hand: Hand, by: User) -> Turn:
    with transaction.atomic():
        text = hand.reply
        if hand.safety["withholds_numbers"]:
            until = begin_care(athlete=athlete, by=by)
            unsaid = "pregnancy" in hand.safety["flags"] and not (athlete.pregnant or athlete.lactating)
            text += " " + told_care(until, language=hand.language, unsaid=unsaid)
        if hand.language == "sr" and is_cyrillic(question.text):
            text = finish_text(text, cyrillic=True)
        reply = Message.objects.create(
            conversation=conversation,
            role=Message.Role.ADVISOR,
            text=text,
            safety=hand.safety,
            backend="safety",
            context={"reply_to": question.pk},
        )
        record_audit(
            verb="advisor.handed_over", by=by, object_id=reply.pk, athlete_id=conversation.athlete_id,
            flag=hand.safety["flag"],
        )  # fmt: skip
        flag_for_review(message=question, flag=hand.safety["flag"])
    return Turn(conversation, question, reply, ())


def _answer(
    athlete: Athlete,
    conversation: Conversation,
    question: Message,
    past: tuple[tuple[PastMessage, ...], str],
    by: User,
    backend: AdvisorBackend,
    listener: Listener | None,
    photo: Photo | None,
) -> Turn:
    started = time.monotonic()
    tools = Toolbox(athlete=athlete, by=by)
    history, summary = past
    context = AdviceContext(
        message=question.text,
        tools=tools,
        history=history,
        summary=summary,
        withheld=is_withheld(athlete),
        language=question.language,
        photo=photo,
    )
    answer = answer_question(context, backend, listener=listener)
    draft = answer.draft
    usage = {**draft.usage, "latency_ms": round(1000 * (time.monotonic() - started)), **answer.refused}
    with transaction.atomic():
        reply = Message.objects.create(
            conversation=conversation,
            role=Message.Role.ADVISOR,
            text=answer.text,
            citations=citation_rows(answer.citations),
            backend=draft.backend,
            language=question.language,
            usage=usage,
            context={
                "reply_to": question.pk,
                "kind": draft.kind,
                "topic": dict(draft.topic),
                "meal_plan_ids": tools.made_plan_ids,
            },
        )
        actions = tuple(_store_proposals(athlete, reply, draft))
        Conversation.objects.filter(pk=conversation.pk).update(updated_at=now())
        record_audit(
            verb="advisor.answered", by=by, object_id=reply.pk, athlete_id=athlete.pk, backend=draft.backend,
            kind=draft.kind, proposals=len(actions),
        )  # fmt: skip
    return Turn(conversation, question, reply, actions, tuple(tools.made_plan_ids))


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
