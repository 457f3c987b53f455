"""What a limit would do before anybody sets it: how many plans of a squad would change, and which have no way out."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from athletes.models import Athlete, Squad, User
from athletes.rules import numbers_withheld
from nutrition_site.kernel.clock import today
from nutrition_site.kernel.errors import Conflict, DomainError, InvalidInput
from planning.bounding import GIVES_WAY
from planning.models import MealPlan
from planning.services.coaching_bounds import Wish, check_wish, coached_athletes, refuse_unsafe
from planning.services.coaching_limits import limits_of, with_limits
from planning.services.concessions import agreed_offers
from planning.services.inputs import gather_inputs
from planning.services.plans import MAX_DAYS, with_contents
from planning.services.resolving import current_items
from planning.services.rules import rules_of
from planning.services.solving import OutOfTime, PlanInfeasible, find_solution
from planning.services.standing import outdated_plan_ids, standing_of
from planning.services.stored import place_of
from planning.services.targets import ProfileOutOfRange, calculate_ranges, calculate_targets

# The whole answer comes within this time; who is not reached is said to be untried.
SECONDS = 15.0
SECONDS_EACH = 4.0
LOOKED_AT_DAYS = 14
# Less than this is as before: targets are told to the nearest ten.
LEAST_RISE_KCAL = 10.0


class Outcome(StrEnum):
    """What a limit would do to one athlete's present plans."""

    NO_PLAN = "no_plan"
    FITS = "fits"
    CHANGES = "changes"
    IMPOSSIBLE = "impossible"
    REFUSED = "refused"
    UNTRIED = "untried"


@dataclass(frozen=True, slots=True)
class Trial:
    """One athlete: what would happen, why in words where it would not work, on how many of the days looked at the limit
    would give way, and on how many the energy that is asked for would rise, at most by how much.

    `most_kcal` is None where numbers are withheld. Energy never falls for a limit.
    """

    athlete: Athlete
    outcome: Outcome
    reason: str = ""
    days_given_way: int = 0
    days_looked_at: int = 0
    days_raised: int = 0
    most_kcal: float | None = None


def try_bound(
    *, coach: User, athletes: Iterable[Athlete | str], wish: Wish, squad: Squad | None = None, seconds: float = SECONDS
) -> list[Trial]:
    """Tries a limit on the present plans of these athletes; nothing is stored and nobody is told.

    Plans that would be out of date are solved anew, as long as the seconds last. Raises what setting it would raise
    for everybody (`check_wish`, `coached_athletes`); what is refused for one athlete is that athlete's outcome.
    """
    wish = check_wish(wish)
    ends = time.monotonic() + seconds
    return [_try(athlete, wish, coach=coach, ends=ends) for athlete in coached_athletes(coach, athletes)]


def _try(athlete: Athlete, wish: Wish, *, coach: User, ends: float) -> Trial:
    try:
        refuse_unsafe([athlete], wish, coach=coach)
    except InvalidInput as refusal:
        return Trial(athlete, Outcome.REFUSED, refusal.message)
    bounds = [*limits_of(athlete), wish.for_athlete(athlete, coach=coach)]
    bounded = with_limits(athlete, bounds)
    effect = _effect_on_targets(athlete, bounded, wish)
    plans = _present_plans(athlete, wish)
    outcome, reason = Outcome.NO_PLAN, ""
    try:
        for plan in plans:
            found, why = _try_plan(plan, bounded, ends=ends)
            if outcome == Outcome.NO_PLAN or _weight(found) > _weight(outcome):
                outcome, reason = found, why
    except ProfileOutOfRange as error:
        outcome, reason = Outcome.REFUSED, error.message
    return Trial(athlete, outcome, reason, *effect)


def _weight(outcome: Outcome) -> int:
    order = (Outcome.NO_PLAN, Outcome.FITS, Outcome.CHANGES, Outcome.UNTRIED, Outcome.IMPOSSIBLE, Outcome.REFUSED)
    return order.index(outcome)


def _effect_on_targets(athlete: Athlete, bounded: Athlete, wish: Wish) -> tuple[int, int, int, float | None]:
    """The numbers of a trial from `days_given_way` on, of the coming days of the limit."""
    present = today(athlete.zones)
    first = max(present, wish.first_day)
    last = min(wish.last_day, first + timedelta(days=LOOKED_AT_DAYS - 1))
    if last < first or not wish.measure:
        return 0, 0, 0, None
    try:
        before = calculate_targets(athlete=athlete, first=first, last=last)
        after = calculate_targets(athlete=bounded, first=first, last=last)
    except ProfileOutOfRange:
        return 0, 0, 0, None
    rises = [new.targets.energy_kcal - old.targets.energy_kcal for old, new in zip(before, after, strict=True)]
    raised = [rise for rise in rises if rise >= LEAST_RISE_KCAL]
    most = None if numbers_withheld(athlete, today=present) else max(raised, default=0.0)
    return sum(GIVES_WAY in day.targets.warnings for day in after), len(after), len(raised), most


def _present_plans(athlete: Athlete, wish: Wish) -> list[MealPlan]:
    """The plans with days of the limit that are still to come."""
    present: date = today(athlete.zones)
    rows = MealPlan.objects.verified().filter(
        athlete=athlete, week_start__lte=wish.last_day, week_start__gt=present - timedelta(days=MAX_DAYS)
    )
    plans: Sequence[MealPlan] = with_contents(rows)
    return [plan for plan in plans if plan.last_day >= max(present, wish.first_day)]


def _try_plan(plan: MealPlan, bounded: Athlete, *, ends: float) -> tuple[Outcome, str]:
    targets = calculate_ranges(athlete=bounded, ranges=[(plan.week_start, plan.last_day)])
    if plan.pk not in outdated_plan_ids(bounded, [plan], targets, rules_of(bounded)):
        return Outcome.FITS, ""
    left = ends - time.monotonic()
    if left < 1.0:
        return Outcome.UNTRIED, ""
    try:
        items = current_items(plan)
        inputs = gather_inputs(
            athlete=bounded,
            first=plan.week_start,
            count=plan.days,
            seed=plan.request.get("seed"),
            standing=standing_of(plan, items, full=False, hold_bought=False),
            relaxations=agreed_offers(plan.request),
        )
        solved = find_solution(inputs, seconds=min(left, SECONDS_EACH))
    except OutOfTime:
        return Outcome.UNTRIED, ""
    except PlanInfeasible as refusal:
        if numbers_withheld(bounded, today=today(bounded.zones)):
            return Outcome.IMPOSSIBLE, ""
        return Outcome.IMPOSSIBLE, " ".join(str(row.get("message", "")) for row in refusal.details) or refusal.message
    except (Conflict, DomainError) as error:
        return Outcome.UNTRIED, error.message
    before = {(*place_of(item), item.recipe_id, item.quarters) for item in items}
    after = {(*item.place, item.dish_key, item.quarters) for item in solved.items}
    return (Outcome.FITS if before == after else Outcome.CHANGES), ""


def count_outcomes(trials: Sequence[Trial]) -> dict[str, int]:
    """How many athletes have each outcome, those without any left out."""
    return {outcome.value: count for outcome in Outcome if (count := sum(trial.outcome == outcome for trial in trials))}
