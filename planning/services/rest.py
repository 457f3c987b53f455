"""What is left of a day after a meal was skipped: how far its meals may grow, and what is left out in the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from planning.models import PlanRevision
from planning.optimizer.types import DayNeed, Item, SlotNeed
from planning.placing import placing
from planning.schedule import clock
from planning.services.inputs import CATCH_UP, PlanInputs, Standing
from planning.services.stored import bounds_of, left_out_places

# A meal grows by a quarter at most to make up for a skipped one: more is no ordinary meal any more.
WIDENED = 1.25
# A snack that is added comes no later than half past nine, and an hour and a half from any meal where there is room.
LAST_SNACK_MINUTE, AT_EASE = 21 * 60 + 30, 90
MAIN_SLOTS = ("breakfast", "lunch", "dinner")
# The shares of a day that are tried when the whole of it does not fit any more.
KEPT_SHARES = (0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.6, 0.5)

Shape = Callable[[PlanInputs], PlanInputs | None]
Way = tuple[Standing, tuple[str, ...], Shape]


def unchanged(inputs: PlanInputs) -> PlanInputs | None:
    """The inputs as they were gathered."""
    return inputs


def rest_ways(standing: Standing, day: date, *, after: str) -> list[Way]:
    """How to plan the rest of a day, the least change first: larger meals, one snack more, less of the day.

    `after` (HH:MM) is when the rest of the day begins.
    """
    ways: list[Way] = [(standing, (), partial(shape_rest, day=day))]
    for share in (1.0, *KEPT_SHARES):
        ways.append((standing, (), partial(shape_rest, day=day, snack_after=after, share=share)))
    return ways


def shape_rest(
    inputs: PlanInputs, *, day: date, snack_after: str | None = None, share: float = 1.0
) -> PlanInputs | None:
    """The inputs with this day's meals near their ordinary size; None where they cannot hold it or no snack fits.

    `snack_after` (HH:MM) adds a snack later than that; `share` is how much of the day's targets is still asked for. A
    smaller share is told in the day's warnings.
    """
    iso = day.isoformat()
    need = next(one for one in inputs.problem.days if one.date == iso)
    shaped = replace(need, slots=tuple(_near_ordinary(slot) for slot in need.slots))
    if snack_after is not None:
        # A skipped snack keeps its place beside the one that is added.
        gone = [item.index for item in inputs.left_out if item.date == day and item.slot == "snack"]
        snack = extra_snack(shaped, after=snack_after, index=1 + max(gone, default=-1))
        if snack is None and share == 1.0:
            return None
        if snack is not None:
            shaped = replace(shaped, slots=(*shaped.slots, snack))
    if share > KEPT_SHARES[-1] and _most_kcal(inputs, shaped) < shaped.energy_kcal * share * (
        1 - shaped.energy_tolerance
    ):
        return None
    return _put(inputs, shaped, share)


def _most_kcal(inputs: PlanInputs, need: DayNeed) -> float:
    """The most that a day's meals can give: what is held, and every other window at its upper end."""
    dishes = {dish.key: dish for dish in inputs.problem.dishes}
    held = {(one.slot, one.index): one for one in inputs.problem.fixed if one.date == need.date}
    total = 0.0
    for slot in need.slots:
        one = held.get((slot.slot, slot.index))
        if one is not None:
            total += (dishes[one.dish_key].per_quarter[0] or 0) * one.quarters / 100
        else:
            total += need.energy_kcal if slot.energy_hi is None else slot.energy_hi
    return total


