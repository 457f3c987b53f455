"""The weekly mails and the reminders: whose time has come, and what they say."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from athletes.mail.deliveries import deliver_mail, queue_mail
from athletes.mail.letters import Letter, absolute_url
from athletes.mail.quiet import clock_of
from athletes.mail.stopping import DIGEST as STOP_DIGEST
from athletes.mail.stopping import REMINDERS as STOP_REMINDERS
from athletes.models import Athlete, CoachLink, MailDelivery, NotificationSetting, TrainingEvent, User
from nutrition_site.kernel.clock import now
from nutrition_site.kernel.models import WorkItem
from planning.mapping import science_session
from planning.services.flags import Severity
from planning.services.mail_food import HARD, LONG, RACE, key_kind, read_mail_food
from planning.services.roster import RosterRow, rank_roster
from planning.services.targets import ProfileOutOfRange

# The work of a mail that planning writes.
MAIL_WORK = "plan.mail"
DIGEST, COACH_DIGEST, REMINDER = "digest", "coach_digest", "reminder"
DIGEST_TIME = time(17)
# A weekly mail that was due while nothing ran is still sent the next morning.
DIGEST_LATE = timedelta(hours=18)
DIGEST_DAYS = 7
# Before dinner is cooked, and not when it is over.
REMINDER_FROM, REMINDER_UNTIL = time(17, 30), time(21, 30)
MOST_REASONS = 3
# A coach of hundreds reads the first of them in the mail, the others on the roster.
MOST_ATHLETES = 25


def queue_due_mails() -> int:
    """Leaves every weekly mail and reminder whose time has come; returns how many. Any number of beats may do this."""
    moment = now()
    settings = list(
        NotificationSetting.objects.filter(Q(digest=True) | Q(reminders=True), user__is_active=True)
        .select_related("user__athlete")
        .order_by("pk")
    )
    return _queue_digests(settings, moment) + _queue_reminders(settings, moment)


def _queue_digests(settings: list[NotificationSetting], moment: datetime) -> int:
    due = {row: day for row in settings if row.digest and (day := digest_day(row, moment)) is not None}
    if not due:
        return 0
    coaches = set(
        User.objects.filter(pk__in=[row.user_id for row in due], is_coach=True)
        .filter(Exists(CoachLink.objects.filter(coach=OuterRef("pk"), status=CoachLink.Status.ACTIVE)))
        .values_list("pk", flat=True)
    )
    wanted: list[tuple[User, str, date]] = []
    for row, day in due.items():
        if hasattr(row.user, "athlete"):
            wanted.append((row.user, DIGEST, day))
        if row.user_id in coaches:
            wanted.append((row.user, COACH_DIGEST, day))
    told = _told([user for user, _, _ in wanted], (DIGEST, COACH_DIGEST))
    return sum(
        _queue(user, kind, week_key(day), day)
        for user, kind, day in wanted
        if (user.pk, kind, week_key(day)) not in told
    )


def digest_day(setting: NotificationSetting, moment: datetime) -> date | None:
    """The local day whose weekly mail is due at this moment, None when none is."""
    local = moment.astimezone(clock_of(setting.user))
    for back in (0, 1):
        day = local.date() - timedelta(days=back)
        start = datetime.combine(day, DIGEST_TIME, tzinfo=local.tzinfo)
        if day.weekday() == setting.digest_weekday and timedelta(0) <= local - start < DIGEST_LATE:
            return day
    return None


def week_key(day: date) -> str:
    """The ISO week of a day, such as `2026-W47`: who moves the mail to another day gets one a week all the same."""
    iso = day.isocalendar()
    return f"{iso.year}-W{iso.week:02d}"


def _queue_reminders(settings: list[NotificationSetting], moment: datetime) -> int:
    tomorrows: dict[str, date] = {}
    users: dict[str, User] = {}
    for row in settings:
        athlete = getattr(row.user, "athlete", None)
        local = moment.astimezone(clock_of(row.user))
        if row.reminders and athlete is not None and REMINDER_FROM <= local.time() < REMINDER_UNTIL:
            tomorrows[athlete.pk] = local.date() + timedelta(days=1)
            users[athlete.pk] = row.user
    if not tomorrows:
        return 0
    ahead: dict[str, date] = {}
    rows = TrainingEvent.objects.filter(athlete__in=list(tomorrows), local_date__in=set(tomorrows.values())).counting()
    for event in rows.with_completed().select_related("athlete", "race_plan").defer("description"):
        session = science_session(event, event.athlete.zones)
        if event.local_date == tomorrows[event.athlete_id] and key_kind(event, session):
            ahead[event.athlete_id] = event.local_date
    told = _told([users[pk] for pk in ahead], (REMINDER,))
    return sum(
        _queue(users[pk], REMINDER, day.isoformat(), day)
        for pk, day in sorted(ahead.items())
        if (users[pk].pk, REMINDER, day.isoformat()) not in told
    )


def _told(users: list[User], kinds: tuple[str, ...]) -> set[tuple[str, str, str]]:
    rows = MailDelivery.objects.filter(user__in=users, kind__in=kinds)
    return set(rows.values_list("user_id", "kind", "key"))


def _queue(user: User, kind: str, key: str, day: date) -> bool:
    return queue_mail(user=user, kind=kind, key=key, work=MAIL_WORK, payload={"day": day.isoformat()}) is not None


def send_planned_mail(item: WorkItem) -> bool:
    """Sends the mail of a piece of work; says whether the mail server took it. Raises what `deliver_mail` raises."""
    return deliver_mail(item, compose=_write)


def _write(delivery: MailDelivery, item: WorkItem) -> Letter | None:
    writers = {DIGEST: write_digest, COACH_DIGEST: write_coach_digest, REMINDER: write_reminder}
    setting = NotificationSetting.objects.filter(user=delivery.user_id).first()
    if setting is None or delivery.kind not in writers:
        return None
    if not (setting.reminders if delivery.kind == REMINDER else setting.digest):
        return None
    return writers[delivery.kind](delivery.user, date.fromisoformat(item.payload["day"]))


def write_digest(user: User, day: date) -> Letter | None:
    """The seven days after `day`: key sessions and what to eat around them."""
    athlete: Athlete | None = getattr(user, "athlete", None)
    if athlete is None:
        return None
    first, last = day + timedelta(days=1), day + timedelta(days=DIGEST_DAYS)
    words: dict[str, Any] = {
        "name": athlete.name,
        "first": date_format(first, _("l, j F")),
        "week_url": absolute_url(reverse("week", args=[first.isoformat()])),
        "shopping_url": absolute_url(reverse("shopping")),
        "profile_url": absolute_url(reverse("settings_profile")),
    }
    try:
        words["food"] = read_mail_food(athlete=athlete, first=first, last=last)
    except ProfileOutOfRange:
        words["food"] = None
    return Letter(subject=_("Your week ahead"), template="digest", words=words, stops=STOP_DIGEST)


def write_reminder(user: User, day: date) -> Letter | None:
    """What to eat before the key sessions of `day`; None when they moved away, are over, or nothing can be told."""
    athlete: Athlete | None = getattr(user, "athlete", None)
    if athlete is None:
        return None
    local = now().astimezone(clock_of(user))
    try:
        food = read_mail_food(athlete=athlete, first=day, last=day)
    except ProfileOutOfRange:
        return None
    minute = local.hour * 60 + local.minute if local.date() == day else -1 if local.date() < day else 24 * 60
    sessions = [row for row in food.sessions if (24 * 60 - 1 if row.minute is None else row.minute) > minute]
    if not sessions:
        return None
    kinds = {row.kind for row in sessions}
    subject = {
        RACE: _("What to eat before the race"),
        LONG: _("What to eat before the long session"),
        HARD: _("What to eat before the hard session"),
    }[next(kind for kind in (RACE, LONG, HARD) if kind in kinds)]
    return Letter(
        subject=subject,
        template="reminder",
        words={
            "name": athlete.name,
            "sessions": sessions,
            # Past midnight the evening before is over.
            "evening": food.evening if local.date() < day else (),
            "is_planned": day not in food.unplanned,
            "day_url": absolute_url(reverse("day", args=[day.isoformat()])),
        },
        stops=STOP_REMINDERS,
    )


def write_coach_digest(user: User, day: date) -> Letter | None:
    """Who of the athletes that agreed needs the coach, and why; None for who coaches nobody."""
    if not user.is_coach:
        return None
    rows = rank_roster(user)
    if not rows:
        return None
    needing = [row for row in rows if (row.severity or 0) > Severity.NOTICE]
    return Letter(
        subject=_("Your athletes this week"),
        template="coach_digest",
        words={
            "name": user.name or user.email,
            "needing": len(needing),
            "athletes": [_athlete_words(row) for row in needing[:MOST_ATHLETES]],
            "more": max(0, len(needing) - MOST_ATHLETES),
            "others": len(rows) - len(needing),
            "roster_url": absolute_url(reverse("admin:index")),
        },
        stops=STOP_DIGEST,
    )


def _athlete_words(row: RosterRow) -> dict[str, Any]:
    flags = [flag for flag in row.flags if flag.severity > Severity.NOTICE]
    return {
        "name": row.athlete.name,
        "reason": row.reason,
        "flags": [{"label": flag.label, "sentence": flag.sentence} for flag in flags[:MOST_REASONS]],
        "url": absolute_url(reverse("admin:coach_athlete", args=[row.athlete.pk])),
    }
