"""A release as JSON, one food after the other: only one is in memory at a time, besides what is kept of each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO, Any

from planning.fdc.archive import CHUNK, FdcError, Release
from planning.fdc.foods import MAX_GROUP, MAX_NAME, TYPE_WORDS, FdcFood, clean, read_date, read_id, read_ndb
from planning.fdc.nutrients import SLOTS, Findings, unit_factor

SPACE = " \t\r\n"


def read_json_release(release: Release, findings: Findings) -> dict[str, FdcFood]:
    """Foods by FDC number from every JSON file of the release. Raises FdcError for what is no such JSON."""
    foods: dict[str, FdcFood] = {}
    for name in release.names(".json"):
        with release.open_text(name) as text:
            for row in _Stream(text, name, release.limits.food_bytes).foods():
                release.count_row()
                food = _food(row, findings)
                if food is None:
                    continue
                if food.fdc_id in foods:
                    findings.note("duplicate_foods", food.fdc_id)
                    continue
                if len(foods) >= release.limits.foods:
                    raise FdcError(f"the release holds more than {release.limits.foods} foods to keep")
                foods[food.fdc_id] = food
    return foods


class _Stream:
    """Reads `{"...": [food, ...]}` or `[food, ...]` through a window that holds at least one whole food."""

    def __init__(self, text: IO[str], name: str, food_bytes: int) -> None:
        self._text, self._name, self._cap = text, name, food_bytes
        self._buffer, self._at, self._ended = "", 0, False
        self._decoder = json.JSONDecoder(parse_constant=self._refuse)

    def foods(self) -> Iterator[dict[str, Any]]:
        """Every object in the lists of the file."""
        opening = self._next()
        if opening == "[":
            yield from self._list()
        elif opening == "{":
            while self._next(peek=True) != "}":
                self._value()
                self._expect(":")
                if self._next(peek=True) == "[":
                    self._next()
                    yield from self._list()
                else:
                    self._value()
                if self._next(peek=True) == ",":
                    self._next()
            self._next()
        else:
            raise self._error("is no list of foods")
        if self._next(peek=True, at_end=""):
            raise self._error("goes on after its end")

    def _list(self) -> Iterator[dict[str, Any]]:
        if self._next(peek=True) == "]":
            self._next()
            return
        while True:
            row = self._value()
            if not isinstance(row, dict):
                raise self._error("holds something that is not a food")
            yield row
            mark = self._next()
            if mark == "]":
                return
            if mark != ",":
                raise self._error("is not well formed")

    def _value(self) -> Any:
        self._next(peek=True)
        while True:
            try:
                value, self._at = self._decoder.raw_decode(self._buffer, self._at)
                return value
            except json.JSONDecodeError as error:
                held = len(self._buffer) - self._at
                if held > self._cap:
                    raise self._error("holds a food that is too large or not well formed") from error
                # Reading as much again as there is keeps the work proportional to the text.
                if not self._read(max(CHUNK, held)):
                    raise self._error("ends in the middle or is not well formed") from error
            except FdcError:
                raise
            except (RecursionError, ValueError) as error:
                raise self._error("is nested too deeply or holds a number that is none") from error

    def _next(self, *, peek: bool = False, at_end: str | None = None) -> str:
        while True:
            while self._at < len(self._buffer):
                letter = self._buffer[self._at]
                if letter not in SPACE:
                    self._at += 0 if peek else 1
                    return letter
                self._at += 1
            if not self._read(CHUNK):
                if at_end is not None:
                    return at_end
                raise self._error("ends in the middle")

    def _expect(self, mark: str) -> None:
        if self._next() != mark:
            raise self._error("is not well formed")

    def _read(self, size: int) -> bool:
        more = self._text.read(size)
        self._buffer, self._at = self._buffer[self._at :] + more, 0
        return bool(more)

    def _refuse(self, word: str) -> Any:
        raise self._error(f"holds {word}, which is no number")

    def _error(self, what: str) -> FdcError:
        return FdcError(f"{self._name} {what}")


def _food(row: dict[str, Any], findings: Findings) -> FdcFood | None:
    stated = clean(row.get("dataType"), 30)
    data_type = TYPE_WORDS.get(stated.lower())
    if data_type is None:
        findings.note(f"foods_of_type_{stated or 'unknown'}")
        return None
    fdc_id, name = read_id(row.get("fdcId")), clean(row.get("description"), MAX_NAME)
    if fdc_id is None or not name:
        findings.note("unreadable_foods")
        return None
    category = _part(row, "foodCategory").get("description") or _part(row, "wweiaFoodCategory").get(
        "wweiaFoodCategoryDescription"
    )
    food = FdcFood(
        fdc_id=fdc_id,
        data_type=data_type,
        description=name,
        category=clean(category, MAX_GROUP),
        published=read_date(row.get("publicationDate")),
        ndb_no=read_ndb(row.get("ndbNumber", row.get("ndbNo"))),
    )
    for value in _parts(row, "foodNutrients"):
        nutrient = _part(value, "nutrient")
        number = str(nutrient.get("number", "")).strip().removesuffix(".0")
        if number in SLOTS:
            unit = clean(nutrient.get("unitName"), 10)
            factor = unit_factor(number, unit)
            if factor not in (1.0, None):
                findings.note("values_converted", f"{fdc_id} {number} from {unit}")
            food.amounts.add(number, value.get("amount"), factor, fdc_id=fdc_id, findings=findings)
    for portion in _parts(row, "foodPortions"):
        food.add_portion(
            sequence=portion.get("sequenceNumber"),
            amount=portion.get("amount"),
            unit=clean(_part(portion, "measureUnit").get("name"), 80),
            text=clean(portion.get("portionDescription"), 80),
            modifier=clean(portion.get("modifier"), 80),
            grams=portion.get("gramWeight"),
            findings=findings,
        )
    return food


def _part(row: dict[str, Any], name: str) -> dict[str, Any]:
    part = row.get(name)
    return part if isinstance(part, dict) else {}


def _parts(row: dict[str, Any], name: str) -> list[dict[str, Any]]:
    parts = row.get(name)
    return [part for part in parts if isinstance(part, dict)] if isinstance(parts, list) else []
