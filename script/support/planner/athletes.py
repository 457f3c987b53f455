"""Random athletes for the soak: any body, diet, week and calendar that the product lets somebody enter.

Most of them could exist: a diet, an allergy, an hour in the kitchen. A declared share is contrary and gets whatever the
forms let in, three diets, ten minutes and next to no money together, because refusals must be true as well.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from nutrition_site.kernel.vocabulary import ALLERGENS, DIETS

SPORTS = ("run", "cycle", "swim", "triathlon", "strength", "soccer", "row", "climbing", "yoga", "hike", "tennis")
SPORTS += ("basketball", "boxing", "ski", "dance", "ultimate frisbee", "")
ZONES = ("Europe/Belgrade", "UTC", "America/New_York", "America/Los_Angeles", "Asia/Tokyo", "Pacific/Auckland")
ZONES += ("Asia/Kathmandu", "America/St_Johns", "Australia/Lord_Howe")
WORDS = ("tuna", "mushroom", "broccoli", "liver", "oat", "tofu", "egg", "rice", "banana", "cheese", "onion", "pasta")
WORDS += ("chicken", "beef", "milk", "bread", "potato", "bean", "yogurt", "salmon", "durian")
CUISINES = ("italian", "serbian", "balkan", "mexican", "indian", "japanese", "mediterranean", "american")
TAGS = ("red_meat", "poultry", "fish", "legumes", "egg", "dairy")
FORBIDDEN = {
    "red_meat": {"vegetarian", "vegan", "pescatarian"},
    "poultry": {"vegetarian", "vegan", "pescatarian"},
    "fish": {"vegetarian", "vegan", "fish"},
    "egg": {"vegan", "eggs"},
    "dairy": {"vegan", "dairy-free", "milk"},
    "legumes": {"low-fodmap"},
}
# Weeks that hold a year's end, a leap day, and the changes of the clock of three continents.
TURNS = (date(2025, 12, 27), date(2026, 12, 28), date(2024, 2, 26), date(2026, 3, 27), date(2026, 10, 22))
TURNS += (date(2026, 3, 6), date(2026, 10, 30), date(2026, 4, 3), date(2026, 9, 25), date(2026, 4, 2))
USUAL = date(2026, 9, 7)
CONTRARY = 0.05


@dataclass(frozen=True)
class Person:
    """Everything one athlete has entered. A session is (day, minute, minutes, sport, intensity, race, all day)."""

    number: int
    profile: dict[str, Any]
    rules: dict[str, Any] | None
    pantry: tuple[float, ...]
    opinions: tuple[tuple[int, bool, int | None], ...]
    first: date
    count: int
    sessions: tuple[dict[str, Any], ...]
    contrary: bool


def random_person(seed: int, number: int) -> Person:
    """The same person for the same seed and number, on every machine."""
    rng = random.Random(f"{seed}:{number}")
    first = rng.choice(TURNS) + timedelta(days=rng.randrange(-2, 3)) if rng.random() < 0.3 else _any_day(rng)
    count = rng.choices((7, 1, 3, 10, 14), (80, 5, 5, 5, 5))[0]
    contrary = rng.random() < CONTRARY
    profile = _body(rng, first) | (_any_table(rng) if contrary else _table(rng))
    return Person(
        number=number,
        profile=profile,
        rules=_rules(rng, profile["dietary_preferences"] + profile["allergies"], contrary=contrary)
        if rng.random() < 0.25
        else None,
        pantry=tuple(round(rng.uniform(20, 1500), 1) for _ in range(rng.randrange(1, 8)))
        if rng.random() < 0.15
        else (),
        opinions=_opinions(rng) if rng.random() < 0.2 else (),
        first=first,
        count=count,
        sessions=tuple(_sessions(rng, first, count, profile["sport"], contrary=contrary)),
        contrary=contrary,
    )


def _any_day(rng: random.Random) -> date:
    return USUAL + timedelta(days=rng.randrange(0, 200))


def _body(rng: random.Random, first: date) -> dict[str, Any]:
    sex = rng.choice("FM")
    age = rng.choices((rng.randrange(13, 18), rng.randrange(18, 45), rng.randrange(45, 80)), (12, 68, 20))[0]
    height = rng.gauss(168 if sex == "F" else 180, 8) - (6 if age < 16 else 0)
    bmi = min(36.0, max(16.0, rng.gauss(22.5, 2.8)))
    goals = rng.choices(
        ([], ["performance"], ["weight_loss"], ["muscle_gain"], ["weight_loss", "muscle_gain"]), (40, 20, 20, 15, 5)
    )[0]
    body: dict[str, Any] = {
        "sex": sex,
        "birth_date": first - timedelta(days=365 * age + rng.randrange(0, 364)),
        "height_cm": round(min(215.0, max(140.0, height)), 1),
        "weight_kg": round(min(140.0, max(35.0, bmi * (height / 100) ** 2)), 1),
        "sport": rng.choice(SPORTS[:-1]),
        "timezone": rng.choice(ZONES),
        "goals": goals,
    }
    if goals and rng.random() < 0.5:
        body |= {"rate_pct_per_week": round(rng.uniform(0.1, 1.0), 2), "surplus_kcal": float(rng.randrange(100, 600))}
    if rng.random() < 0.2:
        body["body_fat_pct"] = round(rng.uniform(15, 38) if sex == "F" else rng.uniform(6, 30), 1)
    if rng.random() < 0.1:
        body["vo2max"] = round(rng.uniform(28, 75), 1)
    if rng.random() < 0.1:
        body["pal_nonexercise"] = rng.choice((1.2, 1.3, 1.4, 1.5, 1.6))
    if sex == "F" and age >= 18 and rng.random() < 0.06:
        body[rng.choice(("pregnant", "lactating"))] = True
    if rng.random() < 0.03:
        body["ed_flag"] = True
    if rng.random() < 0.1:
        # A profile that says nearly nothing.
        for name in rng.sample(("sex", "weight_kg", "height_cm", "birth_date"), rng.randrange(1, 5)):
            body[name] = None
    return body


def _table(rng: random.Random) -> dict[str, Any]:
    """What somebody eats who could exist."""
    diets = rng.sample(DIETS, rng.choices((0, 1, 2), (58, 38, 4))[0])
    table: dict[str, Any] = {
        "dietary_preferences": sorted(diets),
        "allergies": sorted(rng.sample(ALLERGENS, rng.choices((0, 1, 2), (74, 20, 6))[0]) if len(diets) < 2 else []),
        "dislikes": sorted(rng.sample(WORDS, rng.choices((0, 1, 2, 4), (62, 22, 13, 3))[0])),
        "cuisines": sorted(rng.sample(CUISINES, rng.choices((0, 1, 3), (60, 25, 15))[0])),
    }
    if rng.random() < 0.35:
        table["max_prep_minutes"] = rng.choices((30, 45, 60, 75, 90, 120, 180), (4, 12, 24, 16, 22, 14, 8))[0]
    if rng.random() < 0.25:
        table["weekly_budget_minor"] = rng.choices((5500, 7000, 9000, 12000, 20000), (10, 22, 28, 25, 15))[0]
        table["currency"] = rng.choices(("EUR", "", "RSD"), (70, 20, 10))[0]
    if rng.random() < 0.08:
        name, low, high = rng.choice((("protein_g_per_kg", 1.2, 2.2), ("carbs_g_per_kg", 3.0, 8.0)))
        table["macro_overrides"] = {name: round(rng.uniform(low, high), 1)}
    return table


def _any_table(rng: random.Random) -> dict[str, Any]:
    """Whatever the forms let in."""
    table: dict[str, Any] = {
        "dietary_preferences": sorted(rng.sample(DIETS, rng.choices((0, 1, 2, 3), (45, 33, 15, 7))[0])),
        "allergies": sorted(rng.sample(ALLERGENS, rng.choices((0, 1, 2, 3, 4), (55, 22, 12, 7, 4))[0])),
        "dislikes": sorted(rng.sample(WORDS, rng.choices((0, 1, 2, 5), (60, 20, 15, 5))[0])),
        "cuisines": sorted(rng.sample(CUISINES, rng.choices((0, 1, 3), (60, 25, 15))[0])),
    }
    if rng.random() < 0.4:
        limits = (10, 20, 30, 45, 60, 75, 90, 120, 180)
        table["max_prep_minutes"] = rng.choices(limits, (2, 3, 5, 10, 20, 15, 20, 15, 10))[0]
    if rng.random() < 0.3:
        budgets = (1500, 3000, 4500, 6000, 8000, 12000, 20000)
        table["weekly_budget_minor"] = rng.choices(budgets, (4, 8, 15, 20, 20, 18, 15))[0]
        table["currency"] = rng.choices(("EUR", "", "RSD"), (70, 20, 10))[0]
    if rng.random() < 0.15:
        wanted = {
            "protein_g_per_kg": round(rng.uniform(0.8, 3.0), 1),
            "carbs_g_per_kg": round(rng.uniform(1.5, 11.0), 1),
            "fat_min_pct": float(rng.randrange(20, 41)),
        }
        names = rng.sample(sorted(wanted), rng.randrange(1, 3))
        table["macro_overrides"] = {name: wanted[name] for name in names}
    return table


def _rules(rng: random.Random, filters: list[str], *, contrary: bool) -> dict[str, Any]:
    most = {tag: rng.randrange(0, 5) for tag in rng.sample(TAGS, rng.randrange(0, 3))}
    # Somebody contrary asks for what their diet forbids.
    asked = rng.sample(TAGS, rng.choices((0, 1, 2), (55, 35, 10))[0])
    kept = [tag for tag in asked if contrary or not FORBIDDEN.get(tag, set()) & set(filters)]
    least = {tag: rng.randrange(1, 4) for tag in kept}
    return {
        "weekly_max": most,
        "weekly_min": {tag: min(count, most.get(tag, count)) for tag, count in least.items()},
        "prep_minutes": {
            str(day): rng.choices((15, 30, 60, 120), (8, 22, 40, 30) if contrary else (0, 10, 50, 40))[0]
            for day in rng.sample(range(7), rng.randrange(0, 4))
        },
        "batch_weekdays": sorted(rng.sample(range(7), rng.choices((0, 1, 2), (60, 30, 10))[0])),
        "leftovers": rng.random() < 0.8,
        "max_repeats_per_week": rng.choices((1, 2, 3, 5), (15, 55, 20, 10) if contrary else (3, 60, 25, 12))[0],
    }


def _opinions(rng: random.Random) -> tuple[tuple[int, bool, int | None], ...]:
    return tuple((rng.randrange(10_000), rng.random() < 0.4, rng.choice((None, 1, 2, 5))) for _ in range(8))


def _sessions(rng: random.Random, first: date, count: int, sport: str, *, contrary: bool) -> list[dict[str, Any]]:
    weekly = rng.choices(
        (0, rng.randrange(1, 5), rng.randrange(4, 9), rng.randrange(8, 13)),
        (8, 32, 40, 20) if contrary else (10, 40, 44, 6),
    )[0]
    made = []
    for _ in range(round(weekly * (count + 7) / 7)):
        long = rng.random() < (0.15 if contrary else 0.08)
        minutes = rng.choice((120, 150, 180, 240, 300, 360)) if long else rng.choice((15, 30, 45, 60, 75, 90))
        session: dict[str, Any] = {
            "day": first + timedelta(days=rng.randrange(-1, count + 6)),
            "minute": rng.choice((300, 360, 420, 540, 720, 1020, 1080, 1200, 1410, rng.randrange(0, 1440))),
            "minutes": None if rng.random() < 0.04 else float(minutes),
            "sport": sport if rng.random() < 0.75 else rng.choice(SPORTS),
            "intensity": rng.choice(("easy", "moderate", "hard", None)),
            "type": rng.choices(("workout", "race", "rest", "not_training"), (88, 5, 4, 3))[0],
            "all_day": rng.random() < 0.03,
        }
        if rng.random() < 0.1:
            session["avg_hr"] = float(rng.randrange(95, 190))
        if rng.random() < 0.1:
            session["avg_power_w"] = float(rng.randrange(80, 330))
        if rng.random() < 0.1:
            session["rpe"] = float(rng.randrange(2, 11))
        made.append(session)
        if rng.random() < 0.15:
            made.append({**session, "minute": min(1439, session["minute"] + 420), "intensity": "easy"})
    return made


def settle(person: Person) -> Any:
    """The person as rows of the database; the caller's transaction is rolled back afterwards."""
    from athletes.models import Athlete, TrainingEvent, User
    from planning.models import DishOpinion, PantryItem, PlanningRules, Recipe, RecipeIngredient

    user = User.objects.create(email=f"soak{person.number}@example.com", password="!")
    athlete = Athlete.objects.create(user=user, name=f"Soak {person.number}", **person.profile)
    local = ZoneInfo(athlete.timezone)
    events = []
    for session in person.sessions:
        start = datetime.combine(session["day"], time(session["minute"] // 60, session["minute"] % 60), tzinfo=local)
        extra = {name: session[name] for name in ("avg_hr", "avg_power_w", "rpe") if name in session}
        events.append(
            TrainingEvent(
                athlete=athlete,
                type=session["type"],
                sport=session["sport"],
                title=f"{session['intensity'] or ''} {session['sport']}".strip() or "Training",
                starts_at=start.astimezone(UTC),
                local_date=session["day"],
                all_day=session["all_day"],
                duration_minutes=session["minutes"],
                intensity=session["intensity"],
                **extra,
            )
        )
    TrainingEvent.objects.bulk_create(events)
    if person.rules is not None:
        PlanningRules.objects.create(athlete=athlete, **person.rules)
    if person.opinions:
        families = sorted(set(Recipe.objects.values_list("family", flat=True)))
        chosen = {families[number % len(families)]: (number, liked, rated) for number, liked, rated in person.opinions}
        DishOpinion.objects.bulk_create(
            DishOpinion(athlete=athlete, family=family, favorite=liked, rating=rated)
            for family, (_, liked, rated) in chosen.items()
        )
    if person.pantry:
        foods = sorted(set(RecipeIngredient.objects.values_list("food_id", flat=True)))
        PantryItem.objects.bulk_create(
            PantryItem(athlete=athlete, food_id=foods[(person.number * 31 + place * 17) % len(foods)], grams=grams)
            for place, grams in enumerate(dict.fromkeys(person.pantry))
        )
    athlete.refresh_from_db()
    return athlete
