"""Widgets of the admin."""

from typing import Any

from django import forms

from .map_drawings import MapDrawing


class PositionInput(forms.TextInput):
    """A text field for a position, with the neighbourhood's own map to click on.

    The map only fills in the text: without script, or without a map, the text suffices.
    """

    template_name = "core/admin/position_input.html"
    drawing: MapDrawing | None = None

    class Media:
        js = ["js/map-picker.js"]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        return {**context, "map": self.drawing}
