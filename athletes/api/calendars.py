"""`/v1/athletes/{athlete_id}/calendars`: connect, look, choose what is read, read now, disconnect."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from athletes import serializers
from athletes.api.representations import represent_calendar, represent_sync
from athletes.calendars.protocol import CalendarUnreadable
from athletes.models import CalendarConnection
from athletes.operations import AthleteOperation
from athletes.services.calendars import (
    choose_calendars,
    connect_calendar,
    disconnect_calendar,
    require_room_for_calendar,
)
from athletes.services.merging import SyncResult
from athletes.services.sync import WAIT_SECONDS, sync_calendar
from nutrition_site.kernel.api.operations import CreatingMixin, created
from nutrition_site.kernel.api.schema import PAGING

TAGS = ["calendars"]


def _shown(request: Any, calendar: CalendarConnection) -> dict[str, Any]:
    """A calendar as this person may see it: what other calendars an athlete keeps is no coach's business."""
    row = represent_calendar(calendar)
    return row if calendar.athlete.user_id == request.user.pk else {**row, "available": [], "selection": []}


class Calendars(CreatingMixin, AthleteOperation):
    """The connected calendars of an athlete."""

    @extend_schema(
        operation_id="list_calendars",
        tags=TAGS,
        parameters=PAGING,
        responses=serializers.paged("CalendarPage", serializers.CalendarOut),
    )
    def get(self, request: Any, athlete_id: str) -> Response:
        rows = CalendarConnection.objects.filter(athlete=self.athlete).select_related("athlete")
        return self.page(rows, lambda calendar: _shown(request, calendar))

    @extend_schema(
        operation_id="connect_calendar",
        tags=TAGS,
        request=serializers.CalendarIn,
        responses={201: serializers.CalendarOut},
    )
    def post(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        return super().post(request, *args, **kwargs)

    def create(self, request: Any, athlete_id: str) -> Response:
        # Whoever has no room is told so whatever else is wrong; new credentials for a connection need none.
        if not (isinstance(request.data, Mapping) and "calendar_id" in request.data):
            require_room_for_calendar(athlete=self.athlete, entitlements=self.entitlements)
        fields = self.read(serializers.CalendarIn)
        calendar_id = fields.pop("calendar_id", None)
        mine = CalendarConnection.objects.filter(athlete=self.athlete)
        calendar = connect_calendar(
            by=request.user,
            athlete=self.athlete,
            provider=fields.pop("provider"),
            fields=fields,
            entitlements=self.entitlements,
            again=None if calendar_id is None else self.find(mine, calendar_id, "cal"),
        )
        return created(_shown(request, calendar), f"/v1/athletes/{self.athlete.pk}/calendars/{calendar.pk}")


class _OneCalendar(AthleteOperation):
    calendar: CalendarConnection

    def locate_within(self, request: Any, **kwargs: Any) -> None:
        self.calendar = self.find(CalendarConnection.objects.filter(athlete=self.athlete), kwargs["calendar_id"], "cal")


class OneCalendar(_OneCalendar):
    """One connected calendar; its token or address is never shown."""

    @extend_schema(operation_id="get_calendar", tags=TAGS, responses=serializers.CalendarOut)
    def get(self, request: Any, athlete_id: str, calendar_id: str) -> Response:
        return Response(_shown(request, self.calendar))

    @extend_schema(
        operation_id="choose_calendars", tags=TAGS, request=serializers.CalendarPatch, responses=serializers.CalendarOut
    )
    def patch(self, request: Any, athlete_id: str, calendar_id: str) -> Response:
        fields = self.read(serializers.CalendarPatch)
        calendar = self.calendar
        if "selection" in fields:
            calendar = choose_calendars(by=request.user, calendar=calendar, selection=fields["selection"])
        return Response(_shown(request, calendar))

    @extend_schema(operation_id="disconnect_calendar", tags=TAGS, responses={204: None})
    def delete(self, request: Any, athlete_id: str, calendar_id: str) -> Response:
        disconnect_calendar(by=request.user, calendar=self.calendar)
        return Response(status=204)


class CalendarSync(_OneCalendar):
    """Reads the calendar within the request: 200 with counts when its events are stored.

    A feed that cannot be read is 200 with `status: "error"` and the reason; a refused token is 401
    `calendar_token_expired`; a server that does not answer is 502.
    """

    @extend_schema(operation_id="sync_calendar", tags=TAGS, request=serializers.EmptyIn, responses=serializers.SyncOut)
    def post(self, request: Any, athlete_id: str, calendar_id: str) -> Response:
        self.read(serializers.EmptyIn)
        try:
            result = sync_calendar(calendar_id=self.calendar.pk, by=request.user, wait_seconds=WAIT_SECONDS)
        except CalendarUnreadable:
            result = SyncResult()
        self.calendar.refresh_from_db()
        return Response(represent_sync(self.calendar, result))
