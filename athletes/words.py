"""What pages call the ids of the vocabulary."""

from __future__ import annotations

from athletes.vocabulary import SPORTS

_SPORT_NAMES = {
    "run": "Running",
    "cycle": "Cycling",
    "mountain_bike": "Mountain biking",
    "swim": "Swimming",
    "row": "Rowing",
    "row_erg": "Rowing machine",
    "kayak": "Kayaking",
    "walk": "Walking",
    "hike": "Hiking",
    "ski": "Cross-country skiing",
    "strength": "Strength training",
    "circuit": "Circuit training",
    "hiit": "High-intensity intervals",
    "elliptical": "Elliptical trainer",
    "soccer": "Football (soccer)",
    "hockey": "Field hockey",
    "ultimate": "Ultimate frisbee",
    "martial_arts": "Martial arts",
    "mobility": "Mobility and stretching",
    "other": "Another sport",
}
SPORT_NAMES = {sport: _SPORT_NAMES.get(sport, sport.replace("_", " ").capitalize()) for sport in SPORTS}

ALLERGEN_NAMES = {
    "milk": "Milk",
    "eggs": "Eggs",
    "fish": "Fish",
    "crustaceans": "Crustaceans (shrimp, crab)",
    "molluscs": "Mollusks (mussels, squid)",
    "peanuts": "Peanuts",
    "tree_nuts": "Tree nuts",
    "soy": "Soy",
    "gluten": "Gluten",
    "wheat": "Wheat",
    "sesame": "Sesame",
    "celery": "Celery",
    "mustard": "Mustard",
    "lupin": "Lupin",
    "sulphites": "Sulfites",
}
DIET_NAMES = {
    "vegetarian": "Vegetarian",
    "vegan": "Vegan",
    "pescatarian": "Pescatarian",
    "gluten-free": "Gluten-free",
    "dairy-free": "Dairy-free",
    "nut-free": "Nut-free",
    "halal": "Halal",
    "kosher": "Kosher",
    "low-fodmap": "Low FODMAP",
}
INTENSITY_NAMES = {"easy": "Easy", "moderate": "Moderate", "hard": "Hard", "race": "Race effort"}
TYPE_NAMES = {
    "workout": "Training session",
    "race": "Race",
    "rest": "Rest",
    "unclassified": "Not understood",
    "not_training": "Not training",
}
PROVIDER_NAMES = {"ical": "Calendar address", "google_calendar": "Google Calendar", "caldav": "CalDAV"}
FIELD_NAMES = {
    "type": "kind",
    "sport": "sport",
    "duration_minutes": "time",
    "distance_km": "distance",
    "intensity": "effort",
}


def sport_name(sport: str) -> str:
    """The name of a sport; one that is not known here is shown as it was written."""
    return SPORT_NAMES.get(sport, sport)
