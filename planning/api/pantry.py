"""What is at home, and how the athlete measures."""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from athletes.operations import AthleteOperation
from nutrition_site.kernel.api.operations import CreatingMixin, created
from nutrition_site.kernel.errors import InvalidInput, NotFound
from planning.api.catalogue import PAGE_PARAMETERS
from planning.models import Food, PantryItem
from planning.serializers_shopping import MeasureIn, PantryChangeIn, PantryIn
from planning.services import measures, pantry


def _read_amount(operation: AthleteOperation, body: dict[str, Any], food: Food) -> float:
    """Edible grams from `grams` or from the words of `quantity`. Raises InvalidInput unless exactly one is given."""
    grams, words = body.get("grams"), body.get("quantity")
    if (grams is None) == (words is None):
        raise InvalidInput.of("grams", "Give either grams or a quantity such as '2 cups'.")
    if grams is not None:
        return float(grams)
    return pantry.read_grams(athlete=operation.athlete, food=food, text=str(words))


class PantryOperation(CreatingMixin, AthleteOperation):
    """Foods at home, in edible grams. Adding to a food that is there already adds up."""

    @extend_schema(
        operation_id="list_pantry", tags=["pantry"], parameters=PAGE_PARAMETERS, responses=OpenApiTypes.OBJECT
    )
    def get(self, request: Any, athlete_id: str) -> Response:
        rows = PantryItem.objects.filter(athlete=self.athlete).select_related("food")
        return self.page(rows, pantry.pantry_document)

    @extend_schema(
        operation_id="add_to_pantry", tags=["pantry"], request=PantryIn, responses={201: OpenApiTypes.OBJECT}
    )
    def create(self, request: Any, athlete_id: str) -> Response:
        body = self.read(PantryIn)
        food = pantry.usable_food(self.athlete, body["food_id"])
        item = pantry.add_to_pantry(
            athlete=self.athlete, food_id=food.pk, grams=_read_amount(self, body, food), by=request.user
        )
        return created(pantry.pantry_document(item), f"/v1/athletes/{self.athlete.pk}/pantry/{item.pk}")


class PantryItemOperation(AthleteOperation):
    """One food at home."""

    def locate_within(self, request: Any, **kwargs: Any) -> None:
        rows = PantryItem.objects.filter(athlete=self.athlete).select_related("food")
        self.item = self.find(rows, kwargs["pantry_id"], "pty")

    @extend_schema(operation_id="read_pantry_item", tags=["pantry"], responses=OpenApiTypes.OBJECT)
    def get(self, request: Any, athlete_id: str, pantry_id: str) -> Response:
        return Response(pantry.pantry_document(self.item))

    @extend_schema(
        operation_id="update_pantry_item", tags=["pantry"], request=PantryChangeIn, responses=OpenApiTypes.OBJECT
    )
    def patch(self, request: Any, athlete_id: str, pantry_id: str) -> Response:
        grams = _read_amount(self, self.read(PantryChangeIn), self.item.food)
        item = pantry.set_pantry_item(athlete=self.athlete, pantry_id=self.item.pk, grams=grams, by=request.user)
        return Response(pantry.pantry_document(item))

    @extend_schema(operation_id="remove_pantry_item", tags=["pantry"], responses={204: None})
    def delete(self, request: Any, athlete_id: str, pantry_id: str) -> Response:
        pantry.remove_pantry_item(athlete=self.athlete, pantry_id=self.item.pk, by=request.user)
        return Response(status=204)


class MeasureOperation(AthleteOperation):
    """The density and piece weight of one food: sourced, and the athlete's own. Nutrition never depends on them."""

    def locate_within(self, request: Any, **kwargs: Any) -> None:
        self.food = self.find(Food.objects, kwargs["food_id"], "fod")
        if self.food.owner_id not in (None, self.athlete.pk):
            raise NotFound()

    def _document(self) -> Response:
        own = measures.measures_of(self.athlete, [self.food.pk]).get(self.food.pk)
        return Response(measures.measure_document(self.food, own))

    @extend_schema(operation_id="read_measure", tags=["pantry"], responses=OpenApiTypes.OBJECT)
    def get(self, request: Any, athlete_id: str, food_id: str) -> Response:
        return self._document()

    @extend_schema(operation_id="set_measure", tags=["pantry"], request=MeasureIn, responses=OpenApiTypes.OBJECT)
    def put(self, request: Any, athlete_id: str, food_id: str) -> Response:
        body = self.read(MeasureIn)
        measures.set_measure(
            athlete=self.athlete,
            food_id=self.food.pk,
            density_g_per_ml=body.get("density_g_per_ml"),
            piece_grams=body.get("piece_grams"),
            by=request.user,
        )
        return self._document()

    @extend_schema(operation_id="clear_measure", tags=["pantry"], responses={204: None})
    def delete(self, request: Any, athlete_id: str, food_id: str) -> Response:
        measures.clear_measure(athlete=self.athlete, food_id=self.food.pk, by=request.user)
        return Response(status=204)
