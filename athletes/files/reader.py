"""Reading session files from a stranger: a program of its own, with limits on time and memory.

Runs as `python -m athletes.files.reader` without Django. Standard input: one line of JSON, `{"now": seconds since 1970,
"files": [{"name", "size"}, …]}`, then the files one after the other. Standard output: JSON lines. The first names every
file that will be tried, `{"names": […]}`; then one line for each, `{"name", "format", "sessions", "problems"}`, written
as soon as it is read: what is read before a limit ends the program is not lost. A session is `check_session`'s row with
its `external_id`, the SHA-256 of its file, followed by `#` and its number where a file holds several.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import signal
import sys
from collections.abc import Callable, Iterator
from typing import IO, Any

from athletes.child_process import limit_process

from . import UNNAMED
from .archive import MAX_FILE_BYTES, Member, is_gzip, is_zip, member_names, unpack_gzip, unpack_zip
from .fit import read_fit
from .found import FoundSession, Unreadable, check_session, plain_text
from .gpx import read_gpx
from .tcx import read_tcx

CPU_SECONDS = 40
CPU_SECONDS_A_FILE = 10
MEMORY_BYTES = 1_500_000_000
TOO_LARGE = "The file is too large or too deeply nested to be read."
_HEAD_BYTES = 65_536
_ROOT = re.compile(r"<(?:[\w.-]+:)?(gpx|TrainingCenterDatabase)[\s>/]")
_READERS: dict[str, Callable[..., list[FoundSession]]] = {"fit": read_fit, "tcx": read_tcx, "gpx": read_gpx}


def main() -> int:
    """Reads standard input, writes the answers. A file that is beyond us is an answer too, exit code 0."""
    limit_process(cpu_seconds=CPU_SECONDS, memory_bytes=MEMORY_BYTES)
    answer_request(sys.stdin.buffer, sys.stdout)
    return 0


def answer_request(source: IO[bytes], target: IO[str]) -> None:
    """One request and its answers, as the head of this module has them."""
    request = json.loads(source.readline())
    uploads = [Member(str(row["name"]), source.read(int(row["size"]))) for row in request["files"]]
    _write(target, {"names": [name for upload in uploads for name in _names(upload)]})
    for upload in uploads:
        for answer in read_upload(upload, now=float(request["now"])):
            _write(target, answer)


def _write(target: IO[str], answer: dict[str, Any]) -> None:
    target.write(json.dumps(answer) + "\n")
    target.flush()


def _names(upload: Member) -> list[str]:
    """What will be answered for: the file itself, or the files of an archive."""
    if is_zip(upload.content):
        with contextlib.suppress(Unreadable, MemoryError):
            return [_shown(name) for name in member_names(upload.content)]
    return [_shown(upload.name)]


def _shown(name: str) -> str:
    """A name without folders and control characters: archives name what they like."""
    return plain_text(name.replace("\\", "/").rpartition("/")[2], 200) or UNNAMED


def read_upload(upload: Member, *, now: float) -> Iterator[dict[str, Any]]:
    """The answer for a file, or one for each file of a zip."""
    if not is_zip(upload.content):
        yield read_file(upload, now=now)
        return
    try:
        for member in unpack_zip(upload.content):
            if is_zip(member.content):
                yield _refused(member, "An archive inside of an archive is not opened.")
            else:
                yield read_file(member, now=now)
    except Unreadable as error:
        yield _refused(upload, str(error))
    except MemoryError:
        yield _refused(upload, TOO_LARGE)


def read_file(member: Member, *, now: float) -> dict[str, Any]:
    """The answer for one file that is no zip."""
    if member.problem:
        return _refused(member, member.problem)
    try:
        with _at_most(CPU_SECONDS_A_FILE):
            content = unpack_gzip(member.content) if is_gzip(member.content) else member.content
            kind = format_of(content)
            found = _READERS[kind](content, now=now)
            return _answer(member, kind, content, found, now)
    except Unreadable as error:
        return _refused(member, str(error))
    except TimeoutError:
        return _refused(member, "The file takes too long to read.")
    except (MemoryError, RecursionError):
        return _refused(member, TOO_LARGE)
    except Exception as error:
        return _refused(member, f"The file has a part that cannot be read ({type(error).__name__}).")


def format_of(content: bytes) -> str:
    """`fit`, `tcx` or `gpx`, by content: names lie. Raises Unreadable."""
    if not content.strip(b"\0 \r\n\t"):
        raise Unreadable("The file is empty.")
    if len(content) > MAX_FILE_BYTES:
        raise Unreadable(f"The file is larger than {MAX_FILE_BYTES // 1_000_000} MB.")
    if content[8:12] == b".FIT":
        return "fit"
    head = content[:_HEAD_BYTES]
    wide = head[:2] in (b"\xff\xfe", b"\xfe\xff")
    text = head.decode("utf-16" if wide else "utf-8-sig", errors="replace").lstrip()
    root = _ROOT.search(text) if text.startswith("<") else None
    if root is None:
        raise Unreadable("The file is neither FIT nor TCX nor GPX.")
    return "gpx" if root[1] == "gpx" else "tcx"


def _answer(member: Member, kind: str, content: bytes, found: list[FoundSession], now: float) -> dict[str, Any]:
    digest = hashlib.sha256(content).hexdigest()
    sessions, problems = [], []
    for number, session in enumerate(found, start=1):
        try:
            row = check_session(session, now=now)
        except Unreadable as error:
            problems.append(f"Part {number}: {error}" if len(found) > 1 else str(error))
            continue
        sessions.append({"external_id": digest if len(found) == 1 else f"{digest}#{number}", **row})
    if not found:
        problems.append("The file holds no session.")
    return {"name": _shown(member.name), "format": kind, "sessions": sessions, "problems": problems}


def _refused(member: Member, problem: str) -> dict[str, Any]:
    return {"name": _shown(member.name), "format": "", "sessions": [], "problems": [problem]}


@contextlib.contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    """Raises TimeoutError when the block has used up so much of the processor, where the system can tell."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def ring(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


if __name__ == "__main__":
    sys.exit(main())
