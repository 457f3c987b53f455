"""Changes to a problem that may be offered to a person, and how each is applied."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from planning.optimizer.columns import build_columns, quarters_range, short_groups
from planning.optimizer.hashing import derive_seed
from planning.optimizer.types import DayNeed, Dish, Problem, Relaxation, SlotNeed
from planning.optimizer.words import say_day, say_days, say_meal, say_money, say_tag

# The most of each that may be offered, in the relaxation's unit.
CAPS: dict[str, Callable[[Problem], float]] = {
    "energy": lambda problem: 5.0,
    "carbs": lambda problem: 13.0,
    "protein": lambda problem: 0.1 * min(day.protein_g for day in problem.days),
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
    "slot_caps": "rule",
    "fixed": "rule",
}
WHOLE = ("adjacent", "fixed", "slot_caps")
EVERY_DAY = "on every day"
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
    if kind == "fixed":
        kept = tuple(meal for meal in problem.fixed if meal.reason == "eaten" or meal.date != relaxation.day)
        return replace(problem, fixed=kept)
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
    if kind == "slot_caps":
        return replace(day, slots=tuple(_uncap(need, relaxation.subject) for need in day.slots))
    raise ValueError(f"unknown relaxation {kind!r}")


def _uncap(need: SlotNeed, slot: str | None) -> SlotNeed:
    return replace(need, fiber_hi=None, fat_hi=None) if need.slot == slot else need


def _widen(need: SlotNeed, amount: float, slot: str | None) -> SlotNeed:
    if slot not in (None, need.slot) or (slot is None and need.carbs_lo is not None):
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
    elif kind in WHOLE:
        amount = 1.0
    elif kind == "protein":
        amount = float(math.ceil(amount - 1e-9))
    else:
        amount = math.ceil(amount * 2 - 1e-9) / 2
    when = f"on {say_day(day)}" if day else EVERY_DAY
    return Relaxation(kind, amount, UNITS[kind], day, _sentence(kind, amount, subject, when), round(cost, 4), subject)


def _sentence(kind: str, amount: float, subject: str | None, when: str) -> str:
    meal = f"The {say_meal(subject)}" if subject else "Each meal"
    unit = "g of carbohydrate" if subject == "during" else "kcal"
    return {
        "energy": f"Let the energy be up to {amount:g} percentage points further from its target {when}.",
        "carbs": f"Let the carbohydrate be up to {amount:g} percentage points further from its target {when}.",
        "protein": f"Ask for {amount:g} g less protein {when}.",
        "prep": f"Allow {amount:g} more minutes in the kitchen {when}.",
        "budget": f"Raise the food budget by {say_money(amount)}.",
        "repeats": f"Allow the same dish {_times(amount)} a week.",
        "adjacent": "Allow the same dinner on two days running.",
        "weekly_max": f"Allow {say_tag(subject)} {_times(amount)} a week.",
        "weekly_min": f"Ask for {say_tag(subject)} {amount:g} {'time' if amount == 1 else 'times'} a week less.",
        "slot_window": f"{meal} may be {amount:g} {unit} smaller or larger {when}.",
        "slot_caps": f"{meal} may hold more fiber and fat {when}.",
        "fixed": f"Let go of the meals that you keep {when}.",
    }[kind]


def _times(amount: float) -> str:
    return "once more" if amount == 1 else f"{amount:g} more times"


def describe(problem: Problem, offer: Relaxation, amount: float) -> Relaxation:
    """The same offer at another amount."""
    if offer.kind == "combined":
        return combine(
            [describe(problem, part, part.amount * amount / max(offer.amount, 1e-9)) for part in offer.parts]
        )
    cost = offer.cost * amount / max(offer.amount, 1e-9)
    return make_relaxation(offer.kind, amount, cost=cost, day=offer.day, subject=offer.subject)


def sum_up(parts: Iterable[Relaxation]) -> list[Relaxation]:
    """The same changes with one part for each kind, day and subject: as much as those that were there give together.

    What is given once for all (a rule that falls, meals that are let go) is given once. The parts of combined
    relaxations stand by themselves.
    """
    summed: dict[tuple[str, str | None, str | None], Relaxation] = {}
    for part in (inner for one in parts for inner in (one.parts if one.kind == "combined" else (one,))):
        place = (part.kind, part.day, part.subject)
        known = summed.get(place)
        if known is None:
            summed[place] = part
        elif part.kind in WHOLE:
            summed[place] = min(known, part, key=lambda one: one.cost)
        else:
            summed[place] = make_relaxation(
                part.kind, known.amount + part.amount, cost=known.cost + part.cost, day=part.day, subject=part.subject
            )
    return [
        part
        for (kind, day, subject), part in summed.items()
        if day is None or kind not in WHOLE or (kind, None, subject) not in summed
    ]


def say_changes(parts: Iterable[Relaxation]) -> list[str]:
    """What relaxations give way in together, a sentence each; what differs by the day alone shares one.

    The sentence of a day counts in what holds on every day.
    """
    flat = sum_up(parts)
    daily = {(part.kind, part.subject): part.amount for part in flat if part.day is None and part.kind not in WHOLE}
    groups: dict[tuple[str, float, str | None, bool], list[str]] = {}
    for part in flat:
        groups.setdefault((part.kind, part.amount, part.subject, part.day is None), []).append(part.day or "")
    return [
        _sentence(kind, amount, subject, EVERY_DAY)
        if always
        else _sentence(kind, amount + daily.get((kind, subject), 0.0), subject, say_days(dates))
        for (kind, amount, subject, always), dates in groups.items()
    ]


def combine(parts: list[Relaxation]) -> Relaxation:
    """Several relaxations that are needed together. Those of one kind about the same thing become one, as large as
    they are together: that is what holds, so that is what is told."""
    flat = sum_up(parts)
    if len(flat) == 1:
        return flat[0]
    cost = round(sum(part.cost for part in flat), 4)
    return Relaxation("combined", 1.0, "set", None, " ".join(say_changes(flat)), cost, None, tuple(flat))


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
    amounts = {date or "": value * ROOM * _unit(kind, days[date or ""]) for date, value in used.items()}
    if len(used) > 1 and len(used) == len(days):
        return [make_relaxation(kind, max(amounts.values()), cost=cost)]
    return [
        combine(
            [
                make_relaxation(kind, amount, cost=weight * used[date], day=date)
                for date, amount in sorted(amounts.items())
            ]
        )
    ]


def _unit(kind: str, day: DayNeed) -> float:
    """What a relative slack of one means in the relaxation's unit."""
    return {"protein": day.protein_g, "prep": max(day.prep_minutes or 0.0, 1.0)}.get(kind, 100.0)


