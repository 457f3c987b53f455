"""What the planning pages read: days with their targets, plan and meals, and how the plans stand."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from athletes.models import Athlete, CalendarConnection
from athletes.rules import numbers_withheld
from nutrition_site.kernel.clock import now, today, zone
from planning.amounts import told_amount
from planning.catalogue.names import dish_name
from planning.mapping import assumed_lengths
from planning.models import DishOpinion, LogEntry, MealPlan, PlanItem, PlanRevision, Recipe
from planning.phrases import tell
from planning.phrases.values import join_words
from planning.services.fitting import LEFTOVER_MINUTES
from planning.services.following import IMPOSSIBLE
from planning.services.log import entries_by_day, logged_amount
from planning.services.plans import (
    EARLIEST,
    LATEST_AHEAD_DAYS,
    MAX_DAYS,
    covering_plans,
    present_item,
    stale_plan_ids,
    unsafe_items,
)
from planning.services.proposals import open_proposals
from planning.services.revisions import FOLLOWED
from planning.services.standing import is_lived
from planning.services.stored import left_out_places, place_of, source_of
from planning.services.targets import TargetDay, calculate_targets
from planning.wording import STAGES, amount_in_words, length_in_words, meal_in_words, servings_count, slot_name

AMOUNTS = ("energy_kcal", "carbs_g", "protein_g", "fat_g")


@dataclass(slots=True)
class Meal:
    """One planned dish as a row of a page. Amounts are None where they are unknown."""

    item: PlanItem
    is_next: bool = False
    is_unsafe: bool = False
    opinion: DishOpinion | None = None
    eaten_later: list[PlanItem] = field(default_factory=list)

    @property
    def recipe(self) -> Recipe:
        return self.item.recipe

    @property
    def name(self) -> str:
        name = dish_name(self.item.recipe)
        return _("%(dish)s, leftover") % {"dish": name} if self.item.leftover_of else name

    @property
    def slot(self) -> str:
        return slot_name(self.item.slot)

    @property
    def minute(self) -> int:
        return int(self.item.time[:2]) * 60 + int(self.item.time[3:5])

    @property
    def servings(self) -> float:
        return self.item.quarters / 4

    @property
    def cook_servings(self) -> float:
        """What is cooked here: this meal's servings and those of the later meals that eat of it."""
        return (self.item.quarters + sum(later.quarters for later in self.eaten_later)) / 4

    @property
    def kitchen_words(self) -> str:
        """What to know before cooking: how much of it is for later, or which dinner it is left from."""
        if self.item.leftover_of:
            day, slot, _index = self.item.leftover_of
            words = _("from %(meal)s, %(minutes)d min")
            return words % {"meal": meal_in_words(date.fromisoformat(day), slot), "minutes": LEFTOVER_MINUTES}
        if not self.eaten_later:
            return ""
        parts = [
            ngettext("%(amount)s is %(meal)s", "%(amount)s are %(meal)s", _one_or_more(later.quarters))
            % {"amount": amount_in_words(later.quarters / 4), "meal": meal_in_words(later.date, later.slot)}
            for later in self.eaten_later
        ]
        words = ngettext(
            "Cook %(amount)s serving: %(parts)s",
            "Cook %(amount)s servings: %(parts)s",
            servings_count(self.cook_servings),
        )
        return words % {"amount": amount_in_words(self.cook_servings), "parts": _and(parts)}

    @property
    def amounts(self) -> dict[str, float | None]:
        return {name: self.item.nutrients.get(name) for name in AMOUNTS}


