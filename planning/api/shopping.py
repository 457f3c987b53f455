"""Shopping lists, their lines, and links to them."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.response import Response

from athletes import rules
from athletes.operations import AthleteOperation
from nutrition_site.kernel.api.operations import CreatingMixin, created
from nutrition_site.kernel.errors import InvalidInput
from planning.api.catalogue import PAGE_PARAMETERS
from planning.models import Kitchen, ShoppingItem, ShoppingList, ShoppingShare
from planning.serializers import ShoppingListIn
from planning.serializers_shopping import KitchenIn, OwnItemIn, ShareIn, ShoppingItemIn
from planning.services import sharing, shopping
from planning.services.shopping_documents import kitchen_document
from planning.services.shopping_export import export

FORMATS = ("json", "txt", "csv")


class ShoppingListsOperation(CreatingMixin, AthleteOperation):
    """The athlete's lists."""

    @extend_schema(
        operation_id="list_shopping_lists",
        tags=["shopping"],
        parameters=PAGE_PARAMETERS,
        responses=OpenApiTypes.OBJECT,
    )
    def get(self, request: Any, athlete_id: str) -> Response:
        lists = ShoppingList.objects.filter(athlete=self.athlete).prefetch_related("items")
        return self.page(lists, shopping.summary_document)

    @extend_schema(
        operation_id="create_shopping_list",
        tags=["shopping"],
        request=ShoppingListIn,
        responses={201: OpenApiTypes.OBJECT, 422: OpenApiTypes.OBJECT},
    )
    def create(self, request: Any, athlete_id: str) -> Response:
        body = self.read(ShoppingListIn)
        first, last = shopping.list_range(
            week_start=body.get("week_start"), first=body.get("from"), last=body.get("to")
        )
        shopping_list, made = shopping.create_shopping_list(
            athlete=self.athlete, first=first, last=last, by=request.user
        )
        document = {**shopping.list_document(shopping_list), "made_meal_plan_ids": made}
        return created(document, f"/v1/athletes/{self.athlete.pk}/shopping-lists/{shopping_list.pk}")


class ListOperation(AthleteOperation):
    """An operation on one list."""

    shopping_list: ShoppingList

    def locate_within(self, request: Any, **kwargs: Any) -> None:
        lists = ShoppingList.objects.filter(athlete=self.athlete).select_related("athlete__kitchen")
        self.shopping_list = self.find(lists, kwargs["list_id"], "shl")


class _FileRenderer(BaseRenderer):
    """Lets a client ask for a file; refusals are JSON all the same."""

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None) -> bytes:
        return json.dumps(data).encode()


class TextRenderer(_FileRenderer):
    media_type = "text/plain"
    format = "txt"


class CsvRenderer(_FileRenderer):
    media_type = "text/csv"
    format = "csv"


class ShoppingListOperation(ListOperation):
    """One list: JSON, or with `Accept` or `?format=` plain text or CSV."""

    renderer_classes = (JSONRenderer, TextRenderer, CsvRenderer)

    @extend_schema(
        operation_id="read_shopping_list",
        tags=["shopping"],
        parameters=[OpenApiParameter("format", OpenApiTypes.STR, enum=FORMATS)],
        responses={
            (200, "application/json"): OpenApiTypes.OBJECT,
            (200, "text/plain"): OpenApiTypes.STR,
            (200, "text/csv"): OpenApiTypes.STR,
        },
    )
    def get(self, request: Any, athlete_id: str, list_id: str) -> Any:
        wanted = request.query_params.get("format", request.accepted_renderer.format)
        if wanted not in FORMATS:
            raise InvalidInput.of("format", f"Must be one of {', '.join(FORMATS)}.")
        document = shopping.list_document(self.shopping_list)
        if wanted == "json":
            request.accepted_renderer = JSONRenderer()
            return Response(document, content_type="application/json")
        content, kind, name = export(document, wanted)
        return HttpResponse(
            content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
        )

    def handle_exception(self, exc: Exception) -> Response:
        # A refusal is no file: whatever was asked for, it is told in JSON.
        self.request.accepted_renderer = JSONRenderer()
        self.request.accepted_media_type = JSONRenderer.media_type
        return super().handle_exception(exc)

    @extend_schema(operation_id="delete_shopping_list", tags=["shopping"], responses={204: None})
    def delete(self, request: Any, athlete_id: str, list_id: str) -> Response:
        shopping.delete_shopping_list(shopping_list=self.shopping_list, by=request.user)
        return Response(status=204)


class RenewListOperation(ListOperation):
    """Works a list out again from the plans and the pantry as they are now; ticks, own items and amounts stay."""

    @extend_schema(operation_id="renew_shopping_list", tags=["shopping"], request=None, responses=OpenApiTypes.OBJECT)
    def post(self, request: Any, athlete_id: str, list_id: str) -> Response:
        delta = shopping.renew_shopping_list(shopping_list=self.shopping_list, by=request.user)
        # Read again as it is now; somebody may have deleted it meanwhile.
        self.locate_within(request, list_id=list_id)
        return Response({**shopping.list_document(self.shopping_list), "delta": delta})


