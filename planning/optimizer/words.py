"""What requirements, days and changes are called when a person reads about them: no ids, no codes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date as calendar_date

from planning.optimizer.types import DayNeed, Problem, SlotNeed

Member = tuple[str, str | None]
"""One requirement: its kind, and the ISO date, tag, allergen, diet or word that it speaks of."""

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
MEALS = {
    "pre": "snack before training",
    "during": "food during training",
    "post": "recovery snack",
}
# Kinds whose key is a date; a sentence names that day once for all of them.
DAY_KINDS = ("energy", "carbs", "protein", "protein_cap", "fat", "prep", "fixed")
MOST_NAMED = 3
TIMES = {1: "once", 2: "twice"}
FOOD_KINDS = ("diet", "allergy", "dislike")


def say_day(date: str) -> str:
    """`Tuesday 3 June` for an ISO date."""
    day = calendar_date.fromisoformat(date)
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"


def say_days(dates: Iterable[str], *, all_of: Sequence[str] = ()) -> str:
    """`on Tuesday 3 June and Friday 6 June`, or `on every day` for more than one day that are all there are."""
    named = sorted(set(dates))
    if len(named) > 1 and named == sorted(set(all_of)):
        return "on every day"
    return "on " + join([say_day(date) for date in named])


def join(parts: Sequence[str]) -> str:
    """`a, b and c`."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def say_tag(tag: str | None) -> str:
    """A tag, slot or vocabulary word without its underscores."""
    return (tag or "").replace("_", " ")


def say_meal(slot: str) -> str:
    return MEALS.get(slot, slot)


def say_times(count: int) -> str:
    return TIMES.get(count, f"{count} times")


def say_money(milli: float) -> str:
    """Thousandths of the currency unit as an amount with two decimals."""
    return f"{milli / 1000:.2f}"


def say_food_rule(member: Member) -> str:
    """`vegan`, `no soy`, `no tuna (disliked)`."""
    kind, name = member
    if kind == "diet":
        return say_tag(name)
    return f"no {say_tag(name)}" + (" (disliked)" if kind == "dislike" else "")


def say_window(need: SlotNeed) -> str:
    """The size a meal may have."""
    if need.carbs_lo is not None and need.carbs_hi is not None:
        return f"{need.carbs_lo:.0f} to {need.carbs_hi:.0f} g of carbohydrate"
    return f"{need.energy_lo or 0:,.0f} to {need.energy_hi or 0:,.0f} kcal"


def say_minutes(minutes: float) -> str:
    return f"at most {minutes:.0f} minutes in the kitchen"


def _say_fat(day: DayNeed) -> str:
    least = f"at least {100 * day.fat_floor_fraction:g} % of the energy from fat"
    return least if day.fat_most_g is None else f"{least} and at most {day.fat_most_g:.0f} g of it"


def _say_of_day(kind: str, day: DayNeed) -> str:
    return {
        "energy": f"{day.energy_kcal:,.0f} kcal within {100 * day.energy_tolerance:g} %",
        "carbs": f"{day.carbs_g:,.0f} g of carbohydrate within {100 * day.carbs_tolerance:g} %",
        "protein": f"at least {day.protein_g:.0f} g of protein",
        "protein_cap": f"at most {day.protein_g * day.protein_cap_factor:.0f} g of protein",
        "fat": _say_fat(day),
        "prep": say_minutes(day.prep_minutes or 0),
        "fixed": "the meals that you keep as they are",
    }[kind]


def _say_of_week(kind: str, key: str | None, problem: Problem) -> str:
    rules = problem.rules
    return {
        "budget": f"a food budget of {say_money(problem.budget_milli or 0)}",
        "repeats": f"the same dish at most {say_times(rules.max_repeats_per_week)} a week",
        "adjacent": "no dinner on two days running",
        "weekly_max": f"{say_tag(key)} at most {say_times(rules.weekly_max.get(key or '', 0))} a week",
        "weekly_min": f"{say_tag(key)} at least {say_times(rules.weekly_min.get(key or '', 0))} a week",
    }[kind]


def say_conflict(problem: Problem, members: Iterable[Member], *, also: Sequence[str] = ()) -> str:
    """The sentence of a set of requirements that no plan meets together.

    `also` are further days of which the same is true. A set without members speaks of the dishes alone.
    """
    days = {day.date: day for day in problem.days}
    chosen = sorted(members, key=_order)
    foods = [say_food_rule(member) for member in chosen if member[0] in FOOD_KINDS]
    week = [_say_of_week(kind, key, problem) for kind, key in chosen if kind not in (*DAY_KINDS, *FOOD_KINDS)]
    by_kind: dict[str, list[str]] = {}
    for kind, date in chosen:
        if kind in DAY_KINDS and date in days:
            by_kind.setdefault(kind, []).append(date)
    if foods and len(foods) == len(chosen):
        return f"No choice of dishes that fits {join(foods)} can fill these meals, whatever the targets are."
    spans = {tuple(dates) for dates in by_kind.values()}
    more = f" The same is true {say_days(also)}." if also else ""
    if not chosen:
        return "The dishes that there are cannot fill these meals, whatever the targets are."
    if len(spans) <= 1:
        dates = next(iter(spans), ())
        when = _few_days(dates, tuple(days)) if dates else ""
        head = f"O{when[1:]}, " if when else ""
        texts = [*foods, *(_say_of_days(kind, [days[date] for date in held]) for kind, held in by_kind.items()), *week]
        return f"{head}{_verdict(texts, capital=not head)}{more}"
    daily = [
        f"{_say_of_days(kind, [days[date] for date in held])} {_few_days(held, tuple(days))}"
        for kind, held in by_kind.items()
    ]
    return _verdict([*foods, *daily, *week], capital=True) + more


