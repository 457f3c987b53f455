"""Between database rows and the pure engines: the only module that knows both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, fields, replace
from datetime import date, timedelta
from typing import Any

from athletes.models import Athlete, CompletedSession, TrainingEvent
from nutrition_site.kernel.clock import zone
from planning import science
from planning.adjustments import fat_share_of
from planning.before import SessionWindow, before_needs
from planning.bounding import NO_BOUNDS, DayBounds, bound_need
from planning.models import Recipe
from planning.optimizer.types import DayNeed, Dish
from planning.schedule import place_meals
from planning.science.constants import CONSTANTS, bounds, number, numbers
from planning.science.mets import CARRIED_SPORTS, STRENGTH_SPORTS, canonical_sport
from planning.science.types import DayTargets, Profile, Session, TraceStep

NUTRIENTS = ("energy_kcal", "protein_g", "carbs_g", "fat_g", "fiber_g", "sodium_mg")
GAIN_GOALS = {"muscle_gain", "weight_gain", "gain"}
LOSE_GOALS = {"weight_loss", "lose"}
# A session whose length nobody stated is planned as an hour, and said to be assumed.
ASSUMED_LENGTH = ".duration_minutes"
KEEPS_DAYS = 2
AGES = (13, 100)
# Work and mean power that differ by more than this do not speak of the same stretch [engineering choice].
WORK_SHARE = 0.3
# What is said of a race and holds for the targets and the plan of its day, by the names of the session's fields.
SAID_OF_RACE = ("gut_cap_g_h", "meal_hours_before")
_STEP_FIELDS = tuple(field.name for field in fields(TraceStep))


def goal_of(athlete: Athlete) -> str:
    """`lose`, `gain` or `maintain`. Goals that pull both ways mean maintain."""
    lose = bool(LOSE_GOALS & set(athlete.goals))
    gain = bool(GAIN_GOALS & set(athlete.goals))
    if lose == gain:
        return "maintain"
    return "lose" if lose else "gain"


def age_for(athlete: Athlete, *, on: date) -> int | None:
    """Age on a day, None when unknown.

    Days long before the athlete could have an account are planned too; the equations begin and end at their ages.
    """
    age = athlete.age_on(on)
    return None if age is None else max(AGES[0], min(age, AGES[1]))


def is_known_adult(athlete: Athlete, *, on: date) -> bool:
    """Whether the athlete is known to be of age; an unknown age is not."""
    age = athlete.age_on(on)
    return age is not None and age >= number("rmr.adult_age_years")


def science_profile(athlete: Athlete, *, on: date) -> Profile:
    """The athlete as the equations see them on a day. Unknown stays None."""
    return Profile(
        sex=athlete.sex or None,
        age_years=age_for(athlete, on=on),
        weight_kg=athlete.weight_kg,
        height_cm=athlete.height_cm,
        body_fat_pct=athlete.body_fat_pct,
        ffm_kg=athlete.ffm_kg,
        measured_rmr_kcal=athlete.measured_rmr_kcal,
        vo2max=athlete.vo2max,
        pal_nonexercise=athlete.pal_nonexercise if athlete.pal_nonexercise is not None else 1.4,
        goal=goal_of(athlete),
        rate_pct_per_week=athlete.rate_pct_per_week if athlete.rate_pct_per_week is not None else 0.5,
        surplus_kcal=athlete.surplus_kcal if athlete.surplus_kcal is not None else 300.0,
        diet="vegan" if "vegan" in athlete.dietary_preferences else None,
        pregnant=athlete.pregnant,
        lactating=athlete.lactating,
        ed_flag=athlete.needs_care_on(on),
    )


def local_minute(event: TrainingEvent, zone_name: str) -> int | None:
    """Minutes from the athlete's midnight, None for an all-day event."""
    if event.all_day:
        return None
    local = event.starts_at.astimezone(zone(zone_name))
    return local.hour * 60 + local.minute


def science_session(event: TrainingEvent, zone_name: str) -> Session:
    """A counting event as a session: as it was done where that is known, else as planned.

    An unstated duration is assumed, an impossible value becomes unknown.
    """
    done = event.session
    session = _planned_session(event, zone_name) if done is None else _done_session(event, done, zone_name)
    said = _said_of_race(event)
    session = replace(session, **{name: said.get(name) for name in SAID_OF_RACE})
    # A watch that reports 400 W for an hour's walk or 9 bpm must not keep the athlete from any target.
    impossible: dict[str, Any] = {
        name: None for name, _ in science.validate_session(session) if name != "duration_minutes"
    }
    return replace(session, **impossible) if impossible else session


