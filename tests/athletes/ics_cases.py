"""The corpus of iCalendar traps: `tests/data/ics/cases/*.txt`.

A case is a title after `===`, optional headers, a file, `---`, and what a reader must find, by hand:

    === A title that says what the trap is
    zone: America/New_York            the athlete's zone; Europe/Belgrade
    window: 2026-10-01 2026-10-31     the local days that are asked for; October 2026
    independent: no                   not in the reach of the second expansion (no IANA zone, broken on purpose …)
    newline: CR                       CR, LF or MIXED; CRLF
    encoding: utf-16                  UTF-8; `raw` leaves the lines as they are
    DTSTART:20261014T070000           the body of an event, the next after an empty line; or a whole file
    ---
    2026-10-14 07:00+02:00-08:00 Run [CATEGORY|…]     or `2026-10-14 all-day Rest`, or `! words of the refusal`

`{C3}` is a byte, `{x*500}` is 500 times x.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

CASES = Path(__file__).parents[1] / "data" / "ics" / "cases"
_HEADER = re.compile(r"(zone|window|independent|newline|encoding): *(\S.*)")


@dataclass(frozen=True)
class Case:
    """One trap; `expected` are its rows as they are written, `refusal` the words of an error."""

    name: str
    content: bytes
    zone: str
    first_day: date
    last_day: date
    independent: bool
    expected: tuple[str, ...]
    refusal: str


def read_cases() -> list[Case]:
    return [case for path in sorted(CASES.glob("*.txt")) for case in _cases_of(path.read_text(encoding="utf-8"))]


def _cases_of(text: str) -> Iterator[Case]:
    for block in re.split(r"^=== ", text, flags=re.MULTILINE)[1:]:
        name, _, rest = block.partition("\n")
        body, _, wanted = rest.partition("---\n")
        headers, lines = {}, []
        for line in body.split("\n")[:-1]:
            match = _HEADER.fullmatch(line)
            if match:
                headers[match.group(1)] = match.group(2)
            else:
                lines.append(line)
        rows = tuple(row for row in wanted.split("\n") if row.strip())
        first, last = headers.get("window", "2026-10-01 2026-10-31").split()
        refusal = rows[0][2:] if rows and rows[0].startswith("! ") else ""
        yield Case(
            name=name.strip(),
            content=_content(lines, headers),
            zone=headers.get("zone", "Europe/Belgrade"),
            first_day=date.fromisoformat(first),
            last_day=date.fromisoformat(last),
            independent=headers.get("independent") != "no" and not lines[0].upper().startswith("BEGIN"),
            expected=() if refusal else tuple(expand_text(row) for row in rows),
            refusal=refusal,
        )


def _content(lines: list[str], headers: dict[str, str]) -> bytes:
    encoding = headers.get("encoding", "utf-8")
    if encoding == "raw":
        return "\r\n".join(lines).strip().encode()
    if not lines[0].upper().startswith("BEGIN:VCALENDAR"):
        lines = _with_frame(lines)
    ends = {"CR": ["\r"], "LF": ["\n"], "MIXED": ["\r\n", "\n", "\r"]}.get(headers.get("newline", ""), ["\r\n"])
    text = "".join(line + ends[number % len(ends)] for number, line in enumerate(lines))
    if encoding != "utf-8":
        return text.encode(encoding)
    return _bytes_of(text)


def _with_frame(lines: list[str]) -> list[str]:
    framed = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//tests//EN"]
    for number, event in enumerate(re.split(r"\n\n+", "\n".join(lines).strip("\n")), start=1):
        own = event.split("\n")
        uid = [] if any(line.startswith("UID:") for line in own) else [f"UID:event-{number}@tests"]
        framed += ["BEGIN:VEVENT", *uid, *own, "END:VEVENT"]
    return [*framed, "END:VCALENDAR"]


def expand_text(text: str) -> str:
    return _bytes_of(text).decode()


def _bytes_of(text: str) -> bytes:
    text = re.sub(r"\{(\w)\*(\d+)\}", lambda match: match.group(1) * int(match.group(2)), text)
    return re.sub(rb"\{([0-9A-F]{2})\}", lambda match: bytes([int(match.group(1), 16)]), text.encode())


def row_of(day: date, begin: datetime | None, end: datetime | None, title: str, categories: tuple[str, ...]) -> str:
    """An occurrence as the corpus writes it, with the offset of its start."""
    when = "all-day"
    if begin is not None:
        offset = begin.strftime("%z")
        when = f"{begin:%H:%M}{offset[:3]}:{offset[3:5]}" + (f"-{end:%H:%M}" if end is not None else "")
    return f"{day} {when} {title}".rstrip() + (f" [{'|'.join(categories)}]" if categories else "")


def says_the_same(expected: str, found: str) -> bool:
    """Whether a row found is the one expected, which may leave out the offset."""
    return expected == found or expected == re.sub(r"^(\S+ \d\d:\d\d)[+-]\d\d:\d\d", r"\1", found)


def local(moment: datetime, zone: str) -> datetime:
    return moment.astimezone(ZoneInfo(zone))
