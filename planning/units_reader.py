"""Walking along one ingredient line: numbers, ranges, sums, measures, packs and sizes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from django.utils.translation import gettext

from planning import units_data as data
from planning.units_data import COUNT, MASS, TRACE, VOLUME, Unit
from planning.units_types import QuantityError, Term, fold_text

MAX_NUMBER = Decimal(1_000_000)


def any_of(words: Iterable[str]) -> str:
    """A pattern for one of these words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_DECIMAL = r"[0-9]+(?:[.,][0-9]+)?(?:[eE][0-9]{1,4})?|[.,][0-9]+"
_NUMBER = re.compile(
    rf"(?P<whole>[0-9]+)[ -]+(?P<num>[0-9]+) ?/ ?(?P<den>[0-9]+)(?![0-9])"
    rf"|(?P<n>[0-9]+) ?/ ?(?P<d>[0-9]+)(?![0-9])|(?P<decimal>{_DECIMAL})"
)
_WORD = re.compile(rf"({any_of(data.NUMBER_WORDS)})(?![\w-])")
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{3})+")
_TO = re.compile(r" ?(?:-|to|do|bis|or|ili|oder) ?(?=[0-9.,]|[a-z])")
_UNIT = re.compile(rf"({any_of(data.ALIASES)})(?![\w/])\.?")
SIZE = re.compile(rf"({any_of(data.SIZES)})(?!\w)")
_LOOSE = re.compile(rf"({any_of((*data.LOOSE_WORDS, *data.LEVEL_WORDS))})(?!\w)")
OF = re.compile(rf"({any_of(data.OF_WORDS)}) ")
_PLUS = re.compile(r"(?:\+|plus\b|and (?=[0-9])|& ?(?=[0-9])|i (?=[0-9])|und (?=[0-9]))")
_TIMES = re.compile(r"x ?(?=[0-9])")


