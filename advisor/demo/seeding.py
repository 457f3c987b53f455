"""Making the demo. Everything goes through the services that people use; running it again adds only what is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings

from advisor.demo import feed, people
from advisor.models import Conversation
from advisor.services import ask_advisor
from athletes.models import Athlete, CalendarConnection, CoachLink, Squad, User
from athletes.services.coaches import consent_to_coach, invite_athlete
from athletes.services.events import create_event
from athletes.services.profile import create_athlete
from athletes.services.sync import sync_calendar
from nutrition_site.kernel.clock import today, zone
from nutrition_site.kernel.errors import DomainError
from planning.models import PlanItem, ShoppingList
from planning.services.plans import covering_plans, ensure_plans, set_item_status
from planning.services.shopping import create_shopping_list

Report = Callable[[str], None]
WEEKS_AHEAD = 4
SIGNED_UP_DAYS_AGO = 28


def seed_demo(*, report: Report) -> list[str]:
    """The demo around today; returns the e-mail addresses of the accounts that were made, in order.

    Accounts that exist are left as they are, with their passwords.
    """
    made: list[str] = []
    coach = _account(people.COACH_EMAIL, "Vesna Ilić", made)
    if not coach.is_coach or not coach.is_staff:
        User.objects.filter(pk=coach.pk).update(is_coach=True, is_staff=True)
        coach.refresh_from_db()
    squad, _ = Squad.objects.get_or_create(coach=coach, name=people.SQUAD)
    report("maja and her training calendar")
    maja = _athlete(people.ATHLETE_EMAIL, people.MAJA, made)
    _read_feed(maja)
    _link(coach, maja, squad)
    monday = today(maja.timezone) - timedelta(days=today(maja.timezone).weekday())
    report("her plans for this week and the next")
    _plan(maja, monday, 14, report)
    _mark_past(maja, monday)
    for email, profile, sessions, planned in people.SQUAD_MATES:
        report(f"{profile['name'].split()[0].lower()} of the squad")
        mate = _athlete(email, {"timezone": people.TIMEZONE, **profile}, made)
        _enter(mate, sessions, monday)
        _link(coach, mate, squad)
        if planned:
            _plan(mate, monday, 7, report)
    report("a shopping list and a talk with the advisor")
    _shop(maja, report)
    _talk(maja, report)
    return made


def _account(email: str, name: str, made: list[str]) -> User:
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        user = User.objects.create_user(email, people.PASSWORD, name=name)
        made.append(email)
    EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    return user


def _athlete(email: str, profile: dict[str, Any], made: list[str]) -> Athlete:
    user = _account(email, profile["name"], made)
    existing = Athlete.objects.filter(user=user).first()
    if existing is not None:
        return existing
    athlete = create_athlete(by=user, values=profile)
    # They have been here since before the first week that the demo fills: its days of rest are days of rest.
    Athlete.objects.filter(pk=athlete.pk).update(created_at=athlete.created_at - timedelta(days=SIGNED_UP_DAYS_AGO))
    athlete.refresh_from_db()
    return athlete


def _link(coach: User, athlete: Athlete, squad: Squad) -> None:
    link = invite_athlete(coach=coach, email=athlete.user.email, squad=squad)
    if link is not None and link.status == CoachLink.Status.INVITED:
        consent_to_coach(by=athlete.user, link=link)


@contextmanager
def _loopback_allowed() -> Iterator[None]:
    """The demo's feed is on this machine; where that is forbidden, it is allowed for this one reading."""
    before = settings.CALENDAR_ALLOW_PRIVATE_HOSTS
    settings.CALENDAR_ALLOW_PRIVATE_HOSTS = True
    try:
        yield
    finally:
        settings.CALENDAR_ALLOW_PRIVATE_HOSTS = before


def _read_feed(athlete: Athlete) -> None:
    """Reads the demo's calendar the way every calendar is read. Its server is gone afterwards, so it is not polled."""
    text = feed.calendar_text(today(athlete.zones), timezone=athlete.zones)
    with feed.served(text) as url, _loopback_allowed():
        calendar = CalendarConnection.objects.filter(athlete=athlete, provider="ical").first()
        if calendar is None:
            calendar = CalendarConnection(athlete=athlete, provider="ical")
        calendar.label = "Training of Maja (demo)"
        calendar.credentials = {"url": url}
        calendar.sync_state = {}
        calendar.save()
        sync_calendar(calendar_id=calendar.pk, by=athlete.user)
    CalendarConnection.objects.filter(pk=calendar.pk).update(next_sync_at=None)
    athlete.refresh_from_db()


def _enter(athlete: Athlete, sessions: tuple[tuple[int, int, int, str], ...], monday: date) -> None:
    """The sessions of the squad are entered by hand, week by week; what is there already is left alone."""
    present = set(athlete.training_events.filter(calendar=None).values_list("local_date", "title"))
    for week in range(-1, WEEKS_AHEAD):
        for weekday, hour, minutes, title in sessions:
            day = monday + timedelta(days=7 * week + weekday)
            if (day, title) in present:
                continue
            start = datetime.combine(day, time(hour), tzinfo=zone(athlete.zones)).astimezone(UTC)
            values = {"title": title, "starts_at": start, "duration_minutes": float(minutes)}
            create_event(by=athlete.user, athlete=athlete, values=values)
    athlete.refresh_from_db()


def _plan(athlete: Athlete, monday: date, days: int, report: Report) -> None:
    try:
        ensure_plans(athlete=athlete, first=monday, last=monday + timedelta(days=days - 1), by=athlete.user)
    except DomainError as error:
        report(f"no plan for {athlete.name}: {error.message}")


def _mark_past(athlete: Athlete, monday: date) -> None:
    """The days of this week before today were eaten as planned, but for one snack a day in the middle."""
    day = today(athlete.zones)
    for date_, plan in covering_plans(athlete, monday, day - timedelta(days=1)).items() if day > monday else ():
        if plan.current is None:
            continue
        for item in plan.current.items.all():
            if item.date != date_ or item.status != PlanItem.Status.PLANNED:
                continue
            skipped = item.slot == "snack" and date_.weekday() == 2
            status = PlanItem.Status.SKIPPED if skipped else PlanItem.Status.EATEN
            set_item_status(plan=plan, item_id=item.pk, status=status, by=athlete.user)


def _shop(athlete: Athlete, report: Report) -> None:
    day = today(athlete.zones)
    if ShoppingList.objects.filter(athlete=athlete, first_day__lte=day, last_day__gt=day).exists():
        return
    try:
        create_shopping_list(athlete=athlete, first=day, last=day + timedelta(days=6), by=athlete.user)
    except DomainError as error:
        report(f"no shopping list: {error.message}")


def _talk(athlete: Athlete, report: Report) -> None:
    if Conversation.objects.filter(athlete=athlete).exists():
        return
    try:
        turn = ask_advisor(athlete=athlete, message=people.QUESTION, by=athlete.user)
        ask_advisor(athlete=athlete, message=people.FOLLOW_UP, conversation_id=turn.conversation.pk, by=athlete.user)
    except DomainError as error:
        report(f"no talk with the advisor: {error.message}")
