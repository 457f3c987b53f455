"""What an athlete may take during a race, from the catalogue and their own dishes, and what a course serves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from athletes.models import Athlete
from nutrition_site.kernel.sentences import in_english
from planning.amounts import NOUNS, told_amount, told_number
from planning.catalogue.names import name_of
from planning.catalogue.pieces import number_text, piece_text
from planning.models import Food, Recipe
from planning.race_course import Place
from planning.race_feeds import CHEW, DRINK, GEL, SOLID, Product, Station, merge_stations
from planning.services.choice import Catalogue, allowed_recipes, athlete_catalogue
from planning.services.pantry import TAP_WATER

DURING = "during"
# A dish that is mostly liquid is drunk.
LIQUID_SHARE = 0.75
ONE_FOOD_SHARE = 0.95
GEL_FAMILIES = frozenset({"energy-gel", "honey-gel", "rice-syrup-gel", "applesauce-maple-pouch"})
CHEW_FAMILIES = frozenset({"fruit-chews"})
# What is used where the athlete has chosen nothing: the first of each row that they may eat.
USUAL = (
    ("energy-gel", "rice-syrup-gel", "honey-gel", "applesauce-maple-pouch", "fruit-chews"),
    ("carbohydrate-drink-mix-bottle", "homemade-maltodextrin-bottle", "isotonic-sports-drink", "maple-salt-bottle"),
    ("banana-on-the-go", "salted-mini-potatoes", "maple-rice-squares", "jam-sandwich-quarters"),
)
# What tables on a course usually hold, by the option that says where they stand; water is no dish.
SERVED = {"drink_at": "isotonic-sports-drink", "gel_at": "energy-gel", "banana_at": "banana-on-the-go"}
# Of these the brand, and so what is in them, is the organizer's choice.
UNKNOWN_BRANDS = frozenset({"drink_at", "gel_at"})


@dataclass(frozen=True, slots=True)
class RaceFoods:
    """`offered` are all that this athlete may take during exercise, `used` those of this race, most wanted first.

    `chosen` says whether the athlete picked them; `gone` counts picked ones that may no longer be eaten or exist.
    `grams` are the edible grams by food id of one serving of each, `foods` the foods by id.
    """

    offered: tuple[Product, ...]
    used: tuple[Product, ...]
    chosen: bool
    gone: int
    grams: Mapping[str, Mapping[str, float]]
    foods: Mapping[str, Food]
    recipes: Mapping[str, Recipe]

    @property
    def has_own_solids(self) -> bool:
        """Whether the athlete picked solid food."""
        return self.chosen and any(product.kind == SOLID for product in self.used)

    def words(self, product: Product, servings: float) -> str:
        """An amount of a product as one says it: 2 gels, ½ banana, 1½ × Dates with a pinch of salt."""
        grams = self.grams[product.key]
        food_id = max(grams, key=lambda key: grams[key])
        # Pieces are counted of what is one food and nothing else.
        if product.kind != DRINK and grams[food_id] >= ONE_FOOD_SHARE * sum(grams.values()):
            counted = _counted(self.foods[food_id], servings * grams[food_id])
            told = told_amount(counted)
            # Where the count has no words of its own, the name of the food has to stand beside it.
            if counted and (in_english() or (told != counted and _is_pack(self.foods[food_id]))):
                return told
        return told_number(f"{number_text(servings)} × {short_name(product)}")


def short_name(product: Product) -> str:
    """A dish without the size of its bottle: Carbohydrate drink mix."""
    return name_of(product.name).split(",")[0]


def _is_pack(food: Food) -> bool:
    return food.shopping.get("piece_name") in NOUNS


def _counted(food: Food, grams: float) -> str:
    shopping = food.shopping
    piece = shopping.get("piece_name") or ""
    return piece_text(
        grams,
        word=piece or food.name.split(",")[0].lower(),
        piece_name=piece,
        piece_grams=shopping.get("piece_grams"),
        piece_step=shopping.get("piece_step"),
    )


def race_foods(athlete: Athlete, *, chosen: Sequence[str] = ()) -> RaceFoods:
    """What may be taken during a race, and what is: the recipes of these ids, by default one gel, one drink, one bite.

    Everything passes the one door for food: allergies, diets and dislikes hold here as everywhere.
    """
    catalogue = athlete_catalogue(athlete)
    recipes = {recipe.pk: recipe for recipe in allowed_recipes(athlete, catalogue) if DURING in recipe.slots}
    products = {pk: _product(recipe, catalogue) for pk, recipe in recipes.items()}
    picked = [products[pk] for pk in chosen if pk in products]
    used = picked or _usual(recipes, products)
    return RaceFoods(
        offered=tuple(sorted(products.values(), key=lambda product: (_ORDER.index(product.kind), product.name))),
        used=tuple(used),
        chosen=bool(picked),
        gone=len(chosen) - len(picked),
        grams={pk: _grams(catalogue, pk) for pk in products},
        foods=catalogue.foods,
        recipes=recipes,
    )


_ORDER = (GEL, CHEW, DRINK, SOLID)


def _grams(catalogue: Catalogue, recipe_id: str) -> dict[str, float]:
    grams: dict[str, float] = {}
    for line in catalogue.lines[recipe_id]:
        grams[line.food_id] = grams.get(line.food_id, 0.0) + line.grams_per_serving
    return grams


def _usual(recipes: Mapping[str, Recipe], products: Mapping[str, Product]) -> list[Product]:
    by_family: dict[str, Product] = {}
    for pk, recipe in recipes.items():
        if recipe.owner_id is None and (recipe.kind != Recipe.Kind.VARIANT or recipe.family not in by_family):
            by_family[recipe.family] = products[pk]
    found = [next((by_family[name] for name in row if name in by_family), None) for row in USUAL]
    return [product for product in found if product is not None]


def _product(recipe: Recipe, catalogue: Catalogue) -> Product:
    grams = _grams(catalogue, recipe.pk)
    total = sum(grams.values())
    poured = {
        food_id: amount
        for food_id, amount in grams.items()
        if catalogue.foods[food_id].code == TAP_WATER or catalogue.foods[food_id].shopping.get("shop_unit") == "ml"
    }
    is_drink = total > 0 and sum(poured.values()) >= LIQUID_SHARE * total
    ml = sum(amount / (catalogue.foods[food_id].density_g_per_ml or 1.0) for food_id, amount in poured.items())
    sodium = recipe.nutrients.get("sodium_mg") if "sodium_mg" not in recipe.nutrient_coverage else None
    return Product(
        key=recipe.pk,
        name=recipe.name,
        kind=DRINK if is_drink else _kind(recipe),
        carbs_g=float(recipe.nutrients["carbs_g"]),
        sodium_mg=None if sodium is None else float(sodium),
        step=max(recipe.step_quarters, 1) / 4,
        ml=ml if is_drink else None,
    )


def _kind(recipe: Recipe) -> str:
    if recipe.family in GEL_FAMILIES:
        return GEL
    return CHEW if recipe.family in CHEW_FAMILIES else SOLID


def course_stations(
    foods: RaceFoods, places: Mapping[str, Sequence[Place]], *, has_allergies: bool
) -> tuple[tuple[Station, ...], tuple[str, ...]]:
    """The tables of a course, and the options whose food is not counted on.

    `places` are by option: `water_at`, `drink_at`, `gel_at`, `banana_at`. Who has allergies cannot know what an unknown
    brand contains; what the athlete may not eat is not counted on either.
    """
    themselves = {Recipe.Kind.BASE, Recipe.Kind.FOOD}
    by_family = {recipe.family: pk for pk, recipe in foods.recipes.items() if recipe.kind in themselves}
    products = {product.key: product for product in foods.offered}
    stations: list[Station] = []
    uncounted = []
    for name, where in places.items():
        if name == "water_at":
            stations += [Station(place.minute, water=True, km=place.km) for place in where]
            continue
        key = by_family.get(SERVED[name])
        if key is None or (has_allergies and name in UNKNOWN_BRANDS):
            uncounted.append(name)
            continue
        stations += [Station(place.minute, serves=(products[key],), km=place.km) for place in where]
    return merge_stations(stations), tuple(uncounted)
