"""Whole changes of a plan that put another dish into one place: alone, with another serving beside it, or with the
meals that eat what is cooked there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from planning.optimizer.servings import quarters_range
from planning.optimizer.types import Dish, Item, Place, SlotNeed
from planning.services.fitting import Fit, find_fits, one_of_each_family
from planning.services.inputs import PlanInputs

# How the rest of the plan follows: not at all, another serving of one meal, the same dish cooked for the later meals
# too, or those meals on their own.
ALONE, BESIDE, TOGETHER, APART = "alone", "beside", "together", "apart"
# With fewer dishes that fit as the day is, one other meal of the day may change its serving by so many quarters.
FEW, MOST_STEPS = 3, 2
# What changing one serving more counts for, in tolerances of the day.
BESIDE_COST = 0.5


@dataclass(frozen=True, slots=True)
class Trade:
    """One way to have another dish: the dish with its serving, and all meals of the plan as they then are."""

    kind: str
    fit: Fit
    items: tuple[Item, ...]

    @property
    def cost(self) -> tuple[float, str]:
        return _cost(self.fit)


@dataclass(frozen=True, slots=True)
class _Placing:
    """A dish in one place, and the meal beside it whose serving changed."""

    fit: Fit
    beside: Item | None = None


def placed(items: Sequence[Item], target: Place, fit: Fit, *, leftover_of: Place | None = None) -> tuple[Item, ...]:
    """The meals with this dish in this place."""
    return tuple(
        replace(item, dish_key=fit.dish.key, quarters=fit.quarters, leftover_of=leftover_of)
        if item.place == target
        else item
        for item in items
    )


def eaters_of(items: Sequence[Item], target: Place) -> list[Item]:
    """The later meals that eat what is cooked in this place."""
    return [item for item in items if item.leftover_of == target]


def find_trades(inputs: PlanInputs, items: Sequence[Item], target: Place) -> Iterator[Trade]:
    """Every way to have another dish in this place, the least change first, the best first within it.

    What is cooked for later meals too is exchanged together with them or apart from them. The trades keep the rows of
    the days they touch; the certificate of the whole plan is the caller's to ask for.
    """
    before = next(item for item in items if item.place == target)
    eaters = eaters_of(items, target)
    if eaters:
        yield from _of_cook(inputs, items, before, eaters)
        return
    fits = find_fits(inputs, items, target, before)
    for fit in fits:
        yield Trade(ALONE, fit, placed(items, target, fit))
    found = {fit.dish.key for fit in fits}
    for key, placing in _beside(inputs, items, before).items():
        if key not in found:
            yield Trade(BESIDE, placing.fit, _with(placed(items, target, placing.fit), placing.beside))
    yield from _with_its_cook(inputs, items, before)


def _with_its_cook(inputs: PlanInputs, items: Sequence[Item], before: Item) -> Iterator[Trade]:
    """For a leftover: another dish for the dinner it was cooked at, and so for this meal."""
    source = next((item for item in items if item.place == before.leftover_of), None)
    if source is None:
        return
    eaters = eaters_of(items, source.place)
    held = {(one.date, one.slot, one.index) for one in inputs.problem.fixed}
    if held & {source.place, *(eater.place for eater in eaters)}:
        return
    places = {source.place, *(eater.place for eater in eaters)}
    bare = [item for item in items if item.place not in places]
    for trade in _together(inputs, items, bare, source, eaters):
        here = next(item for item in trade.items if item.place == before.place)
        yield replace(trade, fit=replace(trade.fit, quarters=here.quarters))


def _of_cook(inputs: PlanInputs, items: Sequence[Item], before: Item, eaters: Sequence[Item]) -> Iterator[Trade]:
    places = {before.place, *(eater.place for eater in eaters)}
    bare = [item for item in items if item.place not in places]
    yield from _together(inputs, items, bare, before, eaters)
    for own in _on_their_own(inputs, items, bare, eaters):
        fits = find_fits(inputs, own, before.place, before)
        for fit in fits:
            yield Trade(APART, fit, placed(own, before.place, fit))
        found = {fit.dish.key for fit in fits}
        if len(one_of_each_family(fits)) < FEW:
            for key, placing in _beside(inputs, own, before).items():
                if key not in found:
                    yield Trade(APART, placing.fit, _with(placed(own, before.place, placing.fit), placing.beside))


def _together(
    inputs: PlanInputs, items: Sequence[Item], bare: Sequence[Item], before: Item, eaters: Sequence[Item]
) -> list[Trade]:
    """Another dish that keeps, cooked once and eaten at all of these meals."""
    cooked = _placings(inputs, bare, before)
    warmed = [_placings(inputs, bare, eater, leftover=True) for eater in eaters]
    gap = max(_days_between(before, eater) for eater in eaters)
    found = []
    for key, placing in cooked.items():
        if placing.fit.dish.keeps_days < gap or any(key not in one for one in warmed):
            continue
        parts = [placing, *(one[key] for one in warmed)]
        made = placed(items, before.place, placing.fit)
        for eater, part in zip(eaters, parts[1:], strict=True):
            made = placed(made, eater.place, part.fit, leftover_of=before.place)
        for part in parts:
            made = _with(made, part.beside)
        mean = sum(part.fit.deviation for part in parts) / len(parts)
        found.append(Trade(TOGETHER, replace(placing.fit, deviation=mean), made))
    return sorted(found, key=lambda trade: trade.cost)


def _on_their_own(
    inputs: PlanInputs, items: Sequence[Item], bare: Sequence[Item], eaters: Sequence[Item]
) -> Iterator[tuple[Item, ...]]:
    """The plan in which the later meals do without the cook: each cooked freshly, or else another dish each."""
    dishes = {dish.key: dish for dish in inputs.problem.dishes}
    if all(_may_be_fresh(inputs, items, eater, dishes.get(eater.dish_key)) for eater in eaters):
        free = {eater.place for eater in eaters}
        yield tuple(replace(item, leftover_of=None) if item.place in free else item for item in items)
    made = tuple(items)
    for eater in eaters:
        placing = min(
            _placings(inputs, bare, eater).values(),
            key=lambda one: _cost(one.fit),
            default=None,
        )
        if placing is None:
            return
        made = _with(placed(made, eater.place, placing.fit), placing.beside)
        bare = [*bare, next(item for item in made if item.place == eater.place)]
    yield made


def _may_be_fresh(inputs: PlanInputs, items: Sequence[Item], eater: Item, dish: Dish | None) -> bool:
    if dish is None or eater.slot not in dish.slots:
        return False
    others = [item for item in items if item.place != eater.place]
    one = replace(dish, min_quarters=eater.quarters, max_quarters=eater.quarters)
    return bool(find_fits(inputs, others, eater.place, replace(eater, dish_key=""), only=one))


def _placings(inputs: PlanInputs, bare: Sequence[Item], before: Item, *, leftover: bool = False) -> dict[str, _Placing]:
    """Dishes that fit a place, by key; with another serving beside them where hardly any fits as it is."""
    fits = find_fits(inputs, bare, before.place, before, leftover=leftover)
    found = {fit.dish.key: _Placing(fit) for fit in fits}
    if len(one_of_each_family(fits)) < FEW * 4:
        found = {**_beside(inputs, bare, before, leftover=leftover), **found}
    return found


def _beside(inputs: PlanInputs, items: Sequence[Item], before: Item, *, leftover: bool = False) -> dict[str, _Placing]:
    """Dishes that fit once one other meal of the day has another serving, by key, best first."""
    held = {(one.date, one.slot, one.index) for one in inputs.problem.fixed}
    sources = {item.leftover_of for item in items}
    slots = {(day.date, slot.slot, slot.index): slot for day in inputs.problem.days for slot in day.slots}
    dishes = {dish.key: dish for dish in inputs.problem.dishes}
    best: dict[str, _Placing] = {}
    for other in items:
        slot, dish = slots.get(other.place), dishes.get(other.dish_key)
        apart = other.date != before.date or other.place == before.place or other.slot == "during"
        if apart or slot is None or dish is None or other.place in held or other.leftover_of or other.place in sources:
            continue
        for quarters in _near(dish, slot, other.quarters):
            changed = replace(other, quarters=quarters)
            for fit in find_fits(inputs, _with(items, changed), before.place, before, leftover=leftover):
                worse = fit.deviation + BESIDE_COST * abs(quarters - other.quarters)
                key = fit.dish.key
                if key not in best or worse < best[key].fit.deviation:
                    best[key] = _Placing(replace(fit, deviation=worse), changed)
    return dict(
        sorted(best.items(), key=lambda pair: (pair[1].fit.deviation - 0.2 * pair[1].fit.dish.preference, pair[0]))
    )


def _near(dish: Dish, slot: SlotNeed, quarters: int) -> list[int]:
    """Other servings of a dish that its meal may have, at most two steps away."""
    low, high = quarters_range(dish, slot)
    step = dish.step_quarters
    near = (quarters + step * steps for steps in range(-MOST_STEPS, MOST_STEPS + 1) if steps)
    return [count for count in near if low <= count <= high and count % step == 0]


def _with(items: Sequence[Item], changed: Item | None) -> tuple[Item, ...]:
    return tuple(changed if changed is not None and item.place == changed.place else item for item in items)


def _cost(fit: Fit) -> tuple[float, str]:
    return (round(fit.deviation - 0.2 * fit.dish.preference, 6), fit.dish.key)


def _days_between(first: Item, second: Item) -> int:
    return (date.fromisoformat(second.date) - date.fromisoformat(first.date)).days
