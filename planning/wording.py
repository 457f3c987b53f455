"""Plain sentences for every code, step and name that the calculations and the planner use. Pure; words only.

Tables are English and marked for translation; functions answer in the language that is active, unless they say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext, gettext_lazy, ngettext
from django.utils.translation import gettext_noop as _

from nutrition_site.kernel.sentences import in_english
from planning.phrases import tell
from planning.phrases.values import tell_food
from planning.wording_codes import ASSUMED, CODES

SLOTS: dict[str, Any] = {
    "breakfast": gettext_lazy("Breakfast"),
    "lunch": gettext_lazy("Lunch"),
    "dinner": gettext_lazy("Dinner"),
    "snack": gettext_lazy("Snack"),
    "pre": gettext_lazy("Before training"),
    "during": gettext_lazy("During training"),
    "post": gettext_lazy("After training"),
}
DAY_CLASSES = {
    "rest": _("Rest day"),
    "light": _("Light day"),
    "moderate": _("Moderate day"),
    "high": _("High day"),
    "very_high": _("Very high day"),
}
ALLERGENS = {
    "gluten": _("gluten"),
    "crustaceans": _("crustaceans"),
    "eggs": _("egg"),
    "fish": _("fish"),
    "peanuts": _("peanut"),
    "soy": _("soy"),
    "milk": _("milk"),
    "tree_nuts": _("tree nuts"),
    "celery": _("celery"),
    "mustard": _("mustard"),
    "sesame": _("sesame"),
    "sulphites": _("sulfites"),
    "lupin": _("lupin"),
    "molluscs": _("molluscs"),
    "wheat": _("wheat"),
}
# A row of a certificate about the meals before a start: its clock follows.
BEFORE_ROW = "carbs_before_"
UNITS = {"kcal/d": "kcal", "g/d": "g", "ml/d": "ml", "mg/d": "mg", "kcal/kg FFM/d": "kcal/kg", "L/h": "l/h", "TSS": ""}
DISCLAIMER = _(
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


TRACE_NAMES = {
    "rmr": _("Resting energy"),
    "ffm_kg": _("Lean mass"),
    "base_kcal": _("A day without training"),
    "exercise_net_kcal": _("Training, beyond daily living"),
    "offset_kcal": _("Learned from your weight and meals"),
    "tdee_kcal": _("What the day uses"),
    "energy_kcal": _("Energy"),
    "energy_availability": _("Energy left for the body"),
    "energy_availability_at_balance": _("The same when you eat what you use"),
    "tss": _("Training load"),
    "day_class": _("Name of the day"),
    "protein_g": _("Protein"),
    "carbs_g": _("Carbohydrate"),
    "fat_g": _("Fat"),
    "fat_pct": _("Fat's share of energy"),
    "fiber_g": _("Fiber"),
    "fluid_ml": _("Fluid"),
    "sodium_mg": _("Sodium"),
}

CHECKS = {
    "energy_kcal": (_("Energy"), "kcal"),
    "carbs_g": (_("Carbohydrate"), "g"),
    "protein_g": (_("Protein"), "g"),
    "fat_g": (_("Fat"), "g"),
    "fiber_g": (_("Fiber"), "g"),
    "sodium_mg": (_("Sodium"), "mg"),
    "prep_minutes": (_("Time in the kitchen"), "min"),
    "cost_milli": (_("Cost of the plan"), ""),
    "repeats": (_("Most meals of the same dish, what is cooked ahead counted once"), _("times")),
}

# Why a meal moved when a plan was made again.
CHANGE_WORDS = {
    "slot_new": _("new with the session"),
    "slot_gone": _("gone with the session"),
    "not_allowed": _("you no longer eat it"),
    "day_changed": _("the day asks for something else"),
    "chosen": _("to make the rest fit"),
}
# What speaks for an alternative in a swap, in the order the groups stand.
SWAP_WORDS = {
    "favorite": _("Your favorites"),
    "pantry": _("Uses what is at home"),
    "quicker": _("Less time in the kitchen"),
    "same_time": _("About the same time"),
    "": _("Also fits"),
    "together": _("Cooked once, eaten at both meals"),
    "apart": _("This meal on its own, the later one on its own"),
    "beside": _("With another serving beside it"),
    "portion": _("The same dish, another serving"),
}
# What an alternative does to the other meals that it changes.
ALSO_WORDS = {
    "leftover": _("{meal} eats of it too, {servings}"),
    "fresh": _("{meal} is then cooked freshly: {name}, {servings}"),
    "dish": _("{meal} becomes {name}, {servings}"),
    "serving": _("{meal}: {name}, now {servings}"),
}
# What a solve is busy with.
STAGES = {
    "waiting": _("Waiting for its turn"),
    "solving": _("Getting started"),
    "columns": _("Choosing dishes"),
    "bound": _("Working out what is possible"),
    "search": _("Putting the week together"),
    "explain": _("Looking for what stands in the way"),
}


def nutrient_name(name: str) -> str:
    """A nutrient in words: `vitamin_b12_ug` is Vitamin B12."""
    words = re.sub(r"_(?:mg|ug|g|kcal)$", "", name).replace("_", " ")
    return tell(re.sub(r"\b([a-z])(\d*)$", lambda found: found[0].upper(), words[:1].upper() + words[1:]))


def remark_on(code: str) -> Remark:
    """The sentence for a code. A plan's warnings also hold ready sentences: they are told as far as they are known."""
    known = CODES.get(code)
    if known is None:
        return Remark("", "info", tell(code), numeric=True)
    tone, text, numeric = known
    return Remark(code, tone, gettext(text), numeric)


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
            title = titles.get(event_id) or gettext("A session")
            if event_id in minutes:
                words = gettext("“%(title)s” has no length: %(length)s is assumed.")
                sentences.append(words % {"title": title, "length": length_in_words(minutes[event_id])})
            else:
                sentences.append(gettext("“%(title)s” has no length.") % {"title": title})
        elif name in ASSUMED:
            sentences.append(gettext(ASSUMED[name]))
        else:
            plain = name.replace("_", " ").capitalize()
            sentences.append(gettext("%(name)s is assumed.") % {"name": plain})
    return sentences


