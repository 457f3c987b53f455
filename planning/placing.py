"""The constants by which meals are placed in a day, read together: once for each table of constants. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from planning.science.constants import bounds, curve, number, numbers, remembered

SLOT_NAMES = ("breakfast", "lunch", "dinner", "snack", "pre", "post")
MAIN_NAMES = ("breakfast", "lunch", "dinner")


@dataclass(frozen=True, slots=True)
class Placing:
    """Minutes of the day and between things, shares of energy (low, high), and what food around sessions may hold (g).

    Names ending in `_minute` are minutes after midnight, those ending in `_minutes` are lengths.
    """

    shares: dict[str, tuple[float, float]]
    loading_snack: tuple[float, float]
    table_share: float
    snacks_from_kcal: tuple[tuple[float, int], ...]
    default_minutes: dict[str, int]
    snack_minutes: tuple[int, ...]
    earliest_minute: int
    latest_minute: int
    breakfast_before_minute: int
    early_before_minute: int
    gap_before_minutes: int
    gap_after_minutes: int
    clear_before_session_minutes: int
    clear_after_session_minutes: int
    race_breakfast_minutes: int
    long_breakfast_minutes: int
    breakfast_to_lunch_minutes: int
    lunch_to_dinner_minutes: int
    between_meals_minutes: int
    sides_from_minutes: float
    pre_always_from_minutes: float
    pre_early_minutes: int
    pre_usual_minutes: int
    recent_meal_minutes: tuple[int, int]
    post_after_minutes: int
    post_meal_within_minutes: int
    most_sides: int
    during_from_minutes: float
    two_products_from_minutes: float
    product_carbs_g: float
    during_day_share: float
    during_least_g: float
    first_take_minute: int
    take_every_minutes: int
    # By whether the body is jolted.
    during_fiber: dict[bool, float]
    during_fat: dict[bool, float]
    unknown_start_minute: int
    # What is eaten shortly before a session leaves the stomach in time: little fiber and fat.
    pre_fiber_g: float
    pre_fat_g: float
    # A main meal that ends less than three hours before a session of an hour or more: these grams at three hours, less
    # in proportion to the time, never less than before a session itself [engineering choice].
    meal_clear_minutes: float
    meal_minutes: int
    meal_fiber_g: float
    meal_fat_g: float
    # Nobody enjoys more in one sitting while a snack can carry the rest; the share holds on very large days.
    main_meal_kcal: float
    main_meal_share: float
    # How much more than the day the windows together have to hold, so that a week can still be found.
    room: float
    # The evening before a race or a long day carries carbohydrate: dinner's least share of what the day holds apart
    # from training.
    long_tomorrow_minutes: float
    evening_share: tuple[float, float]
    evening_carbs_share: float
    # How long a main meal waits for a session and until when; how large what lies before it may be; which part of what
    # is planned is enough, and how much of the energy of such a meal is carbohydrate.
    shift_before_minutes: int
    latest_before_session: dict[str, int]
    before_shares: dict[str, float]
    before_enough: float
    before_carbs_share: float


@remembered
def placing() -> Placing:
    """The rules of placing meals under the table of constants in force."""
    earliest, latest = bounds("meal.minute.limits")
    early, usual = bounds("side.pre_before_minutes")
    recent_low, recent_high = bounds("side.pre_recent_meal_minutes")
    return Placing(
        shares={name: bounds(f"meal.share.{name}") for name in SLOT_NAMES},
        loading_snack=bounds("meal.share.snack_loading"),
        table_share=number("meal.table_energy_share_min"),
        snacks_from_kcal=tuple((kcal, int(count)) for kcal, count in reversed(curve("meal.snacks_from_kcal"))),
        default_minutes={name: int(number(f"meal.minute.{name}")) for name in MAIN_NAMES},
        snack_minutes=tuple(int(minute) for minute in numbers("meal.minute.snacks")),
        earliest_minute=int(earliest),
        latest_minute=int(latest),
        breakfast_before_minute=int(number("meal.breakfast_before_minute")),
        early_before_minute=int(number("meal.early_session_before_minute")),
        gap_before_minutes=int(number("meal.gap.before_session_minutes")),
        gap_after_minutes=int(number("meal.gap.after_session_minutes")),
        clear_before_session_minutes=int(number("meal.gap.clear_before_session_minutes")),
        clear_after_session_minutes=int(number("meal.gap.clear_after_session_minutes")),
        race_breakfast_minutes=int(number("meal.gap.race_breakfast_minutes")),
        long_breakfast_minutes=int(number("meal.gap.long_session_breakfast_minutes")),
        breakfast_to_lunch_minutes=int(number("meal.gap.breakfast_to_lunch_minutes")),
        lunch_to_dinner_minutes=int(number("meal.gap.lunch_to_dinner_minutes")),
        between_meals_minutes=int(number("meal.gap.between_meals_minutes")),
        sides_from_minutes=number("side.from_minutes"),
        pre_always_from_minutes=number("side.pre_always_from_minutes"),
        pre_early_minutes=int(early),
        pre_usual_minutes=int(usual),
        recent_meal_minutes=(int(recent_low), int(recent_high)),
        post_after_minutes=int(number("side.post_after_minutes")),
        post_meal_within_minutes=int(number("side.post_meal_within_minutes")),
        most_sides=int(number("side.most_per_day")),
        during_from_minutes=number("during.food_from_minutes"),
        two_products_from_minutes=number("during.two_products_from_minutes"),
        product_carbs_g=number("during.product_carbs_max_g"),
        during_day_share=number("during.day_carbs_share_max"),
        during_least_g=number("during.least_product_g"),
        first_take_minute=int(number("during.first_take_minute")),
        take_every_minutes=int(number("during.take_every_minutes")),
        during_fiber=dict(zip((True, False), bounds("during.fiber_per_carb_max"), strict=True)),
        during_fat=dict(zip((True, False), bounds("during.fat_per_carb_max"), strict=True)),
        unknown_start_minute=int(number("during.unknown_start_minute")),
        pre_fiber_g=number("side.pre_fiber_max_g"),
        pre_fat_g=number("side.pre_fat_max_g"),
        meal_clear_minutes=number("side.near_meal_minutes"),
        meal_minutes=int(number("meal.minutes")),
        meal_fiber_g=number("side.near_meal_fiber_max_g"),
        meal_fat_g=number("side.near_meal_fat_max_g"),
        main_meal_kcal=number("meal.main_kcal_soft_max"),
        main_meal_share=number("meal.main_share_max"),
        room=number("meal.windows_room"),
        long_tomorrow_minutes=number("evening.long_tomorrow_minutes"),
        evening_share=bounds("evening.dinner_share"),
        evening_carbs_share=number("evening.carbs_share_min"),
        shift_before_minutes=int(number("meal.gap.shift_before_session_minutes")),
        latest_before_session=dict(
            zip(("breakfast", "lunch"), map(int, numbers("meal.latest_before_session")), strict=True)
        ),
        before_shares=dict(zip(("pre", "snack", "main"), numbers("side.before_share"), strict=True)),
        before_enough=number("side.before_enough"),
        before_carbs_share=number("side.before_carbs_energy_share"),
    )
