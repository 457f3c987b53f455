"""Conversations: ask, read where an answer comes from, find, rename, delete."""

from __future__ import annotations

from typing import Any

from django.db.models import prefetch_related_objects
from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from advisor.answering import Listener
from advisor.documents import message_document
from advisor.event_responses import EVENT_STREAM, as_stream, refusal_body
from advisor.forms import AskForm, FeedbackForm, FindForm, RenameForm
from advisor.guardrails import DISCLAIMER, WITHHELD_NUMBER
from advisor.guardrails.withheld import withheld_amounts
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
from advisor.streaming import AnswerStream, event
from advisor.suggestions import suggested_questions
from athletes.models import Athlete
from nutrition_site.kernel.errors import DomainError, InvalidInput, NotFound
from nutrition_site.kernel.quota import quota_standing
from nutrition_site.pages import athlete_page, go_to, once, posted, show_refusal, submit
from nutrition_site.templatetags.athleat import plain_number
from planning.wording import source_in_words

SHOWN_CONVERSATIONS = 20
AMOUNTS = (("energy_kcal", "kcal", ""), ("carbs_g", "g carb.", "carb"), ("protein_g", "g protein", "protein"))


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
    excerpts = excerpts_of(rows, words) if words else {}
    if withheld:
        excerpts = {row: text for row, text in excerpts.items() if not withheld_amounts(text)}
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
    """One message as the page shows it: its text, its sources, its proposals with what they would change, a form.

    What was answered with amounts of energy or body mass before these were withheld is not shown meanwhile.
    """
    document = message_document(message)
    if withheld and message.role != "athlete" and _holds_amounts(document):
        document |= {"text": gettext("Weight and energy are not shown here."), "citations": []}
    for action in document["proposed_actions"]:
        action["rows"] = _diff_rows(action["diff"])
    document["citations"] = [
        {**row, "shown": _shown(row), "source": "" if row["value"] == row["source"] else source_in_words(row["source"])}
        for row in document["citations"]
    ]
    return {**document, "at": message.created_at, "feedback_form": FeedbackForm.of(message.pk, document["feedback"])}


def _holds_amounts(document: dict[str, Any]) -> bool:
    sources = (f"{row.get('value')} {row.get('unit') or ''}" for row in document["citations"])
    return bool(withheld_amounts(document["text"])) or any(WITHHELD_NUMBER.search(row) for row in sources)


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
    """What a proposal would change, line by line; amounts of a swap with the number of the day's gain or loss."""
    if diff.get("rows"):
        return [
            {**row, "number": any(WITHHELD_NUMBER.search(str(row.get(side) or "")) for side in ("before", "after"))}
            for row in diff["rows"]
        ]
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
