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

from nutrition_site.kernel.vocabulary import ALLERGENS
from planning.catalogue import compose, pieces, swaps

HERE = Path(__file__).resolve().parent
FOODS = HERE / "foods.csv.gz"
PORTIONS = HERE / "portions.csv.gz"
CORE = HERE / "foods_core.csv"
HAND = HERE / "foods_hand.csv"
BORROWED = HERE / "foods_borrowed.csv"
NAMES = HERE / "food_names.csv"
RECIPES = HERE / "recipes"
# The C parser reads the catalogue ten times as fast; a build of PyYAML without it still works.
SAFE_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

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
    words: tuple[str, ...] = ()

    @property
    def piece_name(self) -> str:
        """What one of it is called: egg, slice, roll; empty where it is not counted."""
        return str(self.shopping["piece_name"] or "")

    @property
    def piece_grams(self) -> float | None:
        """Edible grams of a typical piece."""
        grams: float | None = self.shopping["piece_grams"]
        return grams

    @property
    def piece_step(self) -> float | None:
        """The smallest part of a piece that is served, 1 or 0.5; None where any amount is."""
        step: float | None = self.shopping["piece_step"]
        return step


@dataclass(frozen=True, slots=True)
class RecipeRow:
    """One base recipe, variant or single food, with grams per serving and the words of its lines and steps.

    `ingredients` are (food code, grams a serving, line for the whole recipe, to taste). Servings go in steps of
    `step_quarters` within the limits, which are themselves such steps; `whole` are the foods that are served as pieces.
    """

    slug: str
    family: str
    kind: str
    name: str
    slots: tuple[str, ...]
    ingredients: tuple[tuple[str, float, str, bool], ...]
    min_quarters: int
    max_quarters: int
    step_quarters: int = 1
    method: tuple[str, ...] = ()
    raw: dict[str, Any] = field(default_factory=dict)
    whole: frozenset[str] = frozenset()
    active: bool = True


def _number(text: str | None) -> float | None:
    return float(text) if text not in (None, "") else None


def catalogue_version() -> str:
    """A hash over every catalogue file: changes exactly when the catalogue does."""
    digest = hashlib.sha256()
    for path in [FOODS, PORTIONS, CORE, HAND, BORROWED, NAMES, *sorted(RECIPES.glob("*.yaml"))]:
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return "sha256:" + digest.hexdigest()


def read_foods() -> Iterator[FoodRow]:
    """All reference foods, then the label-entered ones.

    A value that the reference lacks for one food and states for the same food under another number is borrowed, where
    foods_borrowed.csv says so and why.
    """
    with gzip.open(FOODS, "rt", encoding="utf-8", newline="") as handle:
        rows = {row["ndb_no"]: row for row in csv.DictReader(handle)}
    with BORROWED.open(encoding="utf-8", newline="") as handle:
        for loan in csv.DictReader(handle):
            code, column, lender = loan["code"], loan["column"], loan["from_code"]
            if rows[code][column] or not rows[lender][column]:
                raise CatalogueError(f"foods_borrowed.csv: {code} has {column} already, or {lender} has none")
            rows[code][column] = rows[lender][column]
    for code, row in rows.items():
        yield _food(row, code=code, name=row["name"], source="sr28")
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


def read_names() -> dict[str, list[str]]:
    """Further names by food code, in English and other languages, for search; what is shown stays the English name."""
    names: dict[str, list[str]] = {}
    with NAMES.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            names.setdefault(row["code"], []).append(row["name"])
    return names


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
                    "piece_step": _number(row["piece_step"]),
                    "drained_fraction": _number(row["drained_fraction"]),
                    "density_source": row["density_source"],
                    "cost_tier": _number(row["cost_tier"]),
                    "fodmap_limit_g": _number(row["fodmap_limit_g"]),
                    "slug": row["slug"],
                    "kitchen_word": row["kitchen_words"].split(";")[0].strip(),
                },
                words=tuple(word.strip() for word in row["kitchen_words"].split(";") if word.strip()),
            )
    return core


def read_yaml(path: Path) -> list[dict[str, Any]]:
    """The recipes of one file as written."""
    loader = SAFE_LOADER(path.read_bytes())
    try:
        return loader.get_single_data() or []
    finally:
        loader.dispose()


def part(core: CoreRow, nutrients: dict[str, float], grams: float) -> compose.Part:
    """A food in a serving as composing sees it; `nutrients` are per 100 g."""
    return compose.Part(
        code=core.code,
        grams=round(grams, 3),
        nutrients=nutrients,
        allergens=core.allergens,
        tags=core.tags,
        price_minor_per_kg=core.price_minor_per_kg,
        fodmap_limit_g=core.shopping["fodmap_limit_g"],
        refuse_pct=core.refuse_pct,
        slug=core.slug,
        aisle=core.aisle,
    )


def read_recipes() -> list[RecipeRow]:
    """Every base recipe and every declared variant, in file order. Raises CatalogueError naming file and recipe."""
    core = read_core()
    rows: list[RecipeRow] = []
    seen: set[str] = set()
    for path in sorted(RECIPES.glob("*.yaml")):
        for raw in read_yaml(path):
            for row in _expand(raw, path.name, core):
                if row.slug in seen:
                    raise CatalogueError(f"{path.name}: {row.slug} appears twice")
                seen.add(row.slug)
                rows.append(row)
    return rows


