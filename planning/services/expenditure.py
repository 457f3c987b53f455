"""Learning an athlete's expenditure from weigh-ins and eaten food, week by week.

Estimates are made for Sundays. Windows of 14 days end on every second Sunday, the same for everybody; on the Sunday
between them the part that targets follow may move on towards the newest state. Nothing is learned from a day whose
meals are not all marked eaten or skipped.
"""

from __future__ import annotations

import logging
import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from athletes.models import Athlete, BodyMeasurement, TrainingEvent
from athletes.services.versions import raise_profile_version
from nutrition_site.kernel.audit import record_audit
from nutrition_site.kernel.clock import today
from nutrition_site.kernel.models import AuditEntry
from planning import mapping, science
from planning.models import ExpenditureEstimate, LogEntry, PlanItem
from planning.science import adaptive
from planning.science.constants import bounds, engine_version, number
from planning.science.day import calculate_day_energy
from planning.science.rmr import resolve_ffm
from planning.science.types import Profile, ScienceInputError, Session
from planning.science.week import is_loading_race
from planning.services.eaten import complete_days, read_eaten
from planning.services.offsets import last_sunday, may_follow_offset
from planning.services.targets import sessions_of

log = logging.getLogger(__name__)

# Facts of the profile after which the formula itself says something else.
CHANGES = frozenset({"pal_nonexercise", "measured_rmr_kcal", "sex", "height_cm", "birth_date", "ffm_kg", "sport"})
TRAVEL = "timezone"


def estimate_expenditure(*, athlete: Athlete, through: date) -> ExpenditureEstimate | None:
    """Estimates the offset of an athlete for the last Sunday up to `through` and stores it; safe to run twice.

    None where there is nothing to learn from yet, where it may not be followed, or where the profile cannot be
    calculated with. When the part that targets follow moves, plans learn of it through the profile's version.
    """
    sunday = last_sunday(through + timedelta(days=1))
    if not may_follow_offset(athlete, on=sunday):
        return None
    steps = _run(athlete, sunday)
    if not any(step.used for step in steps):
        return None
    return _store(athlete, sunday, steps)


def athletes_to_estimate(*, limit: int) -> list[Athlete]:
    """Athletes who weighed in and ate from a plan lately, and have no estimate for the last Sunday; ids in order."""
    since = last_sunday(today("UTC")) - timedelta(days=int(number("adaptive.recent_days")))
    weighed = BodyMeasurement.objects.filter(measured_on__gte=since, weight_kg__isnull=False).values("athlete_id")
    ate = PlanItem.objects.filter(
        date__gte=since, status=PlanItem.Status.EATEN, revision__current_of__isnull=False
    ).values("revision__plan__athlete_id")
    logged = LogEntry.objects.filter(day__gte=since).values("athlete_id")
    # The newest Sunday that is over in every time zone.
    done = ExpenditureEstimate.objects.filter(as_of__gte=last_sunday(today("UTC"))).values("athlete_id")
    fed = Q(pk__in=ate) | Q(pk__in=logged)
    people = Athlete.objects.filter(pk__in=weighed).filter(fed).exclude(pk__in=done)
    return list(people.order_by("pk")[:limit])


def estimate_everyone(*, limit: int = 200) -> int:
    """Estimates for everybody who has new data; returns how many estimates were made. One failure stops nobody else."""
    made = 0
    for athlete in athletes_to_estimate(limit=limit):
        try:
            made += estimate_expenditure(athlete=athlete, through=today(athlete.zones) - timedelta(days=1)) is not None
        except Exception:
            log.exception("expenditure could not be estimated", extra={"athlete_id": athlete.pk})
    return made


