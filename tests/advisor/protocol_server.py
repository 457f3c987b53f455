"""A small server on loopback that speaks the Messages API from a script, and remembers what it was sent."""

from __future__ import annotations

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


def text_answer(text: str, **fields: Any) -> dict[str, Any]:
    return _answer([{"type": "text", "text": text}], "end_turn", **fields)


def tool_answer(name: str, arguments: Any, identifier: str = "toolu_1") -> dict[str, Any]:
    return _answer([{"type": "tool_use", "id": identifier, "name": name, "input": arguments}], "tool_use")


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


class ProtocolServer:
    """Answers the n-th request with the n-th step of the script; the last step repeats.

    A step is a dict (200 JSON), `(status, bytes, content type)`, a number of seconds to hang, or a callable of the
    request body that returns one of these.
    """

    def __init__(self, script: list[Any]) -> None:
        self.requests: list[dict[str, Any]] = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                server.requests.append({"path": self.path, "headers": headers, "raw": body, "body": json.loads(body)})
                step = script[min(len(server.requests), len(script)) - 1]
                if callable(step):
                    step = step(json.loads(body))
                try:
                    self._play(step)
                except (BrokenPipeError, ConnectionResetError):
                    return

            def _play(self, step: Any) -> None:
                if isinstance(step, int | float):
                    end = time.monotonic() + step
                    self.send_response(200)
                    self.send_header("Content-Type", "application/json")
                    self.send_header("Content-Length", "100000")
                    self.end_headers()
                    while time.monotonic() < end:
                        self.wfile.write(b" ")
                        self.wfile.flush()
                        time.sleep(0.05)
                    return
                status, payload, kind = (
                    (200, json.dumps(step).encode(), "application/json") if isinstance(step, dict) else step
                )
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(payload)))
                self.end_headers()
                self.wfile.write(payload)

            def log_message(self, *args: Any) -> None:
                return

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._http.server_address[1]}"
        threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def close(self) -> None:
        self._http.shutdown()
        self._http.server_close()
