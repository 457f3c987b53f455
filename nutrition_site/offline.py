"""What makes the product installable and readable without a connection: manifest, service worker, offline page."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nutrition_site.languages import language_asked_for, supported_language

# What every page needs to be itself. Whatever else a page loads is kept when it is first used.
ASSETS = (
    "css/athleat.css",
    "css/planning.css",
    "js/app.js",
    "js/offline.js",
    "js/typed.js",
    "js/shopping.js",
    "js/waiting.js",
    "django_htmx/htmx-2.min.js",
    "img/icons.svg",
    "img/favicon.svg",
    "img/icon-192.png",
)
WORKER = "js/service-worker.js"


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """How the product stands among the apps of a device, for everybody, in the language of `lang`.

    Browsers ask for it without cookies, so a page names its language in the address.
    """
    language = supported_language(request.GET.get("lang")) or language_asked_for(request)
    with translation.override(language):
        return _manifest(language)


def _manifest(language: str) -> HttpResponse:
    icons = [
        {"src": static("img/favicon.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"},
        {"src": static("img/icon-192.png"), "sizes": "192x192", "type": "image/png", "purpose": "any"},
        {"src": static("img/icon-512.png"), "sizes": "512x512", "type": "image/png", "purpose": "any"},
        {"src": static("img/icon-maskable-512.png"), "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
    ]
    body = {
        "id": "/",
        "name": "AthlEAT",
        "short_name": "AthlEAT",
        "description": _("Food planned around your training."),
        "start_url": reverse("today"),
        "scope": "/",
        "display": "standalone",
        "dir": "rtl" if get_language_bidi() else "ltr",
        "lang": language,
        "background_color": "#f3efe4",
        "theme_color": "#f3efe4",
        "categories": ["food", "fitness", "health"],
        "icons": icons,
        "shortcuts": [
            {"name": _("Today"), "url": reverse("today"), "icons": icons[1:2]},
            {"name": _("Shopping"), "url": reverse("shopping"), "icons": icons[1:2]},
        ],
    }
    answer = JsonResponse(body, content_type="application/manifest+json")
    answer.headers["Cache-Control"] = "public, max-age=3600"
    return answer


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """The service worker with the version of what it keeps; asked for anew each time, for everybody."""
    answer = HttpResponse(_worker(), content_type="text/javascript; charset=utf-8")
    answer.headers["Service-Worker-Allowed"] = "/"
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@require_safe
def offline_page(request: HttpRequest) -> HttpResponse:
    """What is shown in the place of a page that is neither to be reached nor kept; it says nothing of anybody."""
    answer = render(request, "offline.html")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def _worker() -> bytes:
    return _built_worker() if settings.PRODUCTION else _build_worker()


def _build_worker() -> bytes:
    """The worker's code under a line with its version: another version is another worker, which keeps things anew."""
    code = _file(WORKER)
    marks = [code, *(_file(name) for name in ASSETS), *(static(name).encode() for name in ASSETS)]
    build: dict[str, Any] = {
        "version": hashlib.sha256(b"\0".join(marks)).hexdigest()[:16],
        "assets": [static(name) for name in ASSETS],
        "static": settings.STATIC_URL,
        "offline": reverse("offline"),
        "pages": reverse("offline_pages"),
    }
    return f'"use strict";\nconst BUILD = {json.dumps(build)};\n'.encode() + code


# The files of a running installation do not change.
_built_worker = lru_cache(maxsize=1)(_build_worker)


def _file(name: str) -> bytes:
    found = finders.find(name)
    if not isinstance(found, str):
        raise FileNotFoundError(name)
    return Path(found).read_bytes()
