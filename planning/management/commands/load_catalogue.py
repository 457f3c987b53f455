"""`manage.py load_catalogue`: foods and recipes of this release into the database."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from planning.catalogue.files import CatalogueError
from planning.catalogue.loader import load_catalogue


class Command(BaseCommand):
    help = "Loads the built-in foods and recipes; safe to run again, does nothing when they are up to date."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--force", action="store_true", help="load even when the version is the same")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            load_catalogue(report=lambda line: self.stdout.write(line), force=options["force"])
        except CatalogueError as error:
            raise CommandError(str(error)) from error
