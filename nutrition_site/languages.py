"""In which language a request is answered.

For a page: the account's, else the one that was chosen on this device (a cookie), else what the browser asks for, else
English. Programs get what `Accept-Language` asks for, else the account's (`athletes/authentication.py`). Staff pages
are English.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import get_supported_language_variant, parse_accept_lang_header

from nutrition_site.failures import is_api_path

Handler = Callable[[HttpRequest], HttpResponse]
ADMIN = "/admin"


def supported_language(code: str | None) -> str | None:
    """The product's language for a code such as `sr-Latn-RS`; None where there is none for it."""
    try:
        return get_supported_language_variant(code) if code else None
    except (LookupError, ValueError):
        return None


def language_asked_for(request: HttpRequest) -> str:
    """What the request itself says: the cookie of a page, then `Accept-Language`, then English."""
    if not is_api_path(request.path):
        chosen = supported_language(request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME))
        if chosen:
            return chosen
    for code, _ in parse_accept_lang_header(request.META.get("HTTP_ACCEPT_LANGUAGE", "")):
        found = None if code == "*" else supported_language(code)
        if code == "*" or found:
            return found or settings.LANGUAGE_CODE
    return settings.LANGUAGE_CODE


class LanguageMiddleware:
    """The language that the request asks for, around everything else; nothing of it stays in the thread."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = language_asked_for(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            return self.get_response(request)


class AccountLanguageMiddleware:
    """The language of the account on its pages; and every answer says in which language it is and what decided that."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_page = not is_api_path(request.path)
        if request.path.startswith(ADMIN):
            self._speak(request, settings.LANGUAGE_CODE)
        elif is_page and settings.SESSION_COOKIE_NAME in request.COOKIES:
            self._speak(request, supported_language(getattr(request.user, "language", "")))
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", translation.get_language())
        patch_vary_headers(response, ("Accept-Language", "Cookie") if is_page else ("Accept-Language",))
        return response

    @staticmethod
    def _speak(request: HttpRequest, language: str | None) -> None:
        if language:
            translation.activate(language)
            request.LANGUAGE_CODE = language
