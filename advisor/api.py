"""The advisor's operations. A conversation is health talk: it is the athlete's, and a coach reads it by consent."""

from __future__ import annotations

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import prefetch_related_objects
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.response import Response

from advisor import actions, services
from advisor.answering import Listener
from advisor.api_parsers import ChatForm, ChatFormParser
from advisor.backends.photos import read_photo
from advisor.consents import consent_of, may_read, set_consents
from advisor.documents import (
    action_document,
    consent_document,
    conversation_document,
    feedback_document,
    message_document,
    turn_document,
)
from advisor.event_responses import EVENT_STREAM, as_stream, refusal_body
from advisor.models import Conversation, Message, ProposedAction
from advisor.retention import default_retention_days, delete_for_good
from advisor.reviews import answers_of, give_feedback, withdraw_feedback
from advisor.search import MAX_CHARACTERS, find_conversations, rename_conversation
from advisor.serializers import (
    ChatFormIn,
    ChatIn,
    ChatOut,
    ConfirmIn,
    ConfirmOut,
    ConsentIn,
    ConsentOut,
    ConversationDetailOut,
    ConversationOut,
    ConversationPageOut,
    FeedbackIn,
    FeedbackOut,
    RenameIn,
)
from advisor.streaming import AnswerStream, told_at_once
from advisor.withholding import conceal_action, conceal_message, conceal_turn, without_amounts
from athletes import rules
from athletes.operations import AthleteOperation
from nutrition_site.kernel.api.operations import CreatingMixin, Operation
from nutrition_site.kernel.api.parsers import StrictJSONParser
from nutrition_site.kernel.api.schema import PAGING
from nutrition_site.kernel.errors import InvalidInput, NotFound


class EventStreamRenderer(BaseRenderer):
    """Lets a client ask for `text/event-stream`; refusals are JSON all the same."""

    media_type = EVENT_STREAM
    format = "event-stream"

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None) -> bytes:
        return json.dumps(data, cls=DjangoJSONEncoder).encode()


