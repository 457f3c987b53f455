"""What Intervals.icu calls things, and what they are here."""

from __future__ import annotations

# Categories of its calendar to types of a training event. A category that is not named is read from its title.
CATEGORIES: dict[str, str] = {
    "WORKOUT": "workout",
    "RACE_A": "race",
    "RACE_B": "race",
    "RACE_C": "race",
    "SICK": "rest",
    "INJURED": "rest",
    "HOLIDAY": "not_training",
    "NOTE": "not_training",
}
# Marks in the calendar's own bookkeeping: targets of a week, phases of a season, measured thresholds.
NO_EVENTS = frozenset({"TARGET", "PLAN", "SEASON_START", "FITNESS_DAYS", "SET_EFTP", "SET_FITNESS"})

# Types of sessions to sports. `Workout`, `Transition` and `Other` say nothing about the sport.
SPORTS: dict[str, str] = {
    **dict.fromkeys(("Ride", "VirtualRide", "GravelRide", "EBikeRide", "TrackRide", "Cyclocross"), "cycle"),
    **dict.fromkeys(("Velomobile", "Handcycle"), "cycle"),
    **dict.fromkeys(("MountainBikeRide", "EMountainBikeRide"), "mountain_bike"),
    **dict.fromkeys(("Run", "TrailRun", "VirtualRun"), "run"),
    **dict.fromkeys(("Swim", "OpenWaterSwim"), "swim"),
    **dict.fromkeys(("NordicSki", "AlpineSki", "BackcountrySki", "VirtualSki", "RollerSki"), "ski"),
    **dict.fromkeys(("Kayaking", "Canoeing", "StandUpPaddling"), "kayak"),
    **dict.fromkeys(("Hike", "Snowshoe"), "hike"),
    "Rowing": "row",
    "VirtualRow": "row_erg",
    "Walk": "walk",
    "WeightTraining": "strength",
    "Crossfit": "circuit",
    "HighIntensityIntervalTraining": "hiit",
    "Elliptical": "elliptical",
    "Soccer": "soccer",
    "Basketball": "basketball",
    "Rugby": "rugby",
    "Handball": "handball",
    "Hockey": "hockey",
    "IceHockey": "ice_hockey",
    "Volleyball": "volleyball",
    "WaterPolo": "water_polo",
    "Tennis": "tennis",
    "Badminton": "badminton",
    "Squash": "squash",
    "MartialArts": "martial_arts",
    "RockClimbing": "climbing",
    "Yoga": "yoga",
    "Pilates": "pilates",
}
