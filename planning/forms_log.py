"""Forms of the quick log. They read and check; services write."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from planning.services.log import MAX_AMOUNT, MAX_NAME
from planning.wording import SLOTS


class PlaceForm(forms.Form):
    """Where on the day something was eaten; both may stay open."""

    time = forms.TimeField(
        label=_("When"), required=False, input_formats=["%H:%M"], widget=forms.TimeInput({"type": "time"}, "%H:%M")
    )
    slot = forms.ChoiceField(label=_("As"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        slot: Any = self.fields["slot"]
        slot.choices = [("", _("Something besides")), *SLOTS.items()]

    @property
    def time_text(self) -> str:
        """HH:MM, empty when nobody said."""
        found = self.cleaned_data["time"]
        return "" if found is None else found.strftime("%H:%M")


class AmountForm(PlaceForm):
    """How much of a food or dish it was."""

    amount = forms.CharField(label=_("How much was it?"), max_length=MAX_AMOUNT)

    refusal_fields = {"grams": "amount", "servings": "amount"}
    field_order = ["amount", "time", "slot"]

    def __init__(self, *args: Any, hint: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amount"].help_text = hint


class WordsForm(PlaceForm):
    """Something in one's own words."""

    name = forms.CharField(label=_("What was it?"), max_length=MAX_NAME)

    field_order = ["name", "time", "slot"]


class TapForm(forms.Form):
    """What is logged with one tap: an earlier entry once more, or a serving of a favorite dish."""

    entry = forms.CharField(required=False, max_length=40)
    recipe = forms.CharField(required=False, max_length=40)
