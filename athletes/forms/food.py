"""What the athlete eats and does not eat."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from athletes.forms.fields import QuantityField, WordsField
from athletes.models import Athlete
from athletes.validation import CURRENCIES, RANGES
from athletes.words import ALLERGEN_NAMES, DIET_NAMES

# ISO 4217 minor units where they are not two digits.
MINOR_DIGITS = {
    **dict.fromkeys(
        (
            "BIF",
            "CLP",
            "DJF",
            "GNF",
            "ISK",
            "JPY",
            "KMF",
            "KRW",
            "PYG",
            "RWF",
            "UGX",
            "VND",
            "VUV",
            "XAF",
            "XOF",
            "XPF",
        ),
        0,
    ),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}
CUISINES = [
    ("serbian", _("Serbian")),
    ("balkan", _("Balkan")),
    ("mediterranean", _("Mediterranean")),
    ("italian", _("Italian")),
    ("middle_eastern", _("Middle Eastern")),
    ("indian", _("Indian")),
    ("east_asian", _("East Asian")),
    ("mexican", _("Mexican")),
    ("american", _("American")),
    ("nordic", _("Nordic")),
    ("international", _("International")),
]


class FoodForm(forms.Form):
    """Diets, allergies, tastes, time and money. `values()` are those for the profile services, only what changed."""

    refusal_fields = {"dietary_preferences": "diets", "weekly_budget": "budget", "weekly_budget.currency": "currency"}

    allergies = forms.MultipleChoiceField(
        label=_("Allergies"),
        help_text=_("A limit that no plan, swap or advice crosses. Traces count as contained."),
        choices=list(ALLERGEN_NAMES.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    diets = forms.MultipleChoiceField(
        label=_("How you eat"),
        help_text=_("Every dish keeps to all that you tick."),
        choices=list(DIET_NAMES.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    dislikes = WordsField(
        label=_("Foods you do not want"),
        help_text=_("Separated by commas, such as: mushrooms, olives. They are left out."),
    )
    cuisines = forms.MultipleChoiceField(
        label=_("Kitchens you like"),
        help_text=_("These dishes come more often; none is excluded."),
        choices=CUISINES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    max_prep_minutes = QuantityField(
        label=_("Longest kitchen time on a day"),
        help_text=_("Hands-on minutes for all meals of a day together; a dish in the oven may take longer."),
        low=RANGES["max_prep_minutes"][0],
        high=RANGES["max_prep_minutes"][1],
        unit=_("minutes"),
        decimals=0,
    )
    budget = QuantityField(
        label=_("Food budget for a week"),
        help_text=_("A limit where enough prices are known, otherwise a preference for cheaper dishes."),
        low=0.01,
        high=10_000_000,
        decimals=2,
    )
    currency = forms.ChoiceField(
        label=_("Currency"), choices=[("", "…"), *((c, c) for c in sorted(CURRENCIES))], required=False
    )

    def __init__(self, data: Any = None, *, athlete: Athlete, **kw: Any) -> None:
        self.athlete = athlete
        digits = MINOR_DIGITS.get(athlete.currency, 2)
        minor = athlete.weekly_budget_minor
        initial = {
            "allergies": athlete.allergies,
            "diets": athlete.dietary_preferences,
            "dislikes": athlete.dislikes,
            "cuisines": [word for word in athlete.cuisines if word in dict(CUISINES)],
            "max_prep_minutes": athlete.max_prep_minutes,
            "budget": None if minor is None else minor / 10**digits,
            "currency": athlete.currency,
        }
        super().__init__(data, initial=initial, **kw)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("budget") is not None and not cleaned.get("currency"):
            self.add_error("currency", _("Please say in which currency."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """What changed, under the names of the profile services."""
        cleaned, changed = self.cleaned_data, set(self.changed_data)
        values: dict[str, Any] = {
            name: cleaned[name] for name in ("allergies", "dislikes", "max_prep_minutes") if name in changed
        }
        if "diets" in changed:
            values["dietary_preferences"] = cleaned["diets"]
        if "cuisines" in changed:
            own = [word for word in self.athlete.cuisines if word not in dict(CUISINES)]
            values["cuisines"] = [*cleaned["cuisines"], *own]
        if {"budget", "currency"} & changed:
            amount, currency = cleaned["budget"], cleaned["currency"]
            digits = MINOR_DIGITS.get(currency, 2)
            known = amount is not None and currency
            values["weekly_budget"] = (
                {"amount_minor": round(amount * 10**digits), "currency": currency} if known else None
            )
        return values
