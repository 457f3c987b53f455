"""Seeded damage to iCalendar files: bytes, lines, properties, components, numbers, and values meant to hurt."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

Mutation = Callable[[random.Random, bytes, Sequence[bytes]], bytes]
MAX_BYTES = 400_000
NUMBERS = (
    b"0", b"1", b"-1", b"00", b"7", b"31", b"32", b"59", b"60", b"99", b"366", b"1900", b"9999", b"10000",
    b"2147483648", b"9223372036854775808", b"18446744073709551616", b"1e308", b"0x7f", b"\xd9\xa3", b"9" * 400,
    b"1.5", b"+5", b"NaN",
)  # fmt: skip
VALUES = (
    b"", b" ", b":", b";", b",", b'"', b"\\", b"\\n", b"=", b"\0", b"\xff\xfe", b"\xed\xa0\x80", b"Z", b"T", b"null",
    b"[]", b"00010101T000000Z", b"99991231T235959Z", b"00000000", b"20260230", b"20261014T246060Z",
    b"20261014T070000-0500", b"20261014", b"2026-10-14", b"20261014T07", b"P", b"PT", b"-P1D", b"P1Y",
    b"PT99999999999H", b"P99999999W", b"FREQ=SECONDLY", b"FREQ=MINUTELY;COUNT=99999999",
    b"FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30", b"FREQ=DAILY;INTERVAL=0", b"FREQ=DAILY;INTERVAL=-1",
    b"FREQ=DAILY;COUNT=0", b"FREQ=DAILY;COUNT=-5", b"FREQ=YEARLY;BYEASTER=1", b"FREQ=WEEKLY;WKST=XX",
    b"FREQ=WEEKLY;BYDAY=99MO", b"FREQ=MONTHLY;BYDAY=0MO", b"FREQ=MONTHLY;BYSETPOS=0", b"FREQ=MONTHLY;BYSETPOS=400",
    b"FREQ=YEARLY;BYWEEKNO=60", b"FREQ=DAILY;BYHOUR=25;BYMINUTE=61", b"FREQ=DAILY;UNTIL=99999999T999999Z",
    b"FREQ=DAILY;FREQ=WEEKLY", b"FREQ=DAILY;UNTIL=20261020;UNTIL=20261030T000000Z", b"FREQ=DAILY;UNTIL=",
    b"FREQ=DAILY;COUNT=", b"FREQ=DAILY;X-A=B", b"RSCALE=CHINESE;FREQ=YEARLY;SKIP=FORWARD",
    b"FREQ=DAILY;COUNT=1;COUNT=2", b"freq=daily", b"FREQ=YEARLY;BYYEARDAY=367",
    b"FREQ=SECONDLY;BYSECOND=1;BYMINUTE=1;BYHOUR=1", b"20261014T070000Z/PT1H", b"20261014T070000Z/20261013T070000Z",
    b"/", b"a/b", b"CANCELLED", b"<script>alert(1)</script>", b"' OR 1=1 --", b"../../etc/passwd", b"%00", b"{{7*7}}",
    b"\xe2\x80\xae", b"A" * 20000, b"20261014T070000," * 300 + b"20261015T070000", b"=C3=A4=", b"\xf0\x9f\x9a\xb4",
)  # fmt: skip
PARAMETERS = (
    b";TZID=Europe/Belgrade", b";TZID=America/New_York", b";TZID=Nowhere", b";TZID=", b';TZID="',
    b";TZID=../../etc/passwd", b";TZID=Europe", b";TZID=localtime", b";TZID=Club", b";TZID=\xff",
    b";TZID=" + b"x" * 5000, b";VALUE=DATE", b";VALUE=DATE-TIME", b";VALUE=PERIOD", b";VALUE=TEXT", b";VALUE=BINARY",
    b";VALUE=", b";RANGE=THISANDFUTURE", b";RANGE=THISANDPRIOR", b";ENCODING=BASE64", b";ENCODING=QUOTED-PRINTABLE",
    b";;;", b";=", b";X", b';X="a:b;c"', b";X=a,b,c", b";X=^n^'^^", b";LANGUAGE=de",
)  # fmt: skip
NAMES = (
    b"DTSTART", b"DTEND", b"DURATION", b"RRULE", b"RDATE", b"EXDATE", b"EXRULE", b"RECURRENCE-ID", b"UID",
    b"SEQUENCE", b"STATUS", b"SUMMARY", b"DESCRIPTION", b"CATEGORIES", b"METHOD", b"X-WR-TIMEZONE", b"TZID",
    b"TZOFFSETFROM", b"TZOFFSETTO", b"BEGIN", b"END", b"CALSCALE", b"DUE", b"X-A", b"dtstart", b"",
)  # fmt: skip
COMPONENTS = (
    b"VCALENDAR",
    b"VEVENT",
    b"VTODO",
    b"VJOURNAL",
    b"VFREEBUSY",
    b"VALARM",
    b"VTIMEZONE",
    b"STANDARD",
    b"DAYLIGHT",
    b"X-COMP",
    b"",
)
_LINE = re.compile(rb"^([A-Za-z-]+)((?:;[^:\r\n]*)?):([^\r\n]*)", re.MULTILINE)
_EVENT = re.compile(rb"BEGIN:VEVENT.*?END:VEVENT\r?\n?", re.DOTALL | re.IGNORECASE)


def mutate(rng: random.Random, base: bytes, others: Sequence[bytes]) -> bytes:
    """One to six kinds of damage to `base`; mostly with its last word mended: the reader goes on."""
    content = base
    for _ in range(rng.choice((1, 1, 1, 2, 2, 3, 6))):
        content = rng.choice(MUTATIONS)(rng, content, others)[:MAX_BYTES]
    if rng.random() < 0.8:
        if b"BEGIN:VCALENDAR" not in content[:200].upper():
            content = b"BEGIN:VCALENDAR\r\n" + content
        if b"END:VCALENDAR" not in content[-4096:].upper():
            content += b"\r\nEND:VCALENDAR\r\n"
    return content


def damage_bytes(rng: random.Random, content: bytes, others: Sequence[bytes]) -> bytes:
    damaged = bytearray(content)
    for _ in range(rng.choice((1, 2, 5, 20))):
        place = rng.randrange(len(damaged) + 1)
        width = rng.choice((0, 1, 1, 2, 8))
        damaged[place : place + width] = rng.randbytes(rng.choice((0, 1, 1, 2, 8)))
    return bytes(damaged)


def cut(rng: random.Random, content: bytes, others: Sequence[bytes]) -> bytes:
    place = rng.randrange(len(content) + 1)
    return content[:place] if rng.random() < 0.7 else content[place:]


def shuffle_lines(rng: random.Random, content: bytes, others: Sequence[bytes]) -> bytes:
    lines = content.split(b"\n")
    for _ in range(rng.choice((1, 2, 5))):
        one, two = rng.randrange(len(lines)), rng.randrange(len(lines))
        what = rng.randrange(4)
        if what == 0:
            lines[one], lines[two] = lines[two], lines[one]
        elif what == 1:
            lines.insert(one, lines[two])
        elif what == 2 and len(lines) > 1:
            del lines[one]
        else:
            lines[one : one + 1] = [lines[one]] * rng.choice((2, 3, 30))
    return b"\n".join(lines)


def damage_value(rng: random.Random, content: bytes, others: Sequence[bytes]) -> bytes:
    return _with_line(rng, content, lambda name, given, value: (name, given, rng.choice(VALUES)))


def damage_name(rng: random.Random, content: bytes, others: Sequence[bytes]) -> bytes:
    return _with_line(rng, content, lambda name, given, value: (rng.choice(NAMES), given, value))


def damage_parameters(rng: random.Random, content: bytes, others: Sequence[bytes]) -> bytes:
    def put(name: bytes, given: bytes, value: bytes) -> tuple[bytes, bytes, bytes]:
        return name, b"" if rng.random() < 0.2 else given + rng.choice(PARAMETERS), value

    return _with_line(rng, content, put)


def swap_values(rng: random.Random, content: bytes, others: Sequence[bytes]) -> bytes:
    values = [match.group(3) for match in _LINE.finditer(content)]
    return _with_line(rng, content, lambda name, given, value: (name, given, rng.choice(values)))


def damage_numbers(rng: random.Random, content: bytes, others: Sequence[bytes]) -> bytes:
    chosen = rng.choice((0.02, 0.1, 0.5))
    size = rng.choice((1, 2, 2, 4))
    return re.sub(
        rb"\d{%d}" % size, lambda match: rng.choice(NUMBERS) if rng.random() < chosen else match.group(), content
    )


def insert_line(rng: random.Random, content: bytes, others: Sequence[bytes]) -> bytes:
    lines = content.split(b"\n")
    for _ in range(rng.choice((1, 3))):
        parameter = rng.choice(PARAMETERS) if rng.random() < 0.4 else b""
        lines.insert(rng.randrange(len(lines) + 1), rng.choice(NAMES) + parameter + b":" + rng.choice(VALUES) + b"\r")
    return b"\n".join(lines)


def damage_components(rng: random.Random, content: bytes, others: Sequence[bytes]) -> bytes:
    lines = content.split(b"\n")
    for _ in range(rng.choice((1, 2, 8))):
        word = rng.choice((b"BEGIN:", b"END:")) + rng.choice(COMPONENTS) + b"\r"
        place = rng.randrange(len(lines) + 1)
        if rng.random() < 0.4:
            frames = [number for number, line in enumerate(lines) if line[:6].upper() in (b"BEGIN:", b"END:VE")]
            if frames:
                del lines[rng.choice(frames)]
                continue
        lines.insert(place, word)
    return b"\n".join(lines)


def repeat_event(rng: random.Random, content: bytes, others: Sequence[bytes]) -> bytes:
    events = list(_EVENT.finditer(content))
    if not events:
        return content
    event = rng.choice(events)
    times = rng.choice((2, 10, 200))
    return (
        content[: event.start()] + event.group() * min(times, MAX_BYTES // len(event.group())) + content[event.end() :]
    )


def borrow_events(rng: random.Random, content: bytes, others: Sequence[bytes]) -> bytes:
    found = _EVENT.findall(rng.choice(others))
    if not found:
        return content + rng.choice(others)
    end = content.upper().rfind(b"END:VCALENDAR")
    return content[:end] + b"".join(rng.sample(found, min(3, len(found)))) + content[end:]


def change_coding(rng: random.Random, content: bytes, others: Sequence[bytes]) -> bytes:
    text = content.decode("utf-8", "replace")
    return rng.choice(
        (
            lambda: text.encode("utf-16"),
            lambda: text.encode("cp1252", "replace"),
            lambda: b"\xef\xbb\xbf" + content,
            lambda: content.replace(b"\r\n", b"\r"),
            lambda: content.replace(b"\r\n", b"\n"),
            lambda: content.replace(b"\r\n", b"\r\n\r\n"),
            lambda: re.sub(rb"(.{7})", lambda match: match.group() + b"\r\n ", content),
            lambda: content.swapcase(),
            lambda: content.replace(b":", b" : "),
        )
    )()


def _with_line(
    rng: random.Random, content: bytes, put: Callable[[bytes, bytes, bytes], tuple[bytes, bytes, bytes]]
) -> bytes:
    found = list(_LINE.finditer(content))
    for match in sorted(rng.sample(found, min(len(found), rng.choice((1, 1, 2, 5)))), key=lambda one: -one.start()):
        name, given, value = put(match.group(1), match.group(2), match.group(3))
        content = content[: match.start()] + name + given + b":" + value + content[match.end() :]
    return content


MUTATIONS: tuple[Mutation, ...] = (
    damage_bytes,
    cut,
    shuffle_lines,
    damage_value,
    damage_value,
    damage_name,
    damage_parameters,
    damage_parameters,
    swap_values,
    damage_numbers,
    insert_line,
    insert_line,
    damage_components,
    repeat_event,
    borrow_events,
    change_coding,
)
