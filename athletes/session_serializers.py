"""The shapes of completed sessions: what comes in, and, for the description of the API, what goes out."""

from __future__ import annotations

from rest_framework import serializers

from athletes.serializer_fields import MomentField, NumberField, TextField
from nutrition_site.kernel.api.operations import StrictSerializer


class SessionIn(StrictSerializer):
    """A session by hand; left out is unknown. A start without offset is the athlete's local time."""

    sport = TextField(max_length=80)
    starts_at = MomentField()
    duration_minutes = NumberField()
    title = TextField(required=False, allow_null=True, allow_blank=True, max_length=500)
    distance_km = NumberField(required=False, allow_null=True)
    avg_power_w = NumberField(required=False, allow_null=True)
    avg_hr = NumberField(required=False, allow_null=True)
    rpe = NumberField(required=False, allow_null=True)
    device_kcal = NumberField(required=False, allow_null=True)


class _ValuesOut(serializers.Serializer):
    sport = serializers.CharField(allow_null=True)
    title = serializers.CharField()
    starts_at = serializers.DateTimeField(help_text="With the athlete's offset.")
    duration_minutes = serializers.FloatField(help_text="Time in motion.")
    elapsed_minutes = serializers.FloatField(allow_null=True, help_text="With pauses.")
    distance_km = serializers.FloatField(allow_null=True)
    ascent_m = serializers.FloatField(allow_null=True)
    avg_power_w = serializers.FloatField(allow_null=True)
    normalized_power_w = serializers.FloatField(allow_null=True)
    avg_hr = serializers.FloatField(allow_null=True)
    max_hr = serializers.FloatField(allow_null=True)
    work_kj = serializers.FloatField(allow_null=True)
    device_kcal = serializers.FloatField(allow_null=True)
    tss = serializers.FloatField(allow_null=True)
    intensity_factor = serializers.FloatField(allow_null=True)
    rpe = serializers.FloatField(allow_null=True)


class SessionOut(_ValuesOut):
    """A completed session with the best value of each field. Unknown is null."""

    id = serializers.CharField()
    event_id = serializers.CharField(help_text="The training event that shows it.")
    planned_event_id = serializers.CharField(allow_null=True, help_text="The planned event that it fulfills.")
    date = serializers.DateField()
    sources = serializers.ListField(child=serializers.CharField())
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()


class SessionRecordOut(_ValuesOut):
    """What one source says."""

    id = serializers.CharField()
    source = serializers.CharField(help_text="`fit`, `tcx`, `gpx`, `manual`, or the provider of a calendar.")
    calendar_id = serializers.CharField(allow_null=True)
    device = serializers.CharField()
    file_name = serializers.CharField()
    chosen_for = serializers.ListField(child=serializers.CharField(), help_text="Fields whose value comes from here.")
    created_at = serializers.DateTimeField()


class WholeSessionOut(SessionOut):
    """With every record of it."""

    records = SessionRecordOut(many=True)


class SessionListOut(serializers.Serializer):
    athlete_id = serializers.CharField()
    items = SessionOut(many=True)
    total = serializers.IntegerField()


class RefusedFileOut(serializers.Serializer):
    file = serializers.CharField()
    reason = serializers.CharField()


class UploadOut(serializers.Serializer):
    """What became of an upload: records that were new, replaced, or known already, and the sessions they are of."""

    added = serializers.IntegerField()
    changed = serializers.IntegerField()
    known = serializers.IntegerField()
    refused = RefusedFileOut(many=True)
    items = SessionOut(many=True)
