"""Every calendar source that the contract suite knows: a name, and what makes a fresh world of it."""

from __future__ import annotations

from collections.abc import Callable

from tests.athletes.providers.caldav_world import CaldavWorld
from tests.athletes.providers.example_world import ExampleWorld
from tests.athletes.providers.google_world import GoogleWorld
from tests.athletes.providers.ical_world import IcalWorld
from tests.athletes.providers.intervals_world import IntervalsWorld
from tests.athletes.providers.world import World

WORLDS: dict[str, Callable[[], World]] = {
    "ical": IcalWorld,
    "google_calendar": GoogleWorld,
    "caldav": CaldavWorld,
    "intervals_icu": IntervalsWorld,
    "example": ExampleWorld,
}
