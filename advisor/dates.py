"""Days and events in words, read in the athlete's calendar: pure functions of a text, a day and a list of events."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from advisor.words import MONTHS, NUMBER_WORDS, WEEKDAYS, fold

EVENT_HORIZON_DAYS = 14
RACE_HORIZON_DAYS = 400
LONG_FROM_MINUTES = 75

_COUNT = r"(\d{1,3}|a|an|" + "|".join(NUMBER_WORDS) + r"|couple of|a couple of|few|a few)"
_WEEKDAY_WORDS = {
    form: number
    for number, name in enumerate(WEEKDAYS)
    for form in {
        name.lower(),
        name.lower()[:3],
        *({"tues", "weds", "thur", "thurs"} & {name.lower()[:4], name.lower()[:5]}),
    }
} | {"weds": 2}
_MONTH_WORDS = {form: n for n, name in enumerate(MONTHS, 1) for form in (name.lower(), name.lower()[:3])} | {"sept": 9}
_WEEKDAY = "|".join(sorted(_WEEKDAY_WORDS, key=len, reverse=True))
# "I sat in the sun" names no day: these two short forms need a preposition.
_WEEKDAY_ALONE = "|".join(sorted(set(_WEEKDAY_WORDS) - {"sat", "sun"}, key=len, reverse=True))
_MONTH = "|".join(sorted(_MONTH_WORDS, key=len, reverse=True))


@dataclass(frozen=True, slots=True)
class DayMention:
    """One day that a text names. `weekday` when it was named by its weekday; `evening` for tonight."""

    day: date
    words: str
    place: int
    weekday: bool = False
    evening: bool = False


@dataclass(frozen=True, slots=True)
class RangeMention:
    """Several days that a text names, both ends included."""

    first: date
    last: date
    words: str


def read_days(text: str, *, today: date) -> list[DayMention]:
    """Every single day that a text names, in the order of the text."""
    folded = fold(text)
    found: list[DayMention] = []
    taken: list[tuple[int, int]] = []

    def take(pattern: str, make: Callable[[re.Match[str]], date | None], **flags: bool) -> None:
        for match in re.finditer(rf"(?<![\w-]){pattern}(?![\w-])", folded):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            day = make(match)
            if day is not None:
                taken.append(match.span())
                found.append(DayMention(day, match.group(), match.start(), **flags))

    take(r"(\d{4})-(\d{1,2})-(\d{1,2})", lambda m: _date(int(m[1]), int(m[2]), int(m[3])))
    take(
        rf"(?:the )?(\d{{1,2}})(?:st|nd|rd|th)?\.? (?:of )?({_MONTH})\.?(?:,? (\d{{4}}))?",
        lambda m: _month_day(m[1], m[2], m[3], today),
    )
    take(
        rf"({_MONTH})\.? (?:the )?(\d{{1,2}})(?:st|nd|rd|th)?(?:,? (\d{{4}}))?",
        lambda m: _month_day(m[2], m[1], m[3], today),
    )
    take(
        rf"(?:on |this |next )?(?:{_WEEKDAY}),? (?:the )?(\d{{1,2}})(?:st|nd|rd|th)",
        lambda m: _next_numbered(int(m[1]), today),
    )
    take(r"on the (\d{1,2})(?:st|nd|rd|th)", lambda m: _next_numbered(int(m[1]), today))
    take(r"(\d{1,2})\.(\d{1,2})\.(?:(\d{4})\.?)?", lambda m: _numeric_day(m[1], m[2], m[3], today))
    take(r"(?:the )?day after tomorrow|overmorrow", lambda m: today + timedelta(days=2))
    take(r"(?:the )?day before yesterday", lambda m: today - timedelta(days=2))
    take(rf"in {_COUNT} (days?|weeks?)(?: time)?", lambda m: _ahead(m, today, 1))
    take(rf"{_COUNT} (days?|weeks?) from (?:now|today)", lambda m: _ahead(m, today, 1))
    take(rf"{_COUNT} (days?|weeks?) ago", lambda m: _ahead(m, today, -1))
    take(r"tonight|this evening", lambda m: today, evening=True)
    take(r"today|this morning|this afternoon|right now|now", lambda m: today)
    take(r"tomorrow|tmrw|tomorow|tommorow|tomorrow's|tmr", lambda m: today + timedelta(days=1))
    take(r"yesterday|last night", lambda m: today - timedelta(days=1))
    take(rf"(?:a )?week (?:on|from|after) ({_WEEKDAY})s?", lambda m: _weekday_from(today, m[1]) + timedelta(days=7))
    take(rf"last ({_WEEKDAY})", lambda m: _weekday_from(today, m[1]) - timedelta(days=7))
    # On Saturday "next Sunday" is not tomorrow: it is the Sunday of next week, and so is every next weekday.
    take(rf"next ({_WEEKDAY})(?:'s)?", lambda m: _weekday_from(_next_monday(today), m[1]), weekday=True)
    take(rf"(?:this |on |coming )({_WEEKDAY})(?:'s|s)?", lambda m: _weekday_from(today, m[1]), weekday=True)
    take(rf"({_WEEKDAY_ALONE})(?:'s|s)?", lambda m: _weekday_from(today, m[1]), weekday=True)
    return sorted(found, key=lambda mention: mention.place)


def read_range(text: str, *, today: date) -> RangeMention | None:
    """The several days that a text names, or None: weeks from Monday to Sunday, the weekend, the next n days."""
    folded = fold(text)
    monday = today - timedelta(days=today.weekday())
    match = re.search(rf"\b(?:next|coming|following) {_COUNT} (days|weeks)\b", folded)
    if match:
        days = _number(match[1]) * (7 if match[2] == "weeks" else 1)
        return RangeMention(today, today + timedelta(days=max(1, min(days, 31)) - 1), match.group())
    if match := re.search(r"\bnext week\b(?! end)", folded):
        return RangeMention(monday + timedelta(days=7), monday + timedelta(days=13), match.group())
    if match := re.search(r"\blast week\b(?! end)", folded):
        return RangeMention(monday - timedelta(days=7), monday - timedelta(days=1), match.group())
    if match := re.search(r"\b(this|next|the|on the|at the)? ?week-?end\b", folded):
        saturday = monday + timedelta(days=5)
        if match[1] == "next" and today >= saturday:
            saturday += timedelta(days=7)
        return RangeMention(max(saturday, today), saturday + timedelta(days=1), match.group())
    if match := re.search(
        r"\b(?:this week|(?:my|the|whole|coming|entire|rest of (?:the|this)) week|weekly|next 7 days|week ahead)\b",
        folded,
    ):
        return RangeMention(today, today + timedelta(days=6), match.group())
    return None


def last_such_day(mention: DayMention, *, today: date) -> DayMention:
    """A weekday as a look back means it: the last one before today. Any other day is as it was named."""
    if not mention.weekday:
        return mention
    back = (today.weekday() - mention.day.weekday()) % 7 or 7
    return DayMention(today - timedelta(days=back), mention.words, mention.place)


def last_such_range(named: RangeMention, *, today: date) -> RangeMention:
    """A range as a look back means it: this week until today, on a Monday the week before, or the weekend before."""
    monday = today - timedelta(days=today.weekday())
    if named.last < today:
        return named
    if "week" in named.words and "end" in named.words:
        begun = today.weekday() == 6
        saturday = monday + timedelta(days=5 if begun else -2)
        return RangeMention(saturday, min(saturday + timedelta(days=1), today), named.words)
    if today == monday:
        return RangeMention(monday - timedelta(days=7), monday - timedelta(days=1), named.words)
    return RangeMention(monday, today, named.words)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month_day(day: str, month: str, year: str | None, today: date) -> date | None:
    return _nearest(int(day), _MONTH_WORDS[month.rstrip(".")], year, today)


def _numeric_day(day: str, month: str, year: str | None, today: date) -> date | None:
    return _nearest(int(day), int(month), year, today)


def _nearest(day: int, month: int, year: str | None, today: date) -> date | None:
    """Without a year: this year, or the next when the day lies more than half a year back."""
    if year:
        return _date(int(year), month, day)
    found = _date(today.year, month, day)
    if found is None:
        return _date(today.year + 1, month, day)
    if (today - found).days > 182:
        return _date(today.year + 1, month, day)
    return found


def _next_numbered(number: int, today: date) -> date | None:
    """The next day of a month with this number, today included."""
    for ahead in range(2):
        month = today.month - 1 + ahead
        found = _date(today.year + month // 12, month % 12 + 1, number)
        if found is not None and found >= today:
            return found
    return None


def _number(word: str) -> int:
    if word.isdigit():
        return int(word)
    return {"a": 1, "an": 1, "couple of": 2, "a couple of": 2, "few": 3, "a few": 3}.get(
        word, NUMBER_WORDS.get(word, 1)
    )


def _ahead(match: re.Match[str], today: date, sign: int) -> date:
    return today + timedelta(days=sign * _number(match[1]) * (7 if match[2].startswith("week") else 1))


def _next_monday(today: date) -> date:
    return today + timedelta(days=7 - today.weekday())


def _weekday_from(first: date, word: str) -> date:
    """The first such weekday on or after a day."""
    return first + timedelta(days=(_WEEKDAY_WORDS[word] - first.weekday()) % 7)


# --- events ---
_SPORT_NOUNS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"(?:run|runs|running|jog|jogging)", ("run",)),
    (r"(?:ride|rides|cycle|cycling|bike|bike ride|biking|spin|turbo|trainer session)", ("cycle", "mountain_bike")),
    (r"(?:swim|swims|swimming)", ("swim",)),
    (r"(?:row|rows|rowing|erg)", ("row", "row_erg")),
    (r"(?:hike|hikes|hiking)", ("hike",)),
    (r"(?:walk|walks|walking)", ("walk",)),
    (r"(?:ski|skiing)", ("ski",)),
    (r"(?:gym|strength|weights|lifting|strength training|lifting session|gym session)", ("strength",)),
    (r"(?:yoga|pilates)", ("yoga", "pilates")),
    (r"(?:soccer|football)", ("soccer",)),
    (r"(?:tennis|badminton|squash|basketball|rugby|hockey|handball|volleyball|climbing|climb)", ()),
)
_RACE = (
    r"(?:race|races|racing|race day|raceday|marathon|half marathon|half-marathon|triathlon|ironman|"
    r"duathlon|ultra|competition|comp|10k|5k|time trial)"
)
_ANY = (
    r"(?:workout|workouts|session|sessions|training|train|exercise|intervals|interval session|tempo|"
    r"brick|practice|event)"
)


@dataclass(frozen=True, slots=True)
class EventWish:
    """The kind of event a text speaks of. `words` as the athlete said it ("long run"); sports () means any."""

    words: str
    sports: tuple[str, ...] = ()
    race: bool = False
    long: bool = False
    qualifier: str = ""
    place: int = 0

    def fits(self, event: Any) -> bool:
        """Whether an event is of this kind; a long one is called long, or lasts 75 minutes or more."""
        title = fold(event.title)
        if self.race and event.type != "race":
            return False
        if not self.race and self.sports and event.sport not in self.sports:
            return False
        if self.long and not ("long" in title or (event.duration_minutes or 0) >= LONG_FROM_MINUTES):
            return False
        return not self.qualifier or self.qualifier in title or event.intensity in _INTENSITY.get(self.qualifier, ())


_INTENSITY = {
    "easy": ("easy",),
    "recovery": ("easy",),
    "hard": ("hard", "race"),
    "tempo": ("hard",),
    "interval": ("hard",),
    "threshold": ("hard",),
    "steady": ("moderate",),
    "endurance": ("moderate",),
}
_QUALIFIERS = (
    r"(?:(long|easy|recovery|hard|tempo|interval|threshold|steady|endurance|hill)s?[ -]+"
    r"(?:(?:training|trail|saturday|sunday|weekend) )?)?"
)


def read_event(text: str) -> EventWish | None:
    """The kind of event that a text names, or None. The first one named counts."""
    folded = fold(text)
    wishes: list[EventWish] = []
    race = re.search(rf"\b(?:{_RACE})\b", folded)
    if race:
        wishes.append(EventWish(race.group(), race=True, place=race.start()))
    for noun, sports in _SPORT_NOUNS:
        matches = list(re.finditer(rf"\b{_QUALIFIERS}({noun})\b", folded))
        # "I run my long run easier" speaks of the long run.
        match = next((match for match in matches if match[1]), matches[0] if matches else None)
        if match:
            own = sports or (match[2],)
            wishes.append(_wish(match, own))
    anything = re.search(rf"\b{_QUALIFIERS}({_ANY})\b", folded)
    if anything and not any(not wish.race for wish in wishes):
        wishes.append(_wish(anything, ()))
    if race and wishes[0].race:
        return wishes[0]
    return min(wishes, key=lambda wish: wish.place) if wishes else None


def _wish(match: re.Match[str], sports: tuple[str, ...]) -> EventWish:
    qualifier = match[1] or ""
    noun = match[2]
    if not qualifier and noun.startswith(("interval", "tempo")):
        qualifier = "interval" if noun.startswith("interval") else "tempo"
    is_long = qualifier == "long"
    return EventWish(match.group(), sports, long=is_long, qualifier="" if is_long else qualifier, place=match.start())


def is_upcoming(event: Any, *, now: datetime, today: date) -> bool:
    """Whether an event is still to come, or going on."""
    if event.local_date != today or event.all_day:
        return bool(event.local_date >= today)
    return bool(event.starts_at + timedelta(minutes=event.duration_minutes or 0) >= now)


def find_event(
    wish: EventWish,
    events: Iterable[Any],
    *,
    today: date,
    now: datetime,
    day: DayMention | None = None,
) -> Any | None:
    """The event that is meant, or None.

    With a weekday: the next upcoming one of that kind on that weekday within 14 days. With another day: one of that
    kind on it. Without a day: the next upcoming one within 14 days, races within 400.
    """
    fitting = [event for event in events if event.counts and wish.fits(event)]
    # A tempo run is the one called so, and any hard one only where none is.
    called = [event for event in fitting if wish.qualifier and wish.qualifier in fold(event.title)]
    if any(is_upcoming(event, now=now, today=today) for event in called):
        fitting = called
    upcoming = [event for event in fitting if is_upcoming(event, now=now, today=today)]
    if day is not None and not day.weekday:
        return next((event for event in fitting if event.local_date == day.day), None)
    if day is not None:
        first = max(day.day, today)
        return next(
            (
                event
                for event in _in_order(upcoming)
                if event.local_date.weekday() == day.day.weekday()
                and first <= event.local_date <= today + timedelta(days=EVENT_HORIZON_DAYS)
            ),
            None,
        )
    horizon = RACE_HORIZON_DAYS if wish.race else EVENT_HORIZON_DAYS
    return next((event for event in _in_order(upcoming) if event.local_date <= today + timedelta(days=horizon)), None)


def _in_order(events: Iterable[Any]) -> Sequence[Any]:
    return sorted(events, key=lambda event: (event.local_date, event.starts_at))
