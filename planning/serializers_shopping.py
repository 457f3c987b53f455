"""Shapes of what shopping and the pantry read; no logic, no writes."""

from __future__ import annotations

from rest_framework import serializers

from athletes.serializer_fields import MomentField
from nutrition_site.kernel.api.operations import StrictSerializer
from planning.serializers import FlagField, NumberField, WholeField


class ShoppingItemIn(StrictSerializer):
    checked = FlagField(required=False)
    # When it was ticked; of two devices that disagree the later one holds.
    checked_at = MomentField(required=False)
    at_home = FlagField(required=False)
    quantity = serializers.CharField(required=False, allow_blank=True, max_length=80)
    version = WholeField(required=False, min_value=1)


class OwnItemIn(StrictSerializer):
    name = serializers.CharField(required=False, allow_blank=True, max_length=120)
    quantity = serializers.CharField(required=False, allow_blank=True, max_length=80)
    food_id = serializers.CharField(required=False, allow_null=True, max_length=40)
    category = serializers.CharField(required=False, allow_blank=True, max_length=40)


class ShareIn(StrictSerializer):
    may_check = FlagField(required=False, default=False)


class KitchenIn(StrictSerializer):
    aisle_order = serializers.ListField(child=serializers.CharField(max_length=40), max_length=60)


class PantryIn(StrictSerializer):
    food_id = serializers.CharField(max_length=40)
    grams = NumberField(required=False)
    quantity = serializers.CharField(required=False, max_length=80)


class PantryChangeIn(StrictSerializer):
    grams = NumberField(required=False)
    quantity = serializers.CharField(required=False, max_length=80)


class MeasureIn(StrictSerializer):
    density_g_per_ml = NumberField(required=False, allow_null=True)
    piece_grams = NumberField(required=False, allow_null=True)
