"""Bearer tokens: signature, lifetime, type and generation are checked before anything else happens."""

from __future__ import annotations

from typing import Any

import jwt
from django.conf import settings
from django.utils import translation
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed

from athletes.models import User


def make_access_token(user: User, *, issued_at: int) -> str:
    """A signed access token for a user."""
    claims = {
        "sub": user.pk,
        "typ": "access",
        "gen": user.token_generation,
        "iat": issued_at,
        "exp": issued_at + settings.JWT_EXPIRES_IN,
        "iss": "athleat",
        "aud": "athleat",
    }
    return jwt.encode(claims, settings.JWT_SECRET, algorithm="HS256")


def read_token(raw: str, *, kind: str) -> dict[str, Any]:
    """The claims of a token of one kind. Raises AuthenticationFailed with a message a client can act on."""
    try:
        claims = jwt.decode(
            raw,
            settings.JWT_SECRET,
            algorithms=["HS256"],
            audience="athleat",
            issuer="athleat",
            options={"require": ["exp", "iat", "sub"]},
        )
    except jwt.ExpiredSignatureError:
        raise AuthenticationFailed("token expired")
    except jwt.InvalidSignatureError:
        raise AuthenticationFailed("invalid signature")
    except jwt.PyJWTError:
        raise AuthenticationFailed("invalid token")
    if claims.get("typ") != kind:
        raise AuthenticationFailed("wrong token type")
    return claims


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
