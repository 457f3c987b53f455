"""Staff grant, extend and end subscriptions here; every deed is a service with its audit entry."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldAdminSplitDateTimeWidget, UnfoldAdminTextInputWidget

from nutrition_site.kernel import clock
from nutrition_site.kernel.errors import DomainError

from . import services
from .models import Subscription, Tier


class GrantForm(forms.ModelForm):
    """A tier for an account, from now on."""

    email = forms.EmailField(label="Account", widget=UnfoldAdminTextInputWidget, help_text="E-mail address.")
    current_period_end = forms.SplitDateTimeField(
        label="Until",
        required=False,
        widget=UnfoldAdminSplitDateTimeWidget,
        help_text="Empty: without end.",
    )
    note = forms.CharField(max_length=300, required=False, widget=UnfoldAdminTextInputWidget)

    class Meta:
        model = Subscription
        fields = ("email", "tier", "current_period_end", "renews", "note")

    def clean_email(self) -> Any:
        account = get_user_model().objects.filter(email__iexact=self.cleaned_data["email"]).first()
        if account is None:
            raise forms.ValidationError("There is no account with this e-mail address.")
        return account

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        until = values.get("current_period_end")
        if values.get("renews") and until is None:
            self.add_error("current_period_end", "A subscription that renews needs the end of its first period.")
        if until is not None and until <= clock.now():
            self.add_error("current_period_end", "Must lie ahead.")
        return values


class _FirstOfAllAllowed:
    """Who may not look at a model is refused before a row is looked for, also in the history of one."""

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        if not self.has_view_or_change_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied
        answer: HttpResponse = super().history_view(request, object_id, extra_context)  # type: ignore[misc]
        return answer


@admin.register(Subscription)
class SubscriptionAdmin(_FirstOfAllAllowed, ModelAdmin):
    """Adding grants; a row itself is never edited, only extended or ended."""

    form = GrantForm
    list_display = ("user", "tier", "status", "started_at", "current_period_end", "renews", "gateway")
    list_filter = ("status", "tier", "gateway")
    search_fields = ("user__email", "id", "external_id")
    list_select_related = ("user", "tier")
    actions = ("approve", "extend_by_a_month", "end_now")

    def get_fields(self, request: HttpRequest, obj: Subscription | None = None) -> tuple[str, ...]:
        if obj is None:
            return GrantForm.Meta.fields
        return ("user", "tier", "status", "started_at", "current_period_end", "renews", "gateway", "ended_at", "note")

    def has_change_permission(self, request: HttpRequest, obj: Subscription | None = None) -> bool:
        return obj is None and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Subscription | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Subscription, form: Any, change: bool) -> None:
        values = form.cleaned_data
        granted = services.grant_subscription(
            user=values["email"],
            tier_id=values["tier"].pk,
            by=request.user,
            until=values["current_period_end"],
            renews=values["renews"],
            note=values["note"],
        )
        obj.pk = granted.pk
        obj.refresh_from_db()

    @admin.action(description="Approve what was asked for", permissions=["change"])
    def approve(self, request: HttpRequest, queryset: Any) -> None:
        """Grants requested tiers without end."""
        self._each(
            request,
            queryset.requested(),
            lambda row: services.grant_subscription(user=row.user, tier_id=row.tier_id, by=request.user),
        )

    @admin.action(description="Extend by a month", permissions=["change"])
    def extend_by_a_month(self, request: HttpRequest, queryset: Any) -> None:
        self._each(request, queryset.live(), lambda row: services.extend_subscription(user=row.user, by=request.user))

    @admin.action(description="End now", permissions=["change"])
    def end_now(self, request: HttpRequest, queryset: Any) -> None:
        self._each(request, queryset.live(), lambda row: services.end_subscription(user=row.user, by=request.user))

    def _each(self, request: HttpRequest, rows: Any, deed: Callable[[Subscription], Any]) -> None:
        done = 0
        for row in rows.select_related("user"):
            try:
                deed(row)
                done += 1
            except DomainError as error:
                self.message_user(request, f"{row.user}: {error.message}", messages.ERROR)
        self.message_user(request, f"{done} done.", messages.SUCCESS if done else messages.WARNING)


@admin.register(Tier)
class TierAdmin(_FirstOfAllAllowed, ModelAdmin):
    """What a tier includes. The limits of `free` come from the settings and are only shown."""

    list_display = ("name", "price_minor", "currency", "requests_per_minute", "plans_per_week", "offered")
    limits = ("requests_per_minute", "plans_per_week", "advisor_messages_per_day", "calendars")

    def get_readonly_fields(self, request: HttpRequest, obj: Tier | None = None) -> tuple[str, ...]:
        if obj is None:
            return ()
        return ("id", *self.limits) if obj.id == services.FREE else ("id",)

    def has_delete_permission(self, request: HttpRequest, obj: Tier | None = None) -> bool:
        return False
