"""Reads for pages and feeds. Everything starts from what a visitor of this site may see."""

import calendar as month_calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Substr
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Site

from boloboost.core.models import Place

from .enums import RegistrationStatus
from .models import Category, Event, EventPage, Occurrence

LIST_LENGTH = 40
#: So many that what is past does not push out what is coming.
SEARCH_LENGTH = 900
ROOT_PATH_LENGTH = 2 * Page.steplen


@dataclass(frozen=True)
class AgendaItem:
    """One occurrence as a calendar shows it: the schedule's truth in a page's words."""

    occurrence: Occurrence
    page: EventPage
    url: str
    now: datetime

    @property
    def title(self) -> str:
        return str(self.page.title)

    @property
    def introduction(self) -> str:
        return self.page.introduction

    @property
    def category(self) -> Category | None:
        return self.occurrence.event.category

    @property
    def place(self) -> Place | None:
        return self.occurrence.event.place

    @property
    def is_cancelled(self) -> bool:
        return self.occurrence.is_cancelled

    @property
    def is_past(self) -> bool:
        return self.occurrence.ends_at <= self.now

    @property
    def is_full(self) -> bool:
        return self.occurrence.seats_left == 0

    @property
    def people_coming(self) -> int:
        return self.occurrence.seats_taken

    @cached_property
    def starts(self) -> datetime:
        return timezone.localtime(self.occurrence.starts_at)

    @cached_property
    def ends(self) -> datetime:
        return timezone.localtime(self.occurrence.ends_at)

    @property
    def state(self) -> str:
        """One of cancelled, past, closed, full, open: what a visitor can still do."""
        if self.is_cancelled:
            return "cancelled"
        if self.is_past or self.occurrence.starts_at <= self.now:
            return "past"
        if not self.occurrence.event.takes_registrations:
            return "closed"
        return "full" if self.is_full else "open"


def visible_pages(*, site: Site, language: str | None = None) -> QuerySet[EventPage]:
    """Return the event pages that anybody may read: live, public and of this site.

    Wagtail's ``public()`` and ``get_descendants()`` ask the database beforehand; this
    says the same inside the one query.
    """
    own_path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    restricted = PageViewRestriction.objects.annotate(candidate=own_path).filter(
        candidate__startswith=F("page__path")
    )
    pages: QuerySet[EventPage] = (
        EventPage.objects.live()
        .annotate(root_path=Substr("path", 1, ROOT_PATH_LENGTH))
        .filter(~Exists(restricted), root_path__in=_root_pages(site).values("path"))
    )
    if language is not None:
        pages = pages.filter(locale__language_code=language)
    return pages


def _root_pages(site: Site) -> QuerySet[Page]:
    keys = Site.objects.filter(pk=site.pk).values("root_page__translation_key")
    return Page.objects.filter(depth=2, translation_key__in=keys)


def search_events(*, site: Site, query: str) -> list[UUID]:
    """Return the translation keys of events whose title begins like ``query``, best first."""
    words = " ".join(re.findall(r"\w+", query))
    if not words:
        return []
    in_site = Q(pk__in=[])
    for path in _root_pages(site).values_list("path", flat=True):
        in_site |= Q(path__startswith=path)
    found = EventPage.objects.live().filter(in_site).autocomplete(words)
    return [page.translation_key for page in found[:SEARCH_LENGTH]]


def visible_occurrences(*, site: Site) -> QuerySet[Occurrence]:
    """Return the occurrences of this site whose event has a visible page in some language."""
    page = visible_pages(site=site).filter(translation_key=OuterRef("event__translation_key"))
    return (
        Occurrence.objects.filter(Exists(page), site=site)
        .select_related("event", "event__category", "event__place")
        .prefetch_related("event__category__names")
    )


def page_in(event: Event, language: str) -> EventPage | None:
    """Return the visible page of an event in a language, else in the default language."""
    pages = {
        page.locale.language_code: page
        for page in visible_pages(site=event.site)
        .filter(translation_key=event.translation_key)
        .select_related("locale")
    }
    for code in (language, settings.LANGUAGE_CODE):
        if code in pages:
            return pages[code]
    return next(iter(pages.values()), None)


def any_page_in(event: Event, language: str) -> EventPage | None:
    """Return a page of an event for its guests, who are told also when it is hidden."""
    pages = EventPage.objects.filter(translation_key=event.translation_key)
    ranked = sorted(pages.select_related("locale"), key=lambda page: _rank(page, language))
    return page_in(event, language) or next(iter(ranked), None)


def agenda_items(
    occurrences: Iterable[Occurrence], *, site: Site, language: str, now: datetime | None = None
) -> list[AgendaItem]:
    """Pair occurrences with their pages in one query; those without a page drop out."""
    rows = list(occurrences)
    keys = {row.event.translation_key for row in rows}
    pages: dict[object, EventPage] = {}
    found = visible_pages(site=site).filter(translation_key__in=keys)
    for page in found.defer("body", "search_description").select_related("locale"):
        current = pages.get(page.translation_key)
        if current is None or _rank(page, language) < _rank(current, language):
            pages[page.translation_key] = page
    moment = now or timezone.now()
    items = []
    for row in rows:
        match = pages.get(row.event.translation_key)
        if match is not None:
            items.append(AgendaItem(row, match, match.get_url(current_site=site) or "", moment))
    return items


def _rank(page: EventPage, language: str) -> int:
    code = page.locale.language_code
    return 0 if code == language else 1 if code == settings.LANGUAGE_CODE else 2


def local_midnight(day: date) -> datetime:
    """Return the first instant of a local day, in the installation's time zone."""
    return datetime.combine(day, time.min, tzinfo=ZoneInfo(settings.TIME_ZONE))


def occurrences_between(
    occurrences: QuerySet[Occurrence], first: date, last: date
) -> QuerySet[Occurrence]:
    """Return those that start on a local day from ``first`` up to and including ``last``."""
    return occurrences.filter(
        starts_at__gte=local_midnight(first),
        starts_at__lt=local_midnight(last + timedelta(days=1)),
    ).order_by("starts_at", "pk")


def upcoming(occurrences: QuerySet[Occurrence], now: datetime) -> QuerySet[Occurrence]:
    """Return those that are not over yet, soonest first."""
    return occurrences.filter(ends_at__gt=now).order_by("starts_at", "pk")


def month_weeks(first: date) -> list[list[date]]:
    """Return the weeks, Monday first, that touch the month of ``first``."""
    return month_calendar.Calendar(firstweekday=0).monthdatescalendar(first.year, first.month)


def people_counts(occurrence: Occurrence) -> dict[str, int]:
    """Return ``{status: people}`` for the statuses that occur."""
    rows = occurrence.registrations.values_list("status").annotate(people=Sum("party_size"))
    totals = dict.fromkeys(RegistrationStatus.values, 0)
    totals.update(dict(rows))
    return totals
