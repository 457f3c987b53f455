"""What facts say of training: which session is on which day and at what time, and which days have none. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from advisor.facts import Fact
from advisor.guardrails.governing_words import levelled

_KINDS = {
    "race": r"rac(?:e|ing)|marathon|maraton|\btrk|\bcup\b|\bkup\b|triathlon|triatlon|\b(?:5|10)\s?k\b|championship|"
    r"prvenstv|ironman|duathlon|duatlon",
    "run": r"\brun|\bjog|\btrc|marathon|maraton",
    "ride": r"\brid(?:e|ing)|bik|cycl|voznj|spin|turbo",
    "swim": r"swim|pliv",
    "intervals": r"interval|fartlek|tempo|repeat",
    "gym": r"gym|strength|\blift|yoga|joga|snag|teretan|mobility|pilates",
}
_KIND_OF_TITLE = {name: re.compile(words) for name, words in _KINDS.items()}
_SPORTS = frozenset({"run", "ride", "swim", "gym"})
_ADJECTIVES = {"long": re.compile(r"long|\bdug"), "easy": re.compile(r"easy|\blag?an|\blak|recovery")}
_SESSION_OF_DAY = re.compile(r"session\d+")


@dataclass(frozen=True, slots=True)
class Session:
    """One session as facts tell it; None and empty where they do not."""

    group: str
    title: str = ""
    day: date | None = None
    is_race: bool = False

    @property
    def kinds(self) -> frozenset[str]:
        """What its title calls it: sports, `intervals`, `race`."""
        found = {name for name, words in _KIND_OF_TITLE.items() if words.search(self.title)}
        return frozenset(found | {"race"} if self.is_race else found)


@dataclass(frozen=True, slots=True)
class TrainingDays:
    """The sessions that facts tell of, and the classes of days (`rest`, `light`, `high`)."""

    sessions: tuple[Session, ...]
    classes: Mapping[date, str]

    def of_kind(self, kind: str, adjective: str = "") -> list[Session]:
        """The sessions that may be meant by `the long run`: of that name, and those whose title does not say."""
        if kind == "any":
            found = list(self.sessions)
        elif kind == "race":
            found = [row for row in self.sessions if "race" in row.kinds] or [
                row for row in self.sessions if not row.kinds
            ]
        elif kind == "intervals":
            found = [row for row in self.sessions if "intervals" in row.kinds] or list(self.sessions)
        else:
            found = [row for row in self.sessions if kind in row.kinds]
            if kind == "run" or not found:
                # Runs are what most titles leave out: `Intervals 6x800`.
                found += [row for row in self.sessions if not row.kinds & _SPORTS]
        words = _ADJECTIVES.get(adjective)
        called = [row for row in found if words is not None and words.search(row.title)]
        return called or found

    def trains(self, day: date) -> bool | None:
        """Whether there is training on a day, None where no fact says."""
        if any(row.day == day for row in self.sessions):
            return True
        return None if day not in self.classes else self.classes[day] != "rest"

    def day_of(self, group: str | None) -> date | None:
        """The day of a session, None where no fact says."""
        return next((row.day for row in self.sessions if row.group == group), None)

    @property
    def race_days(self) -> frozenset[date]:
        return frozenset(row.day for row in self.sessions if row.day is not None and "race" in row.kinds)


def read_training_days(facts: Iterable[Fact]) -> TrainingDays:
    """The sessions and classes of days among facts; what would be after a change is none of them."""
    rows: dict[str, Session] = {}
    classes: dict[date, str] = {}
    for fact in facts:
        parts = fact.id.split(":")
        if parts[0] in ("event", "done") and len(parts) == 3 and isinstance(fact.value, str):
            row = rows.get(parts[1], Session(parts[1]))
            if parts[2] == "title":
                row = replace(row, title=levelled(fact.value))
            elif parts[2] == "day":
                row = replace(row, day=_read_day(fact.value))
            rows[parts[1]] = row
        elif parts[0] == "race" and len(parts) == 3:
            rows[parts[1]] = replace(rows.get(parts[1], Session(parts[1])), is_race=True)
        elif parts[0] == "target" and len(parts) > 2 and (day := _read_day(parts[1])) is not None:
            if parts[2] == "day_class" and isinstance(fact.value, str):
                classes[day] = fact.value
            elif _SESSION_OF_DAY.fullmatch(parts[2]):
                key = fact.object_id or f"{day}:{parts[2]}"
                rows[key] = replace(rows.get(key, Session(key)), day=day)
    known = {row.day for row in rows.values()}
    for day, name in classes.items():
        # A day of training whose sessions nobody read.
        if name != "rest" and day not in known:
            rows[str(day)] = Session(str(day), day=day)
    return TrainingDays(tuple(rows.values()), classes)


def _read_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
