"""Facts about training load: fitness, fatigue, form, the load of days and weeks, and what was really done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from advisor.facts import Bundle, Fact
from athletes.models import CompletedSession
from nutrition_site.kernel.clock import zone
from planning import mapping
from planning.services.load import LoadDay, LoadHistory

SOURCE = "your training load"
DONE_SOURCE = "session as it was recorded"
MOST_SESSIONS = 40


def load_span(day: date) -> tuple[date, date]:
    """The days that `load_bundle` speaks of: the week before the one of this day, and that week."""
    monday = mapping.monday_of(day)
    return monday - timedelta(days=7), monday + timedelta(days=6)


def load_bundle(history: LoadHistory, day: date) -> Bundle:
    """Facts `ctl`, `atl`, `tsb` and `tss` of a day, `week_tss`, `last_week_tss`, `hardest_tss` of its week.

    `history` covers `load_span(day)`. `data`: `known`, `warmed_up` (fitness before that is too low), `estimated`,
    `planned` (some of the week is not known to have been done), `hardest` (ISO day or None).
    """
    by_day = {row.date: row for row in history.days}
    monday = mapping.monday_of(day)
    week = [by_day[monday + timedelta(days=n)] for n in range(7)]
    before = [by_day[monday + timedelta(days=n - 7)] for n in range(7)]
    here = by_day[day]

    def fact(name: str, label: str, value: float | None, unit: str = "") -> Fact:
        return Fact(f"load:{day}:{name}", "load", label, _rounded(value), unit, SOURCE, str(day))

    hardest = max((row for row in week if row.tss), key=lambda row: row.tss or 0.0, default=None)
    facts = {
        "ctl": fact("ctl", "fitness (CTL, 42 days)", here.ctl),
        "atl": fact("atl", "fatigue (ATL, 7 days)", here.atl),
        "tsb": fact("tsb", "form (TSB) at the start of the day", here.tsb),
        "tss": fact("tss", "training load of the day", here.tss, "TSS"),
        "week_tss": fact("week_tss", "training load of the week", _total(week), "TSS"),
        "last_week_tss": fact("last_week_tss", "training load of the week before", _total(before), "TSS"),
        "hardest_tss": fact("hardest_tss", "highest load of a day this week", hardest.tss if hardest else None, "TSS"),
    }
    data = {
        "known": here.ctl is not None,
        "date": day.isoformat(),
        "week_start": monday.isoformat(),
        "warmed_up": history.warmed_up_on is not None and day >= history.warmed_up_on,
        "warmed_up_on": history.warmed_up_on.isoformat() if history.warmed_up_on else None,
        "estimated": any(row.estimated for row in week),
        "planned": any(row.planned for row in week),
        "hardest": hardest.date.isoformat() if hardest else None,
    }
    named = {day, monday, monday + timedelta(days=6)} | ({hardest.date} if hardest else set())
    return Bundle("training load", facts, data, tuple(sorted(named)))


def _total(days: Sequence[LoadDay]) -> float | None:
    """The load of days, None when nothing is known of any of them."""
    known = [row.tss for row in days if row.tss is not None]
    return sum(known) if known else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def completed_bundle(sessions: Sequence[CompletedSession], zone_name: str, first: date, last: date) -> Bundle:
    """What was done from first to last, at most 40 sessions: `data["rows"]` names the facts of each by its id.

    A session that fulfills a plan has `planned_minutes` beside `duration_minutes`.
    """
    place = zone(zone_name)
    facts: dict[str, Fact] = {}
    rows = []
    shown = sessions[:MOST_SESSIONS]
    for session in shown:
        key = session.pk
        title = session.event.title or session.title

        def add(name: str, label: str, value: float | str | None, unit: str = "", kind: str = "training") -> None:
            facts[f"{key}:{name}"] = Fact(f"done:{key}:{name}", kind, label, value, unit, DONE_SOURCE, key)  # noqa: B023

        add("title", "title", title or None, kind="event")
        add("starts", "start", session.starts_at.astimezone(place).strftime("%H:%M"))
        add("duration_minutes", "time in motion", round(session.duration_minutes, 1), "min")
        add("planned_minutes", "length as planned", session.event.duration_minutes, "min")
        add("distance_km", "distance", session.distance_km, "km")
        add("tss", "training load", session.tss, "TSS")
        add("avg_power_w", "mean power", session.avg_power_w, "W")
        add("work_kj", "work", session.work_kj, "kJ")
        rows.append(
            {"key": key, "date": session.local_date.isoformat(), "sport": session.sport, "event_id": session.event_id}
        )
    base = f"done:{first}:{last}"
    minutes = round(sum(session.duration_minutes for session in sessions), 1)
    facts["count"] = Fact(f"{base}:count", "count", "sessions done", float(len(sessions)), "", DONE_SOURCE)
    facts["minutes"] = Fact(f"{base}:minutes", "training", "time in motion together", minutes, "min", DONE_SOURCE)
    days = sorted({session.local_date for session in shown} | {first, last})
    return Bundle("completed sessions", facts, {"rows": rows, "left_out": len(sessions) - len(shown)}, tuple(days))
