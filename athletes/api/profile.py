"""`/v1/athletes` and `/v1/athletes/{athlete_id}`, with measurements."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from athletes import serializers
from athletes.api.representations import represent_athlete, represent_measurement
from athletes.models import Athlete, BodyMeasurement
from athletes.operations import AthleteOperation
from athletes.services.measurements import record_measurement
from athletes.services.profile import create_athlete, delete_athlete, update_athlete
from nutrition_site.kernel.api.operations import CreatingMixin, Operation, created
from nutrition_site.kernel.api.schema import PAGING

TAGS = ["athletes"]


class Athletes(CreatingMixin, Operation):
    """The profiles an account may see: its own, and those who consented to it as their coach."""

    @extend_schema(
        operation_id="list_athletes",
        tags=TAGS,
        parameters=PAGING,
        responses=serializers.paged("AthletePage", serializers.AthleteOut),
    )
    def get(self, request: Any) -> Response:
        return self.page(Athlete.objects.visible_to(request.user).order_by("created_at", "pk"), represent_athlete)

    @extend_schema(
        operation_id="create_athlete",
        tags=TAGS,
        request=serializers.AthleteIn,
        responses={201: serializers.AthleteOut},
    )
    def post(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        return super().post(request, *args, **kwargs)

    def create(self, request: Any) -> Response:
        athlete = create_athlete(by=request.user, values=self.read(serializers.AthleteIn))
        return created(represent_athlete(athlete), f"/v1/athletes/{athlete.pk}")


class OneAthlete(AthleteOperation):
    """One profile."""

    @extend_schema(operation_id="get_athlete", tags=TAGS, responses=serializers.AthleteOut)
    def get(self, request: Any, athlete_id: str) -> Response:
        return Response(represent_athlete(self.athlete))

    @extend_schema(
        operation_id="update_athlete", tags=TAGS, request=serializers.AthletePatch, responses=serializers.AthleteOut
    )
    def patch(self, request: Any, athlete_id: str) -> Response:
        values = self.read(serializers.AthletePatch)
        return Response(represent_athlete(update_athlete(by=request.user, athlete=self.athlete, values=values)))

    @extend_schema(operation_id="delete_athlete", tags=TAGS, responses={204: None})
    def delete(self, request: Any, athlete_id: str) -> Response:
        delete_athlete(by=request.user, athlete=self.athlete)
        return Response(status=204)


class Measurements(CreatingMixin, AthleteOperation):
    """Weigh-ins and body composition, newest first."""

    @extend_schema(
        operation_id="list_measurements",
        tags=TAGS,
        parameters=PAGING,
        responses=serializers.paged("MeasurementPage", serializers.MeasurementOut),
    )
    def get(self, request: Any, athlete_id: str) -> Response:
        return self.page(BodyMeasurement.objects.filter(athlete=self.athlete), represent_measurement)

    @extend_schema(
        operation_id="record_measurement",
        tags=TAGS,
        request=serializers.MeasurementIn,
        responses={201: serializers.MeasurementOut},
    )
    def post(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        return super().post(request, *args, **kwargs)

    def create(self, request: Any, athlete_id: str) -> Response:
        values = self.read(serializers.MeasurementIn)
        row = record_measurement(by=request.user, athlete=self.athlete, values=values)
        return created(represent_measurement(row), f"/v1/athletes/{self.athlete.pk}/measurements")
