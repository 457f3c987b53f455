"""What comes in about the outgoing feed."""

from __future__ import annotations

from nutrition_site.kernel.api.operations import StrictSerializer
from planning.serializers import FlagField


class FeedIn(StrictSerializer):
    """Which parts the feed shows; what is left out keeps its setting."""

    meals = FlagField(required=False)
    fueling = FlagField(required=False)
    shopping = FlagField(required=False)
