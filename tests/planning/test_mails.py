"""The weekly mails and the reminders: when their time comes, what they name, and what they keep to themselves."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from athletes.models import Athlete, CoachLink, MailDelivery, NotificationSetting
from nutrition_site.kernel.models import WorkItem
from planning.models import PlanItem
from planning.services import mails
from planning.services.mails import MAIL_WORK, digest_day, queue_due_mails, week_key
from planning.services.plans import create_meal_plan
from tests import factories
from tests.athletes.mail_work import confirm, parts, send_mails, smtp
from tests.planning.people import make_event

pytestmark = pytest.mark.django_db
SATURDAY = date(2026, 11, 21)
SUNDAY = date(2026, 11, 22)


@pytest.fixture
def box(settings):
    settings.WORK_HANDLERS = {**settings.WORK_HANDLERS, MAIL_WORK: "planning.tasks.send_mail_work"}
    with smtp(settings) as running:
        yield running


@pytest.fixture
def clock(monkeypatch):
    """Sets the present moment, in Belgrade's winter time."""

    def at(text):
        moment = datetime.fromisoformat(f"{text}+01:00").astimezone(UTC)
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    return at


def wants(user, **choices):
    confirm(user)
    return NotificationSetting.objects.create(user=user, **choices)


def sent(box):
    send_mails(MAIL_WORK)
    return [mail for _, mail in box.mails]


# --- when ---


@pytest.mark.parametrize(
    ("local", "due"),
    [("2026-11-22T16:59", None), ("2026-11-22T17:00", SUNDAY), ("2026-11-22T23:59", SUNDAY)]
    + [("2026-11-23T10:59", SUNDAY), ("2026-11-23T11:00", None), ("2026-11-21T18:00", None)],
)
def test_the_weekly_mail_is_due_from_five_on_its_day_until_the_next_morning(local, due, athlete):
    setting = NotificationSetting.objects.create(user=athlete.user, digest=True, digest_weekday=6)
    assert digest_day(setting, datetime.fromisoformat(f"{local}+01:00")) == due


def test_the_weekly_mail_follows_the_clock_where_the_athlete_is(athlete):
    Athlete.objects.update(travel=[{"first_day": "2026-11-20", "last_day": "2026-11-25", "timezone": "Asia/Tokyo"}])
    NotificationSetting.objects.create(user=athlete.user, digest=True, digest_weekday=6)
    setting = NotificationSetting.objects.get()
    assert digest_day(setting, datetime(2026, 11, 22, 8, 0, tzinfo=UTC)) == SUNDAY


def test_weeks_are_named_as_in_iso_8601():
    assert [week_key(day) for day in (SUNDAY, date(2027, 1, 3))] == ["2026-W47", "2026-W53"]


def test_a_weekly_mail_comes_once_a_week_even_when_its_day_is_moved(athlete, box, clock):
    setting = wants(athlete.user, digest=True, digest_weekday=5)
    clock("2026-11-21T18:00")
    counts = [queue_due_mails(), queue_due_mails()]
    NotificationSetting.objects.filter(pk=setting.pk).update(digest_weekday=6)
    clock("2026-11-22T18:00")
    counts.append(queue_due_mails())
    clock("2026-11-29T18:00")
    counts.append(queue_due_mails())
    assert counts == [1, 0, 0, 1]


@pytest.mark.parametrize(
    ("local", "count"),
    [("2026-11-21T17:29", 0), ("2026-11-21T17:30", 1), ("2026-11-21T21:29", 1), ("2026-11-21T21:30", 0)],
)
def test_a_reminder_is_left_on_the_evening_before(local, count, athlete, clock):
    wants(athlete.user, reminders=True)
    make_event(athlete, SUNDAY, 540, 60.0, intensity="hard")
    clock(local)
    assert queue_due_mails() == count


@pytest.mark.parametrize(
    ("session", "count"),
    [({"minutes": 60.0, "intensity": "easy"}, 0), ({"minutes": 150.0, "intensity": "easy"}, 1)]
    + [({"minutes": 45.0, "intensity": "hard"}, 1), ({"minutes": 30.0, "intensity": "race", "race": True}, 1)],
)
def test_only_a_race_and_a_long_or_hard_session_are_reminded_of(session, count, athlete, clock):
    wants(athlete.user, reminders=True)
    make_event(athlete, SUNDAY, 540, session.pop("minutes"), **session)
    clock("2026-11-21T18:00")
    assert queue_due_mails() == count


