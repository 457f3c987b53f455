"""A handful of made-up athletes and one week of training, to show what a table of constants would tell them.

No real athlete is read. They stand for those whom rules treat apart: sexes, ages, goals, diets, and one who told
nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from planning import mapping
from planning.schedule import place_meals
from planning.science.availability import is_minor
from planning.science.constants import Table, hold_table
from planning.science.profiles import fill_profile
from planning.science.race import calculate_race_plan
from planning.science.types import DayInput, DayTargets, Profile, ScienceInputError, Session
from planning.science.week import calculate_week_targets
from planning.wording_codes import CODES

ATHLETES: tuple[tuple[str, Profile], ...] = (
    ("Man of 30, 75 kg, keeps his weight", Profile(sex="M", age_years=30, weight_kg=75, height_cm=180)),
    (
        "Woman of 28, 60 kg, vegan, keeps her weight",
        Profile(sex="F", age_years=28, weight_kg=60, height_cm=168, diet="vegan"),
    ),
    (
        "Woman of 35, 70 kg, loses half a percent a week",
        Profile(sex="F", age_years=35, weight_kg=70, height_cm=170, goal="lose", rate_pct_per_week=0.5),
    ),
    (
        "Man of 45, 98 kg, loses one percent a week",
        Profile(sex="M", age_years=45, weight_kg=98, height_cm=184, goal="lose", rate_pct_per_week=1.0),
    ),
    ("Woman of 70, 62 kg, keeps her weight", Profile(sex="F", age_years=70, weight_kg=62, height_cm=163)),
    ("Boy of 16, 60 kg", Profile(sex="M", age_years=16, weight_kg=60, height_cm=174)),
    (
        "Man of 25, 68 kg with 60 kg lean, gains",
        Profile(sex="M", age_years=25, weight_kg=68, height_cm=178, ffm_kg=60, goal="gain"),
    ),
    (
        "Woman of 24, 48 kg with 14 % fat, loses half a percent a week",
        Profile(sex="F", age_years=24, weight_kg=48, height_cm=160, body_fat_pct=14, goal="lose"),
    ),
    ("Somebody who told nothing", Profile()),
)
_MONDAY = date(2026, 6, 1)
WEEK: tuple[tuple[str, tuple[Session, ...]], ...] = (
    ("Monday, rest", ()),
    ("Tuesday, 45 min easy run", (Session("run", 45, intensity="easy", starts_at_minute=420),)),
    ("Wednesday, 90 min moderate ride", (Session("cycle", 90, intensity="moderate", starts_at_minute=1050),)),
    ("Thursday, 60 min strength", (Session("strength", 60, rpe=7, starts_at_minute=1080),)),
    ("Friday, 60 min hard run", (Session("run", 60, intensity="hard", starts_at_minute=1020),)),
    ("Saturday, 4 h easy ride", (Session("cycle", 240, intensity="easy", starts_at_minute=540),)),
    ("Sunday, race of 3 h 20", (Session("run", 200, intensity="race", is_race=True, starts_at_minute=570),)),
)
RACE_MINUTES = 200.0
_SHOWN = (
    ("energy", "energy_kcal", "kcal"),
    ("carbohydrate", "carbs_g", "g"),
    ("protein", "protein_g", "g"),
    ("fat", "fat_g", "g"),
    ("water", "fluid_ml", "ml"),
    ("sodium", "sodium_mg", "mg"),
)
_SHOWN_RACE = (
    ("carbohydrate an hour", "carbs_g_h", "g/h"),
    ("drinking", "fluid_l_h", "L/h"),
    ("sodium an hour", "sodium_mg_h", "mg/h"),
    ("caffeine", "caffeine_mg", "mg"),
    ("meal before", "pre_meal_carbs_g", "g carbohydrate"),
    ("carbohydrate afterward", "recovery_carbs_g", "g"),
)
IMPOSSIBLE = "cannot be calculated"


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing that a reference athlete is told on a day, before and after, in words with its unit."""

    athlete: str
    day: str
    measure: str
    before: str
    after: str

    @property
    def is_moved(self) -> bool:
        return self.before != self.after


def try_table(*, before: Table, after: Table) -> list[Effect]:
    """Everything the reference athletes are told under two tables, in the same order; nothing is stored."""
    told = []
    for table in (before, after):
        with hold_table(table):
            told.append({(athlete, day, what): value for athlete, day, what, value in _tell_everyone()})
    was, would = told
    return [
        Effect(*place, before=was.get(place, "nothing"), after=would.get(place, "nothing"))
        for place in dict.fromkeys((*was, *would))
    ]


def can_calculate(table: Table) -> bool:
    """Whether everything the reference athletes are told can be calculated under a table."""
    with hold_table(table):
        try:
            return all(value != IMPOSSIBLE for _, _, _, value in _tell_everyone())
        except ArithmeticError:
            return False


def _tell_everyone() -> Iterator[tuple[str, str, str, str]]:
    days = [DayInput(date=_MONDAY + timedelta(days=place), sessions=rows) for place, (_, rows) in enumerate(WEEK)]
    for name, profile in ATHLETES:
        try:
            week: Sequence[DayTargets] = calculate_week_targets(profile, days)
        except ScienceInputError:
            yield name, "The week", "targets", IMPOSSIBLE
            continue
        for (day, sessions), targets in zip(WEEK, week, strict=True):
            for what, field, unit in _SHOWN:
                yield name, day, what, _amount(getattr(targets, field), unit)
            yield name, day, "remarks", _remarks((*targets.warnings, *targets.notices))
            yield name, day, "meals", _meals(profile, sessions, targets)
        yield from _tell_race(name, profile)


def _meals(profile: Profile, sessions: Sequence[Session], targets: DayTargets) -> str:
    full = fill_profile(profile)
    windows = [mapping.session_window(full, session) for session in sessions]
    slots = place_meals(targets.energy_kcal, windows, carbs_g=targets.carbs_g, loading=targets.loading)
    return ", ".join(
        f"{slot.slot} {slot.time}"
        + (f" of {slot.energy_lo:.0f} to {slot.energy_hi:.0f} kcal" if slot.energy_hi and slot.energy_lo else "")
        + (f" with {slot.carbs_lo:.0f} to {slot.carbs_hi:.0f} g" if slot.carbs_hi and slot.carbs_lo else "")
        for slot in slots
    )


def _tell_race(name: str, profile: Profile) -> Iterator[tuple[str, str, str, str]]:
    full = fill_profile(profile)
    if full.weight_kg is None:
        return
    try:
        race = calculate_race_plan(
            weight_kg=full.weight_kg,
            duration_minutes=RACE_MINUTES,
            sex=full.sex,
            is_adult=not is_minor(full),
        )
    except ScienceInputError:
        yield name, "The race", "plan", IMPOSSIBLE
        return
    for what, field, unit in _SHOWN_RACE:
        yield name, "The race", what, _amount(getattr(race, field), unit)


def _remarks(codes: Sequence[str]) -> str:
    """What codes say, in English, as far as there are words for them."""
    return " ".join(CODES[code][1] if code in CODES else code for code in codes) or "none"


def _amount(value: float | None, unit: str) -> str:
    if value is None:
        return "not told"
    return f"{value:.2f} {unit}" if unit == "L/h" else f"{value:.0f} {unit}"
