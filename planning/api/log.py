"""What was eaten besides or instead of the plan."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from athletes.operations import AthleteOperation
from nutrition_site.kernel.api.operations import CreatingMixin, created
from nutrition_site.kernel.errors import InvalidInput
from planning.api.catalogue import PAGE_PARAMETERS
from planning.api.targets import RANGE_PARAMETERS
from planning.barcodes import BarcodeError
from planning.models import Food, LogEntry, Recipe
from planning.serializers import RangeQuery
from planning.serializers_log import LogCreatedOut, LogEntryOut, LogIn, LogPageOut
from planning.services import log

WAYS = ("food_id", "recipe_id", "barcode", "name")
MEASURES = {"food_id": ("amount", "grams"), "barcode": ("amount", "grams"), "recipe_id": ("amount", "servings")}


class LogOperation(CreatingMixin, AthleteOperation):
    """The athlete's log, newest day first. Meals that were eaten as planned are marked in their plan, not here."""

    @extend_schema(
        operation_id="list_log", tags=["log"], parameters=[*RANGE_PARAMETERS, *PAGE_PARAMETERS], responses=LogPageOut
    )
    def get(self, request: Any, athlete_id: str) -> Response:
        rows = LogEntry.objects.filter(athlete=self.athlete).order_by("-day", "-time", "-created_at", "-id")
        days = {name: request.query_params[name] for name in ("from", "to") if name in request.query_params}
        query = RangeQuery(data=days)
        query.is_valid(raise_exception=True)
        first, last = query.validated_data.get("from"), query.validated_data.get("to")
        rows = rows.filter(day__gte=first) if first else rows
        rows = rows.filter(day__lte=last) if last else rows
        return self.page(rows, log.log_document)

    @extend_schema(operation_id="log_food", tags=["log"], request=LogIn, responses={201: LogCreatedOut})
    def create(self, request: Any, athlete_id: str) -> Response:
        body = self.read(LogIn)
        entry = self._log(body)
        document = {**log.log_document(entry), "against": log.reasons_against_entry(entry, self.athlete)}
        return created(document, f"/v1/athletes/{self.athlete.pk}/log/{entry.pk}")

    def _log(self, body: dict[str, Any]) -> LogEntry:
        given = [name for name in WAYS if body.get(name)]
        if len(given) != 1:
            raise InvalidInput.of("food_id", _("Give exactly one of food_id, recipe_id, barcode and name."))
        allowed = MEASURES.get(given[0], ())
        measures = {name: body[name] for name in ("amount", "grams", "servings") if body.get(name) is not None}
        for name in measures:
            if name not in allowed:
                raise InvalidInput.of(name, _("This does not go with %(way)s.") % {"way": given[0]})
        if allowed and len(measures) != 1:
            raise InvalidInput.of(allowed[1], _("Give either %(one)s or amount.") % {"one": allowed[1]})
        shared: dict[str, Any] = {
            "athlete": self.athlete,
            "place": log.Place(body["day"], body.get("slot") or "", body.get("time") or ""),
            "source": LogEntry.Source.API,
            "by": self.request.user,
        }
        if given[0] == "name":
            return log.log_words(words=body["name"], **shared)
        if given[0] == "recipe_id":
            return log.log_dish(recipe=self._recipe(body["recipe_id"]), **measures, **shared)
        food = self._food(body["food_id"]) if given[0] == "food_id" else self._by_barcode(body["barcode"])
        return log.log_food(food=food, **measures, **shared)

    def _food(self, food_id: str) -> Food:
        food = Food.objects.visible_to(self.request.user).filter(pk=food_id).first()
        if food is None:
            raise InvalidInput.of("food_id", _("There is no such food."))
        return food

    def _recipe(self, recipe_id: str) -> Recipe:
        recipe = Recipe.objects.visible_to(self.request.user).plannable().filter(pk=recipe_id).first()
        if recipe is None:
            raise InvalidInput.of("recipe_id", _("There is no such dish."))
        return recipe

    def _by_barcode(self, text: str) -> Food:
        try:
            digits, food = log.find_by_barcode(self.athlete, text)
        except BarcodeError as error:
            raise InvalidInput.of("barcode", str(error)) from error
        if food is None:
            words = _("You have no food with the barcode %(digits)s. Enter its label first.")
            raise InvalidInput.of("barcode", words % {"digits": digits})
        return food


class LogEntryOperation(AthleteOperation):
    """One entry of the log."""

    entry: LogEntry

    def locate_within(self, request: Any, **kwargs: Any) -> None:
        self.entry = self.find(LogEntry.objects.filter(athlete=self.athlete), kwargs["entry_id"], "log")

    @extend_schema(operation_id="read_log_entry", tags=["log"], responses=LogEntryOut)
    def get(self, request: Any, athlete_id: str, entry_id: str) -> Response:
        return Response(log.log_document(self.entry))

    @extend_schema(operation_id="delete_log_entry", tags=["log"], responses={204: None})
    def delete(self, request: Any, athlete_id: str, entry_id: str) -> Response:
        log.undo_log(entry=self.entry, by=request.user)
        return Response(status=204)
