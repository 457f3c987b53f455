"""Shopping lists."""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from athletes.operations import AthleteOperation
from nutrition_site.kernel.api.operations import CreatingMixin, created
from planning.api.catalogue import PAGE_PARAMETERS
from planning.models import ShoppingItem, ShoppingList
from planning.serializers import ShoppingItemIn, ShoppingListIn
from planning.services import shopping


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
        lists = ShoppingList.objects.filter(athlete=self.athlete).select_related("athlete")
        self.shopping_list = self.find(lists, kwargs["list_id"], "shl")


class ShoppingListOperation(ListOperation):
    """One list."""

    @extend_schema(operation_id="read_shopping_list", tags=["shopping"], responses=OpenApiTypes.OBJECT)
    def get(self, request: Any, athlete_id: str, list_id: str) -> Response:
        return Response(shopping.list_document(self.shopping_list))

    @extend_schema(operation_id="delete_shopping_list", tags=["shopping"], responses={204: None})
    def delete(self, request: Any, athlete_id: str, list_id: str) -> Response:
        shopping.delete_shopping_list(shopping_list=self.shopping_list, by=request.user)
        return Response(status=204)


class ShoppingItemOperation(ListOperation):
    """Checks an item off, or says how much is bought or at home."""

    def locate_within(self, request: Any, **kwargs: Any) -> None:
        super().locate_within(request, **kwargs)
        items = ShoppingItem.objects.filter(shopping_list=self.shopping_list)
        self.item = self.find(items, kwargs["item_id"], "sli")

    @extend_schema(
        operation_id="update_shopping_item", tags=["shopping"], request=ShoppingItemIn, responses=OpenApiTypes.OBJECT
    )
    def patch(self, request: Any, athlete_id: str, list_id: str, item_id: str) -> Response:
        body = self.read(ShoppingItemIn)
        item = shopping.update_shopping_item(
            shopping_list=self.shopping_list,
            item_id=self.item.pk,
            checked=body.get("checked"),
            own_quantity=body.get("quantity"),
            at_home=body.get("at_home"),
            by=request.user,
        )
        return Response(shopping.item_document(item))
