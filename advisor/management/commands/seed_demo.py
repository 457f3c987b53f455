"""`manage.py seed_demo`: people to look around with. Progress goes to standard error, sign-ins to standard output."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from advisor.demo import people
from advisor.demo.seeding import seed_demo
from planning.models import Recipe


class Command(BaseCommand):
    help = "Makes the demo: an athlete with a calendar and plans, a coach, a squad. Safe to run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--yes", action="store_true", help="also on a production system")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION and not options["yes"]:
            raise CommandError("The demo has a password that everybody knows. Use --yes to make it here anyway.")
        if not Recipe.objects.filter(active=True).exists():
            raise CommandError("There is no recipe yet. Run load_catalogue first.")
        started = time.monotonic()
        made = seed_demo(report=self._report)
        self._report(f"ready after {time.monotonic() - started:.1f} s")
        for email, words in ((people.ATHLETE_EMAIL, "athlete"), (people.COACH_EMAIL, "coach")):
            password = people.PASSWORD if email in made else f"as before ({people.PASSWORD} unless it was changed)"
            self.stdout.write(f"Sign in as {words}: {email}, password: {password}")

    def _report(self, line: str) -> None:
        self.stderr.write(f"demo: {line}")
