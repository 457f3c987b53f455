"""Progress over weeks: how planned meals went, what energy was left for the body, and load beside carbohydrate.

Weeks run from Monday to Sunday of the athlete's days. What nobody marked is "not logged", and says nothing about
anybody; a mean is of the days that are known in whole, and says how many there were.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from athletes.models import Athlete, TrainingEvent
from nutrition_site.kernel.clock import today
from planning import mapping, science
from planning.science.constants import number
from planning.science.day import calculate_day_energy
from planning.science.load import session_load
from planning.science.types import DayTargets, ScienceInputError, Session
from planning.services.eaten import EatenDay, EatenMeal, mean_of, read_eaten
from planning.services.key_sessions import KeySession, judge_key_sessions
from planning.services.offsets import Estimate, may_follow_offset
from planning.services.progress_rows import Place, all_estimates, read_events, swapped_places, trained_from
from planning.services.targets import FOLLOWING_DAYS, ProfileOutOfRange, sessions_of, week_targets
from planning.services.week_availability import (
    Availability,
    availability_on,
    is_complete,
    week_availability,
)

SPANS = (4, 12, 26, 52)
DEFAULT_SPAN = 12


@dataclass(frozen=True, slots=True)
class MealCounts:
    """How the planned meals of a week went. `besides` counts what was logged beside or instead of the plan."""

    as_planned: int = 0
    swapped: int = 0
    skipped: int = 0
    not_logged: int = 0
    besides: int = 0

    @property
    def planned(self) -> int:
        return self.as_planned + self.swapped + self.skipped + self.not_logged


@dataclass(frozen=True, slots=True)
class ProgressWeek:
    """One week. Amounts are means per complete day (`complete_days` of them), None without one.

    `load` is the sum of training load in points, None before anything is known of the athlete's training;
    `load_estimated` where some of it comes from an effort in words, `load_planned` where some was not seen done.
    """

    monday: date
    is_present: bool
    meals: MealCounts
    complete_days: int
    carbs_g: float | None
    carbs_target_g: float | None
    load: float | None
    load_estimated: bool
    load_planned: bool
    availability: Availability | None
    key_sessions: tuple[KeySession, ...]

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Progress:
    """Weeks in order, the present one last; `estimates` of expenditure that were made in them, the newest first.

    `present_estimate` is the newest estimate of all, None where nothing was learned; `formula_kcal` what the formula
    gives for the training of the last two weeks, mean a day, None where the body is not known. `may_follow` tells
    whether targets of this athlete follow what is learned.
    """

    today: date
    weeks: tuple[ProgressWeek, ...]
    estimates: tuple[Estimate, ...]
    present_estimate: Estimate | None
    formula_kcal: float | None
    may_follow: bool
    body_is_assumed: bool

    @property
    def key_sessions(self) -> list[KeySession]:
        return [session for week in self.weeks for session in week.key_sessions]

    @property
    def meals(self) -> MealCounts:
        """The meals of all weeks together."""
        names = ("as_planned", "swapped", "skipped", "not_logged", "besides")
        return MealCounts(*(sum(getattr(week.meals, name) for week in self.weeks) for name in names))

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is known of these weeks."""
        return not self.estimates and all(
            not week.meals.planned and not week.meals.besides and not week.load for week in self.weeks
        )


def read_progress(*, athlete: Athlete, weeks: int = DEFAULT_SPAN) -> Progress:
    """The last `weeks` weeks up to the present one, in six queries whatever their number."""
    present = today(athlete.zones)
    mondays = [mapping.monday_of(present) - timedelta(days=7 * back) for back in range(weeks - 1, -1, -1)]
    # Low availability is also judged over two weeks, so the one before the first is read, too.
    begin = mondays[0] - timedelta(days=7)
    eaten = read_eaten(athlete, begin, present)
    events = read_events(athlete, begin, present + timedelta(days=6 + FOLLOWING_DAYS))
    sessions = {day: sessions_of(athlete, rows) for day, rows in events.items()}
    estimates = all_estimates(athlete)
    targets = _targets(athlete, eaten, sessions, estimates)
    by_day = ((day, availability_on(found, targets.get(day))) for day, found in eaten.items())
    daily = {day: value for day, value in by_day if value is not None}
    known_from = trained_from(athlete)
    swapped = swapped_places(athlete, begin, present)
    rows = tuple(
        _week(
            athlete=athlete,
            monday=monday,
            present=present,
            eaten=eaten,
            targets=targets,
            daily=daily,
            events=events,
            sessions=sessions,
            swapped=swapped,
            known_from=known_from,
        )
        for monday in mondays
    )
    return Progress(
        today=present,
        weeks=rows,
        estimates=tuple(row for row in estimates if mondays[0] <= row.as_of),
        present_estimate=estimates[0] if estimates else None,
        formula_kcal=_formula_kcal(athlete, present, sessions),
        may_follow=may_follow_offset(athlete, on=present),
        body_is_assumed=bool(science.fill_profile(mapping.science_profile(athlete, on=present)).assumed),
    )


