"""Moving, lengthening and taking out a session from a talk: by the services of pages, for what was entered here."""

from __future__ import annotations

from datetime import timedelta

import pytest

from advisor import proposing
from advisor.actions import confirm_action
from advisor.backends.builtin import BuiltinBackend
from advisor.backends.protocol import AdviceContext, PastMessage
from advisor.readings.what_if import SessionChange
from advisor.tool_calls import ToolCalls
from advisor.tools import Toolbox
from athletes.models import Athlete, CalendarConnection, CompletedSession, TrainingEvent
from nutrition_site.kernel.clock import today
from nutrition_site.kernel.errors import Conflict, InvalidInput, NotFound
from planning.services.targets import calculate_targets
from tests import factories
from tests.advisor.conftest import add_event, next_weekday
from tests.advisor.proposals import store

pytestmark = pytest.mark.django_db


@pytest.fixture
def athlete(db):
    return factories.make_athlete(email="vera@example.com", name="Vera", timezone="Europe/Belgrade")


@pytest.fixture
def monday(athlete):
    """Monday of next week, so that every weekday of that week is to come."""
    return next_weekday(0, after=today(athlete.zones))


@pytest.fixture
def ride(athlete, monday):
    return add_event(athlete, monday + timedelta(days=5), "Long ride", sport="cycle", duration_minutes=120.0, hour=9)


@pytest.fixture
def run(athlete, monday):
    return add_event(athlete, monday + timedelta(days=1), "Easy run", duration_minutes=45.0, hour=18)


@pytest.fixture
def from_calendar(athlete, run):
    run.calendar = CalendarConnection.objects.create(athlete=athlete, provider="ics")
    run.external_id = "run-1"
    run.save()
    return run


def ask(athlete, message, language="en", history=()):
    tools = Toolbox(athlete=athlete, by=athlete.user)
    return BuiltinBackend().reply(AdviceContext(message=message, tools=tools, language=language, history=history))


def carbs_on(athlete, day):
    return calculate_targets(athlete=athlete, first=day, last=day)[0].payload["carbs_g"]


def asked_for(draft):
    """(kind, day, hour, minutes) of the one proposal of an answer."""
    (proposal,) = draft.proposals
    return proposal.kind, *(proposal.arguments.get(name) for name in ("date", "time", "duration_minutes"))


# --- an hour on a day ---
@pytest.mark.parametrize(
    ("language", "message", "hour"),
    [
        ("en", "move my run on Tuesday to 19:00", "19:00"),
        ("sr", "pomeri trening u utorak na 20h", "20:00"),
        ("sr", "pomeri trčanje u utorak na 19 h", "19:00"),
        ("sr", "pomeri trčanje u utorak na 8h", "08:00"),
        ("sr", "pomeri trčanje u utorak na 08:30", "08:30"),
        ("sr", "помери трчање у уторак на 9 ујутру", "09:00"),
    ],
)
def test_the_session_of_the_named_day_gets_the_named_hour(athlete, monday, run, ride, language, message, hour):
    add_event(athlete, today(athlete.zones) + timedelta(days=1), "Sunday ride", sport="cycle", hour=10)
    tuesday = (monday + timedelta(days=1)).isoformat()
    assert asked_for(ask(athlete, message, language)) == ("change_event", tuesday, hour, 45.0)


def test_a_day_without_such_a_session_is_the_new_day(athlete, monday, run, ride):
    tuesday = (monday + timedelta(days=1)).isoformat()
    assert asked_for(ask(athlete, "pomeri vožnju u utorak na 8h", "sr")) == ("change_event", tuesday, "08:00", 120.0)


