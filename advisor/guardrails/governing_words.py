"""Words that say what a number is about: measures, meals, phases of a session, days, roles and directions. Pure.

All patterns are for text as `levelled` writes it: lower case, Serbian letters without their marks, one letter for one.
"""

from __future__ import annotations

import re

_MARKS = str.maketrans("čćšžđ", "ccszd")


def levelled(text: str) -> str:
    """Lower case without Serbian marks; every place stays what it is in the text."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(mark.lower() if len(mark.lower()) == 1 else mark for mark in text)
    return lower.translate(_MARKS)


def _named(patterns: dict[str, str]) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?P<{name}>\b(?:{words})\b)" for name, words in patterns.items()))


# The first that fits counts, so that fat-free mass is no fat. Those without any fact of ours are here to be refused.
MEASURES = _named(
    {
        "lean": r"fat[- ]free mass|lean (?:body )?mass|ffm|bezmasn\w* mas\w*",
        "body_fat": r"body ?fat",
        "weight": r"body ?(?:mass|weight)|weigh(?:s|t|ing)?|tezin\w*|telesn\w* mas\w*|tezis",
        "none": r"(?:low|reduced|full)[- ]fat|fat[- ]free|low[- ]carb|"
        r"(?:low|high|rich|poor|lower|higher) in (?:\w+ (?:and|or) )?\w+|"
        r"(?:siromas|bogat)\w* (?:\w+ i )?\w+",
        "carbs": r"carb\w*|cho|(?:ugljen\w* )?hidrat(?:a|i|e|ima)|uh",
        "protein": r"proteins?|proteina|proteini|proteine|proteinima|belancevin\w*",
        "saturated": r"saturated(?: fats?)?|zasicen\w*(?: mast\w*)?",
        "omega_3": r"omega[- ]?3\w*|epa|dha",
        "fat": r"fats?|lipids?|mast|masti|mastima|masnoc\w*",
        "fiber": r"(?:dietary )?fib(?:er|re)s?|vlak\w+",
        "sodium": r"sodium|natrijum\w*",
        "caffeine": r"caffeine|kofein\w*",
        "iron": r"iron|gvozd\w*",
        "calcium": r"calcium|kalcijum\w*",
        "potassium": r"potassium|kalijum\w*",
        "magnesium": r"magnesium|magnezijum\w*",
        "zinc": r"zinc|cink\w*",
        "selenium": r"selenium|selen\w*",
        "phosphorus": r"phosphorus|fosfor\w*",
        "folate": r"folates?|folic acid|folat\w*",
        "vitamin": r"vitamins?(?: [a-k]\d{0,2})?|vitamin\w*",
        "creatine": r"creatine|kreatin\w*",
        "sugar": r"sugars?|secer\w*|glucose|fructose|glukoz\w*|fruktoz\w*|maltodextrin",
        "starch": r"starch\w*|skrob\w*",
        "cholesterol": r"cholesterol|holesterol\w*",
        "nitrate": r"nitrates?|nitrat\w*",
        "alcohol": r"alcohol|alkohol\w*",
        "electrolytes": r"electrolytes?|elektrolit\w*",
        "fluid": r"fluids?|water|liquids?|drink(?:s|ing)?|hydration|vod[aeu]|vodom|tecnost\w*|pic[ae]|pij\w*|popij\w*",
    }
)
NUTRIENTS = frozenset(MEASURES.groupindex) - {"lean", "weight", "none", "fluid", "body_fat"}

# How a fact's own name says what it measures; the first that fits counts.
FACT_MEASURES = re.compile(
    r"(?P<lean>ffm|fat-free mass|lean mass)|(?P<weight>weight_kg|body mass)|(?P<carbs>carb|evening_extra)"
    r"|(?P<carbs_each>feed_every)|(?P<protein>protein)|(?P<saturated>saturated)|(?P<omega_3>omega)"
    r"|(?P<fiber>fib(?:er|re))|(?P<sodium>sodium)|(?P<caffeine>caffeine)|(?P<iron>\biron)|(?P<calcium>calcium)"
    r"|(?P<potassium>potassium)|(?P<magnesium>magnesium)|(?P<zinc>\bzinc)|(?P<selenium>selenium)|(?P<phosphorus>phosphorus)|(?P<folate>folate)|(?P<vitamin>vitamin)"
    r"|(?P<cholesterol>cholesterol)|(?P<sugar>sugar)|(?P<alcohol>alcohol)|(?P<fat>\bfat)"
    r"|(?P<fluid>fluid|water|drinking|baseline_ml|during_ml|replacement_ml)"
    r"|(?P<spent>tdee|base_kcal|exercise_net|gross_kcal|net_kcal|rmr|offset_kcal|applied_kcal|you spend|burn)"
    r"|(?P<energy>kcal|energy)"
)

SLOTS = _named(
    {
        "breakfast": r"breakfasts?|doruc\w+",
        "lunch": r"lunch(?:es)?|ruc(?:ak|ku|ka|kom|kovi)",
        "dinner": r"dinners?|supper|vecer(?:a|e|i|u|om)",
        "snack": r"snacks?|uzin\w+",
    }
)
_TRAINING = r"session|run|ride|race|workout|swim|match|marathon"
_SESSION = (
    r"(?:session|run|ride|race|workout|swim|training|start|effort|event|jog|intervals?|match|marathon|it|this|that|"
    r"exercise|trening\w*|trk\w*|trcanj\w*|voznj\w*|plivanj\w*|start\w*|toga|njega|nje)"
)
_THE = r"(?: (?:the|your|a|each|this|that|long|easy|whole|dug\w*|tvog\w*|tvoje|svakog|svake|cele)){0,3} "
# `the day after`, `3 h before the start` and `hours before` count days and hours from something, they hold no food.
PHASES = re.compile(
    rf"(?<!day )(?<!night )(?<!evening )(?<!morning )(?<!week )(?<!dan )(?<!vece )"
    rf"(?:(?P<pre>\b(?:before|ahead of|pre|uoci){_THE}{_SESSION}\b|\bpre-\w+|\bfood before the session\b)"
    rf"|(?P<during>\b(?:during|tokom|while you|u toku){_THE}{_SESSION}\b|\bon the bike\b|\bmid-\w+"
    rf"|\b(?:over|throughout|on|in){_THE}(?:{_TRAINING})\b(?!'s|-| (?:day|morning|week|on \w+day|itself asks)))"
    rf"|(?P<post>\b(?:after|posle|nakon|following){_THE}{_SESSION}\b|\bpost-\w+|\bafterwards?\b))"
)
# What takes the sentence from a meal back to the day, strictly or only away from the meal.
WHOLE_DAY = re.compile(
    r"(?P<day>(?<!what )(?<!sto )\b(?:the|this|that|your|whole|entire|taj|ceo|celog) da(?:y|n|na)(?:'s)?"
    r"(?! (?:before|after|of)\b)|"
    r"\bdaily\b|\bdnevn\w+|(?<!race )(?<!rest )\bday's\b|\btargets?\b|\bgoals?\b|\bcilj\w*)"
    r"|(?P<free>\b(?:total|in all|together|altogether|overall|plan|reach\w*|rest|remaining|ukupno|zajedno|planu?)\b)"
)
# A meal that only says when: nothing of it is counted.
WHEN = re.compile(
    r"(?:before|after|until|from|by|since|between|pre|posle|do|od|nakon|till)(?: (?:your|the|tvo\w+))?\s*$"
)
AFTER_MEAL = re.compile(r"\s+(?:on(?:ward\w*)?\b(?! \w+day)|nadalje)")

PLANNED = re.compile(
    r"\bplan(?: already| itself)? (?:gives?|has|is|of|holds?|brings?|provides?|contains?|delivers?|comes?|reaches|"
    r"covers)\b|\bplan's\b|\bmeals? (?:give|hold|bring|provide|add|contain|come)\b|"
    r"\bplan (?:\w+ ){0,2}(?:daje|donosi|sadrzi|ima)\b|"
    r"\bobroci (?:ti )?(?:daju|donose)\b|\btogether\b|\bukupno\b|\bplanned\b(?! with)"
)
ASKED = re.compile(r"\b(?:targets?|goals?|wanted|needed|you need|asks? for|aims?|cilj\w*|treba ti|ti treba|trazi)\b")
EATEN = re.compile(
    r"\b(?:you need|treba ti|ti treba|eat(?:s|en|ing)?|intake|consume\w*|targets?|goals?|jed\w+|"
    r"pojed\w+|un[oe]s\w*|cilj\w*|gives?)\b"
)
SPENT = re.compile(
    r"\b(?:burn\w*|spend\w*|spent|expend\w*|expenditure|costs?|trosi\w*|sagore\w*|potros\w*|resting energy|at rest)\b"
)
# After a number: it is a difference, and to which side.
_GOAL = (
    r"(?= (?:(?:your|the|its|that|my|daily|day's) ){0,2}(?:targets?|goals?|needs?|plan|limit|budget|cilj\w*|plan\w*)\b)"
)
MORE = re.compile(
    r"\s{0,2}(?:(?!and\b|or\b|but\b|is\b|i\b|ili\b|which\b|are\b)[a-z]+ ){0,4}?"
    rf"(?:(?P<more>more|extra|additional|higher|surplus|on top|vise|visak\w*|(?:above|over|beyond|iznad|preko){_GOAL})"
    rf"|(?P<less>less|fewer|lower|deficit|manje|manjak\w*|short of|shy of|(?:below|under|ispod){_GOAL}))\b"
    r"(?! than (?:enough|ever)\b)"
)
BEFORE_SIGN = re.compile(r"\b(?:(?P<more>surplus|visak|suficit)|(?P<less>deficit|shortfall|manjak))\s+(?:\w+ ){0,2}$")

WEEKDAYS = _named(
    {
        "d0": r"mondays?|ponedelj\w+",
        "d1": r"tuesdays?|utor(?:ak|ka|ku|kom)",
        "d2": r"wednesdays?|sred(?:a|u|e|om)",
        "d3": r"thursdays?|cetvrt(?:ak|ka|ku|kom)",
        "d4": r"fridays?|pet(?:ak|ka|ku|kom)",
        "d5": r"saturdays?|subot(?:a|u|e|om)",
        "d6": r"sundays?|u nedelju(?! dana)|nedelja(?! trk)",
        "r0": r"today(?:'s)?|tonight(?:'s)?|danas|veceras|jutros|danasnj\w+|vecerasnj\w+",
        "r1": r"tomorrow(?:'s)?|sutra(?:snj\w+)?",
        "r9": r"yesterday(?:'s)?|juce\w*|last night",
        "other": r"(?:the )?(?:day|night|evening|morning) (?:before|after)|next day|narednog dana|"
        r"dan (?:pre|posle)|vece pre|prekosutra",
    }
)
WEAK_BEFORE = re.compile(r"\b(?:before|after|until|since|ahead of|than|pre|posle|do|od|uoci|nego)\s+$")
WEAK_AFTER = re.compile(r"'s (?:\w+ )?(?:run|ride|race|swim|session|workout|training|intervals|jog|match|event)\b")
# What takes its time: cooking, or training.
DOINGS = _named(
    {
        "cooking": r"cook\w*|bak\w+|work|prep\w*|mak(?:e|es|ing)|kitchen|recipe|hands[- ]on|simmer\w*|boil\w*|"
        r"kuva\w*|priprem\w*|rada",
        "training": r"runs?|running|rides?|riding|races?|racing|swims?|swimming|sessions?|workouts?|"
        r"trainings?|marathon|intervals?|jog|trcanj\w*|voznj\w*|trk\w*|plivanj\w*|trening\w*",
    }
)
HOLDS = re.compile(r"\b(?:holds?|has|have|contains?|gives?|provides?|brings?|sadrz\w*|ima|imaju|daje)\b")
TRAINING_SPENDS = re.compile(
    rf"\b(?:{_TRAINING}|trcanje|voznja|trka|plivanje|trening)\W+(?:\w+\W+){{0,2}}(?:burn|spend|cost|use|trosi|sagor)"
    rf"|\b(?:on|in|during|with|for|by|na|tokom){_THE}(?:{_TRAINING}|trcanj\w+|voznj\w+|trk\w+|plivanj\w+|trening\w*)\b"
)
SPANS = re.compile(r"\b(?:from|between|od|izmedu)\s+$")
SPAN_END = re.compile(r"\b(?:from|between|od|izmedu) \w+ (?:to|and|until|through|till|do|i)\s+$")
BODY = re.compile(
    r"\b(?:calculation\w*|height|weigh\w*|body|mass|lean|ffm|fat-free|mas[aeiou]m?|tez\w+|kilogram of|profil\w*)\b"
)
LOSES = re.compile(
    r"\b(?:los(?:e|es|t|ing|s)|gain\w*|drop\w*|shed\w*|smrsa\w*|izgubi\w*|dobi\w*|goal|cilj\w*|target)\b"
)
# What of the day a time belongs to: after 15:00 or before 12:00.
PARTS_OF_DAY = _named(
    {"late": r"tonight|evening|veceras|uvece|afternoon|popodne", "early": r"morning|jutros|ujutr[ou]|mornings"}
)
STARTS = re.compile(r"\b(?:starts?|begins?|start time|krece|pocinje|pocetak)\b")
# A time that a fact's own words hold: `protein within two hours after`.
WITHIN = re.compile(
    r"\b(?:within|over|over the (?:next|following)|in the (?:next|following)|every|u roku od|tokom|svakih)\s+$"
)
# Serbian words for sessions, by the words that titles have.
SESSION_WORDS = {
    "plivanj": "swim",
    "trcanj": "run",
    "voznj": "ride",
    "run": "run",
    "rid": "ride",
    "swim": "swim",
    "jog": "jog",
}
