"""The shapes of what comes in, and, for the description of the API, of what goes out."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from athletes.models import Athlete, TrainingEvent
from athletes.serializer_fields import DayField, FlagField, MomentField, NumberField, TextField, WholeField
from athletes.validation import MAX_JOURNEYS
from nutrition_site.kernel.api.operations import StrictSerializer


class Words(serializers.ListField):
    """A list of words."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(child=TextField(max_length=80), max_length=50, required=False, **kwargs)


class OverridesField(serializers.DictField):
    """Grams per kilogram or percent of energy that replace what is calculated."""

    child = NumberField(allow_null=True)


class MoneyIn(StrictSerializer):
    amount_minor = WholeField(min_value=0)
    currency = TextField(max_length=3)


class JourneyIn(StrictSerializer):
    """Days in another time zone: whole local days there, both inclusive."""

    first_day = DayField()
    last_day = DayField()
    timezone = TextField(max_length=64)


class AthleteIn(StrictSerializer):
    """A new profile; left-out fields stay unknown."""

    name = TextField(max_length=200)
    sport = TextField(max_length=80)
    birth_date = DayField(required=False, allow_null=True)
    sex = TextField(required=False, allow_null=True, max_length=10)
    height_cm = NumberField(required=False, allow_null=True)
    weight_kg = NumberField(required=False, allow_null=True)
    body_fat_pct = NumberField(required=False, allow_null=True)
    ffm_kg = NumberField(required=False, allow_null=True)
    measured_rmr_kcal = NumberField(required=False, allow_null=True)
    vo2max = NumberField(required=False, allow_null=True)
    pal_nonexercise = NumberField(required=False, allow_null=True)
    timezone = TextField(required=False, max_length=64)
    travel = JourneyIn(many=True, required=False, max_length=MAX_JOURNEYS)
    units = serializers.ChoiceField(choices=Athlete.Units.choices, required=False)
    dietary_preferences = Words()
    allergies = Words()
    dislikes = Words()
    cuisines = Words()
    goals = Words()
    rate_pct_per_week = NumberField(required=False, allow_null=True)
    surplus_kcal = NumberField(required=False, allow_null=True)
    max_prep_minutes = WholeField(required=False, allow_null=True)
    weekly_budget = MoneyIn(required=False, allow_null=True)
    macro_overrides = OverridesField(required=False)
    pregnant = FlagField(required=False, allow_null=True)
    lactating = FlagField(required=False, allow_null=True)
    ed_flag = FlagField(required=False)
    replan_policy = serializers.ChoiceField(choices=Athlete.ReplanPolicy.choices, required=False)
    notify_by_mail = FlagField(required=False)


class AthletePatch(AthleteIn):
    """The fields to change; null makes one unknown again."""

    name = TextField(required=False, max_length=200)
    sport = TextField(required=False, max_length=80)


class WarningOut(serializers.Serializer):
    code = serializers.CharField()
    field = serializers.CharField()
    message = serializers.CharField()


class AthleteOut(AthleteIn):
    """A profile. Unknown is null; `warnings` name what deserves a word."""

    id = serializers.CharField()
    age_years = serializers.IntegerField(allow_null=True)
    training_version = serializers.IntegerField()
    profile_version = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    warnings = WarningOut(many=True)


class CalendarIn(StrictSerializer):
    """`{provider, …}` with what that provider asks for.

    `ical`: `url`. `google_calendar`: `oauth_token`. `caldav`: `url`, `username`, `password`. `intervals_icu`: `api_key`
    or `oauth_token`, and `athlete_id` where the key is a coach's. `calendar_id` is the connection that gets these
    credentials, instead of a further one.
    """

    provider = TextField(max_length=20)
    oauth_token = TextField(required=False, max_length=4096)
    url = TextField(required=False, max_length=2048)
    username = TextField(required=False, max_length=200)
    password = TextField(required=False, max_length=1000)
    api_key = TextField(required=False, max_length=4096)
    athlete_id = TextField(required=False, max_length=20)
    calendar_id = TextField(required=False, max_length=40)


class CalendarPatch(StrictSerializer):
    """Which of the calendars behind the connection are read: ids from `available`; none is what is read at first."""

    selection = serializers.ListField(child=TextField(max_length=500), max_length=50, required=False)


class AvailableCalendarOut(serializers.Serializer):
    id = serializers.CharField()
    name = serializers.CharField()


class CalendarOut(serializers.Serializer):
    id = serializers.CharField()
    provider = serializers.CharField()
    label = serializers.CharField()
    status = serializers.ChoiceField(choices=["pending", "ok", "error", "reconnect"])
    status_reason = serializers.CharField()
    available = AvailableCalendarOut(many=True)
    selection = serializers.ListField(child=serializers.CharField())
    last_attempt_at = serializers.DateTimeField(allow_null=True)
    last_synced_at = serializers.DateTimeField(allow_null=True)
    next_sync_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()


class SyncOut(serializers.Serializer):
    id = serializers.CharField()
    status = serializers.CharField()
    status_reason = serializers.CharField()
    added = serializers.IntegerField()
    changed = serializers.IntegerField()
    removed = serializers.IntegerField()
    last_synced_at = serializers.DateTimeField(allow_null=True)
    next_sync_at = serializers.DateTimeField(allow_null=True)


