"""Small foods, dishes and plans for the tests of shopping: known to the gram, without a solve."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from nutrition_site.kernel.clock import today
from planning.models import Food, MealPlan, PlanItem, PlanRevision, Recipe, RecipeIngredient
from planning.services.shopping import create_shopping_list


def make_food(name, **fields):
    """A reviewed food; keyword arguments of the shop facts go to `shopping`."""
    shop = {key: fields.pop(key) for key in SHOP_FACTS if key in fields}
    known = {"aisle": "Grains", "state": "dry", "core": True, "refuse_pct": None, **fields}
    return Food.objects.create(code=f"kit-{name}", name=name, shopping={"shop_unit": "g", **shop}, **known)


SHOP_FACTS = (
    "shop_unit", "pack_sizes", "piece_grams", "piece_name", "drained_fraction", "density_source",
)  # fmt: skip


def make_dish(name, grams, **fields):
    """A dish with grams of foods in one serving: `{food: grams}`."""
    dish = Recipe.objects.create(slug=f"kit-{name}", family=f"kit-{name}", name=name, slots=["lunch"], **fields)
    RecipeIngredient.objects.bulk_create(
        RecipeIngredient(recipe=dish, food=food, position=position, grams_per_serving=amount)
        for position, (food, amount) in enumerate(grams.items())
    )
    return dish


def first_day(athlete, offset=0):
    return today(athlete.timezone) + timedelta(days=offset)


def make_plan(athlete, meals, *, start=0, days=7):
    """A verified plan from today + `start`; meals are (day, slot, dish, quarters) or the same with `leftover_of`."""
    first = first_day(athlete, start)
    plan = MealPlan.objects.create(athlete=athlete, week_start=first, days=days, status="verified", revision=0)
    return revise(plan, meals)


def revise(plan, meals):
    """A new current revision with these meals."""
    number = plan.revision + 1
    revision = PlanRevision.objects.create(
        plan=plan,
        number=number,
        days=[],
        inputs_hash="sha256:kit",
        training_version=1,
        profile_version=1,
        catalogue_version="kit",
        training_data_as_of=timezone.now(),
    )
    for index, (day, slot, dish, quarters, *origin) in enumerate(meals):
        leftover = None
        if origin:
            leftover = [(plan.week_start + timedelta(days=origin[0][0])).isoformat(), *origin[0][1:]]
        PlanItem.objects.create(
            revision=revision,
            date=plan.week_start + timedelta(days=day),
            slot=slot,
            index=index,
            time="12:00",
            recipe=dish,
            quarters=quarters,
            leftover_of=leftover,
        )
    plan.revision, plan.current = number, revision
    plan.save(update_fields=["revision", "current"])
    return plan


def make_list(athlete, *, start=0, days=7):
    made, _ = create_shopping_list(
        athlete=athlete,
        first=first_day(athlete, start),
        last=first_day(athlete, start + days - 1),
        by=athlete.user,
    )
    return made


def path_of(shopping_list, rest=""):
    return f"/v1/athletes/{shopping_list.athlete_id}/shopping-lists/{shopping_list.pk}{rest}"
