"""The Celery application: `celery -A nutrition_site worker -B`."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nutrition_site.settings")

app = Celery("athleat")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.autodiscover_tasks(["nutrition_site"])
