"""Writing the audit trail, inside the transaction of the deed."""

from __future__ import annotations

from typing import Any

from .context import request_id
from .models import AuditEntry


def record_audit(*, verb: str, by: Any, object_id: str = "", athlete_id: str = "", **details: Any) -> AuditEntry:
    """Adds one entry. `by` is a user or None for the system; `details` hold ids, names of fields and counts only."""
    return AuditEntry.objects.create(
        verb=verb,
        actor_id=getattr(by, "pk", None) or "",
        object_id=object_id,
        athlete_id=athlete_id,
        details=details,
        request_id=request_id.get(),
    )
