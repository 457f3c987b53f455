"""What the contract suite asks of every calendar source, whatever protocol it speaks."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Protocol


class World(Protocol):
    """One calendar at a source on loopback, which the suite changes behind the provider's back.

    A new provider joins the suite by giving one of these to `WORLDS`.
    """

    # The id of the provider in `settings.CALENDAR_PROVIDERS`.
    provider: str

    def credentials(self) -> dict[str, Any]:
        """Good credentials, as `check_credentials` of the provider gives them."""
        ...

    def options(self) -> dict[str, str]:
        """What the operator sets for this provider in `settings.CALENDAR_PROVIDER_OPTIONS`."""
        ...

    def put(
        self, key: str, title: str, starts_at: datetime | date, minutes: float = 60, *, description: str = ""
    ) -> None:
        """Adds or overwrites an event; `starts_at` is aware, or a date for an all-day one."""
        ...

    def put_weekly(self, key: str, title: str, starts_at: datetime, minutes: float, count: int) -> None:
        """Adds a series of weekly events, in a protocol that knows none as single ones."""
        ...

    def move_occurrence(self, key: str, number: int, to: datetime) -> None:
        """Moves one occurrence of a series, counted from 0."""
        ...

    def remove(self, key: str) -> None:
        """Deletes an event or a whole series."""
        ...

    def refuse_token(self) -> None:
        """From now on the credentials are refused."""
        ...

    def fail(self, how: str) -> None:
        """From now on unwell: "timeout", "500", "429" (with Retry-After: 120), "half", "slow", "garbage", "down".

        "" is well again.
        """
        ...

    def calls(self) -> int:
        """How many requests have reached the server."""
        ...

    def close(self) -> None:
        """Ends the server."""
        ...
