"""What dietitians have changed, laid over the reviewed files: kept by every load and import, and a part of the version.

The changes themselves are rows (`CurationChange`); what holds of a food or a recipe is the last applied value of each
field. Both ways into the tables go through here: a load lays everything over the rows of the files, an applied change
one food or one recipe. What the files said when a field was curated is kept in the release, so that it can be told when
a file brings something else.

Fields of a food: `nutrients.<name>` per 100 g, `allergens.<id>`, `tags`, `aisle`, `price_minor_per_kg`, `refuse_pct`,
`density_g_per_ml`, `fodmap_limit_g`. Fields of a recipe: `active`, `slots`, `min_quarters`, `max_quarters`,
`step_quarters`, `prep_minutes`, `cook_minutes`, `hands_on_minutes`, `method`, and `grams.<food code>` per serving
(`grams.<code>#2` for the second line with the same food). None is unknown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from nutrition_site.kernel.vocabulary import ALLERGENS
from planning.catalogue import files, pieces, swaps
from planning.models import CatalogueRelease, CurationChange, Food, Recipe, RecipeIngredient

CURATED = "curated"
FOOD, RECIPE = CurationChange.Kind.FOOD.value, CurationChange.Kind.RECIPE.value
NUTRIENT, ALLERGEN, GRAMS = "nutrients.", "allergens.", "grams."
OWN_COLUMNS = ("energy_kcal", "protein_g", "carbs_g", "fat_g", "fiber_g", "sodium_mg")
NUTRIENTS = (
    *OWN_COLUMNS,
    *(
        "sugars_g",
        "saturated_fat_g",
        "mufa_g",
        "pufa_g",
        "trans_fat_g",
        "epa_g",
        "dha_g",
        "cholesterol_mg",
        "alcohol_g",
    ),
    *("caffeine_mg", "potassium_mg", "calcium_mg", "iron_mg", "magnesium_mg", "phosphorus_mg", "zinc_mg", "copper_mg"),
    *("manganese_mg", "selenium_ug", "vitamin_a_rae_ug", "vitamin_c_mg", "vitamin_d_ug", "vitamin_e_mg"),
    *("vitamin_k_ug", "thiamin_mg", "riboflavin_mg", "niacin_mg", "pantothenic_mg", "vitamin_b6_mg", "folate_ug"),
    *("folate_dfe_ug", "vitamin_b12_ug", "choline_mg", "water_g", "ash_g"),
)
QUARTERS = ("min_quarters", "max_quarters", "step_quarters")
MINUTES = ("prep_minutes", "cook_minutes", "hands_on_minutes")
FILE_MINUTES = {"prep_minutes": "prep_min", "cook_minutes": "cook_min", "hands_on_minutes": "hands_on_min"}

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Overlay:
    """The curated values by food code and by recipe slug, and the number and id of the last applied change of either.

    The id is part of the version because a number is given again after a transaction that was taken back.
    """

    foods: dict[str, Values] = field(default_factory=dict)
    recipes: dict[str, Values] = field(default_factory=dict)
    version: str = ""


def read_overlay() -> Overlay:
    """What holds now; one query."""
    overlay, newest = Overlay(), ""
    rows = CurationChange.objects.filter(state=CurationChange.State.APPLIED, kind__in=(FOOD, RECIPE)).order_by(
        "version"
    )
    for kind, key, changes, version, pk in rows.values_list("kind", "key", "changes", "version", "pk"):
        values = (overlay.foods if kind == FOOD else overlay.recipes).setdefault(key, {})
        values.update((name, row["after"]) for name, row in changes.items())
        newest = f"{version}:{pk}"
    return replace(overlay, version=newest)


def food_values(food: Food) -> Values:
    """Every field of a food that may be curated: of the reviewed ones all, of the others what they consist of."""
    values: Values = {f"{NUTRIENT}{name}": food.nutrients.get(name) for name in NUTRIENTS}
    if food.core:
        values |= {f"{ALLERGEN}{name}": food.allergens.get(name, "unknown") for name in ALLERGENS}
        values |= {
            "tags": sorted(food.tags),
            "aisle": food.aisle,
            "price_minor_per_kg": food.price_minor_per_kg,
            "refuse_pct": food.refuse_pct,
            "density_g_per_ml": food.density_g_per_ml,
            "fodmap_limit_g": food.shopping.get("fodmap_limit_g"),
        }
    return values


def curate_food(food: Food, values: Mapping[str, Any]) -> None:
    """Puts curated values into an unsaved or loaded row; the caller saves it."""
    nutrients, allergens = dict(food.nutrients), dict(food.allergens)
    for name, value in values.items():
        if name.startswith(NUTRIENT):
            _set_or_drop(nutrients, name.removeprefix(NUTRIENT), value)
        elif not food.core:
            continue
        elif name.startswith(ALLERGEN):
            allergens[name.removeprefix(ALLERGEN)] = value
        elif name == "fodmap_limit_g":
            food.shopping = {**food.shopping, name: value}
        else:
            setattr(food, name, value)
            if name == "density_g_per_ml":
                food.shopping = {**food.shopping, "density_source": "" if value is None else "catalogue"}
    food.nutrients, food.allergens = nutrients, allergens
    for column in OWN_COLUMNS:
        setattr(food, column, nutrients.get(column))


def recipe_values(recipe: Recipe, lines: Iterable[RecipeIngredient], codes: Mapping[str, str]) -> Values:
    """Every field of a recipe that may be curated. `codes` are the codes of its foods by their ids."""
    values: Values = {"active": recipe.active, "slots": list(recipe.slots), "method": list(recipe.method)}
    values |= {name: getattr(recipe, name) for name in (*QUARTERS, *MINUTES)}
    ordered = sorted(lines, key=lambda line: line.position)
    names = line_names([codes[line.food_id] for line in ordered])
    values |= {name: line.grams_per_serving for name, line in zip(names, ordered, strict=True)}
    return values


def line_names(codes: Sequence[str]) -> list[str]:
    """The field of each line of a recipe: `grams.<code>`, with `#2` at the second line of the same food."""
    seen: dict[str, int] = {}
    names = []
    for code in codes:
        seen[code] = seen.get(code, 0) + 1
        names.append(f"{GRAMS}{code}" if seen[code] == 1 else f"{GRAMS}{code}#{seen[code]}")
    return names


def curate_row(row: files.RecipeRow, values: Mapping[str, Any], core: Mapping[str, files.CoreRow]) -> files.RecipeRow:
    """A recipe of the files with curated values in it.

    A line whose grams differ is worded anew, and the weight of the whole dish is unknown then. Servings keep to whole
    pieces: where the files have changed under a curated step, the step that pieces ask for wins.
    """
    lines, moved = [], False
    servings = float(row.raw.get("servings") or 1)
    for name, (code, grams, show, to_taste) in zip(
        line_names([c for c, *_ in row.ingredients]), row.ingredients, strict=True
    ):
        wanted = values.get(name)
        if wanted is not None and wanted != round(grams, 3):
            show = swaps.line_text(core[code], grams=wanted * servings, old_text=show)
            grams, moved = wanted, True
        lines.append((code, grams, show, to_taste))
    raw = dict(row.raw)
    times = {FILE_MINUTES[name]: values[name] for name in MINUTES if name in values}
    raw["time"] = {**(raw.get("time") or {}), **times}
    if moved:
        raw["yield_g"] = None
    curated = replace(
        row,
        ingredients=tuple(lines),
        slots=tuple(values.get("slots", row.slots)),
        method=tuple(values.get("method", row.method)),
        active=bool(values.get("active", row.active)),
        raw=raw,
    )
    return replace(curated, **_sizes(curated, values, core))


def piece_step(row: files.RecipeRow, core: Mapping[str, files.CoreRow]) -> int:
    """The step in quarters at which all pieces of a recipe are served whole. Raises ValueError when there is none."""
    counts = [
        (grams / piece_grams, core[code].piece_step or 1.0)
        for code, grams, *_ in row.ingredients
        if code in row.whole and (piece_grams := core[code].piece_grams) and core[code].piece_step
    ]
    return pieces.smallest_step_quarters(counts)


def _sizes(row: files.RecipeRow, values: Mapping[str, Any], core: Mapping[str, files.CoreRow]) -> dict[str, int]:
    given = {name: values.get(name, getattr(row, name)) for name in QUARTERS}
    try:
        step = given["step_quarters"]
        needed = piece_step(row, core)
        found = pieces.sizes(**{**given, "step_quarters": step if step % needed == 0 else max(step, needed)})
    except ValueError:
        found = range(0)
    if not found:
        return {}
    return {"min_quarters": found[0], "max_quarters": found[-1], "step_quarters": found.step}


def record_load(overlay: Overlay, of_files: Mapping[tuple[str, str], Values]) -> None:
    """Stores which changes a load has kept, and what the files say now of the fields of (kind, key); of a food's field
    that is not among the values they say nothing."""
    row = CatalogueRelease.objects.filter(name=CURATED).first()
    told = dict(row.counts.get("files", {})) if row else {}
    for (kind, key), values in of_files.items():
        for name, known in told.get(f"{kind}:{key}", {}).items():
            if name in values:
                known["now"] = values[name]
            elif kind == RECIPE:
                known["now"] = None  # the line has left the dish
    _store(overlay, told)


def record_change(change: CurationChange) -> None:
    """Moves the version on. What the files say of a field is what was there before it was curated for the first time;
    who curates it again has seen what they say by now."""
    row = CatalogueRelease.objects.filter(name=CURATED).first()
    told = dict(row.counts.get("files", {})) if row else {}
    fields = told.setdefault(f"{change.kind}:{change.key}", {})
    for name, values in change.changes.items():
        now = fields[name]["now"] if name in fields else values["before"]
        fields[name] = {"then": now, "now": now}
    _store(read_overlay(), told)


def record_import(brought: Mapping[str, Mapping[str, float]]) -> None:
    """Notes what an import would have put in place of curated nutrients, by the code of the food."""
    row = CatalogueRelease.objects.filter(name=CURATED).first()
    if row is None:
        return
    told = dict(row.counts.get("files", {}))
    for code, nutrients in brought.items():
        for name, known in told.get(f"{FOOD}:{code}", {}).items():
            if name.removeprefix(NUTRIENT) in nutrients:
                known["now"] = nutrients[name.removeprefix(NUTRIENT)]
    CatalogueRelease.objects.filter(pk=row.pk).update(counts={**row.counts, "files": told})


def files_moved() -> dict[tuple[str, str], dict[str, tuple[Any, Any]]]:
    """The curated fields of which the files say something else than when they were curated: (then, now)."""
    row = CatalogueRelease.objects.filter(name=CURATED).first()
    found: dict[tuple[str, str], dict[str, tuple[Any, Any]]] = {}
    for place, fields in (row.counts.get("files", {}) if row else {}).items():
        kind, _, key = place.partition(":")
        moved = {name: (known["then"], known["now"]) for name, known in fields.items() if known["then"] != known["now"]}
        if moved:
            found[kind, key] = moved
    return found


def is_curated(codes: Collection[str], overlay: Overlay) -> bool:
    """Whether any of these foods has been curated."""
    return any(code in overlay.foods for code in codes)


def _store(overlay: Overlay, told: Mapping[str, Any]) -> None:
    if not overlay.version:
        return
    counts = {"foods": len(overlay.foods), "recipes": len(overlay.recipes), "files": told}
    CatalogueRelease.objects.update_or_create(
        name=CURATED, defaults={"version": f"curated:{overlay.version}", "counts": counts}
    )


def _set_or_drop(values: dict[str, Any], name: str, value: Any) -> None:
    if value is None:
        values.pop(name, None)
    else:
        values[name] = value