def test_one_reminder_a_day_however_often_the_beat_comes(athlete, box, clock):
    wants(athlete.user, reminders=True)
    make_event(athlete, SUNDAY, 540, 150.0)
    make_event(athlete, SUNDAY, 1020, 60.0, intensity="hard")
    for minute in ("18:00", "18:05", "20:00"):
        clock(f"2026-11-21T{minute}")
        queue_due_mails()
        sent(box)
    assert len(box.mails) == 1


def test_who_asked_for_nothing_gets_nothing(athlete, clock):
    wants(athlete.user)
    make_event(athlete, SUNDAY, 540, 150.0)
    clock("2026-11-22T18:00")
    assert queue_due_mails() == 0


def test_the_number_of_questions_to_the_database_is_the_same_for_one_and_for_many(clock, django_assert_num_queries):
    clock("2026-11-21T18:00")
    for number in range(5):
        athlete = factories.make_athlete(email=f"a{number}@example.com")
        wants(athlete.user, reminders=True, digest=True, digest_weekday=0)
        make_event(athlete, SUNDAY, 540, 60.0, intensity="easy")
    with django_assert_num_queries(2):
        assert queue_due_mails() == 0


# --- what ---


@pytest.fixture
def planned(athlete, catalogue, clock):
    """A plan from Saturday to the next Sunday, a long run on Sunday and intervals on Tuesday evening."""
    clock("2026-11-21T12:00")
    make_event(athlete, SUNDAY, 540, 150.0, title="Long run")
    make_event(athlete, SUNDAY + timedelta(days=1), 1080, 40.0, intensity="easy", title="Jog")
    make_event(athlete, SUNDAY + timedelta(days=2), 1080, 60.0, intensity="hard", title="Intervals")
    create_meal_plan(athlete=athlete, first=SATURDAY, count=7, by=athlete.user)
    return athlete


def meals(athlete, day, low, high):
    rows = PlanItem.objects.filter(revision__plan__athlete=athlete, date=day, time__gte=low, time__lt=high)
    return [item.recipe.name for item in rows.exclude(slot="during").select_related("recipe").order_by("time")]


def test_a_reminder_names_the_dinner_and_what_is_eaten_before_the_start(planned, box, clock):
    wants(planned.user, reminders=True)
    clock("2026-11-21T18:00")
    queue_due_mails()
    (mail,) = sent(box)
    text, html = parts(mail)
    dishes = [*meals(planned, SATURDAY, "17:00", "24:00"), *meals(planned, SUNDAY, "05:00", "09:00")]
    assert (mail["Subject"], len(dishes) >= 2) == ("What to eat before the long session", True)
    assert [name for name in dishes if name not in text] == []
    assert "Sunday, 22 November, 09:00: Long run" in text
    assert "https://eat.example.org/day/2026-11-22" in html


def test_the_weekly_mail_names_key_sessions_with_food_and_counts_the_others(planned, box, clock):
    wants(planned.user, digest=True, digest_weekday=5)
    clock("2026-11-21T18:00")
    queue_due_mails()
    (mail,) = sent(box)
    text, html = parts(mail)
    assert mail["Subject"] == "Your week ahead"
    assert "Sunday, 22 November, 09:00: Long run" in text
    assert "Tuesday, 24 November, 18:00: Intervals" in text
    assert "Jog" not in text
    assert "Besides, there is 1 other session." in text
    assert all(name in text for name in meals(planned, SUNDAY, "05:00", "09:00"))
    assert "1 of these days has no plan yet." in text
    assert 'href="https://eat.example.org/shopping"' in html


def test_a_minor_reads_dishes_and_no_amounts(planned, box, clock):
    Athlete.objects.update(birth_date="2011-03-04")
    wants(planned.user, reminders=True, digest=True, digest_weekday=5)
    clock("2026-11-21T18:00")
    queue_due_mails()
    whole = "".join("".join(parts(mail)) for mail in sent(box))
    assert len(box.mails) == 2
    assert "carbohydrate" not in whole
    assert meals(planned, SUNDAY, "05:00", "09:00")[0] in whole


