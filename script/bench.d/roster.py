"""What the coach's pages cost for a squad: milliseconds and queries of the roster and of the squad's week.

A constructed squad of 200 athletes (`--athletes`) on an in-memory database: each with two weeks of sessions and a plan
of a week, a tenth behind their training, a tenth racing within the week, a tenth disconnected, a tenth with a limit.
Medians of `--rounds` calls.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from script.support.console import say

MOST_QUERIES, MOST_MS = 10, 300.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--athletes", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=9)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update({"DJANGO_SETTINGS_MODULE": "nutrition_site.settings", "DATA_DIR": folder})
        os.environ.setdefault("DEBUG", "false")
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        coach = make_squad(chosen.athletes)
        measure(coach, chosen.rounds)


def make_squad(count: int) -> Any:
    """A coach with so many athletes, of whom each tenth has another reason to be looked at."""
    from athletes.models import Athlete, CalendarConnection, CoachLink, TrainingEvent, User
    from nutrition_site.kernel import clock
    from planning.models import CoachBound, MealPlan, PlanRevision
    from planning.services.targets import calculate_targets

    coach = User.objects.create_user("coach@example.com", "a bench and nothing else", is_coach=True, is_staff=True)
    for number in range(count):
        user = User.objects.create_user(f"a{number}@example.com")
        made = Athlete.objects.create(
            user=user,
            name=f"Athlete {number:03}",
            sport="run",
            birth_date="1994-05-17",
            sex="F" if number % 2 else "M",
            height_cm=165.0 + number % 25,
            weight_kg=55.0 + number % 30,
            timezone="Europe/Belgrade",
        )
        athlete = Athlete.objects.get(pk=made.pk)
        day = clock.today(athlete.zones)
        CoachLink.objects.create(coach=coach, athlete=athlete, status="active", consented_at=clock.now())
        for offset in range(-6, 8):
            if (number + offset) % 3:
                TrainingEvent.objects.create(
                    athlete=athlete,
                    title="Run",
                    type="race" if number % 10 == 1 and offset == 5 else "workout",
                    sport="run",
                    starts_at=clock.midnight(day, athlete.zones) + timedelta(days=offset, hours=7),
                    local_date=day + timedelta(days=offset),
                    duration_minutes=60.0,
                    intensity="easy",
                )
        if number % 10 == 2:
            CalendarConnection.objects.create(athlete=athlete, provider="ical", credentials={}, status="reconnect")
        if number % 10 == 3:
            CoachBound.objects.create(
                athlete=athlete,
                coach=coach,
                measure="protein_g",
                minimum=110.0,
                reason="More",
                first_day=day,
                last_day=day + timedelta(days=6),
            )
        if number % 10 == 4:
            continue
        plan = MealPlan.objects.create(athlete=athlete, week_start=day, days=7, status="verified", revision=1)
        targets = calculate_targets(athlete=athlete, first=day, last=day + timedelta(days=6))
        plan.current = PlanRevision.objects.create(
            plan=plan,
            number=1,
            days=[{"date": row.date.isoformat(), "target": row.payload, "training_event": None} for row in targets],
            inputs_hash="sha256:0",
            training_version=athlete.training_version - (1 if number % 10 == 5 else 0),
            profile_version=athlete.profile_version,
            catalogue_version="0",
            training_data_as_of=clock.now(),
        )
        plan.save(update_fields=["current"])
    return coach


def measure(coach: Any, rounds: int) -> None:
    from nutrition_site.kernel import clock
    from planning.mapping import monday_of
    from planning.services.coaching_week import squad_week
    from planning.services.roster import rank_roster

    monday = monday_of(clock.today("UTC"))
    timed("roster", lambda: rank_roster(coach), rounds)
    timed("squad week", lambda: squad_week(coach, monday), rounds)


def timed(name: str, call: Callable[[], list[Any]], rounds: int) -> None:
    """Says the median time and the queries of a call, and whether they stay within what is promised."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as seen:
        rows = call()
    times, busy = [], []
    for _ in range(rounds):
        begun, worked = time.perf_counter(), time.process_time()
        call()
        times.append(1000 * (time.perf_counter() - begun))
        busy.append(1000 * (time.process_time() - worked))
    median = statistics.median(times)
    kept = len(seen) <= MOST_QUERIES and median <= MOST_MS
    say(
        f"{name:12} {len(rows)} athletes: {median:.0f} ms median ({min(times):.0f} to {max(times):.0f}), "
        f"{statistics.median(busy):.0f} ms of processor, "
        f"{len(seen)} queries; {'within' if kept else 'BEYOND'} {MOST_MS:.0f} ms and {MOST_QUERIES} queries"
    )


if __name__ == "__main__":
    main()
