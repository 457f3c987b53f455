"""`/v1/athletes/{athlete_id}/sessions`: what the athlete has done, from files or by hand."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from athletes import session_serializers as shapes
from athletes.api.session_parsers import FILE_PARSERS, FILE_TYPES, UploadBody, UploadFormParser
from athletes.api.session_representations import represent_session, represent_whole_session
from athletes.models import CompletedSession, SessionRecord
from athletes.operations import AthleteOperation
from athletes.serializers import DaysIn
from athletes.services.sessions import delete_record, delete_session
from athletes.services.uploads import record_by_hand, upload_files
from nutrition_site.kernel.api.operations import CreatingMixin
from nutrition_site.kernel.api.parsers import StrictJSONParser
from nutrition_site.kernel.clock import today
from nutrition_site.kernel.errors import InvalidInput

TAGS = ["completed sessions"]
DEFAULT_DAYS, MOST_DAYS = 28, 400
EARLIEST, LATEST = date(1900, 1, 1), date(2200, 12, 31)
DAYS = [
    OpenApiParameter("from", OpenApiTypes.DATE, description="First local day; 27 days before `to` by default."),
    OpenApiParameter("to", OpenApiTypes.DATE, description="Last local day, inclusive; today by default."),
]
_FORM = {
    "type": "object",
    "properties": {"file": {"type": "array", "items": {"type": "string", "format": "binary"}}},
    "required": ["file"],
}
BODIES: dict[Any, Any] = {
    "multipart/form-data": _FORM,
    "application/json": shapes.SessionIn,
    **dict.fromkeys(FILE_TYPES, OpenApiTypes.BINARY),
}


class Sessions(CreatingMixin, AthleteOperation):
    """Sessions on the local days `from` to `to`, in time order, not paginated."""

    parser_classes = (StrictJSONParser, UploadFormParser, *FILE_PARSERS)

    @extend_schema(operation_id="list_sessions", tags=TAGS, parameters=DAYS, responses=shapes.SessionListOut)
    def get(self, request: Any, athlete_id: str) -> Response:
        first, last = self._days()
        items = self._represent(CompletedSession.objects.filter(athlete=self.athlete).on_days(first, last))
        return Response({"athlete_id": self.athlete.pk, "items": items, "total": len(items)})

    def _represent(self, sessions: Any) -> list[dict[str, Any]]:
        rows = sessions.select_related("event").prefetch_related("records")
        return [represent_session(session, self.athlete.zones) for session in rows]

    def _days(self) -> tuple[date, date]:
        asked = self.read_query(DaysIn)
        for name, given in asked.items():
            # The edges of the calendar have no day before or after them.
            if not EARLIEST <= given <= LATEST:
                raise InvalidInput.of(
                    name,
                    gettext("Must be a day from %(earliest)s to %(latest)s.")
                    % {"earliest": EARLIEST, "latest": LATEST},
                )
        day, first, last = today(self.athlete.zones), asked.get("from"), asked.get("to")
        if last is None:
            last = day if first is None else max(first, min(day, first + timedelta(days=MOST_DAYS - 1)))
        if first is None:
            first = last - timedelta(days=DEFAULT_DAYS - 1)
        if last < first:
            raise InvalidInput.of("to", gettext("Must not be before `from`."))
        if (last - first).days >= MOST_DAYS:
            raise InvalidInput.of("to", gettext("At most %(count)s days at once.") % {"count": MOST_DAYS})
        return first, last

    @extend_schema(
        operation_id="create_sessions",
        tags=TAGS,
        summary="Send session files (FIT, TCX, GPX; gzipped or in a zip), or describe one session",
        description=(
            "Files as a form, or one file as the body. A file that was sent before is `known`; what cannot be read "
            "is named in `refused`, and when nothing can be read the answer is 422 `session_unreadable` with "
            "`refused` inside of `error`. At most 50 MB and 100 files at once. 200 when nothing is new."
        ),
        request=BODIES,
        responses={201: shapes.UploadOut, 200: shapes.UploadOut},
    )
    def post(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        return super().post(request, *args, **kwargs)

    def create(self, request: Any, athlete_id: str) -> Response:
        body = request.data
        if isinstance(body, UploadBody):
            result = upload_files(by=request.user, athlete=self.athlete, uploads=body.uploads)
        elif request.content_type and not request.content_type.startswith("application/json"):
            raise InvalidInput.of("file", gettext("The file is empty."))
        else:
            result = record_by_hand(by=request.user, athlete=self.athlete, values=self.read(shapes.SessionIn))
        found = CompletedSession.objects.filter(athlete=self.athlete, pk__in=result.session_ids)
        answer = {
            "added": result.added,
            "changed": result.changed,
            "known": result.known,
            "refused": [{"file": refusal.file, "reason": refusal.reason} for refusal in result.refused],
            "items": self._represent(found),
        }
        place = f"/v1/athletes/{self.athlete.pk}/sessions"
        if len(result.session_ids) == 1:
            place += f"/{result.session_ids[0]}"
        headers = {"Location": place} if result.is_news else {}
        return Response(answer, status=201 if result.is_news else 200, headers=headers)


class _UnderSession(AthleteOperation):
    session: CompletedSession

    def locate_within(self, request: Any, **kwargs: Any) -> None:
        sessions = CompletedSession.objects.filter(athlete=self.athlete).select_related("event")
        self.session = self.find(sessions, kwargs["session_id"], "ses")


class OneSession(_UnderSession):
    """One session with every record of it: what each source says, and which values were taken from it."""

    @extend_schema(operation_id="get_session", tags=TAGS, responses=shapes.WholeSessionOut)
    def get(self, request: Any, athlete_id: str, session_id: str) -> Response:
        return Response(represent_whole_session(self.session, self.athlete.zones))

    @extend_schema(
        operation_id="delete_session",
        tags=TAGS,
        description="What was planned stays, as planned; an event that only showed this session goes.",
        responses={204: None},
    )
    def delete(self, request: Any, athlete_id: str, session_id: str) -> Response:
        delete_session(by=request.user, session=self.session)
        return Response(status=204)


class OneSessionRecord(_UnderSession):
    """What one source says about a session; the session goes with its last record."""

    record: SessionRecord

    def locate_within(self, request: Any, **kwargs: Any) -> None:
        super().locate_within(request, **kwargs)
        self.record = self.find(SessionRecord.objects.filter(session=self.session), kwargs["record_id"], "srd")

    @extend_schema(operation_id="delete_session_record", tags=TAGS, responses={204: None})
    def delete(self, request: Any, athlete_id: str, session_id: str, record_id: str) -> Response:
        delete_record(by=request.user, record=self.record)
        return Response(status=204)
