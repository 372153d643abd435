from django.apps import AppConfig


class ScheduleConfig(AppConfig):
    name = "schedule"
    verbose_name = "作業時程"

    def ready(self) -> None:
        # Models are ready only now.
        from django.db.models.signals import post_save  # noqa: PLC0415

        from offices.models import Unit  # noqa: PLC0415
        from plans.annexes import register  # noqa: PLC0415
        from plans.carriers import register as register_carrier  # noqa: PLC0415
        from plans.paper_sources import (  # noqa: PLC0415
            register as register_source,
        )
        from plans.proofing import register as register_prover  # noqa: PLC0415
        from plans.samples.loading import register as register_sample  # noqa: PLC0415
        from plans.sittings import register as register_histories  # noqa: PLC0415

        from .carried import ScheduleCarrier  # noqa: PLC0415
        from .defects.papers import DEFECT_REPORTS  # noqa: PLC0415
        from .defects.samples import add_defects  # noqa: PLC0415
        from .kept_history import SCHEDULE_HISTORIES  # noqa: PLC0415
        from .paper import ScheduleAnnex, renew_papers  # noqa: PLC0415
        from .proofs import ScheduleProver  # noqa: PLC0415
        from .reporting.samples import add_reports  # noqa: PLC0415
        from .samples import add_schedule  # noqa: PLC0415
        from .score_samples import add_rounds  # noqa: PLC0415

        register(ScheduleAnnex())
        register_carrier(ScheduleCarrier())
        register_prover(ScheduleProver())
        register_sample(add_schedule)
        register_sample(add_reports)
        register_sample(add_rounds)
        register_sample(add_defects)
        register_source(DEFECT_REPORTS)
        register_histories(*SCHEDULE_HISTORIES)
        post_save.connect(renew_papers, sender=Unit, dispatch_uid="renew_papers")
