"""What an advisor may look up: typed reads over the same services that pages and the API use, for one athlete.

Every method returns facts that a reply may cite. Nothing here writes, except that a day without a plan gets one when
a question needs it; changes are only ever proposed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from advisor import dates
from advisor.facts import Bundle, Fact
from advisor.food_names import food_book
from advisor.guardrails import FoodBook
from advisor.readings import energy, foods, load, plans, recipes, replans, training, weeks, what_if
from advisor.readings.what_if import SessionChange
from advisor.words import days_between
from athletes.models import Athlete, CalendarConnection, CompletedSession, TrainingEvent
from nutrition_site.kernel import clock
from nutrition_site.kernel.errors import Conflict, InvalidInput, NotFound
from planning import mapping
from planning.catalogue.loader import loaded_version
from planning.models import ExpenditureEstimate, Food, MealPlan, PantryItem, PlanItem, Recipe, ShoppingList
from planning.science.fueling import race_meal_hours
from planning.services.calculate import calculate_race
from planning.services.choice import Catalogue, athlete_catalogue, full_recipe_document, is_disliked, why_not
from planning.services.load import read_load
from planning.services.offsets import may_follow_offset
from planning.services.plans import covering_plans, ensure_plans, stale_plan_ids, unsafe_items
from planning.services.search import search_foods
from planning.services.shopping import excluded_dishes, list_document, needs_of
from planning.services.swaps import find_alternatives
from planning.services.targets import TargetDay, calculate_targets

RACE_HORIZON_DAYS = dates.RACE_HORIZON_DAYS
PAST_DAYS = 31
MAX_RANGE_DAYS = 31
MAX_WEEK_DAYS = 14
LEAST_FOOD_LETTERS, MOST_FOOD_LETTERS = 3, 80
RACE_CAFFEINE_MG_PER_KG = 3.0


class Toolbox:
    """The reads of one question: what was read once is kept until the reply is written.

    `facts` and `days` collect everything that was handed out, so that a reply can be checked against it.
    """

    def __init__(self, *, athlete: Athlete, by: Any) -> None:
        self.athlete = athlete
        self.by = by
        self.now: datetime = clock.now()
        self.today: date = clock.today(athlete.zones)
        self.facts: dict[str, Fact] = {}
        self.days: set[date] = {self.today}
        self.made_plan_ids: list[str] = []
        # Dishes that were looked up and may not be eaten any more, with the reasons; and whether such food is bought.
        self.excluded: dict[str, list[str]] = {}
        self.buys_excluded = False
        self._targets: dict[date, TargetDay] = {}
        self._plans: dict[date, MealPlan] = {}

    def _hand_out(self, bundle: Bundle) -> Bundle:
        for fact in bundle.facts.values():
            self.facts[fact.id] = fact
        self.days.update(bundle.days)
        return bundle

    # --- who ---
    def read_profile(self) -> Bundle:
        """Body, diet and goals as the athlete stated them; unknown values are None."""
        return self._hand_out(training.profile_bundle(self.athlete, self.today))

    @property
    def is_minor(self) -> bool:
        age = self.athlete.age_on(self.today)
        return age is not None and age < 18

    # --- training ---
    @cached_property
    def events(self) -> list[TrainingEvent]:
        """Events from a month back to as far ahead as races are looked for, in order."""
        first, last = self.today - timedelta(days=PAST_DAYS), self.today + timedelta(days=RACE_HORIZON_DAYS)
        rows = TrainingEvent.objects.filter(athlete=self.athlete).on_days(first, last).with_completed()
        return list(rows.select_related("race_plan").order_by("starts_at", "id"))

    def events_on(self, first: date, last: date) -> list[TrainingEvent]:
        return [event for event in self.events if first <= event.local_date <= last]

    def read_event(self, event: TrainingEvent) -> Bundle:
        """One training event: title, start, length, load."""
        return self._hand_out(training.event_bundle(event, self.athlete.zones))

    def event_by_id(self, event_id: str) -> TrainingEvent:
        """Raises NotFound for an event that is not this athlete's, or lies outside what is looked at."""
        for event in self.events:
            if event.pk == event_id:
                return event
        raise NotFound("There is no such training event.")

    def read_load(self, day: date) -> Bundle:
        """Fitness, fatigue and form of a day, and the load of its week and the one before."""
        first, last = load.load_span(day)
        return self._hand_out(load.load_bundle(read_load(athlete=self.athlete, first=first, last=last), day))

    def read_completed(self, first: date, last: date) -> Bundle:
        """The sessions that were really done from first to last, as their records say."""
        rows = CompletedSession.objects.filter(athlete=self.athlete).on_days(first, last).select_related("event")
        sessions = list(rows.order_by("starts_at", "id"))
        return self._hand_out(load.completed_bundle(sessions, self.athlete.zones, first, last))

    # --- what if ---
    def what_if(self, change: SessionChange) -> Bundle:
        """What the day of a session would ask for with this change, beside what it asks for now. Stores nothing.

        Raises NotFound, Conflict for a session that was done, InvalidInput, ProfileOutOfRange.
        """
        before, after = what_if.targets_with(self.athlete, change)
        day = what_if.change_day(self.athlete, change)
        return self._hand_out(what_if.what_if_bundle(change, day, before, after))

    def what_if_planned(self, change: SessionChange) -> Bundle:
        """Whether the plan around a session could be made with this change, and which meals would differ.

        Stores nothing. Solves for a few seconds at most. Raises as `what_if` does.
        """
        day = what_if.change_day(self.athlete, change)
        key = f"session:{change.kind}:{change.event_id or day}:{change.duration_minutes}:{change.intensity}"
        return self._dry_run(day, key, change=change)

    def what_if_without(self, words: str, day: date) -> Bundle:
        """Whether the plan of a day (or a week from it) could be made without a food. Stores nothing.

        Raises InvalidInput for words that would be in every other name.
        """
        food = " ".join(words.split())
        if not LEAST_FOOD_LETTERS <= len(food) <= MOST_FOOD_LETTERS:
            raise InvalidInput.of("food", f"Must have {LEAST_FOOD_LETTERS} to {MOST_FOOD_LETTERS} letters.")
        return self._dry_run(day, f"without:{food}", without=food)

    def _dry_run(self, day: date, key: str, **wish: Any) -> Bundle:
        plan = self.planned_plan(day)
        if plan is not None and plan.last_day < self.today:
            raise Conflict("This plan is over.", code="day_over")
        return self._hand_out(replans.timed_dry_run(self.athlete, plan, key, first=max(day, self.today), **wish))

    # --- targets ---
    def target_day(self, day: date) -> TargetDay:
        if day not in self._targets:
            for row in calculate_targets(athlete=self.athlete, first=day, last=day):
                self._targets[row.date] = row
        return self._targets[day]

    def load_targets(self, first: date, last: date) -> None:
        """Reads several days at once."""
        missing = [day for day in days_between(first, last) if day not in self._targets]
        if missing:
            for row in calculate_targets(athlete=self.athlete, first=missing[0], last=missing[-1]):
                self._targets[row.date] = row

    def read_targets(self, day: date) -> Bundle:
        """Energy, macronutrients, fluid and sodium of a day, with the step of the calculation behind each."""
        return self._hand_out(training.target_bundle(self.target_day(day)))

    def read_availability(self, day: date) -> Bundle:
        """Energy availability of a day and what the screening rule says of it; a prompt, never a diagnosis."""
        return self._hand_out(energy.availability_bundle(self.athlete, self.target_day(day)))

    def read_expenditure(self) -> Bundle:
        """What was learned of the athlete's expenditure from weigh-ins and eaten meals; no facts while nothing was."""
        row = ExpenditureEstimate.objects.filter(athlete=self.athlete).order_by("-as_of").first()
        may_follow = may_follow_offset(self.athlete, on=self.today)
        return self._hand_out(energy.expenditure_bundle(row, may_follow=may_follow, today=self.today))

    def read_fueling(self, event: TrainingEvent) -> Bundle:
        """What to take before, during and after one session. Raises ProfileOutOfRange."""
        following = [
            other
            for other in self.events
            if other.counts and not other.all_day and other.starts_at > event.starts_at and other.pk != event.pk
        ]
        bundle = training.fueling_bundle(self.athlete, event, following[0] if following else None)
        return self._hand_out(bundle)

    def read_race_plan(self, event: TrainingEvent) -> Bundle:
        """The race-day calculation for one race. Raises InvalidInput when its length is not known."""
        if not event.duration_minutes:
            raise InvalidInput.of("duration_minutes", "The length of this race is not known.")
        profile = training.filled_profile(self.athlete, event.local_date)
        dosed = training.caffeine_mg(self.athlete, event.local_date)
        hours = race_meal_hours(mapping.science_session(event, self.athlete.zones))
        document = calculate_race(
            {
                "weight_kg": profile.weight_kg,
                "duration_minutes": event.duration_minutes,
                "meal_hours_before": hours,
                "caffeine_mg_per_kg": RACE_CAFFEINE_MG_PER_KG if dosed else 0.0,
                "is_adult": not self.is_minor,
            }
        )
        return self._hand_out(training.race_bundle(event, document, assumed=profile.assumed, hours=hours))

    @cached_property
    def _version(self) -> str:
        return loaded_version()

    @cached_property
    def food_book(self) -> FoodBook:
        """What foods and dishes are called, and which of them this athlete may not eat."""
        return food_book(self.athlete, version=self._version)

    # --- plans ---
    def plan_of(self, day: date) -> MealPlan:
        """The plan that counts for a day; a missing one is made. Raises PlanInfeasible, Conflict, InvalidInput."""
        if day not in self._plans:
            self.load_plans(day, day)
        if day not in self._plans:
            raise Conflict("The plan for this day is not ready yet.", code="plan_solving")
        return self._plans[day]

    def load_plans(self, first: date, last: date) -> None:
        """Plans of a range; a question about one missing day has its whole week planned, so that variety holds."""
        found = covering_plans(self.athlete, first, last)
        missing = [day for day in days_between(first, last) if day not in found]
        if missing:
            until = max(last, missing[0] + timedelta(days=6))
            found, made = ensure_plans(athlete=self.athlete, first=first, last=until, by=self.by)
            self.made_plan_ids += made
        self._plans.update(found)

    def planned_plan(self, day: date) -> MealPlan | None:
        """The plan that counts for a day when there is one already; makes nothing."""
        if day in self._plans:
            return self._plans[day]
        found = covering_plans(self.athlete, day, day).get(day)
        if found is not None:
            self._plans[day] = found
        return found

    def unplanned_days(self, first: date, last: date) -> list[date]:
        """The days of a range without a plan; makes none."""
        self._plans.update(covering_plans(self.athlete, first, last))
        return [day for day in days_between(first, last) if day not in self._plans]

    def items_on(self, day: date) -> list[PlanItem]:
        """The planned dishes of a day by time, a missing plan being made."""
        revision = self.plan_of(day).current
        rows = [item for item in revision.items.all() if item.date == day] if revision is not None else []
        return sorted(rows, key=lambda item: (item.time, item.slot, item.index))

    def read_item(self, item: PlanItem) -> Bundle:
        """One planned dish: amounts, its ingredients in grams, and what speaks against eating it now."""
        reasons = self._note_excluded(item.recipe) if item.status != PlanItem.Status.EATEN else []
        document = full_recipe_document(item.recipe, version=self._version)
        return self._hand_out(plans.item_bundle(item, document, excluded=reasons))

    def _note_excluded(self, recipe: Recipe) -> list[str]:
        """The reasons against a dish, kept so that no reply names it without a warning."""
        reasons = why_not(recipe, self.athlete)
        if reasons:
            self.excluded[recipe.name] = reasons
        return reasons

    def read_day(self, day: date) -> Bundle:
        """Totals of a planned day against its target."""
        return self._hand_out(plans.day_bundle(self.plan_of(day), day, self.items_on(day)))

    def read_week(self, first: date, last: date) -> Bundle:
        """An overview of at most 14 days, with the plans there are; makes none. Raises InvalidInput for more days."""
        if not first <= last < first + timedelta(days=MAX_WEEK_DAYS):
            raise InvalidInput.of("to", f"At most {MAX_WEEK_DAYS} days at once.")
        self.load_targets(first, last)
        found = covering_plans(self.athlete, first, last)
        bundle = self._hand_out(weeks.week_bundle(first, last, self._targets, found))
        for day, plan in found.items():
            for item in plan.current.items.all() if plan.current is not None else ():
                if item.date == day and item.status != PlanItem.Status.EATEN:
                    self._note_excluded(item.recipe)
        return bundle

    def read_plan_state(self, day: date) -> Bundle:
        """Whether the plan of a day follows the present training and is safe, and how fresh the calendars are."""
        plan = self.planned_plan(day)
        stale = bool(plan and stale_plan_ids(self.athlete, [plan]))
        unsafe = unsafe_items(self.athlete, plan) if plan else []
        calendars = list(CalendarConnection.objects.filter(athlete=self.athlete))
        return self._hand_out(
            plans.state_bundle(plan, calendars, stale=stale, unsafe=unsafe, zone_name=self.athlete.zones)
        )

    def alternatives(self, item: PlanItem, *, limit: int = 8) -> list[dict[str, Any]]:
        """Dishes that keep the day verified in this place, best first. Raises Conflict for a meal that was eaten."""
        plan = self.plan_of(item.date)
        return find_alternatives(plan=plan, place=(item.date, item.slot, item.index), limit=limit)

    def read_alternatives(self, item: PlanItem, rows: Sequence[dict[str, Any]]) -> Bundle:
        """Facts of alternatives found before."""
        found = Recipe.objects.filter(pk__in=[row["recipe_id"] for row in rows], owner__isnull=False)
        own = frozenset(found.values_list("pk", flat=True))
        return self._hand_out(plans.alternatives_bundle(item, rows, own=own))

    # --- shopping ---
    def shopping_list(self) -> ShoppingList | None:
        """The newest list that covers today or begins after it."""
        lists = ShoppingList.objects.filter(athlete=self.athlete, last_day__gte=self.today)
        return lists.order_by("-created_at", "-id").first()

    def read_shopping(self, first: date, last: date) -> Bundle:
        """What is still to buy: the athlete's list when there is one, else what the plans of these days need."""
        stored = self.shopping_list()
        if stored is not None:
            self.buys_excluded = bool(excluded_dishes(stored))
            return self._hand_out(foods.list_bundle(list_document(stored), stored.first_day, stored.last_day))
        self.load_plans(first, last)
        rows = [
            item
            for day in days_between(first, last)
            for item in self.items_on(day)
            if item.status == PlanItem.Status.PLANNED
        ]
        self.buys_excluded = any(why_not(item.recipe, self.athlete) for item in rows)
        needs = needs_of(rows)
        names = dict(Food.objects.filter(pk__in=needs).values_list("pk", "name"))
        return self._hand_out(foods.needs_bundle(needs, names, first, last))

    def read_pantry(self) -> Bundle:
        """What the athlete has at home, in edible grams."""
        rows = PantryItem.objects.filter(athlete=self.athlete, grams__gt=0).select_related("food")
        return self._hand_out(weeks.pantry_bundle(list(rows)))

    # --- recipes ---
    @cached_property
    def catalogue(self) -> Catalogue:
        """The shared recipes and the athlete's own."""
        return athlete_catalogue(self.athlete)

    def find_recipe(self, words: str) -> Recipe | None:
        """The recipe that words name best: the catalogue's or the athlete's own, never anybody else's."""
        return recipes.find_recipe(self.catalogue, self.athlete, words)

    def recipe_by_id(self, recipe_id: str) -> Recipe:
        """Raises NotFound for a recipe that this athlete cannot see."""
        found = self.catalogue.recipes.get(recipe_id)
        if found is None or not found.active:
            raise NotFound("There is no such recipe.")
        return found

    def read_recipe(self, recipe: Recipe) -> Bundle:
        """One serving of a recipe, and whether this athlete may have it."""
        reasons = self._note_excluded(recipe)
        disliked = is_disliked(self.catalogue.named(recipe.pk), self.athlete.dislikes)
        return self._hand_out(recipes.recipe_bundle(recipe, reasons=reasons, disliked=disliked))

    # --- foods ---
    def find_food(self, words: str) -> Food | None:
        """The food that words mean best, reviewed foods first."""
        for attempt in foods.attempts(words):
            found = search_foods(attempt).first()
            if found is not None:
                return found
        return None

    def read_food(self, food: Food, *, grams: float = 100.0) -> Bundle:
        """Nutrients of an amount of a food; unknown nutrients are None."""
        return self._hand_out(foods.food_bundle(food, grams))

    def check_food(self, food: Food) -> Bundle:
        """Whether this athlete may eat a food: allergens, diets, dislikes. Unknown is never free."""
        return self._hand_out(foods.permission_bundle(food, self.athlete))

    def collected(self) -> Iterable[Fact]:
        """Every fact that was handed out."""
        return self.facts.values()


def fact_rows(bundle: Bundle) -> dict[str, Any]:
    """A bundle as JSON, for a model."""
    return {
        "tool": bundle.name,
        "facts": [asdict(fact) for fact in bundle.facts.values()],
        "about": {
            name: value for name, value in bundle.data.items() if isinstance(value, str | int | float | list | dict)
        },
        "days": [day.isoformat() for day in bundle.days],
    }
