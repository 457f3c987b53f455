"""Meal plans: make, read, re-solve, swap, prove."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from athletes.models import Athlete
from athletes.operations import AthleteOperation
from nutrition_site.kernel.api.operations import CreatingMixin, created
from nutrition_site.kernel.errors import Conflict, InvalidInput
from nutrition_site.kernel.quota import check_quota, quota
from planning.api.catalogue import PAGE_PARAMETERS
from planning.documents import item_document, plan_document
from planning.models import MealPlan, PlanItem, PlanRevision
from planning.serializers import CatchUpIn, MarkIn, MealPlanIn, ResolveIn, SwapIn
from planning.services import plans, swaps
from planning.services.concessions import read_offer
from planning.services.proposals import calendar_trouble, open_proposals, proposal_document
from planning.services.recheck import standing_certificate


class MealPlansOperation(CreatingMixin, AthleteOperation):
    """The athlete's plans."""

    @extend_schema(
        operation_id="list_meal_plans", tags=["meal plans"], parameters=PAGE_PARAMETERS, responses=OpenApiTypes.OBJECT
    )
    def get(self, request: Any, athlete_id: str) -> Response:
        queryset = plans.with_contents(MealPlan.objects.filter(athlete=self.athlete))
        response = self.page(queryset, lambda plan: plan)
        rows = response.data["items"]
        stale = plans.stale_plan_ids(self.athlete, rows)
        waiting = open_proposals([plan for plan in rows if plan.pk in stale])
        trouble = calendar_trouble(self.athlete)
        response.data["items"] = [_shown(self.athlete, plan, stale, waiting, trouble) for plan in rows]
        return response

    @extend_schema(
        operation_id="create_meal_plan",
        tags=["meal plans"],
        request=MealPlanIn,
        responses={201: OpenApiTypes.OBJECT, 202: OpenApiTypes.OBJECT, 422: OpenApiTypes.OBJECT},
    )
    def create(self, request: Any, athlete_id: str) -> Response:
        check_quota(user=request.user, name="plans_per_week")
        body = self.read(MealPlanIn)
        first, count, seed = body["week_start"], body["days"], body["seed"]
        given_way = [one for offer in body["relaxations"] for one in read_offer(offer)]
        if body["dry_run"]:
            inputs, solved, certificate = plans.preview_meal_plan(
                athlete=self.athlete, first=first, count=count, seed=seed, relaxations=given_way
            )
            return Response(plans.preview_document(inputs, solved, certificate))
        with quota(user=request.user, name="plans_per_week"):
            plan = plans.create_meal_plan(
                athlete=self.athlete, first=first, count=count, seed=seed, relaxations=given_way, by=request.user
            )
        location = f"/v1/athletes/{self.athlete.pk}/meal-plans/{plan.pk}"
        if plan.status == MealPlan.Status.SOLVING:
            return Response(
                {"id": plan.pk, "status": plan.status, "progress": plan.progress},
                status=202,
                headers={"Location": location},
            )
        return created(present_document(self.athlete, plan.pk), location)


class PlanOperation(AthleteOperation):
    """An operation on one plan."""

    plan: MealPlan

    def locate_within(self, request: Any, **kwargs: Any) -> None:
        queryset = plans.with_contents(MealPlan.objects.filter(athlete=self.athlete))
        self.plan = self.find(queryset, kwargs["plan_id"], "mpl")


class MealPlanOperation(PlanOperation):
    """One plan."""

    @extend_schema(operation_id="read_meal_plan", tags=["meal plans"], responses=OpenApiTypes.OBJECT)
    def get(self, request: Any, athlete_id: str, plan_id: str) -> Response:
        return Response(present_document(self.athlete, self.plan.pk, self.plan))

    @extend_schema(operation_id="delete_meal_plan", tags=["meal plans"], responses={204: None})
    def delete(self, request: Any, athlete_id: str, plan_id: str) -> Response:
        plans.delete_meal_plan(plan=self.plan, by=request.user)
        return Response(status=204)


class ResolveOperation(PlanOperation):
    """A new revision for the present training."""

    @extend_schema(
        operation_id="resolve_meal_plan", tags=["meal plans"], request=ResolveIn, responses=OpenApiTypes.OBJECT
    )
    def post(self, request: Any, athlete_id: str, plan_id: str) -> Response:
        body = self.read(ResolveIn)
        given_way = [one for offer in body["relaxations"] for one in read_offer(offer)]
        if body["dry_run"]:
            return Response(plans.preview_resolve(plan=self.plan, full=body["full"], relaxations=given_way))
        _, changes = plans.resolve_meal_plan(plan=self.plan, full=body["full"], relaxations=given_way, by=request.user)
        return Response({**present_document(self.athlete, self.plan.pk), "diff": changes})


