"""`/v1/athletes/{athlete_id}/training-events`: what the athlete will do, and has done."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from athletes import serializers
from athletes.api.representations import represent_event
from athletes.models import TrainingEvent
from athletes.operations import AthleteOperation
from athletes.services.corrections import forget_correction, remember_correction
from athletes.services.events import create_event, delete_event, update_event
from athletes.services.overlaps import overlaps_by_event, overlaps_of
from nutrition_site.kernel.api.operations import CreatingMixin, created
from nutrition_site.kernel.clock import today
from nutrition_site.kernel.errors import InvalidInput

TAGS = ["training events"]
DAYS_BEFORE, DAYS_AFTER, MOST_DAYS = 7, 28, 400
EARLIEST, LATEST = date(1900, 1, 1), date(2200, 12, 31)
DAYS = [
    OpenApiParameter("from", OpenApiTypes.DATE, description="First local day; a week ago by default."),
    OpenApiParameter("to", OpenApiTypes.DATE, description="Last local day, inclusive; at most 400 days after `from`."),
]


class TrainingEvents(CreatingMixin, AthleteOperation):
    """Events on the local days `from` to `to`, in time order, not paginated."""

    @extend_schema(operation_id="list_training_events", tags=TAGS, parameters=DAYS, responses=serializers.EventListOut)
    def get(self, request: Any, athlete_id: str) -> Response:
        first, last = self._days()
        # A day more on either side: what begins before midnight may overlap with what begins after it.
        around = timedelta(days=1)
        rows = TrainingEvent.objects.filter(athlete=self.athlete).on_days(first - around, last + around)
        events = list(rows.with_completed())
        overlaps = overlaps_by_event(events)
        items = [
            represent_event(event, self.athlete.zones, overlaps=overlaps.get(event.pk, ()))
            for event in events
            if first <= event.local_date <= last
        ]
        return Response({"athlete_id": self.athlete.pk, "items": items, "total": len(items)})

    def _days(self) -> tuple[date, date]:
        asked = self.read_query(serializers.DaysIn)
        day = today(self.athlete.zones)
        first, last = asked.get("from"), asked.get("to")
        for name, given in asked.items():
            # The edges of the calendar have no day before or after them.
            if not EARLIEST <= given <= LATEST:
                raise InvalidInput.of(
                    name,
                    gettext("Must be a day from %(earliest)s to %(latest)s.")
                    % {"earliest": EARLIEST, "latest": LATEST},
                )
        if first is None:
            first = day - timedelta(days=DAYS_BEFORE) if last is None else last - timedelta(days=DAYS_BEFORE)
        if last is None:
            last = max(day, first) + timedelta(days=DAYS_AFTER) if first <= day else first + timedelta(days=DAYS_AFTER)
            last = min(last, first + timedelta(days=MOST_DAYS - 1))
        if last < first:
            raise InvalidInput.of("to", gettext("Must not be before `from`."))
        if (last - first).days >= MOST_DAYS:
            raise InvalidInput.of("to", gettext("At most %(count)s days at once.") % {"count": MOST_DAYS})
        return first, last

    @extend_schema(
        operation_id="create_training_event",
        tags=TAGS,
        request=serializers.EventIn,
        responses={201: serializers.EventOut},
    )
    def post(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        return super().post(request, *args, **kwargs)

    def create(self, request: Any, athlete_id: str) -> Response:
        event = create_event(by=request.user, athlete=self.athlete, values=self.read(serializers.EventIn))
        location = f"/v1/athletes/{self.athlete.pk}/training-events/{event.pk}"
        return created(represent_event(event, self.athlete.zones, overlaps=overlaps_of(event)), location)


class OneTrainingEvent(AthleteOperation):
    """One event. Only manual ones can be changed here; a calendar would write over the others."""

    event: TrainingEvent

    def locate_within(self, request: Any, **kwargs: Any) -> None:
        self.event = self.find(TrainingEvent.objects.filter(athlete=self.athlete), kwargs["event_id"], "evt")

    @extend_schema(operation_id="get_training_event", tags=TAGS, responses=serializers.EventOut)
    def get(self, request: Any, athlete_id: str, event_id: str) -> Response:
        return Response(represent_event(self.event, self.athlete.zones, overlaps=overlaps_of(self.event)))

    @extend_schema(
        operation_id="update_training_event", tags=TAGS, request=serializers.EventPatch, responses=serializers.EventOut
    )
    def patch(self, request: Any, athlete_id: str, event_id: str) -> Response:
        event = update_event(by=request.user, event=self.event, values=self.read(serializers.EventPatch))
        return Response(represent_event(event, self.athlete.zones, overlaps=overlaps_of(event)))

    @extend_schema(operation_id="delete_training_event", tags=TAGS, responses={204: None})
    def delete(self, request: Any, athlete_id: str, event_id: str) -> Response:
        delete_event(by=request.user, event=self.event)
        return Response(status=204)


class EventCorrection(AthleteOperation):
    """What the athlete says about titles like this event's: remembered, and applied to all like it from today on."""

    event: TrainingEvent

    def locate_within(self, request: Any, **kwargs: Any) -> None:
        self.event = self.find(TrainingEvent.objects.filter(athlete=self.athlete), kwargs["event_id"], "evt")

    @extend_schema(
        operation_id="correct_training_event",
        tags=TAGS,
        request=serializers.CorrectionIn,
        responses=serializers.EventOut,
    )
    def post(self, request: Any, athlete_id: str, event_id: str) -> Response:
        values = self.read(serializers.CorrectionIn)
        event = remember_correction(by=request.user, athlete=self.athlete, event=self.event, values=values)
        return Response(represent_event(event, self.athlete.zones, overlaps=overlaps_of(event)))

    @extend_schema(operation_id="forget_training_event_correction", tags=TAGS, responses=serializers.EventOut)
    def delete(self, request: Any, athlete_id: str, event_id: str) -> Response:
        event = forget_correction(by=request.user, athlete=self.athlete, event=self.event)
        return Response(represent_event(event, self.athlete.zones, overlaps=overlaps_of(event)))
