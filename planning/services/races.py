"""Planning a race: what the athlete said about it, and what follows from that for the race day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from athletes.models import Athlete, TrainingEvent, User
from athletes.services.versions import raise_training_version
from nutrition_site.kernel.clock import zone
from nutrition_site.kernel.errors import InvalidInput
from planning import mapping, science
from planning.race_asks import asks_of
from planning.race_course import places_on, read_places
from planning.race_feeds import Feed, Hour, Needed, Station, Supply, choose_feeds, hours_of, needed_of
from planning.science.availability import is_minor
from planning.science.caffeine import proposed_caffeine_mg
from planning.science.constants import bounds, number, numbers
from planning.science.fluids import NO_SODIUM_CONDITIONS, rehydration_l
from planning.science.fueling import race_meal_hours
from planning.science.mets import canonical_sport
from planning.science.race import calculate_race_plan, in_session_carbs_g_h
from planning.science.types import Profile, RacePlan, ScienceInputError
from planning.science.week import is_loading_race
from planning.services.race_foods import RaceFoods, course_stations, race_foods
from planning.services.race_options import RaceOptions, options_of, store_options

TRIATHLON, SWIM = "triathlon", "swim"
PLACES = ("water_at", "drink_at", "gel_at", "banana_at")
LEGS = ("swim_minutes", "bike_minutes", "run_minutes")
# What the calculation calls what the athlete was asked.
ASKED_AS = {
    "duration_minutes": "finish_minutes",
    "legs_minutes": "swim_minutes",
    "caffeine_mg_per_kg": "caffeine_mg_per_kg",
    "meal_hours_before": "meal_hours_before",
}
LADDER_WEEKS = 12
# Less of the drinking that is asked for than this is told.
ENOUGH_FLUID = 0.8


@dataclass(frozen=True, slots=True)
class GutWeek:
    """One week of practice: what to take an hour in its longest session, which is None where none is known."""

    monday: date
    carbs_g_h: float
    session: TrainingEvent | None


@dataclass(frozen=True, slots=True)
class RaceSheet:
    """Everything about the food of one race.

    `starts_at` is the athlete's local moment, None for an all-day event without a start. `assumed` names what nobody
    has said: weight_kg, finish, legs, gut, sweat. `no_caffeine` says why none is planned: minor, profile, care,
    untested, unwanted; empty where it is. `uncounted` are the kinds served on the course that may not be what this
    athlete can eat. `gut_cap_g_h` is what any hour may hold at most.
    """

    event: TrainingEvent
    options: RaceOptions
    numbers: RacePlan
    day: date
    starts_at: datetime | None
    duration_minutes: float
    distance_km: float | None
    sport: str
    loading: bool
    meal_hours_before: float
    gut_cap_g_h: float
    carbs_range_g_h: tuple[float, float]
    foods: RaceFoods
    stations: tuple[Station, ...]
    feeds: tuple[Feed, ...]
    hours: tuple[Hour, ...]
    needed: tuple[Needed, ...]
    weeks: tuple[GutWeek, ...]
    recovery_l: tuple[float, float]
    assumed: tuple[str, ...]
    no_caffeine: str
    uncounted: tuple[str, ...]

    @property
    def is_triathlon(self) -> bool:
        return self.sport == TRIATHLON

    @property
    def carbs_g(self) -> float:
        """Carbohydrate of all feeds as they are taken."""
        return sum(feed.carbs_g for feed in self.feeds)

    @property
    def fluid_ml(self) -> float:
        return sum(feed.fluid_ml for feed in self.feeds)

    @property
    def sodium_mg(self) -> float | None:
        """Sodium of all feeds; None where it is unknown of one."""
        known = [feed.sodium_mg for feed in self.feeds]
        return None if any(amount is None for amount in known) else sum(amount or 0.0 for amount in known)

    @property
    def sweat_loss_ml(self) -> float:
        return 1000 * self.numbers.sweat_rate_l_h * self.duration_minutes / 60

    @property
    def dry_from_minute(self) -> float | None:
        """The first feed with less to drink than it asks for, where the race lacks much in all; else None."""
        if self.fluid_ml >= ENOUGH_FLUID * sum(feed.ask.fluid_ml for feed in self.feeds):
            return None
        short = (feed for feed in self.feeds if feed.fluid_ml < feed.ask.fluid_ml - 1)
        return next((feed.ask.minute for feed in short), None)

    def clock(self, minute: float) -> datetime | None:
        """The local moment of a minute from the start."""
        if self.starts_at is None:
            return None
        # Elapsed time: a race through the night of a clock change is not an hour longer.
        return (self.starts_at.astimezone(UTC) + timedelta(minutes=minute)).astimezone(self.starts_at.tzinfo)


def save_race_options(*, event: TrainingEvent, values: Mapping[str, Any], today: date, by: User) -> None:
    """Stores what is said about a race, all of it; what is left out becomes unknown. Plans of its day follow.

    `values` has the names of `RaceOptions`. Raises InvalidInput, naming the field, for what cannot be planned with.
    """
    options = replace(RaceOptions(**values), foods=tuple(values.get("foods") or ()))
    plan_race(athlete=event.athlete, event=event, today=today, options=options)
    with transaction.atomic():
        store_options(event=event, options=options, by=by)
        raise_training_version(event.athlete_id)


def plan_race(*, athlete: Athlete, event: TrainingEvent, today: date, options: RaceOptions | None = None) -> RaceSheet:
    """The race day as it follows from profile, event and `options` (by default those stored). Nothing is written.

    Raises InvalidInput naming the option that is out of range.
    """
    said = options_of(event) if options is None else options
    day = event.local_date
    profile = science.fill_profile(mapping.science_profile(athlete, on=day))
    weight_kg = profile.weight_kg
    if weight_kg is None:
        raise ValueError("the reference profile does not fill the weight")
    session = mapping.science_session(event, athlete.zones)
    minutes = said.finish_minutes or session.duration_minutes
    session = replace(session, duration_minutes=minutes, is_race=True)
    sport = canonical_sport(session.sport)[0]
    distance_km = event.distance_km or said.distance_km
    assumed = [name for name in ("weight_kg",) if name in profile.assumed]
    if said.finish_minutes is None and mapping.is_length_assumed(event):
        assumed.append("finish")
    legs = _legs(said, sport, minutes, assumed)
    low, high = in_session_carbs_g_h(minutes=minutes)
    if said.gut_cap_g_h is None and high > 0:
        assumed.append("gut")
    measured = bool(said.sweat_is_measured) and said.sweat_rate_l_h is not None
    if said.sweat_rate_l_h is None:
        assumed.append("sweat")
    caffeine_mg, no_caffeine = _caffeine(profile, said)
    meal_hours = said.meal_hours_before if said.meal_hours_before is not None else race_meal_hours(session)
    # Without word of a rehearsed rate the race holds the least that its length is worth: no stomach is tried out there.
    gut = said.gut_cap_g_h if said.gut_cap_g_h is not None else low
    try:
        numbers_ = calculate_race_plan(
            weight_kg=weight_kg,
            duration_minutes=minutes,
            sweat_rate_l_h=said.sweat_rate_l_h,
            sweat_rate_measured=measured,
            gut_cap_g_h=gut,
            caffeine_mg_per_kg=caffeine_mg / weight_kg,
            meal_hours_before=meal_hours,
            is_adult=not is_minor(profile),
            other_caffeine_mg=said.other_caffeine_mg or 0.0,
            temperature_c=said.temperature_c,
            sex=profile.sex,
            uses_nsaids=bool(said.takes_painkillers),
            sweat_tested_at_c=said.sweat_tested_at_c if measured else None,
            sweat_sodium_mg_l=said.sweat_sodium_mg_l,
            conditions=sorted(NO_SODIUM_CONDITIONS) if said.salt_is_medical else (),
            legs_minutes=legs,
        )
    except ScienceInputError as error:
        raise _refused(error) from error
    foods = race_foods(athlete, chosen=said.foods)
    stations, uncounted = _stations(athlete, said, foods, minutes, distance_km)
    most = said.gut_cap_g_h if said.gut_cap_g_h is not None else high
    asks = asks_of(numbers_, sport=sport, minutes=minutes, most_g_h=most, legs=legs, solids_chosen=foods.has_own_solids)
    supply = Supply(
        bottle_ml=None if said.bottle_ml is None or said.bottles is None else said.bottle_ml * said.bottles,
        pieces=said.pockets,
    )
    feeds = choose_feeds(asks, products=foods.used, stations=stations, supply=supply)
    lost_kg = (numbers_.sweat_rate_l_h * minutes / 60) - sum(feed.fluid_ml for feed in feeds) / 1000
    return RaceSheet(
        event=event,
        options=said,
        numbers=numbers_,
        day=day,
        starts_at=_start(athlete, event, said),
        duration_minutes=minutes,
        distance_km=distance_km,
        sport=sport,
        loading=numbers_.loading_g_per_kg is not None and is_loading_race(session),
        meal_hours_before=meal_hours,
        gut_cap_g_h=most,
        carbs_range_g_h=(low, high),
        foods=foods,
        stations=stations,
        feeds=feeds,
        hours=hours_of(feeds, duration_minutes=minutes),
        needed=needed_of(feeds),
        weeks=_ladder(athlete, said.gut_cap_g_h, high, today, day),
        recovery_l=rehydration_l(deficit_kg=max(0.0, lost_kg)),
        assumed=tuple(assumed),
        no_caffeine=no_caffeine,
        uncounted=uncounted,
    )


def plan_race_as_said(*, athlete: Athlete, event: TrainingEvent, today: date) -> tuple[RaceSheet, dict[str, str]]:
    """The plan from what is stored, and what of that no longer fits: option to reason.

    A race that was moved, made shorter or lost its distance since must still have a page: what contradicts it is left
    out. Raises InvalidInput for what no option is to blame for.
    """
    said, misfits = options_of(event), {}
    while True:
        try:
            return plan_race(athlete=athlete, event=event, today=today, options=said), misfits
        except InvalidInput as error:
            row = error.details[0]
            names = LEGS if row["field"] in LEGS else (row["field"],)
            named = [name for name in names if getattr(said, name, None) is not None]
            if not named:
                raise
            misfits[row["field"]] = str(row["message"])
            said = replace(said, **dict.fromkeys(named))


def _legs(said: RaceOptions, sport: str, minutes: float, assumed: list[str]) -> tuple[float, ...] | None:
    """Swim, bike and run of a triathlon: as said, else by their usual shares; None for other sports."""
    if sport != TRIATHLON:
        return None
    stated = [getattr(said, name) for name in LEGS]
    if all(value is not None for value in stated):
        return tuple(stated)
    missing = [name for name, value in zip(LEGS, stated, strict=True) if value is None]
    if len(missing) < len(LEGS):
        raise InvalidInput.of(missing[0], _("Say all three, or none: then usual shares of the time are assumed."))
    assumed.append("legs")
    return tuple(share * minutes for share in numbers("met.triathlon_shares"))


def _caffeine(profile: Profile, said: RaceOptions) -> tuple[float, str]:
    """The dose in mg, and why there is none."""
    if is_minor(profile):
        return 0.0, "minor"
    if profile.ed_flag or profile.pregnant or profile.lactating:
        return 0.0, "care"
    if said.uses_caffeine is None:
        return 0.0, "untested"
    if not said.uses_caffeine:
        return 0.0, "unwanted"
    wanted, other = said.caffeine_mg_per_kg, said.other_caffeine_mg or 0.0
    dose = proposed_caffeine_mg(profile, mg_per_kg=wanted, other_mg=other)
    if dose is None:
        return 0.0, "profile"
    return dose, "" if dose > 0 else "enough"


def _start(athlete: Athlete, event: TrainingEvent, said: RaceOptions) -> datetime | None:
    local = event.starts_at.astimezone(zone(athlete.zones))
    if said.start_minute is not None:
        return local.replace(hour=said.start_minute // 60, minute=said.start_minute % 60, second=0, microsecond=0)
    return None if event.all_day else local


def _stations(
    athlete: Athlete, said: RaceOptions, foods: RaceFoods, minutes: float, distance_km: float | None
) -> tuple[tuple[Station, ...], tuple[str, ...]]:
    found = {}
    for name in PLACES:
        try:
            places = read_places(getattr(said, name) or "", unit="km")
            if places is not None:
                found[name] = places_on(places, duration_minutes=minutes, distance_km=distance_km)
        except ValueError as error:
            raise InvalidInput.of(name, str(error)) from error
    return course_stations(foods, found, has_allergies=bool(athlete.allergies))


def _ladder(athlete: Athlete, gut: float | None, high: float, today: date, day: date) -> tuple[GutWeek, ...]:
    """The weeks from the present one to the last before the race, each ten grams an hour higher, up to what it asks."""
    if high <= 0 or day <= today:
        return ()
    top, step = min(high, number("race.gut_ceiling")), number("race.gut_step")
    rate = bounds("race.gut_start")[0] if gut is None else gut
    monday = today - timedelta(days=today.weekday())
    mondays: list[date] = []
    while monday + timedelta(days=6) < day and len(mondays) < LADDER_WEEKS:
        mondays.append(monday)
        monday += timedelta(days=7)
    if not mondays or rate >= top:
        return ()
    sessions = TrainingEvent.objects.filter(
        athlete=athlete, local_date__gte=today, local_date__lt=min(monday, day)
    ).counting()
    longest: dict[date, TrainingEvent] = {}
    for event in sessions:
        if event.type == TrainingEvent.Type.RACE:
            # Nobody tries in a race what has not gone well before.
            continue
        week = event.local_date - timedelta(days=event.local_date.weekday())
        if event.duration_minutes and event.duration_minutes > (
            longest[week].duration_minutes or 0.0 if week in longest else numbers("during.from_minutes")[0]
        ):
            longest[week] = event
    return tuple(
        GutWeek(week, min(top, rate + (count if gut is None else count + 1) * step), longest.get(week))
        for count, week in enumerate(mondays)
    )


def _refused(error: ScienceInputError) -> InvalidInput:
    (name, words), *_ = error.errors
    return InvalidInput.of(ASKED_AS.get(name, name), words[:1].upper() + words[1:] + ".")
