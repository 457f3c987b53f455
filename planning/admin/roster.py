"""The roster page: who needs the coach today, with the evidence and the reason for the rank."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone

from athletes.admin.scope import is_coach
from athletes.models import CoachLink, Squad
from nutrition_site.kernel import clock
from nutrition_site.pages import posted, submit
from nutrition_site.templatetags.athleat import place
from planning.admin import constants, desk, desk_answer, desk_swap, squad_week
from planning.admin.forms import MessageForm
from planning.services.coaching_notes import write_coach_messages
from planning.services.flags import Severity
from planning.services.roster import RosterRow, rank_roster


class View(NamedTuple):
    """One choice above the list: its word in the address, its words for people, and which rows it keeps."""

    key: str
    words: str
    keeps: Callable[[RosterRow], bool]


def _has(*codes: str) -> Callable[[RosterRow], bool]:
    return lambda row: any(flag.code in codes for flag in row.flags)


VIEWS = (
    View("", "All", lambda row: True),
    View("attention", "Needs attention", lambda row: (row.severity or 0) >= Severity.ATTENTION),
    View("racing", "Race without plan", _has("RACE_WITHOUT_PLAN")),
    View("disconnected", "Disconnected", _has("CALENDAR_RECONNECT", "CALENDAR_SILENT")),
    View("behind", "Plan behind", _has("PLAN_STALE", "PLAN_UNSAFE", "PLAN_REFUSED", "NO_PLAN")),
)


def roster_context(request: HttpRequest) -> dict[str, Any]:
    """The ranked squad of the signed-in coach, narrowed by `?show=` and `?squad=`; unknown values narrow nothing."""
    rows = rank_roster(request.user)
    squads = list(Squad.objects.filter(coach=request.user).order_by("name"))
    squad = next((row for row in squads if row.pk == request.GET.get("squad")), None)
    if squad is not None:
        rows = [row for row in rows if row.squad and row.squad.pk == squad.pk]
    chosen = next((view for view in VIEWS if view.key == request.GET.get("show", "")), VIEWS[0])
    shown = [row for row in rows if chosen.keeps(row)]
    return {
        "rows": [row for row in shown if row.flags],
        "fine": [row for row in shown if not row.flags],
        "total": len(rows),
        "views": [(view.key, view.words, sum(map(view.keeps, rows)), view is chosen) for view in VIEWS],
        "chosen": chosen.key,
        "squads": squads,
        "squad": squad,
        "updated_at": clock.now(),
        "place": place(timezone.get_current_timezone_name()),
        "roster_url": reverse("admin:roster"),
    }


def roster(request: HttpRequest) -> HttpResponse:
    """The page. There is none for staff who coach nobody."""
    if not is_coach(request.user):
        raise Http404
    context = {**admin.site.each_context(request), "title": "Roster", "roster": roster_context(request)}
    return TemplateResponse(request, "admin/roster.html", context)


def message_page(request: HttpRequest) -> HttpResponse:
    """One message to many: those whom the roster shows by the same `?show=` and `?squad=` are ticked already."""
    if not (is_coach(request.user) and request.user.is_coach):
        raise Http404
    shown = {"rows": [], "fine": []} if request.method == "POST" else roster_context(request)
    ticked = [row.athlete.pk for row in (*shown["rows"], *shown["fine"])]
    back = reverse("admin:roster")
    links = CoachLink.objects.filter(coach=request.user, status=CoachLink.Status.ACTIVE, athlete__user__is_active=True)
    people = links.order_by("athlete__name", "athlete_id").values_list("athlete_id", "athlete__name")
    form = MessageForm(posted(request), athletes=list(people), initial={"athletes": ticked})
    if request.method == "POST":

        def write() -> str:
            values = form.cleaned_data
            write_coach_messages(coach=request.user, athletes=values["athletes"], text=values["text"])
            return back

        answer = submit(request, form, write, done="Written. Your athletes are told.")
        if answer is not None:
            return answer
    context = {
        **admin.site.each_context(request),
        "title": "Write to athletes",
        "form": form,
        "roster_url": back,
    }
    return TemplateResponse(request, "admin/coach_message.html", context, status=422 if form.errors else 200)


def _urls() -> list[Any]:
    guarded = admin.site.admin_view
    return [
        path("constants/", guarded(constants.constants_page), name="constants"),
        path("constants/<str:name>/", guarded(constants.constant_page), name="constant"),
        path("roster/", guarded(roster), name="roster"),
        path("roster/week/", guarded(squad_week.squad_week_page), name="squad_week"),
        path("roster/week/file.csv", guarded(squad_week.squad_week_file), name="squad_week_file"),
        path("roster/athlete/<str:athlete_id>/", guarded(desk.athlete_page), name="coach_athlete"),
        path("roster/athlete/<str:athlete_id>/swap/<str:item_id>/", guarded(desk_swap.swap_page), name="coach_swap"),
        path("roster/plan/<str:plan_id>/answer/", guarded(desk_answer.answer_page), name="coach_answer"),
        path("roster/message/", guarded(message_page), name="coach_message"),
        path("roster/limit/", guarded(desk.bound_page), name="coach_bound"),
        path("roster/limit/<str:bound_id>/end/", guarded(desk.bound_end), name="coach_bound_end"),
        path("roster/note/<str:note_id>/delete/", guarded(desk.note_delete), name="coach_note_delete"),
        path("roster/template/<str:template_id>/delete/", guarded(desk.template_delete), name="coach_template_delete"),
    ]


admin.site.extra_urls = _urls  # type: ignore[attr-defined]
