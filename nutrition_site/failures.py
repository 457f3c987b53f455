"""What is answered when no view answers: JSON in the error shape under `/v1` and `/api`, a page elsewhere."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import gettext as _

from nutrition_site.kernel.api.exceptions import error_response
from nutrition_site.kernel.api.file_parts import FileRefused
from nutrition_site.kernel.errors import DomainError

_PREFIXES = ("/v1/", "/api/", "/status/", "/health")


def is_api_path(path: str) -> bool:
    """Whether a program is asking."""
    return path.startswith(_PREFIXES) or path in ("/v1", "/api")


def answer(request: HttpRequest, *, code: str, message: str, status: int) -> HttpResponse:
    """The error shape for a program; for a person the page `<status>.html` or `error.html`, else bare words."""
    if is_api_path(request.path):
        return error_response(code, message, status)
    refusal = DomainError(message, code=code, status=status)
    for template in (f"{status}.html", "error.html"):
        try:
            page = render_to_string(template, {"error": refusal, "status": status}, request=request)
            return HttpResponse(page, status=status)
        except TemplateDoesNotExist:
            continue
        except Exception:
            # The page itself may be what failed, or the database its frame reads.
            break
    return HttpResponse(
        format_html("<!doctype html><title>{0}</title><h1>{0}</h1><p>{1}</p>", status, message), status=status
    )


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    if isinstance(exception, FileRefused):
        return answer(request, code=exception.code, message=_(str(exception)), status=exception.status)
    if isinstance(exception, RequestDataTooBig):
        return answer(request, code="too_large", message=_("The request body is too large."), status=413)
    return answer(request, code="invalid", message=_("This request cannot be understood."), status=400)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return answer(request, code="forbidden", message=_("This is not allowed."), status=403)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return answer(request, code="not_found", message=_("There is no such page."), status=404)


def failed(request: HttpRequest) -> HttpResponse:
    return answer(
        request,
        code="internal_error",
        message=_("Something went wrong here. Nothing was changed."),
        status=500,
    )
