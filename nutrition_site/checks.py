"""What an operator should know at the start, though it does not stop the product."""

from __future__ import annotations

import logging

from django.conf import settings

log = logging.getLogger("athleat.start")


def warn_about_open_settings() -> list[str]:
    """Logs each setting that production should narrow, and returns their names."""
    if not settings.PRODUCTION:
        return []
    open_settings = {
        "ALLOWED_ORIGINS": (settings.CORS_ALLOW_ALL_ORIGINS, "any web site may call the API from a browser"),
        "ALLOWED_HOSTS": ("*" in settings.ALLOWED_HOSTS, "any host name is answered"),
        "FIELD_ENCRYPTION_KEYS": (
            not settings.FIELD_ENCRYPTION_KEYS,
            "calendar credentials are sealed with a key derived from JWT_SECRET and are lost when it is rotated",
        ),
    }
    found = [name for name, (is_open, _) in open_settings.items() if is_open]
    for name in found:
        log.warning("%s is not set: %s", name, open_settings[name][1], extra={"setting": name})
    return found
