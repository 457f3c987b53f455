"""Writing shopping lists: making, renewing, checking off.

Grams are conserved: what the meals need is what the pantry covers plus what the list says, food by food. Checking off
is a merge (two people never lose a tick); a changed amount needs the version of the line it was read from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext

from athletes.models import Athlete, User
from nutrition_site.kernel.audit import record_audit
from nutrition_site.kernel.clock import now
from nutrition_site.kernel.errors import Conflict, InvalidInput, NotFound
from planning.models import Food, MealPlan, ShoppingItem, ShoppingList
from planning.services.aisles import move_aisle, set_aisle_order
from planning.services.pantry import (
    TAP_WATER,
    bought_grams,
    names_bought,
    open_kitchen,
    put_away,
    read_grams,
    settle_purchases,
    take_back,
)
from planning.services.plans import check_range, ensure_plans, unsafe_items
from planning.services.shopping_delta import list_delta, with_amounts
from planning.services.shopping_documents import (
    excluded_dishes,
    is_out_of_date,
    item_document,
    list_document,
    summary_document,
)
from planning.services.shopping_lines import AISLES, build_lines, to_buy_grams
from planning.services.shopping_needs import meals_to_cook, needs_of, stock_left_for
from planning.services.shopping_own import add_own_item, checked_quantity, locked_item, remove_own_item

__all__ = [
    "AISLES",
    "ItemChange",
    "add_own_item",
    "check_items",
    "create_shopping_list",
    "delete_shopping_list",
    "excluded_dishes",
    "is_out_of_date",
    "item_document",
    "list_document",
    "list_range",
    "move_aisle",
    "needs_of",
    "remove_own_item",
    "renew_shopping_list",
    "set_aisle_order",
    "summary_document",
    "update_shopping_item",
]

MAX_RANGE_DAYS = 31
# What was bought still covers a need that grew by less than this.
NEARLY = 1.02
# What renewing a list works out again; the rest of a line is what people wrote.
WORKED_OUT = (
    "name",
    "category",
    "position",
    "grams",
    "pantry_grams",
    "purchase_grams",
    "quantity",
    "uses",
    "basis",
)


@dataclass(frozen=True, slots=True)
class ItemChange:
    """A changed line, and sentences about what could not be done to the last gram."""

    item: ShoppingItem
    notices: list[str] = field(default_factory=list)


def create_shopping_list(*, athlete: Athlete, first: date, last: date, by: User) -> tuple[ShoppingList, list[str]]:
    """The list for every planned meal from first to last, and the ids of plans that were made for it.

    What is at home is left out, earlier days first (`stock_left_for`). Days without a plan get one first. Raises
    PlanInfeasible when that is not possible, Conflict when a plan holds food that the athlete may no longer eat (nobody
    is sent to buy it), InvalidInput for a bad range.
    """
    if last < first:
        raise InvalidInput.of("to", gettext("Must not be before 'from'."))
    count = (last - first).days + 1
    if count > MAX_RANGE_DAYS:
        raise InvalidInput.of("to", gettext("At most %(days)s days at once.") % {"days": MAX_RANGE_DAYS})
    check_range(athlete, first, 1)
    by_day, made = _safe_plans(athlete, first, last, by)
    with transaction.atomic():
        shopping_list = ShoppingList.objects.create(
            athlete=athlete,
            first_day=first,
            last_day=last,
            plan_revisions={plan.pk: plan.revision for plan in by_day.values()},
            generated_at=now(),
        )
        needs = needs_of(meals_to_cook(by_day, first, last))
        ShoppingItem.objects.bulk_create(build_lines(shopping_list, needs, stock_left_for(athlete, first)))
        record_audit(verb="shopping_list.created", by=by, object_id=shopping_list.pk, athlete_id=athlete.pk, days=count)
    return shopping_list, made


def _safe_plans(athlete: Athlete, first: date, last: date, by: User) -> tuple[dict[date, MealPlan], list[str]]:
    by_day, made = ensure_plans(athlete=athlete, first=first, last=last, by=by)
    for plan in {plan.pk: plan for plan in by_day.values()}.values():
        if any(first.isoformat() <= row["date"] <= last.isoformat() for row in unsafe_items(athlete, plan)):
            raise Conflict(
                gettext("The plan holds food you can no longer eat. Plan these days again first."),
                code="plan_unsafe",
                extra={"meal_plan_id": plan.pk},
            )
    return by_day, made


# --- renewing ---


def renew_shopping_list(*, shopping_list: ShoppingList, by: User) -> list[dict[str, Any]]:
    """Works the list out again from the plans and the pantry as they are now; returns what it gained and lost.

    Own items and own amounts stay. A tick stays while what was bought covers the line; where more is needed, what was
    bought counts as stock and the line asks for the rest. Raises as `create_shopping_list` does, NotFound when the list
    was deleted meanwhile.
    """
    athlete = shopping_list.athlete
    first, last = shopping_list.first_day, shopping_list.last_day
    by_day, _ = _safe_plans(athlete, first, last, by)
    needs = needs_of(meals_to_cook(by_day, first, last))
    with transaction.atomic():
        open_kitchen(athlete.pk)
        locked = ShoppingList.objects.select_for_update().filter(pk=shopping_list.pk).first()
        if locked is None:
            raise NotFound()
        rows = locked.items.select_for_update().filter(own=False).order_by("pk")
        old = {item.food_id: item for item in rows if item.food_id}
        before = {food_id: item.grams or 0.0 for food_id, item in old.items()}
        names = {food_id: item.name for food_id, item in old.items()}
        fresh = _renewed_lines(locked, needs, old, stock_left_for(athlete, first))
        gone = [item for food_id, item in old.items() if food_id not in fresh]
        settle_purchases(athlete_id=athlete.pk, item_ids=[item.pk for item in gone if item.checked])
        ShoppingItem.objects.filter(pk__in=[item.pk for item in gone]).delete()
        ShoppingItem.objects.bulk_create(row for food_id, row in fresh.items() if food_id not in old)
        for food_id, row in fresh.items():
            if food_id in old:
                _take_over(old[food_id], row)
        locked.plan_revisions = {plan.pk: plan.revision for plan in by_day.values()}
        locked.generated_at = now()
        locked.revision += 1
        locked.save(update_fields=["plan_revisions", "generated_at", "revision"])
        record_audit(verb="shopping_list.renewed", by=by, object_id=locked.pk, athlete_id=athlete.pk)
    names |= {food_id: row.name for food_id, row in fresh.items()}
    lines = list_delta(before, {food_id: row.grams or 0.0 for food_id, row in fresh.items()}, names)
    foods = Food.objects.filter(pk__in=[line["food_id"] for line in lines])
    return with_amounts(lines, dict(foods.values_list("pk", "shopping")))


def _renewed_lines(
    shopping_list: ShoppingList,
    needs: Mapping[str, Mapping[str, Any]],
    old: Mapping[str, ShoppingItem],
    stock: Mapping[str, float],
) -> dict[str, ShoppingItem]:
    """Unsaved lines by food, `checked` where a tick stays.

    Checked lines are worked out without what they brought themselves: it is theirs. Where that is not enough, the line
    is worked out once more with it as stock.
    """
    checked = {food_id: item for food_id, item in old.items() if item.checked}
    brought = bought_grams(athlete_id=shopping_list.athlete_id, item_ids=[item.pk for item in checked.values()])
    without = {
        food_id: max(0.0, grams - (brought.get(checked[food_id].pk, 0.0) if food_id in checked else 0.0))
        for food_id, grams in stock.items()
    }
    fresh = {row.food_id: row for row in build_lines(shopping_list, needs, without) if row.food_id}
    short = []
    for food_id, item in checked.items():
        row = fresh.get(food_id)
        if row is None:
            continue
        had = brought.get(item.pk) or item.basis.get("edible_bought_grams") or to_buy_grams(item)
        if to_buy_grams(row) <= had * NEARLY:
            row.checked, row.checked_at = True, item.checked_at
        else:
            short.append(food_id)
    settle_purchases(athlete_id=shopping_list.athlete_id, item_ids=[checked[food_id].pk for food_id in short])
    for row in build_lines(shopping_list, {food_id: needs[food_id] for food_id in short}, stock):
        if row.food_id:
            fresh[row.food_id] = row
    return fresh


def _take_over(item: ShoppingItem, row: ShoppingItem) -> None:
    """Brings a stored line to what was worked out again, and keeps what people said about it."""
    said_at_home = item.at_home and bool(to_buy_grams(item))
    changed = item.checked != row.checked or any(getattr(item, name) != getattr(row, name) for name in WORKED_OUT)
    for name in WORKED_OUT:
        setattr(item, name, getattr(row, name))
    item.checked = row.checked
    item.at_home = said_at_home or row.at_home
    item.version += int(changed)
    item.save(update_fields=[*WORKED_OUT, "checked", "at_home", "version"])


# --- one line ---


def update_shopping_item(
    *,
    shopping_list: ShoppingList,
    item_id: str,
    checked: bool | None = None,
    checked_at: datetime | None = None,
    own_quantity: str | None = None,
    at_home: bool | None = None,
    version: int | None = None,
    by: User | None,
) -> ItemChange:
    """Checks an item off, sets an own amount, or says that it is at home. Only the named fields change.

    Checking off merges: of two that disagree the later one (`checked_at`, else now) holds, in whatever order they
    arrive, and a repeated one changes nothing. An own amount that was written from another `version` of the line is
    refused with the present line, so that nobody's words are lost. Raises NotFound, InvalidInput, Conflict.
    """
    with transaction.atomic():
        item = locked_item(shopping_list, item_id)
        quantity = None if own_quantity is None else checked_quantity(own_quantity)
        if quantity is not None and version is not None and version != item.version and quantity != item.own_quantity:
            raise Conflict(
                gettext("Somebody changed this line meanwhile."),
                code="item_changed",
                extra={"item": item_document(item)},
            )
        before = (item.checked, item.own_quantity, item.at_home)
        if checked is not None:
            _apply_check(item, checked, checked_at)
        if quantity is not None:
            item.own_quantity = quantity
        if at_home is not None:
            item.at_home = at_home
        notices = _store(shopping_list, [item], {item.pk: before})
    return ItemChange(item, notices)


def check_items(
    *,
    shopping_list: ShoppingList,
    wishes: Mapping[str, bool],
    moments: Mapping[str, datetime] | None = None,
    by: User | None,
) -> list[str]:
    """Checks several items off or back, by id; items that are not on the list are left out. Returns notices.

    `moments` says when each was ticked where that was before now, as on a device without a connection.
    """
    with transaction.atomic():
        open_kitchen(shopping_list.athlete_id)
        rows = ShoppingItem.objects.select_for_update(of=("self",)).filter(
            shopping_list=shopping_list, pk__in=list(wishes)
        )
        items = list(rows.select_related("food").order_by("pk"))
        before = {item.pk: (item.checked, item.own_quantity, item.at_home) for item in items}
        for item in items:
            _apply_check(item, wishes[item.pk], moments.get(item.pk) if moments else None)
        return _store(shopping_list, items, before)


def _apply_check(item: ShoppingItem, checked: bool, at: datetime | None) -> None:
    """Of two that disagree the later one holds; at the same moment the tick does. Nobody ticks in the future."""
    moment = min(at, now()) if at else now()
    last = item.checked_at
    if last is not None and (moment < last or (moment == last and not checked)):
        return
    item.checked, item.checked_at = checked, moment


def _store(
    shopping_list: ShoppingList, items: Sequence[ShoppingItem], before: Mapping[str, tuple[bool, str, bool]]
) -> list[str]:
    """Saves lines, moves the pantry with their ticks, and raises the list's revision once."""
    changed = [item for item in items if before[item.pk] != (item.checked, item.own_quantity, item.at_home)]
    for item in items:
        item.version += int(item in changed)
        item.save(update_fields=["checked", "checked_at", "own_quantity", "at_home", "version"])
    if not changed:
        return []
    athlete_id = shopping_list.athlete_id
    bought = {
        item.pk: (item.food_id, grams)
        for item in changed
        if item.checked and item.food_id and (grams := _edible_bought(shopping_list, item))
    }
    put_away(athlete_id=athlete_id, bought=bought)
    undone = [item for item in changed if before[item.pk][0] and item.pk not in bought]
    missing = take_back(athlete_id=athlete_id, item_ids=[item.pk for item in undone])
    ShoppingList.objects.filter(pk=shopping_list.pk).update(revision=F("revision") + 1)
    return names_bought(undone, missing)


