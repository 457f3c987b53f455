"""Shapes of the advisor's requests and answers."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from nutrition_site.kernel.api.operations import StrictSerializer


class StrictText(serializers.CharField):
    """A JSON string; a number is not quietly turned into one."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return str(super().to_internal_value(data))


class ChatIn(StrictSerializer):
    """A question; its length is counted after trimming."""

    message = StrictText(trim_whitespace=False, allow_blank=True, help_text="1 to 4,000 characters.")
    conversation_id = StrictText(required=False, allow_null=True, max_length=60)


class ConfirmIn(StrictSerializer):
    """Nothing but the will to do it."""


class CitationOut(serializers.Serializer):  # type: ignore[type-arg]
    """The fact behind a number or a name of the reply."""

    n = serializers.IntegerField()
    fact_id = serializers.CharField()
    kind = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    value = serializers.JSONField()
    unit = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]
    object_id = serializers.CharField()
    quote = serializers.CharField(help_text="As it is written in the reply.")


class ActionOut(serializers.Serializer):  # type: ignore[type-arg]
    """A change the advisor proposes; nothing happens before it is confirmed."""

    id = serializers.CharField()
    kind = serializers.CharField()
    sentence = serializers.CharField()
    arguments = serializers.JSONField()
    diff = serializers.JSONField()
    status = serializers.ChoiceField(choices=["open", "applying", "applied", "declined", "expired"])
    result = serializers.JSONField(allow_null=True)
    expires_at = serializers.DateTimeField()


class ChatOut(serializers.Serializer):  # type: ignore[type-arg]
    """One answer."""

    conversation_id = serializers.CharField()
    message_id = serializers.CharField()
    reply = serializers.CharField()
    citations = CitationOut(many=True)
    proposed_actions = ActionOut(many=True)
    safety = serializers.JSONField(allow_null=True, help_text="Set when coaching stopped: flag, action, words.")
    backend = serializers.ChoiceField(choices=["builtin", "anthropic", "safety"])
    usage = serializers.JSONField()
    meal_plan_ids = serializers.ListField(child=serializers.CharField(), help_text="Plans made for this answer.")
    disclaimer = serializers.CharField()


class MessageOut(serializers.Serializer):  # type: ignore[type-arg]
    """One message of a conversation."""

    id = serializers.CharField()
    role = serializers.ChoiceField(choices=["athlete", "advisor"])
    text = serializers.CharField()
    citations = CitationOut(many=True)
    safety = serializers.JSONField(allow_null=True)
    backend = serializers.CharField()
    proposed_actions = ActionOut(many=True)
    created_at = serializers.DateTimeField()


class ConversationOut(serializers.Serializer):  # type: ignore[type-arg]
    """One conversation in a list."""

    id = serializers.CharField()
    athlete_id = serializers.CharField()
    title = serializers.CharField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()


class ConversationDetailOut(ConversationOut):
    """One conversation with all its messages."""

    messages = MessageOut(many=True)


class ConversationPageOut(serializers.Serializer):  # type: ignore[type-arg]
    """A page of conversations."""

    items = ConversationOut(many=True)
    total = serializers.IntegerField()
    page = serializers.IntegerField()
    limit = serializers.IntegerField()


class ConfirmOut(serializers.Serializer):  # type: ignore[type-arg]
    """What was applied, as read back."""

    status = serializers.ChoiceField(choices=["applied"])
    result = serializers.JSONField()
    action = ActionOut()
