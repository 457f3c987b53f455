"""Serbian texts of the product in Cyrillic, made of those in Latin letters."""

from __future__ import annotations

import re

from nutrition_site.kernel.cyrillic import to_cyrillic

# Names of others, of file formats and of measures, which are not written in Cyrillic.
NAMES = (
    *("AthlEAT", "Google", "Garmin", "Apple", "iCloud", "Outlook", "Strava", "Wahoo", "Zwift", "Coros", "Polar"),
    *("Suunto", "TrainingPeaks", "Today's Plan", "intervals.icu", "Open Food Facts", "FoodData Central", "USDA"),
    *("FIT", "TCX", "GPX", "CSV", "PDF", "JSON", "XML", "ICS", "ZIP", "iCal", "iCalendar", "CalDAV", "OAuth", "EAN"),
    *("Nextcloud", "Fastmail", "Google Calendar", "Intervals.icu", "Cunningham", "Mifflin", "Schofield", "ten Haaf"),
    *("IANA", "Europe/Belgrade", "Unicode", "Content-Length", "Accept", "GET", "MET", "ID", "html", "http", "null"),
    # What is in blood tests and programs, and units that are Serbian words as well.
    *("25(OH)D", "calendar.readonly", ".ics", "Settings, Calendar", "ft, in", "km, mi", "3 mi", "15 mi", "M, F", "U+"),
    *("id", "name", "amount", "barcode", "from", "from, to", "true", "false"),
    *("UTC", "GMT", "GPS", "QR", "HTTP", "HTTPS", "IP", "VO2max", "TRIMP", "EPOC", "RED-S", "REDs", "MB", "kB", "oz"),
    *("lb", "lbs", "ft", "EFSA", "IOC", "EUR", "UTF-8", "Chrome", "Firefox", "Safari", "Android", "iPhone", "iPad"),
)
# What programs read: places for values, tags, entities, addresses, and what stands as code.
_KEPT = re.compile(
    r"%%|%\(\w+\)[-+ 0#]*\d*(?:\.\d+)?[sdfg]|%[sdf]"
    r"|\{[^{}]*\}"
    r"|<code\b[^>]*>.*?</code>|<kbd\b[^>]*>.*?</kbd>"
    r"|</?\w[^>]*>"
    r"|&#?\w+;"
    r"|https?://[^\s<]+|/[a-z][\w/-]+"
    r"|[\w.+-]+@[\w.-]+"
    r"|\b[a-z]+(?:_[a-z]+)+\b"
    r"|\b(?:[\w-]+\.)+(?:icu|com|org|net|rs|eu|int|fit|tcx|gpx|ics|csv|zip)\b",
    re.DOTALL,
)
# `l, j F`: a format of dates.
_FORMAT = re.compile(r"(?:[A-Za-z](?![A-Za-z])|[\s,.:])+")
_QUOTED = re.compile(r"[“„”\"]([^“”„\"<>]+)[”“\"]")


def in_cyrillic(text: str, *, source: str = "") -> str:
    """A translation in Cyrillic letters.

    Places for values, tags, addresses, code, units and `NAMES` stay, and so does what stands between quotation marks
    exactly as in `source`, the English text: it is somebody's word and no translation.
    """
    if _FORMAT.fullmatch(source):
        return text
    quoted = [words for words in _QUOTED.findall(text) if words in _QUOTED.findall(source)]
    pieces, place = [], 0
    for match in _KEPT.finditer(text):
        pieces += [_letters(text[place : match.start()], quoted), match.group()]
        place = match.end()
    return "".join([*pieces, _letters(text[place:], quoted)])


def _letters(text: str, quoted: list[str]) -> str:
    return to_cyrillic(text, names=[*NAMES, *quoted], keep_quotations=False)
