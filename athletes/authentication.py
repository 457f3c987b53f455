"""Bearer tokens: signature, lifetime, type and generation are checked before anything else happens."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

import jwt
from django.conf import settings
from django.utils import translation
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework_simplejwt import tokens as simplejwt
from rest_framework_simplejwt.backends import TokenBackend
from rest_framework_simplejwt.exceptions import ExpiredTokenError, TokenError

from athletes.models import User
from nutrition_site.kernel.ids import is_id


@lru_cache(maxsize=4)
def _backend(secret: str) -> TokenBackend:
    return TokenBackend("HS256", secret, "", "athleat", "athleat", None, 0)


class WrongTokenType(TokenError):
    """A refresh token where an access token belongs, or the other way round."""


class _OurBackend:
    """Signs and reads with the secret in force now, not with the one at import."""

    payload: dict[str, Any]
    token_type: str

    def get_token_backend(self) -> TokenBackend:
        return _backend(settings.JWT_SECRET)

    @property
    def token_backend(self) -> TokenBackend:
        return self.get_token_backend()

    def verify_token_type(self) -> None:
        if self.payload.get("token_type") != self.token_type:
            raise WrongTokenType()


class AccessToken(_OurBackend, simplejwt.AccessToken):
    """Claims: `sub`, `token_type` "access", `gen`, `jti`, `iat`, `exp`, `iss`, `aud`."""


class RefreshJWT(_OurBackend, simplejwt.Token):
    """The same with `token_type` "refresh" and `fam`, the family it was rotated in; `jti` is the id of its row."""

    token_type = "refresh"  # noqa: S105 - a type, not a secret
    lifetime = timedelta(seconds=settings.REFRESH_EXPIRES_IN)


_KINDS: dict[str, type[simplejwt.Token]] = {"access": AccessToken, "refresh": RefreshJWT}


def make_access_token(user: User, *, issued_at: int) -> str:
    """A signed access token for a user; `issued_at` in seconds since 1970."""
    token = AccessToken()
    moment = datetime.fromtimestamp(issued_at, UTC)
    token["sub"] = user.pk
    token["gen"] = user.token_generation
    token.set_iat(at_time=moment)
    token.set_exp(from_time=moment, lifetime=timedelta(seconds=settings.JWT_EXPIRES_IN))
    return str(token)


def make_refresh_jwt(*, user_id: str, row_id: str, family: str, issued_at: datetime, expires_at: datetime) -> str:
    """A signed refresh token for a row of `RefreshToken`."""
    token = RefreshJWT()
    token["sub"] = user_id
    token["jti"] = row_id
    token["fam"] = family
    token.set_iat(at_time=issued_at)
    token.set_exp(from_time=issued_at, lifetime=expires_at - issued_at)
    return str(token)


def read_token(raw: str, *, kind: str) -> dict[str, Any]:
    """The claims of a token of one kind. Raises AuthenticationFailed with a message a client can act on."""
    try:
        claims: dict[str, Any] = _KINDS[kind](raw).payload
    except (TokenError, ValueError, OverflowError) as error:
        raise AuthenticationFailed(_reason(error))
    if not is_id(claims.get("sub"), "usr"):
        raise AuthenticationFailed("invalid token")
    return claims


def _reason(error: BaseException) -> str:
    """The library says "invalid" to all; the cause tells a rotated secret from a stale or a mixed-up token."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, jwt.InvalidSignatureError):
            return "invalid signature"
        if isinstance(cause, jwt.ExpiredSignatureError | ExpiredTokenError):
            return "token expired"
        if isinstance(cause, WrongTokenType):
            return "wrong token type"
        cause = cause.__cause__
    return "invalid token"


class BearerAuthentication(BaseAuthentication):
    """`Authorization: Bearer <token>`."""

    def authenticate(self, request: Any) -> tuple[User, dict[str, Any]] | None:
        parts = get_authorization_header(request).split()
        if not parts or parts[0].lower() != b"bearer":
            return None
        if len(parts) != 2:
            raise AuthenticationFailed("invalid token")
        claims = read_token(parts[1].decode("latin-1"), kind="access")
        user = User.objects.filter(pk=claims["sub"], is_active=True).first()
        if user is None or user.token_generation != claims.get("gen"):
            raise AuthenticationFailed("token revoked")
        if user.language and "HTTP_ACCEPT_LANGUAGE" not in request.META:
            translation.activate(user.language)
        return user, claims

    def authenticate_header(self, request: Any) -> str:
        return 'Bearer realm="athleat"'


class BearerScheme(OpenApiAuthenticationExtension):
    """How the OpenAPI description names it."""

    target_class = "athletes.authentication.BearerAuthentication"
    name = "bearer"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
