"""Forms of the advisor pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from advisor.consents import MAX_RETENTION_DAYS
from advisor.models import AdvisorConsent, Feedback
from advisor.reviews import MAX_WORDS
from advisor.search import MAX_CHARACTERS as MAX_SEARCH
from advisor.search import MAX_TITLE
from advisor.services import MAX_CHARACTERS, clean_message
from nutrition_site.kernel.errors import InvalidInput

TAKE_BACK = "none"


class AskForm(forms.Form):
    """One question to the advisor."""

    # The service says what a message is; the widget only helps.
    message = forms.CharField(
        label=_("Your question"),
        strip=False,
        widget=forms.Textarea(
            attrs={"rows": 2, "maxlength": MAX_CHARACTERS, "placeholder": _("Ask about food, training days, a recipe")}
        ),
    )

    def clean_message(self) -> Any:
        try:
            return clean_message(self.cleaned_data["message"])
        except InvalidInput as error:
            raise forms.ValidationError([row["message"] for row in error.details]) from error


class FindForm(forms.Form):
    """Words to find a conversation by."""

    find = forms.CharField(
        label=_("Find a talk"),
        required=False,
        max_length=MAX_SEARCH,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("Words you remember")}),
    )


class RenameForm(forms.Form):
    """Another title."""

    title = forms.CharField(label=_("Title"), max_length=MAX_TITLE)


class FeedbackForm(forms.Form):
    """What the athlete says about one answer; `none` takes it back."""

    verdict = forms.ChoiceField(choices=[(name, name) for name in (*Feedback.Verdict.values, TAKE_BACK)])
    note = forms.CharField(
        label=_("What is wrong?"), required=False, max_length=MAX_WORDS, widget=forms.Textarea(attrs={"rows": 2})
    )

    @classmethod
    def of(cls, message_id: str, feedback: dict[str, Any] | None) -> FeedbackForm:
        """The form under one message, with ids of its own on a page of many."""
        return cls(initial=feedback or {}, auto_id=f"{message_id}_%s")


class ConsentForm(forms.Form):
    """What the athlete allows the advisor; a box without a tick takes it back."""

    outside_model = forms.BooleanField(
        label=_("An outside AI model may answer"),
        required=False,
        help_text=_(
            "Your question and the facts it needs go to the model’s provider. Without it the built-in advisor "
            "answers, and nothing leaves this site."
        ),
    )
    coach = forms.BooleanField(
        label=_("My coaches may read my talks"),
        required=False,
        help_text=_("All questions and answers, also those about your health. A coach can only read."),
    )
    review = forms.BooleanField(
        label=_("Staff may read what goes wrong"),
        required=False,
        help_text=_("Only answers you report as wrong and messages that worry us, with the question before them."),
    )
    retention_days = forms.IntegerField(
        label=_("Delete talks I have not used for"),
        required=False,
        min_value=1,
        max_value=MAX_RETENTION_DAYS,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, data: Any = None, *, consent: AdvisorConsent, default_days: int | None) -> None:
        initial = {
            "outside_model": consent.outside_model_at is not None,
            "coach": consent.coach_at is not None,
            "review": consent.review_at is not None,
            "retention_days": consent.retention_days,
        }
        super().__init__(data, initial=initial)
        kept = (
            _("They are kept until you delete them.")
            if default_days is None
            else _("It is %(days)s days then.") % {"days": default_days}
        )
        self.fields["retention_days"].help_text = _("Empty: nothing of your own. %(kept)s") % {"kept": kept}
        self.fields["retention_days"].unit = _("days")  # type: ignore[attr-defined]


class PreviewForm(forms.Form):
    """A question whose request is to be shown."""

    refusal_fields = {"message": "q"}

    q = forms.CharField(label=_("A question"), max_length=MAX_CHARACTERS)
