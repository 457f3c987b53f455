"""Confirming and declining what the advisor proposes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from advisor.actions import confirm_action, decline_action
from advisor.models import ProposedAction
from nutrition_site.kernel.errors import DomainError
from nutrition_site.pages import athlete_page, find_or_404, go_to


@athlete_page
@require_POST
def advisor_confirm(request: Any, action_id: str) -> HttpResponse:
    """Applies a proposal once; what it meant is told on the conversation's page."""
    action = _action(request, action_id)
    try:
        done = confirm_action(action=action, by=request.user)
    except DomainError as error:
        if error.status >= 500:
            raise
        messages.warning(request, error.message)
    else:
        result = done.result or {}
        # Proposals from before every kind told its result in words have only a name.
        name = result.get("name") or gettext("Your change")
        words = result.get("words") or gettext("%(name)s is in your plan now, checked again.") % {"name": name}
        messages.success(request, gettext("Done: %(words)s") % {"words": words})
    return go_to(request, _place_of(action))


@athlete_page
@require_POST
def advisor_decline(request: Any, action_id: str) -> HttpResponse:
    """Closes a proposal; the plan stays as it is."""
    action = decline_action(action=_action(request, action_id), by=request.user)
    if action.status == ProposedAction.Status.APPLIED:
        messages.warning(request, gettext("This change was made already."))
    return go_to(request, _place_of(action))


def _action(request: Any, action_id: str) -> ProposedAction:
    mine = ProposedAction.objects.filter(athlete=request.athlete).select_related("message", "athlete")
    found: ProposedAction = find_or_404(mine, action_id, "act")
    return found


def _place_of(action: ProposedAction) -> str:
    return f"{reverse('advisor', args=[action.message.conversation_id])}#{action.message_id}"
