"""From edible grams to what one buys: refuse, drained weight, pieces and packs. Pure; grams stay the truth."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

MAX_PACKS = 60
PACK_BURDEN = 0.05


@dataclass(frozen=True, slots=True)
class Purchase:
    """What to buy for some edible grams. `leftover_grams` is what remains of the packs, as purchased.

    `basis` names what was used to convert (refuse, drained fraction, piece weight, density), for showing.
    """

    grams: float
    purchase_grams: float
    display: str
    bought_grams: float
    leftover_grams: float
    basis: dict[str, Any]


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


def plan_purchase(
    *, grams: float, shopping: Mapping[str, Any], refuse_pct: float | None, density_g_per_ml: float | None, state: str
) -> Purchase:
    """What to buy for `grams` edible grams of a food with these shop facts."""
    basis: dict[str, Any] = {}
    purchase = grams
    drained = shopping.get("drained_fraction")
    if drained and state in ("canned", "drained"):
        purchase = purchase / drained
        basis["drained_fraction"] = drained
    if refuse_pct and refuse_pct < 95:
        purchase = purchase / (1 - refuse_pct / 100)
        basis["refuse_pct"] = refuse_pct
    unit = shopping.get("shop_unit") or "g"
    piece = shopping.get("piece_grams")
    if unit == "piece" and piece:
        count = math.ceil(grams / piece - 1e-6)
        bought = count * piece * (purchase / grams if grams else 1.0)
        basis.update(piece_grams=piece, piece_name=shopping.get("piece_name") or "")
        return Purchase(grams, purchase, str(count), bought, bought - purchase, basis)
    # Packs of liquids are stated in milliliters: they meet the grams through the density, or not at all.
    per_unit = density_g_per_ml if unit == "ml" else 1.0
    sizes = [size * per_unit for size in shopping.get("pack_sizes") or ()] if per_unit else []
    packs = choose_packs(purchase, sizes)
    bought = sum(packs) if packs else purchase
    if packs:
        basis["packs"] = list(packs)
    if unit == "ml" and density_g_per_ml:
        basis.update(density_g_per_ml=density_g_per_ml, density_source=shopping.get("density_source") or "")
    return Purchase(
        grams, purchase, _display(packs, purchase, unit, density_g_per_ml), bought, bought - purchase, basis
    )


def _display(packs: tuple[float, ...], purchase: float, unit: str, density: float | None) -> str:
    def text(amount: float) -> str:
        # Packs of liquids are sold by volume; without a sourced density they stay in grams.
        if unit == "ml" and density:
            return volume_text(amount / density)
        return grams_text(amount)

    if not packs:
        return text(purchase)
    counts: dict[float, int] = {}
    for pack in packs:
        counts[pack] = counts.get(pack, 0) + 1
    noun = " can" if unit == "can" else ""
    parts = [text(size) + noun if count == 1 else f"{count} × {text(size)}{noun}" for size, count in counts.items()]
    return " + ".join(parts)
