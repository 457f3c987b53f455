"""Shapes of what planning reads and answers; no logic, no writes."""

from __future__ import annotations

import math
from typing import Any

from rest_framework import serializers

from athletes.models import TrainingEvent
from athletes.serializer_fields import DayField
from nutrition_site.kernel.api.operations import StrictSerializer
from planning.services.load import BASES


class NumberField(serializers.FloatField):
    """A JSON number; text and true or false are not numbers, and neither is what is not finite."""

    def to_internal_value(self, data: Any) -> float:
        if isinstance(data, bool | str) or not isinstance(data, int | float) or not math.isfinite(data):
            self.fail("invalid")
        return float(data)


class WholeField(serializers.IntegerField):
    """A whole JSON number."""

    def to_internal_value(self, data: Any) -> int:
        if isinstance(data, bool) or not isinstance(data, int):
            self.fail("invalid")
        return super().to_internal_value(data)


class FlagField(serializers.BooleanField):
    """JSON true or false, and nothing that merely reads like it."""

    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data


class WordsField(serializers.ListField):
    """A short list of ids; kept as a tuple, so that it can be part of a frozen value."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(child=serializers.CharField(max_length=40), max_length=20, **kwargs)

    def to_internal_value(self, data: Any) -> tuple[str, ...]:
        return tuple(super().to_internal_value(data))


class RangeQuery(serializers.Serializer):
    """Inclusive local days."""

    to = DayField(required=False)

    def get_fields(self) -> Any:
        fields = super().get_fields()
        fields["from"] = DayField(required=False)
        return fields


class LoadDayOut(serializers.Serializer):
    date = serializers.DateField()
    tss = serializers.FloatField(allow_null=True)
    ctl = serializers.FloatField(allow_null=True)
    atl = serializers.FloatField(allow_null=True)
    tsb = serializers.FloatField(allow_null=True)
    estimated = serializers.BooleanField()
    planned = serializers.BooleanField()
    basis = serializers.ListField(child=serializers.ChoiceField(choices=BASES))


class LoadOut(serializers.Serializer):
    """For the schema: fitness and the like by day, and from when to when anything is known."""

    athlete_id = serializers.CharField()
    today = serializers.DateField()
    data_from = serializers.DateField(allow_null=True)
    data_to = serializers.DateField(allow_null=True)
    warmed_up_on = serializers.DateField(allow_null=True)
    form_rule = serializers.CharField()
    items = LoadDayOut(many=True)


class MealPlanIn(StrictSerializer):
    week_start = DayField()
    days = WholeField(required=False, min_value=1, max_value=14, default=7)
    seed = WholeField(required=False, min_value=0, max_value=2**31 - 1, allow_null=True, default=None)
    dry_run = FlagField(required=False, default=False)
    relaxations = serializers.ListField(child=serializers.DictField(), required=False, max_length=12, default=list)


class ResolveIn(StrictSerializer):
    full = FlagField(required=False, default=False)
    dry_run = FlagField(required=False, default=False)
    relaxations = serializers.ListField(child=serializers.DictField(), required=False, max_length=12, default=list)


class AnswerIn(StrictSerializer):
    revision = WholeField(required=False, min_value=1)


class CatchUpIn(StrictSerializer):
    date = DayField()


class CountsField(serializers.DictField):
    """Names to whole numbers."""

    child = WholeField()


class PlanningRulesIn(StrictSerializer):
    weekly_max = CountsField(required=False)
    weekly_min = CountsField(required=False)
    prep_minutes = CountsField(required=False)
    batch_weekdays = serializers.ListField(child=WholeField(), required=False, max_length=7)
    leftovers = FlagField(required=False)
    max_repeats_per_week = WholeField(required=False)


class OpinionIn(StrictSerializer):
    favorite = FlagField(required=False)
    rating = WholeField(required=False, allow_null=True)
    never_again = FlagField(required=False)


class SwapIn(StrictSerializer):
    date = DayField()
    slot = serializers.ChoiceField(choices=["breakfast", "lunch", "dinner", "snack", "pre", "during", "post"])
    index = WholeField(required=False, min_value=0, max_value=20, default=0)
    recipe_id = serializers.CharField(required=False, max_length=40)
    servings = NumberField(required=False, min_value=0.25, max_value=10)


class MarkIn(StrictSerializer):
    status = serializers.ChoiceField(choices=["planned", "eaten", "skipped"], required=False)
    locked = FlagField(required=False)


class ShoppingListIn(StrictSerializer):
    week_start = DayField(required=False)
    to = DayField(required=False)

    def get_fields(self) -> Any:
        fields = super().get_fields()
        fields["from"] = DayField(required=False)
        return fields


class CalculateProfileIn(StrictSerializer):
    sex = serializers.ChoiceField(choices=["M", "F"], allow_null=True, required=False)
    age_years = NumberField(allow_null=True, required=False)
    weight_kg = NumberField(allow_null=True, required=False)
    height_cm = NumberField(allow_null=True, required=False)
    body_fat_pct = NumberField(allow_null=True, required=False)
    ffm_kg = NumberField(allow_null=True, required=False)
    measured_rmr_kcal = NumberField(allow_null=True, required=False)
    vo2max = NumberField(allow_null=True, required=False)
    pal_nonexercise = NumberField(allow_null=True, required=False)
    goal = serializers.ChoiceField(choices=["maintain", "lose", "gain"], allow_null=True, required=False)
    rate_pct_per_week = NumberField(allow_null=True, required=False)
    surplus_kcal = NumberField(allow_null=True, required=False)
    is_athlete = FlagField(allow_null=True, required=False)
    diet = serializers.CharField(allow_null=True, required=False, max_length=40)
    pregnant = FlagField(allow_null=True, required=False)
    lactating = FlagField(allow_null=True, required=False)
    ed_flag = FlagField(allow_null=True, required=False)
    ill = FlagField(allow_null=True, required=False)
    conditions = WordsField(allow_null=True, required=False)
    screening_indicators = WordsField(allow_null=True, required=False)
    ffm_method = serializers.ChoiceField(
        choices=["dxa", "adp", "4c", "skinfold", "bia"], allow_null=True, required=False
    )
    measured_rmr_months_ago = NumberField(allow_null=True, required=False)
    measured_rmr_weight_kg = NumberField(allow_null=True, required=False)
    power_meter_trust = NumberField(allow_null=True, required=False)


class CalculateSessionIn(StrictSerializer):
    sport = serializers.CharField(max_length=80)
    duration_minutes = NumberField()
    distance_km = NumberField(allow_null=True, required=False)
    grade = NumberField(allow_null=True, required=False)
    avg_power_w = NumberField(allow_null=True, required=False)
    intensity_factor = NumberField(allow_null=True, required=False)
    tss = NumberField(allow_null=True, required=False)
    avg_hr = NumberField(allow_null=True, required=False)
    rpe = NumberField(allow_null=True, required=False)
    met = NumberField(allow_null=True, required=False)
    device_kcal = NumberField(allow_null=True, required=False)
    measured_kcal = NumberField(allow_null=True, required=False)
    intensity = serializers.ChoiceField(choices=TrainingEvent.Intensity.choices, allow_null=True, required=False)
    activity_code = serializers.CharField(allow_null=True, required=False, max_length=5)
    is_race = FlagField(allow_null=True, required=False)
    temperature_c = NumberField(allow_null=True, required=False)
    sweat_rate_l_h = NumberField(allow_null=True, required=False)
    heart_rate_drift_bpm = NumberField(allow_null=True, required=False)


class CalculateTargetsIn(StrictSerializer):
    profile = CalculateProfileIn()
    # With `many=True`, `allow_null` would also let null in as a session.
    sessions = serializers.ListField(child=CalculateSessionIn(), required=False, allow_null=True, max_length=24)
    offset_kcal = NumberField(required=False, allow_null=True)


class CalculateRaceIn(StrictSerializer):
    weight_kg = NumberField()
    duration_minutes = NumberField()
    sweat_rate_l_h = NumberField(allow_null=True, required=False)
    sweat_rate_measured = FlagField(allow_null=True, required=False)
    gut_cap_g_h = NumberField(allow_null=True, required=False)
    caffeine_mg_per_kg = NumberField(allow_null=True, required=False)
    meal_hours_before = NumberField(allow_null=True, required=False)
    is_adult = FlagField(allow_null=True, required=False)
    other_caffeine_mg = NumberField(allow_null=True, required=False)
    temperature_c = NumberField(allow_null=True, required=False)
    pregnant = FlagField(allow_null=True, required=False)
    expert = FlagField(allow_null=True, required=False)
    sex = serializers.ChoiceField(choices=["M", "F"], allow_null=True, required=False)
    uses_nsaids = FlagField(allow_null=True, required=False)
    sweat_tested_at_c = NumberField(allow_null=True, required=False)
    sweat_sodium_mg_l = NumberField(allow_null=True, required=False)
    conditions = WordsField(allow_null=True, required=False)
    legs_minutes = serializers.ListField(
        child=NumberField(), min_length=3, max_length=3, allow_null=True, required=False
    )
