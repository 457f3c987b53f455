"""Changes that are offered together: what is of one kind and about one thing is one change, as large as both."""

from __future__ import annotations

from planning.optimizer import Problem
from planning.optimizer.relax import apply_relaxation, combine, make_relaxation, say_changes
from tests.planning.optimizer.small import day, dish, on

TUESDAY, FRIDAY = "2025-06-03", "2025-06-06"


def minutes(amount, day=TUESDAY):
    return make_relaxation("prep", amount, cost=1.0, day=day)


def test_minutes_for_the_same_day_are_told_once_and_together():
    offer = combine([minutes(5.0), minutes(30.0)])
    assert (offer.kind, offer.amount, offer.day, offer.parts) == ("prep", 35.0, TUESDAY, ())
    assert offer.sentence == "Allow 35 more minutes in the kitchen on Tuesday 3 June."


def test_what_is_told_together_holds_together():
    days = (day(0, 8, prep_minutes=40.0), day(1, 8, prep_minutes=40.0))
    both = combine([minutes(5.0, on(0)), minutes(30.0, on(0))])
    relaxed = apply_relaxation(Problem(days=days, dishes=(dish("rice"),)), both)
    assert [one.prep_minutes for one in relaxed.days] == [75.0, 40.0]


def test_an_offer_within_another_is_summed_too():
    larger = combine([minutes(5.0), make_relaxation("repeats", 1, cost=1.0)])
    offer = combine([larger, minutes(10.0)])
    assert [(part.kind, part.amount) for part in offer.parts] == [("prep", 15.0), ("repeats", 1.0)]
    told = "Allow 15 more minutes in the kitchen on Tuesday 3 June. Allow the same dish once more a week."
    assert offer.sentence == told


def test_other_days_other_meals_and_other_kinds_stay_apart():
    dinner = make_relaxation("slot_window", 50.0, cost=1.0, day=TUESDAY, subject="dinner")
    lunch = make_relaxation("slot_window", 50.0, cost=1.0, day=TUESDAY, subject="lunch")
    assert len(combine([minutes(5.0), minutes(5.0, FRIDAY), dinner, lunch]).parts) == 4


def test_the_sentence_of_a_day_counts_in_what_holds_every_day():
    told = say_changes([minutes(5.0, None), minutes(30.0)])
    assert told == [
        "Allow 5 more minutes in the kitchen on every day.",
        "Allow 35 more minutes in the kitchen on Tuesday 3 June.",
    ]


def test_a_rule_that_falls_on_every_day_falls_once():
    rule = make_relaxation("slot_caps", 1, cost=1.0, subject="pre")
    assert combine([rule, make_relaxation("slot_caps", 1, cost=2.0, day=TUESDAY, subject="pre"), rule]) == rule


def test_days_with_the_same_change_share_a_sentence():
    assert say_changes([minutes(5.0), minutes(5.0, FRIDAY)]) == [
        "Allow 5 more minutes in the kitchen on Tuesday 3 June and Friday 6 June."
    ]
