"""What every page's frame shows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def frame(request: HttpRequest) -> dict[str, Any]:
    """Version, and the section of the navigation that is open."""
    match = request.resolver_match
    return {"version": settings.VERSION, "section": match.url_name if match else ""}
