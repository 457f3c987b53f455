"""JSON in, strictly: bounded size, depth and numbers, no NaN, no null bytes, no repeated name, an object at the top."""

from __future__ import annotations

import json
import math
from typing import Any, NoReturn

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from nutrition_site.kernel.errors import DomainError

MAX_DEPTH = 24
# Above this a JSON number is not the same number in every client (RFC 8259 section 6).
MAX_WHOLE = 2**53


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _read_float(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("a number is too large")
    return number


def _read_int(text: str) -> int:
    if len(text) > 17 or abs(int(text)) > MAX_WHOLE:
        raise ValueError("a number is too large")
    return int(text)


def _read_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = dict(pairs)
    if len(names) != len(pairs):
        raise ValueError("a name appears twice in one object")
    return names


def _check(value: Any, depth: int = 0) -> None:
    if depth > MAX_DEPTH:
        raise ParseError(_("The JSON is nested too deeply."))
    if isinstance(value, str):
        if "\x00" in value:
            raise ParseError(_("Text must not contain null characters."))
        try:
            value.encode()
        except UnicodeEncodeError:
            raise ParseError(_("Text must be valid Unicode."))
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
        # What announces itself as too large is not waited for: it may come slowly, or never.
        announced = getattr(stream, "META", {}).get("CONTENT_LENGTH") or "0"
        too_large = announced.isdecimal() and int(announced[:18]) > settings.MAX_BODY_BYTES
        raw = b"" if too_large else stream.read(settings.MAX_BODY_BYTES + 1)
        if too_large or len(raw) > settings.MAX_BODY_BYTES:
            raise DomainError(_("The request body is too large."), code="too_large", status=413)
        if not raw.strip():
            return {}
        try:
            value = json.loads(
                raw.decode("utf-8"),
                parse_constant=_refuse_constant,
                parse_float=_read_float,
                parse_int=_read_int,
                object_pairs_hook=_read_object,
            )
        except RecursionError:
            raise ParseError(_("The JSON is nested too deeply."))
        except UnicodeDecodeError:
            raise ParseError(_("The body must be UTF-8."))
        except ValueError as error:
            raise ParseError(_("The body is not valid JSON: %(reason)s") % {"reason": error})
        if not isinstance(value, dict):
            raise ParseError(_("The body must be a JSON object."))
        _check(value)
        return value
