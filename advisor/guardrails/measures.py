"""What a fact measures, for which meal, session, day and food: what a sentence must say of its number. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from advisor.facts import Fact
from advisor.guardrails.governing_words import FACT_MEASURES, levelled
from advisor.guardrails.units import fact_unit

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_MEAL = re.compile(r"\b(breakfast|lunch|dinner|snack|food (?:before|during|after) the session)\b")
_PHASE_SLOTS = {"food before the session": "pre", "food during the session": "during", "food after the session": "post"}
_MEALS = frozenset({"breakfast", "lunch", "dinner", "snack"})
_AROUND = {"pre": frozenset({*_MEALS, "pre"}), "during": frozenset({"during"}), "post": frozenset({*_MEALS, "post"})}
_RACE_PHASES = {
    **dict.fromkeys(("pre_meal_carbs_g", "topup_carbs_g", "pre_fluid_low_ml", "pre_fluid_high_ml"), "pre"),
    **dict.fromkeys(("caffeine_mg", "meal_hours"), "pre"),
    **dict.fromkeys(("carbs_g_h", "carbs_total_g", "feed_every_20min_g", "fluid_l_h", "fluid_total_l"), "during"),
    **dict.fromkeys(("sodium_mg_h", "feed_minutes"), "during"),
    **dict.fromkeys(("recovery_carbs_g", "recovery_protein_g"), "post"),
}
_TRAINING_ENERGY = frozenset({"gross_kcal", "net_kcal", "exercise_net_kcal"})
# What a number without a unit may count; the words are levelled.
_COUNTS = {
    "foods": r"\b(?:foods?|items?|ingredients?|namirnic\w+|stvari|artik\w+|things)\b",
    "dishes": r"\b(?:dish(?:es)?|meals?|jel[aoi]|obro[kc]\w*)\b",
    "sessions": r"\b(?:sessions?|workouts?|trainings?|trening\w*)\b",
    "days": r"\b(?:days?|dan|dana|dani)\b",
    "fitness": r"\b(?:ctl|fitness|kondicij\w*|forme?)\b",
    "fatigue": r"\b(?:atl|fatigue|umor\w*)\b",
    "form": r"\b(?:tsb|form|form[aeiu]|nul[aeu])\b",
    "age": r"\b(?:age|aged|years?|godin\w*)\b",
    "met": r"\bmets?\b",
    "activity": r"\b(?:activity|pal|aktivnost\w*)\b",
    "revision": r"\b(?:revision|version|verzij\w*)\b",
    "windows": r"\b(?:stretch\w*|windows?|period\w*)\b",
    "eaten": r"\b(?:eaten|pojeden\w*)\b",
    "skipped": r"\b(?:skipped|preskocen\w*)\b",
    "locked": r"\b(?:locked|zakljucan\w*)\b",
    "changes": r"\b(?:chang\w+|would change|promen\w+)\b",
}
COUNTS = {name: re.compile(words) for name, words in _COUNTS.items()}
_COUNT_LABELS = re.compile(
    r"(?P<eaten>eaten)|(?P<skipped>skipped)|(?P<locked>locked)|(?P<changes>would change)|(?P<foods>food)"
    r"|(?P<dishes>dish|meals)|(?P<days>days (?:until|in))|(?P<windows>stretch)|(?P<fitness>ctl)|(?P<fatigue>atl)"
    r"|(?P<form>tsb|form)|(?P<sessions>session)|(?P<age>\bage)|(?P<met>\bmet\b)|(?P<activity>activity)"
    r"|(?P<revision>revision)"
)
_WORD = re.compile(r"[^\W\d_]{3,}")
_STEM = 5
# Words of food names that many foods share.
_SHARED_WORDS = """
and with without the from fresh dried frozen canned cooked dry drained plain white brown black green red yellow low
high fat lean whole light all types only nothing added unsalted salted unsweetened sweet large small mild skin
skinless boneless chopped sliced juice fortified no part brine style for not
"""
_SHARED = frozenset(_SHARED_WORDS.split())


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the number of a fact stands for; None where the fact does not say.

    `slots` are the meals and phases of a session it may be told under, `group` the dish, food or session it belongs
    to, `food` the stems of its food's name where the number is an amount of that food, `sign` whether it is a
    difference upward (`+`) or downward (`-`), `minute` a time of day, `of_training` energy that training
    takes, `key` what it shares with the name of its food.
    """

    measure: str | None
    role: str | None = None
    slots: frozenset[str] | None = None
    day: date | None = None
    group: str | None = None
    kind: str = ""
    food: frozenset[str] = frozenset()
    sign: str | None = None
    count: str | None = None
    minute: int | None = None
    of_training: bool = False
    key: str = ""


@lru_cache(maxsize=4096)
def meaning_of(fact: Fact) -> Meaning:
    """What a fact's number stands for, read from its id, kind, label, unit, source and the row it belongs to."""
    parts = fact.id.split(":")
    name, label = parts[-1], levelled(fact.label)
    group, kind = group_of(fact)
    return Meaning(
        measure=_measure(fact, parts, label),
        role=_role(fact, parts),
        slots=_slots(fact, parts, label),
        day=_day(fact, name),
        group=group,
        kind=kind,
        food=_food(fact, name),
        sign=_sign(name, label),
        count=_count(label, name) if fact_unit(fact.unit) is None else None,
        minute=clock_minute(fact.value) if isinstance(fact.value, str) else None,
        of_training=name in _TRAINING_ENERGY,
        key=food_key(fact),
    )


