"""What to eat at a meal, on a day, over a week, on a rest day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from advisor.facts import Bundle
from advisor.intents import Intent
from advisor.question import Question
from advisor.readings.plans import SLOT_WORDS
from advisor.words import days_between, join
from advisor.writing import Writer, event_words, pick_items

MAIN = ("carbs_g", "protein_g", "energy_kcal")
EAT = (
    r"eat|eating|have|having|food|foods|meal|meals|menu|dish|dishes|cook|cooking|plan|planned|hungry|"
    r"fuel|fueling|fuelling"
)
WEEK_DAYS = 7
REST_HORIZON_DAYS = 14


def tell_dish(w: Writer, item: Any, *, ingredients: bool = True, why: bool = True, lead: str = "") -> Bundle:
    """One planned dish: when, what, how much of what, and why."""
    facts = w.tools.read_item(item)
    slot = SLOT_WORDS.get(item.slot, item.slot)
    start = lead or f"{slot} {w.on(item.date)}"
    w.say(f"{start} at {w.text(facts['time'])} is {w.quoted(facts['name'])}, {w.num(facts['servings'])}.")
    amounts = w.amounts(facts, MAIN)
    if amounts:
        w.say(f"It gives you {amounts}.")
    if ingredients and facts.data["ingredients"]:
        w.say(f"For that portion: {w.ingredients(facts)}.")
    if why:
        tell_reason(w, item.date)
    return facts


def tell_reason(w: Writer, day: date) -> None:
    """Why a day's food is as it is: its target and the session behind it, tomorrow's included."""
    target = w.tools.read_targets(day)
    sessions = [event for event in w.tools.events_on(day, day) if event.counts]
    words = f"The day asks for {w.amounts(target, ('carbs_g', 'protein_g'))}"
    if sessions:
        titles = join([w.quoted(w.tools.read_event(event)["title"]) for event in sessions])
        w.say(f"{words}, because you have {titles}.")
    else:
        w.say(f"{words}; no training is in the calendar that day.")
    extra = target.get("input:carbs_g:evening_extra_g")
    tomorrow = [event for event in w.tools.events_on(day + timedelta(days=1), day + timedelta(days=1)) if event.counts]
    if extra is not None and (target.number("input:carbs_g:evening_extra_g") or 0) >= 1 and tomorrow:
        title = w.quoted(w.tools.read_event(tomorrow[0])["title"])
        w.say(f"{w.num(extra)} of the carbohydrate come on top from dinner on for {title} the day after.")
    elif target.data["loading"]:
        w.say("It is part of the carbohydrate loading before your race.")


def _meal(q: Question, w: Writer) -> bool:
    items = pick_items(w.tools.items_on(q.day), q.slot)
    if not items:
        w.say(f"Your plan for {w.day(q.day)} has no {q.slot}.")
        return True
    for item in items:
        tell_dish(w, item, ingredients=len(items) < 3, why=item is items[-1])
    return True


def tell_day(w: Writer, day: date) -> None:
    """A whole day: every dish with its time, the totals, and what they follow."""
    items = w.tools.items_on(day)
    sessions = [event for event in w.tools.events_on(day, day) if event.counts]
    trained = (
        f" around {join([w.quoted(w.tools.read_event(event)['title']) for event in sessions])}" if sessions else ""
    )
    w.say(f"This is your food for {w.day(day)}{trained}:")
    for item in items:
        facts = w.tools.read_item(item)
        slot = SLOT_WORDS.get(item.slot, item.slot)
        w.line(
            f"{w.text(facts['time'])} {slot}: {w.quoted(facts['name'])}, {w.num(facts['servings'])}, "
            f"{w.amounts(facts, ('carbs_g', 'protein_g'))}."
        )
    totals = w.tools.read_day(day)
    target = w.tools.read_targets(day)
    w.para(f"Together {w.amounts(totals, MAIN, prefix='total_')}; the target is {w.amounts(target, MAIN)}.")


def _day(q: Question, w: Writer) -> bool:
    tell_day(w, q.day)
    return True


def _week(q: Question, w: Writer) -> bool:
    first, last = q.span(days=WEEK_DAYS)
    last = min(last, first + timedelta(days=WEEK_DAYS - 1))
    w.tools.load_plans(first, last)
    w.tools.load_targets(first, last)
    w.say(f"Your food from {w.day(first, near=False)} to {w.day(last, near=False)}:")
    for day in days_between(first, last):
        target = w.tools.read_targets(day)
        sessions = [event for event in w.tools.events_on(day, day) if event.counts]
        trained = join([w.quoted(w.tools.read_event(event)["title"]) for event in sessions]) or "no training"
        dinners = pick_items(w.tools.items_on(day), "dinner")
        dinner = f"; dinner is {w.quoted(w.tools.read_item(dinners[0])['name'])}" if dinners else ""
        w.line(f"{w.day(day, near=False)}: {trained}, {w.amounts(target, ('carbs_g', 'protein_g'))}{dinner}.")
    w.para("Ask me about any of these days or meals.")
    return True


def _rest(q: Question, w: Writer) -> bool:
    days = [mention.day for mention in q.days]
    today = w.tools.today
    candidates = days or days_between(today, today + timedelta(days=REST_HORIZON_DAYS - 1))
    rest = next((day for day in candidates if not any(e.counts for e in w.tools.events_on(day, day))), None)
    if rest is None:
        event = next(e for e in w.tools.events_on(candidates[0], candidates[-1]) if e.counts)
        w.say(f"That is no rest day: you have {event_words(w, event)}.")
        tell_day(w, candidates[0])
        return True
    w.say(f"Your next rest day is {w.day(rest)}." if not days else f"{w.day(rest)} is a rest day.")
    target = w.tools.read_targets(rest)
    w.say(f"You need {w.amounts(target, MAIN)}: without a session the carbohydrate goes down, the protein stays.")
    tell_day(w, rest)
    return True


RESTING = (
    Intent(
        "rest_day",
        lambda q: q.has(r"rest days?|days? off|off days?|recovery day") and q.has(EAT + r"|need|should"),
        _rest,
    ),
)
INTENTS = (
    Intent("week", lambda q: q.range is not None and q.has(EAT + r"|week|overview|show"), _week),
    Intent("meal", lambda q: bool(q.slot), _meal),
    Intent("day_plan", lambda q: q.has(EAT) and (bool(q.days) or q.has(r"what|plan|menu|show|tell|hungry")), _day),
)
