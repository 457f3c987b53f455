"""Athletes with a calendar each, for `script/bench polling`. Needs a set-up Django and an empty database."""

from __future__ import annotations

import random
from datetime import timedelta

from athletes.calendars import ical
from athletes.models import Athlete, CalendarConnection, CalendarHost, User
from athletes.services.sync import ask_provider, host_of
from nutrition_site.kernel import http
from nutrition_site.kernel.clock import now
from script.support.polling.feed_server import address

BATCH = 1000


def make_calendars(*, count: int, hosts: int, port: int, share_of_first: float, seed: int) -> None:
    """Connects `count` calendars to `hosts` addresses, the first of which has `share_of_first` of them.

    Each knows its feed already, as if it had been read before: the first answer may be 304.
    """
    chance = random.Random(seed)
    # What the provider keeps after a first reading, without reading ten thousand files.
    ical._get = lambda *given: http.Fetched(200, {"etag": '"0"'}, b"-")
    ical.parse_calendar = lambda *given: ical.ParsedCalendar([])
    moment = now()
    for start in range(0, count, BATCH):
        numbers = range(start, min(start + BATCH, count))
        users = [User(email=f"athlete{number}@bench.example", password="!") for number in numbers]
        User.objects.bulk_create(users)
        athletes = [Athlete(user=user, name="An athlete", sport="run", timezone="UTC") for user in users]
        Athlete.objects.bulk_create(athletes)
        calendars = []
        for number, athlete in zip(numbers, athletes, strict=True):
            host = 0 if chance.random() < share_of_first else 1 + number % (hosts - 1)
            calendar = CalendarConnection(
                athlete=athlete,
                provider="ical",
                label="Training",
                status="ok",
                credentials={"url": f"http://{address(host)}:{port}/{number}.ics"},
                last_synced_at=moment,
            )
            calendar.host = host_of(calendar)
            calendar.sync_state = dict(ask_provider(calendar).sync_state)
            calendars.append(calendar)
        CalendarConnection.objects.bulk_create(calendars)


def schedule(*, within_seconds: float, host: str = "", seed: int, limit: int = 0) -> int:
    """Gives free calendars (of one host, at most `limit`) a next time within so many seconds; the others a year."""
    chance = random.Random(seed)
    CalendarHost.objects.update(failures=0, paused_until=None)
    moment = now()
    idle = {"sync_lease": "", "sync_lease_until": None, "status": "ok", "failures": 0, "last_synced_at": moment}
    CalendarConnection.objects.update(next_sync_at=moment + timedelta(days=365), **idle)
    chosen = CalendarConnection.objects.filter(host=host) if host else CalendarConnection.objects.all()
    ids = list(chosen.order_by("pk").values_list("pk", flat=True))
    chance.shuffle(ids)
    ids = ids[: limit or None]
    groups = min(500, max(1, len(ids)))
    for number in range(groups):
        due = moment + timedelta(seconds=within_seconds * (number + chance.random()) / groups)
        CalendarConnection.objects.filter(pk__in=ids[number::groups]).update(next_sync_at=due)
    return len(ids)
