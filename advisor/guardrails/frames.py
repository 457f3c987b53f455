"""What a sentence makes of a number beside its measure: whose it is, of which kind of day, a limit, the rest. Pure."""

from __future__ import annotations

import re
from datetime import timedelta

from advisor.facts import Fact
from advisor.guardrails.figures import Figure
from advisor.guardrails.governing_words import NUTRIENTS
from advisor.guardrails.measures import Meaning
from advisor.guardrails.persons import is_of_another
from advisor.guardrails.sentences import Sentence, Word

_CLAUSE = re.compile(r"[;:!?()\n]|\.(?:\s|$)")
_PART = re.compile(r"[,;:!?()\n]|\.(?:\s|$)")
_FURTHEST = 160
_DISHES = (
    r"(?:dish|meal|portion|serving|plate|bowl|recipe|helping|jelo|obrok|porcija|porciju|recept|tanjir|jela|obroka|"
    r"jelu|obroku|porciji|tanjiru|receptu)"
)
_THIS = (
    r"(?:this|that|the|your|each|every|one|a|any|either|ovo|to|ovaj|taj|ova|ta|svak[aio]|jedn[ao]|jedan|tvoj[ae]?|ovom|tom|"
    r"svakom|svakoj|jednom|jednoj|ovoj|toj|tvom|tvojoj|ovog|tog)"
)
# `this dish has`, `a portion of it gives you`, with a word or two between.
_DISH_HOLDS = re.compile(
    rf"(?:\b{_THIS}\s+(?:(?!plan|day|target)[a-z]+\s+){{0,2}}?|^\W*|\b(?:and|but|so|i|a|pa)\s+){_DISHES}\b"
    r"(?:\s+(?!has\b|is\b|ima\b|je\b)[a-z]+){0,3}?\s+(?:has|have|holds?|contains?|gives?|brings?|provides?|delivers?|is|"
    r"comes (?:to|in at|with)|packs|adds(?! to)|offers|supplies|counts|makes|ima|sadrzi|daje|donosi|nosi|je)\b"
)
_OTHER_SUBJECT = re.compile(
    r"\b(?:you need|you have|needs?|targets?|goals?|day's|(?:the|your|whole) day|daily|plan|out of|of (?:the|your)|"
    r"while|but|and (?:you|your)|treba|cilj\w*|dan|dana|dnevn\w*|ali|dok)\b"
)
_IN_DISH = re.compile(
    rf"[^,;:.!?()\d\n]{{0,40}}?\b(?:in|from|per|u|iz|po)\s+(?:{_THIS}\s+)?(?:(?!plan|day)[a-z]+\s+)?{_DISHES}\b"
)
# `a dish with 80 g`, `per meal 30 g`: what follows is the dish's.
_DISH_OF = re.compile(
    rf"(?:\b{_THIS}\s+(?:[a-z]+\s+)?{_DISHES}\s+(?:with|of|holding|containing|sa|od)|\b(?:per|each|po) {_DISHES}|"
    rf"\b{_DISHES} od)\W+"
    r"(?:(?:about|around|some|oko|at least)\s+)?$"
)
_AT_EACH = re.compile(
    rf"[^,;:.!?()\d\n]{{0,40}}?\b(?:at|with|for|uz) (?:each|every|svaki|svakom) (?:single )?{_DISHES}\b"
)
_SPREAD = re.compile(r"\b(?:spread|divide[ds]?|split|shared?|spaced?|podeli\w*|raspored\w*)\b")

_IS = re.compile(
    r"\s*,?\s*(?:(?:targets?|needs?|goal|intake|cilj|total|amount|today|tomorrow|danas|sutra|now|content|level|share|"
    r"dose)\s+){0,3}(?:is|are|was|=|:\s*that is|:\s*that's|:|comes to|stands at|sits at|equals|should be|je|su|iznosi|"
    r"at|of|means|od)\s*"
    r"(?:about|around|roughly|at|some|set (?:at|to)|oko|otprilike|just|exactly|only|now|samo)?\s*"
)
_TOLD = NUTRIENTS | {"fluid"}
# One of these holds the other.
_WITHIN = frozenset({frozenset({"saturated", "fat"}), frozenset({"omega_3", "fat"}), frozenset({"sugar", "carbs"})})

