"""Training load of an athlete over time."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from athletes.operations import AthleteOperation
from planning.api.targets import RANGE_PARAMETERS
from planning.serializers import LoadOut, RangeQuery
from planning.services.load import LoadDay, load_range, read_load

FORM_RULE = "tsb is the ctl of the day before minus its atl"


class LoadOperation(AthleteOperation):
    """Load, fitness (ctl, 42 days), fatigue (atl, 7 days) and form (tsb) of each day, ahead with what is planned.

    Null where nothing is known: before the first training and after the last planned day. At most 400 days.
    """

    @extend_schema(operation_id="list_load", tags=["training"], parameters=RANGE_PARAMETERS, responses=LoadOut)
    def get(self, request: Any, athlete_id: str) -> Response:
        query = self.read_query(RangeQuery)
        first, last = load_range(self.athlete, query.get("from"), query.get("to"))
        history = read_load(athlete=self.athlete, first=first, last=last)
        return Response(
            {
                "athlete_id": self.athlete.pk,
                "today": history.today,
                "data_from": history.data_from,
                "data_to": history.data_to,
                "warmed_up_on": history.warmed_up_on,
                "form_rule": FORM_RULE,
                "items": [_item(day) for day in history.days],
            }
        )


def _item(day: LoadDay) -> dict[str, Any]:
    return {
        "date": day.date,
        "tss": _shown(day.tss),
        "ctl": _shown(day.ctl),
        "atl": _shown(day.atl),
        "tsb": _shown(day.tsb),
        "estimated": day.estimated,
        "planned": day.planned,
        "basis": list(day.basis),
    }


def _shown(value: float | None) -> float | None:
    return None if value is None else round(value, 1)
