"""What an ingredient line weighs for a food that is known. Grams are the only truth; where they are unknown, ask."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext

from planning import units_data as data
from planning.units_data import COUNT, MASS, VOLUME, Unit
from planning.units_types import FoodFacts, Grams, Quantity, Term, fold_text

# No line of a home recipe weighs more; a total above it is asked about.
ABSURD_GRAMS = Decimal(20_000)
# A stated weight and the weight of the measure beside it may differ by this factor before one of them is doubted.
LIE_FACTOR = Decimal(2)


def to_grams(quantity: Quantity, food: FoodFacts) -> Grams:
    """Grams of a parsed line of this food, in the order mass, stated weight, household measure, pack, density.

    `grams` is None with an empty question for what has no amount ("to taste"); with a question when only the person
    can know. Never raises.
    """
    if not quantity.terms:
        if quantity.to_taste:
            return Grams(None)
        return Grams(
            None, question=gettext("How much %(food)s is it, in grams?") % {"food": quantity.food_text or food.name}
        )
    parts = [_term_grams(quantity, term, food) for term in quantity.terms]
    missing = next((part for part in parts if part.grams is None), None)
    if quantity.stated is not None:
        return _stated(quantity, quantity.stated, None if missing else parts)
    if missing is not None:
        return missing
    total = _sum(parts)
    first = quantity.terms[0]
    share_min, share_max = first.amount_min / first.amount, first.amount_max / first.amount
    if len(parts) == 1 and share_min != share_max and total.grams is not None:
        total = replace(total, grams_min=_round(total.grams * share_min), grams_max=_round(total.grams * share_max))
    total = replace(total, assumed=total.assumed or quantity.assumed)
    return _doubt(total)


def _stated(quantity: Quantity, term: Term, parts: Sequence[Grams] | None) -> Grams:
    grams = _round(term.amount * (term.size or 1))
    answer = _doubt(Grams(grams, "stated", quantity.assumed))
    if parts is not None:
        measured = _sum(parts).grams or Decimal(0)
        if measured > 0 and not grams / LIE_FACTOR <= measured <= grams * LIE_FACTOR:
            said, weighed = _plain(grams), _plain(measured)
            question = gettext(
                "The line says %(said)s g, but the measure beside it weighs %(weighed)s g. Which is right?"
            ) % {"said": said, "weighed": weighed}
            return replace(answer, question=question, assumed=True)
    return answer


def _sum(parts: Sequence[Grams]) -> Grams:
    total = sum((part.grams or Decimal(0) for part in parts), Decimal(0))
    sources = list(dict.fromkeys(part.source for part in parts))
    return Grams(
        _round(total),
        sources[0] if len(sources) == 1 else "+".join(sources),
        any(part.assumed for part in parts),
        detail="; ".join(dict.fromkeys(part.detail for part in parts if part.detail)),
    )


def _doubt(answer: Grams) -> Grams:
    if answer.grams is not None and answer.grams <= 0:
        return Grams(None, question=gettext("That weighs less than a milligram. How many grams is it?"))
    if answer.grams is None or answer.grams <= ABSURD_GRAMS:
        return answer
    kilograms = _plain(answer.grams / 1000)
    return replace(
        answer,
        absurd=True,
        assumed=True,
        question=gettext("That is %(kilograms)s kg. Is the amount right?") % {"kilograms": kilograms},
    )


def _term_grams(quantity: Quantity, term: Term, food: FoodFacts) -> Grams:
    if term.kind == MASS and term.size is not None:
        return Grams(_round(term.amount * term.size), "mass")
    if term.kind == VOLUME:
        return _volume_grams(quantity, term, food)
    if quantity.pack is not None and data.ALIASES.get(term.unit, Unit("", COUNT)).container:
        return _pack_grams(quantity, term, quantity.pack, food)
    return _count_grams(quantity, term, food)


def _volume_grams(quantity: Quantity, term: Term, food: FoodFacts) -> Grams:
    ml = term.size or Decimal(0)
    row, matched = _best_row(quantity, food, term.unit)
    us_ml = data.US_VOLUMES.get(term.unit)
    if row is not None and us_ml and (matched or food.density_g_per_ml is None):
        grams = _per_unit(row) * ml / us_ml
        detail = f"1 {row['description']} = {_plain(_per_unit(row))} g" if matched else f"{row['description']}"
        return Grams(_round(term.amount * grams), "portion", not matched, detail=detail)
    if food.density_g_per_ml:
        density = Decimal(str(food.density_g_per_ml))
        return Grams(_round(term.amount * ml * density), "density", detail=f"1 ml = {_plain(density)} g")
    for unit in ("cup", "tbsp", "tsp", "fl oz", "pint", "quart"):
        row, matched = _best_row(quantity, food, unit)
        if row is not None and unit in data.US_VOLUMES:
            density = _per_unit(row) / data.US_VOLUMES[unit]
            detail = f"1 {row['description']} = {_plain(_per_unit(row))} g"
            return Grams(_round(term.amount * ml * density), "density", not matched, detail=detail)
    return _asked(quantity, term, food)


def _asked(quantity: Quantity, term: Term, food: FoodFacts) -> Grams:
    words = {"amount": _plain(term.amount), "unit": term.unit, "food": food.name or quantity.food_text}
    return Grams(None, question=gettext("How many grams is %(amount)s %(unit)s of %(food)s?") % words)


def _pack_grams(quantity: Quantity, term: Term, pack: Term, food: FoodFacts) -> Grams:
    if pack.kind == MASS and pack.size is not None:
        each: Decimal | None = pack.amount * pack.size
    else:
        inner = _volume_grams(quantity, pack, food)
        if inner.grams is None:
            return inner
        each = inner.grams
    total = term.amount * (each or Decimal(0))
    poured_off = re.search(r"drain|ocedj|oced|abgetropft|abtropf", fold_text(quantity.preparation))
    if food.state == "drained" or poured_off:
        if food.drained_fraction is None:
            named = food.name or quantity.food_text
            return Grams(
                None,
                question=gettext("How many grams of %(food)s remain when the %(unit)s is drained?")
                % {
                    "food": named,
                    "unit": term.unit,
                },
            )
        fraction = Decimal(str(food.drained_fraction))
        return Grams(
            _round(total * fraction),
            "pack",
            detail=gettext("%(share)s %% remain drained") % {"share": _plain(fraction * 100)},
        )
    return Grams(_round(total), "pack")


def _count_grams(quantity: Quantity, term: Term, food: FoodFacts) -> Grams:
    size = quantity.size
    if term.unit:
        row, matched = _best_row(quantity, food, term.unit)
        if row is None and size:
            row, matched = _best_row(quantity, food, size)
        if row is not None:
            return _by_row(term, row, assumed=not matched or data.ALIASES.get(term.unit, Unit("", COUNT)).container)
        if food.piece_grams and term.unit in (fold_text(food.piece_name), "piece"):
            return _by_piece(term, food, assumed=bool(size))
        return _asked(quantity, term, food)
    if size:
        row, matched = _best_row(quantity, food, size)
        if row is not None:
            return _by_row(term, row, assumed=False)
    if food.piece_grams:
        return _by_piece(term, food, assumed=True)
    for unit in ("medium", *_names(food, quantity), "each", "whole", "fruit", "piece", "item", "large", "small"):
        row, matched = _best_row(quantity, food, unit)
        if row is not None:
            return _by_row(term, row, assumed=True)
    named = food.name or quantity.food_text
    return Grams(
        None,
        question=gettext("How many grams is %(amount)s %(food)s?") % {"amount": _plain(term.amount), "food": named},
    )


def _by_row(term: Term, row: Mapping[str, Any], *, assumed: bool) -> Grams:
    grams = _per_unit(row)
    detail = f"1 {row['description']} = {_plain(grams)} g"
    return Grams(_round(term.amount * grams), "portion", assumed, detail=detail)


def _by_piece(term: Term, food: FoodFacts, *, assumed: bool) -> Grams:
    grams = Decimal(str(food.piece_grams))
    detail = f"1 {food.piece_name or 'piece'} = {_plain(grams)} g"
    return Grams(_round(term.amount * grams), "piece", assumed, detail=detail)


def _names(food: FoodFacts, quantity: Quantity) -> list[str]:
    words = re.findall(r"[^\W\d_]{3,}", fold_text(f"{quantity.food_text} {food.name}"))
    return list(dict.fromkeys(_singular(word) for word in words))


def _best_row(quantity: Quantity, food: FoodFacts, unit: str) -> tuple[Mapping[str, Any] | None, bool]:
    """(the measure of this food in that unit, whether its wording fits the line). Modified rows fit the same words."""
    said = set(_words(f"{quantity.preparation} {quantity.food_text}"))
    plain: Mapping[str, Any] | None = None
    other: Mapping[str, Any] | None = None
    best, most = None, 0
    for row in food.portions:
        if not _is_unit(row, unit) or not row.get("grams") or not row.get("amount"):
            continue
        modifier = _words(_modifier(row, unit))
        if not modifier:
            plain = plain or row
        elif set(modifier) <= said and len(modifier) > most:
            best, most = row, len(modifier)
        else:
            other = other or row
    if best is not None:
        return best, True
    if plain is not None:
        return plain, True
    return other, False


def _is_unit(row: Mapping[str, Any], unit: str) -> bool:
    described = fold_text(str(row.get("unit") or row.get("description") or ""))
    if described == unit:
        return True
    known = data.ALIASES.get(described)
    if known is not None and known.name == unit:
        return True
    first = re.split(r"[ ,(]", described, maxsplit=1)[0]
    if unit in data.SIZES.values():
        return described.startswith(unit) and not described[len(unit) : len(unit) + 1].isalpha()
    return _singular(first) == unit and unit not in data.US_VOLUMES


def _modifier(row: Mapping[str, Any], unit: str) -> str:
    text = str(row.get("modifier") or "")
    described = fold_text(str(row.get("unit") or ""))
    if not text and described != unit and described.startswith(unit) and unit not in data.SIZES.values():
        text = described[len(unit) :].lstrip("s")
    # "(8 fl oz)" and measures in inches only restate the unit.
    return re.sub(r"\([^)]*[0-9][^)]*\)", "", text)


def _words(text: str) -> list[str]:
    return [
        word for word in re.findall(r"[^\W\d_]+", fold_text(text)) if word not in ("or", "and", "with", "the", "of")
    ]


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("oes", "ches", "shes", "sses", "xes")):
        return word[:-2]
    if word in ("leaves", "loaves", "halves"):
        return word[:-3] + "f"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _per_unit(row: Mapping[str, Any]) -> Decimal:
    return Decimal(str(row["grams"])) / Decimal(str(row["amount"]))


def _round(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.001"))


def _plain(value: Decimal) -> str:
    text = f"{value.quantize(Decimal('0.001')):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