class ChatOperation(CreatingMixin, AthleteOperation):
    """Asks the advisor; only the athlete may."""

    renderer_classes = (JSONRenderer, EventStreamRenderer)
    parser_classes = (StrictJSONParser, ChatFormParser)
    _listener: Listener | None = None

    @extend_schema(
        operation_id="ask_advisor",
        tags=["advisor"],
        request={"application/json": ChatIn, "multipart/form-data": ChatFormIn},
        responses={(200, "application/json"): ChatOut, (200, "text/event-stream"): OpenApiTypes.STR},
    )
    def post(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        def answer() -> Response:
            response = CreatingMixin.post(self, request, *args, **kwargs)
            if services.is_withheld(self.athlete):
                # The answer to a repeated key may be from before.
                response.data = conceal_turn(response.data)
            return response

        if request.accepted_renderer.format != EventStreamRenderer.format:
            return answer()
        if not services.asks_a_model(self.athlete):
            # A moment's work, and this request's own: no thread is needed for it.
            return as_stream(told_at_once(answer().data))

        def make(listener: Listener) -> dict[str, Any]:
            self._listener = listener
            document: dict[str, Any] = answer().data
            return document

        stream = AnswerStream(make)
        stream.start()
        return as_stream(stream.read(refusal_body))

    def create(self, request: Any, athlete_id: str) -> Response:
        # Limits come before the body, but a cry for help is answered whatever the limit says.
        services.check_allowance(athlete=self.athlete, message=request.data.get("message"), by=request.user)
        sent = request.data
        form = isinstance(sent, ChatForm)
        photo = read_photo(sent.photo) if form and sent.photo is not None else None
        asked = ChatIn(data=sent.texts if form else sent)
        asked.is_valid(raise_exception=True)
        body = asked.validated_data
        turn = services.ask_advisor(
            athlete=self.athlete,
            message=body["message"],
            conversation_id=body.get("conversation_id"),
            by=request.user,
            listener=self._listener,
            photo=photo,
        )
        return Response(turn_document(turn))

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        final = super().finalize_response(request, response, *args, **kwargs)
        if isinstance(final, Response) and final.status_code >= 400:
            final.accepted_renderer = JSONRenderer()
            final.accepted_media_type = "application/json"
        return final


class AdvisorReading(AthleteOperation):
    """Reads conversations. But for the athlete, and a coach whom the athlete lets read them, there are none."""

    def locate_within(self, request: Any, **kwargs: Any) -> None:
        if not may_read(request.user, self.athlete):
            raise NotFound()


class OwnOperation(AthleteOperation):
    """What is between the athlete and the advisor; for everybody else it is not there."""

    def locate_within(self, request: Any, **kwargs: Any) -> None:
        if not rules.owns(request.user, self.athlete):
            raise NotFound()


class ConversationsOperation(AdvisorReading):
    """The athlete's conversations, the last used first."""

    @extend_schema(
        operation_id="list_conversations",
        tags=["advisor"],
        parameters=[
            OpenApiParameter("q", str, description="Words that all occur in the title or the messages."),
            *PAGING,
        ],
        responses=ConversationPageOut,
    )
    def get(self, request: Any, athlete_id: str) -> Response:
        text = request.query_params.get("q", "")
        if len(text) > MAX_CHARACTERS:
            raise InvalidInput.of("q", f"Must have at most {MAX_CHARACTERS} characters.")
        return self.page(find_conversations(athlete=self.athlete, text=text), conversation_document)


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
        own = rules.owns(request.user, self.athlete)
        if own:
            prefetch_related_objects(messages, "feedback")
        rows = [message_document(message, with_feedback=own) for message in messages]
        if services.is_withheld(self.athlete):
            rows = [conceal_message(row) for row in rows]
        return Response({**conversation_document(self.conversation), "messages": rows})

    @extend_schema(operation_id="rename_conversation", tags=["advisor"], request=RenameIn, responses=ConversationOut)
    def patch(self, request: Any, athlete_id: str, conversation_id: str) -> Response:
        title = self.read(RenameIn)["title"]
        renamed = rename_conversation(conversation=self.conversation, by=request.user, title=title)
        return Response(conversation_document(renamed))

    @extend_schema(operation_id="delete_conversation", tags=["advisor"], responses={204: None})
    def delete(self, request: Any, athlete_id: str, conversation_id: str) -> Response:
        delete_for_good(conversation=self.conversation, by=request.user)
        return Response(status=204)


class FeedbackOperation(OwnOperation):
    """What the athlete says about one answer; the last word counts."""

    message: Message

    def locate_within(self, request: Any, **kwargs: Any) -> None:
        super().locate_within(request, **kwargs)
        answers = answers_of(self.athlete).select_related("conversation__athlete", "feedback")
        self.message = self.find(answers, kwargs["message_id"], "msg")

    @extend_schema(operation_id="give_feedback", tags=["advisor"], request=FeedbackIn, responses=FeedbackOut)
    def put(self, request: Any, athlete_id: str, message_id: str) -> Response:
        body = self.read(FeedbackIn)
        self.message.feedback = give_feedback(
            message=self.message, by=request.user, verdict=body["verdict"], note=body["note"]
        )
        return Response(feedback_document(self.message))

    @extend_schema(operation_id="withdraw_feedback", tags=["advisor"], responses={204: None})
    def delete(self, request: Any, athlete_id: str, message_id: str) -> Response:
        withdraw_feedback(message=self.message, by=request.user)
        return Response(status=204)


class ConsentOperation(OwnOperation):
    """What the athlete allows the advisor to do with conversations."""

    @extend_schema(operation_id="read_advisor_consent", tags=["advisor"], responses=ConsentOut)
    def get(self, request: Any, athlete_id: str) -> Response:
        return Response(consent_document(consent_of(self.athlete), default_retention_days=default_retention_days()))

    @extend_schema(operation_id="set_advisor_consent", tags=["advisor"], request=ConsentIn, responses=ConsentOut)
    def patch(self, request: Any, athlete_id: str) -> Response:
        consent = set_consents(athlete=self.athlete, by=request.user, values=self.read(ConsentIn))
        return Response(consent_document(consent, default_retention_days=default_retention_days()))


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
        result, told = action.result, action_document(action)
        if services.is_withheld(action.athlete):
            result, told = without_amounts(result), conceal_action(told)
        return Response({"status": "applied", "result": result, "action": told})