class EventIn(StrictSerializer):
    """A manual event. What is left out is read from the title where it says so, and marked `estimated`."""

    title = TextField(max_length=500)
    starts_at = MomentField()
    description = TextField(required=False, max_length=4000, allow_blank=True)
    type = serializers.ChoiceField(choices=TrainingEvent.Type.choices, required=False, allow_null=True)
    sport = TextField(required=False, allow_null=True, max_length=80)
    duration_minutes = NumberField(required=False, allow_null=True)
    distance_km = NumberField(required=False, allow_null=True)
    intensity = serializers.ChoiceField(choices=TrainingEvent.Intensity.choices, required=False, allow_null=True)
    avg_power_w = NumberField(required=False, allow_null=True)
    avg_hr = NumberField(required=False, allow_null=True)
    rpe = NumberField(required=False, allow_null=True)
    tss = NumberField(required=False, allow_null=True)
    intensity_factor = NumberField(required=False, allow_null=True)


class EventPatch(EventIn):
    title = TextField(required=False, max_length=500)
    starts_at = MomentField(required=False)


class CorrectionIn(StrictSerializer):
    """What titles like this one mean; what is left out or null is left to the title. At least one field is said."""

    type = serializers.ChoiceField(
        choices=[choice for choice in TrainingEvent.Type.choices if choice[0] != "unclassified"],
        required=False,
        allow_null=True,
    )
    sport = TextField(required=False, allow_null=True, max_length=80)
    intensity = serializers.ChoiceField(choices=TrainingEvent.Intensity.choices, required=False, allow_null=True)
    duration_minutes = NumberField(required=False, allow_null=True)


class EventOut(serializers.Serializer):
    id = serializers.CharField()
    type = serializers.ChoiceField(choices=TrainingEvent.Type.choices)
    sport = serializers.CharField(allow_null=True)
    title = serializers.CharField()
    description = serializers.CharField()
    starts_at = serializers.DateTimeField()
    date = serializers.DateField()
    all_day = serializers.BooleanField()
    duration_minutes = serializers.FloatField(allow_null=True)
    distance_km = serializers.FloatField(allow_null=True)
    intensity = serializers.ChoiceField(choices=TrainingEvent.Intensity.choices, allow_null=True)
    avg_power_w = serializers.FloatField(allow_null=True)
    avg_hr = serializers.FloatField(allow_null=True)
    rpe = serializers.FloatField(allow_null=True)
    tss = serializers.FloatField(allow_null=True)
    intensity_factor = serializers.FloatField(allow_null=True)
    source = serializers.CharField()
    calendar_id = serializers.CharField(allow_null=True)
    estimated = serializers.ListField(child=serializers.CharField())
    corrected = serializers.ListField(child=serializers.CharField())
    duplicate_of = serializers.CharField(allow_null=True)
    session_id = serializers.CharField(allow_null=True)
    warnings = WarningOut(many=True)


class EventListOut(serializers.Serializer):
    athlete_id = serializers.CharField()
    items = EventOut(many=True)
    total = serializers.IntegerField()


class DaysIn(serializers.Serializer):
    """`?from=&to=`, inclusive local days."""

    def get_fields(self) -> dict[str, serializers.Field]:
        # `from` is a word of the language, so it cannot be declared as an attribute.
        return {"from": DayField(required=False), "to": DayField(required=False)}


class MeasurementIn(StrictSerializer):
    measured_on = DayField(required=False)
    weight_kg = NumberField(required=False, allow_null=True)
    body_fat_pct = NumberField(required=False, allow_null=True)
    ffm_kg = NumberField(required=False, allow_null=True)
    method = TextField(required=False, max_length=40)


class MeasurementOut(serializers.Serializer):
    id = serializers.CharField()
    measured_on = serializers.DateField()
    weight_kg = serializers.FloatField(allow_null=True)
    body_fat_pct = serializers.FloatField(allow_null=True)
    ffm_kg = serializers.FloatField(allow_null=True)
    method = serializers.CharField()


class CoachLinkOut(serializers.Serializer):
    id = serializers.CharField()
    coach = serializers.DictField(child=serializers.CharField())
    status = serializers.ChoiceField(choices=["invited", "active", "ended"])
    invited_at = serializers.DateTimeField()
    consented_at = serializers.DateTimeField(allow_null=True)


class NoticeOut(serializers.Serializer):
    id = serializers.CharField()
    kind = serializers.CharField()
    about = serializers.CharField()
    title = serializers.CharField()
    body = serializers.CharField()
    path = serializers.CharField()
    created_at = serializers.DateTimeField()
    seen_at = serializers.DateTimeField(allow_null=True)
    mailed_at = serializers.DateTimeField(allow_null=True)
    resolved_at = serializers.DateTimeField(allow_null=True)


class EmptyIn(StrictSerializer):
    """An action without fields."""


def paged(name: str, item: type[serializers.Serializer]) -> type[serializers.Serializer]:
    """The shape of one page of a list, for the description of the API."""
    fields = {
        "items": item(many=True),
        "total": serializers.IntegerField(),
        "page": serializers.IntegerField(),
        "limit": serializers.IntegerField(),
    }
    return type(name, (serializers.Serializer,), fields)