class CatchUpOperation(PlanOperation):
    """The rest of a day makes up for its skipped meals."""

    @extend_schema(
        operation_id="replan_rest_of_day", tags=["meal plans"], request=CatchUpIn, responses=OpenApiTypes.OBJECT
    )
    def post(self, request: Any, athlete_id: str, plan_id: str) -> Response:
        body = self.read(CatchUpIn)
        _, changes = plans.replan_rest_of_day(plan=self.plan, day=body["date"], by=request.user)
        return Response({**present_document(self.athlete, self.plan.pk), "diff": changes})


class SwapOperation(PlanOperation):
    """Another dish in one place, with the day still verified."""

    @extend_schema(operation_id="swap_meal", tags=["meal plans"], request=SwapIn, responses=OpenApiTypes.OBJECT)
    def post(self, request: Any, athlete_id: str, plan_id: str) -> Response:
        body = self.read(SwapIn)
        place = (body["date"], body["slot"], body["index"])
        if "recipe_id" not in body:
            return Response(swaps.suggest_swaps(plan=self.plan, place=place).document())
        changes = swaps.swap_meal(
            plan=self.plan,
            place=place,
            recipe_id=body["recipe_id"],
            quarters=_quarters(body.get("servings")),
            by=request.user,
        )
        return Response({**present_document(self.athlete, self.plan.pk), "diff": changes})


class CertificateOperation(PlanOperation):
    """What the independent checker measured."""

    @extend_schema(operation_id="read_certificate", tags=["meal plans"], responses=OpenApiTypes.OBJECT)
    def get(self, request: Any, athlete_id: str, plan_id: str) -> Response:
        revision = self.plan.current
        if revision is None:
            raise Conflict(_("The plan is not ready yet."), code="plan_not_ready")
        return Response(
            {
                "meal_plan_id": self.plan.pk,
                "revision": revision.number,
                "inputs_hash": revision.inputs_hash,
                **standing_certificate(self.plan),
            }
        )


class DiffOperation(PlanOperation):
    """What changed against an earlier revision."""

    @extend_schema(
        operation_id="read_plan_diff",
        tags=["meal plans"],
        parameters=[OpenApiParameter("against", int, description="A revision number; the one before by default")],
        responses=OpenApiTypes.OBJECT,
    )
    def get(self, request: Any, athlete_id: str, plan_id: str) -> Response:
        raw = request.query_params.get("against")
        if raw is not None and not (raw.isascii() and raw.isdigit() and len(raw) < 9):
            raise InvalidInput.of("against", _("Must be a revision number."))
        return Response(plans.diff_between(plan=self.plan, against=int(raw) if raw else None))


class PlanItemOperation(PlanOperation):
    """Marks a meal eaten or skipped, or locks it."""

    owner_only_methods: ClassVar[frozenset[str]] = frozenset({"PATCH"})

    def locate_within(self, request: Any, **kwargs: Any) -> None:
        super().locate_within(request, **kwargs)
        items = PlanItem.objects.filter(revision__plan=self.plan).select_related("revision__plan", "recipe")
        item = plans.present_item(self.find(items, kwargs["item_id"], "itm"))
        if item is None:
            raise Conflict(_("This meal has changed since the plan was read."), code="meal_changed")
        self.item = item

    @extend_schema(operation_id="mark_meal", tags=["meal plans"], request=MarkIn, responses=OpenApiTypes.OBJECT)
    def patch(self, request: Any, athlete_id: str, plan_id: str, item_id: str) -> Response:
        body = self.read(MarkIn)
        item = plans.set_item_status(
            plan=self.plan, item_id=self.item.pk, status=body.get("status"), locked=body.get("locked"), by=request.user
        )
        return Response(item_document(item))


def _quarters(servings: float | None) -> int | None:
    """Quarter servings of an amount. Raises InvalidInput for what is no multiple of a quarter."""
    if servings is None:
        return None
    if servings * 4 != int(servings * 4):
        raise InvalidInput.of("servings", _("Must be a multiple of 0.25."))
    return int(servings * 4)


def present_document(athlete: Athlete, plan_id: str, plan: MealPlan | None = None) -> dict[str, Any]:
    """A plan as it is now, with what waits beside it; read anew unless it is in hand."""
    if plan is None:
        plan = plans.with_contents(MealPlan.objects.filter(athlete=athlete)).get(pk=plan_id)
    stale = plans.stale_plan_ids(athlete, [plan])
    return _shown(athlete, plan, stale, open_proposals([plan] if stale else []), calendar_trouble(athlete))


def _shown(
    athlete: Athlete,
    plan: MealPlan,
    stale: set[str],
    waiting: Mapping[str, PlanRevision],
    trouble: list[dict[str, Any]],
) -> dict[str, Any]:
    return plan_document(
        plan,
        stale=plan.pk in stale,
        unsafe=plans.unsafe_items(athlete, plan),
        proposal=proposal_document(waiting.get(plan.pk)),
        calendar_trouble=trouble,
    )
