"""Shapes of the advisor's requests and answers."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from advisor.consents import MAX_RETENTION_DAYS
from advisor.models import Feedback
from advisor.reviews import MAX_WORDS
from advisor.search import MAX_TITLE
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


class ChatFormIn(ChatIn):
    """A question with a photo of a meal, which only an outside model can look at; it is kept nowhere."""

    photo = serializers.FileField(required=False, help_text="JPEG, PNG or WebP; at most 5 MB and 40 megapixels.")


class ConfirmIn(StrictSerializer):
    """Nothing but the will to do it."""


class RenameIn(StrictSerializer):
    """Another title for a conversation."""

    title = StrictText(max_length=MAX_TITLE)


class FeedbackIn(StrictSerializer):
    """What the athlete says about an answer."""

    verdict = serializers.ChoiceField(
        choices=Feedback.Verdict.values, help_text="`wrong` puts the answer in front of a person."
    )
    note = StrictText(required=False, allow_blank=True, max_length=MAX_WORDS, default="")


class StrictFlag(serializers.BooleanField):
    """true or false; a word or a number is not quietly turned into one."""

    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return bool(data)


class StrictWhole(serializers.IntegerField):
    """A whole JSON number; a text or 1.0 is not quietly turned into one."""

    def to_internal_value(self, data: Any) -> int:
        if not isinstance(data, int) or isinstance(data, bool):
            self.fail("invalid")
        return int(super().to_internal_value(data))


class ConsentIn(StrictSerializer):
    """What is allowed or taken back; what is left out stays as it is."""

    outside_model = StrictFlag(
        required=False, help_text="Questions and the facts they need may go to the outside model."
    )
    coach = StrictFlag(required=False, help_text="Your coaches may read your conversations.")
    review = StrictFlag(required=False, help_text="Staff may read answers reported as wrong, and raised red flags.")
    retention_days = StrictWhole(
        required=False,
        allow_null=True,
        min_value=1,
        max_value=MAX_RETENTION_DAYS,
        help_text="Conversations unused for so many days are deleted; null: as long as this instance keeps them.",
    )


class ConsentOut(serializers.Serializer):  # type: ignore[type-arg]
    """What the athlete allows the advisor, and since when."""

    outside_model = serializers.BooleanField()
    outside_model_at = serializers.DateTimeField(allow_null=True)
    coach = serializers.BooleanField()
    coach_at = serializers.DateTimeField(allow_null=True)
    review = serializers.BooleanField()
    review_at = serializers.DateTimeField(allow_null=True)
    retention_days = serializers.IntegerField(allow_null=True, help_text="As the athlete has said; null: nothing said.")
    default_retention_days = serializers.IntegerField(allow_null=True, help_text="Of this instance; null: kept.")


class FeedbackOut(serializers.Serializer):  # type: ignore[type-arg]
    """What the athlete said about an answer."""

    verdict = serializers.ChoiceField(choices=Feedback.Verdict.values)
    note = serializers.CharField()


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
    feedback = FeedbackOut(allow_null=True, help_text="Only the athlete sees it.")
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
