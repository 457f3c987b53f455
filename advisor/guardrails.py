"""What is checked before a message is answered and before a reply is sent. Pure: no database, no clock, no network."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from advisor.facts import OUTSIDE_KINDS, Citation, Fact
from advisor.redflags import red_flags
from advisor.words import MONTHS, NUMBER_WORDS, WEEKDAYS
from nutrition_site.kernel.vocabulary import ALLERGEN_ALIASES

DISCLAIMER = (
    "General information for healthy adults, from estimates that may be 10 to 20 % off. It is not medical care or a "
    "diagnosis. Please ask a doctor or a registered sports dietitian about illness, pregnancy, medication, an age "
    "below 18, or an eating problem, and check the labels of foods yourself if you have an allergy."
)
_HELP = (
    "If you are in danger now, call your local emergency number (112 in Europe, 911 in North America). "
    "findahelpline.com lists free, confidential lines in your country."
)
_DOCTOR = "Please talk to a doctor about this before you train or change what you eat."
HAND_OVER: dict[str, str] = {
    "self_harm": (
        "I am really glad you said this. You deserve to talk with a person about it now, not with a food planner. "
        f"{_HELP} If you can, tell somebody near you today. Your plan can wait."
    ),
    "chest_pain": (
        "Please stop training and get this looked at now. Pain or pressure in the chest, or trouble breathing, needs "
        "a doctor today; if it is there at this moment, call your local emergency number (112 in Europe, 911 in North "
        "America). I leave food aside until a doctor has seen you."
    ),
    "fainting": (
        "Please do not train until a doctor has seen you: fainting can have causes that food does not mend. If it "
        "happens during effort, or you hurt your head, call your local emergency number."
    ),
    "heat_illness": (
        "This can be heat illness, and it gets worse fast. Stop, get into the shade, cool the skin with water, and "
        "have somebody stay with you. With confusion, vomiting or no sweat, call your local emergency number now."
    ),
    "blood": (
        "Blood where there should be none is a reason to see a doctor soon, today if there is a lot of it or you feel "
        "weak. Please rest from training until you know the cause. I leave food advice aside here."
    ),
    "eating_disorder": (
        "Thank you for telling me. What you describe deserves care from a person, and I do not want to add numbers to "
        "it. A doctor, or a dietitian who works with eating problems, can help, and so can somebody you trust. "
        f"{_HELP} Your meals stay in your plan without numbers whenever you want them."
    ),
    "long_fast": (
        "I do not plan fasts longer than a day: for an athlete they cost muscle, bone and health. If eating has become "
        f"difficult or frightening, please talk with a doctor or a dietitian. {_HELP}"
    ),
    "very_low_energy": (
        "I do not plan days with so little energy: below that, your body cannot cover its own needs, with or without "
        f"training. {_DOCTOR} A registered sports dietitian can find a way that is safe for you. If eating less has "
        f"come to feel like something you must do, you are not alone with it. {_HELP}"
    ),
    "fast_loss": (
        "I do not plan weight loss as fast as that: it takes muscle and health with it. A registered sports dietitian "
        f"or a doctor can set a pace that is safe for you. {_HELP}"
    ),
    "doping": (
        "I do not advise on substances or methods that are banned or risky, not even on doses or timing. You answer "
        "for what is found in your body, whatever the reason. Your national anti-doping organization and the Global "
        "DRO data base can tell you what is allowed, and a team doctor can talk with you in confidence."
    ),
    "medication": (
        "I cannot advise on medication. Please do not start, stop or change a dose because of food or training before "
        "you have asked the doctor or the pharmacist who knows you. Take your training plan with you."
    ),
    "pregnancy": (
        "In pregnancy and while you breastfeed, targets must come from somebody who can examine you. Please ask your "
        "midwife, your doctor or a registered dietitian; I plan no deficit and give no numbers meanwhile."
    ),
    "minor_deficit": (
        "You are still growing, so I plan no weight loss and set no goal for weight or body fat. Please talk about it "
        "with a parent or guardian and with a doctor or a sports dietitian. Eating enough is what makes training work."
    ),
}
# Once one of these was raised, the rest of the conversation shows no energy and no weight.
WITHHOLDING_FLAGS = frozenset({"eating_disorder", "long_fast", "very_low_energy", "fast_loss", "minor_deficit"})


@dataclass(frozen=True, slots=True)
class Hand:
    """A hand-over: the words, and the safety object that goes with the reply."""

    reply: str
    safety: dict[str, Any]


def screen_message(
    text: str, *, age_years: int | None = None, weight_kg: float | None = None, pregnant: bool = False
) -> Hand | None:
    """The hand-over a message calls for, or None when it may be answered. Never depends on tier or quota."""
    flags = red_flags(text, age_years=age_years, weight_kg=weight_kg, pregnant=pregnant)
    if not flags:
        return None
    return Hand(
        reply=HAND_OVER[flags[0]],
        safety={
            "flag": flags[0],
            "flags": list(flags),
            "action": "hand_over",
            "coaching_stopped": True,
            "withholds_numbers": bool(WITHHOLDING_FLAGS & set(flags)),
            "disclaimer": DISCLAIMER,
        },
    )


# --- numbers of a reply ---
_MASS = {"g": 1.0, "gram": 1.0, "grams": 1.0, "kg": 1000.0, "kilo": 1000.0, "kilos": 1000.0, "mg": 0.001, "µg": 1e-6}
_UNITS: dict[str, tuple[str, float]] = {
    **{name: ("mass", factor) for name, factor in _MASS.items()},
    **dict.fromkeys(("milligram", "milligrams"), ("mass", 0.001)),
    **dict.fromkeys(("kilogram", "kilograms", "kgs"), ("mass", 1000.0)),
    **dict.fromkeys(("μg", "mcg"), ("mass", 1e-06)),
    **dict.fromkeys(("lb", "lbs", "pound", "pounds"), ("mass", 453.592)),
    **dict.fromkeys(("oz", "ounce", "ounces"), ("mass", 28.3495)),
    **dict.fromkeys(("kcal", "cal", "cals", "calorie", "calories", "kcals"), ("energy", 1.0)),
    **dict.fromkeys(("kj", "kilojoules"), ("energy", 1 / 4.184)),
    **dict.fromkeys(("ml", "milliliter", "milliliters", "millilitres"), ("volume", 1.0)),
    **dict.fromkeys(("l", "liter", "liters", "litre", "litres"), ("volume", 1000.0)),
    **dict.fromkeys(("min", "mins", "minute", "minutes"), ("time", 1.0)),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), ("time", 60.0)),
    **dict.fromkeys(("km", "kilometers", "kilometres", "k"), ("distance", 1.0)),
    **dict.fromkeys(("mile", "miles", "mi"), ("distance", 1.609)),
    **dict.fromkeys(("%", "percent"), ("share", 1.0)),
    **dict.fromkeys(("w", "watt", "watts"), ("power", 1.0)),
    "tss": ("load", 1.0),
    "cm": ("length", 1.0),
    **dict.fromkeys(("serving", "servings", "portion", "portions"), ("servings", 1.0)),
}
_PER = {"h": "/h", "hour": "/h", "kg": "/kg", "day": "", "d": "", "serving": "", "week": "/week", "kilo": "/kg"}
_NAMES = "|".join(sorted((re.escape(name) for name in _UNITS), key=len, reverse=True))
_FIGURE = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?"
_NUMBER = re.compile(
    rf"(?<![\w.,])(?P<number>{_FIGURE})(?P<range>\s*(?:-|to|and|or)\s*(?:{_FIGURE}))?[\s-]*"
    rf"(?:(?P<unit>{_NAMES})(?![\w]))?(?P<per>\s*(?:/|per|an|a|each)\s*(?:h|hour|kg|kilo|day|d|serving|week)\b)?",
    re.IGNORECASE,
)
_WORDED = re.compile(
    rf"\b((?:(?:{'|'.join(NUMBER_WORDS)}|hundred|thousand|a hundred|a thousand|half a)[\s-]+(?:and[\s-]+)?)+)"
    rf"({_NAMES})\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\b([01]?\d|2[0-3]):([0-5]\d)\b")
_LIST_MARK = re.compile(r"(?m)^\s*\d{1,2}[.)]\s+")
_FACT_UNITS = {"kcal/kg FFM/d": ("energy/kg", 1.0), "kcal/kg FFM": ("energy/kg", 1.0)}
_KCAL_ROUNDING = 5.0


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with a draft: the code of the check and the words it stumbled over."""

    code: str
    words: str


