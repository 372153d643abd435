from django.apps import AppConfig
from django.core.checks import register

from . import checks


class PlansConfig(AppConfig):
    name = "plans"
    verbose_name = "計畫"

    def ready(self) -> None:
        # Models are ready only now.
        from .kept_history import PLAN_HISTORIES  # noqa: PLC0415
        from .paper_sources import register as register_source  # noqa: PLC0415
        from .printing import VERSIONS  # noqa: PLC0415
        from .sittings import register as register_histories  # noqa: PLC0415

        register(checks.pdf_libraries)
        register_histories(*PLAN_HISTORIES)
        register_source(VERSIONS)
