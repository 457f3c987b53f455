"""What the athlete says about one answer."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from advisor.documents import feedback_document
from advisor.forms import TAKE_BACK, FeedbackForm
from advisor.models import Message
from advisor.reviews import answers_of, give_feedback, withdraw_feedback
from nutrition_site.pages import athlete_page, find_or_404, go_to


@athlete_page
@require_POST
def advisor_feedback(request: Any, message_id: str) -> HttpResponse:
    """Keeps it. The page comes back at the answer; htmx gets the part below the answer."""
    answers = answers_of(request.athlete).select_related("conversation__athlete", "feedback")
    message: Message = find_or_404(answers, message_id, "msg")
    form = FeedbackForm(request.POST, auto_id=f"{message.pk}_%s")
    if form.is_valid() and form.cleaned_data["verdict"] == TAKE_BACK:
        withdraw_feedback(message=message, by=request.user)
    elif form.is_valid():
        values = form.cleaned_data
        give_feedback(message=message, by=request.user, verdict=values["verdict"], note=values["note"])
    status = 200 if form.is_valid() else 422
    if not request.htmx and form.is_valid():
        return go_to(request, f"{reverse('advisor', args=[message.conversation_id])}#{message.pk}")
    said = feedback_document(answers.get(pk=message.pk))
    shown = FeedbackForm.of(message.pk, said) if form.is_valid() else form
    page = {"reply": {"id": message.pk, "feedback": said, "feedback_form": shown}, "conversation": message.conversation}
    template = "advisor/feedback.html" if request.htmx else "advisor/feedback_page.html"
    return render(request, template, page, status=status)
