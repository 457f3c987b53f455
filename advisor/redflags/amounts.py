"""Fasts, energies and rates of loss that are too much, by their numbers."""

from __future__ import annotations

import re

MAX_FAST_HOURS = 24
MIN_DAILY_KCAL = 1000
MAX_LOSS_PCT_PER_WEEK = 1.5
REFERENCE_WEIGHT_KG = 70.0

DEFICIT = re.compile(
    r"\b(?:lose|losing|drop|cut|shed|get rid of) (?:\w+ ){0,3}(?:weight|fat|belly|kg|kilos?|pounds?|lbs?)\b|"
    r"\bweight loss\b|"
    r"\b(?:slim|lean|cut) down\b|\b(?:calorie|energy|caloric) deficit\b|\bdeficit\b|\bdiet(?:ing)? (?:to|"
    r"for)\b|\bget (?:leaner|skinny|thinner|lighter)\b|"
    r"\bbody fat\b|\bmrsavlj\w*|\bskin(?:em|uti) (?:\w+ ){0,2}(?:kg|kila|kilograma|kilo)\b|\bkalorijsk\w+ deficit|"
    r"\b(?:intermittent )?fast(?:ing)\b|\bketo\b|\bsmrsa\w*"
)
YOUNG = re.compile(
    r"\b(?:i am|im|i m|i turned|i just turned|age|aged|being) (?:only |just |a )?(1[0-7]|[89])\b(?! ?(?:kg|"
    r"g|kcal|km|h|hours?|min|minutes?|days?|weeks?|months?|st|stone|percent|am|pm)\b| ?[%:])|"
    r"\b(1[0-7]|[89]) ?(?:years? old|yo|y o|year old|godina|god|leta)\b"
)
_KCAL = re.compile(r"(?<![\d.])(\d{2,4}) ?(?:kcal|k?cals?|calories?|kalorij\w*)\b")
_KCAL_BEFORE = re.compile(
    r"\b(?:eat|eating|ate|live|living|survive|surviving|stay|staying|stick|consume|consuming|put me|plan|diet|intake|"
    r"target|limit|goal|under|below|only|just|less than|maximum|max|set|restrict\w*|jedem|pojedem|jesti|unosim|unos|"
    r"samo|"
    r"ispod|manje od|najvise|dijet\w*|napravi|stavi me)\b"
)
_KCAL_AFTER = re.compile(
    r"^(?:\W+\w+){0,2}?\W*(?:\b(?:a|per|each|every) day\b|/ ?d\b|\bdaily\b|\bdiet\b|\btotal\b|\bdnevno\b|\bplan\b)"
)
_KCAL_NOT = re.compile(
    r"\b(?:burn\w*|deficit|surplus|extra|more|fewer|snack|bar|gel|session|ride|run|workout|swim|add|about to|trosim|"
    r"potrosim|trcanj\w*|trening\w*|uzin\w*|vise|manje nego)\b"
)
_FAST = re.compile(
    r"\b(\d{1,3}|two|three|four|five|six|seven) ?-?(hours?|hrs?|h|days?) ?-?(?:water |dry |juice )?fast(?:s|ing)?\b|"
    r"\b(?:water |dry |juice )?fast(?:ing|ed)? (?:for|of|lasting|at least|over) (\d{1,3}|two|three|four|"
    r"five|six|seven|a couple of) ?(hours?|hrs?|h|days?)\b|"
    r"\b(?:not eat(?:ing|en)?|no food|nothing to eat|without (?:any )?(?:food|eating)|havent eaten|haven "
    r"t eaten|have not eaten|have nt eaten|eat nothing|eating nothing)(?: \w+){0,2} (?:for|in|since) (\d{1,"
    r"3}|two|three|four|five|six|seven|a couple of) ?(hours?|hrs?|h|days?)\b"
)
_FAST_SR = re.compile(
    r"\b(?:postim|postiti|post|gladujem|gladovati|ne jedem|ne jesti|nisam je(?:o|la)|bez hrane|nista (?:da )?ne jedem)"
    r"(?: \w+){0,2}? (\d{1,3}|dva|dve|tri|cetiri|pet) ?(sat[ai]?|h|dana?)\b|"
    r"\b(\d{1,3}|dva|dve|tri|cetiri|pet) (sat[ai]?|dana?) (?:posta|posta na vodi|gladovanja|bez hrane|ne jedem|"
    r"bez jela)\b"
)
_LOSS_PCT = re.compile(
    r"(\d+(?:[.,]\d+)?) ?(?:%|percent) (?:of (?:my )?(?:body ?)?(?:weight|mass) )?(?:a|per|each|every|/) ?week"
)
_LOSS = re.compile(
    r"\b(?:lose|losing|drop|dropping|shed|cut|cutting|smrsam|smrsati|smrsala|smrsao|"
    r"izgubim|izgubiti|skinem|skinuti|spustim|spustiti)(?: \w+){0,2}? (\d+(?:[.,]\d+)?) "
    r"?(kg|kgs|kilos?|kila|kilogram(?:s|a|i)?|pounds?|lbs?|lb|stone)\b(?: \w+){0,3}? "
    r"(?:in|within|by|before|until|over|a|per|each|every|za|do|u)(?: (?:a|the|next|just|only|one|\d+|two|three|four|"
    r"five|"
    r"six|seven|eight|jedan|jednu|dve|dva|tri|cetiri|pet|samo))* ?(days?|weeks?|week|month|months|nedelj\w*|mesec\w*|"
    r"dana?|vikend|tomorrow|weekend|saturday|sunday|monday|"
    r"tuesday|wednesday|thursday|friday)\b"
)
_OFF = re.compile(
    r"\b(\d+(?:[.,]\d+)?) ?(kg|kgs|kilos?|pounds?|lbs?) (?:off|down|less|lighter)\b(?: \w+){0,2}? (?:in|within|by) "
    r"(?:just |only )?(?:(\d+|a|one|two|three) )?(weeks?|days?)\b"
)
_LOSS_COUNT = re.compile(
    r"\b(?:in|within|over|next|za|just|only)(?: (?:the|next|just|only|about))* (\d+|a|one|two|three|four|"
    r"five|six|seven|eight|jedan|jednu|dve|dva|tri|cetiri|pet) "
    r"(?:days?|weeks?|months?|nedelj\w*|mesec\w*|dana?)\b"
)
_WORDS = {
    "a": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "a couple of": 2,
    "jedan": 1,
    "jednu": 1,
    "dva": 2,
    "dve": 2,
    "tri": 3,
    "cetiri": 4,
    "pet": 5,
}
_KG = {"k": 1.0, "p": 0.4536, "l": 0.4536, "s": 6.35}


