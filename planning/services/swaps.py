"""One meal for another: ranked alternatives that keep the day verified, and the swap itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from athletes.models import Athlete, User
from nutrition_site.kernel.clock import today
from nutrition_site.kernel.errors import Conflict, DomainError, InvalidInput, NotFound
from planning.models import MealPlan, PlanItem
from planning.optimizer.servings import quarters_range
from planning.optimizer.types import DayNeed, Dish, Item, SlotNeed, Solved, Waiver
from planning.services.choice import why_not
from planning.services.concessions import agreed_offers
from planning.services.inputs import PlanInputs, gather_inputs
from planning.services.opinions import FAVORITE
from planning.services.proof import as_items, certify
from planning.services.revisions import store_revision
from planning.services.solving import PlanInfeasible, solve_or_refuse
from planning.services.standing import is_lived, standing_of
from planning.services.stored import place_of

ALTERNATIVES = 8
PORTIONS = 2
# Less hands-on time than this is no difference that anybody plans by.
QUICKER_MINUTES = 5
KCAL, PROTEIN, CARBS, FAT = range(4)
# Stay a hair inside the tolerance: hundredths in quarter servings are rounded, the checker's floats are not.
MARGIN = 0.001

Place = tuple[date, str, int]


class FoodExcluded(DomainError):
    """422: the athlete may not eat this; no door leads around it."""

    status = 422
    code = "food_excluded"
    message = "This dish is excluded for you."


@dataclass(frozen=True, slots=True)
class Fit:
    """One dish in one place with the serving that suits the day best; `deviation` is relative, 0 is on target."""

    dish: Dish
    quarters: int
    deviation: float


def find_alternatives(
    *, plan: MealPlan, place: Place, limit: int = ALTERNATIVES, portions: bool = False
) -> list[dict[str, Any]]:
    """Dishes that could stand in this place with the rest of the day unchanged, best first, each verified.

    `why` says what speaks for each: favorite, pantry (uses what is at home), quicker, same_time, or portion (the same
    dish in another serving, only with `portions`). Raises NotFound for a place the plan does not have, Conflict for a
    meal that was eaten or a day that is over.
    """
    inputs, items, target = _situation(plan, place)
    before = next(item for item in items if item.place == target)
    result: list[dict[str, Any]] = []
    dishes = {dish.key: dish for dish in inputs.problem.dishes}
    others = _portions(inputs, items, target, before)[:PORTIONS] if portions else []
    for fit in [*_one_of_each_family(_fits(inputs, items, target, before)), *others]:
        if len(result) >= limit and fit.dish.key != before.dish_key:
            continue
        if not _as_solution(plan, inputs, _swapped(items, target, fit))[1]["ok"]:
            continue
        recipe = inputs.catalogue.recipes[fit.dish.key]
        amounts = [round((value or 0) * fit.quarters / 100, 1) for value in fit.dish.per_quarter]
        result.append(
            {
                "recipe_id": fit.dish.key,
                "name": recipe.name,
                "servings": fit.quarters / 4,
                "prep_minutes": recipe.hands_on_minutes,
                "nutrients": dict(zip(("energy_kcal", "protein_g", "carbs_g", "fat_g"), amounts, strict=False)),
                "why": _why(fit, dishes.get(before.dish_key)),
                "change": _change(inputs, before, fit),
                "deviation": round(fit.deviation, 4),
            }
        )
    return result


def swap_meal(
    *, plan: MealPlan, place: Place, recipe_id: str, quarters: int | None = None, by: User | None
) -> dict[str, Any]:
    """Puts another dish, or another serving, into one place and stores the verified result; returns the diff.

    The rest of the day stays when the dish fits as it is; otherwise the day is solved again around it. `quarters` asks
    for exactly this serving, in quarters: then the rest of the day stays, or the swap is refused. Raises
    FoodExcluded, NotFound, Conflict, or PlanInfeasible when no verified day holds this dish.
    """
    inputs, items, target = _situation(plan, place)
    before = next(item for item in items if item.place == target)
    recipe = inputs.catalogue.recipes.get(recipe_id)
    if recipe is None or not recipe.active:
        raise InvalidInput.of("recipe_id", "There is no such recipe.")
    reasons = why_not(recipe, inputs.athlete)
    if reasons:
        raise FoodExcluded("This dish is excluded for you: " + "; ".join(reasons) + ".")
    if recipe_id not in {dish.key for dish in inputs.problem.dishes}:
        raise FoodExcluded("You said that you do not want this food.")
    if target[1] not in recipe.slots:
        raise InvalidInput.of("recipe_id", f"This dish is not meant for {target[1]}.")
    old = list(PlanItem.objects.filter(revision_id=plan.current_id).select_related("recipe"))
    fits = _fits if recipe_id != before.dish_key else _portions
    wanted = (fit for fit in fits(inputs, items, target, before, quarters) if fit.dish.key == recipe_id)
    fit = next(wanted, None)
    if fit is not None:
        solved, certificate = _as_solution(plan, inputs, _swapped(items, target, fit))
        if certificate["ok"]:
            return _store(plan, inputs, solved, certificate, by, old)
    if quarters is not None:
        raise Conflict("This serving does not fit into the day as it is.", code="swap_does_not_fit")
    return _solve_around(plan, inputs, old, target, recipe_id, by)


def _swapped(items: Sequence[Item], target: tuple[str, str, int], fit: Fit) -> list[Item]:
    return [
        replace(item, dish_key=fit.dish.key, quarters=fit.quarters, leftover_of=None) if item.place == target else item
        for item in items
    ]


def _situation(plan: MealPlan, place: Place) -> tuple[PlanInputs, list[Item], tuple[str, str, int]]:
    if plan.current_id is None:
        raise Conflict("The plan is not ready yet.", code="plan_not_ready")
    rows = list(PlanItem.objects.filter(revision_id=plan.current_id).select_related("recipe"))
    row = next((row for row in rows if (row.date, row.slot, row.index) == place), None)
    if row is None:
        raise NotFound("The plan has no such meal.")
    if row.status == PlanItem.Status.EATEN:
        raise Conflict("This meal was eaten already.", code="meal_eaten")
    if is_lived(plan, row.date, present=today(plan.athlete.timezone)):
        raise Conflict("This day is over; its meals stay as they were.", code="day_over")
    standing = standing_of(plan, rows, full=False, hold_bought=False)
    if row.date in standing.closed:
        raise Conflict("Every meal of this day is marked already. Take a mark back first.", code="day_over")
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
    return inputs, [item for item in as_items(rows) if item.place not in out - {target}], target


def _why(fit: Fit, before: Dish | None) -> list[str]:
    """What speaks for a dish beside the one that stands there, the strongest reason first."""
    if before is not None and fit.dish.key == before.key:
        return ["portion"]
    found = []
    if fit.dish.preference >= FAVORITE:
        found.append("favorite")
    if fit.dish.stock_use:
        found.append("pantry")
    if before is not None:
        minutes = before.prep_minutes - fit.dish.prep_minutes
        if minutes >= QUICKER_MINUTES:
            found.append("quicker")
        elif abs(minutes) < QUICKER_MINUTES:
            found.append("same_time")
    return found


def _portions(
    inputs: PlanInputs,
    items: Sequence[Item],
    target: tuple[str, str, int],
    before: Item,
    quarters: int | None = None,
) -> list[Fit]:
    """The same dish in other servings that keep the day's hard rows, the nearest first."""
    dish = next((dish for dish in inputs.problem.dishes if dish.key == before.dish_key and dish.slots), None)
    if dish is None or before.leftover_of is not None:
        return []
    wanted = [quarters] if quarters is not None else range(dish.min_quarters, dish.max_quarters + 1)
    found = []
    for count in wanted:
        one = replace(dish, min_quarters=count, max_quarters=count)
        if (
            count == before.quarters
            or count % dish.step_quarters
            or not dish.min_quarters <= count <= dish.max_quarters
        ):
            continue
        found += _fits(inputs, items, target, replace(before, dish_key=""), only=one)
    return sorted(found, key=lambda fit: (abs(fit.quarters - before.quarters), fit.quarters))