def test_an_adult_reads_how_much_carbohydrate_a_meal_holds(planned, box, clock):
    wants(planned.user, reminders=True)
    clock("2026-11-21T18:00")
    queue_due_mails()
    assert "\u00a0g carbohydrate)" in parts(sent(box)[0])[0]


def test_no_mail_names_a_dish_that_the_athlete_may_not_eat_any_more(planned, box, clock):
    wants(planned.user, reminders=True)
    names = meals(planned, SATURDAY, "17:00", "24:00") + meals(planned, SUNDAY, "05:00", "09:00")
    Athlete.objects.update(dietary_preferences=["vegan", "gluten-free"], allergies=["soy", "tree_nuts", "peanuts"])
    clock("2026-11-21T18:00")
    queue_due_mails()
    text = parts(sent(box)[0])[0]
    from planning.services.plans import covering_plans, unsafe_items

    plan = covering_plans(Athlete.objects.get(), SUNDAY, SUNDAY)[SUNDAY]
    unsafe = {row["recipe_id"] for row in unsafe_items(Athlete.objects.get(), plan)}
    forbidden = {item.recipe.name for item in plan.current.items.all() if item.recipe_id in unsafe}
    assert forbidden & set(names)
    assert [name for name in forbidden if name in text] == []


def test_a_session_that_moved_away_takes_its_reminder_along(planned, box, clock):
    wants(planned.user, reminders=True)
    clock("2026-11-21T18:00")
    queue_due_mails()
    planned.training_events.filter(title="Long run").delete()
    assert (sent(box), MailDelivery.objects.get().state) == ([], "dropped")


def test_a_reminder_that_comes_after_the_start_is_not_sent(athlete, box, clock):
    wants(athlete.user, reminders=True)
    make_event(athlete, SUNDAY, 540, 150.0)
    clock("2026-11-21T18:00")
    queue_due_mails()
    clock("2026-11-22T09:01")
    assert (sent(box), MailDelivery.objects.get().state) == ([], "dropped")


def test_without_a_plan_a_reminder_says_what_the_hours_before_ask_for(athlete, box, clock):
    wants(athlete.user, reminders=True)
    make_event(athlete, SUNDAY, 540, 150.0, title="Long run")
    clock("2026-11-21T18:00")
    queue_due_mails()
    text = parts(sent(box)[0])[0]
    assert "Before: about " in text
    assert "This day has no plan yet." in text


def test_who_turns_the_weekly_mail_off_meanwhile_gets_none(athlete, box, clock):
    setting = wants(athlete.user, digest=True)
    clock("2026-11-22T18:00")
    queue_due_mails()
    NotificationSetting.objects.filter(pk=setting.pk).update(digest=False)
    assert sent(box) == []


@pytest.mark.parametrize("kind", ["digest", "reminder"])
def test_no_subject_holds_a_number_or_a_title(kind, planned, box, clock):
    planned.training_events.filter(title="Long run").update(title="4 x 10 min 250 W, 61 kg")
    wants(planned.user, digest=kind == "digest", reminders=kind == "reminder", digest_weekday=5)
    clock("2026-11-21T18:00")
    queue_due_mails()
    assert not set("0123456789") & set(sent(box)[0]["Subject"])


def test_a_profile_that_nothing_can_be_calculated_from_is_said_instead(athlete, box, clock):
    wants(athlete.user, digest=True)
    Athlete.objects.update(weight_kg=900.0)
    clock("2026-11-22T18:00")
    queue_due_mails()
    assert "Please correct them." in parts(sent(box)[0])[0]


# --- the coach's ---


def coach_with(*athletes, status="active"):
    coach = factories.make_coach("carol@example.com")
    wants(coach, digest=True)
    for athlete in athletes:
        CoachLink.objects.create(coach=coach, athlete=athlete, status=status)
    return coach


