"""Which backend answers: chosen from the settings, so that no adapter reads them."""

from __future__ import annotations

from django.conf import settings

from advisor.backends.builtin import BuiltinBackend
from advisor.backends.protocol import AdvisorBackend


def choose_backend() -> AdvisorBackend:
    """The backend in force: the model when `AI_BACKEND` says so and a key is there, else the built-in one."""
    if settings.AI_BACKEND != "anthropic" or not settings.NUTRITION_AI_API_KEY:
        return BuiltinBackend()
    from advisor.backends.anthropic import AnthropicBackend, Settings
    from advisor.backends.slots import slots_of

    return AnthropicBackend(
        Settings(
            api_key=settings.NUTRITION_AI_API_KEY,
            api_secret=settings.NUTRITION_AI_API_SECRET,
            model=settings.AI_MODEL,
            base_url=settings.AI_BASE_URL,
            timeout_seconds=settings.AI_REQUEST_TIMEOUT_MS / 1000,
        ),
        slots_of(settings.REDIS_URL or "", settings.MAX_CONCURRENT_AI_REQUESTS),
    )
