"""The composition of `/v1`: every app's operations under one prefix."""

from django.urls import include, path

urlpatterns = [
    path("", include("athletes.api_urls")),
    path("", include("planning.api_urls")),
    path("", include("advisor.api_urls")),
    path("", include("billing.api_urls")),
]
