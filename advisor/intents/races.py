"""Races: when they are, the plan for the day, its breakfast, caffeine, and the loading before."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from advisor.dates import is_upcoming
from advisor.facts import Fact
from advisor.intents import Intent
from advisor.intents.race_windows import tell_race_dishes, tell_race_window
from advisor.question import Question
from advisor.words import days_between
from advisor.writing import Writer, event_words, why_of

RACE_HORIZON_DAYS = 400
LOADING_DAYS = 3


def next_race(q: Question, w: Writer) -> Any | None:
    """The race a question names, else the next one; None without any."""
    named = q.meant.event if q.meant is not None else None
    if named is not None and named.type == "race":
        return named
    if q.meant is not None and q.meant.missing and q.days:
        w.say("I see no {event} {on} in your calendar.", event=w.language.called(q.meant.missing), on=w.on(q.day))
    tools = w.tools
    until = tools.today + timedelta(days=RACE_HORIZON_DAYS)
    races = [event for event in tools.events_on(tools.today, until) if event.type == "race" and event.counts]
    return next((event for event in races if is_upcoming(event, now=tools.now, today=tools.today)), None)


def _no_race(w: Writer) -> bool:
    w.say("There is no race in your calendar.")
    w.say("Add it as a race with its length, and the days before it are planned for it.")
    return True


def _next_race(q: Question, w: Writer) -> bool:
    race = next_race(q, w)
    if race is None:
        return _no_race(w)
    w.about(event_id=race.pk)
    w.say("Your next race is {event}.", event=event_words(w, race))
    w.say("Ask me for the race plan to see what to eat and drink before, during and after it.")
    return True


def _days_to_race(q: Question, w: Writer) -> bool:
    race = next_race(q, w)
    if race is None:
        return _no_race(w)
    w.about(event_id=race.pk)
    days = (race.local_date - w.tools.today).days
    fact = Fact(
        f"event:{race.pk}:days_ahead", "count", "days until the race", float(days), "", "your calendar", race.pk
    )
    if days == 0:
        w.say("Your race is today: {event}.", event=event_words(w, race))
    elif days == 1:
        w.say("Your race is tomorrow: {event}.", event=event_words(w, race))
    else:
        w.say("{count} days: your race is {event}.", count=w.count(fact), event=event_words(w, race))
    w.say("The carbohydrate loading before it is part of your plan, where the race is long enough to need it.")
    return True


def _race(q: Question, w: Writer) -> bool:
    event = next_race(q, w)
    if event is None:
        return _no_race(w)
    w.about(event_id=event.pk)
    w.say("Your race is {event}.", event=event_words(w, event))
    if not event.duration_minutes:
        w.say("How long it will take you is not known; add the length and I can plan it.")
        return True
    for relation in ("before", "during", "after"):
        tell_race_window(w, event, relation)
    if w.tools.read_race_plan(event).data["assumed"]:
        w.para("Your profile leaves values open that this rests on; fill them in to make the plan your own.")
    else:
        w.para("Try it in training first; nothing new on race day.")
    return True


def _caffeine(q: Question, w: Writer) -> bool:
    event = next_race(q, w)
    if event is None:
        w.say("I propose caffeine only before a race, and there is none in your calendar.")
    else:
        fact = w.tools.read_fueling(event).get("pre.caffeine_mg")
        w.say("Your next race is {event}.", event=event_words(w, event))
        if fact is not None and w.tools.read_fueling(event).number("pre.caffeine_mg"):
            w.say(
                "Before it, {amount} of caffeine about an hour ahead is within what is studied, if you tested it in "
                "training.",
                amount=w.num(fact),
            )
        else:
            w.say("I propose no dose for you: your profile is incomplete, or gives a reason against it.")
    w.say("Late caffeine costs sleep, so leave it out in the hours before bed.")
    return True


def _race_breakfast(q: Question, w: Writer) -> bool:
    race = next_race(q, w)
    if race is None:
        return _no_race(w)
    w.about(event_id=race.pk, day=race.local_date, slot="breakfast")
    w.say("Your race is {event}.", event=event_words(w, race))
    if not race.duration_minutes:
        w.say("How long it will take you is not known; add the length and I can plan it.")
        return True
    tell_race_window(w, race, "before")
    tell_race_dishes(w, race, "before")
    return True


def _carb_loading(q: Question, w: Writer) -> bool:
    race = next_race(q, w)
    if race is None:
        return _no_race(w)
    w.about(event_id=race.pk, day=race.local_date - timedelta(days=1), nutrient="carbs_g")
    w.say("Your race is {event}.", event=event_words(w, race))
    first = max(w.tools.today, race.local_date - timedelta(days=LOADING_DAYS))
    days = days_between(first, race.local_date - timedelta(days=1)) if first < race.local_date else []
    loaded = [day for day in days if w.tools.read_targets(day).data["loading"]]
    if not loaded:
        w.say("It is not long enough for a loading of its own, or its length is not known: your normal targets hold.")
        for day in days[-1:]:
            target = w.tools.read_targets(day)
            w.say("{on} you need {amounts}.", on=w.on(day), amounts=w.amounts(target, ("carbs_g",)))
            why_of(w, day, "carbs_g")
        return True
    w.say("The loading before it is in your targets:")
    for day in loaded:
        w.line("{day}: {amounts}.", day=w.day(day), amounts=w.amounts(w.tools.read_targets(day), ("carbs_g",)))
    w.para("Choose food low in fiber and fat these days, spread over all meals; some more weight is water and normal.")
    why_of(w, loaded[0], "carbs_g")
    return True


def _asks_race_plan(q: Question) -> bool:
    if q.wish is None or not q.wish.race:
        return False
    if q.has(r"race[ -]?(?:day )?(?:plan|nutrition|fueling|fuelling|strategy|day)"):
        return True
    return q.moment is None and q.has(
        r"plan|fuel|fueling|fuelling|strategy|eat|nutrition|drink|gels?|carbs|take|sodium|salt|fluids?"
    )


INTENTS = (
    Intent(
        "carb_loading",
        lambda q: q.has(
            r"carb(?:o|ohydrate)?[ -]?load\w*|load(?:ing)?(?: up)? (?:on |with )?carb\w*|glycogen load\w*|load up"
        ),
        _carb_loading,
    ),
    Intent("caffeine", lambda q: q.has(r"caffeine|coffee|espresso|energy drinks?"), _caffeine),
    Intent(
        "race_breakfast",
        lambda q: (
            (q.has(r"breakfast|morning|pre-?race meal|last meal|meal before") and q.wish is not None and q.wish.race)
            and not q.has(r"night|evening|day before|dinner")
        ),
        _race_breakfast,
    ),
    Intent(
        "days_to_race",
        lambda q: (
            q.has(
                r"how many (?:days|weeks)|how long|days? (?:left|until|till|to)|weeks? (?:left|until|till|to)|"
                r"countdown|how far"
            )
            and q.wish is not None
            and q.wish.race
            and not q.has(r"take|last|eat|carbs?")
        ),
        _days_to_race,
    ),
    Intent("race_plan", _asks_race_plan, _race),
)
WHEN = (
    Intent(
        "next_race",
        lambda q: (
            q.wish is not None
            and q.wish.race
            and (q.has(r"when|next|what|which|coming|upcoming|until") or len(q.text.split()) <= 2)
        ),
        _next_race,
    ),
)
