"""Vocabulary of the weekly plan solver: what goes in (`Problem`) and what comes out (`Solved`, `Infeasible`).

Everything here is frozen plain data, so a problem can be hashed, replayed and sent to another process.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date as calendar_date

ENGINE_VERSION = "3"
OBJECTIVE_VERSION = "3"

NUTRIENTS = ("energy_kcal", "protein_g", "carbs_g", "fat_g", "fiber_g", "sodium_mg")
SLOTS = ("breakfast", "lunch", "dinner", "snack", "pre", "during", "post")
FIXED_REASONS = ("eaten", "locked", "bought")
MAX_DAYS = 14

Place = tuple[str, str, int]
"""Where a meal sits: (ISO date, slot, index)."""


class ProblemError(ValueError):
    """The problem contradicts itself (unknown dish, twice the same slot, a target that is not positive)."""


@dataclass(frozen=True, slots=True)
class Dish:
    """One recipe that this athlete may eat. The caller has applied allergies, diets and dislikes already.

    `per_quarter` holds hundredths of each unit in `NUTRIENTS` for a quarter of a serving (12,500 = 125 kcal).
    Fiber and sodium may be None, unknown: they then add nothing to a day's sum, and `Solved.coverage` says which
    share of the day's energy comes from dishes whose amount is known. The other four must be known.
    `cost_milli` is thousandths of the currency unit for a quarter serving, None when no price is known. Servings go in
    steps of `step_quarters`, counted from zero. `stock_use` names hundredths of a gram, in a quarter serving, of each
    food that the problem has in stock.
    """

    key: str
    family: str
    name: str
    slots: frozenset[str]
    per_quarter: tuple[int | None, ...]
    min_quarters: int = 2
    max_quarters: int = 10
    step_quarters: int = 1
    prep_minutes: int = 0
    batchable: bool = False
    keeps_days: int = 2
    cost_milli: int | None = None
    preference: float = 0.5
    tags: frozenset[str] = frozenset()
    ingredient_ids: frozenset[str] = frozenset()
    stock_use: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class SlotNeed:
    """One meal to fill. A window is given in kcal, or in grams of carbohydrate (food taken during a session).

    `fiber_hi` and `fat_hi` (grams) bound a meal that is eaten shortly before a session.
    """

    slot: str
    index: int
    time: str
    energy_lo: float | None = None
    energy_hi: float | None = None
    carbs_lo: float | None = None
    carbs_hi: float | None = None
    fiber_hi: float | None = None
    fat_hi: float | None = None


@dataclass(frozen=True, slots=True)
class BeforeNeed:
    """Carbohydrate (g) wanted in the meals before one session: those from `from_minute` on until it starts.

    Both are minutes of the day. Neither end is a reason to refuse a plan: what is missed has a price and is told.
    """

    from_minute: int
    start_minute: int
    carbs_lo: float
    carbs_hi: float

    def counts(self, slot: str, time: str) -> bool:
        """Whether a meal of this slot at this time (HH:MM) is one of them; food during another session is not."""
        return slot != "during" and self.from_minute <= int(time[:2]) * 60 + int(time[3:5]) < self.start_minute


@dataclass(frozen=True, slots=True)
class DayNeed:
    """What one day asks for. None for a fiber, sodium or preparation limit means that there is none.

    On a `batch` day the dinner may be cooked for several later meals, as long as the dish keeps. `fat_most_g` is
    the most fat of the day in grams. `before` is what its sessions want beforehand, one entry a start.
    """

    date: str
    energy_kcal: float
    carbs_g: float
    protein_g: float
    slots: tuple[SlotNeed, ...]
    fat_floor_fraction: float = 0.20
    fiber_lo: float | None = None
    fiber_hi: float | None = None
    sodium_lo: float | None = None
    sodium_hi: float | None = None
    prep_minutes: float | None = None
    batch: bool = False
    energy_tolerance: float = 0.05
    carbs_tolerance: float = 0.07
    protein_cap_factor: float = 1.7
    fat_most_g: float | None = None
    before: tuple[BeforeNeed, ...] = ()


@dataclass(frozen=True, slots=True)
class Fixed:
    """A meal that stays exactly as it is. `leftover_of` names the dinner it was cooked at, if it is a leftover."""

    date: str
    slot: str
    index: int
    dish_key: str
    quarters: int
    reason: str = "locked"
    leftover_of: Place | None = None


@dataclass(frozen=True, slots=True)
class Previous:
    """A meal of the plan being replaced; keeping it is worth 0.6 of the objective."""

    date: str
    slot: str
    index: int
    dish_key: str
    quarters: int
    leftover_of: Place | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """Week rules. Counts are per block of seven days from the first day; `weekly_min` binds full blocks only."""

    max_repeats_per_week: int = 2
    weekly_max: dict[str, int] = field(default_factory=dict)
    weekly_min: dict[str, int] = field(default_factory=dict)
    adjacent_dinner: bool = True
    leftovers: bool = True


@dataclass(frozen=True, slots=True)
class Problem:
    """One to fourteen days to plan from `dishes`. `seed` None: derived from the hash of the inputs.

    `stock` is what is at home: (food id, hundredths of a gram); dishes that use it up are preferred.
    """

    days: tuple[DayNeed, ...]
    dishes: tuple[Dish, ...]
    fixed: tuple[Fixed, ...] = ()
    previous: tuple[Previous, ...] = ()
    rules: Rules = field(default_factory=Rules)
    budget_milli: int | None = None
    stock: tuple[tuple[str, int], ...] = ()
    seed: int | None = None
    iterations: int | None = None
    catalogue_version: str = ""
    objective_version: str = OBJECTIVE_VERSION


@dataclass(frozen=True, slots=True)
class Item:
    """One planned meal; servings are `quarters / 4`."""

    date: str
    slot: str
    index: int
    time: str
    dish_key: str
    quarters: int
    leftover_of: Place | None = None

    @property
    def place(self) -> Place:
        return (self.date, self.slot, self.index)


@dataclass(frozen=True, slots=True)
class Waiver:
    """A soft limit that the plan leaves on one day, with the sentence the athlete is shown."""

    kind: str
    date: str
    value: float
    low: float | None
    high: float | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """Share of a day's energy (0..1) that comes from dishes whose fiber and sodium are known; prices likewise."""

    date: str
    fiber: float
    sodium: float
    cost: float


