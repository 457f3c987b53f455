"""Days away: in another time zone."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from athletes.forms.fields import LongSelect, set_choices
from athletes.forms.profile import zone_choices


def _day(label: Any, help_text: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Please give a day such as 2027-05-17.")},
    )


class JourneyStartForm(forms.Form):
    """Which journey: the one that begins on this day."""

    first_day = forms.DateField(widget=forms.HiddenInput, input_formats=["%Y-%m-%d"])


class JourneyForm(forms.Form):
    """One journey: whole days in another place."""

    refusal_fields = {"travel": "first_day"}

    first_day = _day(_("First day there"), _("The day on which your clock shows the other time."))
    last_day = _day(_("Last day there"), _("From the day after, your time at home holds again."))
    timezone = forms.ChoiceField(label=_("Time zone there"), choices=(), widget=LongSelect)

    def __init__(self, data: Any = None, **kw: Any) -> None:
        super().__init__(data, **kw)
        set_choices(self, "timezone", zone_choices())

    def values(self) -> dict[str, Any]:
        """The fields for the profile services."""
        return dict(self.cleaned_data)
