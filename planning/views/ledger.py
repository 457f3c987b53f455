"""The ledger of a day: every target with the steps that lead to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from nutrition_site.kernel.sentences import in_english
from planning.phrases import tell
from planning.services.stored import bounds_of
from planning.views.reading import DayFood
from planning.wording import DAY_CLASSES, input_name, source_in_words, step_name, unit_name

# Target: its name, unit, key of the legend, the decimals or tens it is shown with, and the steps that belong to it.
ENTRIES: tuple[tuple[str, str, str, str, tuple[str, ...]], ...] = (
    (
        "energy_kcal",
        "kcal",
        "",
        "tens",
        (
            "rmr",
            "base_kcal",
            "*gross_kcal",
            "*net_kcal",
            "exercise_net_kcal",
            "offset_kcal",
            "tdee_kcal",
            "energy_kcal",
        ),
    ),
    ("carbs_g", "g", "carb", "whole", ("*tss", "tss", "day_class", "carbs_g")),
    ("protein_g", "g", "protein", "whole", ("protein_g",)),
    ("fat_g", "g", "fat", "whole", ("fat_g", "fat_pct")),
    ("fiber_g", "g", "", "whole", ("fiber_g",)),
    ("fluid_ml", "l", "fluid", "liters", ("fluid_ml",)),
    ("sodium_mg", "mg", "fluid", "tens", ("sodium_mg",)),
    (
        "energy_availability",
        "kcal/kg",
        "",
        "whole",
        ("ffm_kg", "energy_availability_at_balance", "energy_availability"),
    ),
)

# What dishes and foods state; fluid and energy availability are more than the sum of what was eaten.
COUNTED = frozenset({"energy_kcal", "carbs_g", "protein_g", "fat_g", "fiber_g", "sodium_mg"})

# What is checked as a range, and what the number above it is then.
RANGED = {
    "fiber_g": gettext_noop("the number above is what to aim for"),
    "sodium_mg": gettext_noop("the number above is what you lose and need at least, not a limit"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One numbered line of a trace. `value` is a number, or a word such as `high`."""

    name: str
    words: str
    formula: str
    inputs: tuple[tuple[str, Any, str], ...]
    value: Any
    unit: str
    source: str

    @property
    def is_number(self) -> bool:
        return isinstance(self.value, int | float) and not isinstance(self.value, bool)


@dataclass(frozen=True, slots=True)
class Entry:
    """One target of the day. `planned` is what the plan gives, None where nothing is planned or it is not counted.

    `eaten` is what was eaten so far, with what was logged besides the plan: None where nothing was, or where it is not
    counted; `at_least` tells that something of it is unknown.
    `checked` says in words which range the plan was checked against; empty for what is held to the target itself.
    """

    name: str
    key: str
    value: float | None
    unit: str
    shown: str
    planned: float | None
    eaten: float | None
    at_least: bool
    steps: tuple[Step, ...]
    sources: tuple[str, ...]
    checked: str = ""


def ledger_of(food: DayFood) -> list[Entry]:
    """Every target of a day, each with its own steps; the last step is the target itself."""
    payload = food.target.payload
    trace = payload["trace"]
    planned = food.planned if food.meals else {}
    totals = (food.document or {}).get("totals", {}) if food.meals else {}
    has_eaten = bool(food.logged or food.eaten_count)
    entries = []
    for name, unit, key, shown, wanted in ENTRIES:
        eaten, complete = food.eaten_amount(name) if name in COUNTED and has_eaten else (None, True)
        steps = [_step(row) for pattern in wanted for row in trace if _belongs(row["name"], pattern)]
        entries.append(
            Entry(
                name=tell(step_name(name)),
                key=key,
                value=payload.get(name),
                unit=unit,
                shown=shown,
                planned=planned.get(name, totals.get(name)),
                eaten=eaten,
                at_least=not complete,
                steps=tuple(steps),
                sources=tuple(dict.fromkeys(step.source for step in steps)),
                checked=_checked(food, name, unit) if name in RANGED else "",
            )
        )
    return entries


def _checked(food: DayFood, name: str, unit: str) -> str:
    """The range that the stored certificate holds a nutrient of this day to, and whether it was given way in."""
    if food.plan is None or food.plan.current is None or not food.meals:
        return ""
    day, revision = food.date.isoformat(), food.plan.current
    row = bounds_of(revision).get((name, day))
    if row is None or (row["low"] is None and row["high"] is None):
        return ""
    low, high = row["low"], row["high"]
    if low is None:
        words = _("The plan is checked to stay below %(high)s %(unit)s; %(then)s.")
    elif high is None:
        words = _("The plan is checked to reach %(low)s %(unit)s; %(then)s.")
    else:
        words = _("The plan is checked to lie between %(low)s and %(high)s %(unit)s; %(then)s.")
    words %= {"low": _whole(low), "high": _whole(high), "unit": unit, "then": _(RANGED[name])}
    kind = name.partition("_")[0]
    waived = [[kind, day], (kind, day)]
    if not row["ok"] and any(pair in waived for pair in revision.certificate.get("waived", [])):
        words += " " + _("This day gave way in it, so that everything else fits.")
    return words


def _whole(amount: float | None) -> str:
    return "" if amount is None else number_format(f"{amount:.0f}", use_l10n=True, force_grouping=True)


def _belongs(name: str, pattern: str) -> bool:
    """`*tss` stands for the step of every session."""
    if pattern.startswith("*"):
        return name.startswith("sessions[") and name.endswith("." + pattern[1:])
    return name == pattern


def _value(row: dict[str, Any]) -> Any:
    """A number, or a word: the name of the day as other languages have it."""
    value = row["value"]
    if not isinstance(value, str):
        return value
    if in_english():
        return value.replace("_", " ")
    return _(DAY_CLASSES[value]) if value in DAY_CLASSES else ", ".join(tell(part) for part in value.split(", "))


def _step(row: dict[str, Any]) -> Step:
    inputs = []
    for key, value in row["inputs"].items():
        if value is None or value == "":
            continue
        words, unit = input_name(key)
        inputs.append((tell(words), tell(value) if isinstance(value, str) else value, tell(unit)))
    return Step(
        name=tell(row["words"] if row["name"].startswith("sessions[") else step_name(row["name"])),
        words=tell(row["words"]),
        formula=tell(row["formula"]),
        inputs=tuple(inputs),
        value=_value(row),
        unit=unit_name(row["unit"]),
        source=source_in_words(row["source"]),
    )
