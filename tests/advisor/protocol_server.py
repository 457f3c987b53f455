"""A small server on loopback that speaks the Messages API from a script, and remembers what it was sent."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from advisor.signing import verify_request

WORDS_A_DELTA = 3


def text_answer(text: str, **fields: Any) -> dict[str, Any]:
    return _answer([{"type": "text", "text": text}], "end_turn", **fields)


def tool_answer(name: str, arguments: Any, identifier: str = "toolu_1", *, saying: str = "") -> dict[str, Any]:
    words = [{"type": "text", "text": saying}] if saying else []
    return _answer([*words, {"type": "tool_use", "id": identifier, "name": name, "input": arguments}], "tool_use")


def _answer(content: list[dict[str, Any]], stop_reason: str, **fields: Any) -> dict[str, Any]:
    return {
        "id": "msg_scripted",
        "type": "message",
        "role": "assistant",
        "model": "scripted",
        "content": content,
        "stop_reason": stop_reason,
        "stop_sequence": None,
        "usage": {"input_tokens": 11, "output_tokens": 7},
        **fields,
    }


@dataclass(frozen=True)
class Streamed:
    """An answer as events, `pause_seconds` between them; `cut_after` so many the connection is closed."""

    answer: dict[str, Any]
    pause_seconds: float = 0.0
    cut_after: int | None = None


@dataclass(frozen=True)
class Silent:
    """Takes the request and says nothing, not even a status."""

    seconds: float


@dataclass(frozen=True)
class HangUp:
    """Takes the request and closes the connection without a byte."""


@dataclass(frozen=True)
class RawEvents:
    """Bytes that are sent as an event stream."""

    payload: bytes


def events_of(answer: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The events by which the Messages API streams this answer."""
    usage = answer["usage"]
    begun = {**answer, "content": [], "stop_reason": None, "usage": {**usage, "output_tokens": 1}}
    yield "message_start", {"message": begun}
    for index, block in enumerate(answer["content"]):
        if block["type"] == "text":
            yield "content_block_start", {"index": index, "content_block": {"type": "text", "text": ""}}
            for piece in _pieces(block["text"]):
                yield "content_block_delta", {"index": index, "delta": {"type": "text_delta", "text": piece}}
        else:
            yield "content_block_start", {"index": index, "content_block": {**block, "input": {}}}
            text = json.dumps(block["input"])
            for piece in (text[: len(text) // 2], text[len(text) // 2 :]):
                delta = {"type": "input_json_delta", "partial_json": piece}
                yield "content_block_delta", {"index": index, "delta": delta}
        yield "content_block_stop", {"index": index}
    ending = {"stop_reason": answer["stop_reason"], "stop_sequence": None}
    yield "message_delta", {"delta": ending, "usage": {"output_tokens": usage["output_tokens"]}}
    yield "message_stop", {}


def _pieces(text: str) -> Iterator[str]:
    words = text.split(" ")
    for start in range(0, len(words), WORDS_A_DELTA):
        yield (" " if start else "") + " ".join(words[start : start + WORDS_A_DELTA])


class ProtocolServer:
    """Answers the n-th request with the n-th step of the script; the last step repeats.

    A step is a dict (an answer: JSON, or events where the request asks for a stream), `(status, bytes, content type)`
    with headers as a fourth part, a number of seconds to drip bytes, Streamed, Silent, HangUp, RawEvents, or a callable
    of the request body that returns one of these. With a `secret` the signature of every request is verified
    (`verdicts`), and a wrong one is a 401. `gone` is set when a client leaves before its answer was over.
    """

    def __init__(self, script: list[Any], *, secret: str = "") -> None:
        self.requests: list[dict[str, Any]] = []
        self.verdicts: list[bool] = []
        self.gone = threading.Event()
        self._script = script
        self._secret = secret
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                server._answer(self)

            def log_message(self, *args: Any) -> None:
                return

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._http.server_address[1]}"
        threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def close(self) -> None:
        self._http.shutdown()
        self._http.server_close()

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        raw = handler.rfile.read(int(handler.headers["Content-Length"]))
        headers = {name.lower(): value for name, value in handler.headers.items()}
        body = json.loads(raw)
        self.requests.append({"path": handler.path, "headers": headers, "raw": raw, "body": body})
        step = self._script[min(len(self.requests), len(self._script)) - 1]
        if self._secret and not self._verify(handler.path, headers, raw):
            step = (401, b'{"type":"error","error":{"type":"authentication_error","message":"no"}}', "application/json")
        if callable(step):
            step = step(body)
        try:
            self._play(handler, step, streamed=bool(body.get("stream")))
        except (BrokenPipeError, ConnectionResetError):
            self.gone.set()

    def _verify(self, path: str, headers: dict[str, str], raw: bytes) -> bool:
        verdict = verify_request(
            secret=self._secret,
            timestamp=headers.get("x-signature-timestamp", ""),
            signature=headers.get("x-signature", ""),
            method="POST",
            path=path,
            body=raw,
            now_seconds=time.time(),
        )
        self.verdicts.append(verdict)
        return verdict

    def _play(self, handler: BaseHTTPRequestHandler, step: Any, *, streamed: bool) -> None:
        if isinstance(step, dict):
            step = Streamed(step) if streamed else (200, json.dumps(step).encode(), "application/json")
        if isinstance(step, HangUp):
            handler.close_connection = True
        elif isinstance(step, Silent):
            self._keep_silent(handler, step.seconds)
        elif isinstance(step, int | float):
            self._drip(handler, step, "text/event-stream" if streamed else "application/json")
        elif isinstance(step, Streamed):
            self._stream(handler, step)
        elif isinstance(step, RawEvents):
            _send(handler, 200, step.payload, "text/event-stream")
        else:
            _send(handler, *step)

    def _keep_silent(self, handler: BaseHTTPRequestHandler, seconds: float) -> None:
        end = time.monotonic() + seconds
        handler.connection.settimeout(0.02)
        while time.monotonic() < end:
            try:
                if handler.connection.recv(1) == b"":
                    self.gone.set()
                    break
            except TimeoutError:
                continue
        handler.close_connection = True

    def _drip(self, handler: BaseHTTPRequestHandler, seconds: float, kind: str) -> None:
        end = time.monotonic() + seconds
        handler.send_response(200)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", "100000")
        handler.end_headers()
        while time.monotonic() < end:
            handler.wfile.write(b" " if kind == "application/json" else b": still here\n\n")
            handler.wfile.flush()
            time.sleep(0.05)

    def _stream(self, handler: BaseHTTPRequestHandler, step: Streamed) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/event-stream")
        handler.end_headers()
        for number, (name, data) in enumerate(events_of(step.answer)):
            if number == step.cut_after:
                break
            handler.wfile.write(f"event: {name}\ndata: {json.dumps({'type': name, **data})}\n\n".encode())
            handler.wfile.flush()
            time.sleep(step.pause_seconds)
        handler.close_connection = True


def _send(
    handler: BaseHTTPRequestHandler, status: int, payload: bytes, kind: str, headers: dict[str, str] | None = None
) -> None:
    handler.send_response(status)
    handler.send_header("Content-Type", kind)
    for name, value in {"Content-Length": str(len(payload)), **(headers or {})}.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(payload)
    handler.close_connection = True
