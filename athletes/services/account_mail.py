"""Mails that answer what somebody did on a sign-in page: confirm an address, set a new password.

They are sent from the queue like every other mail, so no page waits for a mail server, and how long a page takes does
not tell whether there is such an account. The links are made when the mail is written: no row ever holds one.
"""

from __future__ import annotations

from typing import Any

from allauth.account import app_settings
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from athletes.mail.deliveries import queue_mail
from athletes.mail.letters import Letter, absolute_url
from athletes.models import MailDelivery, User
from nutrition_site.kernel.ids import new_id
from nutrition_site.kernel.models import WorkItem

VERIFICATION, PASSWORD_RESET, ACCOUNT_EXISTS = "verification", "password_reset", "account_exists"


def queue_verification(*, address: EmailAddress, is_signup: bool) -> None:
    """Asks the owner of an address to confirm it; each time that it is asked for."""
    _queue(address.user, VERIFICATION, address=address.pk, is_signup=is_signup)


def queue_password_reset(*, user: User, email: str) -> None:
    """Sends the link that sets a new password, to the address of the account that was typed."""
    known = EmailAddress.objects.filter(user=user, email__iexact=email).first()
    _queue(user, PASSWORD_RESET, address=known.pk if known else None)


def queue_account_exists(*, email: str) -> None:
    """Tells the owner of an address that somebody tried to make a second account with it."""
    user = User.objects.filter(email__iexact=email).first()
    if user is not None:
        _queue(user, ACCOUNT_EXISTS)


def _queue(user: Any, kind: str, **payload: Any) -> None:
    # A person may ask again, so every time is another mail.
    queue_mail(user=user, kind=kind, key=new_id("mld"), payload={**payload, "language": get_language() or ""})


def write_verification(delivery: MailDelivery, item: WorkItem) -> Letter | None:
    """The link that confirms an address; None when it is confirmed or no longer the account's."""
    address = EmailAddress.objects.filter(pk=item.payload.get("address"), user_id=delivery.user_id).first()
    if address is None or address.verified:
        return None
    key = EmailConfirmationHMAC(address).key
    return Letter(
        subject=_("Please confirm your e-mail address"),
        template="verification",
        words={
            "is_signup": bool(item.payload.get("is_signup")),
            "url": absolute_url(reverse("account_confirm_email", args=[key])),
            "days": app_settings.EMAIL_CONFIRMATION_EXPIRE_DAYS,
        },
        to=address.email,
    )


def write_password_reset(delivery: MailDelivery, item: WorkItem) -> Letter | None:
    """The link that sets a new password. It goes to the account's address, or another one that is the account's."""
    user = delivery.user
    address = EmailAddress.objects.filter(pk=item.payload.get("address"), user=user).first()
    key = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    place = reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": key})
    return Letter(
        subject=_("Set a new password"),
        template="password_reset",
        words={"url": absolute_url(place), "email": user.email},
        to=address.email if address is not None else user.email,
    )


def write_account_exists(delivery: MailDelivery, item: WorkItem) -> Letter | None:
    """Where to sign in instead of making a second account."""
    return Letter(
        subject=_("You have an account already"),
        template="account_exists",
        words={
            "url": absolute_url(reverse("account_login")),
            "reset_url": absolute_url(reverse("account_reset_password")),
        },
        to=delivery.user.email,
    )
