"""When a race asks for food and drink, and how much: the feeds of its calculation, by legs for a triathlon. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from planning.race_feeds import Ask
from planning.science.constants import number
from planning.science.mets import CARRIED_SPORTS
from planning.science.types import RacePlan

# Nobody eats or drinks while swimming.
SWIM = "swim"


def asks_of(
    plan: RacePlan,
    *,
    sport: str,
    minutes: float,
    most_g_h: float,
    legs: Sequence[float] | None = None,
    solids_chosen: bool = False,
) -> tuple[Ask, ...]:
    """Every feed of a race in order of time; none while swimming.

    `most_g_h` is what the stomach bears in an hour, on the run of a triathlon less of it. Solid food is asked for where
    the body is carried, in long slow events, and where the athlete chose it; in the last half hour nowhere.
    """
    if legs is not None:
        return _by_leg(plan, minutes, most_g_h, legs)
    if sport == SWIM:
        return ()
    slow = minutes > number("fluid.slow_event_minutes")
    solids = solids_chosen or slow or sport in CARRIED_SPORTS
    last_solid = minutes - number("race.liquids_last_minutes")
    return tuple(
        Ask(
            minute=step.minute,
            carbs_g=step.carbs_g or 0.0,
            fluid_ml=step.fluid_ml or 0.0,
            most_g_h=most_g_h,
            solids=solids and step.minute < last_solid,
        )
        for step in plan.timeline
        if step.action == "feed"
    )


def _by_leg(plan: RacePlan, minutes: float, most_g_h: float, legs: Sequence[float]) -> tuple[Ask, ...]:
    swim, bike, run = legs
    # What the legs leave of the whole goes to the two changes between them, half and half.
    change = max(0.0, minutes - sum(legs)) / 2
    every = number("race.feed_every_minutes")
    run_factor = number("race.triathlon_run_gut_factor")
    asks: list[Ask] = []
    for leg, start, length, most in (
        ("cycle", swim + change, bike, most_g_h),
        ("run", swim + bike + 2 * change, run, run_factor * most_g_h),
    ):
        carbs = next((part.carbs_g for part in plan.legs if part.sport == leg), 0.0)
        first = number("race.triathlon_bike_first_feed")
        last = length - number("race.last_feed_before_end")
        times = [first + every * count for count in range(int((last - first) // every) + 1)] if last >= first else []
        if not times or carbs <= 0:
            continue
        asks += [
            Ask(
                minute=round(start + at, 1),
                carbs_g=carbs / len(times),
                fluid_ml=1000 * plan.fluid_l_h * every / 60,
                most_g_h=most,
                solids=leg == "cycle",
                leg=leg,
            )
            for at in times
        ]
    return tuple(asks)