@dataclass(frozen=True, slots=True)
class Checked:
    """The verdict on a draft: what it cites, in order, and what is wrong; `ok` means it may be sent."""

    citations: tuple[Citation, ...]
    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        return not self.findings


def fact_unit(unit: str) -> tuple[str, float] | None:
    """Dimension and factor of a fact's unit (`g/d` is a mass a day means, `g/h` a rate); None for a bare number."""
    if unit in _FACT_UNITS:
        return _FACT_UNITS[unit]
    base, _, per = unit.lower().partition("/")
    known = _UNITS.get(base)
    if known is None:
        return None
    suffix = _PER.get(per, "/" + per) if per else ""
    return known[0] + suffix, known[1]


def check_numbers(reply: str, *, facts: Iterable[Fact], days: Collection[date] = ()) -> Checked:
    """Every number of a reply must be a fact, within the rounding it is written with; dates must be among `days`.

    Names and formulas of text facts may hold numbers of their own; what others wrote (titles of a calendar) only
    between quotation marks.
    """
    known = list(facts)
    text = unicodedata.normalize("NFKC", reply).translate(str.maketrans("–—−⁄", "---/"))
    found: list[tuple[int, Citation]] = []
    text = _take_texts(text, known, found)
    text = _LIST_MARK.sub(lambda mark: " " * len(mark.group()), text)
    text = _take_dates(text, days)
    findings: list[Finding] = []
    numeric = [fact for fact in known if isinstance(fact.value, int | float)]
    for match in _CLOCK.finditer(text):
        findings.append(Finding("number_without_fact", match.group()))
    text = _CLOCK.sub(lambda clock: " " * len(clock.group()), text)
    for number, dimension, words, place in _figures(text):
        fact = next((fact for fact in numeric if _matches(number, dimension, words, fact)), None)
        if fact is None:
            findings.append(Finding("number_without_fact", words.strip()))
        else:
            found.append((place, Citation(fact, words.strip())))
    seen: dict[str, Citation] = {}
    for _, citation in sorted(found, key=lambda row: row[0]):
        seen.setdefault(citation.fact.id, citation)
    return Checked(tuple(seen.values()), tuple(findings))


