"""Tells the constants in force, so that what was changed in the admin can be brought back into the reviewed table."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from planning.science.constants import CONSTANTS
from planning.science.constants_values import as_json, in_words
from planning.services.constant_changes import applied_changes
from planning.services.constants_in_force import revision_of
from planning.services.curation_constants import review_of, stored_table


class Command(BaseCommand):
    help = "Lists the constants in force: name, value, unit, evidence, source, and what was changed or agreed to."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--changed", action="store_true", help="only those that differ from the published table")
        parser.add_argument("--json", action="store_true", help="as one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        table, refused = stored_table(), revision_of(applied_changes())[1]
        reviews = review_of(table)
        rows = []
        for row in table.rows.values():
            published, review = CONSTANTS[row.name].value, reviews.get(row.name)
            if options["changed"] and row.value == published:
                continue
            rows.append(
                {
                    "name": row.name,
                    "value": as_json(row.value),
                    "published": as_json(published),
                    "unit": row.unit,
                    "source": row.source,
                    "evidence": row.tag,
                    "changed_in": None if review is None or row.value == published else review.change.version,
                    "agreed": review.in_words if review and review.is_agreed else None,
                    "changed_source": None if review is None or row.value == published else review.change.source,
                }
            )
        if options["json"]:
            document = {"version": table.version, "engine_version": table.engine_version, "constants": rows}
            self.stdout.write(json.dumps({**document, "refused": refused}, indent=2, ensure_ascii=False))
            return
        self.stdout.write(f"version {table.version}, engine {table.engine_version}")
        for told in rows:
            line = f"{told['name']:<44} {in_words(table.rows[told['name']].value)} {told['unit']} [{told['evidence']}]"
            if told["changed_in"] is not None:
                published = in_words(CONSTANTS[told["name"]].value)
                line += f" changed in version {told['changed_in']}, published {published}"
            self.stdout.write(line)
        for name, why in refused.items():
            self.stderr.write(f"{name}: a changed value does not hold any more. {why}")
