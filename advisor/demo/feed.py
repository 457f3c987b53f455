"""The demo's training calendar: an iCalendar file around a day, and a server on loopback that hands it out. Pure text.

Weekly series with a left-out and a moved occurrence, an all-day rest day, and a race: what real feeds consist of.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

DAYS_BACK = 14
DAYS_AHEAD = 46
RACE_WEEKS_AHEAD = 5

# Weekday (Monday is 0), start, minutes, title; None: all day.
WEEK: tuple[tuple[int, time | None, int, str], ...] = (
    (0, None, 0, "Rest"),
    (1, time(18, 0), 62, "Intervals 6 x 800 m"),
    (2, time(7, 0), 45, "Easy run 45 min"),
    (3, time(18, 0), 70, "Tempo run 14 km"),
    (4, time(12, 30), 40, "Strength 40 min"),
    (5, time(9, 0), 135, "Long run 24 km Z2"),
    (6, time(10, 30), 60, "Recovery ride 60 min easy"),
)


def calendar_text(today: date, *, timezone: str) -> bytes:
    """The whole file for the weeks around a day, in a zone, with the line ends that the format asks for."""
    first = today - timedelta(days=DAYS_BACK)
    monday = first - timedelta(days=first.weekday())
    until = today + timedelta(days=DAYS_AHEAD)
    race = monday + timedelta(days=7 * (DAYS_BACK // 7 + RACE_WEEKS_AHEAD) + 6)
    this_monday = today - timedelta(days=today.weekday())
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//AthlEAT//Demo//EN", "X-WR-CALNAME:Training of Maja"]
    for weekday, start, minutes, title in WEEK:
        day = monday + timedelta(days=weekday)
        skipped, moved = None, None
        if weekday == 6:
            skipped = race
        elif weekday == 2:
            moved = this_monday + timedelta(days=7 + weekday)
        lines += _series(day, start, minutes, title, until, timezone, skipped=skipped)
        if moved is not None and start is not None:
            lines += _moved(title, day, moved, start, minutes, timezone)
    lines += _single("half-marathon", "Half marathon race 21.1 km", race, time(10, 0), 112, timezone)
    lines.append("END:VCALENDAR")
    return ("\r\n".join(lines) + "\r\n").encode()


def _uid(title: str) -> str:
    return title.lower().replace(" ", "-") + "@demo.athleat.example"


def _stamp(day: date, start: time) -> str:
    return datetime.combine(day, start).strftime("%Y%m%dT%H%M%S")


def _series(
    day: date,
    start: time | None,
    minutes: int,
    title: str,
    until: date,
    zone: str,
    *,
    skipped: date | None,
) -> list[str]:
    lines = ["BEGIN:VEVENT", f"UID:{_uid(title)}", "DTSTAMP:20260101T000000Z", f"SUMMARY:{title}"]
    if start is None:
        lines += [f"DTSTART;VALUE=DATE:{day:%Y%m%d}", f"RRULE:FREQ=WEEKLY;UNTIL={until:%Y%m%d}"]
    else:
        lines += [
            f"DTSTART;TZID={zone}:{_stamp(day, start)}",
            f"DURATION:PT{minutes}M",
            f"RRULE:FREQ=WEEKLY;UNTIL={until:%Y%m%d}T235959Z",
        ]
        if skipped is not None:
            lines.append(f"EXDATE;TZID={zone}:{_stamp(skipped, start)}")
    return [*lines, "END:VEVENT"]


def _moved(title: str, first: date, day: date, start: time, minutes: int, zone: str) -> list[str]:
    """One occurrence of a series that takes place two and a half hours later than usual."""
    later = (datetime.combine(day, start) + timedelta(minutes=150)).time()
    return [
        "BEGIN:VEVENT",
        f"UID:{_uid(title)}",
        "DTSTAMP:20260101T000000Z",
        f"RECURRENCE-ID;TZID={zone}:{_stamp(day, start)}",
        f"DTSTART;TZID={zone}:{_stamp(day, later)}",
        f"DURATION:PT{minutes}M",
        f"SUMMARY:{title}",
        "END:VEVENT",
    ]


def _single(uid: str, title: str, day: date, start: time, minutes: int, zone: str) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{uid}@demo.athleat.example",
        "DTSTAMP:20260101T000000Z",
        f"DTSTART;TZID={zone}:{_stamp(day, start)}",
        f"DURATION:PT{minutes}M",
        f"SUMMARY:{title}",
        "END:VEVENT",
    ]


@contextmanager
def served(content: bytes) -> Iterator[str]:
    """The address of a calendar on loopback for as long as the block runs."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/calendar; charset=utf-8")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *args: Any) -> None:
            """Nothing: the address of a calendar is a secret."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/training.ics"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)
