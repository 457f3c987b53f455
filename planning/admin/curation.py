"""Where dietitians change foods and dishes, and decide on what others proposed: pages over the services of curation.

No form of Django's admin writes here. Who may only look keeps the admin's own read-only pages.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import quote, unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from athletes.admin.scope import CatalogueAdmin
from nutrition_site.kernel.errors import DomainError
from nutrition_site.pages import posted, submit
from planning.admin.curation_forms import CurationForm, DecisionForm
from planning.catalogue.curated import GRAMS, files_moved
from planning.models import CurationChange
from planning.services.curation import (
    approve_change,
    decline_change,
    fingerprint_of,
    may_curate,
    moved_fields,
    propose_change,
    withdraw_change,
)
from planning.services.curation_kinds import kind_of

DECIDE = {"approve": approve_change, "decline": decline_change, "withdraw": withdraw_change}
DONE = {"decline": "Declined. Nothing has changed.", "withdraw": "Withdrawn. Nothing has changed."}
State = CurationChange.State


def told_changes(change: CurationChange) -> list[dict[str, str]]:
    """The fields of a change in words: what was, what is asked for."""
    kind = kind_of(change.kind)
    return [
        {
            "label": kind.label(field),
            "before": kind.in_words(field, row["before"]),
            "after": kind.in_words(field, row["after"]),
        }
        for field, row in change.changes.items()
    ]


class Curated(CatalogueAdmin):
    """A model whose rows are curated: its page is a form for who may, its history tells every change."""

    curation_form: type[CurationForm]
    key_field = ""

    def about(self, row: Any) -> list[tuple[str, str]]:
        """What of a row follows from the rest and is shown above its form: (label, words)."""
        return []

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if not (may_curate(request.user) and self.has_view_permission(request)):
            return super().change_view(request, object_id, form_url, extra_context)
        row = self.get_object(request, unquote(object_id))
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined,no-any-return]
        kind, key = self.curation_form.kind, str(getattr(row, self.key_field))
        current = kind_of(kind).read_current(key)
        form = self.curation_form(posted(request), current=current, seen=fingerprint_of(kind=kind, key=key))
        here = request.path
        answer, status = _submit(request, form, lambda: self._propose(request, form, key, here))
        if answer is not None:
            return answer
        changes = CurationChange.objects.filter(kind=kind, key=key)
        context = {
            **self.admin_site.each_context(request),
            "title": str(row),
            "form": form,
            "opts": self.opts,
            "row": row,
            "about": self.about(row),
            "waiting": [(one, told_changes(one)) for one in changes.filter(state=State.WAITING)],
            "newest": changes.filter(state=State.APPLIED).order_by("-version").first(),
            "moved": _told_files(kind, key),
            "moved_meanwhile": status == 409,
            "history_url": reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_history", args=[quote(row.pk)]),
            "list_url": reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"),
        }
        return TemplateResponse(request, "admin/curation_form.html", context, status=status)

    @staticmethod
    def _propose(request: HttpRequest, form: CurationForm, key: str, here: str) -> str:
        made = propose_change(
            by=request.user,  # type: ignore[arg-type]
            kind=form.kind,
            key=key,
            values=form.values(),
            reason=form.cleaned_data["reason"],
            source=form.cleaned_data["source"],
            seen=form.cleaned_data["seen"],
        )
        for change in made:
            told = ", ".join(row["label"] for row in told_changes(change))
            if change.state == State.APPLIED:
                messages.success(request, f"In force now as version {change.version}: {told}.")
            else:
                messages.info(request, f"Waits for a second pair of eyes: {told}.")
        return here

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Every change of this food or dish, the newest first."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        row = self.get_object(request, unquote(object_id))
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined,no-any-return]
        kind, key = self.curation_form.kind, str(getattr(row, self.key_field))
        changes = CurationChange.objects.filter(kind=kind, key=key)
        context = {
            **self.admin_site.each_context(request),
            "title": f"History of {row}",
            "opts": self.opts,
            "row": row,
            "changes": [(change, told_changes(change)) for change in changes],
            "back": reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[quote(row.pk)]),
        }
        return TemplateResponse(request, "admin/curation_history.html", context)


class FilesMoved(admin.SimpleListFilter):
    """Changes of what the reviewed files, or an import, say otherwise by now than when it was curated."""

    title = "Files"
    parameter_name = "files"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("moved", "Changed under the curation")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() != "moved":
            return queryset
        places = Q(pk__in=[])
        for kind, key in files_moved():
            places |= Q(kind=kind, key=key)
        return queryset.filter(places)


@admin.register(CurationChange)
class CurationChangeAdmin(CatalogueAdmin):
    """The queue: what waits for a second person first, then what was decided."""

    list_display = ("title", "kind", "field_words", "state", "proposer", "proposed_at", "version")
    list_filter = ("state", "kind", FilesMoved)
    search_fields = ("title", "key", "reason")
    ordering = (
        Case(When(Q(state=State.WAITING), then=Value(0)), default=Value(1), output_field=IntegerField()),
        "-proposed_at",
        "-pk",
    )

    @admin.display(description="What")
    def field_words(self, change: CurationChange) -> str:
        # Foods by their names would cost a query each.
        grams = sum(field.startswith(GRAMS) for field in change.changes)
        told = [kind_of(change.kind).label(field) for field in change.changes if not field.startswith(GRAMS)]
        return ", ".join([*told, *([f"Grams of {grams} food{'s' if grams > 1 else ''}"] if grams else [])])

    @admin.display(description="Proposed by", ordering="proposed_by_name")
    def proposer(self, change: CurationChange) -> str:
        return change.proposed_by_name

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """One change with all that it rests on, and the form that decides it."""
        decides = may_curate(request.user)
        if not self.has_view_permission(request) or (request.method == "POST" and not decides):
            raise PermissionDenied
        change = self.get_object(request, unquote(object_id))
        if change is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined,no-any-return]
        mine = change.proposed_by_id == request.user.pk
        form = DecisionForm(posted(request), mine=mine)
        queue = reverse("admin:planning_curationchange_changelist")
        answer, status = _submit(request, form, lambda: self._decide(request, form, change, queue))
        if answer is not None:
            return answer
        kind = kind_of(change.kind)
        change.refresh_from_db()
        waits = change.state == State.WAITING
        current = _current(change) if waits else None
        context = {
            **self.admin_site.each_context(request),
            "title": change.title,
            "form": form,
            "opts": self.opts,
            "change": change,
            "told": told_changes(change),
            "mine": mine,
            "decides": decides and waits,
            "stale": [kind.label(field) for field in moved_fields(change, current)] if current is not None else [],
            "touches": kind.touches(change) if waits and current is not None else [],
            "panel": kind.panel(change) if waits else None,
            "moved": _told_files(change.kind, change.key),
            "page": kind.page(change.key) if current is not None or not waits else "",
            "back": queue,
        }
        return TemplateResponse(request, "admin/curation_change.html", context, status=status)

    @staticmethod
    def _decide(request: HttpRequest, form: DecisionForm, change: CurationChange, queue: str) -> str:
        deed = form.cleaned_data["deed"]
        decided = DECIDE[deed](by=request.user, change=change, note=form.cleaned_data["note"])  # type: ignore[arg-type]
        messages.success(request, DONE.get(deed) or f"In force now as version {decided.version}.")
        return queue


def _current(change: CurationChange) -> Mapping[str, Any] | None:
    """The present values of the thing; None where it is there no more."""
    try:
        return kind_of(change.kind).read_current(change.key)
    except DomainError:
        return None


def _submit(request: HttpRequest, form: forms.Form, produce: Callable[[], str]) -> tuple[HttpResponse | None, int]:
    """The redirect after a form had its effect, and otherwise the status of the page that shows it."""
    if request.method != "POST":
        return None, 200
    status = 422

    def told() -> str:
        nonlocal status
        try:
            return produce()
        except DomainError as error:
            status = error.status if error.status in (403, 409) else 422
            raise

    return submit(request, form, told), status


def _told_files(kind: str, key: str) -> list[dict[str, str]]:
    """Where the reviewed files, or an import, say something else by now than when a field was curated."""
    of = kind_of(kind)
    return [
        {"label": of.label(field), "then": of.in_words(field, then), "now": of.in_words(field, now)}
        for field, (then, now) in files_moved().get((kind, key), {}).items()
    ]


def overview(request: HttpRequest) -> dict[str, Any] | None:
    """What the first page tells those who look after the catalogue; None for others."""
    if not request.user.has_perm("planning.view_curationchange"):
        return None
    waiting = CurationChange.objects.filter(state=State.WAITING)
    queue = reverse("admin:planning_curationchange_changelist")
    return {
        "waiting": waiting.count(),
        "mine": waiting.filter(proposed_by=request.user.pk).count(),
        "url": f"{queue}?state__exact=waiting",
        "moved": len(files_moved()),
        "moved_url": f"{queue}?files=moved",
    }
