"""Lines of a list that come from no plan: what people wrote themselves."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext

from athletes.models import Athlete, User
from athletes.validation import check_text
from nutrition_site.kernel.audit import record_audit
from nutrition_site.kernel.errors import Conflict, InvalidInput, NotFound
from planning.models import Food, ShoppingItem, ShoppingList
from planning.services.pantry import open_kitchen, read_grams, settle_purchases, usable_food
from planning.services.shopping_lines import AISLES, OTHER_AISLE, aisle_position

MAX_QUANTITY = 80
MAX_OWN_NAME = 120
MAX_OWN_ITEMS = 500
ADDED, REMOVED = "shopping_item.added", "shopping_item.removed"


def locked_item(shopping_list: ShoppingList, item_id: str) -> ShoppingItem:
    """A line of this list, locked until the transaction ends, and the kitchen with it. Raises NotFound.

    The kitchen comes first wherever lines change, then the list, then its lines: two people who lock in different
    orders would wait for each other until the database ends one of them.
    """
    open_kitchen(shopping_list.athlete_id)
    rows = ShoppingItem.objects.select_for_update(of=("self",)).filter(shopping_list=shopping_list, pk=item_id)
    item = rows.select_related("food").first()
    if item is None:
        raise NotFound(gettext("This item is not on the list."))
    return item


def checked_quantity(text: str) -> str:
    """The athlete's own words for an amount; empty brings the calculated one back."""
    if not text.strip():
        return ""
    try:
        return check_text(text, limit=MAX_QUANTITY)
    except ValueError as error:
        raise InvalidInput.of("quantity", str(error)) from error


def add_own_item(
    *,
    shopping_list: ShoppingList,
    name: str = "",
    quantity: str = "",
    food_id: str | None = None,
    category: str = "",
    item_id: str | None = None,
    by: User | None,
) -> ShoppingItem:
    """A line of the athlete's own: free words, with an amount and a food if they like. Raises InvalidInput.

    With a food and an amount that can be weighed, checking it off fills the pantry. `item_id` is given where the line
    had its id before it came here; the caller knows that it is free.
    """
    athlete = shopping_list.athlete
    food = usable_food(athlete, food_id) if food_id else None
    try:
        words = check_text(name or (food.name[:MAX_OWN_NAME] if food else ""), limit=MAX_OWN_NAME)
    except ValueError as error:
        raise InvalidInput.of("name", str(error)) from error
    aisle = category or (food.aisle if food else "") or OTHER_AISLE
    if aisle not in (*AISLES, OTHER_AISLE):
        raise InvalidInput.of(
            "category", gettext("Known are: %(names)s.") % {"names": ", ".join((*AISLES, OTHER_AISLE))}
        )
    amount = checked_quantity(quantity)
    with transaction.atomic():
        locked = ShoppingList.objects.select_for_update().filter(pk=shopping_list.pk).first()
        if locked is None:
            raise NotFound()
        if locked.items.filter(own=True).count() >= MAX_OWN_ITEMS:
            raise InvalidInput.of(
                "name", gettext("At most %(count)s items of your own fit on a list.") % {"count": MAX_OWN_ITEMS}
            )
        item = ShoppingItem.objects.create(
            **({"pk": item_id} if item_id else {}),
            shopping_list=locked,
            food=food,
            name=words,
            category=aisle,
            position=aisle_position(aisle),
            grams=_weighed(athlete, food, amount),
            quantity=amount or "1",
            own=True,
        )
        locked.revision += 1
        locked.save(update_fields=["revision"])
        record_audit(verb=ADDED, by=by, object_id=item.pk, athlete_id=athlete.pk)
    shopping_list.revision = locked.revision
    return item


def _weighed(athlete: Athlete, food: Food | None, amount: str) -> float | None:
    if food is None or not amount:
        return None
    try:
        return read_grams(athlete=athlete, food=food, text=amount)
    except InvalidInput:
        return None


def remove_own_item(*, shopping_list: ShoppingList, item_id: str, by: User | None) -> None:
    """Takes an own line off the list; what it brought stays in the pantry. Raises NotFound, Conflict for a plan's."""
    with transaction.atomic():
        item = locked_item(shopping_list, item_id)
        if not item.own:
            raise Conflict(
                gettext("This line comes from your plan. Say that it is at home instead."), code="item_of_plan"
            )
        settle_purchases(athlete_id=shopping_list.athlete_id, item_ids=[item.pk])
        record_audit(
            verb=REMOVED,
            by=by,
            object_id=item.pk,
            athlete_id=shopping_list.athlete_id,
            list=shopping_list.pk,
            # A tick that is older than this is no news to whoever removed the line.
            ticked_at=item.checked_at.isoformat() if item.checked_at else None,
        )
        item.delete()
        ShoppingList.objects.filter(pk=shopping_list.pk).update(revision=F("revision") + 1)
