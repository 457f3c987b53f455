"""Whether a sentence tells a number of somebody else: `Luka needs`, `your coach eats`, `Luki treba`. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from advisor.guardrails.governing_words import DOINGS, MEASURES, SLOTS, WEEKDAYS, levelled
from advisor.guardrails.languages import is_known
from advisor.guardrails.reading import folded
from advisor.words import MONTHS

if TYPE_CHECKING:
    from advisor.guardrails.figures import Figure
    from advisor.guardrails.sentences import Sentence

_RELATIVES = (
    r"coach|trainer|brother|sister|friend|partner|wife|husband|mother|father|mom|mum|dad|son|daughter|team-?mates?|child|kid|"
    r"children|kids|colleague|boyfriend|girlfriend|roommate|neighbor|competitors?|rivals?|training partner|clubmate"
)
_PEOPLE = (
    r"man|woman|men|women|athletes?|runners?|cyclists?|swimmers?|triathletes?|adults?|persons?|people|girls?|boys?|teenagers?|"
    r"professionals?|pros?|beginners?"
)
_DOES = (
    r"(?:(?:would|will|should|must|may|can|might|also|only|usually|normally|still|probably)\s+){0,2}"
    r"(?:needs?|eats?|drinks?|weighs?|burns?|spends?|gets?|takes?|has|have|requires?|wants?|consumes?|aims?|plans?|is|are)"
)
_SERBIAN_DOES = r"(?:treba|jede|pije|trosi|dobija|unosi|tezi|mora|ima|trebaju|jedu|trose|imaju)"
_OTHERS = re.compile(
    rf"\b(?:he|she|someone|somebody|everyone|everybody|anyone|anybody|nobody)(?:'s)? {_DOES}\b"
    rf"|\byour (?:{_RELATIVES})(?:'s)? (?:(?:target|need|goal|plan)s? )?{_DOES}\b"
    rf"|\b(?:an?|the|other|average|typical) (?:[a-z]+ )?(?:{_PEOPLE}) (?:of your [a-z]+ )?{_DOES}\b"
    rf"|\bfor (?:your (?:{_RELATIVES})|him|her|(?:an?|other) (?:[a-z]+ )?(?:{_PEOPLE}))\b"
    r"|\b(?:his|her|their) (?:[a-z]+ ){0,3}?(?:targets?|needs?|goals?|intake|plan|day)\b"
    rf"|\b(?:on|ona|oni|one|neko|svako|niko) {_SERBIAN_DOES}\b"
    r"|\b(?:njemu|njoj|njima|nekome|svakome|svima|mu|joj|im) (?:je )?(?:treba|potrebno|trebaju)\b"
    r"|\btreba (?:mu|joj|im|njemu|njoj|njima)\b"
    r"|\b(?:tvom|tvojoj|tvojem|tvoj|tvoja|tvog|tvoje)\s+(?:trener\w*|brat\w*|sestr\w*|drug\w*|drugaric\w*|partner\w*|muz\w*|"
    r"zen\w+|majk\w*|mam\w+|otac|oc[ua]|tat\w+|sin\w*|cerk\w*|dete\w*|prijatelj\w*|koleginic\w*|koleg\w+)\b"
    r"|\b(?:prosecn\w+|drug\w+|vecin\w+) (?:sportist\w+|trkac\w*|osob\w+|ljud\w+|zen\w+|muskar\w+|biciklist\w+)\b"
)
_NAME = r"(?P<name>[A-ZČĆŠŽĐ][a-zčćšžđ]{1,20})"
_NAMED = re.compile(
    rf"\b{_NAME}(?:'s (?:[a-z]+ ){{0,3}}?(?:targets?|needs?|goals?|intake|day|plan|portion) {_DOES}\b"
    rf"|\s+(?:{_DOES.replace('|is|are', '')}|{_SERBIAN_DOES})\b)"
    rf"|\b{_NAME.replace('name', 'who')}(?:, who\b| and you {_DOES}\b| i ti\b)"
    rf"|\b(?:[Tt]ell|[Gg]ive|[Ll]et) {_NAME.replace('name', 'told')}\b"
    rf"|\b[Yy]ou and {_NAME.replace('name', 'too')}\b"
    rf"|\b(?:For|for|Za|za) {_NAME.replace('name', 'whom')}\b"
)
_BACK_TO_YOU = re.compile(r"[;!?\n]|\byou(?:r|rs|'re)?\b|\bti\b|\btvoj\w*|\btebi\b")
_FOR = re.compile(r"(?:for|za)\b")
_CUT = re.compile(r"[,;:!?()\n]|\.(?:\s|$)")
# A capital letter within a sentence is one of a name.
_INSIDE = re.compile(r"[a-z,] $")
# First names that an ordinary word of English or Serbian could be.
_FIRST_NAMES_WORDS = """
luka luki luku jelena jeleni maja maji petar petru tom mark sara sari will grace rose mila mili vera veri nada nadi zora
zori sava savi max jack rob bob ben sam kim ray bill lea lee ian
sofia sofija sofiji nina nini lena leni tara tari una uni igor igoru ivan ivanu stefan stefanu pavle pavlu filip filipu
jovan jovanu milan milanu dejan dejanu goran goranu zoran zoranu bojan bojanu ivana ivani marija mariji tijana tijani
teodora iva ivi ana ani
"""
_FIRST_NAMES = frozenset(_FIRST_NAMES_WORDS.split())
_ORDINARY = frozenset(month.lower() for month in MONTHS) | {"it", "this", "that", "which", "what", "you", "we", "race"}


def is_of_another(sentence: Sentence, figure: Figure) -> bool:
    """Whether the part of a sentence that holds a number speaks of another person than the athlete."""
    for start, end in sentence.others:
        if end <= figure.place and not _BACK_TO_YOU.search(sentence.level, end, figure.place):
            return True
        follows = start >= figure.end and _FOR.match(sentence.level, start) is not None
        if follows and not _CUT.search(sentence.level, figure.end, start):
            return True
    return False


def other_persons(sentence: Sentence) -> list[tuple[int, int]]:
    """Where a sentence speaks of somebody else."""
    found = [match.span() for match in _OTHERS.finditer(sentence.level)]
    for match in _NAMED.finditer(sentence.text):
        if _is_person(sentence, match[match.lastgroup or 0], match.start()):
            found.append(match.span())
    return found


def _is_person(sentence: Sentence, word: str, start: int) -> bool:
    level = levelled(word)
    if level in _ORDINARY or any(words.fullmatch(level) for words in (WEEKDAYS, SLOTS, MEASURES, DOINGS)):
        return False
    if level in _FIRST_NAMES:
        return True
    if level in sentence.names.words:
        return False
    is_inside = _INSIDE.search(sentence.text[:start]) is not None
    return is_inside or not is_known(folded(word))
