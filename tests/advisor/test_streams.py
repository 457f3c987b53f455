"""Streams of events around an answer."""

from __future__ import annotations

import json

from advisor import streaming
from advisor.event_responses import refusal_body
from nutrition_site.kernel.context import request_id
from nutrition_site.kernel.errors import DomainError


def test_a_refusal_in_a_stream_names_its_request(monkeypatch):
    monkeypatch.setattr(streaming, "PATIENCE_SECONDS", 0.05)
    heard = []

    def make(listener):
        listener.tell("token", {"text": "Once "})
        heard.append(request_id.get())
        raise DomainError("Too slow.", code="ai_timeout", status=504)

    token = request_id.set("req_stream")
    stream = streaming.AnswerStream(make)
    stream.start()
    request_id.reset(token)
    name, data = b"".join(stream.read(refusal_body)).decode().strip().split("\n\n")[-1].split("\n")
    body = json.loads(data.removeprefix("data: "))["error"]
    assert (name, body["code"], body["request_id"], heard) == (
        "event: error", "ai_timeout", "req_stream", ["req_stream"],
    )  # fmt: skip
