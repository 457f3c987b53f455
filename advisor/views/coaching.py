"""Conversations for a coach: only of athletes who agreed to the coaching and to the reading, and only to be read."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from advisor.consents import readable_by_coach
from advisor.documents import message_document
from advisor.models import Conversation
from advisor.services import is_withheld, read_messages
from advisor.withholding import conceal_message
from nutrition_site.pages import find_or_404, signed_in_page

SHOWN = 100


@signed_in_page
@require_safe
def coach_talks(request: Any) -> HttpResponse:
    """The conversations that this account may read as a coach, the last used first."""
    rows = readable_by_coach(request.user).select_related("athlete")[:SHOWN]
    return render(request, "advisor/coach_talks.html", {"rows": rows})


@signed_in_page
@require_safe
def coach_talk(request: Any, conversation_id: str) -> HttpResponse:
    """One of them; there are no others."""
    readable = readable_by_coach(request.user).select_related("athlete")
    conversation: Conversation = find_or_404(readable, conversation_id, "cnv")
    withheld = is_withheld(conversation.athlete)
    rows = []
    for message in read_messages(conversation=conversation):
        told = message_document(message, with_feedback=False)
        rows.append({**(conceal_message(told) if withheld else told), "at": message.created_at})
    return render(request, "advisor/coach_talk.html", {"conversation": conversation, "rows": rows})
