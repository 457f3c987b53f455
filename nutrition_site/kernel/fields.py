"""Model fields that every app shares."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import models

from . import crypto
from .ids import new_id

if TYPE_CHECKING:
    CharField = models.CharField[str, str]
    TextField = models.TextField[Any, Any]
else:
    CharField, TextField = models.CharField, models.TextField


class IdField(CharField):
    """Text primary key `prefix_…`; the same text in URL, log, database and payment metadata."""

    def __init__(self, prefix: str = "", **kwargs: Any) -> None:
        self.prefix = prefix
        kwargs.setdefault("max_length", 40)
        kwargs.setdefault("primary_key", True)
        kwargs.setdefault("editable", False)
        kwargs["default"] = partial(new_id, prefix)
        super().__init__(**kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("default", None)
        kwargs["prefix"] = self.prefix
        return name, path, args, kwargs


class EncryptedJSONField(TextField):
    """A JSON object kept as ciphertext; reads as None where the key no longer opens it."""

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        return None if not value else crypto.open_json(value)

    def get_prep_value(self, value: Any) -> str | None:
        return None if value is None else crypto.seal_json(value)
