"""Learning an athlete's true expenditure: weight trend, energy density of weight change, and a scalar Kalman filter.

The filter estimates an offset x (kcal/day) with TDEE = model + x. It lives in logged kcal: food logged 10 % short
makes x too low by about as much, right for targets logged the same way, wrong as physiology.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from statistics import fmean, median

from planning.science.constants import number, numbers


@dataclass(frozen=True, slots=True)
class OffsetEstimate:
    """State of the filter: offset and its variance (kcal/day, squared), and what the last update did."""

    x: float
    variance: float
    gain: float | None = None
    innovation: float | None = None
    innovation_sd: float | None = None
    data_check: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """One observation window: mean logged intake and mean model TDEE (kcal/day), weight slope (kg/day)."""

    intake_kcal: float
    model_kcal: float
    slope_kg_day: float


def forbes_energy_density(*, fat_kg: float) -> float:
    """Energy of weight change in kcal per kg at a fat mass (Hall 2008 with Forbes' constant)."""
    per_fat, per_lean, constant = numbers("adaptive.rho_forbes")
    return (per_fat * fat_kg + per_lean * constant) / (fat_kg + constant)


def intake_is_complete(*, logged_kcal: float, rmr_kcal: float) -> bool:
    """Whether a logged food day counts: below half the resting rate it is taken as incomplete."""
    return logged_kcal >= number("range.intake_complete_rmr_share") * rmr_kcal


def weigh_in_needs_confirmation(*, previous_kg: float, weight_kg: float, days: float) -> bool:
    """Whether a reading jumps by more than 3 % of body mass a day and must be confirmed before it counts."""
    return abs(weight_kg - previous_kg) > number("range.weight_jump_share") * previous_kg * max(days, 1.0)


def confirmed_readings(readings: Sequence[tuple[int, float]]) -> list[tuple[int, float]]:
    """Leave out readings (day, kg; days ascending) that jump and that the next reading does not confirm."""
    kept: list[tuple[int, float]] = []
    held: tuple[int, float] | None = None
    for day, kg in readings:
        if held is not None:
            near_held = not weigh_in_needs_confirmation(previous_kg=held[1], weight_kg=kg, days=day - held[0])
            near_kept = not kept or not weigh_in_needs_confirmation(
                previous_kg=kept[-1][1], weight_kg=kg, days=day - kept[-1][0]
            )
            if near_held and not near_kept:
                kept.append(held)
            held = None
        if kept and weigh_in_needs_confirmation(previous_kg=kept[-1][1], weight_kg=kg, days=day - kept[-1][0]):
            held = (day, kg)
        else:
            kept.append((day, kg))
    return kept


def weight_trend(*, start_kg: float, readings: Sequence[tuple[int, float]]) -> list[float]:
    """Exponentially weighted trend (kg) after each reading (days since the one before, kg)."""
    trend, result = start_kg, []
    for days, weight in readings:
        alpha = 1 - (1 - number("adaptive.ewma_alpha")) ** days
        trend += alpha * (weight - trend)
        result.append(trend)
    return result


def least_squares_slope(points: Sequence[tuple[float, float]]) -> float:
    """Slope of y over x by ordinary least squares; needs two different x."""
    mean_x, mean_y = fmean(x for x, _ in points), fmean(y for _, y in points)
    spread = sum((x - mean_x) ** 2 for x, _ in points)
    if spread == 0:
        raise ValueError("needs readings on two different days")
    return sum((x - mean_x) * (y - mean_y) for x, y in points) / spread


def robust_weight_slope(*, readings: Sequence[tuple[float, float]], weight_kg: float) -> float:
    """Weight slope in kg/day from (day, kg): a Theil-Sen line finds outliers, least squares fits the rest.

    Readings more than 1.5 kg (scaled by mass/70) off the line are dropped.
    """
    slopes = [(y1 - y0) / (x1 - x0) for (x0, y0), (x1, y1) in combinations(readings, 2) if x1 != x0]
    if not slopes:
        raise ValueError("needs readings on two different days")
    slope = median(slopes)
    level = median(y - slope * x for x, y in readings)
    limit = number("adaptive.outlier_kg") * weight_kg / number("fluid.sweat_reference_kg")
    kept = [(x, y) for x, y in readings if abs(y - level - slope * x) <= limit]
    return least_squares_slope(kept if len({x for x, _ in kept}) > 1 else readings)


def measurement(*, window: Window, rho_kcal_kg: float) -> float:
    """The offset one window measures, kcal/day."""
    return window.intake_kcal - rho_kcal_kg * window.slope_kg_day - window.model_kcal


def measurement_variance(
    *,
    slope_kg_day: float,
    rho_kcal_kg: float,
    days: int | None = None,
    sigma_weight_kg: float | None = None,
    sigma_rho: float | None = None,
    sigma_intake_kcal: float | None = None,
    inflation: float | None = None,
) -> float:
    """Variance R of `measurement`; settings left out come from the constants table."""
    n = int(number("adaptive.window_days")) if days is None else days
    weight = number("adaptive.sigma_weight_kg") if sigma_weight_kg is None else sigma_weight_kg
    density = number("adaptive.sigma_rho") if sigma_rho is None else sigma_rho
    intake = number("adaptive.sigma_intake_kcal") if sigma_intake_kcal is None else sigma_intake_kcal
    factor = number("adaptive.inflation") if inflation is None else inflation
    slope_error = rho_kcal_kg * weight * math.sqrt(12 / (n * (n**2 - 1)))
    return factor * (slope_error**2 + (density * slope_kg_day) ** 2 + intake**2 / n)


def prior_offset(*, ffm_and_pal_known: bool) -> OffsetEstimate:
    """The filter before any window: 0 with a standard deviation of 300, or 350 kcal when little is known."""
    known, unknown = numbers("adaptive.prior_sd_kcal")
    return OffsetEstimate(0.0, (known if ffm_and_pal_known else unknown) ** 2)


def update_offset(
    *, state: OffsetEstimate, measured: float, variance: float, process_variance: float | None = None
) -> OffsetEstimate:
    """One predict-and-update step. An innovation beyond 3 sd is down-weighted and sets `data_check`."""
    noise = number("adaptive.process_sd_kcal") ** 2 if process_variance is None else process_variance
    predicted = state.variance + noise
    innovation, total = measured - state.x, predicted + variance
    gate = number("adaptive.gate_sd")
    data_check = abs(innovation) > gate * math.sqrt(total)
    if data_check:
        variance *= innovation**2 / (gate**2 * total)
        total = predicted + variance
    gain = predicted / total
    return OffsetEstimate(
        state.x + gain * innovation, (1 - gain) * predicted, gain, innovation, math.sqrt(total), data_check
    )


def widen_after_change(state: OffsetEstimate) -> OffsetEstimate:
    """Let the filter move again after a profile event or two like innovations: standard deviation at least 200."""
    return replace(state, variance=max(state.variance, number("adaptive.reset_sd_kcal") ** 2))


def has_stepped(previous: OffsetEstimate, latest: OffsetEstimate) -> bool:
    """Whether two successive innovations have the same sign and both exceed their standard deviation."""
    pairs = [(state.innovation, state.innovation_sd) for state in (previous, latest)]
    exceeding = [value for value, sd in pairs if value is not None and sd is not None and abs(value) > sd]
    return len(exceeding) == 2 and exceeding[0] * exceeding[1] > 0


@dataclass(frozen=True, slots=True)
class ObservedDay:
    """One day as it was logged: kcal eaten (None: not complete), model TDEE without offset, weigh-in (None: none).

    `disturbed` marks illness, travel, a start of creatine or carbohydrate loading; `changed` a new job, injury, season
    or profile, after which the filter must be able to move again.
    """

    model_kcal: float
    intake_kcal: float | None = None
    weight_kg: float | None = None
    disturbed: bool = False
    changed: bool = False


@dataclass(frozen=True, slots=True)
class FilterStep:
    """State after the window that ends before day `end` (an index); `used` tells whether it brought an update.

    `flags`: TOO_FEW_FOOD_DAYS, TOO_FEW_WEIGH_INS, DISTURBED, RESET, DATA_CHECK.
    """

    end: int
    state: OffsetEstimate
    used: bool
    model_kcal: float
    flags: tuple[str, ...] = ()


def run_filter(
    *,
    days: Sequence[ObservedDay],
    rho_kcal_kg: float,
    weight_kg: float,
    ffm_and_pal_known: bool = True,
    window_days: int | None = None,
    hop_days: int | None = None,
    inflation: float | None = None,
) -> list[FilterStep]:
    """Run the filter over successive windows of consecutive days and return one step a window.

    The product's settings are 14-day windows that do not overlap. A window that cannot be used only lets the variance
    grow. A change of more than 3 % of mass between windows, a `changed` day, or two like innovations widen the filter.
    """
    n = int(number("adaptive.window_days")) if window_days is None else window_days
    hop = n if hop_days is None else hop_days
    noise = number("adaptive.process_sd_kcal") ** 2 * hop / number("adaptive.window_days")
    state, before, steps = prior_offset(ffm_and_pal_known=ffm_and_pal_known), None, []
    last_mean: float | None = None
    for start in range(0, len(days) - n + 1, hop):
        window = days[start : start + n]
        fresh = window if start == 0 else window[-hop:]
        model = fmean(day.model_kcal for day in window)
        readings = [(float(index), day.weight_kg) for index, day in enumerate(window) if day.weight_kg is not None]
        mean = fmean(kg for _, kg in readings) if readings else None
        flags = _window_flags(window, [int(index) for index, _ in readings])
        moved = mean is not None and last_mean is not None and _mass_has_changed(last_mean, mean)
        if moved or any(day.changed for day in fresh) or (before is not None and has_stepped(before, state)):
            state, before = widen_after_change(state), None
            flags.append("RESET")
        last_mean = mean if mean is not None else last_mean
        if not set(flags) <= {"RESET"}:
            state = replace(state, variance=state.variance + noise)
            steps.append(FilterStep(start + n, state, False, model, tuple(flags)))
            continue
        eaten = [(day.intake_kcal, day.model_kcal) for day in window if day.intake_kcal is not None]
        slope = robust_weight_slope(readings=readings, weight_kg=weight_kg)
        observed = Window(fmean(kcal for kcal, _ in eaten), fmean(kcal for _, kcal in eaten), slope)
        variance = measurement_variance(slope_kg_day=slope, rho_kcal_kg=rho_kcal_kg, days=n, inflation=inflation)
        measured = measurement(window=observed, rho_kcal_kg=rho_kcal_kg)
        before = state if state.innovation is not None else None
        state = update_offset(state=state, measured=measured, variance=variance, process_variance=noise)
        if state.data_check:
            flags.append("DATA_CHECK")
        steps.append(FilterStep(start + n, state, True, model, tuple(flags)))
    return steps


def _window_flags(window: Sequence[ObservedDay], weigh_in_days: Sequence[int]) -> list[str]:
    """Why a window cannot be used; empty when it can. Longer windows need as many days in proportion."""
    scale = len(window) / number("adaptive.window_days")
    half = len(window) / 2
    spread = any(day < half for day in weigh_in_days) and any(day >= half for day in weigh_in_days)
    conditions = (
        (
            "TOO_FEW_FOOD_DAYS",
            sum(day.intake_kcal is not None for day in window) < number("adaptive.min_food_days") * scale,
        ),
        ("TOO_FEW_WEIGH_INS", len(weigh_in_days) < number("adaptive.min_weigh_ins") * scale or not spread),
        ("DISTURBED", any(day.disturbed for day in window)),
    )
    return [flag for flag, holds in conditions if holds]


def _mass_has_changed(before_kg: float, now_kg: float) -> bool:
    return abs(now_kg - before_kg) > number("adaptive.mass_change_share") * before_kg


def publish_offset(
    *, state: OffsetEstimate, model_kcal: float, published_kcal: float, weeks_since_published: float
) -> float:
    """Offset that targets may use: unchanged until sure (sd below 220), within 25 % of the model, 150 kcal a week.

    A move of less than 25 kcal waits, so that plans do not go stale over nothing.

    Floors of energy availability stand above it: the day calculation applies them after the offset.
    """
    if math.sqrt(state.variance) >= number("adaptive.publish_sd_kcal"):
        return published_kcal
    limit = number("adaptive.clamp_share") * model_kcal
    wanted = max(-limit, min(limit, state.x))
    step = number("adaptive.move_max_kcal_week") * max(0.0, weeks_since_published)
    if abs(wanted - published_kcal) < number("adaptive.move_min_kcal"):
        return published_kcal
    return published_kcal + max(-step, min(step, wanted - published_kcal))
