"""While the database is away, answers say so at once instead of waiting for it, one thread each."""

from __future__ import annotations

import threading
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from nutrition_site import health
from nutrition_site.failures import answer
from nutrition_site.kernel.database import DATABASE_AWAY, is_contention

RETRY_SECONDS = 5


class DatabaseOutageMiddleware:
    """After one failure of the database every request asks its probe first, until that says it is back.

    A connection pool waits for half a minute before it gives up; with all threads waiting there, nobody would answer
    the health checks. In ordinary times this costs nothing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._suspected = threading.Event()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self._suspected.is_set():
            if not health.database.read():
                return self._refuse(request)
            self._suspected.clear()
        response = self.get_response(request)
        if getattr(response, "database_away", False):
            self._suspect()
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The same for a page; the API's own handler has answered already."""
        if is_contention(error):
            words = _("Another change was being made at the same moment. Please try again.")
            response = answer(request, code="busy", message=words, status=503)
            response["Retry-After"] = "1"
            return response
        if not isinstance(error, DATABASE_AWAY):
            return None
        self._suspect()
        return self._refuse(request)

    def _suspect(self) -> None:
        if not self._suspected.is_set():
            health.database.forget()
            self._suspected.set()

    @staticmethod
    def _refuse(request: HttpRequest) -> HttpResponse:
        words = _("The database cannot be reached. Please try again in a moment.")
        response = answer(request, code="database_unavailable", message=words, status=503)
        response["Retry-After"] = str(RETRY_SECONDS)
        return response
