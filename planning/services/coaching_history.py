"""What a squad ate in the last days around its key sessions, in two queries for everybody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from athletes.models import Athlete
from planning.models import LogEntry, MealPlan, PlanItem
from planning.services.eaten import EatenDay, EatenMeal
from planning.services.key_sessions import KeySession, judge_key_sessions
from planning.services.squad import SquadDays
from planning.services.targets import sessions_of

# A coach speaks about the sessions of the last days; who has marked nothing in them costs nothing.
BACK_DAYS = 3


def read_squad_eaten(present: Mapping[str, date]) -> dict[str, dict[date, EatenDay]]:
    """By athlete and day, what the last days held, of athletes who marked or logged anything in them.

    `present` is the local day of each athlete. The same as `read_eaten` says of one athlete.
    """
    if not present:
        return {}
    first, last = min(present.values()) - timedelta(days=BACK_DAYS), max(present.values()) - timedelta(days=1)
    logged = _logged(present, first, last)
    planned = _planned(present, first, last)
    marked = {pk for pk, days in planned.items() for meals in days.values() if any(not m.is_unmarked for m in meals)}
    return {
        pk: {
            day: EatenDay(planned=planned[pk].get(day, ()), logged=logged[pk].get(day, ()))
            for day in planned[pk].keys() | logged[pk].keys()
            if timedelta(0) < present[pk] - day <= timedelta(days=BACK_DAYS)
        }
        for pk in marked | logged.keys()
    }


def past_key_sessions(
    athlete: Athlete, targets: SquadDays, eaten: Mapping[date, EatenDay], today: date
) -> tuple[KeySession, ...]:
    """The key sessions of the last days with what was eaten around them; empty for who marked nothing."""
    if not eaten:
        return ()
    days = [day for day in sorted(targets) if day < today]
    sessions = {day: sessions_of(athlete, list(targets[day].events)) for day in days}
    return judge_key_sessions(athlete=athlete, days=days, sessions=sessions, eaten=eaten)


def _planned(
    athletes: Mapping[str, date], first: date, last: date
) -> defaultdict[str, dict[date, tuple[EatenMeal, ...]]]:
    marked = PlanItem.objects.filter(
        revision__current_of__athlete__in=list(athletes), date__gte=first, date__lte=last
    ).exclude(status=PlanItem.Status.PLANNED)
    rows = PlanItem.objects.filter(
        revision__current_of__athlete__in=marked.values("revision__current_of__athlete"),
        revision__current_of__status=MealPlan.Status.VERIFIED,
        date__gte=first,
        date__lte=last,
    ).order_by("date", "time", "slot", "index")
    by_plan: dict[tuple[str, date], dict[tuple[datetime, str], list[EatenMeal]]] = defaultdict(
        lambda: defaultdict(list)
    )
    fields = ("revision__plan__athlete_id", "date", "revision__current_of__created_at", "revision__plan_id")
    for athlete_id, day, created, plan_id, slot, index, time, status, nutrients, recipe_id in rows.values_list(
        *fields, "slot", "index", "time", "status", "nutrients", "recipe_id"
    ):
        meal = EatenMeal(slot, index, time, status, nutrients, plan_id, recipe_id)
        by_plan[athlete_id, day][created, plan_id].append(meal)
    found: defaultdict[str, dict[date, tuple[EatenMeal, ...]]] = defaultdict(dict)
    for (athlete_id, day), plans in by_plan.items():
        found[athlete_id][day] = tuple(plans[max(plans)])
    return found


def _logged(
    athletes: Mapping[str, date], first: date, last: date
) -> defaultdict[str, dict[date, tuple[EatenMeal, ...]]]:
    rows = LogEntry.objects.filter(athlete__in=list(athletes), day__gte=first, day__lte=last)
    found: defaultdict[str, dict[date, tuple[EatenMeal, ...]]] = defaultdict(dict)
    for athlete_id, day, slot, time, nutrients in rows.order_by("day", "time", "id").values_list(
        "athlete_id", "day", "slot", "time", "nutrients"
    ):
        meal = EatenMeal(slot, 0, time, PlanItem.Status.EATEN, nutrients)
        found[athlete_id][day] = (*found[athlete_id].get(day, ()), meal)
    return found
