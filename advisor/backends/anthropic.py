"""The advisor on Anthropic's Messages API, or on a gateway that speaks it. The only file that knows the SDK."""

from __future__ import annotations

import random
import secrets
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from advisor.backends import estimates
from advisor.backends.breaker import Breaker
from advisor.backends.photos import read_photo
from advisor.backends.protocol import AdviceContext, BackendFailed, Cancelled, Draft, in_cyrillic
from advisor.backends.retries import RequestFailed, wait_asked
from advisor.backends.slots import LocalSlots, RedisSlots
from advisor.backends.transport import OutOfTime, Transport, pause, timeout_within
from advisor.backends.voice import Voice
from advisor.prompts import CACHED, fence, opening_messages, system_blocks, with_cached_end
from advisor.spending import carry_usage
from advisor.tool_calls import DEFINITIONS, ToolCalls
from nutrition_site.kernel import clock
from nutrition_site.kernel.errors import Conflict, DomainError

# Said here, so that no variable meant for other programs sends an athlete's data elsewhere.
API_URL = "https://api.anthropic.com"
MAX_STEPS = 8
MAX_TOOL_CALLS = 24
MAX_OUTPUT_TOKENS = 1200
MAX_TOTAL_TOKENS = 120_000
MAX_RETRIES = 2
RETRY_SECONDS = 0.5
# A retry, or a repair, that could not finish anyway is not worth its cost.
RETRY_NEEDS_SECONDS = 1.5
_RETRYABLE = frozenset({429, 500, 502, 503, 504, 529})
# What speaks against the model as a whole, and not against this question.
_OUTAGES = frozenset({401, 402, 403, 404, 408, *_RETRYABLE})
# A stream that fails after it began says so in an event, without a status.
_STATUS_OF_EVENT = {"overloaded_error": 529, "rate_limit_error": 429, "api_error": 500, "timeout_error": 504}
# With any other reason (`max_tokens`, `pause_turn`, one that is not known yet) the turn is not whole.
_WHOLE = frozenset({"end_turn", "stop_sequence", "tool_use", "refusal"})
# These solve plans; without so much time left the model is told to answer without them.
SLOW_TOOLS = frozenset({"what_if_plan", "what_if_without_food", "propose_replan"})
SLOW_TOOL_SECONDS = 5.0
_PASSED_ON = frozenset({"plan_infeasible"})


class TimedOut(DomainError):
    """504: the model did not answer in time; the question is kept."""

    status = 504
    code = "ai_timeout"
    message = "The advisor took too long to answer. Your question is kept; please ask again."


@dataclass(frozen=True, slots=True)
class Settings:
    """Where and how to reach the model; `timeout_seconds` is for the whole answer, tools and a repair included."""

    api_key: str
    api_secret: str
    model: str
    base_url: str
    timeout_seconds: float


class AnthropicBackend:
    """Runs the tool loop of one answer within its time, steps and tokens."""

    name = "anthropic"

    def __init__(self, settings: Settings, slots: LocalSlots | RedisSlots, breaker: Breaker | None = None) -> None:
        # Loading the SDK takes seconds on a busy machine; no answer's clock runs yet.
        import anthropic  # noqa: F401

        self._settings = settings
        self._slots = slots
        self._breaker = breaker

    def reply(self, context: AdviceContext) -> Draft:
        """A draft whose numbers are not checked yet; its words go to `context.emit` while they are written.

        Raises Cancelled, TimedOut (504) after the whole time, Busy (503) without a free slot, BackendFailed for
        everything else that goes wrong upstream, and from the tools PlanInfeasible, from a photo what `read_photo`
        raises. `advisor.spending.usage_of` tells what was used up to an error. Safe to call again.
        """
        limit = self._settings.timeout_seconds
        if context.findings:
            # A repair has what is left of the time of its question.
            limit -= min(limit, max(0.0, (clock.now() - context.tools.now).total_seconds()))
            if limit < min(RETRY_NEEDS_SECONDS, self._settings.timeout_seconds / 2):
                raise BackendFailed("no_time_to_repair")
        conversation = _Conversation(self._settings, context)
        if self._breaker is not None:
            self._breaker.enter()
        try:
            with self._slots.take(lease_seconds=limit + 5):
                return conversation.run(deadline=time.monotonic() + limit)
        except Exception as error:
            carry_usage(error, conversation.usage("cancelled" if isinstance(error, Cancelled) else _code_of(error)))
            raise
        finally:
            if self._breaker is not None:
                self._breaker.leave(conversation.is_well)

    def preview(self, context: AdviceContext) -> dict[str, Any]:
        """The body of the first request for this question, as it would be sent; sends nothing and takes no slot."""
        return _Conversation(self._settings, context).preview()


