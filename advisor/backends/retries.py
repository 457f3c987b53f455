"""When a request to a model failed: how it reads, and how long the other side asks to wait before another one."""

from __future__ import annotations

from collections.abc import Mapping
from email.utils import parsedate_to_datetime

from nutrition_site.kernel import clock

_LONGEST_WAIT_SECONDS = 86_400.0


class RequestFailed(Exception):
    """One request failed; `status` as in HTTP, 0 without an answer, and whether asking again is safe."""

    def __init__(self, code: str, *, status: int = 0, is_safe: bool = False, wait_seconds: float | None = None) -> None:
        self.code = code
        self.status = status
        self.is_safe = is_safe
        self.wait_seconds = wait_seconds
        super().__init__(code)


def wait_asked(headers: Mapping[str, str]) -> float | None:
    """The seconds that `Retry-After` asks for (RFC 9110, 10.2.3: a number, or a date); None where it says nothing."""
    text = headers.get("retry-after", "").strip()
    try:
        # A wait that is no number fails this comparison and is none.
        seconds = float(text)
        return min(seconds, _LONGEST_WAIT_SECONDS) if seconds >= 0 else None
    except ValueError:
        pass
    try:
        return max(0.0, (parsedate_to_datetime(text) - clock.now()).total_seconds())
    except (ValueError, TypeError):
        return None
