"""What the calendar page shows for one set of parameters."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict
from django.template.defaultfilters import date as format_date
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Site

from boloboost.core.models import Place

from .models import CalendarPage, Category, Occurrence
from .selectors import (
    LIST_LENGTH,
    AgendaItem,
    agenda_items,
    month_weeks,
    occurrences_between,
    search_events,
    upcoming,
    visible_occurrences,
)

YEARS_BACK = 5
YEARS_AHEAD = 2
MAX_QUERY_LENGTH = 100
ITEMS_PER_DAY = 3
MONTH_VIEW, LIST_VIEW = "maand", "lijst"


class BadParameter(ValueError):
    """A known parameter has a value that cannot be; the address does not exist."""


@dataclass(frozen=True)
class AgendaRequest:
    """The known parameters of ``/agenda/`` (contract), checked."""

    month: date
    month_given: bool = False
    view: str = MONTH_VIEW
    category: str = ""
    place: str = ""
    query: str = ""

    @classmethod
    def from_query(cls, query: QueryDict, *, today: date) -> "AgendaRequest":
        """Read a query string; unknown parameters are ignored.

        Raises:
            BadParameter: a known parameter has an impossible value.
        """
        view = query.get("weergave", MONTH_VIEW)
        if view not in {MONTH_VIEW, LIST_VIEW}:
            raise BadParameter("weergave")
        for name in ("soort", "plek"):
            if not re.fullmatch(r"[-a-z0-9_]{0,80}", query.get(name, "")):
                raise BadParameter(name)
        text = query.get("q", "").replace("\0", "").strip()[:MAX_QUERY_LENGTH]
        return cls(
            month=_read_month(query.get("maand", ""), today),
            month_given=bool(query.get("maand")),
            view=view,
            category=query.get("soort", ""),
            place=query.get("plek", ""),
            query=text,
        )

    def address(self, **changes: str | date) -> str:
        """Return the query string of this view with some parameters changed."""
        values = {
            "maand": self.month,
            "weergave": self.view,
            "soort": self.category,
            "plek": self.place,
            "q": self.query,
        }
        values.update(changes)
        month = values["maand"]
        if isinstance(month, date):
            values["maand"] = f"{month:%Y-%m}"
        if values["weergave"] == MONTH_VIEW:
            values["weergave"] = ""
        return "?" + urlencode({name: value for name, value in values.items() if value})


def _read_month(value: str, today: date) -> date:
    first = today.replace(day=1)
    if not value:
        return first
    match = re.fullmatch(r"([0-9]{4})-(0[1-9]|1[0-2])", value)
    if match is None:
        raise BadParameter("maand")
    try:
        month = date(int(match[1]), int(match[2]), 1)
    except ValueError as error:
        raise BadParameter("maand") from error
    distance = (month.year - first.year) * 12 + month.month - first.month
    if not -12 * YEARS_BACK <= distance <= 12 * YEARS_AHEAD:
        raise BadParameter("maand")
    return month


@dataclass(frozen=True)
class MonthLink:
    first: date
    url: str


@dataclass(frozen=True)
class Day:
    date: date
    in_month: bool
    is_today: bool
    is_past: bool
    items: list[AgendaItem]
    more_count: int


@dataclass(frozen=True)
class MonthView:
    first: date
    previous: MonthLink | None
    next: MonthLink | None
    weeks: list[list[Day]]
    list_url: str


@dataclass(frozen=True)
class ListGroup:
    heading: str
    items: list[AgendaItem]


@dataclass(frozen=True)
class FilterChoice:
    category: Category
    url: str
    active: bool


def month_context(
    wanted: AgendaRequest, *, site: Site, page: CalendarPage, now: datetime
) -> dict[str, Any]:
    """Return the context of the calendar template, in at most a dozen queries.

    Raises:
        BadParameter: this site has no such kind or place.
    """
    today = timezone.localdate(now)
    categories = list(Category.objects.filter(site=site).prefetch_related("names"))
    _refuse_unknown(wanted, site=site, categories=categories)
    is_month = wanted.view == MONTH_VIEW and not wanted.query
    items = _found_items(wanted, site=site, is_month=is_month, now=now)
    shown = [item for item in items if not is_month or _in_month(item, wanted.month)]
    return {
        "view": MONTH_VIEW if is_month else LIST_VIEW,
        "month": _month_view(wanted, items, today) if is_month else None,
        "list_groups": _week_groups(shown, today),
        "categories": [_filter_choice(row, wanted) for row in categories],
        "view_urls": {
            MONTH_VIEW: wanted.address(weergave=MONTH_VIEW, q=""),
            LIST_VIEW: wanted.address(weergave=LIST_VIEW, maand=""),
        },
        "query": wanted.query,
        "clear_url": page.get_url(current_site=site),
        "is_filtered": bool(wanted.category or wanted.place or wanted.query),
    }


def _refuse_unknown(wanted: AgendaRequest, *, site: Site, categories: list[Category]) -> None:
    if wanted.category and wanted.category not in {row.slug for row in categories}:
        raise BadParameter("soort")
    if wanted.place and not Place.objects.filter(site=site, slug=wanted.place).exists():
        raise BadParameter("plek")


def _found_items(
    wanted: AgendaRequest, *, site: Site, is_month: bool, now: datetime
) -> list[AgendaItem]:
    """Return the whole weeks of a month, the list of one month, or what is next."""
    rows = _filtered(visible_occurrences(site=site), wanted, site=site)
    weeks = month_weeks(wanted.month)
    if is_month:
        rows = occurrences_between(rows, weeks[0][0], weeks[-1][-1])
    elif wanted.month_given and not wanted.query:
        last = max(day for day in weeks[-1] if day.month == wanted.month.month)
        rows = occurrences_between(rows, wanted.month, last)
    else:
        rows = upcoming(rows, now)[:LIST_LENGTH]
    return agenda_items(rows, site=site, language=get_language() or "", now=now)


def _in_month(item: AgendaItem, month: date) -> bool:
    return (item.starts.year, item.starts.month) == (month.year, month.month)


def _filter_choice(category: Category, wanted: AgendaRequest) -> FilterChoice:
    active = category.slug == wanted.category
    return FilterChoice(
        category=category,
        url=wanted.address(soort="" if active else category.slug),
        active=active,
    )


def _filtered(
    rows: QuerySet[Occurrence], wanted: AgendaRequest, *, site: Site
) -> QuerySet[Occurrence]:
    if wanted.category:
        rows = rows.filter(event__category__slug=wanted.category)
    if wanted.place:
        rows = rows.filter(event__place__slug=wanted.place)
    if wanted.query:
        keys = search_events(site=site, query=wanted.query)
        rows = rows.filter(event__translation_key__in=keys)
    return rows


def _month_view(wanted: AgendaRequest, items: list[AgendaItem], today: date) -> MonthView:
    by_day = {day: list(found) for day, found in groupby(items, key=lambda i: i.starts.date())}
    weeks = [
        [
            Day(
                date=day,
                in_month=day.month == wanted.month.month,
                is_today=day == today,
                is_past=day < today,
                items=by_day.get(day, [])[:ITEMS_PER_DAY],
                more_count=max(0, len(by_day.get(day, [])) - ITEMS_PER_DAY),
            )
            for day in week
        ]
        for week in month_weeks(wanted.month)
    ]
    before = (wanted.month - timedelta(days=1)).replace(day=1)
    after = (wanted.month + timedelta(days=32)).replace(day=1)
    return MonthView(
        first=wanted.month,
        previous=_month_link(wanted, before, today),
        next=_month_link(wanted, after, today),
        weeks=weeks,
        list_url=wanted.address(weergave=LIST_VIEW),
    )


def _month_link(wanted: AgendaRequest, month: date, today: date) -> MonthLink | None:
    try:
        _read_month(f"{month:%Y-%m}", today)
    except BadParameter:
        return None
    return MonthLink(first=month, url=wanted.address(maand=month))


def _week_groups(items: list[AgendaItem], today: date) -> list[ListGroup]:
    def monday(item: AgendaItem) -> date:
        day = item.starts.date()
        return day - timedelta(days=day.weekday())

    return [
        ListGroup(heading=_week_heading(week, today), items=list(found))
        for week, found in groupby(items, key=monday)
    ]


def _week_heading(week: date, today: date) -> str:
    this_week = today - timedelta(days=today.weekday())
    if week == this_week:
        return _("This week")
    if week == this_week + timedelta(days=7):
        return _("Next week")
    return _("Week of %(day)s") % {"day": format_date(week, _("j F"))}
