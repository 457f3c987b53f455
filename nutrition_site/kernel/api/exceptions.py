"""One error shape for every refusal and every failure."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, RequestDataTooBig, ValidationError
from django.http import Http404, JsonResponse
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response

from nutrition_site.kernel.context import request_id
from nutrition_site.kernel.database import DATABASE_AWAY, is_contention
from nutrition_site.kernel.errors import DomainError

log = logging.getLogger(__name__)


def error_body(
    code: str, message: str, details: Sequence[Mapping[str, Any]] = (), **extra: Any
) -> dict[str, dict[str, Any]]:
    """`{"error": {"code", "message", "details", "request_id", …}}`."""
    return {
        "error": {
            "code": code,
            "message": str(message),
            "details": details or [],
            "request_id": request_id.get(),
            **extra,
        }
    }


def flatten(detail: Any, field: str = "") -> Iterator[dict[str, str]]:
    """Serializer errors as `{"field", "message"}` rows with dotted paths."""
    if isinstance(detail, dict):
        for name, inner in detail.items():
            place = field if name == "non_field_errors" else f"{field}.{name}" if field else str(name)
            yield from flatten(inner, place)
    elif isinstance(detail, list):
        for position, inner in enumerate(detail):
            nested = isinstance(inner, dict | list)
            yield from flatten(inner, f"{field}.{position}" if nested else field)
    else:
        yield {"field": field, "message": str(detail)}


def handle(error: Exception, context: dict[str, Any]) -> Response:
    """The REST framework's exception handler."""
    if isinstance(error, DomainError):
        rows = [{**row, "message": _(str(row["message"]))} if row.get("message") else row for row in error.details]
        body = error_body(error.code, _(error.message), rows, **error.extra)
        return Response(body, status=error.status, headers=error.headers)
    if isinstance(error, Http404 | exceptions.NotFound):
        return Response(error_body("not_found", _("There is no such object.")), status=404)
    if isinstance(error, ObjectDoesNotExist):
        # It was found for this request and is gone now: another request was faster. The trace tells a fault of ours.
        log.warning("a row went away during a request", exc_info=error)
        return Response(error_body("not_found", _("There is no such object.")), status=404)
    if isinstance(error, exceptions.ValidationError):
        rows = list(flatten(error.detail))
        unknown = any(getattr(code, "code", "") == "unknown_field" for code in _codes(error.detail))
        code = "unknown_field" if unknown else "invalid"
        return Response(error_body(code, _("Some fields are not valid."), rows), status=400)
    if isinstance(error, ValidationError):
        return Response(error_body("invalid", _("Some fields are not valid."), _model_rows(error)), status=400)
    if isinstance(error, RequestDataTooBig):
        return Response(error_body("too_large", _("The request body is too large.")), status=413)
    if isinstance(error, PermissionDenied):
        return Response(error_body("forbidden", _("This is not allowed.")), status=403)
    if isinstance(error, exceptions.APIException):
        code = {
            exceptions.AuthenticationFailed: "unauthorized",
            exceptions.NotAuthenticated: "unauthorized",
            exceptions.PermissionDenied: "forbidden",
            exceptions.MethodNotAllowed: "method_not_allowed",
            exceptions.NotAcceptable: "not_acceptable",
            exceptions.UnsupportedMediaType: "unsupported_media_type",
            exceptions.ParseError: "invalid_json",
            exceptions.Throttled: "rate_limited",
        }.get(type(error), error.default_code)
        headers = {}
        challenge = getattr(error, "auth_header", None)
        if challenge:
            headers["WWW-Authenticate"] = str(challenge)
        return Response(error_body(code, _(str(error.detail))), status=error.status_code, headers=headers)
    if is_contention(error):
        log.warning("two changes met in the database")
        words = _("Another change was being made at the same moment. Please try again.")
        return Response(error_body("busy", words), status=503, headers={"Retry-After": "1"})
    if isinstance(error, DATABASE_AWAY):
        # No trace: the same line would come for every request as long as the database is away.
        log.error("the database failed", extra={"failure": type(error).__name__})
        words = _("The database cannot be reached. Please try again in a moment.")
        response = Response(error_body("database_unavailable", words), status=503, headers={"Retry-After": "5"})
        setattr(response, "database_away", True)  # noqa: B010 - a note to the middleware, not part of the class
        return response
    log.exception("unexpected failure in the API")
    return Response(error_body("internal_error", _("Something went wrong here. Nothing was changed.")), status=500)


def _codes(detail: Any) -> Iterator[Any]:
    if isinstance(detail, dict):
        for inner in detail.values():
            yield from _codes(inner)
    elif isinstance(detail, list):
        for inner in detail:
            yield from _codes(inner)
    else:
        yield detail


def _model_rows(error: ValidationError) -> list[dict[str, Any]]:
    if hasattr(error, "error_dict"):
        return [{"field": name, "message": text} for name, texts in error.message_dict.items() for text in texts]
    return [{"field": "", "message": text} for text in error.messages]


def error_response(code: str, message: str, status: int) -> JsonResponse:
    """The same shape outside the REST framework (unknown paths, failures in middleware)."""
    return JsonResponse(error_body(code, message), status=status)
