"""Sessions that an athlete brings: files of watches and computers, and what they type in themselves."""

from __future__ import annotations

import contextlib
import hashlib
import json
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext, gettext_lazy

from athletes.calendars.protocol import RawSession
from athletes.child_process import ask_child
from athletes.files import UNNAMED
from athletes.models import Athlete, User
from athletes.sentences import in_words
from athletes.services.events import FIRST_DAY, RANGES, local_day_of
from athletes.services.sessions import record_sessions
from athletes.titles import parse_title
from athletes.validation import check_number, check_text
from athletes.vocabulary import read_sport
from nutrition_site.kernel.api import limits
from nutrition_site.kernel.clock import now, zone
from nutrition_site.kernel.errors import DomainError, InvalidInput, LimitReached

MAX_UPLOAD_BYTES = 50_000_000
MAX_FILES = 100
READ_SECONDS = 50.0
# A file may be made to cost all of its seconds: one of the threads that serve everybody waits for each reader.
MAX_READERS = 2
# Whoever waits for a reader holds a thread too: with more of them nobody would serve anything else.
MAX_WAITING = 2
WAIT_SECONDS = 5.0
UPLOADS_A_MINUTE, UPLOADS_AN_HOUR = 20, 200
TOO_OFTEN = gettext_lazy("That were many uploads in a short time. Please wait a moment, or send the files as one zip.")
MANUAL = "manual"
MANUAL_RANGES = {
    **{name: RANGES[name] for name in ("duration_minutes", "distance_km", "avg_power_w", "avg_hr", "rpe")},
    "device_kcal": (1, 30_000, "kcal"),
}
# Words of files that name no sport: GPX of one service numbers them, TCX knows only two.
_NO_SPORT = {"", "other", "unknown", "default", "generic", "workout", "activity"}
_NUMBERED_SPORTS = {"1": "cycle", "9": "run", "4": "hike", "10": "walk", "16": "swim"}
_readers = threading.BoundedSemaphore(MAX_READERS)
_admitted = threading.BoundedSemaphore(MAX_READERS + MAX_WAITING)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was sent."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file, or a part of one, that holds no session for us, and why."""

    file: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReadFile:
    """What a file holds: its format (`fit`, `tcx`, `gpx`), its sessions in order."""

    name: str
    format: str
    sessions: tuple[RawSession, ...]


@dataclass(frozen=True, slots=True)
class UploadResult:
    """What became of an upload: how many sessions' records were new, replaced, known; the sessions they are of."""

    added: int
    changed: int
    known: int
    session_ids: tuple[str, ...]
    refused: tuple[Refusal, ...] = ()

    @property
    def is_news(self) -> bool:
        return bool(self.added or self.changed)


def upload_files(*, by: User, athlete: Athlete, uploads: Sequence[Upload]) -> UploadResult:
    """Reads files and records every session in them; a file that was sent before is known by its content.

    What cannot be read is named in `refused`. Raises LimitReached for too many uploads, InvalidInput without a file,
    and DomainError: `too_large` (413), `session_unreadable` (422, with `refused` inside) when nothing could be read.
    """
    if not uploads:
        raise InvalidInput.of("file", gettext("Send at least one file."))
    if len(uploads) > MAX_FILES:
        raise InvalidInput.of("file", gettext("At most %(count)s files at once.") % {"count": MAX_FILES})
    if sum(len(upload.content) for upload in uploads) > MAX_UPLOAD_BYTES:
        raise too_large()
    allowed = (limits.per_minute(UPLOADS_A_MINUTE), limits.per_hour(UPLOADS_AN_HOUR))
    for item in allowed:
        # Who has used them up waits for no reader.
        limits.test(item, "uploads", by.pk, message=str(TOO_OFTEN))
    with _reader():
        # An upload that was turned away because others are being read was none.
        for item in allowed:
            limits.hit(item, "uploads", by.pk, message=str(TOO_OFTEN))
        files, refused = _read(uploads)
    added = changed = known = 0
    session_ids: list[str] = []
    for file in files:
        name = "" if file.name == UNNAMED else file.name[:200]
        done = record_sessions(athlete=athlete, raws=file.sessions, source=file.format, file_name=name, by=by)
        added, changed, known = added + done.added, changed + done.changed, known + done.known
        session_ids += done.session_ids
    if not files:
        rows = [
            {
                "field": "file",
                "message": f"{refusal.file}: {refusal.reason}",
            }
            for refusal in refused
        ]
        words = gettext("No session could be read.") if len(rows) != 1 else refused[0].reason
        told = [{"file": refusal.file, "reason": refusal.reason} for refusal in refused]
        raise DomainError(words, code="session_unreadable", status=422, details=rows, extra={"refused": told})
    return UploadResult(added, changed, known, tuple(dict.fromkeys(session_ids)), tuple(refused))


