"""One meal for another: ranked alternatives that keep the day verified, and the swap itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from athletes.models import Athlete, User
from nutrition_site.kernel.clock import today
from nutrition_site.kernel.errors import Conflict, DomainError, InvalidInput, NotFound
from planning.models import MealPlan, PlanItem, Recipe
from planning.optimizer.types import Item, Solved
from planning.phrases import tell
from planning.services.by_hand import as_solution, meals_as_read
from planning.services.choice import why_not
from planning.services.concessions import agreed_offers
from planning.services.fitting import find_fits, find_portions
from planning.services.inputs import PlanInputs, gather_inputs
from planning.services.plans import stale_plan_ids
from planning.services.proof import as_items, certify
from planning.services.resolving import current_items
from planning.services.rest import follow_rest
from planning.services.revisions import store_revision
from planning.services.solving import PlanInfeasible, solve_or_refuse
from planning.services.standing import is_lived, standing_of
from planning.services.stored import place_of
from planning.services.swap_rows import alternative_row
from planning.services.trades import ALONE, APART, BESIDE, FEW, TOGETHER, Trade, eaters_of, find_trades, placed
from planning.wording import slot_name

ALTERNATIVES = 8
PORTIONS = 2
MOST_TOGETHER = 5
# What the certificate refuses it refuses mostly for a reason that the next dish shares.
MOST_REFUSED = 40
# The reason of a revision in which somebody chose another dish.
SWAPPED = "swapped"
PLAN_STALE, LEFTOVER_KEPT, NOTHING_FITS = "plan_stale", "leftover_kept", "nothing_fits"
REASONS = {
    PLAN_STALE: gettext_noop(
        "Your training or profile changed after this plan was made. Plan again first; then you see what fits."
    ),
    LEFTOVER_KEPT: gettext_noop(
        "This dish is cooked for a later meal that you keep or have eaten. Let that meal change first."
    ),
    NOTHING_FITS: gettext_noop(
        "No other dish keeps this day within its limits, not even with another serving beside it."
    ),
}

Place = tuple[date, str, int]
Spot = tuple[str, str, int]


class FoodExcluded(DomainError):
    """422: the athlete may not eat this; no door leads around it."""

    status = 422
    code = "food_excluded"
    message = "This dish is excluded for you."


def refuse_excluded(recipe: Recipe, athlete: Athlete) -> None:
    """Raises FoodExcluded with every reason against serving this dish to this athlete."""
    reasons = why_not(recipe, athlete)
    if reasons:
        raise FoodExcluded(
            _("This dish is excluded for you: %(reasons)s.") % {"reasons": "; ".join(tell(one) for one in reasons)}
        )


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Verified alternatives for one meal, best first; without any, `reason` is a code and `message` its words."""

    rows: list[dict[str, Any]]
    reason: str | None = None
    message: str = ""

    def document(self) -> dict[str, Any]:
        """As the API answers: the reason stands only where nothing is offered."""
        if self.rows or self.reason is None:
            return {"alternatives": self.rows}
        return {"alternatives": self.rows, "reason": {"code": self.reason, "message": _(self.message)}}


def suggest_swaps(*, plan: MealPlan, place: Place, limit: int = ALTERNATIVES, portions: bool = False) -> Suggestions:
    """What could stand in this place, each verified; also where more than this one meal has to change.

    A dinner that is cooked for later meals is exchanged together with them, or they are cooked on their own. Where
    hardly anything fits, one other meal of the day may change its serving. A row's `kind` is alone, beside, together
    or apart, and `also` names the other meals it changes. Raises as find_alternatives does.
    """
    inputs, items, target = _situation(plan, place, meals_as_read(plan))
    held = [eater for eater in eaters_of(items, target) if _is_held(inputs, eater)]
    rows: list[dict[str, Any]] = []
    if not held:
        rows = _offers(plan, inputs, items, target, limit=limit)
        if portions:
            rows += _portion_offers(plan, inputs, items, target)
    if rows:
        return Suggestions(rows)
    if plan.pk in stale_plan_ids(inputs.athlete, [plan]):
        reason = PLAN_STALE
    elif held:
        reason = LEFTOVER_KEPT
    else:
        reason = NOTHING_FITS
    return Suggestions([], reason, REASONS[reason])


def find_alternatives(*, plan: MealPlan, place: Place, limit: int = ALTERNATIVES) -> list[dict[str, Any]]:
    """Dishes that could stand in this place with every other meal unchanged, best first, each verified.

    `why` says what speaks for each: favorite, pantry (uses what is at home), quicker, same_time. Raises NotFound for a
    place the plan does not have, Conflict for a meal that was eaten or a day that is over.
    """
    inputs, items, target = _situation(plan, place, meals_as_read(plan))
    return [] if eaters_of(items, target) else _offers(plan, inputs, items, target, limit=limit, kinds=(ALONE,))


