"""What only several processes show: a kill in mid-solve, two requests at once, and the same bytes everywhere.

The processes share a database of their own, a copy of that of the run.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.factories import make_athlete
from tests.processes import Nursery, database_copy
from tests.standing import standing_rows

# The database is there to be copied.
pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]

LOADED = ("nutrition_site.urls", "planning.services.moved_plans", "planning.services.solving", "tests.factories")
# As in a server that has planned before: reading the catalogue takes longer than to plan.
KNOWN = "from planning.services.choice import read_catalogue\nread_catalogue()"
# What sets have for an order in these processes.
HASH_SEED, OTHER_HASH_SEED = "1", "2"
SETUP = """
import json, time
from datetime import date, timedelta
from athletes.models import Athlete
from nutrition_site.kernel.clock import now
from nutrition_site.kernel.models import WorkItem
from nutrition_site.kernel.work import run_item
from planning.models import MealPlan, PlanItem, PlanRevision
from planning.services import plans, solving
from tests import factories
MONDAY = date(2026, 10, 5)
def hang(*args, **kwargs):
    print("solving", flush=True)
    time.sleep(120)
"""
ASK = (
    SETUP
    + """
solving.solve = hang
athlete = Athlete.objects.get()
plans.create_meal_plan(athlete=athlete, first=MONDAY, count=1, by=athlete.user)
"""
)
WORK = (
    SETUP
    + """
solving.solve = hang
WorkItem.objects.update(run_after=now(), lease_until=now() - timedelta(seconds=1))
run_item(WorkItem.objects.get(kind="plan.solve").pk)
"""
)
FINISH = (
    SETUP
    + """
waiting = MealPlan.objects.get().status
WorkItem.objects.update(lease_until=now() - timedelta(seconds=1))
item = WorkItem.objects.get(kind="plan.solve")
ends = [run_item(item.pk), run_item(item.pk)]
plan = MealPlan.objects.get()
places = list(PlanItem.objects.values_list("date", "slot", "index"))
print(json.dumps({"waiting": waiting, "ends": ends, "status": plan.status,
                  "revisions": PlanRevision.objects.count(), "doubled": len(places) - len(set(places))}))
"""
)
PREVIEW = (
    SETUP
    + """
found = plans.preview_meal_plan(athlete=Athlete.objects.get(), first=MONDAY, count=3)
document = plans.preview_document(*found)
document.pop("training_data_as_of")
print(json.dumps(document, sort_keys=True))
"""
)
TWICE = (
    SETUP
    + """
from concurrent.futures import ThreadPoolExecutor
athlete = Athlete.objects.get()
MealPlan.objects.all().delete()
def ask(number):
    from django.db import connection
    answer = factories.ApiClient(athlete.user).post(
        f"/v1/athletes/{athlete.pk}/meal-plans", {"week_start": "2026-10-05", "days": 1}, **{"Idempotency-Key": "one"})
    connection.close()
    return answer.status_code, answer.json()["id"]
with ThreadPoolExecutor(2) as pool:
    answers = list(pool.map(ask, range(2)))
print(json.dumps({"answers": answers, "plans": MealPlan.objects.count()}))
"""
)

MOVE = (
    SETUP
    + """
from datetime import UTC, datetime, time as clock
from athletes.models import TrainingEvent
from athletes.services.versions import raise_training_version
from nutrition_site.kernel.clock import today
from planning.services.moved_plans import find_moved_plans
MealPlan.objects.all().delete()
WorkItem.objects.all().delete()
athlete = Athlete.objects.get()
day, later = today(athlete.timezone) + timedelta(days=1), timedelta(days=1)
run = TrainingEvent.objects.create(
    athlete=athlete, type="workout", sport="run", title="Long run", intensity="moderate", duration_minutes=120,
    local_date=day, starts_at=datetime.combine(day, clock(8), tzinfo=UTC))