@dataclass(slots=True)
class DayFood:
    """One local day: what it asks for and what is planned. `plan` is None for a day nobody has planned.

    `logged` is what was eaten besides or instead of the plan.
    """

    date: date
    target: TargetDay
    plan: MealPlan | None
    document: dict[str, Any] | None
    meals: list[Meal] = field(default_factory=list)
    logged: list[LogEntry] = field(default_factory=list)

    @property
    def planned(self) -> dict[str, float]:
        """Sums of what is planned and not skipped."""
        return _sums(meal for meal in self.meals if meal.item.status != PlanItem.Status.SKIPPED)

    @property
    def eaten(self) -> dict[str, float]:
        """What is known of the meals that were eaten and of what was logged besides them."""
        return {name: self.eaten_amount(name)[0] for name in AMOUNTS}

    def eaten_amount(self, nutrient: str) -> tuple[float, bool]:
        """(what was eaten of a nutrient as far as it is known, whether it is known of everything that was eaten)."""
        meals = [meal.item.nutrients.get(nutrient) for meal in self.meals if meal.item.status == PlanItem.Status.EATEN]
        logged, complete = logged_amount(self.logged, nutrient)
        return sum(value or 0.0 for value in meals) + logged, complete and None not in meals

    @property
    def to_come(self) -> dict[str, float]:
        """Sums of the planned meals that are neither eaten nor skipped."""
        return _sums(meal for meal in self.meals if meal.item.status == PlanItem.Status.PLANNED)

    @property
    def eaten_count(self) -> int:
        return sum(meal.item.status == PlanItem.Status.EATEN for meal in self.meals)

    @property
    def skipped_count(self) -> int:
        return sum(meal.item.status == PlanItem.Status.SKIPPED for meal in self.meals)


@dataclass(slots=True)
class Standing:
    """How the plans of a range of days stand.

    `stale` and `unsafe` are plans of these days; `waiting` is one that is still being solved, `refused` the last that
    could not be made for days that have no plan. `proposals` wait beside stale plans, by the id of the plan.
    """

    days: dict[date, DayFood]
    plans: list[MealPlan]
    stale: list[MealPlan]
    unsafe: list[dict[str, Any]]
    waiting: MealPlan | None
    refused: MealPlan | None
    proposals: dict[str, PlanRevision]

    @property
    def missing(self) -> list[date]:
        return [day for day, food in self.days.items() if food.plan is None]

    @property
    def unsafe_plan(self) -> MealPlan | None:
        """The plan of the first meal that may not be eaten any more: the one to make again first."""
        return next((food.plan for food in self.days.values() if any(meal.is_unsafe for meal in food.meals)), None)

    @property
    def stale_with_answer(self) -> MealPlan | None:
        """The stale plan to speak of first: one with a proposal that waits, else any."""
        return next((plan for plan in self.stale if plan.pk in self.proposals), next(iter(self.stale), None))

    @property
    def proposal(self) -> PlanRevision | None:
        """The proposal that waits beside that plan."""
        plan = self.stale_with_answer
        return None if plan is None else self.proposals.get(plan.pk)

    @property
    def progress(self) -> dict[str, Any] | None:
        """How far the plan in the making is; None without one."""
        return None if self.waiting is None else progress_in_words(self.waiting.progress)


def _one_or_more(quarters: int) -> int:
    """A serving and less of it are one thing, more are several."""
    return 1 if quarters <= 4 else max(2, servings_count(quarters / 4))


def _and(parts: list[str]) -> str:
    """`a and b and c`."""
    words = parts[0]
    for part in parts[1:]:
        words = join_words([words, part])
    return words


def read_days(athlete: Athlete, first: date, last: date) -> Standing:
    """Every day from first to last with targets, plan and meals. Raises what calculating targets raises."""
    targets = {day.date: day for day in calculate_targets(athlete=athlete, first=first, last=last)}
    logged = entries_by_day(athlete, first, last)
    by_day = covering_plans(athlete, first, last)
    plans = list({plan.pk: plan for plan in by_day.values()}.values())
    stale = stale_plan_ids(athlete, plans)
    rows = [(plan, row) for plan in plans for row in unsafe_items(athlete, plan)]
    # A meal of an older plan on a day that a newer one has is nobody's meal any more.
    unsafe = [row for plan, row in rows if by_day.get(date.fromisoformat(row["date"])) is plan]
    places = {(row["date"], row["slot"], row["index"]) for row in unsafe}
    days = {}
    for day, target in targets.items():
        plan = by_day.get(day)
        meals = _meals(plan, day, places)
        days[day] = DayFood(day, target, plan, _document(plan, day), meals, logged.get(day, []))
    waiting, refused = _unfinished(athlete, first, last, [day for day in days if day not in by_day])
    told = unsafe_in_words(unsafe)
    behind = [plan for plan in plans if plan.pk in stale]
    return Standing(days, plans, behind, told, waiting, refused, open_proposals(behind))