def test_a_coach_reads_who_needs_attention_and_why(athlete, box, clock):
    calm = factories.make_athlete(email="calm@example.com", name="Calm Carla")
    coach_with(athlete, calm)
    clock("2026-11-22T18:00")
    make_event(athlete, SUNDAY + timedelta(days=3), 540, 100.0, race=True, title="City race")
    queue_due_mails()
    (mail,) = sent(box)
    text, _ = parts(mail)
    assert mail["Subject"] == "Your athletes this week"
    assert "Alice Marić: Act now, from Wednesday 25 November" in text
    assert "City race is Wednesday 25 November, and no plan covers that day." in text
    assert "1 other athlete is on plan." in text
    assert "Calm Carla" not in text


def test_an_athlete_who_has_not_agreed_or_has_ended_it_is_in_no_coachs_mail(athlete, box, clock):
    other = factories.make_athlete(email="other@example.com", name="Other Olga")
    coach_with(athlete, other)
    clock("2026-11-22T18:00")
    for one in (athlete, other):
        make_event(one, SUNDAY + timedelta(days=3), 540, 100.0, race=True, title="City race")
    queue_due_mails()
    CoachLink.objects.filter(athlete=athlete).update(status="ended")
    (mail,) = sent(box)
    assert ("Alice" in mail.as_string(), "Other Olga" in parts(mail)[0]) == (False, True)


def test_a_coach_whom_nobody_has_answered_gets_no_weekly_mail(athlete, clock):
    coach_with(athlete, status="invited")
    clock("2026-11-22T18:00")
    assert queue_due_mails() == 0


def test_a_coach_who_lost_every_athlete_meanwhile_gets_no_mail(athlete, box, clock):
    coach_with(athlete)
    clock("2026-11-22T18:00")
    queue_due_mails()
    CoachLink.objects.update(status="ended")
    assert sent(box) == []


def test_the_coachs_mail_of_a_minor_has_no_number_of_energy(box, clock):
    minor = factories.make_athlete(
        email="minor@example.com", birth_date="2011-03-04", weight_kg=50.0, body_fat_pct=12.0, goals=["weight_loss"]
    )
    coach_with(minor)
    clock("2026-11-22T18:00")
    for offset in range(1, 6):
        make_event(minor, SUNDAY + timedelta(days=offset), 540, 180.0, intensity="hard")
    queue_due_mails()
    text = parts(sent(box)[0])[0]
    assert "An Athlete" in text
    assert "kcal" not in text
    assert re.search(r"\bkg\b", text) is None


def test_a_mail_of_an_unknown_kind_is_dropped(athlete, box):
    wants(athlete.user, digest=True)
    mails._queue(athlete.user, "telegram", "1", SUNDAY)
    assert (sent(box), MailDelivery.objects.get().state, WorkItem.objects.get().state) == ([], "dropped", "done")


def test_a_coachs_mail_is_of_one_language_and_leads_to_the_page_on_which_the_coach_can_act(athlete, box, clock):
    coach = coach_with(athlete)
    coach.language = "sr-latn"
    coach.save()
    clock("2026-11-22T18:00")
    make_event(athlete, SUNDAY + timedelta(days=3), 540, 100.0, race=True, title="Gradska trka")
    queue_due_mails()
    (mail,) = sent(box)
    text, _ = parts(mail)
    assert [words in text for words in ("Gradska trka", "sreda, 25. novembar", "Act now", "no plan covers")] == [
        True,
        True,
        False,
        False,
    ]
    assert f"/admin/roster/athlete/{athlete.pk}/" in text


def test_a_coach_of_many_reads_of_the_first_in_the_mail_and_how_many_more_there_are(athlete, box, clock, monkeypatch):
    monkeypatch.setattr(mails, "MOST_ATHLETES", 1)
    other = factories.make_athlete(email="other@example.com", name="Other Olga")
    coach_with(athlete, other)
    clock("2026-11-22T18:00")
    for one in (athlete, other):
        make_event(one, SUNDAY + timedelta(days=3), 540, 100.0, race=True, title="City race")
    queue_due_mails()
    text, _ = parts(sent(box)[0])
    assert [words in text for words in ("2 athletes need you", "Alice", "Other Olga", "1 more athlete needs you.")] == [
        True,
        True,
        False,
        True,
    ]
