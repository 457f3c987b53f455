"""Accounts and tokens."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.utils.translation import gettext
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.response import Response

from nutrition_site.kernel.api import limits
from nutrition_site.kernel.api.operations import CreatingMixin, Operation, PublicOperation, created

from . import tokens
from .account_serializers import AccountIn, AccountOut, ProfileOut, RefreshIn, SignInIn, TokenOut
from .accounts import create_account
from .models import Athlete


def _token_body(pair: tokens.TokenPair) -> dict[str, Any]:
    return {
        "token": pair.access_token,
        "access_token": pair.access_token,
        "token_type": "Bearer",
        "expires_in": pair.expires_in,
        "refresh_token": pair.refresh_token,
    }


def _token_answer(pair: tokens.TokenPair) -> Response:
    # RFC 6749 section 5.1: no cache may keep a token.
    return Response(_token_body(pair), headers={"Cache-Control": "no-store"})


@extend_schema_view(
    post=extend_schema(operation_id="create_account", tags=["accounts"], request=AccountIn, responses={201: AccountOut})
)
class CreateAccount(CreatingMixin, PublicOperation):
    """Makes an account. A taken address is 409 `account_exists`, a weak password 400 with every reason."""

    def count_request(self, request: Any) -> None:
        super().count_request(request)
        self.accounts = limits.per_hour(settings.RATE_LIMIT_ACCOUNTS_PER_HOUR)
        self.address = limits.client_address(request)
        limits.test(
            self.accounts, "accounts", self.address, message=gettext("Too many new accounts from this address.")
        )

    def create(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        user = create_account(**self.read(AccountIn))
        # Counted only now: a refused request uses no quota.
        limits.hit(self.accounts, "accounts", self.address)
        return created({"id": user.pk, "email": user.email}, "/v1/accounts/me")


class SignIn(PublicOperation):
    """An access token and a refresh token for an e-mail address and a password; 401 `invalid_credentials`."""

    def count_request(self, request: Any) -> None:
        item = limits.per_minute(settings.RATE_LIMIT_SIGN_IN_PER_MINUTE)
        self.limit_standing = limits.hit(item, "sign-in", limits.client_address(request))

    @extend_schema(operation_id="sign_in", tags=["accounts"], request=SignInIn, responses={200: TokenOut})
    def post(self, request: Any) -> Response:
        return _token_answer(tokens.issue_tokens(user=tokens.sign_in(**self.read(SignInIn))))


class RefreshTokens(PublicOperation):
    """A fresh pair for a refresh token. Each is good for one use; a second use signs the whole family out."""

    @extend_schema(operation_id="refresh_tokens", tags=["accounts"], request=RefreshIn, responses={200: TokenOut})
    def post(self, request: Any) -> Response:
        return _token_answer(tokens.rotate_tokens(**self.read(RefreshIn)))


class RevokeTokens(PublicOperation):
    """Signs out: the refresh token's family and the access tokens of the account stop working."""

    @extend_schema(operation_id="revoke_tokens", tags=["accounts"], request=RefreshIn, responses={204: None})
    def post(self, request: Any) -> Response:
        tokens.revoke_tokens(**self.read(RefreshIn))
        return Response(status=204)


class ReadProfile(Operation):
    """The account that this token belongs to."""

    @extend_schema(operation_id="read_profile", tags=["accounts"], responses={200: ProfileOut})
    def get(self, request: Any) -> Response:
        user = request.user
        return Response(
            {
                "id": user.pk,
                "email": user.email,
                "email_verified": EmailAddress.objects.filter(user=user, email=user.email, verified=True).exists(),
                "name": user.name,
                "language": user.language,
                "is_coach": user.is_coach,
                "athlete_id": Athlete.objects.owned_by(user).values_list("pk", flat=True).first(),
                "tier": self.entitlements.tier,
                "created_at": user.date_joined,
            }
        )
