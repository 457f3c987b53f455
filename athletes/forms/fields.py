"""Form fields for quantities in the reader's units; values are in the product's own (kg, cm, minutes, km)."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils.formats import get_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

KG_PER_LB = 0.45359237
CM_PER_INCH = 2.54
KM_PER_MILE = 1.609344
_FEET = re.compile(r"^(?P<feet>\d)\s*(?:'|ft|feet|foot|\s)\s*(?P<inches>\d{1,2}(?:[.,]\d+)?)?\s*(?:\"|''|in|inches)?$")


def parse_number(text: str) -> float:
    """A number as people type it: "61.5", "61,5", "1 500". Raises ValueError."""
    plain = re.sub(r"[\s\u00a0\u202f]", "", text)
    if plain.count(",") == 1 and "." not in plain:
        plain = plain.replace(",", ".")
    if not re.fullmatch(r"[+-]?\d{1,12}(\.\d{1,12})?", plain, re.ASCII):
        raise ValueError("not a number")
    return float(plain)


def _with_comma(text: str) -> str:
    """A number with the decimal mark of the language; `parse_number` reads both."""
    return text.replace(".", str(get_format("DECIMAL_SEPARATOR")))


def set_choices(form: forms.Form, name: str, choices: Iterable[tuple[str, str]]) -> None:
    """Gives a choice field of a form its choices."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"{name} is no choice field")
    field.choices = list(choices)


class LongSelect(forms.Select):
    """A list of hundreds of choices without groups, written without a template for each: that took most of a page."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        chosen = {str(item) for item in self.format_value(value)}
        options = format_html_join(
            "\n",
            '<option value="{}"{}>{}</option>',
            ((key, mark_safe(" selected") if str(key) in chosen else "", label) for key, label in self.choices),
        )
        given = self.build_attrs(self.attrs, {"name": name, **(attrs or {})})
        return format_html("<select{}>\n{}\n</select>", flatatt(given), options)


class QuantityField(forms.Field):
    """A number with a unit. `low` and `high` are in the product's unit, as is the cleaned value; empty is None.

    `factor` is how much of the product's unit one shown unit is (0.4536 kg in a pound).
    """

    def __init__(
        self,
        *,
        low: float,
        high: float,
        unit: Any = "",
        factor: float = 1.0,
        decimals: int = 1,
        required: bool = False,
        **kwargs: Any,
    ) -> None:
        self.low, self.high, self.unit, self.factor, self.decimals = low, high, unit, factor, decimals
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal"}))
        super().__init__(required=required, **kwargs)

    def read(self, text: str) -> float:
        """The value of a text in the product's unit. Raises ValueError."""
        return parse_number(text) * self.factor

    def show(self, value: float) -> str:
        """The text of a value in the shown unit."""
        if not self.decimals:
            return str(round(value / self.factor))
        return _with_comma(f"{value / self.factor:.{self.decimals}f}".rstrip("0").rstrip("."))

    def suggestion(self, value: float) -> str:
        """What was probably meant by a value out of range; empty when nobody can tell."""
        return ""

    def prepare_value(self, value: Any) -> Any:
        return self.show(value) if isinstance(value, int | float) else value

    def to_python(self, value: Any) -> Any:
        text = str(value or "").strip()
        if not text:
            return None
        try:
            number = self.read(text)
        except ValueError:
            raise ValidationError(_("Please write a number, such as %(example)s."), params={"example": self.example()})
        # Half of the last digit shown: a limit that is typed as it is shown is inside.
        slack = 0.5 * 10**-self.decimals * self.factor if self.factor != 1.0 else 0.0
        if not math.isfinite(number) or not self.low - slack <= number <= self.high + slack:
            raise ValidationError(f"{self.range_words()}{self.suggestion(number)}")
        return min(max(number, self.low), self.high)

    def range_words(self) -> str:
        high = f"{self.show(self.high)} {self.unit}" if self.unit else self.show(self.high)
        return gettext("Must be from %(low)s to %(high)s.") % {"low": self.show(self.low), "high": high}

    def example(self) -> str:
        return self.show((self.low * 3 + self.high) / 4)

    def has_changed(self, initial: Any, data: Any) -> bool:
        text = (data or "").strip()
        if initial is None or not text:
            return bool(text) or initial is not None
        try:
            return self.show(self.read(text)) != self.show(initial)
        except ValueError:
            return True


class HeightField(QuantityField):
    """Body height: centimeters, or feet and inches ("5'8", "5 ft 8 in", "68" inches)."""

    def __init__(self, *, us: bool = False, **kwargs: Any) -> None:
        self.us = us
        factor = CM_PER_INCH if us else 1.0
        super().__init__(low=130, high=220, unit=_("ft, in") if us else "cm", factor=factor, **kwargs)
        if us:
            self.widget.attrs.pop("inputmode", None)

    def read(self, text: str) -> float:
        match = (
            _FEET.match(text.strip().lower().replace("’", "'").replace("”", '"').replace("′", "'")) if self.us else None
        )
        if match:
            inches = float((match["inches"] or "0").replace(",", "."))
            return (int(match["feet"]) * 12 + inches) * CM_PER_INCH
        return super().read(text.strip().rstrip('"') if self.us else text)

    def show(self, value: float) -> str:
        if not self.us:
            return super().show(value)
        feet, inches = divmod(round(value / CM_PER_INCH, 1), 12)
        return _with_comma(f"{int(feet)}'{inches:.1f}".removesuffix(".0"))

    def suggestion(self, value: float) -> str:
        if not self.us and 1.3 <= value <= 2.2:
            return " " + gettext("Did you mean %(value)s?") % {"value": round(value * 100)}
        if not self.us and 51 <= value <= 87:
            return " " + gettext("Are these inches? That would be %(value)s cm.") % {
                "value": round(value * CM_PER_INCH)
            }
        return ""


class WordsField(forms.Field):
    """Several words or names in one text, separated by commas or lines; the cleaned value is a list."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 2}))
        super().__init__(required=False, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:
        text = str(value or "")
        return [word.strip() for word in re.split(r"[,;\n]", text) if word.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(data) != list(initial or [])
