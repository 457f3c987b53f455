"""The advisor on Anthropic's Messages API, or on a gateway that speaks it. The only file that knows the SDK."""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from advisor.backends.protocol import AdviceContext, BackendFailed, Draft
from advisor.backends.slots import LocalSlots, RedisSlots
from advisor.prompts import SYSTEM, TODAY, WITHHELD, fence
from advisor.signing import SIGNATURE_HEADER, TIMESTAMP_HEADER, sign_request
from advisor.tool_calls import DEFINITIONS, ToolCalls
from advisor.words import WEEKDAYS
from nutrition_site.kernel import clock
from nutrition_site.kernel.errors import DomainError

log = logging.getLogger(__name__)

# Said here, so that no variable meant for other programs sends an athlete's data elsewhere.
API_URL = "https://api.anthropic.com"
MAX_STEPS = 8
MAX_TOOL_CALLS = 24
MAX_OUTPUT_TOKENS = 1200
MAX_TOTAL_TOKENS = 120_000
HISTORY_MESSAGES = 12
RETRY_SECONDS = 0.5
# A retry that could not finish anyway is not worth its cost.
RETRY_NEEDS_SECONDS = 1.5
_RETRYABLE = frozenset({429, 500, 502, 503, 504, 529})
_PASSED_ON = frozenset({"plan_infeasible"})


class TimedOut(DomainError):
    """504: the model did not answer in time; the question is kept."""

    status = 504
    code = "ai_timeout"
    message = "The advisor took too long to answer. Your question is kept; please ask again."


@dataclass(frozen=True, slots=True)
class Settings:
    """Where and how to reach the model; `timeout_seconds` is for the whole answer, tools included."""

    api_key: str
    api_secret: str
    model: str
    base_url: str
    timeout_seconds: float


class AnthropicBackend:
    """Runs the tool loop of one answer within its time, steps and tokens."""

    name = "anthropic"

    def __init__(self, settings: Settings, slots: LocalSlots | RedisSlots) -> None:
        self._settings = settings
        self._slots = slots

    def reply(self, context: AdviceContext) -> Draft:
        """A draft whose numbers are not checked yet.

        Raises TimedOut (504) after the whole time, Busy (503) without a free slot, BackendFailed for everything
        else that goes wrong upstream, and PlanInfeasible from the tools. Safe to call again.
        """
        limit = self._settings.timeout_seconds
        with self._slots.take(lease_seconds=limit + 5):
            return _Conversation(self._settings, context, deadline=time.monotonic() + limit).run()


