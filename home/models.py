"""The home page and the pages that tell about the neighbourhood."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

from boloboost.core.models import BasePage

RICH_TEXT_FEATURES = ["h2", "h3", "bold", "ol", "ul", "link"]


class HomePage(BasePage):
    """``/``: one loud line and what is on."""

    introduction = models.CharField(_("introduction"), max_length=200, blank=True)
    story = RichTextField(_("story"), blank=True, features=RICH_TEXT_FEATURES)

    content_panels = [*BasePage.content_panels, FieldPanel("introduction"), FieldPanel("story")]
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = ["home.StandardPage", "events.CalendarPage"]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from .selectors import home_agenda

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["agenda"] = home_agenda(request)
        return context


class StandardPage(BasePage):
    """A page of text."""

    introduction = models.CharField(_("introduction"), max_length=200, blank=True)
    body = RichTextField(_("text"), blank=True, features=RICH_TEXT_FEATURES)

    content_panels = [*BasePage.content_panels, FieldPanel("introduction"), FieldPanel("body")]
    search_fields = [
        *Page.search_fields,
        index.SearchField("introduction"),
        index.SearchField("body"),
    ]
    parent_page_types: ClassVar[list[str]] = ["home.HomePage", "home.StandardPage"]
    subpage_types: ClassVar[list[str]] = ["home.StandardPage"]

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
