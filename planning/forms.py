"""Forms of the planning pages. They read and check; services write."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms

from planning.models import PlanItem
from planning.services.plans import EARLIEST, LATEST_AHEAD_DAYS, MAX_DAYS
from planning.services.shopping import MAX_RANGE_DAYS


def _day_input() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class PlanForm(forms.Form):
    """From which day, and for how many days, a plan is made."""

    first = forms.DateField(widget=forms.HiddenInput, input_formats=["%Y-%m-%d"])
    days = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MAX_DAYS)
    back = forms.ChoiceField(widget=forms.HiddenInput, required=False, choices=[("today", "today"), ("week", "week")])

    refusal_fields = {"week_start": "first"}


class ResolveForm(forms.Form):
    """Plans again; `full` gives up the likeness to the present plan."""

    full = forms.BooleanField(required=False, widget=forms.HiddenInput)
    back = forms.ChoiceField(
        widget=forms.HiddenInput,
        required=False,
        choices=[("today", "today"), ("week", "week"), ("day", "day")],
    )
    day = forms.DateField(widget=forms.HiddenInput, required=False, input_formats=["%Y-%m-%d"])


class MarkForm(forms.Form):
    """What became of a planned meal."""

    status = forms.ChoiceField(required=False, choices=PlanItem.Status.choices)
    keep = forms.ChoiceField(required=False, choices=[("yes", "yes"), ("no", "no")])
    back = forms.ChoiceField(required=False, choices=[("today", "today"), ("day", "day")])


class SwapForm(forms.Form):
    """Which dish is to stand there instead."""

    recipe_id = forms.CharField(max_length=40)


class RangeForm(forms.Form):
    """The days to shop for."""

    first = forms.DateField(label="From", widget=_day_input())
    last = forms.DateField(label="To", widget=_day_input())

    refusal_fields = {"from": "first", "to": "last", "week_start": "first"}

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.latest = today + timedelta(days=LATEST_AHEAD_DAYS)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and not EARLIEST <= first <= self.latest:
            self.add_error("first", "This day is too far away to be planned.")
        elif first and last and last < first:
            self.add_error("last", "The last day lies before the first.")
        elif first and last and (last - first).days >= MAX_RANGE_DAYS:
            self.add_error("last", f"At most {MAX_RANGE_DAYS} days at once.")
        return cleaned


class ShoppingItemForm(forms.Form):
    """An amount of one's own, and whether it is at home already."""

    own_quantity = forms.CharField(
        label="Your own amount",
        max_length=80,
        required=False,
        strip=True,
        help_text="Shown instead of the amount we worked out. Leave it empty to go back to ours.",
    )
    at_home = forms.BooleanField(label="It is at home already", required=False)
