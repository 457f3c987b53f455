"""Amounts as people write them: `parse_quantity("1 1/2 cups oats")`, and `to_grams` for a food that is known.

Pure and exact (Decimal). English, Serbian and German measures. Grams come from a mass, from a weighed household
measure of that very food, from its pack, or from its density: never from a guess, least of all one gram a milliliter.
What none of these can answer is a question for the person who wrote the line.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from django.utils.translation import gettext

from planning import units_data as data
from planning.units_data import COUNT, MASS, TRACE, Unit
from planning.units_reader import OF, SIZE, LineReader, any_of
from planning.units_types import FoodFacts, Grams, Quantity, QuantityError, Term, facts_of, fold_text
from planning.units_weight import to_grams

__all__ = [
    "FoodFacts",
    "Grams",
    "Quantity",
    "QuantityError",
    "Term",
    "facts_of",
    "fold_text",
    "parse_quantity",
    "to_grams",
]

MAX_LENGTH = 500
_DENOMINATORS = {"½": 2, "⅓⅔": 3, "¼¾": 4, "⅕⅖⅗⅘": 5, "⅙⅚": 6, "⅐": 7, "⅛⅜⅝⅞": 8, "⅑": 9, "⅒": 10}
_FRACTIONS = {
    char: f"{round(unicodedata.numeric(char) * denominator)}/{denominator}"
    for chars, denominator in _DENOMINATORS.items()
    for char in chars
}
_ABOUT = re.compile(rf"({any_of(data.ABOUT_WORDS)})(?!\w)|[~≈]")
_TASTE = re.compile(rf"(?:,? ?(?:\bor\b|\bili\b|\boder\b)? ?)({any_of(data.TO_TASTE)})(?!\w)")
_GROUP = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_BULLET = re.compile(r"^(?:[-–—*•·▢□☐✓] +|[•·▢□☐✓])")
_JUICE = re.compile(r"^(juice|zest|sok|saft)(?: and (?:zest|juice))? (?:of|od|von) ")
_TRAILING = ("clove", "slice", "stalk", "sprig", "stick", "wedge", "leaf", "head", "bunch")
_TRAILING_KEPT = ("fillet", "breast", "thigh", "drumstick", "steak", "ear")


def parse_quantity(text: str, *, metric_cups: bool = False) -> Quantity:
    """Reads one line of an ingredient list. Raises QuantityError for amounts that cannot be.

    `metric_cups` reads cup, tbsp and tsp as 250, 15 and 5 ml instead of the US measures.
    """
    line = _tidy(text)
    to_taste = bool(_TASTE.search(fold_text(line)))
    line = _cut(_TASTE, line)
    line, groups = _take_groups(line)
    line, about = _strip_about(line)
    reader = LineReader(line, metric_cups)
    juice = _JUICE.match(reader.folded)
    if juice:
        reader.at = juice.end()
    terms, rest = reader.terms()
    if not terms and not juice:
        found = _trailing_amount(line, metric_cups)
        if found is not None:
            reader, terms, rest = found
    food_text, preparation = _split_food(rest, reader)
    if juice and food_text:
        food_text = f"{food_text} {juice[1]}"
    pack, stated, size, extra = _read_groups(groups, reader, terms, metric_cups)
    size = reader.size or size
    unit_found = terms[-1].unit if terms else ""
    if terms and not unit_found:
        terms, unit_found, food_text = _trailing_unit(terms, food_text, preparation)
    if terms and terms[-1].kind == TRACE:
        return Quantity(
            text=text, quantity=None, quantity_min=None, quantity_max=None, unit="pinch", size="",
            food_text=food_text, preparation=_join(preparation, extra), to_taste=True, notes=tuple(reader.notes),
        )  # fmt: skip
    if not terms and not food_text:
        raise QuantityError(gettext("Write an amount and a food."))
    if not food_text and unit_found and terms[-1].kind == COUNT:
        food_text = reader.unit_text
    if not food_text and not terms:
        raise QuantityError(gettext("Write which food it is."))
    quantity, low, high, unit = _total(terms)
    return Quantity(
        text=text,
        quantity=quantity,
        quantity_min=low,
        quantity_max=high,
        unit=unit,
        size=size,
        food_text=food_text,
        preparation=_join(preparation, extra),
        to_taste=to_taste and not terms,
        assumed=about or reader.loose or bool(reader.notes),
        terms=tuple(terms),
        pack=pack,
        stated=stated,
        notes=tuple(reader.notes),
    )


def _tidy(text: str) -> str:
    if "\x00" in text:
        raise QuantityError(gettext("The line holds a character that no text has."))
    if len(text) > MAX_LENGTH:
        raise QuantityError(gettext("A line has at most %(count)s characters.") % {"count": MAX_LENGTH})
    for char, plain in _FRACTIONS.items():
        text = text.replace(char, f" {plain} ")
    text = text.replace("⁄", "/").replace("×", " x ")
    text = unicodedata.normalize("NFKC", text)
    kept = "".join(
        " " if char.isspace() else str(unicodedata.digit(char)) if char.isdigit() and not char.isascii() else char
        for char in text
        if unicodedata.category(char) not in ("Cf", "Cc", "Cs", "Co", "Cn") or char.isspace()
    )
    for dash in "‐‑‒–—−":
        kept = kept.replace(dash, "-")
    kept = " ".join(kept.split())
    kept = _BULLET.sub("", kept).strip()
    if not kept:
        raise QuantityError(gettext("Write an amount and a food."))
    return kept


def _cut(pattern: re.Pattern[str], line: str) -> str:
    found = pattern.search(fold_text(line))
    return line if found is None else (line[: found.start()] + line[found.end() :]).strip(" ,")


def _take_groups(line: str) -> tuple[str, list[str]]:
    groups = [(match[1] or match[2] or "").strip() for match in _GROUP.finditer(line)]
    bare = _GROUP.sub(" ", line)
    return " ".join(bare.replace("(", " ").replace(")", " ").split()).replace(" ,", ","), [g for g in groups if g]


def _strip_about(line: str) -> tuple[str, bool]:
    match = _ABOUT.match(fold_text(line))
    return (line[match.end() :].strip(), True) if match else (line, False)


def _trailing_amount(line: str, metric: bool) -> tuple[LineReader, list[Term], str] | None:
    """`brašno 300 g`, `Milch: 200 ml`: a food with its amount after it."""
    for match in re.finditer(r"(?:^|[\s:,-])(?=[0-9])", line):
        name = line[: match.start()].strip(" :-,")
        reader = LineReader(line[match.end() :], metric)
        start = name and reader.terms()
        if start and start[0] and start[0][-1].unit and not start[1].strip(" ,."):
            return reader, start[0], name
    return None


def _split_food(rest: str, reader: LineReader) -> tuple[str, str]:
    text = rest.strip(" ,;.:-")
    of = OF.match(fold_text(text))
    if of:
        text = text[of.end() :]
    # An alternative measure: "500 g / 1 lb 2 oz beef".
    slash = re.match(r"/ ?", text)
    if slash:
        other = LineReader(text[slash.end() :], reader.metric)
        _, text = other.terms()
        text = text.strip()
    food, _, preparation = text.partition(",")
    preparation = preparation.strip(" ,;")
    size = SIZE.fullmatch(fold_text(preparation))
    if size and not reader.size:
        reader.size, preparation = data.SIZES[size[1]], ""
    words = food.split()
    before = []
    while len(words) > 1 and fold_text(words[0]) in data.PREPARED:
        before.append(words.pop(0))
        if len(words) > 2 and fold_text(words[0]) == "and" and fold_text(words[1]) in data.PREPARED:
            before.append(words.pop(0))
    return " ".join(words).strip(" ;:-"), _join(" ".join(before), preparation)


def _read_groups(
    groups: Sequence[str], reader: LineReader, terms: Sequence[Term], metric: bool
) -> tuple[Term | None, Term | None, str, str]:
    """What stands in parentheses: the content of a pack, a weight, a size, or a remark."""
    pack, stated, size, remarks = reader.pack, None, "", []
    holds = bool(terms) and (terms[-1].kind == COUNT) and data.ALIASES.get(terms[-1].unit, Unit("", COUNT)).container
    for group in groups:
        folded = fold_text(group)
        if SIZE.fullmatch(folded):
            size = data.SIZES[folded]
            continue
        text, _ = _strip_about(group)
        inner = LineReader(text, metric)
        term = inner.packed() if re.match(r"[0-9.,]", text) else None
        tail = fold_text(text[inner.at :]).strip(" .-") if term else ""
        if term is None or (tail and not re.match(r"(each|total|in total|net|drained|/|or |ukupno|svaka)", tail)):
            remarks.append(group)
        elif holds and not tail.startswith(("total", "in total", "ukupno")):
            pack = pack or term
        elif term.kind == MASS:
            each = tail.startswith(("each", "svaka")) and bool(terms)
            stated = _each(term, terms[0]) if each else term
    return pack, stated, size, "; ".join(remarks)


def _each(term: Term, count: Term) -> Term:
    return replace(
        term,
        amount=term.amount * count.amount,
        amount_min=term.amount * count.amount_min,
        amount_max=term.amount * count.amount_max,
    )


def _trailing_unit(terms: list[Term], food_text: str, preparation: str) -> tuple[list[Term], str, str]:
    """`3 garlic cloves`: the measure stands after the food."""
    words = food_text.split()
    unit = data.ALIASES.get(fold_text(words[-1])) if len(words) > 1 else None
    if unit is None or unit.name not in (*_TRAILING, *_TRAILING_KEPT):
        return terms, "", food_text
    kept = food_text if unit.name in _TRAILING_KEPT else " ".join(words[:-1])
    return [*terms[:-1], replace(terms[-1], unit=unit.name)], unit.name, kept


def _total(terms: Sequence[Term]) -> tuple[Decimal | None, Decimal | None, Decimal | None, str]:
    if not terms:
        return None, None, None, ""
    last = terms[-1]
    if len(terms) == 1:
        return last.amount, last.amount_min, last.amount_max, last.unit
    if any(term.kind != last.kind or term.size is None for term in terms) or last.size is None:
        return None, None, None, ""
    sums = [
        sum((getattr(term, name) * (term.size or 0) for term in terms), Decimal(0)) / last.size
        for name in ("amount", "amount_min", "amount_max")
    ]
    middle, low, high = (_short(value) for value in sums)
    return middle, low, high, last.unit


def _short(value: Decimal) -> Decimal:
    text = f"{value.quantize(Decimal('0.0001')):f}"
    return Decimal(text.rstrip("0").rstrip("."))


def _join(*parts: str) -> str:
    return ", ".join(part for part in (part.strip(" ,") for part in parts) if part)