def _count(text: str) -> float:
    return float(_WORDS.get(text, 0) or text.replace(",", "."))


def is_long_fast(text: str) -> bool:
    for match in _FAST.finditer(text):
        number, unit = next((match[i], match[i + 1]) for i in (1, 3, 5) if match[i])
        if _count(number) * (24 if unit.startswith("d") else 1) > MAX_FAST_HOURS:
            return True
    for match in _FAST_SR.finditer(text):
        number, unit = next((match[i], match[i + 1]) for i in (1, 3) if match[i])
        if _count(number) * (24 if unit.startswith("d") else 1) > MAX_FAST_HOURS:
            return True
    return bool(
        re.search(r"\bwater fast\w*\b|\bdry fast\w*\b|\bfast(?:ing)? (?:all|the whole) (?:week|weekend)\b", text)
    )


def is_very_low_energy(text: str) -> bool:
    for match in _KCAL.finditer(text):
        kcal = int(match[1])
        before, after = text[max(0, match.start() - 40) : match.start()], text[match.end() : match.end() + 30]
        below = kcal == MIN_DAILY_KCAL and re.search(r"\b(?:under|below|less than)\s*$", before)
        if kcal >= MIN_DAILY_KCAL and not below:
            continue
        if _KCAL_NOT.search(before) or re.match(
            r"\W*(?:deficit|surplus|snack|bar|gel|breakfast|lunch|dinner|meal)", after
        ):
            continue
        if _KCAL_AFTER.match(after) and (
            _KCAL_BEFORE.search(before) or re.match(r"\W*(?:diet|plan|a day|per day|daily|/ ?d)", after)
        ):
            return True
    return False


def is_fast_loss(text: str, weight_kg: float | None) -> bool:
    wants = re.search(r"\b(?:lose|losing|drop|loss|cut|shed|smrsa\w+|izgub\w+|skin\w+)\b", text)
    for match in _OFF.finditer(text):
        share = 100 * _count(match[1]) * _KG[match[2][0]] / (weight_kg or REFERENCE_WEIGHT_KG)
        days = _count(match[3] or "1") * (7 if match[4].startswith("w") else 1)
        if share / (days / 7) > MAX_LOSS_PCT_PER_WEEK:
            return True
    if wants and any(_count(match[1]) > MAX_LOSS_PCT_PER_WEEK for match in _LOSS_PCT.finditer(text)):
        return True
    for match in _LOSS.finditer(text):
        kilograms = _count(match[1]) * _KG[match[2][0]]
        span = match[3]
        counted = _LOSS_COUNT.search(text, match.end(2))
        count = _count(counted[1]) if counted else 1.0
        weeks = count * (
            1 / 7 if span.startswith(("day", "dan")) else 4.345 if span.startswith(("month", "mesec")) else 1.0
        )
        if span in ("tomorrow", "weekend", "vikend") or span.endswith("day"):
            # A date says little of when it is; a week is the most that is meant.
            weeks = 1.0
        if 100 * kilograms / weeks / (weight_kg or REFERENCE_WEIGHT_KG) > MAX_LOSS_PCT_PER_WEEK:
            return True
    return False
