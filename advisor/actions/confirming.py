"""Confirming and declining: a proposal is held by one request at a time, applied once, and says what came of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import override

from advisor.actions.events import EVENTS
from advisor.actions.kinds import Kind, Moved, Result, say
from advisor.actions.meals import MEALS
from advisor.actions.preferences import PREFERENCES
from advisor.actions.replans import REPLANS
from advisor.actions.shopping import SHOPPING
from advisor.documents import action_document
from advisor.languages import language_of
from advisor.models import ProposedAction
from advisor.proposals.base import title_of
from advisor.proposals.told import Refusal, in_words, tell
from advisor.services import is_withheld
from advisor.withholding import conceal_action
from athletes.models import User
from nutrition_site.kernel.audit import record_audit
from nutrition_site.kernel.clock import now
from nutrition_site.kernel.errors import Conflict, NotFound

APPLYING_SECONDS = 90
KINDS: dict[str, Kind] = {**MEALS, **EVENTS, **PREFERENCES, **REPLANS, **SHOPPING}
CHANGED = "Things have changed since. This is what it would mean now; confirm again if you want it."
OVER = "Things have changed since, and this is no longer possible."
BUSY = "This proposal is being applied right now."
DECLINED = "You declined this proposal."
TOO_OLD = "This proposal is too old. Please ask again."
UNKNOWN = "This kind of change is not known any more."


def confirm_action(*, action: ProposedAction, by: User) -> ProposedAction:
    """Applies an open proposal once and returns it with its result; confirming it again returns the same result.

    Only the athlete may: for anybody else it is not there. Raises Conflict `action_expired` after its time,
    `action_declined`, `action_in_progress` while another request applies it, `action_changed` with the new `diff` when
    what it rests on has changed meanwhile (a second confirm then means that diff; without a diff it is over), and what
    the change itself refuses.
    """
    held = _hold(action, by)
    if held.status == ProposedAction.Status.APPLIED:
        return held
    try:
        # What is kept of it is English; a talk is told in its own language, which need not be that of the page.
        with override("en"):
            _apply(held, by)
    except Moved as moved:
        raise _changed(held, moved) from None
    except Refusal as refusal:
        _let_go(held)
        words = tell(refusal.told, language_of(held.message.language))
        raise Conflict(words, code=refusal.code, extra=refusal.extra) from None
    except BaseException:
        _let_go(held)
        raise
    held.refresh_from_db()
    return held


def decline_action(*, action: ProposedAction, by: User) -> ProposedAction:
    """Closes an open proposal for good; one that was applied stays as it is. Raises NotFound for anybody else's."""
    if action.athlete.user_id != by.pk:
        raise NotFound()
    with transaction.atomic():
        changed = ProposedAction.objects.filter(pk=action.pk, status=ProposedAction.Status.OPEN).update(
            status=ProposedAction.Status.DECLINED
        )
        if changed:
            record_audit(verb="advisor.action_declined", by=by, object_id=action.pk, athlete_id=action.athlete_id)
    action.refresh_from_db()
    return action


def _apply(held: ProposedAction, by: User) -> None:
    kind = KINDS.get(held.kind)
    if kind is None or not kind.arguments <= set(held.arguments):
        raise Moved(in_words(UNKNOWN))
    if kind.together:
        with transaction.atomic():
            _mark(held, kind.apply(held, by), by)
        return
    result = kind.apply(held, by)
    with transaction.atomic():
        _mark(held, result, by)


def _mark(held: ProposedAction, result: Result, by: User) -> None:
    """Notes what was applied. Whoever took so long that another request holds the proposal now takes all of it back."""
    applied = _held(held).update(status=ProposedAction.Status.APPLIED, result=result, applying_until=None)
    if not applied:
        raise _refused(held, BUSY, "action_in_progress")
    record_audit(verb="advisor.action_applied", by=by, object_id=held.pk, athlete_id=held.athlete_id, kind=held.kind)


def _held(held: ProposedAction) -> Any:
    """The proposal as long as this request holds it."""
    return ProposedAction.objects.filter(
        pk=held.pk, status=ProposedAction.Status.APPLYING, applying_until=held.applying_until
    )


def _hold(action: ProposedAction, by: User) -> ProposedAction:
    """Takes the proposal for this request, in one statement: of two at once, one gets it."""
    moment = now()
    until = moment + timedelta(seconds=APPLYING_SECONDS)
    if not ProposedAction.objects.filter(pk=action.pk, athlete__user=by.pk).exists():
        raise NotFound()
    free = Q(status=ProposedAction.Status.OPEN) | Q(status=ProposedAction.Status.APPLYING, applying_until__lt=moment)
    # No other table may stand in this condition: a join is looked up before the row is locked, and two would pass.
    taken = ProposedAction.objects.filter(free, pk=action.pk, expires_at__gt=moment).update(
        status=ProposedAction.Status.APPLYING, applying_until=until
    )
    found: ProposedAction | None = (
        ProposedAction.objects.filter(pk=action.pk).select_related("athlete", "message").first()
    )
    if found is None:
        raise NotFound()
    if taken:
        # Another request may have let this one's lease run out since; what it holds is told by its own moment.
        found.applying_until = until
        found.status = ProposedAction.Status.APPLYING
        return found
    if found.status == ProposedAction.Status.APPLIED:
        return found
    if found.status == ProposedAction.Status.APPLYING and found.applying_until and found.applying_until >= moment:
        raise _refused(found, BUSY, "action_in_progress")
    if found.status == ProposedAction.Status.DECLINED:
        raise _refused(found, DECLINED, "action_declined")
    ProposedAction.objects.filter(pk=found.pk).exclude(status=ProposedAction.Status.APPLIED).update(
        status=ProposedAction.Status.EXPIRED, applying_until=None
    )
    raise _refused(found, TOO_OLD, "action_expired")


def _refused(action: ProposedAction, template: str, code: str) -> Conflict:
    return Conflict(say(action, template), code=code)


def _let_go(held: ProposedAction) -> None:
    _held(held).update(status=ProposedAction.Status.OPEN, applying_until=None)


def _changed(held: ProposedAction, moved: Moved) -> Conflict:
    """The refusal that tells what confirming would mean now; without a diff the proposal is over, and says why."""
    told = moved.told or in_words(OVER if moved.diff is None else CHANGED)
    fields: dict[str, Any] = {"applying_until": None}
    if moved.diff is None:
        fields.update(status=ProposedAction.Status.EXPIRED, diff={**held.diff, "reason": told})
    else:
        offer = {**moved.diff, "moved": told}
        fields.update(status=ProposedAction.Status.OPEN, diff=offer, base_version=moved.base_version)
        fields["sentence"] = title_of(offer)
        if moved.arguments is not None:
            fields["arguments"] = moved.arguments
    _held(held).update(**fields)
    held.refresh_from_db()
    document = action_document(held)
    if is_withheld(held.athlete):
        document = conceal_action(document)
    words = tell(told, language_of(held.message.language))
    diff = None if moved.diff is None else document["diff"]
    return Conflict(words, code="action_changed", extra={"diff": diff, "action": document})
