"""Exports that a spreadsheet program does not run as a formula (ASVS 1.2.10)."""

from typing import Any

from wagtail.admin.views.mixins import SpreadsheetExportMixin

RISKY_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def formula_safe(value: Any) -> Any:
    """Put an apostrophe before a text that a spreadsheet program would calculate."""
    if isinstance(value, str) and value.startswith(RISKY_STARTS):
        return f"'{value}"
    return value


class FormulaSafeMixin(SpreadsheetExportMixin):
    """Wagtail's CSV and XLSX export with every text made harmless."""

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        return formula_safe(super().preprocess_field_value(field, value, export_format))
