"""The advisor's pages: ask, read where an answer comes from, confirm what it proposes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.views.decorators.http import require_http_methods, require_POST

from advisor.actions import confirm_action, decline_action
from advisor.documents import message_document
from advisor.forms import AskForm
from advisor.guardrails import DISCLAIMER
from advisor.models import Conversation, ProposedAction
from advisor.services import (
    QUOTA,
    ask_advisor,
    delete_conversation,
    find_conversation,
    is_withheld,
    list_conversations,
    read_messages,
)
from athletes.models import Athlete
from nutrition_site.kernel.clock import today
from nutrition_site.kernel.errors import DomainError, NotFound
from nutrition_site.kernel.quota import quota_standing
from nutrition_site.pages import athlete_page, find_or_404, go_to, once, posted, show_refusal
from nutrition_site.templatetags.athleat import plain_number
from planning.wording import source_in_words

SHOWN_CONVERSATIONS = 20
SUGGESTIONS = 4
AMOUNTS = (("energy_kcal", "kcal", ""), ("carbs_g", "g carb.", "carb"), ("protein_g", "g protein", "protein"))


@athlete_page
@require_http_methods(["GET", "HEAD", "POST"])
def advisor(request: Any, conversation_id: str = "") -> HttpResponse:
    """A conversation, or the start of one."""
    athlete: Athlete = request.athlete
    conversation = _find(athlete, conversation_id) if conversation_id else None
    form = AskForm(posted(request), initial={"message": request.GET.get("q", "")[:500].replace("\x00", "")})
    status = 200
    if request.method == "POST":
        answer, status = _ask(request, form, conversation)
        if answer is not None:
            return answer
    replies = [_told(row) for row in read_messages(conversation=conversation)] if conversation else []
    asked = request.method == "POST" or conversation is not None
    page = {
        "form": form,
        "conversation": conversation,
        "replies": replies,
        "unanswered": bool(replies) and replies[-1]["role"] == "athlete",
        "conversations": [
            row
            for row in list_conversations(athlete=athlete)[:SHOWN_CONVERSATIONS]
            if conversation is None or row.pk != conversation.pk
        ],
        "suggestions": [] if asked else suggested_questions(athlete),
        "standing": quota_standing(user=request.user, name=QUOTA),
        "disclaimer": DISCLAIMER,
        "withheld": is_withheld(athlete),
    }
    return render(request, "advisor/conversation.html", page, status=status)


def _ask(request: Any, form: AskForm, conversation: Conversation | None) -> tuple[HttpResponse | None, int]:
    """(redirect, status): the redirect after an answer, None with the status of the page that keeps the question."""
    if not form.is_valid():
        return None, 422

    def produce() -> str:
        turn = ask_advisor(
            athlete=request.athlete,
            message=form.cleaned_data["message"],
            conversation_id=conversation.pk if conversation else None,
            by=request.user,
        )
        return f"{reverse('advisor', args=[turn.conversation.pk])}#{turn.message.pk}"

    try:
        return go_to(request, once(request, produce)), 303
    except DomainError as error:
        show_refusal(form, error)
        return None, error.status


def _find(athlete: Athlete, conversation_id: str) -> Conversation:
    try:
        return find_conversation(athlete=athlete, conversation_id=conversation_id)
    except NotFound as error:
        raise Http404 from error


def _told(message: Any) -> dict[str, Any]:
    """One message as the page shows it: its text, its sources, and its proposals with what they would change."""
    document = message_document(message)
    for action in document["proposed_actions"]:
        action["rows"] = _diff_rows(action["diff"])
    document["citations"] = [
        {**row, "shown": _shown(row), "source": "" if row["value"] == row["source"] else source_in_words(row["source"])}
        for row in document["citations"]
    ]
    return {**document, "at": message.created_at}


def _shown(citation: dict[str, Any]) -> str:
    """The value of a source with its unit; empty for a source that is not a value."""
    value, unit = citation.get("value"), citation.get("unit") or ""
    if value is None or value == "":
        return ""
    text = plain_number(float(value)) if isinstance(value, int | float) else source_in_words(str(value))
    if unit == "servings" and value == 1:
        unit = "serving"
    return f"{text}\u00a0{unit}" if unit else text


def _diff_rows(diff: dict[str, Any]) -> list[dict[str, Any]]:
    """What a swap would change, line by line; amounts with the number of the day's gain or loss."""
    if not diff.get("before") or not diff.get("after"):
        return []
    before, after = diff["before"], diff["after"]
    rows: list[dict[str, Any]] = [{"words": diff["slot"], "before": before["name"], "after": after["name"]}]
    for name, unit, key in AMOUNTS:
        old, new = before["nutrients"].get(name), after["nutrients"].get(name)
        if old is not None and new is not None:
            rows.append(
                {"words": unit, "before": round(old), "after": round(new), "key": key, "number": True, "unit": unit}
            )
    return rows


def suggested_questions(athlete: Athlete) -> list[str]:
    """Questions that the next days raise: the longest session first, then what is always worth asking."""
    day = today(athlete.zones)
    events = list(
        athlete.training_events.counting().filter(local_date__gte=day, local_date__lte=day + timedelta(days=6))
    )
    longest = max(events, key=lambda event: event.duration_minutes or 0.0, default=None)
    questions = []
    if longest is not None:
        title = longest.title.strip()[:80]
        weekday = date_format(longest.local_date, "l")
        if longest.local_date > day:
            questions.append(f"What should I eat the night before my {title} on {weekday}?")
        else:
            questions.append(f"What should I eat before my {title} today?")
        questions.append(f"How much carbohydrate do I need on {weekday}, and why?")
    questions += ["What do I eat today?", "What do I still need to buy?", "Is my plan up to date?"]
    return questions[:SUGGESTIONS]


@athlete_page
@require_http_methods(["GET", "HEAD", "POST"])
def advisor_delete(request: Any, conversation_id: str) -> HttpResponse:
    """Asks, then really deletes a conversation."""
    athlete: Athlete = request.athlete
    if request.method == "POST":

        def produce() -> str:
            delete_conversation(conversation=_find(athlete, conversation_id), by=request.user)
            return reverse("advisor")

        return go_to(request, once(request, produce))
    conversation = _find(athlete, conversation_id)
    page = {"conversation": conversation, "back_url": reverse("advisor", args=[conversation.pk])}
    return render(request, "advisor/delete.html", page)


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
        messages.success(request, f"Done: {result.get('name', 'your plan')} is in your plan now, checked again.")
    return go_to(request, _place_of(action))


@athlete_page
@require_POST
def advisor_decline(request: Any, action_id: str) -> HttpResponse:
    """Closes a proposal; the plan stays as it is."""
    action = decline_action(action=_action(request, action_id), by=request.user)
    if action.status == ProposedAction.Status.APPLIED:
        messages.warning(request, "This change was made already. Swap the meal again to take it back.")
    return go_to(request, _place_of(action))


def _action(request: Any, action_id: str) -> ProposedAction:
    mine = ProposedAction.objects.filter(athlete=request.athlete).select_related("message", "athlete")
    found: ProposedAction = find_or_404(mine, action_id, "act")
    return found


def _place_of(action: ProposedAction) -> str:
    return f"{reverse('advisor', args=[action.message.conversation_id])}#{action.message_id}"
