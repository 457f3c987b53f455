"""Shapes of the quick log; no logic, no writes."""

from __future__ import annotations

from rest_framework import serializers

from athletes.serializer_fields import DayField
from nutrition_site.kernel.api.operations import StrictSerializer
from planning.serializers import NumberField
from planning.services.log import MAX_AMOUNT, MAX_NAME
from planning.wording import SLOTS


class LogIn(StrictSerializer):
    """One thing that was eaten: exactly one of `food_id`, `recipe_id`, `barcode` (of an own food) and `name`.

    A food takes `grams` or an `amount` such as "2 slices", a dish `servings` or an `amount`; own words take neither,
    what they hold stays unknown.
    """

    day = DayField()
    slot = serializers.ChoiceField(choices=list(SLOTS), required=False, allow_null=True)
    time = serializers.CharField(required=False, allow_null=True, max_length=5, help_text="HH:MM where the athlete is.")
    food_id = serializers.CharField(required=False, max_length=40)
    recipe_id = serializers.CharField(required=False, max_length=40)
    barcode = serializers.CharField(required=False, max_length=20)
    name = serializers.CharField(required=False, max_length=MAX_NAME)
    amount = serializers.CharField(required=False, max_length=MAX_AMOUNT)
    grams = NumberField(required=False)
    servings = NumberField(required=False)


class LogNutrientsOut(serializers.Serializer):
    energy_kcal = serializers.FloatField(required=False)
    protein_g = serializers.FloatField(required=False)
    carbs_g = serializers.FloatField(required=False)
    fat_g = serializers.FloatField(required=False)


class LogEntryOut(serializers.Serializer):
    """For the schema: one entry. `unknown` names the nutrients that a day's totals cannot count of it."""

    id = serializers.CharField()
    day = serializers.DateField()
    slot = serializers.CharField(allow_null=True)
    time = serializers.CharField(allow_null=True)
    food_id = serializers.CharField(allow_null=True)
    recipe_id = serializers.CharField(allow_null=True)
    name = serializers.CharField()
    amount = serializers.CharField(allow_null=True)
    grams = serializers.FloatField(allow_null=True)
    nutrients = LogNutrientsOut()
    unknown = serializers.ListField(child=serializers.CharField())
    source = serializers.CharField()  # type: ignore[assignment]
    created_at = serializers.CharField()


class LogCreatedOut(LogEntryOut):
    """The same with every reason why the athlete's settings leave this out; it is logged all the same."""

    against = serializers.ListField(child=serializers.CharField())


class LogPageOut(serializers.Serializer):
    items = LogEntryOut(many=True)
    total = serializers.IntegerField()
    page = serializers.IntegerField()
    limit = serializers.IntegerField()
