"""Using pages the way a browser does, for tests."""

from __future__ import annotations

from typing import Any

from django.test import Client

from nutrition_site.kernel.ids import new_id
from tests.markup import Page

# What people and programs put into text fields; each is harmless or refused, never a failure.
ODD_TEXTS = {
    "emoji": "Nora 🏃‍♀️🥣",
    "right to left": "נועה \u202e كريم",
    "combining": "Z̷̧̛a̶l̸g̵o",
    "four hundred": "ß" * 400,
    "null byte": "Run\x00 60 min",
    "markup": "<script>alert(1)</script>",
    "template": "{{ settings.SECRET_KEY }}{% now %}",
    "only a zero-width space": "\u200b",
}


def sign_in(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def shown(answer: Any) -> Page:
    return Page(answer.content.decode())


def keyed(**fields: Any) -> dict[str, Any]:
    """The fields of a form with its hidden key."""
    return {"form_key": new_id("frm"), **fields}
