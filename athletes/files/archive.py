"""Taking files out of zip and gzip archives without believing what an archive says about itself.

Nothing is ever written to disk, so a name in an archive is only a name.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from .found import Unreadable

MAX_FILE_BYTES = 50_000_000
MAX_MEMBERS = 300
MAX_TOTAL_BYTES = 250_000_000
# Text about points on earth shrinks to about a twentieth.
MAX_RATIO = 200
SMALL_BYTES = 1_000_000
_STEP_BYTES = 1_000_000
# What operating systems put beside the files.
_LITTER = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive: its content, or why it cannot be had."""

    name: str
    content: bytes = b""
    problem: str = ""


def is_zip(content: bytes) -> bool:
    return content[:4] in (b"PK\x03\x04", b"PK\x05\x06")


def is_gzip(content: bytes) -> bool:
    return content[:3] == b"\x1f\x8b\x08"


def unpack_gzip(content: bytes) -> bytes:
    """The first file of a gzip stream. Raises Unreadable for damage, and for what grows beyond reason."""
    machine = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        unpacked = machine.decompress(content, MAX_FILE_BYTES + 1)
    except zlib.error:
        raise Unreadable("The compressed file is damaged.")
    if len(unpacked) > MAX_FILE_BYTES or _is_bomb(len(content), len(unpacked)):
        raise Unreadable("The compressed file is far larger than any session.")
    if not machine.eof:
        raise Unreadable("The compressed file is cut off.")
    return unpacked


def member_names(content: bytes) -> list[str]:
    """The names of the files in a zip that are worth a word. Raises Unreadable."""
    return [entry.filename for entry in _entries(_open(content))]


def unpack_zip(content: bytes) -> Iterator[Member]:
    """The files of a zip one after the other, in its order. Raises Unreadable when the archive as a whole is beyond us.

    Archives in archives, encrypted files and files beyond reason come as members with a problem.
    """
    archive = _open(content)
    total = 0
    for entry in _entries(archive):
        try:
            unpacked = _unpack(archive, entry)
        except Unreadable as error:
            yield Member(entry.filename, problem=str(error))
            continue
        total += len(unpacked)
        if total > MAX_TOTAL_BYTES:
            raise Unreadable(f"The archive holds more than {MAX_TOTAL_BYTES // 1_000_000} MB.")
        yield Member(entry.filename, unpacked)


def _open(content: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except MemoryError:
        raise
    except Exception:
        # The library raises whatever its arithmetic runs into; all of it means that the directory is broken.
        raise Unreadable("The archive is damaged or cut off.")


def _entries(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    entries = [entry for entry in archive.infolist() if not entry.filename.endswith("/")]
    entries = [entry for entry in entries if not _is_litter(entry.filename)]
    if not entries:
        raise Unreadable("The archive is empty.")
    if len(entries) > MAX_MEMBERS:
        raise Unreadable(f"The archive holds more than {MAX_MEMBERS} files.")
    return entries


def _is_litter(name: str) -> bool:
    base = name.replace("\\", "/").rpartition("/")[2]
    return name.startswith(_LITTER[0]) or base in _LITTER or base.startswith("._")


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    if entry.flag_bits & 1:
        raise Unreadable("The file is protected by a password.")
    if entry.file_size > MAX_FILE_BYTES or _is_bomb(entry.compress_size, entry.file_size):
        raise Unreadable("The file is far larger than any session.")
    parts, size = [], 0
    try:
        with archive.open(entry) as stream:
            # The size that an archive states is a claim: what really comes is counted.
            while part := stream.read(_STEP_BYTES):
                size += len(part)
                if size > MAX_FILE_BYTES or _is_bomb(entry.compress_size, size):
                    raise Unreadable("The file is far larger than any session.")
                parts.append(part)
    except (Unreadable, MemoryError):
        raise
    except (NotImplementedError, RuntimeError):
        raise Unreadable("The file is packed in a way that cannot be read here.")
    except Exception:
        raise Unreadable("The file is damaged inside of the archive.")
    return b"".join(parts)


def _is_bomb(packed: int, unpacked: int) -> bool:
    return unpacked > SMALL_BYTES and unpacked > MAX_RATIO * max(packed, 1)
