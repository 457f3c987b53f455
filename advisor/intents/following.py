"""Questions that lean on the answer before them: "and for lunch?", "why?", "and protein?", "swap it"."""

from __future__ import annotations

import re

from advisor.question import NUTRIENTS, SLOTS, Question

_LEAD = re.compile(
    r"^(?:(?:ok|okay|so|and|but|then|also|well|alright|hm+)[, ]+)*(?:what about |how about |what of |and )?"
)
_WHY = re.compile(
    r"^(?:but )?(?:why|how come|what for|why not)(?: is| are| do i need)?(?: that| it| so| this| dish| meal| one)*"
    r"(?: much| many| high| low| little)?$"
)
_WITHOUT = re.compile(
    r"^(?:(?:something|one|anything|a dish|it|that|this|made|have it) )*(?:without|minus|free of|no) (.+)$"
)
_SWAP = re.compile(
    r"^(?:can (?:i|you) |could (?:i|you) |please |i want to |let's )?"
    r"(?:(?:swap|change|replace|exchange) (?:it|that|this)"
    r"(?: out| for something else| please)?|something else|another(?: one)?|(?:other )?(?:options?|alternatives?)|"
    r"(?:give me )?something different)(?: please)?$"
)
_QUICKER = re.compile(
    r"^(?:(?:can i have |give me )?(?:something|anything|one)(?: that is| that's)? )?(?:quicker|faster)$"
)
_AROUND = re.compile(
    r"^(?:what (?:should|do|can) i (?:eat|drink|take|have) )?(?:(?:on |in )?(?:the )?(?:night before|evening before|"
    r"day before|day after|morning(?: of| before)?)|before|during|after|afterwards?)(?: it| that| the race)?$"
)
_MORNING = re.compile(r"\bmorning\b")
_HOW_MUCH_OF = re.compile(
    r"^how (?:much|many) (?:is |are )?(?:the )?[\w ]{3,14}?(?: is there| are there| does (?:it|that) have| has it|"
    r" in it)?$"
)
_NUMBERED = re.compile(
    r"^(?:i(?:'ll| will)? (?:take|want|have|choose|like) )?(?:the )?(?:number |option )?"
    r"(?P<number>first|second|third|last|1st|2nd|3rd|[123])(?: one| option| dish)?(?: please)?$"
)
_NUMBERS = {"first": 0, "1st": 0, "1": 0, "second": 1, "2nd": 1, "2": 1, "third": 2, "3rd": 2, "3": 2, "last": -1}
_OFFERING = frozenset({"swap", "swap_quicker", "swap_without", "snacks"})
_DISH_KINDS = frozenset(
    {
        *("meal", "day_plan", "recipe", "prep_time", "meal_time", "dish_nutrients", "ingredient_grams", "why_meal"),
        *(
            "dish_holds",
            "dish_keeping",
            "swap",
            "around_session",
            "race_breakfast",
            "leftovers",
            "open_meals",
            "snacks",
            "named_dish",
        ),
    }
)
# Short questions that mean the dish of the answer before, with or without a word that points at it.
_DISH_ASKS = tuple(
    (re.compile(rf"^(?:{pattern})$"), kind)
    for pattern, kind in (
        (r"(?:the |full |whole |show me the |give me the |and the |what(?:'s| is) the )*(?:recipe|ingredients|steps)"
         r"(?: please)?|how (?:do|can|should) i (?:make|cook|prepare)(?: it| that| this)?|how is (?:it|that) (?:made|"
         r"cooked|prepared)|what(?:'s| is) in (?:it|that|this)|what do i need(?: for (?:it|that))?", "recipe"),
        (r"how (?:long|much time)(?: (?:does|will|would) (?:it|that|this) take)?(?: to (?:make|cook|prepare)(?: it)?)?|"
         r"(?:prep|cooking) time|is (?:it|that) (?:quick|fast|easy)(?: to (?:make|cook))?", "prep_time"),
        (r"(?:can|could|may) (?:i|it|that|you) (?:be )?(?:freeze|frozen|re-?heat(?:ed)?|keep|kept|store|stored|"
         r"microwaved?|eat (?:it|that) cold|(?:make|cook|prepare) (?:it|that) (?:ahead|in advance)|take (?:it|that) .*|"
         r"pack (?:it|that).*|be (?:taken|packed) .*)(?: it| that| this)?(?: (?:ahead|in advance|cold|up|for later|"
         r"in the fridge|for tomorrow))*|how long (?:does|will|can) (?:it|that|i) (?:keep|last|store)(?: it)?"
         r"(?: in the fridge)?|(?:does|will) (?:it|that) (?:freeze|keep|reheat)(?: well)?", "dish_keeping"),
        (r"is (?:it|that) (?:vegan|vegetarian|pescatarian|halal|kosher|gluten[- ]free|dairy[- ]free|lactose[- ]free|"
         r"nut[- ]free)", "diet_check"),
        (r"(?:at )?what time(?: is (?:it|that))?|when(?: (?:do|should) i (?:eat|have) (?:it|that)| is (?:it|that))?",
         "meal_time"),
    )
)  # fmt: skip
_RECIPE_ASKS = {"recipe": "contents", "prep_time": "time"}
_OWN_NEED = re.compile(r"\b(?:i|my|day|today|tomorrow|need|target)\b")
_HOLDS_SHORT = re.compile(
    r"^(?:(?:is|are) there (?:any |some )?(.+?) in (?:it|that|this|them|there)|"
    r"(?:does|do) (?:it|that|this|they) (?:have|contain|include)(?: any| some)? (.+)|"
    r"(?:any|some) (.+?) in (?:it|that|this|them|there)|(?:has|have) (?:it|that|they) (?:got )?(?:any |some )?(.+))$"
)
_NO_INGREDIENT = re.compile(r"\b(?:enough|too much|carb|calorie|kcal|leftovers?|idea|reason|time)\b")
_HOW_MANY_PIECES = re.compile(r"^how many (?:gels?|bars?|bananas?|dates|chews|bottles?|rice cakes|cubes|gummies)\b")
_HOW_MUCH_IN_IT = re.compile(r"^how (?:much|many) \w+(?: \w+)? (?:does (?:it|that) have|is in (?:it|that)|has it)$")
_WHICH_FOODS = re.compile(
    r"^(?:(?:which|what)(?: other)? foods? (?:has|have|contain|bring)s?|what (?:has|contains)|where (?:do|can) i "
    r"(?:get|find)|where is)(?: (?:it|that|more|much|a lot|most))*(?: of (?:it|that))?(?: in)?$"
)
_FILLER = re.compile(
    r"\b(?:for|on|at|the|my|in|of|how|much|many|about|it|that|then|please|same|with|day|to|is|what|a|an|s)\b|[,.;:']"
)
# What has a verb of its own is a question or a wish of its own, and no food.
_OWN_WISH = re.compile(
    r"\b(?:i|i'm|you|we|like|love|hate|want|lock|unlock|swap|replace|change|plan|add|remove|put|take|forget|move|delete|"
    r"cancel|skip|cook|made|prepared|is|are|can|may|does|do|show|tell)\b"
)
_SLOT_KINDS = frozenset(
    {
        *("meal", "recipe", "prep_time", "swap", "swap_quicker", "swap_without", "dish_nutrients", "meal_time"),
        *("lock_meal", "leftovers", "ingredient_grams"),
    }
)
_SLOT_KINDS |= {"dish_holds", "dish_keeping", "why_meal"}
_DAY_KINDS = _SLOT_KINDS | {
    *("day_plan", "targets", "nutrient_target", "why_target", "plan_meets_target", "training", "training_load"),
    *("hydration", "energy_availability", "rest_day", "plan_current", "shopping_list", "diet_check", "snacks"),
    *("open_meals", "eaten_meals", "plan_again", "around_session", "next_event", "micronutrients", "week_training"),
}
_NUTRIENT_KINDS = frozenset(
    {"nutrient_target", "why_target", "food_nutrients", "plan_meets_target", "dish_nutrients", "week_nutrients"}
)
_FOOD_KINDS = frozenset(
    {"food_nutrients", "may_eat", "food_for_carbs", "shopping_amount", "shopping_add", "dislike", "ingredient_grams"}
)
_WEEK_KINDS = {"nutrient_target": "week_nutrients", "week_nutrients": "week_nutrients", "training": "training",
               "week_training": "week_training", "shopping_list": "shopping_list",
               "micronutrients": "micronutrients"}  # fmt: skip
