"""Arguments that a model sent, read strictly: what is not exactly as the tool says is refused with a reason. Pure."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Mapping
from datetime import date, time
from typing import Any

from nutrition_site.kernel.errors import InvalidInput

MOST_ARGUMENTS = 20
_SHOWN_NAME = 40
# How far from today a day may lie that a model asks about.
MOST_DAYS_AWAY = 400


def read_arguments(schema: Mapping[str, Any], arguments: Any) -> dict[str, Any]:
    """The arguments, each of the type, length and range that the schema names. Raises InvalidInput for a model to read.

    Only flat values pass: text, numbers, booleans. Nothing that was sent is repeated at length.
    """
    if not isinstance(arguments, dict):
        raise InvalidInput("The arguments must be an object.")
    if len(arguments) > MOST_ARGUMENTS:
        raise InvalidInput(f"At most {MOST_ARGUMENTS} arguments.")
    known: Mapping[str, Any] = schema["properties"]
    unknown = sorted(str(key)[:_SHOWN_NAME] for key in arguments if key not in known)
    missing = [key for key in schema["required"] if key not in arguments]
    if unknown or missing:
        raise InvalidInput(f"Unknown arguments {unknown}, missing arguments {missing}.")
    return {
        name: _value(name, known[name], value)
        for name, value in arguments.items()
        # Models send null for what they leave out.
        if value is not None or name in schema["required"]
    }


def _value(name: str, rule: Mapping[str, Any], value: Any) -> Any:
    kind = rule["type"]
    if kind == "boolean":
        if not isinstance(value, bool):
            raise InvalidInput.of(name, f"{name} must be true or false.")
        return value
    if kind == "string":
        return _text(name, rule, value)
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    if not is_number or (kind == "integer" and not isinstance(value, int)):
        raise InvalidInput.of(name, f"{name} must be {'a whole' if kind == 'integer' else 'a'} number.")
    low, high = rule.get("minimum", -math.inf), rule.get("maximum", math.inf)
    if not low <= value <= high:
        raise InvalidInput.of(name, f"{name} must be from {low} to {high}.")
    return value


def _text(name: str, rule: Mapping[str, Any], value: Any) -> str:
    if not isinstance(value, str):
        raise InvalidInput.of(name, f"{name} must be a text.")
    if "enum" in rule:
        if value not in rule["enum"]:
            raise InvalidInput.of(name, f"{name} must be one of: {', '.join(rule['enum'])}.")
        return value
    most = rule["maxLength"]
    text = value[: most + 1] if len(value) > 4 * most else value.strip()
    if not 0 < len(text) <= most:
        raise InvalidInput.of(name, f"{name} must have 1 to {most} characters.")
    if any(unicodedata.category(mark) in ("Cc", "Cs", "Co", "Cn") for mark in text):
        raise InvalidInput.of(name, f"{name} must not hold control characters.")
    return text


def read_day(arguments: Mapping[str, Any], name: str, *, today: date) -> date:
    """The local day of an argument. Raises InvalidInput for no day, or one too far away."""
    value = arguments[name]
    try:
        day = date.fromisoformat(value) if len(value) == 10 else None
    except ValueError:
        day = None
    if day is None or abs((day - today).days) > MOST_DAYS_AWAY:
        raise InvalidInput.of(name, f"{name} must be a day YYYY-MM-DD within {MOST_DAYS_AWAY} days of today.")
    return day


def read_minute(arguments: Mapping[str, Any], name: str) -> int | None:
    """Minutes after midnight of a time HH:MM, None without one. Raises InvalidInput."""
    value = arguments.get(name)
    if value is None:
        return None
    try:
        clock = time.fromisoformat(value) if len(value) == 5 else None
    except ValueError:
        clock = None
    if clock is None:
        raise InvalidInput.of(name, f"{name} must be a time HH:MM.")
    return 60 * clock.hour + clock.minute