@pytest.mark.parametrize(
    ("language", "message", "hour"),
    [
        ("sr", "Додај трчање 45 минута у понедељак у 7", "07:00"),
        ("sr", "dodaj trčanje u ponedeljak u 7 45 minuta", "07:00"),
        ("sr", "dodaj trčanje 45 minuta u ponedeljak u 9 ujutru", "09:00"),
        ("sr", "dodaj trčanje 45 minuta u ponedeljak u 7 uveče", "19:00"),
        ("sr", "dodaj trčanje 45 minuta u ponedeljak u 5 popodne", "17:00"),
        ("sr", "dodaj trčanje 45 minuta u ponedeljak u 18.30", "18:30"),
        ("en", "add a 45 min run on Monday at 7 in the evening", "19:00"),
        ("en", "add a 45 min run on Monday", None),
    ],
)
def test_a_new_session_has_the_hour_that_was_said(athlete, monday, language, message, hour):
    assert asked_for(ask(athlete, message, language)) == ("add_event", monday.isoformat(), hour, 45.0)


@pytest.mark.parametrize(
    ("language", "message"),
    [
        ("sr", "u ponedeljak idem i na plivanje 1 sat u 17h"),
        ("sr", "u ponedeljak idem na plivanje 1 sat u 17h"),
        ("en", "on Monday I'm also going for a 1 hour swim at 5 pm"),
    ],
)
def test_a_session_that_is_told_with_its_length_is_offered(athlete, monday, language, message):
    draft = ask(athlete, message, language)
    assert asked_for(draft) == ("add_event", monday.isoformat(), "17:00", 60.0)


def test_a_question_about_a_session_that_is_told_offers_none(athlete, run):
    assert ask(athlete, "u utorak idem na plivanje 1 sat u 17h, šta da jedem?", "sr").proposals == ()


# --- words ---
@pytest.mark.parametrize(
    ("message", "days", "hour", "minutes"),
    [
        ("move my run to Friday", 4, "18:00", 45.0),
        ("move my run from Tuesday to Thursday", 3, "18:00", 45.0),
        ("reschedule Tuesday's run for Wednesday at 7", 2, "07:00", 45.0),
        ("push my run back by a day", 2, "18:00", 45.0),
        ("move the run two days later", 3, "18:00", 45.0),
        ("move my run to 6:30 am", 1, "06:30", 45.0),
        ("can you move my easy run to 7 pm", 1, "19:00", 45.0),
        ("make my run 90 minutes", 1, "18:00", 90.0),
        ("make Tuesday's run 2 hours", 1, "18:00", 120.0),
        ("shorten my run to half an hour", 1, "18:00", 30.0),
        ("make my run 15 min shorter", 1, "18:00", 30.0),
        ("extend my run by 30 minutes", 1, "18:00", 75.0),
    ],
)
def test_a_session_is_moved_or_changed_as_it_was_said(athlete, run, ride, monday, message, days, hour, minutes):
    day = (monday + timedelta(days=days)).isoformat()
    assert asked_for(ask(athlete, message)) == ("change_event", day, hour, minutes)


@pytest.mark.parametrize(
    "message", ["cancel my run", "delete Tuesday's run", "please remove the easy run", "drop my run"]
)
def test_a_session_is_taken_out_as_it_was_said(athlete, run, ride, message):
    (proposal,) = ask(athlete, message).proposals
    assert (proposal.kind, proposal.arguments) == ("cancel_event", {"event_id": run.pk})


def test_that_session_of_the_talk_is_the_one_that_moves(athlete, run, ride, monday):
    before = ask(athlete, "when is my next run?")
    history = (PastMessage("athlete", "…"), PastMessage("advisor", before.reply, dict(before.topic)))
    (proposal,) = ask(athlete, "move it to Friday", history=history).proposals
    assert (proposal.arguments["event_id"], proposal.arguments["date"]) == (
        run.pk,
        (monday + timedelta(days=4)).isoformat(),
    )


@pytest.mark.parametrize(
    "message",
    [
        "delete my workout history",
        "push harder in my run on Friday",
        "I will make a 2 hour run tomorrow",
        "cancel all my workouts",
        "what if I cancel my run",
        "should I move my run to Friday",
        "cancel my subscription",
        "move my dinner to Friday",
        "remove tofu from my dislikes",
        "take milk off my list",
        "what should I eat if I move my run",
    ],
)
def test_what_is_no_wish_about_a_session_proposes_none(athlete, run, message):
    kinds = {"move_session", "cancel_session", "length_of_session"}
    assert ask_kind(athlete, message) not in kinds


