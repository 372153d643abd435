from django.apps import AppConfig


class ScheduleConfig(AppConfig):
    name = "schedule"
    verbose_name = "作業時程"

    def ready(self) -> None:
        # Models are ready only now.
        from django.db.models.signals import post_save  # noqa: PLC0415

        from offices.models import Unit  # noqa: PLC0415
        from plans.annexes import register  # noqa: PLC0415
        from plans.samples.loading import register as register_sample  # noqa: PLC0415

        from .paper import ScheduleAnnex, renew_papers  # noqa: PLC0415
        from .samples import add_schedule  # noqa: PLC0415

        register(ScheduleAnnex())
        register_sample(add_schedule)
        post_save.connect(renew_papers, sender=Unit, dispatch_uid="renew_papers")