class LineReader:
    """Walks along one line; `folded` has the same positions as `line`."""

    def __init__(self, line: str, metric: bool) -> None:
        self.line, self.folded, self.metric = line, fold_text(line), metric
        self.at = 0
        self.size = ""
        self.loose = False
        self.notes: list[str] = []
        self.pack: Term | None = None
        self.unit_text = ""

    def terms(self) -> tuple[list[Term], str]:
        """Every summand from here on, and the text after them."""
        found: list[Term] = []
        while True:
            start = self.at
            term = self._term(first=not found)
            if term is None:
                self.at = start
                break
            if found and not self._fits(found[-1], term, start):
                self.at = start
                break
            found.append(term)
            self._skip()
            plus = _PLUS.match(self.folded, self.at)
            if plus:
                self.at = plus.end()
                self._skip()
                continue
            if not (term.kind in (MASS, VOLUME) and _NUMBER.match(self.folded, self.at)):
                break
        rest = self.line[self.at :]
        if found:
            refuse_second_food(rest)
        return found, rest

    def _fits(self, before: Term, term: Term, start: int) -> bool:
        """A summand without a plus (1 lb 4 oz) is a smaller measure of the same kind."""
        joined = _PLUS.search(self.folded[max(0, start - 6) : start + 1])
        if joined:
            return True
        same = term.kind == before.kind and term.size is not None and before.size is not None
        return bool(same and term.size < before.size)  # type: ignore[operator]

    def _term(self, *, first: bool) -> Term | None:
        self._skip()
        if self.folded.startswith("-") and first and re.match(r"-[0-9.]", self.folded):
            raise QuantityError(gettext("The amount must be more than zero."))
        amount = self._range()
        self._skip()
        if amount is None:
            return self._bare_unit() if first else None
        low, high = amount
        times = _TIMES.match(self.folded, self.at)
        if times:
            self.at = times.end()
            inner = self.packed()
            if inner is None:
                raise QuantityError(gettext("Write the amount after × as a weight or a volume, such as 2 × 400 g."))
            return self._times(low, high, inner)
        inner = self._pack_before_container()
        if inner is not None:
            return self._times(low, high, inner)
        self._adjectives()
        unit = self._unit()
        self._adjectives()
        if unit is None:
            return term_of(low, high, Unit("", COUNT), self.metric)
        self._skip()
        of = OF.match(self.folded, self.at)
        if of:
            self.at = of.end()
        term = term_of(low, high, unit, self.metric)
        if unit.kind in (MASS, VOLUME) and first:
            return self._one_container(term)
        return term

    def _bare_unit(self) -> Term | None:
        """ "Pinch of salt", "handful spinach": a measure without a number is one of it."""
        start = self.at
        self._adjectives()
        unit = self._unit()
        if unit is None or unit.kind == MASS or len(self.unit_text) < 3:
            self.at, self.size, self.loose = start, "", False
            return None
        self._skip()
        of = OF.match(self.folded, self.at)
        if of:
            self.at = of.end()
        elif unit.name in data.PARTS_OF_FOODS:
            # "Chicken breast" and "leaf spinach" name foods; only "breast of …" measures.
            self.at, self.size, self.loose = start, "", False
            return None
        if unit.kind != TRACE:
            self.notes.append("one_assumed")
        return term_of(Decimal(1), Decimal(1), unit, self.metric)

    def _times(self, low: Decimal, high: Decimal, inner: Term) -> Term:
        """`2 x 400 g`: containers where one is named, otherwise the product."""
        container = self._container()
        if container is not None:
            self.pack = inner
            return term_of(low, high, container, self.metric)
        return replace(
            inner,
            amount=inner.amount * middle(low, high),
            amount_min=inner.amount * low,
            amount_max=inner.amount * high,
        )

    def _one_container(self, term: Term) -> Term:
        """`400 g can chickpeas` is one can of 400 g."""
        container = self._container()
        if container is None:
            return term
        self.pack = term
        return term_of(Decimal(1), Decimal(1), container, self.metric)

    def _pack_before_container(self) -> Term | None:
        """`1 14-oz can`: a second number that measures the container after it."""
        start, notes, loose = self.at, list(self.notes), self.loose
        inner = self.packed()
        if inner is not None:
            here = self.at
            if self._container() is not None:
                self.at = here
                return inner
        self.at, self.notes, self.loose = start, notes, loose
        return None

    def packed(self) -> Term | None:
        self._skip()
        amount = self._range()
        if amount is None:
            return None
        while self.folded[self.at : self.at + 1] in ("-", " ") and self.at < len(self.folded):
            self.at += 1
        unit = self._unit()
        if unit is None or unit.kind not in (MASS, VOLUME):
            return None
        return term_of(*amount, unit, self.metric)

    def _container(self) -> Unit | None:
        start, text = self.at, self.unit_text
        while self.folded[self.at : self.at + 1] in ("-", " ") and self.at < len(self.folded):
            self.at += 1
        unit = self._unit()
        if unit is None or not unit.container:
            self.at, self.unit_text = start, text
            return None
        self._skip()
        of = OF.match(self.folded, self.at)
        if of:
            self.at = of.end()
        return unit

    def _unit(self) -> Unit | None:
        self._skip()
        # One capital letter is what tells a tablespoon from a teaspoon.
        letter = re.match(r"([Tt])\.?(?= [A-Za-z])", self.line[self.at :])
        if letter:
            self.at += letter.end()
            self.unit_text = letter[1]
            return data.ALIASES["tbsp" if letter[1] == "T" else "tsp"]
        match = _UNIT.match(self.folded, self.at)
        if match is None:
            return None
        self.unit_text = self.line[match.start(1) : match.end(1)]
        self.at = match.end()
        return data.ALIASES[match[1]]

    def _adjectives(self) -> None:
        while True:
            self._skip()
            size = SIZE.match(self.folded, self.at)
            loose = _LOOSE.match(self.folded, self.at)
            # "mala kasika" is a teaspoon, not a small one.
            longer = _UNIT.match(self.folded, self.at)
            if longer and " " in longer[1]:
                return
            if size:
                self.size = data.SIZES[size[1]]
                self.at = size.end()
            elif loose:
                self.loose = self.loose or loose[1] not in data.LEVEL_WORDS
                self.at = loose.end()
            else:
                return
            if self.folded[self.at : self.at + 1] == ",":
                self.at += 1

    def _range(self) -> tuple[Decimal, Decimal] | None:
        low = self._number()
        if low is None:
            return None
        start = self.at
        to = _TO.match(self.folded, self.at)
        if to:
            self.at = to.end()
            high = self._number()
            # "1 14-oz": the hyphen there belongs to a unit, and no number follows it.
            if high is not None:
                return (min(low, high), max(low, high))
            self.at = start
        return low, low

    def _number(self) -> Decimal | None:
        match = _NUMBER.match(self.folded, self.at)
        if match:
            value = self._value(match)
            self.at = match.end()
        else:
            word = _WORD.match(self.folded, self.at)
            if word is None:
                return None
            self.at = word.end()
            value = Decimal(data.NUMBER_WORDS[word[1]])
            self._skip()
        if value <= 0:
            raise QuantityError(gettext("The amount must be more than zero."))
        if value > MAX_NUMBER:
            raise QuantityError(gettext("The amount is larger than any kitchen's."))
        return value

    def _value(self, match: re.Match[str]) -> Decimal:
        whole, num, den = match["whole"], match["num"] or match["n"], match["den"] or match["d"]
        if den is not None:
            if max(len(whole or ""), len(num), len(den)) > 9:
                raise QuantityError(gettext("The amount is larger than any kitchen's."))
            if int(den) == 0:
                raise QuantityError(gettext("The amount cannot be divided by zero."))
            return Decimal(int(whole or 0)) + Decimal(int(num)) / Decimal(int(den))
        text = match["decimal"]
        if len(text) > 20:
            raise QuantityError(gettext("The amount is larger than any kitchen's."))
        if _THOUSANDS.fullmatch(text) and not text.startswith("0"):
            return self._thousands(text, match.end())
        number = Decimal(text.replace(",", "."))
        if number.adjusted() > 12:
            raise QuantityError(gettext("The amount is larger than any kitchen's."))
        return number

    def _thousands(self, text: str, end: int) -> Decimal:
        """`1.500 g` and `1,500 g` are 1500 g, `1,500 kg` is one and a half: nobody weighs in thousandths of a gram."""
        self.notes.append("ambiguous_number")
        unit = re.compile(r" ?(g|gr|gram|grams|grama|ml|mg|kcal)(?!\w)").match(self.folded, end)
        if unit:
            return Decimal(re.sub(r"[.,]", "", text))
        return Decimal(text.replace(",", "."))

    def _skip(self) -> None:
        while self.folded[self.at : self.at + 1] == " ":
            self.at += 1


def term_of(low: Decimal, high: Decimal, unit: Unit, metric: bool) -> Term:
    size = unit.metric_size if metric and unit.metric_size is not None else unit.size
    return Term(middle(low, high), low, high, unit.name, unit.kind, size)


def middle(low: Decimal, high: Decimal) -> Decimal:
    """The middle of a range. Half of twice a third is not that third again: a single amount stays as it is."""
    return low if low == high else (low + high) / 2


def refuse_second_food(rest: str) -> None:
    """A sum of two foods is two lines."""
    match = re.search(r"[^\W\d] ?\+ ?(?=[0-9])", rest)
    if match:
        raise QuantityError(gettext("This line holds two foods. Write each on a line of its own."))
