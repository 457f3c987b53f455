"""Planned dishes: their recipe, time, grams, nutrients, when they are eaten, and what is left of them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

from advisor.intents import Intent
from advisor.question import Question
from advisor.readings.nutrients import NUTRIENTS, intake_bundle
from advisor.readings.recipes import near_recipes
from advisor.words import days_between
from advisor.writing import Writer, pick_items
from planning.models import Recipe

# Words that dishes share with questions about any dish.
_NO_NAMES = {
    *("with", "bowl", "plate", "breakfast", "lunch", "dinner", "snack", "meal", "dish", "swap", "from", "want"),
    *("today", "tomorrow", "something", "without", "quick", "before", "after", "time", "long", "much", "make"),
}
RECIPE = (
    r"recipes?|ingredients?|how (?:do|can|should) i (?:make|cook|prepare)|how to (?:make|cook|prepare)|"
    r"(?:steps|method|instructions) (?:of|for|to)|cooking instructions|prepare|what goes in(?:to)?|what(?:'s| is) in "
    r"(?:my (?!calendar|fridge|kitchen|freezer|pantry|plan)|the (?!calendar|fridge|kitchen|freezer|pantry)|tomorrow|"
    r"today|it\b|that\b).*"
)
_GRAMS_OF = re.compile(
    r"\bhow (?:much|many)(?: grams(?: of)?)? (?P<food>[\w' -]+?) (?:is|are|goes|go|do i (?:need|use|put|take))"
    r"(?: there)? (?:in|into|for|to make)\b"
)
_DISH_KEYS = ("carbs_g", "protein_g", "fat_g", "energy_kcal", "fiber_g", "sodium_mg")


def find_item(q: Question, w: Writer) -> Any | None:
    """The planned dish a question means: by its name, else by meal and day, else dinner, else the first of the day."""
    items = w.tools.items_on(q.day)
    named = [item for item in items if item.recipe.name.casefold() in q.text]
    if not named and q.past("dish") and not q.has_own_slot and not q.days:
        named = [item for item in items if item.recipe_id == q.past("dish") and q.past("slot") in ("", slot_of(item))]
    found = next(iter(named), None)
    if found is None and q.slot:
        found = next(iter(pick_items(items, q.slot)), None)
    elif found is None:
        by_words = [(len(shared_words(item.recipe.name, q.text)), item) for item in items]
        best = max(by_words, key=lambda row: row[0], default=(0, None))
        dinner = next((item for item in items if item.slot == "dinner"), items[0] if items else None)
        found = best[1] if best[0] >= 1 else dinner
    if found is not None:
        w.about(day=found.date, slot=slot_of(found), dish=found.recipe_id)
    return found


def slot_of(item: Any) -> str:
    """The slot as questions name it: everything outside the main meals is a snack."""
    return item.slot if item.slot in ("breakfast", "lunch", "dinner") else "snack"


def is_named_dish(q: Question, w: Writer) -> bool:
    """Whether the question names one of the day's planned dishes by a word that tells."""
    return any(shared_words(item.recipe.name, q.text) for item in w.tools.items_on(q.day))


def tell_leftover(w: Writer, item: Any) -> bool:
    """Says that a dish was cooked before and is only heated; False when it is cooked for its own meal."""
    if not item.leftover_of:
        return False
    cooked = date.fromisoformat(str(item.leftover_of[0]))
    w.say("It is left over from {day}: heat it through, there is nothing to cook.", day=w.day(cooked))
    return True


def shared_words(name: str, text: str) -> set[str]:
    """The telling words that a dish's name and a text have in common."""
    words = set(re.findall(r"[a-z]{4,}", name.casefold())) - _NO_NAMES
    return words & set(re.findall(r"[a-z]{4,}", text))


def no_such_meal(q: Question, w: Writer) -> bool:
    w.say("Your plan for {day} has no such meal.", day=w.day(q.day))
    return True


