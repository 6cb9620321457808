from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Calendar")

    def ready(self) -> None:
        from boloboost.core.dashboard import register_shortcuts
        from boloboost.core.work.sweeps import register_sweep

        from . import mails, shortcuts, signal_handlers
        from .services.retention import forget_guests

        mails.register()
        signal_handlers.connect()
        register_shortcuts(shortcuts.new_event_shortcuts)
        register_sweep(
            "events.forget_guests", every=timedelta(days=1), run=lambda now: forget_guests(now=now)
        )
