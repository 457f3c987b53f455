"""What a model reads from a picture of a meal: ranges, checked here, which become facts that the answer may cite."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from advisor.facts import Fact
from advisor.tools import Toolbox
from nutrition_site.kernel.errors import InvalidInput

TOOL = "estimate_meal"
SOURCE = "estimated from your photo"
# A picture shows neither depth nor oil, so a narrower range for the energy claims what nobody can see.
LEAST_SPREAD = 1.2
# How far the energy may lie from what its own parts give.
ENERGY_TOLERANCE = 0.2
# General factors of Atwater and of Regulation (EU) 1169/2011, Annex XIV, kcal for a gram.
_KCAL_PER_G = {"carbs_g": 4.0, "protein_g": 4.0, "fat_g": 9.0, "alcohol_g": 7.0}
# Above these no plate for one person lies; a larger figure is a slip of units.
_MOST = {"energy_kcal": 6000.0, "carbs_g": 800.0, "protein_g": 400.0, "fat_g": 400.0, "alcohol_g": 200.0}
_REQUIRED = ("energy_kcal", "carbs_g", "protein_g", "fat_g")
_UNITS = {key: "kcal" if key == "energy_kcal" else "g" for key in _MOST}
_NAMES = {
    "en": dict(zip(_MOST, ("energy", "carbohydrate", "protein", "fat", "alcohol"), strict=True)),
    "sr": dict(zip(_MOST, ("energija", "ugljeni hidrati", "proteini", "masti", "alkohol"), strict=True)),
}
_SENTENCES = {
    "en": "Estimated from your photo, not measured: {parts}.",
    "sr": "Procenjeno sa tvoje fotografije, nije izmereno: {parts}.",
}
_RANGE = {
    "type": "object",
    "properties": {"low": {"type": "number", "minimum": 0}, "high": {"type": "number", "minimum": 0}},
    "required": ["low", "high"],
    "additionalProperties": False,
}
DEFINITION: dict[str, Any] = {
    "name": TOOL,
    "description": (
        "States what the whole meal on the photo holds, as ranges that are sure to contain the truth. Call it once "
        "before you write any number about the photo; then use only its low and high ends, both of them."
    ),
    "input_schema": {
        "type": "object",
        "properties": dict.fromkeys(_MOST, _RANGE),
        "required": list(_REQUIRED),
        "additionalProperties": False,
    },
}


class MealEstimate:
    """The estimate of one answer; a second one takes the place of the first."""

    def __init__(self, tools: Toolbox) -> None:
        self._tools = tools
        self._ranges: dict[str, tuple[int, int]] = {}

    def run(self, arguments: Any) -> dict[str, Any]:
        """Takes ranges `{energy_kcal: {low, high}, carbs_g, protein_g, fat_g, alcohol_g?}` and makes facts of them.

        Raises InvalidInput for anything else: an unknown or missing name, a number that is none, a range the wrong
        way round or above what one meal can hold, energy too narrow, or not what its parts give.
        """
        if not isinstance(arguments, dict):
            raise InvalidInput("The arguments must be an object.")
        unknown = [key for key in arguments if key not in _MOST]
        missing = [key for key in _REQUIRED if key not in arguments]
        if unknown or missing:
            raise InvalidInput(f"Unknown arguments {unknown}, missing arguments {missing}.")
        ranges = {key: _range(key, arguments[key]) for key in _MOST if key in arguments}
        _check_energy(ranges)
        for key in self._ranges:
            for end in ("low", "high"):
                self._tools.facts.pop(_fact_id(key, end), None)
        # Whole numbers outward, so that rounding never narrows what was said.
        self._ranges = {key: (math.floor(low), math.ceil(high)) for key, (low, high) in ranges.items()}
        facts = [
            Fact(
                id=_fact_id(key, end),
                kind="estimate",
                label=f"{_NAMES['en'][key]} on your photo, {words}",
                value=float(value),
                unit=_UNITS[key],
                source=SOURCE,
            )
            for key, ends in self._ranges.items()
            for end, words, value in zip(("low", "high"), ("at least", "at most"), ends, strict=True)
        ]
        self._tools.facts.update({fact.id: fact for fact in facts})
        return {"estimated": {key: {"low": low, "high": high} for key, (low, high) in self._ranges.items()}}

    def sentence(self, *, language: str, withheld: bool) -> str:
        """Every range with both its ends, for the end of the answer; empty without an estimate.

        So no wording of a model can turn a range into one figure. `withheld` leaves energy out.
        """
        names = _NAMES.get(language, _NAMES["en"])
        parts = [
            f"{names[key]} {low}–{high} {_UNITS[key]}"
            for key, (low, high) in self._ranges.items()
            if not (withheld and key == "energy_kcal")
        ]
        return _SENTENCES.get(language, _SENTENCES["en"]).format(parts=", ".join(parts)) if parts else ""


def _fact_id(key: str, end: str) -> str:
    return f"photo:{key}:{end}"


def _range(key: str, value: Any) -> tuple[float, float]:
    ends = [value.get("low"), value.get("high")] if isinstance(value, dict) and set(value) == {"low", "high"} else []
    numbers = [
        float(end) for end in ends if isinstance(end, int | float) and not isinstance(end, bool) and abs(end) < 1e9
    ]
    if len(numbers) != 2 or not 0 <= numbers[0] <= numbers[1] <= _MOST[key]:
        raise InvalidInput.of(key, f"Must be {{low, high}} with 0 <= low <= high <= {_MOST[key]:.0f}.")
    return numbers[0], numbers[1]


def _check_energy(ranges: Mapping[str, tuple[float, float]]) -> None:
    low, high = ranges["energy_kcal"]
    if high < LEAST_SPREAD * low:
        raise InvalidInput.of("energy_kcal", f"'high' must be at least {LEAST_SPREAD} times 'low'.")
    from_low, from_high = (
        sum(factor * ranges[key][end] for key, factor in _KCAL_PER_G.items() if key in ranges) for end in (0, 1)
    )
    if high < (1 - ENERGY_TOLERANCE) * from_low or low > (1 + ENERGY_TOLERANCE) * from_high:
        raise InvalidInput.of("energy_kcal", "Does not agree with carbohydrate, protein, fat and alcohol.")
