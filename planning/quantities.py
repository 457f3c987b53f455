"""From edible grams to what one buys: refuse, drained weight, pieces and packs. Pure; grams stay the truth.

Volume, weight and count meet in grams: a volume through the density, a count through the weight of a piece. Which of
them was used, and where it comes from, is in the basis of every purchase.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

MAX_PACKS = 60
PACK_BURDEN = 0.05
# Up to this many, loose fruit and vegetables are counted; above, a shop weighs them.
LOOSE_LIMIT = 10
LOOSE_PIECE_GRAMS = 50.0
LOOSE_AISLES = ("Fruit", "Vegetables")
# Parts of what is sold: nobody asks for three leaves of lettuce.
PARTS = frozenset({"leaf", "stalk", "clove", "spear", "slice", "sprig", "floret", "ring", "half", "wedge", "piece"})
# United States customary units, in milliliters (NIST Handbook 44, appendix C).
CUP_ML, TABLESPOON_ML, TEASPOON_ML = 236.588, 14.7868, 4.92892
# A head of garlic has ten to twelve cloves.
CLOVES_IN_A_HEAD = 10
# Smaller leaves are weighed: nobody counts arugula.
COUNTED_LEAF_GRAMS = 10.0
IRREGULAR = {
    "leaf": "leaves",
    "half": "halves",
    "loaf": "loaves",
    "potato": "potatoes",
    "tomato": "tomatoes",
    "mango": "mangoes",
}


@dataclass(frozen=True, slots=True)
class Purchase:
    """What to buy for some edible grams. `leftover_grams` is what remains of the packs, as purchased.

    `edible_bought_grams` is what of it can be eaten. `basis` names what was used to convert (refuse, drained fraction,
    piece weight, density, packs), for showing.
    """

    grams: float
    purchase_grams: float
    display: str
    bought_grams: float
    leftover_grams: float
    basis: dict[str, Any]
    edible_bought_grams: float


def grams_text(grams: float) -> str:
    """`850g`, `1kg`, `1.25kg`: never less than the grams; small amounts keep a decimal, so that nothing becomes 0."""
    if grams < 10:
        return f"{max(_up(grams, 0.1), 0.1):g}g"
    whole = _up(grams, 1)
    return f"{whole:g}g" if whole < 1000 else f"{_up(grams, 10) / 1000:g}kg"


def volume_text(milliliters: float) -> str:
    """`250ml`, `1l`, `1.5l`, never less than the milliliters."""
    whole = max(_up(milliliters, 1), 1.0)
    return f"{whole:g}ml" if whole < 1000 else f"{_up(milliliters, 10) / 1000:g}l"


def plural(noun: str, count: float) -> str:
    """`egg`, `eggs`; `potato`, `potatoes`; `leaf`, `leaves`."""
    if count == 1 or not noun:
        return noun
    head, _, last = noun.rpartition(" ")
    if last in IRREGULAR:
        last = IRREGULAR[last]
    elif last.endswith(("s", "x", "ch", "sh")):
        last += "es"
    elif last.endswith("y") and last[-2:-1] not in "aeiou":
        last = last[:-1] + "ies"
    else:
        last += "s"
    return f"{head} {last}".strip()


def pieces_text(count: int, noun: str) -> str:
    """`8 eggs`, `1 melon`; the bare number where a piece has no name."""
    return f"{count} {plural(noun, count)}".strip()


def _up(amount: float, step: float) -> float:
    return round(math.ceil(amount / step - 1e-6) * step, 6)


def choose_packs(need: float, sizes: Sequence[float]) -> tuple[float, ...]:
    """The packs that cover a need with little left over, largest first; () without sizes or need.

    A pack more counts like a twentieth of the largest left over: nobody carries nine small ones to spare a spoonful.
    """
    options = sorted({size for size in sizes if size > 0}, reverse=True)
    if not options or need <= 0:
        return ()
    largest = options[0]
    if need / largest > MAX_PACKS:
        return (largest,) * math.ceil(need / largest - 1e-9)

    def burden(packs: tuple[float, ...]) -> tuple[float, int]:
        return round(sum(packs) + PACK_BURDEN * largest * len(packs), 6), len(packs)

    choices = []
    for large in range(math.floor(need / largest) + 2):
        rest = need - large * largest
        fillings = [()] if rest <= 1e-9 else [(size,) * math.ceil(rest / size - 1e-9) for size in options]
        choices.extend((largest,) * large + filling for filling in fillings)
    return tuple(sorted(min(choices, key=burden), reverse=True))


def edible_share(*, shopping: Mapping[str, Any], refuse_pct: float | None, state: str) -> tuple[float, dict[str, Any]]:
    """The part of what is bought that can be eaten, from 0 to 1, and what it was worked out from."""
    share, basis = 1.0, {}
    drained = shopping.get("drained_fraction")
    if drained and state in ("canned", "drained"):
        share *= drained
        basis["drained_fraction"] = drained
    if refuse_pct and refuse_pct < 95:
        share *= 1 - refuse_pct / 100
        basis["refuse_pct"] = refuse_pct
    return share, basis


def plan_purchase(
    *,
    grams: float,
    shopping: Mapping[str, Any],
    refuse_pct: float | None,
    density_g_per_ml: float | None,
    state: str,
    aisle: str = "",
    own_piece_grams: float | None = None,
    own_density_g_per_ml: float | None = None,
) -> Purchase:
    """What to buy for `grams` edible grams of a food with these shop facts.

    `own_piece_grams` (edible grams of one piece) and `own_density_g_per_ml` are the athlete's own measures; they take
    the place of the sourced ones.
    """
    share, basis = edible_share(shopping=shopping, refuse_pct=refuse_pct, state=state)
    purchase = grams / share
    clove = own_piece_grams or shopping.get("piece_grams")
    if shopping.get("piece_name") == "clove" and clove:
        # Garlic is sold by the head, whatever the kitchen counts.
        head = {"shop_unit": "piece", "piece_name": "head", "piece_grams": clove * CLOVES_IN_A_HEAD}
        shopping = {**shopping, **head}
        own_piece_grams = own_piece_grams and clove * CLOVES_IN_A_HEAD
    unit = shopping.get("shop_unit") or "g"
    density = own_density_g_per_ml or density_g_per_ml
    if unit == "ml" and density:
        source = "your own measure" if own_density_g_per_ml else shopping.get("density_source") or ""
        basis.update(density_g_per_ml=density, density_source=source)
    count = _piece_count(
        grams, unit=unit, shopping=shopping, share=share, aisle=aisle, state=state, own=own_piece_grams
    )
    if count is not None:
        pieces, piece = count
        name = shopping.get("piece_name") or ""
        basis.update(piece_grams=round(piece, 3), piece_name=name)
        basis["piece_source"] = "your own measure" if own_piece_grams else "catalogue"
        edible = pieces * piece
        bought = edible / share
        text = pieces_text(pieces, name) if pieces else grams_text(purchase)
        return Purchase(grams, purchase, text, bought, bought - purchase, basis, edible)
    # Packs of liquids are stated in milliliters: they meet the grams through the density, or not at all.
    per_unit = density if unit == "ml" else 1.0
    sizes = [size * per_unit for size in shopping.get("pack_sizes") or ()] if per_unit else []
    packs = choose_packs(purchase, sizes)
    bought = sum(packs) if packs else purchase
    if packs:
        basis["packs"] = [round(pack, 3) for pack in packs]
    text = _display(packs, purchase, shopping, density)
    return Purchase(grams, purchase, text, bought, bought - purchase, basis, bought * share)


def _piece_count(
    grams: float,
    *,
    unit: str,
    shopping: Mapping[str, Any],
    share: float,
    aisle: str,
    state: str,
    own: float | None,
) -> tuple[int, float] | None:
    """(pieces, edible grams of one) where the food is bought by the piece, None where it is bought by weight.

    A piece without an edible weight of its own is what its pack size leaves after refuse.
    """
    sizes = shopping.get("pack_sizes") or ()
    piece = own or shopping.get("piece_grams")
    name = shopping.get("piece_name") or ""
    if unit == "piece":
        piece = piece or (sizes[0] * share if sizes else None)
        return (_count(grams, piece), piece) if piece else None
    if unit != "g" or not piece:
        return None
    loose = aisle in LOOSE_AISLES and state == "raw" and piece >= LOOSE_PIECE_GRAMS and name and name not in PARTS
    count = _count(grams, piece)
    return (count, piece) if loose and count <= LOOSE_LIMIT else None


def _count(grams: float, piece: float) -> int:
    return math.ceil(grams / piece - 1e-6)


def _display(
    packs: tuple[float, ...], purchase: float, shopping: Mapping[str, Any], density_g_per_ml: float | None
) -> str:
    unit, piece = shopping.get("shop_unit") or "g", shopping.get("piece_grams")

    def text(amount: float) -> str:
        # Packs of liquids are sold by volume; without a sourced density they stay in grams.
        if unit == "ml" and density_g_per_ml:
            return volume_text(amount / density_g_per_ml)
        return grams_text(amount)

    if not packs:
        return text(purchase)
    if unit == "g" and piece and shopping.get("piece_name") and set(packs) == {piece}:
        # A gel or a bar is its own pack.
        return pieces_text(len(packs), shopping["piece_name"])
    counts: dict[float, int] = {}
    for pack in packs:
        counts[pack] = counts.get(pack, 0) + 1
    noun = " can" if unit == "can" else ""
    parts = [text(size) + noun if count == 1 else f"{count} × {text(size)}{noun}" for size, count in counts.items()]
    return " + ".join(parts)


def kitchen_text(grams: float, *, shopping: Mapping[str, Any], density_g_per_ml: float | None) -> str:
    """Edible grams in the words of a kitchen: `3 eggs`, `about 2 cups`; empty where no sourced measure says so.

    A volume needs a density, a count the weight of a piece; nothing is guessed.
    """
    if grams <= 0:
        return ""
    piece, name = shopping.get("piece_grams"), shopping.get("piece_name")
    if piece and name and grams / piece >= 0.24 and (name != "leaf" or piece >= COUNTED_LEAF_GRAMS):
        return _quarters(grams / piece, name)
    if not density_g_per_ml:
        return ""
    milliliters = grams / density_g_per_ml
    if milliliters >= 0.24 * CUP_ML:
        return _quarters(milliliters / CUP_ML, "cup")
    for name, size in (("tablespoon", TABLESPOON_ML), ("teaspoon", TEASPOON_ML)):
        if milliliters >= 0.9 * size:
            return _quarters(milliliters / size, name)
    return "" if milliliters < 0.24 * TEASPOON_ML else _quarters(milliliters / TEASPOON_ML, "teaspoon")


def _quarters(amount: float, noun: str) -> str:
    """The amount to the nearest quarter, above ten to the nearest whole; `about` unless it is exact."""
    shown = float(round(amount)) if amount > 10 else max(round(amount * 4) / 4, 0.25)
    exact = abs(shown - amount) <= 0.01 * amount
    fractions = {0.25: "¼", 0.5: "½", 0.75: "¾"}
    whole, part = int(shown), fractions.get(shown - int(shown), "")
    number = f"{whole or ''}{part}"
    return f"{'' if exact else 'about '}{number} {plural(noun, 1 if shown <= 1 else 2)}"
