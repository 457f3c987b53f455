"""Thirty athletes of every diet, sport and load, made from one seed: the product is judged on what they get to eat.

Between them they hold every diet and most allergens of the contract, 45 to 110 kg, rest days to four hours a day, two
sessions a day, races, weight goals in both directions, minors, pregnancy, and profiles that say nearly nothing.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from athletes.models import Athlete, TrainingEvent
from tests import factories

MONDAY = date(2026, 10, 5)
SEED = 30

# (diets, allergies, dislikes) by athlete; the contract's nine diets all occur, alone or together.
TABLE_MANNERS: tuple[tuple[list[str], list[str], list[str]], ...] = (
    ([], [], []),
    (["vegetarian"], [], []),
    (["vegan"], [], []),
    (["pescatarian"], [], ["tuna"]),
    (["gluten-free"], ["gluten", "wheat"], []),
    (["dairy-free"], ["milk"], []),
    (["nut-free"], ["peanuts", "tree_nuts"], []),
    (["halal"], [], []),
    (["kosher"], [], []),
    (["low-fodmap"], [], []),
    (["vegan"], ["soy"], []),
    (["vegan", "nut-free"], ["peanuts", "tree_nuts"], []),
    (["vegetarian", "gluten-free"], [], []),
    (["vegetarian"], ["eggs"], ["mushroom"]),
    ([], ["fish", "crustaceans", "molluscs"], []),
    ([], ["sesame", "mustard", "celery"], []),
    (["gluten-free", "dairy-free"], [], []),
    (["halal"], ["milk"], []),
    (["pescatarian", "dairy-free"], [], []),
    ([], ["eggs", "milk"], []),
    (["vegan", "gluten-free"], [], []),
    ([], [], ["broccoli", "liver", "oat"]),
    (["vegetarian"], ["lupin", "sulphites"], []),
    ([], ["wheat"], []),
    (["vegan"], [], ["tofu"]),
    (["kosher"], ["sesame"], []),
    (["vegetarian", "nut-free"], [], []),
    (["low-fodmap"], [], []),
    ([], ["soy"], []),
    (["halal", "gluten-free"], [], []),
)

# Minutes of training from Monday to Sunday; a pair is two sessions a day.
LOADS: tuple[tuple[Any, ...], ...] = (
    (0, 60, 0, 75, 0, 120, 0),
    (45, 60, 45, 60, 0, 180, 60),
    (60, (60, 45), 60, (75, 45), 0, 150, 90),
    (0, 90, 60, 90, 0, 240, 120),
    (0, 0, 0, 0, 0, 0, 0),
    ((90, 60), 120, (90, 60), 120, 60, 240, 180),
    (30, 0, 30, 0, 30, 45, 0),
    (60, 60, 60, 60, 60, 60, 60),
)
SPORTS = ("run", "cycle", "swim", "triathlon", "strength", "soccer", "row", "climbing", "yoga", "hike")
ZONES = ("Europe/Belgrade", "UTC", "America/Los_Angeles", "Asia/Tokyo", "Pacific/Auckland")
TITLES = {"easy": "Easy", "moderate": "Steady", "hard": "Intervals"}


@dataclass(frozen=True)
class Person:
    """One athlete to be. A session is (day, minute of the day, minutes, sport, intensity, is a race)."""

    number: int
    profile: dict[str, Any]
    sessions: tuple[tuple[int, int, int, str, str, bool], ...]
    traits: frozenset[str] = field(default_factory=frozenset)


def thirty_people() -> list[Person]:
    """Always the same thirty."""
    rng = random.Random(SEED)
    return [_person(number, rng) for number in range(30)]


def _person(number: int, rng: random.Random) -> Person:
    diets, allergies, dislikes = TABLE_MANNERS[number]
    sex = "FM"[number % 2]
    weight = round(45 + 65 * ((number * 7) % 30) / 29, 1)
    height = min(208.0, max(148.0, round(100 * math.sqrt(weight / rng.uniform(20.0, 25.5)), 1)))
    sport = SPORTS[number % len(SPORTS)]
    traits: set[str] = set()
    profile: dict[str, Any] = {
        "sport": sport,
        "sex": sex,
        "weight_kg": weight,
        "height_cm": height,
        "birth_date": date(1970 + rng.randrange(0, 34), rng.randrange(1, 13), rng.randrange(1, 28)),
        "timezone": ZONES[number % len(ZONES)],
        "dietary_preferences": diets,
        "allergies": allergies,
        "dislikes": dislikes,
        "goals": [],
    }
    if number % 5 == 1:
        profile["goals"] = ["weight_loss"]
        traits.add("lose")
    if number % 5 == 3:
        profile["goals"] = ["muscle_gain"]
        traits.add("gain")
    if number in (7, 22):
        profile["birth_date"] = date(2010, 3, 4)
        profile["weight_kg"] = min(weight, 62.0)
        traits.add("minor")
    if number == 14:
        profile.update(sex="F", pregnant=True, weight_kg=66.0, height_cm=168.0, birth_date=date(1994, 2, 2))
        traits.add("pregnant")
    if number in (4, 26):
        for name in ("sex", "weight_kg", "height_cm", "birth_date"):
            profile[name] = None
        traits.add("thin")
    if number % 6 == 2:
        profile["body_fat_pct"] = 22.0 if sex == "F" else 14.0
    if number % 9 == 5:
        profile["max_prep_minutes"] = 75
        traits.add("short of time")
    load = LOADS[(number * 3) % len(LOADS)]
    sessions = [(day, *session) for day, minutes in enumerate(load) for session in _sessions(minutes, sport, rng)]
    if number in (2, 9, 17):
        sessions = [session for session in sessions if session[0] != 6]
        sessions.append((6, 540, 180, "run" if sport == "yoga" else sport, "race", True))
        traits.add("race")
    return Person(number, profile, tuple(sessions), frozenset(traits))


def _sessions(minutes: Any, sport: str, rng: random.Random) -> list[tuple[int, int, str, str, bool]]:
    parts = minutes if isinstance(minutes, tuple) else (minutes,)
    made = []
    for index, part in enumerate(parts):
        if not part:
            continue
        start = (rng.choice((390, 420, 540, 1050)) if index == 0 else 1080) if part < 150 else rng.choice((480, 540))
        if len(parts) > 1 and index == 0:
            start = 420
        intensity = rng.choice(("easy", "moderate", "hard")) if part <= 90 else "moderate"
        made.append((start, part, sport, intensity, False))
    return made


def settle(person: Person, *, monday: date = MONDAY) -> Athlete:
    """The person as an athlete of the product, with the training of the week from `monday`."""
    athlete = factories.make_athlete(
        email=f"person{person.number}@example.com", name=f"Person {person.number}", **person.profile
    )
    for day, minute, minutes, sport, intensity, race in person.sessions:
        make_event(athlete, monday + timedelta(days=day), minute, minutes, sport=sport, intensity=intensity, race=race)
    return athlete


def make_event(
    athlete: Athlete,
    day: date,
    minute: int,
    minutes: float | None,
    *,
    sport: str = "run",
    intensity: str | None = "moderate",
    race: bool = False,
    title: str = "",
    **fields: Any,
) -> TrainingEvent:
    """A manual event at a local minute of the athlete's day, as the services would store it."""
    local = datetime.combine(day, time(minute // 60, minute % 60), tzinfo=ZoneInfo(athlete.timezone))
    name = title or f"{'Race' if race else TITLES.get(intensity or '', '')} {sport} {minutes or ''}min".strip()
    return TrainingEvent.objects.create(
        athlete=athlete,
        type="race" if race else "workout",
        sport=sport,
        title=name,
        starts_at=local.astimezone(UTC),
        local_date=day,
        duration_minutes=minutes,
        intensity=intensity,
        **fields,
    )
