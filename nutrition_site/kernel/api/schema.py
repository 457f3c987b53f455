"""How every operation is described in OpenAPI: the error shape, the headers, and `Idempotency-Key`, said once."""

from __future__ import annotations

from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

CREATING_KEY = OpenApiParameter(
    name="Idempotency-Key",
    type=OpenApiTypes.STR,
    location=OpenApiParameter.HEADER,
    required=False,
    description="Same key and same body: the same answer for 24 hours. Same key and another body: 409.",
)
PAGING = [
    OpenApiParameter("page", OpenApiTypes.INT, description="From 1."),
    OpenApiParameter("limit", OpenApiTypes.INT, description="From 1 to 100; 20 without it."),
]
_HEADERS = {
    "X-Request-ID": ("string", "Names this request in the logs; a sane incoming one is kept."),
    "X-Process-Time": ("string", "Seconds spent on this request."),
    "RateLimit-Limit": ("integer", "Requests allowed in the present window."),
    "RateLimit-Remaining": ("integer", "Requests left in the present window."),
    "RateLimit-Reset": ("integer", "Seconds until the window ends."),
}


class ErrorRowOut(serializers.Serializer):  # type: ignore[type-arg]
    """One sentence about one field; `field` is empty when it concerns the whole request."""

    field = serializers.CharField()
    message = serializers.CharField()


class ErrorInsideOut(serializers.Serializer):  # type: ignore[type-arg]
    code = serializers.CharField(help_text="Stable; for programs.")
    message = serializers.CharField(help_text="In the language of `Accept-Language`; for people.")
    details = ErrorRowOut(many=True)
    request_id = serializers.CharField()


class ErrorOut(serializers.Serializer):  # type: ignore[type-arg]
    """Every refusal and every failure."""

    error = ErrorInsideOut()


class ContractSchema(AutoSchema):
    """What drf-spectacular finds, and what holds for every operation of the contract."""

    def get_override_parameters(self) -> list[Any]:
        from nutrition_site.kernel.api.operations import CreatingMixin

        creating = self.method == "POST" and isinstance(self.view, CreatingMixin)
        return [*super().get_override_parameters(), *([CREATING_KEY] if creating else [])]

    def get_operation(self, *args: Any, **kwargs: Any) -> Any:
        operation = super().get_operation(*args, **kwargs)
        if not operation:
            return operation
        responses = operation["responses"]
        responses.setdefault("default", self._get_response_for_code(ErrorOut, "default"))  # type: ignore[no-untyped-call]
        responses["default"]["description"] = "A refusal or a failure."
        # Every answer has them; said in one place of each operation, the description stays readable.
        responses["default"]["headers"] = {
            name: {"schema": {"type": kind}, "description": words} for name, (kind, words) in _HEADERS.items()
        }
        return operation


def described_query(operation: Any) -> frozenset[str]:
    """The names of the query parameters in the description of an operation's GET; `operation` is serving a request."""
    described = getattr(operation.get, "kwargs", {}).get("schema")
    if described is None:
        return frozenset()
    schema = described()
    schema.view, schema.method = operation, "GET"
    parameters = schema.get_override_parameters()
    return frozenset(row.name for row in parameters if row.location == OpenApiParameter.QUERY)


def adopt_descriptions(operation: Any) -> None:
    """Lets `@extend_schema` on a method, or on `create`, keep what holds for every operation.

    The decorator derives from the default schema class of the REST framework and would lose it; and a `create` that
    answers a POST is described in the place where it is written.
    """
    own = vars(operation)
    described = getattr(own.get("create"), "kwargs", {}).get("schema")
    if described is not None and "post" not in own:

        def post(self: Any, request: Any, *args: Any, **kwargs: Any) -> Any:
            return super(operation, self).post(request, *args, **kwargs)

        post.kwargs = {"schema": described}  # type: ignore[attr-defined]
        operation.post = post
    for name in ("get", "post", "put", "patch", "delete"):
        notes = getattr(vars(operation).get(name), "kwargs", {})
        found = notes.get("schema")
        if found is not None and not issubclass(found, ContractSchema):
            notes["schema"] = type("OperationSchema", (found, ContractSchema), {})
