"""What an athlete's feed says: planned meals, food around sessions, shopping days, as an iCalendar file.

An event keeps its UID as long as the meal keeps its place in its day. Its SEQUENCE rises with every change of what it
says, and DTSTAMP is the moment of that change, so that the same state is the same file, byte by byte.
Nothing of weight, energy or body is in it: calendars are often shared.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from athletes.mail.letters import language_of
from athletes.models import Athlete
from athletes.rules import numbers_withheld
from nutrition_site.kernel.clock import now, today
from nutrition_site.kernel.itinerary import zone_on
from planning.catalogue.names import dish_name
from planning.fueling import feed_sessions
from planning.models import FeedEntry, MealPlan, OutgoingFeed, PlanItem, ShoppingList
from planning.services.plans import covering_plans, stale_plan_ids, unsafe_items
from planning.services.stored import left_out_places, place_of
from planning.services.targets import ProfileOutOfRange, TargetDay, calculate_targets
from planning.wording import servings_in_words, slot_name

DAYS_BACK, DAYS_AHEAD = 14, 42
MEAL_MINUTES, SNACK_MINUTES = 30, 15
LONG_SLOTS = ("breakfast", "lunch", "dinner")
AROUND_SESSIONS = ("pre", "during", "post")
OUT_OF_DATE = gettext_noop("Your training or profile has changed since this plan was made. Open AthlEAT to plan again.")
WITHHELD = gettext_noop("This dish no longer fits your allergies or diet. Open AthlEAT to plan again.")
PRODUCT = "-//AthlEAT//Meals around training//EN"


@dataclass(frozen=True, slots=True)
class FeedEvent:
    """One event before it is written: `starts_at` is in the athlete's zone, or a date for an all-day event."""

    uid: str
    day: date
    title: str
    text: str
    path: str
    starts_at: datetime | date
    minutes: int = 0
    remind_minutes: int = 0


def feed_content(feed: OutgoingFeed, *, origin: str = "") -> tuple[bytes, str, datetime]:
    """The file in the athlete's language, its ETag and when it last changed. `origin` begins the links to the day's
    page."""
    with translation.override(language_of(feed.athlete.user)):
        return _content(feed, origin)


def _content(feed: OutgoingFeed, origin: str) -> tuple[bytes, str, datetime]:
    athlete = feed.athlete
    first = today(athlete.zones) - timedelta(days=DAYS_BACK)
    last = today(athlete.zones) + timedelta(days=DAYS_AHEAD)
    plans = covering_plans(athlete, first, last)
    events: list[FeedEvent] = []
    if feed.meals or feed.fueling:
        events += _plan_events(feed, athlete, plans, first, last)
    if feed.shopping:
        events += _shopping_events(feed, athlete, first, last)
    entries = _remember(feed, events)
    changed = max([feed.changed_at, *(entry.changed_at for entry in entries.values())]).replace(microsecond=0)
    body = _write(athlete, events, entries, origin)
    return body, f'"{hashlib.sha256(body).hexdigest()[:32]}"', changed


def _plan_events(
    feed: OutgoingFeed, athlete: Athlete, plans: dict[date, MealPlan], first: date, last: date
) -> Iterable[FeedEvent]:
    chosen = {plan.pk: plan for plan in plans.values()}
    stale = stale_plan_ids(athlete, list(chosen.values()))
    unsafe = {
        (pk, item["date"], item["slot"], item["index"])
        for pk, plan in chosen.items()
        for item in unsafe_items(athlete, plan)
    }
    left_out = {pk: left_out_places(plan.current) for pk, plan in chosen.items() if plan.current}
    for day, plan in sorted(plans.items()):
        if plan.current is None:
            continue
        for item in plan.current.items.all():
            wanted = feed.fueling if item.slot in AROUND_SESSIONS else feed.meals
            gone = item.status == PlanItem.Status.SKIPPED or place_of(item) in left_out[plan.pk]
            if item.date != day or not wanted or gone:
                continue
            hidden = (plan.pk, item.date.isoformat(), item.slot, item.index) in unsafe
            yield _meal(feed, item, stale=plan.pk in stale and day >= today(athlete.zones), hidden=hidden)
    if feed.fueling:
        yield from _session_events(feed, athlete, plans, first, last)


def _meal(feed: OutgoingFeed, item: PlanItem, *, stale: bool, hidden: bool) -> FeedEvent:
    clock = time.fromisoformat(item.time)
    name = dish_name(item.recipe)
    lines = [servings_in_words(item.quarters / 4)]
    if item.leftover_of:
        lines.append(_("Cooked before: heat it up."))
    ready_made = item.leftover_of or item.slot in AROUND_SESSIONS
    remind = 0 if ready_made else item.recipe.prep_minutes + item.recipe.cook_minutes
    if hidden:
        name, lines, remind = _("planned again, please"), [_(WITHHELD)], 0
    elif stale:
        lines.append(_(OUT_OF_DATE))
    return FeedEvent(
        uid=f"{item.date:%Y%m%d}-{item.slot}-{item.index}-{feed.pk}@athleat",
        day=item.date,
        title=f"{slot_name(item.slot)}: {name}",
        text="\n".join(lines),
        path=f"/day/{item.date.isoformat()}",
        starts_at=datetime.combine(item.date, clock, tzinfo=zone_on(feed.athlete.zones, item.date)),
        minutes=MEAL_MINUTES if item.slot in LONG_SLOTS else SNACK_MINUTES,
        remind_minutes=int(remind or 0),
    )


