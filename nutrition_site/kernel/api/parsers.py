"""JSON in, strictly: bounded size and depth, no NaN, no null bytes, an object at the top."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from django.conf import settings
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from nutrition_site.kernel.errors import DomainError

MAX_DEPTH = 24


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _check(value: Any, depth: int = 0) -> None:
    if depth > MAX_DEPTH:
        raise ParseError("The JSON is nested too deeply.")
    if isinstance(value, str):
        if "\x00" in value:
            raise ParseError("Text must not contain null characters.")
        try:
            value.encode()
        except UnicodeEncodeError:
            raise ParseError("Text must be valid Unicode.")
    elif isinstance(value, dict):
        for name, inner in value.items():
            _check(name, depth + 1)
            _check(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            _check(inner, depth + 1)


class StrictJSONParser(BaseParser):
    """Parses `application/json`; an empty body is an empty object."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        raw = stream.read(settings.MAX_BODY_BYTES + 1)
        if len(raw) > settings.MAX_BODY_BYTES:
            raise DomainError("The request body is too large.", code="too_large", status=413)
        if not raw.strip():
            return {}
        try:
            value = json.loads(raw.decode("utf-8"), parse_constant=_refuse_constant)
        except RecursionError:
            raise ParseError("The JSON is nested too deeply.")
        except UnicodeDecodeError:
            raise ParseError("The body must be UTF-8.")
        except ValueError as error:
            raise ParseError(f"The body is not valid JSON: {error}")
        if not isinstance(value, dict):
            raise ParseError("The body must be a JSON object.")
        _check(value)
        return value
