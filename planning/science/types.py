"""Values that go into and come out of the calculations: frozen, without behavior, units in the names.

`None` always means unknown; a zero is a measured or decided zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Sex = Literal["M", "F"]
Goal = Literal["maintain", "lose", "gain"]
Intensity = Literal["easy", "moderate", "hard", "race"]
DayClass = Literal["rest", "light", "moderate", "high", "very_high"]
TraceInput = float | int | str | bool | None


class ScienceInputError(ValueError):
    """An input lies outside the accepted range. `errors` lists (field, message) pairs."""

    def __init__(self, errors: list[tuple[str, str]]) -> None:
        self.errors = errors
        super().__init__("; ".join(f"{name}: {message}" for name, message in errors))


@dataclass(frozen=True, slots=True)
class Profile:
    """One athlete as the equations see them. `sex` is the sex used at equation derivation; None takes the mean of both.

    `ffm_kg` counts as measured; `body_fat_pct` alone serves energy availability and floors, never the choice of RMR.
    `ffm_method` is dxa, adp, 4c, skinfold or bia; a scale (bia) widens the uncertainty. A measured resting rate is
    used while it is under a year old and the mass has stayed within 5 %; an unknown age or mass of it counts as
    recent. `pregnant` and `lactating` None means not stated: the numbers are those of False, and the caller may ask.
    `conditions` holds ids of `availability.CLINICIAN_CONDITIONS` and of the other modules' lists; `ill` pauses a
    deficit; `screening_indicators` are ids of `screening.INDICATORS`; `assumed` names what `fill_profile` supplied.
    """

    sex: Sex | None = None
    age_years: float | None = None
    weight_kg: float | None = None
    height_cm: float | None = None
    body_fat_pct: float | None = None
    ffm_kg: float | None = None
    measured_rmr_kcal: float | None = None
    vo2max: float | None = None
    pal_nonexercise: float | None = 1.4
    goal: Goal = "maintain"
    rate_pct_per_week: float | None = 0.5
    surplus_kcal: float | None = 300.0
    is_athlete: bool = True
    diet: str | None = None
    pregnant: bool | None = None
    lactating: bool | None = None
    ed_flag: bool = False
    conditions: tuple[str, ...] = ()
    ill: bool = False
    screening_indicators: tuple[str, ...] = ()
    ffm_method: str | None = None
    measured_rmr_months_ago: float | None = None
    measured_rmr_weight_kg: float | None = None
    power_meter_trust: float | None = None
    assumed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Session:
    """One training session or race of a day. `starts_at_minute` counts from the athlete's local midnight.

    `sweat_rate_l_h` counts as measured; `temperature_c` chooses a default sweat rate when it is unknown.
    `activity_code` is a five-digit Compendium code; `met` stands above it. `heart_rate_drift_bpm` is the rise at even
    effort, by heat: beyond 10 the heart rate tells nothing about energy. `gut_cap_g_h` is the most carbohydrate an hour
    that the athlete says the stomach holds, `meal_hours_before` when the athlete says that the race's meal is eaten.
    """

    sport: str
    duration_minutes: float
    distance_km: float | None = None
    grade: float | None = None
    avg_power_w: float | None = None
    intensity_factor: float | None = None
    tss: float | None = None
    avg_hr: float | None = None
    rpe: float | None = None
    met: float | None = None
    device_kcal: float | None = None
    measured_kcal: float | None = None
    intensity: Intensity | None = None
    starts_at_minute: int | None = None
    is_race: bool = False
    temperature_c: float | None = None
    sweat_rate_l_h: float | None = None
    activity_code: str | None = None
    heart_rate_drift_bpm: float | None = None
    gut_cap_g_h: float | None = None
    meal_hours_before: float | None = None
    id: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class TraceStep:
    """Where one shown number comes from: formula in words and symbols, inputs (units in the keys), source."""

    name: str
    words: str
    formula: str
    inputs: Mapping[str, TraceInput]
    value: float | str | None
    unit: str
    source: str


@dataclass(frozen=True, slots=True)
class Rmr:
    """Resting metabolic rate per day, the id of the equation that gave it (or `measured`), its standard deviation."""

    kcal: float
    method: str
    sd_kcal: float | None = None


@dataclass(frozen=True, slots=True)
class FatFreeMass:
    """Fat-free mass; `method` is `measured`, `body_fat` or `estimated` (Boer 1984, for screening only)."""

    kg: float
    method: str


@dataclass(frozen=True, slots=True)
class EnergyEstimate:
    """One way to compute a session's energy. `formula`, `inputs`, `source` feed the trace."""

    method: str
    gross_kcal: float
    formula: str
    inputs: Mapping[str, TraceInput]
    source: str
    upper_bound: bool = False


@dataclass(frozen=True, slots=True)
class SessionLoad:
    """Training load of a session; `basis` is tss, if, rpe or intensity; `estimated` from intensity alone."""

    tss: float
    basis: str
    estimated: bool


@dataclass(frozen=True, slots=True)
class SessionEnergy:
    """Energy of one session: the chosen method, the others for comparison, and its load."""

    method: str
    gross_kcal: float
    net_kcal: float
    tss: float
    duration_minutes: float
    sport: str
    alternatives: tuple[EnergyEstimate, ...] = ()
    upper_bound: bool = False
    load_estimated: bool = False
    warnings: tuple[str, ...] = ()
    id: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class SessionFluid:
    """Planned drinking of one session. `sodium_mg_h` is None when no sodium is planned."""

    sweat_rate_l_h: float
    sweat_rate_measured: bool
    rate_l_h: float
    during_ml: float
    loss_kg: float
    replacement_ml: float
    sodium_mg_h: float | None
    sodium_mg: float


