"""Applying the proposal to put something on a shopping list."""

from __future__ import annotations

from advisor.actions.kinds import Kind, Moved, Result
from advisor.models import ProposedAction
from advisor.proposals.base import day_words
from advisor.proposals.shopping import LIST, list_diff, list_version, refuse_closed_list, refuse_excluded_food
from athletes.models import User
from nutrition_site.kernel.errors import Conflict, DomainError
from planning.models import Food, ShoppingItem, ShoppingList
from planning.services.pantry import open_kitchen
from planning.services.shopping_own import add_own_item


def _apply_item(action: ProposedAction, by: User) -> Result:
    arguments = action.arguments
    # The kitchen first, then the list: the order in which every change of lines takes its locks.
    open_kitchen(action.athlete_id)
    lists = ShoppingList.objects.select_for_update(of=("self",)).select_related("athlete")
    shopping_list = lists.filter(pk=arguments["shopping_list_id"], athlete_id=action.athlete_id).first()
    if shopping_list is None:
        raise Moved("The shopping list is not there any more.")
    food_id, name, quantity = arguments["food_id"], arguments["name"], arguments["quantity"]
    food = Food.objects.filter(pk=food_id).first() if food_id else None
    if food_id and food is None:
        raise Moved("The food is not there any more.")
    try:
        refuse_closed_list(shopping_list)
        refuse_excluded_food(shopping_list.athlete, food, name)
    except DomainError as refusal:
        raise Moved(refusal.message) from None
    version = list_version(shopping_list, name, food_id)
    if version != action.base_version:
        raise Moved(diff=list_diff(shopping_list, name, quantity, food_id), base_version=version)
    made = add_own_item(shopping_list=shopping_list, name=name, quantity=quantity, food_id=food_id, by=by)
    item = ShoppingItem.objects.filter(pk=made.pk, shopping_list=shopping_list).first()
    if item is None or item.name != name:
        raise Conflict("The item could not be verified; the list is as it was.", code="action_not_verified")
    span = f"{day_words(shopping_list.first_day)} to {day_words(shopping_list.last_day)}"
    return {
        "kind": LIST,
        "words": f"“{item.name}”, {item.quantity}, is on your shopping list for {span}.",
        "shopping_list_id": shopping_list.pk,
        "item_id": item.pk,
        "name": item.name,
        "quantity": item.quantity,
        "food_id": item.food_id,
        "grams": item.grams,
    }


SHOPPING = {LIST: Kind(_apply_item, frozenset({"shopping_list_id", "name", "quantity", "food_id"}))}
