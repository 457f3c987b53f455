"""The files of a release, in a zip or a folder, read under caps. Nothing is ever unpacked to disk."""

from __future__ import annotations

import hashlib
import io
import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

CHUNK = 1 << 16
PREFIX = re.compile(r"^FoodData_?Central_", re.IGNORECASE)
ENDINGS = (".csv", ".json")
ENCRYPTED = 0x1


class FdcError(ValueError):
    """The release cannot be imported; the message says what is wrong with it, and nothing has been changed."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a release may cost. The defaults hold the complete dump of all data types with room to spare."""

    open_bytes: int = 6 << 30
    members: int = 500
    rows: int = 60_000_000
    foods: int = 60_000
    food_bytes: int = 8 << 20


@dataclass
class Release:
    """The readable files of one release by base name, and how much of them has been read."""

    name: str
    limits: Limits
    openers: dict[str, Callable[[], IO[bytes]]]
    read_bytes: int = 0
    read_rows: int = 0

    def __contains__(self, name: str) -> bool:
        return name in self.openers

    def names(self, ending: str) -> list[str]:
        """Base names with this ending, in order."""
        return sorted(name for name in self.openers if name.endswith(ending))

    @contextmanager
    def open_text(self, name: str) -> Iterator[IO[str]]:
        """One file as text, UTF-8 with or without a byte order mark. Raises FdcError for a damaged or too large one."""
        try:
            with (
                self.openers[name]() as raw,
                io.BufferedReader(_Counted(raw, self), CHUNK) as counted,
                io.TextIOWrapper(counted, encoding="utf-8-sig", newline="") as text,
            ):
                yield text
        except UnicodeDecodeError as error:
            raise FdcError(f"{name} is not UTF-8 text") from error
        except (zipfile.BadZipFile, EOFError, NotImplementedError, zlib.error) as error:
            raise FdcError(f"{name} is damaged: {error}") from error
        except OSError as error:
            raise FdcError(f"{name} cannot be read: {error.strerror or error}") from error

    def count_row(self) -> None:
        """Raises FdcError when the release holds more rows than it may."""
        self.read_rows += 1
        if self.read_rows > self.limits.rows:
            raise FdcError(f"the release holds more than {self.limits.rows} rows")


class _Counted(io.RawIOBase):
    """Passes bytes on and counts them: what an archive says about its size is not believed."""

    def __init__(self, raw: IO[bytes], release: Release) -> None:
        self._raw, self._release = raw, release

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._raw.read(len(buffer))
        buffer[: len(data)] = data
        self._release.read_bytes += len(data)
        if self._release.read_bytes > self._release.limits.open_bytes:
            raise FdcError(f"the release is more than {self._release.limits.open_bytes} bytes when opened")
        return len(data)


@contextmanager
def open_release(path: Path, limits: Limits | None = None) -> Iterator[Release]:
    """The release at a path: a .zip, a folder, or a single .json file. Raises FdcError."""
    limits = limits or Limits()
    if path.is_dir():
        yield Release(PREFIX.sub("", path.name), limits, _folder_members(path, limits))
        return
    if not path.is_file():
        raise FdcError(f"there is no file or folder {path.name}")
    name = PREFIX.sub("", path.stem)
    if path.suffix.lower() == ".json":
        yield Release(name, limits, {path.name: lambda: path.open("rb")})
        return
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise FdcError(f"{path.name} is not a zip archive: {error}") from error
    with archive:
        yield Release(name, limits, _zip_members(archive, limits))


def hash_release(path: Path) -> str:
    """SHA-256 of a file, of a folder the names and contents of its CSV and JSON files."""
    digest = hashlib.sha256()
    parts = [path] if path.is_file() else [part for _, part in sorted(_folder_files(path))]
    for part in parts:
        if part != path:
            digest.update(part.name.encode() + b"\0")
        with part.open("rb") as handle:
            while chunk := handle.read(CHUNK):
                digest.update(chunk)
    return digest.hexdigest()


def _folder_files(folder: Path) -> list[tuple[str, Path]]:
    """(base name, path) of the files of a folder and of the folders directly in it, without links that lead out."""
    inside = folder.resolve()
    found = [*folder.iterdir(), *(part for child in folder.iterdir() if child.is_dir() for part in child.iterdir())]
    return [
        (part.name, part)
        for part in found
        if part.suffix.lower() in ENDINGS and part.is_file() and part.resolve().is_relative_to(inside)
    ]


def _folder_members(folder: Path, limits: Limits) -> dict[str, Callable[[], IO[bytes]]]:
    files = _folder_files(folder)
    if len(files) > limits.members:
        raise FdcError(f"the folder holds more than {limits.members} files")
    members: dict[str, Callable[[], IO[bytes]]] = {}
    for name, part in files:
        if name in members:
            raise FdcError(f"{name} is there twice")
        members[name] = _file_opener(part)
    return members


def _file_opener(path: Path) -> Callable[[], IO[bytes]]:
    return lambda: path.open("rb")


def _zip_members(archive: zipfile.ZipFile, limits: Limits) -> dict[str, Callable[[], IO[bytes]]]:
    infos = archive.infolist()
    if len(infos) > limits.members:
        raise FdcError(f"the archive holds more than {limits.members} files")
    members: dict[str, Callable[[], IO[bytes]]] = {}
    for info in infos:
        path = PurePosixPath(info.filename)
        # Nothing is written under these names, but an archive that carries such is not one of USDA's.
        if path.is_absolute() or ".." in path.parts or "\\" in info.filename or ":" in info.filename:
            raise FdcError(f"the archive holds a file outside of itself: {info.filename!r}")
        if info.is_dir() or path.suffix.lower() not in ENDINGS:
            continue
        if stat.S_ISLNK(info.external_attr >> 16):
            raise FdcError(f"{path.name} is a link")
        if info.flag_bits & ENCRYPTED:
            raise FdcError(f"{path.name} is encrypted")
        if path.name in members:
            raise FdcError(f"{path.name} is there twice")
        members[path.name] = _member_opener(archive, info)
    if sum(info.file_size for info in infos) > limits.open_bytes:
        raise FdcError(f"the release is more than {limits.open_bytes} bytes when opened")
    return members


def _member_opener(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Callable[[], IO[bytes]]:
    return lambda: archive.open(info)