def _formula_kcal(athlete: Athlete, present: date, sessions: Mapping[date, tuple[Session, ...]]) -> float | None:
    profile = mapping.science_profile(athlete, on=present)
    if science.fill_profile(profile).assumed:
        return None
    days = [present - timedelta(days=back) for back in range(1, int(number("adaptive.window_days")) + 1)]
    try:
        return mean_of(calculate_day_energy(profile=profile, sessions=sessions.get(day, ())).tdee_kcal for day in days)
    except ScienceInputError:
        return None


def _week(
    *,
    athlete: Athlete,
    monday: date,
    present: date,
    eaten: Mapping[date, EatenDay],
    targets: Mapping[date, DayTargets],
    daily: Mapping[date, float],
    events: Mapping[date, Sequence[TrainingEvent]],
    sessions: Mapping[date, tuple[Session, ...]],
    swapped: Mapping[Place, str],
    known_from: date | None,
) -> ProgressWeek:
    days = [monday + timedelta(days=offset) for offset in range(7)]
    complete = [day for day in days if day in eaten and is_complete(eaten[day], targets.get(day))]
    carbs = {day: amount for day in complete if (amount := eaten[day].whole("carbs_g")) is not None}
    counting = [event for day in days if day <= present for event in events.get(day, ()) if event.counts]
    loads = [session_load(session) for day in days if day <= present for session in sessions.get(day, ())]
    is_known = known_from is not None and known_from <= days[-1]
    return ProgressWeek(
        monday=monday,
        is_present=monday <= present <= days[-1],
        meals=_count(days, present, eaten, swapped),
        complete_days=len(complete),
        carbs_g=mean_of(carbs.values()),
        carbs_target_g=mean_of(targets[day].carbs_g for day in carbs),
        load=math.fsum(load.tss for load in loads) if is_known else None,
        load_estimated=any(load.estimated for load in loads),
        load_planned=any(event.session is None for event in counting),
        availability=week_availability(
            monday=monday, sex=mapping.science_profile(athlete, on=monday).sex, daily=daily, targets=targets
        ),
        key_sessions=judge_key_sessions(
            athlete=athlete, days=[day for day in days if day < present], sessions=sessions, eaten=eaten
        ),
    )


def _targets(
    athlete: Athlete,
    eaten: Mapping[date, EatenDay],
    sessions: Mapping[date, tuple[Session, ...]],
    estimates: Sequence[Estimate],
) -> dict[date, DayTargets]:
    """The targets of the weeks that have a whole day; the others are not calculated: it would cost most of the page."""
    mondays = sorted({mapping.monday_of(day) for day, found in eaten.items() if found.is_marked})
    published = [row for row in estimates if row.published]
    found: dict[date, DayTargets] = {}
    for monday in mondays:
        try:
            week = week_targets(athlete, monday, dict(sessions), published)
        except ProfileOutOfRange:
            return {}
        found |= {day.date: day for day in week if day.date is not None}
    return found


def _count(
    days: Sequence[date], present: date, eaten: Mapping[date, EatenDay], swapped: Mapping[Place, str]
) -> MealCounts:
    """How the meals of these days went. What is still to come is no meal yet, also later today."""
    as_planned = other = skipped = not_logged = besides = 0
    for day in days:
        found = eaten.get(day, EatenDay())
        besides += len(found.logged)
        for meal in found.planned:
            if meal.is_eaten and swapped.get(_place(meal, day), meal.recipe_id) == meal.recipe_id:
                as_planned += 1
            elif meal.is_eaten:
                other += 1
            elif meal.is_skipped:
                skipped += 1
            elif day < present:
                not_logged += 1
    return MealCounts(as_planned, other, skipped, not_logged, besides)


def _place(meal: EatenMeal, day: date) -> Place:
    return meal.plan_id, day.isoformat(), meal.slot, meal.index
