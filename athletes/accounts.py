"""Making accounts, for the API and for allauth's pages alike."""

from __future__ import annotations

import unicodedata
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from nutrition_site.kernel.api.limits import client_address
from nutrition_site.kernel.audit import record_audit
from nutrition_site.kernel.errors import Conflict, InvalidInput

MAX_EMAIL = 254


def normalize_email(email: str) -> str:
    """One spelling of an address: NFKC, lower case, no space around it."""
    return unicodedata.normalize("NFKC", email).strip().lower()


def create_account(*, email: str, password: str) -> Any:
    """A new account that can sign in through the API and in the browser.

    Raises InvalidInput for a weak password, with every reason, and Conflict `account_exists` for a taken address.
    """
    from allauth.account.models import EmailAddress

    from .models import User
    from .services.account_mail import queue_verification

    address = normalize_email(email)
    if len(address) > MAX_EMAIL:
        raise InvalidInput.of("email", gettext("At most %(count)s characters.") % {"count": MAX_EMAIL})
    if User.objects.filter(email=address).exists():
        raise _taken()
    try:
        validate_password(password, user=User(email=address))
    except ValidationError as error:
        rows = [{"field": "password", "message": reason} for reason in error.messages]
        raise InvalidInput(gettext("This password is too weak."), code="weak_password", details=rows)
    try:
        with transaction.atomic():
            user = User.objects.create_user(address, password)
            # allauth looks here when the same person signs in in the browser.
            entry = EmailAddress.objects.create(user=user, email=address, primary=True, verified=False)
            queue_verification(address=entry, is_signup=True)
            record_audit(verb="account.created", by=user, object_id=user.pk)
    except IntegrityError:
        raise _taken()
    return user


def _taken() -> Conflict:
    return Conflict(gettext("There is an account with this e-mail address."), code="account_exists")


class AccountAdapter(DefaultAccountAdapter):
    """allauth's pages follow the same rules as the API."""

    def get_client_ip(self, request: Any) -> str:
        """Behind a proxy everybody would share one limit for signing in and signing up."""
        return client_address(request)

    def clean_email(self, email: str) -> str:
        address = normalize_email(email)
        if len(address) > MAX_EMAIL:
            raise ValidationError(gettext("At most %(count)s characters.") % {"count": MAX_EMAIL})
        return super().clean_email(address)

    def set_password(self, user: Any, password: str) -> None:
        """A new password ends every session of the API."""
        from .tokens import revoke_every_token

        is_new = user._state.adding
        with transaction.atomic():
            super().set_password(user, password)
            if not is_new:
                revoke_every_token(user=user, by=user)

    def send_confirmation_mail(self, request: Any, emailconfirmation: Any, signup: bool) -> None:
        from .services.account_mail import queue_verification

        queue_verification(address=emailconfirmation.email_address, is_signup=signup)

    def send_password_reset_mail(self, user: Any, email: str, context: dict[str, Any]) -> None:
        from .services.account_mail import queue_password_reset

        queue_password_reset(user=user, email=email)

    def send_account_already_exists_mail(self, email: str) -> None:
        from .services.account_mail import queue_account_exists

        queue_account_exists(email=email)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Nothing to an address that has no account: a form that anybody may send must not write to strangers."""
        if template_prefix != "account/email/unknown_account":
            super().send_mail(template_prefix, email, context)
