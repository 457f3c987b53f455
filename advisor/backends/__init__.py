"""Which backend answers: chosen from the settings, so that no adapter reads them."""

from __future__ import annotations

from django.conf import settings

from advisor.backends.builtin import BuiltinBackend
from advisor.backends.protocol import AdvisorBackend


def choose_backend() -> AdvisorBackend:
    """The backend in force: the model when `AI_BACKEND` says so and a key is there, else the built-in one."""
    if settings.AI_BACKEND != "anthropic" or not settings.NUTRITION_AI_API_KEY:
        return BuiltinBackend()
    from advisor.backends.anthropic import API_URL, AnthropicBackend, Settings
    from advisor.backends.breaker import Breaker
    from advisor.backends.slots import slots_of

    seconds = settings.AI_REQUEST_TIMEOUT_MS / 1000
    return AnthropicBackend(
        Settings(
            api_key=settings.NUTRITION_AI_API_KEY,
            api_secret=settings.NUTRITION_AI_API_SECRET,
            model=settings.AI_MODEL,
            base_url=settings.AI_BASE_URL or API_URL,
            timeout_seconds=seconds,
        ),
        slots_of(settings.REDIS_URL or "", settings.MAX_CONCURRENT_AI_REQUESTS),
        Breaker(
            name=settings.AI_BASE_URL or API_URL,
            failures=settings.AI_BREAKER_FAILURES,
            seconds=settings.AI_BREAKER_SECONDS,
            trial_seconds=seconds,
        ),
    )
