"""What only several processes show: a kill in mid-solve, two requests at once, and the same bytes everywhere.

The processes share a database of their own: one on the PostgreSQL server of the run, or a SQLite file.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]

SETUP = """
import django, json, time, sys
django.setup()
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
PREPARE = (
    SETUP
    + """
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("load_catalogue")
factories.make_athlete("alone@example.com")
print("{}")
"""
)
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


@contextmanager
def own_database(path):
    """A database for the processes of this module; its address lies in the folder when it is not a SQLite file."""
    place = settings.DATABASES["default"]
    if not place["ENGINE"].endswith("postgresql"):
        yield
        return
    name = f"processes_{os.getpid()}"
    server = {"host": place["HOST"], "port": place["PORT"], "user": place["USER"], "password": place["PASSWORD"]}
    with psycopg.connect(dbname="postgres", autocommit=True, **server) as link:
        link.execute(f"CREATE DATABASE {name}")
        login = f"{place['USER']}:{place['PASSWORD']}@" if place["USER"] else ""
        (path / "database-url").write_text(f"postgres://{login}{place['HOST']}:{place['PORT']}/{name}")
        try:
            yield
        finally:
            link.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A product folder of its own with a database, the catalogue and one athlete."""
    path = tmp_path_factory.mktemp("processes")
    with own_database(path):
        yield prepare(path)


def prepare(path):
    run(path, PREPARE)
    return path


def environment(path, **more):
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "VIRTUAL_ENV")}
    address = path / "database-url"
    if address.exists():
        kept["DATABASE_URL"] = address.read_text()
    return {
        **kept,
        "DATA_DIR": str(path),
        "DJANGO_SETTINGS_MODULE": "nutrition_site.settings",
        "LOG_LEVEL": "error",
        "PYTHONPATH": str(ROOT),
        **more,
    }


def run(path, script, **more):
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=environment(path, **more),
        text=True,
        capture_output=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.strip().splitlines()[-1])


def kill_while_solving(path, script):
    child = subprocess.Popen(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=environment(path),
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert child.stdout.readline() == "solving\n"
    child.send_signal(signal.SIGKILL)
    assert child.wait(timeout=10) == -signal.SIGKILL
    child.stdout.close()


def test_a_plan_whose_request_and_then_whose_worker_were_killed_is_finished_once(folder):
    kill_while_solving(folder, ASK)
    kill_while_solving(folder, WORK)
    assert run(folder, FINISH) == {
        "waiting": "solving",
        "ends": ["done", "skipped"],
        "status": "verified",
        "revisions": 1,
        "doubled": 0,
    }


def test_two_processes_plan_the_same_bytes(folder):
    first, second = (run(folder, PREVIEW, PYTHONHASHSEED=seed) for seed in ("1", "2"))
    assert first["inputs_hash"] == second["inputs_hash"]
    assert json.dumps(first, sort_keys=True) == json.dumps(second, sort_keys=True)


def test_two_requests_at_once_with_one_key_make_one_plan(folder):
    result = run(folder, TWICE)
    (first, second), made = result["answers"], result["plans"]
    assert (first[0], second, made) == (201, first, 1)


def test_a_plan_whose_follower_was_killed_is_followed_once(folder):
    assert run(folder, MOVE) == {"found": 1}
    kill_while_solving(folder, FOLLOW)
    assert run(folder, FOLLOWED) == {
        "left": ["running", "skipped"],
        "ends": ["done", "skipped"],
        "states": [[1, "current"], [2, "proposed"]],
        "notices": 1,
    }
