"""What a device that was without a connection says about a list: changes of lines, read and checked for shape."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from nutrition_site.kernel.clock import now
from nutrition_site.kernel.errors import InvalidInput
from nutrition_site.kernel.ids import is_id, stable_id

MAX_CHANGES = 10_000
# A device whose clock is further off than this is believed about how long ago, not about what time it was.
CLOCK_OFF = timedelta(minutes=2)
# Longer texts are refused by the services that keep them; this only bounds what is carried there.
MAX_CARRIED = 400
_CHANGE_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
NEW = "new:"


class Kind(StrEnum):
    """What is wished of a line."""

    TICK = "tick"
    AMOUNT = "amount"
    ADD = "add"
    REMOVE = "remove"


class Outcome(StrEnum):
    """What became of a change. All but DONE are told to the person who made it."""

    # As wished, or it was so already, or a later wish holds.
    DONE = "done"
    # The line was taken off the list meanwhile, and the tick brought it back.
    RESTORED = "restored"
    # The line stays, because somebody did something with it that the person could not have seen.
    KEPT = "kept"
    # Somebody else wrote another amount; both are told.
    CHANGED = "changed"
    GONE = "gone"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Change:
    """One wish about one line, with the moment of the wish and what the person saw when it was made.

    `text` is the wished amount, `name`, `quantity` and `category` the words of an own line.
    """

    id: str
    at: datetime
    kind: Kind
    item_id: str
    ticked: bool = False
    text: str = ""
    seen_amount: str = ""
    seen_ticked: bool = False
    name: str = ""
    quantity: str = ""
    category: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one change: a sentence where it has to be told, and the amount that holds where it differs."""

    id: str
    outcome: Outcome
    message: str = ""
    item_id: str = ""
    quantity: str | None = None

    def document(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "outcome": str(self.outcome),
            "message": self.message,
            "item": self.item_id,
            "quantity": self.quantity,
        }


def item_id_of(list_id: str, change_id: str) -> str:
    """The id of a line that a change added: the same however often the change arrives."""
    return stable_id("sli", f"{list_id}:{change_id}")


def read_changes(body: Any, *, list_id: str) -> tuple[list[Change], list[Answer]]:
    """The changes of `{"sent_at": …, "changes": […]}`, each id once, and refusals of those that make no sense.

    A senseless change refuses itself only: the others were made in good faith. Raises InvalidInput where the whole is
    no list of changes, or too long.
    """
    rows = body.get("changes") if isinstance(body, Mapping) else None
    if not isinstance(rows, list):
        raise InvalidInput.of("changes", _("Must be a list of changes."))
    if len(rows) > MAX_CHANGES:
        raise InvalidInput.of("changes", _("At most %(count)d changes at once.") % {"count": MAX_CHANGES})
    clock_off = _clock_off(body.get("sent_at"))
    found: dict[str, Change] = {}
    refused = []
    for row in rows:
        try:
            change = _read_change(row, list_id, clock_off)
        except ValueError as error:
            refused.append(Answer(_told_id(row), Outcome.REFUSED, str(error)))
        else:
            found.setdefault(change.id, change)
    return list(found.values()), refused


def _clock_off(sent_at: Any) -> timedelta:
    """How far the device's clock is behind, in whole minutes; nothing where it is about right or says nothing."""
    try:
        behind = now() - _moment(sent_at)
    except ValueError:
        return timedelta()
    return timedelta(minutes=round(behind / timedelta(minutes=1))) if abs(behind) > CLOCK_OFF else timedelta()


def _moment(text: Any) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except (TypeError, ValueError) as error:
        raise ValueError(_("This is no moment.")) from error
    # Without an offset it would be read by the server's own clock.
    if moment.tzinfo is None:
        raise ValueError(_("This is no moment."))
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError(_("This is no moment.")) from error


def _told_id(row: Any) -> str:
    told = row.get("id") if isinstance(row, Mapping) else None
    return told if isinstance(told, str) and _CHANGE_ID.fullmatch(told) else ""


def _read_change(row: Any, list_id: str, clock_off: timedelta) -> Change:
    change_id = _told_id(row)
    if not change_id:
        raise ValueError(_("This change has no id."))
    try:
        kind = Kind(row.get("do"))
    except ValueError as error:
        raise ValueError(_("Nobody knows what this change wants.")) from error
    try:
        at = min(_moment(row.get("at")) + clock_off, now())
    except OverflowError as error:
        raise ValueError(_("This is no moment.")) from error
    return Change(
        id=change_id,
        at=at,
        kind=kind,
        item_id=item_id_of(list_id, change_id) if kind is Kind.ADD else _item_id(row.get("item"), list_id),
        ticked=_flag(row, "to") if kind is Kind.TICK else False,
        text=_text(row, "to") if kind is Kind.AMOUNT else "",
        seen_amount=_text(row, "seen_amount"),
        seen_ticked=_flag(row, "seen_ticked", otherwise=False),
        name=_text(row, "name"),
        quantity=_text(row, "quantity"),
        category=_text(row, "category"),
    )


def _item_id(value: Any, list_id: str) -> str:
    """A stored line, or `new:` and the id of the change that added it."""
    if isinstance(value, str) and value.startswith(NEW) and _CHANGE_ID.fullmatch(value[len(NEW) :]):
        return item_id_of(list_id, value[len(NEW) :])
    if not is_id(value, "sli"):
        raise ValueError(_("This is no line of a list."))
    return str(value)


def _flag(row: Mapping[str, Any], name: str, *, otherwise: bool | None = None) -> bool:
    value = row.get(name, otherwise)
    if not isinstance(value, bool):
        raise ValueError(_("This must be yes or no."))
    return value


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValueError(_("This must be a text."))
    if len(value) > MAX_CARRIED:
        raise ValueError(_("This text is too long."))
    return value.strip()