@dataclass(frozen=True, slots=True)
class DayFluid:
    """Water of a day, food water included: the adequate intake plus what sessions ask for."""

    daily_ml: float
    baseline_ml: float
    sessions: tuple[SessionFluid, ...]
    sodium_mg: float


@dataclass(frozen=True, slots=True)
class DayLookahead:
    """What today needs to know about tomorrow: its load, and when its first session starts (None: unknown)."""

    tss: float
    first_start_minute: int | None = None


@dataclass(frozen=True, slots=True)
class DayInput:
    """A local day and the sessions that count on it."""

    date: date
    sessions: tuple[Session, ...] = ()


@dataclass(frozen=True, slots=True)
class MacroSplit:
    """Result of closing a day's energy with protein, carbohydrate and fat (grams); the codes tell what had to give."""

    protein_g: float
    carbs_g: float
    fat_g: float
    fat_pct: float
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DayTargets:
    """Everything a day's food is planned against.

    `warnings` holds the codes of the specification in calculation order; `notices` further remarks for the display;
    `base_sd_kcal` is the standard deviation that the resting rate brings into the base;
    `evening_extra_carbs_g` is the part of `carbs_g` that belongs to the meals from dinner on (look-ahead to tomorrow).
    """

    rmr: Rmr
    base_kcal: float
    base_sd_kcal: float
    exercise_net_kcal: float
    tdee_kcal: float
    energy_kcal: float
    tss: float
    day_class: DayClass
    protein_g: float
    carbs_g: float
    fat_g: float
    fat_pct: float
    fiber_g: float
    fluid: DayFluid
    fluid_ml: float
    sodium_mg: float
    ffm_kg: float
    ffm_method: str
    energy_availability: float
    energy_availability_at_balance: float
    deficit_kcal: float
    surplus_kcal: float
    offset_kcal: float
    carbs_low_g: float
    carbs_high_g: float
    protein_low_g: float
    protein_high_g: float
    evening_extra_carbs_g: float
    loading: bool
    sessions: tuple[SessionEnergy, ...]
    warnings: tuple[str, ...]
    notices: tuple[str, ...]
    assumed: tuple[str, ...]
    trace: tuple[TraceStep, ...]
    engine_version: str
    constants_version: str
    date: date | None = None


@dataclass(frozen=True, slots=True)
class FuelingWindow:
    """One window around a session. Minutes count from its start (pre, during) or end (post); negative is before.

    `carbs_g_h_low`/`high` are rates and only set where a rate makes sense. `caffeine_mg` None: nothing is proposed.
    `too_early`: nobody has eaten a meal when the session starts, so a snack is all that is asked for.
    """

    starts_at_minute: float
    ends_at_minute: float
    carbs_g: float
    carbs_low_g: float
    carbs_high_g: float
    carbs_g_h_low: float | None = None
    carbs_g_h_high: float | None = None
    protein_g: float | None = None
    fluid_low_ml: float | None = None
    fluid_high_ml: float | None = None
    sodium_mg_h: float | None = None
    caffeine_mg: float | None = None
    words: str = ""
    too_early: bool = False


@dataclass(frozen=True, slots=True)
class SessionFueling:
    """The three windows of a session; `multiple_transportable` asks for glucose with fructose above 60 g/h."""

    pre: FuelingWindow
    during: FuelingWindow
    post: FuelingWindow
    multiple_transportable: bool
    notices: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class RaceStep:
    """One line of a race timeline; `minute` counts from the start (negative is before)."""

    minute: float
    action: str
    words: str
    carbs_g: float | None = None
    fluid_ml: float | None = None
    caffeine_mg: float | None = None
    sodium_mg: float | None = None
    protein_g: float | None = None


@dataclass(frozen=True, slots=True)
class RaceLeg:
    """One leg of a triathlon and its carbohydrate; `first_feed_minute` counts from the start of the race."""

    sport: str
    duration_minutes: float
    carbs_g_h: float
    carbs_g: float
    first_feed_minute: float | None = None


@dataclass(frozen=True, slots=True)
class RacePlan:
    """A race day: what to eat and drink before, during and after. `sodium_mg_h` None means no sodium plan.

    `legs` is empty except for a triathlon, whose total is that of its legs.
    """

    pre_meal_carbs_g: float
    pre_meal_protein_g: float
    pre_fluid_ml: tuple[float, float]
    topup_carbs_g: float
    carbs_g_h: float
    below_range: bool
    carbs_total_g: float
    feed_every_20min_g: float
    multiple_transportable: bool
    sweat_rate_l_h: float
    fluid_l_h: float
    fluid_total_l: float
    end_loss_pct: float
    sodium_mg_h: float | None
    caffeine_mg: float
    recovery_carbs_g: float
    recovery_protein_g: float
    loading_g_per_kg: tuple[float, float] | None
    timeline: tuple[RaceStep, ...]
    warnings: tuple[str, ...]
    trace: tuple[TraceStep, ...]
    engine_version: str
    legs: tuple[RaceLeg, ...] = ()
