"""A changed plan that waits for an answer: what moved, what would change, yes or no."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from athletes.models import Athlete, TrainingEvent
from nutrition_site.kernel.clock import today
from nutrition_site.kernel.errors import Conflict
from nutrition_site.pages import athlete_page, find_or_404, go_to, once
from planning.forms import AnswerForm
from planning.models import MealPlan, PlanRevision
from planning.phrases import tell
from planning.services.following import accept_proposal
from planning.services.proposals import ProposalOutdated, decline_proposal, open_proposals
from planning.views.plans import changes_in_words
from planning.views.reading import is_withheld, troubled_calendars


@athlete_page
@require_safe
def plan_proposal(request: Any, plan_id: str) -> HttpResponse:
    """The proposal of a plan, or that there is none any more."""
    plan = _mine(request, plan_id)
    proposal = open_proposals([plan]).get(plan.pk)
    page = {
        "plan": plan,
        "revision": plan.current,
        "proposal": proposal,
        "moves": moves_in_words(proposal) if proposal else [],
        "changes": changes_in_words(plan, proposal.diff) if proposal and proposal.diff else None,
        "withheld": is_withheld(request.athlete),
        "automatic": request.athlete.replan_policy == Athlete.ReplanPolicy.AUTOMATIC,
        "calendars": troubled_calendars(request.athlete),
        "week_url": _week(plan),
    }
    return render(request, "planning/proposal.html", page)


@athlete_page
@require_POST
def proposal_accept(request: Any, plan_id: str) -> HttpResponse:
    """Takes the proposal that the page has shown."""
    plan = _mine(request, plan_id)
    seen = _seen(request)
    if seen is None:
        return _unseen(request, plan)

    def accept() -> str:
        accept_proposal(by=request.user, plan=plan, revision=seen)
        return f"{_week(plan)}?changes={plan.pk}"

    return _answer(request, plan, accept)


@athlete_page
@require_POST
def proposal_decline(request: Any, plan_id: str) -> HttpResponse:
    """Keeps the plan as it is."""
    plan = _mine(request, plan_id)
    seen = _seen(request)
    if seen is None:
        return _unseen(request, plan)

    def decline() -> str:
        decline_proposal(by=request.user, plan=plan, revision=seen)
        messages.info(request, _("Your plan stays as it is. You can plan again whenever you like."))
        return _week(plan)

    return _answer(request, plan, decline)


def moves_in_words(proposal: PlanRevision) -> list[dict[str, Any]]:
    """The sessions behind a proposal with their titles as they are now: `{title, change, before, after}`."""
    events = proposal.cause.get("events", [])
    titles = dict(TrainingEvent.objects.filter(pk__in=[row["event_id"] for row in events]).values_list("pk", "title"))
    return [
        {
            **row,
            "title": titles.get(row["event_id"], _("A session")),
            **{side: _place(row[side]) if row[side] else None for side in ("before", "after")},
        }
        for row in events
    ]


def _place(side: dict[str, Any]) -> dict[str, Any]:
    minute = side["starts_at_minute"]
    clock = "" if minute is None else f"{int(minute) // 60:02d}:{int(minute) % 60:02d}"
    return {
        "date": date.fromisoformat(side["date"]),
        "clock": clock,
        "minutes": side["duration_minutes"],
        "assumed": side.get("duration_assumed", False),
    }


def _answer(request: Any, plan: MealPlan, produce: Any) -> HttpResponse:
    try:
        return go_to(request, once(request, produce))
    except ProposalOutdated as error:
        messages.warning(request, tell(error.message))
        return go_to(request, reverse("plan_proposal", args=[plan.pk]))
    except Conflict as error:
        messages.warning(request, tell(error.message))
        return go_to(request, _week(plan))


def _unseen(request: Any, plan: MealPlan) -> HttpResponse:
    """An answer to nothing in particular changes nothing: this may be another change than the one that was shown."""
    messages.warning(request, _("Nothing was changed. Please look at the change and answer it here."))
    return go_to(request, reverse("plan_proposal", args=[plan.pk]))


def _seen(request: Any) -> int | None:
    form = AnswerForm(request.POST)
    return form.cleaned_data["revision"] if form.is_valid() else None


def _mine(request: Any, plan_id: str) -> MealPlan:
    plans = MealPlan.objects.filter(athlete=request.athlete).select_related("current", "athlete")
    found: MealPlan = find_or_404(plans, plan_id, "mpl")
    return found


def _week(plan: MealPlan) -> str:
    day = max(plan.week_start, min(today(plan.athlete.zones), plan.last_day))
    return reverse("week", args=[day.isoformat()])
