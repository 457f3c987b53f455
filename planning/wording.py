"""Plain sentences for every code, step and name that the calculations and the planner use. Pure; words only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

SLOTS = {
    "breakfast": "Breakfast",
    "lunch": "Lunch",
    "dinner": "Dinner",
    "snack": "Snack",
    "pre": "Before training",
    "during": "During training",
    "post": "After training",
}
DAY_CLASSES = {
    "rest": "Rest day",
    "light": "Light day",
    "moderate": "Moderate day",
    "high": "High day",
    "very_high": "Very high day",
}
ALLERGENS = {
    "gluten": "gluten",
    "crustaceans": "crustaceans",
    "eggs": "egg",
    "fish": "fish",
    "peanuts": "peanut",
    "soy": "soy",
    "milk": "milk",
    "tree_nuts": "tree nuts",
    "celery": "celery",
    "mustard": "mustard",
    "sesame": "sesame",
    "sulphites": "sulfites",
    "lupin": "lupin",
    "molluscs": "molluscs",
    "wheat": "wheat",
}
UNITS = {"kcal/d": "kcal", "g/d": "g", "ml/d": "ml", "mg/d": "mg", "kcal/kg FFM/d": "kcal/kg", "TSS": ""}
DISCLAIMER = (
    "Estimates for healthy people, give or take 10 to 20 %. Not medical advice. "
    "Allergens come from the ingredients we know: check the labels yourself."
)


@dataclass(frozen=True, slots=True)
class Remark:
    """One sentence for a reader. `tone`: "warn" asks for action, "info" explains. `numeric` is about amounts."""

    code: str
    tone: str
    text: str
    numeric: bool = False


def _info(text: str, *, numeric: bool = False) -> tuple[str, str, bool]:
    return "info", text, numeric


def _warn(text: str, *, numeric: bool = False) -> tuple[str, str, bool]:
    return "warn", text, numeric


# Every code of the calculations and the planner; a test holds that none is missing.
CODES: dict[str, tuple[str, str, bool]] = {
    "PROFILE_ASSUMED": _info(
        "Part of your profile is unknown, so a reference adult stands in for it. "
        "Fill it in and the numbers become yours."
    ),
    "MACRO_INFEASIBLE": _warn(
        "Protein, carbohydrate and the least fat do not fit into this day's energy. "
        "A smaller deficit or other macronutrients of your own would make room.",
        numeric=True,
    ),
    "CHO_REDUCED_TO_FIT": _info(
        "Carbohydrate is a little lower than the load asks for, so that enough fat fits into the day.", numeric=True
    ),
    "FAT_ABOVE_35_INFO": _info("Fat carries more than a third of today's energy, which is fine.", numeric=True),
    "EA_RED": _warn(
        "This day leaves too little energy for your body after training. Eat to your targets at least, "
        "and talk to a sports dietitian or doctor if it happens often.",
        numeric=True,
    ),
    "EA_AMBER": _warn(
        "This day leaves less energy for your body than is good for long. Keep such days few.", numeric=True
    ),
    "ENERGY_FLOOR_APPLIED": _info(
        "Your target stands at the least that is safe for a day like this, so the deficit is smaller.", numeric=True
    ),
    "DEFICIT_BLOCKED_MINOR": _info("Under 18 nothing is planned below what your body uses."),
    "DEFICIT_BLOCKED_PREGNANCY_LACTATION": _info(
        "During pregnancy and breastfeeding nothing is planned below what your body uses."
    ),
    "DEFICIT_BLOCKED_UNDERWEIGHT": _info(
        "Your weight is low for your height, so nothing is planned below what your body uses. "
        "A doctor or dietitian can tell you more.",
        numeric=True,
    ),
    "DEFICIT_BLOCKED_ED_RED_FLAG": _info(
        "Nothing is planned below what your body uses. You can talk to someone at any time."
    ),
    "DEFICIT_NEEDS_PROFILE": _info(
        "Losing weight is planned only when age, sex, height and weight are known. Until then this keeps your weight."
    ),
    "WEIGHT_GOAL_BLOCKED_MINOR": _info("Under 18 no weight goal is planned; you eat for growth and training."),
    "RESTRICTED_MODE_MINOR": _info("Under 18 your plan shows meals without numbers."),
    "CLINICIAN_VALUE_NEEDED_PREGNANCY_LACTATION": _info(
        "Pregnancy and breastfeeding need more than this calculation knows. Ask your midwife or doctor for your values."
    ),
    "HIDE_NUMBERS_ED_RED_FLAG": _info("Your plan shows meals without numbers."),
    "CLINICIAN_CONFIRMATION_NEEDED": _warn(
        "With a condition you named, these targets need the word of your doctor or dietitian first."
    ),
    "PROTEIN_TARGET_WITHHELD": _warn(
        "With kidney disease the right amount of protein is your doctor's to set.", numeric=True
    ),
    "BODY_FAT_LOW_REVIEW": _warn(
        "The body fat you entered is low. Please check it, and talk to a sports doctor if it is right.", numeric=True
    ),
    "WEIGHT_UNUSUAL": _info("The weight you entered is unusual. Please check it.", numeric=True),
    "RMR_PER_FFM_UNUSUAL": _info(
        "The resting energy is unusual for your lean mass. Please check your measurements.", numeric=True
    ),
    "KETO_CONFLICTS_WITH_TRAINING": _info("A ketogenic diet leaves out the carbohydrate that hard training asks for."),
    "ENERGY_RAISED_FOR_LOADING": _info(
        "Energy is higher today, so that the carbohydrate before your race fits in.", numeric=True
    ),
    "MACRO_OVERRIDE": _info("Your own amounts of protein, carbohydrate or fat are in use today.", numeric=True),
    "COACH_BOUND": _info("A limit that your coach set is in use today. See Account, Coaches.", numeric=True),
    "COACH_BOUND_GIVES_WAY": _info(
        "A limit that your coach set does not fit this day. Your energy and what is safe come first.", numeric=True
    ),
    "ENERGY_RAISED_TO_FIT": _info(
        "Energy is raised a little, so that protein, carbohydrate and the least fat fit in.", numeric=True
    ),
    "DEFICIT_REDUCED_TO_FIT": _info(
        "The deficit is smaller today, so that protein, carbohydrate and the least fat fit in.", numeric=True
    ),
    "BUDGET_NOT_APPLIED": _info(
        "Your weekly budget was not used: too many prices are unknown, or they are in another currency."
    ),
    "BOUGHT_LET_GO": _info("Some meals you had bought already could not all stay. See what changed."),
    "SKIPPED_NOT_MADE_UP": _info("A skipped meal could not be made up for, so its day stays as it was."),
    "METHODS_DISAGREE": _info("Ways to estimate this session's energy differ a lot. The most reliable one is used."),
    "SPORT_UNKNOWN": _info("This sport is not known; it is counted like moderate activity."),
    "HEART_RATE_UPPER_BOUND": _info("Energy from heart rate is the most it can be; the session may use less."),
    "SPEED_OUTSIDE_EQUATION": _info("The speed is outside of what the equation was made for, so a table is used."),
    "INTENSITY_ESTIMATED": _info(
        "The load is estimated from how hard the session is meant to be; power or perceived effort would make it surer."
    ),
    "SESSION_VERY_LONG": _info("This session is very long; its energy is less certain."),
    "DEVICE_ENERGY_UNRELIABLE": _info("The energy your device reports is far off, so it is not used."),
    "BELOW_RANGE": _info("This is less carbohydrate per hour than the race asks for, because of your own limit."),
    "SWEAT_RATE_ESTIMATED": _info("Your sweat rate is an estimate. Weigh yourself before and after to measure it."),
    "HYPONATREMIA_RISK_SLOW_EVENT": _warn("In a long, slow event, drink to thirst: too much water is dangerous."),
    "HYPONATREMIA_RISK_SMALL_BODY": _warn("With a small body, drink to thirst: too much water is dangerous."),
    "HYPONATREMIA_RISK_WOMAN": _info("Women are affected by too much water more often: drink to thirst, not more."),
    "HYPONATREMIA_RISK_PAINKILLERS": _warn("Anti-inflammatory painkillers and much water together are dangerous."),
    "HYPONATREMIA_RISK_TESTED_IN_HEAT": _warn(
        "Your sweat was tested in more heat than this race will have: drink less than the test says."
    ),
    "SODIUM_WITHHELD_CONDITION": _warn("With a condition you named, extra sodium is your doctor's to decide."),
    "MET_OVERESTIMATES_HIGH_BMI": _info(
        "For this sport the table says too much for a high body mass; power or heart rate would tell more.",
        numeric=True,
    ),
    "MET_FOR_OTHER_AGES": _info("The table of activities was made for 19 to 59 years, so this is less certain."),
    "DEFICIT_PAUSED_ILLNESS": _info("While you are ill nothing is planned below what your body uses."),
    "DEFICIT_NEEDS_CLINICIAN": _info(
        "With a condition you named, losing weight needs the word of your doctor or dietitian first."
    ),
    "DEFICIT_LOCKED_SCREENING": _info(
        "Your answers about your health come first: nothing is planned below what your body uses."
    ),
    "DEFICIT_RATE_CAPPED": _info("Losing more than 1 % of your weight a week is not planned.", numeric=True),
    "SURPLUS_CAPPED": _info("More than 500 kcal a day above what you use is not planned.", numeric=True),
    "SEE_SPORTS_PHYSICIAN": _warn("Your answers about your health are a reason to see a sports physician."),
    "TOO_FEW_FOOD_DAYS": _info("Too few days with every meal marked to learn from."),
    "TOO_FEW_WEIGH_INS": _info("Too few weigh-ins to learn from."),
    "DATA_CHECK": _info("The last two weeks differ much from before: please check weights and meals."),
    "LOSS_ABOVE_2_PCT": _info("You may end more than 2 % lighter. In heat, drink a little more if it sits well."),
}

_ASSUMED = {
    "sex": "Your sex is unknown: the mean of both is used.",
    "age_years": "Your age is unknown: 30 years is used.",
    "weight_kg": "Your weight is unknown: 70 kg is used.",
    "height_cm": "Your height is unknown: 172 cm is used.",
}

TRACE_NAMES = {
    "rmr": "Resting energy",
    "ffm_kg": "Lean mass",
    "base_kcal": "A day without training",
    "exercise_net_kcal": "Training, beyond daily living",
    "offset_kcal": "Learned from your weight and meals",
    "tdee_kcal": "What the day uses",
    "energy_kcal": "Energy",
    "energy_availability": "Energy left for the body",
    "energy_availability_at_balance": "The same when you eat what you use",
    "tss": "Training load",
    "day_class": "Name of the day",
    "protein_g": "Protein",
    "carbs_g": "Carbohydrate",
    "fat_g": "Fat",
    "fat_pct": "Fat's share of energy",
    "fiber_g": "Fiber",
    "fluid_ml": "Fluid",
    "sodium_mg": "Sodium",
}

CHECKS = {
    "energy_kcal": ("Energy", "kcal"),
    "carbs_g": ("Carbohydrate", "g"),
    "protein_g": ("Protein", "g"),
    "fat_g": ("Fat", "g"),
    "fiber_g": ("Fiber", "g"),
    "sodium_mg": ("Sodium", "mg"),
    "prep_minutes": ("Time in the kitchen", "min"),
    "cost_milli": ("Cost of the plan", ""),
    "repeats": ("Most meals of the same dish, what is cooked ahead counted once", "times"),
}

# Why a meal moved when a plan was made again.
CHANGE_WORDS = {
    "slot_new": "new with the session",
    "slot_gone": "gone with the session",
    "not_allowed": "you no longer eat it",
    "day_changed": "the day asks for something else",
    "chosen": "to make the rest fit",
}
# What speaks for an alternative in a swap, in the order the groups stand.
SWAP_WORDS = {
    "favorite": "Your favorites",
    "pantry": "Uses what is at home",
    "quicker": "Less time in the kitchen",
    "same_time": "About the same time",
    "": "Also fits",
    "together": "Cooked once, eaten at both meals",
    "apart": "This meal on its own, the later one on its own",
    "beside": "With another serving beside it",
    "portion": "The same dish, another serving",
}
# What an alternative does to the other meals that it changes.
ALSO_WORDS = {
    "leftover": "{meal} eats of it too, {servings}",
    "fresh": "{meal} is then cooked freshly: {name}, {servings}",
    "dish": "{meal} becomes {name}, {servings}",
    "serving": "{meal}: {name}, now {servings}",
}
# What a solve is busy with.
STAGES = {
    "waiting": "Waiting for its turn",
    "solving": "Getting started",
    "columns": "Choosing dishes",
    "bound": "Working out what is possible",
    "search": "Putting the week together",
    "explain": "Looking for what stands in the way",
}


def nutrient_name(name: str) -> str:
    """A nutrient in words: `vitamin_b12_ug` is Vitamin B12."""
    words = re.sub(r"_(?:mg|ug|g|kcal)$", "", name).replace("_", " ")
    return re.sub(r"\b([a-z])(\d*)$", lambda found: found[0].upper(), words[:1].upper() + words[1:])


def remark_on(code: str) -> Remark:
    """The sentence for a code. A plan's warnings also hold ready sentences: they are passed on as they are."""
    known = CODES.get(code)
    if known is None:
        return Remark("", "info", code, numeric=True)
    tone, text, numeric = known
    return Remark(code, tone, text, numeric)


