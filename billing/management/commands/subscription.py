"""`manage.py subscription grant EMAIL TIER [--until 2026-12-31] [--renews]`, `… extend EMAIL`, `… end EMAIL`."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.dateparse import parse_date, parse_datetime

from billing import services
from nutrition_site.kernel.errors import DomainError


def parse_until(text: str | None) -> datetime | None:
    """A moment, or the end of a day in UTC. Raises CommandError for anything else."""
    if text is None:
        return None
    try:
        day = parse_date(text)
        if day is not None:
            return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=1)
        moment = parse_datetime(text)
    except ValueError as error:
        raise CommandError(f"--until: {error}")
    if moment is None:
        raise CommandError("--until must be a date (2026-12-31) or a moment (2026-12-31T12:00:00+01:00)")
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


class Command(BaseCommand):
    help = "Grants, extends or ends the subscription of an account."

    def add_arguments(self, parser: CommandParser) -> None:
        deeds = parser.add_subparsers(dest="deed", required=True)
        grant = deeds.add_parser("grant", help="give a tier from now on")
        grant.add_argument("email")
        grant.add_argument("tier")
        grant.add_argument("--until", help="last day or moment; without it there is no end")
        grant.add_argument("--renews", action="store_true", help="add a month each time the end comes")
        grant.add_argument("--note", default="")
        extend = deeds.add_parser("extend", help="move the end, by a month without --until")
        extend.add_argument("email")
        extend.add_argument("--until")
        end = deeds.add_parser("end", help="end it now")
        end.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        user = get_user_model().objects.filter(email__iexact=options["email"]).first()
        if user is None:
            raise CommandError(f"There is no account {options['email']}")
        try:
            row = self._do(user, options)
        except DomainError as error:
            raise CommandError(error.message)
        end = row.ended_at or row.current_period_end
        words = f"until {end:%Y-%m-%d %H:%M %Z}" if end else "without end"
        self.stdout.write(f"{user.email}: {row.tier_id} {row.status} {words}")

    def _do(self, user: Any, options: dict[str, Any]) -> Any:
        if options["deed"] == "grant":
            return services.grant_subscription(
                user=user,
                tier_id=options["tier"],
                by=None,
                until=parse_until(options["until"]),
                renews=options["renews"],
                note=options["note"],
            )
        if options["deed"] == "extend":
            return services.extend_subscription(user=user, by=None, until=parse_until(options["until"]))
        return services.end_subscription(user=user, by=None)
