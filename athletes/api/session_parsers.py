"""Bodies that are files: one as it is, or several as a form."""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.utils.http import parse_header_parameters
from django.utils.translation import gettext
from rest_framework.exceptions import ErrorDetail, ParseError, ValidationError
from rest_framework.parsers import BaseParser, MultiPartParser

from athletes.services.uploads import MAX_UPLOAD_BYTES, Upload, too_large
from nutrition_site.kernel.api.file_parts import FileRefused, take_files
from nutrition_site.kernel.errors import InvalidInput

FILE_TYPES = (
    *("application/vnd.ant.fit", "application/fit", "application/gpx+xml", "application/vnd.garmin.tcx+xml"),
    *("application/tcx+xml", "application/zip", "application/gzip", "application/octet-stream"),
)
FORM_FIELD = "file"


class UploadBody(dict[str, Any]):
    """What stands for uploaded files in comparisons of bodies (names and hashes); the files are in `uploads`."""

    def __init__(self, uploads: list[Upload]) -> None:
        marks = [{"name": upload.name, "sha256": hashlib.sha256(upload.content).hexdigest()} for upload in uploads]
        super().__init__(files=marks)
        self.uploads = uploads


def announced_bytes(meta: Any) -> int:
    """What the request says of the size of its body; what it does not say is 0, as Django reads nothing then."""
    said = str(meta.get("CONTENT_LENGTH") or "0")
    return int(said[:18]) if said.isdecimal() else 0


class UploadFormParser(BaseParser):
    """`multipart/form-data` with one or several parts named `file`."""

    media_type = "multipart/form-data"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> UploadBody:
        take_files((parser_context or {})["request"], max_bytes=MAX_UPLOAD_BYTES)
        try:
            parsed = MultiPartParser().parse(stream, media_type, parser_context)
        except SuspiciousOperation:
            raise InvalidInput.of(FORM_FIELD, gettext("The form has too many parts."))
        except ParseError as error:
            if isinstance(error.__context__, FileRefused):
                raise too_large()
            # Its words are those of a library, and its code would speak of JSON.
            raise InvalidInput.of(FORM_FIELD, gettext("The form is damaged, or names its files in far too many words."))
        others = {*parsed.data, *parsed.files} - {FORM_FIELD}
        if others:
            raise ValidationError(
                {name: [ErrorDetail(gettext("This field is not known."), "unknown_field")] for name in others}
            )
        if FORM_FIELD in parsed.data:
            raise ValidationError({FORM_FIELD: [gettext("Must be a file, with a file name.")]})
        return UploadBody([Upload(part.name or "", part.read()) for part in parsed.files.getlist(FORM_FIELD)])


class UploadFileParser(BaseParser):
    """A file as the body; `Content-Disposition: attachment; filename="…"` may name it."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> UploadBody:
        if announced_bytes(stream.META) > MAX_UPLOAD_BYTES:
            raise too_large()
        content = stream.read(MAX_UPLOAD_BYTES + 1)
        if len(content) > MAX_UPLOAD_BYTES:
            raise too_large()
        return UploadBody([Upload(_file_name(stream.META.get("HTTP_CONTENT_DISPOSITION", "")), content)])


def _file_name(header: str) -> str:
    try:
        return str(parse_header_parameters(header)[1].get("filename", ""))[:300]
    except (ValueError, LookupError, UnicodeError):
        return ""


FILE_PARSERS: list[type[BaseParser]] = [
    type("OneFileParser", (UploadFileParser,), {"media_type": media_type}) for media_type in FILE_TYPES
]
