"""Whether sessions are told of the day and time that they have, and days of rest of days without training. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from advisor.guardrails.governing_words import STARTS, WEEKDAYS
from advisor.guardrails.sentences import Sentence, Word
from advisor.guardrails.session_words import Told

_NOT_SAID = re.compile(
    r"\b(?:if|when|whenever|would|could|should|might|may|maybe|perhaps|were|mov(?:e|ed|ing)|shift\w*|instead|swap\w*|"
    r"postpon\w*|reschedul\w*|want|wish|whether|skip\w*|leav(?:e|ing)|without|drop\w*|suppose|imagine|unless|can|add\w*|"
    r"put|ako|kad|kada|bi|pomer\w*|premest\w*|prebac\w*|umesto|bez|da li|zelis|hoces|mozda|dodaj\w*|izostav\w*)\b"
)
_CLAUSE = re.compile(r"[,;:!?()\n]|\.(?:\s|$)")
_SMALL = r"(?:\s*(?:already|only|just|also|set|planned|scheduled|due|next|again|vec|tek|zakazan\w*|planiran\w*))*"
_CLOCK_WORDS = r"(?:\s*(?:at|from|u|od)\s+(?:\d{1,2}[:.]\d{2}|\d{1,2}\s*h))?"
# Between a session and its day: `is on`, `is planned for`, `at 18:00`, or nothing.
_LINK = re.compile(
    r"[\W_]*(?P<says>(?:is|are|'s|was|has been|takes place|happens|falls|comes|starts|begins|will be|je|su|"
    rf"ce biti|pada|pocinje|krece|ti je)\b)?"
    rf"{_SMALL}{_CLOCK_WORDS}(?:\s*(?:on|for|this|coming|up|u|za|in|ove|ovaj|ovu))*{_CLOCK_WORDS}\W*"
)
_LINK_MARKS = re.compile(r"[,;:!?()\n]")
_COLON = re.compile(r"\s*:\s*")
_PAST_IT = re.compile(r"\b(?:after|before|following|posle|nakon|pre|uoci)\s+$")
# Between a day and its session: `'s`, `is`, `you have`.
_BACK_LINK = re.compile(
    r"(?:\s+(?:morning|afternoon|evening|ujutru|popodne|uvece|pre podne))?"
    r"\s*(?P<own>'s\s+)?(?P<says>(?:,?\s*(?:is|will be|means|brings|holds|has|there is|there's|you have|you've got|"
    r"you do|it is|it's time for|you are doing|features|je|je dan|imas|ti je|te ceka|cekaju te|radis|dolazi|na redu je)"
    r"|\s*[:-]))?\s*(?:also |already |only |just |samo |opet )?(?:\w+ min(?:utes)? of )?"
)
_FAR, _FURTHEST = 60, 160
_FUTURE = frozenset({"r0", "r1"})
_NO_TRAINING = re.compile(
    r"(?P<rest>(?P<det>\b(?:a|an|your|the|no|not a|nije)\s+)?(?:\b(?:complete|full|total|planned|well-earned)\s+)?"
    r"(?:\brest day\b|\bday off\b|\bday of rest\b|\bdan (?:za )?odmora?\b|\bslobodan dan\b|\boff day\b))"
    r"|(?P<none>\b(?:you have |there is |there's |with )?(?:no|not any) (?:training|sessions?|workouts?)\b"
    r"|\b(?:you have |there is )?nothing planned\b|\bfree of training\b|\byou (?:don't|do not) train\b|"
    r"\byou (?:rest|have the day off)\b|\bnema(?:s)? (?:nijedan )?trening\w*|\bne treniras\b"
    r"|\b(?:se )?odmaras\b|\bnothing is planned\b|\b(?:completely|totally|entirely) off\b|"
    r"(?<= is )(?:free|off)\b(?! of|\w|-))"
)
_REST_BETWEEN = re.compile(
    r"[\s,]*(?:is|will be|'s|means|je|ce biti|ti je|imas|:|-|remains|stays|counts as)?\s*(?:also |again |just |only )?"
)
_REST_BEFORE_DAY = re.compile(r"\s*(?:is|je|for|planned|falls|pada|ti je)?\s*(?:on|for|planned for|u|za|is)?\s*")


def misplaced_sessions(sentence: Sentence) -> Iterator[str]:
    """The words that tell a session of a day it is not on, a day of rest of training, or training of a day of rest."""
    if sentence.level.rstrip().endswith("?"):
        return
    days = list(_days_of(sentence))
    if not days:
        return
    # Only neighbors belong together: what stands between two names belongs to the nearer one.
    named: list[Word | Told] = sorted([*days, *sentence.told_sessions], key=_place)
    for first, second in pairwise(named):
        if isinstance(first, Word) and isinstance(second, Told):
            day, row = first, second
        elif isinstance(first, Told) and isinstance(second, Word):
            row, day = first, second
        else:
            continue
        if _is_linked(sentence, row, day) and not _may_be(sentence, row, day):
            yield sentence.text[min(row.start, day.start) : max(row.end, day.end)].strip()
    yield from _false_rest(sentence, days)


def _place(word: Word | Told) -> int:
    return word.start


def _days_of(sentence: Sentence) -> Iterator[Word]:
    """Dates, weekdays, today and tomorrow, those before `'s run` as well; no other word of days."""
    dates = [word for word in sentence.days if word.day is not None]
    found = list(dates)
    for match in WEEKDAYS.finditer(sentence.level):
        says = match.lastgroup or "other"
        if says in ("other", "r9") or any(word.start <= match.start() < word.end for word in dates):
            continue
        end = match.end() - 2 if match.group().endswith("'s") else match.end()
        found.append(Word(match.start(), end, says))
    yield from sorted(found, key=lambda word: word.start)


def _is_linked(sentence: Sentence, row: Told, day: Word) -> bool:
    """Whether the words between a session and a day say that it is on that day."""
    first, last = min(row.end, day.end), max(row.start, day.start)
    if last < first or last - first > _FAR:
        return False
    if _is_not_said(sentence, min(row.start, day.start), max(row.end, day.end)):
        return False
    between = sentence.level[first:last]
    if row.start < day.start:
        if _COLON.fullmatch(between):
            return not _PAST_IT.search(sentence.level[max(0, row.start - 12) : row.start])
        link = _LINK.fullmatch(between)
        if link is None or _LINK_MARKS.search(between):
            return False
        # `a run on Friday` is an idea, `your run on Friday` and `a run is on Friday` are told as they are.
        return row.definite or link["says"] is not None
    link = _BACK_LINK.fullmatch(between)
    if link is None or (row.does and "," in between):
        return False
    word = sentence.level[day.start : day.end]
    if link["own"] or link["says"]:
        return True
    if row.does:
        return True
    return word.startswith(("danasnj", "sutrasnj")) or (row.bare and day.says.startswith("d") and row.kind != "any")


def _is_not_said(sentence: Sentence, start: int, end: int) -> bool:
    """Whether words before a claim, or within its clause, make it a mere thought: `if`, `would`, `moved`."""
    stop = _CLAUSE.search(sentence.level, end)
    return (
        _NOT_SAID.search(sentence.level, max(0, start - _FURTHEST), stop.start() if stop else len(sentence.level))
        is not None
    )


def _may_be(sentence: Sentence, row: Told, day: Word) -> bool:
    known = sentence.names.training
    if any(session.day is None or is_on(sentence, session.day, day) for session in row.sessions):
        return True
    if row.kind == "race" or any(session.title for session in known.sessions):
        return False
    # No session was read; then only a day that is known for one of rest has none.
    exact = _exact_day(sentence, day)
    return exact is None or known.trains(exact) is not False


def is_on(sentence: Sentence, when: date, day: Word) -> bool:
    """Whether a date is the day that a word names; without today, `tomorrow` may be any."""
    if day.day is not None:
        return when == day.day
    if day.says.startswith("d"):
        return when.weekday() == int(day.says[1:])
    exact = _exact_day(sentence, day)
    return exact is None or when == exact


def _exact_day(sentence: Sentence, day: Word) -> date | None:
    if day.day is not None:
        return day.day
    if sentence.today is None:
        return None
    if day.says in _FUTURE:
        return sentence.today + timedelta(days=1 if day.says == "r1" else 0)
    ahead = (int(day.says[1:]) - sentence.today.weekday()) % 7
    return sentence.today + timedelta(days=ahead)


def _false_rest(sentence: Sentence, days: list[Word]) -> Iterator[str]:
    for match in _NO_TRAINING.finditer(sentence.level):
        claims = sorted([*days, Word(match.start(), match.end(), "none")], key=_place)
        place = claims.index(Word(match.start(), match.end(), "none"))
        for day in claims[max(0, place - 1) : place] + claims[place + 1 : place + 2]:
            if _rests_on(sentence, match, day) and _is_false_rest(sentence, match, day):
                yield sentence.text[min(match.start(), day.start) : max(match.end(), day.end)].strip()


def _rests_on(sentence: Sentence, match: re.Match[str], day: Word) -> bool:
    """Whether the words between a day and `rest day` or `no training` join them."""
    first, last = min(match.end(), day.end), max(match.start(), day.start)
    if last < first or last - first > _FAR:
        return False
    link = _REST_BETWEEN if day.start < match.start() else _REST_BEFORE_DAY
    return link.fullmatch(sentence.level[first:last]) is not None and not _is_not_said(
        sentence, min(match.start(), day.start), last
    )


def _is_false_rest(sentence: Sentence, match: re.Match[str], day: Word) -> bool:
    exact = _exact_day(sentence, day)
    if exact is None:
        return False
    known = sentence.names.training
    has_session = any(row.day == exact for row in known.sessions)
    if match["none"]:
        return has_session or known.trains(exact) is True
    if (match["det"] or "").strip() in ("no", "not a", "nije"):
        return known.trains(exact) is False
    return known.classes[exact] != "rest" if exact in known.classes else has_session


def fits_session_time(sentence: Sentence, scope: Word | None, place: int, group: str | None) -> bool:
    """Whether a start time is that of the session that the words around it name."""
    rows = [row for row in sentence.told_sessions if not row.does]
    if not rows:
        return True
    own = next((row for row in rows if scope is not None and row.start <= scope.start < row.end), None)
    if own is None and scope is not None and STARTS.match(sentence.level, scope.start):
        own = next((row for row in reversed(rows) if row.end <= scope.start), None)
    if own is None and scope is None:
        own = next((row for row in reversed(rows) if row.end <= place), rows[0])
    return own is None or not own.sessions or any(row.group == group for row in own.sessions)
