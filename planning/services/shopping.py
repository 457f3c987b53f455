"""Shopping lists: grams of the plans, summed by food, shown in what a shop sells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.db.models import F

from athletes.models import Athlete, User
from athletes.validation import check_text
from nutrition_site.kernel.audit import record_audit
from nutrition_site.kernel.clock import now
from nutrition_site.kernel.errors import Conflict, InvalidInput
from planning.catalogue.tags import buying_notes
from planning.documents import as_part
from planning.models import Food, MealPlan, PlanItem, RecipeIngredient, ShoppingItem, ShoppingList
from planning.quantities import plan_purchase
from planning.services.choice import why_not
from planning.services.plans import check_range, ensure_plans, unsafe_items

MAX_RANGE_DAYS = 31
MAX_QUANTITY = 80
# Counted like every food, but nobody is sent to buy it.
TAP_WATER = "14411"
DISCLAIMERS = (
    "Recipes of packaged foods change: with an allergy, read the label of every pack before you buy it.",
    "Amounts are estimates for healthy adults; they do not replace advice from a doctor or dietitian.",
)
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


def create_shopping_list(*, athlete: Athlete, first: date, last: date, by: User) -> tuple[ShoppingList, list[str]]:
    """The list for every planned meal from first to last, and the ids of plans that were made for it.

    Days without a plan get one first. Raises PlanInfeasible when that is not possible, Conflict when a plan holds food
    that the athlete may no longer eat (nobody is sent to buy it), InvalidInput for a bad range.
    """
    if last < first:
        raise InvalidInput.of("to", "Must not be before 'from'.")
    count = (last - first).days + 1
    if count > MAX_RANGE_DAYS:
        raise InvalidInput.of("to", f"At most {MAX_RANGE_DAYS} days at once.")
    check_range(athlete, first, 1)
    by_day, made = ensure_plans(athlete=athlete, first=first, last=last, by=by)
    plans = list({plan.pk: plan for plan in by_day.values()}.values())
    for plan in plans:
        if any(first.isoformat() <= row["date"] <= last.isoformat() for row in unsafe_items(athlete, plan)):
            raise Conflict(
                "The plan holds food you can no longer eat. Plan these days again first.",
                code="plan_unsafe",
                extra={"meal_plan_id": plan.pk},
            )
    items = [
        item
        for day, plan in sorted(by_day.items())
        for item in (plan.current.items.all() if plan.current else ())
        if item.date == day and item.status == PlanItem.Status.PLANNED
    ]
    with transaction.atomic():
        shopping_list = ShoppingList.objects.create(
            athlete=athlete,
            first_day=first,
            last_day=last,
            plan_revisions={plan.pk: plan.revision for plan in plans},
            generated_at=now(),
        )
        ShoppingItem.objects.bulk_create(_rows(shopping_list, items))
        record_audit(verb="shopping_list.created", by=by, object_id=shopping_list.pk, athlete_id=athlete.pk, days=count)
    return shopping_list, made


def needs_of(items: Sequence[PlanItem]) -> dict[str, dict[str, Any]]:
    """Edible grams by food over planned meals, each with where they are used. Leftovers cook their share with the meal.

    grams = quarters / 4 × grams per serving, summed: what the plans hold is what the list holds.
    """
    lines: dict[str, list[RecipeIngredient]] = defaultdict(list)
    for line in RecipeIngredient.objects.filter(recipe__in={item.recipe_id for item in items}):
        lines[line.recipe_id].append(line)
    needs: dict[str, dict[str, Any]] = {}
    for item in items:
        for line in lines[item.recipe_id]:
            need = needs.setdefault(line.food_id, {"grams": 0.0, "uses": {}, "to_taste": True})
            grams = item.quarters / 4 * line.grams_per_serving
            need["grams"] += grams
            need["to_taste"] = need["to_taste"] and line.to_taste
            label = f"{item.date.isoformat()} {item.slot}"
            need["uses"][label] = need["uses"].get(label, 0.0) + grams
    return needs


def _notes(athlete: Athlete, foods: Iterable[Food]) -> dict[str, list[str]]:
    """By food code, what to look for on the pack so that the food keeps what this athlete's diet needs."""
    notes: dict[str, list[str]] = defaultdict(list)
    told = buying_notes(map(as_part, foods), allergies=athlete.allergies, diets=athlete.dietary_preferences)
    for code, note in told:
        if note not in notes[code]:
            notes[code].append(note)
    return notes


def _rows(shopping_list: ShoppingList, items: Sequence[PlanItem]) -> list[ShoppingItem]:
    needs = needs_of(items)
    foods = Food.objects.in_bulk(needs)
    notes = _notes(shopping_list.athlete, foods.values())
    order = {name: position for position, name in enumerate(AISLES)}
    rows = []
    for food_id, need in needs.items():
        food = foods[food_id]
        purchase = plan_purchase(
            grams=need["grams"],
            shopping=food.shopping,
            refuse_pct=food.refuse_pct,
            density_g_per_ml=food.density_g_per_ml,
            state=food.state,
        )
        rows.append(
            ShoppingItem(
                shopping_list=shopping_list,
                food=food,
                name=food.name,
                category=food.aisle or "Other",
                position=order.get(food.aisle, len(order)),
                grams=round(need["grams"], 6),
                purchase_grams=round(purchase.purchase_grams, 3),
                quantity=purchase.display,
                at_home=food.code == TAP_WATER,
                uses=[{"for": label, "grams": round(grams, 3)} for label, grams in sorted(need["uses"].items())],
                basis={
                    **purchase.basis,
                    "leftover_grams": round(purchase.leftover_grams, 3),
                    "to_taste": need["to_taste"],
                    "notes": notes.get(food.code, []),
                },
            )
        )
    rows.sort(key=lambda row: (row.position, row.name))
    return rows