def _offers(
    plan: MealPlan,
    inputs: PlanInputs,
    items: Sequence[Item],
    target: Spot,
    *,
    limit: int,
    kinds: tuple[str, ...] = (ALONE, BESIDE, TOGETHER, APART),
) -> list[dict[str, Any]]:
    """The best trade of each family that is verified; changes of other meals only while few fit without."""
    found: list[dict[str, Any]] = []
    taken: dict[str, str] = {}
    counts: Counter[str] = Counter()
    is_leftover = any(item.place == target and item.leftover_of for item in items)
    for trade in find_trades(inputs, items, target):
        kind, family = trade.kind, trade.fit.dish.family
        enough = FEW if kind == BESIDE or (kind == TOGETHER and is_leftover) else limit
        if kind not in kinds or len(found) >= enough:
            break
        if family in taken or (kind == TOGETHER and counts[kind] >= MOST_TOGETHER):
            continue
        if not as_solution(plan, inputs, trade.items)[1]["ok"]:
            counts["refused"] += 1
            if counts["refused"] >= MOST_REFUSED:
                break
            continue
        taken[family] = kind
        counts[kind] += 1
        found.append(alternative_row(inputs, items, target, trade))
    return found


def _portion_offers(plan: MealPlan, inputs: PlanInputs, items: Sequence[Item], target: Spot) -> list[dict[str, Any]]:
    before = next(item for item in items if item.place == target)
    trades = [
        Trade(ALONE, fit, placed(items, target, fit)) for fit in find_portions(inputs, items, target, before)[:PORTIONS]
    ]
    return [
        alternative_row(inputs, items, target, trade)
        for trade in trades
        if as_solution(plan, inputs, trade.items)[1]["ok"]
    ]


def _is_held(inputs: PlanInputs, item: Item) -> bool:
    return any((one.date, one.slot, one.index) == item.place for one in inputs.problem.fixed)


@dataclass(frozen=True, slots=True)
class FoundSwap:
    """A verified plan with another dish in one place, not stored; `old` are the meals that it was found from."""

    plan: MealPlan
    inputs: PlanInputs
    solved: Solved
    certificate: dict[str, Any]
    old: list[PlanItem]


def swap_meal(
    *, plan: MealPlan, place: Place, recipe_id: str, quarters: int | None = None, by: User | None
) -> dict[str, Any]:
    """Puts another dish, or another serving, into one place and stores the verified result; returns the diff.

    `quarters` and what is raised are those of `find_swap` and `store_swap`.
    """
    return store_swap(find_swap(plan=plan, place=place, recipe_id=recipe_id, quarters=quarters), by=by)


def find_swap(*, plan: MealPlan, place: Place, recipe_id: str, quarters: int | None = None) -> FoundSwap:
    """The plan with another dish, or another serving, in one place. Takes seconds and stores nothing.

    The rest of the plan changes as suggest_swaps says of this dish; otherwise the day is solved again around it.
    `quarters` asks for exactly this serving, in quarters: then the rest of the day stays, or the swap is refused.
    Raises FoodExcluded, NotFound, Conflict, or PlanInfeasible when no verified day holds this dish.
    """
    old = current_items(plan)
    inputs, items, target = _situation(plan, place, old)
    recipe = inputs.catalogue.recipes.get(recipe_id)
    if recipe is None or not recipe.active:
        raise InvalidInput.of("recipe_id", _("There is no such recipe."))
    refuse_excluded(recipe, inputs.athlete)
    if recipe_id not in {dish.key for dish in inputs.problem.dishes}:
        raise FoodExcluded(_("You said that you do not want this food."))
    for trade in _trades_to(inputs, items, target, recipe_id, quarters):
        solved, certificate = as_solution(plan, inputs, trade.items)
        if certificate["ok"]:
            return FoundSwap(plan, inputs, solved, certificate, old)
    # A leftover may be of a dish that is meant for another meal: only what is cooked for this one has to be.
    if target[1] not in recipe.slots:
        raise InvalidInput.of(
            "recipe_id", _("This dish is not meant for %(meal)s.") % {"meal": slot_name(target[1]).lower()}
        )
    if quarters is not None:
        raise Conflict(_("This serving does not fit into the day as it is."), code="swap_does_not_fit")
    return _solve_around(plan, inputs, old, target, recipe_id)