def _edible_bought(shopping_list: ShoppingList, item: ShoppingItem) -> float:
    """Edible grams that checking this line off brings home; 0 where nobody knows, or nothing is bought.

    An own amount counts when it can be weighed; words that cannot ("two big ones") leave the amount worked out.
    """
    food = item.food
    if food is None or item.at_home or food.code == TAP_WATER:
        return 0.0
    if item.own_quantity:
        try:
            return read_grams(athlete=shopping_list.athlete, food=food, text=item.own_quantity)
        except InvalidInput:
            pass
    if item.own:
        return item.grams or 0.0
    return float(item.basis.get("edible_bought_grams") or to_buy_grams(item))


def delete_shopping_list(*, shopping_list: ShoppingList, by: User) -> None:
    """Removes a list with its links; what was bought from it stays in the pantry."""
    with transaction.atomic():
        open_kitchen(shopping_list.athlete_id)
        record_audit(
            verb="shopping_list.deleted", by=by, object_id=shopping_list.pk, athlete_id=shopping_list.athlete_id
        )
        settle_purchases(
            athlete_id=shopping_list.athlete_id,
            item_ids=shopping_list.items.filter(checked=True).values_list("pk", flat=True),
        )
        shopping_list.delete()


def list_range(*, week_start: date | None, first: date | None, last: date | None) -> tuple[date, date]:
    """The days a request means: a week from `week_start`, or `from` to `to`. Raises InvalidInput."""
    if week_start is not None:
        if first is not None or last is not None:
            raise InvalidInput.of("week_start", gettext("Give either week_start, or from and to."))
        return week_start, week_start + timedelta(days=6)
    if first is None or last is None:
        raise InvalidInput.of("week_start", gettext("Give week_start, or from and to."))
    return first, last