def update_shopping_item(
    *,
    shopping_list: ShoppingList,
    item_id: str,
    checked: bool | None = None,
    own_quantity: str | None = None,
    at_home: bool | None = None,
    by: User,
) -> ShoppingItem:
    """Checks an item off, sets an own quantity, or says that it is at home. Only the named fields change."""
    with transaction.atomic():
        item = ShoppingItem.objects.select_for_update().filter(pk=item_id, shopping_list=shopping_list).first()
        if item is None:
            raise InvalidInput.of("item", "This item is not on the list.")
        changed = []
        if checked is not None:
            item.checked, item.checked_at = checked, now() if checked else None
            changed += ["checked", "checked_at"]
        if own_quantity is not None:
            item.own_quantity = _checked_quantity(own_quantity)
            changed.append("own_quantity")
        if at_home is not None:
            item.at_home = at_home
            changed.append("at_home")
        if changed:
            item.save(update_fields=changed)
            ShoppingList.objects.filter(pk=shopping_list.pk).update(revision=F("revision") + 1)
    return item


def _checked_quantity(text: str) -> str:
    """The athlete's own words for an amount; empty brings the calculated one back."""
    if not text.strip():
        return ""
    try:
        return check_text(text, limit=MAX_QUANTITY)
    except ValueError as error:
        raise InvalidInput.of("quantity", str(error)) from error


def delete_shopping_list(*, shopping_list: ShoppingList, by: User) -> None:
    """Removes a list."""
    with transaction.atomic():
        record_audit(
            verb="shopping_list.deleted", by=by, object_id=shopping_list.pk, athlete_id=shopping_list.athlete_id
        )
        shopping_list.delete()


def summary_document(shopping_list: ShoppingList) -> dict[str, Any]:
    """A list in a listing: what it covers and its items."""
    items = list(shopping_list.items.all())
    return {
        "id": shopping_list.pk,
        "week_start": shopping_list.first_day.isoformat(),
        "from": shopping_list.first_day.isoformat(),
        "to": shopping_list.last_day.isoformat(),
        "generated_at": shopping_list.generated_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "item_count": len(items),
        "checked_count": sum(item.checked for item in items),
    }


def is_out_of_date(shopping_list: ShoppingList) -> bool:
    """Whether a plan it was made from has a newer revision."""
    present = dict(MealPlan.objects.filter(pk__in=shopping_list.plan_revisions).values_list("pk", "revision"))
    return present != shopping_list.plan_revisions


def excluded_dishes(shopping_list: ShoppingList) -> list[str]:
    """Names of planned dishes behind a list that the athlete may no longer eat; empty when there is none."""
    athlete = shopping_list.athlete
    if not athlete.allergies and not athlete.dietary_preferences:
        return []
    rows = PlanItem.objects.filter(
        revision_id__in=MealPlan.objects.filter(pk__in=shopping_list.plan_revisions).values("current_id"),
        date__range=(shopping_list.first_day, shopping_list.last_day),
        status=PlanItem.Status.PLANNED,
    ).select_related("recipe")
    return sorted({item.recipe.name for item in rows if why_not(item.recipe, athlete)})


def list_document(shopping_list: ShoppingList) -> dict[str, Any]:
    """The whole list as every face shows it, cached by the revisions it derives from."""
    key = f"shopping-list:{shopping_list.pk}:{shopping_list.revision}"
    document = cache.get(key)
    if document is None:
        items = list(shopping_list.items.all())
        document = {
            "id": shopping_list.pk,
            "athlete_id": shopping_list.athlete_id,
            "week_start": shopping_list.first_day.isoformat(),
            "from": shopping_list.first_day.isoformat(),
            "to": shopping_list.last_day.isoformat(),
            "generated_at": shopping_list.generated_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "revision": shopping_list.revision,
            "meal_plan_ids": sorted(shopping_list.plan_revisions),
            "disclaimers": list(DISCLAIMERS),
            "items": [item_document(item) for item in items],
        }
        cache.set(key, document, settings.SHOPPING_LIST_CACHE_TTL_SECONDS)
    return {**document, "out_of_date": is_out_of_date(shopping_list) or bool(excluded_dishes(shopping_list))}


def item_document(item: ShoppingItem) -> dict[str, Any]:
    """One line of a list."""
    return {
        "id": item.pk,
        "name": item.name,
        "quantity": item.own_quantity or item.quantity,
        "category": item.category,
        "food_id": item.food_id,
        "grams": item.grams,
        "purchase_grams": item.purchase_grams,
        "unit": "g",
        "for": [use["for"] for use in item.uses],
        "sources": item.uses,
        "basis": {name: value for name, value in item.basis.items() if name != "notes"},
        "notes": item.basis.get("notes", []),
        "checked": item.checked,
        "at_home": item.at_home,
    }


def list_range(*, week_start: date | None, first: date | None, last: date | None) -> tuple[date, date]:
    """The days a request means: a week from `week_start`, or `from` to `to`. Raises InvalidInput."""
    if week_start is not None:
        if first is not None or last is not None:
            raise InvalidInput.of("week_start", "Give either week_start, or from and to.")
        return week_start, week_start + timedelta(days=6)
    if first is None or last is None:
        raise InvalidInput.of("week_start", "Give week_start, or from and to.")
    return first, last
