"""What was proposed, agreed to and declined about constants, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max

from planning.models import CurationChange

FIELD = "value"
KIND = CurationChange.Kind.CONSTANT.value


@dataclass(frozen=True, slots=True)
class ConstantChange:
    """One change of the constant `name`, values as JSON keeps them. Equal values are an agreement to what is.

    `version` counts what was applied, None for the rest; `state` is waiting, applied, declined or withdrawn.
    """

    id: str
    name: str
    before: Any
    after: Any
    reason: str
    source: str
    state: str
    version: int | None
    proposed_by: str
    proposed_at: datetime
    decided_by: str
    decided_at: datetime | None

    @property
    def is_sign_off(self) -> bool:
        return bool(self.before == self.after)


def read_change(row: CurationChange) -> ConstantChange:
    """A row of the queue as plain values."""
    stated = row.changes.get(FIELD, {})
    return ConstantChange(
        id=row.pk,
        name=row.key,
        before=stated.get("before"),
        after=stated.get("after"),
        reason=row.reason,
        source=row.source,
        state=row.state,
        version=row.version,
        proposed_by=row.proposed_by_name,
        proposed_at=row.proposed_at,
        decided_by=row.decided_by_name,
        decided_at=row.decided_at,
    )


def applied_changes() -> list[ConstantChange]:
    """What was applied, oldest first."""
    rows = CurationChange.objects.filter(kind=KIND, state=CurationChange.State.APPLIED)
    return [read_change(row) for row in rows.order_by("version")]


def newest_version() -> int | None:
    """The version of the newest applied change; None where there is none."""
    rows = CurationChange.objects.filter(kind=KIND, state=CurationChange.State.APPLIED)
    newest: int | None = rows.aggregate(newest=Max("version"))["newest"]
    return newest


def waiting_changes() -> dict[str, ConstantChange]:
    """By name the change of a constant that waits for its decision."""
    rows = CurationChange.objects.filter(kind=KIND, state=CurationChange.State.WAITING)
    return {row.key: read_change(row) for row in rows}


def changes_of(name: str) -> list[ConstantChange]:
    """Everything that was proposed for a constant, the newest first."""
    rows = CurationChange.objects.filter(kind=KIND, key=name)
    return [read_change(row) for row in rows.order_by("-proposed_at", "-id")]
