"""Paths of older guides, thin aliases onto the same operations; not part of the OpenAPI description."""

from django.urls import path
from drf_spectacular.utils import extend_schema

from athletes.account_api import ReadProfile, SignIn


@extend_schema(exclude=True)
class SignInAlias(SignIn):
    """`POST /api/auth/login` → `{token, …}`."""


@extend_schema(exclude=True)
class ReadProfileAlias(ReadProfile):
    """`GET /api/profile`."""


urlpatterns = [
    path("auth/login", SignInAlias.as_view(), name="alias-sign-in"),
    path("profile", ReadProfileAlias.as_view(), name="alias-profile"),
]
