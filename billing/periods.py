"""Months of a subscription."""

from __future__ import annotations

import calendar
from datetime import datetime


def add_months(anchor: datetime, months: int) -> datetime:
    """The same day of a later month, or its last day where that month is shorter (31 January + 1 → 28 February)."""
    year, month = divmod(anchor.year * 12 + anchor.month - 1 + months, 12)
    day = min(anchor.day, calendar.monthrange(year, month + 1)[1])
    return anchor.replace(year=year, month=month + 1, day=day)


def next_period_end(anchor: datetime, *, after: datetime) -> datetime:
    """The first monthly return of `anchor` that lies after a moment; counted from the anchor, so days do not drift."""
    months = max(1, (after.year - anchor.year) * 12 + after.month - anchor.month)
    end = add_months(anchor, months)
    return end if end > after else add_months(anchor, months + 1)