def remarks_on(codes: Iterable[str], *, withheld: bool = False) -> list[Remark]:
    """Sentences in the given order, each once; what is about amounts stays out where numbers are withheld."""
    found = [remark_on(code) for code in dict.fromkeys(codes)]
    return [remark for remark in found if not (withheld and remark.numeric)]


def length_in_words(minutes: float) -> str:
    """A length as people say it: 45 min, 1 h, 2 h 34."""
    hours, rest = divmod(round(minutes), 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest:02d}" if rest else f"{hours} h"


def assumed_in_words(names: Iterable[str], titles: Mapping[str, str], minutes: Mapping[str, float]) -> list[str]:
    """What was assumed, one sentence each. `titles` maps the ids of sessions to what they are called, `minutes` to the
    lengths that are planned."""
    sentences = []
    for name in names:
        event_id, _, field = name.partition(".")
        if field == "duration_minutes":
            length = f": {length_in_words(minutes[event_id])} is assumed" if event_id in minutes else ""
            sentences.append(f"“{titles.get(event_id, 'A session')}” has no length{length}.")
        else:
            sentences.append(_ASSUMED.get(name, f"{name.replace('_', ' ').capitalize()} is assumed."))
    return sentences


def slot_name(slot: str) -> str:
    """What a meal is called."""
    return SLOTS.get(slot, slot.replace("_", " ").capitalize())


