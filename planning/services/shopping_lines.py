"""The lines of a list: what is needed, what of it is at home, what to buy, what that costs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import F

from athletes.models import Athlete
from nutrition_site.kernel.clock import today
from planning.catalogue.tags import buying_notes
from planning.documents import as_part
from planning.models import Food, FoodMeasure, ShoppingItem, ShoppingList
from planning.quantities import grams_text, kitchen_text, plan_purchase
from planning.services.pantry import DECIMALS, TAP_WATER

AISLES = (
    "Vegetables",
    "Fruit",
    "Bread",
    "Grains",
    "Legumes",
    "Meat",
    "Fish",
    "Dairy",
    "Eggs",
    "Frozen",
    "Nuts & seeds",
    "Oils & sauces",
    "Herbs & spices",
    "Sweet & baking",
    "Drinks",
    "Sports",
)
OTHER_AISLE = "Other"


def aisle_position(aisle: str) -> int:
    """Where an aisle stands in the usual order; unknown ones come last."""
    return AISLES.index(aisle) if aisle in AISLES else len(AISLES)


def build_lines(
    shopping_list: ShoppingList, needs: Mapping[str, Mapping[str, Any]], stock: Mapping[str, float]
) -> list[ShoppingItem]:
    """Unsaved lines for these needs, in aisle order. `stock` are edible grams by food that may be used."""
    athlete = shopping_list.athlete
    foods = Food.objects.in_bulk(list(needs))
    measures = {row.food_id: row for row in FoodMeasure.objects.filter(athlete=athlete, food__in=foods)}
    notes = _notes(athlete, foods.values())
    rows = []
    for food_id, need in needs.items():
        food = foods[food_id]
        grams = need["grams"]
        row = ShoppingItem(
            shopping_list=shopping_list,
            food=food,
            name=food.name,
            category=food.aisle or OTHER_AISLE,
            position=aisle_position(food.aisle),
            grams=grams,
            pantry_grams=round(min(grams, stock.get(food_id, 0.0)), DECIMALS),
            uses=[
                {"for": label, "grams": round(amount, 3), "dishes": need["dishes"].get(label, [])}
                for label, amount in sorted(need["uses"].items())
            ],
            basis={"to_taste": need["to_taste"], "notes": notes.get(food.code, [])},
        )
        measure_line(row, food, measures.get(food_id))
        row.at_home = food.code == TAP_WATER or (row.pantry_grams > 0 and not to_buy_grams(row))
        rows.append(row)
    rows.sort(key=lambda row: (row.position, row.name))
    return rows


def to_buy_grams(item: ShoppingItem) -> float:
    """Edible grams that have to be bought: what the meals need without what the pantry covers."""
    return round((item.grams or 0.0) - item.pantry_grams, DECIMALS)


def measure_line(row: ShoppingItem, food: Food, own: FoodMeasure | None) -> None:
    """Works out pieces, packs, kitchen words and price of a line from its grams; nothing is saved."""
    grams = to_buy_grams(row)
    density = (own.density_g_per_ml if own else None) or food.density_g_per_ml
    piece = own.piece_grams if own else None
    purchase = plan_purchase(
        grams=grams,
        shopping=food.shopping,
        refuse_pct=food.refuse_pct,
        density_g_per_ml=food.density_g_per_ml,
        state=food.state,
        aisle=food.aisle,
        own_piece_grams=piece,
        own_density_g_per_ml=own.density_g_per_ml if own else None,
    )
    shopping = {**food.shopping, "piece_grams": piece or food.shopping.get("piece_grams")}
    row.purchase_grams = round(purchase.purchase_grams, 3)
    row.quantity = purchase.display if grams else grams_text(row.grams or 0.0)
    row.basis = {
        **purchase.basis,
        "bought_grams": round(purchase.bought_grams, 3),
        "edible_bought_grams": round(purchase.edible_bought_grams, DECIMALS),
        "leftover_grams": round(purchase.leftover_grams, 3),
        "kitchen": kitchen_text(row.grams or 0.0, shopping=shopping, density_g_per_ml=density),
        "price_minor_per_kg": food.price_minor_per_kg,
        "price_minor": _price(purchase.bought_grams, food.price_minor_per_kg),
        "to_taste": row.basis.get("to_taste", False),
        "notes": row.basis.get("notes", []),
    }


def _price(bought_grams: float, price_minor_per_kg: int | None) -> int | None:
    return None if price_minor_per_kg is None else round(bought_grams * price_minor_per_kg / 1000)


def measure_again(*, athlete: Athlete, food: Food, own: FoodMeasure | None) -> None:
    """Brings the open lines of a food to these measures. What is in the basket already stays as it was bought."""
    lines = ShoppingItem.objects.filter(
        shopping_list__athlete=athlete,
        shopping_list__last_day__gte=today(athlete.zones),
        food=food,
        own=False,
        checked=False,
    )
    changed = set()
    for row in lines.select_for_update():
        measure_line(row, food, own)
        row.version += 1
        row.save(update_fields=["purchase_grams", "quantity", "basis", "version"])
        changed.add(row.shopping_list_id)
    ShoppingList.objects.filter(pk__in=changed).update(revision=F("revision") + 1)


def _notes(athlete: Athlete, foods: Iterable[Food]) -> dict[str, list[str]]:
    """By food code, what to look for on the pack so that the food keeps what this athlete's diet needs."""
    notes: dict[str, list[str]] = defaultdict(list)
    told = buying_notes(map(as_part, foods), allergies=athlete.allergies, diets=athlete.dietary_preferences)
    for code, note in told:
        if note not in notes[code]:
            notes[code].append(note)
    return notes
