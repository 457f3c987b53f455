"""`manage.py import_foods --fdc PATH`: foods of a FoodData Central release into the food table."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from planning.fdc.archive import FdcError
from planning.fdc.service import ImportReport, import_foods


class Command(BaseCommand):
    help = (
        "Imports foods of a USDA FoodData Central release (zip or folder, CSV or JSON): Foundation, SR Legacy and "
        "FNDDS foods. Updates nutrients, never reviewed tags; all or nothing; safe to repeat."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--fdc", required=True, type=Path, metavar="PATH", help="the release: a zip or a folder")
        parser.add_argument("--dry-run", action="store_true", help="tell what would change and change nothing")
        parser.add_argument("--allow-older", action="store_true", help="also when a newer release is imported already")
        parser.add_argument("--json", action="store_true", help="print the report as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = import_foods(path=options["fdc"], dry_run=options["dry_run"], allow_older=options["allow_older"])
        except FdcError as error:
            raise CommandError(f"Nothing was imported: {error}.") from error
        if options["json"]:
            self.stdout.write(json.dumps(report.as_dict(), indent=2))
        else:
            self.stdout.write("\n".join(report_lines(report)))


def report_lines(report: ImportReport) -> list[str]:
    """The report in words."""
    kinds = ", ".join(f"{count} {name}" for name, count in sorted(report.data_types.items()))
    lines = [
        f"{report.release}, published {report.release_date or 'on an unknown day'}, sha256 {report.sha256}",
        f"foods read: {kinds}",
        f"created {report.created}, updated {report.updated}, unchanged {report.unchanged}",
        f"kept from a better source {report.kept_from_a_better_source}, "
        f"skipped without protein, fat and carbohydrate {report.skipped_without_macros}",
        f"recipes recomputed {report.recipes_changed}; the catalogue version "
        + ("changes: plans made before show it" if report.catalogue_changed else "stays"),
    ]
    for kind, count in report.findings.items():
        examples = "; ".join(report.examples.get(kind, [])[:3])
        lines.append(f"{kind.replace('_', ' ')}: {count}" + (f" (such as {examples})" if examples else ""))
    if report.dry_run:
        lines.append("dry run: nothing was changed")
    return lines
