"""What the checker is given and what it answers; nothing here is shared with the search."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Range = tuple[float | None, float | None]
Place = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class CheckFood:
    """Nutrients per 100 g; `allergens` maps each known allergen id to contains, may_contain, free or unknown."""

    id: str
    energy_kcal: float | None
    protein_g: float | None
    carbs_g: float | None
    fat_g: float | None
    fiber_g: float | None
    sodium_mg: float | None
    allergens: Mapping[str, str] = field(default_factory=dict)
    tags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class CheckRecipe:
    """`ingredients` are (food id, grams per serving). A leftover needs `batchable` and at most `keeps_days` days.

    Servings are multiples of `step_quarters` quarters. Costs in milli per serving.
    """

    id: str
    slots: frozenset[str]
    ingredients: tuple[tuple[str, float], ...]
    family: str
    min_quarters: int = 2
    max_quarters: int = 10
    step_quarters: int = 1
    prep_minutes: int = 0
    batchable: bool = False
    keeps_days: int = 2
    cost_milli_per_serving: float | None = None


@dataclass(frozen=True, slots=True)
class CheckSlot:
    """One meal that must be there exactly once, with its window in kcal or grams of carbohydrate.

    `fiber_hi_g` and `fat_hi_g` bound a meal shortly before a session; an unknown amount breaks the bound.
    """

    slot: str
    index: int
    time: str = ""
    energy_kcal: tuple[float, float] | None = None
    carbs_g: tuple[float, float] | None = None
    fiber_hi_g: float | None = None
    fat_hi_g: float | None = None


@dataclass(frozen=True, slots=True)
class CheckBefore:
    """Carbohydrate (g) that the meals from minute `opens` of the day until the session at `starts` should hold.

    Food during another session is no meal. What they hold is measured; a plan is refused for nothing of it.
    """

    opens: int
    starts: int
    carbs_g: tuple[float, float]


@dataclass(frozen=True, slots=True)
class CheckDay:
    """Targets of one day. `fiber_g` and `sodium_mg` are (low, high), None for no limit.

    On a `batch` day the dinner may be cooked for several later meals. `fat_most_g`: grams of fat at most. `before`:
    what its sessions want beforehand.
    """

    date: str
    energy_kcal: float
    carbs_g: float
    protein_g: float
    slots: tuple[CheckSlot, ...]
    fat_floor_fraction: float = 0.20
    fiber_g: Range = (None, None)
    sodium_mg: Range = (None, None)
    prep_minutes: float | None = None
    batch: bool = False
    energy_tolerance: float = 0.05
    carbs_tolerance: float = 0.07
    protein_cap_factor: float = 1.7
    fat_most_g: float | None = None
    before: tuple[CheckBefore, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One planned meal. `leftover_of` is the (date, slot, index) it was cooked at."""

    date: str
    slot: str
    index: int
    recipe_id: str
    servings: float
    leftover_of: Place | None = None


@dataclass(frozen=True, slots=True)
class CheckLock:
    """A meal that must be in the plan as it is, whatever its slot's window. Reason `eaten` costs no preparation."""

    date: str
    slot: str
    index: int
    recipe_id: str
    servings: float
    reason: str = "locked"


@dataclass(frozen=True, slots=True)
class Filters:
    """What this athlete must not get. `rejects_food` is an extra diet test: True refuses the food."""

    allergies: frozenset[str] = frozenset()
    excluded_food_ids: frozenset[str] = frozenset()
    excluded_tags: frozenset[str] = frozenset()
    rejects_food: Callable[[CheckFood], bool] | None = None


@dataclass(frozen=True, slots=True)
class WeekRules:
    """Counts hold per seven days from the first day, for tags of dishes (see `TAG_PROTEIN_G`).

    `waived` are (kind, date): fiber, sodium, protein_cap.
    """

    max_repeats_per_week: int = 2
    weekly_max: Mapping[str, int] = field(default_factory=dict)
    weekly_min: Mapping[str, int] = field(default_factory=dict)
    adjacent_dinner: bool = True
    budget_milli: float | None = None
    waived: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Row:
    """One measured requirement. slack: distance to the nearer bound, negative when broken; None without bounds."""

    name: str
    day: str | None
    value: float
    low: float | None
    high: float | None
    slack: float | None
    ok: bool
    coverage: float = 1.0


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken rule: a code for machines, a sentence for people."""

    code: str
    date: str | None
    slot: str | None
    message: str


@dataclass(frozen=True, slots=True)
class Certificate:
    """The result. `ok` is True only when there is no violation."""

    ok: bool
    rows: tuple[Row, ...]
    violations: tuple[Violation, ...]
