"""Shapes of an athlete's own foods and recipes; no logic, no writes."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from nutrition_site.kernel.api.operations import StrictSerializer
from nutrition_site.kernel.vocabulary import ALLERGENS
from planning.own.label import BASES, FIELDS
from planning.serializers import FlagField, NumberField, WholeField
from planning.services.own_foods import AISLES, ALLERGEN_STATES, ORIGINS
from planning.wording import SLOTS


class OwnPortionIn(StrictSerializer):
    name = serializers.CharField(max_length=40)
    grams = NumberField(min_value=0)


class PriceIn(StrictSerializer):
    amount_minor = WholeField(min_value=0)
    currency = serializers.RegexField(r"^[A-Z]{3}$")
    grams = NumberField(min_value=0)


class OwnFoodIn(StrictSerializer):
    """A label. `carbs_include_fiber` is false in Europe; `origins` is what it is made from, [] for plants only."""

    name = serializers.CharField(max_length=200)
    brand = serializers.CharField(max_length=80, required=False, allow_blank=True)
    barcode = serializers.CharField(max_length=20, required=False, allow_blank=True)
    basis = serializers.ChoiceField(choices=list(BASES), required=False)
    serving_grams = NumberField(required=False, allow_null=True)
    carbs_include_fiber = FlagField(required=False, allow_null=True)
    density_g_per_ml = NumberField(required=False, allow_null=True)
    state = serializers.ChoiceField(
        choices=["raw", "cooked", "dry", "canned", "drained", "frozen", "ready"], required=False
    )
    aisle = serializers.ChoiceField(choices=list(AISLES), required=False)
    portions = serializers.ListField(child=OwnPortionIn(), required=False, max_length=20)
    price = PriceIn(required=False, allow_null=True)
    allergens = serializers.DictField(
        child=serializers.ChoiceField(choices=list(ALLERGEN_STATES)),
        required=False,
        help_text=f"By allergen ({', '.join(ALLERGENS)}); unknown until you say.",
    )
    origins = serializers.ListField(
        child=serializers.ChoiceField(choices=list(ORIGINS)), required=False, allow_null=True, max_length=len(ORIGINS)
    )
    confirm_energy = FlagField(required=False)

    def get_fields(self) -> Any:
        fields = super().get_fields()
        for name in FIELDS:
            fields[name] = NumberField(required=False, allow_null=True)
        return fields


class OwnFoodChange(OwnFoodIn):
    name = serializers.CharField(max_length=200, required=False)


class OwnLineIn(StrictSerializer):
    """Grams of a food for all servings, or a text that leaves no doubt about them, or "to taste"."""

    food_id = serializers.CharField(max_length=40)
    grams = NumberField(required=False, allow_null=True)
    text = serializers.CharField(max_length=500, required=False, allow_blank=True)
    show = serializers.CharField(max_length=200, required=False, allow_blank=True)
    to_taste = FlagField(required=False)


class KeepsIn(StrictSerializer):
    fridge_days = WholeField(required=False, min_value=0, max_value=14)
    freezer = FlagField(required=False)
    portable = FlagField(required=False)


class OwnRecipeIn(StrictSerializer):
    name = serializers.CharField(max_length=200)
    slots = serializers.ListField(child=serializers.ChoiceField(choices=list(SLOTS)), min_length=1, max_length=7)
    servings = NumberField()
    ingredients = serializers.ListField(child=OwnLineIn(), min_length=1, max_length=60)
    steps = serializers.ListField(
        child=serializers.CharField(max_length=2000, allow_blank=True), required=False, max_length=40
    )
    prep_minutes = WholeField(required=False, min_value=0, max_value=1440)
    cook_minutes = WholeField(required=False, min_value=0, max_value=1440)
    hands_on_minutes = WholeField(required=False, min_value=0, max_value=1440)
    keeps = KeepsIn(required=False)
    batchable = FlagField(required=False)
    cuisine = serializers.CharField(max_length=40, required=False, allow_blank=True)
    equipment = serializers.ListField(child=serializers.CharField(max_length=40), required=False, max_length=20)
    min_servings = NumberField(required=False)
    max_servings = NumberField(required=False)
    step_servings = NumberField(required=False)
    source = serializers.CharField(max_length=300, required=False, allow_blank=True)
    confirm_amounts = FlagField(required=False)


class OwnRecipeChange(OwnRecipeIn):
    name = serializers.CharField(max_length=200, required=False)
    slots = serializers.ListField(
        child=serializers.ChoiceField(choices=list(SLOTS)), min_length=1, max_length=7, required=False
    )
    servings = NumberField(required=False)
    ingredients = serializers.ListField(child=OwnLineIn(), min_length=1, max_length=60, required=False)


class RecipeImportIn(StrictSerializer):
    """A pasted page or a pasted text. `metric_cups` reads cup, tbsp and tsp as 250, 15 and 5 ml."""

    html = serializers.CharField(required=False, allow_blank=True, trim_whitespace=False, max_length=1_000_000)
    text = serializers.CharField(required=False, allow_blank=True, trim_whitespace=False, max_length=60_000)
    metric_cups = FlagField(required=False)


class QuantityIn(StrictSerializer):
    text = serializers.CharField(max_length=500)
    food_id = serializers.CharField(max_length=40, required=False)
    metric_cups = FlagField(required=False)