def _session_events(
    feed: OutgoingFeed, athlete: Athlete, plans: dict[date, MealPlan], first: date, last: date
) -> Iterable[FeedEvent]:
    """For each planned session with food or drink during it, what to take and when; what was done needs no more."""
    if numbers_withheld(athlete, today=today(athlete.zones)):
        return
    try:
        days: list[TargetDay] = calculate_targets(athlete=athlete, first=first, last=last)
    except ProfileOutOfRange:
        return
    for day in days:
        plan = plans.get(day.date)
        items = [item for item in plan.current.items.all() if item.date == day.date] if plan and plan.current else []
        for session in feed_sessions(athlete=athlete, day=day, items=items):
            if session.event.session is not None or session.starts_at_minute is None or not session.takes:
                continue
            words = _("%(time)s: %(amount)s g carbohydrate")
            takes = [
                words % {"time": take.time, "amount": f"{take.carbs_g:.0f}"} for take in session.takes if take.carbs_g
            ]
            if not takes:
                continue
            clock = time(*divmod(session.starts_at_minute, 60))
            yield FeedEvent(
                uid=f"{session.event.pk}-{feed.pk}@athleat",
                day=day.date,
                title=_("Fuel: %(title)s") % {"title": session.event.title},
                text="\n".join(takes),
                path=f"/day/{day.date.isoformat()}",
                starts_at=datetime.combine(day.date, clock, tzinfo=zone_on(athlete.zones, day.date)),
                minutes=max(1, round(session.duration_minutes)),
            )


def _shopping_events(feed: OutgoingFeed, athlete: Athlete, first: date, last: date) -> Iterable[FeedEvent]:
    """The day before a list's first day, once for each first day: the newest list counts."""
    lists = ShoppingList.objects.filter(athlete=athlete, first_day__gte=first, first_day__lte=last)
    newest: dict[date, ShoppingList] = {}
    for one in lists.order_by("-created_at", "-id"):
        newest.setdefault(one.first_day, one)
    for begins, one in sorted(newest.items()):
        day = begins - timedelta(days=1)
        yield FeedEvent(
            uid=f"{begins:%Y%m%d}-shopping-{feed.pk}@athleat",
            day=day,
            title=_("Shopping for %(first)s to %(last)s")
            % {"first": date_format(one.first_day, _("j F")), "last": date_format(one.last_day, _("j F"))},
            text="",
            path=f"/shopping/{one.pk}",
            starts_at=day,
        )


@transaction.atomic
def _remember(feed: OutgoingFeed, events: list[FeedEvent]) -> dict[str, FeedEntry]:
    """What has been said of each event so far; a changed one counts up. Entries of long ago are forgotten."""
    known = {entry.uid: entry for entry in FeedEntry.objects.filter(feed=feed)}
    moment = now().replace(microsecond=0)
    fresh, changed = [], []
    for event in events:
        digest = _digest(event)
        entry = known.get(event.uid)
        if entry is None:
            known[event.uid] = FeedEntry(feed=feed, uid=event.uid, digest=digest, day=event.day, changed_at=moment)
            fresh.append(known[event.uid])
        elif entry.digest != digest:
            entry.digest, entry.day, entry.changed_at = digest, event.day, moment
            entry.sequence += 1
            changed.append(entry)
    if fresh or changed:
        # Two readers at once: whoever comes second finds what the first has stored.
        FeedEntry.objects.bulk_create(fresh, ignore_conflicts=True)
        FeedEntry.objects.bulk_update(changed, ["digest", "day", "changed_at", "sequence"])
        long_ago = today(feed.athlete.zones) - timedelta(days=2 * DAYS_AHEAD)
        FeedEntry.objects.filter(feed=feed, day__lt=long_ago).delete()
    wanted = {event.uid for event in events}
    return {uid: entry for uid, entry in known.items() if uid in wanted}


def _digest(event: FeedEvent) -> str:
    said: list[Any] = [event.title, event.text, event.starts_at.isoformat(), event.minutes, event.remind_minutes]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def _write(athlete: Athlete, events: list[FeedEvent], entries: dict[str, FeedEntry], origin: str) -> bytes:
    import icalendar  # heavy, and only feeds need it

    calendar = icalendar.Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "AthlEAT")
    calendar.add("x-wr-timezone", athlete.timezone)
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"value": "DURATION"})
    for event in sorted(events, key=lambda one: (one.day, one.starts_at.isoformat(), one.uid)):
        entry = entries[event.uid]
        written = icalendar.Event()
        written.add("uid", event.uid)
        written.add("dtstamp", entry.changed_at)
        written.add("last-modified", entry.changed_at)
        written.add("sequence", entry.sequence)
        written.add("summary", event.title)
        if event.text:
            written.add("description", event.text)
        if origin:
            # Not part of what counts up: another name of the same host is no change of the meal.
            written.add("url", origin + event.path)
        written.add("transp", "TRANSPARENT")
        if isinstance(event.starts_at, datetime):
            written.add("dtstart", event.starts_at)
            written.add("duration", timedelta(minutes=event.minutes))
        else:
            written.add("dtstart", event.starts_at)
        if event.remind_minutes:
            alarm = icalendar.Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", _("Start preparing: %(title)s") % {"title": event.title})
            alarm.add("trigger", -timedelta(minutes=event.remind_minutes))
            written.add_component(alarm)
        calendar.add_component(written)
    if athlete.zones != "UTC":
        calendar.add_missing_timezones()
    return bytes(calendar.to_ical())
