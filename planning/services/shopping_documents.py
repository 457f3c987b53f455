"""Lists as documents: one shape for pages, API, print, text, CSV and shared links, cached by what they derive from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext_noop

from planning.models import Kitchen, MealPlan, PlanItem, Recipe, ShoppingItem, ShoppingList
from planning.services.choice import why_not
from planning.services.inputs import PRICE_CURRENCY
from planning.services.shopping_lines import AISLES, OTHER_AISLE, to_buy_grams
from planning.services.shopping_moved import list_difference

DISCLAIMERS = (
    gettext_noop("Recipes of packaged foods change: with an allergy, read the label of every pack before you buy it."),
    gettext_noop("Amounts are estimates for healthy adults; they do not replace advice from a doctor or dietitian."),
)


def summary_document(shopping_list: ShoppingList) -> dict[str, Any]:
    """A list in a listing: what it covers and its items."""
    items = list(shopping_list.items.all())
    return {
        **_head(shopping_list),
        "item_count": len(items),
        "checked_count": sum(item.checked for item in items),
    }


def _head(shopping_list: ShoppingList) -> dict[str, Any]:
    return {
        "id": shopping_list.pk,
        "week_start": shopping_list.first_day.isoformat(),
        "from": shopping_list.first_day.isoformat(),
        "to": shopping_list.last_day.isoformat(),
        "generated_at": shopping_list.generated_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }


def list_document(shopping_list: ShoppingList) -> dict[str, Any]:
    """The whole list as every face shows it.

    What derives from the list itself is cached under its revision, the pantry's, and the order of aisles; whether a
    plan has moved on is asked anew each time, and only then what the list would gain and lose. Two queries, one when
    cached, and one for an athlete or kitchen that is not in hand.
    """
    kitchen = _kitchen_of(shopping_list)
    order = aisle_order(kitchen)
    pantry = kitchen.pantry_revision if kitchen else 1
    key = f"shopping-list:{shopping_list.pk}:{shopping_list.revision}:{pantry}:{_digest(order)}"
    document = cache.get(key)
    if document is None:
        present, unsafe = _read_plans(shopping_list)
        items = sorted(shopping_list.items.all(), key=lambda item: (_rank(order, item.category), item.name, item.pk))
        document = {
            **_head(shopping_list),
            "athlete_id": shopping_list.athlete_id,
            "for_name": shopping_list.athlete.name,
            "revision": shopping_list.revision,
            "meal_plan_ids": sorted(shopping_list.plan_revisions),
            "disclaimers": list(DISCLAIMERS),
            "aisle_order": order,
            "total": total_document(items),
            "items": [item_document(item) for item in items],
        }
        cache.set(key, document, settings.SHOPPING_LIST_CACHE_TTL_SECONDS)
    else:
        present = _present_plans(shopping_list)
        unsafe = _excluded(shopping_list, present)
    moved_on = _moved_on(shopping_list, present)
    return {
        **document,
        "out_of_date": moved_on or bool(unsafe),
        "difference": list_difference(shopping_list) if moved_on else [],
        "excluded_dishes": unsafe,
    }


def _kitchen_of(shopping_list: ShoppingList) -> Kitchen | None:
    try:
        return shopping_list.athlete.kitchen
    except Kitchen.DoesNotExist:
        return None


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value).encode()).hexdigest()[:16]


def aisle_order(kitchen: Kitchen | None) -> list[str]:
    """Every aisle once, in the order of the athlete's store; what they never moved keeps its usual place after it."""
    own = [name for name in (kitchen.aisle_order if kitchen else []) if name in AISLES or name == OTHER_AISLE]
    return [*own, *(name for name in (*AISLES, OTHER_AISLE) if name not in own)]


def _rank(order: Sequence[str], aisle: str) -> int:
    return order.index(aisle) if aisle in order else len(order)


def _present_plans(shopping_list: ShoppingList) -> dict[str, tuple[int, str | None]]:
    """(revision, id of it) by plan: the plans behind a list as they are now."""
    if not shopping_list.plan_revisions:
        return {}
    rows = MealPlan.objects.filter(pk__in=shopping_list.plan_revisions).values_list("pk", "revision", "current_id")
    return {pk: (revision, current) for pk, revision, current in rows}


def _moved_on(shopping_list: ShoppingList, present: dict[str, tuple[int, str | None]]) -> bool:
    return {pk: revision for pk, (revision, _) in present.items()} != shopping_list.plan_revisions


def is_out_of_date(shopping_list: ShoppingList) -> bool:
    """Whether a plan it was made from has a newer revision."""
    return _moved_on(shopping_list, _present_plans(shopping_list))


def excluded_dishes(shopping_list: ShoppingList) -> list[str]:
    """Names of planned dishes behind a list that the athlete may no longer eat; empty when there is none."""
    return _excluded(shopping_list, _present_plans(shopping_list))