def follow_rest(inputs: PlanInputs, *, revision: PlanRevision | None, items: Sequence[Item]) -> PlanInputs:
    """The inputs with what catching up gave a revision's days: the snack that was added, the part left out.

    `items` are the revision's meals. A day whose target moved since asks for all of it again.
    """
    if revision is None:
        return inputs
    caught_up = {day for day, _, _ in left_out_places(revision)} - set(inputs.closed)
    bounds = bounds_of(revision)
    stored = {document["date"]: document["target"]["energy_kcal"] for document in revision.days}
    for need in [one for one in inputs.problem.days if one.date in caught_up]:
        row = bounds.get(("energy_kcal", need.date))
        share = 1.0
        if row is not None and stored.get(need.date) == need.energy_kcal:
            share = round((row["low"] + row["high"]) / 2 / need.energy_kcal, 3)
        # What was skipped has a place too, but is no snack that was added.
        places = {(slot.slot, slot.index) for slot in need.slots}
        places |= {(item.slot, item.index) for item in inputs.left_out if item.date.isoformat() == need.date}
        added = tuple(
            SlotNeed("snack", item.index, item.time, energy_lo=0.0, energy_hi=_snack_hi(need))
            for item in items
            if item.date == need.date and item.slot == "snack" and ("snack", item.index) not in places
        )
        if added or share < 1.0:
            inputs = _put(inputs, replace(need, slots=(*need.slots, *added)), min(share, 1.0))
    return inputs


def _put(inputs: PlanInputs, shaped: DayNeed, share: float) -> PlanInputs:
    """The inputs with one day as it is shaped, and asking for this share of it, which its warnings then say."""
    days = inputs.days
    if share < 1.0:
        words = (
            f"About {shaped.energy_kcal * (1 - share):.0f} kcal of this day are left out: the meals that are left "
            "cannot hold them. Eat more when you are hungry."
        )
        shaped = _scaled(shaped, share)
        days = tuple(
            replace(one, payload={**one.payload, "warnings": [*one.payload["warnings"], words]})
            if one.date.isoformat() == shaped.date
            else one
            for one in days
        )

    def put(needs: Sequence[DayNeed]) -> tuple[DayNeed, ...]:
        return tuple(shaped if one.date == shaped.date else one for one in needs)

    problem = replace(inputs.problem, days=put(inputs.problem.days))
    return replace(inputs, days=days, problem=problem, measured=put(inputs.measured))


def _snack_hi(need: DayNeed) -> float:
    return placing().shares["snack"][1] * need.energy_kcal * WIDENED


def _near_ordinary(slot: SlotNeed) -> SlotNeed:
    """A grown window back to its ordinary size and a quarter; a main meal to no more than a sitting."""
    if slot.energy_hi is None:
        return slot
    ordinary = slot.energy_hi / CATCH_UP
    high = ordinary * WIDENED
    if slot.slot in MAIN_SLOTS:
        high = max(ordinary, min(high, placing().main_meal_kcal))
    return replace(slot, energy_hi=high)


def extra_snack(need: DayNeed, *, after: str, index: int = 0) -> SlotNeed | None:
    """One snack more, at least an hour away from every meal and from this time (HH:MM) on; None without such an hour.

    `index` is the least number that it may have.
    """
    taken = [_minute(slot.time) for slot in need.slots]
    free = [
        minute
        for minute in range(-(-_minute(after) // 15) * 15, LAST_SNACK_MINUTE + 1, 15)
        if all(abs(minute - other) >= placing().between_meals_minutes for other in taken)
    ]
    if not free:
        return None
    middle = min(free, key=lambda minute: (-min(AT_EASE, *(abs(minute - other) for other in taken)), minute))
    index = max([index, *(slot.index + 1 for slot in need.slots if slot.slot == "snack")])
    low, _ = placing().shares["snack"]
    return SlotNeed(
        "snack",
        index,
        clock(middle),
        energy_lo=low * need.energy_kcal,
        energy_hi=_snack_hi(need),
    )


def _minute(time: str) -> int:
    return int(time[:2]) * 60 + int(time[3:5])


def _scaled(need: DayNeed, share: float) -> DayNeed:
    """The day asking for a part of itself. Protein keeps its upper limit, which is no matter of one day's share."""
    return replace(
        need,
        energy_kcal=need.energy_kcal * share,
        carbs_g=need.carbs_g * share,
        protein_g=need.protein_g * share,
        protein_cap_factor=need.protein_cap_factor / share,
        fiber_lo=None if need.fiber_lo is None else need.fiber_lo * share,
    )