plans.create_meal_plan(athlete=athlete, first=day, count=2, by=athlete.user)
TrainingEvent.objects.update(local_date=day + later, starts_at=run.starts_at + later)
raise_training_version(athlete.pk)
found = find_moved_plans()
WorkItem.objects.filter(kind="plan.follow").update(run_after=now())
print(json.dumps({"found": found}))
"""
)
FOLLOW = (
    SETUP
    + """
from planning.services import following
following.first_that_works = hang
run_item(WorkItem.objects.get(kind="plan.follow").pk)
"""
)
FOLLOWED = (
    SETUP
    + """
from athletes.models import Notice
item = WorkItem.objects.get(kind="plan.follow")
left = [item.state, run_item(item.pk)]
WorkItem.objects.filter(pk=item.pk).update(lease_until=now() - timedelta(seconds=1))
ends = [run_item(item.pk), run_item(item.pk)]
states = list(PlanRevision.objects.values_list("number", "state"))
print(json.dumps({"left": left, "ends": ends, "states": states, "notices": Notice.objects.count()}))
"""
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory, django_db_setup, django_db_blocker):
    """A product folder of its own with a database that holds the catalogue and one athlete."""
    path = tmp_path_factory.mktemp("processes")
    with ExitStack() as stack:
        with django_db_blocker.unblock(), standing_rows():
            make_athlete("alone@example.com")
            address = stack.enter_context(database_copy(path))
        (path / "database-url").write_text(address)
        yield path


def environment(path, **more):
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "VIRTUAL_ENV")}
    return {
        **kept,
        "DATABASE_URL": (path / "database-url").read_text(),
        "DATA_DIR": str(path),
        "DJANGO_SETTINGS_MODULE": "nutrition_site.settings",
        "LOG_LEVEL": "error",
        "PYTHONPATH": str(ROOT),
        **more,
    }


@pytest.fixture(scope="module")
def nursery(folder):
    made = Nursery(folder, environment(folder, PYTHONHASHSEED=HASH_SEED), *LOADED, learn=KNOWN)
    yield made
    made.close()


def run(nursery, script):
    return json.loads(nursery.run(script)[-1])


def run_alone(path, script, **more):
    """The same in a process that nothing was loaded for."""
    done = subprocess.run(
        [sys.executable, "-c", "import django\ndjango.setup()\n" + script],
        cwd=ROOT,
        env=environment(path, **more),
        text=True,
        capture_output=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.strip().splitlines()[-1])


def kill_while_solving(nursery, script):
    child = nursery.start(script)
    child.wait_for("solving")
    child.kill()


def test_a_plan_whose_request_and_then_whose_worker_were_killed_is_finished_once(nursery):
    kill_while_solving(nursery, ASK)
    kill_while_solving(nursery, WORK)
    assert run(nursery, FINISH) == {
        "waiting": "solving",
        "ends": ["done", "skipped"],
        "status": "verified",
        "revisions": 1,
        "doubled": 0,
    }


def test_two_processes_plan_the_same_bytes(folder, nursery):
    first, second = run(nursery, PREVIEW), run_alone(folder, PREVIEW, PYTHONHASHSEED=OTHER_HASH_SEED)
    assert first["inputs_hash"] == second["inputs_hash"]
    assert json.dumps(first, sort_keys=True) == json.dumps(second, sort_keys=True)


def test_two_requests_at_once_with_one_key_make_one_plan(nursery):
    result = run(nursery, TWICE)
    (first, second), made = result["answers"], result["plans"]
    assert (first[0], second, made) == (201, first, 1)


def test_a_plan_whose_follower_was_killed_is_followed_once(nursery):
    assert run(nursery, MOVE) == {"found": 1}
    kill_while_solving(nursery, FOLLOW)
    assert run(nursery, FOLLOWED) == {
        "left": ["running", "skipped"],
        "ends": ["done", "skipped"],
        "states": [[1, "current"], [2, "proposed"]],
        "notices": 1,
    }
