"""The check itself, row by row."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date as calendar_date

from planning.checker.types import (
    Certificate,
    CheckDay,
    CheckFood,
    CheckItem,
    CheckLock,
    CheckRecipe,
    CheckSlot,
    Filters,
    Place,
    Range,
    Row,
    Violation,
    WeekRules,
)

LEFTOVER_MINUTES = 3
LEFTOVER_DAYS = {"lunch": 1, "dinner": 2}
# A dinner cooked on a batch day is eaten up to three more times, at lunch or dinner, as long as it keeps.
BATCH_LEFTOVERS = 3
# Tags that a dish has only from so much protein a serving (g) out of the foods with that tag: a spoonful of chickpea
# flour is no meal of pulses. 4 g are about half a small can.
TAG_PROTEIN_G = {"legumes": 4.0}
ROUNDING = 1e-9


def check_plan(
    *,
    days: Sequence[CheckDay],
    items: Sequence[CheckItem],
    foods: Mapping[str, CheckFood],
    recipes: Mapping[str, CheckRecipe],
    filters: Filters | None = None,
    rules: WeekRules | None = None,
    locks: Iterable[CheckLock] = (),
) -> Certificate:
    """Measure every requirement of the plan; never raises for a bad plan, only reports it."""
    check = _Check(days, items, foods, recipes, filters or Filters(), rules or WeekRules(), tuple(locks))
    return check.run()


class _Check:
    def __init__(
        self,
        days: Sequence[CheckDay],
        items: Sequence[CheckItem],
        foods: Mapping[str, CheckFood],
        recipes: Mapping[str, CheckRecipe],
        filters: Filters,
        rules: WeekRules,
        locks: tuple[CheckLock, ...],
    ) -> None:
        self.days = sorted(days, key=lambda day: day.date)
        self.foods, self.recipes, self.filters, self.rules, self.locks = foods, recipes, filters, rules, locks
        self.batch_dates = {day.date for day in self.days if day.batch}
        self.first = calendar_date.fromisoformat(self.days[0].date)
        self.rows: list[Row] = []
        self.violations: list[Violation] = []
        self.items: list[CheckItem] = []
        self.per_serving: dict[tuple[str, str], float | None] = {}
        self.locked = {(lock.date, lock.slot, lock.index): lock for lock in locks}
        for item in items:
            recipe = recipes.get(item.recipe_id)
            missing = recipe is None or any(food_id not in foods for food_id, _ in recipe.ingredients)
            if missing:
                self._violate("unknown_recipe", item, f"{item.recipe_id} or one of its foods does not exist")
            else:
                self.items.append(item)

    def run(self) -> Certificate:
        self._check_slots()
        for item in self.items:
            self._check_safety(item)
            self._check_serving(item)
        self._check_duplicates()
        self._check_leftovers()
        self._check_locks()
        for day in self.days:
            self._check_day(day)
        self._check_budget()
        self._check_repeats()
        self._check_adjacent_dinners()
        self._check_frequencies()
        return Certificate(not self.violations, tuple(self.rows), tuple(self.violations))

    def _violate(self, code: str, where: CheckItem | CheckLock | str | None, message: str) -> None:
        if isinstance(where, (CheckItem, CheckLock)):
            self.violations.append(Violation(code, where.date, where.slot, message))
        else:
            self.violations.append(Violation(code, where, None, message))

    def _measure(
        self, name: str, day: str | None, value: float, bounds: Range, *, code: str = "", coverage: float = 1.0
    ) -> None:
        low, high = bounds
        gaps = ([] if low is None else [value - low]) + ([] if high is None else [high - value])
        slack = min(gaps) if gaps else None
        ok = slack is None or slack >= -ROUNDING * max(1.0, abs(value))
        self.rows.append(Row(name, day, value, low, high, slack, ok, coverage))
        if not ok and code:
            self._violate(code, day, f"{name} is {value:.1f}, outside {_span(low, high)}")

    def _week(self, date: str) -> int:
        return (calendar_date.fromisoformat(date) - self.first).days // 7

    def _total(self, item: CheckItem, nutrient: str) -> float | None:
        key = (item.recipe_id, nutrient)
        # Sums are asked for several times of a dish, and take most of a check.
        if key not in self.per_serving:
            self.per_serving[key] = self._per_serving(item.recipe_id, nutrient)
        amount = self.per_serving[key]
        return None if amount is None else amount * item.servings

    def _per_serving(self, recipe_id: str, nutrient: str) -> float | None:
        total = 0.0
        for food_id, grams in self.recipes[recipe_id].ingredients:
            amount = getattr(self.foods[food_id], nutrient)
            if amount is None:
                return None
            total += amount * grams / 100.0
        return total

    def _check_slots(self) -> None:
        wanted = {(day.date, need.slot, need.index) for day in self.days for need in day.slots}
        found = Counter((item.date, item.slot, item.index) for item in self.items)
        for date, slot, index in sorted(wanted - found.keys()):
            self.violations.append(Violation("slot_missing", date, slot, f"nothing planned for {slot} {index}"))
        for item in self.items:
            if (item.date, item.slot, item.index) not in wanted:
                self._violate("slot_not_wanted", item, f"no {item.slot} {item.index} is asked for")
        for (date, slot, index), count in sorted(found.items()):
            if count > 1:
                self.violations.append(Violation("slot_twice", date, slot, f"{slot} {index} is filled {count} times"))

    def _check_safety(self, item: CheckItem) -> None:
        for food_id, _ in self.recipes[item.recipe_id].ingredients:
            food = self.foods[food_id]
            for allergen in sorted(self.filters.allergies):
                state = food.allergens.get(allergen, "unknown")
                if state != "free":
                    self._violate("allergen", item, f"{food_id} in {item.recipe_id}: {allergen} is {state}")
            if food_id in self.filters.excluded_food_ids:
                self._violate("excluded_food", item, f"{food_id} in {item.recipe_id} is excluded")
            refused = food.tags & self.filters.excluded_tags
            if refused:
                self._violate("diet", item, f"{food_id} in {item.recipe_id} is {', '.join(sorted(refused))}")
            elif self.filters.rejects_food is not None and self.filters.rejects_food(food):
                self._violate("diet", item, f"{food_id} in {item.recipe_id} does not fit the diet")

    def _check_serving(self, item: CheckItem) -> None:
        recipe = self.recipes[item.recipe_id]
        quarters = item.servings * 4
        if quarters != int(quarters) or quarters < 1:
            self._violate("serving_step", item, f"{item.servings} servings is not a multiple of 0.25")
        if (item.date, item.slot, item.index) in self.locked:
            return
        if quarters % recipe.step_quarters:
            self._violate("serving_step", item, f"{recipe.id} is served in steps of {recipe.step_quarters / 4:g}")
        if not recipe.min_quarters <= quarters <= recipe.max_quarters:
            self._violate("serving_range", item, f"{item.servings} servings of {recipe.id} is outside its range")
        if item.leftover_of is None and item.slot not in recipe.slots:
            self._violate("wrong_slot", item, f"{recipe.id} is not a {item.slot}")
        need = self._need(item)
        if need is None:
            return
        for nutrient, window in (("energy_kcal", need.energy_kcal), ("carbs_g", need.carbs_g)):
            value = self._total(item, nutrient)
            if window is None or value is None:
                continue
            low, high = window
            if value < low - ROUNDING * low or value > high + ROUNDING * high:
                text = f"{nutrient} of the {item.slot} is {value:.1f}, outside {_span(low, high)}"
                self._violate("slot_window", item, text)
        for nutrient, most in (("fiber_g", need.fiber_hi_g), ("fat_g", need.fat_hi_g)):
            value = self._total(item, nutrient)
            if most is None or (value is not None and value <= most + ROUNDING * most):
                continue
            found = "unknown" if value is None else f"{value:.1f}"
            self._violate("slot_limit", item, f"{nutrient} of the {item.slot} is {found}, at most {most:.1f} is asked")

    def _need(self, item: CheckItem) -> CheckSlot | None:
        for day in self.days:
            if day.date == item.date:
                for need in day.slots:
                    if (need.slot, need.index) == (item.slot, item.index):
                        return need
        return None

    def _check_duplicates(self) -> None:
        seen: dict[tuple[str, str, str], CheckItem] = {}
        for item in self.items:
            key = (item.date, item.slot, self.recipes[item.recipe_id].family)
            if key in seen:
                self._violate("duplicate", item, f"{key[2]} twice among the {item.slot} meals of one day")
            seen[key] = item

    def _check_leftovers(self) -> None:
        at = {(item.date, item.slot, item.index): item for item in self.items}
        sources: Counter[Place] = Counter()
        dates = {day.date for day in self.days}
        for item in self.items:
            if item.leftover_of is None:
                continue
            source_date, source_slot, _ = item.leftover_of
            locked = (item.date, item.slot, item.index) in self.locked
            if locked and source_date not in dates:
                continue
            source = at.get(item.leftover_of)
            if source is None or source.recipe_id != item.recipe_id or source.leftover_of is not None:
                self._violate("leftover_source", item, f"{item.recipe_id} was not cooked at {item.leftover_of}")
                continue
            sources[item.leftover_of] += 1
            batch = source_date in self.batch_dates
            most = BATCH_LEFTOVERS if batch else 1
            if sources[item.leftover_of] > most:
                self._violate("leftover_source", item, f"{item.leftover_of} is eaten again more than {most} times")
            if locked:
                continue
            gap = (calendar_date.fromisoformat(item.date) - calendar_date.fromisoformat(source_date)).days
            fits = gap > 0 and item.slot in LEFTOVER_DAYS if batch else gap == LEFTOVER_DAYS.get(item.slot)
            if source_slot != "dinner" or not fits:
                self._violate("leftover_source", item, f"a {item.slot} cannot be the leftover of {item.leftover_of}")
            recipe = self.recipes[item.recipe_id]
            if not recipe.batchable or gap > recipe.keeps_days:
                self._violate("leftover_source", item, f"{item.recipe_id} does not keep for {gap} days")

    def _check_locks(self) -> None:
        at = {(item.date, item.slot, item.index): item for item in self.items}
        for lock in self.locks:
            item = at.get((lock.date, lock.slot, lock.index))
            if item is None or (item.recipe_id, item.servings) != (lock.recipe_id, lock.servings):
                self._violate("lock_broken", lock, f"{lock.servings} x {lock.recipe_id} was {lock.reason}")

    def _check_day(self, day: CheckDay) -> None:
        meals = [item for item in self.items if item.date == day.date]
        sums: dict[str, float] = {}
        for nutrient in ("energy_kcal", "carbs_g", "protein_g", "fat_g"):
            amounts = [self._total(item, nutrient) for item in meals]
            for item, amount in zip(meals, amounts, strict=True):
                if amount is None:
                    self._violate("nutrient_unknown", item, f"{nutrient} of {item.recipe_id} is unknown")
            sums[nutrient] = sum(amount for amount in amounts if amount is not None)
        energy = sums["energy_kcal"]
        band = day.energy_kcal * day.energy_tolerance
        self._measure("energy_kcal", day.date, energy, (day.energy_kcal - band, day.energy_kcal + band), code="energy")
        band = day.carbs_g * day.carbs_tolerance
        self._measure("carbs_g", day.date, sums["carbs_g"], (day.carbs_g - band, day.carbs_g + band), code="carbs")
        cap = day.protein_g * day.protein_cap_factor
        open_cap = ("protein_cap", day.date) in self.rules.waived
        bounds: Range = (day.protein_g, None if open_cap else cap)
        self._measure("protein_g", day.date, sums["protein_g"], bounds, code="protein")
        floor = day.fat_floor_fraction * energy / 9.0
        self._measure("fat_g", day.date, sums["fat_g"], (floor, day.fat_most_g), code="fat")
        self._check_soft("fiber_g", "fiber", day, meals, day.fiber_g)
        self._check_soft("sodium_mg", "sodium", day, meals, day.sodium_mg)
        minutes = sum(self._minutes(item) for item in meals)
        self._measure("prep_minutes", day.date, minutes, (None, day.prep_minutes), code="prep")
        self._check_before(day, meals)

    def _check_before(self, day: CheckDay, meals: list[CheckItem]) -> None:
        """Carbohydrate of the meals before each start; `carbs_before_1200` is the row of what starts at noon.

        A row that is not held is no violation: the day's amounts and what may be eaten come first.
        """
        minutes = {(need.slot, need.index): int(need.time[:2]) * 60 + int(need.time[3:]) for need in day.slots}
        for wanted in day.before:
            known = 0.0
            for item in meals:
                minute = minutes.get((item.slot, item.index))
                if minute is not None and item.slot != "during" and wanted.opens <= minute < wanted.starts:
                    known += self._total(item, "carbs_g") or 0.0
            name = f"carbs_before_{wanted.starts // 60:02d}{wanted.starts % 60:02d}"
            self._measure(name, day.date, known, wanted.carbs_g)

    def _check_soft(self, nutrient: str, kind: str, day: CheckDay, meals: list[CheckItem], bounds: Range) -> None:
        known = energy = covered = 0.0
        for item in meals:
            kcal = self._total(item, "energy_kcal") or 0.0
            energy += kcal
            amount = self._total(item, nutrient)
            if amount is not None:
                known += amount
                covered += kcal
        coverage = covered / energy if energy else 0.0
        code = "" if (kind, day.date) in self.rules.waived else kind
        self._measure(nutrient, day.date, known, bounds, code=code, coverage=coverage)

    def _minutes(self, item: CheckItem) -> float:
        lock = self.locked.get((item.date, item.slot, item.index))
        if lock is not None and lock.reason == "eaten":
            return 0.0
        return LEFTOVER_MINUTES if item.leftover_of is not None else self.recipes[item.recipe_id].prep_minutes

    def _check_budget(self) -> None:
        prices = [self.recipes[item.recipe_id].cost_milli_per_serving for item in self.items]
        total = sum(price * item.servings for price, item in zip(prices, self.items, strict=True) if price is not None)
        known = sum(price is not None for price in prices) / len(prices) if prices else 0.0
        self._measure("cost_milli", None, total, (None, self.rules.budget_milli), code="budget", coverage=known)

    def _check_repeats(self) -> None:
        counts: Counter[tuple[int, str]] = Counter()
        for item in self.items:
            batched = item.leftover_of is not None and item.leftover_of[0] in self.batch_dates
            if item.slot != "during" and not batched:
                counts[self._week(item.date), self.recipes[item.recipe_id].family] += 1
        most = max(counts.values(), default=0)
        self._measure("repeats", None, float(most), (None, float(self.rules.max_repeats_per_week)))
        for (_, family), count in sorted(counts.items()):
            if count > self.rules.max_repeats_per_week:
                self._violate("repeats", None, f"{family} is planned {count} times in a week")

    def _check_adjacent_dinners(self) -> None:
        if not self.rules.adjacent_dinner:
            return
        evenings: dict[int, set[str]] = defaultdict(set)
        for item in self.items:
            if item.slot == "dinner":
                evenings[calendar_date.fromisoformat(item.date).toordinal()].add(self.recipes[item.recipe_id].family)
        for evening in sorted(evenings):
            for family in sorted(evenings[evening] & evenings.get(evening + 1, set())):
                date = calendar_date.fromordinal(evening + 1).isoformat()
                self._violate("adjacent_dinners", date, f"{family} for dinner on two days running")

    def _tags(self, item: CheckItem) -> set[str]:
        """The tags that a meal counts for: those of its foods, except where a serving holds too little of them."""
        found: set[str] = set()
        protein_g: dict[str, float] = defaultdict(float)
        for food_id, grams in self.recipes[item.recipe_id].ingredients:
            food = self.foods[food_id]
            found |= food.tags
            for tag in food.tags & TAG_PROTEIN_G.keys():
                protein_g[tag] += (food.protein_g or 0.0) * grams / 100.0
        return {tag for tag in found if protein_g[tag] >= TAG_PROTEIN_G.get(tag, 0.0)}

    def _check_frequencies(self) -> None:
        counts: Counter[tuple[int, str]] = Counter()
        for item in self.items:
            for tag in self._tags(item):
                counts[self._week(item.date), tag] += 1
        last = calendar_date.fromisoformat(self.days[-1].date)
        span = (last - self.first).days + 1
        for week in range((span + 6) // 7):
            for tag, most in sorted(self.rules.weekly_max.items()):
                self._measure(f"at_most_{tag}", None, counts[week, tag], (None, most), code="weekly_max")
            if week < span // 7:
                for tag, least in sorted(self.rules.weekly_min.items()):
                    self._measure(f"at_least_{tag}", None, counts[week, tag], (least, None), code="weekly_min")


def _span(low: float | None, high: float | None) -> str:
    if low is None:
        return f"at most {high:.1f}"
    if high is None:
        return f"at least {low:.1f}"
    return f"{low:.1f} to {high:.1f}"
