"""The signed link in a mail that ends mails of its kind, without signing in."""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.urls import reverse

SALT = "athletes.mail.stop"
NOTICES, DIGEST, REMINDERS = "notices", "digest", "reminders"
KINDS = (NOTICES, DIGEST, REMINDERS)


def stop_path(*, user: Any, what: str) -> str:
    """The path of the link. It stays good as long as the account: who has had enough must always be heard."""
    return reverse("mail_stop", args=[_signer().sign(f"{user.pk}.{what}")])


def read_stop_token(token: str) -> tuple[str, str] | None:
    """The id of the account and what is to end, None for a token that was not made here."""
    try:
        user_id, _, what = _signer().unsign(token).partition(".")
    except signing.BadSignature:
        return None
    return (user_id, what) if what in KINDS else None


def _signer() -> signing.Signer:
    return signing.Signer(salt=SALT)