_KINDS = re.compile(
    r"(?P<eve>\b(?:the )?day before (?:the|your) race\b|\bdan (?:pre|uoci) trke\b)"
    r"|(?P<race>\brace[- ]days?\b|\bwhen you race\b|\bday of (?:the|your) race\b|"
    r"\bda(?:n|na|nu|nom) trke\b|\btrkack\w+ dan\w*)"
    r"|(?P<rest>\brest[- ]days?\b|\bdays? off\b|\bdays? of rest\b|\bda(?:n|na|ni|nima|ne) (?:za )?odmora?\b|"
    r"\bslobodn\w+ dan\w*)"
    r"|(?P<training>\btraining[- ]days?\b|\bda(?:n|na|ni|nima|ne) (?:sa? )?trening\w*)"
    r"|(?P<light>\b(?:light|easy|recovery) days?\b|\blak(?:i|e|og|om|ih|im)? dan\w*)"
    r"|(?P<hard>\b(?:hard|heavy|hardest|heaviest|tough) (?:training )?days?\b"
    r"|\b(?:tezak|teski|naporan|naporn\w+) dan\w*)"
)
_NOT_THIS_KIND = re.compile(
    r"\b(?:not|no|than|unlike|versus|vs|compared (?:with|to)|before|after|from|nije|nego|od|pre|posle|uoci|without|"
    r"isn't|instead of|umesto|until|do)\s+(?:(?:a|an|the|on|your|of|na|za|u|usual|normal)\s+){0,2}$"
)
_LIGHT, _HARD = frozenset({"rest", "light"}), frozenset({"high", "very_high", "very high", "moderate"})

_LIMIT_BEFORE = re.compile(
    r"\b(?:below|under|above|over|beneath|than|least|beyond|threshold|limit|line|mark|cut-?off|bar|floor|minimum|towards?|"
    r"until|past|ispod|iznad|od|granic\w+|prag\w*|najmanje|barem|preko)\b[^,;:!?()\n]{0,25}$"
)
_LIMIT_AFTER = re.compile(
    r"[^,;:!?()\n]{0,45}?\b(?:threshold|limit|line|mark|level below|cut-?off|floor|minimum|and below|"
    r"or (?:less|lower|more|above|below)|granic\w+|prag\w*|i manje|ili manje)\b"
)
_TELLS_OWN = re.compile(r"\b(?:you have|you are at|you get|you're at|yours|what you|imas|tvoja je|tvoj je)\b")
_SIDE = re.compile(
    r"\b(?:is|are|sits|stays|lies|stands|remains|falls|dropped|fell|je|ostaje|pada)\s+(?:now |well |just |far |"
    r"clearly |already |still |safely |a little |slightly |malo |dosta |znatno )?"
    r"(?:(?P<under>below|under|beneath|less than|lower than|ispod|manja od|niza od)"
    r"|(?P<over>above|over|more than|higher than|iznad|veca od|visa od))\s+[^,;:!?()\n]{0,25}$"
)
_THOUGHT = re.compile(r"\b(?:if|when|would|could|once|should|anything|values?|numbers?|ako|kad|kada|bi)\b")

