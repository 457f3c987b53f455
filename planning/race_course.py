"""Places on a course, as people write them: `every 5 km`, `8, 16, 24`, `20 min, 40 min`. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

KM_PER_MILE = 1.609344
MOST_PLACES = 100
_UNITS = {
    "km": "km",
    "k": "km",
    "mi": "mi",
    "mile": "mi",
    "miles": "mi",
    "min": "min",
    "mins": "min",
    "minute": "min",
    "minutes": "min",
}
_NUMBER = re.compile(r"(\d{1,4}(?:\.\d{1,3})?)\s*([a-z]*)")
_EVERY = re.compile(r"^(?:every|each|na svakih|svakih|svaki|svaka)\s+(\d{1,4}(?:\.\d{1,3})?)\s*([a-z]*)$")


@dataclass(frozen=True, slots=True)
class Place:
    """One place: minutes from the start, and how far along it lies where that is known."""

    minute: float
    km: float | None = None


@dataclass(frozen=True, slots=True)
class Places:
    """What was written, understood: values in `unit` (km, mi, min), or one step that repeats."""

    values: tuple[float, ...]
    unit: str
    repeats: bool = False

    @property
    def text(self) -> str:
        """The same as one writes it, its unit always named, so that it means the same when units change."""
        if self.repeats:
            return f"every {self.values[0]:g} {self.unit}"
        return ", ".join(f"{value:g}" for value in self.values) + f" {self.unit}"


def read_places(text: str, *, unit: str) -> Places | None:
    """The places in a text; a number without a unit is in `unit`. None for an empty text.

    Commas part places, except where semicolons do: then they are decimal. Raises ValueError with words for the writer.
    """
    plain = " ".join(text.lower().replace("\u00a0", " ").split())
    if not plain:
        return None
    plain = plain.replace(",", ".") if ";" in plain or plain.startswith(("every", "each", "svak", "na svak")) else plain
    every = _EVERY.match(plain)
    if every:
        step, named = float(every[1]), _unit(every[2], unit)
        if step <= 0:
            raise ValueError(_("“Every 0” is no distance: write for example every 5 km."))
        return Places((step,), named, repeats=True)
    values, units = [], []
    rest = plain
    while rest:
        found = _NUMBER.match(rest)
        if found is None:
            raise ValueError(_("Write where it is: every 5 km, or 8, 16, 24 km, or 30 min, 60 min."))
        values.append(float(found[1]))
        units.append(found[2])
        rest = rest[found.end() :].lstrip(" ,;")
    used = {_unit(word, "") for word in units if word}
    if len(used) > 1:
        raise ValueError(_("Use one unit for all places: km, mi or min."))
    if len(values) > MOST_PLACES:
        raise ValueError(_("Name at most %(most)s places.") % {"most": MOST_PLACES})
    return Places(tuple(sorted(set(values))), next(iter(used), unit))


def places_on(places: Places, *, duration_minutes: float, distance_km: float | None) -> tuple[Place, ...]:
    """The places with the minute of each at an even pace, those before the finish only.

    Raises ValueError where distances are named and the length of the course is unknown.
    """
    if places.unit == "min":
        length = duration_minutes
    elif distance_km is None:
        raise ValueError(_("How long is the course? Write it above, or give minutes here (every 30 min)."))
    else:
        length = distance_km / (KM_PER_MILE if places.unit == "mi" else 1.0)
    values = list(places.values)
    if places.repeats:
        count = min(int(length / values[0]), MOST_PLACES)
        values = [values[0] * number for number in range(1, count + 1)]
    found = []
    for value in values:
        if not 0 < value < length:
            continue
        share = value / length
        found.append(Place(share * duration_minutes, None if distance_km is None else share * distance_km))
    return tuple(found)


def _unit(word: str, otherwise: str) -> str:
    if not word:
        return otherwise
    if word not in _UNITS:
        raise ValueError(_("“%(word)s” is not understood: use km, mi or min.") % {"word": word})
    return _UNITS[word]
