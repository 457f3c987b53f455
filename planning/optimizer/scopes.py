"""Parts of a problem that a conflict may live in, and the problem with only some of its requirements in force."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from planning.optimizer.limits import FAT_MARGIN, MARGIN, DayLimits, day_limits
from planning.optimizer.types import DayNeed, Dish, Problem, Rules, SlotNeed
from planning.optimizer.words import Member

# Dinners of this many days before may be eaten again on a day.
LEFTOVER_REACH_DAYS = 14
DAILY = ("energy", "carbs", "protein", "protein_cap", "fat", "prep")
# What a dropped requirement allows; wide enough for anything that can be eaten, small enough for exact arithmetic.
ANY_TOLERANCE = 20.0
ANY_FACTOR = 40.0
NEARLY_NOTHING_G = 5.0
ANY_REPEATS = 99
# The window of a meal and the rows of a day are searched this much inside their bounds; a proof goes as far outside.
WINDOW_SLACK = 0.4
COST_SLACK_MILLI = 5


@dataclass(frozen=True, slots=True)
class Withheld:
    """A dish that this athlete is not offered, with every requirement that keeps it away: (`diet`, `vegan`) …"""

    dish: Dish
    reasons: frozenset[Member]


def members_of(problem: Problem, dates: Iterable[str] | None = None) -> list[Member]:
    """Every requirement that may be named in a conflict, of these days and of the week; slots and windows are given."""
    chosen = {day.date for day in problem.days} if dates is None else set(dates)
    members: list[Member] = []
    for day in problem.days:
        if day.date in chosen:
            members += [(kind, day.date) for kind in DAILY if kind != "prep" or day.prep_minutes is not None]
    members += [("fixed", date) for date in sorted({fixed.date for fixed in problem.fixed} & chosen)]
    members.append(("repeats", None))
    if problem.rules.adjacent_dinner and len(problem.days) > 1:
        members.append(("adjacent", None))
    if problem.budget_milli is not None:
        members.append(("budget", None))
    members += [("weekly_max", tag) for tag in sorted(problem.rules.weekly_max)]
    members += [("weekly_min", tag) for tag in sorted(problem.rules.weekly_min)]
    return members


def day_scope(problem: Problem, date: str) -> Problem:
    """One day with the dinners before it that it may eat again; nothing else of the week can matter to it.

    Whatever is impossible here is impossible in the week, as long as the earlier days' own requirements are off.
    """
    days = sorted(problem.days, key=lambda day: day.date)
    number = next(place for place, day in enumerate(days) if day.date == date)
    before = [
        replace(day, slots=tuple(need for need in day.slots if need.slot == "dinner"))
        for day in days[max(0, number - LEFTOVER_REACH_DAYS) : number]
        if problem.rules.leftovers and any(need.slot == "dinner" for need in day.slots)
    ]
    kept = (*before, days[number])
    places = {(day.date, need.slot, need.index) for day in kept for need in day.slots}
    fixed = tuple(meal for meal in problem.fixed if (meal.date, meal.slot, meal.index) in places)
    # Each of these counts over days that are not here.
    rules = replace(problem.rules, weekly_min={})
    return replace(problem, days=kept, fixed=fixed, previous=(), rules=rules, budget_milli=None)


def loosen(problem: Problem) -> Problem:
    """The problem with every window and the budget a rounding wider, so that what fails here fails exactly."""
    days = tuple(replace(day, slots=tuple(_loosen_slot(need) for need in day.slots)) for day in problem.days)
    meals = sum(len(day.slots) for day in days)
    budget = None if problem.budget_milli is None else problem.budget_milli + COST_SLACK_MILLI * meals
    return replace(problem, days=days, budget_milli=budget, previous=())


def _loosen_slot(need: SlotNeed) -> SlotNeed:
    if need.carbs_lo is not None and need.carbs_hi is not None:
        need = replace(need, carbs_lo=max(0.0, need.carbs_lo - WINDOW_SLACK), carbs_hi=need.carbs_hi + WINDOW_SLACK)
    if need.energy_lo is not None and need.energy_hi is not None:
        need = replace(need, energy_lo=max(0.0, need.energy_lo - WINDOW_SLACK), energy_hi=need.energy_hi + WINDOW_SLACK)
    caps = {
        name: cap + WINDOW_SLACK for name in ("fiber_hi", "fat_hi") if (cap := getattr(need, name, None)) is not None
    }
    return replace(need, **caps) if caps else need


def loose_limits(day: DayNeed, waived: frozenset[str]) -> DayLimits:
    """The rows of a day a rounding outside their bounds, for proofs of impossibility."""
    limits = day_limits(day, waived)
    room = 2 * MARGIN
    low, high = limits.low - room, limits.high + room
    low[3] = -FAT_ROOM
    # The most fat was drawn in for the most energy of the day; a proof grants it at the least.
    high[3] = limits.high[3] + FAT_MARGIN + FAT_ROOM + day.fat_floor_fraction * (limits.high[0] - limits.low[0])
    high[6] = limits.high[6]
    return replace(limits, low=low, high=high)


# Fat is measured as 9 x fat - floor x energy, in hundredths of a kcal: sixty quarters of rounding.
FAT_ROOM = 300.0


def with_only(problem: Problem, members: frozenset[Member]) -> Problem:
    """The problem with the other requirements out of force, or nearly so: a plan of it is a plan without them.

    Food requirements are the caller's to apply; slots, windows, duplicates and leftover rules always hold.
    """
    days = tuple(_only_day(day, {kind for kind, key in members if key == day.date}) for day in problem.days)
    fixed = tuple(meal for meal in problem.fixed if ("fixed", meal.date) in members)
    rules = problem.rules
    only = Rules(
        **{
            **{name: getattr(rules, name) for name in rules.__dataclass_fields__},
            "max_repeats_per_week": rules.max_repeats_per_week if ("repeats", None) in members else ANY_REPEATS,
            "adjacent_dinner": rules.adjacent_dinner and ("adjacent", None) in members,
            "weekly_max": {tag: most for tag, most in rules.weekly_max.items() if ("weekly_max", tag) in members},
            "weekly_min": {tag: least for tag, least in rules.weekly_min.items() if ("weekly_min", tag) in members},
        }
    )
    budget = problem.budget_milli if ("budget", None) in members else None
    return replace(problem, days=days, fixed=fixed, previous=(), rules=only, budget_milli=budget)


def _only_day(day: DayNeed, kinds: set[str]) -> DayNeed:
    floor, cap = day.protein_g, day.protein_g * day.protein_cap_factor
    if "protein" not in kinds:
        floor = min(floor, NEARLY_NOTHING_G)
    if "protein_cap" not in kinds:
        cap = max(cap, ANY_FACTOR * day.protein_g)
    return replace(
        day,
        energy_tolerance=day.energy_tolerance if "energy" in kinds else ANY_TOLERANCE,
        carbs_tolerance=day.carbs_tolerance if "carbs" in kinds else ANY_TOLERANCE,
        protein_g=floor,
        protein_cap_factor=cap / floor,
        fat_floor_fraction=day.fat_floor_fraction if "fat" in kinds else 0.0,
        fat_most_g=day.fat_most_g if "fat" in kinds else None,
        fiber_lo=None,
        fiber_hi=None,
        sodium_lo=None,
        sodium_hi=None,
        prep_minutes=day.prep_minutes if "prep" in kinds else None,
    )


def without_foods(problem: Problem, withheld: Iterable[Withheld], dropped: frozenset[Member]) -> Problem:
    """The problem with the dishes that only dropped food requirements kept away."""
    known = {dish.key for dish in problem.dishes}
    more = tuple(one.dish for one in withheld if one.reasons <= dropped and one.dish.key not in known)
    return replace(problem, dishes=problem.dishes + more) if more else problem
