"""Constants that dietitians change or agree to: what a change may be, what it would do, and how it comes into force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.formats import date_format

from nutrition_site.kernel.errors import NotFound
from planning.science.constants import CONSTANTS, Revision, Table, table_of
from planning.science.constants_limits import is_editable, may_sign, problems_of, why_fixed
from planning.science.constants_rows import Value
from planning.science.constants_values import as_json, in_words, value_of
from planning.services.constant_changes import FIELD, KIND, ConstantChange, applied_changes, changes_of, read_change
from planning.services.constants_in_force import follow_constants, leave_spreading, revision_of
from planning.services.curation_kinds import Kind, Panel, Weight
from planning.services.reference_athletes import Effect, can_calculate, try_table

PANEL = "admin/constant_effects.html"


@dataclass(frozen=True, slots=True)
class Version:
    """One change of a constant, for people: its values in words."""

    change: ConstantChange
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Review:
    """The newest decision about a constant. `is_agreed` while the value in force is the one that was decided on."""

    change: ConstantChange
    is_agreed: bool

    @property
    def in_words(self) -> str:
        change = self.change
        day = "" if change.decided_at is None else f" on {date_format(change.decided_at, 'j F Y')}"
        who = " and ".join(name for name in (change.proposed_by, change.decided_by) if name)
        return f"{'Signed off' if change.is_sign_off else f'Version {change.version},'} by {who}{day}"


def stored_table() -> Table:
    """The table that the applied changes come to, whatever this process reads at the moment."""
    return table_of(revision_of(applied_changes())[0])


def history_of(name: str) -> list[Version]:
    """What was proposed for a constant and became of it, the newest first."""
    return [Version(change, _told(change.before), _told(change.after)) for change in changes_of(name)]


def review_of(table: Table) -> dict[str, Review]:
    """By name the newest decision about every constant that there is one about; `table` is the one in force."""
    return {
        change.name: Review(change, as_json(table.rows[change.name].value) == change.after)
        for change in applied_changes()
        if change.name in table.rows
    }


def check_value(name: str, value: Value) -> str:
    """Why a value may not be proposed for a constant; empty where it may."""
    return _check(name, _read_current(name), {FIELD: as_json(value)}).get(FIELD, "")


def panel_of(effects: Sequence[Effect]) -> dict[str, Any]:
    """What differs, by athlete, as `admin/constant_effects.html` shows it.

    Where the energy of a day moves, its meals move with it: that is not told once more.
    """
    moved = [effect for effect in effects if effect.is_moved]
    energy = {(one.athlete, one.day) for one in moved if one.measure == "energy"}
    shown = [one for one in moved if one.measure != "meals" or (one.athlete, one.day) not in energy]
    names = dict.fromkeys(one.athlete for one in effects)
    rows = [(name, [one for one in shown if one.athlete == name]) for name in names]
    return {
        "athletes": [(name, found) for name, found in rows if found],
        "untouched": [name for name, found in rows if not found],
    }


def effects_of(name: str, value: Value) -> list[Effect]:
    """What the reference athletes would be told under this value, beside what they are told now. Stores nothing."""
    present = stored_table()
    values = dict(present.revision.values) if present.revision else {}
    return try_table(before=present, after=_tried(values, {name: value}, present.revision))


def _tried(values: Mapping[str, Value], tried: Mapping[str, Value], revision: Revision | None) -> Table:
    """A table that is stored nowhere; its number only names the trial."""
    return table_of(Revision((revision.number if revision else 0) + 1, {**values, **tried}))


def _read_current(key: str) -> dict[str, Any]:
    row = stored_table().rows.get(key)
    if row is None:
        raise NotFound
    return {FIELD: as_json(row.value)}


def _check(key: str, current: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, str]:
    if FIELD not in after:
        return {}
    if after[FIELD] == current[FIELD]:
        return {} if may_sign(key) else {FIELD: why_fixed(key)}
    if not is_editable(key):
        return {FIELD: why_fixed(key)}
    try:
        value = value_of(after[FIELD])
    except ValueError:
        return {FIELD: "This is not a value of a constant."}
    revision = stored_table().revision
    values = dict(revision.values) if revision else {}
    problems = problems_of(key, value, values)
    if problems:
        return {FIELD: " ".join(problems)}
    if not can_calculate(_tried(values, {key: value}, revision)):
        return {FIELD: "With this value the reference athletes could not be calculated any more."}
    return {}


def _apply(row: Any) -> None:
    change = read_change(row)
    if change.is_sign_off or change.version is None:
        return
    transaction.on_commit(partial(follow_constants, at_once=True), robust=True)
    leave_spreading(change.version)


def _told(stored: Any) -> str:
    try:
        return in_words(value_of(stored))
    except ValueError:
        return ""


def _touches(row: Any) -> list[str]:
    if read_change(row).is_sign_off:
        return ["Nothing: the value stays as it is, and is marked as agreed to."]
    return [
        "Every target that is calculated from then on, in every process within seconds.",
        "Plans that are not over: those whose days ask for something else are told out of date and follow.",
        "No meal of a day that is past: it stays as it was planned, with the numbers it was planned for.",
    ]


def _panel(row: Any) -> Panel | None:
    """What the reference athletes would be told under a change that waits; None where it may not hold any more."""
    change = read_change(row)
    if change.is_sign_off or _check(change.name, {FIELD: change.before}, {FIELD: change.after}):
        return None
    return Panel(PANEL, panel_of(effects_of(change.name, value_of(change.after))))


CONSTANT = Kind(
    name=KIND,
    read_current=_read_current,
    title=lambda key: f"{key} ({CONSTANTS[key].unit})" if key in CONSTANTS else key,
    check=_check,
    weigh=lambda field, before, after: Weight.SECOND,
    needs_source=lambda field: True,
    apply=_apply,
    label=lambda field: "Value",
    in_words=lambda field, value: _told(value),
    touches=_touches,
    page=lambda key: reverse("admin:constant", args=[key]),
    panel=_panel,
    signs_off=True,
)
