"""Applying proposals about a shopping list: something more on it, a line that is bought or not wanted any more."""

from __future__ import annotations

from advisor.actions.kinds import Kind, Moved, Result, not_verified, say
from advisor.models import ProposedAction
from advisor.proposals.list_changes import CHECK, REMOVE, amount_on, check_diff, line_version, refuse_line, remove_diff
from advisor.proposals.shopping import LIST, list_diff, list_version, refuse_closed_list, refuse_excluded_food
from advisor.proposals.told import in_words, quantity_of
from athletes.models import User
from nutrition_site.kernel.errors import DomainError
from planning.models import Food, ShoppingItem, ShoppingList
from planning.services.pantry import open_kitchen
from planning.services.shopping import add_own_item, remove_own_item, update_shopping_item

NOT_VERIFIED = "The item could not be verified; the list is as it was."


def _apply_item(action: ProposedAction, by: User) -> Result:
    arguments = action.arguments
    # The kitchen first, then the list: the order in which every change of lines takes its locks.
    open_kitchen(action.athlete_id)
    lists = ShoppingList.objects.select_for_update(of=("self",)).select_related("athlete")
    shopping_list = lists.filter(pk=arguments["shopping_list_id"], athlete_id=action.athlete_id).first()
    if shopping_list is None:
        raise Moved(in_words("The shopping list is not there any more."))
    food_id, name, quantity = arguments["food_id"], arguments["name"], arguments["quantity"]
    food = Food.objects.filter(pk=food_id).first() if food_id else None
    if food_id and food is None:
        raise Moved(in_words("The food is not there any more."))
    try:
        refuse_closed_list(shopping_list)
        refuse_excluded_food(shopping_list.athlete, food, name)
    except DomainError as refusal:
        raise Moved.because(refusal) from None
    version = list_version(shopping_list, name, food_id)
    if version != action.base_version:
        raise Moved(diff=list_diff(shopping_list, name, quantity, food_id), base_version=version)
    made = add_own_item(shopping_list=shopping_list, name=name, quantity=quantity, food_id=food_id, by=by)
    item = ShoppingItem.objects.filter(pk=made.pk, shopping_list=shopping_list).first()
    if item is None or item.name != name:
        raise not_verified(NOT_VERIFIED)
    return {
        "kind": LIST,
        "words": say(
            action,
            "“{name}”, {amount}, is on your shopping list for {first} to {last}.",
            name=item.name,
            amount=item.quantity,
            first=shopping_list.first_day,
            last=shopping_list.last_day,
        ),
        "shopping_list_id": shopping_list.pk,
        "item_id": item.pk,
        "name": item.name,
        "quantity": item.quantity,
        "food_id": item.food_id,
        "grams": item.grams,
    }


def _own_line(action: ProposedAction) -> ShoppingItem:
    """The line, the kitchen being locked first. Raises Moved when it is gone or settled already."""
    open_kitchen(action.athlete_id)
    rows = ShoppingItem.objects.select_related("shopping_list__athlete").filter(
        pk=action.arguments["item_id"],
        shopping_list_id=action.arguments["shopping_list_id"],
        shopping_list__athlete_id=action.athlete_id,
    )
    item = rows.first()
    if item is None:
        raise Moved(in_words("This is not on your shopping list any more."))
    try:
        refuse_line(item)
    except DomainError as refusal:
        raise Moved.because(refusal) from None
    return item


def _apply_check(action: ProposedAction, by: User) -> Result:
    item = _own_line(action)
    if line_version(item) != action.base_version:
        raise Moved(diff=check_diff(item), base_version=line_version(item))
    change = update_shopping_item(shopping_list=item.shopping_list, item_id=item.pk, checked=True, by=by)
    if not ShoppingItem.objects.filter(pk=item.pk, checked=True).exists():
        raise not_verified(NOT_VERIFIED)
    words = say(
        action, "“{name}”, {amount}, is checked off as bought.", name=item.name, amount=quantity_of(amount_on(item))
    )
    return {
        "kind": CHECK,
        "words": " ".join([words, *change.notices]),
        "shopping_list_id": item.shopping_list_id,
        "item_id": item.pk,
        "name": item.name,
    }


def _apply_removal(action: ProposedAction, by: User) -> Result:
    item = _own_line(action)
    if line_version(item) != action.base_version:
        raise Moved(diff=remove_diff(item), base_version=line_version(item))
    if item.own:
        remove_own_item(shopping_list=item.shopping_list, item_id=item.pk, by=by)
        words = say(action, "“{name}” is off your shopping list.", name=item.name)
    else:
        update_shopping_item(shopping_list=item.shopping_list, item_id=item.pk, at_home=True, by=by)
        words = say(action, "“{name}” is marked as being at home.", name=item.name)
    if ShoppingItem.objects.filter(pk=action.arguments["item_id"], at_home=False).exists():
        raise not_verified(NOT_VERIFIED)
    return {
        "kind": REMOVE,
        "words": words,
        "shopping_list_id": item.shopping_list_id,
        "item_id": action.arguments["item_id"],
        "name": item.name,
    }


_LINE = frozenset({"shopping_list_id", "item_id"})
SHOPPING = {
    LIST: Kind(_apply_item, frozenset({"shopping_list_id", "name", "quantity", "food_id"})),
    CHECK: Kind(_apply_check, _LINE),
    REMOVE: Kind(_apply_removal, _LINE),
}
