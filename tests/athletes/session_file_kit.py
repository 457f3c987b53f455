"""Session files for tests, and the short ways to read them."""

from __future__ import annotations

import io
import math
import struct
import zipfile
from datetime import UTC, datetime, timedelta

from athletes.files import reader
from athletes.files.archive import Member
from tests.athletes import fit_files as fits

START = datetime(2026, 5, 9, 6, 0, tzinfo=UTC)
NOW = datetime(2026, 5, 10, tzinfo=UTC).timestamp()
# One degree of latitude on the mean sphere.
METERS_A_DEGREE = 6_371_008.8 * math.pi / 180


def read(content, name="file"):
    return reader.read_file(Member(name, content), now=NOW)


def only(content):
    """The one session of a file without problems."""
    answer = read(content)
    assert answer["problems"] == []
    [session] = answer["sessions"]
    return session


def problem(content):
    """Why nothing could be read."""
    answer = read(content)
    assert answer["sessions"] == []
    return " ".join(answer["problems"])


def stamp(second):
    return (START + timedelta(seconds=second)).isoformat().replace("+00:00", "Z")


def gpx_file(points, *, extra="", head=""):
    """A GPX file of segments of (second, meters to the north, altitude, extensions)."""
    segments = ""
    for segment in points:
        rows = ""
        for second, meters, altitude, extensions in segment:
            time = "" if second is None else f"<time>{stamp(second)}</time>"
            height = "" if altitude is None else f"<ele>{altitude}</ele>"
            rows += f'<trkpt lat="{45 + meters / METERS_A_DEGREE:.9f}" lon="15">{height}{time}{extensions}</trkpt>'
        segments += f"<trkseg>{rows}</trkseg>"
    return (
        f'<?xml version="1.0"?>{head}<gpx creator="Some Watch" xmlns="http://www.topografix.com/GPX/1/1" '
        'xmlns:gpxtpx="http://www.garmin.com/xmlschemas/TrackPointExtension/v1">'
        f"<trk>{extra}{segments}</trk></gpx>"
    ).encode()


def tcx_file(laps, *, sport="Biking", more=""):
    body = "".join(laps)
    return (
        '<?xml version="1.0"?><TrainingCenterDatabase '
        'xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2">'
        f'<Activities><Activity Sport="{sport}"><Id>{stamp(0)}</Id>{body}'
        f"<Creator><Name>Edge 500</Name></Creator></Activity>{more}</Activities></TrainingCenterDatabase>"
    ).encode()


def tcx_lap(begin, seconds, *, meters="", kcal="", tracks=(), averages=""):
    rows = ""
    for track in tracks:
        rows += "<Track>"
        for second, watts, rate in track:
            power = (
                "" if watts is None else f"<Extensions><ns3:TPX><ns3:Watts>{watts}</ns3:Watts></ns3:TPX></Extensions>"
            )
            heart = "" if rate is None else f"<HeartRateBpm><Value>{rate}</Value></HeartRateBpm>"
            rows += f"<Trackpoint><Time>{stamp(second)}</Time>{heart}{power}</Trackpoint>"
        rows += "</Track>"
    return (
        f'<Lap StartTime="{stamp(begin)}" xmlns:ns3="http://www.garmin.com/xmlschemas/ActivityExtension/v2">'
        f"<TotalTimeSeconds>{seconds}</TotalTimeSeconds><DistanceMeters>{meters}</DistanceMeters>"
        f"<Calories>{kcal}</Calories>{averages}{rows}</Lap>"
    )


def zipped(**files):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return target.getvalue()


def members(content):
    return list(reader.read_upload(Member("all.zip", content), now=NOW))


def developer_power(*, declared=True, native=7):
    """A run whose power comes from a developer's field, as a foot pod writes it."""
    writer = fits.opened(START)
    if declared:
        writer.define(3, fits.DEVELOPER_DATA_ID, [(3, fits.UINT8)])
        writer.data(3, 0)
    writer.define(4, fits.FIELD_DESCRIPTION, [(0, fits.UINT8), (1, fits.UINT8), (2, fits.UINT8), (15, fits.UINT8)])
    if declared:
        writer.data(4, 0, 5, fits.UINT16, native)
    records = [fits.FIELDS[fits.RECORD]["timestamp"]]
    writer.define(2, fits.RECORD, records, developer=[(5, 2, 0)])
    for second in range(0, 121, 10):
        writer.data(2, fits.seconds(START) + second, after=struct.pack("<H", 250))
    return writer.content()
