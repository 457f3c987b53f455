"""Completed sessions: files to read, or a session described by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from athletes.forms.fields import QuantityField
from athletes.services.uploads import MANUAL_RANGES, MAX_UPLOAD_BYTES
from athletes.words import SPORT_NAMES


class FilesInput(forms.ClearableFileInput):
    """A control that takes several files, without script."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or several files; the cleaned value is a list."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        # An empty file is refused where all that cannot be read is refused, by its name.
        files = data if isinstance(data, list | tuple) else [data] if data else []
        if self.required and not files:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return list(files)


class UploadForm(forms.Form):
    """Files of completed sessions."""

    file = FilesField(
        label=_("Files"),
        help_text=format_lazy(
            _(
                "FIT, TCX or GPX, one or several, also packed in a zip; up to {size} MB together. "
                "A file that you send twice counts once."
            ),
            size=MAX_UPLOAD_BYTES // 1_000_000,
        ),
        error_messages={"required": _("Please choose at least one file.")},
        widget=FilesInput(attrs={"multiple": True, "accept": ".fit,.tcx,.gpx,.zip,.gz"}),
    )


class DoneForm(forms.Form):
    """A session that was done, by hand."""

    refusal_fields = {"starts_at": "date"}

    sport = forms.ChoiceField(label=_("Sport"), choices=list(SPORT_NAMES.items()))
    date = forms.DateField(
        label=_("Day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Please give a day such as 2026-03-27.")},
    )
    time = forms.TimeField(
        label=_("Start"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Please give a time such as 17:30.")},
    )
    duration_minutes = QuantityField(
        label=_("Time in motion"),
        low=MANUAL_RANGES["duration_minutes"][0],
        high=MANUAL_RANGES["duration_minutes"][1],
        unit=_("minutes"),
        required=True,
    )
    distance_km = QuantityField(
        label=_("Distance"),
        low=MANUAL_RANGES["distance_km"][0],
        high=MANUAL_RANGES["distance_km"][1],
        unit="km",
        decimals=2,
    )
    avg_power_w = QuantityField(label=_("Average power"), low=1, high=600, unit="W", decimals=0)
    avg_hr = QuantityField(label=_("Average heart rate"), low=30, high=230, unit="bpm", decimals=0)
    rpe = QuantityField(label=_("How hard, from 1 to 10"), low=1, high=10)
    device_kcal = QuantityField(label=_("Energy that your watch showed"), low=1, high=30_000, unit="kcal", decimals=0)

    def values(self) -> dict[str, Any]:
        """The fields for `record_by_hand`; the start is without a zone, where the athlete is."""
        cleaned = dict(self.cleaned_data)
        cleaned["starts_at"] = dt.datetime.combine(cleaned.pop("date"), cleaned.pop("time"))
        return cleaned
