"""Every response carries a request id and its process time; every page error keeps the reader's place."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from nutrition_site import metrics
from nutrition_site.failures import answer
from nutrition_site.kernel.context import request_id as current_request_id
from nutrition_site.kernel.errors import DomainError
from nutrition_site.kernel.ids import new_id

log = logging.getLogger("athleat.request")
_SANE_ID = re.compile(r"^[A-Za-z0-9._-]{8,64}$")
Handler = Callable[[HttpRequest], HttpResponse]


class RequestContextMiddleware:
    """Request id, process time, one log line without any content, and the redirect to HTTPS where TLS is in play."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        incoming = request.headers.get("X-Request-ID", "")
        request.request_id = incoming if _SANE_ID.fullmatch(incoming) else new_id("req")
        token = current_request_id.set(request.request_id)
        try:
            response = self._refuse_unknown_length(request) or self._redirect_to_https(request)
            response = response or self.get_response(request)
        finally:
            current_request_id.reset(token)
        elapsed = time.perf_counter() - started
        response["X-Request-ID"] = request.request_id
        response["X-Process-Time"] = f"{elapsed:.4f}"
        match = request.resolver_match
        route = match.route if match else getattr(request, "route_template", "")
        metrics.observe_request(
            method=request.method,
            route=route,
            status=response.status_code,
            seconds=elapsed,
        )
        log.info(
            "request",
            extra={
                "request_id": request.request_id,
                "method": request.method,
                "route": route,
                "status": response.status_code,
                "seconds": round(elapsed, 4),
            },
        )
        return response

    @staticmethod
    def _refuse_unknown_length(request: HttpRequest) -> HttpResponse | None:
        """411: Django reads nothing of a body that comes in chunks, and what was sent would be lost without a word."""
        if request.headers.get("Transfer-Encoding") and not request.META.get("CONTENT_LENGTH"):
            return answer(request, code="length_required", message=_("Content-Length is missing."), status=411)
        return None

    @staticmethod
    def _redirect_to_https(request: HttpRequest) -> HttpResponse | None:
        if not settings.PRODUCTION or request.is_secure() or request.path.startswith(("/health", "/metrics")):
            return None
        if request.headers.get("X-Forwarded-Proto") == "http":
            return HttpResponsePermanentRedirect(f"https://{request.get_host()}{request.get_full_path()}")
        return None


class PageErrorMiddleware:
    """A refusal raised in a page becomes a page with its own words and status; the API has its own handler."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, ObjectDoesNotExist):
            # As in the API: it was found for this request, and another one was faster.
            log.warning("a row went away during a request", exc_info=error)
            return render(request, "404.html", status=404)
        if not isinstance(error, DomainError):
            return None
        return render(request, "error.html", {"error": error}, status=error.status)
