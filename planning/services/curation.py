"""Curating foods, recipes and constants: proposed with a reason, agreed to by a second person, undone by a new change.

A change never touches what an athlete entered. What was applied stays in force over every load of the catalogue; see
`planning/catalogue/curated.py` for how the rows follow.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max

from athletes.models import User
from athletes.validation import check_text
from nutrition_site.kernel.audit import record_audit
from nutrition_site.kernel.clock import now
from nutrition_site.kernel.errors import Conflict, Forbidden, InvalidInput
from planning.catalogue.loader import lock_catalogue
from planning.models import CurationChange
from planning.services.curation_kinds import Kind, Weight, kind_of

CURATE = "planning.curate_catalogue"
MOST_REASON, MOST_SOURCE = 1000, 500
State = CurationChange.State


def may_curate(user: Any) -> bool:
    """Whether this account may propose, and decide what others proposed."""
    return bool(user.is_active and user.is_staff and user.has_perm(CURATE))


def fingerprint_of(*, kind: str, key: str) -> str:
    """Changes with every present value of a thing: what a form was filled with is told by it. Raises NotFound."""
    return _fingerprint(kind_of(kind).read_current(key))


@transaction.atomic
def propose_change(
    *,
    by: User,
    kind: str,
    key: str,
    values: Mapping[str, Any],
    reason: str,
    source: str = "",
    seen: str | None = None,
) -> list[CurationChange]:
    """Changes what `values` name, as far as it differs from what is; returns one change, or two.

    What applies at once is in force with the answer. Where one field needs a second person all others wait with it,
    but for the urgent ones: these are a change of their own, first in the list. `seen` is the fingerprint of what the
    proposer saw. Raises Forbidden, NotFound, InvalidInput naming every wrong field, and Conflict: `moved` when it is
    not as seen any more, `waits_already` when a change of such a field waits for its decision.
    """
    _allow(by)
    lock_catalogue()
    of = kind_of(kind)
    current = of.read_current(key)
    if seen is not None and seen != _fingerprint(current):
        raise Conflict(
            "Somebody has changed this meanwhile. Look at the present values and enter yours again.", code="moved"
        )
    changed, texts = _checked(of, key, current, values, reason, source)
    weights = {field: of.weigh(field, current[field], value) for field, value in changed.items()}
    waits = Weight.SECOND in weights.values()
    first = {field for field, weight in weights.items() if weight == Weight.URGENT or not waits}
    made = []
    for fields in (first, changed.keys() - first):
        if fields:
            changes = {field: {"before": current[field], "after": changed[field]} for field in sorted(fields)}
            made.append(_propose(of, key, changes, texts, by=by, waits=fields != first))
    return made


@transaction.atomic
def approve_change(*, by: User, change: CurationChange, note: str = "") -> CurationChange:
    """Brings a waiting change into force. Nobody approves what they proposed themselves.

    Raises Forbidden, InvalidInput for the note, and Conflict: `already_decided`, `moved` when what it states as the
    value before does not hold any more, `does_not_fit` when something else has changed that it would contradict.
    """
    _allow(by)
    lock_catalogue()
    locked = _waiting(change)
    if locked.proposed_by_id == by.pk:
        raise Forbidden("Somebody else has to agree to what you proposed.", code="own_change")
    of = kind_of(locked.kind)
    current = of.read_current(locked.key)
    if moved_fields(locked, current):
        raise Conflict(
            "The values have changed since this was proposed. Decline it; it can be proposed again.", code="moved"
        )
    after = {field: row["after"] for field, row in locked.changes.items()}
    wrong = of.check(locked.key, current, after)
    if wrong:
        why = " ".join(dict.fromkeys(wrong.values()))
        raise Conflict(f"It does not fit any more what is in force by now. {why}", code="does_not_fit")
    text = _note(note, required=False)
    return _apply(of, locked, by=by, note=text)


@transaction.atomic
def decline_change(*, by: User, change: CurationChange, note: str) -> CurationChange:
    """Ends a waiting change without effect; `note` says why. Raises Forbidden, InvalidInput, Conflict."""
    _allow(by)
    locked = _waiting(change)
    if locked.proposed_by_id == by.pk:
        raise Forbidden("You proposed this: withdraw it instead.", code="own_change")
    return _end(locked, State.DECLINED, by=by, note=_note(note, required=True))


@transaction.atomic
def withdraw_change(*, by: User, change: CurationChange, note: str = "") -> CurationChange:
    """Takes back what one has proposed oneself. Raises Forbidden, InvalidInput, Conflict `already_decided`."""
    _allow(by)
    locked = _waiting(change)
    if locked.proposed_by_id != by.pk:
        raise Forbidden("Only who proposed this can withdraw it.")
    return _end(locked, State.WITHDRAWN, by=by, note=_note(note, required=False))


def moved_fields(change: CurationChange, current: Mapping[str, Any]) -> list[str]:
    """The fields whose value is not any more what a change states as the value before."""
    return [field for field, row in change.changes.items() if field not in current or current[field] != row["before"]]


def _allow(by: User) -> None:
    if not may_curate(by):
        raise Forbidden("Only who curates the catalogue can do this.")


def _fingerprint(current: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(current, sort_keys=True).encode()).hexdigest()[:32]


def _checked(
    of: Kind, key: str, current: Mapping[str, Any], values: Mapping[str, Any], reason: str, source: str
) -> tuple[dict[str, Any], tuple[str, str]]:
    """The new values of the fields that change, with reason and source. Raises InvalidInput with every error."""
    errors = {field: "This cannot be changed here." for field in values if field not in current}
    changed = {field: value for field, value in values.items() if field in current and value != current[field]}
    if of.signs_off and not changed:
        changed = {field: value for field, value in values.items() if field in current}
    if not changed and not errors:
        raise InvalidInput("Nothing differs from what it is now.", code="nothing_changed")
    errors |= of.check(key, current, changed)
    told = {"reason": reason, "source": source}
    asked = {"reason": True, "source": any(of.needs_source(field) for field in changed)}
    limits = {"reason": MOST_REASON, "source": MOST_SOURCE}
    for name, text in told.items():
        try:
            told[name] = check_text(text, limit=limits[name], lines=True) if asked[name] or text.strip() else ""
        except ValueError as error:
            errors.setdefault(name, str(error))
    _refuse(errors)
    return changed, (told["reason"], told["source"])


def _refuse(errors: Mapping[str, str]) -> None:
    if errors:
        raise InvalidInput(details=[{"field": field, "message": message} for field, message in errors.items()])


def _propose(
    of: Kind, key: str, changes: dict[str, Any], texts: tuple[str, str], *, by: User, waits: bool
) -> CurationChange:
    change = CurationChange(
        kind=of.name,
        key=key,
        title=of.title(key)[:250],
        changes=changes,
        reason=texts[0],
        source=texts[1],
        proposed_by=by,
        proposed_by_name=_name_of(by),
        proposed_at=now(),
    )
    if not waits:
        return _apply(of, change, by=by, note="")
    for other in CurationChange.objects.filter(kind=of.name, key=key, state=State.WAITING):
        both = sorted(set(other.changes) & set(changes))
        if both:
            told = ", ".join(of.label(field) for field in both)
            raise Conflict(
                f"A change of {told} waits for its decision already. Nothing was changed: send the rest without it.",
                code="waits_already",
                extra={"change": other.pk},
            )
    change.save(force_insert=True)
    _audit("curation.proposed", change, by)
    return change


def _apply(of: Kind, change: CurationChange, *, by: User, note: str) -> CurationChange:
    newest = CurationChange.objects.aggregate(newest=Max("version"))["newest"] or 0
    change.version = newest + 1
    _decide(change, State.APPLIED, by=by, note=note)
    of.apply(change)
    _audit("curation.applied", change, by)
    return change


def _end(change: CurationChange, state: State, *, by: User, note: str) -> CurationChange:
    _decide(change, state, by=by, note=note)
    _audit(f"curation.{state.value}", change, by)
    return change


def _decide(change: CurationChange, state: State, *, by: User, note: str) -> None:
    change.state = state
    change.decided_by, change.decided_by_name, change.decided_at = by, _name_of(by), now()
    change.decision_note = note
    change.save()


def _waiting(change: CurationChange) -> CurationChange:
    locked = CurationChange.objects.select_for_update().get(pk=change.pk)
    if locked.state != State.WAITING:
        raise Conflict("This has been decided already.", code="already_decided")
    return locked


def _note(text: str, *, required: bool) -> str:
    if not required and not text.strip():
        return ""
    try:
        return check_text(text, limit=MOST_REASON, lines=True)
    except ValueError as error:
        raise InvalidInput.of("note", str(error)) from error


def _name_of(user: User) -> str:
    """How the history calls somebody when the account is gone; never an address."""
    return user.name.strip() or user.pk


def _audit(verb: str, change: CurationChange, by: User) -> None:
    record_audit(
        verb=verb, by=by, object_id=change.pk, kind=change.kind, key=change.key, fields=sorted(change.changes),
        version=change.version,
    )  # fmt: skip
