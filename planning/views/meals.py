"""Meals and logged things as rows of a page, with what a cook and an eater need to know of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from athletes.models import Athlete
from planning.amounts import told_amount
from planning.catalogue.names import dish_name
from planning.models import DishOpinion, LogEntry, PlanItem, Recipe
from planning.phrases import tell
from planning.phrases.values import join_words
from planning.services.fitting import LEFTOVER_MINUTES
from planning.services.plans import present_item
from planning.services.stored import place_of, source_of
from planning.wording import amount_in_words, meal_in_words, servings_count, slot_name

AMOUNTS = ("energy_kcal", "carbs_g", "protein_g", "fat_g")


@dataclass(slots=True)
class Meal:
    """One planned dish as a row of a page. Amounts are None where they are unknown."""

    item: PlanItem
    is_next: bool = False
    is_unsafe: bool = False
    opinion: DishOpinion | None = None
    eaten_later: list[PlanItem] = field(default_factory=list)

    @property
    def recipe(self) -> Recipe:
        return self.item.recipe

    @property
    def name(self) -> str:
        name = dish_name(self.item.recipe)
        return _("%(dish)s, leftover") % {"dish": name} if self.item.leftover_of else name

    @property
    def slot(self) -> str:
        return slot_name(self.item.slot)

    @property
    def minute(self) -> int:
        return int(self.item.time[:2]) * 60 + int(self.item.time[3:5])

    @property
    def servings(self) -> float:
        return self.item.quarters / 4

    @property
    def cook_servings(self) -> float:
        """What is cooked here: this meal's servings and those of the later meals that eat of it."""
        return (self.item.quarters + sum(later.quarters for later in self.eaten_later)) / 4

    @property
    def kitchen_words(self) -> str:
        """What to know before cooking: how much of it is for later, or which dinner it is left from."""
        if self.item.leftover_of:
            day, slot, _index = self.item.leftover_of
            words = _("from %(meal)s, %(minutes)d min")
            return words % {"meal": meal_in_words(date.fromisoformat(day), slot), "minutes": LEFTOVER_MINUTES}
        if not self.eaten_later:
            return ""
        parts = [
            ngettext("%(amount)s is %(meal)s", "%(amount)s are %(meal)s", _one_or_more(later.quarters))
            % {"amount": amount_in_words(later.quarters / 4), "meal": meal_in_words(later.date, later.slot)}
            for later in self.eaten_later
        ]
        words = ngettext(
            "Cook %(amount)s serving: %(parts)s",
            "Cook %(amount)s servings: %(parts)s",
            servings_count(self.cook_servings),
        )
        return words % {"amount": amount_in_words(self.cook_servings), "parts": _and(parts)}

    @property
    def amounts(self) -> dict[str, float | None]:
        return {name: self.item.nutrients.get(name) for name in AMOUNTS}


def _one_or_more(quarters: int) -> int:
    """A serving and less of it are one thing, more are several."""
    return 1 if quarters <= 4 else max(2, servings_count(quarters / 4))


def _and(parts: list[str]) -> str:
    """`a and b and c`."""
    words = parts[0]
    for part in parts[1:]:
        words = join_words([words, part])
    return words


def logged_row(entry: LogEntry) -> dict[str, Any]:
    """One logged thing as a row of a list, with its slot and its amount in words; empty where there is none."""
    amount = told_amount(entry.amount)
    if entry.grams is not None and not amount.endswith(" g"):
        amount = f"{amount} ({entry.grams:.0f} g)"
    return {"logged": entry, "slot": slot_name(entry.slot) if entry.slot else "", "amount": amount}


def unsafe_in_words(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of `unsafe_items` with the day as a date and the meal named as people name it."""
    return [
        {
            **row,
            "date": date.fromisoformat(row["date"]),
            "slot": slot_name(row["slot"]).lower(),
            "reasons": [tell(reason) for reason in row["reasons"]],
        }
        for row in rows
    ]


def eaten_later(items: Sequence[PlanItem], cook: PlanItem) -> list[PlanItem]:
    """The later meals that eat what is cooked at this one and were not skipped, in their order."""
    place = place_of(cook)
    found = [
        item
        for item in items
        if item.leftover_of and source_of(item) == place and item.status != PlanItem.Status.SKIPPED
    ]
    return sorted(found, key=lambda item: (item.date, item.time))


def find_item(athlete: Athlete, item_id: str) -> PlanItem | None:
    """A meal of this athlete as the current plan has it; None when it is gone.

    A page may be older than the plan: a meal of an earlier revision is found again at the same place with the same
    dish.
    """
    mine = PlanItem.objects.filter(revision__plan__athlete=athlete).select_related("revision__plan", "recipe")
    item = mine.filter(pk=item_id).first()
    if item is None:
        raise Http404
    return present_item(item)
