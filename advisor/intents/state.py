"""Whether plan and calendar are up to date, and what is known about the athlete."""

from __future__ import annotations

from advisor.facts import Bundle
from advisor.intents import Intent
from advisor.question import Question
from advisor.writing import Writer


def _current(q: Question, w: Writer) -> bool:
    day = q.day
    facts = w.tools.read_plan_state(day)
    if not facts.data["exists"]:
        w.say(f"There is no meal plan for {w.day(day)} yet. Ask me what to eat that day and it is made.")
    elif facts.data["unsafe"]:
        w.say("No: your plan holds food that your allergies or your diet exclude now. Plan these days again first.")
    elif facts.data["stale"]:
        w.say("No: your training or your profile has changed since this plan was made. Plan it again to follow it.")
    else:
        w.say(f"Yes: your plan for {w.day(day)} follows your present training and profile.")
    if facts.get("made_at") is not None and facts.data["made_on"] is not None:
        w.say(f"It was made {w.on(facts.data['made_on'])} at {w.text(facts['made_at'])}.")
    _tell_calendars(w, facts)
    return True


def _tell_calendars(w: Writer, facts: Bundle) -> None:
    calendars = facts.data["calendars"]
    if not calendars:
        w.say("No calendar is connected; I follow the training you enter by hand.")
    for row in calendars:
        read = facts.get(f"read:{row['id']}")
        when = f", last read {w.on(row['day'])} at {w.text(read)}" if read is not None and row["day"] else ""
        state = {
            "ok": "is connected",
            "pending": "has not been read yet",
            "error": "could not be read; earlier training is kept",
            "reconnect": "needs to be connected again",
        }[row["status"]]
        w.say(f"Your {row['provider']} calendar {state}{when}.")


def _calendar(q: Question, w: Writer) -> bool:
    _tell_calendars(w, w.tools.read_plan_state(q.day))
    return True


def _profile(q: Question, w: Writer) -> bool:
    facts = w.tools.read_profile()
    known = [name for name in ("age_years", "height_cm", "weight_kg") if facts.get(name) is not None]
    w.say(f"Your sport is {w.quoted(facts['sport'])}.")
    for name in known:
        if name != "age_years":
            w.say(f"Your {facts[name].label} is {w.num(facts[name])}.")
    for name in ("diets", "allergies"):
        if facts.get(name) is not None:
            w.say(f"Your {facts[name].label}: {w.text(facts[name])}.")
        else:
            w.say(f"You named no {facts[name].label}.")
    if facts.get("goals") is not None:
        w.say(f"Your goals: {w.quoted(facts['goals'])}.")
    if len(known) < 3:
        w.say("What is missing is taken from reference values; fill it in to make your targets your own.")
    return True


INTENTS = (
    Intent(
        "plan_current",
        lambda q: (
            q.has(r"plan|meals?")
            and q.has(
                r"current|up[ -]to[ -]date|stale|outdated|out of date|still (?:valid|right|good|ok|okay|"
                r"correct|fit|fits|follow|follows)|valid|in sync|latest|fresh"
            )
        ),
        _current,
    ),
    Intent(
        "calendar_state",
        lambda q: (
            q.has(r"calendar|sync|synced|syncing")
            and q.has(r"connected|connect|sync|synced|syncing|working|read|status|updated|broken|last")
        ),
        _calendar,
    ),
    Intent(
        "profile",
        lambda q: (
            q.has(
                r"know about me|my profile|about me|my (?:weight|height|allergies|allergens|diets?|goals?|"
                r"sport|dislikes)|do i weigh"
            )
            and not q.has(r"eat|have|why|avoid")
        ),
        _profile,
    ),
)
