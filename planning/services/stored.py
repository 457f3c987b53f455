"""What a stored revision asked for, day by day: its targets with the limits that its certificate measured against."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from planning.before import BEFORE_MINUTES
from planning.models import PlanItem, PlanRevision
from planning.optimizer.types import BeforeNeed, DayNeed, SlotNeed
from planning.wording import BEFORE_ROW

Bounds = Mapping[tuple[str, str | None], Mapping[str, Any]]
# Where the stored certificate left the protein cap open, nothing that people eat reaches this.
NO_CAP_FACTOR = 99.0


def bounds_of(revision: PlanRevision) -> Bounds:
    """The rows of the stored certificate by (name, ISO date or None)."""
    return {(row["name"], row["day"]): row for row in revision.certificate.get("rows", [])}


def left_out_places(revision: PlanRevision) -> set[tuple[str, str, int]]:
    """Meals of a revision that it does not count, because they were skipped when it was made."""
    return {(day, slot, int(index)) for day, slot, index in revision.certificate.get("left_out", [])}


def place_of(item: PlanItem) -> tuple[str, str, int]:
    """Where a stored meal sits: (ISO date, slot, index)."""
    return (item.date.isoformat(), item.slot, item.index)


def source_of(item: PlanItem) -> tuple[str, str, int] | None:
    """The dinner that a stored leftover was cooked at; None for what is cooked freshly."""
    return None if not item.leftover_of else (item.leftover_of[0], item.leftover_of[1], int(item.leftover_of[2]))


def batch_days(revision: PlanRevision) -> set[str]:
    """The days of a revision (ISO) on which dinner was cooked ahead for later meals."""
    weekdays = (revision.certificate.get("wishes") or {}).get("batch_weekdays", [])
    dates = [day["date"] for day in revision.days]
    return {day for day in dates if date.fromisoformat(day).weekday() in weekdays}


def stored_need(
    document: Mapping[str, Any], rows: Sequence[PlanItem], bounds: Bounds, *, batch: bool = False
) -> DayNeed:
    """One stored day as it was asked for. The windows of single meals are not stored and are not asked for again."""
    day, target = document["date"], document["target"]

    def bound(name: str, end: str) -> float | None:
        value = bounds.get((name, day), {}).get(end)
        return None if value is None else float(value)

    protein = bound("protein_g", "low") or target["protein_g"]
    cap = bound("protein_g", "high")
    return DayNeed(
        date=day,
        energy_kcal=target["energy_kcal"],
        carbs_g=target["carbs_g"],
        protein_g=protein,
        slots=tuple(SlotNeed(row.slot, row.index, row.time) for row in rows if row.date.isoformat() == day),
        fat_floor_fraction=_fat_share(bounds, day, loading=target["loading"]),
        fiber_lo=bound("fiber_g", "low"),
        fiber_hi=bound("fiber_g", "high"),
        sodium_lo=bound("sodium_mg", "low"),
        sodium_hi=bound("sodium_mg", "high"),
        prep_minutes=bound("prep_minutes", "high"),
        batch=batch,
        energy_tolerance=_tolerance(bound("energy_kcal", "low"), target["energy_kcal"], 0.05),
        carbs_tolerance=_tolerance(bound("carbs_g", "low"), target["carbs_g"], 0.07),
        protein_cap_factor=NO_CAP_FACTOR if cap is None else max(cap / protein, 1.0),
        fat_most_g=bound("fat_g", "high"),
        before=tuple(
            _before(name, row) for (name, of), row in bounds.items() if of == day and name.startswith(BEFORE_ROW)
        ),
    )


def _before(name: str, row: Mapping[str, Any]) -> BeforeNeed:
    clock = name.removeprefix(BEFORE_ROW)
    start = int(clock[:2]) * 60 + int(clock[2:])
    return BeforeNeed(max(start - BEFORE_MINUTES, 0), start, float(row["low"]), float(row["high"]))


def _tolerance(low: float | None, target: float, usual: float) -> float:
    """How far from its target the stored certificate let a day be; a ten-thousandth is the grain of it."""
    return usual if low is None else round(1 - low / target, 4)


def _fat_share(bounds: Bounds, day: str, *, loading: bool) -> float:
    """The least share of energy from fat that the stored certificate measured against, to a tenth of a percent."""
    fat, energy = bounds.get(("fat_g", day)), bounds.get(("energy_kcal", day))
    if not fat or not energy or not energy["value"] or fat["low"] is None:
        return 0.15 if loading else 0.20
    return round(9 * float(fat["low"]) / float(energy["value"]), 3)
