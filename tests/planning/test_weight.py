"""Weigh-ins: the trend with its range, corrections that the profile follows, and the pages."""

from __future__ import annotations

import math
from datetime import date, timedelta

import pytest

from athletes.models import Athlete, BodyMeasurement
from athletes.services.measurements import correct_measurement, delete_measurement, record_measurement
from nutrition_site.kernel.clock import today
from nutrition_site.kernel.errors import InvalidInput
from planning.charts_progress import nice_step, weight_chart
from planning.services.weight import read_weight, trend_of
from tests import factories
from tests.athletes.pages import keyed, shown, sign_in
from tests.markup import faults

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 2)


@pytest.fixture
def person():
    return factories.make_athlete("scales@example.com")


def weigh(athlete, kg, day, **fields):
    return BodyMeasurement.objects.create(athlete=athlete, measured_on=day, weight_kg=kg, **fields)


def history(athlete, first=DAY, last=DAY + timedelta(days=399)):
    return read_weight(athlete=athlete, first=first, last=last)


def profile(athlete):
    return Athlete.objects.get(pk=athlete.pk)


# --- the trend ---
def test_without_a_weigh_in_there_is_no_trend_and_no_chart(person):
    found = history(person)
    assert (found.segments, found.change_kg, weight_chart(found)) == ((), None, None)


def test_one_weigh_in_is_a_point_as_sure_as_a_scale(person):
    """A reading scatters by 0.55 kg; 1.96 standard deviations around it."""
    weigh(person, 61.0, DAY)
    ((point,),) = history(person).segments
    assert (point.kg, point.low_kg, point.high_kg) == (61.0, pytest.approx(61 - 1.078), pytest.approx(61 + 1.078))


def test_a_second_day_moves_the_trend_by_a_tenth_and_makes_it_surer():
    """The mean has weights of 0.9 and 0.1, so its variance is 0.82 of one reading's."""
    ((_, second),) = trend_of([(1, 60.0), (2, 61.0)])
    assert second.kg == pytest.approx(60.1)
    assert second.high_kg - second.kg == pytest.approx(1.96 * 0.55 * math.sqrt(0.82))


def test_a_gap_of_more_than_two_weeks_stays_a_gap():
    parts = trend_of([(1, 60.0), (15, 60.0), (30, 62.0)])
    assert [[point.kg for point in part] for part in parts] == [[60.0, 60.0], [62.0]]


def test_a_jump_waits_for_the_reading_that_confirms_it(person):
    """More than 3 % a day is held back."""
    for offset, kg in enumerate((61.0, 61.2, 72.0, 61.1)):
        weigh(person, kg, DAY + timedelta(days=offset))
    found = history(person)
    assert found.held == {DAY + timedelta(days=2)}
    assert [point.date.day for point in found.segments[0]] == [2, 3, 5]


def test_the_trend_knows_what_was_weighed_before_the_days_shown(person):
    for offset in range(30):
        weigh(person, 61.0 + offset / 10, DAY + timedelta(days=offset))
    later = history(person, first=DAY + timedelta(days=20)).segments[0]
    assert later[-1].kg == pytest.approx(history(person).segments[0][-1].kg)
    assert len(later) == 10


def test_four_hundred_days_of_one_weight_are_one_line_without_a_clear_change(person):
    BodyMeasurement.objects.bulk_create(
        BodyMeasurement(athlete=person, measured_on=DAY + timedelta(days=n), weight_kg=61.0) for n in range(400)
    )
    found = history(person)
    assert ([len(part) for part in found.segments], found.change_kg, found.change_is_clear) == ([400], 0.0, False)
    assert len(weight_chart(found)["dots"]) == 400


def test_a_change_beyond_the_scatter_is_clear(person):
    for offset in range(60):
        weigh(person, 65.0 - offset / 20, DAY + timedelta(days=offset))
    assert history(person).change_is_clear


def test_a_chart_breaks_its_line_where_nothing_was_weighed(person):
    for offset in (0, 1, 40, 41):
        weigh(person, 61.0, DAY + timedelta(days=offset))
    assert len(weight_chart(history(person))["segments"]) == 2


@pytest.mark.parametrize(("span", "step"), [(4.0, 1.0), (0.9, 0.5), (7.0, 2.0), (900.0, 500.0)])
def test_scales_have_round_steps(span, step):
    assert nice_step(span) == pytest.approx(step)


# --- corrections ---
def test_a_corrected_newest_weight_is_the_profiles(person):
    row = record_measurement(by=person.user, athlete=person, values={"weight_kg": 71.0})
    before = profile(person).profile_version
    correct_measurement(by=person.user, measurement=row, values={"weight_kg": 61.5})
    assert (profile(person).weight_kg, profile(person).profile_version) == (61.5, before + 1)


def test_a_corrected_older_weight_leaves_the_profile_alone(person):
    row = weigh(person, 64.0, DAY)
    record_measurement(by=person.user, athlete=person, values={"weight_kg": 61.0})
    before = profile(person).profile_version
    correct_measurement(by=person.user, measurement=row, values={"weight_kg": 63.0})
    assert (profile(person).weight_kg, profile(person).profile_version) == (61.0, before)


def test_a_newest_weight_moved_behind_another_hands_the_profile_over(person):
    present = today(person.timezone)
    weigh(person, 62.0, present - timedelta(days=3))
    row = record_measurement(by=person.user, athlete=person, values={"weight_kg": 61.0})
    correct_measurement(by=person.user, measurement=row, values={"measured_on": present - timedelta(days=9)})
    assert profile(person).weight_kg == 62.0


