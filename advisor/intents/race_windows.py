"""What a race asks for before, during and after it, told once for every question about it.

The numbers before and during the race are those of the race-day calculation. What comes after depends on when the next
session is, so it is that of the session's own windows, as on the page of the day.
"""

from __future__ import annotations

from typing import Any

from advisor.facts import Fact
from advisor.intents.around import planned_around, starts_minute
from advisor.writing import Writer

# Less than this is no difference that anybody would feel.
SHORT_BY_G = 15.0


def tell_race_window(w: Writer, race: Any, relation: str) -> None:
    """The lines for `before`, `during` or `after` a race whose length is known."""
    if relation == "before":
        _before(w, race)
    elif relation == "during":
        _during(w, race)
    else:
        _after(w, race)


def _before(w: Writer, race: Any) -> None:
    plan = w.tools.read_race_plan(race)
    w.line(
        "The last meal, {hours} before the start: {amount} of carbohydrate, familiar, low in fiber and fat.",
        hours=w.num(plan["meal_hours"]),
        amount=w.num(plan["pre_meal_carbs_g"]),
    )
    w.line(
        "To drink until then: {low} to {high}, in small amounts.",
        low=w.num(plan["pre_fluid_low_ml"]),
        high=w.num(plan["pre_fluid_high_ml"]),
    )
    if plan.number("topup_carbs_g"):
        w.line("Shortly before the start: {amount} of carbohydrate.", amount=w.num(plan["topup_carbs_g"]))
    if plan.number("caffeine_mg"):
        w.line(
            "Caffeine, only if you tested it in training: {amount} about an hour before.",
            amount=w.num(plan["caffeine_mg"]),
        )


def _during(w: Writer, race: Any) -> None:
    plan = w.tools.read_race_plan(race)
    if plan.number("carbs_g_h"):
        w.line("During the race: {rate} of carbohydrate.", rate=w.num(plan["carbs_g_h"]))
        w.line(
            "In all that is {total}, taken as {each} at a time with {minutes} between.",
            total=w.num(plan["carbs_total_g"]),
            each=w.num(plan["feed_every_20min_g"]),
            minutes=w.num(plan["feed_minutes"]),
        )
    w.line("To drink: {rate}, by thirst and never more than you sweat.", rate=w.num(plan["fluid_l_h"]))
    if plan.number("sodium_mg_h"):
        w.line("Sodium: {rate}.", rate=w.num(plan["sodium_mg_h"]))


def _after(w: Writer, race: Any) -> None:
    fueling = w.tools.read_fueling(race)
    if fueling.number("post.carbs_g"):
        w.line(
            "After it: {carbs} of carbohydrate and {protein} of protein.",
            carbs=w.num(fueling["post.carbs_g"]),
            protein=w.num(fueling["post.protein_g"]),
        )
    else:
        w.line("After it: {protein} of protein.", protein=w.num(fueling.get("post.protein_g")))
    w.say("{advice}.", advice=w.text(fueling.get("post.words")))


def tell_race_dishes(w: Writer, race: Any, relation: str) -> None:
    """The dishes that are planned for it already, with what is short of the last meal; makes no plan."""
    day = race.local_date
    if w.tools.planned_plan(day) is None:
        w.para("The dishes of that day are planned when it is nearer.")
        return
    start = starts_minute(w, race)
    if relation == "before" and start is not None:
        items = [item for item in w.tools.items_on(day) if item.slot != "during" and item.time < start]
    else:
        items = planned_around(w, race, relation)
    if not items:
        return
    dishes = []
    for item in items:
        facts = w.tools.read_item(item)
        dishes.append(w.part("{dish} at {time}", dish=w.quoted(facts["name"]), time=w.text(facts["time"])))
    values = [w.tools.read_item(item).number("carbs_g") for item in items]
    if None in values:
        w.para("Planned for it: {dishes}.", dishes=w.join(dishes))
        return
    total = sum(value for value in values if value is not None)
    key = f"race:{race.pk}:planned:{relation}"
    planned = Fact(key, "plan", f"carbohydrate planned {relation} the race", round(total, 1), "g", "meal plan", race.pk)
    w.para(
        "Planned for it: {dishes}, with {amount} of carbohydrate in all.",
        dishes=w.join(dishes),
        amount=w.num(planned),
    )
    plan = w.tools.read_race_plan(race)
    short = (plan.number("pre_meal_carbs_g") or 0.0) + (plan.number("topup_carbs_g") or 0.0) - total
    if relation == "before" and short >= SHORT_BY_G:
        label = "less carbohydrate planned than the race asks for"
        less = Fact(f"{key}:short", "race", label, round(short), "g", "race-day calculation", race.pk)
        w.say("That is {amount} less than the race asks for; have more of what you know.", amount=w.num(less))
