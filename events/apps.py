from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Calendar")

    def ready(self) -> None:
        from boloboost.core.dashboard import register_shortcuts

        from . import mails, shortcuts, signal_handlers

        mails.register()
        signal_handlers.connect()
        register_shortcuts(shortcuts.new_event_shortcuts)