_TRAINS = (
    r"training|session|runs?|running|rid(?:e|ing)|rac(?:e|ing)|swim\w*|workout|exercis\w*|interval\w*|marathon|everyday|"
    r"burn\w*|spen[dt]\w*|cost\w*|uses?|takes?|adds?|trening\w*|trcanj\w*|voznj\w*|plivanj\w*|trk\w*|tros\w*|sagor\w*|"
    r"potros\w*|activit\w*|it\b"
)
_RESTS = r"rest|resting|basal|bmr|rmr|metaboli\w*|lying|asleep|mirovanj\w*|bazaln\w*|metaboliz\w*|odmoru"
# Facts that mean something only in their own words, by the last part of their id.
_OWN_WORDS = {
    **dict.fromkeys(("rmr_kcal", "rmr"), re.compile(rf"\b(?:{_RESTS})\b")),
    "base_kcal": re.compile(
        rf"\b(?:{_RESTS}|without|before|base\w*|basic|everyday|living|rest day|bez|osnov\w*|odmora|non-?exercise|no)\b"
    ),
    **dict.fromkeys(
        ("uncertainty_kcal", "sd_kcal"),
        re.compile(
            r"\b(?:uncertain\w*|give or take|plus or minus|margin|off|error|nesigurn\w*|odstup\w*|gresk\w*)\b|±"
        ),
    ),
    **dict.fromkeys(("exercise_net_kcal", "net_kcal", "gross_kcal"), re.compile(rf"\b(?:{_TRAINS})")),
}
# What a day would ask for is told as a thought, not as what it asks for.
_IF_CHANGED = re.compile(
    r"\b(?:if|without|would|then|instead|skip\w*|leav\w+|dropp?\w*|fall\w*|rise\w*|go(?:es)? (?:up|down)|change\w*|"
    r"differ\w*|with or|only|just|away|shorter|longer|easier|harder|new|after|saves?|that day|ako|bez|bi|onda|tada|"
    r"umesto|promen\w*|razlik\w*|pada|raste|samo|kra[ct]\w*|duz\w*|nov\w*)\b"
)
_ENOUGH = re.compile(
    r"[^,;:!?()\n]{0,40}?\b(?:enough|sufficient|suffices?|plenty|adequate|all (?:that )?you need|will do|dovoljno|"
    r"dosta|dovoljna|je sve sto ti treba)\b"
)
_NOT = re.compile(r"\b(?:not|never|isn't|hardly|nije|ne|nikad\w*|no)\b|n't\b")
_RANGE = re.compile(
    r"\b(?:between|from|to|range\w*|low|lower|high|higher|upper|end|least|most|up|minimum|maximum|min|max|below|above|"
    r"floor|ceiling|and|izmedu|od|do|opseg\w*|raspon\w*|najmanje|najvise|donj\w+|gornj\w+)\b|\d\s?-\s?\d"
)
_LEFT_AFTER = re.compile(
    r"[^,;:.!?()\d\n]{0,40}?\b(?:left(?! out| over from)|remaining|remains?(?! (?:the|your|at|a)\b)|to go|to spare|"
    r"still open|still to (?:eat|drink|come|go)|preosta\w*|ostal[aoie]|ostaje(?! (?:na|ist\w|tvoj|cilj))|"
    r"na raspolaganju)\b"
)
_LEFT_BEFORE = re.compile(
    r"\b(?:(?:you have|there (?:is|are)|you've got|still have) (?:still )?(?:left|remaining)|remaining|left with|"
    r"(?<!what )(?<!what is )left(?: for (?:today|the day|you))?(?: is| are|:)|(?:can|may) still (?:eat|have|drink)|"
    r"preosta\w*|(?:ti ostaje|ostaje ti)(?! (?:na|ist\w))|ostal[aoie]|mozes jos)\b[^,;!?()\n\d]{0,30}$"
)
_STILL = re.compile(r"\b(?:still|jos)\b[^,;:!?()\n\d]{0,15}$")
_TO_EAT = re.compile(r"[^,;:.!?()\d\n]{0,40}?\b(?:to (?:eat|drink|go|have)|da (?:pojedes|popijes))\b")
_IS_LEFT = re.compile(r"\b(?:left|remaining|still)\b")


def fits_frame(sentence: Sentence, figure: Figure, fact: Fact, meaning: Meaning) -> bool:
    """Whether a fact may be told as the sentence tells it: of a dish, of this athlete, of such a day, as a limit."""
    return (
        not is_of_another(sentence, figure)
        and _fits_dish(sentence, figure, fact, meaning)
        and _fits_copula(sentence, figure)
        and _fits_kind_of_day(sentence, figure, fact, meaning)
        and _fits_limit(sentence, figure, fact)
        and _fits_own_words(sentence, figure, fact, meaning)
        and _fits_left(sentence, figure, fact)
    )


def _fits_dish(sentence: Sentence, figure: Figure, fact: Fact, meaning: Meaning) -> bool:
    """`This dish has`: what belongs to a whole day, or to the body, is of no dish."""
    if meaning.day is None and meaning.measure not in ("weight", "lean"):
        return True
    if meaning.slots is not None or meaning.kind in ("dish", "food"):
        return True
    return not _is_of_dish(sentence, figure)


def _is_of_dish(sentence: Sentence, figure: Figure) -> bool:
    level = sentence.level
    start = _last_cut(level, figure.place)
    last = max((match.end() for match in _DISH_HOLDS.finditer(level, start, figure.place)), default=None)
    if last is not None and not _OTHER_SUBJECT.search(level, last, figure.place):
        return True
    if _DISH_OF.search(level, start, figure.place):
        return True
    behind = _IN_DISH.match(level, figure.end) or _AT_EACH.match(level, figure.end)
    return behind is not None and not _SPREAD.search(level, start, figure.place)


def _last_cut(level: str, place: int) -> int:
    """Where the clause of a number begins, no further back than its subject could be."""
    start = max(0, place - _FURTHEST)
    return max((match.end() for match in _CLAUSE.finditer(level, start, place)), default=start)


