"""Writing FIT files for tests, by the public description of the protocol: header, definitions, data, checksum."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

EPOCH = datetime(1989, 12, 31, tzinfo=UTC)
# Base types: number in the file, letter for `struct`, the value that says "not known".
ENUM, UINT8, UINT16, UINT32, SINT32, STRING, UINT32Z = 0x00, 0x02, 0x84, 0x86, 0x85, 0x07, 0x8C
_LETTERS = {ENUM: "B", UINT8: "B", UINT16: "H", UINT32: "I", SINT32: "i", UINT32Z: "I"}
INVALID = {ENUM: 0xFF, UINT8: 0xFF, UINT16: 0xFFFF, UINT32: 0xFFFFFFFF, SINT32: 0x7FFFFFFF, UINT32Z: 0}
FILE_ID, SESSION, RECORD, EVENT, DEVICE_INFO, FIELD_DESCRIPTION, DEVELOPER_DATA_ID = 0, 18, 20, 21, 23, 206, 207
# Field numbers and base types of what the tests write.
FIELDS: dict[int, dict[str, tuple[int, int]]] = {
    FILE_ID: {"type": (0, ENUM), "manufacturer": (1, UINT16), "product": (2, UINT16), "time_created": (4, UINT32)},
    SESSION: {
        "timestamp": (253, UINT32),
        "start_time": (2, UINT32),
        "sport": (5, ENUM),
        "sub_sport": (6, ENUM),
        "total_elapsed_time": (7, UINT32),
        "total_timer_time": (8, UINT32),
        "total_distance": (9, UINT32),
        "total_calories": (11, UINT16),
        "avg_heart_rate": (16, UINT8),
        "max_heart_rate": (17, UINT8),
        "avg_power": (20, UINT16),
        "total_ascent": (22, UINT16),
        "normalized_power": (34, UINT16),
        "training_stress_score": (35, UINT16),
        "intensity_factor": (36, UINT16),
        "total_work": (48, UINT32),
        "workout_rpe": (193, UINT8),
    },
    RECORD: {
        "timestamp": (253, UINT32),
        "heart_rate": (3, UINT8),
        "distance": (5, UINT32),
        "power": (7, UINT16),
        "enhanced_altitude": (78, UINT32),
    },
    EVENT: {"timestamp": (253, UINT32), "event": (0, ENUM), "event_type": (1, ENUM)},
}


def seconds(moment: datetime) -> int:
    """A moment as FIT counts it."""
    return int((moment - EPOCH).total_seconds())


def checksum(content: bytes) -> int:
    """CRC-16 with the reflected polynomial 0xA001."""
    crc = 0
    for byte in content:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ 0xA001 if crc & 1 else crc >> 1
    return crc


class FitWriter:
    """A FIT file piece by piece; `content()` closes it."""

    def __init__(self, *, big_endian: bool = False) -> None:
        self.order = ">" if big_endian else "<"
        self.body = b""
        self._kinds: dict[int, tuple[list[int], list[int]]] = {}

    def define(
        self,
        local: int,
        message: int,
        fields: Sequence[tuple[int, int]] | Sequence[tuple[int, int, int]],
        developer: Sequence[tuple[int, int, int]] = (),
    ) -> None:
        """`fields` are (number, base type[, bytes]); `developer` are (number, bytes, developer index)."""
        sizes = [f[2] if len(f) == 3 else struct.calcsize(_LETTERS[f[1]]) for f in fields]
        head = 0x40 | (0x20 if developer else 0) | local
        self.body += struct.pack(f"{self.order}BBBHB", head, 0, self.order == ">", message, len(fields))
        for field, size in zip(fields, sizes, strict=True):
            self.body += bytes((field[0], size, field[1]))
        if developer:
            self.body += bytes((len(developer),)) + b"".join(bytes(row) for row in developer)
        self._kinds[local] = ([field[1] for field in fields], sizes)

    def data(self, local: int, *values: object, after: bytes = b"", time_offset: int | None = None) -> None:
        """One message; None writes the invalid value, `after` are the bytes of developer fields.

        With `time_offset` the header is one of a compressed timestamp (its low five bits).
        """
        head = local if time_offset is None else 0x80 | (local << 5) | (time_offset & 0x1F)
        self.body += bytes((head,))
        for kind, size, value in zip(*self._kinds[local], values, strict=True):
            if kind == STRING:
                self.body += str(value).encode()[: size - 1].ljust(size, b"\0")
            elif isinstance(value, bytes):
                self.body += value
            else:
                self.body += struct.pack(self.order + _LETTERS[kind], INVALID[kind] if value is None else value)
        self.body += after

    def message(self, local: int, message: int, **values: object) -> None:
        """Defines and writes one message of a known kind by field names."""
        self.define(local, message, [FIELDS[message][name] for name in values])
        self.data(local, *values.values())

    def content(self, *, crc: int | None = None) -> bytes:
        """The whole file; `crc` replaces the right checksum."""
        head = struct.pack("<BBHI4s", 14, 0x20, 2132, len(self.body), b".FIT")
        head += struct.pack("<H", checksum(head))
        return head + self.body + struct.pack("<H", checksum(head + self.body) if crc is None else crc)


def ride_values(start: datetime, **changes: object) -> dict[str, object]:
    """The session of a ride of two hours with everything stated; a change to None leaves a field out."""
    values: dict[str, object] = {
        "timestamp": seconds(start + timedelta(minutes=125)),
        "start_time": seconds(start),
        "sport": 2,
        "sub_sport": 7,
        "total_elapsed_time": 7_500_000,
        "total_timer_time": 7_200_000,
        "total_distance": 6_000_000,
        "total_calories": 1250,
        "avg_heart_rate": 141,
        "max_heart_rate": 176,
        "avg_power": 190,
        "total_ascent": 640,
        "normalized_power": 205,
        "training_stress_score": 1153,
        "intensity_factor": 759,
        "total_work": 1_368_000,
        **changes,
    }
    return {name: value for name, value in values.items() if value is not None}


def ride(start: datetime, **changes: object) -> bytes:
    """A whole file: who made it, and the session of `ride_values`."""
    writer = opened(start)
    writer.message(1, SESSION, **ride_values(start, **changes))
    return writer.content()


def opened(start: datetime, *, kind: int = 4, big_endian: bool = False) -> FitWriter:
    """A file that says that it is an activity of a Garmin Edge 530."""
    writer = FitWriter(big_endian=big_endian)
    writer.message(0, FILE_ID, type=kind, manufacturer=1, product=3121, time_created=seconds(start))
    return writer


def recorded(
    start: datetime, samples: Sequence[tuple[int, int | None, int | None, int | None, int | None]], **session: object
) -> bytes:
    """A file with one record a row: seconds since the start, heart rate, power, meters, meters of altitude."""
    writer = opened(start)
    names = ("timestamp", "heart_rate", "power", "distance", "enhanced_altitude")
    writer.define(2, RECORD, [FIELDS[RECORD][name] for name in names])
    for second, heart_rate, power, meters, altitude in samples:
        writer.data(
            2,
            seconds(start) + second,
            heart_rate,
            power,
            None if meters is None else meters * 100,
            None if altitude is None else (altitude + 500) * 5,
        )
    if session:
        writer.message(1, SESSION, **session)
    return writer.content()
