"""What the first screen of the admin offers. Apps register theirs in ``AppConfig.ready``."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from wagtail.admin.ui.components import Component


@dataclass(frozen=True)
class Shortcut:
    """One button: the act, where it starts, and one of Wagtail's icon names."""

    label: str
    url: str
    icon: str


ShortcutProvider = Callable[[HttpRequest], Iterable[Shortcut]]
_providers: list[ShortcutProvider] = []


def register_shortcuts(provider: ShortcutProvider) -> None:
    """Offer the shortcuts that ``provider`` returns for the person who looks."""
    if provider not in _providers:
        _providers.append(provider)


class ShortcutsPanel(Component):
    """The first panel: what one most likely came to do."""

    name = "shortcuts"
    template_name = "core/admin/shortcuts.html"
    order = 50

    def __init__(self, request: HttpRequest) -> None:
        self.shortcuts = [shortcut for provider in _providers for shortcut in provider(request)]

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        return {"shortcuts": self.shortcuts}
