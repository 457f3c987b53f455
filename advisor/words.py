"""Reading what people type and writing what they read: folding of text, numbers with units, days in words. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, timedelta

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
NUMBER_WORDS = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
} | {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
# These turn the direction of the words around them, beyond the line they stand in.
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "“": '"', "”": '"', "–": "-", "—": "-", "−": "-"})


def fold(text: str) -> str:
    """Lower case, compatibility forms undone, invisible characters and doubled spaces gone; accents stay."""
    plain = unicodedata.normalize("NFKC", text).translate(_QUOTES)
    visible = "".join(mark for mark in plain if unicodedata.category(mark) not in ("Cf", "Cc") or mark in "\n\t")
    return re.sub(r"\s+", " ", visible).strip().casefold()


def without_hidden(text: str) -> str:
    """The text without control characters and without marks that turn or hide the words around them."""
    return "".join(
        mark for mark in text if mark in "\n\t" or (unicodedata.category(mark) != "Cc" and mark not in TURNING)
    )


def is_blank(text: str) -> bool:
    """Whether nothing of a text can be seen: empty, spaces, zero-width marks."""
    return not any(
        unicodedata.category(mark)[0] not in "CZ" and mark not in "\u115f\u1160\u3164\u2800" for mark in text
    )


def number_text(value: float, unit: str = "") -> str:
    """A number as people write it: whole from 10 on, one decimal below, thousands with commas."""
    spent = abs(value)
    places = 0 if spent >= 100 or (spent >= 10 and unit in ("g", "kcal", "ml", "mg", "min", "TSS", "")) else 1
    if unit in ("L/h", "l/h"):
        places = 2
    text = f"{round(value + 0.0, places):,.{places}f}"
    return text.removesuffix(".0").removesuffix(".00") if "." in text else text


def amount(value: float, unit: str) -> str:
    """`505 g`, `2,460 kcal`, `1.5 h`; per cent without a space would be read as a name, so it has one."""
    shown = unit.removesuffix("/d")
    if shown in ("kcal/kg FFM", "kcal/kg FFM/d"):
        return f"{number_text(value, 'kcal/kg')} kcal per kg of fat-free mass"
    if shown in ("g/h", "mg/h", "L/h", "ml/h"):
        return f"{number_text(value, shown)} {shown.split('/')[0]} per hour"
    if shown == "servings":
        return f"{value:g} serving" + ("" if value == 1 else "s")
    return f"{number_text(value, shown)} {shown}".strip()


def day_text(day: date, *, today: date) -> str:
    """`Saturday 28 March`, with the year when it is not this year."""
    text = f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"
    return text if day.year == today.year else f"{text} {day.year}"


def near_text(day: date, *, today: date) -> str:
    """The same with today, tomorrow or yesterday in front."""
    near = {0: "today, ", 1: "tomorrow, ", -1: "yesterday, "}.get((day - today).days, "")
    return near + day_text(day, today=today)


def join(parts: Sequence[str], *, last: str = "and") -> str:
    """`a, b and c`."""
    items = [part for part in parts if part]
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def sentence(text: str) -> str:
    """With a capital in front; numbers and quotes stay as they are."""
    return text[:1].upper() + text[1:]


def duration_text(minutes: float) -> str:
    """`90 min`, `4 h`, `2 h 30 min`."""
    whole = round(minutes)
    hours, rest = divmod(whole, 60)
    if whole < 120 and rest:
        return f"{whole} min"
    return f"{hours} h" + (f" {rest} min" if rest else "") if hours else f"{rest} min"


def days_between(first: date, last: date) -> list[date]:
    """Every day from first to last."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
