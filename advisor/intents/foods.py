"""What is in a food, and whether this athlete may eat it."""

from __future__ import annotations

import re
from difflib import get_close_matches

from advisor.facts import Bundle
from advisor.intents import Intent
from advisor.question import NUTRIENTS, Question
from advisor.writing import Writer
from nutrition_site.kernel.vocabulary import read_allergens
from planning.catalogue.words import singular, split_words
from planning.models import Food
from planning.services.search import search_foods

_MAY = re.compile(
    r"\b(?:can|may|could|am i allowed to|is it (?:ok|okay|safe|fine) (?:for me )?(?:if i|to)|should i "
    r"avoid|do i have to avoid)"
    r"(?: i)?(?: still| ever| also)? ?(?:(?:eat|have|drink|try|use|avoid|eating)\b|(?<=avoid))\s+(?P<food>.+)"
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
    r"today|tomorrow|tonight|now|(?:this|next|last|the) (?:week|month|weekend)|every day|"
    r"daily|at night|in the (?:morning|evening)|as a snack|again|"
    r"(?:for|at) (?:breakfast|lunch|dinner|a snack)|before (?:my |the )?\w+|after (?:my |the )?\w+|\d+(?:[."
    r",]\d+)? ?(?:kg|g|grams?|kilos?)|still|ever|grams?)\b"
)
_OWN = (
    r"my (?:half )?(?:race|run|ride|swim|session|training|week|workouts?|marathon)|"
    r"my (?:plan|dinner|lunch|breakfast|snack|diet|meal|day|food|target)|tomorrow's|today's|(?:my |"
    r"the )?(?:plan|dinner|lunch|breakfast)|total|a day|the day"
)
_MEAL_WORDS = re.compile(
    r"^(?:breakfast|lunch|dinner|snacks?|supper|meals?|food|it|that|this|eat|more|less|something|anything|"
    r"i|you|what|the night)$"
)
# "Can I eat it cold?" asks about the dish that was spoken of.
_POINTING = re.compile(r"^(?:it|that|this|them|these|those|dinner|lunch|breakfast)\b")


_FOR_AMOUNT = re.compile(
    r"\bhow (?:much|many)(?: grams of)? (?P<food>[\w' -]+?) "
    r"(?:(?:do i (?:need|eat|have to eat|take)|is|are|should i (?:eat|have|take)|gives?(?: me)?|makes?|has|have|"
    r"covers?)"
    r"(?: there)? ?(?:to get |to reach |for |in )?|for |to get |to reach )(?:me )?"
    r"(?P<grams>\d{1,3}(?:[.,]\d+)?) ?g(?:rams?)?(?: of)? (?P<what>carb\w*|protein|fat|fib(?:er|re))"
)
MOST_GRAMS = 2000.0
MOST_KINDS, KINDS_NAMED = 20, 4


def _clean(text: str | None) -> str:
    words = _FILLER.sub(" ", text or "")
    words = re.sub(r"[^\w' -]", " ", words)
    words = re.sub(r"\s+", " ", words).strip(" -'")
    no_food = not words or _MEAL_WORDS.match(words) or _POINTING.match(words) or len(words.split()) > 5
    return "" if no_food else words


def _find(w: Writer, words: str) -> Food | None:
    """The food that words mean: one that shares only some of them is said to be the nearest, one with none is none."""
    food = w.tools.find_food(words) if words else None
    if food is None:
        return None
    text = f"{food.name} {food.common_name} {food.search_text}".casefold()
    terms = [singular(term) for term in split_words(words)]
    shared = [term for term in terms if term in text]
    if len(shared) < len(terms):
        known = re.findall(r"[^\W\d]+", text)
        if not shared and not any(get_close_matches(term, known, n=1, cutoff=0.75) for term in terms):
            return None
        w.say(
            "I do not find exactly that; the nearest I find is {food}.", food=w.quoted(w.tools.read_food(food)["name"])
        )
    return food


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
    words = _clean(q.asked_food) or _food_asked(q) or (q.past("food") if q.follows else "")
    food = _find(w, words)
    if food is None:
        if not words:
            return False
        w.say("I do not find this food in my tables. Try a simpler name, such as the food alone.")
        return True
    w.about(food=words)
    if q.has_odd_grams:
        return _odd_amount(w)
    facts = w.tools.read_food(food, grams=q.grams or 100.0)
    asked = [name for name in q.nutrients if name in facts.facts and name != "fluid_ml"]
    names = asked or ["carbs_g", "protein_g", "fat_g", "energy_kcal", "fiber_g"]
    amounts = w.amounts(facts, names)
    unknown = [name for name in asked if facts.get(name) is None]
    if amounts:
        w.say(
            "{grams} of {food} hold {amounts}.",
            grams=w.num(facts["grams"]),
            food=w.quoted(facts["name"]),
            amounts=amounts,
        )
    if unknown:
        w.say(
            "For {food} that value is not known to me; unknown is not the same as none.", food=w.quoted(facts["name"])
        )
    if amounts:
        w.say("The figure comes from: {source}.", source=facts["name"].source)
    return True


