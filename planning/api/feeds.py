"""The athlete's own outgoing calendar feed."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from athletes import rules
from athletes.operations import AthleteOperation
from nutrition_site.kernel.errors import NotFound
from planning.models import OutgoingFeed
from planning.serializers_feeds import FeedIn
from planning.services import feeds


class FeedOperation(AthleteOperation):
    """One private iCalendar address with meals and fueling. Its address is shown to the athlete only."""

    @extend_schema(operation_id="read_feed", tags=["calendars"], responses=OpenApiTypes.OBJECT)
    def get(self, request: Any, athlete_id: str) -> Response:
        feed = OutgoingFeed.objects.filter(athlete=self.athlete).first()
        if feed is None:
            raise NotFound(_("There is no feed yet."))
        return Response(self._document(request, feed))

    @extend_schema(operation_id="open_feed", tags=["calendars"], request=FeedIn, responses=OpenApiTypes.OBJECT)
    def put(self, request: Any, athlete_id: str) -> Response:
        feed = feeds.open_feed(athlete=self.athlete, scopes=self.read(FeedIn), by=request.user)
        return Response(self._document(request, feed))

    @extend_schema(operation_id="revoke_feed", tags=["calendars"], responses={204: None})
    def delete(self, request: Any, athlete_id: str) -> Response:
        feeds.revoke_feed(athlete=self.athlete, by=request.user)
        return Response(status=204)

    def _document(self, request: Any, feed: OutgoingFeed) -> dict[str, Any]:
        show = rules.may_change(request.user, self.athlete)
        return feeds.feed_document(feed, origin=request.build_absolute_uri("/")[:-1], show=show)
