"""A worker killed in mid-sync: another takes the work up again, and nothing is there twice.

Runs real processes on a database that they share, a copy of that of the run.
"""

from __future__ import annotations

import os
import textwrap
import time

import pytest

from tests.athletes.feeds import Answer, calendar, feed_server, hang
from tests.processes import Nursery, database_copy

# The database is there to be copied.
pytestmark = [pytest.mark.core, pytest.mark.django_db]


@pytest.fixture(scope="module")
def database(tmp_path_factory, django_db_setup):
    with database_copy(tmp_path_factory.mktemp("world")) as address:
        yield address


@pytest.fixture
def nursery(tmp_path, database):
    """Runs pieces of Python in processes of their own, against the shared database."""
    environment = {
        **os.environ,
        "DATABASE_URL": database,
        "DATA_DIR": str(tmp_path),
        "REDIS_URL": "",
        "CALENDAR_ALLOW_PRIVATE_HOSTS": "1",
        "JWT_SECRET": "a secret for two processes that is long enough",
    }
    made = Nursery(tmp_path, environment, "athletes.services.polling", "athletes.services.profile")
    yield made
    made.close()


def run(nursery, code):
    return [line for line in nursery.run(textwrap.dedent(code)) if line.startswith("> ")]


def test_the_work_of_a_killed_worker_is_taken_up_again_and_nothing_doubles(nursery):
    events = [f"UID:{n}\nDTSTART:20261101T070000Z\nDTEND:20261101T080000Z\nSUMMARY:Run" for n in range(25)]
    with feed_server(**{"a.ics": Answer(script=hang)}) as server:
        item = run(
            nursery,
            f"""
            from athletes.models import User
            from athletes.services.calendars import connect_calendar
            from athletes.services.profile import create_athlete
            from nutrition_site.kernel.entitlements import Entitlements
            from nutrition_site.kernel.models import WorkItem
            user = User.objects.create_user("ana@example.com", "correct horse battery")
            athlete = create_athlete(by=user, values={{"name": "Ana", "sport": "run"}})
            fields = {{"url": "{server.url}/a.ics"}}
            connect_calendar(by=user, athlete=athlete, provider="ical", fields=fields, entitlements=Entitlements())
            print("> " + WorkItem.objects.get().pk)
            """,
        )[0].removeprefix("> ")
        worker = nursery.start(f"from nutrition_site.kernel.work import run_item; run_item('{item}')")
        deadline = time.monotonic() + 30
        while not server.requests and time.monotonic() < deadline:
            time.sleep(0.02)
        worker.kill()
        server.answers["/a.ics"] = Answer(calendar(*events))
        state = run(
            nursery,
            f"""
            from datetime import timedelta
            from athletes.models import CalendarConnection, TrainingEvent
            from nutrition_site.kernel.clock import now
            from nutrition_site.kernel.models import WorkItem
            from nutrition_site.kernel.work import run_item
            item = WorkItem.objects.get()
            print("> left", item.state, bool(CalendarConnection.objects.get().sync_lease), run_item(item.pk))
            past = now() - timedelta(seconds=1)
            WorkItem.objects.update(lease_until=past)
            CalendarConnection.objects.update(sync_lease_until=past)
            print("> again", run_item("{item}"), run_item("{item}"))
            print("> then", CalendarConnection.objects.get().status, TrainingEvent.objects.count())
            """,
        )
        assert len(server.requests) == 2
        assert state == ["> left running True skipped", "> again done skipped", "> then ok 25"]
        # The same for a reader of the due queue, who has no piece of work but the calendar's own row.
        server.answers["/a.ics"] = Answer(script=hang)
        reader = nursery.start(
            textwrap.dedent("""
            from athletes.models import CalendarConnection
            from athletes.services.polling import read_due
            from nutrition_site.kernel.clock import now
            CalendarConnection.objects.update(next_sync_at=now())
            read_due()
            """)
        )
        deadline = time.monotonic() + 30
        while len(server.requests) < 3 and time.monotonic() < deadline:
            time.sleep(0.02)
        reader.kill()
        server.answers["/a.ics"] = Answer(calendar(*events[:20]))
        followed = run(
            nursery,
            """
            from datetime import timedelta
            from athletes.models import CalendarConnection, TrainingEvent
            from athletes.services.polling import read_due
            from nutrition_site.kernel.clock import now
            print("> before", read_due())
            past = now() - timedelta(seconds=1)
            CalendarConnection.objects.update(sync_lease_until=past, next_sync_at=past)
            print("> after", read_due(), CalendarConnection.objects.get().status, TrainingEvent.objects.count())
            """,
        )
    assert followed == ["> before 0", "> after 1 ok 20"]
