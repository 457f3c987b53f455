"""Conversations, replies and proposals as API and pages show them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from advisor.consents import MOMENTS
from advisor.guardrails import DISCLAIMER
from advisor.languages import language_of
from advisor.languages.finishing import finish_card
from advisor.models import AdvisorConsent, Conversation, Message, ProposedAction
from advisor.proposals.cards import card_diff, card_title
from nutrition_site.kernel.clock import now
from nutrition_site.kernel.cyrillic import is_cyrillic

if TYPE_CHECKING:
    from advisor.services import Turn


def utc_text(moment: Any) -> str:
    return str(moment.strftime("%Y-%m-%dT%H:%M:%SZ"))


def action_document(action: ProposedAction) -> dict[str, Any]:
    """A proposal in the language of its conversation. One whose time is over reads as expired."""
    waiting = action.status in (ProposedAction.Status.OPEN, ProposedAction.Status.APPLYING)
    status = "expired" if waiting and action.expires_at <= now() else str(action.status)
    language = language_of(action.message.language)
    zones = action.message.conversation.athlete.zones
    card = {
        "id": action.pk,
        "kind": action.kind,
        "sentence": card_title(action.sentence, action.diff, language),
        "arguments": action.arguments,
        "diff": card_diff(action.diff, language, status=status, expires_at=action.expires_at, zones=zones),
        "status": status,
        "result": action.result,
        "expires_at": utc_text(action.expires_at),
    }
    return finish_card(card, language=language.code, cyrillic=is_cyrillic(action.message.text))


def message_document(message: Message, *, with_feedback: bool = True) -> dict[str, Any]:
    """One message of a conversation; what the athlete said about it is for nobody else."""
    return {
        "id": message.pk,
        "role": message.role,
        "text": message.text,
        "citations": message.citations,
        "safety": message.safety,
        "backend": message.backend,
        "proposed_actions": [action_document(action) for action in message.proposed_actions.all()],
        "feedback": feedback_document(message) if with_feedback else None,
        "created_at": utc_text(message.created_at),
    }


def feedback_document(message: Message) -> dict[str, Any] | None:
    """What the athlete said about an answer, None for nothing."""
    said = getattr(message, "feedback", None)
    return None if said is None else {"verdict": said.verdict, "note": said.note}


def consent_document(consent: AdvisorConsent, *, default_retention_days: int | None) -> dict[str, Any]:
    """What the athlete allows, and since when."""
    moments = {name: getattr(consent, column) for name, column in MOMENTS.items()}
    allowed = {name: moment is not None for name, moment in moments.items()}
    since = {f"{name}_at": None if moment is None else utc_text(moment) for name, moment in moments.items()}
    return {
        **allowed,
        **since,
        "retention_days": consent.retention_days,
        "default_retention_days": default_retention_days,
    }


def conversation_document(conversation: Conversation) -> dict[str, Any]:
    """One conversation in a list."""
    return {
        "id": conversation.pk,
        "athlete_id": conversation.athlete_id,
        "title": conversation.title,
        "created_at": utc_text(conversation.created_at),
        "updated_at": utc_text(conversation.updated_at),
    }


def turn_document(turn: Turn) -> dict[str, Any]:
    """The answer of the chat operation."""
    reply = turn.message
    return {
        "conversation_id": turn.conversation.pk,
        "message_id": reply.pk,
        "reply": reply.text,
        "citations": reply.citations,
        "proposed_actions": [action_document(action) for action in turn.actions],
        "safety": reply.safety,
        "backend": reply.backend,
        "usage": reply.usage,
        "meal_plan_ids": list(turn.meal_plan_ids),
        "disclaimer": DISCLAIMER,
    }