def _take_texts(text: str, facts: Sequence[Fact], found: list[tuple[int, Citation]]) -> str:
    worded = [fact for fact in facts if isinstance(fact.value, str) and fact.value.strip()]
    for fact in sorted(worded, key=lambda fact: -len(str(fact.value))):
        value = unicodedata.normalize("NFKC", str(fact.value)).translate(str.maketrans("–—−⁄", "---/"))
        pattern = re.escape(value)
        pattern = rf"[“\"]{pattern}[”\"]" if fact.kind in OUTSIDE_KINDS else rf"(?<!\w){pattern}(?!\w)"
        match = re.search(pattern, text)
        if match:
            found.append((match.start(), Citation(fact, str(fact.value))))
            text = re.sub(pattern, lambda hit: " " * len(hit.group()), text)
    return text


def _take_dates(text: str, days: Collection[date]) -> str:
    for day in days:
        month = MONTHS[day.month - 1]
        weekday = WEEKDAYS[day.weekday()]
        forms = (
            rf"(?:{weekday}|{weekday[:3]})?,? ?{day.day}(?:st|nd|rd|th)? (?:of )?(?:{month}|{month[:3]})\b(?:,"
            rf"? {day.year})?",
            rf"(?:{weekday}|{weekday[:3]})?,? ?(?:{month}|{month[:3]}) {day.day}(?:st|nd|rd|th)?\b(?:,? {day.year})?",
            day.isoformat(),
        )
        for form in forms:
            text = re.sub(rf"(?<!\d){form}(?!\d)", lambda hit: " " * len(hit.group()), text, flags=re.IGNORECASE)
    return text


def _figures(text: str) -> Iterable[tuple[float, tuple[str, float] | None, str, int]]:
    for match in _NUMBER.finditer(text):
        unit = (match["unit"] or "").lower()
        known = _UNITS.get(unit)
        per = re.sub(r"^\W*(?:per|an|a|each)?\W*", "", match["per"] or "").lower()
        dimension = None if known is None else (known[0] + _PER.get(per, ""), known[1])
        yield _value(match["number"]), dimension, match.group(), match.start()
        if match["range"]:
            second = re.search(_FIGURE, match["range"])
            if second:
                yield _value(second.group()), dimension, match.group(), match.start()
    for match in _WORDED.finditer(text):
        yield _worded_value(match[1].lower()), _UNITS[match[2].lower()], match.group(), match.start()


