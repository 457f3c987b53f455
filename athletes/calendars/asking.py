"""Asking a calendar's server, and what its refusals mean, for providers that speak a protocol of several requests."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from nutrition_site.kernel import http
from nutrition_site.kernel.clock import now

from .protocol import CalendarUnreachable, CalendarUnreadable

# A whole server is in trouble with these; a plain 500 may be about one calendar only.
_HOST_WIDE = frozenset({429, 502, 503, 504})


@dataclass(slots=True)
class Asker:
    """Requests with the same headers to one server, all of them together within `total_seconds`."""

    name: str
    headers: Mapping[str, str]
    allow_private: bool
    limits: http.FetchLimits
    total_seconds: float
    started: float = field(default_factory=time.monotonic)

    def ask(
        self, method: str, url: str, *, content: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> http.Fetched:
        """Any answer but one that says "not now". Raises CalendarUnreachable, CalendarUnreadable."""
        left = self.started + self.total_seconds - time.monotonic()
        if left <= 0:
            raise CalendarUnreachable(f"{self.name} takes too long to answer.", host_wide=False)
        limits = replace(self.limits, total_seconds=min(left, self.limits.total_seconds))
        given = {**self.headers, **(headers or {})}
        try:
            answer = http.send(
                method, url, allow_private=self.allow_private, headers=given, content=content, limits=limits
            )
        except http.FetchError as error:
            if error.kind in ("unreachable", "timeout"):
                # Nobody at home is everybody's trouble, a long wait may be one large calendar's.
                raise CalendarUnreachable(error.message, host_wide=error.kind == "unreachable")
            raise CalendarUnreadable(error.message)
        if answer.status == 429 or (answer.status >= 500 and answer.status not in (501, 507)):
            raise CalendarUnreachable(
                f"{self.name} has trouble (status {answer.status}).",
                retry_after_seconds=read_retry_after(answer.headers),
                host_wide=answer.status in _HOST_WIDE,
            )
        return answer


def read_retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds to wait by a `retry-after` header, a number or a date (RFC 9110 §10.2.3); None for none that is sane."""
    said = headers.get("retry-after", "").strip()[:60]
    if said.isascii() and said.isdigit():
        return float(said[:9])
    try:
        moment = parsedate_to_datetime(said)
    except (ValueError, TypeError, OverflowError):
        return None
    aware: datetime = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (aware - now()).total_seconds())