# What gives the reason of an answer, by the kind of that answer.
_WHY_KINDS = {
    **dict.fromkeys(
        (
            *("meal", "day_plan", "week", "recipe", "prep_time", "meal_time", "dish_nutrients", "ingredient_grams"),
            *("leftovers", "open_meals", "eaten_meals", "snacks", "dish_holds", "dish_keeping", "lock_meal"),
            *("skip_meal", "mark_meal", "plan_again", "why_meal", "diet_check"),
        ),
        "why_meal",
    ),
    **dict.fromkeys(
        ("recovery", "race_plan", "race_breakfast", "caffeine", "fuel_pieces", "sweat", "why_event"), "why_event"
    ),
    **dict.fromkeys(
        (
            *("training", "next_event", "next_session", "next_race", "days_to_race", "longest_session"),
            *("week_training", "done_sessions", "calendar_state", "add_session", "why_calendar"),
        ),
        "why_calendar",
    ),
    **dict.fromkeys(("swap", "swap_quicker", "swap_without", "why_swap"), "why_swap"),
    **dict.fromkeys(("micronutrients", "foods_with", "food_nutrients", "food_for_carbs", "why_intake"), "why_intake"),
    **dict.fromkeys(("what_if_skip", "what_if_longer", "what_if_effort", "what_if_add"), "why_what_if"),
    **dict.fromkeys(("alcohol", "supplements", "gut_comfort", "medical_advice", "ideal_weight"), "why_care"),
    **dict.fromkeys(("shopping_list", "shopping_amount", "shopping_add", "pantry"), "why_shopping"),
    **dict.fromkeys(("plan_current", "why_current"), "why_current"),
    **dict.fromkeys(("energy_availability", "why_availability"), "why_availability"),
    **dict.fromkeys(("weight_goal", "why_no_deficit"), "why_no_deficit"),
    **dict.fromkeys(
        (
            *("targets", "nutrient_target", "why_target", "plan_meets_target", "compare_days", "hydration", "form"),
            *("week_nutrients", "training_load", "rest_day", "carb_loading", "expenditure"),
        ),
        "why_target",
    ),
    "may_eat": "may_eat",
}
_MICRONUTRIENTS = frozenset(
    {
        *("iron_mg", "calcium_mg", "potassium_mg", "magnesium_mg", "zinc_mg", "vitamin_d_ug", "vitamin_b12_ug"),
        *("vitamin_c_mg", "folate_ug"),
    }
)
_MOST_WORDS = 8


