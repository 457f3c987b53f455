"""An athlete's own foods and recipes, and the import of a pasted recipe as a draft."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from athletes.operations import AthleteOperation
from athletes.rules import owns
from nutrition_site.kernel.api.operations import CreatingMixin, Operation, created
from nutrition_site.kernel.errors import InvalidInput
from planning.api.catalogue import PAGE_PARAMETERS
from planning.models import Food, PlanItem, Recipe
from planning.serializers_own import (
    OwnFoodChange,
    OwnFoodIn,
    OwnRecipeChange,
    OwnRecipeIn,
    QuantityIn,
    RecipeImportIn,
)
from planning.services import own_foods, own_recipes, recipe_import
from planning.units import QuantityError, facts_of, parse_quantity, to_grams


class OwnOperation(AthleteOperation):
    """What an athlete entered is the athlete's alone; a coach by consent sees the part that plans show."""

    def foods(self, request: Any) -> QuerySet[Food]:
        foods = Food.objects.filter(owner=self.athlete)
        return foods if owns(request.user, self.athlete) else foods.filter(used_in__recipe__in=self.recipes(request))

    def recipes(self, request: Any) -> QuerySet[Recipe]:
        recipes = Recipe.objects.filter(owner=self.athlete)
        if owns(request.user, self.athlete):
            return recipes
        planned = PlanItem.objects.filter(revision__plan__athlete=self.athlete).values("recipe")
        return recipes.filter(pk__in=planned)


class OwnFoodsOperation(CreatingMixin, OwnOperation):
    """The athlete's own foods."""

    @extend_schema(
        operation_id="list_own_foods", tags=["own food"], parameters=PAGE_PARAMETERS, responses=OpenApiTypes.OBJECT
    )
    def get(self, request: Any, athlete_id: str) -> Response:
        foods = self.foods(request).distinct().order_by("name", "id")
        return self.page(foods, own_foods.own_food_document)

    @extend_schema(
        operation_id="create_own_food",
        tags=["own food"],
        request=OwnFoodIn,
        responses={201: OpenApiTypes.OBJECT, 409: OpenApiTypes.OBJECT},
    )
    def create(self, request: Any, athlete_id: str) -> Response:
        food = own_foods.create_own_food(athlete=self.athlete, values=self.read(OwnFoodIn), by=request.user)
        return created(own_foods.own_food_document(food), f"/v1/athletes/{self.athlete.pk}/foods/{food.pk}")


class OwnFoodOperation(OwnOperation):
    """One own food with its label."""

    food: Food

    def locate_within(self, request: Any, **kwargs: Any) -> None:
        self.food = self.find(self.foods(request), kwargs["food_id"], "fod")

    @extend_schema(operation_id="read_own_food", tags=["own food"], responses=OpenApiTypes.OBJECT)
    def get(self, request: Any, athlete_id: str, food_id: str) -> Response:
        return Response(own_foods.own_food_document(self.food))

    @extend_schema(
        operation_id="update_own_food",
        tags=["own food"],
        request=OwnFoodChange,
        responses={200: OpenApiTypes.OBJECT, 409: OpenApiTypes.OBJECT},
    )
    def patch(self, request: Any, athlete_id: str, food_id: str) -> Response:
        food = own_foods.update_own_food(food=self.food, values=self.read(OwnFoodChange), by=request.user)
        return Response(own_foods.own_food_document(food))

    @extend_schema(operation_id="delete_own_food", tags=["own food"], responses={204: None, 409: OpenApiTypes.OBJECT})
    def delete(self, request: Any, athlete_id: str, food_id: str) -> Response:
        own_foods.delete_own_food(food=self.food, by=request.user)
        return Response(status=204)


