"""One food of a release as both readers give it, and the texts in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from planning.fdc.nutrients import Amounts, Findings, read_number

FOUNDATION, LEGACY, SURVEY = "foundation_food", "sr_legacy_food", "survey_fndds_food"
# The better described data type first: Foundation foods are analyzed anew, FNDDS foods are computed from others.
DATA_TYPES = (FOUNDATION, LEGACY, SURVEY)
TYPE_WORDS = {
    **{name: name for name in DATA_TYPES},
    **{"foundation": FOUNDATION, "sr legacy": LEGACY, "survey (fndds)": SURVEY},
}
MAX_NAME, MAX_GROUP, MAX_PORTION, MAX_PORTIONS = 250, 80, 80, 60
# The heaviest household measures in USDA's tables are whole birds and roasts of some kilograms.
MOST_PORTION_GRAMS = 50_000.0
NO_UNITS = {"", "undetermined", "9999", "n/a"}
AMOUNT_IN_TEXT = re.compile(r"(\d+(?:\.\d+)?|\.\d+)\s+(.+)", re.ASCII)
FDC_ID = re.compile(r"[1-9]\d{0,9}", re.ASCII)
NDB_NUMBER = re.compile(r"\d{1,6}", re.ASCII)


@dataclass(slots=True)
class FdcFood:
    """One food; amounts are per 100 g, portions as our tables hold them."""

    fdc_id: str
    data_type: str
    description: str
    category: str = ""
    published: date | None = None
    ndb_no: str | None = None
    amounts: Amounts = field(default_factory=Amounts)
    portions: list[tuple[int, dict[str, Any]]] = field(default_factory=list)

    def add_portion(
        self,
        *,
        sequence: object,
        amount: object,
        unit: str,
        text: str,
        modifier: str,
        grams: object,
        findings: Findings,
    ) -> None:
        """Takes in one household measure, or counts why not."""
        portion = read_portion(amount=amount, unit=unit, text=text, modifier=modifier, grams=grams)
        if portion is None:
            findings.note("unusable_portions", self.fdc_id)
        elif len(self.portions) < MAX_PORTIONS:
            self.portions.append((int(number_or_none(sequence) or 0), portion))

    def sorted_portions(self) -> list[dict[str, Any]]:
        """The measures in the order the release gives them."""
        return [portion for _, portion in sorted(self.portions, key=lambda pair: (pair[0], pair[1]["description"]))]


def read_portion(*, amount: object, unit: str, text: str, modifier: str, grams: object) -> dict[str, Any] | None:
    """A measure as `{amount, description, grams, unit, modifier}`; None when it has no weight or no words.

    FNDDS writes the amount into the text (“1 cup, diced”) and a code into the modifier; others say it in columns.
    """
    weight, count = number_or_none(grams), number_or_none(amount)
    unit = "" if unit.strip().lower() in NO_UNITS else clean(unit, MAX_PORTION)
    words = [clean(part, MAX_PORTION) for part in (text, modifier) if part and not part.strip().isdigit()]
    words = [part for part in dict.fromkeys(words) if part and part.lower() not in NO_UNITS]
    if count is None and not unit and words and (match := AMOUNT_IN_TEXT.fullmatch(words[0])):
        count, words[0] = float(match[1]), match[2]
    count = 1.0 if count is None else count
    rest = ", ".join(words)
    if not unit:
        unit, _, rest = (part.strip() for part in rest.partition(","))
    if (
        weight is None
        or not 0 < weight <= MOST_PORTION_GRAMS
        or not 0 < count <= MOST_PORTION_GRAMS
        or not unit
        or unit.lower().startswith("quantity not specified")
    ):
        return None
    description = f"{unit}, {rest}" if rest else unit
    return {"amount": count, "description": description, "grams": weight, "unit": unit, "modifier": rest}


def number_or_none(value: object) -> float | None:
    """The number in a cell, None when it is blank or no number."""
    try:
        return read_number(value)
    except (ValueError, OverflowError):
        return None


def clean(text: object, length: int) -> str:
    """Printable text on one line, cut to a length; empty for anything that is not text."""
    if not isinstance(text, str):
        return ""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())[:length].strip()


def read_id(value: object) -> str | None:
    """An FDC number as text; None when it is none."""
    text = str(value).strip() if isinstance(value, int | str) and not isinstance(value, bool) else ""
    return text if FDC_ID.fullmatch(text) else None


def read_ndb(value: object) -> str | None:
    """An NDB number with its leading zeros, which releases drop; None when it is none."""
    text = str(value).strip() if isinstance(value, int | str) and not isinstance(value, bool) else ""
    return text.zfill(5) if NDB_NUMBER.fullmatch(text) and int(text) else None


def read_date(text: object) -> date | None:
    """A day written 2026-04-30 or 4/30/2026."""
    if not isinstance(text, str):
        return None
    try:
        if "/" in text:
            month, day, year = (int(part) for part in text.split("/"))
            return date(year, month, day)
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None