def _run(athlete: Athlete, sunday: date) -> list[adaptive.FilterStep]:
    """The filter over every whole window from the first log to `sunday`."""
    window = int(number("adaptive.window_days"))
    last_end = sunday - timedelta(days=7 * (sunday.toordinal() // 7 % (window // 7)))
    earliest = last_end - timedelta(days=int(number("adaptive.history_days")) - 1)
    readings = _weigh_ins(athlete, earliest, last_end)
    eaten = _eaten_kcal(athlete, earliest, last_end)
    logged = [day for day, _ in readings] + list(eaten)
    if not readings or not eaten:
        return []
    windows = (last_end - min(logged)).days // window + 1
    first = last_end - timedelta(days=window * windows - 1)
    profile = mapping.science_profile(athlete, on=last_end)
    try:
        days = _observed(athlete, profile, (first, last_end), readings, eaten)
    except ScienceInputError:
        return []
    return adaptive.run_filter(
        days=days,
        rho_kcal_kg=adaptive.forbes_energy_density(fat_kg=_fat_kg(profile)),
        weight_kg=readings[-1][1],
        ffm_and_pal_known=profile.ffm_kg is not None and athlete.pal_nonexercise is not None,
    )


def _observed(
    athlete: Athlete,
    profile: Profile,
    span: tuple[date, date],
    readings: Sequence[tuple[date, float]],
    eaten: dict[date, float],
) -> list[adaptive.ObservedDay]:
    """Each day of the span with the formula's expenditure at that day's weight. Raises ScienceInputError."""
    sessions = _sessions(athlete, span)
    kilograms = dict(readings)
    accepted = adaptive.confirmed_readings([(day.toordinal(), kg) for day, kg in readings])
    scale = {date.fromordinal(ordinal): kg for ordinal, kg in accepted}
    changed, travelled = _profile_events(athlete, span)
    loading = _loading_days(sessions)
    weight = next(iter(kilograms.values()))
    days = []
    for offset in range((span[1] - span[0]).days + 1):
        day = span[0] + timedelta(days=offset)
        weight = scale.get(day, weight)
        model = calculate_day_energy(profile=replace(profile, weight_kg=weight), sessions=sessions.get(day, ()))
        kcal = eaten.get(day)
        most = bounds("range.intake_kcal")[1]
        complete = (
            kcal is not None and kcal <= most and adaptive.intake_is_complete(logged_kcal=kcal, rmr_kcal=model.rmr.kcal)
        )
        days.append(
            adaptive.ObservedDay(
                model_kcal=model.tdee_kcal,
                intake_kcal=kcal if complete else None,
                weight_kg=scale.get(day),
                disturbed=day in loading or day in travelled,
                changed=day in changed,
            )
        )
    return days


def _weigh_ins(athlete: Athlete, first: date, last: date) -> list[tuple[date, float]]:
    rows = BodyMeasurement.objects.filter(
        athlete=athlete, measured_on__gte=first, measured_on__lte=last, weight_kg__isnull=False
    )
    return [(day, float(kg)) for day, kg in rows.order_by("measured_on").values_list("measured_on", "weight_kg")]


def _eaten_kcal(athlete: Athlete, first: date, last: date) -> dict[date, float]:
    """Energy eaten on complete days: every meal of the newest verified plan is marked, and all energy is known."""
    return complete_days(read_eaten(athlete, first, last), "energy_kcal")


def _sessions(athlete: Athlete, span: tuple[date, date]) -> dict[date, tuple[Session, ...]]:
    by_day: dict[date, list[TrainingEvent]] = defaultdict(list)
    ahead = span[1] + timedelta(days=int(number("carbs.loading_days")))
    events = (
        TrainingEvent.objects.filter(athlete=athlete)
        .held_on(span[0], ahead)
        .select_related("race_plan")
        .defer("description")
    )
    for event in events.order_by("starts_at", "id"):
        by_day[event.held_on].append(event)
    return {day: sessions_of(athlete, rows) for day, rows in by_day.items()}


def _loading_days(sessions: dict[date, tuple[Session, ...]]) -> set[date]:
    """Days on which loading binds water: those before a long race, and the race itself."""
    races = [day for day, rows in sessions.items() if any(is_loading_race(row) for row in rows)]
    return {day - timedelta(days=back) for day in races for back in range(int(number("carbs.loading_days")) + 1)}


def _profile_events(athlete: Athlete, span: tuple[date, date]) -> tuple[set[date], set[date]]:
    """(days on which the formula's facts changed, days on which the time zone did)."""
    rows = AuditEntry.objects.filter(
        athlete_id=athlete.pk, verb="athlete.changed", at__date__gte=span[0], at__date__lte=span[1]
    ).values_list("at", "details")
    changed, travelled = set(), set()
    for at, details in rows:
        fields = set(details.get("fields", ()))
        if fields & CHANGES:
            changed.add(at.date())
        if TRAVEL in fields:
            travelled.add(at.date())
    for journey in athlete.journeys:
        travelled |= {journey.first_day, journey.last_day + timedelta(days=1)}
    return changed, travelled


def _fat_kg(profile: Profile) -> float:
    """Fat mass, kg: from what was measured, else estimated from mass and height."""
    full = science.fill_profile(profile)
    if full.weight_kg is None or full.height_cm is None:
        raise ValueError("the reference profile does not fill weight and height")
    lean = resolve_ffm(
        sex=full.sex,
        weight_kg=full.weight_kg,
        height_cm=full.height_cm,
        ffm_kg=full.ffm_kg,
        body_fat_pct=full.body_fat_pct,
    )
    return max(full.weight_kg - lean.kg, (1 - number("ffm.share_max")) * full.weight_kg)


@transaction.atomic
def _store(athlete: Athlete, sunday: date, steps: Sequence[adaptive.FilterStep]) -> ExpenditureEstimate:
    """Writes the estimate of a Sunday. The row of the athlete is locked, so that two workers move a target once."""
    locked = Athlete.objects.select_for_update().get(pk=athlete.pk)
    before = ExpenditureEstimate.objects.filter(athlete=locked, as_of__lt=sunday).order_by("-as_of").first()
    last = steps[-1]
    followed = before.applied_kcal if before else 0.0
    applied = adaptive.publish_offset(
        state=last.state, model_kcal=last.model_kcal, published_kcal=followed, weeks_since_published=1
    )
    sd = math.sqrt(last.state.variance)
    values = {
        "offset_kcal": round(last.state.x, 2),
        "sd_kcal": round(sd, 2),
        "windows": sum(step.used for step in steps),
        # What is followed already stays followed while the filter is unsure.
        "published": sd < number("adaptive.publish_sd_kcal") or applied != 0.0,
        "applied_kcal": round(applied, 2),
        "flags": list(last.flags),
        "engine_version": engine_version(),
    }
    stored = ExpenditureEstimate.objects.filter(athlete=locked, as_of=sunday).first()
    held = stored.applied_kcal if stored else followed
    row, _ = ExpenditureEstimate.objects.update_or_create(athlete=locked, as_of=sunday, defaults=values)
    if round(applied, 2) != round(held, 2):
        raise_profile_version(locked.pk)
        record_audit(verb="expenditure.moved", by=None, object_id=row.pk, athlete_id=locked.pk, windows=row.windows)
    return row
