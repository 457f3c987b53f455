import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nutrition_site.settings")

application = get_wsgi_application()

from nutrition_site.checks import warn_about_open_settings  # noqa: E402 - settings exist only now

warn_about_open_settings()
