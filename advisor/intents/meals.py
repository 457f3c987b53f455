"""What to eat at a meal, on a day, over a week, on a rest day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from advisor.facts import Bundle
from advisor.intents import Intent
from advisor.intents.dishes import tell_leftover
from advisor.question import Question
from advisor.words import days_between
from advisor.writing import Writer, dish_line, event_words, pick_items, titles_on

MAIN = ("carbs_g", "protein_g", "energy_kcal")
EAT = (
    r"eat|eating|have|having|food|foods|meal|meals|menu|dish|dishes|cook|cooking|plan|planned|hungry|"
    r"fuel|fueling|fuelling"
)
WEEK_DAYS = 7
REST_HORIZON_DAYS = 14
MOST_DAYS = 3


def tell_dish(w: Writer, item: Any, *, ingredients: bool = True, why: bool = True, lead: str = "") -> Bundle:
    """One planned dish: when, what, how much of what, and why."""
    facts = w.tools.read_item(item)
    w.say(
        "{meal} at {time} is {dish}, {servings}.",
        meal=lead or w.part("{slot} {on}", slot=w.slot(item.slot), on=w.on(item.date)),
        time=w.text(facts["time"]),
        dish=w.quoted(facts["name"]),
        servings=w.num(facts["servings"]),
    )
    w.say("It gives you {amounts}.", amounts=w.amounts(facts, MAIN))
    if tell_leftover(w, item):
        ingredients = False
    if ingredients:
        w.say("For that portion: {ingredients}.", ingredients=w.ingredients(facts))
    if why:
        tell_reason(w, item.date)
    return facts


def tell_reason(w: Writer, day: date) -> None:
    """Why a day's food is as it is: its target and the session behind it, tomorrow's included."""
    target = w.tools.read_targets(day)
    sessions = [event for event in w.tools.events_on(day, day) if event.counts]
    amounts = w.amounts(target, ("carbs_g", "protein_g"))
    if sessions:
        w.say("The day asks for {amounts}, because you have {titles}.", amounts=amounts, titles=titles_on(w, day))
    else:
        w.say("The day asks for {amounts}; no training is in the calendar that day.", amounts=amounts)
    extra = target.get("input:carbs_g:evening_extra_g")
    tomorrow = [event for event in w.tools.events_on(day + timedelta(days=1), day + timedelta(days=1)) if event.counts]
    if extra is not None and (target.number("input:carbs_g:evening_extra_g") or 0) >= 1 and tomorrow:
        w.say(
            "{amount} of the carbohydrate come on top from dinner on for {event} the day after.",
            amount=w.num(extra),
            event=w.quoted(w.tools.read_event(tomorrow[0])["title"]),
        )
    elif target.data["loading"]:
        w.say("It is part of the carbohydrate loading before your race.")


def _meal(q: Question, w: Writer) -> bool:
    items = pick_items(w.tools.items_on(q.day), q.slot)
    if not items:
        w.say("Your plan for {day} has no {slot}.", day=w.day(q.day), slot=w.slot(q.slot))
        return True
    for item in items:
        tell_dish(w, item, ingredients=len(items) < 3, why=item is items[-1])
    return True


def tell_day(w: Writer, day: date) -> None:
    """A whole day: every dish with its time, the totals, and what they follow."""
    items = w.tools.items_on(day)
    if any(event.counts for event in w.tools.events_on(day, day)):
        w.say("This is your food for {day} around {titles}:", day=w.day(day), titles=titles_on(w, day))
    else:
        w.say("This is your food for {day}:", day=w.day(day))
    for item in items:
        dish_line(w, item)
    totals = w.amounts(w.tools.read_day(day), MAIN, prefix="total_")
    target = w.amounts(w.tools.read_targets(day), MAIN)
    w.para("Together {planned}; the target is {target}.", planned=totals, target=target)


def _day(q: Question, w: Writer) -> bool:
    days = list(dict.fromkeys(mention.day for mention in q.days))[:MOST_DAYS] or [q.day]
    for number, day in enumerate(days):
        if number:
            w.para("Then:")
        tell_day(w, day)
    return True


def _week(q: Question, w: Writer) -> bool:
    first, last = q.span(days=WEEK_DAYS)
    last = min(last, first + timedelta(days=WEEK_DAYS - 1))
    w.tools.load_plans(first, last)
    w.tools.load_targets(first, last)
    w.say("Your food from {first} to {last}:", first=w.day(first, near=False), last=w.day(last, near=False))
    for day in days_between(first, last):
        target = w.tools.read_targets(day)
        told = w.part(
            "{day}: {training}, {amounts}",
            day=w.day(day, near=False),
            training=titles_on(w, day),
            amounts=w.amounts(target, ("carbs_g", "protein_g")),
        )
        dinners = pick_items(w.tools.items_on(day), "dinner")
        if dinners:
            dinner = w.quoted(w.tools.read_item(dinners[0])["name"])
            w.line("{told}; dinner is {dish}.", told=told, dish=dinner)
        else:
            w.line("{told}.", told=told)
    w.para("Ask me about any of these days or meals.")
    return True


def _rest(q: Question, w: Writer) -> bool:
    days = [mention.day for mention in q.days]
    today = w.tools.today
    candidates = days or days_between(today, today + timedelta(days=REST_HORIZON_DAYS - 1))
    rest = next((day for day in candidates if not any(e.counts for e in w.tools.events_on(day, day))), None)
    if rest is None:
        event = next(e for e in w.tools.events_on(candidates[0], candidates[-1]) if e.counts)
        w.say("That is no rest day: you have {event}.", event=event_words(w, event))
        tell_day(w, candidates[0])
        return True
    if days:
        w.say("{day} is a rest day.", day=w.day(rest))
    else:
        w.say("Your next rest day is {day}.", day=w.day(rest))
    target = w.tools.read_targets(rest)
    w.say(
        "You need {amounts}: without a session the carbohydrate goes down, the protein stays.",
        amounts=w.amounts(target, MAIN),
    )
    tell_day(w, rest)
    return True


def _asks_day(q: Question) -> bool:
    if q.has(EAT):
        return bool(q.days) or q.has(r"what|plan|menu|show|tell|hungry")
    return bool(q.days) and (q.has("show|tell|what about|how about") or len(q.text.split()) <= 2)


RESTING = (
    Intent(
        "rest_day",
        lambda q: (
            q.has(r"rest days?|days? off|off days?|recovery day") and q.has(EAT + r"|need|should|when|which|next")
        ),
        _rest,
    ),
)
INTENTS = (
    Intent("week", lambda q: q.range is not None and q.has(EAT + r"|week|overview|show"), _week),
    Intent("meal", lambda q: bool(q.slot), _meal),
    Intent("day_plan", _asks_day, _day),
)
