"""The one family of refusals that services raise and every face (page, API, admin, chat) can show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext, gettext_noop


class DomainError(Exception):
    """A refusal with a stable code, a sentence for a person, and an HTTP status for the API.

    The sentence is in the language that is active where it is raised.

    `details` are `{"field", "message"}` rows; `extra` is merged into the error object (conflicts, relaxations…).
    """

    status = 422
    code = "refused"
    message = gettext_noop("This is not possible.")

    def __init__(
        self,
        message: str | None = None,
        *,
        code: str | None = None,
        status: int | None = None,
        details: Sequence[Mapping[str, Any]] = (),
        extra: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.message = str(message) if message else gettext(self.message)
        self.code = code or self.code
        self.status = status or self.status
        self.details = list(details)
        self.extra = dict(extra or {})
        self.headers = dict(headers or {})
        super().__init__(self.message)


class InvalidInput(DomainError):
    """400: the request itself is wrong; `details` name the fields."""

    status = 400
    code = "invalid"
    message = gettext_noop("Some fields are not valid.")

    @classmethod
    def of(cls, field: str, message: str, **kwargs: Any) -> InvalidInput:
        """One field, one sentence."""
        return cls(message, details=[{"field": field, "message": message}], **kwargs)


class NotFound(DomainError):
    """404, also for what belongs to somebody else: existence is never told."""

    status = 404
    code = "not_found"
    message = gettext_noop("There is no such object.")


class Forbidden(DomainError):
    """403: the account's own object, but not allowed."""

    status = 403
    code = "forbidden"
    message = gettext_noop("This is not allowed.")


class Conflict(DomainError):
    """409: the state has moved, or the same thing exists already."""

    status = 409
    code = "conflict"
    message = gettext_noop("This conflicts with the present state.")


class UpgradeRequired(DomainError):
    """402: the subscription does not include this."""

    status = 402
    code = "upgrade_required"
    message = gettext_noop("Your plan does not include this.")


class LimitReached(DomainError):
    """429: a quota is used up; `Retry-After` says when to come back."""

    status = 429
    code = "rate_limited"
    message = gettext_noop("That was too often.")

    def __init__(self, message: str | None = None, *, retry_after_seconds: int = 60, **kwargs: Any) -> None:
        headers = {"Retry-After": str(max(1, int(retry_after_seconds))), **kwargs.pop("headers", {})}
        super().__init__(message, headers=headers, **kwargs)


class ProviderError(DomainError):
    """An outside service failed. `permanent` means that a retry with the same input cannot help."""

    status = 502
    code = "provider_unreachable"
    message = gettext_noop("The other service did not answer.")

    def __init__(self, message: str | None = None, *, permanent: bool = False, **kwargs: Any) -> None:
        self.permanent = permanent
        super().__init__(message, **kwargs)
