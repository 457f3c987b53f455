"""Bodies of the chat operation that bring a photo."""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.exceptions import SuspiciousOperation
from rest_framework.exceptions import ErrorDetail, ParseError, ValidationError
from rest_framework.parsers import BaseParser, MultiPartParser

from advisor.backends.photos import MAX_BYTES, PhotoTooLarge
from nutrition_site.kernel.api.file_parts import FileRefused, take_files
from nutrition_site.kernel.errors import InvalidInput

PHOTO_FIELD = "photo"
TEXT_FIELDS = frozenset({"message", "conversation_id"})


class ChatForm(dict[str, Any]):
    """The texts of a form, and a mark of its photo that stands for it in comparisons of bodies."""

    def __init__(self, texts: dict[str, str], photo: bytes | None) -> None:
        super().__init__(texts)
        self.texts = texts
        self.photo = photo
        if photo is not None:
            self[PHOTO_FIELD] = hashlib.sha256(photo).hexdigest()


class ChatFormParser(BaseParser):
    """`multipart/form-data` with `message`, `conversation_id` and one file `photo`."""

    media_type = "multipart/form-data"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> ChatForm:
        take_files((parser_context or {})["request"], max_bytes=MAX_BYTES)
        try:
            parsed = MultiPartParser().parse(stream, media_type, parser_context)
        except SuspiciousOperation:
            raise InvalidInput.of(PHOTO_FIELD, "The form has too many parts.")
        except ParseError as error:
            if isinstance(error.__context__, FileRefused):
                raise PhotoTooLarge()
            raise InvalidInput.of(PHOTO_FIELD, "The form is damaged.")
        unknown = ({*parsed.data} - TEXT_FIELDS) | ({*parsed.files} - {PHOTO_FIELD})
        if unknown:
            raise ValidationError(
                {name: [ErrorDetail("This field is not known.", "unknown_field")] for name in sorted(unknown)}
            )
        photos = parsed.files.getlist(PHOTO_FIELD)
        if len(photos) > 1:
            raise InvalidInput.of(PHOTO_FIELD, "One photo at a time.")
        texts = {name: _text(name, parsed.data.getlist(name)) for name in TEXT_FIELDS if name in parsed.data}
        return ChatForm(texts, photos[0].read() if photos else None)


def _text(name: str, values: list[str]) -> str:
    """The one text of a field. Bytes that are no UTF-8 have become the mark for that by now."""
    if len(values) > 1:
        raise InvalidInput.of(name, "Must be sent once.")
    if "\ufffd" in values[0]:
        raise InvalidInput.of(name, "Must be text in UTF-8.")
    return str(values[0])
