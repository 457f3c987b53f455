"""Calendars such as training platforms publish, made up from a seed."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

ZONES = ("Europe/Belgrade", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia", "UTC", "Club")
TITLES = (
    "Easy run 45'",
    "3x10' @ FTP",
    "LR 28k",
    "Schwimmen 2\\,5 km",
    "OFF",
    "Dentist",
    "🚴 2h Z2",
    "Trčanje",
    "Brick 90/20",
)
RULES = (
    "FREQ=DAILY", "FREQ=WEEKLY;BYDAY=TU,TH", "FREQ=WEEKLY;INTERVAL=2;WKST=SU",
    "FREQ=MONTHLY;BYDAY=-1FR", "FREQ=MONTHLY;BYMONTHDAY=31", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "FREQ=DAILY;COUNT=9", "FREQ=WEEKLY;UNTIL=20261101",
    "FREQ=DAILY;UNTIL=20261101T000000Z;COUNT=40", "FREQ=HOURLY;INTERVAL=7;COUNT=50",
)  # fmt: skip
OWN_ZONE = """BEGIN:VTIMEZONE
TZID:Club
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE"""


def make_feed(rng: random.Random, *, first: date = date(2026, 9, 20), days: int = 90) -> bytes:
    """One to thirty events around a window, some of them series with exceptions."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//soak//EN", *OWN_ZONE.split("\n")]
    if rng.random() < 0.2:
        lines.append(f"X-WR-TIMEZONE:{rng.choice(ZONES)}")
    for number in range(rng.choice((1, 2, 5, 30))):
        lines += _event(rng, number, datetime.combine(first, datetime.min.time()) + timedelta(days=rng.randrange(days)))
    return ("\r\n".join([*lines, "END:VCALENDAR"]) + "\r\n").encode()


def _event(rng: random.Random, number: int, day: datetime) -> list[str]:
    start = day + timedelta(minutes=15 * rng.randrange(96))
    kind = rng.randrange(4)
    zone = rng.choice(ZONES)

    def moment(name: str, when: datetime) -> str:
        if kind == 0:
            return f"{name};VALUE=DATE:{when:%Y%m%d}"
        if kind == 1:
            return f"{name}:{when:%Y%m%dT%H%M%S}Z"
        return f"{name};TZID={zone}:{when:%Y%m%dT%H%M%S}" if kind == 2 else f"{name}:{when:%Y%m%dT%H%M%S}"

    uid = f"UID:{number}@soak"
    words = [f"SUMMARY:{rng.choice(TITLES)}", "DESCRIPTION:Warm up\\, then 4x8' hard\\nCool down"]
    event = [uid, moment("DTSTART", start), *words]
    if rng.random() < 0.7:
        event.append(
            moment("DTEND", start + timedelta(hours=rng.choice((1, 2, 24, 72))))
            if rng.random() < 0.6
            else "DURATION:PT90M"
        )
    found = ["BEGIN:VEVENT", *event, "END:VEVENT"]
    if rng.random() < 0.4:
        step = timedelta(days=rng.choice((1, 7, 14)))
        found[-1:-1] = [f"RRULE:{rng.choice(RULES)}"]
        if rng.random() < 0.5:
            found[-1:-1] = [moment("EXDATE", start + step)]
        if rng.random() < 0.5:
            later = start + 2 * step
            moved = [uid, moment("RECURRENCE-ID", later), moment("DTSTART", later + timedelta(hours=3)), *words]
            found += ["BEGIN:VEVENT", *moved, "END:VEVENT"]
        if rng.random() < 0.2:
            found[-1:-1] = [moment("RDATE", start + timedelta(days=3))]
    return found
