"""A database of its own for bench and soak: the whole catalogue in one SQLite file, made anew for every run."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def data_folder(name: str) -> Path:
    """`<data folder>/<name>`, made when it is not there."""
    from script.support.environment import ROOT

    folder = Path(os.environ.get("DATA_DIR") or ROOT / "var") / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def prepare_store(folder: Path) -> Path:
    """Sets Django up on a fresh database with the catalogue in it, and returns its file."""
    path = folder / "catalogue.sqlite3"
    for old in folder.glob("catalogue.sqlite3*"):
        old.unlink()
    for name in ("DATABASE_REPLICA_URL", "REDIS_URL", "VALKEY_URL"):
        os.environ.pop(name, None)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "nutrition_site.settings",
        "DATABASE_URL": f"sqlite:///{path}",
        "DATA_DIR": str(folder),
    }
    import django

    django.setup()
    from django.core.management import call_command

    from planning.catalogue.loader import load_catalogue

    call_command("migrate", verbosity=0, interactive=False)
    load_catalogue()
    return path


def copy_store(path: Path, to: Path) -> None:
    """A copy for one more process, so that no writer waits for another."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    for old in to.parent.glob(f"{to.name}*"):
        old.unlink()
    shutil.copyfile(path, to)
