"""Answering a changed plan that is proposed beside the present one."""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from planning.api.plans import PlanOperation, present_document
from planning.serializers import AnswerIn
from planning.services.following import accept_proposal
from planning.services.proposals import decline_proposal


class AcceptOperation(PlanOperation):
    """The proposed revision becomes the plan."""

    @extend_schema(
        operation_id="accept_plan_proposal",
        tags=["meal plans"],
        request=AnswerIn,
        responses={200: OpenApiTypes.OBJECT, 409: OpenApiTypes.OBJECT},
    )
    def post(self, request: Any, athlete_id: str, plan_id: str) -> Response:
        wanted = self.read(AnswerIn).get("revision")
        revision = accept_proposal(by=request.user, plan=self.plan, revision=wanted)
        return Response({**present_document(self.athlete, self.plan.pk), "diff": revision.diff})


class DeclineOperation(PlanOperation):
    """The plan stays as it is; nothing is proposed again until something else moves."""

    @extend_schema(
        operation_id="decline_plan_proposal",
        tags=["meal plans"],
        request=AnswerIn,
        responses={200: OpenApiTypes.OBJECT, 409: OpenApiTypes.OBJECT},
    )
    def post(self, request: Any, athlete_id: str, plan_id: str) -> Response:
        decline_proposal(by=request.user, plan=self.plan, revision=self.read(AnswerIn).get("revision"))
        return Response(present_document(self.athlete, self.plan.pk))
