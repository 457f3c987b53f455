"""The coach's desk: one athlete on one page, and limits for one or many, tried before they are set."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from athletes.admin.scope import is_coach
from athletes.models import Athlete, CoachLink
from athletes.rules import numbers_withheld
from athletes.services.coaches import coach_day
from nutrition_site.kernel.clock import today
from nutrition_site.kernel.errors import DomainError
from nutrition_site.pages import find_or_404, go_to, once, posted, show_refusal, submit
from planning.admin.desk_days import coming, days_of, table_manners
from planning.admin.forms import BoundForm, MealForm, NoteForm, initial_of
from planning.admin.trends import trends_of
from planning.charts import load_chart
from planning.models import CoachBound, CoachNote, CoachTemplate, PlanItem
from planning.services.coaching_bounds import bound_words, bounds_shown, end_coach_bound, set_coach_bounds
from planning.services.coaching_dry_run import Outcome, Trial, count_outcomes, try_bound
from planning.services.coaching_notes import delete_coach_note, item_of_plan, notes_of_coach, write_coach_note
from planning.services.coaching_plan import coach_locks_meal
from planning.services.coaching_templates import delete_coach_template, save_coach_template
from planning.services.load import read_load
from planning.services.plans import covering_plans
from planning.services.proposals import open_proposals
from planning.services.roster import rank_roster
from planning.wording import slot_name

DAYS_AHEAD = 7
LOAD_DAYS_BACK = 41
# The list of sessions opens on so many days before and after today.
TRAINING_DAYS = 14
OUTCOMES = {
    Outcome.NO_PLAN: "No plan in these days: the next one keeps to it",
    Outcome.FITS: "The plan keeps to it already",
    Outcome.CHANGES: "The plan would change",
    Outcome.IMPOSSIBLE: "No plan was found with it",
    Outcome.REFUSED: "It cannot be set",
    Outcome.UNTRIED: "Not tried in the time there was",
}


def athlete_page(request: HttpRequest, athlete_id: str) -> HttpResponse:
    """Plan, training, trends, limits and words of one athlete who agreed."""
    athlete = coached_or_404(request, athlete_id)
    present = today(athlete.zones)
    plans = covering_plans(athlete, present, present + timedelta(days=DAYS_AHEAD - 1))
    note_form = NoteForm(posted(request) if request.POST.get("form") == "note" else None)
    meals = _meals(plans, present)
    meal_form = MealForm(
        posted(request) if request.POST.get("form") == "meal" else None,
        meals=[(item.pk, _meal_words(item)) for item in meals],
    )
    here = reverse("admin:coach_athlete", args=[athlete.pk])
    if request.method == "POST":
        answer = _take(request, athlete, note_form, meal_form, {plan.pk: plan for plan in plans.values()}, here)
        if answer is not None:
            return answer
    withheld = numbers_withheld(athlete, today=present)
    history = read_load(
        athlete=athlete, first=present - timedelta(days=LOAD_DAYS_BACK), last=present + timedelta(days=DAYS_AHEAD)
    )
    context = {
        **admin.site.each_context(request),
        "title": athlete.name,
        "athlete": athlete,
        "withheld": withheld,
        "flags": [flag for row in rank_roster(request.user, only=athlete) for flag in row.flags],
        "waiting": _waiting(plans),
        **trends_of(athlete, present),
        "days": days_of(athlete, coming(present, DAYS_AHEAD), plans, meals, withheld=withheld),
        "manners": table_manners(athlete),
        "age": athlete.age_on(present),
        "training_from": present - timedelta(days=TRAINING_DAYS),
        "training_until": present + timedelta(days=TRAINING_DAYS),
        "chart": load_chart(history.days, present=present),
        "load_days": [day for day in history.days if day.tss],
        "limits": [
            {"bound": bound, "words": _limit_words(bound, withheld), "mine": bound.coach_id == request.user.pk}
            for bound in bounds_shown(athlete)
        ],
        "notes": notes_of_coach(request.user, athlete),
        "note_form": note_form,
        "meal_form": meal_form if meals else None,
        "may_write": request.user.is_coach,
        "bound_url": f"{reverse('admin:coach_bound')}?whom={athlete.pk}",
        "roster_url": reverse("admin:roster"),
    }
    wrong = note_form.errors or meal_form.errors
    return TemplateResponse(request, "admin/coach_athlete.html", context, status=422 if wrong else 200)


def bound_page(request: HttpRequest) -> HttpResponse:
    """A limit: filled in, tried on everybody it is for, then set."""
    if not (is_coach(request.user) and request.user.is_coach):
        raise Http404
    present = coach_day(request.user)
    templates = CoachTemplate.objects.filter(coach=request.user)
    chosen = next((row for row in templates if row.pk == request.GET.get("template")), None)
    initial = initial_of(chosen, present) if chosen else {}
    if request.GET.get("whom"):
        initial["whom"] = request.GET["whom"]
    form = BoundForm(posted(request), coach=request.user, present=present, initial=initial)
    trials: list[Trial] = []
    if request.method == "POST" and request.POST.get("deed") == "try":
        trials = _try(request, form)
    elif request.method == "POST":
        answer = submit(request, form, lambda: _set(request, form), done="The limit is set. Your athletes are told.")
        if answer is not None:
            return answer
    counts = count_outcomes(trials)
    context = {
        **admin.site.each_context(request),
        "title": "Set a limit",
        "form": form,
        "templates": templates,
        "trials": [{"trial": trial, "words": OUTCOMES[trial.outcome]} for trial in trials],
        "counts": [(OUTCOMES[Outcome(name)], count) for name, count in counts.items()],
        "page_url": reverse("admin:coach_bound"),
        "roster_url": reverse("admin:roster"),
    }
    return TemplateResponse(request, "admin/coach_bound.html", context, status=422 if form.errors else 200)


def bound_end(request: HttpRequest, bound_id: str) -> HttpResponse:
    """Ends a limit that this coach set. Only by a form."""
    bound: CoachBound = _own(request, CoachBound, bound_id, "cbd")

    def end() -> str:
        end_coach_bound(by=request.user, bound=bound)
        return reverse("admin:coach_athlete", args=[bound.athlete_id])

    return go_to(request, once(request, end))


def note_delete(request: HttpRequest, note_id: str) -> HttpResponse:
    """Takes back what this coach wrote. Only by a form."""
    note: CoachNote = _own(request, CoachNote, note_id, "cnt")

    def delete() -> str:
        delete_coach_note(coach=request.user, note=note)
        return reverse("admin:coach_athlete", args=[note.athlete_id])

    return go_to(request, once(request, delete))


def template_delete(request: HttpRequest, template_id: str) -> HttpResponse:
    """Forgets a template of this coach. Only by a form."""
    row: CoachTemplate = _own(request, CoachTemplate, template_id, "ctp")

    def delete() -> str:
        delete_coach_template(coach=request.user, template=row)
        return reverse("admin:coach_bound")

    return go_to(request, once(request, delete))


def coached_or_404(request: HttpRequest, athlete_id: str) -> Athlete:
    """An athlete who agreed to this coach; for anybody else the page does not exist."""
    if not is_coach(request.user):
        raise Http404
    links = CoachLink.objects.filter(
        coach=request.user, status=CoachLink.Status.ACTIVE, athlete__user__is_active=True
    ).values("athlete_id")
    found: Athlete = find_or_404(Athlete.objects.filter(pk__in=links), athlete_id, "ath")
    return found


def _own(request: HttpRequest, model: Any, pk: str, prefix: str) -> Any:
    """A row of this coach, about somebody who still agrees; 404 for every other, and for a mere look."""
    if request.method != "POST" or not is_coach(request.user):
        raise Http404
    found = find_or_404(model.objects.filter(coach=request.user), pk, prefix)
    if hasattr(found, "athlete_id"):
        coached_or_404(request, found.athlete_id)
    return found


def _take(
    request: HttpRequest, athlete: Athlete, note_form: NoteForm, meal_form: MealForm, plans: dict[str, Any], here: str
) -> HttpResponse | None:
    if note_form.is_bound:

        def write() -> str:
            values = note_form.cleaned_data
            write_coach_note(coach=request.user, athlete=athlete, kind=values["kind"], text=values["text"])
            return here

        return submit(request, note_form, write, done="Written.")
    if not meal_form.is_bound:
        return go_to(request, here)

    def change() -> str:
        values = meal_form.cleaned_data
        pairs = ((plan, item_of_plan(plan, values["item"])) for plan in plans.values())
        plan, item = next((plan, item) for plan, item in pairs if item is not None)
        if values["deed"] == "comment":
            write_coach_note(
                coach=request.user, athlete=athlete, kind=CoachNote.Kind.COMMENT, text=values["text"], item=item
            )
        else:
            coach_locks_meal(
                coach=request.user,
                plan=plan,
                item_id=item.pk,
                locked=values["deed"] == "lock",
                reason=values["text"],
            )
        return here

    return submit(request, meal_form, change, done="Done. The athlete is told.")


def _try(request: HttpRequest, form: BoundForm) -> list[Trial]:
    if not form.is_valid():
        return []
    try:
        return try_bound(coach=request.user, athletes=form.athletes(), wish=form.wish(), squad=form.squad())
    except DomainError as error:
        show_refusal(form, error)
        return []


def _set(request: HttpRequest, form: BoundForm) -> str:
    wish, athletes = form.wish(), form.athletes()
    set_coach_bounds(coach=request.user, athletes=athletes, wish=wish, squad=form.squad())
    name = form.cleaned_data["template_name"].strip()
    if name:
        days = (wish.last_day - wish.first_day).days + 1
        row = save_coach_template(coach=request.user, name=name, wishes=[wish], days=days)
        messages.info(request, f"Kept as “{row.name}”.")
    if len(athletes) == 1:
        return reverse("admin:coach_athlete", args=[athletes[0]])
    return reverse("admin:roster")


def _waiting(plans: dict[date, Any]) -> list[Any]:
    """The present plans beside which a changed one waits for an answer, each once, in the order of their days."""
    by_id = {plan.pk: plan for _, plan in sorted(plans.items())}
    waiting = open_proposals(list(by_id.values()))
    return [plan for pk, plan in by_id.items() if pk in waiting]


def _limit_words(bound: CoachBound, withheld: bool) -> str:
    return bound.get_measure_display().capitalize() if withheld and bound.measure else bound_words(bound)


def _meals(plans: dict[date, Any], present: date) -> list[PlanItem]:
    """The meals of these days, each from the plan that the day belongs to."""
    found = []
    for day in sorted(plans):
        revision = plans[day].current
        found += [item for item in revision.items.all() if item.date == day and day >= present] if revision else []
    return found


def _meal_words(item: PlanItem) -> str:
    return f"{item.date:%a} {item.date.day}, {slot_name(item.slot)}: {item.recipe.name}"
