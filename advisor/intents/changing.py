"""Wishes to change something: each becomes a proposal that the athlete confirms; nothing is done here."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from advisor.intents import Intent, disliking, listing, rearranging
from advisor.intents.dishes import find_item, no_such_meal
from advisor.intents.offers import propose, say_waits
from advisor.proposing import event_proposal, lock_proposal, preference_proposal, replan_proposal
from advisor.question import Question
from advisor.writing import Writer
from nutrition_site.kernel.vocabulary import read_allergens, read_diets

DEFAULT_TITLE = "Training"
_DIET = r"vegan|vegetarian|pescatarian|pescetarian|keto|halal|kosher"
_NO_DIET = re.compile(
    rf"\bi(?:'m| am) (?:not|no longer)(?: an?)? (?P<first>{_DIET})\b(?! yet)|"
    rf"\bi (?:stopped|quit) being(?: an?)? (?P<second>{_DIET})\b"
)
_BECAME = (
    r"i(?: (?:became|turned|went|switched to)|(?: am|'m) (?:going|becoming)|(?: have)? decided to (?:go|become|be))"
    rf"(?: an?)? (?:{_DIET})"
)
_OWN_DETAILS = r"profile|my (?:current |body )?(?:weight|height|age|birthday|goals?|time ?zone|allerg(?:y|ies))"


def _lock(q: Question, w: Writer) -> bool:
    item = find_item(q, w)
    if item is None:
        return no_such_meal(q, w)
    facts = w.tools.read_item(item)
    unlock = q.has(r"unlock|release|let .* change")
    plan = w.tools.plan_of(item.date)
    if propose(w, lambda: lock_proposal(plan, item, locked=not unlock)):
        dish, slot, on = w.quoted(facts["name"]), w.slot(item.slot), w.on(item.date)
        if unlock:
            w.say("{dish}, your {slot} {on}, could change again with the next plan.", dish=dish, slot=slot, on=on)
        else:
            w.say("{dish}, your {slot} {on}, would stay whatever the plan does.", dish=dish, slot=slot, on=on)
        say_waits(w)
    return True


def _no_diet(q: Question, w: Writer) -> bool:
    """A diet that is over becomes a proposal to drop it."""
    match = _NO_DIET.search(q.text)
    diets, _ = read_diets([match["first"] or match["second"]]) if match else ([], [])
    if not diets:
        return False
    if propose(w, lambda: preference_proposal(w.tools.athlete, field="diet", change="remove", value=diets[0])):
        w.say("Your plans would not keep to that diet any more, from the next one on.")
        say_waits(w)
    return True


def _told_diet(q: Question, w: Writer) -> bool:
    """An allergy is set by the athlete alone; a diet may be proposed."""
    words = re.findall(r"[a-z-]+", q.text)
    allergens, _ = read_allergens([*words, *(word.rstrip("s") for word in words)])
    diets, _ = read_diets(words)
    if q.has(r"allerg\w*|intoleran\w*|celiac|coeliac|anaphyla\w*") or not diets:
        known = bool(allergens) and set(allergens) <= set(w.tools.athlete.allergies)
        if known:
            w.say("That is in your profile already, and every plan is kept free of it.")
        else:
            w.say("I do not set allergies from a chat: please enter it yourself in your food settings.")
            w.say("Until then your plans are not kept free of it; plan these days again afterwards.")
        w.say("If a reaction was strong, please talk with a doctor.")
        return True
    if propose(w, lambda: preference_proposal(w.tools.athlete, field="diet", change="add", value=diets[0])):
        w.say("Your plans would keep to that diet from the next one on.")
        say_waits(w)
    return True


def _asks_mark(q: Question) -> bool:
    if q.has(r"mark|tick|log") and q.has(r"eaten|meal|breakfast|lunch|dinner|snack|done|skipped"):
        return True
    ate = r"i (?:just )?(?:ate|skipped) (?:my|an?|the|it)"
    had = r"i (?:just |have |already )?(?:ate|eaten|skipped|had) .*(?:breakfast|lunch|dinner|snack)"
    return q.has(f"{ate}|{had}") and not q.has(r"(?:have|did) i|what|how|why|should|if")


def _asks_skip(q: Question) -> bool:
    return (
        q.has(r"skip|skipping|leave out|miss|go without")
        and q.has_own_slot
        and q.has(r"can|could|may|should|if|ok|okay")
    )


def _skip_meal(q: Question, w: Writer) -> bool:
    item = find_item(q, w)
    if item is None:
        return no_such_meal(q, w)
    facts = w.tools.read_item(item)
    w.say(
        "{dish}, your {slot} {on}, brings {amounts} of what the day asks for.",
        dish=w.quoted(facts["name"]),
        slot=w.slot(item.slot),
        on=w.on(item.date),
        amounts=w.amounts(facts, ("carbs_g", "protein_g")),
    )
    w.say("Better not leave it out: training without it costs recovery, and the hunger comes later.")
    w.say("If it cannot be helped, mark it as skipped on the page of the day, and the rest can be planned again.")
    return True


def _mark(q: Question, w: Writer) -> bool:
    w.say("I cannot mark meals from here: mark it on the page of the day, as eaten or skipped.")
    w.say("If you ate something else, skip the planned meal there, and the rest of the day can be planned again.")
    return True


def _plan_again(q: Question, w: Writer) -> bool:
    """Planning again is for the days of one plan; which they are is told, and what is not among them."""
    present = w.tools.today
    wanted = q.range if q.range is not None and not q.days else None
    day = max(wanted.first if wanted is not None else q.day, present)
    plan = w.tools.planned_plan(day)
    if plan is None:
        w.say("There is no meal plan for {day} yet. Ask me what to eat that day and it is made.", day=w.day(day))
        return True
    if not propose(w, lambda: replan_proposal(plan, from_day=day)):
        return True
    first = date.fromisoformat(w.proposals[-1].arguments["from_date"])
    if first == plan.last_day:
        w.say("Your plan can be made again for {day}; the proposal below shows what would change.", day=w.day(first))
    else:
        w.say(
            "Your plan can be made again from {first} to {last}; the proposal below shows what would change.",
            first=w.day(first),
            last=w.day(plan.last_day),
        )
    if first > day:
        w.say("What is left of today stays as it is.")
    if wanted is not None and wanted.last > plan.last_day:
        w.say("This plan ends there; the days after it are not part of this.")
    w.say("Meals whose time is past, and those you have eaten, kept or bought for, stay. Nothing is changed yet.")
    return True


def _add_session(q: Question, w: Writer) -> bool:
    wish = q.wish
    if wish is None or not q.days:
        w.say("Tell me the sport, the day and how long it lasts, and I can propose to add it.")
        w.say("You can add it yourself under “Training” at any time.")
        return True
    if q.minutes is None:
        w.say("Tell me how long it lasts, and I can propose to add it.")
        return True
    clock = rearranging.read_clock(q)
    values: dict[str, Any] = {
        "title": wish.words.strip().capitalize() or DEFAULT_TITLE,
        "date": q.day,
        "sport": wish.sports[0] if wish.sports else "other",
        "duration_minutes": q.minutes,
        "type": "race" if wish.race else "workout",
        "intensity": {"easy": "easy", "recovery": "easy", "hard": "hard", "tempo": "hard"}.get(wish.qualifier),
    }
    if clock is not None:
        values["time"] = clock
    if propose(w, lambda: event_proposal(w.tools.athlete, values)):
        w.say("I can add that to your training {on}.", on=w.on(q.day))
        w.say("Nothing is changed yet: the proposal below shows what the day would ask for.")
    return True


def _tells_session(q: Question) -> bool:
    """Whether a session to come is told with its day and length: `tomorrow I am also going for a swim, 1 hour`."""
    return (
        q.has(r"(?:i am|i'm)(?: also)? (?:going (?:for|to)|doing)")
        and len(q.days) == 1
        and q.minutes is not None
        and "?" not in q.message
        and not q.has(r"what|when|which|why|can|could|need|drink|fuel\w*|carbs?|snacks?|breakfast|lunch|dinner")
    )


def _change_profile(q: Question, w: Writer) -> bool:
    w.say("Weight, goals, allergies and the rest of your profile are changed by you alone, under “Settings”.")
    w.say("Your targets and plans follow as soon as you save.")
    return True


INTENTS = (
    disliking.EXCLUDED,
    Intent(
        "change_profile",
        lambda q: q.has(r"change|set|update|edit|correct|enter")
        and q.has(_OWN_DETAILS)
        and not q.has(r"what if|why|what happens|if i"),
        _change_profile,
    ),
    Intent(
        "told_diet",
        lambda q: q.has(
            r"i(?:'m| am)(?: now| a| an)? (?:allergic|vegan|vegetarian|pescatarian|intolerant|celiac|coeliac|lactose)|"
            r"i have (?:an? |a \w+ )?(?:\w+ )?(?:allergy|intolerance)|i(?:'ve| have) (?:become|gone|turned) \w+|"
            + _BECAME
        )
        and not q.has(r"what|how|can|why|which"),
        _told_diet,
    ),
    Intent("no_diet", lambda q: bool(_NO_DIET.search(q.text)) and not q.has(r"what|how|why|which|if"), _no_diet),
    Intent("skip_meal", _asks_skip, _skip_meal),
    Intent("mark_meal", _asks_mark, _mark),
    *listing.INTENTS,
    *rearranging.INTENTS,
    Intent(
        "lock_meal",
        lambda q: (
            q.has(r"lock|unlock|pin|keep")
            and (bool(q.slot) or q.has(r"meal|dish|it|that"))
            and not q.has(r"how|why|what|weight|fridge|fresh|hydrated|list")
        ),
        _lock,
    ),
    Intent(
        "plan_again",
        lambda q: q.has(
            r"(?:re-?plan|re-?solve|replan)|plan (?:it |this |my (?:week|day|meals) |the (?:week|day) |these days |"
            r"tomorrow |today )?(?:again|anew)|(?:make|create|give me) (?:me )?a new (?:meal )?plan|new plan|"
            r"(?:update|renew|refresh|redo) (?:my |the )?(?:meal )?plan|"
            r"plan (?:(?:the|my|this|next|coming|all) )+(?:\w+ ){1,3}(?:again|anew)"
        )
        and not q.has(r"what|when|which|how|why"),
        _plan_again,
    ),
    Intent(
        "add_session",
        lambda q: (
            q.wish is not None
            and (q.has(r"add|enter|schedule|book|put") or _tells_session(q))
            and not q.has(r"what (?:if|happens|would)|if i|eat|meal|food|how|should i")
        ),
        _add_session,
    ),
    disliking.DISLIKE,
)  # fmt: skip
