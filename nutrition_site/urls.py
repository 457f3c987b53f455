"""Every URL of the product, except the health paths, which `HealthMiddleware` answers before all of these."""

from typing import Any

from allauth.account.views import LogoutView
from django.contrib import admin
from django.urls import include, path

from nutrition_site import offline
from nutrition_site.pages import forget_pages


class SignOutView(LogoutView):  # type: ignore[misc]
    """allauth's own; the browser of whoever has left keeps no page."""

    def post(self, *args: Any, **kwargs: Any) -> Any:
        return forget_pages(super().post(*args, **kwargs))


urlpatterns = [
    path("admin/", admin.site.urls),
    path("v1/", include("nutrition_site.api.urls")),
    path("api/", include("nutrition_site.api.alias_urls")),
    path("account/logout/", SignOutView.as_view(), name="account_logout"),
    path("account/", include("allauth.account.urls")),
    path("manifest.webmanifest", offline.manifest, name="manifest"),
    path("service-worker.js", offline.service_worker, name="service_worker"),
    path("offline", offline.offline_page, name="offline"),
    path("", include("athletes.urls")),
    path("", include("planning.urls")),
    path("", include("advisor.urls")),
    path("", include("billing.urls")),
]

handler400 = "nutrition_site.failures.bad_request"
handler403 = "nutrition_site.failures.forbidden"
handler404 = "nutrition_site.failures.not_found"
handler500 = "nutrition_site.failures.failed"
