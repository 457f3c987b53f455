"""Forms of the subscription page."""

from __future__ import annotations

from django import forms


class TierForm(forms.Form):
    """Which tier is wanted."""

    tier = forms.CharField(max_length=20, widget=forms.HiddenInput)
