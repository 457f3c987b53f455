"""What is in a food, and whether this athlete may eat it."""

from __future__ import annotations

import re

from advisor.intents import Intent
from advisor.question import NUTRIENTS, Question
from advisor.words import join
from advisor.writing import Writer

_MAY = re.compile(
    r"\b(?:can|may|could|am i allowed to|is it (?:ok|okay|safe|fine) (?:for me )?(?:if i|to)|should i "
    r"avoid|do i have to avoid)"
    r"(?: i)?(?: still| ever)? ?(?:eat|have|drink|try|use|avoid|eating)?\s+(?P<food>.+)"
)
_IS_SAFE = re.compile(
    r"\b(?:is|are|does|do)\s+(?P<food>.+?)\s+(?:safe|ok|okay|fine|allowed|good|suitable|all right|alright)(?: "
    r"for me| for my (?:allergy|allergies|diet))?\s*[.]*$|"
    r"\b(?:am i allergic to|does my (?:diet|allergy) (?:allow|permit)|is my diet compatible with)\s+(?P<other>.+)"
)
_WORDS = "|".join(pattern for _, pattern in NUTRIENTS) + r"|vitamins?|nutrients|nutrition|macros|nutritional value"
_IN = re.compile(
    rf"\b(?:{_WORDS})\b(?: (?:is|are|content|value|does|do|there|contained))* (?:in|of|for|from)\s+(?P<food>.+)|"
    rf"\b(?:much|many) (?:{_WORDS})\b (?:does|do|has|have)\s+(?P<second>.+?)\s+(?:have|contain|hold|give\w*|provide)\b|"
    rf"\bis (?P<third>.+?) (?:high|low|rich) in (?:{_WORDS})\b|\bwhat(?:'s| is) in (?P<fourth>(?:an?|some|\d).+)"
)
_FILLER = re.compile(
    r"\b(?:an?|the|some|any|my|of|one|please|per|raw|for me|with my (?:allergy|allergies|diet)|on my diet|"
    r"today|tomorrow|tonight|now|"
    r"(?:for|at) (?:breakfast|lunch|dinner|a snack)|before (?:my |the )?\w+|after (?:my |the )?\w+|\d+(?:[."
    r",]\d+)? ?(?:kg|g|grams?|kilos?)|still|ever|grams?)\b"
)
_OWN = (
    r"my (?:plan|dinner|lunch|breakfast|snack|diet|meal|day|food|target)|tomorrow's|today's|(?:my |"
    r"the )?(?:plan|dinner|lunch|breakfast)|total|a day|the day"
)
_MEAL_WORDS = re.compile(
    r"^(?:breakfast|lunch|dinner|snacks?|supper|meals?|food|it|that|this|eat|more|less|something|anything|"
    r"i|you|what|the night)$"
)


def _clean(text: str | None) -> str:
    words = _FILLER.sub(" ", text or "")
    words = re.sub(r"[^\w' -]", " ", words)
    words = re.sub(r"\s+", " ", words).strip(" -'")
    return "" if not words or _MEAL_WORDS.match(words) or len(words.split()) > 5 else words


def _food_asked(q: Question) -> str:
    match = _IN.search(q.text)
    if match is None or re.search(rf"\b(?:in|of|for|from) (?:{_OWN})\b", q.text):
        return ""
    return _clean(next(group for group in match.groups() if group))


def _food_wanted(q: Question) -> str:
    for pattern in (_MAY, _IS_SAFE):
        match = pattern.search(q.text)
        if match:
            return _clean(next((group for group in match.groupdict().values() if group), ""))
    return ""


def _nutrients(q: Question, w: Writer) -> bool:
    words = _food_asked(q)
    food = w.tools.find_food(words) if words else None
    if food is None:
        if not words:
            return False
        w.say("I do not find this food in my tables. Try a simpler name, such as the food alone.")
        return True
    facts = w.tools.read_food(food, grams=q.grams or 100.0)
    asked = [name for name in q.nutrients if name in facts.facts and name != "fluid_ml"]
    names = asked or ["carbs_g", "protein_g", "fat_g", "energy_kcal", "fiber_g"]
    amounts = w.amounts(facts, names)
    unknown = [name for name in asked if facts.get(name) is None]
    if amounts:
        w.say(f"{w.num(facts['grams'])} of {w.quoted(facts['name'])} hold {amounts}.")
    if unknown:
        w.say(f"For {w.quoted(facts['name'])} that value is not known to me; unknown is not the same as none.")
    if amounts:
        w.say(f"The figure comes from: {facts['name'].source}.")
    return True


def _may_eat(q: Question, w: Writer) -> bool:
    words = _food_wanted(q)
    if not words:
        return False
    food = w.tools.find_food(words)
    if food is None:
        w.say("I do not find this food in my tables, so I cannot say that it is safe for you. Please check its label.")
        return True
    facts = w.tools.check_food(food)
    name = w.quoted(facts["name"])
    if not facts.data["allowed"]:
        reasons = join([w.text(facts[f"reason:{n}"]) for n in range(len(facts.data["reasons"]))])
        w.say(f"No: {name} is excluded for you ({reasons}).")
        w.say(
            "It is not in your plans, and I do not suggest it. Ask me for another dish if something like it is missing."
        )
        return True
    if facts.data["constraints"]:
        w.say(f"Yes: {name} fits your allergies and your diet as they are in your profile.")
    else:
        w.say(f"Yes: your profile names no allergy and no diet that {name} would break.")
    if facts.data["disliked"]:
        w.say("You said that you do not like it, so it is not planned for you.")
    w.say("Please check the label all the same: recipes of makers differ." if facts.data["reviewed"] else
          "Nobody here has reviewed this food for allergens, so please read its label.")  # fmt: skip
    return True


INTENTS = (
    Intent("food_nutrients", lambda q: bool(_food_asked(q)), _nutrients),
    Intent(
        "may_eat",
        lambda q: bool(_food_wanted(q)) and not q.has(r"what (?:can|may|could|should) i|how (?:much|many)"),
        _may_eat,
    ),
)
