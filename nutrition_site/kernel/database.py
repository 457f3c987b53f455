"""Telling apart a database that is away from one in which two changes met."""

from __future__ import annotations

from django.db import InterfaceError, OperationalError

DATABASE_AWAY = (OperationalError, InterfaceError)
# Deadlock, lock not available, serialization failure, statement cancelled by its time limit.
_MET = frozenset({"40P01", "55P03", "40001", "57014"})


def is_contention(error: BaseException) -> bool:
    """Whether the database is there and gave up one of two changes that stood in each other's way.

    PostgreSQL says so by its SQLSTATE, SQLite by "database is locked".
    """
    if not isinstance(error, OperationalError):
        return False
    cause = error.__cause__
    return getattr(cause, "sqlstate", None) in _MET or "database is locked" in str(error)