def ask_kind(athlete, message):
    from advisor.intents import all_intents
    from advisor.question import Question

    question = Question(message, Toolbox(athlete=athlete, by=athlete.user))
    return next(intent.name for intent in all_intents() if intent.fits(question))


@pytest.mark.parametrize("message", ["move my swim to Friday", "cancel the swim", "make my swim an hour"])
def test_a_session_that_is_not_there_is_told_to_be_missing(athlete, run, message):
    draft = ask(athlete, message)
    assert (draft.proposals, draft.reply) == ((), "I see no session to come in your calendar.")


def test_without_a_day_or_an_hour_the_answer_asks_for_one(athlete, run):
    draft = ask(athlete, "move my run to another day")
    assert (draft.proposals, draft.reply.startswith("Tell me the day or the time")) == ((), True)


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("pomeri trčanje na petak", "change_event"),
        ("otkaži trčanje", "cancel_event"),
        ("skrati trčanje na 30 minuta", "change_event"),
    ],
)
def test_the_same_is_understood_in_serbian(athlete, run, message, kind):
    assert [one.kind for one in ask(athlete, message, "sr").proposals] == [kind]


# --- sessions of a calendar ---
@pytest.mark.parametrize("message", ["move my run to Friday", "cancel my run", "make my run 90 minutes"])
def test_a_session_of_a_calendar_is_told_with_what_would_follow_and_not_proposed(athlete, from_calendar, message):
    draft = ask(athlete, message)
    told = ("comes from a connected calendar" in draft.reply, "With this change" in draft.reply)
    assert (draft.proposals, told) == ((), (True, True))


def test_no_proposal_is_built_for_a_session_of_a_calendar(from_calendar):
    for build in (proposing.cancel_proposal, lambda event: proposing.change_proposal(event, clock="07:00")):
        with pytest.raises(Conflict) as caught:
            build(from_calendar)
        assert caught.value.code == "event_from_calendar"


# --- what is shown is what comes ---
def test_the_diff_shows_what_both_days_ask_for_after_the_move(athlete, run, monday):
    friday = monday + timedelta(days=4)
    action = store(athlete, proposing.change_proposal(run, day=friday))
    confirm_action(action=action, by=athlete.user)
    shown = {day: rows["becomes"]["carbs_g"] for day, rows in action.diff["targets"].items()}
    assert shown == {day.isoformat(): carbs_on(athlete, day) for day in (run.local_date, friday)}


def test_the_diff_shows_what_the_day_asks_for_without_the_session(athlete, run):
    action = store(athlete, proposing.cancel_proposal(run))
    confirm_action(action=action, by=athlete.user)
    day = run.local_date
    assert action.diff["targets"][day.isoformat()]["becomes"]["carbs_g"] == carbs_on(athlete, day)


def test_a_moved_session_keeps_its_hour_and_everything_else(athlete, run, monday):
    friday = monday + timedelta(days=4)
    before = TrainingEvent.objects.values("title", "sport", "duration_minutes", "intensity").get(pk=run.pk)
    confirm_action(action=store(athlete, proposing.change_proposal(run, day=friday)), by=athlete.user)
    after = TrainingEvent.objects.values("title", "sport", "duration_minutes", "intensity").get(pk=run.pk)
    moved = TrainingEvent.objects.get(pk=run.pk)
    from nutrition_site.kernel.clock import zone

    assert (after, moved.local_date, moved.starts_at.astimezone(zone(athlete.zones)).hour) == (before, friday, 18)


def test_a_stated_distance_grows_with_the_length(athlete, ride):
    TrainingEvent.objects.filter(pk=ride.pk).update(distance_km=50.0)
    ride.refresh_from_db()
    confirm_action(action=store(athlete, proposing.change_proposal(ride, duration_minutes=180.0)), by=athlete.user)
    ride.refresh_from_db()
    assert (ride.duration_minutes, ride.distance_km) == (180.0, 75.0)


@pytest.mark.parametrize(
    "build", [proposing.cancel_proposal, lambda event: proposing.change_proposal(event, duration_minutes=90.0)]
)
def test_a_confirmed_change_makes_plans_follow(athlete, run, build):
    before = Athlete.objects.get(pk=athlete.pk).training_version
    confirm_action(action=store(athlete, build(run)), by=athlete.user)
    assert Athlete.objects.get(pk=athlete.pk).training_version == before + 1


