"""Who is in the demo. Data only."""

from __future__ import annotations

from datetime import date
from typing import Any

PASSWORD = "demo-athleat-2026"  # noqa: S105 - for the demo only, and said so to everybody
ATHLETE_EMAIL = "maja@example.com"
COACH_EMAIL = "coach@example.com"
SQUAD = "Sunday group"
TIMEZONE = "Europe/Belgrade"

MAJA: dict[str, Any] = {
    "name": "Maja Jovanović",
    "sport": "run",
    "birth_date": date(1995, 4, 12),
    "sex": "F",
    "height_cm": 169.0,
    "weight_kg": 58.0,
    "timezone": TIMEZONE,
    "dietary_preferences": ["vegetarian"],
    "allergies": ["peanuts"],
    "dislikes": ["liver"],
    "cuisines": ["balkan", "italian"],
    "goals": ["performance"],
    "max_prep_minutes": 75,
}

# Email, profile, sessions of a week as (weekday, hour, minutes, title), and whether this week is planned.
SQUAD_MATES: tuple[tuple[str, dict[str, Any], tuple[tuple[int, int, int, str], ...], bool], ...] = (
    (
        "luka@example.com",
        {
            "name": "Luka Petrović", "sport": "cycle", "birth_date": date(1990, 9, 3), "sex": "M", "height_cm": 183.0,
            "weight_kg": 76.0, "dietary_preferences": [], "goals": ["performance"],
        },
        ((1, 17, 75, "Threshold ride 75 min"), (3, 17, 60, "Easy ride 60 min"), (5, 9, 210, "Endurance ride 3h30")),
        True,
    ),
    (
        "amira@example.com",
        {
            "name": "Amira Haddad", "sport": "swim", "birth_date": date(1999, 1, 22), "sex": "F", "height_cm": 172.0,
            "weight_kg": 64.0, "dietary_preferences": ["halal"], "goals": ["performance"],
        },
        ((0, 6, 75, "Swim 3 x 800"), (2, 6, 75, "Swim technique 75 min"), (4, 6, 90, "Swim main set 90 min hard")),
        True,
    ),
    (
        "jonas@example.com",
        {
            "name": "Jonas Weber", "sport": "triathlon", "birth_date": date(1986, 6, 30), "sex": "M",
            "height_cm": 178.0, "weight_kg": 71.0, "dietary_preferences": ["vegan"], "goals": ["performance"],
        },
        (
            (1, 6, 60, "Swim 60 min"), (2, 18, 60, "Run 60 min tempo"), (5, 8, 180, "Bike 3 h endurance"),
            (6, 9, 90, "Long run 90 min"),
        ),
        True,
    ),
    (
        "sofia@example.com",
        {
            "name": "Sofía Romero", "sport": "soccer", "birth_date": date(2001, 11, 8), "sex": "F", "height_cm": 165.0,
            "weight_kg": 60.0, "dietary_preferences": ["gluten-free"], "allergies": ["gluten", "wheat"],
            "goals": ["performance"],
        },
        ((1, 19, 90, "Team training 90 min"), (3, 19, 90, "Team training 90 min"), (6, 15, 95, "Match")),
        True,
    ),
    (
        "noah@example.com",
        {
            "name": "Noah Lindqvist", "sport": "climbing", "birth_date": date(1997, 3, 15), "sex": "M",
            "height_cm": 180.0, "weight_kg": 70.0, "dietary_preferences": ["dairy-free"],
            "allergies": ["milk"], "goals": ["muscle_gain"],
        },
        ((1, 18, 120, "Bouldering 2 h"), (4, 18, 60, "Strength 60 min")),
        False,
    ),
    (
        "hana@example.com",
        {"name": "Hana Sato", "sport": "row", "dietary_preferences": ["pescatarian"]},
        ((0, 7, 80, "Rowing 80 min steady"), (3, 7, 80, "Rowing intervals 80 min")),
        False,
    ),
)  # fmt: skip
QUESTION = "What should I eat the night before my long run on Saturday?"
FOLLOW_UP = "Why do I need so much carbohydrate that day?"