def step_name(name: str) -> str:
    """What a step of a trace is called; steps of sessions are named by their words instead."""
    return TRACE_NAMES.get(name, name.replace("_", " ").capitalize())


def unit_name(unit: str) -> str:
    """A unit of a trace as people write it; amounts of a page are per day anyway."""
    return UNITS.get(unit, unit)


def input_name(name: str) -> tuple[str, str]:
    """The name and unit in an input's key: `weight_kg` → ("weight", "kg")."""
    for suffix, unit in (
        ("_g_per_kg", "g/kg"), ("_pct", "%"), ("_kcal", "kcal"), ("_kg", "kg"), ("_cm", "cm"), ("_g", "g"),
        ("_mg", "mg"), ("_ml", "ml"), ("_minutes", "min"), ("_years", "years"), ("_km", "km"), ("_l_h", "l/h"),
        ("_w", "W"),
    ):  # fmt: skip
        if name.endswith(suffix):
            return name.removesuffix(suffix).replace("_", " "), unit
    words = {"ffm": "lean mass", "rmr": "resting energy", "tss": "load", "pal nonexercise": "daily activity factor"}
    plain = name.replace("_", " ")
    return words.get(plain, plain), ""


_UNIT = re.compile(r"(\d) ?(g|kg|ml|l)\b")


