"""What a coach's limits do to the targets of a day: they narrow protein, carbohydrate and fat, never the energy.

The energy of a day stays, and a deficit never grows: where least amounts do not fit, energy is raised or the deficit
cut, as for the athlete's own amounts. A most never goes below what the day's own ranges need, a least never above what
they allow, and loading before a race keeps its carbohydrate. Pure: no framework, no clock, no I/O.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from planning.optimizer.types import DayNeed
from planning.science.closure import fat_floor_g
from planning.science.constants import bounds, number
from planning.science.types import DayTargets

BOUND = "COACH_BOUND"
GIVES_WAY = "COACH_BOUND_GIVES_WAY"
SOURCE = "Set by your coach"
# A most leaves the dishes of a day this much room above the target [engineering choice].
PROTEIN_ROOM, FAT_ROOM = 1.15, 1.12
# Never a band of carbohydrate so narrow that no set of dishes meets it [engineering choice].
LEAST_TOLERANCE = 0.025
# Fluid goes neither far above what the day asks for nor below its baseline [engineering choice].
FLUID_MOST_FACTOR = 1.5
_TOLERANCE_G = 1e-6

Band = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Span:
    """Grams (milliliters of fluid) a day that a coach asks for; None where there is no such end."""

    least: float | None = None
    most: float | None = None

    def __bool__(self) -> bool:
        return self.least is not None or self.most is not None

    def holds(self, amount: float) -> bool:
        """Whether an amount lies within, to a milligram."""
        return (self.least is None or amount >= self.least - _TOLERANCE_G) and (
            self.most is None or amount <= self.most + _TOLERANCE_G
        )

    def meet(self, other: Span) -> Span:
        """Both at once. Where they contradict each other, the least holds: rather eat more."""
        leasts = [one for one in (self.least, other.least) if one is not None]
        mosts = [one for one in (self.most, other.most) if one is not None]
        least, most = max(leasts, default=None), min(mosts, default=None)
        return Span(least, most if most is None or least is None or most >= least else least)


@dataclass(frozen=True, slots=True)
class DayBounds:
    """The limits that hold on one day."""

    protein_g: Span = Span()
    carbs_g: Span = Span()
    fat_g: Span = Span()
    fluid_ml: Span = Span()

    def __bool__(self) -> bool:
        return any((self.protein_g, self.carbs_g, self.fat_g, self.fluid_ml))

    @property
    def of_food(self) -> bool:
        """Whether any of them is about what is eaten."""
        return any((self.protein_g, self.carbs_g, self.fat_g))

    def amounts(self) -> dict[str, float]:
        """The limits by name, with the unit in it: what the trace of a day tells."""
        found: dict[str, float] = {}
        for name, unit in (("protein", "g"), ("carbs", "g"), ("fat", "g"), ("fluid", "ml")):
            span: Span = getattr(self, f"{name}_{unit}")
            if span.least is not None:
                found[f"{name}_least_{unit}"] = span.least
            if span.most is not None:
                found[f"{name}_most_{unit}"] = span.most
        return found


NO_BOUNDS = DayBounds()


def narrow_protein(band: Band, span: Span, *, targets: DayTargets, weight_kg: float) -> Band:
    """The band (low, point, high) in grams within what the coach asks for, as far as that is safe."""
    low, point, high = band
    if span.least is not None:
        low = max(low, min(span.least, number("protein.cap_per_kg") * weight_kg))
    if span.most is not None:
        top = max(span.most / PROTEIN_ROOM, targets.protein_low_g, low)
        point, high = min(point, top), min(high, top)
    point = max(point, low)
    return low, point, max(high, point)


def narrow_carbs(band: Band, span: Span, *, targets: DayTargets, weight_kg: float) -> Band:
    """The same for carbohydrate. A day of food may miss its target by a share, so the target stays that far inside."""
    low, point, high = band
    if targets.loading:
        return band
    share = number("day.carbs_tolerance")
    bottom, top = 0.0, float("inf")
    if span.least is not None:
        bottom = min(span.least, bounds("carbs.limits")[1] * weight_kg) / (1 - share)
    if span.most is not None:
        top = max(span.most / (1 + share), targets.carbs_low_g)
    if bottom > top:
        # Both ends nearer to each other than a day's tolerance: the middle, rather more than less.
        bottom = top = max(((span.least or 0.0) + (span.most or 0.0)) / 2, targets.carbs_low_g)
    low = min(max(low, bottom), top)
    point = min(max(point, bottom), top)
    return low, point, max(point, min(high, top))


def least_fat_g(span: Span, *, energy_kcal: float) -> float:
    """Grams of fat that a day holds at least by the coach's wish, at most the usual share of its energy."""
    most = number("fat.high_share") * energy_kcal / number("atwater.fat")
    return 0.0 if span.least is None else min(span.least, most)


