"""Pictures of meals on their way to a model: what they are is read from their bytes, and what they tell besides the
picture (place, time, camera, thumbnails, whatever a phone appends) is left out. Nothing is decoded or stored.

Formats: JPEG (ITU-T T.81, Exif 2.3), PNG (W3C PNG, third edition), WebP (RFC 9649).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from advisor.backends.protocol import Photo
from nutrition_site.kernel.errors import DomainError, InvalidInput

MAX_BYTES = 5 * 1024 * 1024
MAX_PIXELS = 40_000_000

_PNG_HEAD = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB"})
_WEBP_KEPT = frozenset({b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF"})
_WEBP_ALPHA_AND_ANIMATION = 0x12
# Start of frame: every process but the marks that share their range (tables, arithmetic conditioning).
_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
# JFIF, and Adobe's mark, without which some colors come out wrong.
_JPEG_KEPT_APPS = frozenset({0xE0, 0xEE})
_ORIENTATION_TAG = 0x0112


class PhotoTooLarge(DomainError):
    """413: more bytes or more pixels than a picture of a meal needs."""

    status = 413
    code = "photo_too_large"
    message = "The photo may have at most 5 MB and 40 megapixels."


class PhotoTypeUnknown(DomainError):
    """415: not one of the kinds that can be looked at, whatever it says it is."""

    status = 415
    code = "photo_type"
    message = "The photo must be a JPEG, PNG or WebP picture."


class _Broken(Exception):
    """The bytes are not what their beginning promises."""


def read_photo(content: bytes) -> Photo:
    """A picture without its metadata, its kind read from its bytes.

    Raises PhotoTooLarge (413), PhotoTypeUnknown (415), and InvalidInput (400) for a picture that is cut or damaged.
    The way up is the one thing kept of a JPEG's Exif data.
    """
    if len(content) > MAX_BYTES:
        raise PhotoTooLarge()
    try:
        if content.startswith(b"\xff\xd8\xff"):
            media_type, clean, pixels = "image/jpeg", *_read_jpeg(content)
        elif content.startswith(_PNG_HEAD):
            media_type, clean, pixels = "image/png", *_read_png(content)
        elif content[:4] == b"RIFF" and content[8:12] == b"WEBP":
            media_type, clean, pixels = "image/webp", *_read_webp(content)
        else:
            raise PhotoTypeUnknown()
    except (_Broken, struct.error, IndexError):
        raise InvalidInput.of("photo", "The photo is damaged or incomplete.") from None
    if pixels > MAX_PIXELS:
        raise PhotoTooLarge()
    return Photo(media_type=media_type, content=clean)


# --- PNG ---
def _read_png(content: bytes) -> tuple[bytes, int]:
    kept, pixels, ended, has_data = [_PNG_HEAD], 0, False, False
    place = len(_PNG_HEAD)
    while not ended:
        length, kind = struct.unpack(">I4s", content[place : place + 8])
        end = place + 12 + length
        if end > len(content):
            raise _Broken
        body, (crc,) = content[place + 8 : end - 4], struct.unpack(">I", content[end - 4 : end])
        if crc != zlib.crc32(kind + body):
            raise _Broken
        if (kind == b"IHDR") != (place == len(_PNG_HEAD)):
            raise _Broken
        if kind == b"IHDR":
            pixels = _area(*struct.unpack(">II", body[:8]))
        if kind in _PNG_KEPT:
            kept.append(content[place:end])
        has_data = has_data or kind == b"IDAT"
        ended = kind == b"IEND"
        place = end
    if not has_data:
        raise _Broken
    return b"".join(kept), pixels


# --- WebP ---
def _read_webp(content: bytes) -> tuple[bytes, int]:
    (size,) = struct.unpack("<I", content[4:8])
    if size + 8 > len(content):
        raise _Broken
    kept, pixels = [], 0
    for kind, body in _riff_chunks(content[12 : size + 8]):
        if kind == b"VP8X":
            width, height = (int.from_bytes(body[at : at + 3], "little") + 1 for at in (4, 7))
            pixels = max(pixels, _area(width, height))
            # The flags for color profile, Exif and XMP are taken back with what they announce.
            kept.append(_riff_chunk(kind, bytes([body[0] & _WEBP_ALPHA_AND_ANIMATION]) + body[1:]))
            continue
        if kind == b"VP8 ":
            if body[3:6] != b"\x9d\x01\x2a":
                raise _Broken
            width, height = struct.unpack("<HH", body[6:10])
            pixels = max(pixels, _area(width & 0x3FFF, height & 0x3FFF))
        elif kind == b"VP8L":
            if body[0] != 0x2F:
                raise _Broken
            (bits,) = struct.unpack("<I", body[1:5])
            pixels = max(pixels, _area((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1))
        if kind in _WEBP_KEPT:
            kept.append(_riff_chunk(kind, body))
    if not pixels:
        raise _Broken
    rest = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(rest)) + rest, pixels


def _riff_chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = 0
    while place < len(content):
        kind, length = struct.unpack("<4sI", content[place : place + 8])
        end = place + 8 + length
        if end > len(content):
            raise _Broken
        yield kind, content[place + 8 : end]
        place = end + length % 2


def _riff_chunk(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("<I", len(body)) + body + b"\x00" * (len(body) % 2)


# --- JPEG ---
def _read_jpeg(content: bytes) -> tuple[bytes, int]:
    kept, pixels, way_up, has_scan = [], 0, 1, False
    place = 2
    while True:
        if content[place] != 0xFF:
            raise _Broken
        while content[place + 1] == 0xFF:
            place += 1
        mark = content[place + 1]
        if mark == 0xD9:
            break
        (length,) = struct.unpack(">H", content[place + 2 : place + 4])
        end = place + 2 + length
        if length < 2 or end > len(content):
            raise _Broken
        body = content[place + 4 : end]
        if mark in _JPEG_FRAMES:
            height, width = struct.unpack(">HH", body[1:5])
            pixels = max(pixels, _area(width, height))
        if mark == 0xE1 and body.startswith(b"Exif\x00\x00"):
            way_up = _way_up(body[6:])
        if mark == 0xDA:
            has_scan, end = True, _end_of_scan(content, end)
        if (mark < 0xE0 or mark in _JPEG_KEPT_APPS) and mark != 0xFE:
            kept.append(content[place:end])
        place = end
    if not (pixels and has_scan):
        raise _Broken
    head = [b"\xff\xd8"] if way_up == 1 else [b"\xff\xd8", _exif_with_only(way_up)]
    return b"".join([*head, *kept, b"\xff\xd9"]), pixels


def _end_of_scan(content: bytes, place: int) -> int:
    """Where the next marker is that is neither a stuffed byte nor a restart."""
    while True:
        place = content.find(b"\xff", place)
        if place < 0 or place + 1 >= len(content):
            raise _Broken
        following = content[place + 1]
        if following != 0x00 and not 0xD0 <= following <= 0xD7 and following != 0xFF:
            return place
        place += 1 if following == 0xFF else 2


def _way_up(tiff: bytes) -> int:
    """The orientation (1 to 8) of an Exif block; 1 where it says nothing that can be read."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None or len(tiff) < 8:
        return 1
    (first,) = struct.unpack(f"{order}I", tiff[4:8])
    if first + 2 > len(tiff):
        return 1
    (count,) = struct.unpack(f"{order}H", tiff[first : first + 2])
    for number in range(count):
        entry = tiff[first + 2 + 12 * number : first + 14 + 12 * number]
        if len(entry) < 12:
            return 1
        tag, kind, _, value = struct.unpack(f"{order}HHIH", entry[:10])
        if tag == _ORIENTATION_TAG:
            return value if kind == 3 and 1 <= value <= 8 else 1
    return 1


def _exif_with_only(way_up: int) -> bytes:
    entry = struct.pack(">HHIHH", _ORIENTATION_TAG, 3, 1, way_up, 0)
    body = b"Exif\x00\x00" + b"MM\x00\x2a" + struct.pack(">IH", 8, 1) + entry + struct.pack(">I", 0)
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _area(width: int, height: int) -> int:
    if width < 1 or height < 1:
        raise _Broken
    return width * height