class OwnRecipesOperation(CreatingMixin, OwnOperation):
    """The athlete's own recipes; they are planned for nobody else."""

    @extend_schema(
        operation_id="list_own_recipes", tags=["own food"], parameters=PAGE_PARAMETERS, responses=OpenApiTypes.OBJECT
    )
    def get(self, request: Any, athlete_id: str) -> Response:
        recipes = self.recipes(request).filter(active=True).order_by("name", "id")
        return self.page(
            recipes.prefetch_related("ingredients__food"),
            lambda recipe: own_recipes.own_recipe_document(recipe, self.athlete),
        )

    @extend_schema(
        operation_id="create_own_recipe",
        tags=["own food"],
        request=OwnRecipeIn,
        responses={201: OpenApiTypes.OBJECT, 409: OpenApiTypes.OBJECT},
    )
    def create(self, request: Any, athlete_id: str) -> Response:
        body = self.read(OwnRecipeIn)
        confirmed = body.pop("confirm_amounts", False)
        recipe = own_recipes.create_own_recipe(
            athlete=self.athlete, values=body, confirm_amounts=confirmed, by=request.user
        )
        document = own_recipes.own_recipe_document(recipe, self.athlete)
        return created(document, f"/v1/athletes/{self.athlete.pk}/recipes/{recipe.pk}")


class OwnRecipeOperation(OwnOperation):
    """One own recipe."""

    recipe: Recipe

    def locate_within(self, request: Any, **kwargs: Any) -> None:
        recipes = self.recipes(request).prefetch_related("ingredients__food")
        self.recipe = self.find(recipes, kwargs["recipe_id"], "rcp")

    @extend_schema(operation_id="read_own_recipe", tags=["own food"], responses=OpenApiTypes.OBJECT)
    def get(self, request: Any, athlete_id: str, recipe_id: str) -> Response:
        return Response(own_recipes.own_recipe_document(self.recipe, self.athlete))

    @extend_schema(
        operation_id="update_own_recipe",
        tags=["own food"],
        request=OwnRecipeChange,
        responses={200: OpenApiTypes.OBJECT, 409: OpenApiTypes.OBJECT},
    )
    def patch(self, request: Any, athlete_id: str, recipe_id: str) -> Response:
        body = self.read(OwnRecipeChange)
        confirmed = body.pop("confirm_amounts", False)
        recipe = own_recipes.update_own_recipe(
            recipe=self.recipe, values=body, confirm_amounts=confirmed, by=request.user
        )
        return Response(own_recipes.own_recipe_document(recipe, self.athlete))

    @extend_schema(operation_id="delete_own_recipe", tags=["own food"], responses={204: None})
    def delete(self, request: Any, athlete_id: str, recipe_id: str) -> Response:
        own_recipes.delete_own_recipe(recipe=self.recipe, by=request.user)
        return Response(status=204)


class RecipeImportOperation(OwnOperation):
    """Reads a pasted recipe into a draft; it is stored only when it is sent to the recipes, line by line confirmed."""

    @extend_schema(
        operation_id="import_recipe",
        tags=["own food"],
        request=RecipeImportIn,
        responses={200: OpenApiTypes.OBJECT, 422: OpenApiTypes.OBJECT},
    )
    def post(self, request: Any, athlete_id: str) -> Response:
        body = self.read(RecipeImportIn)
        draft = recipe_import.read_draft(
            athlete=self.athlete,
            html=body.get("html", ""),
            text=body.get("text", ""),
            metric_cups=body.get("metric_cups", False),
        )
        return Response(recipe_import.draft_document(draft))


class QuantityOperation(Operation):
    """What one ingredient line says, and with a food what it weighs."""

    @extend_schema(operation_id="parse_quantity", tags=["catalogue"], request=QuantityIn, responses=OpenApiTypes.OBJECT)
    def post(self, request: Any) -> Response:
        body = self.read(QuantityIn)
        try:
            quantity = parse_quantity(body["text"], metric_cups=body.get("metric_cups", False))
        except QuantityError as error:
            raise InvalidInput.of("text", str(error))
        document = recipe_import.quantity_document(quantity)
        if "food_id" in body:
            food = self.find(Food.objects.visible_to(request.user), body["food_id"], "fod")
            grams = to_grams(quantity, facts_of(food))
            document.update(
                grams=None if grams.grams is None else float(grams.grams),
                grams_source=grams.source,
                grams_detail=grams.detail,
                assumed=grams.assumed,
                question=grams.question,
            )
        return Response(document)
