"""The OpenAPI description and the page to browse it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.utils import translation
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularSwaggerSplitView
from rest_framework.renderers import TemplateHTMLRenderer
from rest_framework.response import Response

from nutrition_site.kernel.api.operations import PublicOperation


@lru_cache(maxsize=1)
def describe() -> dict[str, Any]:
    """The description of every public operation. It takes a second to make and cannot change in a running process."""
    with translation.override("en"):
        description: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
        return description


class OpenApiDescription(PublicOperation):
    """OpenAPI 3.1, open to everybody."""

    @extend_schema(exclude=True)
    def get(self, request: Any) -> Response:
        return Response(describe(), headers={"Cache-Control": "public, max-age=300"})


class OpenApiPage(PublicOperation, SpectacularSwaggerSplitView):
    """Swagger UI from our own origin. The script comes from its own URL, so that the strict CSP holds."""

    renderer_classes = (TemplateHTMLRenderer,)
    template_name = "api/docs.html"
    url_name = "api-openapi"

    @extend_schema(exclude=True)
    def get(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        answer: Response = SpectacularSwaggerSplitView.get(self, request, *args, **kwargs)
        return answer
