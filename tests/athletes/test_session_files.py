"""Reading files of any format: what they are, damaged ones, and the process that reads them."""

from __future__ import annotations

import gzip
import random
import struct
from datetime import timedelta

from athletes.child_process import ask_child
from athletes.files import reader
from athletes.services import uploads
from athletes.services.uploads import Upload, read_uploads
from tests.athletes import fit_files as fits
from tests.athletes.session_file_kit import (
    START,
    developer_power,
    gpx_file,
    members,
    problem,
    read,
    tcx_file,
    tcx_lap,
    zipped,
)
from tests.corpora import for_every


def test_the_name_says_nothing_about_the_format():
    assert read(fits.ride(START), "ride.gpx")["format"] == "fit"


@for_every(
    ("content", "words"),
    [
        (b"", "The file is empty."),
        (b"\0" * 500, "The file is empty."),
        (b"<html><body>Log in</body></html>", "neither FIT nor TCX nor GPX"),
        (b"BEGIN:VCALENDAR", "neither FIT nor TCX nor GPX"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 100, "neither FIT nor TCX nor GPX"),
    ],
)
def test_what_is_no_session_file_is_named(content, words):
    assert words in problem(content)


def mutated(content, chance):
    """The content with a few bytes changed, lost, added or repeated."""
    changed = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at, length = chance.randrange(max(1, len(changed))), chance.randrange(1, 60)
        kind = chance.randrange(4)
        if kind == 0:
            changed[at : at + 1] = bytes((chance.randrange(256),))
        elif kind == 1:
            del changed[at : at + length]
        elif kind == 2:
            changed[at:at] = bytes(chance.randrange(256) for _ in range(length))
        else:
            changed[at:at] = changed[at : at + length]
    return bytes(changed)


def test_four_hundred_damaged_files_are_four_hundred_answers():
    chance = random.Random(7)
    track = gpx_file([[(second, 3 * second, 100 + second, "") for second in range(0, 601, 10)]])
    laps = tcx_file([tcx_lap(0, 600, meters=5000, tracks=[[(second, 200, 130) for second in range(0, 601, 10)]])])
    ride = fits.ride(START)
    whole = [ride, developer_power(), track, laps, zipped(**{"a.fit": ride, "b.gpx": track}), gzip.compress(ride)]
    for number in range(400):
        answers = members(mutated(whole[number % len(whole)], chance))
        assert answers, number
        for answer in answers:
            assert answer["sessions"] or answer["problems"], number
            assert "has a part that cannot be read" not in " ".join(answer["problems"]), number
            assert all(1 <= row["duration_minutes"] <= 1440 for row in answer["sessions"]), number


# --- the process ---
def test_files_are_read_in_another_process():
    files, refused = read_uploads([Upload("ride.fit", fits.ride(START)), Upload("C:\\x\\no\r\nte.txt", b"hello")])
    [file] = files
    [session] = file.sessions
    assert (file.name, file.format, session.starts_at, session.avg_power_w) == ("ride.fit", "fit", START, 190.0)
    assert [(row.file, row.reason) for row in refused] == [("no te.txt", "The file is neither FIT nor TCX nor GPX.")]


def test_what_was_read_before_the_reader_was_ended_is_kept(monkeypatch):
    def ended(**asked):
        whole = ask_child(**asked)
        lines = whole.output.splitlines(keepends=True)
        return type(whole)(b"".join(lines[:2]) + lines[2][:10], finished=False, timed_out=True)

    monkeypatch.setattr(uploads, "ask_child", ended)
    contents = [fits.ride(START + timedelta(days=-n)) for n in range(3)]
    files, refused = read_uploads([Upload(f"{n}.fit", content) for n, content in enumerate(contents)])
    assert [file.name for file in files] == ["0.fit"]
    assert [row.file for row in refused] == ["1.fit", "2.fit"]


def test_a_file_that_takes_too_long_leaves_time_for_the_others(monkeypatch):
    monkeypatch.setattr(reader, "CPU_SECONDS_A_FILE", 0.02)
    slow = fits.recorded(START, [(0, 100, 100, 1, 1)])
    writer = fits.opened(START)
    names = ("timestamp", "heart_rate")
    writer.define(2, fits.RECORD, [fits.FIELDS[fits.RECORD][name] for name in names])
    writer.body += b"".join(struct.pack("<BIB", 2, fits.seconds(START) + n, 100) for n in range(20_000))
    answers = [read(writer.content())["problems"], read(slow)["problems"] != []]
    assert answers == [["The file takes too long to read."], True]


@for_every(
    ("word", "title", "sport"),
    [
        ("running", "", "run"),
        ("Biking", "", "cycle"),
        ("9", "", "run"),
        ("77", "", ""),
        ("", "Morning swim", "swim"),
        ("Other", "Evening ride", "cycle"),
        ("kitesurfing", "", "kitesurfing"),
    ],
)
def test_the_sport_is_the_files_word_or_the_titles(word, title, sport):
    assert uploads._sport_of(word, title) == sport
