from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "boloboost.core"
    label = "core"
    verbose_name = _("Shared")

    def ready(self) -> None:
        from . import checks, hosts, publishing_log  # noqa: F401
        from .mail import kinds
        from .people import signal_handlers as people
        from .work import builtin

        hosts.connect()
        kinds.register()
        people.connect()
        publishing_log.connect()
        builtin.register()