_NAMED_DISH = re.compile(
    r"\b(?:make|cook|prepare|recipes? (?:for|of|with)?|ingredients? (?:for|of|in)) ?(?:an? |the |some |my |your )?"
    r"(?P<name>[\w' -]{3,})|^(?:an? |the |my )?(?P<before>[\w' -]{3,}?) recipe$"
)
_NO_DISH = re.compile(
    r"^(?:it|that|this|them|food|meals?|dish|dishes|something|anything|dinner|lunch|breakfast|supper|snacks?|please|the|"
    r"more|today|tomorrow|tonight|for|of|again|in advance|ahead|i|you|do|what|how|can|show|give|me|need)\b"
)
MOST_NEAR = 3


def _dish_name(q: Question) -> str:
    match = _NAMED_DISH.search(q.text)
    if match is None or q.slot or q.days or q.follows:
        return ""
    words = re.sub(r"[^\w' -]", " ", match["name"] or match["before"]).strip(" -'")
    return "" if _NO_DISH.match(words) else words


def _no_such_recipe(w: Writer, words: str) -> bool:
    """Says that there is no such recipe, and which allowed ones share a word with it."""
    w.say("I have no recipe of that name.")
    if not tell_near(w, words):
        w.say("Ask me how to cook a meal of your plan, or bring the recipe in under “Recipes”.")
    return True


def tell_near(w: Writer, words: str) -> bool:
    """The allowed recipes that share a word with these; whether there are any."""
    near = near_recipes(w.tools.catalogue, w.tools.athlete, words)[:MOST_NEAR]
    if not near:
        return False
    names = [w.quoted(w.tools.read_recipe(recipe)["name"]) for recipe in near]
    w.say("The nearest that you may eat: {dishes}.", dishes=w.join(names))
    w.say("Ask me for one of them by its name.")
    return True


def _named_recipe(q: Question, w: Writer) -> bool:
    """A recipe that the question names and no planned meal has: one serving of it, with what speaks against it."""
    words = _dish_name(q)
    telling = set(re.findall(r"[a-z]{4,}", words)) - _NO_NAMES
    items = w.tools.items_on(q.day) if words else []
    if not words or any(telling and telling <= shared_words(item.recipe.name, words) for item in items):
        return False
    recipe = w.tools.find_recipe(words)
    if recipe is None:
        return _no_such_recipe(w, words)
    planned = next((item for item in items if item.recipe_id == recipe.pk), None)
    if planned is not None:
        return tell_recipe(w, planned)
    return tell_recipe_unplanned(w, recipe, words, day=q.day)


def tell_recipe_unplanned(w: Writer, recipe: Recipe, words: str, *, day: date | None = None) -> bool:
    """One serving of a recipe that is not in the plan (of that day), or that it is excluded and what is near it."""
    facts = w.tools.read_recipe(recipe)
    w.about(dish=recipe.pk)
    if not facts.data["allowed"]:
        w.say("{dish} is excluded for you by your allergies or your diet.", dish=w.quoted(facts["name"]))
        tell_near(w, words)
        return True
    if day is None:
        w.say("{dish} is not in your plan.", dish=w.quoted(facts["name"]))
    else:
        w.say("{dish} is not in your plan for {day}.", dish=w.quoted(facts["name"]), day=w.day(day))
    w.say("Each portion takes {ingredients}.", ingredients=w.ingredients(facts))
    for number in range(facts.data["steps"]):
        w.step(number + 1, facts.get(f"step:{number}"))
    return True


def _recipe(q: Question, w: Writer) -> bool:
    if _named_recipe(q, w):
        return True
    item = find_item(q, w)
    return no_such_meal(q, w) if item is None else tell_recipe(w, item)


def tell_recipe(w: Writer, item: Any) -> bool:
    """The recipe of a planned dish, in the amounts of its portion."""
    facts = w.tools.read_item(item)
    w.say(
        "{dish} is your {slot} {on}, {servings}.",
        dish=w.quoted(facts["name"]),
        slot=w.slot(item.slot),
        on=w.on(item.date),
        servings=w.num(facts["servings"]),
    )
    tell_leftover(w, item)
    w.say("For your portion you need {ingredients}.", ingredients=w.ingredients(facts))
    for number in range(facts.data["steps"]):
        w.step(number + 1, facts.get(f"step:{number}"))
    w.para("It takes {time} of work.", time=w.num(facts.get("hands_on_minutes")))
    return True


