"""Writing the catalogue files into the database: idempotent, one transaction, stable identifiers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import transaction

from nutrition_site.kernel.ids import stable_id
from planning.catalogue import compose, curated, files, imported, tags, words
from planning.models import CatalogueRelease, Food, Recipe, RecipeIngredient
from planning.own.composing import as_part

CATALOGUE = "builtin"
BATCH = 500
Report = Callable[[str], None]
Moved = Callable[[list[str]], object]
# What of a dish its plans rest on.
RESTED_ON = ("nutrients", "nutrient_coverage", "allergens", "diets", "active")


def loaded_version() -> str:
    """The catalogue version in the database, empty before the first load; what was imported and curated is part of
    it."""
    parts = CatalogueRelease.objects.filter(name__in=[CATALOGUE, imported.IMPORTED, curated.CURATED])
    return imported.combined_version(dict(parts.values_list("name", "version")), builtin=CATALOGUE)


def lock_catalogue() -> bool:
    """Holds the catalogue until the transaction ends: no load, import or curation beside another. False before the
    first load."""
    return bool(CatalogueRelease.objects.select_for_update().filter(name=CATALOGUE))


def _files_version() -> str:
    """The version of the files that were loaded last."""
    row = CatalogueRelease.objects.filter(name=CATALOGUE).first()
    return row.version if row else ""


def load_catalogue(
    *, report: Report = lambda line: None, force: bool = False, moved: Moved = lambda recipe_ids: None
) -> dict[str, int]:
    """Brings foods and recipes to the state of the files; returns counts, nothing to do when the version is the same.

    Rows keep their identifiers over releases. A recipe that left the files stays readable but is no longer planned.
    What was imported and curated stays in force. `moved` is called within the transaction with the ids of dishes that
    are something else than before. Raises CatalogueError when the files contradict themselves.
    """
    version = files.catalogue_version()
    if not force and _files_version() == version:
        report("catalogue is up to date")
        return {}
    report("reading foods")
    core = files.read_core()
    portions = files.read_portions()
    rows = list(files.read_foods())
    missing = set(core) - {row.code for row in rows}
    if missing:
        raise files.CatalogueError(f"foods_core.csv names foods that no table has: {sorted(missing)}")
    names = files.read_names()
    dishes = files.read_recipes()
    with transaction.atomic():
        lock_catalogue()
        overlay = curated.read_overlay()
        foods = [
            _food(row, core.get(row.code), portions.get(row.code, []), names.get(row.code, ()))
            for row in imported.keep_imported(rows)
        ]
        of_files = _lay_over_foods(foods, overlay)
        by_code = {food.code: food for food in foods}
        recipes, ingredients = [], []
        for row in dishes:
            recipe, lines = _lay_over_recipe(row, by_code, core, overlay, of_files)
            recipes.append(recipe)
            ingredients += lines
        _refuse_owned(foods, recipes)
        before = {recipe.pk: recipe for recipe in Recipe.objects.filter(owner=None)}
        report(f"storing {len(foods)} foods")
        fields = [f.name for f in Food._meta.concrete_fields if f.name not in ("id", "code", "owner")]
        Food.objects.bulk_create(
            foods, batch_size=BATCH, update_conflicts=True, unique_fields=["code"], update_fields=fields
        )
        Food.objects.filter(core=True, owner=None).exclude(code__in=list(core)).update(core=False)
        report(f"storing {len(recipes)} recipes")
        fields = [f.name for f in Recipe._meta.concrete_fields if f.name not in ("id", "slug", "owner")]
        Recipe.objects.bulk_create(
            recipes, batch_size=BATCH, update_conflicts=True, unique_fields=["slug"], update_fields=fields
        )
        Recipe.objects.filter(owner=None).exclude(pk__in=[recipe.pk for recipe in recipes]).update(active=False)
        RecipeIngredient.objects.filter(
            recipe__in=[recipe.pk for recipe in recipes], recipe__owner__isnull=True
        ).delete()
        RecipeIngredient.objects.bulk_create(ingredients, batch_size=BATCH)
        counts = {"foods": len(foods), "core_foods": len(core), "recipes": len(recipes)}
        imported.record_imported_version()
        curated.record_load(overlay, of_files)
        CatalogueRelease.objects.update_or_create(name=CATALOGUE, defaults={"version": version, "counts": counts})
        moved(_moved(before, recipes))
    report(f"catalogue ready: {counts['foods']} foods, {counts['recipes']} recipes")
    return counts


def _moved(before: dict[str, Recipe], after: Sequence[Recipe]) -> list[str]:
    """The ids of dishes that are something else now, or are gone."""
    present = {recipe.pk: recipe for recipe in after}
    gone = [pk for pk, recipe in before.items() if recipe.active and pk not in present]
    changed = [
        pk
        for pk, recipe in before.items()
        if pk in present and any(getattr(recipe, name) != getattr(present[pk], name) for name in RESTED_ON)
    ]
    return gone + changed


def _lay_over_foods(foods: Sequence[Food], overlay: curated.Overlay) -> dict[tuple[str, str], dict[str, Any]]:
    """Puts what was curated into the rows; returns what the files say of these foods."""
    of_files = {}
    for food in foods:
        if food.code not in overlay.foods:
            continue
        values = curated.food_values(food)
        if food.source.startswith(imported.SOURCE_PREFIX):
            # Its nutrients are not those of the files; what an import brought was noted when it did.
            values = {name: value for name, value in values.items() if not name.startswith(curated.NUTRIENT)}
        of_files[curated.FOOD, food.code] = values
        curated.curate_food(food, overlay.foods[food.code])
    return of_files


def _lay_over_recipe(
    row: files.RecipeRow,
    foods: dict[str, Food],
    core: dict[str, files.CoreRow],
    overlay: curated.Overlay,
    of_files: dict[tuple[str, str], dict[str, Any]],
) -> tuple[Recipe, list[RecipeIngredient]]:
    """A dish as it is in force, with its lines; adds what the files say of it where it is curated."""
    unknown = [code for code, *_ in row.ingredients if code not in core]
    if unknown:
        raise files.CatalogueError(f"recipe {row.slug} uses foods that are not reviewed: {unknown}")
    if row.slug in overlay.recipes:
        plain, lines = build_recipe(row, foods, lenient=True)
        codes = {food_id(code): code for code, *_ in row.ingredients}
        of_files[curated.RECIPE, row.slug] = curated.recipe_values(plain, lines, codes)
        row = curated.curate_row(row, overlay.recipes[row.slug], core)
    # A curation must not keep a later release from being loaded: the door to plans leaves such a dish out.
    lenient = curated.is_curated([code for code, *_ in row.ingredients], overlay)
    return build_recipe(row, foods, lenient=lenient)


def _refuse_owned(foods: list[Food], recipes: list[Recipe]) -> None:
    """Raises CatalogueError when a file names what an athlete entered: their food is never overwritten."""
    owned = [
        *Food.objects.exclude(owner=None).filter(code__in=[food.code for food in foods]).values_list("code", flat=True),
        *Recipe.objects.exclude(owner=None)
        .filter(slug__in=[recipe.slug for recipe in recipes])
        .values_list("slug", flat=True),
    ]
    if owned:
        raise files.CatalogueError(f"an athlete's own food bears the name of the catalogue's: {owned}")


def food_id(code: str) -> str:
    return stable_id("fod", code)


def recipe_id(slug: str) -> str:
    return stable_id("rcp", slug)


def _food(
    row: files.FoodRow, core: files.CoreRow | None, portions: list[dict[str, Any]], translations: Sequence[str]
) -> Food:
    food = Food(
        id=food_id(row.code),
        code=row.code,
        name=core.name if core else row.name,
        common_name=row.name if core else row.common_name,
        group=row.group,
        core=core is not None,
        source=row.source,
        nutrients=row.nutrients,
        portions=portions,
        refuse_pct=row.refuse_pct,
        density_g_per_ml=row.density_g_per_ml,
        search_text=words.compose_search_text(
            name=core.name if core else row.name, others=[row.name, row.common_name], translations=translations
        ),
        **{column: row.nutrients.get(column) for column in curated.OWN_COLUMNS},
    )
    if core:
        food.allergens = core.allergens
        food.tags = list(core.tags)
        food.aisle = core.aisle
        food.state = core.state
        food.shopping = core.shopping
        food.price_minor_per_kg = core.price_minor_per_kg
        food.refuse_pct = core.refuse_pct if core.refuse_pct is not None else row.refuse_pct
        food.density_g_per_ml = core.density_g_per_ml if core.density_g_per_ml is not None else row.density_g_per_ml
    return food


def build_recipe(
    row: files.RecipeRow, foods: Mapping[str, Food], *, lenient: bool = False
) -> tuple[Recipe, list[RecipeIngredient]]:
    """A dish and its lines, computed from the foods by code, unsaved.

    Raises CatalogueError where energy, carbohydrate, protein or fat is unknown, unless `lenient`.
    """
    parts = [as_part(foods[code], round(grams, 3)) for code, grams, *_ in row.ingredients]
    amounts, coverage = compose.serving_nutrients(parts)
    lacking = compose.missing_required(amounts) or [name for name in compose.REQUIRED if name in coverage]
    if lacking and not lenient:
        raise files.CatalogueError(f"recipe {row.slug} has unknown {lacking}: it cannot be planned")
    described = tags.describe_dish(parts)
    raw = row.raw
    time = raw.get("time") or {}
    recipe = Recipe(
        id=recipe_id(row.slug),
        slug=row.slug,
        family=row.family,
        kind=row.kind,
        name=row.name,
        slots=list(row.slots),
        cuisine=raw.get("cuisine") or "",
        min_quarters=row.min_quarters,
        max_quarters=row.max_quarters,
        step_quarters=row.step_quarters,
        prep_minutes=time.get("prep_min") or 0,
        cook_minutes=time.get("cook_min") or 0,
        hands_on_minutes=time.get("hands_on_min") or 0,
        batchable=bool(raw.get("batch")),
        keeps=raw.get("keeps") or {},
        equipment=raw.get("equipment") or [],
        method=list(row.method),
        nutrients=amounts,
        nutrient_coverage=coverage,
        allergens=dict(described.allergens),
        diets=sorted(described.diets),
        tags=compose.dish_tags(parts, slots=row.slots),
        cost_minor=compose.serving_cost_minor(parts),
        yield_g=raw.get("yield_g"),
        active=row.active,
    )
    lines = [
        RecipeIngredient(
            recipe_id=recipe.pk,
            food_id=foods[code].pk,
            position=position,
            grams_per_serving=round(grams, 3),
            show=show,
            to_taste=to_taste,
        )
        for position, (code, grams, show, to_taste) in enumerate(row.ingredients)
    ]
    return recipe, lines
