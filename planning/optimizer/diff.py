"""What changed between two plans."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from planning.optimizer.types import Item, sort_key


@dataclass(frozen=True, slots=True)
class Change:
    """One meal before and after. `dish_changed` is False when only the serving or its leftover source differs."""

    before: Item
    after: Item

    @property
    def dish_changed(self) -> bool:
        return self.before.dish_key != self.after.dish_key


@dataclass(frozen=True, slots=True)
class Diff:
    """changed: same place, other dish or serving; added, removed: places that appear or vanish;
    moved_times: same meal, other clock time."""

    changed: tuple[Change, ...]
    added: tuple[Item, ...]
    removed: tuple[Item, ...]
    moved_times: tuple[Change, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.changed or self.added or self.removed or self.moved_times)


def diff(old_items: Iterable[Item], new_items: Iterable[Item]) -> Diff:
    """Compare two plans place by place (date, slot, index), in plan order."""
    old = {item.place: item for item in old_items}
    new = {item.place: item for item in new_items}
    changed: list[Change] = []
    moved: list[Change] = []
    for place in sorted(old.keys() & new.keys(), key=sort_key):
        before, after = old[place], new[place]
        same_meal = (before.dish_key, before.quarters, before.leftover_of) == (
            after.dish_key,
            after.quarters,
            after.leftover_of,
        )
        if not same_meal:
            changed.append(Change(before, after))
        elif before.time != after.time:
            moved.append(Change(before, after))
    return Diff(
        changed=tuple(changed),
        added=tuple(new[place] for place in sorted(new.keys() - old.keys(), key=sort_key)),
        removed=tuple(old[place] for place in sorted(old.keys() - new.keys(), key=sort_key)),
        moved_times=tuple(moved),
    )