def read_family(family: str, core: dict[str, CoreRow]) -> list[RecipeRow]:
    """A base recipe and its variants; empty where no file has it. Only the file that names it is parsed."""
    for path in sorted(RECIPES.glob("*.yaml")):
        if f"id: {family}\n" not in path.read_text(encoding="utf-8"):
            continue
        for raw in read_yaml(path):
            if str(raw["id"]) == family:
                return list(_expand(raw, path.name, core))
    return []


Line = tuple[str, float, str, bool]


def _expand(raw: dict[str, Any], file_name: str, core: dict[str, CoreRow]) -> Iterator[RecipeRow]:
    servings = float(raw["servings"])
    base: list[Line] = [
        (str(line["food"]), float(line["g"]) / servings, str(line.get("show", "")), bool(line.get("to_taste")))
        for line in raw["ingredients"]
    ]
    where = f"{file_name}: {raw['id']}"
    unknown = {code for code, *_ in base} - core.keys()
    if unknown:
        raise CatalogueError(f"{where} uses foods that are not reviewed: {sorted(unknown)}")
    whole = {str(code) for code in (raw.get("scale") or {}).get("indivisible") or []}
    if whole - {code for code, *_ in base}:
        raise CatalogueError(f"{where} counts pieces of what it does not hold: {sorted(whole)}")
    family, slots, method = str(raw["id"]), tuple(raw["slots"]), tuple(raw["method"])
    yield RecipeRow(
        slug=family,
        family=family,
        kind="base" if len(base) > 1 or raw.get("swaps") else "food",
        name=raw["name"],
        slots=slots,
        ingredients=tuple(base),
        method=method,
        raw=raw,
        whole=frozenset(whole),
        **_limits(raw, base, whole, core, where),
    )
    for swap in raw.get("swaps") or []:
        where = f"{file_name}: {family}/{swap['id']}"
        mapping = _swapped(swap, {code for code, *_ in base}, core, where)
        lines: list[Line] = []
        for code, grams, show, to_taste in base:
            if code in mapping:
                new, ratio = mapping[code]
                text = swaps.line_text(core[new], grams=grams * ratio * servings, old_text=show)
                lines.append((new, grams * ratio, text, to_taste))
            else:
                lines.append((code, grams, show, to_taste))
        try:
            words = swaps.swap_method(
                method,
                replaced={old: core[new] for old, (new, _) in mapping.items()},
                foods={code: core[code] for code, *_ in base},
                says=swap.get("says"),
            )
        except ValueError as error:
            raise CatalogueError(f"{where}: {error}") from error
        pieces_left = {mapping[code][0] if code in mapping else code for code in whole}
        pieces_left |= {str(code) for code in swap.get("indivisible") or []}
        yield RecipeRow(
            slug=f"{family}--{swap['id']}",
            family=family,
            kind="variant",
            name=swap["name"],
            slots=tuple(swap.get("slots") or slots),
            ingredients=tuple(lines),
            method=tuple(swap.get("method") or words),
            raw=raw,
            whole=frozenset(pieces_left),
            **_limits(raw, lines, pieces_left, core, where),
        )


def _swapped(
    swap: dict[str, Any], listed: set[str], core: dict[str, CoreRow], where: str
) -> dict[str, tuple[str, float]]:
    """Old food code -> (new code, grams of the new for a gram of the old)."""
    replace = swap["replace"] if isinstance(swap["replace"], list) else [swap["replace"]]
    instead = swap["with"] if isinstance(swap["with"], list) else [swap["with"]]
    ratios = swap.get("g_ratio", 1.0)
    ratios = ratios if isinstance(ratios, list) else [ratios] * len(replace)
    if not len(replace) == len(instead) == len(ratios):
        raise CatalogueError(f"{where} replaces and gives different numbers of foods")
    mapping = {str(old): (str(new), float(ratio)) for old, new, ratio in zip(replace, instead, ratios, strict=True)}
    if set(mapping) - listed:
        raise CatalogueError(f"{where} replaces {sorted(set(mapping) - listed)}, not in the recipe")
    unknown = {new for new, _ in mapping.values()} - core.keys()
    if unknown:
        raise CatalogueError(f"{where} uses foods that are not reviewed: {sorted(unknown)}")
    return mapping


def _limits(
    raw: dict[str, Any], lines: list[Line], whole: set[str], core: dict[str, CoreRow], where: str
) -> dict[str, int]:
    """Least, largest and step of the servings in quarters. A food without pieces does not bind the step."""
    scale = raw.get("scale") or {}
    counts = [
        (grams / piece_grams, core[code].piece_step or 1.0)
        for code, grams, *_ in lines
        if code in whole and (piece_grams := core[code].piece_grams) and core[code].piece_step
    ]
    try:
        step = max(pieces.smallest_step_quarters(counts), round(float(scale.get("step", 0.25)) * 4))
    except ValueError as error:
        raise CatalogueError(f"{where}: {error}") from error
    found = pieces.sizes(
        min_quarters=round(float(scale.get("min", 0.5)) * 4),
        max_quarters=round(float(scale.get("max", 2.5)) * 4),
        step_quarters=step,
    )
    if not found:
        raise CatalogueError(f"{where} has no size between its limits")
    return {"min_quarters": found[0], "max_quarters": found[-1], "step_quarters": step}
