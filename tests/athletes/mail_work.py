"""Doing the work of a mail queue, for tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from typing import Any

from allauth.account.models import EmailAddress

from athletes.mail.deliveries import MAIL_WORK
from nutrition_site.kernel.models import WorkItem
from nutrition_site.kernel.work import run_item
from tests.athletes.mail_server import Mailbox, mail_server


@contextmanager
def smtp(settings: Any) -> Iterator[Mailbox]:
    """A mail server on the loopback that the product sends through while the block runs."""
    with mail_server() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", running.port, False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.PUBLIC_URL = "https://eat.example.org"
        yield running


def confirm(user: Any) -> EmailAddress:
    """The account's address counts as confirmed."""
    address, _ = EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True})
    return address


def send_mails(kind: str = MAIL_WORK) -> list[str]:
    """Runs every mail that waits, as a worker would; returns how each ended."""
    return [run_item(item.pk) for item in WorkItem.objects.filter(kind=kind, state="queued").order_by("pk")]


def parts(mail: EmailMessage) -> tuple[str, str]:
    """The text and the HTML of a mail."""
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert text is not None
    assert html is not None
    return text.get_content(), html.get_content()