def _value(text: str) -> float:
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", text):
        return float(text.replace(",", ""))
    return float(text.replace(",", "."))


def _worded_value(text: str) -> float:
    total, part = 0.0, 0.0
    for word in re.findall(r"[a-z]+", text):
        if word == "hundred":
            part = max(part, 1) * 100
        elif word == "thousand":
            total, part = total + max(part, 1) * 1000, 0.0
        elif word == "half":
            part += 0.5
        else:
            part += NUMBER_WORDS.get(word, 0)
    return total + part


def _matches(number: float, dimension: tuple[str, float] | None, words: str, fact: Fact) -> bool:
    value = float(fact.value or 0.0)
    unit = fact_unit(fact.unit)
    decimals = len(match[1]) if (match := re.search(r"\d[.,](\d{1,2})(?!\d)", words)) else 0
    half = 0.5 * 10**-decimals + 1e-9
    if dimension is None:
        return bool(abs(number - value) <= half)
    if unit is None or unit[0] != dimension[0]:
        return False
    if dimension[0] == "energy" and number % 10 == 0:
        half = max(half, _KCAL_ROUNDING + 1e-9)
    return bool(abs(number - value * unit[1] / dimension[1]) <= half)


# --- what a reply may not say ---
WITHHELD_NUMBER = re.compile(
    rf"(?:{_FIGURE})\s*-?(?:kcal|k?cals?|calories|kj|kg|kilos?|kilograms?|lbs?|pounds?|stone|%\s*(?:body "
    r"?fat|of your weight))\b",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\b(?:i|we)(?:'ve| have|'m| am)?(?: just| now| already| went ahead and)* "
    r"(?:swapped|changed|updated|replaced|moved|added|removed|deleted|booked|saved|set|adjusted|rescheduled|locked)\b|"
    r"\b(?:has|have) been (?:swapped|changed|updated|replaced|moved|added|removed|saved|rescheduled)\b|"
    r"\byour (?:plan|list|meal|dinner|lunch|breakfast|profile) is now (?:changed|updated|swapped)\b",
    re.IGNORECASE,
)
_DENIAL = re.compile(
    r"\b(?:not|no|never|avoid|without|free|cannot|don't|can't|isn't|aren't|contains?|allerg\w*|instead|leave out)\b"
)


def check_reply(
    reply: str,
    *,
    facts: Iterable[Fact],
    days: Collection[date] = (),
    withheld: bool = False,
    allergies: Iterable[str] = (),
) -> Checked:
    """All checks of a draft: numbers, numbers that must be withheld, claims of deeds, foods of an allergy."""
    checked = check_numbers(reply, facts=facts, days=days)
    findings = list(checked.findings)
    if withheld:
        findings += [Finding("withheld_number", match.group()) for match in WITHHELD_NUMBER.finditer(reply)]
    # A conversation only ever proposes; whatever is applied is told by the confirmation, not by a reply.
    findings += [Finding("claimed_deed", match.group()) for match in _DONE.finditer(reply.replace("’", "'"))]
    quoted = {str(fact.value).casefold() for fact in facts if fact.kind in ("dish", "ingredient")}
    findings += [Finding("excluded_food", word) for word in excluded_foods(reply, allergies=allergies, quoted=quoted)]
    return Checked(checked.citations, tuple(findings))


def excluded_foods(reply: str, *, allergies: Iterable[str], quoted: Collection[str] = ()) -> list[str]:
    """Words for an athlete's allergens in sentences that do not warn of them; checked dish names may hold them."""
    text = reply.casefold().replace("’", "'")
    for name in sorted(quoted, key=len, reverse=True):
        text = text.replace(name, " ")
    found = []
    for allergen in allergies:
        words = {allergen.replace("_", " "), *ALLERGEN_ALIASES.get(allergen, ())}
        pattern = re.compile(
            r"\b(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + r")s?\b"
        )
        for part in re.split(r"(?<=[.!?\n])\s+", text):
            match = pattern.search(part)
            if match and not _DENIAL.search(part):
                found.append(match.group())
    return found
