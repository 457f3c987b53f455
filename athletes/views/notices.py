"""What the product has told the athlete by itself."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from athletes.models import Notice
from athletes.rules import numbers_withheld, tells_an_amount
from athletes.services.notices import mark_notice_seen, notice_words
from nutrition_site.kernel.clock import today
from nutrition_site.pages import athlete_page, find_or_404, go_to

SHOWN = 50


@athlete_page
@require_safe
def notices(request: Any) -> HttpResponse:
    """Open notices first, then what is over, the newest first."""
    athlete = request.athlete
    withheld = numbers_withheld(athlete, today=today(athlete.zones))
    rows = list(Notice.objects.filter(athlete=athlete)[:SHOWN])
    for row in rows:
        title, body = notice_words(row)
        # It may have been written before numbers were withheld.
        hidden = withheld and tells_an_amount(row.body)
        row.words = {"title": title, "body": "" if hidden else body}  # type: ignore[attr-defined]
    page = {
        "open": [row for row in rows if row.resolved_at is None],
        "over": [row for row in rows if row.resolved_at is not None],
    }
    return render(request, "athletes/notices.html", page)


@athlete_page
@require_POST
def notice_seen(request: Any, notice_id: str) -> HttpResponse:
    """Marks a notice as seen and goes to the page where something can be done about it. Twice is once."""
    notice = mark_notice_seen(notice=find_or_404(Notice.objects.filter(athlete=request.athlete), notice_id, "ntc"))
    wanted = notice.path if request.POST.get("open") and notice.path.startswith("/") else ""
    return go_to(request, wanted or reverse("notices"))