@dataclass(frozen=True, slots=True)
class Solved:
    """A plan that meets every hard rule. `gap` is (objective - lp_bound) / objective; None without a bound."""

    items: tuple[Item, ...]
    objective: float
    lp_bound: float | None
    gap: float | None
    relaxed: tuple[Waiver, ...]
    truncated: bool
    iterations: int
    engine: dict[str, str | int]
    coverage: tuple[Coverage, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """Requirements that cannot hold together. `members` are (kind, ISO date or tag or None), `codes` their kinds.

    `verified` is True when the members were shown to be impossible together and possible with any one removed.
    """

    codes: tuple[str, ...]
    sentence: str
    members: tuple[tuple[str, str | None], ...]
    verified: bool = False


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A change that was tried and gives a plan. `amount` in `unit`; `day` None: on every day (or for the week).

    `subject` is the tag or slot that the kind speaks of. A `combined` one needs all its `parts` at once.
    `cost` ranks the offers: smaller is milder.
    """

    kind: str
    amount: float
    unit: str
    day: str | None
    sentence: str
    cost: float
    subject: str | None = None
    parts: tuple[Relaxation, ...] = ()


@dataclass(frozen=True, slots=True)
class Infeasible:
    """No plan. reason: `empty_slot` and `lp` are proofs; `not_found` only says that the search found nothing.

    `truncated` is True when the clock ended that search before its iterations did: more time may bring a plan.
    """

    conflicts: tuple[Conflict, ...]
    relaxations: tuple[Relaxation, ...]
    reason: str
    truncated: bool = False


def check_problem(problem: Problem) -> None:
    """Raise ProblemError for a problem that no caller can have meant."""
    if not 1 <= len(problem.days) <= MAX_DAYS:
        raise ProblemError(f"a plan covers 1 to {MAX_DAYS} days, not {len(problem.days)}")
    keys = {dish.key for dish in problem.dishes}
    if len(keys) != len(problem.dishes):
        raise ProblemError("two dishes share a key")
    for dish in problem.dishes:
        _check_dish(dish)
    places: set[Place] = set()
    for day in problem.days:
        _check_day(day)
        for need in day.slots:
            place = (day.date, need.slot, need.index)
            if place in places:
                raise ProblemError(f"slot {place} is asked for twice")
            places.add(place)
    if len({day.date for day in problem.days}) != len(problem.days):
        raise ProblemError("two days share a date")
    if any(amount < 0 for _, amount in problem.stock) or len(dict(problem.stock)) != len(problem.stock):
        raise ProblemError("the stock names a food twice or less than nothing of it")
    seen: set[Place] = set()
    for kept in problem.fixed:
        place = (kept.date, kept.slot, kept.index)
        if place not in places:
            raise ProblemError(f"fixed meal at {place}, where no slot is asked for")
        if place in seen:
            raise ProblemError(f"two fixed meals at {place}")
        seen.add(place)
        if kept.dish_key not in keys:
            raise ProblemError(f"fixed meal at {place} names unknown dish {kept.dish_key}")
        if kept.quarters < 1:
            raise ProblemError(f"fixed meal at {place} has no serving")


def _check_dish(dish: Dish) -> None:
    if len(dish.per_quarter) != len(NUTRIENTS):
        raise ProblemError(f"dish {dish.key} needs {len(NUTRIENTS)} nutrients")
    if any(amount is None for amount in dish.per_quarter[:4]):
        raise ProblemError(f"dish {dish.key} has an unknown energy, protein, carbohydrate or fat amount")
    if any(amount is not None and amount < 0 for amount in dish.per_quarter):
        raise ProblemError(f"dish {dish.key} has a negative amount")
    if not 1 <= dish.min_quarters <= dish.max_quarters:
        raise ProblemError(f"dish {dish.key} has an empty serving range")
    if dish.step_quarters < 1 or dish.keeps_days < 0:
        raise ProblemError(f"dish {dish.key} has no serving step or keeps a negative number of days")
    if any(amount < 0 for _, amount in dish.stock_use):
        raise ProblemError(f"dish {dish.key} uses a negative amount of stock")
    unknown = dish.slots - set(SLOTS)
    if unknown:
        raise ProblemError(f"dish {dish.key} names unknown slots {sorted(unknown)}")


def _check_day(day: DayNeed) -> None:
    try:
        calendar_date.fromisoformat(day.date)
    except ValueError:
        raise ProblemError(f"{day.date!r} is not an ISO date") from None
    if not day.slots:
        raise ProblemError(f"{day.date} has no slot to fill")
    if min(day.energy_kcal, day.carbs_g, day.protein_g) <= 0:
        raise ProblemError(f"{day.date} needs positive energy, carbohydrate and protein targets")
    if len({need.start_minute for need in day.before}) != len(day.before):
        raise ProblemError(f"{day.date} asks twice for the meals before one start")
    for before in day.before:
        if not 0 <= before.carbs_lo <= before.carbs_hi or before.from_minute >= before.start_minute:
            raise ProblemError(f"{day.date} asks for something impossible before {before.start_minute}")
    for need in day.slots:
        if need.slot not in SLOTS:
            raise ProblemError(f"unknown slot {need.slot!r} on {day.date}")
        if (need.energy_lo is None) != (need.energy_hi is None) or (need.carbs_lo is None) != (need.carbs_hi is None):
            raise ProblemError(f"{day.date} {need.slot}: a window needs both ends")
        if need.energy_lo is None and need.carbs_lo is None:
            raise ProblemError(f"{day.date} {need.slot}: no energy and no carbohydrate window")


def sort_key(place: Place) -> tuple[str, int, int]:
    """Order of meals in every output: date, slot in `SLOTS` order, index."""
    return (place[0], SLOTS.index(place[1]), place[2])
