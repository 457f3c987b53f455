from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "nutrition_site.kernel"
    label = "kernel"
    verbose_name = "Operations"
