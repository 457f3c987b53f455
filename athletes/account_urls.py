"""Accounts and tokens, relative to `/v1/`."""

from django.urls import path

from . import account_api

account_urlpatterns = [
    path("accounts", account_api.CreateAccount.as_view(), name="api-accounts"),
    path("accounts/me", account_api.ReadProfile.as_view(), name="api-profile"),
    path("auth/token", account_api.SignIn.as_view(), name="api-sign-in"),
    path("auth/token/refresh", account_api.RefreshTokens.as_view(), name="api-refresh"),
    path("auth/token/revoke", account_api.RevokeTokens.as_view(), name="api-revoke"),
]
