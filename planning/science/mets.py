"""METs of the 2024 Adult Compendium of Physical Activities, and which of them a sport and intensity pick.

Source: Herrmann et al. 2024 J Sport Health Sci 13:6-12 (adults 19-59 y); values are used unmodified. The rows stand
in `constants_activities`; which of them a sport and intensity pick is our choice.
"""

from __future__ import annotations

from dataclasses import dataclass

from planning.science.constants import CONSTANTS, curve, number
from planning.science.constants_activities import COMPENDIUM, PICKS
from planning.science.types import Intensity

SOURCE = COMPENDIUM


@dataclass(frozen=True, slots=True)
class Activity:
    """One Compendium row: five-digit code, gross METs, short description."""

    code: str
    met: float
    words: str
    single_transcription: bool = False


_PREFIX = "met.code."


def _read_activities() -> dict[str, Activity]:
    rows = (row for name, row in CONSTANTS.items() if name.startswith(_PREFIX))
    table = (Activity(row.name.removeprefix(_PREFIX), number(row.name), row.unit, row.tag == "V1") for row in rows)
    return {activity.code: activity for activity in table}


ACTIVITIES: dict[str, Activity] = _read_activities()

COMBINED_SPORTS: dict[str, tuple[str, ...]] = {
    "triathlon": ("swim", "cycle", "run"),
    "duathlon": ("cycle", "run"),
}
SPORTS: tuple[str, ...] = tuple(sorted({*PICKS, *COMBINED_SPORTS}))

ALIASES: dict[str, str] = {
    "running": "run", "jog": "run", "jogging": "run", "trail_run": "run", "trail_running": "run", "treadmill": "run",
    "cycling": "cycle", "bike": "cycle", "biking": "cycle", "ride": "cycle", "spinning": "cycle", "bicycle": "cycle",
    "mtb": "mountain_bike", "mountain_biking": "mountain_bike", "swimming": "swim", "rowing": "row", "erg": "row_erg",
    "indoor_rowing": "row_erg", "ergometer": "row_erg", "walking": "walk", "hiking": "hike", "skiing": "ski",
    "xc_ski": "ski", "cross_country_skiing": "ski", "nordic_ski": "ski", "tri": "triathlon", "weights": "strength",
    "gym": "strength", "lifting": "strength", "weightlifting": "strength", "strength_training": "strength",
    "football": "soccer", "team": "soccer", "team_sport": "soccer",
    "indoor_cycling": "cycle", "spin": "cycle",
    "field_hockey": "hockey", "boxing": "martial_arts", "judo": "martial_arts",
    "karate": "martial_arts", "bouldering": "climbing", "stretching": "mobility", "kayaking": "kayak",
    "canoe": "kayak", "canoeing": "kayak", "frisbee": "ultimate",
}  # fmt: skip

# Heart rate says little about energy where effort stops and starts or muscle tension raises it.
INTERMITTENT_SPORTS: frozenset[str] = frozenset(
    {"strength", "circuit", "hiit", "soccer", "basketball", "rugby", "handball", "hockey", "ice_hockey", "volleyball",
     "beach_volleyball", "ultimate", "water_polo", "tennis", "badminton", "squash", "martial_arts", "climbing", "yoga",
     "pilates", "mobility"}
)  # fmt: skip
# Matches come every week: what is loaded before a race of hours would be too much food each time.
MATCH_SPORTS: frozenset[str] = frozenset(
    {"soccer", "basketball", "rugby", "handball", "hockey", "ice_hockey", "volleyball", "beach_volleyball", "ultimate",
     "water_polo"}
)  # fmt: skip
# The body is carried or glides: solid food stays down.
CARRIED_SPORTS: frozenset[str] = frozenset(
    {"cycle", "mountain_bike", "row", "row_erg", "kayak", "walk", "hike", "ski", "sailing", "golf", "climbing"}
)
STRENGTH_SPORTS: frozenset[str] = frozenset({"strength"})


def canonical_sport(name: str) -> tuple[str, bool]:
    """Return (sport id, known). Any case, space, `-` or `_` is accepted; an unknown name becomes ("other", False)."""
    key = "_".join(name.replace("-", " ").replace("_", " ").lower().split())
    key = ALIASES.get(key, key)
    if key in PICKS or key in COMBINED_SPORTS:
        return key, True
    return "other", False


def pick_activity(sport: str, intensity: Intensity) -> Activity:
    """Return the Compendium row of a canonical single sport at an intensity; race counts as hard."""
    easy, moderate, hard = PICKS[sport]
    return ACTIVITIES[{"easy": easy, "moderate": moderate, "hard": hard, "race": hard}[intensity]]


def activity_by_speed(sport: str, speed_m_min: float) -> Activity | None:
    """Return the row of a mean speed, for sports the Compendium grades by speed (run, cycle, swim); else None.

    Running below 4 mph has no row of its own.
    """
    if speed_m_min <= 0 or sport not in {"run", "cycle", "swim"}:
        return None
    unit = number("unit.m_per_yard") if sport == "swim" else number("unit.m_per_mile") / 60
    return _step_row(f"met.by_speed.{sport}", speed_m_min / unit)


def activity_by_power(sport: str, avg_power_w: float) -> Activity | None:
    """Return the ergometer row of a mean power in W, for indoor cycling and rowing; else None."""
    row = {"cycle": "met.by_power.cycle", "row": "met.by_power.row", "row_erg": "met.by_power.row"}.get(sport)
    return None if row is None or avg_power_w <= 0 else _step_row(row, avg_power_w)


def _step_row(name: str, value: float) -> Activity | None:
    """The activity of the last step that a value reaches; None below the first."""
    codes = [code for start, code in curve(name) if value >= start]
    return ACTIVITIES[f"{codes[-1]:05.0f}"] if codes else None