class _Conversation:
    """One answer: messages so far, what may still be spent, and the client that signs."""

    def __init__(self, settings: Settings, context: AdviceContext, *, deadline: float) -> None:
        self._settings = settings
        self._context = context
        self._deadline = deadline
        self._mark = secrets.token_hex(6)
        self._calls = ToolCalls(context.tools)
        self._usage: dict[str, Any] = {
            "input_tokens": 0,
            "output_tokens": 0,
            "steps": 0,
            "tool_calls": 0,
            "model": settings.model,
        }

    def run(self) -> Draft:
        import anthropic

        client = self._client(anthropic)
        try:
            reply = self._loop(client)
        except anthropic.APITimeoutError:
            raise TimedOut() from None
        except anthropic.APIStatusError as error:
            raise BackendFailed(f"status_{error.status_code}") from None
        except anthropic.AnthropicError as error:
            raise BackendFailed(type(error).__name__) from None
        finally:
            client.close()
        tools = self._context.tools
        return Draft(
            reply=reply,
            backend=AnthropicBackend.name,
            kind="model",
            facts=tuple(tools.collected()),
            days=frozenset(tools.days),
            proposals=tuple(self._calls.proposals),
            usage=dict(self._usage),
        )

    def _client(self, anthropic: Any) -> Any:
        from httpx2 import Client, Timeout

        settings = self._settings

        def sign(request: Any) -> None:
            if not settings.api_secret:
                return
            stamp = int(clock.now().timestamp())
            request.headers[TIMESTAMP_HEADER] = str(stamp)
            request.headers[SIGNATURE_HEADER] = sign_request(
                secret=settings.api_secret,
                timestamp=stamp,
                method=request.method,
                path=request.url.raw_path.decode("ascii"),
                body=request.read(),
            )

        left = max(0.05, self._deadline - time.monotonic())
        transport = Client(event_hooks={"request": [sign]}, timeout=Timeout(left), trust_env=False)
        return anthropic.Anthropic(
            api_key=settings.api_key,
            base_url=settings.base_url or API_URL,
            max_retries=0,
            # Spans could carry what an athlete wrote.
            open_telemetry=False,
            http_client=transport,
        )

    def _loop(self, client: Any) -> str:
        messages = self._opening()
        for _ in range(MAX_STEPS):
            answer = self._ask(client, messages)
            uses = [block for block in answer.content if block.type == "tool_use"]
            if not uses:
                text = "".join(block.text for block in answer.content if block.type == "text").strip()
                if not text or answer.stop_reason == "max_tokens":
                    raise BackendFailed("no_text" if not text else "cut_off")
                return text
            messages.append({"role": "assistant", "content": [_plain(block) for block in answer.content]})
            messages.append({"role": "user", "content": [self._result(use) for use in uses]})
            spent = self._usage["input_tokens"] + self._usage["output_tokens"]
            if self._usage["tool_calls"] > MAX_TOOL_CALLS or spent > MAX_TOTAL_TOKENS:
                raise BackendFailed("limit")
        raise BackendFailed("steps")

    def _opening(self) -> list[dict[str, Any]]:
        """History and question; neighbors of one role are joined, because roles must alternate."""
        rows = [*self._context.history[-HISTORY_MESSAGES:]]
        turns = [("user" if row.role == "athlete" else "assistant", row.text) for row in rows]
        turns.append(("user", self._context.message))
        messages: list[dict[str, Any]] = []
        for role, text in turns:
            if messages and messages[-1]["role"] == role:
                messages[-1]["content"] += "\n\n" + text
            elif messages or role == "user":
                messages.append({"role": role, "content": text})
        return messages

    def _system(self) -> list[dict[str, Any]]:
        tools = self._context.tools
        place = clock.zone_name_now(tools.athlete.zones)
        today = TODAY.format(weekday=WEEKDAYS[tools.today.weekday()], day=tools.today.isoformat(), zone=place)
        stable = {"type": "text", "text": SYSTEM, "cache_control": {"type": "ephemeral"}}
        return [stable, {"type": "text", "text": today + (WITHHELD if self._context.withheld else "")}]

    def _ask(self, client: Any, messages: list[dict[str, Any]]) -> Any:
        import anthropic

        def send() -> Any:
            return client.messages.create(
                model=self._settings.model,
                max_tokens=MAX_OUTPUT_TOKENS,
                system=self._system(),
                tools=list(DEFINITIONS),
                messages=messages,
                timeout=max(0.05, self._deadline - time.monotonic()),
            )

        try:
            answer = self._in_time(send, client)
        except anthropic.APIStatusError as error:
            left = self._deadline - time.monotonic()
            if error.status_code not in _RETRYABLE or left < RETRY_NEEDS_SECONDS:
                raise
            time.sleep(RETRY_SECONDS)
            answer = self._in_time(send, client)
        usage, content = getattr(answer, "usage", None), getattr(answer, "content", None)
        if usage is None or not isinstance(content, list) or not all(hasattr(block, "type") for block in content):
            raise BackendFailed("malformed")
        self._usage["steps"] += 1
        self._usage["input_tokens"] += usage.input_tokens or 0
        self._usage["output_tokens"] += usage.output_tokens or 0
        return answer

    def _in_time(self, send: Callable[[], Any], client: Any) -> Any:
        """The result of `send`, or TimedOut. A server that drips bytes never trips a read time-out, so a clock
        outside the request decides and the connection is closed under it."""
        outcome: dict[str, Any] = {}

        def work() -> None:
            try:
                outcome["answer"] = send()
            except BaseException as error:
                outcome["error"] = error

        thread = threading.Thread(target=work, daemon=True, name="advisor-model")
        thread.start()
        thread.join(max(0.0, self._deadline - time.monotonic()))
        if thread.is_alive():
            client.close()
            raise TimedOut()
        error = outcome.get("error")
        if isinstance(error, ValueError | TypeError | AttributeError | KeyError):
            # What came back is no Messages API answer: cut JSON, another shape.
            raise BackendFailed("malformed") from None
        if error is not None:
            raise error
        return outcome["answer"]

    def _result(self, use: Any) -> dict[str, Any]:
        self._usage["tool_calls"] += 1
        if time.monotonic() > self._deadline:
            raise TimedOut()
        try:
            text, failed = fence(use.name, self._calls.run(use.name, use.input), mark=self._mark), False
        except DomainError as error:
            if error.code in _PASSED_ON:
                raise
            text, failed = f"{error.code}: {error.message}", True
        return {"type": "tool_result", "tool_use_id": use.id, "content": text, "is_error": failed}


def _plain(block: Any) -> dict[str, Any]:
    if block.type == "tool_use":
        return {"type": "tool_use", "id": block.id, "name": block.name, "input": block.input}
    return {"type": "text", "text": getattr(block, "text", "")}