def read_follow_up(q: Question) -> str:
    """The kind of question that this one means after the answer before it; empty when it stands on its own.

    Sets what the question then takes over from the talk before it.
    """
    before = str(q.topic.get("kind") or "")
    if not before or len(q.text.split()) > _MOST_WORDS:
        return ""
    text = q.text.strip(" .,")
    match = _LEAD.match(text)
    rest = text[match.end() :].strip(" .,") if match else text
    is_led = rest != text
    kind = _kind_of(q, rest, before, is_led=is_led)
    if kind:
        q.follows = True
    return kind


def _kind_of(q: Question, rest: str, before: str, *, is_led: bool) -> str:
    has_meal = bool(q.topic.get("slot") or q.topic.get("day"))
    numbered = _NUMBERED.match(rest)
    if numbered and before in _OFFERING:
        offered = str(q.topic.get("offered") or "").split()
        place = _NUMBERS[numbered["number"]]
        if place < len(offered):
            q.topic["chosen"] = offered[place]
            return "swap"
    if _WHY.match(rest):
        return _reason_of(q, before)
    if (kind := _about_dish(q, rest, before)) or (kind := _pieces_of(q, rest) or _foods_of(q, rest)):
        return kind
    without = _WITHOUT.match(rest)
    if without and has_meal and (is_led or len(rest.split()) <= 4):
        q.asked_food = without[1]
        return "swap_without"
    if _SWAP.match(rest) and has_meal:
        return "swap"
    if _QUICKER.match(rest) and has_meal:
        return "swap_quicker"
    if _AROUND.match(rest) and q.topic.get("event_id") and not q.days:
        if _MORNING.search(rest):
            q.topic["relation"], q.topic["slot"] = "the morning of", "breakfast"
        return "around_session"
    if q.own_nutrients and before in _DISH_KINDS and q.topic.get("slot") and _HOW_MUCH_OF.match(rest):
        is_led = True
    return _same_again(q, rest, before) if is_led or len(rest.split()) <= 3 else ""