def clock_minute(text: str) -> int | None:
    """The minute of the day of `07:30`, None for any other text."""
    match = _CLOCK.fullmatch(text.strip())
    return None if match is None else int(match[1]) * 60 + int(match[2])


def group_of(fact: Fact) -> tuple[str | None, str]:
    """The dish, food or session that a fact belongs to, and which of these it is."""
    parts = fact.id.split(":")
    head = parts[0]
    if head in ("item", "recipe") and len(parts) > 2:
        return ":".join(parts[:2]), "dish"
    if head == "alternative" and len(parts) > 3:
        return ":".join(parts[:3]), "dish"
    if head == "food" and len(parts) > 2:
        return ":".join(parts[:2]), "food"
    if head in ("event", "done", "fueling", "race") and len(parts) == (4 if head == "fueling" else 3):
        return parts[1], "session"
    return None, ""


def food_key(fact: Fact) -> str:
    """What the name of a food and the amount of it have in common in their ids; empty for other facts."""
    if fact.kind not in ("ingredient", "ingredient_grams", "shopping", "pantry"):
        return ""
    head, _, last = fact.id.rpartition(":")
    return head if last in ("name", "grams", "quantity") else fact.id


def food_stems(text: str) -> frozenset[str]:
    """The words that name a food, cut so that plurals and cases meet."""
    return frozenset(stem_of(word) for word in _WORD.findall(levelled(text)) if word not in _SHARED)


def stem_of(word: str) -> str:
    """`potatoes` and `potato` as one: without a plural's ending, at most five letters."""
    for ending in ("oes", "ies", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)] + ("o" if ending == "oes" else "y" if ending == "ies" else "")
            break
    return word[:_STEM].rstrip("e")


def _measure(fact: Fact, parts: list[str], label: str) -> str | None:
    unit = fact_unit(fact.unit)
    if unit is None or unit[0].partition("/")[0] not in ("mass", "energy", "volume", "share"):
        return None
    if fact.kind in ("ingredient_grams", "shopping", "pantry") or (fact.kind == "food" and parts[-1] == "grams"):
        return "food"
    # The last part of an id names the value; before it stands the step that a `low_g` belongs to.
    names = [parts[-1], *([parts[-3]] if "input" in parts else []), label, *reversed(parts[-3:-1])]
    for name in names:
        match = FACT_MEASURES.search(name)
        if match is not None and match.lastgroup is not None:
            return "carbs" if match.lastgroup == "carbs_each" else match.lastgroup
        if name.startswith("feed_every"):
            return "carbs"
    return "energy" if unit[0].startswith("energy") else None


def _role(fact: Fact, parts: list[str]) -> str | None:
    if fact.kind == "plan" and ("total" in parts or "planned" in parts):
        return "planned"
    if fact.kind == "target" and parts[-1].partition("_")[0] in ("energy", "carbs", "protein", "fat", "fiber"):
        return "target"
    return None


def _slots(fact: Fact, parts: list[str], label: str) -> frozenset[str] | None:
    if fact.kind == "fueling" and len(parts) > 3:
        return _AROUND.get(parts[-2])
    if fact.kind == "race":
        return _AROUND.get(_RACE_PHASES.get(parts[-1], ""))
    if fact.kind not in ("plan", "ingredient_grams"):
        return None
    match = _MEAL.search(levelled(fact.source)) or _MEAL.search(label)
    if match is None:
        return frozenset({parts[2]}) if parts[0] == "day" and len(parts) > 3 and parts[2] in _MEALS else None
    slot = match[1]
    # What is eaten around a session is called a snack as well.
    return frozenset({_PHASE_SLOTS[slot], "snack"}) if slot in _PHASE_SLOTS else frozenset({slot, "pre", "post"})


def _day(fact: Fact, name: str) -> date | None:
    if name in ("week_tss", "last_week_tss", "hardest_tss"):
        return None
    for text in (fact.id, fact.source, fact.object_id):
        days = _ISO.findall(text)
        if len(days) == 1:
            try:
                return date.fromisoformat(days[0])
            except ValueError:
                return None
        if days:
            return None
    return None


def _food(fact: Fact, name: str) -> frozenset[str]:
    if fact.kind == "ingredient_grams":
        return food_stems(fact.label)
    if fact.kind in ("shopping", "pantry") and " of " in fact.label:
        return food_stems(fact.label.partition(" of ")[2])
    return frozenset()


def _sign(name: str, label: str) -> str | None:
    if "deficit" in name or label.startswith("less ") or label.endswith("less than the formula"):
        return "-"
    if "surplus" in name or label.startswith("more ") or "evening_extra" in name or name == "topup_carbs_g":
        return "+"
    return "-" if " less than " in label else "+" if " more than " in label else None


def _count(label: str, name: str) -> str | None:
    match = _COUNT_LABELS.search(f"{label} {name}")
    return match.lastgroup if match is not None else None