def _few_days(dates: Sequence[str], all_of: Sequence[str]) -> str:
    """The days by name, or how many they are where naming them would hide the rest of the sentence."""
    if len(dates) > MOST_NAMED and len(dates) < len(all_of):
        return f"on {len(dates)} of the {len(all_of)} days"
    return say_days(dates, all_of=all_of)


def _say_of_days(kind: str, days: Sequence[DayNeed]) -> str:
    """The requirement in numbers when all of these days share them, else in words."""
    texts = {_say_of_day(kind, day) for day in days}
    if len(texts) == 1:
        return texts.pop()
    first = days[0]
    return {
        "energy": f"the day's energy within {100 * first.energy_tolerance:g} %",
        "carbs": f"the day's carbohydrate within {100 * first.carbs_tolerance:g} %",
        "protein": "the day's protein",
        "protein_cap": "the most protein of the day",
        "fat": "the least fat of the day" if first.fat_most_g is None else "the day's fat",
        "prep": "the day's time in the kitchen",
        "fixed": "the meals that you keep as they are",
    }[kind]


def _verdict(texts: Sequence[str], *, capital: bool) -> str:
    start = "No" if capital else "no"
    if len(texts) == 1:
        return f"{start} choice of dishes meets this: {texts[0]}."
    return f"{start} choice of dishes meets all of these together: {'; '.join(texts[:-1])}; and {texts[-1]}."


def say_empty_slot(
    day: DayNeed,
    needs: Sequence[SlotNeed],
    *,
    fitting: int,
    foods: Sequence[Member] = (),
    window: bool = True,
    minutes: bool = True,
) -> str:
    """Why some meals of a day cannot be filled: what the dishes would have to be."""
    need = needs[0]
    parts = [say_window(need)] if window else []
    if minutes and day.prep_minutes is not None:
        parts.append(f"{say_minutes(day.prep_minutes)}")
    eats = join([say_food_rule(member) for member in foods]) if foods else ""
    kind = f"dish for the {say_meal(need.slot)}"
    asked = f" with {' and '.join(parts)}" if parts else ""
    rule = f" that fits {eats}" if eats else " that you may eat"
    when = f"on {say_day(day.date)} at {need.time}"
    if fitting == 0:
        return f"There is no {kind}{rule}{asked} {when}."
    meals = f"{len(needs)} different dishes are needed for the {say_meal(need.slot)}"
    return f"On {say_day(day.date)} {meals}, and only {fitting} of those{rule}{asked} exist."


def say_outside(
    name: str, date: str, value: float, unit: str, *, low: float | None = None, high: float | None = None
) -> str:
    """`Fiber on 2025-06-03 is 48 g, over the usual 45 g.`: what a day gave way in, of one limit that is not held.

    An amount that rounds to its limit is told with a decimal.
    """
    side, limit = ("under", low) if low is not None else ("over", high or 0.0)
    digits = 0 if round(value) != round(limit) else 1
    return f"{name.capitalize()} on {date} is {value:.{digits}f} {unit}, {side} the usual {limit:.{digits}f} {unit}."


def say_before(
    date: str, start_minute: int, value: float, *, low: float | None = None, high: float | None = None
) -> str:
    """`Before the start at 12:00 on 2025-06-03 the meals hold 39 g of carbohydrate, under the 150 g that are
    wanted.`"""
    side, limit = ("under", low) if low is not None else ("over", high or 0.0)
    digits = 0 if round(value) != round(limit) else 1
    clock = f"{start_minute // 60:02d}:{start_minute % 60:02d}"
    return (
        f"Before the start at {clock} on {date} the meals hold {value:.{digits}f} g of carbohydrate, "
        f"{side} the {limit:.{digits}f} g that are wanted."
    )


def say_miss(problem: Problem, missed: Sequence[tuple[str, str]]) -> str:
    """What the nearest plan that was found still breaks, as a sentence to add; empty when that is nothing of a day."""
    names = {
        "energy": "the energy",
        "carbs": "the carbohydrate",
        "protein": "the protein",
        "fat": "the least fat",
        "prep": "the time in the kitchen",
    }
    all_of = tuple(day.date for day in problem.days)
    by_kind: dict[str, list[str]] = {}
    for kind, date in missed:
        if kind in names:
            by_kind.setdefault(kind, []).append(date)
    if not by_kind:
        return ""
    texts = [f"{names[kind]} {_few_days(sorted(dates), all_of)}" for kind, dates in by_kind.items()]
    return f" The nearest one misses {join(texts)}."


def _order(member: Member) -> tuple[int, str, int, str]:
    kind, key = member
    foods = FOOD_KINDS.index(kind) if kind in FOOD_KINDS else len(FOOD_KINDS)
    rank = DAY_KINDS.index(kind) if kind in DAY_KINDS else len(DAY_KINDS)
    return (foods, "" if kind not in DAY_KINDS else key or "", rank, f"{kind} {key}")


def sort_members(members: Iterable[Member]) -> tuple[Member, ...]:
    """Foods first, then the days in order, then what holds for the week."""
    return tuple(sorted(members, key=_order))
