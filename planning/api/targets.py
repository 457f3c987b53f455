"""Targets of an athlete's days, and the stateless calculations."""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from athletes.operations import AthleteOperation
from nutrition_site.kernel.api.operations import Operation
from planning.serializers import CalculateRaceIn, CalculateTargetsIn, RangeQuery
from planning.services.calculate import calculate_race, calculate_targets_of
from planning.services.targets import calculate_targets, target_range

RANGE_PARAMETERS = [
    OpenApiParameter("from", OpenApiTypes.DATE, description="First local day, inclusive"),
    OpenApiParameter("to", OpenApiTypes.DATE, description="Last local day, inclusive"),
]


class TargetsOperation(AthleteOperation):
    """Energy, macronutrients, fluid and sodium of each day, with the trace of every number."""

    @extend_schema(
        operation_id="list_targets", tags=["targets"], parameters=RANGE_PARAMETERS, responses=OpenApiTypes.OBJECT
    )
    def get(self, request: Any, athlete_id: str) -> Response:
        query = self.read_query(RangeQuery)
        first, last = target_range(self.athlete, query.get("from"), query.get("to"))
        days = calculate_targets(athlete=self.athlete, first=first, last=last)
        return Response({"athlete_id": self.athlete.pk, "items": [day.payload for day in days]})


class CalculateTargetsOperation(Operation):
    """Targets of one day from what is sent; nothing is stored."""

    @extend_schema(
        operation_id="calculate_targets", tags=["calculate"], request=CalculateTargetsIn, responses=OpenApiTypes.OBJECT
    )
    def post(self, request: Any) -> Response:
        body = self.read(CalculateTargetsIn)
        return Response(calculate_targets_of(**body))


class CalculateRaceOperation(Operation):
    """What to eat and drink on a race day from what is sent; nothing is stored."""

    @extend_schema(
        operation_id="calculate_race", tags=["calculate"], request=CalculateRaceIn, responses=OpenApiTypes.OBJECT
    )
    def post(self, request: Any) -> Response:
        return Response(calculate_race(self.read(CalculateRaceIn)))