def logged_row(entry: LogEntry) -> dict[str, Any]:
    """One logged thing as a row of a list, with its slot and its amount in words; empty where there is none."""
    amount = told_amount(entry.amount)
    if entry.grams is not None and not amount.endswith(" g"):
        amount = f"{amount} ({entry.grams:.0f} g)"
    return {"logged": entry, "slot": slot_name(entry.slot) if entry.slot else "", "amount": amount}


def unsafe_in_words(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of `unsafe_items` with the day as a date and the meal named as people name it."""
    return [
        {
            **row,
            "date": date.fromisoformat(row["date"]),
            "slot": slot_name(row["slot"]).lower(),
            "reasons": [tell(reason) for reason in row["reasons"]],
        }
        for row in rows
    ]


def _meals(plan: MealPlan | None, day: date, unsafe: set[tuple[str, str, int]]) -> list[Meal]:
    if plan is None or plan.current is None:
        return []
    items = list(plan.current.items.all())
    return [
        Meal(item, is_unsafe=place_of(item) in unsafe, eaten_later=eaten_later(items, item))
        for item in items
        if item.date == day
    ]


def eaten_later(items: Sequence[PlanItem], cook: PlanItem) -> list[PlanItem]:
    """The later meals that eat what is cooked at this one and were not skipped, in their order."""
    place = place_of(cook)
    found = [
        item
        for item in items
        if item.leftover_of and source_of(item) == place and item.status != PlanItem.Status.SKIPPED
    ]
    return sorted(found, key=lambda item: (item.date, item.time))


def _document(plan: MealPlan | None, day: date) -> dict[str, Any] | None:
    if plan is None or plan.current is None:
        return None
    return next((row for row in plan.current.days if row["date"] == day.isoformat()), None)


def _unfinished(
    athlete: Athlete, first: date, last: date, missing: Sequence[date]
) -> tuple[MealPlan | None, MealPlan | None]:
    open_plans = MealPlan.objects.filter(
        athlete=athlete, week_start__lte=last, week_start__gt=first - timedelta(days=MAX_DAYS)
    ).exclude(status=MealPlan.Status.VERIFIED)
    waiting = refused = None
    for plan in open_plans.order_by("-created_at", "-id")[:5]:
        if plan.last_day < first:
            continue
        if plan.status == MealPlan.Status.SOLVING:
            waiting = waiting or plan
        elif any(plan.week_start <= day <= plan.last_day for day in missing):
            refused = refused or plan
    return waiting, refused


def _sums(meals: Any) -> dict[str, float]:
    rows = list(meals)
    return {name: sum(meal.amounts[name] or 0.0 for meal in rows) for name in AMOUNTS}


def progress_in_words(progress: Mapping[str, Any]) -> dict[str, Any]:
    """A stored progress as a page shows it: the stage in words, percent (0: nothing to tell), seconds since."""
    since = progress.get("since")
    seconds = None if not since else max(0, round((now() - datetime.fromisoformat(since)).total_seconds()))
    return {
        "stage": _(STAGES.get(progress.get("stage", ""), STAGES["solving"])),
        "percent": round(100 * min(1.0, max(0.0, progress.get("fraction") or 0.0))),
        "seconds": seconds,
    }


def may_catch_up(food: DayFood, minute: int | None) -> bool:
    """Whether skipped meals of a day can still be made up for by what is left of it.

    `minute` is the athlete's minute of the day on today, None on another day.
    """
    if food.plan is None or food.plan.current is None:
        return False
    out = left_out_places(food.plan.current)
    skipped = [meal for meal in food.meals if meal.item.status == PlanItem.Status.SKIPPED]
    left = [
        meal
        for meal in food.meals
        if meal.item.status == PlanItem.Status.PLANNED
        and not meal.item.locked
        and meal.item.slot != "during"
        and (minute is None or meal.minute >= minute)
    ]
    return bool(left) and any(place_of(meal.item) not in out for meal in skipped)


def stale_lines(standing: Standing) -> list[dict[str, Any]]:
    """What moved since the stale plans were made: one row a day with its session, energy and carbohydrate.

    Days of a running plan that are over are not planned again, so nothing is said of them.
    """
    stale = {plan.pk for plan in standing.stale}
    lines = []
    for day, food in standing.days.items():
        if food.plan is None or food.plan.pk not in stale or food.document is None:
            continue
        if is_lived(food.plan, day, present=today(food.plan.athlete.zones)):
            continue
        old, new = food.document["target"], food.target.payload
        label = (food.document["training_event"], food.target.label)
        times = (_times(old), _times(new))
        energy = (round(old["energy_kcal"], -1), round(new["energy_kcal"], -1))
        carbs = (round(old["carbs_g"]), round(new["carbs_g"]))
        pairs = {"label": label, "times": times, "energy": energy, "carbs": carbs}
        changed = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
        if changed:
            lines.append({"date": day, **changed})
    return lines


def _times(target: dict[str, Any]) -> str:
    """When the sessions of a stored or present target are, such as `09:00, 2 h 30`; what nobody stated is assumed."""
    words = []
    assumed = assumed_lengths(target)
    for session in target["sessions"]:
        start = session.get("starts_at_minute")
        length = length_in_words(session["duration_minutes"])
        if session["event_id"] in assumed:
            length = _("%(length)s, assumed") % {"length": length}
        words.append(length if start is None else f"{start // 60:02d}:{start % 60:02d}, {length}")
    return "; ".join(words) or _("no session")


def stale_words(standing: Standing) -> str:
    """What becomes of the stale plan that a page speaks of: who follows, and until when it stays as it is."""
    plan = standing.stale_with_answer
    if plan is None:
        return ""
    followed = plan.request.get(FOLLOWED) or {}
    athlete: Athlete = plan.athlete
    versions = (followed.get("training"), followed.get("profile"))
    looked_at = versions == (athlete.training_version, athlete.profile_version)
    if looked_at and followed.get("answer") == IMPOSSIBLE:
        return _("No plan was found that follows, so it stays as it is.")
    if athlete.replan_policy == Athlete.ReplanPolicy.ASK or (looked_at and standing.proposal is None):
        return _("It stays as it is until you say so.")
    if standing.proposal is not None:
        return _("What could follow by itself has; the rest waits for your answer.")
    return _("The days after today follow by themselves; today stays as it is until you say so.")


def is_withheld(athlete: Athlete) -> bool:
    """Whether this athlete's pages show meals without numbers."""
    return numbers_withheld(athlete, today=today(athlete.zones))


def troubled_calendars(athlete: Athlete) -> list[CalendarConnection]:
    """Calendars whose sessions may be out of date."""
    trouble = (CalendarConnection.Status.ERROR, CalendarConnection.Status.RECONNECT)
    return list(athlete.calendars.filter(status__in=trouble))


def day_or_404(athlete: Athlete, text: str) -> date:
    """The day of an address. Raises Http404 for what is no day, or one that is too far away."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Http404 from None
    if not EARLIEST + timedelta(days=14) <= day <= today(athlete.zones) + timedelta(days=LATEST_AHEAD_DAYS):
        raise Http404
    return day


def minute_of(text: str) -> float:
    """The minute of the day of HH:MM; after every minute for what has no time."""
    return int(text[:2]) * 60 + int(text[3:5]) if text else math.inf


def minute_now(athlete: Athlete) -> int:
    """The athlete's minute of the day."""
    local = now().astimezone(zone(athlete.zones))
    return local.hour * 60 + local.minute


def find_item(athlete: Athlete, item_id: str) -> PlanItem | None:
    """A meal of this athlete as the current plan has it; None when it is gone.

    A page may be older than the plan: a meal of an earlier revision is found again at the same place with the same
    dish.
    """
    mine = PlanItem.objects.filter(revision__plan__athlete=athlete).select_related("revision__plan", "recipe")
    item = mine.filter(pk=item_id).first()
    if item is None:
        raise Http404
    return present_item(item)
