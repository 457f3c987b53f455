"""Values inside of English sentences, told in the reader's language: numbers, days, foods, meals."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_noop as _

from planning.catalogue import names

ON_DAYS = {
    "Monday": _("on Monday %(date)s"),
    "Tuesday": _("on Tuesday %(date)s"),
    "Wednesday": _("on Wednesday %(date)s"),
    "Thursday": _("on Thursday %(date)s"),
    "Friday": _("on Friday %(date)s"),
    "Saturday": _("on Saturday %(date)s"),
    "Sunday": _("on Sunday %(date)s"),
}
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
MEALS = {
    "breakfast": _("breakfast"),
    "lunch": _("lunch"),
    "dinner": _("dinner"),
    "snack": _("snack"),
    "snack before training": _("snack before training"),
    "food during training": _("food during training"),
    "recovery snack": _("recovery snack"),
}
FOODS = {
    "red meat": _("red meat"),
    "processed meat": _("processed meat"),
    "pork": _("pork"),
    "poultry": _("poultry"),
    "fish": _("fish"),
    "oily fish": _("oily fish"),
    "shellfish": _("shellfish"),
    "egg": _("egg"),
    "legumes": _("legumes"),
    "dairy": _("dairy"),
    "whole grain": _("whole grain"),
    "nuts": _("nuts"),
}
ALLERGENS = {
    "gluten": _("gluten"),
    "crustaceans": _("crustaceans"),
    "eggs": _("eggs"),
    "fish": _("fish"),
    "peanuts": _("peanuts"),
    "soy": _("soy"),
    "milk": _("milk"),
    "tree nuts": _("tree nuts"),
    "celery": _("celery"),
    "mustard": _("mustard"),
    "sesame": _("sesame"),
    "sulphites": _("sulphites"),
    "lupin": _("lupin"),
    "molluscs": _("molluscs"),
    "wheat": _("wheat"),
}
DIETS = {
    "vegetarian": _("vegetarian"),
    "vegan": _("vegan"),
    "pescatarian": _("pescatarian"),
    "gluten free": _("gluten-free"),
    "dairy free": _("dairy-free"),
    "nut free": _("nut-free"),
    "halal": _("halal"),
    "kosher": _("kosher"),
    "low fodmap": _("low in FODMAPs"),
    "keto": _("ketogenic"),
}
_DAY = rf"(?:{'|'.join(ON_DAYS)}) \d+ (?:{'|'.join(MONTHS)})"
_DAYS = rf"(?:every day|\d+ of the \d+ days|{_DAY}(?:, {_DAY})*(?: and {_DAY})?)"
# What a value looks like, by its kind, so that only what can be told is taken for one.
SHAPES = {
    "n": r"-?[\d,]*\d(?:\.\d+)?",
    "day": _DAY,
    "date": r"\d{4}-\d{2}-\d{2}",
    "time": r"\d{2}:\d{2}",
    "when": f"on {_DAYS}",
    "first_when": f"On {_DAYS}",
    "times": r"(?:once|twice|\d+ times|once more|\d+(?:\.\d+)? more times)",
}
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


def tell_number(text: str) -> str:
    """`2,600` and `12.5` with the separators of the language."""
    plain = text.replace(",", "")
    decimals = len(plain.partition(".")[2])
    return number_format(plain, decimals, use_l10n=True, force_grouping="," in text)


def tell_day(text: str) -> str:
    """`Tuesday 3 June` as the day on which something is."""
    weekday, number, month = text.split(" ")
    # A leap year has every day; the weekday is told as it is written.
    day = date(2000, MONTHS.index(month) + 1, int(number))
    return gettext(ON_DAYS[weekday]) % {"date": date_format(day, gettext("j F"))}


def tell_date(text: str) -> str:
    """`2026-06-03` as day and month; anything else as it is."""
    return date_format(date.fromisoformat(text), gettext("j F")) if _ISO.fullmatch(text) else text


def tell_days(text: str) -> str:
    """`on every day`, `on 3 of the 7 days`, `on Tuesday 3 June and Friday 6 June`."""
    bare = text.removeprefix("on ").removeprefix("On ")
    if bare == "every day":
        return gettext("on every day")
    counted = re.fullmatch(r"(\d+) of the (\d+) days", bare)
    if counted:
        words = ngettext("on %(count)d of the %(total)d days", "on %(count)d of the %(total)d days", int(counted[1]))
        return words % {"count": int(counted[1]), "total": int(counted[2])}
    return join_words([tell_day(day) for day in re.split(r", | and ", bare)])


def tell_days_first(text: str) -> str:
    """The same at the beginning of a sentence."""
    told = tell_days(text)
    return told[:1].upper() + told[1:]


def tell_times(text: str) -> str:
    """`once`, `twice`, `5 times`, and `once more`, `2 more times`."""
    if text in ("once", "once more"):
        count = 1
    elif text == "twice":
        count = 2
    else:
        count = int(float(text.split(" ")[0]))
    if "more" in text:
        return ngettext("%(count)d more time", "%(count)d more times", count) % {"count": count}
    return ngettext("%(count)d time", "%(count)d times", count) % {"count": count}


def tell_food(text: str) -> str:
    """A tag, an allergen or a food of the catalogue in the middle of a sentence."""
    plain = text.replace("_", " ")
    known = FOODS.get(plain) or ALLERGENS.get(plain)
    return gettext(known) if known else names.food_name(plain).lower()


def tell_allergen(text: str) -> str:
    known = ALLERGENS.get(text.replace("_", " "))
    return gettext(known) if known else text


def tell_diet(text: str) -> str:
    known = DIETS.get(text.replace("_", " ").replace("-", " "))
    return gettext(known) if known else text


def tell_food_rules(text: str) -> str:
    """`vegan, no soy and no tuna (disliked)`."""
    return join_words([_food_rule(rule) for rule in re.split(r", | and (?=no )", text)])


def _food_rule(rule: str) -> str:
    if not rule.startswith("no "):
        return tell_diet(rule)
    food = rule.removeprefix("no ")
    if food.endswith(" (disliked)"):
        return gettext("no %(food)s (disliked)") % {"food": food.removesuffix(" (disliked)")}
    return gettext("no %(food)s") % {"food": tell_food(food)}


def tell_meal(text: str) -> str:
    return gettext(MEALS[text]) if text in MEALS else text


def tell_window(text: str) -> str:
    """`400 to 600 kcal and at most 30 minutes in the kitchen`."""
    told = []
    for part in text.split(" and "):
        numbers = [tell_number(number) for number in re.findall(r"[\d,]*\d(?:\.\d+)?", part)]
        if part.endswith("of carbohydrate") and len(numbers) == 2:
            words = gettext("%(low)s to %(high)s g of carbohydrate")
            told.append(words % {"low": numbers[0], "high": numbers[1]})
        elif part.endswith("kcal") and len(numbers) == 2:
            told.append(gettext("%(low)s to %(high)s kcal") % {"low": numbers[0], "high": numbers[1]})
        elif part.endswith("in the kitchen") and len(numbers) == 1:
            told.append(gettext("at most %(n)s minutes in the kitchen") % {"n": numbers[0]})
        else:
            told.append(part)
    return join_words(told)


def join_words(parts: list[str]) -> str:
    """`a, b and c`."""
    if len(parts) < 2:
        return "".join(parts)
    return gettext("%(some)s and %(last)s") % {"some": ", ".join(parts[:-1]), "last": parts[-1]}


CONVERTERS: dict[str, Callable[[str], str]] = {
    "n": tell_number,
    "day": tell_day,
    "date": tell_date,
    "when": tell_days,
    "first_when": tell_days_first,
    "times": tell_times,
    "food": tell_food,
    "foods": tell_food_rules,
    "allergen": tell_allergen,
    "diet": tell_diet,
    "meal": tell_meal,
    "window": tell_window,
}
