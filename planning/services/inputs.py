"""Gathering everything a solve depends on into one immutable problem."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from athletes.models import Athlete, CalendarConnection
from nutrition_site.kernel.clock import now
from planning import mapping
from planning.before import SessionWindow
from planning.models import PlanItem
from planning.optimizer.types import DayNeed, Dish, Fixed, Previous, Problem, Relaxation, Rules, SlotNeed
from planning.schedule import loosen_limits
from planning.services.choice import Catalogue, allowed_recipes, athlete_catalogue, is_disliked, is_unfit, why_not
from planning.services.coaching_limits import limits_on, unwanted
from planning.services.concessions import agree, refuse_eating_less
from planning.services.dishes import make_dishes, useful_stock
from planning.services.opinions import opinions_of
from planning.services.rules import StandingRules, rules_of
from planning.services.shopping_needs import stock_left_for
from planning.services.stored import place_of
from planning.services.targets import TargetDay, calculate_targets

PRICE_CURRENCY = "EUR"
PRICED_SHARE = 0.8
# A meal that was left out makes the others of its day larger, up to this multiple of their window.
CATCH_UP = 1.8
# A day that keeps its meals asks for what they give, with so much room for rounding.
WIDE, NARROW = 0.5, 0.02
LEAST_ENERGY_KCAL, LEAST_G = 10.0, 1.0


@dataclass(frozen=True, slots=True)
class ClosedDay:
    """A day that is not planned again: it keeps its meals and what they were planned for.

    `need` is what it was measured against; `slots` are all of its meals, skipped ones too. A `lived` day is over: its
    meals are facts.
    """

    document: Mapping[str, Any]
    need: DayNeed
    slots: tuple[SlotNeed, ...]
    lived: bool = True


@dataclass(frozen=True, slots=True)
class Standing:
    """What of a plan that is made again stays, and how.

    `kept` meals stay as they are: eaten, locked, or (`bought`, by identifier) bought. `previous` is what the new plan
    should resemble. `left_out` meals were skipped: they count for nothing, and the rest of their day makes up for
    them. `closed` days stay whole, measured against what they were made for. `past` meals (by identifier, kept) are
    facts like eaten ones: their hour is over, whatever they held.
    """

    kept: Sequence[PlanItem] = ()
    previous: Sequence[PlanItem] = ()
    bought: Collection[str] = ()
    left_out: Sequence[PlanItem] = ()
    closed: Mapping[date, ClosedDay] = field(default_factory=dict)
    past: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class PlanInputs:
    """A snapshot: what the athlete is, will do, and may eat, at the versions it was read.

    `rebuild(athlete=…, rules=…)` gathers the same again for somebody with another profile or other rules. `measured`
    is what the certificate holds each day to: as in the problem, except that `closed` days (ISO dates) show what they
    were made for, while nothing is asked of them any more.
    """

    athlete: Athlete
    days: tuple[TargetDay, ...]
    problem: Problem
    catalogue: Catalogue
    training_version: int
    profile_version: int
    training_data_as_of: datetime
    notes: tuple[str, ...]
    rules: StandingRules
    rebuild: Callable[..., PlanInputs]
    measured: tuple[DayNeed, ...] = ()
    left_out: tuple[PlanItem, ...] = ()
    closed: frozenset[str] = frozenset()
    favorites: frozenset[str] = frozenset()


def gather_inputs(
    *,
    athlete: Athlete,
    first: date,
    count: int,
    seed: int | None = None,
    standing: Standing | None = None,
    relaxations: Sequence[Relaxation] = (),
    rules: StandingRules | None = None,
    notes: Sequence[str] = (),
) -> PlanInputs:
    """Reads the athlete's state and builds the problem for `count` days from `first`.

    What `standing` keeps stays exactly, except that a locked or bought dish which the athlete may not or does not want
    to eat any more is let go; an eaten one stays as a fact. `relaxations` are changes that the athlete agreed to.
    """
    standing = standing or Standing()
    rules = rules_of(athlete) if rules is None else rules
    catalogue = athlete_catalogue(athlete)
    # One day more than is planned: the last evening eats for what comes after it.
    known = calculate_targets(athlete=athlete, first=first, last=first + timedelta(days=count))
    days = tuple(_as_lived(day, standing.closed.get(day.date)) for day in known[:count])
    tomorrows = [mapping.session_windows(athlete, day.date, day.sessions) for day in known[1:]]
    dislikes = unwanted(athlete, first, days[-1].date)
    allowed = {recipe.pk: recipe for recipe in allowed_recipes(athlete, catalogue, dislikes=dislikes)}
    wanted = frozenset(allowed)
    fixed = _fixed_meals(athlete, catalogue, standing, (first, days[-1].date))
    for meal in fixed:
        allowed.setdefault(meal.dish_key, catalogue.recipes[meal.dish_key])
    stock = stock_left_for(athlete, first)
    opinions = opinions_of(athlete)
    dishes = make_dishes(athlete, catalogue, allowed, frozenset(meal.dish_key for meal in fixed), stock, opinions)
    # What was eaten before it was excluded or disliked stays where it was, and may be chosen nowhere else.
    past = {
        key
        for key in allowed.keys() - wanted
        if why_not(allowed[key], athlete) or is_disliked(catalogue.named(key), dislikes)
    }
    dishes = tuple(replace(dish, slots=frozenset(), batchable=False) if dish.key in past else dish for dish in dishes)
    out = {place_of(item) for item in standing.left_out if item.date not in standing.closed}
    needs = tuple(
        _fact(closed, fixed, {dish.key: dish for dish in dishes})
        if (closed := standing.closed.get(day.date))
        else _without(_need(athlete, day, tomorrow, rules, fixed, dishes), out)
        for day, tomorrow in zip(days, tomorrows, strict=True)
    )
    budget, budget_notes = _budget(athlete, dishes, count)
    problem = Problem(
        days=needs,
        dishes=dishes,
        fixed=tuple(fixed),
        previous=tuple(
            _previous(item)
            for item in standing.previous
            if item.recipe_id in allowed.keys() - past and place_of(item) not in out
        ),
        rules=_reachable(
            rules.for_week(),
            fixed,
            dishes,
            first,
            open_days=[day.date for day in days if day.date not in standing.closed],
            closed_days=len(standing.closed),
        ),
        budget_milli=budget,
        stock=useful_stock(stock, dishes),
        seed=seed,
        catalogue_version=catalogue.version,
    )
    refuse_eating_less(athlete, relaxations, on=first)
    problem = agree(problem, relaxations)
    return PlanInputs(
        athlete=athlete,
        days=days,
        problem=problem,
        catalogue=catalogue,
        training_version=athlete.training_version,
        profile_version=athlete.profile_version,
        training_data_as_of=training_data_as_of(athlete),
        notes=(*notes, *budget_notes),
        rules=rules,
        rebuild=partial(
            gather_inputs, first=first, count=count, seed=seed, standing=standing, relaxations=relaxations, notes=notes
        ),
        measured=tuple(
            closed.need if (closed := standing.closed.get(date.fromisoformat(need.date))) else need
            for need in problem.days
        ),
        left_out=tuple(standing.left_out),
        closed=frozenset(day.isoformat() for day, closed in standing.closed.items() if closed.lived),
        favorites=frozenset(family for family, opinion in opinions.items() if opinion.favorite),
    )


def training_data_as_of(athlete: Athlete) -> datetime:
    """How current the training is: the oldest last reading among the athlete's calendars, now without any."""
    times = [
        moment
        for moment in CalendarConnection.objects.filter(athlete=athlete).values_list("last_synced_at", flat=True)
        if moment is not None
    ]
    return min(times) if times else now()