def _done_session(event: TrainingEvent, done: CompletedSession, zone_name: str) -> Session:
    """What was recorded, and nothing of the plan that it replaces but its kind and, if nothing else tells, its effort.

    Power is work over time, so that its energy is the work that was measured. Strength counts with its rests.
    """
    sport = done.sport if canonical_sport(done.sport)[1] and done.sport != "other" else event.sport or done.sport
    resting = canonical_sport(sport)[0] in STRENGTH_SPORTS and done.elapsed_minutes is not None
    minutes = done.elapsed_minutes if resting and done.elapsed_minutes is not None else done.duration_minutes
    minutes = min(max(float(minutes), 1.0), 1440.0)
    watts = _mean_power(done, minutes)
    told = done.rpe is not None or done.intensity_factor is not None
    local = done.starts_at.astimezone(zone(zone_name))
    return Session(
        sport=sport or "other",
        duration_minutes=minutes,
        distance_km=done.distance_km,
        avg_power_w=watts,
        avg_hr=done.avg_hr,
        intensity_factor=done.intensity_factor,
        tss=done.tss,
        rpe=done.rpe,
        device_kcal=done.device_kcal,
        intensity=None if told else event.intensity or None,
        starts_at_minute=local.hour * 60 + local.minute,
        is_race=event.type == TrainingEvent.Type.RACE,
        id=event.pk,
        title=event.title,
    )


def _mean_power(done: CompletedSession, minutes: float) -> float | None:
    """Mean power that gives the measured work; the stated mean where the two are of different sessions."""
    if done.work_kj is None:
        return done.avg_power_w
    watts = done.work_kj * 1000 / (minutes * 60)
    if done.avg_power_w is not None and abs(watts - done.avg_power_w) > WORK_SHARE * done.avg_power_w:
        return done.avg_power_w
    return watts


def _planned_session(event: TrainingEvent, zone_name: str) -> Session:
    minutes = event.duration_minutes or _expected_minutes(event) or _assumed_minutes(event)
    return Session(
        sport=event.sport or "other",
        duration_minutes=min(max(float(minutes), 1.0), 1440.0),
        distance_km=event.distance_km,
        avg_power_w=event.avg_power_w,
        avg_hr=event.avg_hr,
        intensity_factor=event.intensity_factor,
        tss=event.tss,
        rpe=event.rpe,
        intensity=event.intensity or None,
        starts_at_minute=local_minute(event, zone_name),
        is_race=event.type == TrainingEvent.Type.RACE,
        id=event.pk,
        title=event.title,
    )


def _said_of_race(event: TrainingEvent) -> Mapping[str, Any]:
    """What the athlete said when the race was planned; nothing of other sessions.

    Whoever reads many events selects `race_plan` with them: else each race costs a query.
    """
    if event.type != TrainingEvent.Type.RACE:
        return {}
    stored = getattr(event, "race_plan", None)
    return stored.options if stored is not None else {}


def _expected_minutes(event: TrainingEvent) -> float | None:
    """The finish time that the athlete expects of a race whose length the calendar does not state."""
    return _said_of_race(event).get("finish_minutes")


def _assumed_minutes(event: TrainingEvent) -> float:
    """How long a session takes whose length nobody stated: its distance at an ordinary pace, else an hour."""
    sport, known = canonical_sport(event.sport or "other")
    row = f"session.assumed_pace.{sport}"
    if event.distance_km and known and row in CONSTANTS:
        return event.distance_km * number(row)
    return number("session.assumed_minutes")


def assumed_of(events: Iterable[TrainingEvent]) -> list[str]:
    """What had to be assumed about the sessions of a day."""
    return [f"{event.pk}{ASSUMED_LENGTH}" for event in events if is_length_assumed(event)]


def is_length_assumed(event: TrainingEvent) -> bool:
    """Whether nobody has stated how long a session takes, and it was not done either."""
    return event.session is None and not event.duration_minutes and not _expected_minutes(event)


def assumed_lengths(target: Mapping[str, Any]) -> set[str]:
    """The ids of the events whose length a stored or present target assumes."""
    return {name.removesuffix(ASSUMED_LENGTH) for name in target["assumed"] if name.endswith(ASSUMED_LENGTH)}


