"""Claims about plans, lists and errands in English, whoever is said to have acted: `moved`, `has been moved`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from advisor.guardrails.deed_words import (
    ENDED,
    ERRAND_STATIVES,
    ERRANDS,
    PLACES,
    STANDING,
    STANDING_ORDERS,
    STATIVES,
    THINGS,
)
from advisor.guardrails.deeds_english import is_participle

_ANY = rf"(?:{THINGS}|{ERRANDS})"
_ADVERBS = (
    r"(?:(?:just|now|already|also|successfully|all|both|finally|therefore|indeed|then|since|again|automatically|"
    r"quietly|duly)\s+)*"
)
# What may stand between a thing and its verb without being the subject itself.
_GAP = (
    r"(?: (?:for|on|of|at|in|with|and|to|tomorrow|today|tonight|this|next|the|your|my|\w+day|weekend|evening|morning|"
    rf"night|week|now|then|race|long|easy|hard|new|shopping|{THINGS}))"
)
_SUBJECT = rf"\b{_ANY}{_GAP}{{0,5}}"
_BE = r"(?:is|are|was|were|'s|'re|will be|get|gets|got|is being|are being|shall be|will get)"
_STATE = re.compile(rf"{_SUBJECT} (?P<be>{_BE}) (?P<adverbs>{_ADVERBS})(?P<word>[a-z]+)\b")
_BEEN = re.compile(rf"\b(?:has|have|had|is|'s|'ve) {_ADVERBS}been {_ADVERBS}(?P<word>[a-z]+)\b")
_NOW = re.compile(
    # A thing is something since now.
    rf"{_SUBJECT} (?:is|are|'s|will be) (?:now|already(?= (?:on|in|part|off)\b)) (?!\w+ing\b|the \w+est\b|over\b|"
    rf"behind\b|due\b|time\b)(?=[a-z“\"0-9])"
    rf"|{_SUBJECT} (?:is|are|'s) (?!not\b)[^.,;:?!]{{1,40}} now(?=$|[ .!,;])"
    rf"|\b(?:your|the|my|tomorrow's|tonight's|today's)(?: \w+)? {_ANY}{_GAP}{{0,3}} now [a-z]+s\b"
    rf"|\b(?:your|the)(?: \w+)? (?:{THINGS}|{PLACES})(?: \w+){{0,2}} [a-z]+s\b[^.,;:?!]{{1,40}} now(?=\W*$)"
    rf"|\b(?:is|are|'s) (?:in|on|off|out of|part of) (?:your|the|this) (?:\w+ )?{PLACES} now\b"
    r"|\b(?:is|are|'s) (?:already |now )?on (?:its|the|their) way\b"
    rf"|\bfrom now on\b[^.;:?!]{{0,40}}\b(?:has|have|is|are|gets|holds|includes)\b"
    r"|\byou (?:now|will now|are now)(?: already)? (?:have|having|get|getting|eat|eating)\b"
    r"|\byou (?:will|are|shall) (?:now )?(?:have|having|be having|get|getting|eat|eating)\b[^.;:?!]{0,50}\binstead\b"
    rf"|\b(?:is|are) (?:now|already) (?:in|on|part of|off|out of) (?:your|the) (?:\w+ )?{PLACES}\b"
    rf"|\b(?:is|are) (?:gone from|no longer (?:on|in|part of)) (?:your|the|this)(?: \w+)? {PLACES}\b"
    rf"|\byour (?:new|updated|changed|revised) {THINGS}(?: \w+){{0,3}} (?:is|are|has|have|starts|looks|begins)\b"
)
_UNDERWAY = re.compile(
    rf"{_SUBJECT} (?:is|are|'s|was|were|went|has gone|have gone|goes|go|will go|has been|have been) {_ADVERBS}"
    r"(?:on (?:its|the|their) way|under ?way|in place|live|in effect|active|good to go|through|in the system|"
    r"official|a done deal|effective|up and running|in force|all yours|settled)\b"
    rf"|\b(?:{ERRANDS}|plans?|lists?|menus?|profile)(?: you asked for)? (?:is|are|was|were|went|"
    rf"'s) {_ADVERBS}(?:ready|complete|"
    r"completed|successful|out|off|in|on)(?= *(?:$|[.,;:!?]|for you))"
    r"|\bit is (?:an? )?done deal\b|\bcoach and i\b"
    r"|\b(?:thanks to|after|with|since|by|from) my (?:\w+ )?(?:changes?|updates?|edits?|swaps?|adjustments?|"
    r"tweaks?|work)\b"
    r"|\bmy (?:changes?|updates?|edits?|swaps?|adjustments?|tweaks?) (?:is|are|has|have|went|made|gives?|makes?)\b"
    r"|\bwish(?:es)? (?:is|are|has been|have been) (?:granted|fulfilled|my command)\b|"
    r"\b(?:problem|issue|matter|case) (?:is )?(?:solved|fixed|closed|sorted|settled)\b|\bon file\b"
    rf"|\b(?:the|your|that|this) {ERRANDS} (?:has |have |just |now )*(?:worked|succeeded|took effect|taken effect|"
    r"landed|passed|kicked in|came through|takes effect|take effect|stuck)\b"
    r"|\b(?:a|the|your) (?:reminder|alarm|notification|message|note|mail|email) (?:will|is going to)\b"
    r"|\byou (?:will|are going to) (?:get|receive|see|find|hear) (?:a|an|the|your) (?:\w+ )?(?:reminder|alarm|"
    r"notification|e-?mail|text)\b"
    r"|\b(?:coach|trainer|dietitian|nutritionist) (?:(?:now|already|has|have|will|is going to) )+(?:know|knows|"
    r"receive|received|get|gets|got|hear|heard|be (?:told|informed|notified)|aware|see|seen)\b"
    r"|\b(?:coach|trainer|dietitian|nutritionist) (?:knows|is aware)\b"
    r"|\byou (?:are|'re) (?:now |all |already )*(?:set|booked|registered|signed up|subscribed|enrolled|good to go|"
    r"confirmed|covered|sorted)\b(?! (?:for|by|with) (?:carb|protein|energy|fluid|iron))"
)
_DEED = (
    r"(?:swapped|switched|exchanged|changed|updated|replaced|moved|added|removed|deleted|booked|saved|adjusted|"
    r"rescheduled|locked|unlocked|edited|modified|applied|logged|stored|sent|emailed|notified|contacted|informed|"
    r"ordered|cancell?ed|optimized|rearranged|reworked|tweaked|shifted|rebuilt|wrote|written|put|taken over|pushed|"
    r"pulled|postponed|lowered|raised|doubled|halved)"
)
# A new plan or dish is a claim where it is not what a proposal would bring.
_RENEWED = re.compile(
    r"\b(?:your|the|here is your|here's your) (?:new|updated|changed|revised|adjusted|reworked|improved) "
    r"(?:\w+ )?(?:plans?|dish|dishes|dinner|lunch|breakfast|snack|meals?|menu|list|week|day|schedule|calendar)\b"
)
_MAY_BE = re.compile(
    r"\b(?:would|could|can|may|might|propos\w*|confirm\w*|if|make|making|no|not|needs?|until|unless|before|each|"
    r"every|"
    r"keeps?|asks?|should|suggest\w*)\b|\?"
)
_AGENT = re.compile(
    r"\b(?:system|app|planner|advisor|assistant|server|tool|software|program|engine|team|colleagues?|athleat|"
    r"robot|ai)"
    rf" (?:has |have |just |now |already |will |'s )*{_DEED}\b"
    rf"|(?<!you )(?<!coach )(?<!training )(?<!plan )\b(?:has|have) {_ADVERBS}(?:replaced|taken (?:over|the place))\b"
    rf"|\b{THINGS}{_GAP}{{0,3}} (?:has |have |just |now )*(?:moved|changed|switched|turned|shifted|became|become) "
    r"(?:to|into|from)\b"
)
_START = (
    r"(?:^|[.!?:;,\n(-]\s*)(?:[^\w\s]+\s*)*(?:(?:ok|okay|sure|great|alright|right|yes|perfect|voila|there you go|and|"
    r"all|now|just|already|successfully|as requested|as you wished|of course|absolutely|"
    r"no problem|duly)[,!: ]+)*"
)
_FRAGMENT = re.compile(
    rf"{_START}(?:(?:the|your|a|new|that|this|both|all|shopping|long|race|\w+day'?s?|tomorrow's|tonight's|whole|"
    rf"easy)\s+)*"
    rf"(?P<thing>{_ANY}|{PLACES}|diary)\s+{_ADVERBS}(?P<word>[a-z]+)"
    r"(?=\s*(?:$|[^\w\s'“\"]|(?:to|for|with|from|on|at|as|in|by|into|successfully|now|instead|accordingly)\b))"
)
_BARE = re.compile(
    rf"{_START}(?P<word>[a-z]+ed|done|sent|set|rebuilt)"
    r"(?=\s*(?:$|[!.,:;✅✓✔☑👍-]|(?:it|that|this|them|your|the|for you|to (?:your|the|\w+day)|from (?:your|the)|"
    r"on your|in your|off your|everything|as|and [a-z]+ed)\b))"
    rf"|{_START}(?P<deed>{_DEED}) (?:to|from|for|with|into|off|out|back)\b"
)
_IDIOM = re.compile(
    rf"{_START}(?:on it|will do|consider it done|right away|no sooner said than done|mission accomplished|job done|"
    r"easy,? done|got it,? done)\b(?=\s*(?:$|[^\w\s]))"
    r"|\bconsider (?:it|that|the|your)(?: \w+){0,3} \w+ed\b|\bconsider (?:it|that) done\b|\btaken care of\b|"
    r"\bmission accomplished\b|"
    r"\bsuccessfully\b|\b(?:gone|went) ahead\b|\bas good as done\b"
)
_DOING = re.compile(
    rf"{_START}(?:(?:just|now|already|currently)\s+)*(?:swapp|updat|mov|add|remov|chang|send|sav|book|delet|"
    rf"replac|order|"
    r"sett|rebuild|reschedul|adjust|apply|logg|lock|notify|rearrang|shift|recalculat|re-?plann|optimi[sz]|rework|"
    r"tweak|cancel|cancell|contact|stor|record)ing (?P<rest>[^.:;?!]{2,50})\W*$"
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|would|will|can|may|might|could|should|has|have|does|do|needs?|helps?|\w+s (?:you|your|"
    r"the|it|a|more|less)|makes|gives|works|costs|takes|means|keeps|lets|brings|changes|matters|saves|raises|"
    r"lowers)\b"
)
_TICK = re.compile(r"[✅✓✔☑🗸]")
_NONE = re.compile(
    r"\b(?:nothing|never|not|no|none|neither|nor|nobody|hardly|without|yet to)\b(?! (?:problem|worries|trouble|"
    r"doubt|only|just|merely|sooner|wonder|longer)\b)"
)
_UNTIL = re.compile(r"\b(?:until|when|once|if|whether)(?: the| your)? $")
_TRAINED = re.compile(r"\b(?:runs?|rides?|swims?|sessions?|races?|workouts?|trainings?) (?:was|were|is|are)\b")
_ERRAND = re.compile(rf"{ERRANDS}\b")
_IF = re.compile(r"\b(?:if|whether)\b[^,;:]*$")
_BY_YOU = re.compile(r"\s+by (?:you|your)\b")
_MORE_WORDS = re.compile(r"\s+\w")
_FRAGMENT_STATIVES = (STATIVES - ENDED - {"offset"}) | {"planned"}
_BARE_STATIVES = (STATIVES - ENDED) | {"compared", "banned", "given", "taken", "divided"}
_LOOK_BACK = 80
_STANDING_AS = re.compile(r"\s+(?:by|from|as|in|into|with|on|at|for|up|the|after)\b")


def told_deeds(text: str) -> Iterator[tuple[str, bool]]:
    """Claims about things in folded text, and whether a condition (`once you confirm`) takes the claim back."""
    for match in _IDIOM.finditer(text):
        yield _told(match), False
    for match in _BEEN.finditer(text):
        if _has_been_done(text, match) and not _denies(text, match.start()):
            yield _told(match), False
    for match in _STATE.finditer(text):
        if _is_done(text, match) and not _denies(text, match.start(), match.start("word")):
            yield _told(match), match["be"] not in ("was", "were", "got")
    for pattern, is_future in ((_AGENT, False), (_STANDS, True), (_NOW, True), (_UNDERWAY, True)):
        for match in pattern.finditer(text):
            if not _denies(text, match.start(), match.end()):
                yield _told(match), is_future
    for match in _RENEWED.finditer(text):
        if not _MAY_BE.search(text):
            yield _told(match), True
    for match in _FRAGMENT.finditer(text):
        if _is_claim(match["word"], _FRAGMENT_STATIVES) and not _denies(text, match.start("thing")):
            yield _told(match), False
    for match in _BARE.finditer(text):
        word = match["word"] or match["deed"]
        # `Set your bottle next to the bike` is an order.
        is_order = word == "set" and _MORE_WORDS.match(text, match.end())
        if _is_claim(word, _BARE_STATIVES) and not is_order:
            yield _told(match), False
    for match in _DOING.finditer(text):
        if not _FINITE.search(match["rest"]):
            yield _told(match), True
    if _TICK.search(text) and not _NONE.search(text):
        yield _TICK.findall(text)[0], False


# Things that are told to stand otherwise than before, without a word of who did it.
_OURS = r"(?:plan|list|calendar|menu)"
_STANDS = re.compile(
    r"\b(?:your|the) (?:confirmation|payment|order|request) (?:is in|is here|arriv\w+|came|has come|went)\b"
    r"|\byou (?:have )?(?:just |already )?confirmed\b(?! nothing| no\b)"
    r"|\b(?:nothing is left|no need|nothing left)(?: for you)? to confirm\b"
    r"|\b(?:swap|change|update|order|request|booking)\b ?(?:: ?|is |are )?(?:now )?(?:complete|stands|counts)\b"
    rf"|\b(?:went|gone|moved) (?:on|off|onto|from|out of) (?:your|the) {_OURS}\b"
    rf"|\b(?:has |have )left (?:your|the) {_OURS}\b|\bis (?:off|gone from) (?:the|your) (?:calendar|plan|menu)\b"
    rf"|\breplac(?:es|ed) (?:the |your )?\w+(?: \w+)? (?:in|on) (?:your|the) {_OURS}\b"
    r"|\b(?:takes?|took|taken) effect\b|\bcounts already\b|\bthe deed is done\b"
    r"|\byour (?:\w+ )?(?:plan|list|calendar|menu|breakfast|lunch|dinner|snack|meal|diet|profile|data) "
    r"(?:has|have) changed\b"
    r"|\byour (?:diet|profile|data|account|history) is (?:\w+ now|gone)\b|\bone of your (?:allergies|dislikes) now\b"
    r"|\b(?:coach|doctor|dietitian) (?:has )?(?:approved|agreed|signed)\b|\bcame through\b"
    r"|\bje (?:nestal[aio]|odobri[ol]\w*)\b|\bvazi od (?:danas|sada|sutra)\b|\bposlat[aoie] (?:je )?trener\w*\b"
)


def _told(match: re.Match[str]) -> str:
    return match.group().strip(" .,:;-\n")


def _has_been_done(text: str, match: re.Match[str]) -> bool:
    """Whether what `has been` claims a deed: `fixed` does, `recorded by your watch` does not."""
    word = match["word"]
    stands = word in ENDED and _STANDING_AS.match(text, match.end("word")) is not None
    return word in ("live", "complete") or _is_claim(word, STATIVES if stands else STATIVES - ENDED)


def _is_done(text: str, match: re.Match[str]) -> bool:
    """Whether what a thing is said to be claims a deed: `updated` does, `planned for seven` does not."""
    word, verb = match["word"], match["be"]
    is_errand = _ERRAND.match(match.group()) is not None
    before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
    if _IF.search(before) or _BY_YOU.match(text, match.end()) or (word == "done" and _TRAINED.search(match.group())):
        return False
    if is_errand:
        return _is_claim(word, ERRAND_STATIVES)
    if match["adverbs"].strip() or verb not in ("is", "are", "'s", "'re", "was", "were"):
        return _is_claim(word, STANDING - STANDING_ORDERS)
    if word == "locked":
        return verb in ("was", "were")
    if word in STANDING_ORDERS:
        return not _STANDING_AS.match(text, match.end()) and not _UNTIL.search(before)
    return _is_claim(word, STANDING)


def _is_claim(word: str, harmless: frozenset[str]) -> bool:
    return is_participle(word) and word not in harmless


def _denies(text: str, start: int, end: int | None = None) -> bool:
    """Whether the clause that a place is in says that nothing happened."""
    before = re.split(r"[:;.!?]|,(?! \w+ly,)|\b(?:but|and|so)\b|-", text[max(0, start - _LOOK_BACK) : start])[-1]
    return _NONE.search(before + " " + (text[start:end] if end else "")) is not None
