"""What was learned about an athlete's use of energy."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from athletes.operations import AthleteOperation
from nutrition_site.kernel.clock import today
from planning.models import ExpenditureEstimate
from planning.services.expenditure import estimate_expenditure


class ExpenditureOperation(AthleteOperation):
    """Estimates of how far the athlete's expenditure lies from the formula, newest first, at most a year of them."""

    @extend_schema(operation_id="list_expenditure_estimates", tags=["targets"], responses=OpenApiTypes.OBJECT)
    def get(self, request: Any, athlete_id: str) -> Response:
        rows = ExpenditureEstimate.objects.filter(athlete=self.athlete).order_by("-as_of")[:53]
        return Response({"athlete_id": self.athlete.pk, "items": [_document(row) for row in rows]})

    @extend_schema(
        operation_id="estimate_expenditure", tags=["targets"], request=None, responses={200: OpenApiTypes.OBJECT}
    )
    def post(self, request: Any, athlete_id: str) -> Response:
        row = estimate_expenditure(athlete=self.athlete, through=today(self.athlete.zones) - timedelta(days=1))
        return Response({"athlete_id": self.athlete.pk, "estimate": None if row is None else _document(row)})


def _document(row: ExpenditureEstimate) -> dict[str, Any]:
    return {
        "id": row.pk,
        "as_of": row.as_of,
        "offset_kcal": row.offset_kcal,
        "sd_kcal": row.sd_kcal,
        "windows": row.windows,
        "published": row.published,
        "applied_kcal": row.applied_kcal,
        "flags": row.flags,
        "engine_version": row.engine_version,
    }
