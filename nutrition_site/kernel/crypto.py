"""Encryption of secrets at rest: one Fernet key ring for the whole product."""

from __future__ import annotations

import base64
import json
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def derive_key(secret: str, purpose: str) -> bytes:
    """32 bytes for one purpose from a long secret (HKDF-SHA256); different purposes give unrelated keys."""
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=f"athleat:{purpose}".encode()).derive(
        secret.encode()
    )


@lru_cache(maxsize=8)
def _ring(keys: tuple[str, ...], fallback_secret: str) -> MultiFernet:
    if keys:
        return MultiFernet([Fernet(key.encode()) for key in keys])
    return MultiFernet([Fernet(base64.urlsafe_b64encode(derive_key(fallback_secret, "field-encryption")))])


def ring() -> MultiFernet:
    """The key ring in force: the first key seals, every key opens."""
    return _ring(tuple(settings.FIELD_ENCRYPTION_KEYS), settings.JWT_SECRET)


def seal_json(value: Any) -> str:
    """Ciphertext of a JSON value."""
    return ring().encrypt(json.dumps(value, separators=(",", ":")).encode()).decode()


def open_json(token: str) -> Any:
    """The JSON value of a ciphertext, or None when no key of the ring opens it."""
    try:
        return json.loads(ring().decrypt(token.encode()))
    except (InvalidToken, ValueError):
        return None


def reseal(token: str) -> str | None:
    """The same value under the first key of the ring; None when no key opens it."""
    try:
        return ring().rotate(token.encode()).decode()
    except InvalidToken:
        return None