def _fits(
    inputs: PlanInputs,
    items: Sequence[Item],
    target: tuple[str, str, int],
    before: Item,
    quarters: int | None = None,
    *,
    only: Dish | None = None,
) -> list[Fit]:
    """Every dish, or the `only` one, that can take the place with all of the day's hard rows kept.

    `quarters` asks for exactly this serving.
    """
    if any(item.leftover_of == target for item in items):
        return []
    need = next((day for day in inputs.problem.days if day.date == target[0]), None)
    slot = next((s for s in need.slots if (s.slot, s.index) == target[1:]), None) if need else None
    if need is None or slot is None:
        return []
    dishes = {dish.key: dish for dish in inputs.problem.dishes}
    others = [item for item in items if item.place != target]
    sums = [0.0] * 4
    minutes = 0.0
    for item in others:
        dish = dishes.get(item.dish_key)
        if item.date != target[0]:
            continue
        if dish is None:
            return []
        for nutrient in range(4):
            sums[nutrient] += (dish.per_quarter[nutrient] or 0) * item.quarters / 100
        minutes += 3 if item.leftover_of else dish.prep_minutes
    blocked = _blocked_families(inputs, others, target, dishes)
    fits = []
    for dish in inputs.problem.dishes if only is None else (only,):
        if dish.key == before.dish_key or target[1] not in dish.slots or dish.family in blocked:
            continue
        if need.prep_minutes is not None and minutes + dish.prep_minutes > need.prep_minutes:
            continue
        best = _best_serving(dish, need, slot, sums, quarters)
        if best is not None:
            fits.append(best)
    fits.sort(key=lambda fit: (round(fit.deviation - 0.2 * fit.dish.preference, 6), fit.dish.key))
    return fits


