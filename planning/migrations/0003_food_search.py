"""The full-text index of food search."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from planning.search_index import create_index, drop_index


def create(apps: Any, schema_editor: Any) -> None:
    create_index(schema_editor.connection)


def drop(apps: Any, schema_editor: Any) -> None:
    drop_index(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("planning", "0002_kitchen_and_preferences")]

    operations = [migrations.RunPython(create, drop)]