def test_a_day_holds_one_weigh_in(person):
    weigh(person, 62.0, DAY)
    row = weigh(person, 61.0, DAY + timedelta(days=1))
    with pytest.raises(InvalidInput) as refused:
        correct_measurement(by=person.user, measurement=row, values={"measured_on": DAY})
    assert refused.value.details[0]["field"] == "measured_on"


def test_a_cleared_body_fat_is_unknown_again(person):
    row = weigh(person, 61.0, DAY, body_fat_pct=20.0)
    correct_measurement(by=person.user, measurement=row, values={"body_fat_pct": None})
    row.refresh_from_db()
    assert (row.weight_kg, row.body_fat_pct) == (61.0, None)


def test_a_measurement_without_a_value_is_refused(person):
    row = weigh(person, 61.0, DAY)
    with pytest.raises(InvalidInput):
        correct_measurement(by=person.user, measurement=row, values={"weight_kg": None})
    row.refresh_from_db()
    assert row.weight_kg == 61.0


def test_deleting_the_newest_weight_brings_the_one_before_back(person):
    weigh(person, 62.0, DAY)
    row = record_measurement(by=person.user, athlete=person, values={"weight_kg": 71.0})
    delete_measurement(by=person.user, measurement=row)
    assert (profile(person).weight_kg, BodyMeasurement.objects.count()) == (62.0, 1)


def test_deleting_the_only_weight_leaves_the_profile_its_value(person):
    row = record_measurement(by=person.user, athlete=person, values={"weight_kg": 60.0})
    delete_measurement(by=person.user, measurement=row)
    assert (profile(person).weight_kg, BodyMeasurement.objects.count()) == (60.0, 0)


# --- pages ---
def test_a_weigh_in_sent_twice_is_stored_once_and_shown(person):
    client = sign_in(person.user)
    fields = keyed(measured_on=today(person.timezone).isoformat(), weight_kg="61,4", body_fat_pct="", method="scale")
    answers = [client.post("/progress/weight", fields) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    row = BodyMeasurement.objects.get()
    assert (row.weight_kg, row.body_fat_pct, row.method) == (61.4, None, "scale")
    assert "61.4" in shown(client.get("/progress/weight")).text


def test_what_was_typed_stays_beside_its_error(person):
    fields = keyed(measured_on=(today(person.timezone) + timedelta(days=2)).isoformat(), weight_kg="61.4", method="")
    answer = sign_in(person.user).post("/progress/weight", fields)
    assert answer.status_code == 422
    assert 'value="61.4"' in answer.content.decode()
    assert "today at the latest" in answer.content.decode()


def test_pounds_are_read_and_shown_and_an_unchanged_one_moves_nothing(person):
    person.units = "us"
    person.save()
    client = sign_in(person.user)
    client.post("/progress/weight", keyed(measured_on=today(person.timezone).isoformat(), weight_kg="135", method=""))
    row = BodyMeasurement.objects.get()
    assert row.weight_kg == pytest.approx(61.235, abs=0.001)
    BodyMeasurement.objects.update(weight_kg=61.0)
    form = {"measured_on": row.measured_on.isoformat(), "weight_kg": "134.5", "body_fat_pct": "", "method": "dxa"}
    assert client.post(f"/progress/weight/{row.pk}", keyed(**form)).status_code == 303
    row.refresh_from_db()
    assert (row.weight_kg, row.method) == (61.0, "dxa")


def test_deleting_asks_first_and_happens_once(person):
    row = weigh(person, 61.0, DAY)
    client, fields = sign_in(person.user), keyed()
    assert client.get(f"/progress/weight/{row.pk}/delete").status_code == 200
    assert BodyMeasurement.objects.count() == 1
    answers = [client.post(f"/progress/weight/{row.pk}/delete", fields).status_code for _ in range(2)]
    assert (answers, BodyMeasurement.objects.count()) == ([303, 303], 0)


def test_the_weight_pages_are_clean(person):
    for offset in range(40):
        weigh(person, 61.0 + offset % 3 / 5, today(person.timezone) - timedelta(days=offset))
    client, row = sign_in(person.user), BodyMeasurement.objects.first()
    paths = ("/progress/weight", f"/progress/weight/{row.pk}", f"/progress/weight/{row.pk}/delete")
    assert [faults(client.get(path).content.decode()) for path in paths] == [{}, {}, {}]


def test_a_year_of_weigh_ins_is_read_in_twelve_queries(person, django_assert_max_num_queries):
    BodyMeasurement.objects.bulk_create(
        BodyMeasurement(athlete=person, measured_on=today("UTC") - timedelta(days=n), weight_kg=61.0)
        for n in range(1, 360)
    )
    client = sign_in(person.user)
    with django_assert_max_num_queries(12):
        assert client.get("/progress/weight?weeks=52").status_code == 200


def test_weight_is_neither_shown_nor_asked_for_under_eighteen():
    young = factories.make_athlete("young@example.com", birth_date=today("UTC") - timedelta(days=16 * 365))
    row = weigh(young, 57.3, DAY)
    client = sign_in(young.user)
    page = shown(client.get("/progress/weight?weeks=52"))
    assert "57" not in page.text
    assert not page.all("form")[1:]
    client.post("/progress/weight", keyed(measured_on=DAY.isoformat(), weight_kg="58", method=""))
    assert client.get(f"/progress/weight/{row.pk}").status_code == 302
    row.refresh_from_db()
    assert row.weight_kg == 57.3
