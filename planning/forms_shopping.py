"""Forms of the shopping and pantry pages. They read and check; services write."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from planning.catalogue.names import aisle_name
from planning.services.measures import DENSITY_RANGE, PIECE_RANGE
from planning.services.shopping_lines import AISLES, OTHER_AISLE

told_aisle = lazy(aisle_name, str)


class ShoppingItemForm(forms.Form):
    """An amount of one's own, and whether it is at home already."""

    own_quantity = forms.CharField(
        label=_("Your own amount"),
        max_length=80,
        required=False,
        strip=True,
        help_text=_("Shown instead of the amount we worked out. Leave it empty to go back to ours."),
    )
    at_home = forms.BooleanField(label=_("It is at home already"), required=False)
    version = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    refusal_fields = {"quantity": "own_quantity"}


class MeasureForm(forms.Form):
    """How much this food weighs in the athlete's own kitchen."""

    density_g_per_ml = forms.FloatField(
        label=_("Grams of one milliliter"),
        required=False,
        min_value=DENSITY_RANGE[0],
        max_value=DENSITY_RANGE[1],
    )
    piece_grams = forms.FloatField(
        label=_("Grams you can eat of one piece"), required=False, min_value=PIECE_RANGE[0], max_value=PIECE_RANGE[1]
    )


class OwnItemForm(forms.Form):
    """A line of one's own: words, and an amount if one likes."""

    name = forms.CharField(label=_("Something else to buy"), max_length=120)
    quantity = forms.CharField(label=_("How much"), max_length=80, required=False)
    category = forms.ChoiceField(
        label=_("Aisle"),
        required=False,
        choices=[("", _("Any")), *((name, told_aisle(name)) for name in (*AISLES, OTHER_AISLE))],
    )


class ShareForm(forms.Form):
    """What whoever has the link may do."""

    may_check = forms.BooleanField(label=_("Whoever has the link may also tick things off"), required=False)


class AisleForm(forms.Form):
    """An aisle and the way it moves."""

    aisle = forms.CharField(max_length=40)
    step = forms.TypedChoiceField(coerce=int, choices=[("-1", "up"), ("1", "down")])


class PantryForm(forms.Form):
    """A food that was found, and how much of it there is."""

    food_id = forms.ChoiceField(label=_("Which one is it?"), widget=forms.RadioSelect)
    quantity = forms.CharField(
        label=_("How much is there?"), max_length=80, help_text=_("What you can eat of it, such as 500 g, 2 cups or 3.")
    )

    refusal_fields = {"grams": "quantity"}

    def __init__(self, *args: Any, foods: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["food_id"]
        choice.choices = foods
        choice.error_messages["invalid_choice"] = _("Choose one of these.")


class PantryAmountForm(forms.Form):
    """How much of a food there really is."""

    quantity = forms.CharField(
        label=_("How much is there now?"), max_length=80, help_text=_("Such as 500 g, 2 cups, 3 or 0 g.")
    )

    refusal_fields = {"grams": "quantity"}
