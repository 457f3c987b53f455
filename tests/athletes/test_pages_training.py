"""The training page and sessions entered by hand."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from athletes.models import CalendarConnection, TrainingEvent
from athletes.services.events import create_event
from nutrition_site.kernel.clock import today
from tests.athletes.pages import ODD_TEXTS, keyed, shown, sign_in
from tests.markup import faults

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(alice):
    return sign_in(alice)


@pytest.fixture
def day(athlete):
    return today(athlete.timezone)


def test_a_title_and_a_day_make_a_session(client, athlete, day):
    answer = client.post("/training/add", keyed(title="Long run 90min Z2", date=day.isoformat(), time="17:30"))
    event = TrainingEvent.objects.get(athlete=athlete)
    assert (answer.status_code, answer["Location"]) == (303, f"/training#d{day:%Y%m%d}")
    assert (event.sport, event.duration_minutes, event.local_date, event.all_day) == ("run", 90.0, day, False)
    assert event.starts_at.astimezone(dt.UTC).hour in (15, 16)


def test_a_race_is_added_as_one_and_leads_to_its_planner(client, athlete, day):
    page = client.get("/training/add?kind=race").content.decode()
    given = keyed(title="City marathon", type="race", date=day.isoformat(), time="09:00", duration_minutes="210")
    answer = client.post("/training/add?kind=race", given)
    event = TrainingEvent.objects.get(athlete=athlete)
    assert '<option value="race" selected>' in page
    assert '<details class="more-fields" open>' in page
    assert (answer["Location"], event.type) == (f"/races/{event.pk}", "race")


def test_what_is_no_race_after_all_leads_to_the_training(client, day):
    given = keyed(title="Easy run 40min", type="workout", date=day.isoformat())
    assert client.post("/training/add?kind=race", given)["Location"] == f"/training#d{day:%Y%m%d}"


def test_a_session_without_a_time_lasts_all_day(client, athlete, day):
    client.post("/training/add", keyed(title="Swim 3x800", date=day.isoformat()))
    assert TrainingEvent.objects.get(athlete=athlete).all_day


def test_what_is_said_beats_the_title(client, athlete, day):
    client.post(
        "/training/add", keyed(title="Run 60 min easy", date=day.isoformat(), duration_minutes="75", intensity="hard")
    )
    event = TrainingEvent.objects.get(athlete=athlete)
    assert (event.duration_minutes, event.intensity, event.estimated) == (75.0, "hard", ["type", "sport"])


def test_looking_shows_how_the_title_is_read_and_saves_nothing(client, athlete, day):
    answer = client.post("/training/add", keyed(title="Tempo 10k", date=day.isoformat(), look="1"))
    page = shown(answer)
    assert answer.status_code == 200
    assert "10\u00a0km" in page.text
    assert page.value_of("title") == "Tempo 10k"
    assert not athlete.training_events.exists()


def test_looking_by_htmx_answers_with_the_reading_alone(client, day):
    answer = client.post("/training/add", keyed(title="Rest", look="1"), headers={"HX-Request": "true"})
    assert "A rest day." in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_the_form_sent_twice_makes_one_session(client, athlete, day):
    sent = keyed(title="Run 60 min", date=day.isoformat())
    answers = [client.post("/training/add", sent) for _ in range(2)]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert athlete.training_events.count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "x" * 501),
        ("title", ODD_TEXTS["null byte"]),
        ("date", "2026-13-01"),
        ("date", "1999-01-01"),
    ]
    + [("time", "25:00"), ("duration_minutes", "0"), ("duration_minutes", "1441"), ("distance_km", "-3")]
    + [("sport", "quidditch"), ("type", "unclassified"), ("intensity", "max"), ("rpe", "11"), ("avg_power_w", "9000")],
)
def test_an_impossible_session_is_refused_beside_its_field_and_keeps_what_was_typed(field, value, client, athlete, day):
    sent = {"title": "Run 60 min", "date": day.isoformat(), field: value}
    answer = client.post("/training/add", keyed(**sent))
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode()
    if field not in ("title",):
        assert shown(answer).value_of("title") == "Run 60 min"
    assert faults(answer.content.decode()) == {}
    assert not athlete.training_events.exists()


@pytest.mark.parametrize("kind", ["emoji", "right to left", "combining", "four hundred", "markup", "template"])
def test_any_text_may_be_a_title(kind, client, athlete, day):
    answer = client.post("/training/add", keyed(title=ODD_TEXTS[kind], date=day.isoformat()))
    assert answer.status_code == 303
    page = client.get("/training").content.decode()
    assert faults(page) == {}
    assert shown(client.get("/training")).text.count(ODD_TEXTS[kind][:20]) >= 1


def test_a_day_that_is_full_takes_no_more(client, athlete, day):
    for _ in range(2):
        answer = client.post("/training/add", keyed(title="Ride", date=day.isoformat(), duration_minutes="800"))
    assert "longer than the day" in shown(answer).text
    assert athlete.training_events.count() == 1


def test_changing_a_session_raises_the_training_version(client, athlete, day):
    event = create_event(by=athlete.user, athlete=athlete, values={"title": "Run 60 min", "starts_at": day})
    athlete.refresh_from_db()
    before = athlete.training_version
    client.post(reverse("event_edit", args=[event.pk]), keyed(title="Run 90 min", date=day.isoformat()))
    event.refresh_from_db()
    athlete.refresh_from_db()
    assert (event.duration_minutes, athlete.training_version) == (90.0, before + 1)


def test_saving_an_unchanged_session_changes_nothing(client, athlete, day):
    event = create_event(
        by=athlete.user,
        athlete=athlete,
        values={"title": "Run", "starts_at": dt.datetime.combine(day, dt.time(7)), "duration_minutes": 47.5, "rpe": 6},
    )
    athlete.refresh_from_db()
    before = athlete.training_version
    page = shown(client.get(reverse("event_edit", args=[event.pk])))
    names = ("title", "date", "time", "duration_minutes", "distance_km", "avg_power_w", "rpe")
    client.post(reverse("event_edit", args=[event.pk]), keyed(**{name: page.value_of(name) or "" for name in names}))
    event.refresh_from_db()
    athlete.refresh_from_db()
    assert (event.duration_minutes, event.rpe, athlete.training_version) == (47.5, 6.0, before)


def test_deleting_asks_first(client, athlete, day):
    event = create_event(by=athlete.user, athlete=athlete, values={"title": "Run 60 min", "starts_at": day})
    path = reverse("event_delete", args=[event.pk])
    assert "Delete “Run 60 min”?" in shown(client.get(path)).text
    assert athlete.training_events.count() == 1
    assert client.post(path, keyed())["Location"] == "/training"
    assert athlete.training_events.count() == 0


def test_a_session_of_a_calendar_is_changed_there(client, athlete, day):
    calendar = CalendarConnection.objects.create(athlete=athlete, provider="ical")
    event = create_event(by=athlete.user, athlete=athlete, values={"title": "Run 60 min", "starts_at": day})
    TrainingEvent.objects.filter(pk=event.pk).update(calendar=calendar)
    answer = client.get(reverse("event_edit", args=[event.pk]))
    assert (answer.status_code, "Please change it there." in shown(answer).text) == (409, True)
    assert reverse("event_edit", args=[event.pk]) not in client.get("/training").content.decode()


def test_the_page_shows_last_week_and_the_next_four(client, athlete, day):
    for offset, title in (
        (-8, "Too old"),
        (-7, "Oldest 30 min run"),
        (0, "Run today"),
        (27, "Last run"),
        (28, "Too late"),
    ):
        create_event(by=athlete.user, athlete=athlete, values={"title": title, "starts_at": day + dt.timedelta(offset)})
    text = shown(client.get("/training")).text
    assert [title in text for title in ("Too old", "Oldest 30 min run", "Run today", "Last run", "Too late")] == [
        *(False, True, True, True),
        False,
    ]


def test_unknown_time_is_told_as_unknown_never_as_zero(client, athlete, day):
    create_event(by=athlete.user, athlete=athlete, values={"title": "Easy run", "starts_at": day})
    text = shown(client.get("/training")).text
    assert "time unknown" in text
    assert "0\u00a0min" not in text


def test_the_training_page_costs_the_same_for_few_and_many_sessions(
    client, athlete, day, django_assert_max_num_queries
):
    for offset in range(28):
        create_event(
            by=athlete.user, athlete=athlete, values={"title": "Run 40 min", "starts_at": day + dt.timedelta(offset)}
        )
    with django_assert_max_num_queries(7):
        client.get("/training")


def test_a_sport_of_the_profile_is_not_said_to_be_from_the_title(client, athlete, day):
    for title in ("Intervals 6x3 min", "Run 40 min"):
        create_event(by=athlete.user, athlete=athlete, values={"title": title, "starts_at": day})
    text = shown(client.get("/training")).text
    assert (text.count("your main sport"), text.count("from the title sport")) == (1, 1)


def test_a_form_says_that_the_sport_is_the_main_one(client, day):
    seen = [
        "your main sport" in shown(client.post("/training/add", keyed(title=title, look="1"))).text
        for title in ("Intervals 6x3 min", "Run 40 min", "Rest")
    ]
    assert seen == [True, False, False]


def test_two_sessions_at_the_same_time_are_asked_about(client, athlete, day):
    at_seven = dt.datetime.combine(day, dt.time(7))
    for title, minutes in (("Run 60 min", 0), ("Ride 90 min", 30), ("Swim 30 min", 120)):
        starts_at = at_seven + dt.timedelta(minutes=minutes)
        create_event(by=athlete.user, athlete=athlete, values={"title": title, "starts_at": starts_at})
    text = shown(client.get("/training")).text
    assert text.count("is it the same session twice?") == 1
    assert "“Run 60 min” and “Ride 90 min” overlap" in text