# --- refusals ---
def test_a_session_that_was_done_is_not_moved(athlete, run):
    CompletedSession.objects.create(
        athlete=athlete,
        event=run,
        starts_at=run.starts_at,
        local_date=run.local_date,
        duration_minutes=45.0,
        sport="run",
    )
    with pytest.raises(Conflict) as caught:
        proposing.change_proposal(TrainingEvent.objects.with_completed().get(pk=run.pk), clock="07:00")
    assert caught.value.code == "session_done"


def test_a_session_is_not_moved_into_the_past(athlete, run):
    with pytest.raises(Conflict) as caught:
        proposing.change_proposal(run, day=today(athlete.zones) - timedelta(days=1))
    assert caught.value.code == "day_over"


def test_a_session_that_is_as_wished_needs_no_proposal(athlete, run):
    with pytest.raises(Conflict) as caught:
        proposing.change_proposal(run, day=run.local_date, clock="18:00", duration_minutes=45.0)
    assert caught.value.code == "nothing_to_change"


@pytest.mark.parametrize(
    "wish", [{"clock": "25:00"}, {"clock": "7"}, {"duration_minutes": 0.0}, {"duration_minutes": 1441.0},
             {"day": today("UTC") + timedelta(days=900)}]
)  # fmt: skip
def test_a_change_that_cannot_be_is_refused(run, wish):
    with pytest.raises(InvalidInput):
        proposing.change_proposal(run, **wish)


def test_a_session_that_was_changed_meanwhile_is_shown_anew(athlete, run):
    action = store(athlete, proposing.change_proposal(run, duration_minutes=90.0))
    TrainingEvent.objects.filter(pk=run.pk).update(duration_minutes=60.0)
    with pytest.raises(Conflict) as caught:
        confirm_action(action=action, by=athlete.user)
    rows = {row["words"]: (row["before"], row["after"]) for row in caught.value.extra["diff"]["rows"]}
    assert rows["Length"] == ("1 h", "90 min")


def test_a_session_that_was_deleted_meanwhile_is_over_and_says_so(athlete, run):
    action = store(athlete, proposing.cancel_proposal(run))
    run.delete()
    with pytest.raises(Conflict) as caught:
        confirm_action(action=action, by=athlete.user)
    action.refresh_from_db()
    assert (caught.value.message, action.status) == ("The session is not there any more.", "expired")


# --- for a model ---
def test_a_model_proposes_to_move_and_to_take_out_by_id(athlete, run, monday):
    calls = ToolCalls(Toolbox(athlete=athlete, by=athlete.user))
    friday = (monday + timedelta(days=4)).isoformat()
    calls.run("propose_event_change", {"event_id": run.pk, "date": friday, "time": "07:15"})
    calls.run("propose_event_removal", {"event_id": run.pk})
    assert [(one.kind, one.arguments.get("date"), one.arguments.get("time")) for one in calls.proposals] == [
        ("change_event", friday, "07:15"),
        ("cancel_event", None, None),
    ]


def test_a_model_cannot_move_somebody_elses_session(athlete, run):
    other = factories.make_athlete(email="other@example.com", name="Other")
    with pytest.raises(NotFound):
        ToolCalls(Toolbox(athlete=other, by=other.user)).run("propose_event_removal", {"event_id": run.pk})


def test_a_moved_session_gives_the_targets_of_both_days(athlete, run, monday):
    friday = monday + timedelta(days=4)
    bundle = Toolbox(athlete=athlete, by=athlete.user).what_if(SessionChange("move", event_id=run.pk, day=friday))
    TrainingEvent.objects.filter(pk=run.pk).update(
        local_date=friday, starts_at=run.starts_at + (friday - run.local_date)
    )
    assert (bundle.number("after:carbs_g"), bundle.number(f"{friday}:after:carbs_g")) == (
        carbs_on(athlete, run.local_date),
        carbs_on(athlete, friday),
    )
