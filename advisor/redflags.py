"""What stops coaching: phrases that call for a person instead of a plan. Pure; runs before any backend.

The list follows the red flags of the science document (eating disorders, purging, fasting, very low energy, fast
loss, self-harm, acute symptoms) and what a nutrition product must leave to others (doping, medication, pregnancy).
A phrase too many costs a friendly hand-over, a phrase too few may cost much more.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

MAX_FAST_HOURS = 24
MIN_DAILY_KCAL = 1000
MAX_LOSS_PCT_PER_WEEK = 1.5
REFERENCE_WEIGHT_KG = 70.0
ADULT_YEARS = 18

# Letters of other scripts that look like Latin ones; text in those scripts itself has its own patterns below.
_CONFUSABLES = str.maketrans("аеорсхуіјѕԁӏвнкмтαεορτυνικ", "aeopcxyijsdlbhkmtaeoptuvik")
_MEALS = (
    r"(?:food|meals?|breakfast|lunch|dinner|supper|snacks?|dessert|cake|cookies?|pizza|chocolate|"
    r"treats?|calories|carbs|what i (?:ate|eat)|everything i (?:ate|eat))"
)
_SELF = r"(?:my ?self|me)"


@dataclass(frozen=True, slots=True)
class Rule:
    """One flag with the phrases that raise it."""

    flag: str
    patterns: tuple[re.Pattern[str], ...]


def _rule(flag: str, *patterns: str) -> Rule:
    return Rule(flag, tuple(re.compile(pattern) for pattern in patterns))


# In order of urgency: the first flag that is raised decides the words of the reply.
RULES: tuple[Rule, ...] = (
    _rule(
        "self_harm",
        r"\bkill(?:ing)? my ?self\b",
        r"\bsuicid",
        r"\bend (?:my|this) life\b|\bend it all\b|\btake my own life\b",
        r"\b(?:do not|dont|don t) want to (?:live|be alive|wake up|be here any ?more)\b|\bwant to die\b|"
        r"\bbetter off dead\b",
        r"\b(?:hurt|harm|hurting|harming)(?:ing)? my ?self\b(?! (?:on|in|at|during|while|by|when)\b)",
        r"\bself[ -]?harm",
        r"\bcut(?:ting)? my ?self\b(?! (?:a|an|some|another|off|down|slack|short)\b)",
        r"\bno reason to live\b",
        r"\bubi(?:ti|cu|jem) (?:se|sebe)\b|\b(?:ne zelim|necu) (?:vise )?da zivim\b|\bsamoubi",
    ),
    _rule(
        "chest_pain",
        r"\bchest (?:pains?|tightness|pressure|hurts|discomfort)\b|\b(?:pain|tightness|pressure|tight|"
        r"squeezing) in (?:my |the )?chest\b",
        r"\bmy chest (?:\w+ ){0,2}(?:hurts|hurting|aches|tight|burns)\b",
        r"\bheart attack\b|\b(?:irregular|skipping) heart ?beat|\bheart (?:keeps |is )?(?:skipping|skips) beats\b",
        r"\b(?:can not|cant|can t|cannot) (?:catch my breath|breathe)\b(?! (?:through|well through))",
        r"\bbol u grudima\b|\bboli me u grudima\b",
    ),
    _rule(
        "fainting",
        r"\bfaint(?:ed|ing|s)?\b",
        r"\b(?:pass|passed|passing|black|blacked|blacking) out\b",
        r"\bcollapsed (?:after|during|at|on|in)\b|\blost consciousness\b",
        r"\bonesvest\w*|\bnesvestic\w*",
    ),
    _rule(
        "heat_illness",
        r"\bheat ?stroke\b|\bheat exhaustion\b|\bsun ?stroke\b",
        r"\b(?:stopped|not|dont|don t) sweat(?:ing)?\b.*\b(?:hot|heat|dizzy|confus\w+|sun)\b|\b(?:hot|"
        r"heat|dizzy|confus\w+|sun)\b.*\b(?:stopped|not) sweating\b",
        r"\b(?:confus\w+|disoriented|delirious|vomiting)\b.*\b(?:in the heat|heat|hot day|overheat\w*)\b",
        r"\b(?:in the heat|overheat\w*)\b.*\b(?:confus\w+|disoriented|vomit\w*|staggering)\b",
        r"\btoplotni udar\b|\bsuncanica\b",
    ),
    _rule(
        "blood",
        r"\bblood(?:y)? (?:in|on) (?:my |the )?(?:stools?|poo+p?|urine|pee|toilet|vomit|diarr?h\w+)\b",
        r"\bbloody (?:stools?|diarr?h\w+|urine|poo+p?)\b|\b(?:black|tarry) stools?\b",
        r"\b(?:pee|peeing|peed|poop\w*|pass\w*|cough\w*|vomit\w*|throwing up|urinat\w+) (?:up )?blood\b",
        r"\brectal bleeding\b|\b(?:cola|coke|tea) colou?red (?:urine|pee)\b",
        r"\bkrv u (?:stolici|mokraci|urinu)\b",
    ),
    _rule(
        "eating_disorder",
        r"\b(?:make|making|made|force|forcing|forced) "
        + _SELF
        + r" (?:to )?(?:be |feel |get )?(?:sick|throw up|throwing up|vomit|puke)\b",
        r"\b(?:throw|throwing|threw|vomit\w*|puk(?:e|ed|ing))(?: up| it up)? (?:my |all my |after |every |each )+"
        + _MEALS
        + r"\b.*\b(?:weight|fat|calories|slim|skinny|thin|lighter)\b",
        r"\b(?:throw|throwing|threw) up (?:my |all my |what i )(?:food|meals?|dinner|lunch|breakfast|ate)\b",
        r"\bvomit\w* (?:after (?:every |each |my )?(?:meals?|eating|food)|to (?:lose|keep|control|stay))\b",
        r"\bpurg(?:e|ed|es|ing)\b(?! (?:the )?(?:fridge|pantry|cupboard|list|data|old))",
        r"\bbing(?:e|ed|ing|eing)\b(?! (?:watch|on (?:a )?(?:series|show|netflix)))",
        r"\blaxatives?\b",
        r"\bdiuretics?\b|\bwater (?:pills?|tablets?)\b|\bdiet (?:pills?|tablets?)\b|\bslimming (?:pills?|tea)\b",
        r"\b(?:anorexi\w*|bulimi\w*|orthorexi\w*|eating disorder|thinspo\w*|pro ana|proana|ed relapse)\b",
        r"\bstarv(?:e|ing) my ?self\b|\bself starv",
        r"\b(?:stop|quit|give up) eating\b(?! (?:\w+ ){0,2}(?:meat|sugar|dairy|gluten|bread|before|at|"
        r"so|too|junk|sweets|fish|eggs|out|late|red|processed|fast|pork|during|in))(?=$| (?:completely|"
        r"entirely|altogether|all|food|anything|for|so i|to|until|any))",
        r"\b(?:earn|earned|earning|deserve|deserved) (?:my |the |a |this |that )?" + _MEALS + r"\b",
        r"\b(?:burn|burning|burned|burnt|work|working|worked|run|running) off (?:my |the |a |this |that "
        r"|all |last night s |yesterday s |all the |all that )*" + _MEALS + r"\b",
        r"\b(?:punish|punishing) my ?self\b.*\b(?:eat|ate|eating|food|run|train|exercise)|\bexercise (?:away|"
        r"to make up for) " + _MEALS,
        r"\b(?:afraid|scared|terrified|fear|frightened|panic|anxious)\b(?: \w+){0,3} (?:gain(?:ing)?(?: "
        r"\w+)? weight|getting fat|becoming fat|weight gain|of (?:food|eating|calories|carbs))\b",
        r"\b(?:hate|disgusted (?:by|with)|disgusting) my (?:body|self|belly|thighs|weight)\b",
        r"\b(?:guilty|ashamed|disgusting|worthless)\b(?: \w+){0,4} (?:eat|eating|ate|eaten|food|meals?)\b",
        r"\b(?:i|we) chew(?:ing)? and spit|\bchew(?:ing)? (?:and|then) spit",
        r"\bhid(?:e|ing) (?:my |the )?(?:food|weight loss|how little i eat)\b",
        r"\b(?:miss(?:ed|ing)?|lost|losing|no|stopped|havent had|haven t had|without) (?:my |a |having "
        r"(?:a )?)?(?:last )?(?:two |three |four |several |few |\d )?periods?\b(?! of)",
        r"\bmy periods? (?:has |have )?(?:stopped|disappeared|is gone|are gone|went away)\b|\bamenorrh",
        r"\bbmi (?:of |to |at |under |below |around |down to |is )*(?:1[0-7](?:\.\d+)?|18(?:\.[0-4]\d*)?)\b",
        r"\b(?:skip|skipping|skipped) (?:all |every |most )?(?:meals?|breakfast|lunch|dinner|eating)\b."
        r"*\b(?:lose|losing|weight|lighter|thin|skinny|slim)\b",
        r"\b(?:sauna|sweat suit|sweatsuit|rubber suit|dehydrat\w+|hot baths?|spit(?:ting)?|cut(?:ting)? "
        r"water|water cut|water load\w*)\b.*\b(?:make weight|making weight|lose weight|weigh ?in|cut weight|"
        r"drop weight|weight class|lighter|kg|kilos?|lbs?|pounds?)\b",
        r"\b(?:make weight|making weight|lose weight|weigh ?in|cut weight|drop weight|drop \d+ ?(?:kg|"
        r"kilos?|lbs?|pounds?))\b.*\b(?:sauna|sweat suit|sweatsuit|dehydrat\w+|water cut|cut(?:ting)? "
        r"water|not drink\w*|stop drinking)\b",
        r"\bpovraca(?:m|ti|nje)? (?:posle|nakon|hranu|da smrsam)|\blaksativ\w*|\bizgladnj\w*",
    ),
    _rule(
        "doping",
        r"\bepo\b|\berythropoietin\b|\bblood dop\w+|\bdoping agent|\bmicrodos\w+ (?:epo|testosterone|hormone)",
        r"\b(?:anabolic|anabolics)\b|\b(?:take|taking|cycle|cycling on|course of|buy|use|using|best|oral|"
        r"inject\w*) (?:of )?steroids\b|\bsteroids? (?:cycle|stack|course)\b|\bon steroids\b",
        r"\bclenbuterol\b|\bclen\b|\btrenbolone\b|\btren\b|\bostarine\b|\bligandrol\b|\bsarms?\b|\bcardarine\b|"
        r"\bmeldonium\b|\bdianabol\b|\banavar\b|\bwinstrol\b|\bturinabol\b|\bigf ?1\b",
        r"\btestosterone (?:injections?|shots?|gel|cream|cycle|patch(?:es)?|dose|replacement)\b|\binject\w* "
        r"testosterone\b",
        r"\bhgh\b|\b(?:human )?growth hormone (?:inject\w+|dose|cycle|shots?|use|to)\b|\bpeptides? (?:stack|"
        r"cycle|inject\w+)\b",
        r"\btramadol\b|\bephedr(?:a|ine)\b|\bdmaa\b|\bamphetamines?\b|\bmodafinil\b|\bdnp\b|\bdinitrophenol\b",
        r"\b(?:beat|pass|cheat|evade|avoid|fail) (?:a |the |my )?(?:doping|drug|anti ?doping) (?:test|"
        r"control)s?\b|\bmasking agent",
        r"\b(?:iv|intravenous) (?:drip|infusion|fluids|saline)\b",
    ),
    _rule(
        "medication",
        r"\b(?:stop|stopping|quit|skip|skipping|come off|coming off|change|changing|double|doubling|halve|"
        r"reduce|reducing|increase|adjust|lower|raise)(?: \w+){0,2} (?:medications?|meds|medicines?|pills|"
        r"tablets|prescription|insulin|metformin|antidepressants?|ssris?|statins?|warfarin|thyroxine|levothyroxine|"
        r"lithium|beta blockers?|blood thinners?|blood pressure (?:tablets|pills|medication)|the pill|"
        r"dose|dosage)\b",
        r"\bhow (?:much|many) (?:units of |)(?:insulin|metformin|ozempic|semaglutide|ibuprofen|painkillers?|"
        r"antidepressants?)\b|\binsulin (?:dose|dosing|units)\b",
        r"\b(?:instead of|replace|without) (?:my |the )?(?:medication|meds|medicine|insulin|antidepressants?|"
        r"prescription)\b",
        r"\bozempic\b|\bsemaglutide\b|\bwegovy\b|\bmounjaro\b",
    ),
    _rule(
        "pregnancy",
        r"\b(?:i am|im|i m|am i|i might be|i may be|while|being|when|if i am|during|my) (?:\w+ )?(?:pregnant|"
        r"pregnancy|breast ?feeding|lactating|nursing my)\b",
        r"\b(?:first|second|third) trimester\b|\bexpecting a baby\b|\bi am expecting\b",
        r"\btrudna sam\b|\btrudnoc\w+|\bdojim\b",
    ),
)
_DEFICIT = re.compile(
    r"\b(?:lose|losing|drop|cut|shed|get rid of) (?:\w+ ){0,3}(?:weight|fat|kg|kilos?|pounds?|lbs?)\b|\bweight loss\b|"
    r"\b(?:slim|lean|cut) down\b|\b(?:calorie|energy|caloric) deficit\b|\bdeficit\b|\bdiet(?:ing)? (?:to|"
    r"for)\b|\bget (?:leaner|skinny|thinner|lighter)\b|"
    r"\bbody fat\b|\b(?:intermittent )?fast(?:ing)\b|\bketo\b|\bsmrsa\w*"
)
_YOUNG = re.compile(
    r"\b(?:i am|im|i m|i turned|i just turned|age|aged|being) (?:only |just |a )?(1[0-7]|[89])\b(?! ?(?:kg|"
    r"g|kcal|km|h|hours?|min|minutes?|days?|weeks?|st|stone|percent|%|am|pm|:))|"
    r"\b(1[0-7]|[89]) ?(?:years? old|yo|y o|year old)\b"
)
_KCAL = re.compile(r"(?<![\d.])(\d{2,4}) ?(?:kcal|k?cals?|calories?|kalorij\w*)\b")
_KCAL_BEFORE = re.compile(
    r"\b(?:eat|eating|ate|live|living|survive|surviving|stay|staying|stick|consume|consuming|put me|plan|diet|intake|"
    r"target|limit|goal|under|below|only|just|less than|maximum|max|set|restrict\w*)\b"
)
_KCAL_AFTER = re.compile(
    r"^(?:\W+\w+){0,2}?\W*(?:\b(?:a|per|each|every) day\b|/ ?d\b|\bdaily\b|\bdiet\b|\btotal\b|\bdnevno\b|\bplan\b)"
)
_KCAL_NOT = re.compile(
    r"\b(?:burn\w*|deficit|surplus|extra|more|fewer|snack|bar|gel|session|ride|run|workout|swim|add|about to)\b"
)
_FAST = re.compile(
    r"\b(\d{1,3}|two|three|four|five|six|seven) ?-?(hours?|hrs?|h|days?) ?-?(?:water |dry |juice )?fast(?:s|ing)?\b|"
    r"\b(?:water |dry |juice )?fast(?:ing|ed)? (?:for|of|lasting|at least|over) (\d{1,3}|two|three|four|"
    r"five|six|seven|a couple of) ?(hours?|hrs?|h|days?)\b|"
    r"\b(?:not eat(?:ing|en)?|no food|nothing to eat|without (?:any )?(?:food|eating)|havent eaten|haven "
    r"t eaten|have not eaten|have nt eaten|eat nothing|eating nothing)(?: \w+){0,2} (?:for|in|since) (\d{1,"
    r"3}|two|three|four|five|six|seven|a couple of) ?(hours?|hrs?|h|days?)\b"
)
_LOSS_PCT = re.compile(
    r"(\d+(?:[.,]\d+)?) ?(?:%|percent) (?:of (?:my )?(?:body ?)?(?:weight|mass) )?(?:a|per|each|every|/) ?week"
)
_LOSS = re.compile(
    r"\b(?:lose|losing|drop|dropping|shed|cut|cutting|smrsam|smrsati)(?: \w+){0,2}? (\d+(?:[.,]\d+)?) "
    r"?(kg|kgs|kilos?|kilograms?|pounds?|lbs?|lb|stone)\b(?: \w+){0,3}? "
    r"(?:in|within|by|over|a|per|each|every|za)(?: (?:a|the|next|just|only|one|\d+|two|three|four|five|"
    r"six|seven|eight))* ?(days?|weeks?|week|month|months|nedelj\w*|tomorrow|weekend|saturday|sunday|monday|"
    r"tuesday|wednesday|thursday|friday)\b"
)
_LOSS_COUNT = re.compile(
    r"\b(?:in|within|over|next|za|just|only)(?: (?:the|next|just|only|about))* (\d+|a|one|two|three|four|"
    r"five|six|seven|eight) (?:days?|weeks?|months?|nedelj\w*)\b"
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
}
_KG = {"k": 1.0, "p": 0.4536, "l": 0.4536, "s": 6.35}


def flatten(text: str) -> tuple[str, str]:
    """Two readings of a message without tricks: punctuation as spaces, and punctuation inside words dropped.

    Both are lower case, compatibility forms, without invisible characters, accents and look-alike letters.
    """
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text)).casefold().replace("đ", "dj")
    visible = "".join(
        mark for mark in plain if unicodedata.category(mark) not in ("Cf", "Mn", "Me", "Cc") or mark in "\n\t"
    )
    latin = visible.translate(_CONFUSABLES)
    spaced = re.sub(r"[^\w%:/.]+|(?<!\d)[./](?!\d)|_", " ", latin)
    joined = re.sub(r"(?<=[a-z])['’.\-_*·]+(?=[a-z])", "", latin)
    joined = re.sub(r"[^\w%:/.]+|(?<!\d)[./](?!\d)|_", " ", joined)
    joined = re.sub(r"\b(?:[a-z] ){3,}[a-z]\b", _spelled_out, joined)
    return tuple(re.sub(r"\s+", " ", version).strip() for version in (spaced, joined))  # type: ignore[return-value]


def _spelled_out(letters: re.Match[str]) -> str:
    """`b i n g e` as a word; a leading `i` is the speaker."""
    word = letters.group().replace(" ", "")
    return f"i {word[1:]}" if word.startswith("i") else word


def red_flags(
    text: str, *, age_years: int | None = None, weight_kg: float | None = None, pregnant: bool = False
) -> tuple[str, ...]:
    """The flags a message raises, most urgent first; empty for the ordinary ones."""
    readings = flatten(text)
    found = [rule.flag for rule in RULES if any(p.search(reading) for p in rule.patterns for reading in readings)]
    checks: tuple[tuple[str, Callable[[str], bool]], ...] = (
        ("long_fast", _is_long_fast),
        ("very_low_energy", _is_very_low_energy),
        ("fast_loss", lambda reading: _is_fast_loss(reading, weight_kg)),
    )
    found += [flag for flag, check in checks if any(check(reading) for reading in readings)]
    wants_deficit = any(_DEFICIT.search(reading) for reading in readings)
    if wants_deficit and ((age_years is not None and age_years < ADULT_YEARS) or any(map(_YOUNG.search, readings))):
        found.append("minor_deficit")
    if wants_deficit and pregnant and "pregnancy" not in found:
        found.append("pregnancy")
    return tuple(found)


def _count(text: str) -> float:
    return float(_WORDS.get(text, 0) or text.replace(",", "."))


def _is_long_fast(text: str) -> bool:
    for match in _FAST.finditer(text):
        number, unit = next((match[i], match[i + 1]) for i in (1, 3, 5) if match[i])
        if _count(number) * (24 if unit.startswith("d") else 1) > MAX_FAST_HOURS:
            return True
    return bool(
        re.search(r"\bwater fast\w*\b|\bdry fast\w*\b|\bfast(?:ing)? (?:all|the whole) (?:week|weekend)\b", text)
    )


def _is_very_low_energy(text: str) -> bool:
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


def _is_fast_loss(text: str, weight_kg: float | None) -> bool:
    wants = re.search(r"\b(?:lose|losing|drop|loss|cut|shed)\b", text)
    if wants and any(_count(match[1]) > MAX_LOSS_PCT_PER_WEEK for match in _LOSS_PCT.finditer(text)):
        return True
    for match in _LOSS.finditer(text):
        kilograms = _count(match[1]) * _KG[match[2][0]]
        span = match[3]
        counted = _LOSS_COUNT.search(text, match.end(2))
        count = _count(counted[1]) if counted else 1.0
        weeks = count * (1 / 7 if span.startswith("day") else 4.345 if span.startswith("month") else 1.0)
        if span in ("tomorrow", "weekend") or span.endswith("day"):
            weeks = 1.0
        if 100 * kilograms / weeks / (weight_kg or REFERENCE_WEIGHT_KG) > MAX_LOSS_PCT_PER_WEEK:
            return True
    return False
