"""Conversations: ask, read where an answer comes from, find, rename, delete."""

from __future__ import annotations

from typing import Any

from django.db.models import prefetch_related_objects
from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_http_methods, require_POST

from advisor.answering import Listener
from advisor.documents import message_document
from advisor.event_responses import EVENT_STREAM, as_stream, refusal_body
from advisor.forms import AskForm, FeedbackForm, FindForm, RenameForm
from advisor.guardrails import DISCLAIMER
from advisor.models import Conversation
from advisor.retention import delete_for_good
from advisor.search import excerpts_of, find_conversations, rename_conversation, words_of
from advisor.services import (
    QUOTA,
    ask_advisor,
    asks_a_model,
    find_conversation,
    is_withheld,
    read_messages,
)
from advisor.source_words import tell_citation
from advisor.streaming import AnswerStream, event
from advisor.suggestions import suggested_questions
from advisor.withholding import conceal_message, is_amount
from athletes.models import Athlete
from nutrition_site.kernel.errors import DomainError, InvalidInput, NotFound
from nutrition_site.kernel.quota import quota_standing
from nutrition_site.pages import athlete_page, go_to, once, posted, show_refusal, submit

SHOWN_CONVERSATIONS = 20
AMOUNTS = (
    ("energy_kcal", "kcal", ""),
    ("carbs_g", gettext_noop("g carbohydrate"), "carb"),
    ("protein_g", gettext_noop("g protein"), "protein"),
)


@athlete_page
@require_http_methods(["GET", "HEAD", "POST"])
def advisor(request: Any, conversation_id: str = "") -> HttpResponseBase:
    """A conversation, or the start of one. A POST that accepts an event stream gets the answer while it is written."""
    athlete: Athlete = request.athlete
    conversation = _find(athlete, conversation_id) if conversation_id else None
    form = AskForm(posted(request), initial={"message": request.GET.get("q", "")[:500].replace("\x00", "")})
    status = 200
    if request.method == "POST":
        if EVENT_STREAM in request.headers.get("Accept", ""):
            return _stream(request, form, conversation)
        answer, status = _ask(request, form, conversation)
        if answer is not None:
            return answer
    withheld = is_withheld(athlete)
    replies = _told_all(conversation, withheld=withheld)
    page = {
        "form": form,
        "conversation": conversation,
        "rename_form": RenameForm(initial={"title": conversation.title}) if conversation else None,
        "replies": replies,
        "unanswered": bool(replies) and replies[-1]["role"] == "athlete",
        "suggestions": [] if request.method == "POST" or conversation is not None else suggested_questions(athlete),
        "standing": quota_standing(user=request.user, name=QUOTA),
        "disclaimer": gettext(DISCLAIMER),
        "withheld": withheld,
        **_earlier(request, conversation, withheld=withheld),
    }
    return render(request, "advisor/conversation.html", page, status=status)


def _ask(request: Any, form: AskForm, conversation: Conversation | None) -> tuple[HttpResponse | None, int]:
    """(redirect, status): the redirect after an answer, None with the status of the page that keeps the question."""
    if not form.is_valid():
        return None, 422
    try:
        return go_to(request, _answered(request, form, conversation, None)), 303
    except DomainError as error:
        show_refusal(form, error)
        return None, error.status


def _answered(request: Any, form: AskForm, conversation: Conversation | None, listener: Listener | None) -> str:
    """Asks once, however often the form was sent; the place of the answer."""

    def produce() -> str:
        turn = ask_advisor(
            athlete=request.athlete,
            message=form.cleaned_data["message"],
            conversation_id=conversation.pk if conversation else None,
            by=request.user,
            listener=listener,
        )
        return f"{reverse('advisor', args=[turn.conversation.pk])}#{turn.message.pk}"

    return once(request, produce)


