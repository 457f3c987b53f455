from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "nutrition_site.kernel"
    label = "kernel"
    verbose_name = "Operations"

    def ready(self) -> None:
        # So that shared tasks belong to this application whoever started Django.
        import nutrition_site.celery  # noqa: F401
