"""Days and events in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from advisor.dates import find_event, read_days, read_event, read_range
from tests.corpora import for_every

WEDNESDAY = date(2026, 3, 25)
NOW = datetime(2026, 3, 25, 10, 0, tzinfo=UTC)


@dataclass
class Event:
    title: str
    local_date: date
    sport: str = "run"
    type: str = "workout"
    duration_minutes: float | None = 60.0
    intensity: str | None = "moderate"
    all_day: bool = False
    hour: int = 9

    @property
    def counts(self):
        return self.type in ("workout", "race")

    @property
    def starts_at(self):
        return datetime(self.local_date.year, self.local_date.month, self.local_date.day, self.hour, tzinfo=UTC)


@for_every(
    ("words", "day"),
    [
        ("what do I eat today", date(2026, 3, 25)),
        ("tonight", date(2026, 3, 25)),
        ("this evening", date(2026, 3, 25)),
        ("tomorrow", date(2026, 3, 26)),
        ("tmrw please", date(2026, 3, 26)),
        ("tomorrow's dinner", date(2026, 3, 26)),
        ("the day after tomorrow", date(2026, 3, 27)),
        ("yesterday", date(2026, 3, 24)),
        ("the day before yesterday", date(2026, 3, 23)),
        ("on Saturday", date(2026, 3, 28)),
        ("saturday's run on saturday", date(2026, 3, 28)),
        ("on Wednesday", date(2026, 3, 25)),
        ("next Wednesday", date(2026, 4, 1)),
        ("next Monday", date(2026, 3, 30)),
        ("this friday", date(2026, 3, 27)),
        ("last Monday", date(2026, 3, 23)),
        ("a week on Friday", date(2026, 4, 3)),
        ("in 3 days", date(2026, 3, 28)),
        ("in two days", date(2026, 3, 27)),
        ("in a week", date(2026, 4, 1)),
        ("2 weeks from now", date(2026, 4, 8)),
        ("3 days ago", date(2026, 3, 22)),
        ("2026-04-02", date(2026, 4, 2)),
        ("27 March", date(2026, 3, 27)),
        ("March 27th", date(2026, 3, 27)),
        ("the 3rd of April", date(2026, 4, 3)),
        ("27.3.", date(2026, 3, 27)),
        ("5 January", date(2026, 1, 5)),
        ("5 August 2027", date(2027, 8, 5)),
        ("Thu", date(2026, 3, 26)),
    ],
)
def test_words_name_a_day(words, day):
    assert [mention.day for mention in read_days(words, today=WEDNESDAY)][:1] == [day]


@for_every(
    "words", ["", "I sat in the sun", "31 February", "2026-13-40", "100 g of rice", "may I eat 3 eggs", "1.5 kg"]
)
def test_words_that_name_no_day(words):
    assert read_days(words, today=WEDNESDAY) == []


def test_two_days_come_in_the_order_of_the_text():
    found = read_days("why is Saturday different from tomorrow", today=WEDNESDAY)
    assert [mention.day for mention in found] == [date(2026, 3, 28), date(2026, 3, 26)]


@for_every(
    ("words", "first", "last"),
    [
        ("my week", date(2026, 3, 25), date(2026, 3, 31)),
        ("next week", date(2026, 3, 30), date(2026, 4, 5)),
        ("last week", date(2026, 3, 16), date(2026, 3, 22)),
        ("this weekend", date(2026, 3, 28), date(2026, 3, 29)),
        ("the next 3 days", date(2026, 3, 25), date(2026, 3, 27)),
    ],
)
def test_words_name_several_days(words, first, last):
    found = read_range(words, today=WEDNESDAY)
    assert (found.first, found.last) == (first, last)


def resolve(text, events):
    mentions = read_days(text, today=WEDNESDAY)
    return find_event(read_event(text), events, today=WEDNESDAY, now=NOW, day=mentions[0] if mentions else None)


def test_a_weekday_means_the_next_event_of_that_kind_on_that_weekday():
    easy, long = Event("Easy run", date(2026, 3, 28), duration_minutes=40), Event("Long run", date(2026, 4, 4))
    assert resolve("my long run on Saturday", [easy, long]) is long


def test_a_weekday_looks_no_further_than_fourteen_days():
    assert resolve("my long run on Saturday", [Event("Long run", date(2026, 4, 11))]) is None


def test_the_fourteenth_day_is_still_looked_at():
    event = Event("Long run", WEDNESDAY + timedelta(days=14))
    assert resolve("my long run on Wednesday", [event]) is event


def test_an_event_of_today_that_is_over_is_not_upcoming():
    over, next_week = Event("Long run", WEDNESDAY, hour=6), Event("Long run", date(2026, 4, 1))
    assert resolve("my long run on Wednesday", [over, next_week]) is next_week


def test_a_run_of_more_than_an_hour_and_a_quarter_is_long_without_the_word():
    event = Event("Endurance", date(2026, 3, 28), duration_minutes=90)
    assert resolve("my long run on Saturday", [event]) is event


def test_a_ride_is_not_a_run():
    assert resolve("my run on Saturday", [Event("Long ride", date(2026, 3, 28), sport="cycle")]) is None


def test_rest_counts_as_no_training():
    assert resolve("my workout tomorrow", [Event("Rest", date(2026, 3, 26), type="rest")]) is None


def test_a_race_is_found_months_ahead():
    race = Event("City marathon", date(2026, 9, 27), type="race")
    assert resolve("my marathon", [race]) is race


def test_a_kind_without_a_day_is_the_next_one():
    first, second = Event("Intervals 6x800", date(2026, 3, 27)), Event("Intervals", date(2026, 3, 31))
    assert resolve("after my intervals", [second, first]) is first


def test_a_day_other_than_a_weekday_asks_for_that_very_day():
    assert resolve("my run tomorrow", [Event("Run", date(2026, 3, 27))]) is None


@for_every(
    ("text", "expected"),
    [
        ("what do I eat on the 28th?", date(2026, 3, 28)),
        ("dinner on the 3rd", date(2026, 4, 3)),
        ("dinner on the 31st", date(2026, 3, 31)),
        ("breakfast on Sunday the 29th", date(2026, 3, 29)),
    ],
)
def test_a_numbered_day_is_the_next_one_with_that_number(text, expected):
    assert [mention.day for mention in read_days(text, today=date(2026, 3, 26))] == [expected]


def test_of_two_runs_that_are_named_the_described_one_is_meant():
    assert read_event("What if I run my long run easier?").words == "long run"
