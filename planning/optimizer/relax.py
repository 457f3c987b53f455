"""Changes to a problem that may be offered to a person, and how each is applied."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace

from planning.optimizer.columns import build_columns, quarters_range, short_groups
from planning.optimizer.hashing import derive_seed
from planning.optimizer.types import DayNeed, Dish, Problem, Relaxation, SlotNeed

# The most of each that may be offered, in the relaxation's unit.
CAPS: dict[str, Callable[[Problem], float]] = {
    "energy": lambda problem: 5.0,
    "carbs": lambda problem: 13.0,
    "protein": lambda problem: 0.2 * min(day.protein_g for day in problem.days),
    "prep": lambda problem: 120.0,
    "budget": lambda problem: 2.0 * (problem.budget_milli or 0),
    "repeats": lambda problem: 5.0,
    "weekly_max": lambda problem: 7.0,
}
UNITS = {
    "energy": "percentage points",
    "carbs": "percentage points",
    "protein": "g",
    "prep": "minutes",
    "budget": "milli",
    "repeats": "times a week",
    "adjacent": "rule",
    "weekly_max": "times a week",
    "weekly_min": "times a week",
    "slot_window": "kcal or g",
}
# Room for whole servings, which the linear program does not need.
ROOM = 1.1


def apply_relaxation(problem: Problem, relaxation: Relaxation) -> Problem:
    """The problem with the relaxation in force, and with the seed of the problem it relaxes.

    A change of inputs would bring another seed and so another search: the offer was proved with this one. Raises
    ValueError for an unknown kind.
    """
    return replace(_relax(problem, relaxation), seed=derive_seed(problem))


def _relax(problem: Problem, relaxation: Relaxation) -> Problem:
    kind, amount, subject = relaxation.kind, relaxation.amount, relaxation.subject
    if kind == "combined":
        for part in relaxation.parts:
            problem = _relax(problem, part)
        return problem
    rules = problem.rules
    if kind == "budget":
        return replace(problem, budget_milli=(problem.budget_milli or 0) + math.ceil(amount))
    if kind == "repeats":
        return replace(problem, rules=replace(rules, max_repeats_per_week=rules.max_repeats_per_week + round(amount)))
    if kind == "adjacent":
        return replace(problem, rules=replace(rules, adjacent_dinner=False))
    if kind == "weekly_max" and subject is not None:
        most = {**rules.weekly_max, subject: rules.weekly_max[subject] + round(amount)}
        return replace(problem, rules=replace(rules, weekly_max=most))
    if kind == "weekly_min" and subject is not None:
        least = {**rules.weekly_min, subject: max(0, rules.weekly_min[subject] - round(amount))}
        return replace(problem, rules=replace(rules, weekly_min=least))
    days = tuple(_relax_day(day, relaxation) if relaxation.day in (None, day.date) else day for day in problem.days)
    return replace(problem, days=days)


def _relax_day(day: DayNeed, relaxation: Relaxation) -> DayNeed:
    kind, amount = relaxation.kind, relaxation.amount
    if kind == "energy":
        return replace(day, energy_tolerance=day.energy_tolerance + amount / 100)
    if kind == "carbs":
        return replace(day, carbs_tolerance=day.carbs_tolerance + amount / 100)
    if kind == "protein":
        lowered = day.protein_g - amount
        return replace(day, protein_g=lowered, protein_cap_factor=day.protein_cap_factor * day.protein_g / lowered)
    if kind == "prep":
        return day if day.prep_minutes is None else replace(day, prep_minutes=day.prep_minutes + amount)
    if kind == "slot_window":
        return replace(day, slots=tuple(_widen(need, amount, relaxation.subject) for need in day.slots))
    raise ValueError(f"unknown relaxation {kind!r}")


def _widen(need: SlotNeed, amount: float, slot: str | None) -> SlotNeed:
    if need.slot != slot:
        return need
    if need.carbs_lo is not None and need.carbs_hi is not None:
        return replace(need, carbs_lo=max(0.0, need.carbs_lo - amount), carbs_hi=need.carbs_hi + amount)
    if need.energy_lo is not None and need.energy_hi is not None:
        return replace(need, energy_lo=max(0.0, need.energy_lo - amount), energy_hi=need.energy_hi + amount)
    return need


def make_relaxation(
    kind: str, amount: float, *, cost: float, day: str | None = None, subject: str | None = None
) -> Relaxation:
    """A relaxation with its amount rounded up to something a person would say, and its sentence."""
    if kind in ("repeats", "weekly_max", "weekly_min"):
        amount = float(max(1, math.ceil(amount - 1e-9)))
    elif kind == "prep":
        amount = float(5 * math.ceil(amount / 5 - 1e-9))
    elif kind == "budget":
        amount = float(100 * math.ceil(amount / 100 - 1e-9))
    elif kind == "adjacent":
        amount = 1.0
    elif kind == "protein":
        amount = float(math.ceil(amount - 1e-9))
    else:
        amount = math.ceil(amount * 2 - 1e-9) / 2
    when = f"on {day}" if day else "on every day"
    sentence = {
        "energy": f"Allow the day's energy to be {amount:g} percentage points further from its target {when}.",
        "carbs": f"Allow carbohydrate to be {amount:g} percentage points further from its target {when}.",
        "protein": f"Lower the protein target by {amount:g} g {when}.",
        "prep": f"Allow {amount:g} more minutes of cooking {when}.",
        "budget": f"Raise the weekly budget by {amount / 1000:g}.",
        "repeats": f"Allow the same dish {_times(amount)} a week.",
        "adjacent": "Allow the same dinner on two days running.",
        "weekly_max": f"Allow {_words(subject)} {_times(amount)} a week.",
        "weekly_min": f"Ask for {_words(subject)} {amount:g} {'time' if amount == 1 else 'times'} a week less.",
        "slot_window": f"Widen the range of the {subject} by {amount:g} at both ends {when}.",
    }[kind]
    return Relaxation(kind, amount, UNITS[kind], day, sentence, round(cost, 4), subject)


def _times(amount: float) -> str:
    return "once more" if amount == 1 else f"{amount:g} more times"


def _words(subject: str | None) -> str:
    return (subject or "").replace("_", " ")


def describe(problem: Problem, offer: Relaxation, amount: float) -> Relaxation:
    """The same offer at another amount."""
    if offer.kind == "combined":
        return combine(
            [describe(problem, part, part.amount * amount / max(offer.amount, 1e-9)) for part in offer.parts]
        )
    cost = offer.cost * amount / max(offer.amount, 1e-9)
    return make_relaxation(offer.kind, amount, cost=cost, day=offer.day, subject=offer.subject)


def combine(parts: list[Relaxation]) -> Relaxation:
    """Several relaxations that are needed together."""
    text = " ".join(part.sentence for part in parts)
    return Relaxation(
        "combined", 1.0, "set", None, text, round(sum(part.cost for part in parts), 4), None, tuple(parts)
    )


def from_slack(
    problem: Problem, kind: str, slack: Mapping[tuple[str, str | None], float], weight: float
) -> list[Relaxation]:
    """Turn the slacks of one kind (relative to each row's scale) into relaxations in units."""
    used = {key: value for (name, key), value in slack.items() if name == kind and value > 1e-6}
    if not used:
        return []
    cost = weight * sum(used.values())
    if kind in ("weekly_max", "weekly_min"):
        return [
            make_relaxation(kind, value, cost=weight * value, subject=key)
            for key, value in sorted(used.items(), key=str)
        ]
    if kind == "budget":
        return [make_relaxation(kind, sum(used.values()) * (problem.budget_milli or 0) * ROOM, cost=cost)]
    if kind in ("repeats", "adjacent"):
        return [make_relaxation(kind, 1, cost=cost)]
    days = {day.date: day for day in problem.days}
    amounts = []
    for date, value in used.items():
        day = days[date or ""]
        amounts.append(
            value * ROOM * {"protein": day.protein_g, "prep": max(day.prep_minutes or 0.0, 1.0)}.get(kind, 100.0)
        )
    only = next(iter(used)) if len(used) == 1 else None
    return [make_relaxation(kind, max(amounts), cost=cost, day=only)]


def small_steps(problem: Problem) -> list[Relaxation]:
    """First steps to try when the linear program sees no obstacle but the search found no plan."""
    steps = [make_relaxation("repeats", 1, cost=1.0), make_relaxation("carbs", 6.0, cost=2.0)]
    if any(day.prep_minutes is not None for day in problem.days):
        steps.append(make_relaxation("prep", 15.0, cost=1.5))
    if problem.budget_milli is not None:
        steps.append(make_relaxation("budget", 0.1 * problem.budget_milli, cost=3.0))
    steps.append(make_relaxation("energy", 3.0, cost=4.0))
    return steps


def window_relaxations(problem: Problem) -> list[Relaxation]:
    """For slots nothing fits: a wider window or more preparation time, whichever lets a dish in."""
    columns = build_columns(problem)
    short = short_groups(columns)
    offers = []
    for slot in sorted({group.slot for group in short}):
        groups = [group for group in short if group.slot == slot]
        day = columns.days[groups[0].day].date if len(groups) == 1 else None
        widths, minutes = [], []
        for group in groups:
            need, target = group.needs[0], columns.days[group.day]
            dishes = [dish for dish in problem.dishes if slot in dish.slots]
            limit = math.inf if target.prep_minutes is None else target.prep_minutes
            steps = [
                min(
                    (step for step in _steps(need) if _fits(dish, _widen(need, step, slot))),
                    default=math.inf,
                )
                for dish in dishes
                if dish.prep_minutes <= limit
            ]
            widths.append(_nth(steps, len(group.needs)))
            late = [dish.prep_minutes - limit for dish in dishes if _fits(dish, need)]
            minutes.append(max(0.0, _nth(late, len(group.needs))))
        if widths and 0 < max(widths) < math.inf:
            offers.append(make_relaxation("slot_window", max(widths), cost=2.0, day=day, subject=slot))
        if minutes and 0 < max(minutes) < math.inf:
            offers.append(make_relaxation("prep", max(minutes), cost=1.5, day=day))
    return offers


def _nth(values: list[float], count: int) -> float:
    return sorted(values)[count - 1] if len(values) >= count else math.inf


def _steps(need: SlotNeed) -> list[float]:
    unit = 5.0 if need.carbs_lo is not None else 25.0
    return [unit * number for number in range(0, 17)]


def _fits(dish: Dish, need: SlotNeed) -> bool:
    low, high = quarters_range(dish, need)
    return low <= high