def _prep_time(q: Question, w: Writer) -> bool:
    item = find_item(q, w)
    return item is not None and tell_time(w, item)


def tell_time(w: Writer, item: Any) -> bool:
    """How long a planned dish takes."""
    facts = w.tools.read_item(item)
    w.say("{dish}, your {slot} {on}:", dish=w.quoted(facts["name"]), slot=w.slot(item.slot), on=w.on(item.date))
    if tell_leftover(w, item):
        return True
    w.say("{time} of work.", time=w.num(facts.get("hands_on_minutes")))
    w.say("{time} of cooking.", time=w.num(facts.get("cook_minutes")))
    if facts.get("hands_on_minutes") is None and facts.get("cook_minutes") is None:
        w.say("It needs no preparation worth naming.")
    return True


def _meal_time(q: Question, w: Writer) -> bool:
    items = pick_items(w.tools.items_on(q.day), q.slot) if q.slot else w.tools.items_on(q.day)
    if not items:
        return no_such_meal(q, w)
    w.about(day=q.day)
    for item in items:
        facts = w.tools.read_item(item)
        w.say(
            "{on} your {slot} is planned at {time}: {dish}.",
            on=w.on(item.date),
            slot=w.slot(item.slot),
            time=w.text(facts["time"]),
            dish=w.quoted(facts["name"]),
        )
    return True


def _ingredient_grams(q: Question, w: Writer) -> bool:
    match = _GRAMS_OF.search(q.text)
    words = q.asked_food or (match["food"] if match else "")
    wanted = set(re.findall(r"[a-z]{3,}", words)) - {"the", "any", "some", "grams"}
    item = find_item(q, w) if wanted else None
    if item is None:
        return False
    facts = w.tools.read_item(item)
    w.about(food=words)
    rows = [
        row
        for row in facts.data["ingredients"]
        if all(word.rstrip("s") in row["name"].casefold() for word in wanted)
    ]  # fmt: skip
    if not rows:
        w.say(
            "There is none of it in {dish}, your {slot} {on}.",
            dish=w.quoted(facts["name"]),
            slot=w.slot(item.slot),
            on=w.on(item.date),
        )
        w.say("It is made of {ingredients}.", ingredients=w.ingredients(facts))
        return True
    for row in rows:
        w.say(
            "{grams} of {food} go into your portion of {dish}, your {slot} {on}.",
            grams=w.num(facts.get(row["key"])),
            food=w.quoted(facts[f"{row['key']}:name"]),
            dish=w.quoted(facts["name"]),
            slot=w.slot(item.slot),
            on=w.on(item.date),
        )
    return True


def _dish_nutrients(q: Question, w: Writer) -> bool:
    item = find_item(q, w)
    return no_such_meal(q, w) if item is None else tell_nutrients(q, w, item)


def tell_nutrients(q: Question, w: Writer, item: Any) -> bool:
    """What a planned dish brings of the nutrients that are asked for."""
    facts = w.tools.read_item(item)
    micros = [name for name in q.nutrients if name not in _DISH_KEYS and name in NUTRIENTS]
    if micros:
        return _dish_micros(w, item, micros[0])
    names = [name for name in q.nutrients if name in _DISH_KEYS] or list(_DISH_KEYS[:4])
    w.about(nutrient=names[0])
    amounts = w.amounts(facts, names)
    w.say(
        "{dish}, your {slot} {on}, gives you {amounts} with {servings}.",
        dish=w.quoted(facts["name"]),
        slot=w.slot(item.slot),
        on=w.on(item.date),
        amounts=amounts,
        servings=w.num(facts["servings"]),
    )
    if not amounts:
        w.say("For {dish} that value is not known to me.", dish=w.quoted(facts["name"]))
    return True


