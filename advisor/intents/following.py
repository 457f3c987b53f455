"""Questions that lean on the answer before them: "and for lunch?", "why?", "and protein?", "swap it"."""

from __future__ import annotations

import re

from advisor.question import NUTRIENTS, SLOTS, Question

_LEAD = re.compile(
    r"^(?:(?:ok|okay|so|and|but|then|also|well|alright|hm+)[, ]+)*(?:what about |how about |what of |and )?"
)
_WHY = re.compile(r"^(?:but )?(?:why|how come|what for|why not)(?: is| are| do i need)?(?: that| it| so| this)*"
                  r"(?: much| many| high| low| little)?$")  # fmt: skip
_WITHOUT = re.compile(
    r"^(?:(?:something|one|anything|a dish|it|that|this|made|have it) )*(?:without|minus|free of|no) (.+)$"
)
_SWAP = re.compile(
    r"^(?:can (?:i|you) |could (?:i|you) |please |i want to |let's )?"
    r"(?:(?:swap|change|replace|exchange) (?:it|that|this)"
    r"(?: out| for something else| please)?|something else|another(?: one)?|(?:other )?(?:options?|alternatives?)|"
    r"(?:give me )?something different)$"
)
_QUICKER = re.compile(
    r"^(?:(?:can i have |give me )?(?:something|anything|one)(?: that is| that's)? )?(?:quicker|faster)$"
)
_AROUND = re.compile(
    r"^(?:what (?:should|do|can) i (?:eat|drink|take|have) )?(?:the night before|night before|before|during|after|"
    r"afterwards?)(?: it| that)?$"
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
_WHY_KINDS = {
    "may_eat": "may_eat",
    "training": "training_load",
    "next_event": "training_load",
    "plan_current": "plan_current",
    "energy_availability": "energy_availability",
    "weight_goal": "why_no_deficit",
    "week_nutrients": "why_target",
}
_MICRONUTRIENTS = frozenset({"iron_mg", "calcium_mg", "potassium_mg"})
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
    if _WHY.match(rest):
        q.asked_food = str(q.topic.get("food") or "")
        return _WHY_KINDS.get(before, "why_target")
    without = _WITHOUT.match(rest)
    if without and has_meal and (is_led or len(rest.split()) <= 4):
        q.asked_food = without[1]
        return "swap_without"
    if _SWAP.match(rest) and has_meal:
        return "swap"
    if _QUICKER.match(rest) and has_meal:
        return "swap_quicker"
    if _AROUND.match(rest) and q.topic.get("event_id"):
        return "around_session"
    return _same_again(q, rest, before) if is_led or len(rest.split()) <= 3 else ""


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
