"""Completing a thin profile with the reference profile, and saying so."""

from __future__ import annotations

from dataclasses import replace

from planning.science.constants import number, numbers
from planning.science.types import Profile

PROFILE_ASSUMED = "PROFILE_ASSUMED"
BODY_FIELDS = ("sex", "age_years", "weight_kg", "height_cm")
_FILLED = ("age_years", "weight_kg", "height_cm")
_QUIETLY_FILLED = ("pal_nonexercise", "rate_pct_per_week", "surplus_kcal")


def fill_profile(profile: Profile) -> Profile:
    """Return a copy that can be calculated with; `assumed` names the body fields that were unknown.

    Reference: 70 kg, 172 cm, 30 years. An unknown sex stays None, which takes the mean of both references. Filling
    twice changes nothing.
    """
    values = {name: number(f"reference.{name}") for name in _FILLED if getattr(profile, name) is None}
    values |= {name: number(f"reference.{name}") for name in _QUIETLY_FILLED if getattr(profile, name) is None}
    unknown = {name for name in BODY_FIELDS if getattr(profile, name) is None} | set(profile.assumed)
    assumed = tuple(name for name in BODY_FIELDS if name in unknown)
    others = tuple(name for name in profile.assumed if name not in BODY_FIELDS)
    return replace(profile, assumed=assumed + others, **values)  # type: ignore[arg-type]


def pal_of_day(kind: str) -> float:
    """Non-exercise activity factor of a kind of day: bed, desk_still, desk, standing, on_feet, manual, heavy.

    Raises KeyError for another kind.
    """
    return number(f"pal.day.{kind}")


def pal_from_steps(*, steps_per_day: float) -> float:
    """Non-exercise activity factor from daily steps, those of training sessions already removed."""
    reached = sum(steps_per_day >= edge for edge in numbers("pal.steps")[:2]) + (
        steps_per_day > numbers("pal.steps")[2]
    )
    return numbers("pal.by_steps")[reached]
