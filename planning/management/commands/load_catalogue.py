"""`manage.py load_catalogue`: foods and recipes of this release into the database."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from planning.catalogue.files import CatalogueError
from planning.catalogue.loader import load_catalogue
from planning.search_index import ensure_index
from planning.services.changed_dishes import follow_changed_dishes
from planning.services.own_recipes import recompute_recipes


class Command(BaseCommand):
    help = "Loads the built-in foods and recipes; safe to run again, does nothing when they are up to date."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--force", action="store_true", help="load even when the version is the same")

    def handle(self, *args: Any, **options: Any) -> None:
        if ensure_index(connection):
            self.stdout.write("food search index restored")
        try:
            load_catalogue(
                report=lambda line: self.stdout.write(line), force=options["force"], moved=follow_changed_dishes
            )
        except CatalogueError as error:
            raise CommandError(str(error)) from error
        # A reviewed food may say something else about its allergens now: athletes' own dishes follow.
        recompute_recipes()
