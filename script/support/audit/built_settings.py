"""The product as an image serves it, on the embedded database: static files collected, hashed and compressed.

Every answer also says what it cost, for `script/bench pages`.
"""

from nutrition_site.settings import *  # noqa: F403
from nutrition_site.settings import MIDDLEWARE as OWN_MIDDLEWARE
from nutrition_site.settings import STORAGES as OWN_STORAGES

STORAGES = {
    **OWN_STORAGES,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = False
MIDDLEWARE = ["script.support.audit.measured.MeasuredMiddleware", *OWN_MIDDLEWARE]
