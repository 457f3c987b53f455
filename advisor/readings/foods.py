"""Facts about foods, what an athlete may eat of them, and what is to be bought."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from advisor.facts import Bundle, Fact
from athletes.models import Athlete
from planning.catalogue.dislikes import Named, kinds_of
from planning.catalogue.tags import DishTags, refusal_reasons
from planning.documents import food_document
from planning.models import Food
from planning.services.choice import is_disliked
from planning.wording import spaced

NUTRIENTS = {
    "energy_kcal": ("energy", "kcal"),
    "protein_g": ("protein", "g"),
    "carbs_g": ("carbohydrate", "g"),
    "fat_g": ("fat", "g"),
    "fiber_g": ("fiber", "g"),
    "sodium_mg": ("sodium", "mg"),
    "caffeine_mg": ("caffeine", "mg"),
    "iron_mg": ("iron", "mg"),
    "calcium_mg": ("calcium", "mg"),
    "potassium_mg": ("potassium", "mg"),
    "magnesium_mg": ("magnesium", "mg"),
    "zinc_mg": ("zinc", "mg"),
    "vitamin_d_ug": ("vitamin D", "µg"),
    "vitamin_b12_ug": ("vitamin B12", "µg"),
    "vitamin_c_mg": ("vitamin C", "mg"),
    "folate_ug": ("folate", "µg"),
}
SOURCES = {"sr28": "USDA SR28 food table"}


def attempts(words: str) -> Iterator[str]:
    """Ways to look for a food: as said, in the singular, the last two words, the last word."""
    terms = re.findall(r"[\w'-]+", words.lower())
    if not terms:
        return
    singular = [_singular(term) for term in terms]
    seen = set()
    for attempt in (terms, singular, singular[-2:], singular[:2], singular[-1:]):
        text = " ".join(attempt)
        if text and text not in seen and len(text) > 2:
            seen.add(text)
            yield text


def _singular(word: str) -> str:
    for ending, other in (("ies", "y"), ("oes", "o"), ("ches", "ch"), ("s", "")):
        if word.endswith(ending) and len(word) > len(ending) + 2 and not word.endswith("ss"):
            return word[: -len(ending)] + other
    return word


def food_fact(food: Food, source: str) -> Fact:
    """The name of a food."""
    own = food.owner_id is not None
    return Fact(f"food:{food.pk}:name", "food", "food", food.name, "", source, food.pk, own_words=own)


def food_bundle(food: Food, grams: float) -> Bundle:
    values = food_document(food, full=True)["nutrients_per_100g"]
    source = SOURCES.get(food.source, f"food table ({food.source})")
    base = f"food:{food.pk}:{grams:g}"
    facts = {
        "name": food_fact(food, source),
        "grams": Fact(f"{base}:grams", "food", "amount", grams, "g", "your question", food.pk),
    }
    for name, (label, unit) in NUTRIENTS.items():
        per_100 = values.get(name)
        value = None if per_100 is None else per_100 * grams / 100
        facts[name] = Fact(f"{base}:{name}", "food", f"{label} of {food.name}", value, unit, source, food.pk)
    return Bundle("food", facts, {"food_id": food.pk, "reviewed": food.core})


def permission_bundle(food: Food, athlete: Athlete) -> Bundle:
    document = food_document(food)
    tags = DishTags(allergens=document["allergens"], diets=frozenset(document["diets"]))
    refusals = refusal_reasons(tags, allergies=athlete.allergies, diets=athlete.dietary_preferences)
    source = "reviewed food" if food.core else "food nobody has reviewed for allergens"
    facts = {"name": food_fact(food, source)}
    for number, refusal in enumerate(refusals):
        facts[f"reason:{number}"] = Fact(
            f"food:{food.pk}:reason:{number}", "allergen", "reason", str(refusal), "", source, food.pk
        )
    named = Named("", tuple(name for name in (food.name, food.common_name) if name), kinds_of([food]))
    data = {
        "food_id": food.pk,
        "allowed": not refusals,
        "disliked": is_disliked(named, athlete.dislikes),
        "reviewed": food.core,
        "contains": [name.replace("_", " ") for name, status in document["allergens"].items() if status == "contains"],
        "reasons": [str(refusal) for refusal in refusals],
        "constraints": [*athlete.allergies, *athlete.dietary_preferences],
    }
    return Bundle("food check", facts, data)


def list_bundle(document: Mapping[str, Any], first: date, last: date) -> Bundle:
    facts: dict[str, Fact] = {}
    rows = []
    for item in document["items"]:
        done = item["checked"] or item["at_home"]
        base = f"shopping:{item['id']}"
        key = item["id"]
        # The checks read the food that an amount is of from its label; words of the athlete's own are no such name.
        of = "" if item["own"] else f" of {item['name']}"
        facts[f"{key}:name"] = Fact(
            f"{base}:name", "ingredient", "on the list", item["name"], "", "shopping list", key, own_words=item["own"]
        )
        facts[f"{key}:quantity"] = Fact(
            f"{base}:quantity",
            "shopping",
            f"to buy{of}",
            spaced(item["quantity"]),
            "",
            "shopping list",
            key,
        )
        if item["needed_grams"] is not None:
            # Lines that people wrote themselves have words only.
            facts[f"{key}:grams"] = Fact(
                f"{base}:grams",
                "shopping",
                f"needed{of}",
                item["needed_grams"],
                "g",
                "shopping list",
                key,
            )
        rows.append({"key": key, "name": item["name"], "category": item["category"], "done": done})
    _count_facts(facts, rows, document["id"])
    data = {"list_id": document["id"], "rows": rows, "out_of_date": document["out_of_date"]}
    return Bundle("shopping", facts, data, (first, last))


def needs_bundle(needs: Mapping[str, Mapping[str, Any]], names: Mapping[str, str], first: date, last: date) -> Bundle:
    facts: dict[str, Fact] = {}
    rows = []
    for food_id, need in sorted(needs.items(), key=lambda row: -row[1]["grams"]):
        name = names.get(food_id, "")
        base = f"need:{first}:{last}:{food_id}"
        facts[f"{food_id}:name"] = Fact(f"{base}:name", "ingredient", "ingredient", name, "", "meal plan", food_id)
        facts[f"{food_id}:grams"] = Fact(
            f"{base}:grams", "shopping", f"needed of {name}", round(need["grams"], 2), "g", "meal plan", food_id
        )
        rows.append({"key": food_id, "name": name, "category": "", "done": False})
    _count_facts(facts, rows, "")
    return Bundle("shopping", facts, {"list_id": "", "rows": rows, "out_of_date": False}, (first, last))


def _count_facts(facts: dict[str, Fact], rows: list[dict[str, Any]], list_id: str) -> None:
    left = sum(not row["done"] for row in rows)
    facts["count"] = Fact(
        f"shopping:{list_id}:count", "count", "foods on the list", float(len(rows)), "", "shopping list", list_id
    )
    facts["left"] = Fact(
        f"shopping:{list_id}:left", "count", "foods still to buy", float(left), "", "shopping list", list_id
    )
