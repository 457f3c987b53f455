"""Training load over time: each day's TSS, and the fitness, fatigue and form that follow from it.

Fitness and fatigue follow by exponential weights of 42 and 7 days, form is yesterday's difference: the formulas and
their sources stand in `planning/science/load.py`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, Min
from django.utils.translation import gettext as _

from athletes.models import Athlete, TrainingEvent
from nutrition_site.kernel.clock import today
from nutrition_site.kernel.errors import InvalidInput
from planning.science.constants import number
from planning.science.load import fitness_and_fatigue, form, session_load
from planning.services.targets import EARLIEST, LATEST_AHEAD_DAYS, sessions_of

DEFAULT_BACK, DEFAULT_AHEAD = 89, 14
MAX_DAYS = 400
# What was trained longer ago than this weighs less than a hundredth of a percent.
MEMORY_DAYS = 400
# What the load of a session is known by, the best first.
BASES = ("tss", "if", "rpe", "intensity")


@dataclass(frozen=True, slots=True)
class LoadDay:
    """One local day. None before anything is known of the athlete, and after the last day that is planned.

    `tss` is the sum of the day's sessions, 0 on a day without any; `estimated` says that some of it comes from an
    effort in words alone, `planned` that some of it is not known to have been done; `basis` names what the sessions
    had: `tss`, `if`, `rpe`, `intensity`. `ctl`, `atl`: fitness and fatigue at the end of the day, `tsb` the form with
    which it began.
    """

    date: date
    tss: float | None
    ctl: float | None
    atl: float | None
    tsb: float | None
    estimated: bool
    planned: bool
    basis: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LoadHistory:
    """Days in order. `data_from` and `data_to` are the first and last day that anything is known of (None: nothing is);

    before `warmed_up_on` fitness is too low, because what was trained earlier is not known.
    """

    today: date
    data_from: date | None
    data_to: date | None
    warmed_up_on: date | None
    days: tuple[LoadDay, ...]


def load_range(athlete: Athlete, first: date | None, last: date | None) -> tuple[date, date]:
    """The inclusive local days asked for; by default 90 days up to today and two weeks ahead. Raises InvalidInput."""
    present = today(athlete.zones)
    latest = present + timedelta(days=LATEST_AHEAD_DAYS)
    for name, day in (("from", first), ("to", last)):
        if day is not None and not EARLIEST <= day <= latest:
            raise InvalidInput.of(name, _("Must be from %(low)s to %(high)s.") % {"low": EARLIEST, "high": latest})
    span = timedelta(days=DEFAULT_BACK + DEFAULT_AHEAD)
    if first is not None:
        end = last or min(first + span, latest)
        start = first
    else:
        end = last or present + timedelta(days=DEFAULT_AHEAD)
        start = max(EARLIEST, end - span)
    if end < start:
        raise InvalidInput.of("to", _("Must not be before 'from'."))
    if (end - start).days + 1 > MAX_DAYS:
        raise InvalidInput.of("to", _("At most %(count)d days at once.") % {"count": MAX_DAYS})
    return start, end


def read_load(*, athlete: Athlete, first: date, last: date) -> LoadHistory:
    """Load, fitness, fatigue and form of every day from first to last, in two queries.

    The history begins with fitness and fatigue of zero on the first day that anything is known of; a day without a
    session counts as rest from then on, up to today or the last day that is planned, whichever is later.
    """
    present = today(athlete.zones)
    counting = TrainingEvent.objects.filter(athlete=athlete).counting()
    ends = counting.aggregate(
        planned_from=Min("local_date"),
        planned_to=Max("local_date"),
        done_from=Min("completed__local_date"),
        done_to=Max("completed__local_date"),
    )
    if ends["planned_from"] is None:
        empty = (_unknown(first + timedelta(days=offset)) for offset in range((last - first).days + 1))
        return LoadHistory(present, None, None, None, tuple(empty))
    data_from = min(day for day in (ends["planned_from"], ends["done_from"]) if day is not None)
    data_to = max(day for day in (ends["planned_to"], ends["done_to"], present) if day is not None)
    begin = max(data_from, first - timedelta(days=MEMORY_DAYS))
    known = _known_days(athlete, begin, min(last, data_to))
    ctl0 = atl0 = 0.0
    loads = [day.tss or 0.0 for day in known]
    rows = fitness_and_fatigue(ctl0=ctl0, atl0=atl0, tss=loads)
    forms = form(ctl0=ctl0, atl0=atl0, tss=loads)
    computed = {
        day.date: LoadDay(day.date, day.tss, ctl, atl, tsb, day.estimated, day.planned, day.basis)
        for day, (ctl, atl, _), tsb in zip(known, rows, forms, strict=True)
    }
    wanted = (first + timedelta(days=offset) for offset in range((last - first).days + 1))
    return LoadHistory(
        today=present,
        data_from=data_from,
        data_to=data_to,
        warmed_up_on=data_from + timedelta(days=int(number("load.ctl_days"))),
        days=tuple(computed.get(day) or _unknown(day) for day in wanted),
    )


def _known_days(athlete: Athlete, begin: date, end: date) -> list[LoadDay]:
    """The load alone of every day; empty when the end lies before the beginning."""
    rows = (
        TrainingEvent.objects.filter(athlete=athlete)
        .counting()
        .held_on(begin, end)
        .select_related("race_plan")
        .defer("description")
    )
    by_day: dict[date, list[TrainingEvent]] = defaultdict(list)
    for event in rows.order_by("starts_at", "id"):
        by_day[event.held_on].append(event)
    days = []
    for offset in range((end - begin).days + 1):
        day = begin + timedelta(days=offset)
        events = by_day.get(day, [])
        loads = [session_load(session) for session in sessions_of(athlete, events)]
        days.append(
            LoadDay(
                date=day,
                tss=sum(load.tss for load in loads),
                ctl=None,
                atl=None,
                tsb=None,
                estimated=any(load.estimated for load in loads),
                planned=any(event.session is None for event in events),
                basis=tuple(sorted({load.basis for load in loads})),
            )
        )
    return days


def _unknown(day: date) -> LoadDay:
    return LoadDay(day, None, None, None, None, estimated=False, planned=False, basis=())
