"""Every response carries a request id and its process time and goes out compressed; every page error keeps the
reader's place.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from nutrition_site import metrics
from nutrition_site.failures import answer
from nutrition_site.kernel.context import request_id as current_request_id
from nutrition_site.kernel.errors import DomainError
from nutrition_site.kernel.ids import new_id

log = logging.getLogger("athleat.request")
_SANE_ID = re.compile(r"^[A-Za-z0-9._-]{8,64}$")
Handler = Callable[[HttpRequest], HttpResponse]
# What shrinks. Pictures and archives are compressed already.
_SHRINKING = re.compile(
    r"^(?:text/(?!event-stream)|image/svg\+xml|application/(?:javascript|json|xml|[a-z.+-]+\+(?:json|xml)))"
)
_LARGEST_STATIC_BYTES = 1_000_000
_gzip = GZipMiddleware(lambda request: HttpResponse())


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
            response = compress(request, response or self.get_response(request))
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


def compress(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The response as gzip where the reader takes that and it is text; streams stay as they are.

    A page may hold what is secret beside what somebody else chose (BREACH). Three things stand against reading it from
    lengths: Django masks the CSRF token anew in each page, up to a hundred random bytes are added to each answer, and
    the session's cookie is `Lax`, so another site cannot have pages fetched in a person's name.
    """
    if not _SHRINKING.match(response.get("Content-Type", "")):
        return response
    if response.streaming and not _is_plain_static(request, response):
        return response
    if not response.streaming:
        return _gzip.process_response(request, response)
    if "gzip" not in request.headers.get("Accept-Encoding", ""):
        patch_vary_headers(response, ["Accept-Encoding"])
        return response
    # Whitenoise compares the tag of a file as a whole, and has the same one for a file that it compressed itself.
    tag = response.headers.get("ETag")
    whole = HttpResponse(b"".join(response), headers=response.headers)
    response.close()
    packed = _gzip.process_response(request, whole)
    if tag:
        packed["ETag"] = tag
    return packed


def _is_plain_static(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether this is a whole static file that nobody has compressed ahead, as on the embedded default."""
    return (
        request.method == "GET"
        and request.path.startswith(settings.STATIC_URL)
        and response.status_code == 200
        and not response.has_header("Content-Encoding")
        and int(response.get("Content-Length", _LARGEST_STATIC_BYTES)) < _LARGEST_STATIC_BYTES
    )


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
