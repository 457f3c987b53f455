"""Reading the committed catalogue files into plain rows. An empty cell is unknown, None, never zero."""

from __future__ import annotations

import csv
import gzip
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from planning.catalogue.tags import ALLERGENS

HERE = Path(__file__).resolve().parent
FOODS = HERE / "foods.csv.gz"
PORTIONS = HERE / "portions.csv.gz"
CORE = HERE / "foods_core.csv"
HAND = HERE / "foods_hand.csv"
RECIPES = HERE / "recipes"

TEXT_COLUMNS = {"ndb_no", "name", "common_name", "manufacturer", "group"}
ABOUT_COLUMNS = TEXT_COLUMNS | {
    "food_id",
    "slug",
    "display_name",
    "refuse_pct",
    "protein_factor",
    "density_g_per_ml",
    "source",
    "label_citation",
    "label_date",
}


class CatalogueError(ValueError):
    """A committed file contradicts itself; the message names the file and the row."""


@dataclass(frozen=True, slots=True)
class FoodRow:
    """One food of the reference table. `nutrients` are per 100 g; an absent name is unknown."""

    code: str
    name: str
    common_name: str
    group: str
    source: str
    nutrients: dict[str, float]
    refuse_pct: float | None
    density_g_per_ml: float | None


@dataclass(frozen=True, slots=True)
class CoreRow:
    """The reviewed part of one food: what it is in a kitchen and a shop, allergens, and tags that diets follow."""

    code: str
    slug: str
    name: str
    aisle: str
    state: str
    allergens: dict[str, str]
    tags: tuple[str, ...]
    refuse_pct: float | None
    density_g_per_ml: float | None
    price_minor_per_kg: int | None
    shopping: dict[str, Any]


@dataclass(frozen=True, slots=True)
class RecipeRow:
    """One base recipe or variant with grams per serving."""

    slug: str
    family: str
    kind: str
    name: str
    slots: tuple[str, ...]
    ingredients: tuple[tuple[str, float, str, bool], ...]
    min_quarters: int
    max_quarters: int
    raw: dict[str, Any] = field(default_factory=dict)


def _number(text: str | None) -> float | None:
    return float(text) if text not in (None, "") else None


def catalogue_version() -> str:
    """A hash over every catalogue file: changes exactly when the catalogue does."""
    digest = hashlib.sha256()
    for path in [FOODS, PORTIONS, CORE, HAND, *sorted(RECIPES.glob("*.yaml"))]:
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return "sha256:" + digest.hexdigest()


def read_foods() -> Iterator[FoodRow]:
    """All reference foods, then the label-entered ones."""
    with gzip.open(FOODS, "rt", encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            yield _food(row, code=row["ndb_no"], name=row["name"], source="sr28")
    with HAND.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            yield _food(row, code=row["food_id"], name=row["name"], source=row["source"])


def _food(row: dict[str, str], *, code: str, name: str, source: str) -> FoodRow:
    nutrients = {}
    for column, text in row.items():
        if column not in ABOUT_COLUMNS and text not in (None, ""):
            nutrients[column] = float(text)
    return FoodRow(
        code=code,
        name=name,
        common_name=row.get("common_name") or "",
        group=row.get("group") or "",
        source=source,
        nutrients=nutrients,
        refuse_pct=_number(row.get("refuse_pct")),
        density_g_per_ml=_number(row.get("density_g_per_ml")),
    )


def read_portions() -> dict[str, list[dict[str, Any]]]:
    """Household measures by food code."""
    portions: dict[str, list[dict[str, Any]]] = {}
    with gzip.open(PORTIONS, "rt", encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            portions.setdefault(row["ndb_no"], []).append(
                {
                    "amount": float(row["amount"]),
                    "description": row["description"],
                    "grams": float(row["grams"]),
                    "unit": row["unit"],
                    "modifier": row["modifier"],
                }
            )
    return portions


def read_core() -> dict[str, CoreRow]:
    """The reviewed foods by code."""
    core = {}
    with CORE.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            price = _number(row["price_hint_per_kg"])
            packs = [float(size) for size in row["pack_sizes"].split(";") if size.strip()]
            core[row["food_id"]] = CoreRow(
                code=row["food_id"],
                slug=row["slug"],
                name=row["display_name"],
                aisle=row["aisle"],
                state=row["state"],
                allergens={name: row[name] or "unknown" for name in ALLERGENS},
                tags=tuple(tag.strip() for tag in row["tags"].split(";") if tag.strip()),
                refuse_pct=_number(row["refuse_pct"]),
                density_g_per_ml=_number(row["density_g_per_ml"]),
                price_minor_per_kg=None if price is None else round(price * 100),
                shopping={
                    "shop_unit": row["shop_unit"],
                    "pack_sizes": packs,
                    "piece_name": row["piece_name"],
                    "piece_grams": _number(row["piece_grams"]),
                    "drained_fraction": _number(row["drained_fraction"]),
                    "density_source": row["density_source"],
                    "cost_tier": _number(row["cost_tier"]),
                    "fodmap_limit_g": _number(row["fodmap_limit_g"]),
                },
            )
    return core


def read_recipes() -> list[RecipeRow]:
    """Every base recipe and every declared variant, in file order."""
    rows: list[RecipeRow] = []
    seen: set[str] = set()
    for path in sorted(RECIPES.glob("*.yaml")):
        for raw in yaml.safe_load(path.read_text(encoding="utf-8")) or []:
            for row in _expand(raw, path.name):
                if row.slug in seen:
                    raise CatalogueError(f"{path.name}: {row.slug} appears twice")
                seen.add(row.slug)
                rows.append(row)
    return rows


def _expand(raw: dict[str, Any], file_name: str) -> Iterator[RecipeRow]:
    servings = float(raw["servings"])
    scale = raw.get("scale") or {}
    base = [
        (str(line["food"]), float(line["g"]) / servings, str(line.get("show", "")), bool(line.get("to_taste")))
        for line in raw["ingredients"]
    ]
    common = {
        "slots": tuple(raw["slots"]),
        "min_quarters": round(float(scale.get("min", 0.5)) * 4),
        "max_quarters": round(float(scale.get("max", 2.5)) * 4),
        "raw": raw,
    }
    yield RecipeRow(slug=raw["id"], family=raw["id"], kind="base", name=raw["name"], ingredients=tuple(base), **common)
    for swap in raw.get("swaps") or []:
        replace = swap["replace"] if isinstance(swap["replace"], list) else [swap["replace"]]
        instead = swap["with"] if isinstance(swap["with"], list) else [swap["with"]]
        ratios = swap.get("g_ratio", 1.0)
        ratios = ratios if isinstance(ratios, list) else [ratios] * len(replace)
        if not len(replace) == len(instead) == len(ratios):
            raise CatalogueError(f"{file_name}: {raw['id']}/{swap['id']} replaces and gives different numbers of foods")
        mapping = {str(old): (str(new), float(ratio)) for old, new, ratio in zip(replace, instead, ratios, strict=True)}
        missing = set(mapping) - {code for code, *_ in base}
        if missing:
            raise CatalogueError(f"{file_name}: {raw['id']}/{swap['id']} replaces {sorted(missing)}, not in the recipe")
        lines = []
        for code, grams, show, to_taste in base:
            if code in mapping:
                new, ratio = mapping[code]
                lines.append((new, grams * ratio, "", to_taste))
            else:
                lines.append((code, grams, show, to_taste))
        yield RecipeRow(
            slug=f"{raw['id']}--{swap['id']}",
            family=raw["id"],
            kind="variant",
            name=swap["name"],
            ingredients=tuple(lines),
            **common,
        )
