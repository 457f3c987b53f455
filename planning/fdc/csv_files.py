"""A release as CSV tables, read row by row.

The tables refer to each other by number and are in no promised order, so the foods that are kept stay in memory, some
500 bytes each; the tables themselves, up to gigabytes, never do. Columns are found by their names.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import IO

from planning.fdc.archive import FdcError, Release
from planning.fdc.foods import DATA_TYPES, MAX_GROUP, MAX_NAME, FdcFood, clean, read_date, read_id, read_ndb
from planning.fdc.nutrients import SLOTS, Findings, unit_factor

REQUIRED = {
    "food.csv": ("fdc_id", "data_type", "description"),
    "nutrient.csv": ("id", "unit_name", "nutrient_nbr"),
    "food_nutrient.csv": ("fdc_id", "nutrient_id", "amount"),
}
NUMBERED = ("sr_legacy_food.csv", "foundation_food.csv")
UNDETERMINED = "9999"


def read_csv_release(release: Release, findings: Findings) -> dict[str, FdcFood]:
    """Foods by FDC number. Raises FdcError when a table is missing, has other columns or is damaged."""
    missing = [name for name in REQUIRED if name not in release]
    if missing:
        raise FdcError(f"the release lacks {', '.join(missing)}")
    foods = _foods(release, findings)
    for name in NUMBERED:
        for row in _rows(release, name, ("fdc_id", "NDB_number")):
            if (food := foods.get(row["fdc_id"])) is not None:
                food.ndb_no = read_ndb(row["NDB_number"])
    _amounts(release, foods, findings)
    _portions(release, foods, findings)
    return foods


def _rows(release: Release, name: str, columns: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """The rows of a table; nothing when an optional table is not there."""
    if name not in release:
        return
    with release.open_text(name) as text:
        reader = csv.DictReader(_lines(text, name, release.limits.food_bytes), restval="", strict=True)
        try:
            lacking = [column for column in columns if column not in (reader.fieldnames or ())]
            if lacking:
                raise FdcError(f"{name} has no column {', '.join(lacking)}")
            for row in reader:
                release.count_row()
                yield row
        except csv.Error as error:
            raise FdcError(f"{name}, line {reader.line_num}: {error}") from error


def _lines(text: IO[str], name: str, limit: int) -> Iterator[str]:
    """The lines of a table. One without an end would fill the memory: a small archive can hold gigabytes of it."""
    while line := text.readline(limit + 1):
        if len(line) > limit:
            raise FdcError(f"{name} holds a line of more than {limit} characters")
        yield line


def _foods(release: Release, findings: Findings) -> dict[str, FdcFood]:
    categories = {row["id"]: row["description"] for row in _rows(release, "food_category.csv", ("id", "description"))}
    foods: dict[str, FdcFood] = {}
    for row in _rows(release, "food.csv", REQUIRED["food.csv"]):
        data_type = row["data_type"].strip()
        if data_type not in DATA_TYPES:
            findings.note(f"foods_of_type_{clean(data_type, 30) or 'unknown'}")
            continue
        fdc_id, name = read_id(row["fdc_id"]), clean(row["description"], MAX_NAME)
        if fdc_id is None or not name:
            findings.note("unreadable_foods")
            continue
        if fdc_id in foods:
            findings.note("duplicate_foods", fdc_id)
            continue
        if len(foods) >= release.limits.foods:
            raise FdcError(f"the release holds more than {release.limits.foods} foods to keep")
        category = row.get("food_category_id") or ""
        foods[fdc_id] = FdcFood(
            fdc_id=fdc_id,
            data_type=data_type,
            description=name,
            category=clean(categories.get(category, "" if category.isdigit() else category), MAX_GROUP),
            published=read_date(row.get("publication_date")),
        )
    return foods


def _amounts(release: Release, foods: dict[str, FdcFood], findings: Findings) -> None:
    numbers: dict[str, str] = {}
    factors: dict[str, float | None] = {}
    for row in _rows(release, "nutrient.csv", REQUIRED["nutrient.csv"]):
        # Text, for some are decimals: 269.3 is not 269.
        number = row["nutrient_nbr"].strip().removesuffix(".0")
        if number not in SLOTS or number in factors:
            continue
        factors[number] = unit_factor(number, row["unit_name"])
        if factors[number] not in (1.0, None):
            findings.note("nutrients_converted", f"{number} from {clean(row['unit_name'], 10)}")
        # An older FNDDS writes the number where others write the id.
        numbers.setdefault(number, number)
        numbers[row["id"].strip()] = number
    for row in _rows(release, "food_nutrient.csv", REQUIRED["food_nutrient.csv"]):
        number_ = numbers.get(row["nutrient_id"])
        food = foods.get(row["fdc_id"])
        if number_ is not None and food is not None:
            food.amounts.add(number_, row["amount"], factors[number_], fdc_id=food.fdc_id, findings=findings)


def _portions(release: Release, foods: dict[str, FdcFood], findings: Findings) -> None:
    units = {row["id"]: row["name"] for row in _rows(release, "measure_unit.csv", ("id", "name"))}
    for row in _rows(release, "food_portion.csv", ("fdc_id", "gram_weight")):
        if (food := foods.get(row["fdc_id"])) is None:
            continue
        unit = row.get("measure_unit_id") or ""
        food.add_portion(
            sequence=row.get("seq_num"),
            amount=row.get("amount"),
            unit="" if unit == UNDETERMINED else units.get(unit, ""),
            text=row.get("portion_description") or "",
            modifier=row.get("modifier") or "",
            grams=row["gram_weight"],
            findings=findings,
        )
