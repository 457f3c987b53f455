"""Answers that come as a stream of events, over HTTP: the response around the events, and how a refusal reads in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import StreamingHttpResponse

from nutrition_site.kernel.api.exceptions import handle

EVENT_STREAM = "text/event-stream"


def as_stream(events: Iterator[bytes]) -> StreamingHttpResponse:
    """The events as they come; no proxy may hold them back."""
    return StreamingHttpResponse(
        events, content_type=EVENT_STREAM, headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    )


def refusal_body(error: Exception) -> dict[str, Any]:
    """What a stream says when the answer is refused after it began: the body that a refusal has anywhere."""
    return dict(handle(error, {}).data)
