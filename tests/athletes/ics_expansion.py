"""A second reading of well-formed calendars, written apart from the product: its own parser, `dateutil.rrule` on wall
clocks, `zoneinfo` for the rest. Knows only what RFC 5545 says of events in IANA zones, in UTC and without a zone.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from tests.athletes.ics_cases import Case, row_of

DAY = timedelta(days=1)


class Line:
    def __init__(self, text: str) -> None:
        head, self.value = re.fullmatch(r'((?:[^":]|"[^"]*")*):(.*)', text, re.DOTALL).groups()
        self.name, *parameters = head.split(";")
        self.parameters = dict(parameter.split("=", 1) for parameter in parameters)


class Moment:
    """A date, or a wall clock in a zone; `zone` None is a floating time."""

    def __init__(self, line: Line, text: str) -> None:
        self.all_day = "T" not in text
        self.wall = datetime.strptime(text.rstrip("Z"), "%Y%m%d" if self.all_day else "%Y%m%dT%H%M%S")
        zone = line.parameters.get("TZID", "").strip('"')
        self.zone = UTC if text.endswith("Z") else ZoneInfo(zone) if zone else None

    def instant(self, default) -> datetime:
        return self.wall.replace(tzinfo=self.zone or default).astimezone(UTC)


def expand(case: Case) -> list[str]:
    """The rows of a case, in the form of the corpus."""
    text = case.content.decode("utf-8" if case.content[:2] not in (b"\xff\xfe", b"\xfe\xff") else "utf-16", "replace")
    if "\ufffd" in text:
        text = case.content.decode("cp1252")
    text = re.sub(r"\r\n|\r|\n", "\n", text.removeprefix("\ufeff")).replace("\n ", "").replace("\n\t", "")
    events = [Event(block, ZoneInfo(case.zone)) for block in re.findall(r"BEGIN:VEVENT\n(.*?)END:VEVENT", text, re.S)]
    rows = []
    for event in events:
        if event.planned is None:
            replaced = [other.replaces(event) for other in events if other.uid == event.uid and other.planned]
            for start in event.starts(until=case.last_day + 40 * DAY):
                if event.key(start) not in replaced and not event.canceled:
                    rows += event.rows(start, case)
        elif not event.canceled:
            rows += event.rows(event.start.wall, case)
    return rows


class Event:
    def __init__(self, block: str, home: ZoneInfo) -> None:
        block = re.sub(r"BEGIN:VALARM\n.*?END:VALARM\n", "", block, flags=re.S)
        self.lines = [Line(text) for text in block.split("\n") if ":" in text]
        self.home = home
        self.uid = self.one("UID").value
        self.start = self.moment("DTSTART")
        self.zone = self.start.zone or home
        self.planned = self.moment("RECURRENCE-ID")
        self.canceled = (status := self.one("STATUS")) is not None and status.value == "CANCELLED"

    def one(self, name: str) -> Line | None:
        return next((line for line in self.lines if line.name == name), None)

    def moment(self, name: str) -> Moment | None:
        line = self.one(name)
        return Moment(line, line.value) if line else None

    def moments(self, name: str) -> list[Moment]:
        return [Moment(line, text) for line in self.lines if line.name == name for text in line.value.split(",")]

    def key(self, wall: datetime):
        """What tells one occurrence from another: a day, or an instant."""
        return wall.date() if self.start.all_day else wall.replace(tzinfo=self.zone).astimezone(UTC)

    def replaces(self, series: Event):
        planned = self.planned
        if series.start.all_day:
            return planned.wall.date()
        if planned.all_day:
            return series.key(datetime.combine(planned.wall, series.start.wall.time()))
        return planned.instant(series.zone)

    def starts(self, until: date) -> list[datetime]:
        walls = {self.start.wall}
        rule = self.one("RRULE")
        if rule:
            text, last = rule.value, None
            match = re.search(r";UNTIL=([0-9TZ]+)", text)
            if match:
                text, last = text.replace(match.group(), ""), Moment(Line("X:"), match.group(1))
            end = datetime.combine(until, time.max)
            walls = set()
            for wall in rrulestr(text, dtstart=self.start.wall):
                if wall > end or (last and self.is_after(wall, last)):
                    break
                walls.add(wall)
        for extra in self.moments("RDATE"):
            walls.add(
                extra.wall if extra.all_day else extra.instant(self.zone).astimezone(self.zone).replace(tzinfo=None)
            )
        for exception in self.moments("EXDATE"):
            if exception.all_day or self.start.all_day:
                walls = {wall for wall in walls if wall.date() != exception.wall.date()}
            else:
                walls = {wall for wall in walls if self.key(wall) != exception.instant(self.zone)}
        return sorted(walls)

    def is_after(self, wall: datetime, last: Moment) -> bool:
        if last.all_day or self.start.all_day:
            return wall.date() > last.wall.date()
        return wall.replace(tzinfo=self.zone).astimezone(UTC) > last.instant(self.zone)

    def rows(self, wall: datetime, case: Case) -> list[str]:
        title = re.sub(r"\\(.)", lambda m: "\n" if m.group(1) in "nN" else m.group(1), self.text("SUMMARY"))
        categories = tuple(
            re.sub(r"\\(.)", r"\1", word)
            for line in self.lines
            if line.name == "CATEGORIES"
            for word in re.split(r"(?<!\\),", line.value)
        )
        if self.start.all_day:
            return self.days(
                wall.date(), wall.date() + max(self.length_of_days() - 1, 0) * DAY, title, categories, case
            )
        begin = wall.replace(tzinfo=self.zone).astimezone(UTC)
        end = self.end(begin, wall)
        here, there = begin.astimezone(self.home), end.astimezone(self.home) if end else None
        if end and end - begin > DAY and there.replace(tzinfo=None) - here.replace(tzinfo=None) > DAY:
            last = (end - timedelta(microseconds=1)).astimezone(self.home).date()
            return self.days(here.date(), last, title, categories, case)
        if case.first_day <= here.date() <= case.last_day:
            return [row_of(here.date(), here, there, title, categories)]
        return []

    def text(self, name: str) -> str:
        line = self.one(name)
        return line.value.strip() if line else ""

    def days(self, first: date, last: date, title: str, categories: tuple[str, ...], case: Case) -> list[str]:
        days = [first + number * DAY for number in range((last - first).days + 1)]
        return [row_of(day, None, None, title, categories) for day in days if case.first_day <= day <= case.last_day]

    def length_of_days(self) -> int:
        end = self.moment("DTEND")
        if end:
            return (end.wall.date() - self.start.wall.date()).days
        duration = self.one("DURATION")
        return duration_of(duration.value)[0] if duration else 1

    def end(self, begin: datetime, wall: datetime) -> datetime | None:
        end, duration = self.moment("DTEND"), self.one("DURATION")
        if end:
            length = end.instant(self.zone) - self.start.instant(self.zone)
            return begin + length if length > timedelta(0) else None
        if not duration:
            return None
        days, seconds = duration_of(duration.value)
        after = (wall + days * DAY).replace(tzinfo=self.zone).astimezone(UTC) + timedelta(seconds=seconds)
        return after if after > begin else None


def duration_of(text: str) -> tuple[int, int]:
    """Days and seconds of a DURATION."""
    sign = -1 if text.startswith("-") else 1
    found = {unit: int(number) for number, unit in re.findall(r"(\d+)([WDHMS])", text)}
    days = found.get("W", 0) * 7 + found.get("D", 0)
    return sign * days, sign * (found.get("H", 0) * 3600 + found.get("M", 0) * 60 + found.get("S", 0))
