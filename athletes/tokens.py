"""Signing in, staying signed in, signing out: every write on tokens."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext, gettext_noop
from rest_framework.exceptions import AuthenticationFailed

from nutrition_site.kernel import clock
from nutrition_site.kernel.api import limits
from nutrition_site.kernel.audit import record_audit
from nutrition_site.kernel.errors import DomainError, LimitReached
from nutrition_site.kernel.ids import new_id

from .accounts import normalize_email
from .authentication import make_access_token, make_refresh_jwt, read_token
from .models import RefreshToken, User


class InvalidCredentials(DomainError):
    """401: the pair of e-mail and password is not known; which of the two is never told."""

    status = 401
    code = "invalid_credentials"
    message = gettext_noop("The e-mail address or the password is wrong.")


class InvalidRefreshToken(DomainError):
    """401: a refresh token that is unknown, stale, used already or revoked."""

    status = 401
    code = "invalid_refresh_token"
    message = gettext_noop("This refresh token is no longer valid. Please sign in again.")


@dataclass(frozen=True, slots=True)
class TokenPair:
    """What a client keeps: an access token, its lifetime in seconds, and the refresh token."""

    access_token: str
    expires_in: int
    refresh_token: str


def sign_in(*, email: str, password: str) -> User:
    """The account of an e-mail address and a password.

    Raises InvalidCredentials, or LimitReached after `RATE_LIMIT_FAILED_SIGN_INS` failures for one address within 15
    minutes. An unknown address costs the same time as a wrong password.
    """
    email = normalize_email(email)
    failures = limits.per_minute(settings.RATE_LIMIT_FAILED_SIGN_INS, 15)
    # The store of counters holds no address.
    mark = hashlib.sha256(email.encode()).hexdigest()
    limits.test(
        failures, "failed-sign-in", mark, message=gettext("Too many failed sign-ins. Please wait some minutes.")
    )
    user = User.objects.filter(email=email).first()
    if user is None:
        make_password(password)
    elif user.check_password(password) and user.is_active:
        return user
    with suppress(LimitReached):
        limits.hit(failures, "failed-sign-in", mark)
    raise InvalidCredentials()


@transaction.atomic
def issue_tokens(*, user: User) -> TokenPair:
    """A fresh access token and the first refresh token of a new family; forgets the user's stale ones."""
    RefreshToken.objects.filter(user=user, expires_at__lt=clock.now()).delete()
    pair = _issue(user, family=new_id("rft"))
    record_audit(verb="account.signed_in", by=user, object_id=user.pk)
    return pair


def rotate_tokens(*, refresh_token: str) -> TokenPair:
    """A fresh pair for a refresh token that was not used before.

    Using one a second time revokes its whole family and every access token of the account: either the thief or the
    owner is holding a copy. Raises InvalidRefreshToken.
    """
    claims = _claims_of(refresh_token)
    with transaction.atomic():
        row = RefreshToken.objects.select_related("user").filter(pk=claims["jti"], user_id=claims["sub"]).first()
        if row is None or row.revoked_at is not None or not row.user.is_active:
            raise InvalidRefreshToken()
        fresh = RefreshToken.objects.filter(pk=row.pk, rotated_at=None, revoked_at=None).update(rotated_at=clock.now())
        if fresh:
            return _issue(row.user, family=row.family)
        _revoke(row.user, family=row.family)
        record_audit(verb="account.refresh_token_reused", by=row.user, object_id=row.user.pk)
    raise InvalidRefreshToken()


@transaction.atomic
def revoke_tokens(*, refresh_token: str) -> None:
    """Signs out what this refresh token belongs to; access tokens stop at once, other devices refresh theirs.

    A token that is not valid is signed out already: no error (RFC 7009 section 2.2).
    """
    try:
        claims = _claims_of(refresh_token)
    except InvalidRefreshToken:
        return
    row = RefreshToken.objects.select_related("user").filter(pk=claims["jti"], user_id=claims["sub"]).first()
    if row is not None and row.revoked_at is None:
        _revoke(row.user, family=row.family)
        record_audit(verb="account.signed_out", by=row.user, object_id=row.user.pk)


@transaction.atomic
def revoke_every_token(*, user: User, by: User | None) -> None:
    """Ends every session of the API: after a change of password, or when staff locks an account."""
    _revoke(user)
    record_audit(verb="account.tokens_revoked", by=by, object_id=user.pk)


def _claims_of(refresh_token: str) -> dict[str, str]:
    try:
        return read_token(refresh_token, kind="refresh")
    except AuthenticationFailed:
        raise InvalidRefreshToken()


def _issue(user: User, *, family: str) -> TokenPair:
    moment = clock.now()
    row = RefreshToken.objects.create(
        user=user, family=family, expires_at=moment + timedelta(seconds=settings.REFRESH_EXPIRES_IN)
    )
    return TokenPair(
        access_token=make_access_token(user, issued_at=int(moment.timestamp())),
        expires_in=settings.JWT_EXPIRES_IN,
        refresh_token=make_refresh_jwt(
            user_id=user.pk, row_id=row.pk, family=family, issued_at=moment, expires_at=row.expires_at
        ),
    )


def _revoke(user: User, *, family: str | None = None) -> None:
    rows = RefreshToken.objects.filter(user=user, revoked_at=None)
    if family is not None:
        rows = rows.filter(family=family)
    rows.update(revoked_at=clock.now())
    User.objects.filter(pk=user.pk).update(token_generation=F("token_generation") + 1)
    user.refresh_from_db(fields=["token_generation"])
