"""A calendar provider that says what a test has put down, and calendars that use it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from athletes.calendars.protocol import FetchResult
from athletes.models import Athlete, CalendarConnection
from nutrition_site.kernel.clock import now

PATH = f"{__name__}.Scripted"
INTERVAL = timedelta(seconds=900)


class Scripted:
    """Answers by the name of a calendar: a result, an error to raise, or a function of the context that gives one.

    Without an answer nothing has changed. `asked` holds the names of those who were asked, in order.
    """

    answers: dict[str, Any] = {}
    asked: list[str] = []

    def check_credentials(self, fields: Any, *, allow_private_hosts: bool) -> dict[str, Any]:
        return {"name": fields["url"], "host": "one.example"}

    def label(self, credentials: Any) -> str:
        return str(credentials["name"])

    def host(self, credentials: Any, options: Any) -> str:
        return str(credentials["host"])

    def fetch(self, context: Any) -> FetchResult:
        name = context.credentials["name"]
        self.asked.append(name)
        answer = self.answers.get(name, FetchResult(None, dict(context.sync_state)))
        if callable(answer):
            answer = answer(context)
        if isinstance(answer, Exception):
            raise answer
        return answer


def install(settings: Any) -> type[Scripted]:
    """Makes it the only provider, with nothing said and nobody asked yet."""
    settings.CALENDAR_PROVIDERS = {"scripted": PATH}
    Scripted.answers, Scripted.asked = {}, []
    return Scripted


def add_calendar(
    athlete: Athlete, name: str, host: str = "one.example", due: timedelta = timedelta(minutes=1), **fields: Any
) -> CalendarConnection:
    """A calendar that was read before, is well, and has been due for a minute."""
    values = {
        "status": "ok",
        "last_synced_at": now() - INTERVAL,
        "next_sync_at": now() - due,
        "sync_state": {"seen": 1},
        **fields,
    }
    credentials = {"name": name, "host": host}
    return CalendarConnection.objects.create(
        athlete=athlete, provider="scripted", label=name, host=host, credentials=credentials, **values
    )
