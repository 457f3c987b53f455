"""`/v1/athletes/{athlete_id}/coaches`: who asks to see the athlete, and who may."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from athletes import rules, serializers
from athletes.api.representations import represent_coach_link
from athletes.models import CoachLink
from athletes.operations import AthleteOperation
from athletes.services.coaches import consent_to_coach, end_coach_link
from nutrition_site.kernel.api.schema import PAGING

TAGS = ["coaches"]


class CoachLinks(AthleteOperation):
    """Open invitations and links; a coach sees only the own one."""

    @extend_schema(
        operation_id="list_coaches",
        tags=TAGS,
        parameters=PAGING,
        responses=serializers.paged("CoachPage", serializers.CoachLinkOut),
    )
    def get(self, request: Any, athlete_id: str) -> Response:
        links = CoachLink.objects.filter(athlete=self.athlete).exclude(status=CoachLink.Status.ENDED)
        if not rules.owns(request.user, self.athlete):
            links = links.filter(coach=request.user)
        return self.page(links.select_related("coach").order_by("invited_at", "pk"), represent_coach_link)


class _OneCoachLink(AthleteOperation):
    link: CoachLink

    def locate_within(self, request: Any, **kwargs: Any) -> None:
        links = CoachLink.objects.filter(athlete=self.athlete).select_related("coach")
        if not rules.owns(request.user, self.athlete):
            links = links.filter(coach=request.user)
        self.link = self.find(links, kwargs["link_id"], "lnk")


class CoachConsent(_OneCoachLink):
    """The athlete opens the own data to a coach."""

    @extend_schema(
        operation_id="consent_to_coach", tags=TAGS, request=serializers.EmptyIn, responses=serializers.CoachLinkOut
    )
    def post(self, request: Any, athlete_id: str, link_id: str) -> Response:
        self.read(serializers.EmptyIn)
        consent_to_coach(by=request.user, link=self.link)
        self.link.refresh_from_db()
        return Response(represent_coach_link(self.link))


class OneCoachLink(_OneCoachLink):
    """The athlete ends what a coach may see, or turns an invitation down; the coach may leave too."""

    owner_only_methods = frozenset()

    @extend_schema(operation_id="end_coach_link", tags=TAGS, responses={204: None})
    def delete(self, request: Any, athlete_id: str, link_id: str) -> Response:
        end_coach_link(by=request.user, link=self.link)
        return Response(status=204)