def _as_lived(day: TargetDay, closed: ClosedDay | None) -> TargetDay:
    """A closed day keeps the label and the targets it was planned with."""
    if closed is None:
        return day
    return replace(day, label=closed.document["training_event"], payload=dict(closed.document["target"]))


def _fact(closed: ClosedDay, fixed: Sequence[Fixed], dishes: Mapping[str, Dish]) -> DayNeed:
    """A day that is not planned again, as the search sees it: it asks for what its meals give."""
    meals = [meal for meal in fixed if meal.date == closed.need.date]

    def total(nutrient: int) -> float:
        return sum((dishes[meal.dish_key].per_quarter[nutrient] or 0) * meal.quarters / 100 for meal in meals)

    energy = max(total(0), LEAST_ENERGY_KCAL)
    return DayNeed(
        date=closed.need.date,
        energy_kcal=energy,
        carbs_g=max(total(2), LEAST_G),
        protein_g=max(total(1) * (1 - NARROW), LEAST_G),
        slots=tuple(replace(slot, energy_lo=0.0, energy_hi=energy) for slot in closed.slots),
        fat_floor_fraction=0.0,
        batch=closed.need.batch,
        energy_tolerance=WIDE,
        carbs_tolerance=WIDE,
    )


def _fixed_meals(athlete: Athlete, catalogue: Catalogue, standing: Standing, span: tuple[date, date]) -> list[Fixed]:
    fixed = []
    for item in standing.kept:
        closed = standing.closed.get(item.date)
        is_past = item.status == PlanItem.Status.EATEN or item.pk in standing.past
        fact = is_past or (closed is not None and closed.lived)
        if item.recipe_id not in catalogue.recipes or not span[0] <= item.date <= span[1]:
            continue
        if not fact and is_unfit(catalogue.recipes[item.recipe_id], item.quarters, athlete, catalogue, day=item.date):
            continue
        reason = "eaten" if fact else "bought" if item.pk in standing.bought and not item.locked else "locked"
        fixed.append(_fixed(item, reason=reason))
    return fixed