class ShoppingItemsOperation(CreatingMixin, ListOperation):
    """Items of the athlete's own on a list."""

    @extend_schema(
        operation_id="add_shopping_item", tags=["shopping"], request=OwnItemIn, responses={201: OpenApiTypes.OBJECT}
    )
    def create(self, request: Any, athlete_id: str, list_id: str) -> Response:
        body = self.read(OwnItemIn)
        item = shopping.add_own_item(
            shopping_list=self.shopping_list,
            name=body.get("name", ""),
            quantity=body.get("quantity", ""),
            food_id=body.get("food_id"),
            category=body.get("category", ""),
            by=request.user,
        )
        place = f"/v1/athletes/{self.athlete.pk}/shopping-lists/{self.shopping_list.pk}/items/{item.pk}"
        return created(shopping.item_document(item), place)


class ShoppingItemOperation(ListOperation):
    """Checks an item off, or says how much is bought or at home.

    Checking off merges: repeating it changes nothing, and of two that disagree the later `checked_at` holds. A new
    `quantity` with the `version` of a line that somebody changed meanwhile is 409 with the present line in `item`.
    """

    def locate_within(self, request: Any, **kwargs: Any) -> None:
        super().locate_within(request, **kwargs)
        items = ShoppingItem.objects.filter(shopping_list=self.shopping_list)
        self.item = self.find(items, kwargs["item_id"], "sli")

    @extend_schema(
        operation_id="update_shopping_item", tags=["shopping"], request=ShoppingItemIn, responses=OpenApiTypes.OBJECT
    )
    def patch(self, request: Any, athlete_id: str, list_id: str, item_id: str) -> Response:
        body = self.read(ShoppingItemIn)
        change = shopping.update_shopping_item(
            shopping_list=self.shopping_list,
            item_id=self.item.pk,
            checked=body.get("checked"),
            checked_at=body.get("checked_at"),
            own_quantity=body.get("quantity"),
            at_home=body.get("at_home"),
            version=body.get("version"),
            by=request.user,
        )
        return Response({**shopping.item_document(change.item), "notices": change.notices})

    @extend_schema(operation_id="remove_shopping_item", tags=["shopping"], responses={204: None})
    def delete(self, request: Any, athlete_id: str, list_id: str, item_id: str) -> Response:
        shopping.remove_own_item(shopping_list=self.shopping_list, item_id=self.item.pk, by=request.user)
        return Response(status=204)


class SharesOperation(CreatingMixin, ListOperation):
    """Links by which a list is read without an account."""

    @extend_schema(
        operation_id="list_shares", tags=["shopping"], parameters=PAGE_PARAMETERS, responses=OpenApiTypes.OBJECT
    )
    def get(self, request: Any, athlete_id: str, list_id: str) -> Response:
        show, origin = rules.may_change(request.user, self.athlete), request.build_absolute_uri("/")[:-1]
        return self.page(
            sharing.live_shares(self.shopping_list),
            lambda share: sharing.share_document(share, origin=origin, show=show),
        )

    @extend_schema(
        operation_id="create_share", tags=["shopping"], request=ShareIn, responses={201: OpenApiTypes.OBJECT}
    )
    def create(self, request: Any, athlete_id: str, list_id: str) -> Response:
        body = self.read(ShareIn)
        share = sharing.create_share(shopping_list=self.shopping_list, may_check=body["may_check"], by=request.user)
        document = sharing.share_document(share, origin=request.build_absolute_uri("/")[:-1])
        place = f"/v1/athletes/{self.athlete.pk}/shopping-lists/{self.shopping_list.pk}/shares/{share.pk}"
        return created(document, place)


class ShareOperation(ListOperation):
    """One link; deleting it revokes it at once."""

    def locate_within(self, request: Any, **kwargs: Any) -> None:
        super().locate_within(request, **kwargs)
        shares = ShoppingShare.objects.filter(shopping_list=self.shopping_list, revoked_at=None)
        self.share = self.find(shares, kwargs["share_id"], "shs")

    @extend_schema(operation_id="revoke_share", tags=["shopping"], responses={204: None})
    def delete(self, request: Any, athlete_id: str, list_id: str, share_id: str) -> Response:
        sharing.revoke_share(shopping_list=self.shopping_list, share_id=self.share.pk, by=request.user)
        return Response(status=204)


class KitchenOperation(AthleteOperation):
    """How the athlete shops: the order of aisles in their store."""

    @extend_schema(operation_id="read_kitchen", tags=["shopping"], responses=OpenApiTypes.OBJECT)
    def get(self, request: Any, athlete_id: str) -> Response:
        return Response(kitchen_document(Kitchen.objects.filter(athlete=self.athlete).first()))

    @extend_schema(operation_id="update_kitchen", tags=["shopping"], request=KitchenIn, responses=OpenApiTypes.OBJECT)
    def patch(self, request: Any, athlete_id: str) -> Response:
        body = self.read(KitchenIn)
        kitchen = shopping.set_aisle_order(athlete=self.athlete, order=body["aisle_order"], by=request.user)
        return Response(kitchen_document(kitchen))
