"""Whether plan and calendar are up to date, and what is known about the athlete."""

from __future__ import annotations

from advisor.facts import Bundle
from advisor.intents import Intent
from advisor.question import Question
from advisor.writing import Writer

PANTRY_SHOWN = 12


def _current(q: Question, w: Writer) -> bool:
    day = q.day
    facts = w.tools.read_plan_state(day)
    if not facts.data["exists"]:
        w.say("There is no meal plan for {day} yet. Ask me what to eat that day and it is made.", day=w.day(day))
    elif facts.data["unsafe"]:
        w.say("No: your plan holds food that your allergies or your diet exclude now. Plan these days again first.")
    elif facts.data["stale"]:
        w.say("No: your training or your profile has changed since this plan was made. Plan it again to follow it.")
    else:
        w.say("Yes: your plan for {day} follows your present training and profile.", day=w.day(day))
    if facts.get("made_at") is not None and facts.data["made_on"] is not None:
        w.say("It was made {on} at {time}.", on=w.on(facts.data["made_on"]), time=w.text(facts["made_at"]))
    _tell_calendars(w, facts)
    return True


def _tell_calendars(w: Writer, facts: Bundle) -> None:
    calendars = facts.data["calendars"]
    if not calendars:
        w.say("No calendar is connected; I follow the training you enter by hand.")
    for row in calendars:
        name = row["provider"]
        if row["status"] == "ok":
            w.say("Your {calendar} calendar is connected.", calendar=name)
        elif row["status"] == "pending":
            w.say("Your {calendar} calendar has not been read yet.", calendar=name)
        elif row["status"] == "error":
            w.say("Your {calendar} calendar could not be read; earlier training is kept.", calendar=name)
        else:
            w.say("Your {calendar} calendar needs to be connected again.", calendar=name)
        read = facts.get(f"read:{row['id']}")
        if read is not None and row["day"]:
            w.say("It was last read {on} at {time}.", on=w.on(row["day"]), time=w.text(read))


def _calendar(q: Question, w: Writer) -> bool:
    _tell_calendars(w, w.tools.read_plan_state(q.day))
    return True


def _profile(q: Question, w: Writer) -> bool:
    facts = w.tools.read_profile()
    known = [name for name in ("age_years", "height_cm", "weight_kg") if facts.get(name) is not None]
    w.say("Your sport is {sport}.", sport=w.quoted(facts["sport"]))
    w.say("Your height is {height}.", height=w.num(facts.get("height_cm")))
    w.say("Your body mass is {weight}.", weight=w.num(facts.get("weight_kg")))
    if facts.get("diets") is not None:
        w.say("Your diets: {diets}.", diets=w.text(facts["diets"]))
    else:
        w.say("You named no diets.")
    if facts.get("allergies") is not None:
        w.say("Your allergies: {allergies}.", allergies=w.text(facts["allergies"]))
    else:
        w.say("You named no allergies.")
    w.say("Your goals: {goals}.", goals=w.quoted(facts.get("goals")))
    if len(known) < 3:
        w.say("What is missing is taken from reference values; fill it in to make your targets your own.")
    return True


def _pantry(q: Question, w: Writer) -> bool:
    found = w.tools.read_pantry()
    rows = found.data["rows"]
    if not rows:
        w.say("Nothing is noted as being at home; note it under “Shopping”, and lists and plans use it up.")
        return True
    w.say("{count} foods are noted as being at home.", count=w.count(found.get("count")))
    names = [f"{row['name']} {w.num(found.get(row['key'] + ':grams'))}" for row in rows[:PANTRY_SHOWN]]
    w.say("Most of all: {foods}.", foods="; ".join(names))
    return True


INTENTS = (
    Intent(
        "pantry",
        lambda q: (
            q.has(r"pantry|at home|in (?:my|the) (?:fridge|kitchen|cupboard|freezer)|larder|in stock")
            and q.has(r"what|which|how much|show|list|have|is there")
            and not q.has(r"cook|eat at home|how long")
        ),
        _pantry,
    ),
    Intent(
        "plan_current",
        lambda q: (
            q.has(r"plan|meals?")
            and q.has(
                r"is (?:the|my) plan ready|ready yet|why did (?:my|the) plan change|what changed in (?:my|the) plan|"
                r"(?:follow|follows|match|matches) (?:my |the )?(?:calendar|training)|"
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