def _fits_copula(sentence: Sentence, figure: Figure) -> bool:
    """`Your fiber is 457 g of carbohydrate`: what stands before the number and behind it must be the same."""
    dimension = figure.dimension[0] if figure.dimension else ""
    told = [word for word in sentence.measures if word.says in _TOLD]
    before = sentence.before(figure, told)
    if before is None or _IS.fullmatch(sentence.level[before.end : figure.place]) is None:
        return True
    if dimension == "energy":
        return False
    behind = sentence.after(figure, told, near=True)
    if behind is None or behind.says == before.says or not dimension.startswith(("mass", "volume")):
        return True
    return frozenset({behind.says, before.says}) in _WITHIN


def _fits_kind_of_day(sentence: Sentence, figure: Figure, fact: Fact, meaning: Meaning) -> bool:
    """`On race day you need`: the number of a day must be that of such a day, as far as facts say which it is."""
    if meaning.day is None or meaning.slots is not None or meaning.group is not None:
        return True
    if meaning.measure in ("weight", "lean") or fact.id.endswith("base_kcal"):
        return True
    kinds = [
        Word(match.start(), match.end(), match.lastgroup or "")
        for match in _KINDS.finditer(sentence.level)
        if not _NOT_THIS_KIND.search(sentence.level[max(0, match.start() - 40) : match.start()])
    ]
    word = sentence.after(figure, kinds) or sentence.before(figure, kinds)
    if word is None:
        return True
    first, last = min(word.end, figure.end), max(word.start, figure.place)
    if any(first <= day.start < last for day in sentence.days):
        return True
    training, day = sentence.names.training, meaning.day
    name = training.classes.get(day)
    if word.says == "eve":
        return day + timedelta(days=1) in training.race_days
    if word.says == "race":
        if training.race_days:
            return day in training.race_days
        return name != "rest" and any(row.day == day for row in training.sessions)
    if ":after:" in fact.id:
        # A change may make another kind of day of it.
        return True
    if word.says == "rest":
        return name == "rest" if name is not None else training.trains(day) is not True
    if word.says == "training":
        trains = training.trains(day)
        return trains is True or (trains is None and not training.sessions)
    return name is None or name not in (_HARD if word.says == "light" else _LIGHT)


def _fits_limit(sentence: Sentence, figure: Figure, fact: Fact) -> bool:
    """A limit is told as one, and nothing is told to lie on the wrong side of it."""
    if fact.kind != "availability" or not fact.label.endswith("below"):
        return True
    level = sentence.level
    before = level[max(0, figure.place - 90) : figure.place]
    side = _SIDE.search(before)
    if side is not None and not _THOUGHT.search(before):
        head = fact.id.rpartition(":")[0]
        own = next((row.value for row in sentence.names.facts if row.id == f"{head}:availability"), None)
        if isinstance(own, int | float) and isinstance(fact.value, int | float):
            return (own < fact.value) == (side["under"] is not None)
    if _LIMIT_BEFORE.search(before):
        return True
    return _LIMIT_AFTER.match(level, figure.end) is not None and not _TELLS_OWN.search(level, figure.end)


def _fits_own_words(sentence: Sentence, figure: Figure, fact: Fact, meaning: Meaning) -> bool:
    """Resting energy, energy of training and uncertainties are told as such, and are never what suffices."""
    name = fact.id.rpartition(":")[2]
    level = sentence.level
    words = _IF_CHANGED if ":after:" in fact.id else _OWN_WORDS.get(name)
    if words is not None and not words.search(level):
        return False
    if meaning.measure == "spent" and (match := _ENOUGH.match(level, figure.end)) is not None:
        return _NOT.search(match.group()) is not None
    if fact.kind == "trace" and name in ("low_g", "high_g"):
        start, stop = _last_cut(level, figure.place), _PART.search(level, figure.end)
        return _RANGE.search(level, start, stop.start() if stop else len(level)) is not None
    return True


def _fits_left(sentence: Sentence, figure: Figure, fact: Fact) -> bool:
    """`2,080 kcal left today` is told of what is left only."""
    level = sentence.level
    ahead = level[max(0, figure.place - _FURTHEST) : figure.place]
    behind, before = _LEFT_AFTER.match(level, figure.end), _LEFT_BEFORE.search(ahead)
    if behind is None and before is None:
        still = _STILL.search(ahead)
        if still is None or not _TO_EAT.match(level, figure.end):
            return True
    return _IS_LEFT.search(fact.label) is not None
