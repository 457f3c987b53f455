"""An answer as a stream of events, for whoever reads it while it is made.

`accepted` (the question is stored, in this conversation), `token` (checked words), `restart` (forget the words so far),
then `done` with the whole answer, or `error` with a refusal in the shape of all refusals.
"""

from __future__ import annotations

import json
import queue
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import close_old_connections

from advisor.answering import Listener, pieces_of

# So long an answer may still be refused by its status; after that the refusal is an event of the stream.
PATIENCE_SECONDS = 2.0
# Somebody who has left is only noticed by writing to them.
PULSE_SECONDS = 1.0
_PULSE = b": still here\n\n"
# More than a web process has threads of its own. They are kept because a new one opens the database anew.
MOST_AT_ONCE = 64
_threads = ThreadPoolExecutor(max_workers=MOST_AT_ONCE, thread_name_prefix="advisor-answer")
_DONE, _FAILED = "done", "failed"


def event(name: str, data: Any) -> bytes:
    """One server-sent event."""
    return f"event: {name}\ndata: {json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False)}\n\n".encode()


class AnswerStream:
    """Makes an answer in a thread of its own; when its reader leaves, the answer is canceled.

    `make` gets the listener and returns the document of the answer, or raises.
    """

    def __init__(self, make: Callable[[Listener], dict[str, Any]]) -> None:
        self._make = make
        self._events: queue.SimpleQueue[tuple[str, Any]] = queue.SimpleQueue()
        self._first: list[tuple[str, Any]] = []
        self._left = threading.Event()
        # Refusals and audit rows name the request they belong to, in whatever thread they are written.
        self._context = copy_context()

    def start(self) -> None:
        """Begins. Returns when there are words or a while has passed; raises what the answer was refused with until
        then."""
        _threads.submit(self._context.run, self._run)
        try:
            while True:
                found = self._events.get(timeout=PATIENCE_SECONDS)
                if found[0] == _FAILED:
                    raise found[1]
                self._first.append(found)
                if found[0] in ("token", _DONE):
                    return
        except queue.Empty:
            return

    def read(self, refusal: Callable[[Exception], dict[str, Any]]) -> Iterator[bytes]:
        """The events to send; `refusal` says how an error reads."""
        try:
            for name, data in self._first:
                yield event(name, data)
                if name == _DONE:
                    return
            while True:
                try:
                    name, data = self._events.get(timeout=PULSE_SECONDS)
                except queue.Empty:
                    yield _PULSE
                    continue
                yield event("error", self._context.copy().run(refusal, data)) if name == _FAILED else event(name, data)
                if name in (_DONE, _FAILED):
                    return
        finally:
            self._left.set()

    def _run(self) -> None:
        listener = Listener(tell=lambda name, data: self._events.put((name, data)), is_cancelled=self._left.is_set)
        try:
            self._events.put((_DONE, self._make(listener)))
        except Exception as error:
            self._events.put((_FAILED, error))
        finally:
            close_old_connections()


def told_at_once(document: dict[str, Any]) -> Iterator[bytes]:
    """The same events for an answer that is there already."""
    yield event("accepted", {"conversation_id": document["conversation_id"]})
    for piece in pieces_of(document["reply"]):
        yield event("token", {"text": piece})
    yield event(_DONE, document)
