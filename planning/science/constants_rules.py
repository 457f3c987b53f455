"""What may become of each choice of ours while the program runs: a rule, or the reason why it waits for a release.

Data only; `constants_limits` reads it. What guards an athlete moves only towards safety: floors up, deficits and
caffeine down, blocks tighter.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from planning.science.constants import CONSTANTS

EDITABLE_TAG = "E"


@dataclass(frozen=True, slots=True)
class Rule:
    """How far a value may lie from the published one, number by number.

    `factor` bounds each number as a multiple of the published one. `low` and `high` bound all numbers, of a curve what
    it yields. `safe` lets numbers move up or down only. `still` are places that stay as published, `whole` asks for
    whole numbers, `total` for a sum, and the first `rising` numbers must not fall (all of them, where they do not fall
    in the published row).
    """

    low: float | None = None
    high: float | None = None
    factor: tuple[float, float] = (0.5, 2.0)
    safe: Literal["up", "down"] | None = None
    whole: bool = False
    still: tuple[int, ...] = ()
    total: float | None = None
    rising: int | None = None


SPOKEN = "Its number stands in sentences that athletes read; it changes with a release, together with them."
INPUT = "Forms, the API and the database check what athletes enter by it; it changes with a release of all of them."
DEFAULT = "The calculation states it as its default; it changes with a release."
SHAPE = "It says how the calculation is built, not how much of something there is; it changes with a release."
RECORD = "No plan is calculated with it; it is kept for the record."
MINORS = "It says who is a minor, which the whole product goes by."

_FIXED_GROUPS: dict[str, tuple[str, ...]] = {
    SPOKEN: (
        "reference.weight_kg", "reference.height_cm", "reference.age_years", "power.kcal_per_kj",
        "load.class_from_tss", "load.very_high_minutes", "fluid.sweat_temperatures", "sodium.over_minutes",
        "sodium.over_sweat_l_h", "sodium.mg_per_l", "sodium.mg_h", "surplus.max_kcal", "race.meal_g_per_kg_short",
        "race.meal_short_minutes", "race.feed_every_minutes", "race.day_before_minutes",
        "adaptive.move_max_kcal_week", "adaptive.clamp_share", "session.assumed_minutes", "micro.flag_below_share",
        "during.take_every_minutes",
    ),
    INPUT: ("power.meter_trust",),
    DEFAULT: (
        "reference.pal_nonexercise", "reference.rate_pct_per_week", "reference.surplus_kcal", "pre.hours_default",
        "caffeine.proposed_mg_per_kg", "race.gut_ceiling",
    ),
    SHAPE: (
        "energy.day_model", "met.by_speed.swim", "met.by_power.cycle", "fluid.sweat_reference_kg",
        "adaptive.window_days", "adaptive.history_days", "micro.assessed_days",
    ),
    RECORD: (
        "pal.day.bed", "pal.day.desk_still", "pal.day.desk", "pal.day.standing", "pal.day.on_feet", "pal.day.manual",
        "pal.day.heavy", "pal.steps", "pal.by_steps", "fat.preferred_g_per_kg", "fat.acceptable_share",
        "fat.loading_days_max", "deficit.break_weeks", "gain.rate_pct", "surplus.kcal",
    ),
    MINORS: ("rmr.adult_age_years",),
}  # fmt: skip
FIXED: dict[str, str] = {
    **{name: INPUT for name in CONSTANTS if name.startswith("range.") and CONSTANTS[name].tag == EDITABLE_TAG},
    **{name: reason for reason, names in _FIXED_GROUPS.items() for name in names},
}

_SHARE = Rule(high=1.0)
_ANY = Rule()
_COUNT = Rule(whole=True)
_UP = Rule(safe="up")
_DOWN = Rule(safe="down")

RULES: dict[str, Rule] = {
    # resting metabolic rate and fat-free mass
    "rmr.measured_months_max": _COUNT,
    "rmr.measured_mass_share": _ANY,
    "rmr.tenhaaf_bmi_below": Rule(low=25, high=35),
    "rmr.per_ffm_usual": _ANY,
    "rmr.sd_share_with_ffm": _ANY,
    "rmr.sd_share_without_ffm": _ANY,
    "ffm.bia_sd_kg": _ANY,
    "ffm.share_max": Rule(low=0.9, high=0.99),
    # energy and load of a session
    "acsm.run_speed": Rule(factor=(0.8, 1.25)),
    "met.overestimates_from_bmi": Rule(low=25, high=35),
    "met.transition": _ANY,
    "met.transition_minutes": _COUNT,
    "met.transition_share": _ANY,
    "met.triathlon_shares": Rule(total=1.0),
    "met.duathlon_shares": Rule(total=1.0),
    "met.rpe_easy_to": Rule(low=1, high=9, whole=True),
    "met.rpe_moderate_to": Rule(low=1, high=9, whole=True),
    "met.if_easy_below": Rule(high=1.1),
    "met.if_moderate_below": Rule(high=1.1),
    "keytel.hr_max": Rule(still=(0, 1)),
    "method.disagree_share": _ANY,
    "load.intensity_rpe": Rule(low=1, high=10, rising=4),
    "load.strength_if_max": _SHARE,
    "load.very_high_tss_per_h": _ANY,
    # carbohydrate
    "carbs.point": Rule(low=3, high=12),
    "carbs.point_lose": Rule(low=3, high=12),
    "carbs.half_width": _ANY,
    "carbs.lookahead_today": _SHARE,
    "carbs.lookahead_before_minute": Rule(high=1439, whole=True),
    "carbs.before_match_point": _ANY,
    "during.from_minutes": _COUNT,
    "during.long": Rule(low=30, safe="down"),
    "pre.hours_by_duration": Rule(low=1, high=4),
    "pre.earliest_minute": Rule(low=240, high=420, whole=True),
    "pre.least_hours": Rule(low=1, high=3),
    "pre.early_g_per_kg": Rule(high=1),
    "post.normal_g_per_kg": _ANY,
    "post.from_minutes": _COUNT,
    # Training with little carbohydrate stays rare and short.
    "train_low.max_minutes": Rule(safe="down", whole=True),
    "train_low.max_per_week": Rule(safe="down", whole=True),
    # protein and fat: the cap is never raised, floors are never lowered
    "protein.older_point": Rule(low=1.2, high=2.0),
    "protein.vegan_factor": Rule(low=1.0, high=1.3),
    "protein.cap_per_kg": _DOWN,
    "fat.floor_g_per_kg": Rule(safe="up", high=1.2),
    "fat.loading_floor_share": _UP,
    "fiber.before_race_g": _ANY,
    # fluid and sodium: nobody is told to drink much more than now
    "fluid.sweat_by_temperature": Rule(factor=(0.7, 1.25)),
    "fluid.sweat_easy": _SHARE,
    "fluid.sweat_race": Rule(low=1.0, high=1.4),
    "fluid.small_body_kg": Rule(safe="up", high=70),
    "sodium.salty_tested_mg_h": _DOWN,
    # what guards energy: availability, floors, deficits, blocks
    "ea.red": Rule(safe="up", high=40),
    "ea.amber.M": Rule(safe="up", high=50),
    "ea.amber.F": Rule(safe="up", high=55),
    "ea.amber_share_of_balance": Rule(safe="up", high=1.0),
    "ea.logged_days_min": Rule(safe="down", whole=True),
    "ea.logged_red_days": Rule(safe="down", whole=True, still=(1,)),
    "floor.kcal.M": Rule(safe="up", high=2000),
    "floor.kcal.F": Rule(safe="up", high=1700),
    "deficit.max_share": _DOWN,
    "deficit.max_kcal": _DOWN,
    "deficit.prefill_max_kcal": _DOWN,
    "deficit.weeks_max": Rule(safe="down", whole=True),
    "deficit.race_week_days": Rule(safe="up", whole=True),
    "screening.lock_from": Rule(safe="down", whole=True),
    "block.bmi_below": Rule(safe="up", high=21),
    "block.body_fat_below.M": Rule(safe="up", high=10),
    "block.body_fat_below.F": Rule(safe="up", high=20),
    # caffeine: warned of sooner, never later
    "caffeine.split_over_minutes": _COUNT,
    "caffeine.late_mg": _DOWN,
    "caffeine.cutoff_hours": Rule(safe="up", high=14),
    # race day
    "race.meal_protein_g_per_kg": _ANY,
    "race.topup_g": _ANY,
    "race.topup_from_minutes": _COUNT,
    "race.topup_before_minutes": _COUNT,
    "race.last_feed_before_end": _COUNT,
    "race.liquids_last_minutes": _COUNT,
    # The stomach is asked for more in no larger steps, and not beyond a worse score.
    "race.gut_step": _DOWN,
    "race.gut_start": _ANY,
    "race.gut_gi_score_max": Rule(safe="down", whole=True),
    "race.triathlon_bike_share": Rule(high=0.9),
    "race.triathlon_run_gut_factor": Rule(safe="down"),
    "race.triathlon_bike_first_feed": _COUNT,
    # learned expenditure: never from less than now, never published less sure
    "adaptive.ewma_alpha": _ANY,
    "adaptive.min_food_days": Rule(safe="up", whole=True),
    "adaptive.min_weigh_ins": Rule(safe="up", whole=True),
    "adaptive.sigma_weight_kg": _ANY,
    "adaptive.sigma_rho": _ANY,
    "adaptive.sigma_intake_kcal": _ANY,
    "adaptive.inflation": Rule(low=1.0),
    "adaptive.process_sd_kcal": _ANY,
    "adaptive.gate_sd": _ANY,
    "adaptive.prior_sd_kcal": _ANY,
    "adaptive.mass_change_share": _ANY,
    "adaptive.move_min_kcal": _ANY,
    "adaptive.reset_sd_kcal": _ANY,
    "adaptive.publish_sd_kcal": _DOWN,
    "adaptive.recent_days": _COUNT,
    "adaptive.outlier_kg": _ANY,
    # micronutrients
    "micro.known_days_min": _COUNT,
    "micro.coverage_min": Rule(low=0.5, high=0.95),
    # meals of a day
    "meal.share.breakfast": Rule(high=0.6),
    "meal.share.lunch": Rule(high=0.6),
    "meal.share.dinner": Rule(high=0.6),
    "meal.share.snack": Rule(high=0.3),
    "meal.share.pre": Rule(high=0.25),
    "meal.share.post": Rule(high=0.3),
    "meal.share.snack_loading": Rule(high=0.3),
    "meal.table_energy_share_min": Rule(low=0.3, high=0.9),
    "meal.snacks_from_kcal": Rule(low=1, high=4, whole=True),
    "meal.main_kcal_soft_max": _ANY,
    "meal.minute.breakfast": Rule(low=330, high=600, whole=True),
    "meal.minute.lunch": Rule(low=660, high=900, whole=True),
    "meal.minute.dinner": Rule(low=1020, high=1320, whole=True),
    "meal.minute.snacks": Rule(low=420, high=1350, whole=True),
    "meal.minute.limits": Rule(low=240, high=1425, whole=True),
    "meal.breakfast_before_minute": Rule(low=480, high=720, whole=True),
    "meal.early_session_before_minute": Rule(low=360, high=600, whole=True),
    "meal.gap.before_session_minutes": _COUNT,
    "meal.gap.after_session_minutes": _COUNT,
    "meal.gap.clear_before_session_minutes": _COUNT,
    "meal.gap.clear_after_session_minutes": _COUNT,
    "meal.gap.race_breakfast_minutes": Rule(low=120, high=270, whole=True),
    "meal.gap.long_session_breakfast_minutes": Rule(high=210, whole=True),
    "meal.gap.breakfast_to_lunch_minutes": Rule(high=240, whole=True),
    "meal.gap.lunch_to_dinner_minutes": Rule(high=300, whole=True),
    "meal.gap.between_meals_minutes": Rule(high=120, whole=True),
    "meal.minutes": _COUNT,
    "meal.main_share_max": Rule(high=0.5),
    "meal.windows_room": Rule(low=1.1, high=2.0),
    "side.from_minutes": _COUNT,
    "side.pre_always_from_minutes": _COUNT,
    "side.pre_before_minutes": _COUNT,
    "side.pre_recent_meal_minutes": _COUNT,
    "side.post_after_minutes": _COUNT,
    "side.post_meal_within_minutes": _COUNT,
    "side.most_per_day": Rule(high=3, whole=True),
    "side.pre_fiber_max_g": _ANY,
    "side.pre_fat_max_g": _ANY,
    "meal.gap.shift_before_session_minutes": Rule(high=120, whole=True),
    "meal.latest_before_session": Rule(low=480, high=960, whole=True),
    "side.before_share": Rule(high=0.5),
    "side.before_enough": _SHARE,
    "side.before_carbs_energy_share": Rule(low=0.5, high=0.9),
    "side.near_meal_minutes": _COUNT,
    "side.near_meal_fiber_max_g": _ANY,
    "side.near_meal_fat_max_g": _ANY,
    "evening.long_tomorrow_minutes": _COUNT,
    "evening.dinner_share": Rule(high=0.6),
    "evening.carbs_share_min": Rule(high=0.4),
    # food during a session
    "during.food_from_minutes": _COUNT,
    "during.two_products_from_minutes": _COUNT,
    "during.product_carbs_max_g": _DOWN,
    "during.day_carbs_share_max": Rule(high=0.8),
    "during.spread": _ANY,
    "during.first_take_minute": _COUNT,
    "during.least_product_g": _ANY,
    "during.fiber_per_carb_max": _ANY,
    "during.fat_per_carb_max": _ANY,
    "during.unknown_start_minute": Rule(low=360, high=1200, whole=True),
    # limits of a planned day: ceilings of sodium are never raised, a plan never keeps less of its promise
    "day.fiber_low": _ANY,
    "day.fiber_high": _ANY,
    "day.sodium_low": _ANY,
    "day.sodium_high": _DOWN,
    "day.energy_tolerance": _DOWN,
    "day.carbs_tolerance": _DOWN,
    "day.protein_most_factor": Rule(low=1.2, safe="down"),
    **{f"session.assumed_pace.{sport}": _ANY for sport in (
        "run", "cycle", "mountain_bike", "swim", "walk", "hike", "row", "row_erg", "kayak", "ski",
    )},
}  # fmt: skip

# The first number must not be above the second: (name, place) and (name, place), places counted through a row.
ORDERED: tuple[tuple[str, int, str, int], ...] = (
    ("met.rpe_easy_to", 0, "met.rpe_moderate_to", 0),
    ("met.if_easy_below", 0, "met.if_moderate_below", 0),
    ("carbs.before_match", 0, "carbs.before_match_point", 0),
    ("carbs.before_match_point", 0, "carbs.before_match", 1),
    ("protein.lose", 2, "protein.cap_per_kg", 0),
    ("protein.older_point", 0, "protein.cap_per_kg", 0),
    ("fat.loading_floor_share", 0, "fat.floor_share", 0),
    ("ea.red", 0, "ea.amber.M", 0),
    ("ea.red", 0, "ea.amber.F", 0),
    ("deficit.prefill_max_kcal", 0, "deficit.max_kcal", 0),
    ("race.gut_start", 1, "race.gut_ceiling", 0),
    ("adaptive.min_food_days", 0, "adaptive.window_days", 0),
    ("adaptive.min_weigh_ins", 0, "adaptive.window_days", 0),
    ("adaptive.move_min_kcal", 0, "adaptive.move_max_kcal_week", 0),
    ("micro.known_days_min", 0, "micro.assessed_days", 0),
    ("meal.share.snack", 1, "meal.share.snack_loading", 1),
    ("meal.early_session_before_minute", 0, "meal.breakfast_before_minute", 0),
    ("meal.gap.clear_before_session_minutes", 0, "meal.gap.before_session_minutes", 0),
    ("meal.gap.clear_after_session_minutes", 0, "meal.gap.after_session_minutes", 0),
    ("side.from_minutes", 0, "side.pre_always_from_minutes", 0),
    ("during.food_from_minutes", 0, "during.two_products_from_minutes", 0),
    ("day.fiber_low", 0, "day.fiber_high", 0),
    ("day.fiber_low", 1, "day.fiber_high", 1),
    ("day.sodium_low", 0, "day.sodium_high", 0),
    ("day.sodium_low", 1, "day.sodium_high", 2),
)
# Meals of every day: together they must be able to stay below the day, and to hold all of it with room.
DAILY = ("meal.share.breakfast", "meal.share.lunch", "meal.share.dinner", "meal.share.snack")
DAILY_LOW, DAILY_HIGH = 0.8, 1.2
