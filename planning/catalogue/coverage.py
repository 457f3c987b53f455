"""How much choice the catalogue gives: dishes for each diet and slot, counted on computed tags.

A *family* is a recipe together with its swap variants: porridge with milk and with soy drink are one choice. Counts
here are families, because a week that repeats a variant repeats the dish; the number of plannable dishes stands
beside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from planning.catalogue import compose, files, tags

SLOTS = ("breakfast", "lunch", "dinner", "snack", "pre", "during", "post")
# Diets and the pairs that people keep together, as columns of the table.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "all": (),
    "vegetarian": ("vegetarian",),
    "vegan": ("vegan",),
    "pescatarian": ("pescatarian",),
    "gluten-free": ("gluten-free",),
    "dairy-free": ("dairy-free",),
    "nut-free": ("nut-free",),
    "low-fodmap": ("low-fodmap",),
    "halal": ("halal",),
    "kosher": ("kosher",),
    "vegan+gluten-free": ("vegan", "gluten-free"),
    "vegan+nut-free": ("vegan", "nut-free"),
    "gluten-free+dairy-free": ("gluten-free", "dairy-free"),
    "vegan+low-fodmap": ("vegan", "low-fodmap"),
}
CARB_SHARE_CAP = 0.45
PROTEIN_SHARE_FLOOR = 0.20


@dataclass(frozen=True, slots=True)
class Dish:
    """One plannable dish as the table counts it: diets, allergen words and nutrients of one serving."""

    slug: str
    family: str
    slots: tuple[str, ...]
    cuisine: str
    diets: frozenset[str]
    allergens: Mapping[str, str]
    tags: tuple[str, ...]
    nutrients: Mapping[str, float]
    grams: float

    @property
    def carbs_share(self) -> float:
        """Share of the energy from carbohydrate, at 4 kcal/g."""
        return 4 * self.nutrients["carbs_g"] / self.nutrients["energy_kcal"]

    @property
    def protein_share(self) -> float:
        """Share of the energy from protein, at 4 kcal/g."""
        return 4 * self.nutrients["protein_g"] / self.nutrients["energy_kcal"]


def read_dishes() -> list[Dish]:
    """Every dish of the catalogue files, computed. Raises CatalogueError when the files contradict themselves."""
    core = files.read_core()
    nutrients = {row.code: row.nutrients for row in files.read_foods()}
    return [_dish(row, core, nutrients) for row in files.read_recipes()]


def _dish(row: files.RecipeRow, core: Mapping[str, files.CoreRow], nutrients: Mapping[str, dict[str, float]]) -> Dish:
    parts = [files.part(core[code], nutrients[code], grams) for code, grams, *_ in row.ingredients]
    described = tags.describe_dish(parts)
    return Dish(
        slug=row.slug,
        family=row.family,
        slots=row.slots,
        cuisine=row.raw.get("cuisine") or "",
        diets=described.diets,
        allergens=described.allergens,
        tags=tuple(compose.dish_tags(parts, slots=row.slots)),
        nutrients=compose.serving_nutrients(parts)[0],
        grams=sum(part.grams for part in parts),
    )


def suiting(
    dishes: Iterable[Dish], *, slot: str = "", diets: Sequence[str] = (), free_of: Sequence[str] = ()
) -> list[Dish]:
    """The dishes of a slot that keep every diet and are free of every allergen named."""
    return [
        dish
        for dish in dishes
        if (not slot or slot in dish.slots)
        and dish.diets.issuperset(diets)
        and all(tags.allergen_status(dish.allergens, allergen) == "free" for allergen in free_of)
    ]


def families(dishes: Iterable[Dish]) -> set[str]:
    """Their families, a recipe and its variants counted once."""
    return {dish.family for dish in dishes}


def count_table(dishes: Sequence[Dish]) -> dict[str, dict[str, tuple[int, int]]]:
    """slot -> column -> (families, dishes)."""
    return {
        slot: {
            name: (len(families(found)), len(found))
            for name, diets in COLUMNS.items()
            for found in [suiting(dishes, slot=slot, diets=diets)]
        }
        for slot in SLOTS
    }


def table_lines(dishes: Sequence[Dish]) -> list[str]:
    """The table as text: families, and plannable dishes with their variants in brackets."""
    table = count_table(dishes)
    width = max(len(name) for name in COLUMNS)
    lines = [
        "Families for each diet and slot (dishes with their variants in brackets)",
        " " * width + "".join(f"{slot:>12}" for slot in SLOTS),
    ]
    for name in COLUMNS:
        cells = (f"{table[slot][name][0]} ({table[slot][name][1]})" for slot in SLOTS)
        lines.append(f"{name:<{width}}" + "".join(f"{cell:>12}" for cell in cells))
    lean = [dish for dish in dishes if dish.carbs_share <= CARB_SHARE_CAP and dish.protein_share >= PROTEIN_SHARE_FLOOR]
    label = "vegan, soy-free, lean*"
    cells = (
        f"{len(families(found))} ({len(found)})"
        for found in (suiting(lean, slot=slot, diets=["vegan"], free_of=["soy"]) for slot in SLOTS)
    )
    lines.append(f"{label:<{width}}" + "".join(f"{cell:>12}" for cell in cells))
    lines.append("* at most 45 % of energy from carbohydrate and at least 20 % from protein")
    cuisines: dict[str, set[str]] = {}
    for dish in dishes:
        cuisines.setdefault(dish.cuisine, set()).add(dish.family)
    named = sorted(cuisines.items(), key=lambda item: (-len(item[1]), item[0]))
    lines.append("Cuisines: " + ", ".join(f"{name} {len(found)}" for name, found in named))
    lines.append(f"In all {len(families(dishes))} families, {len(dishes)} dishes")
    return lines
