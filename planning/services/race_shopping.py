"""Putting what a race needs on a shopping list, once."""

from __future__ import annotations

import math
from collections import Counter

from django.db import transaction
from django.utils.translation import gettext

from athletes.models import User
from nutrition_site.kernel.clock import today
from nutrition_site.kernel.errors import Conflict
from planning.models import Food, ShoppingList
from planning.quantities import grams_text
from planning.services.pantry import TAP_WATER, open_kitchen
from planning.services.races import RaceSheet
from planning.services.shopping_own import add_own_item

# What is left over of an amount that stands on the list already is not worth a line of its own.
LEAST_GRAMS = 1.0
ROUNDING = 1e-6


def list_for_race(sheet: RaceSheet) -> ShoppingList | None:
    """The list that is shopped from for a race: the newest that holds its day, else the last one still in use."""
    athlete = sheet.event.athlete
    lists = ShoppingList.objects.filter(
        athlete=athlete, first_day__lte=sheet.day, last_day__gte=min(today(athlete.zones), sheet.day)
    )
    with_day = lists.filter(last_day__gte=sheet.day).order_by("-generated_at", "-pk").first()
    return with_day or lists.order_by("-last_day", "-generated_at", "-pk").first()


def race_grams(sheet: RaceSheet) -> dict[str, float]:
    """Edible grams by food id of what is brought along; what the course serves and tap water are not bought."""
    grams: Counter[str] = Counter()
    for need in sheet.needed:
        if need.product is None or need.on_course:
            continue
        for food_id, amount in sheet.foods.grams[need.product.key].items():
            if sheet.foods.foods[food_id].code != TAP_WATER:
                grams[food_id] += amount * need.servings
    return {food_id: amount for food_id, amount in grams.items() if amount >= LEAST_GRAMS}


def shop_for_race(*, sheet: RaceSheet, by: User) -> tuple[ShoppingList, int]:
    """Puts what the race needs on the athlete's list and returns it with the number of lines that were added.

    What stands there for food during the race day's sessions, and own lines of the same food, count already: doing it
    again adds only what is missing. Raises Conflict where there is no list.
    """
    shopping_list = list_for_race(sheet)
    if shopping_list is None:
        raise Conflict(
            gettext("There is no shopping list yet. Make one for the days before the race first."), code="no_list"
        )
    athlete = sheet.event.athlete
    label = f"{sheet.day.isoformat()} during"
    added = 0
    with transaction.atomic():
        open_kitchen(athlete.pk)
        there: Counter[str] = Counter()
        for line in shopping_list.items.exclude(food=None):
            planned = sum(use["grams"] for use in line.uses if use["for"] == label)
            there[str(line.food_id)] += (line.grams or 0.0) if line.own else planned
        wanted = race_grams(sheet)
        foods = Food.objects.in_bulk(list(wanted))
        for food_id, grams in wanted.items():
            missing = grams - there[food_id]
            if missing < LEAST_GRAMS or food_id not in foods:
                continue
            add_own_item(shopping_list=shopping_list, food_id=food_id, quantity=_amount(foods[food_id], missing), by=by)
            added += 1
    return shopping_list, added


def _amount(food: Food, grams: float) -> str:
    """What to buy so that it is enough: whole pieces of what is counted, else grams."""
    piece_grams = food.shopping.get("piece_grams")
    if piece_grams and food.shopping.get("piece_step"):
        return str(math.ceil(grams / piece_grams - ROUNDING))
    return grams_text(math.ceil(grams))
