"""Holding athletes while something of theirs is written."""

from __future__ import annotations

from collections.abc import Iterable

from athletes.models import Athlete


def lock_athletes(athlete_ids: Iterable[str]) -> None:
    """Holds these athletes until the transaction ends, before their plans, lists and whatever else is theirs.

    Whoever ends coaching writes the athlete's row, too: what is read of an agreement after this still holds when the
    transaction ends.
    """
    # In one order, so that two who want the same athletes never wait for each other. Without the key, because whoever
    # holds a plan and writes a row about its athlete would wait for this, and this for the plan.
    list(Athlete.objects.select_for_update(no_key=True).filter(pk__in=athlete_ids).order_by("pk").values_list("pk"))