def _one_of_each_family(fits: Sequence[Fit]) -> list[Fit]:
    best: dict[str, Fit] = {}
    for fit in fits:
        best.setdefault(fit.dish.family, fit)
    return list(best.values())


def _blocked_families(
    inputs: PlanInputs, others: Sequence[Item], target: tuple[str, str, int], dishes: dict[str, Dish]
) -> set[str]:
    """Families that variety rules keep out of this place."""
    first = inputs.days[0].date
    day = date.fromisoformat(target[0])
    week = (day - first).days // 7
    family = {item.place: dishes[item.dish_key].family for item in others if item.dish_key in dishes}
    counts: Counter[str] = Counter()
    blocked: set[str] = set()
    for item in others:
        if item.place not in family:
            continue
        if (date.fromisoformat(item.date) - first).days // 7 == week and item.slot != "during":
            counts[family[item.place]] += 1
        if item.date == target[0] and item.slot == target[1]:
            blocked.add(family[item.place])
        near = abs((date.fromisoformat(item.date) - day).days) == 1
        if near and item.slot == "dinner" == target[1]:
            blocked.add(family[item.place])
    if target[1] != "during":
        blocked |= {name for name, count in counts.items() if count >= inputs.problem.rules.max_repeats_per_week}
    return blocked


def _best_serving(
    dish: Dish, need: DayNeed, slot: SlotNeed, sums: Sequence[float], exactly: int | None = None
) -> Fit | None:
    best: Fit | None = None
    low, high = quarters_range(dish, slot)
    step = dish.step_quarters
    for quarters in range(low, high + 1, step) if exactly is None else [q for q in (exactly,) if low <= q <= high]:
        amounts = [(dish.per_quarter[n] or 0) * quarters / 100 for n in range(4)]
        if not _within(slot.energy_lo, amounts[KCAL], slot.energy_hi):
            continue
        if not _within(slot.carbs_lo, amounts[CARBS], slot.carbs_hi):
            continue
        totals = [sums[n] + amounts[n] for n in range(4)]
        energy_off = abs(totals[KCAL] - need.energy_kcal) / need.energy_kcal
        carbs_off = abs(totals[CARBS] - need.carbs_g) / need.carbs_g
        enough = need.protein_g * (1 + MARGIN) <= totals[PROTEIN] <= need.protein_g * need.protein_cap_factor
        fat_enough = totals[FAT] * 9 >= need.fat_floor_fraction * totals[KCAL] * (1 + MARGIN)
        if energy_off > need.energy_tolerance - MARGIN or carbs_off > need.carbs_tolerance - MARGIN:
            continue
        if not enough or not fat_enough:
            continue
        deviation = energy_off / need.energy_tolerance + carbs_off / need.carbs_tolerance
        if best is None or deviation < best.deviation:
            best = Fit(dish, quarters, deviation)
    return best


