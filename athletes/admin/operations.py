"""What happened and what is still to do: the audit trail and the work queue, for superusers."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib import admin, messages
from django.http import HttpRequest

from athletes.admin.scope import DeclaredFilters, OperatorAdmin, SuperusersOnly
from nutrition_site.kernel import clock
from nutrition_site.kernel.audit import record_audit
from nutrition_site.kernel.models import AuditEntry, WorkItem
from nutrition_site.kernel.work import wake


@admin.register(AuditEntry)
class AuditEntryAdmin(OperatorAdmin):
    """Append-only; ids and names of fields, never health values."""

    list_display = ("at", "verb", "actor_id", "object_id", "athlete_id", "request_id")
    list_filter = ("verb",)
    date_hierarchy = "at"
    search_fields = ("actor_id", "object_id", "athlete_id", "request_id")
    show_full_result_count = False


@admin.register(WorkItem)
class WorkItemAdmin(OperatorAdmin):
    """Pieces of work with their state. A finished piece is history: it is asked for again where it came from."""

    list_display = ("kind", "key", "state", "attempts", "run_after", "lease_until", "error_code", "finished_at")
    list_filter = ("state", "kind")
    search_fields = ("id", "key", "error_code")
    exclude = ("lease_token",)
    actions = ("dispatch_again",)

    @admin.action(description="Dispatch again now", permissions=["view"])
    def dispatch_again(self, request: HttpRequest, queryset: Any) -> None:
        """Wakes a worker for what waits; work in somebody's hands keeps its lease, so nothing is done twice."""
        moment = clock.now()
        woken = 0
        for item in queryset:
            waiting = item.state == WorkItem.State.QUEUED
            lost = item.state == WorkItem.State.RUNNING and item.lease_until and item.lease_until < moment
            if not (waiting or lost):
                continue
            if waiting and item.run_after > moment:
                WorkItem.objects.filter(pk=item.pk, state=WorkItem.State.QUEUED).update(run_after=moment)
            wake(item.pk)
            record_audit(verb="work.dispatched", by=request.user, object_id=item.pk, kind=item.kind)
            woken += 1
        left = len(queryset) - woken
        self.message_user(
            request,
            f"{woken} dispatched." + (f" {left} are finished or being worked on." if left else ""),
            messages.SUCCESS if woken else messages.WARNING,
        )


def _keep_for_superusers(app_label: str) -> None:
    """Takes the place of a library's pages: whoever edits a schedule may have any task run with any arguments."""
    for model in apps.get_app_config(app_label).get_models():
        if admin.site.is_registered(model):
            theirs = type(admin.site.get_model_admin(model))
            admin.site.unregister(model)
            admin.site.register(model, type(theirs.__name__, (SuperusersOnly, DeclaredFilters, theirs), {}))


_keep_for_superusers("django_celery_beat")