def _excluded(shopping_list: ShoppingList, present: dict[str, tuple[int, str | None]]) -> list[str]:
    """Kept under the plans' revisions and under what the athlete may not eat: a new allergy is seen at once, and so is
    a dish that turned out to hold one, which raises the version of the profile."""
    if not present or not _is_choosy(shopping_list):
        return []
    found: list[str] | None = cache.get(_excluded_key(shopping_list, present))
    return _read_plans(shopping_list)[1] if found is None else found


def _is_choosy(shopping_list: ShoppingList) -> bool:
    return bool(shopping_list.athlete.allergies or shopping_list.athlete.dietary_preferences)


def _excluded_key(shopping_list: ShoppingList, present: dict[str, tuple[int, str | None]]) -> str:
    athlete = shopping_list.athlete
    current = sorted(revision_id for _, revision_id in present.values() if revision_id)
    eats = [athlete.allergies, athlete.dietary_preferences, athlete.profile_version]
    return "shopping-excluded:" + _digest([shopping_list.pk, shopping_list.revision, current, *eats])


def _read_plans(shopping_list: ShoppingList) -> tuple[dict[str, tuple[int, str | None]], list[str]]:
    """The plans behind a list and their dishes that the athlete may no longer eat, in one query."""
    if not _is_choosy(shopping_list) or not shopping_list.plan_revisions:
        return _present_plans(shopping_list), []
    rows = MealPlan.objects.filter(pk__in=shopping_list.plan_revisions).values_list(
        "pk", "revision", "current_id", *(f"current__items__{name}" for name in ("date", "status")),
        *(f"current__items__recipe__{name}" for name in ("name", "allergens", "diets")),
    )  # fmt: skip
    present: dict[str, tuple[int, str | None]] = {}
    unsafe = set()
    for pk, revision, current, day, status, name, allergens, diets in rows:
        present[pk] = (revision, current)
        bought = status == PlanItem.Status.PLANNED and shopping_list.first_day <= day <= shopping_list.last_day
        if bought and why_not(Recipe(name=name, allergens=allergens, diets=diets), shopping_list.athlete):
            unsafe.add(name)
    found = sorted(unsafe)
    cache.set(_excluded_key(shopping_list, present), found, settings.SHOPPING_LIST_CACHE_TTL_SECONDS)
    return present, found


def total_document(items: Sequence[ShoppingItem]) -> dict[str, Any]:
    """What the basket costs: an estimate from the catalogue's prices, with the share of lines that have one.

    `price` is None when no line is priced: unknown is not free.
    """
    lines = [item for item in items if not item.at_home]
    prices = [price for price in (item.basis.get("price_minor") for item in lines) if price is not None]
    return {
        "price": money(sum(prices)) if prices else None,
        "estimate": True,
        "priced_count": len(prices),
        "line_count": len(lines),
        "priced_share": round(len(prices) / len(lines), 3) if lines else None,
    }


def money(amount_minor: int) -> dict[str, Any]:
    return {"amount_minor": amount_minor, "currency": PRICE_CURRENCY}


def item_document(item: ShoppingItem) -> dict[str, Any]:
    """One line of a list.

    `needed_grams` is what the meals need (edible), `pantry_grams` what is at home of it, `grams` the rest, which has to
    be bought; `purchase_grams` is `grams` with peel, bones and brine. Grams of an own item without a food are None.
    """
    basis = item.basis
    price, per_kg = basis.get("price_minor"), basis.get("price_minor_per_kg")
    return {
        "id": item.pk,
        "name": item.name,
        "quantity": item.own_quantity or item.quantity,
        "own_quantity": item.own_quantity or None,
        "category": item.category,
        "food_id": item.food_id,
        "grams": None if item.grams is None else to_buy_grams(item),
        "needed_grams": item.grams,
        "pantry_grams": item.pantry_grams,
        "purchase_grams": item.purchase_grams,
        "unit": "g",
        "kitchen": basis.get("kitchen") or None,
        "for": [use["for"] for use in item.uses],
        "sources": item.uses,
        "price": None if price is None else money(price),
        "price_per_kg": None if per_kg is None else money(per_kg),
        "basis": {name: value for name, value in basis.items() if name not in _APART},
        "notes": basis.get("notes", []),
        "checked": item.checked,
        "checked_at": item.checked_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ") if item.checked_at else None,
        "at_home": item.at_home,
        "own": item.own,
        "version": item.version,
    }


_APART = frozenset({"notes", "kitchen", "price_minor", "price_minor_per_kg"})


def kitchen_document(kitchen: Kitchen | None) -> dict[str, Any]:
    """How an athlete shops."""
    return {"aisle_order": aisle_order(kitchen), "pantry_revision": kitchen.pantry_revision if kitchen else 1}


__all__ = [
    "aisle_order",
    "excluded_dishes",
    "is_out_of_date",
    "item_document",
    "kitchen_document",
    "list_document",
    "summary_document",
    "total_document",
]
