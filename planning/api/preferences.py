"""Standing rules for every plan, and opinions about dishes."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from athletes.operations import AthleteOperation
from nutrition_site.kernel.errors import InvalidInput
from planning.models import Recipe
from planning.serializers import OpinionIn, PlanningRulesIn
from planning.services.opinions import forget_opinion, never_again, opinion_document, opinions_of, set_opinion
from planning.services.rules import offered_tags, rules_document, rules_of, update_rules


class PlanningRulesOperation(AthleteOperation):
    """How often, how long, and on which days an athlete cooks."""

    @extend_schema(operation_id="read_planning_rules", tags=["preferences"], responses=OpenApiTypes.OBJECT)
    def get(self, request: Any, athlete_id: str) -> Response:
        return Response({**rules_document(rules_of(self.athlete)), "tags": offered_tags()})

    @extend_schema(
        operation_id="update_planning_rules",
        tags=["preferences"],
        request=PlanningRulesIn,
        responses=OpenApiTypes.OBJECT,
    )
    def patch(self, request: Any, athlete_id: str) -> Response:
        values = self.read(PlanningRulesIn)
        rules = update_rules(athlete=self.athlete, values=values, by=request.user)
        return Response({**rules_document(rules), "tags": offered_tags()})


class OpinionsOperation(AthleteOperation):
    """Every dish that the athlete has an opinion of."""

    @extend_schema(operation_id="list_opinions", tags=["preferences"], responses=OpenApiTypes.OBJECT)
    def get(self, request: Any, athlete_id: str) -> Response:
        opinions = opinions_of(self.athlete)
        recipes = Recipe.objects.visible_to(self.athlete.user).filter(family__in=opinions).order_by("family", "slug")
        shown: dict[str, Recipe] = {}
        for recipe in recipes:
            if recipe.kind == Recipe.Kind.BASE or recipe.family not in shown:
                shown[recipe.family] = recipe
        rows = [opinion_document(opinions[family], recipe) for family, recipe in sorted(shown.items())]
        return Response({"items": rows, "total": len(rows)})


class OpinionOperation(AthleteOperation):
    """What the athlete thinks of one dish and its variants."""

    recipe: Recipe

    def locate_within(self, request: Any, **kwargs: Any) -> None:
        # The dishes that the athlete can see decide, whoever asks.
        self.recipe = self.find(Recipe.objects.visible_to(self.athlete.user), kwargs["recipe_id"], "rcp")

    @extend_schema(operation_id="set_opinion", tags=["preferences"], request=OpinionIn, responses=OpenApiTypes.OBJECT)
    def put(self, request: Any, athlete_id: str, recipe_id: str) -> Response:
        values = self.read(OpinionIn)
        if not values:
            raise InvalidInput.of("rating", _("Say a rating, a favorite, or never_again."))
        if values.pop("never_again", False):
            never_again(athlete=self.athlete, recipe=self.recipe, by=request.user)
        opinion = None
        if values:
            opinion = set_opinion(athlete=self.athlete, recipe=self.recipe, values=values, by=request.user)
        else:
            opinion = opinions_of(self.athlete).get(self.recipe.family)
        return Response(opinion_document(opinion, self.recipe))

    @extend_schema(operation_id="delete_opinion", tags=["preferences"], responses={204: None})
    def delete(self, request: Any, athlete_id: str, recipe_id: str) -> Response:
        forget_opinion(athlete=self.athlete, recipe=self.recipe, by=request.user)
        return Response(status=204)
