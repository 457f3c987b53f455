"""Serbian questions in the English words that the advisor's intents know: longest phrase first, word by word. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from advisor.languages.english_words import BOTH, ENGLISH
from advisor.languages.serbian_calendar import MONTHS, NUMBERS, ORDINALS, WEEKDAYS
from advisor.languages.serbian_foods import DISHES, FOODS
from advisor.languages.serbian_phrases import PHRASES
from advisor.languages.serbian_phrases_talk import TALK
from advisor.languages.serbian_phrases_time import TIMES
from advisor.languages.serbian_text import Token, is_one_edit, split_tokens, to_latin, to_plain
from advisor.languages.serbian_verbs import DOING
from advisor.languages.serbian_words import WORDS
from advisor.words import fold
from planning.catalogue.names.serbian_dish_parts import catalogue_name

# Endings of nouns and adjectives in any case; verbs are written out or marked with ~ for any letters.
_ENDINGS = frozenset(
    (
        *("", "a", "e", "i", "o", "u", "om", "em", "og", "oga", "eg", "ega", "omu", "emu", "oj", "im", "ih", "ima"),
        *("ama", "ju", "jom", "ja", "je", "jem", "ova", "ovi", "ove", "ovima", "eva", "evi", "eve"),
        *("ka", "ke", "ki", "ku", "ci"),
    )
)
# Those that a word with a wrong letter is looked for with; the others make words that nobody says.
_COMMON_ENDINGS = ("", *"aeiou", "om", "em", "og", "eg", "oj", "im", "ih", "ama", "ima")
# Shorter words are too near to each other.
SHORTEST_MENDED = 6
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*\.?")
_QUOTED = re.compile(r"[“„\"«][^“”„\"«»]*[”“\"»]")


# Whole messages; inside a question "da" and "može" mean something else.
ANSWERS = {
    **dict.fromkeys(("da", "da da", "jeste", "naravno", "svakako"), "yes"),
    **dict.fromkeys(("da molim", "da molim te", "moze molim te"), "yes please"),
    **dict.fromkeys(("moze", "vazi", "u redu", "dobro", "ok vazi"), "ok"),
    **dict.fromkeys(("ne", "nemoj", "ne treba"), "no"),
    "ne hvala": "no thanks",
    **dict.fromkeys(("uradi to", "uradi", "hajde"), "do it"),
    **dict.fromkeys(("potvrdi", "potvrdjujem", "potvrdujem"), "confirm"),
}


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms of one word: whole, as a stem with an ending, and as a mere beginning."""

    whole: frozenset[str]
    stems: tuple[str, ...]
    beginnings: tuple[str, ...]

    def fit(self, plain: str) -> bool:
        """Whether a plain word is one of them."""
        return (
            plain in self.whole
            or any(plain.startswith(stem) and plain[len(stem) :] in _ENDINGS for stem in self.stems)
            or plain.startswith(self.beginnings)
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """One phrase: the forms of each of its words, how exact they are, and its English; a number is None, `#` there."""

    words: tuple[Forms | None, ...]
    exactness: int
    english: str


def _entry(serbian: str, english: str) -> Entry:
    words: list[Forms | None] = []
    exactness = 0
    for word in serbian.split():
        forms = to_plain(word).split("|")
        if forms == ["#"]:
            words.append(None)
            continue
        # Without its stroke the letter is a mere d.
        forms += [form.replace("dj", "d") for form in forms if "dj" in form]
        words.append(
            Forms(
                frozenset(form for form in forms if form[-1] not in "*~"),
                tuple(form[:-1] for form in forms if form.endswith("*")),
                tuple(form[:-1] for form in forms if form.endswith("~")),
            )
        )
        exactness += max(len(form.rstrip("*~")) for form in forms) + all(form[-1] not in "*~" for form in forms)
    return Entry(tuple(words), exactness, english)


def _lines(table: str) -> Iterator[tuple[str, str]]:
    for line in table.strip().splitlines():
        serbian, _, english = line.partition("=")
        yield serbian.strip(), english.strip()


def _dated() -> Iterator[tuple[str, str]]:
    """Weekdays and months with the words that go before them."""
    for forms, name in WEEKDAYS:
        yield forms, name
        yield f"u {forms}", f"on {name}"
        if name != "sunday":
            # "Ovu nedelju" is the week.
            yield f"ove|ovu|ovog|ovaj|ova {forms}", f"this {name}"
        yield f"sledeć*|iduć*|naredn* {forms}", f"next {name}"
        # With "u" it is that day; without, it may be the whole week.
        yield f"u sledeć*|iduć*|naredn* {forms}", f"on next {name}" if name == "sunday" else f"next {name}"
        yield f"prošl* {forms}", f"last {name}"
    for forms, name in MONTHS:
        yield forms, name
        yield f"# {forms}", f"# {name}"
        for ordinal, number in ORDINALS:
            yield f"{ordinal} {forms}", f"{number} {name}"


def _doing() -> Iterator[tuple[str, str]]:
    """What somebody does: `da jedem` asks what to do, `jedem` tells it."""
    for forms, english in _lines(DOING):
        yield forms, english
        yield f"da {forms}", f"should i {english}"
        yield f"da li da {forms}", f"should i {english}"
        yield f"da ne {forms}", f"i do not {english}"


@lru_cache(maxsize=1)
def _rows() -> tuple[tuple[str, str], ...]:
    """Everything but foods: what a question is made of."""
    tables = (PHRASES, TALK, TIMES, WORDS)
    return (*_dated(), *_doing(), *(line for table in tables for line in _lines(table)))


@lru_cache(maxsize=1)
def _lexicon() -> dict[str, tuple[Entry, ...]]:
    """The phrases by the two letters that they may begin with; `#` for those that begin with a number."""
    rows = (*_rows(), *_lines(FOODS), *_lines(DISHES))
    by_start: dict[str, list[Entry]] = {}
    for serbian, english in rows:
        entry = _entry(serbian, english)
        first = entry.words[0]
        starts = {"#"} if first is None else {form[:2] for form in (*first.whole, *first.stems, *first.beginnings)}
        for start in starts:
            by_start.setdefault(start, []).append(entry)
    return {start: tuple(entries) for start, entries in by_start.items()}


@lru_cache(maxsize=4096)
def _beginning_with(plain: str) -> tuple[Entry, ...]:
    """The phrases whose first word this may be, longest and most exact first."""
    fitting = [entry for entry in _lexicon().get(plain[:2], ()) if entry.words[0] and entry.words[0].fit(plain)]
    if _is_number(plain):
        fitting += _lexicon().get("#", ())
    return tuple(sorted(fitting, key=lambda entry: (-len(entry.words), -entry.exactness)))


def knows(word: str, *, abroad: bool = True) -> bool:
    """Whether a plain word, alone, is in the lexicon; not `abroad`: as a word that is not the same in English."""
    known = (entry for entry in _beginning_with(word) if len(entry.words) == 1)
    return any(abroad or word not in entry.english.split() for entry in known)


def to_english(text: str) -> str:
    """A Serbian question in English words; names in quotation marks and unknown words stay as they are, in Latin.

    Dishes of the catalogue get the catalogue's names again.
    """
    latin = to_latin(fold(text))
    alone = ANSWERS.get(" ".join(token.plain for token in split_tokens(latin)))
    if alone is not None:
        return alone
    pieces, place = [], 0
    for quoted in _QUOTED.finditer(latin):
        name = catalogue_name(quoted.group()[1:-1])
        pieces += [_translate(latin[place : quoted.start()]), quoted.group() if name is None else f"“{name}”"]
        place = quoted.end()
    pieces.append(_translate(latin[place:]))
    return _smooth("".join(pieces))


@lru_cache(maxsize=1)
def _known_forms() -> dict[str, tuple[Forms, ...]]:
    """Every word of every phrase, by the two letters that it may begin with."""
    found: dict[str, list[Forms]] = {}
    for entries in _lexicon().values():
        for entry in entries:
            for forms in entry.words:
                if forms is not None:
                    for start in {form[:2] for form in (*forms.whole, *forms.stems, *forms.beginnings)}:
                        found.setdefault(start, []).append(forms)
    return {start: tuple(forms) for start, forms in found.items()}


@lru_cache(maxsize=1)
def _spellings() -> dict[str, tuple[str, ...]]:
    """The words of questions in all their forms, by their first letter; no food is among them."""
    words = {form for serbian, _ in _rows() for word in serbian.split() if word != "#" for form in _spelled(word)}
    by_letter: dict[str, list[str]] = {}
    for word in sorted(words):
        by_letter.setdefault(word[0], []).append(word)
    return {letter: tuple(words) for letter, words in by_letter.items()}


def _spelled(word: str) -> Iterator[str]:
    for form in to_plain(word).split("|"):
        if form.endswith("*"):
            yield from (form[:-1] + ending for ending in _COMMON_ENDINGS)
        elif form and not form.endswith("~"):
            yield form


@lru_cache(maxsize=4096)
def mended(plain: str) -> str:
    """A word of a question with one wrong, missing, doubled or exchanged letter put right; any other word as it is.

    A word is put right only where everything that it may have been is read alike. Foods are never guessed.
    """
    if len(plain) < SHORTEST_MENDED or not plain.isalpha() or plain in ENGLISH or plain in BOTH:
        return plain
    if any(forms.fit(plain) for forms in _known_forms().get(plain[:2], ())):
        return plain
    near = [word for word in _spellings().get(plain[0], ()) if is_one_edit(plain, word)]
    readings = {
        word: next((entry.english for entry in _beginning_with(word) if len(entry.words) == 1), "") for word in near
    }
    meant = {reading for reading in readings.values() if reading}
    if len(meant) == 1:
        return next(word for word in near if readings[word])
    return near[0] if len(near) == 1 else plain


def _translate(text: str) -> str:
    tokens = [replace(token, plain=mended(token.plain)) for token in split_tokens(text)]
    out, place, index = [], 0, 0
    while index < len(tokens):
        entry = _best(tokens, index, text)
        token = tokens[index]
        out.append(text[place : token.start])
        if entry is None:
            out.append(token.written)
            place = token.end
            index += 1
            continue
        matched = tokens[index : index + len(entry.words)]
        out.append(_filled(entry, matched))
        place = matched[-1].end
        index += len(matched)
    return "".join([*out, text[place:]])


def _best(tokens: Sequence[Token], index: int, text: str) -> Entry | None:
    """The longest phrase that begins here, of several the most exact one."""
    return next((entry for entry in _beginning_with(tokens[index].plain) if _fits(entry, tokens, index, text)), None)


def _fits(entry: Entry, tokens: Sequence[Token], index: int, text: str) -> bool:
    """Whether the words after the first one fit as well, with nothing but space between them."""
    if index + len(entry.words) > len(tokens):
        return False
    for offset, forms in enumerate(entry.words[1:], start=index + 1):
        token = tokens[offset]
        if text[tokens[offset - 1].end : token.start].strip():
            return False
        if not (_is_number(token.plain) if forms is None else forms.fit(token.plain)):
            return False
    return True


def _is_number(plain: str) -> bool:
    return _NUMBER.fullmatch(plain) is not None or plain in NUMBERS


def _filled(entry: Entry, tokens: Sequence[Token]) -> str:
    english = entry.english
    for word, token in zip(entry.words, tokens, strict=True):
        if word is None:
            number = str(NUMBERS.get(token.plain, token.plain.rstrip(".")))
            english = english.replace("#", number, 1)
    return english


# Where the order of words differs: "koliko proteina ima banana", "šta ima u banani", "meni treba".
_NUTRIENT = r"(?:carbs|protein|fat|fiber|sodium|salt|calories|energy|caffeine|iron|calcium|potassium)"
_MEAL = r"(?:breakfast|lunch|dinner|snack|meal|dish)"
_ACTS = "|".join(sorted({line.partition(" = ")[2].split()[0] for line in DOING.split("\n") if line}))
_OWN = r"(?:in|on|for|my|the|i|a|there|it|this|that|of|to|before|after|during|planned|left|enough|today|tomorrow)"
_HOUR = r"(?:[01]?\d|2[0-3])"
_DAY = r"(?:today|tomorrow|the day after tomorrow|(?:next |this )?(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
_PLANNING = r"plan|planned|menu|overview|workouts|sessions|trainings|train|how is|what (?:am i eating|should i eat)"
_SMOOTHING = (
    (rf"\bhow (?:much|many) ({_NUTRIENT}) is (?!{_OWN}\b)(?=\w)", r"how much \1 is in "),
    (rf"\bhow (?:much|many) ({_NUTRIENT}) is (?=(?:(?:my|the|tomorrow's|today's) )?{_MEAL}\b)", r"how much \1 is in "),
    (rf"\bhow much (?!{_NUTRIENT}\b)(?!{_OWN}\b)((?:\w+ ){{1,3}}?)is ({_NUTRIENT})\b", r"how much \2 is in \1"),
    (rf"\bhow much is (?!{_OWN}\b)((?:\w+ ){{1,4}}?)({_NUTRIENT})\b", r"how much \2 is in \1"),
    (rf"\bhow much is ({_NUTRIENT}) (?:in|is)\b", r"how much \1 is in"),
    (r"\bwhat is in (?!my\b|the\b|an?\b|some\b|\d|today|tomorrow|it\b|that\b|this\b|plan)(?=\w)", "what is in a "),
    (r"^of what is (?=\w)", "what is in "),
    (r"^ingredients (?=[^\s])(?!of\b|in\b|for\b|to\b|and\b|please\b)", "what is in "),
    (rf"^is (?:in )?(?!there\b|it\b|{_OWN}\b)([^?!.,]+?) is in ([^?!.,]+)", r"does \1 contain \2"),
    (rf"^is (?!there\b|{_OWN}\b)(\w+) in (?!{_OWN}\b)([^?!.,]+)", r"is there \1 in \2"),
    (r"\b(today|yesterday|already|so far) eaten\b", r"have i eaten \1"),
    (rf"\b(macros|nutrients|{_NUTRIENT}) my (?={_MEAL}\b)", r"\1 of my "),
    (r"^(is|are) (.*\b(?:plan|meals?|everything|food|dish)\b.*?) without ", r"\1 \2 free of "),
    (r"\b(?:should i )+should i\b", "should i"),
    (r"\bis there in it ([^?!.,]+)", r"is there \1 in it"),
    (r"\bi (eat|like) again ([^?!.,]+)", r"i \1 \2 again"),
    (r"\bmy (today|tomorrow)'s\b", r"\1's"),
    (r"\bmy my\b", "my"),
    (r"\bin (?=\d{1,2}:\d{2}\b)", "at "),
    (rf"\bin ({_HOUR})[.,]([0-5]\d)(?=$|[?!,;]| (?!g|kg|l|ml|km|h|hours|%))", r"at \1:\2"),
    (rf"\bin ({_HOUR})(?=$|[?!,;]| (?:on )?{_DAY}\b)", r"at \1:00"),
    (rf"((?:on )?\b{_DAY}) in ({_HOUR})\b(?!:|[.,]\d| ?(?:days?|weeks?|hours?|h|min(?:utes)?|%))", r"\1 at \2:00"),
    (rf"\b(move\b.*?) to ({_HOUR}) hours?\b", r"\1 at \2:00"),
    (rf"\b(at|to) ({_HOUR})[.,](\d\d)(?::00)?(?= pm| in the)", r"\1 \2:\3"),
    (r"\b(at|to) (1[3-9]|2[0-3])(:\d\d)? pm\b", r"\1 \2\3"),
    (rf"\b((?:add|move|idem)\b.*?\b(?:at|to) {_HOUR}(?::\d\d)?) in the morning\b", r"\1 am"),
    (rf"\b((?:add|move|idem)\b.*?\b(?:at|to) {_HOUR}(?::\d\d)?(?: pm)?) in the evening\b", r"\1"),
    # A plan or an overview is for a week.
    (rf"^(?!.*\b(?:{_MEAL}|race|before|after)\b)((?=.*\b(?:{_PLANNING})\b).*?)(?<!on )next sunday\b", r"\1next week"),
    (rf"^((?:on )?{_DAY}) idem (?:and )?(?:on|during my) ", r"\1 i am going for a "),
    (r"\bi want should i\b", "i want to"),
    (r"\bcan i have ([^?!.,]+?) should i (take|freeze|reheat|cook|prepare)\b", r"can i \2 \1"),
    (r"\bcan ([^?!.,]+?) to freeze\b", r"can i freeze \1"),
    (rf"\bis ((?:my|the|today's|tomorrow's|this) {_MEAL}) is (?!{_OWN}\b)", r"is there in \1 "),
    (r"\bis there in ((?:my|the|today's|tomorrow's|this) \w+) ([^?!.,]+)", r"is there \2 in \1"),
    (rf"^is in ((?:my|the|today's|tomorrow's|this) {_MEAL}) ([^?!.,]+)", r"is there \2 in \1"),
    (r"\bis left should i eat\b", "is left to eat"),
    (r"^is (today|tomorrow) rest\b", r"is \1 a rest day"),
    (r"\bcan i (?:should i|to)\b", "can i"),
    (rf"\bcan i (?!(?:{_ACTS}|have|still|also|ever|get|use|try|ask|it|the)\b)(?=\w)", "can i have "),
    (r"\b(is|are|on|in|for|of|to|with|my|the|and|how much|before|after|i) \1\b", r"\1"),
)


def _smooth(text: str) -> str:
    spaced = re.sub(r"\s+", " ", text).strip()
    spaced = re.sub(r" +(?=[?!.,;:])", "", spaced)
    for pattern, better in _SMOOTHING:
        spaced = re.sub(pattern, better, spaced)
    return re.sub(r"\s+", " ", spaced).strip()
