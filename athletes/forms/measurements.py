"""A weigh-in, in the units the athlete reads."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from athletes.forms.fields import KG_PER_LB, QuantityField, set_choices
from athletes.models import BodyMeasurement
from athletes.validation import RANGES

METHODS = [
    ("", _("Not said")),
    ("scale", _("Scale")),
    ("bioimpedance", _("Scale that estimates body fat")),
    ("skinfolds", _("Skinfolds")),
    ("dxa", _("DXA scan")),
]


class WeighInForm(forms.Form):
    """Day, weight, and body fat where it was measured. With a measurement it corrects that one.

    `values()` are those for the services; a correction names only what was changed, so that a form that shows rounded
    pounds does not move a stored kilogram.
    """

    refusal_fields = {"ffm_kg": "weight_kg"}

    measured_on = forms.DateField(
        label=_("Day"),
        help_text=_("One weigh-in a day. A second one on the same day takes the place of the first."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Please give a day such as 2027-05-17.")},
    )
    method = forms.ChoiceField(
        label=_("How"), help_text=_("Methods differ by more than you change in a month."), choices=(), required=False
    )

    def __init__(
        self, data: Any = None, *, day: date, us: bool = False, measurement: BodyMeasurement | None = None, **kw: Any
    ) -> None:
        self.measurement = measurement
        shown: dict[str, Any] = {"measured_on": day, "method": ""}
        if measurement is not None:
            shown = {
                name: getattr(measurement, name) for name in ("measured_on", "weight_kg", "body_fat_pct", "method")
            }
        super().__init__(data, initial=shown, **kw)
        if measurement is not None:
            self.fields["measured_on"].help_text = _("A day that has another weigh-in is refused.")
        low, high, unit = RANGES["weight_kg"]
        self.fields["weight_kg"] = QuantityField(
            label=_("Weight"),
            help_text=_("In the morning, before breakfast, the readings scatter least."),
            low=low,
            high=high,
            unit="lb" if us else unit,
            factor=KG_PER_LB if us else 1.0,
            required=measurement is None or measurement.weight_kg is not None,
            error_messages={"required": _("Please give your weight.")},
        )
        low, high, unit = RANGES["body_fat_pct"]
        self.fields["body_fat_pct"] = QuantityField(
            label=_("Body fat"), help_text=_("Only if it was measured."), low=low, high=high, unit=unit
        )
        present = shown["method"]
        known = METHODS if present in {value for value, _name in METHODS} else [(present, present), *METHODS]
        set_choices(self, "method", [(value, str(name)) for value, name in known])
        self.order_fields(("measured_on", "weight_kg", "body_fat_pct", "method"))

    def values(self) -> dict[str, Any]:
        """The fields for the measurement services."""
        if self.measurement is None:
            return {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
        return {name: self.cleaned_data[name] for name in self.fields if name in self.changed_data}