def servings_count(servings: float) -> int:
    """The whole number by which the word for servings is chosen: 1 for one, 2 for a fraction."""
    return round(servings) if servings == round(servings) else 2


def servings_in_words(servings: float) -> str:
    """`1 serving`, `1.5 servings`."""
    words = ngettext("%(amount)s serving", "%(amount)s servings", servings_count(servings))
    return words % {"amount": amount_in_words(servings)}


def amount_in_words(amount: float) -> str:
    """A small amount with the language's own decimal sign: 2, 1.5."""
    return number_format(f"{amount:g}", use_l10n=True)


def meal_in_words(day: date, slot: str) -> str:
    """A meal of a day in the middle of a sentence: `Monday’s dinner`."""
    return gettext("%(day)s’s %(slot)s") % {"day": date_format(day, "l"), "slot": slot_name(slot).lower()}


def slot_name(slot: str) -> str:
    """What a meal is called."""
    return str(SLOTS.get(slot, slot.replace("_", " ").capitalize()))


def step_name(name: str) -> str:
    """What a step of a trace is called, in English; steps of sessions are named by their words instead."""
    return TRACE_NAMES.get(name, name.replace("_", " ").capitalize())


def unit_name(unit: str) -> str:
    """A unit of a trace as people write it; amounts of a page are per day anyway."""
    return UNITS.get(unit, unit)


def input_name(name: str) -> tuple[str, str]:
    """The name and unit in an input's key, in English: `weight_kg` → ("weight", "kg")."""
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
    "V": _("checked against the source"),
    "V1": _("from one secondary source"),
    "U": _("general knowledge"),
    "E": _("our choice"),
}


def source_in_words(source: str) -> str:
    """A citation with its evidence tag spelled out."""
    text, bracket, tag = source.rpartition(" [")
    if not bracket or tag.rstrip("]") not in EVIDENCE:
        return tell(source)
    return f"{tell(text)} ({gettext(EVIDENCE[tag.rstrip(']')])})"


def check_name(name: str) -> tuple[str, str]:
    """What a row of the certificate measures, and in which unit."""
    if name in CHECKS:
        words, unit = CHECKS[name]
        return gettext(words), gettext(unit) if unit else ""
    for prefix, words in (("at_most_", _("At most a week: %(food)s")), ("at_least_", _("At least a week: %(food)s"))):
        if name.startswith(prefix):
            return gettext(words) % {"food": food_kind(name.removeprefix(prefix))}, gettext("times")
    if name.startswith(BEFORE_ROW):
        clock = name.removeprefix(BEFORE_ROW)
        return gettext("Carbohydrate before the start at %(time)s") % {"time": f"{clock[:2]}:{clock[2:]}"}, "g"
    return name.replace("_", " ").capitalize(), ""


def food_kind(tag: str) -> str:
    """A tag of foods in the middle of a sentence: `red_meat` is red meat."""
    return tag.replace("_", " ") if in_english() else tell_food(tag)


def allergens_in_words(statuses: dict[str, str], *, allergies: Iterable[str] = ()) -> dict[str, list[str]]:
    """Names by status: `contains`, `may_contain`, and `unknown` (absent counts as unknown); own allergies first."""
    mine = set(allergies)
    groups: dict[str, list[str]] = {"contains": [], "may_contain": [], "unknown": []}
    for name in sorted(ALLERGENS, key=lambda allergen: (allergen not in mine, ALLERGENS[allergen])):
        status = statuses.get(name, "unknown")
        if status in groups:
            groups[status].append(gettext(ALLERGENS[name]))
    return groups
