"""Writing a release of FoodData Central into the food table: one transaction, safe to repeat, reviewed tags untouched.

What an import changes of a food that is already there is its nutrients, and only these; a nutrient that the release
does not state stays as it was. Name, aisle, state, density, refuse, allergens, diet tags, prices and existing portions
stay, and so does what was curated. Foods that are new come without any tag: every allergen is unknown until somebody
reviews them.
"""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from django.db import transaction

from nutrition_site.kernel.ids import stable_id
from planning.catalogue import compose, curated, files
from planning.catalogue.imported import SOURCE_PREFIX, record_imported_version
from planning.catalogue.words import compose_search_text
from planning.fdc.archive import FdcError, Limits, hash_release, open_release
from planning.fdc.csv_files import read_csv_release
from planning.fdc.foods import DATA_TYPES, FOUNDATION, LEGACY, SURVEY, FdcFood
from planning.fdc.json_files import read_json_release
from planning.fdc.nutrients import PROXIMATES, Findings, is_complete
from planning.models import CatalogueRelease, Food, Recipe, RecipeIngredient
from planning.services.changed_dishes import follow_changed_dishes
from planning.services.own_recipes import recompute_recipes

CROSSWALK = files.HERE / "fdc_crosswalk.csv.gz"
SOURCES = {FOUNDATION: "fdc_foundation", LEGACY: "fdc_sr_legacy", SURVEY: "fdc_survey"}
OWN_COLUMNS = ("energy_kcal", "protein_g", "carbs_g", "fat_g", "fiber_g", "sodium_mg")
WRITTEN = ("name", "group", "source", "nutrients", "portions", "search_text", *OWN_COLUMNS)
RELEASE_PREFIX = "fdc:"
BATCH = 500
T = TypeVar("T")


@dataclass
class ImportReport:
    """What an import did, or with a dry run would do."""

    release: str
    sha256: str
    release_date: str | None = None
    data_types: dict[str, int] = field(default_factory=dict)
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    kept_from_a_better_source: int = 0
    skipped_without_macros: int = 0
    recipes_changed: int = 0
    catalogue_changed: bool = False
    dry_run: bool = False
    findings: dict[str, int] = field(default_factory=dict)
    examples: dict[str, list[str]] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """The report as plain values."""
        return asdict(self)


class _Undo(Exception):
    pass


def import_foods(
    *, path: Path, dry_run: bool = False, allow_older: bool = False, limits: Limits | None = None
) -> ImportReport:
    """Brings the foods of a release into the food table and recomputes the recipes that use them.

    Raises FdcError when the release cannot be read or is older than one of the same kind that was imported before
    (unless `allow_older`); nothing is changed then.
    """
    findings = Findings()
    with open_release(path, limits) as release:
        report = ImportReport(release=release.name, sha256=hash_release(path), dry_run=dry_run)
        if "food.csv" in release:
            foods = read_csv_release(release, findings)
        elif release.names(".json"):
            foods = read_json_release(release, findings)
        else:
            raise FdcError("there is neither a food.csv nor a JSON file in it")
    if not foods:
        raise FdcError("the release holds no food of the types " + ", ".join(DATA_TYPES))
    published = max((food.published for food in foods.values() if food.published), default=None)
    report.release_date = published.isoformat() if published else None
    try:
        with transaction.atomic():
            _lock()
            if not allow_older:
                _refuse_older(published, {food.data_type for food in foods.values()})
            changed = _store(foods, report, findings)
            moved = _recompute_recipes(changed)
            report.recipes_changed = len(moved) + recompute_recipes(foods=changed)
            before = CatalogueRelease.objects.filter(name="fdc").values_list("version", flat=True).first() or ""
            report.catalogue_changed = record_imported_version() != before
            follow_changed_dishes(moved)
            report.findings = dict(sorted(findings.counts.items()))
            report.examples = {kind: rows for kind, rows in sorted(findings.examples.items()) if rows}
            if dry_run:
                raise _Undo
            CatalogueRelease.objects.update_or_create(
                name=f"{RELEASE_PREFIX}{report.release}"[:40],
                defaults={"version": f"sha256:{report.sha256}", "counts": report.as_dict()},
            )
    except _Undo:
        pass
    return report


def _lock() -> None:
    """One import at a time. Raises FdcError before the catalogue is loaded."""
    if not CatalogueRelease.objects.select_for_update().filter(name="builtin"):
        raise FdcError("the catalogue is not loaded yet; run load_catalogue first")


def _refuse_older(published: date | None, data_types: set[str]) -> None:
    for earlier in CatalogueRelease.objects.filter(name__startswith=RELEASE_PREFIX):
        known = earlier.counts.get("release_date")
        if published and known and known > published.isoformat() and data_types & set(earlier.counts["data_types"]):
            raise FdcError(f"{earlier.name} of {known} is newer and already imported")


