"""What must not be told once energy and weight are withheld: their amounts in any wording, and advice to have less.

Whoever raised a red flag about eating is shown neither. Such advice may only be named to warn of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from advisor.guardrails.numbers import FIGURE, read_figures
from advisor.guardrails.reading import folded, plain, split_sentences

WITHHELD_NUMBER = re.compile(
    rf"(?:{FIGURE})(?:\s?k)?\s*-?(?:kcal|kkal|k?cals?|(?:kilo)?calories?|(?:kilo)?kalorij[ae]|kj|kilojoules?|kg|"
    rf"kilos?|"
    r"kilograms?|kilogram[ai]?|lbs?|pounds?|stones?|(?:%|posto|percent)\s*(?:body ?fat|of your (?:body )?weight|"
    r"masti|telesne))\b",
    re.IGNORECASE,
)
_DIMENSIONS = frozenset({"energy", "energy/kg", "energy/h"})
_HEAVY_GRAMS = 453.0
_LOOK_BACK = 100
_VAGUE = (
    r"(?:a few|a couple(?: of)?|several|some|many|hundreds(?: of)?|thousands(?: of)?|dozens(?: of)?|half an?|"
    r"an? half|"
    r"an?|one|two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|\w+ty|hundred|thousand|extra|fewer|less|"
    r"more|"
    r"nekoliko|par|koj[iua]|nek[iu]|pola|jedan|jedno|dva|dve|tri|cetiri|pet|deset|petnaest|dvadeset|sto|hiljad[aeu]|"
    r"stotin[aeu])"
)
_UNIT = (
    r"(?:kilos?|kilograms?|kilogram[ai]?|kile|kila|kilu|kilogramcic\w*|kg|pounds?|lbs?|stones?|calories?|kcals?|"
    r"kilocalories?|kilojoules?|kalorij[aeu]?|kilokalorij[aeu]?|kilodzul\w*)"
)
_AMOUNT = re.compile(rf"\b{_VAGUE}\s+(?:(?:extra|more|fewer|less|whole|good|few|of|vise|manje)\s+){{0,2}}{_UNIT}\b")
_SUBJECT = (
    r"(?:calor\w+|kcals?|energy|body ?weight|weights?|weigh(?:s|ed|ing)?|body mass|bmi|body ?fat|kalorij\w*|"
    r"energij\w*|tezin\w*|tezis|tezi|telesn\w+ mas\w*)"
)
_TENS = (
    r"(?:ten|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|\w+ hundred|\w+ thousand|hundred|"
    r"thousand|deset|dvadeset|trideset|cetrdeset|pedeset|sezdeset|sedamdeset|osamdeset|devedeset|sto|dvesta|trista|"
    r"petsto|hiljad[aeu]|dve hiljade)"
)
# A number right after what it measures, with no unit of something else behind it.
_TOLD = re.compile(
    rf"\b{_SUBJECT}\b[^.;!?\d]{{0,24}}?\b(?:\d+(?:[.,]\d+)*|{_TENS}(?: \w+)?)\b"
    r"(?!\s*(?:[:/%]|[a-z]*\s?(?:g|gr|grams?|grama|mg|ml|l|dl|liters?|litres?|min|minutes?|minuta?|h|hours?|"
    r"sat[ai]?|km|"
    r"days?|dan\w*|meals?|obrok\w*|weeks?|nedelj\w*|times?|puta|snacks?|years?|godin\w*|am|pm|tss|watts?|percent|"
    r"posto|sessions?|things?|january|february|march|april|may|june|july|august|september|october|november|"
    r"december)\b))"
)
_TOLD_BEFORE = re.compile(
    rf"\b(?:\d+(?:[.,]\d+)*|{_TENS}(?: \w+)?) (?:(?:a|per|each|every) day |daily |dnevno )?(?:of|in|worth of|za) "
    r"(?:\w+ )?(?:energy|calor\w+|kcals?|body ?weight|weight|energij\w+|kalorij\w+|tezin\w+)\b"
)
_MEAL = (
    r"(?:breakfasts?|lunch(?:es)?|dinners?|suppers?|snacks?|meals?|desserts?|food|carb\w*|bread|rice|pasta|sugar|"
    r"starch\w*|calor\w+|kcals?|energy|intake|portions?|servings?|plates?|fats?|eating)"
)
_THE = (
    r"(?:(?:your|the|a|an|any|some|all|one|that|this|every|each|of|on|out|back|down|more|extra|those|most|half|whole|"
    r"few|little|bit|in|evening|morning|late|tomorrow's|today's|total|daily|afternoon|second|first|next|post\w*|pre\w*|"
    r"as|much|many)\s+){0,4}"
)
_MASS = r"(?:weights?|kilos?|kilograms?|kg|pounds?|lbs?|fat|body ?fat|belly|inches|mass|flab|stones?)"
_LESS_ENGLISH = re.compile(
    rf"\b(?:los(?:e|es|ing)|drop(?:s|ping)?|shed(?:s|ding)?|burn(?:s|ing)?|cut(?:s|ting)?|melt(?:s|ing)?|trim(?:s|"
    rf"ming)?|get(?:ting)? rid of|tak(?:e|ing) off|slim(?:ming)? (?:off|down))\s+{_THE}{_MASS}\b"
    rf"|\b(?:cut(?:s|ting)?|reduc(?:e|es|ing)|restrict(?:s|ing)?|limit(?:s|ing)?|lower(?:s|ing)?|slash(?:es|ing)?|"
    rf"trim(?:s|ming)?|halv(?:e|es|ing)|decreas(?:e|es|ing)|shrink(?:s|ing)?|ration(?:s|ing)?|minimi[sz](?:e|ing)|"
    rf"skip(?:s|ping)?|miss(?:ing)?|omit(?:s|ting)?|drop(?:s|ping)?|forgo(?:ing)?|skimp(?:ing)?|burn(?:ing)? off|"
    rf"work(?:ing)? off|leav(?:e|ing) out(?! (?:the )?(?:energy|calor|kcal|weight))|giv(?:e|ing) up|ditch(?:ing)?|"
    rf"avoid(?:ing)?|quit(?:ting)?|do(?:ing)? without|go(?:ing)? without|count(?:ing)?)\s+{_THE}(?:{_MEAL}|{_MASS})\b"
    r"(?! (?:into|in (?:half|two|slices|pieces|boiling|cubes|strips|hot|water)|lengthwise|thinly|crosswise))"
    rf"|\breplac(?:e|ing)\s+{_THE}{_MEAL}\b (?:with|by) (?:\w+ ){{0,3}}?(?:water|nothing|teas?|coffee|salad|"
    rf"vegetables|lettuce|cucumber|broth|juice|gum|drinks?|shakes?|cigarettes?)\b"
    r"|\b(?:eat(?:s|ing)?|hav(?:e|ing)|tak(?:e|ing)|consum(?:e|ing)|serv(?:e|ing)|need)\s+(?:(?:a|bit|little|lot|"
    r"much|even|slightly|somewhat|far|way|only|just|no|half|very)\s+){0,4}(?:less|fewer|little|half as much)\b"
    r"(?! (?:fib|salt|sodium|caffeine|spic|roughage|often|than (?:you need|enough)|alcohol))"
    rf"|(?<!get )(?<!gets )(?<!has )(?<!gives )(?<!holds )(?<!brings )\b(?:less|fewer)\s+(?:{_MEAL})\b|"
    rf"\bless to eat\b"
    rf"|\b(?:small|smaller|tiny|lighter|half|halved|reduced|mini)\s+(?!because|than|and|or|for|before|after|at|on|"
    rf"when|as|if|but)(?:\w+ )?(?:portions?|plates?|meals?|servings?|helpings?|"
    r"dinners?|lunch(?:es)?|breakfasts?|bowls?)\b"
    r"|\bfast (?:until|till|from|for|through|overnight|a (?:day|while)|on|twice|once|in the)\b|\bfast(?:ing|ed)\b|"
    r"\b(?:a|the|try|do|intermittent|water|juice) (?:\w+ )?fasts?\b(?! (?:run|ride|pace|finish|session|race|swim|"
    r"start|carb|energy|snack|sugar|digest|interval|lap|recover|food|day))"
    rf"|\b(?:eat|have|take) (?:nothing|no {_MEAL})\b|"
    r"\b(?:do not|don't|never|no|stop|without) (?:eat(?:ing)?|food|snack(?:s|ing)?|"
    r"dinner|lunch|breakfast|carbs?|sugar|bread)\b(?: \w+){0,3}? (?:until|till|after|before|past|at|in|on|anymore|"
    r"for)\b"
    rf"|\b(?:go(?:ing)? (?:\w+ )?easy|tak(?:e|ing) it easy|hold(?:ing)? back|eas(?:e|ing) off|back(?:ing)? off|"
    rf"easy) (?:on |with )?{_THE}{_MEAL}\b"
    rf"|\b(?:push(?:ing)?|delay(?:ing)?|postpon(?:e|ing)|put(?:ting)? off|"
    rf"hold(?:ing)? off)\s+{_THE}{_MEAL}\b[^.]{{0,20}}\b(?:until|till|to)\b"
    rf"|\b(?:swap|trade|exchang|substitut)(?:e|ing|ping)?\s+{_THE}{_MEAL} (?:for|with) (?:\w+ ){{0,3}}?(?:water|"
    rf"nothing|teas?|coffee|salad|vegetables|broth|gum|drinks?|shakes?|cigarettes?)\b"
    rf"|\blet(?:ting)? (?:the |your )?{_MEAL} go\b|\bkeep(?:ing)? {_THE}{_MEAL} (?:very |really )?(?:tiny|small|"
    rf"minimal|low)\b"
    r"|\b(?:do not|don't) (?:have|eat|take) (?:any |a |your )?(?:breakfast|lunch|dinner|supper|snacks?|meals?|"
    r"food|carbs?)\b"
    r"|\b(?:have|drink|eat|with) (?:only|just|nothing but) (?:water|coffee|tea|salad|vegetables|broth|fruit)\b"
    r"|\bweigh\w* (?:\w+ ){0,3}(?:less|lighter)\b|\b(?:trim|slim) down\b"
    r"|\b(?:bring|get|keep|push|drive)(?:ing|ting)? (?:\w+ ){0,2}(?:weight|body ?fat|mass) (?:down|low|lower|off)\b"
    r"|\bstop eating\b|\bempty stomach\b|\bnothing (?:to eat )?(?:until|before|after)\b"
    r"|\bdeficits?\b|\bslim(?:mer|ming)?\b|\bskinn\w+\b|\bthinner\b|\bleaner\b|\blean(?:ing)? out\b|"
    r"\bget(?:ting)? lean\b|"
    r"\brac(?:e|ing) weight\b|\bweight[- ]loss\b|\bfat[- ]loss\b|\bdiet(?:ing)? (?:down|for|until|to)\b|"
    r"\bon a diet\b|\bgo(?:ing)? on (?:a|the) \w*\s?diet\b|\bcrash diet\w*\b|\bdetox\w*\b|\bcleanse\b|\bketo\w*\b|"
    r"\blow[- ]?(?:carb|calorie|energy)\b|"
    r"\b(?:be(?:ing|come|coming)?|kilos?|pounds?|kg) lighter\b|\bweigh(?:ing)? less\b|\blighter (?:body|you|"
    r"frame)\b|\bignore (?:the |your )?hunger\b|"
    r"\bstay(?:ing)? (?:a (?:bit|little) )?hungry\b|\bappetite suppress\w*|\bsuppress\w* (?:your |"
    r"the )?(?:appetite|hunger)\b|"
    r"\bmake up for (?:what|the|yesterday|your) (?:you )?(?:ate|eat\w*|food|dinner|meal|cake)\b|\bearn (?:your|"
    r"the) (?:food|"
    r"meal|dinner|dessert|carbs)\b|\b(?:tighten|watch) (?:your|the) (?:belt|waist\w*|figure|weight|calories)\b|"
    r"\bdrink water instead\b|\bsecond helpings?\b"
)
_OBROK = (
    r"(?:doruc\w+|ruc(?:ak|ka|kove)|vecer\w+|uzin\w+|obro\w+|hran\w+|hleb\w*|hidrat\w*|ugljen\w+|secer\w*|"
    r"testenin\w+|kalorij\w*|unos\w*|porcij\w*|masti|masnoc\w*|jel[oa])"
)
_LESS_SERBIAN = re.compile(
    r"\bo?mrsa\w*|\bsmrsa\w*|\bmrsav\w*|\bdeficit\w*|\bgladu\w+|\bizgladn\w+|\bpost(?:i|ite|imo|iti|enj\w+)\b|"
    r"\bposti do\b|"
    r"\bpost (?:do|od|u|vod)\w*|\bna prazan (?:stomak|zeludac)\b|\bnataste\b|\bdijet[aeuio]\b|\bdetoks\w*|\bketo\w*|"
    rf"\b(?:skini|skinite|izgubi|izgubite|oslobodi se|istopi|sagori|baci)\w* (?:\w+ ){{0,3}}?(?:kil\w*|tezin\w*|"
    rf"mas[aeut]\w*|salo|stomak|masno\w*)\b"
    r"|\bjed(?:i|ite|es|emo|enj\w*) (?:\w+ ){0,2}?manje\b|\bmanje (?:jed\w+|hrane|kalorij\w*|hidrata|ugljenih|"
    r"hleba|porcij\w*)\b|"
    r"\buzmi (?:\w+ )?manje\b|\bmanj[aeiu]\w{0,2} (?:porcij\w+|obro\w+|tanjir\w*|vecer\w+|ruc\w+|doruc\w+)"
    rf"|\b(?:presko[cn]\w+|preska[ck]\w+|izbac\w+|ubac\w+ bez|smanj\w+|ogranic\w+|izbegava\w+|izbegni\w*|skrat\w+|"
    rf"prepolov\w+|odrekni\w*|izostav\w+|ukin\w+|broj(?:i|ite|ati|anj\w+)) (?:\w+ ){{0,2}}?{_OBROK}\b"
    rf"|\bne jedi\w* (?:\w+ ){{0,2}}?(?:do|posle|pre|nista|nakon|uvece|hleb\w*)\b|\bbez (?:doruc\w+|vecer\w+|"
    rf"ruck\w+|hrane|"
    r"hleba|hidrata|uzin\w+)\b|\bnista (?:ne jedi|do|posle|pre)\b|\b(?:vitk|vitki|vitka|laksi|laksa) (?:telo|tela|"
    rf"linij\w*)\b|\b(?:spusti|smanji|obori)\w* (?:\w+ ){{0,2}}?(?:tezin\w*|kilaz\w*|mas[ut]\w*)\b|"
    rf"\bzamen\w+ (?:\w+ ){{0,2}}?{_OBROK} (?:\w+ )?(?:kaf\w+|vod\w+|caj\w+|salat\w+|sok\w+|supic\w+)\b|"
    rf"\b(?:odloz|pomer)\w+ (?:\w+ )?{_OBROK} (?:\w+ )?(?:do|za) podne\w*|\b(?:ne|"
    rf"nemoj(?:te)?(?: da)?) (?:dorucku|vecera|ruca|"
    r"uzina|jed)\w*\b(?! (?:manje|premalo))|\b(?:samo|jedino) (?:vod\w|kaf\w|caj\w*|salat\w)\b|"
    r"\b(?:ignorisi|trpi)\w* glad\b|\bostani gladn\w+\b"
)
_WARNS = re.compile(
    r"\b(?:do not|don't|does not|never|not|no|cannot|can't|should not|shouldn't|must not|mustn't|avoid\w*|instead of|"
    r"rather than|without|nothing|isn't|is not|neither|nor|against|won't|risk\w*|harm\w*|dangerous|costs?|"
    r"ne|nemoj\w*|nije|nikad\w*|umesto|bez|nema|nisu|izbegavaj|steti|opasn\w+|rizi\w+)\b"
)
_WARNS_AFTER = re.compile(
    r" (?:is|are|would be|can be|may be|je|bi bi\w+|moze biti) (?:a |an |never |veoma |jako )?(?:not(?! (?:bad|"
    r"wrong|a problem|"
    r"an issue))|nothing(?! (?:bad|wrong))|no (?!problem|issue)|risk\w*|danger\w*|harmful|unwise|rizi\w+|opas\w+|"
    r"lose|stet\w+)"
)
_HOLLOW = re.compile(
    r"\b(?:why not|not only|not just|no (?:problem|harm|worries|trouble|doubt|issue)|nothing wrong|never mind|"
    r"can't go wrong|"
    r"(?:do not|don't|never|not) (?:hesitate|forget|fail|be afraid|worry|wait|mind)|no reason not|not a problem|"
    r"not bad|nema (?:problema|razloga da ne)|nije (?:problem|lose|strasno)|ne (?:zaboravi|brini|oklevaj)\w*|zasto ne|"
    r"ne samo)\b"
)
_CLAUSE = re.compile(r"[,;:()]|\b(?:but|and|so|then|or|ali|pa|vec|nego|zato)\b|\bi\b|\s-\s")
# Words that carry a warning themselves, so that it may stand in the same words: `do not eat until …` is advice.
_ITSELF = re.compile(
    r"^(?:do not|don't|never|no|stop|without|nothing|eat no|ne |nemoj|eat nothing|have no|take no|avoid|ne jedi|"
    r"bez|nista|izbe|do without|doing without|go without|going without|less|fewer)"
)


def withheld_amounts(reply: str) -> list[str]:
    """Amounts of energy and body weight, in figures or words, however they are told."""
    found: list[str] = []
    for sentence in split_sentences(plain(reply)):
        found += [match.group() for match in WITHHELD_NUMBER.finditer(sentence)]
        for figure in read_figures(sentence):
            if figure.dimension is None or any(figure.words in words or words in figure.words for words in found):
                continue
            kind, factor = figure.dimension
            if kind in _DIMENSIONS or (kind == "mass" and factor >= _HEAVY_GRAMS):
                found.append(figure.words)
        level = folded(sentence)
        for pattern in (_AMOUNT, _TOLD, _TOLD_BEFORE):
            found += [match.group() for match in pattern.finditer(level) if not _is_among(match.group(), found)]
    return found


def _is_among(words: str, found: list[str]) -> bool:
    return any(words in other.lower() or other.lower() in words for other in found)


def advice_to_have_less(reply: str) -> Iterator[str]:
    """Where a reply advises, in English or Serbian, to eat less or to lose weight, or tells how; warnings are none."""
    for sentence in split_sentences(reply):
        text = " ".join(folded(sentence).split())
        for pattern in (_LESS_ENGLISH, _LESS_SERBIAN):
            for match in pattern.finditer(text):
                if not _is_warned_of(text, match):
                    yield match.group()


def _is_warned_of(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
    before = _CLAUSE.split(_HOLLOW.sub(" , ", before))[-1]
    if _WARNS_AFTER.match(text, match.end()):
        return True
    if _ITSELF.match(match.group()):
        # Only a second negation turns it: `never go without breakfast`, `do not do without lunch`.
        return (
            re.search(
                r"\b(?:do not|don't|never|not|nemoj\w*|nikad\w*|cannot|should not|instead of|rather than)\b", before
            )
            is not None
        )
    return _WARNS.search(before) is not None