def small_steps(problem: Problem) -> list[Relaxation]:
    """First steps to try when the linear program sees no obstacle but the search found no plan."""
    steps = [make_relaxation("repeats", 1, cost=1.0), make_relaxation("carbs", 6.0, cost=2.0)]
    steps.append(make_relaxation("slot_window", 50.0, cost=2.5))
    if problem.rules.weekly_min:
        steps += [make_relaxation("weekly_min", 1, cost=1.0, subject=tag) for tag in sorted(problem.rules.weekly_min)]
    if any(day.prep_minutes is not None for day in problem.days):
        steps.append(make_relaxation("prep", 15.0, cost=1.5))
    if problem.budget_milli is not None:
        steps.append(make_relaxation("budget", 0.1 * problem.budget_milli, cost=3.0))
    steps.append(make_relaxation("energy", 3.0, cost=4.0))
    return steps


def large_steps(problem: Problem) -> list[Relaxation]:
    """What is tried when no small step brings a plan."""
    freer = combine([make_relaxation("repeats", 2, cost=2.0), make_relaxation("slot_window", 100.0, cost=4.0)])
    return [freer, make_relaxation("carbs", 12.0, cost=5.0), make_relaxation("energy", 5.0, cost=8.0)]


def window_relaxations(problem: Problem) -> list[Relaxation]:
    """For meals that nothing fits: more preparation time, a wider window, or no caps, whichever lets dishes in.

    Each offer mends every such meal at once, with its own kind where that helps and with another one where it does not.
    """
    columns = build_columns(problem)
    ways: dict[str, dict[str, Relaxation]] = {}
    short = short_groups(columns)
    for slot in sorted({group.slot for group in short}):
        groups = [group for group in short if group.slot == slot]
        ways[slot] = _ways(problem, slot, [(columns.days[group.day], group.needs) for group in groups])
    if not ways or not all(ways.values()):
        return []
    offers: list[Relaxation] = []
    for kind in ("prep", "slot_window", "slot_caps"):
        if any(kind in way for way in ways.values()):
            parts = [way.get(kind) or min(way.values(), key=lambda offer: offer.cost) for way in ways.values()]
            offer = combine(_widest(parts))
            if offer not in offers:
                offers.append(offer)
    return offers


def _widest(parts: list[Relaxation]) -> list[Relaxation]:
    """More time in the kitchen is asked for once, as much as the slowest meal needs."""
    prep = [part for part in parts if part.kind == "prep"]
    others = [part for part in parts if part.kind != "prep"]
    if len(prep) < 2:
        return parts
    same = {part.day for part in prep}
    day = same.pop() if len(same) == 1 else None
    return [*others, make_relaxation("prep", max(part.amount for part in prep), cost=prep[0].cost, day=day)]


def _ways(problem: Problem, slot: str, wanting: list[tuple[DayNeed, tuple[SlotNeed, ...]]]) -> dict[str, Relaxation]:
    """By kind, what lets enough dishes into every one of these meals of one slot."""
    day = wanting[0][0].date if len(wanting) == 1 else None
    dishes = [dish for dish in problem.dishes if slot in dish.slots]
    widths, minutes, uncapped = [], [], []
    for target, needs in wanting:
        need, count = needs[0], len(needs)
        limit = math.inf if target.prep_minutes is None else target.prep_minutes
        quick = [dish for dish in dishes if dish.prep_minutes <= limit]
        widths.append(
            _nth([next((step for step in _steps(need) if _fits(dish, _widen(need, step, slot))), math.inf)
                  for dish in quick], count)
        )  # fmt: skip
        minutes.append(_nth([max(0.0, dish.prep_minutes - limit) for dish in dishes if _fits(dish, need)], count))
        free = _uncap(need, slot)
        uncapped.append(free != need and sum(_fits(dish, free) for dish in quick) >= count)
    found = {}
    if 0 < max(minutes) < math.inf:
        found["prep"] = make_relaxation("prep", max(minutes), cost=1.5, day=day)
    if 0 < max(widths) < math.inf:
        found["slot_window"] = make_relaxation("slot_window", max(widths), cost=2.0, day=day, subject=slot)
    if all(uncapped):
        found["slot_caps"] = make_relaxation("slot_caps", 1, cost=1.0, day=day, subject=slot)
    return found


def _nth(values: list[float], count: int) -> float:
    return sorted(values)[count - 1] if len(values) >= count else math.inf


def _steps(need: SlotNeed) -> list[float]:
    unit = 5.0 if need.carbs_lo is not None else 25.0
    return [unit * number for number in range(0, 17)]


def _fits(dish: Dish, need: SlotNeed) -> bool:
    low, high = quarters_range(dish, need)
    return low <= high
