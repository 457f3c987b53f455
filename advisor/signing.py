"""Signatures of requests to the AI backend, for a gateway that wants to know who sent them. Pure.

`X-Signature` is the lower-case hex HMAC-SHA256, keyed with the shared secret, of four lines: the value of
`X-Signature-Timestamp` (whole seconds since 1970, UTC), the method in capitals, the path with its query, and the hex
SHA-256 of the body.
"""

from __future__ import annotations

import hashlib
import hmac

SIGNATURE_HEADER = "X-Signature"
TIMESTAMP_HEADER = "X-Signature-Timestamp"
MAX_AGE_SECONDS = 300


def sign_request(*, secret: str, timestamp: int, method: str, path: str, body: bytes) -> str:
    """The signature of one request."""
    digest = hashlib.sha256(body).hexdigest()
    text = f"{timestamp}\n{method.upper()}\n{path}\n{digest}"
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()


def verify_request(
    *,
    secret: str,
    timestamp: str,
    signature: str,
    method: str,
    path: str,
    body: bytes,
    now_seconds: float,
    max_age_seconds: float = MAX_AGE_SECONDS,
) -> bool:
    """Whether a request was signed with this secret, is unchanged, and is not older or newer than the limit."""
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12 and secret):
        return False
    if abs(now_seconds - int(timestamp)) > max_age_seconds:
        return False
    expected = sign_request(secret=secret, timestamp=int(timestamp), method=method, path=path, body=body)
    return hmac.compare_digest(expected.encode(), signature.strip().lower().encode())
