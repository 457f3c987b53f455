"""Every URL of the product."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("v1/", include("nutrition_site.api.urls")),
    path("account/", include("allauth.account.urls")),
    path("", include("athletes.urls")),
    path("", include("planning.urls")),
    path("", include("advisor.urls")),
    path("", include("billing.urls")),
]
