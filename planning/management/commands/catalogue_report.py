"""`manage.py catalogue_report`: how much choice every diet has in every slot, computed from the catalogue files."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from planning.catalogue import coverage
from planning.catalogue.files import CatalogueError


class Command(BaseCommand):
    """Prints the table of coverage; reads no database."""

    help = "Prints how many dishes each diet finds in each slot."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            dishes = coverage.read_dishes()
        except CatalogueError as error:
            raise CommandError(str(error)) from error
        for line in coverage.table_lines(dishes):
            self.stdout.write(line)
