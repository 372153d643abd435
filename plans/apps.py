from django.apps import AppConfig
from django.core.checks import register

from . import checks


class PlansConfig(AppConfig):
    name = "plans"
    verbose_name = "計畫"

    def ready(self) -> None:
        register(checks.pdf_libraries)
