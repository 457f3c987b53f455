"""Whether a fact is what a sentence says of its number: measure, food, meal, session, day, role and side. Pure."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from advisor.facts import Fact
from advisor.guardrails.figures import Figure
from advisor.guardrails.frames import fits_frame
from advisor.guardrails.governing_words import HOLDS, SESSION_WORDS, levelled
from advisor.guardrails.measures import COUNTS, Meaning, food_stems, meaning_of
from advisor.guardrails.sentences import Sentence, Word
from advisor.guardrails.sessions import fits_session_time

_MEALS = frozenset({"breakfast", "lunch", "dinner", "snack"})
_NOON, _AFTERNOON = 12 * 60, 15 * 60
_PHASES = frozenset({"pre", "during", "post"})
_BESIDE = 2
# A food that holds a number: `chicken gives you 98 g`.
_SUBJECT = re.compile(
    r"\s(?:gives?|has|holds?|contains?|brings?|provides?|ima|sadrzi|daje)\b"
    r"(?=\s+(?:you |ti |te )?(?:about |around |oko )?\d)"
)
# Measures whose words are foods of recipes as well: `Sugar 2.1 g; Water 56 g`.
_ALSO_FOODS = frozenset({"sugar", "fluid"})
_FURTHEST = 120
_NOUN = re.compile(r"[\s-]{1,2}([^\W\d_]+)(?:[\s-]([^\W\d_]+))?")
_FUNCTION_WORDS = """
and or in of for from to on at as is are was were with by that which this so than then but below above under over if
when because before after until while per a an the i ili u na za od do je su sa uz jer kad ako pa te nula nule
"""
_FUNCTION = frozenset(_FUNCTION_WORDS.split())


def accepts(sentence: Sentence, figure: Figure, fact: Fact) -> bool:
    """Whether a fact of the right value and unit is what the sentence says of the number."""
    meaning = meaning_of(fact)
    if fact.id.startswith("event:"):
        meaning = replace(meaning, day=sentence.names.training.day_of(meaning.group))
    if figure.dimension is None:
        return _fits_count(sentence, figure, fact, meaning) and _fits_day(sentence, figure, meaning)
    dimension = figure.dimension[0]
    if not _fits_day(sentence, figure, meaning) or not _fits_session(sentence, figure, meaning, dimension):
        return False
    if dimension == "time":
        scope = sentence.nearest(figure, sentence.scopes)
        if scope and scope.says in _MEALS and meaning.slots and scope.says not in meaning.slots:
            return False
        doing = sentence.nearest(figure, sentence.doings)
        return doing is None or not meaning.kind or (doing.says == "cooking") == (meaning.kind == "dish")
    if dimension not in ("servings",) and not dimension.startswith(("mass", "energy", "volume", "share")):
        return True
    return (
        _fits_measure(sentence, figure, meaning)
        and _fits_food(sentence, figure, meaning)
        and _fits_scope(sentence, figure, meaning)
        and _fits_role(sentence, figure, meaning, dimension)
        and _fits_sign(sentence, figure, fact, meaning, dimension)
        and fits_frame(sentence, figure, fact, meaning)
    )


def accepts_time(sentence: Sentence, place: int, end: int, minute: int, meaning: Meaning) -> bool:
    """Whether the time of a fact is that of the meal and day that the sentence names."""
    figure = Figure((), None, "", place, end=end)
    if meaning.kind == "session":
        meaning = replace(meaning, day=sentence.names.training.day_of(meaning.group))
    part = sentence.nearest(figure, sentence.parts)
    if part is not None and (minute < _AFTERNOON if part.says == "late" else minute >= _NOON):
        return False
    scope, behind = sentence.before(figure, sentence.timed), sentence.after(figure, sentence.timed, near=True)
    if scope is None or (behind is not None and sentence.level[end : behind.start].count(" ") <= _BESIDE):
        scope = behind or scope
    if meaning.kind == "session" and not fits_session_time(sentence, scope, place, meaning.group):
        return False
    if scope is None:
        return _fits_day(sentence, figure, meaning)
    if scope.says == "training":
        return meaning.kind == "session" and _fits_day(sentence, figure, meaning)
    if meaning.kind == "session":
        return scope.says not in _MEALS and scope.says != "dish" and _fits_day(sentence, figure, meaning)
    if meaning.slots is not None:
        fits = scope.says in meaning.slots if scope.mention is None else meaning.group in scope.mention.groups
        # A dish and its meal stand side by side, and either may come first.
        if not fits and not any(word.says in meaning.slots for word in sentence.scopes if word.says in _MEALS):
            return False
    return _fits_day(sentence, figure, meaning)


def _fits_measure(sentence: Sentence, figure: Figure, meaning: Meaning) -> bool:
    word = sentence.measure_of(figure)
    if word is None and meaning.measure in ("weight", "lean"):
        return sentence.is_of_body
    if word is None or meaning.measure is None:
        return word is None or word.says != "food" or meaning.measure is None
    if word.says == "food":
        stems = word.mention.stems if word.mention is not None else frozenset()
        if meaning.measure != "food":
            return False
        if word.mention is not None and meaning.key and meaning.key in word.mention.keys:
            return True
        if food_stems(sentence.level[word.start : word.end]) & meaning.food:
            return True
        own = meaning.food or sentence.names.stems.get(meaning.group or "", frozenset())
        return not stems or stems <= own or bool(word.mention and len(stems & own) * 2 > len(stems))
    if meaning.measure == "food" and word.says in _ALSO_FOODS:
        return bool(food_stems(sentence.level[word.start : word.end]) & meaning.food)
    return meaning.measure == word.says


def _fits_scope(sentence: Sentence, figure: Figure, meaning: Meaning) -> bool:
    if sentence.is_out_of_day(figure):
        return meaning.slots is None and meaning.group is None and meaning.role == "target"
    word = sentence.nearest(figure, sentence.scopes)
    if word is None:
        return True
    if word.says == "free":
        return _fits_phase(sentence, figure, meaning)
    if (meaning.measure is None and meaning.kind != "dish") or meaning.measure in ("weight", "lean"):
        return True
    if figure.dimension is not None and figure.dimension[0].endswith("/h"):
        # Rates are of sessions only.
        return word.says not in _MEALS or meaning.group is not None
    if meaning.kind == "food":
        return word.mention is None or meaning.group in word.mention.groups or not word.mention.groups
    if word.says == "day":
        return meaning.slots is None and meaning.group is None and meaning.measure != "food"
    if word.mention is not None:
        return _fits_name(sentence, figure, word, meaning)
    if word.says in _MEALS:
        return word.says in meaning.slots if meaning.slots is not None else _is_loose(meaning)
    if meaning.slots is not None:
        return word.says in meaning.slots or (
            word.says != "during"
            and "during" not in meaning.slots
            and bool(meaning.slots & _MEALS)
            and meaning.kind == "dish"
        )
    return _is_loose(meaning) or meaning.measure == "spent"


def _fits_phase(sentence: Sentence, figure: Figure, meaning: Meaning) -> bool:
    """`during the run 79 g in total`: the total is of that part of the session."""
    phase = sentence.before(figure, [word for word in sentence.scopes if word.says in _PHASES])
    return phase is None or meaning.slots is None or phase.says in meaning.slots


def _fits_food(sentence: Sentence, figure: Figure, meaning: Meaning) -> bool:
    """What a food holds is told of that food; what a food that was looked up holds is told of nothing else."""
    if meaning.measure in (None, "food"):
        return True
    named = [Word(food.start, food.end, "food", food) for food in sentence.foods] if sentence.foods else []
    before = sentence.before(figure, named)
    word = before or next(iter(named), None)
    if word is None or word.mention is None:
        return True
    if meaning.kind == "food":
        return bool(word.mention.stems & sentence.names.stems.get(meaning.group or "", frozenset()))
    if before is not None and meaning.group is None and _SUBJECT.match(sentence.level, before.end):
        return False
    if before is None or not HOLDS.search(sentence.level, max(before.end, figure.place - _FURTHEST), figure.place):
        return True
    return not any(word.mention.stems <= own for own in sentence.names.stems.values())


def _fits_name(sentence: Sentence, figure: Figure, word: Word, meaning: Meaning) -> bool:
    if word.mention is None:
        return True
    if word.says == "dish":
        return meaning.group in word.mention.groups or (meaning.group is None and meaning.slots is not None)
    governs = sentence.measure_of(figure)
    if governs is not None and governs.says == "food":
        return True
    # A list of what a dish is made of: what follows it may speak of the dish or the meal again.
    return (
        meaning.group in word.mention.groups
        if word.mention.groups
        else meaning.slots is not None or (meaning.measure == "food")
    )


def _fits_role(sentence: Sentence, figure: Figure, meaning: Meaning, dimension: str) -> bool:
    if dimension == "energy":
        way = sentence.nearest(figure, sentence.ways)
        if way is not None and meaning.measure is not None and (way.says == "spent") != (meaning.measure == "spent"):
            return False
        if way is not None and way.says == "spent" and not meaning.of_training and sentence.is_of_training:
            return False
    if meaning.role is None:
        return True
    role = sentence.nearest(figure, sentence.roles)
    return role is None or role.says == meaning.role


def _fits_sign(sentence: Sentence, figure: Figure, fact: Fact, meaning: Meaning, dimension: str) -> bool:
    if dimension == "servings" or "/" in dimension:
        return True
    sign = sentence.sign_of(figure)
    if sign is not None:
        return meaning.sign == sign
    return ":difference:" not in fact.id or sentence.compares


def _fits_day(sentence: Sentence, figure: Figure, meaning: Meaning) -> bool:
    word = sentence.nearest(figure, sentence.days)
    if word is None or meaning.day is None or word.says == "other":
        return True
    if word.day is not None:
        return meaning.day == word.day
    if word.says.startswith("d"):
        return meaning.day.weekday() == int(word.says[1:])
    if sentence.today is None:
        return True
    ahead = {"r0": 0, "r1": 1, "r9": -1}[word.says]
    return meaning.day == sentence.today + timedelta(days=ahead)


def _fits_session(sentence: Sentence, figure: Figure, meaning: Meaning, dimension: str) -> bool:
    if meaning.kind != "session":
        return True
    word = sentence.nearest(figure, sentence.sessions)
    if word is not None and word.mention is not None and word.mention.groups:
        return meaning.group in word.mention.groups
    if dimension not in ("time", "distance"):
        return True
    # `the swim` is one that is called so, where one is.
    doing = sentence.nearest(figure, sentence.doings)
    called = doing and next(
        (name for start, name in SESSION_WORDS.items() if sentence.level.startswith(start, doing.start)), None
    )
    groups = {group for group, title in sentence.names.titles.items() if called and called in title}
    return not groups or meaning.group in groups


def _fits_count(sentence: Sentence, figure: Figure, fact: Fact, meaning: Meaning) -> bool:
    noun = _NOUN.match(sentence.level, figure.end)
    concept = meaning.count
    if concept is None:
        label = food_stems(fact.label)
        return bool(label & food_stems(sentence.level)) and (
            noun is None or noun[1] in _FUNCTION or noun[1] in levelled(fact.label)
        )
    if noun is not None and noun[1] not in _FUNCTION:
        return COUNTS[concept].search(" ".join(word for word in noun.groups() if word)) is not None
    # Of two names for such numbers the one before it counts.
    last = sentence.before(figure, sentence.counts)
    if last is not None:
        return any(word.says == concept for word in sentence.counts if word.start == last.start)
    return any(word.says == concept for word in sentence.counts)


def _is_loose(meaning: Meaning) -> bool:
    """A fact that belongs to no day as a whole: a recipe, a food, an estimate, what another source states."""
    return meaning.day is None and meaning.role is None and meaning.slots is None
