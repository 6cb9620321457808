"""What the admin shows besides pages."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.documents.wagtail_hooks import DocumentsSummaryItem

import boloboost.core.people.hooks  # noqa: F401 - registers its own screens

from .dashboard import ShortcutsPanel
from .model_viewsets import AuditViewSet, MailViewSet, PlaceViewSet
from .people import hooks as people_hooks  # noqa: F401

#: Help is about Wagtail, not about this site; there are no documents and no snippets.
HIDDEN_MENU_ITEMS = frozenset({"help", "documents", "snippets"})


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[Any]:
    return [PlaceViewSet(), AuditViewSet(), MailViewSet()]


@hooks.register("insert_global_admin_css")
def admin_stylesheet() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))


@hooks.register("construct_main_menu")
def hide_menu_items(request: HttpRequest, menu_items: list[Any]) -> None:
    menu_items[:] = [item for item in menu_items if item.name not in HIDDEN_MENU_ITEMS]


@hooks.register("construct_homepage_panels")
def add_shortcuts(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(ShortcutsPanel(request))


@hooks.register("construct_homepage_summary_items")
def hide_documents(request: HttpRequest, summary_items: list[Any]) -> None:
    summary_items[:] = [
        item for item in summary_items if not isinstance(item, DocumentsSummaryItem)
    ]


@hooks.register("construct_homepage_summary_items")
def hide_summary(request: HttpRequest, summary_items: list[Any]) -> None:
    """Wagtail counts the pages and pictures of every neighbourhood together."""
    summary_items.clear()
