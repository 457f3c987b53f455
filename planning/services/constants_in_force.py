"""Which constants hold in this process: the published table, with what dietitians changed of it.

Every process asks the database at the beginning of a request or a task, `CONSTANTS_SECONDS` apart at most, and holds
one table to the end of it: nothing is calculated half under one table and half under another.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError
from django.db.models import F
from django.http import HttpRequest, HttpResponse

from athletes.models import Athlete
from nutrition_site.kernel.clock import now
from nutrition_site.kernel.models import WorkItem
from nutrition_site.kernel.work import enqueue_work
from planning.science import constants
from planning.science.constants import CONSTANTS, Revision
from planning.science.constants_limits import is_editable, problems_of
from planning.science.constants_rows import Value
from planning.science.constants_values import value_of
from planning.services.constant_changes import ConstantChange, applied_changes, newest_version
from planning.services.moved_plans import athletes_with_running_plans

log = logging.getLogger(__name__)

SPREAD_KIND = "constants.spread"
GONE = "The table has no such row any more."
# When every process has certainly begun to read the new table, and what began before has read its athlete's versions.
SPREAD_AFTER_TIMES, SPREAD_LEAST = 3, timedelta(seconds=15)
_BATCH = 500


@dataclass(slots=True)
class _Known:
    """What this process knows: the newest version it has read, and when it last asked (monotonic seconds)."""

    version: int | None = None
    asked_at: float | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)


_known = _Known()


def revision_of(changes: Iterable[ConstantChange]) -> tuple[Revision | None, dict[str, str]]:
    """The revision that applied changes come to, and by name why one of them does not hold any more.

    A row that a release has taken away, closed or given another range keeps its published value.
    """
    versions: dict[str, int] = {}
    values: dict[str, Value] = {}
    refused: dict[str, str] = {}
    for change in changes:
        if change.version is None or change.is_sign_off:
            continue
        try:
            values[change.name] = value_of(change.after)
        except ValueError:
            values.pop(change.name, None)
            refused[change.name] = GONE
            continue
        versions[change.name] = change.version
        refused.pop(change.name, None)
    # Rows bound each other, so one that gives way may take another with it.
    while wrong := {name: why for name, value in values.items() if (why := _why_not(name, value, values))}:
        refused |= wrong
        values = {name: value for name, value in values.items() if name not in wrong}
    if refused:
        log.warning("changed constants do not hold any more: %s", ", ".join(sorted(refused)))
    changed = {name: value for name, value in values.items() if value != CONSTANTS[name].value}
    if not changed:
        return None, refused
    return Revision(max(versions[name] for name in changed), changed), refused


def _why_not(name: str, value: Value, values: Mapping[str, Value]) -> str:
    if name not in CONSTANTS:
        return GONE
    if value == CONSTANTS[name].value and not is_editable(name):
        return ""
    return " ".join(problems_of(name, value, {row: one for row, one in values.items() if row in CONSTANTS}))


def follow_constants(*, at_once: bool = False) -> None:
    """Brings this process to the constants in force, where it has not asked for a while. One small query then.

    Within what holds a table already nothing is asked. `at_once` asks in any case. While the database does not answer,
    what was known stays.
    """
    if not at_once and (constants.is_held() or not _is_due()):
        return
    _known.asked_at = time.monotonic()
    try:
        newest = newest_version()
        if newest != _known.version:
            with _known.lock:
                constants.use_revision(revision_of(applied_changes())[0])
                _known.version = newest
    except DatabaseError:
        log.warning("the constants in force could not be read; those known stay", exc_info=True)


def _is_due() -> bool:
    every = settings.CONSTANTS_SECONDS
    if every <= 0:
        return False
    return _known.asked_at is None or time.monotonic() - _known.asked_at >= every


def forget_constants() -> None:
    """Back to the published table, as in a process that has just begun."""
    constants.use_revision(None)
    _known.version = _known.asked_at = None


class ConstantsMiddleware:
    """One table of constants for the whole of a request, and for the threads that it starts with its context."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        follow_constants()
        with constants.hold_table():
            return self.get_response(request)


class TaskConstants:
    """The same for tasks of a worker: begun before each, ended after it."""

    def __init__(self) -> None:
        self._held: dict[str, ExitStack] = {}

    def begin(self, task_id: str = "", **_: object) -> None:
        follow_constants()
        stack = self._held[task_id] = ExitStack()
        stack.enter_context(constants.hold_table())

    def end(self, task_id: str = "", **_: object) -> None:
        stack = self._held.pop(task_id, None)
        if stack is not None:
            stack.close()


def leave_spreading(version: int) -> None:
    """Leaves the work that tells plans of a changed constant, due when every process reads the new table."""
    wait = max(SPREAD_LEAST, timedelta(seconds=SPREAD_AFTER_TIMES * settings.CONSTANTS_SECONDS))
    enqueue_work(kind=SPREAD_KIND, key=str(version), run_after=now() + wait)


def spread_constants(item: WorkItem) -> None:
    """Raises the profile version of every athlete with a plan that is not over: their plans are looked at again.

    What no day asks anything else for stays as it is. Safe to run twice: a plan that fits is not looked at for long.
    """
    follow_constants(at_once=True)
    ids = athletes_with_running_plans()
    for start in range(0, len(ids), _BATCH):
        Athlete.objects.filter(pk__in=ids[start : start + _BATCH]).update(profile_version=F("profile_version") + 1)
    log.info("constants changed", extra={"work_id": item.pk, "athletes": len(ids)})