def too_large() -> DomainError:
    """The refusal of an upload by its size."""
    return DomainError(
        gettext("At most %(size)s MB at once.") % {"size": MAX_UPLOAD_BYTES // 1_000_000}, code="too_large", status=413
    )


def read_uploads(uploads: Sequence[Upload]) -> tuple[list[ReadFile], list[Refusal]]:
    """The sessions of files, read in a process of its own, and what could not be read. Stores nothing.

    Raises LimitReached when as many readers as may run at once are busy for longer than `WAIT_SECONDS`, or at once when
    `MAX_WAITING` others wait already.
    """
    with _reader():
        return _read(uploads)


def _read(uploads: Sequence[Upload]) -> tuple[list[ReadFile], list[Refusal]]:
    names = [{"name": upload.name, "size": len(upload.content)} for upload in uploads]
    request = json.dumps({"now": now().timestamp(), "files": names}).encode() + b"\n"
    content = b"".join((request, *(upload.content for upload in uploads)))
    answer = ask_child(module="athletes.files.reader", content=content, seconds=READ_SECONDS)
    lines = list(_whole_lines(answer.output))
    expected = list(lines[0]["names"]) if lines else [upload.name for upload in uploads]
    files, refused = [], []
    for line in lines[1:]:
        sessions = tuple(_raw_session(row) for row in line["sessions"])
        if sessions:
            files.append(ReadFile(line["name"], line["format"], sessions))
        refused += [Refusal(line["name"], in_words(problem)) for problem in line["problems"]]
    if not answer.finished:
        # Whatever the reader was at when it was ended, and everything behind it.
        rest = expected[len(lines[1:]) :]
        refused += [Refusal(name, gettext("It takes too much time or memory to read.")) for name in rest]
    return files, refused


@contextlib.contextmanager
def _reader() -> Iterator[None]:
    busy = LimitReached(
        gettext("Other files are being read just now. Please try again in a moment."), retry_after_seconds=5
    )
    if not _admitted.acquire(blocking=False):
        raise busy
    try:
        if not _readers.acquire(timeout=WAIT_SECONDS):
            raise busy
        try:
            yield
        finally:
            _readers.release()
    finally:
        _admitted.release()


def _whole_lines(output: bytes) -> Iterator[dict[str, Any]]:
    for line in output.splitlines(keepends=True):
        if line.endswith(b"\n"):
            yield json.loads(line)


def _raw_session(row: Mapping[str, Any]) -> RawSession:
    values = {**row, "starts_at": datetime.fromisoformat(row["starts_at"])}
    return RawSession(**{**values, "sport": _sport_of(row["sport"], row["title"])})


def _sport_of(word: str, title: str) -> str:
    """The sport id of a file's word; where it says nothing, of its title; an unknown word as it is written."""
    sport, is_known = read_sport(_NUMBERED_SPORTS.get(word, word))
    if is_known and sport != "other":
        return sport
    says_nothing = word.lower() in _NO_SPORT or word.isdecimal()
    return (parse_title(title).sport if title else None) or ("" if says_nothing else sport)


def record_by_hand(*, by: User, athlete: Athlete, values: Mapping[str, Any]) -> UploadResult:
    """Records a session that the athlete describes; the very same description again is known.

    `values`: `sport`, `starts_at` (a naive one is the athlete's local time) and `duration_minutes`; further `title`,
    `distance_km`, `avg_power_w`, `avg_hr`, `rpe`, `device_kcal`. Raises InvalidInput naming every wrong field.
    """
    problems: list[dict[str, str]] = []
    numbers: dict[str, float | None] = {}
    for name, span in MANUAL_RANGES.items():
        value = values.get(name)
        try:
            numbers[name] = None if value is None else check_number(float(value), *span)
        except ValueError as error:
            problems.append({"field": name, "message": str(error)})
    texts = {}
    for name, length in (("sport", 80), ("title", 500)):
        try:
            texts[name] = check_text(values[name], limit=length) if values.get(name) else ""
        except ValueError as error:
            problems.append({"field": name, "message": str(error)})
    starts_at = values.get("starts_at")
    required = {"sport": values.get("sport"), "duration_minutes": values.get("duration_minutes")}
    problems += [
        {"field": name, "message": gettext("This field is required.")} for name, it in required.items() if not it
    ]
    moment = _moment_by_hand(starts_at, athlete, problems)
    if problems or moment is None:
        raise InvalidInput(details=_one_each(problems))
    stated = {**numbers, **texts, "sport": read_sport(texts["sport"])[0]}
    content = json.dumps([moment.isoformat(), sorted(stated.items())])
    raw = RawSession(external_id=hashlib.sha256(content.encode()).hexdigest(), starts_at=moment, **stated)  # type: ignore[arg-type]
    done = record_sessions(athlete=athlete, raws=[raw], source=MANUAL, by=by)
    return UploadResult(done.added, done.changed, done.known, done.session_ids)


def _moment_by_hand(starts_at: Any, athlete: Athlete, problems: list[dict[str, str]]) -> datetime | None:
    if not isinstance(starts_at, datetime):
        example = "2026-05-17T07:30:00+02:00"
        words = gettext("Say the time too, such as %(example)s.") % {"example": example}
        words = words if starts_at else gettext("This field is required.")
        problems.append({"field": "starts_at", "message": words})
        return None
    moment = starts_at if starts_at.tzinfo else starts_at.replace(tzinfo=zone(athlete.zones))
    if local_day_of(moment, athlete.zones) < FIRST_DAY:
        problems.append({"field": "starts_at", "message": gettext("Must be from the year 2000 on.")})
    elif moment > now():
        problems.append(
            {"field": "starts_at", "message": gettext("This is still to come; plan it as a training event.")}
        )
    return moment


def _one_each(problems: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    """The first problem of each field."""
    return list({row["field"]: row for row in reversed(list(problems))}.values())[::-1]
