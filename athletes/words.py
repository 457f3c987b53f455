"""What pages call the ids of the vocabulary."""

from __future__ import annotations

from django.utils.translation import gettext, gettext_noop, override
from django.utils.translation import gettext_lazy as _

from athletes.vocabulary import SPORTS

_SPORT_NAMES = {
    "run": _("Running"),
    "cycle": _("Cycling"),
    "mountain_bike": _("Mountain biking"),
    "swim": _("Swimming"),
    "row": _("Rowing"),
    "row_erg": _("Rowing machine"),
    "kayak": _("Kayaking"),
    "walk": _("Walking"),
    "hike": _("Hiking"),
    "ski": _("Cross-country skiing"),
    "orienteering": _("Orienteering"),
    "triathlon": _("Triathlon"),
    "duathlon": _("Duathlon"),
    "strength": _("Strength training"),
    "circuit": _("Circuit training"),
    "hiit": _("High-intensity intervals"),
    "elliptical": _("Elliptical trainer"),
    "soccer": _("Football (soccer)"),
    "basketball": _("Basketball"),
    "rugby": _("Rugby"),
    "handball": _("Handball"),
    "hockey": _("Field hockey"),
    "ice_hockey": _("Ice hockey"),
    "volleyball": _("Volleyball"),
    "beach_volleyball": _("Beach volleyball"),
    "ultimate": _("Ultimate frisbee"),
    "water_polo": _("Water polo"),
    "tennis": _("Tennis"),
    "badminton": _("Badminton"),
    "squash": _("Squash"),
    "martial_arts": _("Martial arts"),
    "climbing": _("Climbing"),
    "yoga": _("Yoga"),
    "pilates": _("Pilates"),
    "mobility": _("Mobility and stretching"),
    "other": _("Another sport"),
}
SPORT_NAMES = {sport: _SPORT_NAMES[sport] for sport in SPORTS}

ALLERGEN_NAMES = {
    "milk": _("Milk"),
    "eggs": _("Eggs"),
    "fish": _("Fish"),
    "crustaceans": _("Crustaceans (shrimp, crab)"),
    "molluscs": _("Mollusks (mussels, squid)"),
    "peanuts": _("Peanuts"),
    "tree_nuts": _("Tree nuts"),
    "soy": _("Soy"),
    "gluten": _("Gluten"),
    "wheat": _("Wheat"),
    "sesame": _("Sesame"),
    "celery": _("Celery"),
    "mustard": _("Mustard"),
    "lupin": _("Lupin"),
    "sulphites": _("Sulfites"),
}
DIET_NAMES = {
    "vegetarian": _("Vegetarian"),
    "vegan": _("Vegan"),
    "pescatarian": _("Pescatarian"),
    "gluten-free": _("Gluten-free"),
    "dairy-free": _("Dairy-free"),
    "nut-free": _("Nut-free"),
    "halal": _("Halal"),
    "kosher": _("Kosher"),
    "low-fodmap": _("Low FODMAP"),
}
INTENSITY_NAMES = {"easy": _("Easy"), "moderate": _("Moderate"), "hard": _("Hard"), "race": _("Race effort")}
# In the middle of a line: what was read, and what a session is said to be.
EFFORT_WORDS = {"easy": _("easy"), "moderate": _("moderate"), "hard": _("hard"), "race": _("race")}
TYPE_NAMES = {
    "workout": _("Training session"),
    "race": _("Race"),
    "rest": _("Rest"),
    "unclassified": _("Not understood"),
    "not_training": _("Not training"),
}
PROVIDER_NAMES = {"ical": _("Calendar address"), "google_calendar": _("Google Calendar"), "caldav": _("CalDAV")}
FIELD_NAMES = {
    "type": _("kind"),
    "sport": _("sport"),
    "duration_minutes": _("time"),
    "distance_km": _("distance"),
    "intensity": _("effort"),
}


# What an event is called that nobody has given a title.
UNTITLED = gettext_noop("Untitled event")


def given_name(title: str, sport: str) -> str:
    """A title that stands for a missing one (the sport's name, `Training`, `Untitled event`), in the active language.

    These are stored in English; every other title is somebody's own and stays.
    """
    if title == UNTITLED:
        return gettext(UNTITLED)
    with override("en"):
        is_sport = bool(sport) and title == sport_name(sport)
    if is_sport:
        return sport_name(sport)
    return gettext("Training") if title == "Training" else title


def field_name(name: str) -> str:
    """The name of a field of an event; one that is not known here with spaces for its underscores."""
    return str(FIELD_NAMES.get(name, name.replace("_", " ")))


def sport_name(sport: str) -> str:
    """The name of a sport; one that is not known here is shown as it was written."""
    return str(SPORT_NAMES.get(sport, sport))