def _within(low: float | None, value: float, high: float | None) -> bool:
    return low is None or high is None or low <= value <= high


def _change(inputs: PlanInputs, before: Item, fit: Fit) -> dict[str, float]:
    """What the day gains or loses."""
    dishes = {dish.key: dish for dish in inputs.problem.dishes}
    old = dishes.get(before.dish_key)
    names = ("energy_kcal", "protein_g", "carbs_g", "fat_g")
    result = {}
    for n, name in enumerate(names):
        new_amount = (fit.dish.per_quarter[n] or 0) * fit.quarters / 100
        old_amount = ((old.per_quarter[n] or 0) if old else 0) * before.quarters / 100
        result[name] = round(new_amount - old_amount, 1)
    return result


def _as_solution(plan: MealPlan, inputs: PlanInputs, items: Sequence[Item]) -> tuple[Solved, dict[str, Any]]:
    """A hand-made solution with its certificate; fiber and sodium may be waived as in any plan, with a warning."""
    current = plan.current
    waivers = [Waiver(**w) for w in (current.optimality.get("waivers", []) if current else [])]

    def measure() -> tuple[Solved, dict[str, Any]]:
        solved = Solved(
            items=tuple(items),
            objective=(current.optimality.get("objective") if current else None) or 0.0,
            lp_bound=None,
            gap=None,
            relaxed=tuple(waivers),
            truncated=False,
            iterations=0,
            engine=dict(current.engine) if current else {},
        )
        return solved, certify(inputs, solved)

    solved, certificate = measure()
    soft = [row for row in certificate["violations"] if row["code"] in ("fiber", "sodium")]
    if soft and len(soft) == len(certificate["violations"]):
        for row in soft:
            name = "fiber_g" if row["code"] == "fiber" else "sodium_mg"
            measured = next(r for r in certificate["rows"] if r["name"] == name and r["day"] == row["date"])
            waivers.append(
                Waiver(row["code"], row["date"], measured["value"], measured["low"], measured["high"], row["message"])
            )
        solved, certificate = measure()
    return solved, certificate


def _solve_around(
    plan: MealPlan, inputs: PlanInputs, old: Sequence[PlanItem], target: tuple[str, str, int], recipe_id: str, by: Any
) -> dict[str, Any]:
    """Solves again with the chosen dish held in place, at the serving nearest to the old energy first."""
    dish = next(dish for dish in inputs.problem.dishes if dish.key == recipe_id)
    row = next(item for item in old if (item.date.isoformat(), item.slot, item.index) == target)
    wanted = (row.nutrients.get("energy_kcal") or 0.0) * 100 / max(dish.per_quarter[KCAL] or 1, 1)
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
        problem_inputs = gather_inputs(
            athlete=inputs.athlete,
            first=plan.week_start,
            count=plan.days,
            seed=plan.request.get("seed"),
            standing=replace(standing, kept=[*kept, held], previous=[i for i in old if i.pk != row.pk]),
            relaxations=agreed_offers(plan.request),
        )
        try:
            solved = solve_or_refuse(problem_inputs, seconds=6.0)
        except PlanInfeasible as error:
            refusal = error
            continue
        certificate = certify(problem_inputs, solved)
        return _store(plan, problem_inputs, solved, certificate, by, old)
    raise refusal or Conflict("This dish does not fit into the day.", code="swap_does_not_fit")


def _store(
    plan: MealPlan, inputs: PlanInputs, solved: Solved, certificate: dict[str, Any], by: Any, old: Sequence[PlanItem]
) -> dict[str, Any]:
    stored = store_revision(
        plan, inputs=inputs, solved=solved, certificate=certificate, reason="swapped", by=by, old=old
    )
    return stored.current.diff or {} if stored.current else {}