def most_fat_g(span: Span, *, energy_kcal: float, weight_kg: float, loading: bool) -> float | None:
    """Grams of fat that the target of a day holds at most; never below the floor of fat. None for no limit."""
    if span.most is None:
        return None
    floor = fat_floor_g(energy_kcal=energy_kcal, weight_kg=weight_kg, loading=loading)
    return max(span.most / FAT_ROOM, floor)


def is_met(targets: DayTargets, wanted: DayBounds) -> bool:
    """Whether a day's targets keep to the limits, with the room that dishes need."""
    share = number("day.carbs_tolerance")
    carbs = Span(
        None if wanted.carbs_g.least is None else wanted.carbs_g.least / (1 - share),
        None if wanted.carbs_g.most is None else wanted.carbs_g.most / (1 + share),
    )
    protein = replace(
        wanted.protein_g, most=None if wanted.protein_g.most is None else wanted.protein_g.most / PROTEIN_ROOM
    )
    fat = replace(wanted.fat_g, most=None if wanted.fat_g.most is None else wanted.fat_g.most / FAT_ROOM)
    return protein.holds(targets.protein_g) and carbs.holds(targets.carbs_g) and fat.holds(targets.fat_g)


def gives_way(targets: DayTargets, wanted: DayBounds) -> bool:
    """Whether a limit had to give way: to the energy of the day, to safe ranges, or to loading."""
    kept = (
        wanted.protein_g.holds(targets.protein_g),
        wanted.carbs_g.holds(targets.carbs_g),
        wanted.fat_g.holds(targets.fat_g),
    )
    return not all(kept)


def bound_fluid_ml(targets: DayTargets, span: Span) -> float:
    """The day's water within the limits, not far above what it asks for and not below its baseline."""
    amount = targets.fluid_ml
    if span.least is not None:
        amount = max(amount, min(span.least, FLUID_MOST_FACTOR * targets.fluid_ml))
    if span.most is not None:
        amount = min(amount, max(span.most, targets.fluid.baseline_ml))
    return amount


def bound_need(need: DayNeed, wanted: DayBounds, *, fat_g: float) -> DayNeed:
    """The limits in the requirement that is solved and certified; `fat_g` is the day's target.

    What gave way in the target gives way here as well, so that no plan is refused for a limit that safety overrules.
    """
    if not wanted.of_food:
        return need
    share, cap, floor = need.carbs_tolerance, need.protein_cap_factor, need.fat_floor_fraction
    carbs = wanted.carbs_g
    if carbs.least is not None and carbs.least <= need.carbs_g:
        share = min(share, max(LEAST_TOLERANCE, 1 - carbs.least / need.carbs_g))
    if carbs.most is not None and carbs.most >= need.carbs_g:
        share = min(share, max(LEAST_TOLERANCE, carbs.most / need.carbs_g - 1))
    if wanted.protein_g.most is not None:
        cap = min(cap, max(wanted.protein_g.most / need.protein_g, PROTEIN_ROOM))
    if wanted.fat_g.least is not None:
        # The least energy that a day may have must still hold that fat.
        least = min(wanted.fat_g.least, fat_g)
        floor = max(floor, 9.0 * least / (need.energy_kcal * (1 - need.energy_tolerance)))
    most = None if wanted.fat_g.most is None else round(max(wanted.fat_g.most, FAT_ROOM * fat_g), 2)
    return replace(
        need,
        carbs_tolerance=round(share, 4),
        protein_cap_factor=cap,
        fat_floor_fraction=round(floor, 4),
        fat_most_g=most,
    )
