"""What staff see of the advisor: a queue of answers to look at. Conversations themselves are not in the admin.

The words of a message are shown only while the consent of its athlete stands. Nobody edits one; no words are searched.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldAdminTextareaWidget

from advisor.models import Message, Review
from advisor.reviews import MAX_WORDS, close_review, is_readable, may_work_on_reviews, note_reading
from athletes.admin.scope import DeclaredFilters

NOT_ALLOWED = "The athlete does not let staff read this."


class CloseForm(forms.ModelForm):
    """What came of a review; saving it closes the review."""

    outcome = forms.CharField(
        label="Outcome", max_length=MAX_WORDS, widget=UnfoldAdminTextareaWidget, help_text="Saving closes the review."
    )

    class Meta:
        model = Review
        fields = ("outcome",)


@admin.register(Review)
class ReviewAdmin(DeclaredFilters, ModelAdmin):
    """The queue, open ones first. Without the athlete's consent a review shows ids and checks, and no words."""

    form = CloseForm
    list_display = ("id", "cause", "flag", "state", "written_by", "readable", "created_at")
    list_filter = ("state", "cause")
    search_fields = ("id",)
    # "open" comes after "closed".
    ordering = ("-state", "created_at", "id")
    show_full_result_count = False
    list_per_page = 50
    told = (
        *("id", "cause", "flag", "state", "created_at", "message_id", "conversation_id", "written_by", "checks"),
        *("facts", "question", "answer", "note"),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Review]:
        rows = super().get_queryset(request)
        return rows.select_related("message__conversation__athlete__advisor_consent", "message__feedback", "closed_by")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may_work_on_reviews(request.user)  # type: ignore[arg-type]

    def has_view_permission(self, request: HttpRequest, obj: Review | None = None) -> bool:
        return may_work_on_reviews(request.user)  # type: ignore[arg-type]

    def has_change_permission(self, request: HttpRequest, obj: Review | None = None) -> bool:
        return may_work_on_reviews(request.user) and (obj is None or obj.state == Review.State.OPEN)  # type: ignore[arg-type]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Review | None = None) -> bool:
        return False

    def get_fields(self, request: HttpRequest, obj: Review | None = None) -> tuple[str, ...]:
        closed = obj is not None and obj.state == Review.State.CLOSED
        return (*self.told, "outcome", *(("closed_by", "closed_at") if closed else ()))

    def get_readonly_fields(self, request: HttpRequest, obj: Review | None = None) -> tuple[str, ...]:
        return (*self.told, "closed_by", "closed_at")

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        """One review; reading its words leaves a trace."""
        if request.method == "GET" and self.has_view_permission(request):
            review = self.get_object(request, object_id)
            if review is not None and is_readable(review):
                note_reading(review=review, by=request.user)  # type: ignore[arg-type]
        return super().change_view(request, object_id, form_url, extra_context)

    def save_model(self, request: HttpRequest, obj: Review, form: Any, change: bool) -> None:
        close_review(review=obj, by=request.user, outcome=form.cleaned_data["outcome"])  # type: ignore[arg-type]

    @admin.display(description="Words may be read", boolean=True)
    def readable(self, review: Review) -> bool:
        return is_readable(review)

    @admin.display(description="Written by")
    def written_by(self, review: Review) -> str:
        return review.message.backend or review.message.role

    @admin.display(description="Failed checks")
    def checks(self, review: Review) -> str:
        usage = review.message.usage
        return ", ".join([*usage.get("checks", ()), *filter(None, [usage.get("failure", "")])]) or "none"

    @admin.display(description="Cited facts")
    def facts(self, review: Review) -> str:
        return ", ".join(row["fact_id"] for row in review.message.citations) or "none"

    @admin.display(description="Conversation")
    def conversation_id(self, review: Review) -> str:
        return review.message.conversation_id

    @admin.display(description="Question")
    def question(self, review: Review) -> str:
        asked = review.message
        if asked.role == Message.Role.ADVISOR:
            found = Message.objects.filter(pk=asked.context.get("reply_to", ""), conversation_id=asked.conversation_id)
            asked = found.first() or asked
        return asked.text if is_readable(review) else NOT_ALLOWED

    @admin.display(description="Answer")
    def answer(self, review: Review) -> str:
        told: Message | None = review.message
        if review.message.role == Message.Role.ATHLETE:
            told = Message.objects.filter(
                conversation_id=review.message.conversation_id, context__reply_to=review.message_id
            ).first()
        if told is None:
            return "none"
        return told.text if is_readable(review) else NOT_ALLOWED

    @admin.display(description="What is wrong, says the athlete")
    def note(self, review: Review) -> str:
        said = getattr(review.message, "feedback", None)
        if said is None or not said.note:
            return "nothing said"
        return str(said.note) if is_readable(review) else NOT_ALLOWED
