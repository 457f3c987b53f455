"""Reading zip and gzip archives of session files: what is passed over, refused, and what still counts."""

from __future__ import annotations

import gzip
import struct
from datetime import timedelta

from athletes.files import archive
from tests.athletes import fit_files as fits
from tests.athletes.session_file_kit import START, members, problem, zipped


def test_a_zip_is_read_file_by_file_and_litter_is_passed_over():
    content = zipped(
        **{
            "season/ride.fit": fits.ride(START),
            "season/ride.fit.gz": gzip.compress(fits.ride(START + timedelta(days=-1))),
            "season/notes.txt": "hello",
            "__MACOSX/season/._ride.fit": b"x",
            "season/.DS_Store": b"x",
            "season/": b"",
            "../../etc/cron.d/evil.gpx": b"<gpx>",
        }
    )
    assert [(row["name"], len(row["sessions"]), bool(row["problems"])) for row in members(content)] == [
        ("ride.fit", 1, False),
        ("ride.fit.gz", 1, False),
        ("notes.txt", 0, True),
        ("evil.gpx", 0, True),
    ]


def test_a_zip_in_a_zip_is_not_opened():
    [answer] = members(zipped(**{"inner.zip": zipped(**{"ride.fit": fits.ride(START)})}))
    assert answer["problems"] == ["An archive inside of an archive is not opened."]


def test_a_bomb_is_refused_by_its_ratio_and_the_rest_is_read():
    content = zipped(**{"bomb.gpx": b" " * 5_000_000, "ride.fit": fits.ride(START)})
    bomb, ride = members(content)
    assert (bomb["problems"], len(ride["sessions"])) == (["The file is far larger than any session."], 1)


def test_a_size_that_the_archive_lies_about_is_counted():
    content = bytearray(zipped(**{"bomb.gpx": b" " * 5_000_000}))
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = content.index(mark) + place
        content[at : at + 4] = struct.pack("<I", 1000)
    [answer] = members(bytes(content))
    assert (answer["sessions"], len(answer["problems"])) == ([], 1)


def test_a_gzip_bomb_is_refused():
    assert problem(gzip.compress(b" " * 5_000_000)) == "The compressed file is far larger than any session."


def test_a_cut_gzip_is_refused():
    assert problem(gzip.compress(fits.ride(START))[:-20]) == "The compressed file is cut off."


def test_too_many_files_in_a_zip_are_refused():
    [answer] = members(zipped(**{f"{n}.gpx": b"<gpx/>" for n in range(archive.MAX_MEMBERS + 1)}))
    assert "more than 300 files" in answer["problems"][0]


def test_all_files_of_a_zip_together_have_a_limit(monkeypatch):
    monkeypatch.setattr(archive, "MAX_TOTAL_BYTES", 1000)
    answers = members(zipped(**{f"{n}.fit": fits.ride(START + timedelta(hours=-3 * n)) for n in range(10)}))
    assert len(answers[0]["sessions"]) == 1
    assert "The archive holds more than" in answers[-1]["problems"][0]


def test_an_encrypted_file_is_named():
    content = bytearray(zipped(**{"ride.fit": fits.ride(START)}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + place] |= 1
    [answer] = members(bytes(content))
    assert answer["problems"] == ["The file is protected by a password."]


def test_a_damaged_file_in_a_zip_is_named():
    content = bytearray(zipped(**{"ride.fit": fits.ride(START)}))
    content[content.index(b"ride.fit") + 20] ^= 0xFF
    [answer] = members(bytes(content))
    assert answer["problems"] == ["The file is damaged inside of the archive."]


def test_a_nameless_file_in_a_zip_is_still_read():
    content = bytearray(zipped(a=fits.ride(START)))
    for mark, place in ((b"PK\x03\x04", 30), (b"PK\x01\x02", 46)):
        content[content.index(mark) + place] = 0
    [answer] = members(bytes(content))
    assert (answer["name"], len(answer["sessions"])) == ("file", 1)


def test_a_cut_zip_is_refused():
    [answer] = members(zipped(**{"ride.fit": fits.ride(START)})[:-30])
    assert answer["problems"] == ["The archive is damaged or cut off."]
