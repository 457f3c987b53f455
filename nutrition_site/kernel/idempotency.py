"""One effect for one key: the answer of a creating request is stored and given again."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from rest_framework.utils.encoders import JSONEncoder

from .clock import now
from .errors import Conflict
from .models import IdempotencyRecord

KEEP = timedelta(hours=24)
LOCK = timedelta(seconds=60)
WAIT_SECONDS = 35.0

Answer = tuple[int, Any, dict[str, str]]


def fingerprint(body: Any) -> str:
    """A keyed hash, so that a stored fingerprint says nothing about what was sent."""
    canonical = json.dumps(body, sort_keys=True, separators=(",", ":"), cls=DjangoJSONEncoder)
    return hmac.new(settings.SECRET_KEY.encode(), canonical.encode(), hashlib.sha256).hexdigest()


def answer_once(*, scope: str, key: str, body: Any, produce: Callable[[], Answer]) -> Answer:
    """Runs `produce` at most once for (scope, key) within 24 hours and returns (status, body, headers).

    Two at once: the second waits for the first. A refusal or failure of `produce` is not kept, so that the same key
    may be tried again. Raises Conflict for another body under the same key.
    """
    mark = fingerprint(body)
    record = _take(scope[:200], key, mark)
    if record.status is not None:
        return record.status, json.loads(record.body or "null"), record.headers
    try:
        status, answer, headers = produce()
    except BaseException:
        IdempotencyRecord.objects.filter(pk=record.pk).delete()
        raise
    if status >= 400:
        IdempotencyRecord.objects.filter(pk=record.pk).delete()
        return status, answer, headers
    # Kept as one string: PostgreSQL would sort the names of an object, and the second answer would read differently.
    kept = json.dumps(answer, cls=JSONEncoder)
    IdempotencyRecord.objects.filter(pk=record.pk).update(status=status, body=kept, headers=headers, locked_until=None)
    return status, answer, headers


def _take(scope: str, key: str, mark: str) -> IdempotencyRecord:
    """A record that is ours to fill, or one that is filled already."""
    deadline = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            with transaction.atomic():
                return IdempotencyRecord.objects.create(
                    scope=scope, key=key, fingerprint=mark, locked_until=now() + LOCK
                )
        except IntegrityError:
            record = IdempotencyRecord.objects.filter(scope=scope, key=key).first()
        if record is None:
            continue
        if record.created_at < now() - KEEP:
            IdempotencyRecord.objects.filter(pk=record.pk, created_at=record.created_at).delete()
            continue
        if not hmac.compare_digest(record.fingerprint, mark):
            raise Conflict(_("This key was used for another request."), code="idempotency_key_reused")
        if record.status is not None:
            return record
        stale = Q(pk=record.pk, status=None, locked_until__lt=now())
        if IdempotencyRecord.objects.filter(stale).update(locked_until=now() + LOCK):
            return record
        if time.monotonic() > deadline:
            raise Conflict(_("The first request with this key is still running."), code="idempotency_in_progress")
        time.sleep(0.05)
