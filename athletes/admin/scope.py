"""Who sees which rows in the admin. Every ModelAdmin of ours is built on one of these three."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from unfold.admin import ModelAdmin

from athletes.models import CoachLink, Squad, User
from athletes.querysets import visible_athletes


def is_coach(user: Any) -> bool:
    """Whether the coach's part of the admin is open to this account; which athletes it shows is another question."""
    return bool(user.is_active and user.is_staff and (user.is_superuser or user.is_coach))


def scoped_choices(model: type[Model], user: Any) -> QuerySet:
    """The rows of a model that a user may choose from: in drop-downs, and as the only valid answers of a form."""
    rows = model._default_manager.all()
    if user.is_superuser:
        return rows
    if model is User:
        return rows.filter(pk=user.pk)
    if model is Squad:
        return rows.filter(coach=user)
    if model is CoachLink:
        return rows.filter(coach=user, status=CoachLink.Status.ACTIVE)
    if hasattr(rows, "visible_to"):
        return rows.visible_to(user)
    return rows.none()


class DeclaredFilters:
    """Only the very questions that declared filters ask are answered.

    Otherwise any column, also one beyond a declared relation, can be guessed letter by letter in the query string.
    And who may not look at a model is refused before a row is looked for: Django's history answers 403 for a row that
    is there and a redirect for one that is not, which tells how many there are where ids are counted up.
    """

    of_filters = ("", "__exact", "__id__exact", "__in", "__isnull")
    of_dates = ("__year", "__month", "__day", "__gte", "__lt")

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        declared = [entry[0] if isinstance(entry, list | tuple) else entry for entry in self.get_list_filter(request)]  # type: ignore[attr-defined]
        allowed = {f"{name}{ending}" for name in declared for ending in self.of_filters if isinstance(name, str)}
        # A filter of ours asks a question of its own, under a name that is no column.
        allowed |= {str(entry.parameter_name) for entry in declared if hasattr(entry, "parameter_name")}
        return lookup in allowed | {f"{self.date_hierarchy}{ending}" for ending in self.of_dates}  # type: ignore[attr-defined]

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        if not self.has_view_or_change_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied
        answer: HttpResponse = super().history_view(request, object_id, extra_context)  # type: ignore[misc]
        return answer


class ReadOnly:
    """Shown, never written here: the services behind the athlete's pages and the loaders of the catalogue write."""

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ScopedAdmin(ReadOnly, DeclaredFilters, ModelAdmin):
    """Rows that belong to athletes: a coach sees those of athletes with open consent, a superuser all.

    Django's permission rows open nothing here; the rule is `visible_athletes`, asked in `get_queryset`, from which
    Django draws lists, searches, single pages, histories, autocompletion and the targets of actions alike.
    `athlete_path` leads from the model to the athlete, and ends with two underscores; empty for the athlete itself.
    """

    athlete_path = "athlete__"
    show_full_result_count = False
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).filter(visible_athletes(request.user, prefix=self.athlete_path))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return is_coach(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_coach(request.user)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs.setdefault("queryset", scoped_choices(db_field.remote_field.model, request.user))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs.setdefault("queryset", scoped_choices(db_field.remote_field.model, request.user))
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class SuperusersOnly:
    """Django's permissions open nothing here."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and request.user.is_superuser)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_module_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)


class OperatorAdmin(SuperusersOnly, DeclaredFilters, ModelAdmin):
    """For superusers alone: accounts, sign-in addresses, the audit trail and the work queue name people."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class CatalogueAdmin(ReadOnly, DeclaredFilters, ModelAdmin):
    """Rows that belong to nobody; Django's view permission opens them to staff.

    They follow from reviewed files: an edit here would be lost with the next release, so there is none; what dietitians
    change is laid over the files. Foods and dishes that an athlete made are the athlete's, and not among them.
    """

    show_full_result_count = False
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request)
        owned = any(field.name == "owner" for field in self.model._meta.get_fields())
        return rows.filter(owner=None) if owned else rows