def _store(foods: dict[str, FdcFood], report: ImportReport, findings: Findings) -> list[str]:
    """Writes the foods; returns the ids of existing foods whose nutrients changed."""
    changed: list[str] = []
    reference, overlay = _reference_codes(), curated.read_overlay()
    brought = {}
    for batch in _batches(_chosen(foods, report, findings)):
        existing = {food.code: food for food in Food.objects.filter(code__in=[code for code, *_ in batch])}
        new, old = [], []
        for code, food, nutrients in batch:
            row = existing.get(code)
            if row is None:
                new.append(_new_food(code, food, nutrients))
                continue
            if row.owner_id is not None:
                raise FdcError(f"an athlete's own food bears the code {code}")
            if _rank(row.source) < DATA_TYPES.index(food.data_type):
                report.kept_from_a_better_source += 1
                continue
            before = {name: getattr(row, name) for name in WRITTEN}
            _upgrade(row, food, nutrients, named_by_files=code in reference, findings=findings)
            if code in overlay.foods:
                brought[code] = row.nutrients
                curated.curate_food(row, _nutrients_of(overlay.foods[code]))
            if before == {name: getattr(row, name) for name in WRITTEN}:
                report.unchanged += 1
                continue
            old.append(row)
            if before["nutrients"] != row.nutrients:
                changed.append(row.pk)
        Food.objects.bulk_create(new, batch_size=BATCH)
        Food.objects.bulk_update(old, WRITTEN, batch_size=100)
        report.created += len(new)
        report.updated += len(old)
    curated.record_import(brought)
    return changed


def _nutrients_of(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name.startswith(curated.NUTRIENT)}


def _chosen(
    foods: dict[str, FdcFood], report: ImportReport, findings: Findings
) -> Iterator[tuple[str, FdcFood, dict[str, float]]]:
    """(code, food, nutrients): one food a code, the best described one whose macronutrients are known."""
    crosswalk = read_crosswalk()
    taken: set[str] = set()
    for food in sorted(foods.values(), key=lambda food: (DATA_TYPES.index(food.data_type), int(food.fdc_id))):
        report.data_types[food.data_type] = report.data_types.get(food.data_type, 0) + 1
        code = food.ndb_no or crosswalk.get(food.fdc_id) or f"fdc-{food.fdc_id}"
        if code in taken:
            findings.note("foods_of_a_code_already_taken", f"{food.fdc_id} {code}")
            continue
        nutrients = food.amounts.by_column(fdc_id=food.fdc_id, findings=findings)
        if not is_complete(nutrients):
            report.skipped_without_macros += 1
            continue
        taken.add(code)
        yield code, food, nutrients


def _new_food(code: str, food: FdcFood, nutrients: dict[str, float]) -> Food:
    return Food(
        id=stable_id("fod", code),
        code=code,
        name=food.description,
        group=food.category,
        source=SOURCES[food.data_type],
        nutrients=nutrients,
        portions=food.sorted_portions(),
        search_text=compose_search_text(name=food.description),
        **{column: nutrients.get(column) for column in OWN_COLUMNS},
    )


def _upgrade(
    row: Food, food: FdcFood, nutrients: dict[str, float], *, named_by_files: bool, findings: Findings
) -> None:
    """Puts the release's nutrients into a food that is there; see the top of this module for what stays."""
    if "energy_kcal" not in nutrients and row.energy_kcal is not None:
        # Old energy beside new macronutrients would contradict them.
        findings.note("foods_that_keep_their_macros", f"{food.fdc_id} {row.code}")
        nutrients = {name: value for name, value in nutrients.items() if name not in PROXIMATES}
    merged = {**row.nutrients, **nutrients}
    row.nutrients = merged
    row.source = SOURCES[food.data_type]
    for column in OWN_COLUMNS:
        setattr(row, column, merged.get(column))
    if not row.portions:
        row.portions = food.sorted_portions()
    if not named_by_files and not row.core:
        row.name, row.group = food.description, food.category
        row.search_text = compose_search_text(name=food.description)


def _recompute_recipes(food_ids: Sequence[str]) -> list[str]:
    """Computes the nutrients of every dish of the catalogue that uses one of these foods; the ids of those that
    changed."""
    used: set[str] = set()
    for batch in _batches(food_ids):
        used.update(RecipeIngredient.objects.filter(food__in=batch).values_list("recipe_id", flat=True))
    changed: list[str] = []
    for batch in _batches(sorted(used)):
        rows = []
        for recipe in Recipe.objects.filter(pk__in=batch, owner=None).prefetch_related("ingredients__food"):
            parts = [
                compose.Part(
                    code=line.food.code,
                    grams=line.grams_per_serving,
                    nutrients=line.food.nutrients,
                    allergens={},
                    tags=(),
                    price_minor_per_kg=None,
                )
                for line in recipe.ingredients.all()
            ]
            nutrients, coverage = compose.serving_nutrients(parts)
            if (nutrients, coverage) != (recipe.nutrients, recipe.nutrient_coverage):
                recipe.nutrients, recipe.nutrient_coverage = nutrients, coverage
                rows.append(recipe)
        Recipe.objects.bulk_update(rows, ["nutrients", "nutrient_coverage"], batch_size=100)
        changed += [recipe.pk for recipe in rows]
    return changed


def _rank(source: str) -> int:
    """How well described a stored food is: its place among the data types, last for what no import has touched."""
    ranks = [position for position, name in enumerate(DATA_TYPES) if SOURCES[name] == source]
    return ranks[0] if source.startswith(SOURCE_PREFIX) and ranks else len(DATA_TYPES)


@lru_cache(maxsize=1)
def read_crosswalk() -> dict[str, str]:
    """NDB numbers by FDC number, for SR28 foods that SR Legacy carries under the same description."""
    with gzip.open(CROSSWALK, "rt", encoding="utf-8", newline="") as handle:
        return {row["fdc_id"]: row["ndb_no"] for row in csv.DictReader(handle)}


@lru_cache(maxsize=1)
def _reference_codes() -> frozenset[str]:
    """Codes of the reference foods, whose names come from the catalogue's files."""
    with gzip.open(files.FOODS, "rt", encoding="utf-8", newline="") as handle:
        return frozenset(row["ndb_no"] for row in csv.DictReader(handle))


def _batches(items: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(items)
    while batch := list(islice(rest, BATCH)):
        yield batch
