"""Questions that name a dish: it is looked for in the plan, then among the recipes, and no other dish answers them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import copy
from datetime import timedelta
from typing import Any

from advisor.facts import Bundle, Fact
from advisor.intents import Intent
from advisor.intents.dish_questions import find_rows, tell_holds
from advisor.intents.dishes import slot_of, tell_near, tell_nutrients, tell_recipe, tell_recipe_unplanned, tell_time
from advisor.question import NUTRIENTS, SLOTS, Question
from advisor.readings.recipes import name_terms
from advisor.writing import Writer
from nutrition_site.kernel.vocabulary import read_allergens
from planning.models import Recipe
from planning.services.choice import why_not
from planning.services.search import search_foods

PLAN_DAYS = 14
_AMOUNT = "|".join(pattern for _, pattern in NUTRIENTS) + r"|macros|nutrients|nutrition|nutritional values?"
_NAME = r"(?P<name>(?:the |an? |my |some |our )?[^\W\d][\w' ,-]{2,})"
# What is asked, and how such questions are put; the first that fits counts.
_ASKS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (what, re.compile(pattern))
    for what, pattern in (
        ("amounts", rf"\b(?:{_AMOUNT})(?: (?:is|are|does|there|content))* (?:in|of|for) {_NAME}$"),
        ("amounts", rf"\b(?:much|many) (?:{_AMOUNT}) (?:does|do|has|have) {_NAME} (?:have|has|contain|give|hold)s?$"),
        ("holds", rf"\b(?:does|do) {_NAME} (?:have|contain|include|hold)(?: any| some)? (?P<what>[\w' -]+)$"),
        ("holds", rf"\b(?:is|are) (?:there )?(?:any |some )?(?P<what>[\w' -]+?) (?:in|inside) {_NAME}$"),
        ("time", rf"\bhow (?:long|much time) (?:does|do|will|would) {_NAME} take\b"),
        ("cook", rf"\bhow (?:do|can|should) i (?:make|cook|prepare) {_NAME}$|\brecipe for .+$"),
        ("contents", rf"\bwhat(?:'s| is| are| goes) (?:in|into|inside) {_NAME}$"),
        ("contents", rf"\bwhat(?:'s| is| are) {_NAME} made (?:of|from|with)$|^(?:the )?ingredients (?:of|in|for) .+$"),
    )
)
_SLOT_WORDS = re.compile(r"\b(?:(?:for|at|on|my|the) )*(?:" + "|".join(pattern for _, pattern in SLOTS) + r")\b")
_OWN_PLACE = re.compile(
    r"^(?:the |my |an? |our )*(?:it|that|this|them|these|those|there|calendar|fridge|kitchen|freezer|pantry|cupboard|"
    r"larder|plan|meal plan|list|shopping list|cart|basket|race plan|bottles?|app|profile|settings|day|week|month|"
    r"meals?|dish|dishes|food|recipe|diet|body|blood|training|total|all|target|targets|general|store|shop|"
    r"(?:first|second|third|other|last) one|one|stock|today|tomorrow|tonight|yesterday)\b|^(?:i|we|you)\b"
)
_TRAIL = re.compile(r"(?: (?:please|again|exactly|anyway|then|now|recipe|dish|meal)|[ ,.])+$|^(?:the|an?|my|some|our) ")
_ARTICLE = re.compile(r"^(?:the|my|our) ")


def read_named(q: Question) -> tuple[str, str, str, bool]:
    """What is asked of which dish: `amounts`, `holds`, `time` or `contents`; its name; what it may hold; whether the
    name has an article that tells one dish. Empty where no dish is named."""
    nothing = ("", "", "", False)
    if q.wish is not None or q.grams is not None:
        return nothing
    text = _SLOT_WORDS.sub(" ", q.text.replace('"', ""))
    for mention in q.days:
        text = text.replace(mention.words, " ")
    if q.range is not None:
        text = text.replace(q.range.words, " ")
    text = re.sub(r"\s+", " ", text).strip(" .,")
    placed = bool(q.days) or q.has_own_slot
    for what, pattern in _ASKS:
        match = pattern.search(text)
        if match is None or (what == "cook" and not placed):
            continue
        said = match["name"] or re.sub(r"^.*?(?:ingredients|recipe) \w+ ", "", match.group())
        said = said.strip()
        if _OWN_PLACE.match(said):
            return nothing
        name = _TRAIL.sub("", _TRAIL.sub("", said)).strip()
        if len(name) < 3 or not name_terms(name):
            return nothing
        held = (match["what"] or "").strip() if "what" in pattern.groupindex else ""
        return what, name, held, placed or _ARTICLE.match(said) is not None
    return nothing


def find_planned(q: Question, w: Writer, name: str) -> Any | None:
    """The planned dish whose name has all these words: of the day that is spoken of, then of the days to come, then
    of the days before. Makes no plan."""
    wanted = name_terms(name)
    today = w.tools.today
    ahead = [today + timedelta(days=n) for n in range(PLAN_DAYS)]
    behind = [today - timedelta(days=n) for n in range(1, PLAN_DAYS)]
    days = [q.day] if q.names_day else [*ahead, *behind]
    for day in days:
        if w.tools.planned_plan(day) is None:
            continue
        for item in w.tools.items_on(day):
            if wanted and wanted <= name_terms(item.recipe.name):
                return item
    return None


def _is_food(name: str) -> bool:
    """Whether these words are the name of a reviewed food."""
    food = search_foods(name).first()
    if food is None or not food.core:
        return False
    # What stands between parentheses says what it is used for: rice for rice pudding is no rice pudding.
    plain = re.sub(r"\(.*?\)", "", food.name)
    called = [f"{plain} {food.common_name}", *food.search_text.partition("|")[2].split("/")[1:]]
    wanted = name_terms(name)
    return any(wanted <= name_terms(words) for words in called)


def _tell(q: Question, w: Writer) -> bool:
    if q.follows and q.past("ask"):
        known = w.tools.catalogue.recipes.get(q.past("dish"))
        return known is not None and tell_dish_of(q, w, known, q.past("ask"), q.asked_food)
    what, name, held, is_definite = read_named(q)
    if not name:
        return False
    item = find_planned(q, w, name)
    begins = item is not None and name_terms(name) <= name_terms(item.recipe.name.partition(",")[0])
    # "The rice" may be a dish of the plan; what is in "the bread" is no question about tonight's dinner either way.
    if _is_food(name) and not (is_definite and (begins or what in ("contents", "cook"))):
        return False
    if item is not None:
        w.about(day=item.date, slot=slot_of(item), dish=item.recipe_id)
        return _tell_planned(q, w, item, what, held)
    recipe = w.tools.find_recipe(name)
    if recipe is None:
        return _not_found(w, name, what, is_definite=is_definite)
    return tell_dish_of(q, w, recipe, what, held)


def _tell_planned(q: Question, w: Writer, item: Any, what: str, held: str) -> bool:
    if what == "amounts":
        return tell_nutrients(q, w, item)
    if what == "holds":
        return tell_holds(w, [item], held, item.date)
    return tell_time(w, item) if what == "time" else tell_recipe(w, item)


def tell_dish_of(q: Question, w: Writer, recipe: Recipe, what: str, held: str = "") -> bool:
    """The same of a recipe that no planned meal has, for one serving."""
    facts = w.tools.read_recipe(recipe)
    w.about(dish=recipe.pk)
    if what in ("contents", "cook") or (not facts.data["allowed"] and what != "holds"):
        return tell_recipe_unplanned(w, recipe, recipe.name)
    dish = w.quoted(facts["name"])
    if what == "amounts":
        names = [name for name in q.nutrients if name in facts.facts] or ["carbs_g", "protein_g", "energy_kcal"]
        amounts = w.amounts(facts, names)
        w.about(nutrient=names[0])
        w.say("Each portion of {dish} has {amounts}.", dish=dish, amounts=amounts)
        if not amounts:
            w.say("For {dish} that value is not known to me.", dish=dish)
    elif what == "time":
        w.say("{dish} is not in your plan.", dish=dish)
        w.say("{time} of work.", time=w.num(facts.get("hands_on_minutes")))
        w.say("{time} of cooking.", time=w.num(facts.get("cook_minutes")))
    else:
        _tell_held(w, recipe, facts, held)
    return True


def _tell_held(w: Writer, recipe: Recipe, facts: Bundle, held: str) -> None:
    dish = w.quoted(facts["name"])
    allergens, _ = read_allergens([held, held.rstrip("s")])
    rows = find_rows(facts, held)
    for row in rows:
        w.say("Each portion takes {ingredients}.", ingredients=w.ingredients(_only(facts, [row])))
    if allergens and not rows:
        who = copy(w.tools.athlete)
        who.allergies, who.dietary_preferences = list(allergens), []
        reasons = [
            Fact(f"recipe:{recipe.pk}:holds:{number}", "allergen", "reason", reason, "", "ingredients we know")
            for number, reason in enumerate(why_not(recipe, who))
        ]
        w.say("{dish}: {reasons}.", dish=dish, reasons=w.join([w.text(fact) for fact in reasons]))
    if not w.parts:
        w.say("There is none of it in {dish}.", dish=dish)
        w.say("It is made of {ingredients}.", ingredients=w.ingredients(facts))
    if not facts.data["allowed"]:
        w.say("{dish} is excluded for you by your allergies or your diet.", dish=dish)
    if allergens:
        w.say("Please check the label all the same: recipes of makers differ.")


def _only(facts: Bundle, rows: Sequence[dict[str, Any]]) -> Bundle:
    return Bundle(facts.name, facts.facts, {**facts.data, "ingredients": list(rows)})


def _not_found(w: Writer, name: str, what: str, *, is_definite: bool) -> bool:
    """Says that there is no such dish. Amounts are looked for among the foods first: their answer says so itself."""
    if what == "amounts" and w.tools.find_food(name) is not None:
        return False
    if what in ("holds", "time") and not is_definite:
        return False
    w.say("I have no recipe of that name.")
    if not tell_near(w, name):
        w.say("Ask me how to cook a meal of your plan, or bring the recipe in under “Recipes”.")
    return True


def _names_dish(q: Question) -> bool:
    """Whether a dish is named, and not a food without an article: what that holds is told from the tables."""
    _, name, _, is_definite = read_named(q)
    return bool(name) and (is_definite or not _is_food(name))


INTENTS = (Intent("named_dish", _names_dish, _tell),)
