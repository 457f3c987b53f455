"""What is so, read from the planning services and rows themselves and not from what the advisor's tools return.

A fact is named `kind:name@day` or `kind:name`:
`target:carbs_g@tomorrow`, `total:protein_g@today` (of the planned day), `dish:dinner@tomorrow`,
`dish_nutrient:carbs_g:dinner@tomorrow`, `ingredients:dinner@tomorrow`, `title:run`, `starts:run`, `minutes:run`,
`food:chicken breast:protein_g:150`, `allergen:peanuts`, `day:run` (its date is told).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from nutrition_site.kernel.cyrillic import to_cyrillic
from planning.catalogue.names.serbian_dish_parts import dish_name
from planning.models import PlanItem
from planning.services.plans import covering_plans
from planning.services.search import search_foods
from planning.services.targets import calculate_targets
from script.support.advisor.people import Person

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip
_MONTH_STEMS_SR = (
    "januar",
    "februar",
    "mart",
    "april",
    "maj",
    "jun",
    "jul",
    "avgust",
    "septemb",
    "oktob",
    "novemb",
    "decemb",
)
_UNITS = {"kcal": "kcal", "g": "g", "ml": "ml", "mg": "mg"}


@dataclass(frozen=True)
class Told:
    """An answer as it was given: its words and its citations (`value`, `unit`, `quote`)."""

    text: str
    citations: Sequence[dict[str, Any]]


def is_told(fact: str, person: Person, told: Told) -> bool:
    """Whether an answer tells a fact: its number, cited in its unit, or its words. KeyError for a name nobody knows."""
    name, _, day = fact.partition("@")
    kind, _, rest = name.partition(":")
    return _KINDS[kind](rest, person.day(day) if day else None, person, told)


def _cited(value: float | None, unit: str, told: Told) -> bool:
    return value is not None and any(
        isinstance(row["value"], int | float)
        and row["unit"].removesuffix("/d") == unit
        and abs(row["value"] - value) <= max(0.02, 1e-4 * abs(value))
        and row["quote"] in told.text
        for row in told.citations
    )


def _unit_of(name: str) -> str:
    return _UNITS[name.rsplit("_", 1)[1]]


def _target(name: str, day: Any, person: Person, told: Told) -> bool:
    payload = calculate_targets(athlete=person.athlete, first=day, last=day)[0].payload
    return _cited(payload[name], _unit_of(name), told)


def _items(day: Any, person: Person) -> list[PlanItem]:
    plan = covering_plans(person.athlete, day, day).get(day)
    if plan is None or plan.current is None:
        return []
    return list(plan.current.items.select_related("recipe").filter(date=day).order_by("time", "slot", "index"))


def _total(name: str, day: Any, person: Person, told: Told) -> bool:
    return _cited(sum(item.nutrients[name] for item in _items(day, person)), _unit_of(name), told)


def _dish(slot: str, day: Any, person: Person, told: Told) -> bool:
    rows = [item for item in _items(day, person) if item.slot == slot]
    return bool(rows) and all(any(name in told.text for name in _names_of(item.recipe)) for item in rows)


def _names_of(recipe: Any) -> tuple[str, ...]:
    """What an answer may call a dish: by its name in the catalogue, or in Serbian by that one."""
    serbian = dish_name(recipe.name)
    return (recipe.name,) if serbian is None else (recipe.name, serbian, to_cyrillic(serbian))


def _dish_nutrient(rest: str, day: Any, person: Person, told: Told) -> bool:
    name, slot = rest.split(":")
    rows = [item for item in _items(day, person) if item.slot == slot]
    return bool(rows) and all(_cited(item.nutrients[name], _unit_of(name), told) for item in rows)


def _ingredients(slot: str, day: Any, person: Person, told: Told) -> bool:
    rows = [item for item in _items(day, person) if item.slot == slot]
    lines = [(item, line) for item in rows for line in item.recipe.ingredients.select_related("food")]
    return bool(lines) and all(
        line.food.name in told.text and _cited(item.quarters / 4 * line.grams_per_serving, "g", told)
        for item, line in lines
    )


def _title(event: str, day: Any, person: Person, told: Told) -> bool:
    return person.events[event].title in told.text


def _starts(event: str, day: Any, person: Person, told: Told) -> bool:
    row = person.events[event]
    from nutrition_site.kernel.clock import zone

    return f"{row.starts_at.astimezone(zone(person.athlete.timezone)):%H:%M}" in told.text


def _minutes(event: str, day: Any, person: Person, told: Told) -> bool:
    return _cited(person.events[event].duration_minutes, "min", told)


def _day(event: str, day: Any, person: Person, told: Told) -> bool:
    date = person.events[event].local_date
    english, serbian = MONTHS[date.month - 1], _MONTH_STEMS_SR[date.month - 1]
    return re.search(rf"\b{date.day} {english}|\b{english} {date.day}|\b{date.day}\. {serbian}", told.text) is not None


def _food(rest: str, day: Any, person: Person, told: Told) -> bool:
    words, name, grams = rest.split(":")
    food = search_foods(words).first()
    per_100 = getattr(food, name, None)
    return per_100 is not None and _cited(per_100 * float(grams) / 100, _unit_of(name), told)


def _allergen(name: str, day: Any, person: Person, told: Told) -> bool:
    return (
        name in told.text
        and re.search(r"exclud|isključ|contains|sadrži|without|bez|allerg|alerg", told.text) is not None
    )


_KINDS: dict[str, Callable[[str, Any, Person, Told], bool]] = {
    "target": _target,
    "total": _total,
    "dish": _dish,
    "dish_nutrient": _dish_nutrient,
    "ingredients": _ingredients,
    "title": _title,
    "starts": _starts,
    "minutes": _minutes,
    "day": _day,
    "food": _food,
    "allergen": _allergen,
}
