"""Shapes of what planning reads and answers; no logic, no writes."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from athletes.models import TrainingEvent
from nutrition_site.kernel.api.operations import StrictSerializer


class RangeQuery(serializers.Serializer):
    """Inclusive local days."""

    to = serializers.DateField(required=False)

    def get_fields(self) -> Any:
        fields = super().get_fields()
        fields["from"] = serializers.DateField(required=False)
        return fields


class MealPlanIn(StrictSerializer):
    week_start = serializers.DateField()
    days = serializers.IntegerField(required=False, min_value=1, max_value=14, default=7)
    seed = serializers.IntegerField(required=False, min_value=0, max_value=2**31 - 1, allow_null=True, default=None)
    dry_run = serializers.BooleanField(required=False, default=False)


class ResolveIn(StrictSerializer):
    full = serializers.BooleanField(required=False, default=False)


class SwapIn(StrictSerializer):
    date = serializers.DateField()
    slot = serializers.ChoiceField(choices=["breakfast", "lunch", "dinner", "snack", "pre", "during", "post"])
    index = serializers.IntegerField(required=False, min_value=0, max_value=20, default=0)
    recipe_id = serializers.CharField(required=False, max_length=40)


class MarkIn(StrictSerializer):
    status = serializers.ChoiceField(choices=["planned", "eaten", "skipped"], required=False)
    locked = serializers.BooleanField(required=False)


class ShoppingListIn(StrictSerializer):
    week_start = serializers.DateField(required=False)
    to = serializers.DateField(required=False)

    def get_fields(self) -> Any:
        fields = super().get_fields()
        fields["from"] = serializers.DateField(required=False)
        return fields


class ShoppingItemIn(StrictSerializer):
    checked = serializers.BooleanField(required=False)
    at_home = serializers.BooleanField(required=False)
    quantity = serializers.CharField(required=False, allow_blank=True, max_length=80)


class CalculateProfileIn(StrictSerializer):
    sex = serializers.ChoiceField(choices=["M", "F"], allow_null=True, required=False)
    age_years = serializers.FloatField(allow_null=True, required=False)
    weight_kg = serializers.FloatField(allow_null=True, required=False)
    height_cm = serializers.FloatField(allow_null=True, required=False)
    body_fat_pct = serializers.FloatField(allow_null=True, required=False)
    ffm_kg = serializers.FloatField(allow_null=True, required=False)
    measured_rmr_kcal = serializers.FloatField(allow_null=True, required=False)
    vo2max = serializers.FloatField(allow_null=True, required=False)
    pal_nonexercise = serializers.FloatField(allow_null=True, required=False)
    goal = serializers.ChoiceField(choices=["maintain", "lose", "gain"], allow_null=True, required=False)
    rate_pct_per_week = serializers.FloatField(allow_null=True, required=False)
    surplus_kcal = serializers.FloatField(allow_null=True, required=False)
    is_athlete = serializers.BooleanField(allow_null=True, required=False)
    diet = serializers.CharField(allow_null=True, required=False, max_length=40)
    pregnant = serializers.BooleanField(allow_null=True, required=False)
    lactating = serializers.BooleanField(allow_null=True, required=False)
    ed_flag = serializers.BooleanField(allow_null=True, required=False)


class CalculateSessionIn(StrictSerializer):
    sport = serializers.CharField(max_length=80)
    duration_minutes = serializers.FloatField()
    distance_km = serializers.FloatField(allow_null=True, required=False)
    grade = serializers.FloatField(allow_null=True, required=False)
    avg_power_w = serializers.FloatField(allow_null=True, required=False)
    intensity_factor = serializers.FloatField(allow_null=True, required=False)
    tss = serializers.FloatField(allow_null=True, required=False)
    avg_hr = serializers.FloatField(allow_null=True, required=False)
    rpe = serializers.FloatField(allow_null=True, required=False)
    met = serializers.FloatField(allow_null=True, required=False)
    device_kcal = serializers.FloatField(allow_null=True, required=False)
    measured_kcal = serializers.FloatField(allow_null=True, required=False)
    intensity = serializers.ChoiceField(choices=TrainingEvent.Intensity.choices, allow_null=True, required=False)


class CalculateTargetsIn(StrictSerializer):
    profile = CalculateProfileIn()
    sessions = CalculateSessionIn(many=True, required=False, max_length=24)
    offset_kcal = serializers.FloatField(required=False, default=0.0)


class CalculateRaceIn(StrictSerializer):
    weight_kg = serializers.FloatField()
    duration_minutes = serializers.FloatField()
    sweat_rate_l_h = serializers.FloatField(allow_null=True, required=False)
    sweat_rate_measured = serializers.BooleanField(allow_null=True, required=False)
    gut_cap_g_h = serializers.FloatField(allow_null=True, required=False)
    caffeine_mg_per_kg = serializers.FloatField(allow_null=True, required=False)
    meal_hours_before = serializers.FloatField(allow_null=True, required=False)
    is_adult = serializers.BooleanField(allow_null=True, required=False)
    other_caffeine_mg = serializers.FloatField(allow_null=True, required=False)
