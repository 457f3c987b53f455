"""`/v1/athletes/{athlete_id}/notices`: what the product has to say by itself."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from athletes import serializers
from athletes.models import Notice
from athletes.operations import AthleteOperation
from athletes.services.notices import mark_notice_seen, notice_words
from nutrition_site.kernel.api.schema import PAGING

TAGS = ["notices"]


class Notices(AthleteOperation):
    """What was told, the newest first; `resolved_at` says that it is over."""

    @extend_schema(
        operation_id="list_notices",
        tags=TAGS,
        parameters=PAGING,
        responses=serializers.paged("NoticePage", serializers.NoticeOut),
    )
    def get(self, request: Any, athlete_id: str) -> Response:
        return self.page(Notice.objects.filter(athlete=self.athlete), represent_notice)


class NoticeSeen(AthleteOperation):
    """The athlete has seen a notice."""

    notice: Notice

    def locate_within(self, request: Any, **kwargs: Any) -> None:
        self.notice = self.find(Notice.objects.filter(athlete=self.athlete), kwargs["notice_id"], "ntc")

    @extend_schema(
        operation_id="mark_notice_seen", tags=TAGS, request=serializers.EmptyIn, responses=serializers.NoticeOut
    )
    def post(self, request: Any, athlete_id: str, notice_id: str) -> Response:
        self.read(serializers.EmptyIn)
        return Response(represent_notice(mark_notice_seen(notice=self.notice)))


def represent_notice(notice: Notice) -> dict[str, Any]:
    """A notice with its moments in UTC; None for what has not happened."""
    title, body = notice_words(notice)
    moments = ("created_at", "seen_at", "mailed_at", "resolved_at")
    return {
        "id": notice.pk,
        "kind": notice.kind,
        "about": notice.key,
        "title": title,
        "body": body,
        "path": notice.path,
        **{name: _utc(getattr(notice, name)) for name in moments},
    }


def _utc(moment: Any) -> str | None:
    return None if moment is None else moment.strftime("%Y-%m-%dT%H:%M:%SZ")