def _stream(request: Any, form: AskForm, conversation: Conversation | None) -> HttpResponseBase:
    """The answer as the API's events; `done` brings the place of the answer's page."""

    def make(listener: Listener) -> dict[str, Any]:
        return {"url": _answered(request, form, conversation, listener)}

    try:
        if not form.is_valid():
            raise InvalidInput.of("message", " ".join(map(str, form.errors["message"])))
        if asks_a_model(request.athlete):
            stream = AnswerStream(make)
            stream.start()
            return as_stream(stream.read(refusal_body))
        # A moment's work, and this request's own: no thread is needed for it.
        told: list[tuple[str, dict[str, Any]]] = []
        done = make(Listener(tell=lambda name, data: told.append((name, data))))
        return as_stream(event(name, data) for name, data in [*told, ("done", done)])
    except DomainError as error:
        return JsonResponse(refusal_body(error), status=error.status, headers=error.headers)


def _earlier(request: Any, conversation: Conversation | None, *, withheld: bool) -> dict[str, Any]:
    """The other conversations, or those that hold the words of `?find=`, each with where they stand."""
    form = FindForm(request.GET)
    words = " ".join(words_of(form.cleaned_data["find"])) if form.is_valid() else ""
    rows = list(find_conversations(athlete=request.athlete, text=words)[:SHOWN_CONVERSATIONS])
    excerpts = excerpts_of(rows, words, withheld=withheld) if words else {}
    shown = [row for row in rows if words or conversation is None or row.pk != conversation.pk]
    return {
        "find_form": form,
        "found_for": words,
        "conversations": [(row, excerpts.get(row.pk, "")) for row in shown],
    }


def _find(athlete: Athlete, conversation_id: str) -> Conversation:
    try:
        return find_conversation(athlete=athlete, conversation_id=conversation_id)
    except NotFound as error:
        raise Http404 from error


def _told_all(conversation: Conversation | None, *, withheld: bool) -> list[dict[str, Any]]:
    if conversation is None:
        return []
    rows = read_messages(conversation=conversation)
    prefetch_related_objects(rows, "feedback")
    return [_told(row, withheld=withheld) for row in rows]


def _told(message: Any, *, withheld: bool) -> dict[str, Any]:
    """One message as the page shows it: its text, its sources, its proposals with what they would change, a form."""
    document = message_document(message)
    if withheld:
        document = conceal_message(document)
    for action in document["proposed_actions"]:
        action["rows"] = _diff_rows(action["diff"])
    document["citations"] = [tell_citation(row) for row in document["citations"]]
    return {**document, "at": message.created_at, "feedback_form": FeedbackForm.of(message.pk, document["feedback"])}


def _diff_rows(diff: dict[str, Any]) -> list[dict[str, Any]]:
    """What a proposal would change, line by line; amounts of a swap with the number of the day's gain or loss."""
    if diff.get("rows"):
        return [{**row, "number": is_amount(row)} for row in diff["rows"]]
    if not diff.get("before") or not diff.get("after"):
        return []
    before, after = diff["before"], diff["after"]
    rows: list[dict[str, Any]] = [{"words": diff["slot"], "before": before["name"], "after": after["name"]}]
    for name, unit, key in AMOUNTS:
        old, new = before["nutrients"].get(name), after["nutrients"].get(name)
        if old is not None and new is not None:
            rows.append({"words": gettext(unit), "before": round(old), "after": round(new), "key": key, "number": True})
    return rows


@athlete_page
@require_POST
def advisor_rename(request: Any, conversation_id: str) -> HttpResponse:
    """Gives a conversation another title."""
    conversation = _find(request.athlete, conversation_id)
    form = RenameForm(request.POST)
    back = reverse("advisor", args=[conversation.pk])

    def produce() -> str:
        rename_conversation(conversation=conversation, by=request.user, title=form.cleaned_data["title"])
        return back

    answer = submit(request, form, produce)
    return answer or render(
        request, "advisor/rename.html", {"form": form, "conversation": conversation, "back_url": back}, status=422
    )


@athlete_page
@require_http_methods(["GET", "HEAD", "POST"])
def advisor_delete(request: Any, conversation_id: str) -> HttpResponse:
    """Asks, then really deletes a conversation."""
    athlete: Athlete = request.athlete
    if request.method == "POST":

        def produce() -> str:
            delete_for_good(conversation=_find(athlete, conversation_id), by=request.user)
            return reverse("advisor")

        return go_to(request, once(request, produce))
    conversation = _find(athlete, conversation_id)
    page = {"conversation": conversation, "back_url": reverse("advisor", args=[conversation.pk])}
    return render(request, "advisor/delete.html", page)
