"""How long the steps of a recipe cook, added up from their words. Pure; a guess for a person to confirm."""

from __future__ import annotations

import re
from collections.abc import Iterable

from planning.units_types import fold_text

MAX_MINUTES = 1440
WORDS = {
    **{"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "eight": 8, "ten": 10},
    **{"twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "sat": 1, "eine": 1, "zwei": 2},
}
HEAT = re.compile(
    r"\b(?:simmer|boil|bake|cook|roast|fry|grill|steam|braise|stew|saute|brown|toast|poach|sear|heat|stir|microwave"
    r"|kuva|skuva|peci|pece|ispe|dinsta|przi|krcka|koch|back|brat|garen|dunst|schmor|kochel)\w*"
)
IDLE = re.compile(
    r"\b(?:rest(?! of)|chill|cool|soak|marinat|rise|prove|proof|freez|refrigerat|fridge|stand|odmor|ohlad|potop"
    r"|ruhen|kuhl)\w*"
)
_FRACTIONS = {"½": ".5", "¼": ".25", "¾": ".75"}
_NUMBER = rf"(?:[0-9]+(?:[.,][0-9]+)?|{'|'.join(WORDS)})"
_SPAN = re.compile(
    rf"(?<![\w.])(?P<least>{_NUMBER})(?: ?(?:-|–|to|or|do|bis) ?(?P<most>{_NUMBER}))? ?(?:more )?"
    r"(?P<unit>hours?|hrs?|h|sati|sata|sat|stunden?|std|minutes?|mins?|min|minuta|minute|minuten)\b"
)
# A moment within the cooking, not time on top of it.
_MOMENT = re.compile(r"(?:every|after|last|final|svakih|posle|nach|alle) (?:the |about )?$")


def cooking_minutes(steps: Iterable[str]) -> int | None:
    """Minutes over heat in these steps, the longer end of a range; None where no step says."""
    total = sum(_clause_minutes(clause) for step in steps for clause in re.split(r"[.;](?:\s|$)|\bthen\b", step))
    return round(total) if 0 < total <= MAX_MINUTES else None


def _clause_minutes(clause: str) -> float:
    words = _plain(clause)
    if not HEAT.search(words) or IDLE.search(words):
        return 0.0
    spans = [span for span in _SPAN.finditer(words) if not _MOMENT.search(words[: span.start()])]
    return sum(_value(span["most"] or span["least"]) * (60 if span["unit"][0] in "hs" else 1) for span in spans)


def _plain(clause: str) -> str:
    words = re.sub(r"([0-9]?) ?([½¼¾])", lambda found: (found[1] or "0") + _FRACTIONS[found[2]], clause)
    words = fold_text(words)
    words = re.sub(r"\bhalf an hour\b|\bpola sata\b|\beine halbe stunde\b", "30 min", words)
    return re.sub(r"\b(?:an|one) hour and a half\b|\bsat i po\b", "90 min", words)


def _value(number: str) -> float:
    return float(WORDS[number]) if number in WORDS else float(number.replace(",", "."))
