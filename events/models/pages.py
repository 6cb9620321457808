"""The calendar's pages: editorial, translated, with drafts (decision 1)."""

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

from boloboost.core.models import BasePage
from boloboost.core.publishing import site_of_page

from ..page_forms import EventPageForm
from .schedule import DEFAULT_PARTY_LIMIT, MAX_PARTY_SIZE, Event

RICH_TEXT_FEATURES = ["h3", "bold", "ol", "ul", "link"]


class CalendarPage(BasePage):
    """``/agenda/``: the month and the list; events live below it."""

    introduction = models.CharField(_("introduction"), max_length=200, blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["events.EventPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("calendar")
        verbose_name_plural = _("calendars")

    def can_move_to(self, parent: Page) -> bool:
        """A calendar, with all its events, stays in its own neighbourhood."""
        return super().can_move_to(parent) and site_of_page(parent) == site_of_page(self)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        from ..views import calendar_response

        return calendar_response(request, page=self)


class EventPage(BasePage):
    """The story of an event, and the draft of its schedule.

    The fields from ``starts_at`` on are what the volunteer typed. Publishing brings
    ``Event`` in line with them when ``schedule_version`` is still the schedule's.
    """

    introduction = models.CharField(
        _("introduction"),
        max_length=200,
        blank=True,
        help_text=_("One or two short sentences. They stand below the title."),
    )
    body = RichTextField(_("what is going to happen"), blank=True, features=RICH_TEXT_FEATURES)
    bring = models.CharField(
        _("what to bring"),
        max_length=120,
        blank=True,
        help_text=_("For example: your own plate and cutlery."),
    )
    category = models.ForeignKey(
        "events.Category",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("kind"),
        null=True,
        blank=True,
    )
    starts_at = models.DateTimeField(_("starts"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    place = models.ForeignKey(
        "core.Place",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("place"),
        null=True,
        blank=True,
    )
    capacity = models.PositiveIntegerField(
        _("seats"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100_000)],
        help_text=_("Leave empty when there is room for everybody."),
    )
    takes_registrations = models.BooleanField(_("people can say they are coming"), default=True)
    party_limit = models.PositiveSmallIntegerField(
        _("people per registration"),
        default=DEFAULT_PARTY_LIMIT,
        validators=[MinValueValidator(1), MaxValueValidator(MAX_PARTY_SIZE)],
    )
    schedule_version = models.PositiveIntegerField(default=0, editable=False)

    base_form_class = EventPageForm
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("category"),
        MultiFieldPanel(
            [
                HelpPanel(template="events/admin/schedule_help.html"),
                FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
                FieldPanel("place", widget=forms.Select),
                FieldPanel("opened_version", attrs={"hidden": "hidden"}),
            ],
            heading=_("When and where"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("takes_registrations"),
                FieldRowPanel([FieldPanel("capacity"), FieldPanel("party_limit")]),
            ],
            heading=_("Who is coming"),
        ),
        FieldPanel("body"),
        FieldPanel("bring"),
    ]
    parent_page_types: ClassVar[list[str]] = ["events.CalendarPage"]
    subpage_types: ClassVar[list[str]] = []
    search_fields = [
        *Page.search_fields,
        index.SearchField("introduction"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")

    @property
    def schedule(self) -> Event | None:
        """The schedule shared by all translations; None before the first publication."""
        return (
            Event.objects.filter(translation_key=self.translation_key)
            .select_related("place", "category", "site")
            .first()
        )

    @property
    def owns_schedule(self) -> bool:
        """Whether this translation's form edits the schedule; the others show it."""
        if self.locale.language_code == settings.LANGUAGE_CODE:
            return True
        return (
            not self.get_translations()
            .filter(locale__language_code=settings.LANGUAGE_CODE)
            .exists()
        )

    def can_move_to(self, parent: Page) -> bool:
        """An event, with its place and its guests, stays in its own neighbourhood."""
        return super().can_move_to(parent) and site_of_page(parent) == site_of_page(self)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        from ..views import event_response

        return event_response(request, page=self)
