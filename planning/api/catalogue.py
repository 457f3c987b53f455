"""Foods and recipes: everything needed to recompute a plan from its parts."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from nutrition_site.kernel.api.operations import MAX_PAGE, Operation
from nutrition_site.kernel.errors import InvalidInput
from planning.documents import food_document, recipe_document
from planning.models import Food, Recipe
from planning.services.search import page_of_foods

PAGE_PARAMETERS = [OpenApiParameter("page", int), OpenApiParameter("limit", int)]
MAX_SEARCH = 100


def read_words(request: Any) -> str:
    """The words searched for, empty when there are none. Raises InvalidInput for what no search can mean."""
    words = request.query_params.get("search", "")
    if len(words) > MAX_SEARCH or "\x00" in words:
        raise InvalidInput.of("search", _("At most %(count)d characters, none of them null.") % {"count": MAX_SEARCH})
    return str(words)


class FoodsOperation(Operation):
    """Search of the food table."""

    @extend_schema(
        operation_id="list_foods",
        tags=["catalogue"],
        parameters=[OpenApiParameter("search", str), *PAGE_PARAMETERS],
        responses=OpenApiTypes.OBJECT,
    )
    def get(self, request: Any) -> Response:
        words = read_words(request)
        page, limit = self.page_and_limit()
        visible = Food.objects.visible_to(request.user)
        foods, total = page_of_foods(words, among=visible, start=(page - 1) * limit, count=limit)
        items = [food_document(food) for food in foods]
        return Response({"items": items, "total": total, "page": page, "limit": limit})

    def page_and_limit(self) -> tuple[int, int]:
        """`page` and `limit` of the query string. Raises InvalidInput."""
        return self._whole("page", 1, 1, 1_000_000), self._whole("limit", 20, 1, MAX_PAGE)


class FoodOperation(Operation):
    """One food with every nutrient that is known."""

    def locate(self, request: Any, **kwargs: Any) -> None:
        self.food = self.find(Food.objects.visible_to(request.user), kwargs["food_id"], "fod")

    @extend_schema(operation_id="read_food", tags=["catalogue"], responses=OpenApiTypes.OBJECT)
    def get(self, request: Any, food_id: str) -> Response:
        return Response(food_document(self.food, full=True))


class RecipesOperation(Operation):
    """The plannable recipes."""

    @extend_schema(
        operation_id="list_recipes",
        tags=["catalogue"],
        parameters=[OpenApiParameter("slot", str), OpenApiParameter("search", str), *PAGE_PARAMETERS],
        responses=OpenApiTypes.OBJECT,
    )
    def get(self, request: Any) -> Response:
        words = read_words(request)
        recipes = Recipe.objects.visible_to(request.user).plannable().order_by("name", "id")
        if words:
            recipes = recipes.filter(name__icontains=words)
        slot = request.query_params.get("slot")
        if slot:
            wanted = [pk for pk, slots in recipes.values_list("pk", "slots") if slot in slots]
            recipes = recipes.filter(pk__in=wanted)
        return self.page(recipes.prefetch_related("ingredients__food"), recipe_document)


class RecipeOperation(Operation):
    """One recipe; also those that are no longer planned, because stored plans may hold them."""

    def locate(self, request: Any, **kwargs: Any) -> None:
        recipes = Recipe.objects.visible_to(request.user).prefetch_related("ingredients__food")
        self.recipe = self.find(recipes, kwargs["recipe_id"], "rcp")

    @extend_schema(operation_id="read_recipe", tags=["catalogue"], responses=OpenApiTypes.OBJECT)
    def get(self, request: Any, recipe_id: str) -> Response:
        return Response(recipe_document(self.recipe, full=True))