def _reason_of(q: Question, before: str) -> str:
    """What tells why the answer before said what it said."""
    q.asked_food = str(q.topic.get("food") or "")
    q.asks_reason = True
    if before == "around_session":
        return "why_meal" if q.topic.get("slot") else "why_event"
    return _WHY_KINDS.get(before, "why_else")


def _about_dish(q: Question, rest: str, before: str) -> str:
    """A short question about the dish, or the day's dishes, of the answer before."""
    if before not in _DISH_KINDS or q.days or q.has_own_slot or q.wish is not None:
        return ""
    is_recipe = bool(q.topic.get("dish")) and not q.topic.get("slot")
    match = _HOLDS_SHORT.match(rest)
    if match and not q.own_nutrients:
        q.asked_food = next(group for group in match.groups() if group)
        if _NO_INGREDIENT.search(q.asked_food):
            return ""
        return _of_recipe(q, "holds") if is_recipe else "dish_holds"
    kind = next((kind for pattern, kind in _DISH_ASKS if pattern.match(rest)), "")
    if is_recipe and q.own_nutrients and len(rest.split()) <= 7 and not _OWN_NEED.search(rest):
        return _of_recipe(q, "amounts")
    if is_recipe and kind in _RECIPE_ASKS:
        return _of_recipe(q, _RECIPE_ASKS[kind])
    if kind == "meal_time" and not q.topic.get("slot"):
        # "When?" after an answer about a session asks when that is.
        return "next_event" if q.topic.get("event_id") else ""
    return kind


def _of_recipe(q: Question, ask: str) -> str:
    """A question about the recipe of the answer before, which no planned meal has."""
    q.topic["ask"] = ask
    return "named_dish"


def _foods_of(q: Question, rest: str) -> str:
    if q.topic.get("food") and q.own_nutrients and _HOW_MUCH_IN_IT.match(rest):
        return "food_nutrients"
    return "foods_with" if _WHICH_FOODS.match(rest) and q.topic.get("nutrient") else ""


def _pieces_of(q: Question, rest: str) -> str:
    return "fuel_pieces" if _HOW_MANY_PIECES.match(rest) and q.topic.get("event_id") else ""


def _same_again(q: Question, rest: str, before: str) -> str:
    """The question before with another nutrient, meal, day, event or food."""
    left = rest
    for mention in q.days:
        left = left.replace(mention.words, " ")
    if q.range is not None:
        left = left.replace(q.range.words, " ")
    nutrients = [name for name, pattern in NUTRIENTS if q.has(pattern)]
    for _, pattern in (*NUTRIENTS, *SLOTS):
        left = re.sub(rf"(?<!\w)(?:{pattern})(?!\w)", " ", left)
    left = _FILLER.sub(" ", left).strip()
    if q.wish is not None and before in ("around_session", "race_plan", "next_event", "training"):
        return "next_event" if before in ("next_event", "training") else "around_session"
    if not left:
        return _other_part(q, before, nutrients)
    if before in _FOOD_KINDS and not nutrients and not _OWN_WISH.search(rest):
        q.asked_food = rest
        return before
    return ""


def _other_part(q: Question, before: str, nutrients: list[str]) -> str:
    if nutrients:
        if before in _NUTRIENT_KINDS:
            q.asked_food = str(q.topic.get("food") or "")
            return before
        if nutrients[0] in _MICRONUTRIENTS:
            return "micronutrients"
        return "dish_nutrients" if q.topic.get("slot") else "nutrient_target"
    if q.has_own_slot:
        return before if before in _SLOT_KINDS else "meal"
    if q.range is not None:
        return _WEEK_KINDS.get(before, "week")
    if q.days:
        return before if before in _DAY_KINDS else "day_plan"
    return ""
