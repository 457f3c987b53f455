"""Facts about the athlete, training, targets and fueling."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_noop

from advisor.facts import Bundle, Fact
from athletes.models import Athlete, TrainingEvent
from nutrition_site.kernel.clock import zone
from nutrition_site.kernel.itinerary import zone_on
from planning import mapping, science
from planning.science.caffeine import proposed_caffeine_mg
from planning.science.types import FuelingWindow, Profile
from planning.services.targets import ProfileOutOfRange, TargetDay
from planning.wording import input_name, step_name

PROFILE_SOURCE = "your profile"
FUELING_SOURCE = "fueling windows of the session"
TARGET_LABELS: dict[str, tuple[str, str]] = {
    "energy_kcal": ("energy to eat", "kcal"),
    "carbs_g": ("carbohydrate", "g"),
    "protein_g": ("protein", "g"),
    "fat_g": ("fat", "g"),
    "fiber_g": ("fiber", "g"),
    "fluid_ml": ("water, food included", "ml"),
    "sodium_mg": ("sodium", "mg"),
    "tss": ("training load", "TSS"),
    "tdee_kcal": ("energy you spend", "kcal"),
    "base_kcal": ("energy without training", "kcal"),
    "exercise_net_kcal": ("energy of the training", "kcal"),
    "energy_availability": ("energy availability", "kcal/kg FFM/d"),
    "energy_availability_at_balance": ("energy availability when you eat what you spend", "kcal/kg FFM/d"),
    "fat_pct": ("share of energy from fat", "%"),
}
_INPUT_UNITS = (
    ("_g_per_kg", "g/kg"),
    ("_kcal", "kcal"),
    ("_ml", "ml"),
    ("_mg", "mg"),
    ("_kg", "kg"),
    ("_cm", "cm"),
    ("_minutes", "min"),
    ("_pct", "%"),
    ("_g", "g"),
    ("tss", "TSS"),
)
RACE_FACTS: dict[str, tuple[str, str]] = {
    "pre_meal_carbs_g": ("carbohydrate of the last meal", "g"),
    "topup_carbs_g": ("carbohydrate shortly before the start", "g"),
    "carbs_g_h": ("carbohydrate during the race", "g/h"),
    "carbs_total_g": ("carbohydrate during the whole race", "g"),
    "feed_every_20min_g": ("carbohydrate each time", "g"),
    "fluid_l_h": ("drinking during the race", "L/h"),
    "fluid_total_l": ("drinking during the whole race", "L"),
    "sodium_mg_h": ("sodium during the race", "mg/h"),
    "caffeine_mg": ("caffeine before the start", "mg"),
    "recovery_carbs_g": ("carbohydrate over four hours after", "g"),
    "recovery_protein_g": ("protein within two hours after", "g"),
}


def profile_bundle(athlete: Athlete, today: date) -> Bundle:
    facts: dict[str, Fact] = {}

    def add(key: str, label: str, value: float | str | None, unit: str = "", kind: str = "profile") -> None:
        facts[key] = Fact(f"profile:{key}", kind, label, value, unit, PROFILE_SOURCE, athlete.pk)

    add("sport", "sport", athlete.sport or None, kind="profile_text")
    age = athlete.age_on(today)
    add("age_years", "age", None if age is None else float(age), "years")
    add("height_cm", "height", athlete.height_cm, "cm")
    add("weight_kg", "body mass", athlete.weight_kg, "kg")
    add("goals", "goals", ", ".join(athlete.goals).replace("_", " ") or None, kind="profile_text")
    add("diets", "diets", ", ".join(athlete.dietary_preferences) or None)
    add("allergies", "allergies", ", ".join(athlete.allergies).replace("_", " ") or None)
    add("dislikes", "dislikes", ", ".join(athlete.dislikes) or None, kind="profile_text")
    add("timezone", "time zone", zone_on(athlete.zones, today).key)
    return Bundle("profile", facts, {}, (today,))


def event_bundle(event: TrainingEvent, zone_name: str) -> Bundle:
    source = gettext_noop("your calendar") if event.calendar_id else gettext_noop("training you entered")
    key = f"event:{event.pk}"
    local = event.starts_at.astimezone(zone(zone_name))

    def fact(name: str, label: str, value: float | str | None, unit: str = "", kind: str = "training") -> Fact:
        return Fact(f"{key}:{name}", kind, label, value, unit, source, event.pk)

    facts = {
        "title": fact("title", gettext_noop("title"), event.title, kind="event"),
        "starts": fact("starts", "start", None if event.all_day else local.strftime("%H:%M")),
        "day": fact("day", "day", event.local_date.isoformat()),
        "duration_minutes": fact("duration_minutes", "length", event.duration_minutes, "min"),
        "distance_km": fact("distance_km", "distance", event.distance_km, "km"),
        "tss": fact("tss", "training load as stated", event.tss, "TSS"),
    }
    data = {
        "event_id": event.pk,
        "type": event.type,
        "sport": event.sport,
        "intensity": event.intensity,
        "date": event.local_date.isoformat(),
    }
    return Bundle("event", facts, data, (event.local_date,))


def target_bundle(target: TargetDay) -> Bundle:
    payload, day = target.payload, target.date
    steps = {step["name"]: step for step in payload["trace"]}
    facts: dict[str, Fact] = {}
    for name, (label, unit) in TARGET_LABELS.items():
        source = steps[name]["source"] if name in steps else "targets of the day"
        facts[name] = Fact(f"target:{day}:{name}", "target", label, payload.get(name), unit, source, str(day))
    facts["day_class"] = Fact(
        f"target:{day}:day_class", "target", "class of the day", payload["day_class"].replace("_", " "), "",
        "training load of the day", str(day),
    )  # fmt: skip
    for name, step in steps.items():
        facts.update(_step_facts(day, name, step))
    for index, session in enumerate(payload["sessions"]):
        for name, label in (("gross_kcal", "energy of the session"), ("net_kcal", "energy above everyday living")):
            facts[f"session:{session['event_id']}:{name}"] = Fact(
                f"target:{day}:session{index}:{name}", "target", label, session[name], "kcal",
                f"energy by {session['method']}", session["event_id"] or "",
            )  # fmt: skip
    data = {
        "date": day.isoformat(),
        "label": target.label,
        "day_class": payload["day_class"],
        "warnings": payload["warnings"],
        "assumed": payload["assumed"],
        "loading": payload["loading"],
        "sessions": [session["event_id"] for session in payload["sessions"]],
    }
    return Bundle("targets", facts, data, (day,))


def _step_facts(day: date, name: str, step: Mapping[str, Any]) -> dict[str, Fact]:
    """Formula, words and source of one step as quotable texts, and its numeric inputs."""
    base = f"target:{day}:trace:{name}"
    target = TARGET_LABELS[name][0] if name in TARGET_LABELS else step_name(name).lower()
    facts = {
        f"{part}:{name}": Fact(
            f"{base}:{part}", "trace", f"{label} {target}", step[part] or None, "", step["source"], str(day)
        )
        for part, label in (("words", "reason for"), ("formula", "formula of"), ("source", "source of"))
    }
    for key, value in step["inputs"].items():
        if isinstance(value, bool) or not isinstance(value, int | float):
            continue
        unit = next((unit for suffix, unit in _INPUT_UNITS if key.endswith(suffix)), "")
        facts[f"input:{name}:{key}"] = Fact(
            f"{base}:input:{key}",
            "trace",
            f"{input_name(key)[0]}, for {target}",
            float(value),
            unit,
            step["source"],
            str(day),
        )
    return facts


def filled_profile(athlete: Athlete, day: date) -> Profile:
    """The athlete as the equations see them, completed from the reference profile."""
    return science.fill_profile(mapping.science_profile(athlete, on=day))


def caffeine_mg(athlete: Athlete, day: date) -> float | None:
    """The dose that may be proposed before a race, None when none is."""
    return proposed_caffeine_mg(filled_profile(athlete, day))


def fueling_bundle(athlete: Athlete, event: TrainingEvent, following: TrainingEvent | None) -> Bundle:
    session = mapping.science_session(event, athlete.zones)
    hours = None
    if following is not None and not event.all_day:
        gap = (following.starts_at - event.starts_at).total_seconds() / 3600 - session.duration_minutes / 60
        hours = max(0.0, gap)
    profile = mapping.science_profile(athlete, on=event.local_date)
    try:
        fueling = science.fueling_windows(profile, session, next_session_in_hours=hours)
    except science.ScienceInputError as error:
        raise ProfileOutOfRange(details=[{"field": name, "message": text} for name, text in error.errors]) from error
    facts: dict[str, Fact] = {}
    windows = {"pre": fueling.pre, "during": fueling.during, "post": fueling.post}
    for name, window in windows.items():
        facts.update(_window_facts(event, name, window))
    words = {name: window.words for name, window in windows.items()}
    data = {
        "words": words,
        "event_id": event.pk,
        "multiple_transportable": fueling.multiple_transportable,
        "notices": list(fueling.notices),
        "length_assumed": mapping.is_length_assumed(event),
    }
    return Bundle("fueling", facts, data, (event.local_date,))


def _window_facts(event: TrainingEvent, name: str, window: FuelingWindow) -> dict[str, Fact]:
    def fact(key: str, label: str, value: float | str | None, unit: str) -> tuple[str, Fact]:
        when = {"pre": "before", "during": "during", "post": "after"}[name]
        return f"{name}.{key}", Fact(
            f"fueling:{event.pk}:{name}:{key}", "fueling", f"{label} {when} the session", value, unit,
            FUELING_SOURCE, event.pk,
        )  # fmt: skip

    hours = abs(window.starts_at_minute) / 60
    return dict(
        (
            fact("carbs_g", "carbohydrate", window.carbs_g, "g"),
            fact("carbs_low_g", "carbohydrate, low end", window.carbs_low_g, "g"),
            fact("carbs_high_g", "carbohydrate, high end", window.carbs_high_g, "g"),
            fact("carbs_g_h_low", "carbohydrate an hour, low end", window.carbs_g_h_low, "g/h"),
            fact("carbs_g_h_high", "carbohydrate an hour, high end", window.carbs_g_h_high, "g/h"),
            fact("protein_g", "protein", window.protein_g, "g"),
            fact("fluid_low_ml", "fluid, low end", window.fluid_low_ml, "ml"),
            fact("fluid_high_ml", "fluid, high end", window.fluid_high_ml, "ml"),
            fact("sodium_mg_h", "sodium an hour", window.sodium_mg_h, "mg/h"),
            fact("caffeine_mg", "caffeine", window.caffeine_mg, "mg"),
            fact("hours", "window opens", hours, "h"),
            fact("words", "advice", window.words or None, ""),
        )
    )


def race_bundle(event: TrainingEvent, document: Mapping[str, Any], *, assumed: tuple[str, ...], hours: float) -> Bundle:
    sources = {step["name"]: step["source"] for step in document["trace"]}
    facts = {
        name: Fact(
            f"race:{event.pk}:{name}", "race", label, document[name], unit, sources.get(name, "race-day calculation"),
            event.pk,
        )
        for name, (label, unit) in RACE_FACTS.items()
    }  # fmt: skip
    for index, name in enumerate(("pre_fluid_low_ml", "pre_fluid_high_ml")):
        facts[name] = Fact(
            f"race:{event.pk}:{name}", "race", "drinking before the start", document["pre_fluid_ml"][index], "ml",
            "race-day calculation", event.pk,
        )  # fmt: skip
    facts["meal_hours"] = Fact(
        f"race:{event.pk}:meal_hours",
        "race",
        "last meal before the start",
        hours,
        "h",
        "race-day calculation",
        event.pk,
    )
    facts["feed_minutes"] = Fact(
        f"race:{event.pk}:feed_minutes", "race", "time between feeds", 20.0, "min", "race-day calculation", event.pk
    )
    data = {"warnings": list(document["warnings"]), "assumed": list(assumed), "event_id": event.pk}
    return Bundle("race plan", facts, data, (event.local_date,))
