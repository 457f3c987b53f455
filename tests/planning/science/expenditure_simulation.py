"""Simulated athletes whose true expenditure is known, and the estimators that have to find it.

Every athlete weighs in and logs food with the errors of daily life; an estimator sees the logs only. Arrays are
(athletes, days); energy in kcal a day, mass in kg. The product's own filter runs unchanged.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planning.science import adaptive

KCAL_PER_KG_RULE = 7700.0


@dataclass(frozen=True)
class Cohort:
    """What was true and what was logged; nan is a missing entry."""

    true_kcal: np.ndarray
    model_kcal: np.ndarray
    scale_kg: np.ndarray
    logged_kcal: np.ndarray
    rho: np.ndarray
    start_kg: np.ndarray

    def truth(self, day: int) -> np.ndarray:
        """Mean offset of the last 14 days before `day`."""
        return (self.true_kcal - self.model_kcal)[:, day - 14 : day].mean(axis=1)


def simulate(
    *,
    seed: int,
    athletes: int = 400,
    days: int = 84,
    goal_kcal: float = 0.0,
    log_bias: float = 0.0,
    menstrual_kg: float = 0.0,
    step_kcal: float = 0.0,
    step_day: int | None = None,
    offset_sd: float = 280.0,
) -> Cohort:
    """Simulate a cohort. `step_kcal` is added to the true expenditure from `step_day` on."""
    rng = np.random.default_rng(seed)
    start = rng.uniform(52, 90, athletes)
    fat = start * rng.uniform(0.10, 0.26, athletes)
    rho = (9441 * fat + 1816 * 10.4) / (fat + 10.4)
    exercise = rng.gamma(2, 300, (athletes, days)) * (rng.random((athletes, days)) >= 0.2)
    model = rng.uniform(2100, 3000, athletes)[:, None] + exercise
    offset = rng.normal(0, offset_sd, athletes)
    gain = rng.normal(0, 0.10, athletes)
    mass = start.copy()
    water = np.zeros(athletes)
    true, scale, eaten = np.empty((3, athletes, days))
    for day in range(days):
        stepped = step_kcal if step_day is not None and day >= step_day else 0.0
        true[:, day] = model[:, day] + offset + exercise[:, day] * gain + 22 * (mass - start) + stepped
        wanted = model[:, day] + offset * min(1, day / 40) + stepped + goal_kcal + rng.normal(0, 250, athletes)
        eaten[:, day] = np.maximum(1000, wanted)
        mass = mass + (eaten[:, day] - true[:, day]) / rho
        water = 0.7 * water + rng.normal(0, 0.35, athletes)
        cycle = menstrual_kg * np.sin(2 * np.pi * day / 28)
        scale[:, day] = mass + water + cycle + rng.normal(0, 0.2, athletes)
    logged = eaten * (1 + log_bias) + rng.normal(0, 200, eaten.shape)
    scale[rng.random(scale.shape) < 0.10] = np.nan
    logged[rng.random(logged.shape) < 0.10] = np.nan
    return Cohort(true, model, scale, logged, rho * rng.normal(1, 0.15, athletes), start)


def observed_days(cohort: Cohort, athlete: int, *, changed_on: int | None = None) -> list[adaptive.ObservedDay]:
    """The logs of one athlete as the filter takes them."""
    return [
        adaptive.ObservedDay(
            float(model),
            None if np.isnan(food) else float(food),
            None if np.isnan(kg) else float(kg),
            False,
            day == changed_on,
        )
        for day, (model, food, kg) in enumerate(
            zip(cohort.model_kcal[athlete], cohort.logged_kcal[athlete], cohort.scale_kg[athlete], strict=True)
        )
    ]


def run_product_filter(
    cohort: Cohort,
    *,
    rho: float | None = None,
    window: int = 14,
    hop: int = 14,
    inflation: float | None = None,
    changed_on: int | None = None,
) -> list[list[adaptive.FilterStep]]:
    """The product's filter for every athlete; `rho` None takes what is known of each athlete's fat mass."""
    return [
        adaptive.run_filter(
            days=observed_days(cohort, athlete, changed_on=changed_on),
            rho_kcal_kg=float(cohort.rho[athlete]) if rho is None else rho,
            weight_kg=float(cohort.start_kg[athlete]),
            window_days=window,
            hop_days=hop,
            inflation=inflation,
        )
        for athlete in range(len(cohort.rho))
    ]


def at_day(steps: list[list[adaptive.FilterStep]], day: int) -> tuple[np.ndarray, np.ndarray]:
    """(x, sd) of every athlete after the last window that ended by `day`; the prior where there was none."""
    prior = adaptive.prior_offset(ffm_and_pal_known=True)
    states = [next((step.state for step in reversed(row) if step.end <= day), prior) for row in steps]
    return np.array([state.x for state in states]), np.sqrt([state.variance for state in states])


def formula_only(cohort: Cohort, day: int) -> np.ndarray:
    """No learning at all."""
    return np.zeros(len(cohort.rho))


def naive_two_point(cohort: Cohort, day: int) -> np.ndarray:
    """Mean intake and the first and last weigh-in of 14 days, at 7700 kcal/kg."""
    food, model, scale = (
        values[:, day - 14 : day] for values in (cohort.logged_kcal, cohort.model_kcal, cohort.scale_kg)
    )
    known = ~np.isnan(scale)
    first = np.take_along_axis(scale, known.argmax(axis=1)[:, None], 1)[:, 0]
    last = np.take_along_axis(scale, 13 - known[:, ::-1].argmax(axis=1)[:, None], 1)[:, 0]
    return np.nanmean(food, axis=1) - KCAL_PER_KG_RULE * (last - first) / 13 - model.mean(axis=1)


def two_state_filter(cohort: Cohort, day: int) -> tuple[np.ndarray, np.ndarray]:
    """A daily Kalman filter on (weight, offset): weight moves by (intake - model - x) / rho. Returns (x, sd)."""
    count = len(cohort.rho)
    state = np.stack(
        [np.where(np.isnan(cohort.scale_kg[:, 0]), cohort.start_kg, cohort.scale_kg[:, 0]), np.zeros(count)]
    )
    p11, p12, p22 = np.full(count, 0.25), np.zeros(count), np.full(count, 300.0**2)
    noise = 2.2 * 0.55**2
    for today in range(day):
        if today:
            recent = cohort.logged_kcal[:, max(0, today - 15) : today - 1]
            food = cohort.logged_kcal[:, today - 1]
            missing = np.isnan(food)
            known = (~np.isnan(recent)).sum(axis=1)
            filled = np.full(count, np.nan)
            np.divide(np.nansum(recent, axis=1), known, out=filled, where=known > 0)
            food = np.where(missing, np.where(np.isnan(filled), cohort.model_kcal[:, today - 1], filled), food)
            state[0] = state[0] + (food - cohort.model_kcal[:, today - 1] - state[1]) / cohort.rho
            slope = -1 / cohort.rho
            p11 = p11 + 2 * slope * p12 + slope**2 * p22 + 0.06**2 * np.where(missing, 4, 1)
            p12 = p12 + slope * p22
            p22 = p22 + 10.0**2
        reading = cohort.scale_kg[:, today]
        total = p11 + noise
        innovation = reading - state[0]
        use = ~np.isnan(reading) & (np.abs(np.nan_to_num(innovation)) <= 3 * np.sqrt(total))
        k1, k2 = np.where(use, p11 / total, 0), np.where(use, p12 / total, 0)
        state = state + np.stack([k1, k2]) * np.nan_to_num(innovation)
        p11, p12, p22 = (1 - k1) * p11, (1 - k1) * p12, p22 - k2 * p12
    return state[1], np.sqrt(p22)


def error(cohort: Cohort, day: int, estimate: np.ndarray) -> float:
    """Mean absolute error against the truth of a day, kcal."""
    return float(np.abs(estimate - cohort.truth(day)).mean())


def coverage(cohort: Cohort, day: int, estimate: np.ndarray, sd: np.ndarray) -> float:
    """Share of athletes whose truth lies within the 90 % interval."""
    return float((np.abs(estimate - cohort.truth(day)) < 1.645 * sd).mean())
