"""Forms of the advisor pages."""

from __future__ import annotations

from typing import Any

from django import forms

from advisor.services import MAX_CHARACTERS, clean_message
from nutrition_site.kernel.errors import InvalidInput


class AskForm(forms.Form):
    """One question to the advisor."""

    # The service says what a message is; the widget only helps.
    message = forms.CharField(
        label="Your question",
        strip=False,
        widget=forms.Textarea(
            attrs={"rows": 2, "maxlength": MAX_CHARACTERS, "placeholder": "Ask about food, training days, a recipe"}
        ),
    )

    def clean_message(self) -> Any:
        try:
            return clean_message(self.cleaned_data["message"])
        except InvalidInput as error:
            raise forms.ValidationError([row["message"] for row in error.details]) from error
