"""The admin's door: signing in and changing a password happen on the site's own pages, under their limits."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache


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


admin.site.login = sign_in  # type: ignore[method-assign]
admin.site.password_change = change_password  # type: ignore[method-assign]
