"""Amounts that a step of a method names, for another number of servings: "in 700 ml of water". Pure.

Times, degrees, lengths, packages ("a 400 g tin"), vessels and what each piece weighs stay as written.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from planning.kitchen import FRACTIONS, fraction_text, names_an_amount

_SIGNS = {sign: value for value, sign in FRACTIONS.items()}
_NUMBER = rf"(?:\d+\s\d/\d|\d/\d|\d*[{''.join(_SIGNS)}]|\d+(?:[.,]\d+)?)"
_RANGE = rf"({_NUMBER})(\s*(?:–|-|to|or)\s*)?((?<=[–\-tor\s]){_NUMBER})?"
_METRIC = r"kg|g|grams?|ml|dl|liters?|litres?|l"
_KITCHEN = {
    "cup": "cups",
    "glass": "glasses",
    "tablespoon": "tablespoons",
    "teaspoon": "teaspoons",
    "spoon": "spoons",
    "egg": "eggs",
    "clove": "cloves",
    "slice": "slices",
    "ladle": "ladles",
}
_SINGULAR = {many: one for one, many in _KITCHEN.items()}
_SPOONS = rf"tbsp|tsp|{'|'.join(sorted({*_KITCHEN, *_SINGULAR}, key=len, reverse=True))}"
_SHAPED = {
    "patties": "patty",
    "balls": "ball",
    "hollows": "hollow",
    "omelets": "omelet",
    "squares": "square",
    "bars": "bar",
    "slices": "slice",
    "muffin cups": "muffin cup",
}
_WORDS = ["a", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_COUNTS = {word: number for number, word in enumerate(_WORDS, start=1)} | {"an": 1, "one": 1}
_MEASURED = re.compile(rf"(?<![\w.,/]){_RANGE}[\s-]?({_METRIC}|{_SPOONS})\b(?!/)", re.IGNORECASE)
_POURED = re.compile(
    rf"\b({'|'.join(_COUNTS)})\s(cups?|glass(?:es)?|(?:table|tea)?spoons?|ladles?)(?=\sof\b)", re.IGNORECASE
)
_PIECES = re.compile(rf"\b({'|'.join(w for w in _COUNTS if len(w) > 2)})\s((?:\w+\s)?)({'|'.join(_SHAPED)})\b")
_VESSEL = r"(?:jar|can|tin|packet|pack|bag|box|tub|bottle|carton|pan|pot|dish|bowl|mold)(?:e?s)?"
_PIECE = r"portions?|pieces?|balls?|patt(?:y|ies)|each|apiece|steaks?|fillets?"
_STAYS_AFTER = re.compile(rf"^[\s)-]*(?:\w+\s)?(?:{_VESSEL}|{_PIECE})\b", re.IGNORECASE)
_STAYS_BEFORE = re.compile(rf"\b(?:(?:{_VESSEL})\s*\(?\s*(?:of\s)?(?:about\s)?|(?:each|every)\s\w+\s)$", re.IGNORECASE)
# The sizes of glasses and spoons that go by name differ by kitchen; nobody measures less than half of one.
_LEAST_POURED = 0.5
# Measures of methods in Serbian, whose nouns change with their number.
_UNSCALED = re.compile(r"(?:\d|[¼½¾⅓⅔])\s?(?:kašik|kašičic|šolj|čaš|čen|jaj|kriš|veza|dag\b)", re.IGNORECASE)
_MILLILITERS_IN_A_LITER = 1000


def scaled_method(method: Sequence[str], ratio: float) -> list[str]:
    """The steps with their amounts times `ratio`; as written where one of them `keeps_an_amount`, since a method that
    is part scaled would be right for nobody."""
    return list(method) if any(map(keeps_an_amount, method)) else [scaled(step, ratio) for step in method]


def scaled(step: str, ratio: float) -> str:
    """The step with its amounts times `ratio`, rounded as a kitchen measures."""
    if abs(ratio - 1) < 0.005 or ratio <= 0:
        return step
    step = scaled_measures(step, ratio)
    step = _POURED.sub(lambda found: _poured(found, ratio), step)
    return _PIECES.sub(lambda found: _shaped(found, ratio), step)


def scaled_measures(step: str, ratio: float) -> str:
    """The step with what it names in grams, milliliters and spoons times `ratio`."""
    return _MEASURED.sub(lambda found: found[0] if _stays(found) else _measured(found, ratio), step)


def poured_amount(count: int, ratio: float) -> tuple[str, float]:
    """(`1½`, 1.5): so many glasses or spoons times `ratio`, to a half."""
    return fraction_text(math.floor(max(count * ratio, _LEAST_POURED) * 2 + 0.5) / 2)


def shaped_count(count: int, ratio: float) -> int:
    """So many pieces times `ratio`, at least one."""
    return max(math.floor(count * ratio + 0.5), 1)


def keeps_an_amount(step: str) -> bool:
    """Whether the step names an amount that `scaled` leaves as it is, so that the reader has to be told for how many
    it stands."""
    left = _MEASURED.sub(lambda found: found[0] if _stays(found) else "", step)
    return names_an_amount(left) or bool(_UNSCALED.search(left))


def _stays(found: re.Match[str]) -> bool:
    text = found.string
    return bool(_STAYS_AFTER.match(text[found.end() :]) or _STAYS_BEFORE.search(text[: found.start()]))


def _measured(found: re.Match[str], ratio: float) -> str:
    least, between, most, unit = found.groups()
    if between and not most:
        return found[0]
    amounts = [_value(text) * ratio for text in (least, most) if text]
    space = found[0][len(least + (between or "") + (most or "")) : -len(unit)]
    name = unit.lower()
    if re.fullmatch(_METRIC, name):
        if name == "ml" and amounts[-1] >= _MILLILITERS_IN_A_LITER:
            unit, amounts = "l", [amount / _MILLILITERS_IN_A_LITER for amount in amounts]
        elif name.startswith("l") and amounts[-1] < 0.95:
            unit, amounts = "ml", [amount * _MILLILITERS_IN_A_LITER for amount in amounts]
        texts = [_metric(amount, unit.lower()) for amount in amounts]
        if unit.lower() in ("liters", "litres") and texts == ["1"]:
            unit = unit[:-1]
        elif unit.lower() in ("liter", "litre") and texts != ["1"]:
            unit += "s"
        texts = [text.replace(".", ",") for text in texts] if "," in least else texts
    else:
        texts = [fraction_text(max(amount, 0.25))[0] for amount in amounts]
        if name in _KITCHEN or name in _SINGULAR:
            one = _SINGULAR.get(name, name)
            unit = one if amounts[-1] <= 1 or texts[-1] == "1" else _KITCHEN[one]
    return (between or "").join(texts) + space + unit


def _metric(amount: float, unit: str) -> str:
    """Tens of a hundred and more grams or milliliters, twentieths of a liter or kilogram."""
    if unit in ("g", "gram", "grams", "ml"):
        step = 1 if amount < 20 else 5 if amount < 100 else 10
        return f"{max(math.floor(amount / step + 0.5) * step, 1)}"
    return f"{math.floor(amount * 20 + 0.5) / 20 or 0.05:g}"


def _poured(found: re.Match[str], ratio: float) -> str:
    one = _SINGULAR.get(found[2].lower(), found[2].lower())
    text, shown = poured_amount(_COUNTS[found[1].lower()], ratio)
    if shown == 1:
        return f"{_like('a', found[1])} {one}"
    if shown < 1:
        return f"{_like('half', found[1])} a {one}"
    return f"{text} {_KITCHEN[one]}"


def _shaped(found: re.Match[str], ratio: float) -> str:
    count = shaped_count(_COUNTS[found[1]], ratio)
    number = _WORDS[count - 1] if count <= len(_WORDS) else str(count)
    number = "one" if count == 1 else number
    return f"{number} {found[2]}{_SHAPED[found[3]] if count == 1 else found[3]}"


def _like(word: str, model: str) -> str:
    return word.capitalize() if model[0].isupper() else word


def _value(text: str) -> float:
    whole, _, part = text.rpartition(" ") if "/" in text else ("", "", "")
    if part:
        above, _, below = part.partition("/")
        return float(whole or 0) + float(above) / (float(below) or 1)
    sign = _SIGNS.get(text[-1])
    if sign is not None:
        return float(text[:-1] or 0) + sign
    return float(text.replace(",", "."))
