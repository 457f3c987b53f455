"""What an ingredient line says and what it weighs, as values; and the folding of words that both readings share."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any


class QuantityError(ValueError):
    """A line that states no possible amount; the message is for the person who wrote it."""


@dataclass(frozen=True, slots=True)
class Term:
    """One summand: `amount` of a unit (the midpoint of a range), with the grams or milliliters of one unit."""

    amount: Decimal
    amount_min: Decimal
    amount_max: Decimal
    unit: str
    kind: str
    size: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """What a line says. `quantity` is None when it names none, or when its summands have no unit in common.

    `pack` is the content of one container ("(400 g) can"), `stated` a weight written beside another measure
    ("2 cups (160 g)"). `assumed` tells that something was read into the words; `notes` say what.
    """

    text: str
    quantity: Decimal | None
    quantity_min: Decimal | None
    quantity_max: Decimal | None
    unit: str
    size: str
    food_text: str
    preparation: str
    to_taste: bool = False
    assumed: bool = False
    terms: tuple[Term, ...] = ()
    pack: Term | None = None
    stated: Term | None = None
    notes: tuple[str, ...] = ()

    def scaled(self, factor: Decimal | int | str) -> Quantity:
        """The same line for `factor` times the amount; packs keep their size."""
        k = Decimal(factor)
        if k <= 0:
            raise QuantityError("The factor must be more than zero.")

        def times(value: Decimal | None) -> Decimal | None:
            return None if value is None else value * k

        def grown(term: Term) -> Term:
            return replace(term, amount=term.amount * k, amount_min=term.amount_min * k, amount_max=term.amount_max * k)

        return replace(
            self,
            quantity=times(self.quantity),
            quantity_min=times(self.quantity_min),
            quantity_max=times(self.quantity_max),
            terms=tuple(grown(term) for term in self.terms),
            stated=None if self.stated is None else grown(self.stated),
        )


@dataclass(frozen=True, slots=True)
class FoodFacts:
    """What weighing a food needs. `portions` are `{amount, description, grams, unit, modifier}` household measures."""

    name: str = ""
    portions: Sequence[Mapping[str, Any]] = ()
    density_g_per_ml: float | None = None
    drained_fraction: float | None = None
    state: str = ""
    piece_grams: float | None = None
    piece_name: str = ""


@dataclass(frozen=True, slots=True)
class Grams:
    """Grams of a line, or None with the question to ask. `source` is mass, stated,
    portion, piece, pack, density, or empty.
    """

    grams: Decimal | None
    source: str = ""
    assumed: bool = False
    question: str = ""
    detail: str = ""
    grams_min: Decimal | None = None
    grams_max: Decimal | None = None
    absurd: bool = False


def facts_of(food: Any) -> FoodFacts:
    """The facts of a food row: anything with `name, portions, density_g_per_ml, state` and `shopping`."""
    shopping = food.shopping or {}
    return FoodFacts(
        name=food.name,
        portions=tuple(food.portions or ()),
        density_g_per_ml=food.density_g_per_ml,
        drained_fraction=shopping.get("drained_fraction"),
        state=food.state or "",
        piece_grams=shopping.get("piece_grams"),
        piece_name=shopping.get("piece_name") or "",
    )


def fold_text(text: str) -> str:
    """Lower case without diacritics, letter for letter, so that positions stay the same."""
    return "".join(_fold_letter(char) for char in text)


def _fold_letter(char: str) -> str:
    base = unicodedata.normalize("NFD", char)[0].lower()
    return base if len(base) == 1 else char