REST_DAY = "Rest day"


def day_label(events: Sequence[TrainingEvent]) -> str:
    """What the day is called: the titles of what counts, or what rests."""
    counting = [event.title for event in events if event.counts]
    if counting:
        return " + ".join(counting)
    rests = [event.title for event in events if event.type == TrainingEvent.Type.REST]
    return rests[0] if rests else REST_DAY


# Most of a payload; asked for first, because a proof has hundreds of them.
_AS_THEY_ARE = (str, int, type(None))


def plain(value: Any) -> Any:
    """Numbers of a payload at one decimal or better, never rounded to whole numbers by accident."""
    if isinstance(value, _AS_THEY_ARE):
        return value
    if isinstance(value, float):
        # Also turns numpy's floats, which are floats by inheritance, into plain ones.
        return round(float(value), 2)
    if isinstance(value, dict):
        return {name: plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    if isinstance(value, date):
        return value.isoformat()
    return value


def target_payload(targets: DayTargets, *, day: date, assumed: Sequence[str] = ()) -> dict[str, Any]:
    """The flat target object that `/targets`, plans, pages and the advisor all show."""
    return plain(
        {
            "date": day,
            "energy_kcal": targets.energy_kcal,
            "carbs_g": targets.carbs_g,
            "protein_g": targets.protein_g,
            "fat_g": targets.fat_g,
            "fat_pct": targets.fat_pct,
            "fiber_g": targets.fiber_g,
            "fluid_ml": targets.fluid_ml,
            "sodium_mg": targets.sodium_mg,
            "day_class": targets.day_class,
            "tss": targets.tss,
            "base_kcal": targets.base_kcal,
            "exercise_net_kcal": targets.exercise_net_kcal,
            "tdee_kcal": targets.tdee_kcal,
            "rmr": asdict(targets.rmr),
            "ffm_kg": targets.ffm_kg,
            "energy_availability": targets.energy_availability,
            "energy_availability_at_balance": targets.energy_availability_at_balance,
            "loading": targets.loading,
            "fluid": asdict(targets.fluid),
            "sessions": [session_payload(session) for session in targets.sessions],
            "warnings": list(targets.warnings),
            "notices": list(targets.notices),
            "assumed": [*targets.assumed, *assumed],
            "trace": [_step_payload(step) for step in targets.trace],
            "engine_version": targets.engine_version,
        }
    )


def _step_payload(step: TraceStep) -> dict[str, Any]:
    """Field by field: `asdict` copies the inputs to the bottom, which is a fifth of what gathering a week costs."""
    return {name: getattr(step, name) for name in _STEP_FIELDS} | {"inputs": dict(step.inputs)}


def session_payload(session: Any) -> dict[str, Any]:
    """One session's energy with the method that won and what the others said."""
    return {
        "event_id": session.id,
        "title": session.title,
        "sport": session.sport,
        "duration_minutes": session.duration_minutes,
        "method": session.method,
        "gross_kcal": session.gross_kcal,
        "net_kcal": session.net_kcal,
        "tss": session.tss,
        "upper_bound": session.upper_bound,
        "load_estimated": session.load_estimated,
        "warnings": list(session.warnings),
        "alternatives": [{"method": other.method, "gross_kcal": other.gross_kcal} for other in session.alternatives],
    }


def session_window(profile: Profile, session: Session) -> SessionWindow:
    """What meal placing needs to know about a session."""
    food = science.fueling_windows(profile, session)
    during = food.during
    point = during.carbs_g / session.duration_minutes * 60
    # Food during a session stays this near to what fueling asks for, within the published range [engineering choice].
    spread = number("during.spread")
    return SessionWindow(
        start_minute=session.starts_at_minute,
        duration_minutes=session.duration_minutes,
        carbs_g_h_low=max(during.carbs_g_h_low or 0.0, point * (1 - spread)),
        carbs_g_h_high=min(during.carbs_g_h_high or 0.0, point * (1 + spread)),
        is_race=session.is_race,
        jolts=canonical_sport(session.sport)[0] not in CARRIED_SPORTS,
        before_g=food.pre.carbs_g,
        before_most_g=food.pre.carbs_high_g,
        # As many hours as grams of carbohydrate a kilogram.
        meal_hours=round(food.pre.carbs_g / profile.weight_kg, 4) if profile.weight_kg else 0.0,
        early=food.pre.too_early,
    )


def session_windows(athlete: Athlete, day: date, sessions: Sequence[Session]) -> list[SessionWindow]:
    """The sessions of a day as meal placing sees them."""
    profile = science.fill_profile(science_profile(athlete, on=day))
    return [session_window(profile, session) for session in sessions]


def day_need(
    *,
    athlete: Athlete,
    day: date,
    targets: DayTargets,
    sessions: Sequence[Session],
    prep_minutes: int | None = None,
    batch: bool = False,
    tomorrow: Sequence[SessionWindow] = (),
    limits: DayBounds = NO_BOUNDS,
) -> DayNeed:
    """One day's requirement for the optimizer. `prep_minutes` is the hands-on time of that day, None for no limit.

    `limits` are a coach's, which the targets follow already; here they hold for the meals.
    """
    hours = sum(session.duration_minutes for session in sessions) / 60
    windows = session_windows(athlete, day, sessions)
    slots = place_meals(
        targets.energy_kcal, windows, carbs_g=targets.carbs_g, loading=targets.loading, tomorrow=tomorrow
    )
    thousand = targets.energy_kcal / 1000
    # Limits that are asked for first and given up first.
    fiber_low, fiber_high = bounds("day.fiber_low"), bounds("day.fiber_high")
    sodium_low, sodium_high = bounds("day.sodium_low"), numbers("day.sodium_high")
    need = DayNeed(
        date=day.isoformat(),
        energy_kcal=round(targets.energy_kcal, 2),
        carbs_g=round(targets.carbs_g, 2),
        protein_g=round(targets.protein_g, 2),
        slots=slots,
        before=before_needs(slots, windows),
        fat_floor_fraction=fat_share_of(athlete.macro_overrides or {}, loading=targets.loading),
        fiber_lo=None if targets.loading else max(fiber_low[0], fiber_low[1] * thousand),
        fiber_hi=max(fiber_high[0], fiber_high[1] * thousand),
        sodium_lo=sodium_low[0] + sodium_low[1] * hours,
        sodium_hi=sodium_high[0] + sodium_high[1] * thousand + sodium_high[2] * hours,
        prep_minutes=None if prep_minutes is None else float(prep_minutes),
        batch=batch,
        energy_tolerance=number("day.energy_tolerance"),
        carbs_tolerance=number("day.carbs_tolerance"),
        protein_cap_factor=number("day.protein_most_factor"),
    )
    return bound_need(need, limits, fat_g=targets.fat_g)


def dish(
    recipe: Recipe,
    *,
    preference: float,
    ingredient_ids: frozenset[str],
    max_quarters: int | None = None,
    stock_use: tuple[tuple[str, int], ...] = (),
) -> Dish:
    """A recipe row as the optimizer sees it: hundredths of each unit in a quarter serving."""
    incomplete = recipe.nutrient_coverage

    def hundredths(name: str) -> int | None:
        value = recipe.nutrients.get(name)
        if value is None:
            return None
        if name in incomplete:
            return None
        return round(value / 4 * 100)

    return Dish(
        key=recipe.pk,
        family=recipe.family,
        name=recipe.name,
        slots=frozenset(recipe.slots),
        per_quarter=tuple(hundredths(name) for name in NUTRIENTS),
        min_quarters=recipe.min_quarters,
        max_quarters=max(recipe.min_quarters, max_quarters if max_quarters is not None else recipe.max_quarters),
        prep_minutes=recipe.hands_on_minutes,
        batchable=recipe.batchable,
        cost_milli=None if recipe.cost_minor is None else round(recipe.cost_minor * 10 / 4),
        preference=preference,
        tags=frozenset(recipe.tags),
        ingredient_ids=ingredient_ids,
        step_quarters=recipe.step_quarters,
        keeps_days=keeps_days(recipe),
        stock_use=stock_use,
    )


def keeps_days(recipe: Recipe) -> int:
    """Days that a cooked dish keeps in a fridge; two where nobody stated it, which is what leftovers need."""
    stated = recipe.keeps.get("fridge_days")
    return KEEPS_DAYS if stated is None else int(stated)


def monday_of(day: date) -> date:
    """The Monday of a day's week; deficits are shared out within these weeks."""
    return day - timedelta(days=day.weekday())
