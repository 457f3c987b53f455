"""Where the meals of a day sit around its sessions, and how much of the day's energy each may carry. Pure."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from planning.before import SessionWindow, make_room_before, move_meals_before
from planning.optimizer.servings import quarters_range
from planning.optimizer.types import DayNeed, Dish, SlotNeed
from planning.placing import placing

# Limits of a meal are loosened in these steps until this many more kinds of dishes than meals fit, then given up.
LOOSENING = (1.0, 1.25, 1.6, 2.0, 3.0)
SPARE_FAMILIES = {"pre": 4, "during": 4}
SPARE_FAMILIES_MAIN = 6


def clock(minute: int) -> str:
    """`HH:MM` of a minute of the day."""
    bounded = max(0, min(minute, 1439))
    return f"{bounded // 60:02d}:{bounded % 60:02d}"


def snack_count(energy_kcal: float) -> int:
    """How many snacks a day of this energy is divided into, besides what surrounds a session."""
    rules = placing()
    return next(count for threshold, count in rules.snacks_from_kcal if energy_kcal >= threshold)


def place_meals(
    energy_kcal: float,
    sessions: Sequence[SessionWindow],
    *,
    carbs_g: float | None = None,
    loading: bool = False,
    tomorrow: Sequence[SessionWindow] = (),
) -> tuple[SlotNeed, ...]:
    """The slots of a day with times and windows; `carbs_g` is what the whole day may hold.

    Main meals keep their usual hour unless a session is in the way: then they move to two and a half hours before it
    or half an hour after it. Food around the session (pre, post) appears for an hour or more of training, food during
    it from 75 minutes; two products share the work from two and a half hours on, more where two cannot carry it. While
    loading for a race, snacks may be larger: that is how so much carbohydrate is eaten. What is wanted before a session
    moves a meal into the four hours before it and lets the meals there be larger; `before_needs` says how much it is.
    Before a race, a long session or a very early one `tomorrow`, dinner carries its part of the carbohydrate. What is
    eaten shortly before a session is low in fiber and fat; `loosen_limits` fits these limits to the dishes there are.
    """
    rules = placing()
    timed = sorted((s for s in sessions if s.start_minute is not None), key=lambda s: s.start_minute or 0)
    times = {name: _main_time(name, minute, timed) for name, minute in rules.default_minutes.items()}
    _keep_apart(times)
    usual_times = dict(times)
    snacks_wanted = move_meals_before(times, timed)
    _keep_apart(times)
    during = _during_slots(sessions, carbs_g)
    session_kcal = sum(((need.carbs_lo or 0) + (need.carbs_hi or 0)) / 2 * 4 for need in during)
    table_kcal = max(energy_kcal - session_kcal, rules.table_share * energy_kcal)

    evening = any(_is_fed_the_evening_before(session) for session in tomorrow)

    def window(slot: str) -> tuple[float, float]:
        low, high = rules.loading_snack if loading and slot == "snack" else rules.shares[slot]
        if evening and slot == "dinner":
            low, high = rules.evening_share
        return low * table_kcal, high * table_kcal

    limits = {name: _limits_before(minute, timed) for name, minute in times.items()}
    # Fiber and fat have to be eaten somewhere: where no main meal is free of limits, what waits for a session is.
    crowded = all(fiber is not None for fiber, _ in limits.values())
    needs = []
    for name, minute in times.items():
        low, high = window(name)
        fiber, fat = (None, None) if crowded and minute != usual_times[name] else limits[name]
        needs.append(SlotNeed(name, 0, clock(minute), energy_lo=low, energy_hi=high, fiber_hi=fiber, fat_hi=fat))
    taken = list(times.values())
    side = 0
    before, after = _pre_times(timed, taken), _post_times(timed, taken)
    for index, minute in enumerate(before):
        low, high = window("pre")
        needs.append(
            SlotNeed(
                "pre",
                index,
                clock(minute),
                energy_lo=low,
                energy_hi=high,
                fiber_hi=rules.pre_fiber_g,
                fat_hi=rules.pre_fat_g,
            )
        )
        side += 1
    for index, minute in enumerate(after):
        low, high = window("post")
        needs.append(SlotNeed(slot="post", index=index, time=clock(minute), energy_lo=low, energy_hi=high))
        side += 1
    needs.extend(during)
    taken = [*taken, *before, *after]
    gap = rules.gap_before_minutes
    usual = [minute for minute in rules.snack_minutes if all(abs(minute - other) >= gap for other in snacks_wanted)]
    hours = [*snacks_wanted, *usual, *rules.snack_minutes]
    for index in range(max(1, snack_count(energy_kcal) - side // 2)):
        low, high = window("snack")
        minute = _free_minute(hours[index], taken, timed)
        taken.append(minute)
        fed = [] if crowded else [session for session in timed if session.wants_meal]
        fiber, fat = _limits_before(minute, fed)
        needs.append(SlotNeed("snack", index, clock(minute), energy_lo=low, energy_hi=high, fiber_hi=fiber, fat_hi=fat))
    needs = _cap_main_meals(needs, table_kcal)
    for session in timed:
        needs = make_room_before(needs, session, table_kcal)
    if evening and carbs_g is not None:
        during_carbs_g = sum(((need.carbs_lo or 0) + (need.carbs_hi or 0)) / 2 for need in during)
        least = rules.evening_carbs_share * max(carbs_g - during_carbs_g, 0.0)
        needs = [replace(need, carbs_lo=least, carbs_hi=carbs_g) if need.slot == "dinner" else need for need in needs]
    return tuple(needs)


def _is_fed_the_evening_before(session: SessionWindow) -> bool:
    rules, minutes = placing(), session.duration_minutes
    is_long = minutes >= rules.long_tomorrow_minutes
    return session.is_race or is_long or (session.early and minutes >= rules.pre_always_from_minutes)


def _limits_before(minute: int, timed: Sequence[SessionWindow]) -> tuple[float | None, float | None]:
    """Most fiber and fat (g) of a main meal at this minute; None where no session follows within three hours."""
    rules = placing()
    ends = minute + rules.meal_minutes
    gaps = [
        (s.start_minute or 0) - ends
        for s in timed
        if s.duration_minutes >= rules.sides_from_minutes
        and minute < (s.start_minute or 0) < ends + rules.meal_clear_minutes
    ]
    if not gaps:
        return None, None
    part = max(0, min(gaps)) / rules.meal_clear_minutes
    return max(rules.pre_fiber_g, rules.meal_fiber_g * part), max(rules.pre_fat_g, rules.meal_fat_g * part)


def _cap_main_meals(needs: list[SlotNeed], table_kcal: float) -> list[SlotNeed]:
    """Main meals of at most a sitting, as long as all windows together still hold the day with room to choose."""
    rules = placing()
    cap = max(rules.main_meal_kcal, rules.main_meal_share * table_kcal)
    mains = [need for need in needs if need.slot in rules.default_minutes]
    others = sum(need.energy_hi or 0.0 for need in needs if need.slot not in rules.default_minutes)
    cap = max(cap, (rules.room * table_kcal - others) / len(mains))
    return [
        replace(need, energy_hi=max(min(need.energy_hi or cap, cap), need.energy_lo or 0.0)) if need in mains else need
        for need in needs
    ]


def loosen_limits(need: DayNeed, dishes: Sequence[Dish]) -> DayNeed:
    """The day with the limits of fiber, fat and evening carbohydrate that enough of these dishes can keep.

    Somebody who may eat little is fed all the same: a limit that leaves no choice is loosened step by step, and given
    up when nothing else helps.
    """
    meals = Counter(slot.slot for slot in need.slots)
    return replace(need, slots=tuple(_loosened(slot, meals[slot.slot], dishes) for slot in need.slots))


def _loosened(slot: SlotNeed, count: int, dishes: Sequence[Dish]) -> SlotNeed:
    both_windows = slot.carbs_lo is not None and slot.energy_lo is not None
    if slot.fiber_hi is None and slot.fat_hi is None and not both_windows:
        return slot
    wanted = count + SPARE_FAMILIES.get(slot.slot, SPARE_FAMILIES_MAIN)
    suited = [dish for dish in dishes if slot.slot in dish.slots]
    for factor in LOOSENING:
        tried = replace(
            slot,
            fiber_hi=None if slot.fiber_hi is None else slot.fiber_hi * factor,
            fat_hi=None if slot.fat_hi is None else slot.fat_hi * factor,
            carbs_lo=(slot.carbs_lo or 0.0) / factor if both_windows else slot.carbs_lo,
        )
        families: set[str] = set()
        for dish in suited:
            low, high = quarters_range(dish, tried)
            if low <= high:
                families.add(dish.family)
        if len(families) >= wanted:
            return tried
    free = replace(slot, fiber_hi=None, fat_hi=None)
    return replace(free, carbs_lo=None, carbs_hi=None) if both_windows else free


def _main_time(name: str, usual: int, timed: Sequence[SessionWindow]) -> int:
    rules = placing()
    minute = usual
    for session in timed:
        start, end = session.start_minute or 0, session.end_minute or 0
        in_the_way = start - rules.clear_before_session_minutes < minute < end + rules.clear_after_session_minutes
        before, after = start - rules.gap_before_minutes, end + rules.gap_after_minutes
        if name == "breakfast" and start < rules.breakfast_before_minute:
            if session.is_race:
                return max(rules.earliest_minute, start - rules.race_breakfast_minutes)
            if (
                session.duration_minutes >= rules.pre_always_from_minutes
                and start - rules.long_breakfast_minutes >= rules.earliest_minute + 30
            ):
                return start - rules.long_breakfast_minutes
            if in_the_way or start < rules.early_before_minute:
                minute = after if before < rules.earliest_minute + 30 or start < rules.early_before_minute else before
        elif in_the_way:
            nearer_before = abs(before - usual) <= abs(after - usual)
            minute = before if nearer_before and before >= rules.breakfast_before_minute else after
    return max(rules.earliest_minute, min(minute, rules.latest_minute))


def _keep_apart(times: dict[str, int]) -> None:
    rules = placing()
    times["lunch"] = max(times["lunch"], times["breakfast"] + rules.breakfast_to_lunch_minutes)
    times["dinner"] = min(max(times["dinner"], times["lunch"] + rules.lunch_to_dinner_minutes), rules.latest_minute)


def _pre_times(timed: Sequence[SessionWindow], meals: Sequence[int]) -> list[int]:
    """A pre-session snack where no meal was eaten in the hours before, and before every long session."""
    rules = placing()
    result = []
    for session in timed:
        start = session.start_minute or 0
        if session.duration_minutes < rules.sides_from_minutes and not session.is_race:
            continue
        recent = [
            minute
            for minute in meals
            if start - rules.recent_meal_minutes[1] <= minute <= start - rules.recent_meal_minutes[0]
        ]
        if not recent or session.is_race or session.duration_minutes >= rules.pre_always_from_minutes:
            ahead = rules.pre_early_minutes if start < rules.early_before_minute else rules.pre_usual_minutes
            minute = max(rules.earliest_minute - 15, start - ahead)
            if not _under_way(minute, session, timed):
                result.append(minute)
    return result[: rules.most_sides]


def _under_way(minute: int, session: SessionWindow, timed: Sequence[SessionWindow]) -> bool:
    """Whether another session is under way: nobody sits down to a snack then, and food during it carries on."""
    return any(
        other is not session and (other.start_minute or 0) <= minute < (other.end_minute or 0) for other in timed
    )


def _post_times(timed: Sequence[SessionWindow], meals: Sequence[int]) -> list[int]:
    """A recovery snack where no main meal follows within an hour."""
    rules = placing()
    result = []
    for session in timed:
        end = session.end_minute or 0
        if session.duration_minutes < rules.sides_from_minutes or end > rules.latest_minute - rules.post_after_minutes:
            continue
        eats = any(end <= minute <= end + rules.post_meal_within_minutes for minute in meals)
        if not eats and not _under_way(end + rules.post_after_minutes, session, timed):
            result.append(end + rules.post_after_minutes)
    return result[: rules.most_sides]


def _during_slots(sessions: Sequence[SessionWindow], day_carbs_g: float | None) -> list[SlotNeed]:
    rules = placing()
    fed = [s for s in sessions if s.duration_minutes >= rules.during_from_minutes and s.carbs_g_h_high > 0]
    most = sum(s.carbs_g_h_high * s.duration_minutes / 60 for s in fed)
    scale = 1.0
    if day_carbs_g is not None and most > 0:
        scale = min(1.0, rules.during_day_share * day_carbs_g / most)
    needs: list[SlotNeed] = []
    for session in fed:
        hours = session.duration_minutes / 60
        low, high = session.carbs_g_h_low * hours * scale, session.carbs_g_h_high * hours * scale
        products = 2 if session.duration_minutes >= rules.two_products_from_minutes else 1
        products = max(products, math.ceil(low / rules.product_carbs_g))
        start = session.start_minute if session.start_minute is not None else rules.unknown_start_minute
        for part in range(products):
            most_carbs = high / products
            needs.append(
                SlotNeed(
                    slot="during",
                    index=len(needs),
                    time=clock(start + rules.first_take_minute + rules.take_every_minutes * part),
                    carbs_lo=min(max(low, rules.during_least_g), high) / products,
                    carbs_hi=most_carbs,
                    fiber_hi=rules.during_fiber[session.jolts] * most_carbs,
                    fat_hi=rules.during_fat[session.jolts] * most_carbs,
                )
            )
    return needs


def _free_minute(wanted: int, taken: Sequence[int], timed: Sequence[SessionWindow]) -> int:
    """The wanted minute, or the nearest one clear of sessions and an hour away from every meal.

    Clear means not within the hour and a half before: what is eaten then is meant for the session and has its own slot.
    """
    rules = placing()

    def blocked(minute: int) -> bool:
        at_session = any(
            (s.start_minute or 0) - rules.clear_before_session_minutes
            < minute
            <= (s.end_minute or 0) + rules.clear_after_session_minutes
            for s in timed
        )
        return at_session or any(abs(minute - other) < rules.between_meals_minutes for other in taken)

    for distance in range(0, 720, 15):
        for minute in (wanted + distance, wanted - distance):
            if rules.earliest_minute + 60 <= minute <= rules.latest_minute - 30 and not blocked(minute):
                return minute
    return wanted
