"""The database that tests begin with: migrated, and filled with the catalogue, once in a run.

A parallel run has it made by `python -m tests.first_database` while its processes are still collecting their tests
(`script/support/pytest_workers.py`), and each of them copies it. A test with real transactions leaves behind whatever
it wrote, so afterwards there is a new copy: a twentieth of the work of emptying the tables and loading them again.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection, connections
from psycopg import sql

from script.support.test_suite import FIRST_DATABASE


def make(name: str) -> None:
    """Makes this database and stays connected to it."""
    from planning.catalogue.loader import load_catalogue

    connection.settings_dict["TEST"]["NAME"] = name
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    load_catalogue()
    if connection.vendor == "postgresql":
        # No autovacuum runs here, and without it every search through the foods is planned blindly.
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE planning_food, planning_recipe, planning_recipeingredient")


class FirstDatabase:
    """The test database of this process, and the untouched one that it is a copy of."""

    def __init__(self) -> None:
        self.name = str(connection.settings_dict["TEST"]["NAME"] or f"test_{connection.settings_dict['NAME']}")
        shared = os.environ.get(FIRST_DATABASE)
        self.is_shared = shared is not None
        if shared is not None:
            self.source = wait_for_name(Path(shared))
        else:
            self.source = f"{self.name}_first"
            make(self.source)
        settings.DATABASES[connection.alias]["NAME"] = connection.settings_dict["NAME"] = self.name
        self.renew()

    def renew(self) -> None:
        """The test database as it was at first, whatever was committed to it."""
        disconnect()
        copy_database(self.source, self.name)

    def remove(self) -> None:
        disconnect()
        for name in [self.name] if self.is_shared else [self.name, self.source]:
            remove_database(name)


def disconnect() -> None:
    """Ends the connections of this thread, and those that a pool has ready."""
    connections.close_all()
    if connection.vendor == "postgresql":
        connection.close_pool()


def copy_database(source: str, target: str) -> None:
    """Puts a copy of one database in the place of another. On PostgreSQL nobody may be connected to the source."""
    if connection.vendor == "postgresql":
        with server_link() as link:
            _drop(link, target)
            names = sql.Identifier(target), sql.Identifier(source)
            link.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*names))
        return
    with closing(sqlite3.connect(source)) as read, closing(sqlite3.connect(target)) as written:
        # A test database need not survive a power cut.
        written.execute("PRAGMA synchronous=OFF")
        read.backup(written)


def remove_database(name: str) -> None:
    if connection.vendor == "postgresql":
        with server_link() as link:
            _drop(link, name)
        return
    for ending in ("", "-wal", "-shm"):
        Path(name + ending).unlink(missing_ok=True)


@contextmanager
def server_link() -> Iterator[psycopg.Connection[Any]]:
    """A connection to the PostgreSQL server of the run, to none of the databases that tests use."""
    place = connection.settings_dict
    server = {"host": place["HOST"], "port": place["PORT"], "user": place["USER"], "password": place["PASSWORD"]}
    with psycopg.connect(dbname="postgres", autocommit=True, **server) as link:
        yield link


def _drop(link: psycopg.Connection[Any], name: str) -> None:
    link.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def wait_for_name(announced: Path) -> str:
    """The name that the process wrote which makes the database. It holds a lock on that file as long as it lives."""
    with announced.open(encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        name = file.read()
    if not name:
        raise RuntimeError(f"the database for the tests was not made:\n{announced.with_suffix('.log').read_text()}")
    return name


def main() -> None:
    """`python -m tests.first_database NAME FILE`: makes it, and then writes its name (SQLite: path) into the file."""
    # The settings of a test run.
    import pytest  # noqa: F401

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nutrition_site.settings")
    import django

    django.setup()
    name, announced = sys.argv[1:]
    if connection.vendor == "sqlite":
        name = str(settings.DATA_DIR / f"{name}.sqlite3")
    make(name)
    disconnect()
    Path(announced).write_text(name, encoding="utf-8")


if __name__ == "__main__":
    main()
