"""When two things are the same training: sports that agree, times that overlap, and groups of what is alike.

Everything here is pure and depends on contents alone, never on the order in which things arrived.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from athletes.vocabulary import read_sport

# Names that services use for one another's: what one calls a mountain bike ride is a ride to the next.
_FAMILIES: dict[str, str] = {
    "mountain_bike": "cycle",
    "row_erg": "row",
    "hike": "walk",
    "orienteering": "run",
    "circuit": "strength",
    "hiit": "strength",
    "pilates": "yoga",
    "mobility": "yoga",
}
LEGS: dict[str, frozenset[str]] = {
    "triathlon": frozenset({"swim", "cycle", "run"}),
    "duathlon": frozenset({"cycle", "run"}),
}
_SAYS_NOTHING = frozenset({"", "other"})

Item = TypeVar("Item")


def sport_family(sport: str) -> str:
    """What a sport is matched by; empty when it says nothing ("other", or a word nobody knows)."""
    known = read_sport(sport)[0]
    return "" if known in _SAYS_NOTHING else _FAMILIES.get(known, known)


def sports_agree(one: str, other: str) -> bool:
    """Whether two names can be of one session; a sport that nobody named agrees with any."""
    first, second = sport_family(one), sport_family(other)
    return not first or not second or first == second


def overlap_share(start: datetime, minutes: float, other_start: datetime, other_minutes: float) -> float:
    """The common time as a share of the shorter of two stretches, 0 to 1."""
    end, other_end = start + timedelta(minutes=minutes), other_start + timedelta(minutes=other_minutes)
    common = (min(end, other_end) - max(start, other_start)).total_seconds() / 60
    shorter = min(minutes, other_minutes)
    return max(0.0, min(1.0, common / shorter)) if shorter > 0 else 0.0


def agree_within(one: float | None, other: float | None, share: float) -> bool:
    """Whether two known amounts differ by at most this share of the larger; an unknown one never agrees."""
    if one is None or other is None:
        return False
    return abs(one - other) <= share * max(abs(one), abs(other))


def group_alike(
    items: Sequence[Item],
    *,
    likeness: Callable[[Item, Item], float | None],
    key: Callable[[Item], Hashable],
    pairs: Sequence[tuple[int, int]] | None = None,
) -> list[list[Item]]:
    """Groups in which every two are alike, the most alike joined first.

    `likeness` is symmetric: None for two that may never be one, else the higher the more alike. `key` orders the items
    by their contents, so that the result does not depend on the order given. `pairs` limits what is compared.
    """
    order = sorted(range(len(items)), key=lambda index: key(items[index]))  # type: ignore[arg-type,return-value]
    rank = {index: place for place, index in enumerate(order)}
    compared = pairs if pairs is not None else [(a, b) for a in range(len(items)) for b in range(a)]
    found = []
    for a, b in compared:
        first, second = sorted((a, b), key=rank.__getitem__)
        value = likeness(items[first], items[second])
        if value is not None:
            found.append((-value, rank[first], rank[second], first, second))
    alike = {(first, second) for *_, first, second in found}
    group_of = {index: [index] for index in range(len(items))}
    for *_, first, second in sorted(found):
        left, right = group_of[first], group_of[second]
        if left is right or not all(tuple(sorted((a, b), key=rank.__getitem__)) in alike for a in left for b in right):
            continue
        left.extend(right)
        for index in right:
            group_of[index] = left
    groups = {id(group): group for group in group_of.values()}
    ordered = [sorted(group, key=rank.__getitem__) for group in groups.values()]
    return [[items[index] for index in group] for group in sorted(ordered, key=lambda group: rank[group[0]])]
