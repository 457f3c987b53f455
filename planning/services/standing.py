"""What of a plan stays when it is made again, and when a plan no longer fits its athlete."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from athletes.models import Athlete
from nutrition_site.kernel.clock import today
from planning import mapping
from planning.models import MealPlan, PlanItem
from planning.optimizer.types import SlotNeed
from planning.services.bought import bought_items
from planning.services.choice import (
    Catalogue,
    athlete_catalogue,
    is_disliked,
    is_unfit,
    largest_serving,
    read_catalogue,
    why_not,
)
from planning.services.coaching_limits import unwanted
from planning.services.inputs import ClosedDay, Standing
from planning.services.own_recipes import changed_items
from planning.services.rules import StandingRules, wishes_document
from planning.services.stored import batch_days, bounds_of, left_out_places, place_of, stored_need
from planning.services.targets import TargetDay

# No plan is longer.
LONGEST_PLAN = timedelta(days=14)


def is_lived(plan: MealPlan, day: date, *, present: date) -> bool:
    """Whether a day of a running plan is over: what it held is history, and is not planned again.

    A plan that lies in the past altogether was asked for as it is; its days count as open.
    """
    return day < present <= plan.last_day


def standing_of(
    plan: MealPlan, items: Sequence[PlanItem], *, full: bool, hold_bought: bool = True, close_skipped: bool = False
) -> Standing:
    """What stays of a plan with these meals when it is planned again.

    Eaten and locked meals stay, bought ones while `hold_bought`; days that are over stay whole, and so do days on which
    every meal is marked. Skipped meals are left out and the rest of their day makes up for them, unless
    `close_skipped` leaves their days as they are. `full` gives up the likeness to the present plan.
    """
    present = today(plan.athlete.zones)
    closed = _closed_days(plan, items, present=present, close_skipped=close_skipped)
    bought = bought_items(plan, items, athlete_catalogue(plan.athlete)) if hold_bought else []
    held = {item.pk for item in bought}
    before = left_out_places(plan.current) if plan.current else set()
    skipped = [item for item in items if item.status == PlanItem.Status.SKIPPED]
    return Standing(
        kept=[
            item
            for item in items
            if item.date in closed or item.locked or item.status == PlanItem.Status.EATEN or item.pk in held
        ],
        previous=[] if full else list(items),
        bought=held,
        left_out=[item for item in skipped if item.date not in closed or place_of(item) in before],
        closed=closed,
    )


def standing_to_follow(
    plan: MealPlan,
    items: Sequence[PlanItem],
    *,
    clock: str,
    hold_today: bool,
    hold_bought: bool = True,
    close_skipped: bool = False,
) -> Standing:
    """What stays of a plan that is made again without anybody having asked for it: more than `standing_of` holds.

    Of today, meals before `clock` (HH:MM) stay: their time is past, whether they were marked or not. With `hold_today`
    the whole of today stays as it is, measured against what it was made for. Days that a newer plan has taken over are
    no matter of this one.
    """
    standing = standing_of(plan, items, full=False, hold_bought=hold_bought, close_skipped=close_skipped)
    present = today(plan.athlete.zones)
    taken = taken_days([plan])[plan.pk]
    closed, unfit = dict(standing.closed), _unfit_days(plan, items)
    for day, as_it_is in _as_closed(plan, items).items():
        if day in taken or (hold_today and day == present):
            closed.setdefault(day, replace(as_it_is, lived=day in taken or day in unfit))
    kept = {item.pk for item in standing.kept}
    before = left_out_places(plan.current) if plan.current else set()
    stays = [
        item
        for item in items
        if item.pk not in kept
        and (
            item.date in closed
            or (item.date == present and item.status == PlanItem.Status.PLANNED and item.time < clock)
        )
    ]
    return replace(
        standing,
        kept=[*standing.kept, *stays],
        past={item.pk for item in stays if item.date not in closed},
        left_out=[item for item in standing.left_out if item.date not in closed or place_of(item) in before],
        closed=closed,
    )


def hold_other_days(plan: MealPlan, items: Sequence[PlanItem], day: date) -> dict[date, ClosedDay]:
    """Every other day of a plan as it is, measured against what it was made for."""
    lived = _closed_days(plan, items, present=today(plan.athlete.zones), close_skipped=False)
    unfit = _unfit_days(plan, items)
    return {
        other: replace(closed, lived=other in lived or other in unfit)
        for other, closed in _as_closed(plan, items).items()
        if other != day
    }


def _unfit_days(plan: MealPlan, items: Sequence[PlanItem]) -> set[date]:
    """The days with a meal which nobody may plan for this athlete any more: excluded, disliked, or too large a portion.

    Such a day that is held as it is counts as a fact: asked to fit, it would keep every other day from being planned.
    That a meal may not be eaten is shown by `unsafe_items` all the same.
    """
    catalogue = athlete_catalogue(plan.athlete)
    return {
        item.date
        for item in items
        if (
            is_unfit(item.recipe, item.quarters, plan.athlete, catalogue, day=item.date)
            if item.recipe_id in catalogue.recipes
            else why_not(item.recipe, plan.athlete)
        )
    }


def taken_days(plans: Sequence[MealPlan]) -> dict[str, set[date]]:
    """By the id of each plan, the days that a newer plan of the athlete covers: those are the newer one's matter.

    One query for any number of plans of one athlete.
    """
    taken: dict[str, set[date]] = {plan.pk: set() for plan in plans}
    if not plans:
        return taken
    rows = MealPlan.objects.verified().filter(
        athlete_id=plans[0].athlete_id,
        week_start__lte=max(plan.last_day for plan in plans),
        week_start__gt=min(plan.week_start for plan in plans) - LONGEST_PLAN,
    )
    others = rows.only("athlete_id", "week_start", "days", "created_at")
    for other in others:
        held = {other.week_start + timedelta(days=n) for n in range(other.days)}
        for plan in plans:
            if (other.created_at, other.pk) > (plan.created_at, plan.pk):
                taken[plan.pk] |= {day for day in held if plan.week_start <= day <= plan.last_day}
    return taken


def _closed_days(
    plan: MealPlan, items: Sequence[PlanItem], *, present: date, close_skipped: bool
) -> dict[date, ClosedDay]:
    closed = {}
    for day, held in _as_closed(plan, items).items():
        rows = [item for item in items if item.date == day]
        marked = bool(rows) and all(row.status != PlanItem.Status.PLANNED for row in rows)
        skipped = close_skipped and any(row.status == PlanItem.Status.SKIPPED for row in rows)
        if marked or skipped or is_lived(plan, day, present=present):
            closed[day] = held
    return closed


def _as_closed(plan: MealPlan, items: Sequence[PlanItem]) -> dict[date, ClosedDay]:
    """Every day of a plan with its meals and what they were measured against."""
    if plan.current is None:
        return {}
    bounds, out, batch = bounds_of(plan.current), left_out_places(plan.current), batch_days(plan.current)
    found = {}
    for document in plan.current.days:
        day = date.fromisoformat(document["date"])
        rows = [item for item in items if item.date == day]
        counted = [row for row in rows if place_of(row) not in out]
        need = stored_need(document, counted, bounds, batch=document["date"] in batch)
        found[day] = ClosedDay(document, need, tuple(SlotNeed(row.slot, row.index, row.time) for row in rows))
    return found


def outdated_plan_ids(
    athlete: Athlete,
    plans: Sequence[MealPlan],
    present_targets: Mapping[date, TargetDay],
    rules: StandingRules,
) -> set[str]:
    """Plans that ask for something else than the athlete's present days, rules, time and budget, or hold what is not
    wanted any more. Days that a newer plan has taken over make no plan outdated."""

    def wishes(plan: MealPlan) -> dict[str, Any]:
        return wishes_document(athlete, rules, first=plan.week_start, last=plan.last_day)

    def is_outdated(plan: MealPlan, taken: Collection[date]) -> bool:
        return (
            _asks_for_more(athlete, plan, present_targets, taken)
            or _other_wishes(plan, wishes(plan))
            or any(item.date not in taken for item in refused_items(athlete, plan))
        )

    # Only what seems outdated costs the question which days are another plan's.
    found = [plan for plan in plans if is_outdated(plan, ())]
    taken = taken_days(found)
    mine = [plan for plan in found if len(taken[plan.pk]) < plan.days]
    return {plan.pk for plan in mine if not taken[plan.pk] or is_outdated(plan, taken[plan.pk])}


def _asks_for_more(
    athlete: Athlete, plan: MealPlan, present_targets: Mapping[date, TargetDay], taken: Collection[date]
) -> bool:
    present = today(athlete.zones)
    for document in plan.current.days if plan.current else []:
        day = date.fromisoformat(document["date"])
        if is_lived(plan, day, present=present) or day in taken or day not in present_targets:
            continue
        if needs_fingerprint(present_targets[day].payload) != needs_fingerprint(document["target"]):
            return True
    return False


def _other_wishes(plan: MealPlan, wishes: Mapping[str, Any]) -> bool:
    made_for = plan.current.certificate.get("wishes") if plan.current else None
    return made_for is not None and made_for != wishes


def counts_again(plan: MealPlan) -> bool:
    """Whether a meal that the plan left out as skipped is not skipped any more: its day then holds too much."""
    if plan.current is None:
        return False
    out = left_out_places(plan.current)
    return (
        any(place_of(i) in out and i.status != PlanItem.Status.SKIPPED for i in plan.current.items.all())
        if out
        else False
    )


def open_items(athlete: Athlete, plan: MealPlan) -> Iterable[PlanItem]:
    """The meals of a plan that may still be eaten."""
    present = today(athlete.zones)
    for item in plan.current.items.all() if plan.current else ():
        if item.status != PlanItem.Status.EATEN and not is_lived(plan, item.date, present=present):
            yield item


def refused_items(athlete: Athlete, plan: MealPlan) -> list[PlanItem]:
    """Meals still to come that the athlete may not or does not want to eat any more, or that are cooked otherwise now
    than when they were planned."""
    coming = list(open_items(athlete, plan))
    unfit = [item for item in coming if why_not(item.recipe, athlete)]
    ahead = {item.pk for item in coming}
    changed = (item for item in changed_items(plan) if item.pk in ahead)
    return [*unfit, *_too_large_items(athlete, coming), *_disliked_items(athlete, plan), *changed]


def _too_large_items(athlete: Athlete, coming: Iterable[PlanItem]) -> list[PlanItem]:
    """Planned portions beyond what a low-FODMAP diet allows of their dish; what somebody locked stays."""
    if "low-fodmap" not in athlete.dietary_preferences:
        return []
    catalogue = athlete_catalogue(athlete)
    return [
        item
        for item in coming
        if item.status == PlanItem.Status.PLANNED
        and not item.locked
        and item.recipe_id in catalogue.recipes
        and item.quarters > largest_serving(item.recipe, athlete, catalogue)
    ]


def holds_disliked(athlete: Athlete, plan: MealPlan, *, shared: Catalogue | None = None) -> bool:
    """Whether a meal that is still to come holds what the athlete dislikes.

    Who asks for many athletes reads the `shared` catalogue once; which it is costs a query.
    """
    return bool(_disliked_items(athlete, plan, shared=shared))


def _disliked_items(athlete: Athlete, plan: MealPlan, *, shared: Catalogue | None = None) -> list[PlanItem]:
    if plan.current is None or not unwanted(athlete, plan.week_start, plan.last_day):
        return []
    planned = [item for item in open_items(athlete, plan) if item.status == PlanItem.Status.PLANNED]
    own = any(item.recipe.owner_id is not None for item in planned)
    catalogue = athlete_catalogue(athlete) if own else shared or read_catalogue()
    served = {(item.recipe_id, item.date) for item in planned if item.recipe_id in catalogue.recipes}
    disliked = {
        (recipe_id, day)
        for recipe_id, day in served
        if is_disliked(catalogue.named(recipe_id), unwanted(athlete, day, day))
    }
    return [item for item in planned if (item.recipe_id, item.date) in disliked]


def needs_fingerprint(target: Mapping[str, Any]) -> tuple[Any, ...]:
    """What a plan was made for, of one day: the numbers, and the sessions with their times and what may be eaten in
    an hour of them."""
    sessions = tuple(
        (
            *(s[name] for name in ("event_id", "starts_at_minute", "duration_minutes", "net_kcal")),
            *(s[said] for said in mapping.SAID_OF_RACE if said in s),
        )
        for s in target["sessions"]
    )
    return (target["energy_kcal"], target["carbs_g"], target["protein_g"], target["fat_g"], sessions)


def unsafe_items(athlete: Athlete, plan: MealPlan) -> list[dict[str, Any]]:
    """Meals still to come that the athlete may no longer eat, with the reason: shown at once, never served on."""
    found = []
    for item in open_items(athlete, plan):
        reasons = why_not(item.recipe, athlete)
        if reasons:
            found.append(
                {
                    "date": item.date.isoformat(),
                    "slot": item.slot,
                    "index": item.index,
                    "recipe_id": item.recipe_id,
                    "reasons": reasons,
                }
            )
    return found
