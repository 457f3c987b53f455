"""What stops coaching: phrases that call for a person instead of a plan. Pure; runs before any backend.

The list follows the red flags of the science document (eating disorders, purging, fasting, very low energy, fast
loss, self-harm, acute symptoms) and what a nutrition product must leave to others (doping, medication, pregnancy,
injury).
A phrase too many costs a friendly hand-over, a phrase too few may cost much more.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping

from advisor.redflags.amounts import DEFICIT, YOUNG, is_fast_loss, is_long_fast, is_very_low_energy
from advisor.redflags.body import BODY
from advisor.redflags.english import ENGLISH
from advisor.redflags.others import OTHERS
from advisor.redflags.rule import Rule
from advisor.redflags.serbian import SERBIAN

__all__ = ["RULES", "Rule", "flatten", "red_flags"]

ADULT_YEARS = 18

# In order of urgency: the first flag that is raised decides the words of the reply. Vomiting that is meant raises
# `unwell` too, so that eating problems come before it.
_ORDER = (
    "self_harm",
    "chest_pain",
    "fainting",
    "heat_illness",
    "blood",
    "eating_disorder",
    "unwell",
    "doping",
    "medication",
    "condition",
    "pregnancy",
    "injury",
)
RULES: tuple[Rule, ...] = tuple(
    Rule(
        flag, tuple(p for rows in (ENGLISH, SERBIAN, OTHERS, BODY) for r in rows if r.flag == flag for p in r.patterns)
    )
    for flag in _ORDER
)
# Letters of other scripts that look like Latin ones; text in those scripts itself is read letter by letter below.
_CONFUSABLES = str.maketrans("аеорсхуіјѕԁӏвнкмтαεορτυνικ", "aeopcxyijsdlbhkmtaeoptuvik")
_CYRILLIC = {
    **dict(zip("абвгдђежзијклмнопрстћуфхцчш", "abvgd-ezzijklmnoprstcufhccs", strict=True)),
    **{"ђ": "dj", "љ": "lj", "њ": "nj", "џ": "dz"},
}
_SERBIAN_LETTERS = str.maketrans(_CYRILLIC)
# Figures of speech that hold the words of a flag.
_HARMLESS = re.compile(
    r"\bsuicides?(?: \w+)? (?:squeeze|sprints?|drills?|runs?|intervals?|pace|hill)\b|\bsuicidal pace\b|"
    r"\bline suicides\b|"
    r"\b(?:what time|when|how long before \w+(?: \w+)?) (?:should|do|must) i stop eating\b|"
    r"\b(?:hill|climb|price|burger|session|finish) (?:is|was) a heart attack\b|"
    r"\bblack(?:ed|ing)? out (?:the |my )?(?:curtains?|windows?|room|bedroom)\b|"
    r"\b(?:nerves|gels?|milk|coffee|caffeine|sports drinks?) (?:always |just |often )?makes? me (?:feel |get )?sick\b|"
    r"\b(?:kill|die|dying|murder) for (?:a|an|some|the)\b|\bbinge (?:watch\w*|read\w*|listen\w*)\b|"
    r"\bblack out (?:curtains?|blinds?)\b|\bblackout\b|\bpass(?:ed|ing)? out (?:flyers|water|bottles|bibs|medals|"
    r"gels)\b|"
    r"\bbinge on (?:a )?(?:series|show|netflix)\b|\bheart attack (?:pace|hill|burger|sandwich)\b|"
    r"\b(?:faint|fainting) (?:smell|taste|hope|line|idea|praise)\b|\bfaintly\b|\bfainted never\b|\bsteroid free\b|"
    r"\bpregnant (?:sister|wife|friend|women|woman s)\b|"
    r"\b(?:sister|wife|girlfriend|friend|partner|daughter|coach|she) (?:is|s) (?:\w+ ){0,4}?pregnant\b|"
    r"\b(?:zena|supruga|sestra|drugarica|devojka|trenerica)(?: mi)?(?: je)?(?: \w+){0,2}? trudna\b|"
    r"\btrudna (?:mi je )?(?:zena|supruga|sestra|drugarica|devojka)\b|"
    r"\b(?:not suicidal|never suicidal)\b|"
    r"\b(?:i am|im|i m|i was|i would|id|i d) (?:not|never) (?:going to |gonna |want to )?(?:kill|hurt|harm|"
    r"cut)\w* my ?self\b|"
    r"\bnisam (?:samoubica|suicidal\w+)\b"
)
# A flag that is denied is none; only words that carry a denial on may stand between.
_CARRIES = (
    r"(?:had|have|has|having|been|any|ever|a|an|the|use|using|used|take|taking|taken|took|do|doing|done|did|want|to|"
    r"trying|"
    r"feel|feeling|felt|really|currently|get|getting|got|be|yet|once|of|like|in|signs?|history|more|actually|"
    r"imam|imao|imala|uzimam|koristim|koristio|koristila|zelim|da|se|sam|nikad|nikada|bilo|kakv\w*)"
)
_DENIED = re.compile(
    rf"\b(?:no|not|never|without|dont|don t|didnt|didn t|havent|haven t|hasnt|hasn t|isnt|isn t|wasnt|wasn t|cannot|"
    rf"wont|"
    rf"won t|wouldnt|wouldn t|nikad|nikada|nemam|nisam|nema|ne|bez)(?: {_CARRIES})* $"
)
_STAYS = re.compile(r"\b(?:can(?:t| t|not| not)|could ?n(?:t| t|ot)|why (?:not|dont|don t)|ne mogu da ne) $")
_NEVER_DENIED = frozenset({"self_harm"})


def flatten(text: str) -> tuple[str, ...]:
    """Readings of a message without tricks: punctuation as spaces, punctuation inside words dropped, Serbian Cyrillic.

    All are lower case, compatibility forms, without invisible characters, accents and look-alike letters.
    """
    formed = unicodedata.normalize("NFKC", text).casefold()
    readings = [_as_latin(formed, _CONFUSABLES)]
    if re.search(r"[а-яђјљњћџ]{3}", formed):
        readings.append(_as_latin(formed, _SERBIAN_LETTERS))
    found = []
    for latin in readings:
        spaced = re.sub(r"[^\w%:/.]+|(?<!\d)[./](?!\d)|_", " ", latin)
        joined = re.sub(r"(?<=[a-z])['’.\-_*·]+(?=[a-z])", "", latin)
        joined = re.sub(r"[^\w%:/.]+|(?<!\d)[./](?!\d)|_", " ", joined)
        joined = re.sub(r"\b(?:[a-z] ){3,}[a-z]\b", _spelled_out, joined)
        found += [re.sub(r"\s+", " ", version).strip() for version in (spaced, joined)]
    return tuple(dict.fromkeys(found)) if len(found) > 2 else tuple(found)


def _as_latin(formed: str, letters: Mapping[int, int | str]) -> str:
    plain = unicodedata.normalize("NFKD", formed.translate(letters)).replace("đ", "dj").replace("ß", "ss")
    return "".join(
        mark for mark in plain if unicodedata.category(mark) not in ("Cf", "Mn", "Me", "Cc") or mark in "\n\t"
    ).translate(letters)


def _spelled_out(letters: re.Match[str]) -> str:
    """`b i n g e` as a word; a leading `i` is the speaker."""
    word = letters.group().replace(" ", "")
    return f"i {word[1:]}" if word.startswith("i") else word


def red_flags(
    text: str, *, age_years: int | None = None, weight_kg: float | None = None, pregnant: bool = False
) -> tuple[str, ...]:
    """The flags a message raises, most urgent first; empty for the ordinary ones.

    English and Serbian; self-harm and eating disorders in German, Spanish and French as well.
    """
    readings = tuple(_HARMLESS.sub(" ", reading) for reading in flatten(text))
    found = [rule.flag for rule in RULES if any(_raises(rule, reading) for reading in readings)]
    checks: tuple[tuple[str, Callable[[str], bool]], ...] = (
        ("long_fast", is_long_fast),
        ("very_low_energy", is_very_low_energy),
        ("fast_loss", lambda reading: is_fast_loss(reading, weight_kg)),
    )
    found += [flag for flag, check in checks if any(check(reading) for reading in readings)]
    wants_deficit = any(DEFICIT.search(reading) for reading in readings)
    if wants_deficit and ((age_years is not None and age_years < ADULT_YEARS) or any(map(YOUNG.search, readings))):
        found.append("minor_deficit")
    if wants_deficit and pregnant and "pregnancy" not in found:
        found.append("pregnancy")
    # A knee can wait for what is said of eating in the same breath.
    return tuple(sorted(found, key=lambda flag: flag == "injury"))


def _raises(rule: Rule, reading: str) -> bool:
    """Whether one of a rule's phrases occurs that is not denied."""
    for pattern in rule.patterns:
        for match in pattern.finditer(reading):
            before = reading[max(0, match.start() - 60) : match.start()]
            if rule.flag in _NEVER_DENIED or not _DENIED.search(before) or _STAYS.search(before):
                return True
    return False