def _dish_micros(w: Writer, item: Any, name: str) -> bool:
    """What a dish brings of a vitamin or mineral, as far as its foods are known."""
    facts = w.tools.read_item(item)
    found = intake_bundle([item], name, item.date, w.tools.catalogue)
    w.about(nutrient=name)
    mean = found.get("mean")
    if mean is None:
        w.say("For {dish} that value is not known to me.", dish=w.quoted(facts["name"]))
        return True
    label, source = f"{NUTRIENTS[name][0]} of {facts['name'].label}", facts["name"].source
    mean = replace(mean, id=f"item:{item.pk}:{name}", kind="plan", label=label, source=source, object_id=item.pk)
    w.say(
        "{dish}, your {slot} {on}, gives you {amounts} with {servings}.",
        dish=w.quoted(facts["name"]),
        slot=w.slot(item.slot),
        on=w.on(item.date),
        amounts=w.language.of(w.num(mean), name),
        servings=w.num(facts["servings"]),
    )
    return True


def _leftovers(q: Question, w: Writer) -> bool:
    tools = w.tools
    first, last = q.span(days=3)
    tools.load_plans(first, last)
    found = 0
    for day in days_between(first, last):
        for item in tools.items_on(day):
            if item.leftover_of and item.status == "planned":
                facts = tools.read_item(item)
                if not found:
                    w.say("These meals are left from an earlier one:")
                found += 1
                w.line(
                    "{on} your {slot}: {dish}, {servings}.",
                    on=w.on(item.date),
                    slot=w.slot(item.slot),
                    dish=w.quoted(facts["name"]),
                    servings=w.num(facts["servings"]),
                )
    if not found:
        w.say("No leftovers are planned on these days: each dish is cooked for the meal it is eaten at.")
        w.say("How many meals one cooking serves is set in your planning rules, under “Settings”.")
    else:
        w.para("Cool them soon, keep them in the fridge, and heat them through.")
    return True


def _asks_dish(q: Question) -> bool:
    """Whether a planned meal is what the question is about, and not the day or a food."""
    return bool(q.has_own_slot or (q.follows and q.slot)) or q.has(r"dish|meal|recipe")


INTENTS = (
    Intent("leftovers", lambda q: q.has(r"left-?overs?|left over"), _leftovers),
    Intent(
        "prep_time",
        lambda q: (
            q.has(r"how long|how much time|prep time|preparation time|cooking time|how quick(?:ly)?")
            and (
                q.has(r"cook|cooking|make|prepare|prep|preparation|kitchen")
                or (q.has(r"take|takes") and (q.has_own_slot or q.follows) and q.wish is None)
            )
        ),
        _prep_time,
    ),
    Intent(
        "meal_time",
        lambda q: (
            q.has(r"when|what time|at what time|how late")
            and (q.has_own_slot or q.has(r"meals?|eat next|next meal"))
            and q.wish is None
            and not q.has(r"buy|shop|sync|read|read|plan made|caffeine|coffee")
        ),
        _meal_time,
    ),
    Intent(
        "dish_nutrients",
        lambda q: (
            (bool(q.nutrients) or q.has(r"macros|nutrients|nutrition|nutritional values?"))
            and _asks_dish(q)
            and q.moment is None
            and q.has(r"in|does|do|has|have|of|from|give|gives|contain")
            and q.has(r"how much|how many|what|nutrients|macros|nutrition|carbs|protein")
            and not q.has(r"need|should|target|why|plan|enough|hit|meet|less|more|fewer|lower|higher")
            and q.find(
                r"\b(?:in|does|do|has|of|from|for)\b.*\b(?:my|the|it|that|this|today|tomorrow|breakfast|lunch|dinner)"
            )
            is not None
        ),
        _dish_nutrients,
    ),
    Intent(
        "ingredient_grams",
        lambda q: (
            _GRAMS_OF.search(q.text) is not None
            and not q.nutrients
            and (bool(q.slot) or q.has(r"recipe|dish|meal"))
            and not q.has(r"buy|list|shop")
        ),
        _ingredient_grams,
    ),
    Intent(
        "recipe",
        lambda q: q.has_own_slot and q.has(r"what do i need|what will i need") and not q.nutrients and q.moment is None,
        _recipe,
    ),
    Intent(
        "recipe",
        lambda q: (
            q.has(RECIPE)
            and not q.has(
                r"prepare (?:myself )?(?:for|before)|in (?:the|my) race plan|shopping|buy|swap|other|another|easier|"
                r"without"
            )
        ),
        _recipe,
    ),
)
