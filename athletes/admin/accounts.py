"""Accounts, groups and sign-in addresses, for superusers."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db import transaction
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from athletes.admin.scope import DeclaredFilters, OperatorAdmin, SuperusersOnly
from athletes.models import User
from athletes.tokens import revoke_every_token
from nutrition_site.kernel.audit import record_audit

# Changing one of these changes what the account may do.
RIGHTS = frozenset({"is_active", "is_staff", "is_superuser", "is_coach", "groups"})


@admin.register(User)
class UserAdmin(OperatorAdmin):
    """Accounts are made by signing up; here they are named, locked, and given rights."""

    list_display = ("email", "name", "is_coach", "is_staff", "is_superuser", "is_active", "date_joined")
    list_filter = ("is_coach", "is_staff", "is_superuser", "is_active")
    search_fields = ("email", "name")
    ordering = ("email",)
    readonly_fields = ("email", "date_joined", "last_login")
    autocomplete_fields = ("groups",)
    fieldsets = (
        (None, {"fields": ("email", "name", "language", "date_joined", "last_login")}),
        (
            "Rights",
            {
                "fields": ("is_active", "is_coach", "is_staff", "is_superuser", "groups"),
                "description": "Coaches need the staff right too. No group opens an athlete's data: consent does.",
            },
        ),
    )

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def log_change(self, request: HttpRequest, obj: User, message: Any) -> None:
        """Nothing beside the audit trail: Django's own log keeps the address when the account is long deleted."""

    @transaction.atomic
    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if not form.changed_data:
            return
        record_audit(verb="account.changed", by=request.user, object_id=obj.pk, fields=sorted(form.changed_data))
        if RIGHTS & set(form.changed_data):
            revoke_every_token(user=obj, by=request.user)


class GroupAdmin(SuperusersOnly, DeclaredFilters, ModelAdmin):
    """Sets of Django permissions, for staff who curate the catalogue or look after subscriptions."""

    search_fields = ("name",)
    ordering = ("name",)


class EmailAddressAdmin(OperatorAdmin):
    """Addresses that people sign in with, and whether they have confirmed them."""

    list_display = ("email", "user", "primary", "verified")
    list_filter = ("primary", "verified")
    list_select_related = ("user",)
    search_fields = ("email",)


def _replace(model: Any, ours: type[OperatorAdmin]) -> None:
    """Takes the place of a library's page, which asks for Django permissions alone."""
    if admin.site.is_registered(model):
        admin.site.unregister(model)
    admin.site.register(model, ours)


_replace(Group, GroupAdmin)
_replace(EmailAddress, EmailAddressAdmin)