def _code_of(error: Exception) -> str:
    return str(getattr(error, "code", type(error).__name__))


class _Conversation:
    """One answer: messages so far, what may still be spent, and the connection."""

    def __init__(self, settings: Settings, context: AdviceContext) -> None:
        self._settings = settings
        self._context = context
        self._mark = secrets.token_hex(6)
        self._calls = ToolCalls(context.tools, withheld=context.withheld)
        self._estimate = estimates.MealEstimate(context.tools)
        self._voice = Voice(context.emit)
        self._photo = None if context.photo is None else read_photo(context.photo.content)
        self._deadline = 0.0
        self._retries = self._steps = self._tool_calls = 0
        self._spent: dict[str, int] = {}
        self._turn: dict[str, int] = {}
        # Whether the model answers: None while that has not been found out.
        self.is_well: bool | None = None

    def usage(self, outcome: str) -> dict[str, Any]:
        """What was used so far, the turn under way included as far as the other side has told."""
        names = ("input_tokens", "output_tokens", "cache_read_tokens", "cache_write_tokens")
        return {
            **{name: self._spent.get(name, 0) + self._turn.get(name, 0) for name in names},
            "steps": self._steps,
            "tool_calls": self._tool_calls,
            "retries": self._retries,
            "model": self._settings.model,
            "outcome": outcome,
        }

    def run(self, *, deadline: float) -> Draft:
        self._deadline = deadline
        transport = Transport(secret=self._settings.api_secret)
        try:
            reply = self._loop(transport)
        except OutOfTime:
            self.is_well = False
            raise TimedOut() from None
        except RequestFailed as failure:
            raise BackendFailed(failure.code) from None
        finally:
            transport.close()
        tools = self._context.tools
        return Draft(
            reply=reply,
            backend=AnthropicBackend.name,
            kind="model",
            facts=tuple(tools.collected()),
            days=frozenset(tools.days),
            proposals=tuple(self._calls.proposals),
            usage=self.usage("answered"),
        )

    def _loop(self, transport: Transport) -> str:
        import anthropic

        client = anthropic.Anthropic(
            api_key=self._settings.api_key,
            base_url=self._settings.base_url or API_URL,
            max_retries=0,
            # Spans could carry what an athlete wrote.
            open_telemetry=False,
            http_client=transport.client,
        )
        messages = self._opening()
        for _ in range(MAX_STEPS):
            answer = self._ask(transport, client, messages)
            uses = [block for block in answer.content if block.type == "tool_use"]
            if answer.stop_reason not in _WHOLE:
                # Also the arguments of a tool may end anywhere.
                raise BackendFailed("cut_off")
            if not uses:
                return self._answer_of(answer)
            messages.append({"role": "assistant", "content": [_plain(block) for block in answer.content]})
            messages.append({"role": "user", "content": [self._result(use) for use in uses]})
            if self._tool_calls > MAX_TOOL_CALLS or sum(self._spent.values()) > MAX_TOTAL_TOKENS:
                raise BackendFailed("limit")
        raise BackendFailed("steps")

    def _answer_of(self, answer: Any) -> str:
        text = "".join(block.text for block in answer.content if block.type == "text").strip()
        if not text or answer.stop_reason == "refusal":
            raise BackendFailed("no_text" if not text else "refused")
        ranges = self._estimate.sentence(language=self._context.language, withheld=self._context.withheld)
        addition = f"\n\n{ranges}" if ranges else ""
        self._voice.finish(addition)
        return text + addition

    def preview(self) -> dict[str, Any]:
        """The body of the first request; nothing is sent."""
        return self._body(self._opening())

    # --- one request ---
    def _opening(self) -> list[dict[str, Any]]:
        context = self._context
        return opening_messages(
            question=context.message,
            history=context.history,
            summary=context.summary,
            findings=context.findings,
            photo=self._photo,
            mark=self._mark,
        )

    def _body(self, messages: list[dict[str, Any]]) -> dict[str, Any]:
        context = self._context
        tools: list[dict[str, Any]] = [*DEFINITIONS[:-1], {**DEFINITIONS[-1], "cache_control": CACHED}]
        if self._photo is not None:
            # Behind the mark, so that questions with and without a photo share what is cached before it.
            tools.append(estimates.DEFINITION)
        return {
            "model": self._settings.model,
            "max_tokens": MAX_OUTPUT_TOKENS,
            "system": system_blocks(
                today=context.tools.today,
                zone=clock.zone_name_now(context.tools.athlete.zones),
                language="sr-Cyrl" if in_cyrillic(context) else context.language,
                withheld=context.withheld,
                has_photo=self._photo is not None,
            ),
            "tools": tools,
            "messages": with_cached_end(messages),
        }

    def _ask(self, transport: Transport, client: Any, messages: list[dict[str, Any]]) -> Any:
        """The model's next turn, asked again while that is safe and there is time."""
        while True:
            self._voice.begin_turn()
            self._turn = {}
            try:
                answer = self._ask_once(transport, client, messages)
            except RequestFailed as failure:
                wait = failure.wait_seconds
                if wait is None:
                    wait = RETRY_SECONDS * 2**self._retries * random.uniform(0.75, 1.25)
                left = self._deadline - time.monotonic() - wait
                if not failure.is_safe or self._retries >= MAX_RETRIES or left < RETRY_NEEDS_SECONDS:
                    self.is_well = failure.status not in _OUTAGES and failure.status != 0
                    raise
                self._retries += 1
                pause(wait, is_cancelled=self._context.is_cancelled)
                continue
            self._settle()
            self._steps += 1
            self.is_well = True
            return answer

    def _settle(self) -> None:
        for name, value in self._turn.items():
            self._spent[name] = self._spent.get(name, 0) + value
        self._turn = {}

    def _ask_once(self, transport: Transport, client: Any, messages: list[dict[str, Any]]) -> Any:
        request = {**self._body(messages), "timeout": timeout_within(self._deadline - time.monotonic())}
        heard: list[str] = []

        def work(put: Callable[[Any], None]) -> Any:
            def hand_on(item: tuple[str, Any]) -> None:
                heard.append(item[0])
                put(item)

            with _failures_told(transport, heard):
                return (_stream if self._voice.is_wanted else _create)(client, request, hand_on)

        def hear(item: tuple[str, Any]) -> None:
            kind, value = item
            if kind == "usage":
                self._turn.update(value)
            elif kind == "text":
                self._voice.hear(value)
            else:
                self._voice.mute_turn()

        tools = self._context.tools
        answer = transport.listen(
            work,
            deadline=self._deadline,
            is_cancelled=self._context.is_cancelled,
            hear=hear,
            # The checks will ask for it with the first sentence.
            meanwhile=lambda: tools.food_book,
        )
        usage, content = getattr(answer, "usage", None), getattr(answer, "content", None)
        if usage is None or not isinstance(content, list) or not all(map(_is_sound, content)):
            raise RequestFailed("malformed")
        self._turn.update(_tokens_of(usage))
        return answer

    # --- tools ---
    def _result(self, use: Any) -> dict[str, Any]:
        self._tool_calls += 1
        if self._context.is_cancelled():
            raise Cancelled()
        if time.monotonic() > self._deadline:
            raise TimedOut()
        try:
            text, failed = fence(use.name, self._run_tool(use.name, use.input), mark=self._mark), False
        except DomainError as error:
            if error.code in _PASSED_ON:
                raise
            text, failed = f"{error.code}: {error.message}", True
        return {"type": "tool_result", "tool_use_id": use.id, "content": text, "is_error": failed}

    def _run_tool(self, name: str, arguments: Any) -> dict[str, Any]:
        if name == estimates.TOOL and self._photo is not None:
            return self._estimate.run(arguments)
        if name in SLOW_TOOLS and self._deadline - time.monotonic() < SLOW_TOOL_SECONDS:
            raise Conflict("There is no time left for this; answer without it.", code="no_time")
        return self._calls.run(name, arguments)


