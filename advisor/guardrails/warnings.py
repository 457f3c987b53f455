"""Whether a sentence that names an excluded food keeps it off the plate.

The rule is closed: each naming must stand in a known shape of a warning or of a statement that it is left out, with
only known words around it, and nothing in the sentence may take that back. Anything else puts the food on the table.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from advisor.guardrails import warnings_english as english
from advisor.guardrails import warnings_serbian as serbian

# How a text to judge is written: the excluded food, one that may be eaten, and a name that a tool returned.
EXCLUDED, ALLOWED, QUOTED = "X", "F", "Q"
_AVOIDED, _STATED = "A", "K"


def _shapes(*shapes: str) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:" + "|".join(shapes) + r")(?!\w)")


_AVOIDING = _shapes(*english.AVOIDING, *serbian.AVOIDING)
_STATING = _shapes(*english.STATING, *serbian.STATING)
_VERDICTS = _shapes(*english.VERDICTS, *serbian.VERDICTS)
_REASONS = _shapes(*english.REASONS, *serbian.REASONS)
_TURNING = _shapes(english.TURNING, serbian.TURNING)
_POINTING = _shapes(english.POINTING, serbian.POINTING)
# What “it” is after “it has no X in it”: the dish.
_DESCRIBED = re.compile(
    r"(?:contains? no|has no|free of|without|not contain|no) (?:\w+ ){0,3}X[^?!]*?(?:, so|and) (?:(?:you|it) "
    r"(?:can|may|is) )?"
    r"(?:eat it|have it|enjoy it|it is (?:safe|fine))(?: safely| for you)?(?= [.,!]|$)"
)
_QUESTION = _shapes(english.QUESTION, serbian.QUESTION)
PLAIN = english.PLAIN | serbian.PLAIN
_SIGNS = frozenset({_AVOIDED, _STATED, ALLOWED, QUOTED})
# Words of names of dishes that would let a shape be taken back unseen.
_NEVER_PLAIN = frozenset(
    "not no never without less free only but nothing none hardly ne nije nisu nema bez nikad".split()  # noqa: SIM905
)
# What a clause must speak of for its words not to be all known.
_EDIBLE = frozenset(
    """
    dish dishes meal meals snack snacks breakfast lunch dinner supper recipe recipes sauce dressing food foods product
    products plan plans menu option options protein iron calcium carbohydrate carbohydrates jelo jela obrok obroci
    dorucak rucak vecera uzina uzinu recept planu plana proteina proteini proteine
    """.split()  # noqa: SIM905
)
_LACKING = english.LACKING | serbian.LACKING
# How many words that are not known may stand in a clause that only says what is not in something.
_STRANGE = 4
_LIMITING = english.LIMITING | serbian.LIMITING
_LINKED = (
    r" (?:and|or|nor|as well as|i|ili|ni|niti|and any|or any|and all|a ni)"
    r"(?: (?:any|the|other|all other|any other|drugih|ostalih|drugog))? "
)
_LIST = re.compile(rf"X(?: , X){{0,30}}(?: ,)?{_LINKED}X(?!\w)")
_PAIR = re.compile(rf"(?:F{_LINKED}X|X{_LINKED}F)(?!\w)")
_CLAUSES = re.compile(
    r" ?(?:[,;:()!?.]|(?<!\w)(?:-|but|so|then|because|since|and|which|while|whereas|though|although|however|or|"
    r"ali|pa|jer|nego|vec|dok|zato|posto)(?!\w)) ?"
)
_HEADING = re.compile(
    r"^(?P<head>(?:[\w'/]+ ){0,6}?(?:allerg(?:y|ies|ens?)|exclud(?:e|ed|es|ing)|exclusions|avoid|dislikes|forbidden|"
    r"off limits|left out|leave out|without|do not eat|alerg(?:ije|ija|eni|en)|iskljuceno|izbegavaj|izbegavajte|"
    r"zabranjeno|bez|ne jedes))(?: \w+)? : (?P<list>.+)$"
)
_LISTED = frozenset({EXCLUDED, ALLOWED, ",", ".", "and", "or", "i", "ili", "the", "all", "(", ")", ";", "any"})
# An allowed food is no pointer: that rice is left out says nothing of peanuts.
_POINTER = re.compile(
    r"(?<!\w)(?:(?:this|that|the|these|those|your|ovo|ovaj|ova) "
    r"(?:dish|recipe|meal|bar|snack|product|food|sauce|drink|gel|mix|spread|dessert|soup|salad|wrap|sandwich|one|"
    r"jelo|recept|obrok|proizvod|sos|plocica)(?= (?:is|are|je|su|nije|nisu)\b)|Q|it|that|"
    r"this|they|them|these|those|ga|ih|ovo|ona)(?!\w)"
)
# A shape behind these is itself turned away from.
_TURNED = re.compile(
    r"(?:^| )(?:(?:instead of|rather than|umesto)(?: (?:the|your|always|all))? [AK]|(?:than|without|against|of|"
    r"bez) A)(?= |$)"
)
_LABEL = re.compile(
    r"(?<!\w)(?:your (?:plan|recipe|dish|meal) uses (?:\w+ )?F|F (?:is|are) used instead|F (?:is|are|would be) "
    r"(?:the|a) (?:better|safe|safer|good) (?:choice|option|alternative)|be "
    r"careful|take care|(?:read|check|mind|look at|study) (?:the |its |each |every |all |their )?labels?|"
    r"(?:proveri|procitaj|pogledaj)(?:te)? deklaracij\w)(?!\w)"
)
# What a food holds, and that a value is not known: told of any food that was asked about.
_INFORMING = re.compile(
    r"(?:[\d., ]+ (?:g|ml) (?:of|namirnice) X (?:holds?|contains?|sadrzi) [\d., ]+ (?:g|mg|kcal|ug|ml|kj)[\w., ]*|"
    r"X holds too little of it to get there|u X toga ima premalo[\w ,]*|(?:for|za) X (?:that|this|tu) (?:value|"
    r"vrednost) "
    r"(?:is not known(?: to me)?|ne znam) ; (?:unknown is not the same as none|nepoznato nije isto sto i nula)|"
    r"(?:i do not find exactly that ; )?the nearest i find is X|"
    r"(?:bas to ne nalazim ; )?najblize sto nalazim je X)(?: \.)?"
)
_QUOTATION = re.compile(r"[“„«\"][^“”„«»\"]*[”“»\"]")
_REPLACED = re.compile(r"(?:replaced|swapped|zamenio|zamenila|zamenjen\w*) X (?:with|for|by|sa)")
_ELIDED = re.compile(
    r"^(?:(?:therefore|thus|hence|zato|stoga) )*((?:is|are|je|su|nije|nisu) |(?=excluded|left out|off limits|forbidden|"
    r"iskljucen|zabranjen))"
)
_CONDITION = re.compile(r"^(?:if|when|wherever|ako|kad|kada) ")
_FROM_THEM = re.compile(
    r"X (?:and|or|i|ili) (?:all |any |sve |svi )?(?:foods?|products?|everything|anything|dishes|snacks|"
    r"proizvodi?|hrana) "
    r"(?:(?:made|that (?:is|are) made|containing|that contains?) )?(?:(?:from|with|of|od|sa) )?(?:it|them|X|"
    r"njega|njih|njih)(?!\w)"
)
_MARKS = re.compile(r"([,;:()?!])|[\"“”„«»]")
_CONTRACTED = (
    (re.compile(r"\b(?:cannot|can't)\b"), "can not"),
    (re.compile(r"\bwon't\b"), "will not"),
    (re.compile(r"n't\b"), " not"),
    (re.compile(r"\b(you|we|they)'re\b"), r"\1 are"),
    (re.compile(r"\b(it|that|there|here)'s\b"), r"\1 is"),
    (re.compile(r"\b(i|you|we)'ve\b"), r"\1 have"),
    (re.compile(r"\b(i|you|we)'ll\b"), r"\1 will"),
    (re.compile(r"\bi'm\b"), "i am"),
    (re.compile(r"'s\b"), ""),
)


def is_kept_away(masked: str, *, known: Collection[str] = frozenset()) -> bool:
    """Whether a sentence keeps every `X` in it away.

    `masked` is a folded sentence with `X` for each excluded name and `F` for each that may be eaten; `known` are more
    words that may stand around a shape, those of foods and dishes.
    """
    text = _normal(masked)
    if EXCLUDED not in text.split():
        return True
    if _TURNING.search(text) or _POINTING.search(_DESCRIBED.sub("", text)):
        return False
    if _INFORMING.fullmatch(text):
        return True
    asked = "?" in text
    if asked and not _QUESTION.search(text):
        return False
    heading = _HEADING.match(text)
    if heading and not asked and _is_plain(heading["head"], known) and _is_list(heading["list"]):
        return True
    text = _collapsed(text)
    clauses = [clause for clause in (piece.strip() for piece in _CLAUSES.split(text)) if clause]
    return all(
        _is_away(clause, known=known, asked=asked)
        or _is_away(_POINTER.sub(EXCLUDED, clause), known=known, asked=asked)
        or (not asked and _is_reason(clause, clauses, known))
        for clause in clauses
        if EXCLUDED in clause.split()
    )


def _normal(text: str) -> str:
    text = _QUOTATION.sub(lambda match: f" {EXCLUDED} " if EXCLUDED in _words(match.group()) else match.group(), text)
    for pattern, words in _CONTRACTED:
        text = pattern.sub(words, text)
    spaced = _MARKS.sub(lambda match: f" {match[1]} " if match[1] else " ", text)
    spaced = re.sub(r"[.…]+(?=\s|$)", " . ", spaced)
    spaced = re.sub(r"\b((?:sadrzi )?alergen[ai]?|contains|may contain) : ", r"\1 ", spaced)
    spaced = re.sub(r"X\s*-\s*free\b", "X free", spaced)
    spaced = re.sub(r"(?<=\s)-+(?=\s)|^-+ ", " - ", spaced)
    return " ".join(spaced.split())


def _collapsed(text: str) -> str:
    """With one `X` for a list of them, and for a pair of one with a food that may be eaten."""
    text = re.sub(r"X(?: X)+(?!\w)", EXCLUDED, text)
    text = _FROM_THEM.sub(EXCLUDED, text)
    text = _LIST.sub(EXCLUDED, text)
    text = _PAIR.sub(EXCLUDED, text)
    return _LIST.sub(EXCLUDED, text)


def _is_away(clause: str, *, known: Collection[str], asked: bool = False) -> bool:
    rest = _ruled_out(clause)
    _, avoided, after = rest.partition(_AVOIDED)
    if avoided and not asked and not _LIMITING.isdisjoint(after.split()):
        return False
    rest = _STATING.sub(_STATED, rest)
    if EXCLUDED in rest.split() or _TURNED.search(rest):
        return False
    rest = _QUESTION.sub(" ", rest) if asked else rest
    return _is_plain(rest, known) or (not avoided and not asked and _only_states(rest, known))


def _only_states(text: str, known: Collection[str]) -> bool:
    """Whether a clause only says what is not in something, with few words that are not known and none of lack."""
    words = text.split()
    strange = [word for word in words if not _is_plain(word, known)]
    before = words[words.index(_STATED) - 1] if words.index(_STATED) else ""
    return (
        len(strange) <= _STRANGE
        and _LACKING.isdisjoint(words)
        and before not in strange
        and bool({ALLOWED, QUOTED, *_EDIBLE} & set(words))
    )


def _ruled_out(clause: str) -> str:
    """The clause with a sign for each shape that says the food may not be eaten."""
    return _VERDICTS.sub(_AVOIDED, _AVOIDING.sub(_AVOIDED, clause))


def _is_reason(clause: str, clauses: list[str], known: Collection[str]) -> bool:
    """Whether a clause says why, beside another that says what follows from it."""
    rest = _REASONS.sub(_STATED, _CONDITION.sub("", clause))
    if EXCLUDED in rest.split() or not _is_plain(rest, known):
        return False
    return any(
        _LABEL.search(pointed) is not None
        or ((_AVOIDED in _ruled_out(pointed).split() or _REPLACED.search(pointed)) and _is_away(pointed, known=known))
        for pointed in (_pointed(other) for other in clauses if other != clause)
    )


def _pointed(clause: str) -> str:
    """A clause about what was named before it, with that name in the place of its pronoun or of none."""
    return _POINTER.sub(EXCLUDED, _ELIDED.sub(lambda match: f"{EXCLUDED} {match[1] or 'is '}", clause))


def _is_plain(text: str, known: Collection[str]) -> bool:
    return all(
        word in PLAIN or word in _SIGNS or word.isdigit() or (word in known and word not in _NEVER_PLAIN)
        for word in text.split()
    )


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def _is_list(text: str) -> bool:
    return all(word in _LISTED for word in text.split())
