"""The advisor's operations. A conversation is health talk: it belongs to the athlete, and no coach reads it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.response import Response

from advisor import actions, services
from advisor.documents import action_document, conversation_document, message_document, turn_document
from advisor.models import Conversation, ProposedAction
from advisor.serializers import ChatIn, ChatOut, ConfirmIn, ConfirmOut, ConversationDetailOut, ConversationPageOut
from athletes import rules
from athletes.operations import AthleteOperation
from nutrition_site.kernel.api.operations import CreatingMixin, Operation
from nutrition_site.kernel.api.schema import PAGING
from nutrition_site.kernel.errors import NotFound

WORDS_A_CHUNK = 6


class EventStreamRenderer(BaseRenderer):
    """Lets a client ask for `text/event-stream`; refusals are JSON all the same."""

    media_type = "text/event-stream"
    format = "event-stream"

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None) -> bytes:
        return json.dumps(data, cls=DjangoJSONEncoder).encode()


def stream_events(document: dict[str, Any]) -> Iterator[bytes]:
    """`token` events with the reply in pieces, then `done` with the whole answer."""
    pieces = document["reply"].split(" ")
    for start in range(0, len(pieces), WORDS_A_CHUNK):
        piece = " ".join(pieces[start : start + WORDS_A_CHUNK])
        text = piece if start + WORDS_A_CHUNK >= len(pieces) else piece + " "
        yield _event("token", {"text": text})
    yield _event("done", document)


def _event(name: str, data: Any) -> bytes:
    return f"event: {name}\ndata: {json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False)}\n\n".encode()


class ChatOperation(CreatingMixin, AthleteOperation):
    """Asks the advisor; only the athlete may."""

    renderer_classes = (JSONRenderer, EventStreamRenderer)

    @extend_schema(
        operation_id="ask_advisor",
        tags=["advisor"],
        request=ChatIn,
        responses={(200, "application/json"): ChatOut, (200, "text/event-stream"): OpenApiTypes.STR},
    )
    def post(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().post(request, *args, **kwargs)
        if request.accepted_renderer.format != EventStreamRenderer.format or response.status_code >= 400:
            return response
        return StreamingHttpResponse(
            stream_events(response.data),
            content_type="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )

    def create(self, request: Any, athlete_id: str) -> Response:
        # Limits come before the body, but a cry for help is answered whatever the limit says.
        services.check_allowance(athlete=self.athlete, message=request.data.get("message"), by=request.user)
        body = self.read(ChatIn)
        turn = services.ask_advisor(
            athlete=self.athlete,
            message=body["message"],
            conversation_id=body.get("conversation_id"),
            by=request.user,
        )
        return Response(turn_document(turn))

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        final = super().finalize_response(request, response, *args, **kwargs)
        if isinstance(final, Response) and final.status_code >= 400:
            final.accepted_renderer = JSONRenderer()
            final.accepted_media_type = "application/json"
        return final


class AdvisorReading(AthleteOperation):
    """Reads conversations. For everybody but the athlete there are none."""

    def locate_within(self, request: Any, **kwargs: Any) -> None:
        if not rules.owns(request.user, self.athlete):
            raise NotFound()


class ConversationsOperation(AdvisorReading):
    """The athlete's conversations."""

    @extend_schema(
        operation_id="list_conversations", tags=["advisor"], parameters=PAGING, responses=ConversationPageOut
    )
    def get(self, request: Any, athlete_id: str) -> Response:
        return self.page(services.list_conversations(athlete=self.athlete), conversation_document)


class ConversationOperation(AdvisorReading):
    """One conversation."""

    conversation: Conversation

    def locate_within(self, request: Any, **kwargs: Any) -> None:
        super().locate_within(request, **kwargs)
        self.conversation = self.find(
            services.list_conversations(athlete=self.athlete), kwargs["conversation_id"], "cnv"
        )

    @extend_schema(operation_id="read_conversation", tags=["advisor"], responses=ConversationDetailOut)
    def get(self, request: Any, athlete_id: str, conversation_id: str) -> Response:
        messages = services.read_messages(conversation=self.conversation)
        rows = [message_document(message) for message in messages]
        return Response({**conversation_document(self.conversation), "messages": rows})

    @extend_schema(operation_id="delete_conversation", tags=["advisor"], responses={204: None})
    def delete(self, request: Any, athlete_id: str, conversation_id: str) -> Response:
        services.delete_conversation(conversation=self.conversation, by=request.user)
        return Response(status=204)


class ConfirmActionOperation(Operation):
    """Applies a proposal of the athlete's own; somebody else's is not there."""

    action: ProposedAction

    def locate(self, request: Any, **kwargs: Any) -> None:
        own = ProposedAction.objects.filter(athlete__user=request.user).select_related("athlete")
        self.action = self.find(own, kwargs["action_id"], "act")

    @extend_schema(operation_id="confirm_action", tags=["advisor"], request=ConfirmIn, responses=ConfirmOut)
    def post(self, request: Any, action_id: str) -> Response:
        self.read(ConfirmIn)
        action = actions.confirm_action(action=self.action, by=request.user)
        return Response({"status": "applied", "result": action.result, "action": action_document(action)})
