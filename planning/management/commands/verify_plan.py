"""Checks stored plans again, from the rows of the database alone."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from planning.models import MealPlan
from planning.services.recheck import certify_stored


class Command(BaseCommand):
    help = "Measures every requirement of a stored plan again, prints it, and ends with 1 when one is broken."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("plan_id", help="a meal plan, mpl_…")

    def handle(self, *args: Any, **options: Any) -> None:
        plan = MealPlan.objects.select_related("current", "athlete").filter(pk=options["plan_id"]).first()
        if plan is None:
            raise CommandError("There is no such plan.")
        if plan.current is None:
            raise CommandError(f"The plan is {plan.status}: there is nothing to verify.")
        certificate = certify_stored(plan)
        for row in certificate["rows"]:
            self.stdout.write(self._line(row))
        for row in certificate["violations"]:
            where = " ".join(part for part in (row["date"], row["slot"]) if part)
            self.stdout.write(f"VIOLATED {row['code']} {where}: {row['message']}")
        if not certificate["ok"]:
            raise CommandError(f"{plan.pk} revision {plan.revision}: {len(certificate['violations'])} violations")
        self.stdout.write(f"{plan.pk} revision {plan.revision}: verified, {len(certificate['rows'])} requirements")

    @staticmethod
    def _line(row: dict[str, Any]) -> str:
        low = "-" if row["low"] is None else f"{row['low']:.2f}"
        high = "-" if row["high"] is None else f"{row['high']:.2f}"
        return f"{row['day'] or 'plan':<10} {row['name']:<16} {row['value']:>10.2f}  [{low}, {high}]"
