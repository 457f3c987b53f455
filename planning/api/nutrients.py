"""Vitamins and minerals of planned days."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from athletes.operations import AthleteOperation
from planning import mapping
from planning.api.targets import RANGE_PARAMETERS
from planning.serializers import RangeQuery
from planning.services.micronutrients import week_micronutrients
from planning.services.targets import target_range


class MicronutrientsOperation(AthleteOperation):
    """Daily means of the planned food against the athlete's reference intakes, with how much of it is known."""

    @extend_schema(
        operation_id="list_micronutrients",
        tags=["targets"],
        parameters=RANGE_PARAMETERS,
        responses=OpenApiTypes.OBJECT,
    )
    def get(self, request: Any, athlete_id: str) -> Response:
        query = self.read_query(RangeQuery)
        first, last = target_range(self.athlete, query.get("from"), query.get("to"))
        rows = week_micronutrients(self.athlete, first, last)
        items = [mapping.plain(asdict(row)) for row in rows]
        return Response({"athlete_id": self.athlete.pk, "from": first, "to": last, "items": items})