def _trades_to(
    inputs: PlanInputs, items: Sequence[Item], target: Spot, recipe_id: str, quarters: int | None
) -> list[Trade]:
    """The ways to have this dish here, in the order to try; with `quarters` only in exactly this serving."""
    before = next(item for item in items if item.place == target)
    if any(_is_held(inputs, eater) for eater in eaters_of(items, target)):
        return []
    if recipe_id == before.dish_key:
        fits = find_portions(inputs, items, target, before, quarters)
        return [Trade(ALONE, fit, placed(items, target, fit)) for fit in fits]
    if quarters is not None:
        if eaters_of(items, target):
            return []
        fits = find_fits(inputs, items, target, before, quarters)
        return [Trade(ALONE, fit, placed(items, target, fit)) for fit in fits if fit.dish.key == recipe_id]
    return [trade for trade in find_trades(inputs, items, target) if trade.fit.dish.key == recipe_id]


def _situation(plan: MealPlan, place: Place, rows: Sequence[PlanItem]) -> tuple[PlanInputs, list[Item], Spot]:
    """What another dish in a place is measured by: the inputs with the place open, the meals that count, the place."""
    row = next((row for row in rows if (row.date, row.slot, row.index) == place), None)
    if row is None:
        raise NotFound(_("The plan has no such meal."))
    if row.status == PlanItem.Status.EATEN:
        raise Conflict(_("This meal was eaten already."), code="meal_eaten")
    if is_lived(plan, row.date, present=today(plan.athlete.zones)):
        raise Conflict(_("This day is over; its meals stay as they were."), code="day_over")
    standing = standing_of(plan, rows, full=False, hold_bought=False)
    if row.date in standing.closed:
        raise Conflict(_("Every meal of this day is marked already. Take a mark back first."), code="day_over")
    out = {place_of(item) for item in standing.left_out}
    kept = [other for other in standing.kept if other.pk != row.pk]
    inputs = gather_inputs(
        athlete=Athlete.objects.get(pk=plan.athlete_id),
        first=plan.week_start,
        count=plan.days,
        seed=plan.request.get("seed"),
        standing=replace(standing, kept=kept, left_out=[item for item in standing.left_out if item.pk != row.pk]),
        relaxations=agreed_offers(plan.request),
    )
    target = place_of(row)
    inputs = follow_rest(inputs, revision=plan.current, items=as_items(rows))
    return inputs, [item for item in as_items(rows) if item.place not in out - {target}], target


def _solve_around(plan: MealPlan, inputs: PlanInputs, old: list[PlanItem], target: Spot, recipe_id: str) -> FoundSwap:
    """Solves again with the chosen dish held in place, at the serving nearest to the old energy first."""
    dish = next(dish for dish in inputs.problem.dishes if dish.key == recipe_id)
    row = next(item for item in old if (item.date.isoformat(), item.slot, item.index) == target)
    wanted = (row.nutrients.get("energy_kcal") or 0.0) * 100 / max(dish.per_quarter[0] or 1, 1)
    steps = range(-(-dish.min_quarters // dish.step_quarters) * dish.step_quarters, dish.max_quarters + 1)
    servings = sorted(steps[:: dish.step_quarters], key=lambda n: (abs(n - wanted), n))
    standing = standing_of(plan, old, full=False)
    refusal: DomainError | None = None
    for quarters in servings[:3]:
        held = PlanItem(
            date=row.date, slot=row.slot, index=row.index, time=row.time, recipe_id=recipe_id, quarters=quarters
        )
        held.locked = True
        kept = [item for item in standing.kept if item.pk != row.pk]
        gathered = gather_inputs(
            athlete=inputs.athlete,
            first=plan.week_start,
            count=plan.days,
            seed=plan.request.get("seed"),
            standing=replace(standing, kept=[*kept, held], previous=[i for i in old if i.pk != row.pk]),
            relaxations=agreed_offers(plan.request),
        )
        problem_inputs = follow_rest(gathered, revision=plan.current, items=as_items(old))
        try:
            solved = solve_or_refuse(problem_inputs, seconds=6.0)
        except PlanInfeasible as error:
            refusal = error
            continue
        return FoundSwap(plan, problem_inputs, solved, certify(problem_inputs, solved), old)
    raise refusal or Conflict(_("This dish does not fit into the day."), code="swap_does_not_fit")


def store_swap(found: FoundSwap, *, by: User | None) -> dict[str, Any]:
    """Makes what was found the plan, in one transaction; returns the diff. Raises Conflict where the plan, its meals or
    what it was made from changed meanwhile, NotFound where it is gone."""
    stored = store_revision(
        found.plan,
        inputs=found.inputs,
        solved=found.solved,
        certificate=found.certificate,
        reason=SWAPPED,
        by=by,
        old=found.old,
    )
    return stored.current.diff or {} if stored.current else {}
