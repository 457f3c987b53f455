"""Sports, goals and sexes: the ids the product keeps, and what people call them.

An unknown sport or goal is kept as written and answered with a warning; it is treated as `other` or as maintaining.
"""

from __future__ import annotations

from nutrition_site.kernel.vocabulary import fold

SPORTS: tuple[str, ...] = (
    "run",
    "cycle",
    "mountain_bike",
    "swim",
    "row",
    "row_erg",
    "kayak",
    "walk",
    "hike",
    "ski",
    "orienteering",
    "triathlon",
    "duathlon",
    "strength",
    "circuit",
    "hiit",
    "elliptical",
    "soccer",
    "basketball",
    "rugby",
    "handball",
    "hockey",
    "ice_hockey",
    "volleyball",
    "beach_volleyball",
    "ultimate",
    "water_polo",
    "tennis",
    "badminton",
    "squash",
    "martial_arts",
    "climbing",
    "yoga",
    "pilates",
    "mobility",
    "other",
)
_SPORT_ALIASES: dict[str, tuple[str, ...]] = {
    "run": ("running", "runner", "jog", "jogging", "trail run", "trail running", "treadmill", "track", "marathon"),
    "cycle": (
        "cycling",
        "cyclist",
        "bike",
        "biking",
        "bicycle",
        "ride",
        "riding",
        "road cycling",
        "spinning",
        "spin",
        "indoor cycling",
    ),
    "mountain_bike": ("mtb", "mountain biking"),
    "swim": ("swimming", "swimmer", "open water swimming"),
    "row": ("rowing", "rower"),
    "row_erg": ("erg", "ergometer", "indoor rowing", "rowing machine"),
    "kayak": ("kayaking", "canoe", "canoeing", "paddling"),
    "walk": ("walking",),
    "hike": ("hiking", "trekking"),
    "ski": ("skiing", "xc ski", "cross country skiing", "nordic ski", "nordic skiing"),
    "triathlon": ("tri", "triathlete", "ironman"),
    "strength": ("strength training", "weights", "weightlifting", "weight training", "lifting", "gym", "powerlifting"),
    "soccer": ("football", "futsal", "team", "team sport"),
    "hockey": ("field hockey",),
    "ultimate": ("frisbee", "ultimate frisbee"),
    "martial_arts": ("boxing", "judo", "karate", "bjj", "mma", "kickboxing", "taekwondo", "wrestling"),
    "climbing": ("bouldering", "climb", "rock climbing"),
    "mobility": ("stretching",),
}
SPORT_WORDS: dict[str, str] = {
    fold(word): sport for sport in SPORTS for word in (sport, *_SPORT_ALIASES.get(sport, ()))
}

# What a goal does to the energy target: eat below, above, or at expenditure.
GOALS: dict[str, str] = {
    "weight_loss": "lose",
    "muscle_gain": "gain",
    "weight_gain": "gain",
    "endurance": "maintain",
    "performance": "maintain",
    "weight_maintenance": "maintain",
    "none": "maintain",
}
_GOAL_ALIASES: dict[str, tuple[str, ...]] = {
    "weight_loss": ("lose", "lose weight", "fat loss", "cut"),
    "muscle_gain": ("gain muscle", "build muscle", "hypertrophy", "bulk"),
    "weight_gain": ("gain", "gain weight"),
    "performance": ("race performance", "perform"),
    "weight_maintenance": ("maintain", "maintenance", "maintain weight"),
}
GOAL_WORDS: dict[str, str] = {fold(word): goal for goal in GOALS for word in (goal, *_GOAL_ALIASES.get(goal, ()))}

SEX_WORDS: dict[str, str] = {"m": "M", "male": "M", "man": "M", "f": "F", "female": "F", "woman": "F"}


def read_sport(word: str) -> tuple[str, bool]:
    """The sport id of a word and whether it is known; an unknown one comes back as written, trimmed."""
    sport = SPORT_WORDS.get(fold(word))
    return (sport, True) if sport else (word.strip(), False)


def read_goal(word: str) -> tuple[str, bool]:
    """The goal id of a word and whether it is known; an unknown one comes back as written, trimmed."""
    goal = GOAL_WORDS.get(fold(word))
    return (goal, True) if goal else (word.strip(), False)


def read_sex(word: str) -> str | None:
    """`M`, `F`, or None for a word that names neither reference."""
    return SEX_WORDS.get(fold(word))
