"""What the first page of the admin shows."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def fill_dashboard(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Fills the template context of the admin's first page."""
    return context
