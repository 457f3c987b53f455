"""How many gels, bananas or bars a session or a race takes: its carbohydrate in pieces of a food that may be eaten."""

from __future__ import annotations

import re
from typing import Any

from advisor.facts import Bundle, Fact
from advisor.intents import Intent
from advisor.intents.around import tell_planned_during
from advisor.question import Question
from advisor.readings.training import FUELING_SOURCE
from advisor.writing import Writer, event_words
from planning.models import Food
from planning.services.search import search_foods

_HOW_MANY = re.compile(
    r"\bhow many (?P<food>(?:(?!(?:do|should|for|on|in|during|would|will|to|can|must|i|per|an|a)\b)\w[\w'-]* ?){1,3}?)"
    r"(?= (?:do|should|for|on|in|during|would|will|to|can|must|i|per|an|a)\b|$)"
)
_NO_FOOD = re.compile(
    r"\b(?:carb\w*|calories|kcal|cals|grams?|g|kilos?|hours?|minutes?|mins?|days?|weeks?|times?|meals?|sessions?|"
    r"workouts?|runs?|rides?|races?|servings?|portions?|liters?|litres?|ml|mg|proteins?|snacks?|eggs?|people)\b"
)
_LOOKED_AT = 12


def _piece_asked(q: Question) -> str:
    match = _HOW_MANY.search(q.text)
    words = match["food"].strip() if match else ""
    return "" if _NO_FOOD.search(words) else words


def _event(q: Question, w: Writer) -> Any | None:
    meant = q.meant
    if meant is not None and meant.event is not None:
        return meant.event
    event_id = q.topic.get("event_id")
    return next((event for event in w.tools.events if event.pk == event_id), None)


def _piece_grams(food: Food) -> float:
    return float(food.shopping.get("piece_grams") or 0.0)


def _find_piece(w: Writer, words: str, *, with_fructose: bool) -> Food | None:
    """The reviewed food that words mean and that comes in pieces: one that may be eaten, without caffeine."""
    rows = [
        food
        for food in search_foods(words)[:_LOOKED_AT]
        if food.core and _piece_grams(food) and food.carbs_g and not food.nutrients.get("caffeine_mg")
    ]
    allowed = [food for food in rows if w.tools.check_food(food).data["allowed"]]
    # Above an hourly rate that glucose alone is taken up at, the food has to bring fructose as well.
    mixed = [food for food in allowed if "fructose" in food.name.casefold()]
    return next(iter((mixed if with_fructose and mixed else allowed) or rows), None)


def _pieces(q: Question, w: Writer) -> bool:
    words, event = _piece_asked(q), _event(q, w)
    if not words or event is None:
        return False
    w.about(event_id=event.pk, food=words, relation="during")
    told = event_words(w, event)
    fueling = w.tools.read_fueling(event)
    if not fueling.number("during.carbs_g"):
        w.say("None: at its length {event} needs no carbohydrate on the way.", event=told)
        w.say("{advice}.", advice=w.text(fueling.get("during.words")))
        return True
    food = _find_piece(w, words, with_fructose=bool(fueling.data["multiple_transportable"]))
    if food is None:
        w.say("I do not know that as a food that comes in pieces.")
        w.say("{event} takes {carbs} of carbohydrate on the way.", event=told, carbs=w.num(fueling["during.carbs_g"]))
        return True
    name = w.quoted(w.tools.read_food(food)["name"])
    if not w.tools.check_food(food).data["allowed"]:
        w.say("{dish} is excluded for you by your allergies or your diet.", dish=name)
        return True
    _count(w, event, food, name, fueling)
    tell_planned_during(w, event)
    return True


def _count(w: Writer, event: Any, food: Food, name: str, fueling: Bundle) -> None:
    piece = w.tools.read_food(food, grams=_piece_grams(food))
    each, total = piece.number("carbs_g") or 0.0, fueling.number("during.carbs_g") or 0.0
    pieces = max(1, round(total / each))
    base = f"pieces:{event.pk}:{food.pk}"
    count = Fact(f"{base}:count", "plan", f"pieces of {food.name}", float(pieces), "servings", FUELING_SOURCE, food.pk)
    # Told to five minutes: nobody eats by the second.
    apart = 5 * max(1, round((event.duration_minutes or 60.0) * each / total / 5))
    every = Fact(f"{base}:minutes", "fueling", "time between two pieces", float(apart), "min", FUELING_SOURCE, food.pk)
    w.say("About {count} of {food}, a piece counting as one.", count=w.num(count), food=name)
    w.say("{event}.", event=event_words(w, event))
    w.say("During it, take {amount} of carbohydrate in all.", amount=w.num(fueling["during.carbs_g"]))
    w.say(
        "{grams} of {food} hold {amounts}.",
        grams=w.num(piece["grams"]),
        food=name,
        amounts=w.amounts(piece, ("carbs_g",)),
    )
    if pieces > 1:
        w.say("Take one about every {minutes}, with water.", minutes=w.num(every))


def _asks_pieces(q: Question) -> bool:
    if not _piece_asked(q) or q.has(r"buy|list|shop|left|recipe|cook|dinner|lunch|breakfast"):
        return False
    return q.meant is not None and q.meant.event is not None


INTENTS = (Intent("fuel_pieces", _asks_pieces, _pieces),)
