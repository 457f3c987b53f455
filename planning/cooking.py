"""Reading a method at the stove: what a step takes and how long it waits, and amounts in the cook's own units. Pure.

Methods are read in English and in metric units, whatever language they are shown in; nothing here changes what a dish
is made of.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from planning.kitchen import FRACTIONS, fraction_text
from planning.quantities import CUP_ML, TABLESPOON_ML

# The avoirdupois ounce is exact by the international yard and pound agreement of 1959.
GRAMS_PER_OUNCE = 28.349523125
OUNCES_PER_POUND = 16
# Beyond this nobody stands beside the stove; "overnight" and long rests are no matter of a kitchen timer.
LONGEST_TIMER_MINUTES = 180
# The smallest cup measure; what is less is spooned.
SMALLEST_CUP_ML = CUP_ML / 4 - 1


def _set_of(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PARTS = {sign: value for value, sign in FRACTIONS.items()}
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
_COUNTS |= {"nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40}
_NUMBER = rf"(?:\d+(?:[.,]\d+)?[{''.join(_PARTS)}]?|[{''.join(_PARTS)}]|half an?|{'|'.join(_COUNTS)})"
_TIME = re.compile(
    rf"\b(?:({_NUMBER})\s*(?:to|or|–|-)\s*)?({_NUMBER})[\s-]*(hours?|h|minutes?|min|seconds?)\b", re.IGNORECASE
)
_MINUTES = {"h": 60.0, "m": 1.0, "s": 1 / 60}
_MEASURE = re.compile(r"(\d+(?:[.,]\d+)?)\s?(kg|g|ml|dl|l|liters?)\b")
_DEGREES = re.compile(r"(\d+)\s?°\s?C\b")
_WORD = re.compile(r"[^\W\d_]+")
# Words of an ingredient line that name no food by themselves.
_MEASURES = _set_of(
    "g kg ml dl l tsp tbsp teaspoon tablespoon cup slice clove sprig pinch piece handful can tin of a an the to taste "
    "and or in with large medium small big extra about few drop little portion"
)
_QUALITIES = _set_of(
    "white red green black brown yellow dark light fresh dried dry raw ripe cooked frozen canned ground whole plain "
    "low fat lean smooth natural mild hot sweet sour soft hard firm unsalted salted young baby mixed rolled wheat sea"
)
# What a method calls the foods of an aisle together.
KINDS = {
    "Vegetables": frozenset({"vegetable", "herb", "salad"}),
    "Herbs & spices": frozenset({"spice", "herb", "seasoning"}),
    "Meat": frozenset({"meat"}),
    "Fish": frozenset({"fish", "seafood"}),
    "Fruit": frozenset({"fruit", "berry"}),
}


@dataclass(frozen=True, slots=True)
class Timer:
    """A time that a step names: in its own words, and in seconds; of a range the shorter, so that one looks in time."""

    words: str
    seconds: int


@dataclass(frozen=True, slots=True)
class CookLine:
    """What an ingredient is called: `show` as the dish writes it ("1 onion, finely chopped"), `name` of the food, and
    the aisle it is sold in."""

    show: str
    name: str
    aisle: str = ""


def find_timers(step: str) -> list[Timer]:
    """The times of a step in their order: "simmer for 12 to 15 minutes" is one of 12 minutes, "1 hour 20 minutes" one
    of 80."""
    found: list[Timer] = []
    end = -1
    for match in _TIME.finditer(step):
        minutes = _count(match[1] or match[2]) * _MINUTES[match[3][0].lower()]
        between = step[end : match.start()].strip() if end >= 0 else None
        joined = found and between in ("", "and") and match[3][0].lower() != "h" and found[-1].seconds >= 3600
        if joined:
            last = found.pop()
            words = f"{last.words} {match[0]}"
            found.append(Timer(words, last.seconds + round(minutes * 60)))
        else:
            found.append(Timer(match[0], round(minutes * 60)))
        end = match.end()
    return [timer for timer in found if 0 < timer.seconds <= LONGEST_TIMER_MINUTES * 60]


def lines_by_step(steps: Sequence[str], lines: Sequence[CookLine]) -> list[list[int]]:
    """For every step the positions of its ingredients.

    What no step names belongs to the first that speaks of its kind ("the vegetables", "the spices") or of everything.
    """
    found = [lines_of_step(step, lines) for step in steps]
    named = {position for positions in found for position in positions}
    said = [{_singular(word) for word in _WORD.findall(step.lower())} for step in steps]
    for position, line in enumerate(lines):
        if position in named:
            continue
        kinds = KINDS.get(line.aisle, frozenset())
        home = next((n for n, words in enumerate(said) if words & kinds), None)
        if home is None:
            home = next((n for n, words in enumerate(said) if "everything" in words), None)
        if home is not None:
            found[home] = sorted([*found[home], position])
    return found


def lines_of_step(step: str, lines: Sequence[CookLine]) -> list[int]:
    """Positions of the ingredients that a step names, by the words a cook calls them.

    Where two are called alike ("pepper"), the one whose other words stand there too is meant; without any, both. A word
    that stands there twice ("tomatoes, tomato paste") may mean two.
    """
    said = Counter(_singular(word) for word in _WORD.findall(step.lower()))
    words = [_words_of(line) for line in lines]
    names = [own - _QUALITIES for own in words]
    scores = [len(own & said.keys()) for own in words]
    found = []
    for position, own in enumerate(names):
        for word in own & said.keys():
            better = sum(word in other and score > scores[position] for other, score in zip(names, scores, strict=True))
            if better < said[word]:
                found.append(position)
                break
    return found


def weight_words(grams: float, *, us: bool) -> str:
    """A weight on a kitchen scale: grams, or pounds and ounces to a tenth."""
    if not us:
        return f"{grams:.0f} g" if grams >= 10 else f"{grams:.1f}".rstrip("0").rstrip(".") + " g"
    ounces = round(grams / GRAMS_PER_OUNCE, 1)
    if ounces < 0.1:
        return "< 0.1 oz"
    if ounces < OUNCES_PER_POUND:
        return f"{ounces:g} oz"
    pounds, rest = divmod(round(grams / GRAMS_PER_OUNCE), OUNCES_PER_POUND)
    return f"{pounds} lb {rest} oz" if rest else f"{pounds} lb"


def in_units(text: str, *, us: bool, tell: Callable[[str], str] = str) -> str:
    """A line or a step with its amounts in cups, spoons, ounces and Fahrenheit for who cooks by those; `tell` puts
    each amount into the language of the text."""
    if not us:
        return text
    text = _MEASURE.sub(lambda match: tell(_measure(float(match[1].replace(",", ".")), match[2])), text)
    return _DEGREES.sub(lambda match: f"{round((int(match[1]) * 1.8 + 32) / 5) * 5} °F ({match[1]} °C)", text)


def _measure(amount: float, unit: str) -> str:
    if unit in ("g", "kg"):
        return weight_words(amount * (1000 if unit == "kg" else 1), us=True)
    milliliters = amount * {"ml": 1.0, "dl": 100.0}.get(unit, 1000.0)
    if milliliters < SMALLEST_CUP_ML:
        return f"{fraction_text(milliliters / TABLESPOON_ML)[0] or '⅛'} tbsp"
    text, cups = fraction_text(milliliters / CUP_ML)
    return f"{text} {'cups' if cups > 1 else 'cup'}"


def _count(text: str) -> float:
    text = text.lower()
    if text.startswith("half"):
        return 0.5
    if text in _COUNTS:
        return float(_COUNTS[text])
    part = _PARTS.get(text[-1], 0.0)
    whole = text[:-1] if part else text
    return (float(whole.replace(",", ".")) if whole else 0.0) + part


def _words_of(line: CookLine) -> set[str]:
    """What names a food: of "60 g green bell pepper, in strips" green, bell and pepper."""
    told = line.show.partition(",")[0] or re.split(r"[,(]", line.name)[0]
    return {_singular(word) for word in _WORD.findall(told.lower())} - _MEASURES


def _singular(word: str) -> str:
    """One form for egg, eggs; berry, berries; potato, potatoes; leaf, leaves; and for what is oiled or salted."""
    for ending, instead in (("ies", "y"), ("oes", "o"), ("ches", "ch"), ("shes", "sh"), ("aves", "af"), ("ted", "t")):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word[: -len(ending)] + instead
    if word in ("oiled", "oils"):
        return "oil"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word
