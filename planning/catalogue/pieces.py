"""Pieces: which servings of a dish come out in whole eggs and half bananas, and how such an amount is said.

A food has a weight a piece (`piece_grams`) and the smallest part of it that is served (`piece_step`: 1 for an egg, a
roll or a gel, 0.5 for fruit and sliced bread). A dish names the foods that lie on the plate as pieces; an egg that is
beaten into a batter for eight is not one of them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

# A piece is a kitchen measure: weights of one kind differ by more than this.
TOLERANCE = 0.05
STEPS = (1, 2, 4, 8)
HALVES = {0.5: "½"}
IRREGULAR = {"leaf": "leaves", "loaf": "loaves", "half": "halves"}
ES_ENDINGS = ("s", "sh", "ch", "x", "tomato", "potato", "mango")


def smallest_step_quarters(pieces: Iterable[tuple[float, float]]) -> int:
    """The least step in quarter servings, counted from zero, at which every piece food is served whole.

    `pieces` holds (pieces in one serving, smallest part served) for each food that comes in pieces; 1 without any.
    Raises ValueError when not even two servings come out even.
    """
    wanted = list(pieces)
    for step in STEPS:
        if all(_is_even(count * step / 4 / part) for count, part in wanted):
            return step
    raise ValueError(f"{wanted} pieces a serving do not come out whole in two servings")


def sizes(*, min_quarters: int, max_quarters: int, step_quarters: int) -> range:
    """Every size of a dish in quarter servings: the multiples of its step within its limits."""
    first = math.ceil(min_quarters / step_quarters) * step_quarters
    return range(first, max_quarters + 1, step_quarters)


def count_pieces(grams: float, *, piece_grams: float | None, piece_step: float | None) -> float | None:
    """How many pieces an amount is, in parts that are served; None where the food is not counted or it is no number.

    100 g of eggs at 50 g is 2.0, 59 g of banana at 118 g is 0.5, 80 g of eggs is None.
    """
    if not piece_grams or not piece_step:
        return None
    parts = grams / piece_grams / piece_step
    return round(parts) * piece_step if _is_even(parts) else None


def piece_text(grams: float, *, word: str, piece_name: str, piece_grams: float | None, piece_step: float | None) -> str:
    """An amount as one says it, "2 eggs", "½ banana", "3 slices white bread"; empty where it is no number of pieces.

    `word` is what a cook calls the food. The piece is named before it unless the word says it already.
    """
    count = count_pieces(grams, piece_grams=piece_grams, piece_step=piece_step)
    if count is None:
        return ""
    single, many = _singular(word), plural(_singular(word))
    if piece_name and piece_name not in single.split():
        return f"{number_text(count)} {piece_name if count <= 1 else plural(piece_name)} {word}"
    return f"{number_text(count)} {single if count <= 1 else many}"


def number_text(count: float) -> str:
    """2.0 is "2", 0.5 is "½", 1.5 is "1½"; other numbers keep their decimals."""
    whole, part = int(count), round(count - int(count), 3)
    if part in HALVES:
        return f"{whole or ''}{HALVES[part]}"
    return f"{count:g}"


def plural(word: str) -> str:
    """The plural of a kitchen noun: egg, potato, leaf, radish."""
    head, _, last = word.rpartition(" ")
    if last in IRREGULAR:
        last = IRREGULAR[last]
    elif last.endswith(ES_ENDINGS):
        last += "es"
    else:
        last += "s"
    return f"{head} {last}".strip()


def _singular(word: str) -> str:
    for ending in ("toes", "shes", "ches"):
        if word.endswith(ending):
            return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _is_even(parts: float) -> bool:
    whole = round(parts)
    return whole >= 1 and abs(parts - whole) <= TOLERANCE * parts
