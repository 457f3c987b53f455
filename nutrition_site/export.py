"""A person's copy of everything that is stored about them.

Follows the relations of the models from the account downward, so that a table that is added later is in the copy
without anybody remembering it. Shared tables (foods, recipes, tiers) are named by id, not copied.
"""

from __future__ import annotations

from typing import Any

from django.db.models import ForeignKey, Model

from nutrition_site.kernel.clock import now
from nutrition_site.kernel.fields import EncryptedJSONField

# Secrets, bookkeeping that says nothing about the person, and who of the staff looked at something.
SECRET_FIELDS = frozenset(
    {"password", "token_generation", "family", "sync_state", "sync_lease", "sync_lease_until", "closed_by"}
)
SECRET_MODELS = frozenset(
    {"athletes.RefreshToken", "account.EmailConfirmation", "admin.LogEntry", "token_blacklist.OutstandingToken"}
)


def export_account(user: Any) -> dict[str, Any]:
    """One object: `exported_at`, `account`, and a list of rows for each table, by its name."""
    tables: dict[str, list[dict[str, Any]]] = {}
    _collect(user._meta.model, [user.pk], tables, set())
    account = tables.pop(user._meta.label_lower)[0]
    return {"exported_at": now().isoformat(), "account": account, "tables": dict(sorted(tables.items()))}


def _collect(model: type[Model], ids: list[Any], tables: dict[str, Any], done: set[tuple[str, Any]]) -> None:
    fresh = [pk for pk in ids if (model._meta.label_lower, pk) not in done]
    if not fresh:
        return
    done.update((model._meta.label_lower, pk) for pk in fresh)
    rows = model._base_manager.filter(pk__in=fresh)
    tables.setdefault(model._meta.label_lower, []).extend(_row(row) for row in rows)
    for relation in model._meta.related_objects:
        below = relation.related_model
        if isinstance(below, str) or below._meta.label in SECRET_MODELS or not isinstance(relation.field, ForeignKey):
            continue
        if relation.on_delete is None or relation.on_delete.__name__ != "CASCADE":
            # What does not go with its owner does not belong to it.
            continue
        found = below._base_manager.filter(**{f"{relation.field.name}__in": fresh}).values_list("pk", flat=True)
        _collect(below, list(found), tables, done)


def _row(row: Model) -> dict[str, Any]:
    return {
        field.attname: field.value_from_object(row)
        for field in row._meta.concrete_fields
        if field.name not in SECRET_FIELDS and not isinstance(field, EncryptedJSONField)
    }