def _create(client: Any, request: Mapping[str, Any], put: Callable[[Any], None]) -> Any:
    return client.messages.create(**request)


def _stream(client: Any, request: Mapping[str, Any], put: Callable[[Any], None]) -> Any:
    """The whole message, its words and token counts handed on as they come."""
    has_ended = False
    with client.messages.stream(**request) as events:
        if not events.response.headers.get("content-type", "").startswith("text/event-stream"):
            raise RequestFailed("malformed")
        for event in events:
            if event.type == "message_start":
                put(("usage", _tokens_of(event.message.usage)))
            elif event.type == "message_delta":
                put(("usage", _tokens_of(event.usage)))
            elif event.type == "content_block_delta" and event.delta.type == "text_delta":
                put(("text", event.delta.text))
            elif event.type == "content_block_start" and event.content_block.type == "tool_use":
                put(("tool", None))
            elif event.type == "message_stop":
                has_ended = True
        if not has_ended:
            raise RequestFailed("cut_stream")
        return events.current_message_snapshot


@contextmanager
def _failures_told(transport: Transport, heard: list[str]) -> Iterator[None]:
    """Whatever goes wrong with one request, as a RequestFailed; asking again is safe while no answer has begun.

    Its message could quote what an athlete wrote, so nothing of it goes on.
    """
    import anthropic
    from httpx2 import TransportError

    try:
        yield
    except RequestFailed:
        raise
    except (anthropic.APIConnectionError, TransportError):
        # Also a connection that is not made in its time: the answer's own time ends before the request's.
        answered = transport.has_answered
        raise RequestFailed("cut_stream" if answered else "unreachable", is_safe=not answered) from None
    except anthropic.APIStatusError as error:
        status = error.status_code
        if status == 200:
            status = _STATUS_OF_EVENT.get(str(error.type), 500)
        raise RequestFailed(
            f"status_{status}",
            status=status,
            is_safe=status in _RETRYABLE and not heard,
            wait_seconds=wait_asked(error.response.headers),
        ) from None
    except anthropic.AnthropicError as error:
        raise RequestFailed(type(error).__name__) from None
    except Exception:
        # What came back is no Messages API answer: cut JSON, events out of order, another shape.
        raise RequestFailed("malformed") from None


def _tokens_of(usage: Any) -> dict[str, int]:
    """Token counts under our own names; what the other side does not tell is left out."""
    found = {
        "input_tokens": getattr(usage, "input_tokens", None),
        "output_tokens": getattr(usage, "output_tokens", None),
        "cache_read_tokens": getattr(usage, "cache_read_input_tokens", None),
        "cache_write_tokens": getattr(usage, "cache_creation_input_tokens", None),
    }
    return {name: value for name, value in found.items() if isinstance(value, int) and value >= 0}


def _is_sound(block: Any) -> bool:
    """Whether a block has what is needed to go on with it; the SDK builds blocks from any JSON."""
    kind = getattr(block, "type", None)
    if kind == "tool_use":
        names = (getattr(block, "id", None), getattr(block, "name", None))
        return all(isinstance(name, str) and name for name in names) and isinstance(block.input, dict)
    return isinstance(kind, str) and (kind != "text" or isinstance(getattr(block, "text", None), str))


def _plain(block: Any) -> dict[str, Any]:
    if block.type == "tool_use":
        return {"type": "tool_use", "id": block.id, "name": block.name, "input": block.input}
    return {"type": "text", "text": getattr(block, "text", "")}
