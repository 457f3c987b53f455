"""Joining a list with what devices did to it while they had no connection.

Item by item, in whatever order the devices come back: the latest tick holds, an amount is written over only by who
had seen it, a line that somebody ticked is not taken away by who had not seen the tick, and a tick brings a removed
line of somebody's own back. A change that arrives again changes nothing: ticks go by their moments, an added line has
its id from the change that added it, and what was removed is known from the audit trail.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from athletes.models import User
from nutrition_site.kernel.errors import DomainError, InvalidInput, NotFound
from nutrition_site.kernel.models import AuditEntry
from planning.amounts import told_amount
from planning.catalogue.names import food_name
from planning.models import ShoppingItem, ShoppingList
from planning.services.list_changes import Answer, Change, Kind, Outcome
from planning.services.pantry import open_kitchen
from planning.services.shopping import check_items, update_shopping_item
from planning.services.shopping_own import (
    ADDED,
    MAX_OWN_ITEMS,
    REMOVED,
    add_own_item,
    checked_quantity,
    remove_own_item,
)


@dataclass(frozen=True, slots=True)
class Merged:
    """One answer for each change, in their order, and sentences about what could not be done to the last gram."""

    answers: list[Answer]
    notices: list[str] = field(default_factory=list)


def merge_changes(
    *, shopping_list: ShoppingList, changes: Sequence[Change], only_ticks: bool = False, by: User | None
) -> Merged:
    """Applies changes that were made elsewhere, each on its own: what cannot be done is answered, never raised.

    `only_ticks` is for who may tick and nothing else. Raises NotFound when the list was deleted meanwhile.
    """
    ordered = sorted(changes, key=lambda change: change.at)
    merge = _Merge(shopping_list, only_ticks, by)
    with transaction.atomic():
        open_kitchen(shopping_list.athlete_id)
        if not ShoppingList.objects.select_for_update().filter(pk=shopping_list.pk).exists():
            raise NotFound()
        merge.read(change.item_id for change in changes)
        # A tick may be of a line that was added a moment before, and comes before the removal of what it is about.
        for kind, apply in (
            (Kind.ADD, merge.add),
            (Kind.AMOUNT, merge.write_amounts),
            (Kind.TICK, merge.tick),
            (Kind.REMOVE, merge.remove),
        ):
            wanted = [change for change in ordered if change.kind is kind]
            if wanted and only_ticks and kind is not Kind.TICK:
                merge.tell(wanted, Outcome.REFUSED, _("This link lets you tick, and change nothing else."))
            elif wanted:
                apply(wanted)
    shopping_list.refresh_from_db(fields=["revision"])
    return Merged([merge.answers[change.id] for change in changes], merge.notices)


@dataclass(slots=True)
class _Gone:
    """A line that is no longer on the list: whether it was taken off here, and the last tick known then."""

    removed: bool = False
    ticked_at: datetime | None = None


class _Merge:
    """One merge under the lock of its list: the lines as they stand, what went away, and the answers so far."""

    def __init__(self, shopping_list: ShoppingList, only_ticks: bool, by: User | None) -> None:
        self.list, self.only_ticks, self.by = shopping_list, only_ticks, by
        self.items: dict[str, ShoppingItem] = {}
        self.gone: dict[str, _Gone] = {}
        self.answers: dict[str, Answer] = {}
        self.notices: list[str] = []

    def read(self, item_ids: Iterable[str]) -> None:
        self.items = {item.pk: item for item in self.list.items.order_by("pk")}
        missing = {item_id for item_id in item_ids if item_id not in self.items}
        if not missing:
            return
        rows = AuditEntry.objects.filter(
            athlete_id=self.list.athlete_id, object_id__in=missing, verb__in=(ADDED, REMOVED)
        ).order_by("at", "pk")
        for row in rows:
            here = row.verb == REMOVED and row.details.get("list") == self.list.pk
            text = row.details.get("ticked_at") if here else None
            self.gone[row.object_id] = _Gone(removed=here, ticked_at=datetime.fromisoformat(text) if text else None)

    def tell(self, changes: Iterable[Change], outcome: Outcome, message: str = "", quantity: str | None = None) -> None:
        for change in changes:
            self.answers[change.id] = Answer(change.id, outcome, message, change.item_id, quantity)

    def add(self, changes: Sequence[Change]) -> None:
        for change in changes:
            known = change.item_id in self.items or change.item_id in self.gone
            if known or self._put_on_list(change):
                self.tell([change], Outcome.DONE)

    def _put_on_list(self, change: Change) -> bool:
        # Asking the database for each of thousands would hold the list for as long.
        if sum(item.own for item in self.items.values()) >= MAX_OWN_ITEMS:
            message = _("At most %(count)d items of your own fit on a list.") % {"count": MAX_OWN_ITEMS}
            self.tell([change], Outcome.REFUSED, _about(change.name, message))
            return False
        try:
            item = add_own_item(
                shopping_list=self.list,
                name=change.name,
                quantity=change.quantity,
                category=change.category,
                item_id=change.item_id,
                by=self.by,
            )
        except InvalidInput as error:
            self.tell([change], Outcome.REFUSED, _about(change.name, error.message))
            return False
        self.items[item.pk] = item
        return True

    def write_amounts(self, changes: Sequence[Change]) -> None:
        """Only what follows from what stands there is written; the rest is answered with what stands there."""
        wished: dict[str, tuple[str, str]] = {}
        for change in changes:
            item = self.items.get(change.item_id)
            if item is None:
                self.tell([change], Outcome.GONE, self._is_gone(change))
                continue
            try:
                text = checked_quantity(change.text)
            except InvalidInput as error:
                self.tell([change], Outcome.REFUSED, _about(_called(item), error.message))
                continue
            before, present = wished.get(item.pk, (item.own_quantity, item.own_quantity))
            if present not in (change.seen_amount, text):
                message = _("%(item)s: somebody wrote “%(theirs)s”, you wrote “%(yours)s”.")
                told = {
                    "item": _called(item),
                    "theirs": present or told_amount(item.quantity),
                    "yours": text or told_amount(item.quantity),
                }
                self.tell([change], Outcome.CHANGED, message % told, present)
                continue
            wished[item.pk] = (before, text)
            self.tell([change], Outcome.DONE)
        for item_id, (before, text) in wished.items():
            if text != before:
                change_of = update_shopping_item(
                    shopping_list=self.list, item_id=item_id, own_quantity=text, by=self.by
                )
                self.items[item_id] = change_of.item
                self.notices += change_of.notices

    def tick(self, changes: Sequence[Change]) -> None:
        latest: dict[str, Change] = {}
        for change in changes:
            if change.item_id not in self.items and not self._bring_back(change):
                continue
            held = latest.get(change.item_id)
            if held is None or (change.at, change.ticked) >= (held.at, held.ticked):
                latest[change.item_id] = change
            if change.id not in self.answers:
                self.tell([change], Outcome.DONE)
        self.notices += check_items(
            shopping_list=self.list,
            wishes={item_id: change.ticked for item_id, change in latest.items()},
            moments={item_id: change.at for item_id, change in latest.items()},
            by=self.by,
        )
        if latest:
            self.items |= {item.pk: item for item in self.list.items.filter(pk__in=latest)}

    def _bring_back(self, change: Change) -> bool:
        """Whether a line that is gone is there again, because this tick is news and of somebody's own line."""
        gone = self.gone.get(change.item_id)
        if not change.ticked or (gone and gone.ticked_at and change.at <= gone.ticked_at):
            self.tell([change], Outcome.DONE)
            return False
        if self.only_ticks or gone is None or not gone.removed or not change.name:
            self.tell([change], Outcome.GONE, self._is_gone(change))
            return False
        if not self._put_on_list(change):
            return False
        message = _("Somebody took %(item)s off the list before you ticked it. It is back, in the basket.")
        self.tell([change], Outcome.RESTORED, message % {"item": change.name})
        return True

    def _is_gone(self, change: Change) -> str:
        if not change.name:
            return _("A line that you changed is no longer on the list.")
        if change.kind is Kind.TICK:
            return _("%(item)s is no longer on the list. You had ticked it.") % {"item": change.name}
        return _("%(item)s is no longer on the list.") % {"item": change.name}

    def remove(self, changes: Sequence[Change]) -> None:
        for change in changes:
            item = self.items.get(change.item_id)
            reason = self._kept_because(change, item) if item else ""
            if item is None:
                self.tell([change], Outcome.DONE)
            elif reason:
                self.tell([change], Outcome.KEPT, reason % {"item": _called(item)})
            else:
                self._take_off(change, item)

    def _kept_because(self, change: Change, item: ShoppingItem) -> str:
        later = item.checked_at is not None and item.checked_at > change.at
        if item.checked and (later or not change.seen_ticked):
            return _("%(item)s stays on the list: somebody has put it in the basket.")
        if later:
            return _("%(item)s stays on the list: somebody used it after you took it off.")
        if item.own_quantity != change.seen_amount:
            return _("%(item)s stays on the list: somebody has changed its amount.")
        return ""

    def _take_off(self, change: Change, item: ShoppingItem) -> None:
        try:
            remove_own_item(shopping_list=self.list, item_id=item.pk, by=self.by)
        except DomainError as error:
            self.tell([change], Outcome.REFUSED, _about(_called(item), error.message))
            return
        self.items.pop(item.pk)
        self.tell([change], Outcome.DONE)


def _called(item: ShoppingItem) -> str:
    """A line by its name in the language of who is told; the athlete's own words stay."""
    return item.name if item.own else food_name(item.name)


def _about(name: str, message: str) -> str:
    return f"{name}: {message}" if name else message
