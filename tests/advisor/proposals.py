"""One proposal of each kind for tests, and what moves the ground under it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

from advisor import proposing
from advisor.backends.protocol import Proposal
from advisor.models import Conversation, Message, ProposedAction
from advisor.tools import Toolbox
from athletes.models import Athlete, CalendarConnection, TrainingEvent
from nutrition_site.kernel.clock import now, today
from planning.models import MealPlan, PlanItem, ShoppingItem, ShoppingList
from planning.services.plans import set_item_status
from planning.services.shopping import add_own_item, create_shopping_list, update_shopping_item
from planning.services.swaps import find_alternatives, swap_meal
from tests.advisor.conftest import add_event

MAIN_SLOTS = ["breakfast", "lunch", "dinner"]


def store(athlete: Athlete, proposal: Proposal) -> ProposedAction:
    """The proposal as an answer stores it."""
    conversation = Conversation.objects.create(athlete=athlete)
    message = Message.objects.create(conversation=conversation, role="advisor", text="…")
    return ProposedAction.objects.create(
        athlete=athlete,
        message=message,
        kind=proposal.kind,
        arguments=dict(proposal.arguments),
        sentence=proposal.sentence,
        diff=dict(proposal.diff),
        base_version=proposal.base_version,
        expires_at=now() + timedelta(hours=24),
    )


def plan_of(athlete: Athlete) -> MealPlan:
    return MealPlan.objects.select_related("athlete", "current").get(athlete=athlete)


def tomorrow_of(athlete: Athlete) -> Any:
    return today(athlete.zones) + timedelta(days=1)


def dinner_of(athlete: Athlete) -> PlanItem:
    return (
        plan_of(athlete).current.items.select_related("recipe").get(date=tomorrow_of(athlete), slot="dinner", index=0)
    )


# --- swap ---
@cache
def _choices(plan_id: str, revision: int) -> tuple[str, list[dict[str, Any]]]:
    """A main meal with two alternatives, looked for once for a state of a plan: (its id, the alternatives)."""
    plan = MealPlan.objects.get(pk=plan_id)
    for item in plan.current.items.filter(slot__in=MAIN_SLOTS).order_by("date", "slot"):
        rows = find_alternatives(plan=plan, place=(item.date, item.slot, item.index))
        if len(rows) > 1:
            return item.pk, rows
    raise AssertionError("no meal has two alternatives")


def _swappable(athlete: Athlete) -> tuple[PlanItem, list[dict[str, Any]]]:
    plan = plan_of(athlete)
    item_id, rows = _choices(plan.pk, plan.revision)
    return PlanItem.objects.select_related("recipe").get(pk=item_id), rows


def swap(athlete: Athlete) -> Proposal:
    item, rows = _swappable(athlete)
    return proposing.swap_proposal(plan_of(athlete), item, rows[0])


def _swap_done(athlete: Athlete, action: ProposedAction) -> int:
    return PlanItem.objects.filter(
        revision_id=plan_of(athlete).current_id,
        date=action.arguments["date"],
        slot=action.arguments["slot"],
        index=action.arguments["index"],
        recipe_id=action.arguments["recipe_id"],
    ).count()


def _swap_moves(athlete: Athlete, action: ProposedAction) -> None:
    item, rows = _swappable(athlete)
    other = next(row for row in rows if row["recipe_id"] != action.arguments["recipe_id"])
    place = (item.date, item.slot, item.index)
    swap_meal(plan=plan_of(athlete), place=place, recipe_id=other["recipe_id"], by=athlete.user)


def _plan_goes(athlete: Athlete, action: ProposedAction) -> None:
    from planning.services.plans import delete_meal_plan

    delete_meal_plan(plan=plan_of(athlete), by=athlete.user)


# --- keep ---
def lock(athlete: Athlete) -> Proposal:
    return proposing.lock_proposal(plan_of(athlete), dinner_of(athlete))


def unlock(athlete: Athlete) -> Proposal:
    set_item_status(plan=plan_of(athlete), item_id=dinner_of(athlete).pk, locked=True, by=athlete.user)
    return proposing.lock_proposal(plan_of(athlete), dinner_of(athlete), locked=False)


def _breakfast_moves(athlete: Athlete, action: ProposedAction) -> None:
    """Another meal of the plan is swapped, so that the plan has a new revision."""
    other, rows = _swappable(athlete)
    assert (other.date, other.slot) != (dinner_of(athlete).date, "dinner")
    place = (other.date, other.slot, other.index)
    swap_meal(plan=plan_of(athlete), place=place, recipe_id=rows[0]["recipe_id"], by=athlete.user)


# --- training ---
RIDE = {
    "title": "Evening ride", "sport": "cycle", "duration_minutes": 120.0, "intensity": "moderate", "time": "17:30",
}  # fmt: skip


def event(athlete: Athlete) -> Proposal:
    return proposing.event_proposal(athlete, {**RIDE, "date": tomorrow_of(athlete)})


def _events(athlete: Athlete, action: ProposedAction) -> int:
    return TrainingEvent.objects.filter(athlete=athlete, title="Evening ride").count()


def _day_fills(athlete: Athlete, action: ProposedAction) -> None:
    add_event(athlete, tomorrow_of(athlete), "Morning swim", sport="swim", duration_minutes=40.0, hour=7)


def _swim(athlete: Athlete) -> TrainingEvent:
    return TrainingEvent.objects.select_related("athlete").get(athlete=athlete, title="Swim 3x800")


def change(athlete: Athlete) -> Proposal:
    swim = _swim(athlete)
    return proposing.change_proposal(swim, day=swim.local_date + timedelta(days=1), clock="06:15")


def _moved(athlete: Athlete, action: ProposedAction) -> int:
    return TrainingEvent.objects.filter(
        athlete=athlete, title="Swim 3x800", local_date=action.arguments["date"]
    ).count()


def cancel(athlete: Athlete) -> Proposal:
    return proposing.cancel_proposal(_swim(athlete))


def _cancelled(athlete: Athlete, action: ProposedAction) -> int:
    return int(not TrainingEvent.objects.filter(athlete=athlete, title="Swim 3x800").exists())


def _swim_grows(athlete: Athlete, action: ProposedAction) -> None:
    TrainingEvent.objects.filter(athlete=athlete, title="Swim 3x800").update(duration_minutes=70.0)


def _swim_becomes_another(athlete: Athlete, action: ProposedAction) -> None:
    """The session is of a connected calendar now, where alone it can be changed."""
    calendar = CalendarConnection.objects.create(athlete=athlete, provider="ics")
    TrainingEvent.objects.filter(athlete=athlete, title="Swim 3x800").update(calendar=calendar, external_id="swim-1")


# --- likes ---
def preference(athlete: Athlete) -> Proposal:
    return proposing.preference_proposal(athlete, field="dislike", change="add", value="olives")


def _dislikes(athlete: Athlete, action: ProposedAction) -> int:
    return Athlete.objects.get(pk=athlete.pk).dislikes.count("olives")


def _dislikes_grow(athlete: Athlete, action: ProposedAction) -> None:
    Athlete.objects.filter(pk=athlete.pk).update(dislikes=["beetroot"])


# --- planning again ---
def replan(athlete: Athlete) -> Proposal:
    longest = TrainingEvent.objects.get(athlete=athlete, title="Long run 90min Z2")
    longest.duration_minutes = 200.0
    longest.save()
    Athlete.objects.filter(pk=athlete.pk).update(training_version=athlete.training_version + 1)
    return proposing.replan_proposal(plan_of(athlete))


def _dinner_is_kept(athlete: Athlete, action: ProposedAction) -> None:
    set_item_status(plan=plan_of(athlete), item_id=dinner_of(athlete).pk, locked=True, by=athlete.user)


def _replanned(athlete: Athlete, action: ProposedAction) -> int:
    return plan_of(athlete).revisions.filter(reason="resolved").count()


# --- shopping ---
def item(athlete: Athlete) -> Proposal:
    first = today(athlete.zones)
    create_shopping_list(athlete=athlete, first=first, last=first + timedelta(days=2), by=athlete.user)
    return proposing.wished_item(Toolbox(athlete=athlete, by=athlete.user), "bananas", quantity="2 bunches")


def _bunches(athlete: Athlete, action: ProposedAction) -> int:
    return ShoppingItem.objects.filter(shopping_list__athlete=athlete, own=True, name="bananas").count()


def _list_moves(athlete: Athlete, action: ProposedAction) -> None:
    add_own_item(shopping_list=ShoppingList.objects.get(athlete=athlete), name="Bananas", quantity="1 bunch", by=None)


def _list_goes(athlete: Athlete, action: ProposedAction) -> None:
    ShoppingList.objects.filter(athlete=athlete).delete()


def _line(athlete: Athlete, number: int) -> ShoppingItem:
    """A line that the plan needs, of the list there is or of a new one."""
    first = today(athlete.zones)
    if not ShoppingList.objects.filter(athlete=athlete).exists():
        create_shopping_list(athlete=athlete, first=first, last=first + timedelta(days=2), by=athlete.user)
    lines = ShoppingItem.objects.select_related("shopping_list__athlete").filter(shopping_list__athlete=athlete)
    return lines.filter(own=False).order_by("pk")[number]


def check(athlete: Athlete) -> Proposal:
    return proposing.check_proposal(_line(athlete, 0))


def _checked(athlete: Athlete, action: ProposedAction) -> int:
    return ShoppingItem.objects.filter(pk=action.arguments["item_id"], checked=True).count()


def settle(athlete: Athlete) -> Proposal:
    return proposing.remove_proposal(_line(athlete, 1))


def _at_home(athlete: Athlete, action: ProposedAction) -> int:
    return ShoppingItem.objects.filter(pk=action.arguments["item_id"], at_home=True).count()


def _line_grows(athlete: Athlete, action: ProposedAction) -> None:
    line = ShoppingItem.objects.select_related("shopping_list").get(pk=action.arguments["item_id"])
    update_shopping_item(shopping_list=line.shopping_list, item_id=line.pk, own_quantity="2 kg", by=athlete.user)


@dataclass(frozen=True)
class Case:
    """How a kind is proposed, how often its change is there, what moves its ground, and what takes it away."""

    propose: Callable[[Athlete], Proposal]
    count: Callable[[Athlete, ProposedAction], int]
    moves: Callable[[Athlete, ProposedAction], None]
    goes: Callable[[Athlete, ProposedAction], None] | None = None


def _locked(athlete: Athlete, action: ProposedAction) -> int:
    return int(dinner_of(athlete).locked)


def _unlocked(athlete: Athlete, action: ProposedAction) -> int:
    return int(not dinner_of(athlete).locked)


CASES = {
    "swap_meal": Case(swap, _swap_done, _swap_moves, _plan_goes),
    "lock_meal": Case(lock, _locked, _breakfast_moves, _plan_goes),
    "unlock_meal": Case(unlock, _unlocked, _breakfast_moves, _plan_goes),
    "add_event": Case(event, _events, _day_fills),
    "change_event": Case(change, _moved, _swim_grows, _swim_becomes_another),
    "cancel_event": Case(cancel, _cancelled, _swim_grows, _swim_becomes_another),
    "change_preference": Case(preference, _dislikes, _dislikes_grow),
    "resolve_plan": Case(replan, _replanned, _dinner_is_kept, _plan_goes),
    "add_to_list": Case(item, _bunches, _list_moves, _list_goes),
    "check_off": Case(check, _checked, _line_grows, _list_goes),
    "remove_from_list": Case(settle, _at_home, _line_grows, _list_goes),
}
GOING = {kind: case for kind, case in CASES.items() if case.goes is not None}
