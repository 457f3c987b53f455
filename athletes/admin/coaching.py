"""A coach's links and squads: invite, group, end. Consent itself is the athlete's, on the athlete's own page."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from athletes.admin.forms import InvitationForm, SquadForm
from athletes.admin.scope import ScopedAdmin, is_coach
from athletes.models import CoachLink, Squad
from athletes.services.coaches import create_squad, end_coach_link, invite_athlete
from athletes.services.squads import delete_squad, rename_squad, set_squad_members
from nutrition_site.kernel.errors import DomainError
from nutrition_site.pages import submit

# The same words whether or not anybody has the address: an invitation must not tell who has an account.
INVITED = "If an athlete uses this address here, they now find your invitation under Account, Coaches."


@admin.register(CoachLink)
class CoachLinkAdmin(ScopedAdmin):
    """The coach's athletes. An invitation that nobody answered is not listed: it would tell who has an account."""

    list_display = ("athlete", "squad", "consented_at")
    list_display_links = None
    list_filter = (("squad", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("athlete", "squad", "coach")
    search_fields = ("athlete__name", "athlete__user__email")
    fields = ("athlete", "coach", "squad", "status", "invited_at", "consented_at", "ended_at")
    ordering = ("athlete__name", "pk")
    actions = ("end_coaching",)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request)
        if request.user.is_superuser:
            return rows
        return rows.filter(coach=request.user, status=CoachLink.Status.ACTIVE)

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        shown = ("athlete", "squad", "consented_at")
        return ("athlete", "coach", "status", "squad", "consented_at") if request.user.is_superuser else shown

    def has_add_permission(self, request: HttpRequest) -> bool:
        return is_coach(request.user) and request.user.is_coach

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """The invitation. It answers the same for every address."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = InvitationForm(request.POST or None, coach=request.user)
        here = reverse("admin:athletes_coachlink_changelist")
        if request.method == "POST":
            answer = submit(request, form, lambda: self._invite(request, form, here), done=INVITED)
            if answer is not None:
                return answer
        context = {
            **self.admin_site.each_context(request),
            "title": "Invite an athlete",
            "form": form,
            "opts": self.model._meta,
            "back": here,
        }
        status = 422 if form.is_bound else 200
        return TemplateResponse(request, "admin/athletes/coachlink/invite.html", context, status=status)

    @staticmethod
    def _invite(request: HttpRequest, form: InvitationForm, next_url: str) -> str:
        values = form.cleaned_data
        invite_athlete(coach=request.user, email=values["email"], squad=values["squad"])
        return next_url

    @admin.action(description="End coaching", permissions=["view"])
    def end_coaching(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        """Asks first, then ends the links at once."""
        links = list(queryset.select_related("athlete"))
        if request.POST.get("confirmed") != "yes":
            context = {
                **self.admin_site.each_context(request),
                "title": "End coaching",
                "links": links,
                "opts": self.model._meta,
                "checkbox": ACTION_CHECKBOX_NAME,
                "back": reverse("admin:athletes_coachlink_changelist"),
            }
            return TemplateResponse(request, "admin/athletes/coachlink/end.html", context)
        ended = 0
        for link in links:
            try:
                end_coach_link(by=request.user, link=link)
                ended += 1
            except DomainError as error:
                self.message_user(request, error.message, messages.ERROR)
        if ended:
            said = "1 link has ended." if ended == 1 else f"{ended} links have ended."
            self.message_user(request, f"{said} You no longer see these athletes.", messages.SUCCESS)
        return None


@admin.register(Squad)
class SquadAdmin(ScopedAdmin):
    """The coach's own groups."""

    form = SquadForm
    list_display = ("name", "athletes_in_it")
    search_fields = ("name",)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        # A squad belongs to a coach, not to an athlete: the scope of the base class does not apply.
        rows = self.model._default_manager.order_by("name", "pk")
        active = Count("links", filter=Q(links__status=CoachLink.Status.ACTIVE))
        rows = rows.annotate(active_links=active)
        return rows if request.user.is_superuser else rows.filter(coach=request.user)

    @admin.display(description="Athletes", ordering="active_links")
    def athletes_in_it(self, squad: Any) -> int:
        return squad.active_links

    def get_fields(self, request: HttpRequest, obj: Squad | None = None) -> tuple[str, ...]:
        return ("name", "members") if obj is None or obj.coach_id == request.user.pk else ("name", "coach")

    def get_form(self, request: HttpRequest, obj: Squad | None = None, change: bool = False, **kwargs: Any) -> Any:
        made = super().get_form(request, obj, change, **kwargs)
        return type("BoundSquadForm", (made,), {"coach": request.user})

    def has_add_permission(self, request: HttpRequest) -> bool:
        return is_coach(request.user) and request.user.is_coach

    def has_change_permission(self, request: HttpRequest, obj: Squad | None = None) -> bool:
        return self.has_add_permission(request) and (obj is None or obj.coach_id == request.user.pk)

    def has_delete_permission(self, request: HttpRequest, obj: Squad | None = None) -> bool:
        return self.has_change_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: Squad, form: Any, change: bool) -> None:
        name = form.cleaned_data["name"]
        if change:
            rename_squad(coach=request.user, squad=obj, name=name)
        else:
            obj.pk = create_squad(coach=request.user, name=name).pk
            obj.refresh_from_db()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        set_squad_members(coach=request.user, squad=form.instance, links=form.cleaned_data["members"])

    def delete_model(self, request: HttpRequest, obj: Squad) -> None:
        delete_squad(coach=request.user, squad=obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        for squad in queryset.filter(coach=request.user):
            delete_squad(coach=request.user, squad=squad)
