"""Choosing among the calendars behind a connection."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class ChooseCalendarsForm(forms.Form):
    """One box for each calendar."""

    selection = forms.MultipleChoiceField(
        label=_("Calendars to read"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("This connection has no such calendar.")},
    )

    def __init__(self, data: Any = None, *, choices: Sequence[tuple[str, str]], chosen: Sequence[str]) -> None:
        super().__init__(data, initial={"selection": list(chosen)})
        field = self.fields["selection"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - narrows the type
        field.choices = list(choices)

    def values(self) -> list[str]:
        """The ids that were chosen."""
        return list(self.cleaned_data["selection"])
