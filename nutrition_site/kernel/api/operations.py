"""The base of every API operation: order of checks, limits, idempotency, pagination.

The order is fixed: 401 (who), 404 (`locate`), 402/429 (limits), 400 (the query string, the body).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.views import APIView

from nutrition_site.kernel.api import limits
from nutrition_site.kernel.api.schema import ContractSchema, adopt_descriptions, described_query
from nutrition_site.kernel.entitlements import Entitlements, entitlements_of
from nutrition_site.kernel.errors import DomainError, InvalidInput, LimitReached, NotFound
from nutrition_site.kernel.idempotency import answer_once
from nutrition_site.kernel.ids import is_id

if TYPE_CHECKING:
    AnySerializer = serializers.Serializer[Any]
else:
    AnySerializer = serializers.Serializer

MAX_PAGE = 100


class StrictSerializer(AnySerializer):
    """Shape only. A field that is not declared is refused, never ignored, and a number is not text."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict):
            unknown = [name for name in data if name not in self.fields or self.fields[name].read_only]
            if unknown:
                raise serializers.ValidationError(
                    {
                        name: [serializers.ErrorDetail(_("This field is not known."), "unknown_field")]
                        for name in unknown
                    }
                )
        numbers = {name: [_("Must be text.")] for name in self._numbers_for_text(data)}
        try:
            value = super().to_internal_value(data)
        except serializers.ValidationError as error:
            if numbers and isinstance(error.detail, dict):
                raise serializers.ValidationError({**error.detail, **numbers}) from None
            raise
        if numbers:
            raise serializers.ValidationError(numbers)
        return value

    def _numbers_for_text(self, data: Any) -> list[str]:
        if not isinstance(data, dict):
            return []
        texts = [name for name, field in self.fields.items() if isinstance(field, serializers.CharField)]
        return [name for name in texts if isinstance(data.get(name), int | float)]


class Operation(APIView):
    """One API operation, for a signed-in account."""

    entitlements: Entitlements
    limit_standing: limits.Standing | None = None
    metadata_class = None
    schema = ContractSchema()

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        adopt_descriptions(cls)

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        self.format_kwarg = self.get_format_suffix(**kwargs)
        negotiated = self.perform_content_negotiation(request)
        request.accepted_renderer, request.accepted_media_type = negotiated
        self.perform_authentication(request)
        self.check_permissions(request)
        try:
            self.locate(request, **kwargs)
        except (DomainError, Http404):
            self._count_refusal(request)
            raise
        self.count_request(request)
        if request.method in ("GET", "HEAD"):
            self._refuse_unknown_parameters(request)

    def _refuse_unknown_parameters(self, request: Any) -> None:
        """A misspelled `from` would otherwise be answered with days that nobody asked for."""
        if not hasattr(self, "get"):
            # It will be told that there is nothing to read here.
            return
        known = described_query(self)
        # What takes no parameter cannot be misunderstood, and caches add their own; `format` is of the framework.
        unknown = [name for name in request.query_params if known and name not in known and name != "format"]
        if unknown:
            raise serializers.ValidationError(
                {
                    name: [serializers.ErrorDetail(_("This parameter is not known."), "unknown_field")]
                    for name in unknown
                }
            )

    def _count_refusal(self, request: Any) -> None:
        """A request for what is not there counts too, but its answer stays 404."""
        try:
            self.count_request(request)
        except LimitReached:
            self.limit_standing = None

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
        """Counts this request against the account's tier. Raises LimitReached."""
        self.entitlements = entitlements_of(request.user)
        item = limits.per_minute(self.entitlements.requests_per_minute)
        self.limit_standing = limits.hit(item, "api", request.user.pk)

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        # An answer that came before the count (401) tells where the caller's address stands.
        present = self.limit_standing or limits.peek(public_limit(), "public", limits.client_address(request))
        for name, value in limits.limit_headers(present).items():
            response.headers.setdefault(name, value)
        return super().finalize_response(request, response, *args, **kwargs)

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """The methods of this path, in `Allow`."""
        return Response(status=204, headers={"Allow": ", ".join(self.allowed_methods)})

    def read(self, serializer_class: type[AnySerializer], **kwargs: Any) -> dict[str, Any]:
        """The validated body."""
        serializer = serializer_class(data=self.request.data, **kwargs)
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    def read_query(self, serializer_class: type[AnySerializer]) -> dict[str, Any]:
        """The validated query string; what the description does not name was refused before."""
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
            raise InvalidInput.of(
                name, _("Must be a whole number from %(low)s to %(high)s.") % {"low": low, "high": high}
            )
        return int(raw)


def _represent(rows: Iterable[Any], represent: Any) -> list[Any]:
    return [represent(row) for row in rows]


def public_limit() -> Any:
    """What one address may ask of the operations that need no account."""
    return limits.per_minute(settings.RATE_LIMIT_REQUESTS_PER_MINUTE)


class PublicOperation(Operation):
    """An operation that needs no account; the address of the caller is what is counted."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    def count_request(self, request: Any) -> None:
        self.limit_standing = limits.hit(public_limit(), "public", limits.client_address(request))


class CreatingMixin:
    """Honors `Idempotency-Key` on POST: same key and body, same answer for 24 hours; same key, other body, 409."""

    def post(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        key = request.headers.get("Idempotency-Key")
        if not key:
            return self.create(request, *args, **kwargs)
        if len(key) > 255:
            raise InvalidInput.of("Idempotency-Key", _("At most 255 characters."))
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
