"""Proposals about a line that a shopping list has: it is bought, or it is not wanted any more."""

from __future__ import annotations

from typing import Any

from advisor.backends.protocol import Proposal
from advisor.proposals.base import row, title_of, titled
from advisor.proposals.shopping import refuse_closed_list
from advisor.proposals.told import in_words, quantity_of, refuse
from planning.models import ShoppingItem

CHECK, REMOVE = "check_off", "remove_from_list"


def check_proposal(item: ShoppingItem) -> Proposal:
    """The proposal to check a line off as bought. Raises Conflict for what is so already or a list that is over."""
    refuse_line(item)
    return _proposal(CHECK, item, check_diff(item))


def remove_proposal(item: ShoppingItem) -> Proposal:
    """The proposal to take a line off the list; one that a plan needs is marked as being at home instead, and stays.

    Raises Conflict as `check_proposal` does.
    """
    refuse_line(item)
    return _proposal(REMOVE, item, remove_diff(item))


def refuse_line(item: ShoppingItem) -> None:
    """Raises Conflict for a line that is bought or at home already, and for a list whose days are over."""
    refuse_closed_list(item.shopping_list)
    if item.checked or item.at_home:
        raise refuse("“{name}” is bought or at home already.", code="nothing_to_change", name=item.name)


def _proposal(kind: str, item: ShoppingItem, diff: dict[str, Any]) -> Proposal:
    return Proposal(
        kind=kind,
        arguments={"shopping_list_id": item.shopping_list_id, "item_id": item.pk},
        sentence=title_of(diff),
        diff=diff,
        base_version=line_version(item),
    )


def line_version(item: ShoppingItem) -> str:
    """What the proposal rests on: the line as it is."""
    return f"{item.pk}:{item.version}"


def check_diff(item: ShoppingItem) -> dict[str, Any]:
    """The line, to buy and bought."""
    title = in_words("Check “{name}” ({amount}) off as bought.", name=item.name, amount=quantity_of(amount_on(item)))
    rows = [row(item.name, in_words("to buy: {amount}", amount=quantity_of(amount_on(item))), in_words("bought"))]
    return titled(title, {"item_id": item.pk, "name": item.name, "quantity": amount_on(item), "rows": rows})


def remove_diff(item: ShoppingItem) -> dict[str, Any]:
    """The line, to buy and off the list, or at home where a plan needs it."""
    amount = amount_on(item)
    told = quantity_of(amount)
    before = in_words("to buy: {amount}", amount=told)
    if item.own:
        title = in_words("Take “{name}” ({amount}) off your shopping list.", name=item.name, amount=told)
        rows = [row(item.name, before, "")]
    else:
        title = in_words("Mark “{name}” ({amount}) as being at home: your plan needs it.", name=item.name, amount=told)
        rows = [row(item.name, before, in_words("at home"))]
    return titled(title, {"item_id": item.pk, "name": item.name, "quantity": amount, "rows": rows})


def amount_on(item: ShoppingItem) -> str:
    """The amount as the list shows it."""
    return item.own_quantity or item.quantity or "1"
