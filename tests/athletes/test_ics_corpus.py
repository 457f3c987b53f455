"""Every trap of the corpus: what it says by hand, what the reader finds, what a second expansion of our own finds."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime

import pytest

from athletes.calendars.ical_reader import read_events
from athletes.calendars.ical_text import Unreadable
from tests.athletes.ics_cases import Case, local, read_cases, row_of, says_the_same
from tests.athletes.ics_expansion import expand
from tests.corpora import for_every

ALL = read_cases()
ALONE = [case for case in ALL if case.independent and not case.refusal]


def found_by_the_reader(case: Case) -> list[str]:
    window = {"first_day": case.first_day.isoformat(), "last_day": case.last_day.isoformat()}
    rows = []
    for event in read_events(case.content, timezone=case.zone, **window):
        begin = end = None
        if event["all_day"]:
            day = date.fromisoformat(event["starts_at"])
        else:
            begin = local(datetime.fromisoformat(event["starts_at"]), case.zone)
            end = local(datetime.fromisoformat(event["ends_at"]), case.zone) if event["ends_at"] else None
            day = begin.date()
        rows.append(row_of(day, begin, end, event["title"], tuple(event["categories"])))
    return sorted(rows)


@for_every("case", ALL)
def test_a_trap_is_read_as_it_says(case):
    if case.refusal:
        with pytest.raises(Unreadable, match=case.refusal):
            found_by_the_reader(case)
        return
    found = found_by_the_reader(case)
    matched = len(found) == len(case.expected) and all(map(says_the_same, sorted(case.expected), found))
    assert matched, f"{found} is not {sorted(case.expected)}"


@for_every("case", ALONE)
def test_a_second_expansion_finds_the_same(case):
    assert found_by_the_reader(case) == sorted(expand(case))


def test_every_occurrence_has_a_name_of_its_own():
    for case in ALL:
        if not case.refusal:
            window = {"first_day": case.first_day.isoformat(), "last_day": case.last_day.isoformat()}
            names = Counter(event["external_id"] for event in read_events(case.content, timezone=case.zone, **window))
            assert [name for name, count in names.items() if count > 1] == [], case.name


def test_the_corpus_is_large_and_has_no_trap_twice():
    assert len({case.name for case in ALL}) == len(ALL) >= 150
    assert len(ALONE) >= 100
