"""One meal for another: ranked alternatives that keep the day verified, and the swap itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from athletes.models import Athlete, User
from nutrition_site.kernel.errors import Conflict, DomainError, InvalidInput, NotFound
from planning.models import MealPlan, PlanItem
from planning.optimizer.types import DayNeed, Dish, Item, SlotNeed, Solved, Waiver
from planning.services.choice import why_not
from planning.services.inputs import PlanInputs, gather_inputs
from planning.services.proof import as_items, certify, certify_items
from planning.services.revisions import store_revision
from planning.services.solving import PlanInfeasible, solve_or_refuse

ALTERNATIVES = 8
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


def find_alternatives(*, plan: MealPlan, place: Place, limit: int = ALTERNATIVES) -> list[dict[str, Any]]:
    """Dishes that could stand in this place with the rest of the day unchanged, best first.

    Raises NotFound for a place the plan does not have, Conflict for a meal that was eaten.
    """
    inputs, items, target = _situation(plan, place)
    before = next(item for item in items if item.place == target)
    result: list[dict[str, Any]] = []
    for fit in _one_of_each_family(_fits(inputs, items, target, before)):
        if len(result) == limit:
            break
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
                "change": _change(inputs, before, fit),
                "deviation": round(fit.deviation, 4),
            }
        )
    return result


def swap_meal(*, plan: MealPlan, place: Place, recipe_id: str, by: User | None) -> dict[str, Any]:
    """Puts another dish into one place and stores the verified result as a new revision; returns the diff.

    The rest of the day stays when the dish fits as it is; otherwise the day is solved again around it. Raises
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
    fit = next((fit for fit in _fits(inputs, items, target, before) if fit.dish.key == recipe_id), None)
    if fit is not None:
        solved, certificate = _as_solution(plan, inputs, _swapped(items, target, fit))
        if certificate["ok"]:
            return _store(plan, inputs, solved, certificate, by, old)
    return _solve_around(plan, inputs, old, target, recipe_id, by)


def _swapped(items: Sequence[Item], target: tuple[str, str, int], fit: Fit) -> list[Item]:
    return [
        replace(item, dish_key=fit.dish.key, quarters=fit.quarters, leftover_of=None) if item.place == target else item
        for item in items
    ]


def _situation(plan: MealPlan, place: Place) -> tuple[PlanInputs, list[Item], tuple[str, str, int]]:
    if plan.current_id is None:
        raise Conflict("The plan is not ready yet.", code="plan_not_ready")
    rows = list(PlanItem.objects.filter(revision_id=plan.current_id))
    row = next((row for row in rows if (row.date, row.slot, row.index) == place), None)
    if row is None:
        raise NotFound("The plan has no such meal.")
    if row.status == PlanItem.Status.EATEN:
        raise Conflict("This meal was eaten already.", code="meal_eaten")
    kept = [other for other in rows if other.locked or other.status == PlanItem.Status.EATEN]
    inputs = gather_inputs(
        athlete=Athlete.objects.get(pk=plan.athlete_id),
        first=plan.week_start,
        count=plan.days,
        seed=plan.request.get("seed"),
        kept=[other for other in kept if other.pk != row.pk],
        previous=rows,
    )
    return inputs, as_items(rows), (place[0].isoformat(), place[1], place[2])


def _fits(inputs: PlanInputs, items: Sequence[Item], target: tuple[str, str, int], before: Item) -> list[Fit]:
    """Every dish that can take the place with all of the day's hard rows kept."""
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
    for dish in inputs.problem.dishes:
        if dish.key == before.dish_key or target[1] not in dish.slots or dish.family in blocked:
            continue
        if need.prep_minutes is not None and minutes + dish.prep_minutes > need.prep_minutes:
            continue
        best = _best_serving(dish, need, slot, sums)
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


def _best_serving(dish: Dish, need: DayNeed, slot: SlotNeed, sums: Sequence[float]) -> Fit | None:
    best: Fit | None = None
    for quarters in range(dish.min_quarters, dish.max_quarters + 1):
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

    def measure() -> dict[str, Any]:
        return certify_items(
            athlete=inputs.athlete,
            catalogue=inputs.catalogue,
            days=inputs.problem.days,
            problem=inputs.problem,
            items=items,
            waived=frozenset((w.kind, w.date) for w in waivers),
        )

    certificate = measure()
    soft = [row for row in certificate["violations"] if row["code"] in ("fiber", "sodium")]
    if soft and len(soft) == len(certificate["violations"]):
        for row in soft:
            name = "fiber_g" if row["code"] == "fiber" else "sodium_mg"
            measured = next(r for r in certificate["rows"] if r["name"] == name and r["day"] == row["date"])
            waivers.append(
                Waiver(row["code"], row["date"], measured["value"], measured["low"], measured["high"], row["message"])
            )
        certificate = measure()
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
    return solved, certificate


def _solve_around(
    plan: MealPlan, inputs: PlanInputs, old: Sequence[PlanItem], target: tuple[str, str, int], recipe_id: str, by: Any
) -> dict[str, Any]:
    """Solves again with the chosen dish held in place, at the serving nearest to the old energy first."""
    dish = next(dish for dish in inputs.problem.dishes if dish.key == recipe_id)
    row = next(item for item in old if (item.date.isoformat(), item.slot, item.index) == target)
    wanted = (row.nutrients.get("energy_kcal") or 0.0) * 100 / max(dish.per_quarter[KCAL] or 1, 1)
    servings = sorted(range(dish.min_quarters, dish.max_quarters + 1), key=lambda n: (abs(n - wanted), n))
    refusal: DomainError | None = None
    for quarters in servings[:3]:
        held = PlanItem(
            date=row.date, slot=row.slot, index=row.index, time=row.time, recipe_id=recipe_id, quarters=quarters
        )
        held.locked = True
        kept = [i for i in old if i.pk != row.pk and (i.locked or i.status == PlanItem.Status.EATEN)]
        problem_inputs = gather_inputs(
            athlete=inputs.athlete,
            first=plan.week_start,
            count=plan.days,
            seed=plan.request.get("seed"),
            kept=[*kept, held],
            previous=[i for i in old if i.pk != row.pk],
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
