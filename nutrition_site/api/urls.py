"""The composition of `/v1`: every app's operations under one prefix."""

from django.urls import include, path

from athletes.account_urls import account_urlpatterns

from .description import OpenApiDescription, OpenApiPage

urlpatterns = [
    path("openapi.json", OpenApiDescription.as_view(), name="api-openapi"),
    path("docs", OpenApiPage.as_view(), name="api-docs"),
    *account_urlpatterns,
    path("", include("athletes.api_urls")),
    path("", include("planning.api_urls")),
    path("", include("advisor.api_urls")),
    path("", include("billing.api_urls")),
]
