"""One mail before it is sent: who gets it, in which language, and its two parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import get_language, get_language_bidi

from athletes.mail.stopping import stop_path
from athletes.models import MailDelivery, User
from athletes.rules import has_verified_email


@dataclass(frozen=True, slots=True)
class Letter:
    """What a mail says, in the language that is active.

    `subject` holds no health data: it is shown on locked screens. `template` names `mail/<template>.txt` and `.html`,
    which are filled with `words`. `stops` is the choice that the mail's unsubscribe link ends, empty for a mail that
    answers what somebody has just asked for. `to` is an address that need not be confirmed; without it the mail goes
    to the account's own, and only when that is confirmed.
    """

    subject: str
    template: str
    words: Mapping[str, Any] = field(default_factory=dict)
    stops: str = ""
    to: str = ""


def build_message(*, letter: Letter, delivery: MailDelivery, user: User) -> EmailMultiAlternatives | None:
    """The mail with both parts and its headers, None when there is no address that it may go to.

    The Message-ID follows from the delivery: a mail that went out twice would be seen as one.
    """
    address = letter.to or (user.email if has_verified_email(user) else "")
    if not address:
        return None
    headers = {
        "Message-ID": f"<{delivery.pk}@{urlsplit(absolute_url('/')).hostname or 'localhost'}>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": get_language() or settings.LANGUAGE_CODE,
    }
    words = {
        "subject": letter.subject,
        "language": get_language() or settings.LANGUAGE_CODE,
        "direction": "rtl" if get_language_bidi() else "ltr",
        "home_url": absolute_url("/"),
        **letter.words,
    }
    if letter.stops:
        stop_url = absolute_url(stop_path(user=user, what=letter.stops))
        words |= {"stop_url": stop_url, "settings_url": absolute_url("/settings/notifications"), "stops": letter.stops}
        # RFC 8058: the mail program asks for it by itself, with one POST and no sign-in.
        headers |= {"List-Unsubscribe": f"<{stop_url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    message = EmailMultiAlternatives(
        subject=" ".join(letter.subject.split()),
        body=render_to_string(f"mail/{letter.template}.txt", words).strip() + "\n",
        to=[address],
        headers=headers,
    )
    message.attach_alternative(render_to_string(f"mail/{letter.template}.html", words), "text/html")
    return message


def absolute_url(path: str) -> str:
    """The address of a page as a mail names it, from the setting `PUBLIC_URL`."""
    return urljoin(settings.PUBLIC_URL.rstrip("/") + "/", path.lstrip("/"))


def language_of(user: User, *, asked_in: str = "") -> str:
    """The language of an account's mails: its own, else that of the page on which it asked for the mail."""
    known = {code for code, _ in settings.LANGUAGES}
    return next((code for code in (user.language, asked_in) if code in known), settings.LANGUAGE_CODE)