def spaced(quantity: str) -> str:
    """`500g` as people read it: with a space that does not break between the number and its unit."""
    return _UNIT.sub("\\1\u00a0\\2", quantity)


EVIDENCE = {
    "V": "checked against the source",
    "V1": "from one secondary source",
    "U": "general knowledge",
    "E": "our choice",
}


def source_in_words(source: str) -> str:
    """A citation with its evidence tag spelled out."""
    text, bracket, tag = source.rpartition(" [")
    if not bracket or tag.rstrip("]") not in EVIDENCE:
        return source
    return f"{text} ({EVIDENCE[tag.rstrip(']')]})"


def check_name(name: str) -> tuple[str, str]:
    """What a row of the certificate measures, and in which unit."""
    if name in CHECKS:
        return CHECKS[name]
    for prefix, words in (("at_most_", "At most a week: "), ("at_least_", "At least a week: ")):
        if name.startswith(prefix):
            return words + name.removeprefix(prefix).replace("_", " "), "times"
    return name.replace("_", " ").capitalize(), ""


def allergens_in_words(statuses: dict[str, str], *, allergies: Iterable[str] = ()) -> dict[str, list[str]]:
    """Names by status: `contains`, `may_contain`, and `unknown` (absent counts as unknown); own allergies first."""
    mine = set(allergies)
    groups: dict[str, list[str]] = {"contains": [], "may_contain": [], "unknown": []}
    for name in sorted(ALLERGENS, key=lambda allergen: (allergen not in mine, ALLERGENS[allergen])):
        status = statuses.get(name, "unknown")
        if status in groups:
            groups[status].append(ALLERGENS[name])
    return groups
