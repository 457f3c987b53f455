"""Rows of the constants table for placing meals and limiting a planned day. Data only; read it through `constants`.

All of them are defaults of this product, set so that a week of ordinary dishes can meet the targets. `schedule` and
`mapping` read them by name: `constants.number("during.food_from_minutes")`, `constants.bounds("meal.share.lunch")`.
"""

from __future__ import annotations

from planning.science.constants_rows import HOUSE, Row

_BT = "Burke 2011, doi 10.1080/02640414.2011.585473; Thomas 2016, doi 10.1249/MSS.0000000000000852 (adapted)"

PLANNER_ROWS: tuple[Row, ...] = (
    # shares of the day's energy outside the session
    ("meal.share.breakfast", (0.14, 0.36), "of table energy (low, high)", HOUSE, "E"),
    ("meal.share.lunch", (0.18, 0.42), "of table energy (low, high)", HOUSE, "E"),
    ("meal.share.dinner", (0.18, 0.42), "of table energy (low, high)", HOUSE, "E"),
    ("meal.share.snack", (0.03, 0.16), "of table energy (low, high)", HOUSE, "E"),
    ("meal.share.pre", (0.03, 0.14), "of table energy (low, high)", HOUSE, "E"),
    ("meal.share.post", (0.04, 0.18), "of table energy (low, high)", HOUSE, "E"),
    ("meal.share.snack_loading", (0.03, 0.20), "of table energy (low, high)", HOUSE, "E"),
    ("meal.table_energy_share_min", 0.5, "of the day's energy", HOUSE, "E"),
    ("meal.snacks_from_kcal", ((0, 1), (2200, 2), (3000, 3), (3800, 4)), "kcal/d to snacks (steps)", HOUSE, "E"),
    ("meal.main_kcal_soft_max", 1000, "kcal in one dinner where snacks can carry the rest", HOUSE, "E"),
    # minutes after midnight
    ("meal.minute.breakfast", 450, "min after midnight", HOUSE, "E"),
    ("meal.minute.lunch", 750, "min after midnight", HOUSE, "E"),
    ("meal.minute.dinner", 1140, "min after midnight", HOUSE, "E"),
    ("meal.minute.snacks", (960, 630, 1260, 855), "min after midnight, in order of use", HOUSE, "E"),
    ("meal.minute.limits", (300, 1410), "min after midnight (earliest, latest)", HOUSE, "E"),
    ("meal.breakfast_before_minute", 600, "session start, min after midnight", HOUSE, "E"),
    ("meal.early_session_before_minute", 480, "session start, min after midnight", HOUSE, "E"),
    ("meal.gap.before_session_minutes", 150, "min", HOUSE, "E"),
    ("meal.gap.after_session_minutes", 30, "min", HOUSE, "E"),
    ("meal.gap.clear_before_session_minutes", 90, "min", HOUSE, "E"),
    ("meal.gap.clear_after_session_minutes", 15, "min", HOUSE, "E"),
    ("meal.gap.race_breakfast_minutes", 180, "min before the start", _BT, "E"),
    ("meal.gap.long_session_breakfast_minutes", 120, "min before the start", HOUSE, "E"),
    ("meal.gap.breakfast_to_lunch_minutes", 150, "min", HOUSE, "E"),
    ("meal.gap.lunch_to_dinner_minutes", 180, "min", HOUSE, "E"),
    ("meal.gap.between_meals_minutes", 60, "min", HOUSE, "E"),
    ("meal.gap.shift_before_session_minutes", 60, "min that a meal waits to lie in the hours before", HOUSE, "E"),
    ("meal.latest_before_session", (600, 900), "min after midnight of a breakfast, a lunch that waits", HOUSE, "E"),
    # food before and after a session
    (
        "side.before_share",
        (0.20, 0.20, 0.46),
        "most of table energy where it counts: pre, snack, main meal",
        HOUSE,
        "E",
    ),
    ("side.before_enough", 0.8, "of what is planned before a session, at least", HOUSE, "E"),
    ("side.before_carbs_energy_share", 0.7, "of the energy of a meal before a session, from carbohydrate", HOUSE, "E"),
    ("side.from_minutes", 60, "min of exercise", _BT, "E"),
    ("side.pre_always_from_minutes", 90, "min of exercise", HOUSE, "E"),
    ("side.pre_before_minutes", (30, 60), "min before: early session, any other", HOUSE, "E"),
    ("side.pre_recent_meal_minutes", (45, 150), "min before the start (low, high)", HOUSE, "E"),
    ("side.post_after_minutes", 20, "min after the end", HOUSE, "E"),
    ("side.post_meal_within_minutes", 60, "min after the end", HOUSE, "E"),
    ("side.most_per_day", 2, "pre or post snacks a day", HOUSE, "E"),
    ("side.pre_fiber_max_g", 5, "g", HOUSE, "E"),
    ("side.pre_fat_max_g", 8, "g", HOUSE, "E"),
    ("side.near_meal_minutes", 180, "min between a main meal and a session of an hour or more", HOUSE, "E"),
    ("side.near_meal_fiber_max_g", 10, "g at the full gap, less in proportion when nearer", HOUSE, "E"),
    ("side.near_meal_fat_max_g", 25, "g at the full gap, less in proportion when nearer", HOUSE, "E"),
    ("meal.minutes", 30, "min that a main meal takes", HOUSE, "E"),
    ("meal.main_share_max", 0.27, "of table energy on very large days", HOUSE, "E"),
    ("meal.windows_room", 1.25, "x table energy that all windows hold together", HOUSE, "E"),
    # the evening before a race or a long day
    ("evening.long_tomorrow_minutes", 120, "min of exercise in one session", HOUSE, "E"),
    ("evening.dinner_share", (0.22, 0.46), "of table energy (low, high)", HOUSE, "E"),
    ("evening.carbs_share_min", 0.26, "of the day's carbohydrate outside training, at dinner", _BT, "E"),
    # food during a session
    ("during.food_from_minutes", 75, "min of exercise", _BT, "E"),
    ("during.two_products_from_minutes", 150, "min of exercise", HOUSE, "E"),
    ("during.product_carbs_max_g", 180, "g that ten servings of one product hold", HOUSE, "E"),
    ("during.day_carbs_share_max", 0.6, "of the day's carbohydrate", HOUSE, "E"),
    ("during.spread", 0.15, "of the planned rate, either way", HOUSE, "E"),
    ("during.first_take_minute", 20, "min into the session", HOUSE, "E"),
    ("during.take_every_minutes", 20, "min", HOUSE, "E"),
    ("during.least_product_g", 15, "g carbohydrate", HOUSE, "E"),
    ("during.fiber_per_carb_max", (0.02, 0.08), "g/g: where the body is jolted, where it is carried", HOUSE, "E"),
    ("during.fat_per_carb_max", (0.05, 0.12), "g/g: where the body is jolted, where it is carried", HOUSE, "E"),
    ("during.unknown_start_minute", 600, "min after midnight", HOUSE, "E"),
    # limits of a planned day that are asked for first and given up first
    ("day.fiber_low", (18, 8), "g, and g/1000 kcal; the larger holds", HOUSE, "E"),
    ("day.fiber_high", (45, 15), "g, and g/1000 kcal; the larger holds", HOUSE, "E"),
    ("day.sodium_low", (1200, 200), "mg, and mg per hour of training", HOUSE, "E"),
    ("day.sodium_high", (3200, 200, 650), "mg, mg/1000 kcal, mg per hour of training", HOUSE, "E"),
    ("day.energy_tolerance", 0.05, "of the target", HOUSE, "E"),
    ("day.carbs_tolerance", 0.07, "of the target", HOUSE, "E"),
    ("day.protein_most_factor", 1.7, "x target", HOUSE, "E"),
    ("session.assumed_pace.run", 6.0, "min/km where only the distance is stated", HOUSE, "E"),
    ("session.assumed_pace.cycle", 2.4, "min/km where only the distance is stated", HOUSE, "E"),
    ("session.assumed_pace.mountain_bike", 4.0, "min/km where only the distance is stated", HOUSE, "E"),
    ("session.assumed_pace.swim", 21.0, "min/km where only the distance is stated", HOUSE, "E"),
    ("session.assumed_pace.walk", 12.0, "min/km where only the distance is stated", HOUSE, "E"),
    ("session.assumed_pace.hike", 15.0, "min/km where only the distance is stated", HOUSE, "E"),
    ("session.assumed_pace.row", 5.0, "min/km where only the distance is stated", HOUSE, "E"),
    ("session.assumed_pace.row_erg", 4.5, "min/km where only the distance is stated", HOUSE, "E"),
    ("session.assumed_pace.kayak", 7.0, "min/km where only the distance is stated", HOUSE, "E"),
    ("session.assumed_pace.ski", 5.0, "min/km where only the distance is stated", HOUSE, "E"),
    ("session.assumed_minutes", 60, "min where nobody stated a length", HOUSE, "E"),
)
