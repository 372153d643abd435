from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in

from . import sessions
from .forms.wording import use_own_words


class OfficesConfig(AppConfig):
    name = "offices"
    verbose_name = "機關與人員"

    def ready(self) -> None:
        # Models can be imported only now.
        from .audit import checks, signals  # noqa: PLC0415

        checks.connect()
        signals.connect()
        user_logged_in.connect(sessions.begin)
        use_own_words()
