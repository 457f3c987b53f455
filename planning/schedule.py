"""Where the meals of a day sit around its sessions, and how much of the day's energy each may carry. Pure."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from planning.optimizer.servings import quarters_range
from planning.optimizer.types import DayNeed, Dish, SlotNeed
from planning.science.constants import bounds, curve, number, numbers

SLOT_NAMES = ("breakfast", "lunch", "dinner", "snack", "pre", "post")
SHARES = {name: bounds(f"meal.share.{name}") for name in SLOT_NAMES}
LOADING_SNACK = bounds("meal.share.snack_loading")
TABLE_SHARE = number("meal.table_energy_share_min")
SNACKS_FROM_KCAL = tuple((kcal, int(count)) for kcal, count in reversed(curve("meal.snacks_from_kcal")))
DEFAULT_MINUTES = {name: int(number(f"meal.minute.{name}")) for name in ("breakfast", "lunch", "dinner")}
SNACK_MINUTES = tuple(int(minute) for minute in numbers("meal.minute.snacks"))
EARLIEST_MINUTE, LATEST_MINUTE = (int(minute) for minute in bounds("meal.minute.limits"))
BREAKFAST_BEFORE = int(number("meal.breakfast_before_minute"))
EARLY_BEFORE = int(number("meal.early_session_before_minute"))
GAP_BEFORE = int(number("meal.gap.before_session_minutes"))
GAP_AFTER = int(number("meal.gap.after_session_minutes"))
CLEAR_BEFORE_SESSION = int(number("meal.gap.clear_before_session_minutes"))
CLEAR_AFTER_SESSION = int(number("meal.gap.clear_after_session_minutes"))
RACE_BREAKFAST = int(number("meal.gap.race_breakfast_minutes"))
LONG_BREAKFAST = int(number("meal.gap.long_session_breakfast_minutes"))
BREAKFAST_TO_LUNCH = int(number("meal.gap.breakfast_to_lunch_minutes"))
LUNCH_TO_DINNER = int(number("meal.gap.lunch_to_dinner_minutes"))
BETWEEN_MEALS = int(number("meal.gap.between_meals_minutes"))
SIDE_SLOTS_FROM_MINUTES = number("side.from_minutes")
PRE_ALWAYS_FROM_MINUTES = number("side.pre_always_from_minutes")
PRE_EARLY, PRE_USUAL = (int(minutes) for minutes in bounds("side.pre_before_minutes"))
RECENT_MEAL = tuple(int(minutes) for minutes in bounds("side.pre_recent_meal_minutes"))
POST_AFTER = int(number("side.post_after_minutes"))
POST_MEAL_WITHIN = int(number("side.post_meal_within_minutes"))
MOST_SIDES = int(number("side.most_per_day"))
DURING_FROM_MINUTES = number("during.food_from_minutes")
DURING_TWO_PRODUCTS_FROM_MINUTES = number("during.two_products_from_minutes")
DURING_PRODUCT_CARBS_G = number("during.product_carbs_max_g")
DURING_DAY_SHARE = number("during.day_carbs_share_max")
DURING_LEAST_G = number("during.least_product_g")
FIRST_TAKE = int(number("during.first_take_minute"))
TAKE_EVERY = int(number("during.take_every_minutes"))
DURING_FIBER = dict(zip((True, False), bounds("during.fiber_per_carb_max"), strict=True))
DURING_FAT = dict(zip((True, False), bounds("during.fat_per_carb_max"), strict=True))
UNKNOWN_START = int(number("during.unknown_start_minute"))
# What is eaten shortly before a session leaves the stomach in time: little fiber and fat.
PRE_FIBER_G, PRE_FAT_G = number("side.pre_fiber_max_g"), number("side.pre_fat_max_g")
# A main meal that ends less than three hours before a session of an hour or more: these grams at three hours, less in
# proportion to the time, never less than before a session itself [engineering choice].
MEAL_CLEAR_MINUTES = number("side.near_meal_minutes")
MEAL_MINUTES = int(number("meal.minutes"))
MEAL_FIBER_G, MEAL_FAT_G = number("side.near_meal_fiber_max_g"), number("side.near_meal_fat_max_g")
# Nobody enjoys more in one sitting while a snack can carry the rest; the share holds on very large days.
MAIN_MEAL_KCAL = number("meal.main_kcal_soft_max")
MAIN_MEAL_SHARE = number("meal.main_share_max")
# How much more than the day the windows together have to hold, so that a week can still be found.
ROOM = number("meal.windows_room")
# The evening before a race or a long day carries carbohydrate: dinner's least share of what the day holds apart from
# training.
LONG_TOMORROW_MINUTES = number("evening.long_tomorrow_minutes")
EVENING_SHARE = bounds("evening.dinner_share")
EVENING_CARBS_SHARE = number("evening.carbs_share_min")
# Limits of a meal are loosened in these steps until this many more kinds of dishes than meals fit, then given up.
LOOSENING = (1.0, 1.25, 1.6, 2.0, 3.0)
SPARE_FAMILIES = {"pre": 4, "during": 4}
SPARE_FAMILIES_MAIN = 6


@dataclass(frozen=True, slots=True)
class SessionWindow:
    """One session as meals see it: local minutes, and the carbohydrate range (g/h) to take during it.

    `jolts` says that the body is shaken, as in running: then only what is nearly free of fiber and fat stays down.
    """

    start_minute: int | None
    duration_minutes: float
    carbs_g_h_low: float
    carbs_g_h_high: float
    is_race: bool = False
    jolts: bool = False

    @property
    def end_minute(self) -> int | None:
        return None if self.start_minute is None else round(self.start_minute + self.duration_minutes)


def clock(minute: int) -> str:
    """`HH:MM` of a minute of the day."""
    bounded = max(0, min(minute, 1439))
    return f"{bounded // 60:02d}:{bounded % 60:02d}"


def snack_count(energy_kcal: float) -> int:
    """How many snacks a day of this energy is divided into, besides what surrounds a session."""
    return next(count for threshold, count in SNACKS_FROM_KCAL if energy_kcal >= threshold)


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
    loading for a race, snacks may be larger: that is how so much carbohydrate is eaten. Before a race or a long session
    `tomorrow`, dinner carries its part of the carbohydrate. What is eaten shortly before a session is low in fiber and
    fat; `loosen_limits` fits these limits to the dishes there are.
    """
    timed = sorted((s for s in sessions if s.start_minute is not None), key=lambda s: s.start_minute or 0)
    times = {name: _main_time(name, minute, timed) for name, minute in DEFAULT_MINUTES.items()}
    _keep_apart(times)
    during = _during_slots(sessions, carbs_g)
    session_kcal = sum(((need.carbs_lo or 0) + (need.carbs_hi or 0)) / 2 * 4 for need in during)
    table_kcal = max(energy_kcal - session_kcal, TABLE_SHARE * energy_kcal)

    evening = any(s.is_race or s.duration_minutes >= LONG_TOMORROW_MINUTES for s in tomorrow)

    def window(slot: str) -> tuple[float, float]:
        low, high = LOADING_SNACK if loading and slot == "snack" else SHARES[slot]
        if evening and slot == "dinner":
            low, high = EVENING_SHARE
        return low * table_kcal, high * table_kcal

    needs = []
    for name, minute in times.items():
        low, high = window(name)
        fiber, fat = _limits_before(minute, timed)
        needs.append(SlotNeed(name, 0, clock(minute), energy_lo=low, energy_hi=high, fiber_hi=fiber, fat_hi=fat))
    taken = list(times.values())
    side = 0
    before, after = _pre_times(timed, taken), _post_times(timed, taken)
    for index, minute in enumerate(before):
        low, high = window("pre")
        needs.append(
            SlotNeed("pre", index, clock(minute), energy_lo=low, energy_hi=high, fiber_hi=PRE_FIBER_G, fat_hi=PRE_FAT_G)
        )
        side += 1
    for index, minute in enumerate(after):
        low, high = window("post")
        needs.append(SlotNeed(slot="post", index=index, time=clock(minute), energy_lo=low, energy_hi=high))
        side += 1
    needs.extend(during)
    taken = [*taken, *before, *after]
    for index in range(max(1, snack_count(energy_kcal) - side // 2)):
        low, high = window("snack")
        minute = _free_minute(SNACK_MINUTES[index], taken, timed)
        taken.append(minute)
        needs.append(SlotNeed(slot="snack", index=index, time=clock(minute), energy_lo=low, energy_hi=high))
    needs = _cap_main_meals(needs, table_kcal)
    if evening and carbs_g is not None:
        during_carbs_g = sum(((need.carbs_lo or 0) + (need.carbs_hi or 0)) / 2 for need in during)
        least = EVENING_CARBS_SHARE * max(carbs_g - during_carbs_g, 0.0)
        needs = [replace(need, carbs_lo=least, carbs_hi=carbs_g) if need.slot == "dinner" else need for need in needs]
    return tuple(needs)


def _limits_before(minute: int, timed: Sequence[SessionWindow]) -> tuple[float | None, float | None]:
    """Most fiber and fat (g) of a main meal at this minute; None where no session follows within three hours."""
    ends = minute + MEAL_MINUTES
    gaps = [
        (s.start_minute or 0) - ends
        for s in timed
        if s.duration_minutes >= SIDE_SLOTS_FROM_MINUTES and minute < (s.start_minute or 0) < ends + MEAL_CLEAR_MINUTES
    ]
    if not gaps:
        return None, None
    part = max(0, min(gaps)) / MEAL_CLEAR_MINUTES
    return max(PRE_FIBER_G, MEAL_FIBER_G * part), max(PRE_FAT_G, MEAL_FAT_G * part)


def _cap_main_meals(needs: list[SlotNeed], table_kcal: float) -> list[SlotNeed]:
    """Main meals of at most a sitting, as long as all windows together still hold the day with room to choose."""
    cap = max(MAIN_MEAL_KCAL, MAIN_MEAL_SHARE * table_kcal)
    mains = [need for need in needs if need.slot in DEFAULT_MINUTES]
    others = sum(need.energy_hi or 0.0 for need in needs if need.slot not in DEFAULT_MINUTES)
    cap = max(cap, (ROOM * table_kcal - others) / len(mains))
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
    minute = usual
    for session in timed:
        start, end = session.start_minute or 0, session.end_minute or 0
        in_the_way = start - CLEAR_BEFORE_SESSION < minute < end + CLEAR_AFTER_SESSION
        before, after = start - GAP_BEFORE, end + GAP_AFTER
        if name == "breakfast" and start < BREAKFAST_BEFORE:
            if session.is_race:
                return max(EARLIEST_MINUTE, start - RACE_BREAKFAST)
            if session.duration_minutes >= PRE_ALWAYS_FROM_MINUTES and start - LONG_BREAKFAST >= EARLIEST_MINUTE + 30:
                return start - LONG_BREAKFAST
            if in_the_way or start < EARLY_BEFORE:
                minute = after if before < EARLIEST_MINUTE + 30 or start < EARLY_BEFORE else before
        elif in_the_way:
            nearer_before = abs(before - usual) <= abs(after - usual)
            minute = before if nearer_before and before >= BREAKFAST_BEFORE else after
    return max(EARLIEST_MINUTE, min(minute, LATEST_MINUTE))


def _keep_apart(times: dict[str, int]) -> None:
    times["lunch"] = max(times["lunch"], times["breakfast"] + BREAKFAST_TO_LUNCH)
    times["dinner"] = min(max(times["dinner"], times["lunch"] + LUNCH_TO_DINNER), LATEST_MINUTE)


def _pre_times(timed: Sequence[SessionWindow], meals: Sequence[int]) -> list[int]:
    """A pre-session snack where no meal was eaten in the hours before, and before every long session."""
    result = []
    for session in timed:
        start = session.start_minute or 0
        if session.duration_minutes < SIDE_SLOTS_FROM_MINUTES and not session.is_race:
            continue
        recent = [minute for minute in meals if start - RECENT_MEAL[1] <= minute <= start - RECENT_MEAL[0]]
        if not recent or session.is_race or session.duration_minutes >= PRE_ALWAYS_FROM_MINUTES:
            ahead = PRE_EARLY if start < EARLY_BEFORE else PRE_USUAL
            minute = max(EARLIEST_MINUTE - 15, start - ahead)
            if not _under_way(minute, session, timed):
                result.append(minute)
    return result[:MOST_SIDES]


def _under_way(minute: int, session: SessionWindow, timed: Sequence[SessionWindow]) -> bool:
    """Whether another session is under way: nobody sits down to a snack then, and food during it carries on."""
    return any(
        other is not session and (other.start_minute or 0) <= minute < (other.end_minute or 0) for other in timed
    )


def _post_times(timed: Sequence[SessionWindow], meals: Sequence[int]) -> list[int]:
    """A recovery snack where no main meal follows within an hour."""
    result = []
    for session in timed:
        end = session.end_minute or 0
        if session.duration_minutes < SIDE_SLOTS_FROM_MINUTES or end > LATEST_MINUTE - POST_AFTER:
            continue
        eats = any(end <= minute <= end + POST_MEAL_WITHIN for minute in meals)
        if not eats and not _under_way(end + POST_AFTER, session, timed):
            result.append(end + POST_AFTER)
    return result[:MOST_SIDES]


def _during_slots(sessions: Sequence[SessionWindow], day_carbs_g: float | None) -> list[SlotNeed]:
    fed = [s for s in sessions if s.duration_minutes >= DURING_FROM_MINUTES and s.carbs_g_h_high > 0]
    most = sum(s.carbs_g_h_high * s.duration_minutes / 60 for s in fed)
    scale = 1.0
    if day_carbs_g is not None and most > 0:
        scale = min(1.0, DURING_DAY_SHARE * day_carbs_g / most)
    needs: list[SlotNeed] = []
    for session in fed:
        hours = session.duration_minutes / 60
        low, high = session.carbs_g_h_low * hours * scale, session.carbs_g_h_high * hours * scale
        products = 2 if session.duration_minutes >= DURING_TWO_PRODUCTS_FROM_MINUTES else 1
        products = max(products, math.ceil(low / DURING_PRODUCT_CARBS_G))
        start = session.start_minute if session.start_minute is not None else UNKNOWN_START
        for part in range(products):
            most_carbs = high / products
            needs.append(
                SlotNeed(
                    slot="during",
                    index=len(needs),
                    time=clock(start + FIRST_TAKE + TAKE_EVERY * part),
                    carbs_lo=min(max(low, DURING_LEAST_G), high) / products,
                    carbs_hi=most_carbs,
                    fiber_hi=DURING_FIBER[session.jolts] * most_carbs,
                    fat_hi=DURING_FAT[session.jolts] * most_carbs,
                )
            )
    return needs


def _free_minute(wanted: int, taken: Sequence[int], timed: Sequence[SessionWindow]) -> int:
    """The wanted minute, or the nearest one clear of sessions and an hour away from every meal.

    Clear means not within the hour and a half before: what is eaten then is meant for the session and has its own slot.
    """

    def blocked(minute: int) -> bool:
        at_session = any(
            (s.start_minute or 0) - CLEAR_BEFORE_SESSION < minute <= (s.end_minute or 0) + CLEAR_AFTER_SESSION
            for s in timed
        )
        return at_session or any(abs(minute - other) < BETWEEN_MEALS for other in taken)

    for distance in range(0, 720, 15):
        for minute in (wanted + distance, wanted - distance):
            if EARLIEST_MINUTE + 60 <= minute <= LATEST_MINUTE - 30 and not blocked(minute):
                return minute
    return wanted
