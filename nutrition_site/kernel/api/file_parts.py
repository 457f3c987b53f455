"""Files in forms: none, unless a view asks for them, and then up to a number of bytes that is counted while reading.

Without this Django keeps whatever any form brings, in temporary files of any size, before a view has seen the request.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, MemoryFileUploadHandler, TemporaryFileUploadHandler
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext, gettext_noop

# What a form needs around its files.
FORM_EXTRA_BYTES = 200_000


class FileRefused(MultiPartParserError):
    """The refusal of a form for its files, with the `code` and `status` of the error shape.

    It is an error of the parser, so that Django answers it also where no view is asked any more: the check of a form's
    token is what usually reads the form.
    """

    def __init__(self, message: str, *, code: str, status: int) -> None:
        super().__init__(message)
        self.code = code
        self.status = status


def too_many_bytes(limit: int) -> FileRefused:
    return FileRefused(
        gettext("At most %(megabytes)s MB at once.") % {"megabytes": limit // 1_000_000}, code="too_large", status=413
    )


class FileLimit(FileUploadHandler):
    """Ends the reading of a form with more than `max_bytes` in its files; keeps nothing itself.

    What announces itself as larger is not read at all.
    """

    def __init__(self, request: Any = None, *, max_bytes: int) -> None:
        super().__init__(request)
        self.max_bytes = max_bytes
        self.received = 0

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: Any = None
    ) -> None:
        if content_length > self.max_bytes + FORM_EXTRA_BYTES:
            raise too_many_bytes(self.max_bytes)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.received += len(raw_data)
        if self.received > self.max_bytes:
            raise too_many_bytes(self.max_bytes)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


class NoFiles(FileUploadHandler):
    """Ends the reading of a form at its first file. The rule for every form of which nobody said otherwise."""

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: Any = None
    ) -> None:
        if content_length > settings.MAX_BODY_BYTES:
            raise too_many_bytes(settings.MAX_BODY_BYTES)

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        raise FileRefused(gettext_noop("No files are taken here."), code="invalid", status=400)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        return None

    def file_complete(self, file_size: int) -> None:
        return None


def take_files(request: Any, *, max_bytes: int) -> None:
    """Lets this request bring files, together at most `max_bytes`; to be said before anything of the form is read.

    Reading the form then raises FileRefused for more: 413 `too_large`.
    """
    request.upload_handlers = [
        FileLimit(request, max_bytes=max_bytes),
        MemoryFileUploadHandler(request),
        TemporaryFileUploadHandler(request),
    ]
