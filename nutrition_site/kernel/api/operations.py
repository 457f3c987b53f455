"""The base of every API operation: order of checks, limits, idempotency, pagination.

The order is fixed: 401 (who), 404 (`locate`), 402/429 (limits), 400 (the body).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.http import HttpResponseBase
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.views import APIView

from nutrition_site.kernel.api import limits
from nutrition_site.kernel.entitlements import Entitlements, entitlements_of
from nutrition_site.kernel.errors import InvalidInput, NotFound
from nutrition_site.kernel.idempotency import answer_once
from nutrition_site.kernel.ids import is_id

MAX_PAGE = 100


class StrictSerializer(serializers.Serializer):
    """Shape only. A field that is not declared is refused, never ignored."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict):
            unknown = [name for name in data if name not in self.fields or self.fields[name].read_only]
            if unknown:
                raise serializers.ValidationError(
                    {name: [serializers.ErrorDetail("This field is not known.", "unknown_field")] for name in unknown}
                )
        return super().to_internal_value(data)


class Operation(APIView):
    """One API operation, for a signed-in account."""

    entitlements: Entitlements
    limit_standing: limits.Standing | None = None

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        self.format_kwarg = self.get_format_suffix(**kwargs)
        negotiated = self.perform_content_negotiation(request)
        request.accepted_renderer, request.accepted_media_type = negotiated
        self.perform_authentication(request)
        self.check_permissions(request)
        self.locate(request, **kwargs)
        self.count_request(request)

    def locate(self, request: Any, **kwargs: Any) -> None:
        """Finds what the path names, before limits and body; raises NotFound."""

    @staticmethod
    def find(queryset: Any, object_id: str, prefix: str) -> Any:
        """One object by id, or NotFound; a wrong prefix is refused before any query."""
        if not is_id(object_id, prefix):
            raise NotFound()
        found = queryset.filter(pk=object_id).first()
        if found is None:
            raise NotFound()
        return found

    def count_request(self, request: Any) -> None:
        if request.user.is_authenticated:
            self.entitlements = entitlements_of(request.user)
            item = limits.per_minute(self.entitlements.requests_per_minute)
            self.limit_standing = limits.hit(item, "api", request.user.pk)

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.limit_standing and isinstance(response, Response):
            for name, value in limits.limit_headers(self.limit_standing).items():
                response.headers.setdefault(name, value)
        return super().finalize_response(request, response, *args, **kwargs)

    def read(self, serializer_class: type[serializers.Serializer], **kwargs: Any) -> dict[str, Any]:
        """The validated body."""
        serializer = serializer_class(data=self.request.data, **kwargs)
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    def read_query(self, serializer_class: type[serializers.Serializer]) -> dict[str, Any]:
        """The validated query string; unknown parameters are ignored as caches and proxies add their own."""
        serializer = serializer_class(data=self.request.query_params.dict())
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    def page(self, queryset: Any, represent: Any) -> Response:
        """`{items, total, page, limit}` from `?page=1&limit=20`."""
        number = self._whole("page", 1, 1, 1_000_000)
        limit = self._whole("limit", 20, 1, MAX_PAGE)
        total = queryset.count() if hasattr(queryset, "count") and not isinstance(queryset, list) else len(queryset)
        rows = queryset[(number - 1) * limit : number * limit]
        return Response({"items": _represent(rows, represent), "total": total, "page": number, "limit": limit})

    def _whole(self, name: str, default: int, low: int, high: int) -> int:
        raw = self.request.query_params.get(name)
        if raw is None:
            return default
        if not raw.isascii() or not raw.isdigit() or not low <= int(raw[:9]) <= high or len(raw) > 9:
            raise InvalidInput.of(name, f"Must be a whole number from {low} to {high}.")
        return int(raw)


def _represent(rows: Iterable[Any], represent: Any) -> list[Any]:
    return [represent(row) for row in rows]


class PublicOperation(Operation):
    """An operation that needs no account; the address of the caller is what is counted."""

    authentication_classes: ClassVar[list[Any]] = []
    permission_classes: ClassVar[list[Any]] = [AllowAny]

    def count_request(self, request: Any) -> None:
        return None


class CreatingMixin:
    """Honors `Idempotency-Key` on POST: same key and body, same answer for 24 hours; same key, other body, 409."""

    def post(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        key = request.headers.get("Idempotency-Key")
        if not key:
            return self.create(request, *args, **kwargs)
        if len(key) > 255:
            raise InvalidInput.of("Idempotency-Key", "At most 255 characters.")
        who = request.user.pk if request.user.is_authenticated else limits.client_address(request)

        def produce() -> tuple[int, Any, dict[str, str]]:
            response = self.create(request, *args, **kwargs)
            kept = {name: response.headers[name] for name in ("Location",) if name in response.headers}
            return response.status_code, response.data, kept

        status, body, headers = answer_once(
            scope=f"{who} {request.method} {request.path}", key=key, body=request.data, produce=produce
        )
        return Response(body, status=status, headers=headers)

    def create(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        raise TypeError(f"{type(self).__name__} must say how it creates")


def created(body: Any, location: str) -> Response:
    """201 with `Location`."""
    return Response(body, status=201, headers={"Location": location})
