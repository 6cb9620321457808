"""Reads for the home page."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from wagtail.models import Site

from events.selectors import AgendaItem, agenda_items, upcoming, visible_occurrences

SHOWN = 6


@dataclass(frozen=True)
class HomeAgenda:
    """What is on: the first thing large, the next ones as rows."""

    first: AgendaItem | None
    rest: list[AgendaItem]


def home_agenda(request: HttpRequest) -> HomeAgenda:
    """Return the next events of the site of this request; cancelled ones never come first."""
    site = Site.find_for_request(request)
    if site is None:
        return HomeAgenda(None, [])
    now = timezone.now()
    rows = upcoming(visible_occurrences(site=site), now)[:SHOWN]
    items = agenda_items(rows, site=site, language=get_language() or "", now=now)
    first = next((item for item in items if not item.is_cancelled), None)
    return HomeAgenda(first, [item for item in items if item is not first])