def _may_eat(q: Question, w: Writer) -> bool:
    words = _clean(q.asked_food) or _food_wanted(q)
    if not words:
        return False
    w.about(food=words)
    food = _find(w, words)
    # The nearest of the tables is another food: what holds for it may be false for the one that was meant.
    if food is None or w.parts:
        w.say("I do not find this food in my tables, so I cannot say that it is safe for you. Please check its label.")
        return True
    facts = w.tools.check_food(food)
    if not facts.data["allowed"] and not q.asks_reason and _tell_kinds(w, words):
        return True
    name = w.quoted(facts["name"])
    if q.asks_reason:
        return _why_may_eat(w, facts)
    if not facts.data["allowed"]:
        reasons = w.join([w.text(facts[f"reason:{n}"]) for n in range(len(facts.data["reasons"]))])
        if q.has(r"avoid"):
            # "No" would answer "should I avoid it?" with its opposite.
            w.say("{dish} is excluded for you by your allergies or your diet.", dish=name)
            w.say("The reason: {reasons}.", reasons=reasons)
        elif reasons:
            w.say("No: {food} is excluded for you ({reasons}).", food=name, reasons=reasons)
        else:
            w.say("No: {food} is excluded for you by your allergies or your diet.", food=name)
        w.say(
            "It is not in your plans, and I do not suggest it. Ask me for another dish if something like it is missing."
        )
        return True
    if q.has(r"avoid"):
        w.say("You need not avoid {food}: neither your allergies nor your diet exclude it.", food=name)
    elif facts.data["constraints"]:
        w.say("Yes: {food} fits your allergies and your diet as they are in your profile.", food=name)
    else:
        w.say("Yes: your profile names no allergy and no diet that {food} would break.", food=name)
    if facts.data["disliked"]:
        w.say("You said that you do not like it, so it is not planned for you.")
    if facts.data["reviewed"]:
        w.say("Please check the label all the same: recipes of makers differ.")
    else:
        w.say("Nobody here has reviewed this food for allergens, so please read its label.")
    return True


def _tell_kinds(w: Writer, words: str) -> bool:
    """Where one word stands for many foods and the first that comes to mind is excluded: which others may be eaten.

    Cheese for a vegetarian is such a word. False where none may be, and for a word that names the athlete's allergy.
    """
    term = singular(words)
    if len(words.split()) > 1 or set(read_allergens([words, term])[0]) & set(w.tools.athlete.allergies):
        return False
    foods = [food for food in search_foods(words)[:MOST_KINDS] if food.core]
    named = [food for food in foods if term in split_words(f"{food.name} {food.common_name}".casefold())]
    allowed = [food for food in named if w.tools.check_food(food).data["allowed"]]
    if not allowed or len(allowed) == len(named):
        return False
    names = [w.quoted(w.tools.read_food(food)["name"]) for food in allowed[:KINDS_NAMED]]
    w.say("It depends on the kind: some are excluded for you, others are not.")
    w.say("These fit your allergies and your diet: {foods}.", foods=w.join(names))
    w.say("Please check the label all the same: recipes of makers differ.")
    return True


def _why_may_eat(w: Writer, facts: Bundle) -> bool:
    """Why a food is excluded or fits: what is known of it beside what the profile asks for."""
    if facts.data["allowed"]:
        w.say("Nothing that is known of {food} speaks against your profile.", food=w.quoted(facts["name"]))
    else:
        reasons = w.join([w.text(facts[f"reason:{n}"]) for n in range(len(facts.data["reasons"]))])
        w.say("The reason: {reasons}.", reasons=reasons)
    profile = w.tools.read_profile()
    w.say("Your allergies: {allergies}.", allergies=w.text(profile.get("allergies")))
    w.say("Your diets: {diets}.", diets=w.text(profile.get("diets")))
    return True


def _odd_amount(w: Writer) -> bool:
    w.say("That is no amount of food that I can count with; name one that somebody eats.")
    return True


def _for_amount(q: Question, w: Writer) -> bool:
    """How much of a food holds an amount of a nutrient."""
    match = _FOR_AMOUNT.search(q.text)
    if match is None:
        return False
    if q.has_odd_grams:
        return _odd_amount(w)
    words = _clean(match["food"])
    food = w.tools.find_food(words) if words else None
    if food is None:
        w.say("I do not find this food in my tables. Try a simpler name, such as the food alone.")
        return True
    first = match["what"][:2]
    name = {"ca": "carbs_g", "pr": "protein_g", "fa": "fat_g"}.get(first, "fiber_g")
    w.about(food=words, nutrient=name)
    wanted = float(match["grams"].replace(",", "."))
    per_100 = w.tools.read_food(food).number(name)
    quoted = w.quoted(w.tools.read_food(food)["name"])
    if per_100 is None:
        w.say("For {food} that value is not known to me; unknown is not the same as none.", food=quoted)
        return True
    if per_100 <= 0 or wanted / per_100 * 100 > MOST_GRAMS:
        w.say("{food} holds too little of it to get there.", food=quoted)
        return True
    facts = w.tools.read_food(food, grams=float(round(wanted / per_100 * 100)))
    w.say(
        "{grams} of {food} hold {amounts}.", grams=w.num(facts["grams"]), food=quoted, amounts=w.amounts(facts, (name,))
    )
    w.say("The figure comes from: {source}.", source=facts["name"].source)
    if not w.tools.check_food(food).data["allowed"]:
        w.say("It is excluded for you by your allergies or your diet, so it is no food for you.")
    return True


INTENTS = (
    Intent("food_for_carbs", lambda q: _FOR_AMOUNT.search(q.text) is not None, _for_amount),
    Intent("food_nutrients", lambda q: bool(_food_asked(q)), _nutrients),
    Intent(
        "may_eat",
        lambda q: (
            bool(_food_wanted(q))
            and not (q.own_nutrients and q.has(r"my"))
            and not q.has(
                r"what (?:can|may|could|should) i|how (?:much|many)|vitamins|minerals|my (?:plan|form|targets?)"
            )
        ),
        _may_eat,
    ),
)
