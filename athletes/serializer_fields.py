"""Fields that take JSON at its word: a number is a number, text is text, true is true. No quiet conversions."""

from __future__ import annotations

import math
import re
from datetime import date, datetime
from typing import Any

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext
from rest_framework import serializers

# The readers of dates also take week dates, `20260517` and digits of other scripts, each for something else here.
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}[\d:.,+Z-]*", re.ASCII)


class NumberField(serializers.FloatField):
    """A finite JSON number."""

    def to_internal_value(self, data: Any) -> float:
        if isinstance(data, bool) or not isinstance(data, int | float):
            raise serializers.ValidationError(gettext("Must be a number."))
        try:
            value = float(data)
        except OverflowError:
            value = math.inf
        if not math.isfinite(value):
            raise serializers.ValidationError(gettext("Must be a finite number."))
        return value


class WholeField(serializers.IntegerField):
    """A whole JSON number."""

    def to_internal_value(self, data: Any) -> int:
        whole = isinstance(data, int) or (isinstance(data, float) and data.is_integer())
        if isinstance(data, bool) or not whole:
            raise serializers.ValidationError(gettext("Must be a whole number."))
        if abs(data) > 2**31 - 1:
            raise serializers.ValidationError(gettext("This number is too large."))
        return int(data)


class TextField(serializers.CharField):
    """JSON text; its length and marks are judged where its meaning is known."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("trim_whitespace", False)
        super().__init__(**kwargs)

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            raise serializers.ValidationError(gettext("Must be text."))
        return data


class FlagField(serializers.BooleanField):
    """JSON true or false."""

    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            raise serializers.ValidationError(gettext("Must be true or false."))
        return data


class DayField(serializers.DateField):
    """An ISO 8601 calendar day, `2026-05-17`."""

    def to_internal_value(self, value: Any) -> date:
        day = None
        if isinstance(value, str) and _DAY.fullmatch(value):
            try:
                day = parse_date(value)
            except ValueError:
                day = None
        if day is None:
            raise serializers.ValidationError(gettext("Must be a day such as 2026-05-17."))
        return day


class MomentField(serializers.DateTimeField):
    """An ISO 8601 moment with offset, one without (the athlete's local time), or a day alone (all day)."""

    def to_internal_value(self, value: Any) -> Any:
        found: date | datetime | None = None
        try:
            if isinstance(value, str) and _DAY.fullmatch(value):
                found = parse_date(value)
            elif isinstance(value, str) and len(value) <= 40 and _MOMENT.fullmatch(value):
                found = parse_datetime(value)
        except ValueError:
            found = None
        # The edges of the calendar cannot be moved into another zone.
        if found is None or not 1900 <= found.year <= 2200:
            raise serializers.ValidationError(gettext("Must be a moment such as 2026-05-17T07:30:00+02:00, or a day."))
        return found