def _need(
    athlete: Athlete,
    day: TargetDay,
    tomorrow: Sequence[SessionWindow],
    rules: StandingRules,
    fixed: Sequence[Fixed],
    dishes: Sequence[Dish],
) -> DayNeed:
    need = mapping.day_need(
        athlete=athlete,
        day=day.date,
        targets=day.targets,
        sessions=day.sessions,
        prep_minutes=rules.minutes_on(day.date.weekday(), athlete.max_prep_minutes or None),
        batch=day.date.weekday() in rules.batch_weekdays,
        tomorrow=tomorrow,
        limits=limits_on(athlete, day.date),
    )
    return _with_kept_slots(loosen_limits(need, dishes), fixed)


def _fixed(item: PlanItem, *, reason: str) -> Fixed:
    return Fixed(
        date=item.date.isoformat(),
        slot=item.slot,
        index=item.index,
        dish_key=item.recipe_id,
        quarters=item.quarters,
        reason=reason,
        leftover_of=_source(item),
    )


def _previous(item: PlanItem) -> Previous:
    return Previous(
        date=item.date.isoformat(),
        slot=item.slot,
        index=item.index,
        dish_key=item.recipe_id,
        quarters=item.quarters,
        leftover_of=_source(item),
    )


def _source(item: PlanItem) -> tuple[str, str, int] | None:
    return None if not item.leftover_of else (item.leftover_of[0], item.leftover_of[1], int(item.leftover_of[2]))


def _with_kept_slots(need: DayNeed, fixed: Sequence[Fixed]) -> DayNeed:
    """A kept meal whose slot is gone (the session it belonged to moved) keeps a slot of its own."""
    places = {(slot.slot, slot.index) for slot in need.slots}
    extra = [
        SlotNeed(slot=item.slot, index=item.index, time="12:00", energy_lo=0.0, energy_hi=need.energy_kcal)
        for item in fixed
        if item.date == need.date and (item.slot, item.index) not in places
    ]
    return replace(need, slots=(*need.slots, *extra)) if extra else need


def _without(need: DayNeed, out: Collection[tuple[str, str, int]]) -> DayNeed:
    """The day without its skipped meals; what remains may be larger."""
    if not any(day == need.date for day, _, _ in out):
        return need
    left = [slot for slot in need.slots if (need.date, slot.slot, slot.index) not in out]
    grown = (slot if slot.energy_hi is None else replace(slot, energy_hi=slot.energy_hi * CATCH_UP) for slot in left)
    return replace(need, slots=tuple(grown))


def _reachable(
    rules: Rules,
    fixed: Sequence[Fixed],
    dishes: Sequence[Dish],
    first: date,
    *,
    open_days: Sequence[date],
    closed_days: int,
) -> Rules:
    """What was eaten already may be more than a rule allows, and what is left too short for what one asks.

    A rule then holds for all that can still change: no more than was eaten, and one meal on each day that is left.
    """
    by_key = {dish.key: dish for dish in dishes}
    tags: Counter[tuple[int, str]] = Counter()
    families: Counter[tuple[int, str]] = Counter()
    for meal in fixed:
        dish = by_key.get(meal.dish_key)
        if dish is None or meal.reason != "eaten":
            continue
        week = (date.fromisoformat(meal.date) - first).days // 7
        tags.update((week, tag) for tag in dish.tags)
        if meal.slot != "during":
            families[week, dish.family] += 1
    most = {
        tag: max([limit, *(n for (_, t), n in tags.items() if t == tag)]) for tag, limit in rules.weekly_max.items()
    }
    left = Counter((day - first).days // 7 for day in open_days)
    least = {}
    for tag, limit in rules.weekly_min.items():
        weeks = [tags[week, tag] + left[week] for week in range((len(open_days) + closed_days) // 7)]
        least[tag] = min([limit, *weeks])
    repeats = max([rules.max_repeats_per_week, *families.values()])
    return replace(rules, weekly_max=most, weekly_min=least, max_repeats_per_week=repeats)


def _budget(athlete: Athlete, dishes: Sequence[Dish], count: int) -> tuple[int | None, list[str]]:
    """The budget of the plan in thousandths, or None with a note when prices or currency do not allow one."""
    if athlete.weekly_budget_minor is None:
        return None, []
    if (athlete.currency or PRICE_CURRENCY) != PRICE_CURRENCY:
        return None, ["BUDGET_NOT_APPLIED"]
    priced = sum(1 for dish in dishes if dish.cost_milli is not None)
    if not dishes or priced < PRICED_SHARE * len(dishes):
        return None, ["BUDGET_NOT_APPLIED"]
    return round(athlete.weekly_budget_minor * 10 * count / 7), []
