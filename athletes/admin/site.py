"""The admin's door and its clock: signing in happens on the site's own pages, times are those of who looks."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import SimpleTemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

from athletes.services.coaches import coach_zone
from nutrition_site.kernel.clock import zone
from nutrition_site.pages import forget_pages

View = Callable[..., HttpResponse]


def _wanted(request: HttpRequest) -> str:
    """Where the visitor was going; the admin's first page for an address of somewhere else."""
    wanted = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else reverse("admin:index")


@never_cache
def sign_in(request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
    """To the site's sign-in page. For signed-in people who are no staff there is no admin: 404."""
    if admin.site.has_permission(request):
        return HttpResponseRedirect(_wanted(request))
    if request.user.is_authenticated:
        raise Http404
    return redirect_to_login(_wanted(request), reverse("account_login"))


@never_cache
def change_password(request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
    """To the page that also ends every session of the API."""
    return HttpResponseRedirect(reverse("account_change_password"))


def _forgetting(leave: View) -> View:
    """The admin's sign-out; the browser of whoever has left keeps no page, of the admin's or of the site's."""

    @wraps(leave)
    def sign_out(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = leave(request, *args, **kwargs)
        return forget_pages(response) if request.method == "POST" else response

    return sign_out


def _by_the_coachs_clock(guarded: Callable[..., View]) -> Callable[..., View]:
    """`admin_view` whose pages show every moment in the zone of who looks (`coach_zone`); the frame names it."""

    def admin_view(view: View, cacheable: bool = False) -> View:
        inner = guarded(view, cacheable)

        @wraps(inner)
        def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not admin.site.has_permission(request):
                return inner(request, *args, **kwargs)
            with timezone.override(zone(coach_zone(request.user))):
                response = inner(request, *args, **kwargs)
                # A page that is rendered after its view has returned would have lost the zone.
                return response.render() if isinstance(response, SimpleTemplateResponse) else response

        return shown

    return admin_view


admin.site.admin_view = _by_the_coachs_clock(admin.site.admin_view)  # type: ignore[method-assign]
admin.site.login = sign_in  # type: ignore[method-assign]
admin.site.logout = _forgetting(admin.site.logout)  # type: ignore[method-assign]
admin.site.password_change = change_password  # type: ignore[method-assign]
