"""What stands in a feed at one moment: reads only; the service keeps the bytes."""

import json
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Site

from boloboost.core.models import NeighbourhoodSettings

from .calendar_entries import calendar_event_for
from .enums import OccurrenceStatus
from .ics import (
    CalendarEvent,
    EventStatus,
    FeedHeader,
    clean_text,
    one_line,
    serialise_calendar,
    serialise_file,
)
from .models import Event, EventPage, FeedFragment, Occurrence
from .selectors import page_in, upcoming, visible_occurrences, visible_pages

#: How long an event that is over stays in a feed; a cancelled one goes when it is over.
HISTORY = timedelta(days=60)
COLOUR = "tomato"
JSON_LENGTH = 100
JSON_FEED_VERSION = "https://jsonfeed.org/version/1.1"

Row = TypeVar("Row")


@dataclass(frozen=True)
class FeedBody:
    """The bytes of a feed and the moment that the first of its events drops out."""

    content: bytes
    drops_at: datetime | None


def agenda_ics_body(*, site: Site, language: str, now: datetime) -> FeedBody:
    """Return the calendar of a site: what is to come and the last 60 days."""
    page = visible_pages(site=site).filter(
        translation_key=OuterRef("event__translation_key"),
        locale__language_code=OuterRef("event__fragments__language"),
    )
    rows = (
        Occurrence.objects.filter(_in_feed(now), Exists(page), site=site)
        .order_by("event_id", "pk")
        .values_list(
            "event_id", "event__fragments__language", "event__fragments__body", "ends_at", "status"
        )
    )
    shown = _preferred(rows, key=lambda row: row[0], code=lambda row: row[1], language=language)
    drops = [
        ends_at if status == OccurrenceStatus.CANCELLED else ends_at + HISTORY
        for _event, _language, _body, ends_at, status in shown
    ]
    header = _header(site=site, language=language)
    body = serialise_calendar(header, (bytes(row[2]) for row in shown))
    return FeedBody(body, min(drops, default=None))


def agenda_json_body(*, site: Site, language: str, now: datetime) -> FeedBody:
    """Return the next hundred as JSON Feed 1.1 (jsonfeed.org); programs read the calendar."""
    coming = list(upcoming(visible_occurrences(site=site), now)[:JSON_LENGTH])
    header = _header(site=site, language=language, address="events:feed_json")
    feed = {
        "version": JSON_FEED_VERSION,
        "title": header.name,
        "home_page_url": header.url,
        "feed_url": header.source,
        "description": header.description,
        "language": language,
        "items": _json_items(coming, site=site, language=language),
    }
    drops_at = min((occurrence.ends_at for occurrence in coming), default=None)
    return FeedBody(json.dumps(feed, ensure_ascii=False, indent=1).encode(), drops_at)


def _json_items(coming: list[Occurrence], *, site: Site, language: str) -> list[dict[str, Any]]:
    keys = [occurrence.event.translation_key for occurrence in coming]
    found = _preferred(
        visible_pages(site=site).filter(translation_key__in=keys).select_related("locale"),
        key=lambda page: page.translation_key,
        code=lambda page: page.locale.language_code,
        language=language,
    )
    pages = {page.translation_key: page for page in found}
    stamps = FeedFragment.objects.filter(event__in=[row.event_id for row in coming])
    changed = {
        (event, code): moment
        for event, code, moment in stamps.values_list("event", "language", "changed_at")
    }
    neighbourhood = NeighbourhoodSettings.for_site(site)
    items = []
    for occurrence in coming:
        page = pages.get(occurrence.event.translation_key)
        moment = page and changed.get((occurrence.event_id, page.locale.language_code))
        # Either is missing only when the page went between these queries.
        if page and moment:
            entry = calendar_event_for(
                occurrence, page, changed_at=moment, neighbourhood=neighbourhood
            )
            items.append(_json_item(occurrence, page, entry))
    return items


@dataclass(frozen=True)
class EventFile:
    """One event as a file, and when it changed last."""

    content: bytes
    changed_at: datetime


def event_file(*, site: Site, uid: str, language: str) -> EventFile | None:
    """Return the file of a visible event of this site; None when there is none.

    ``uid`` is the whole UID or its part before the @.
    """
    events = Event.objects.filter(site=site).select_related("site__root_page")
    event = (
        events.filter(uid__in=[uid, f"{uid}@{site.hostname}"]).first()
        or events.filter(uid__startswith=f"{uid}@").first()
    )
    page = page_in(event, language) if event else None
    if page is None:
        return None
    fragment = FeedFragment.objects.filter(event=event, language=page.locale.language_code).first()
    if fragment is None:
        return None
    content = serialise_file(settings.TIME_ZONE, [bytes(fragment.body)])
    return EventFile(content, fragment.changed_at)


def _in_feed(now: datetime) -> Q:
    """Return the filter in a form that one range of the index on the end answers."""
    is_kept = Q(status=OccurrenceStatus.SCHEDULED) | Q(ends_at__gt=now)
    return Q(ends_at__gt=now - HISTORY) & is_kept


def _preferred(
    rows: Iterable[Row],
    *,
    key: Callable[[Row], Hashable],
    code: Callable[[Row], str],
    language: str,
) -> list[Row]:
    """Return one row for each key: in the language, else the default one, else any."""
    ranks = {settings.LANGUAGE_CODE: 1, language: 0}
    best: dict[Hashable, Row] = {}
    for row in rows:
        current = best.get(key(row))
        if current is None or ranks.get(code(row), 2) < ranks.get(code(current), 2):
            best[key(row)] = row
    return list(best.values())


def _header(*, site: Site, language: str, address: str = "events:feed_ics") -> FeedHeader:
    neighbourhood = NeighbourhoodSettings.for_site(site)
    where = neighbourhood.neighbourhood or neighbourhood.name
    with translation.override(language):
        return FeedHeader(
            name=_("%(site)s calendar") % {"site": neighbourhood.name},
            description=_("What there is to do in %(where)s.") % {"where": where},
            zone=settings.TIME_ZONE,
            source=site.root_url + reverse(address),
            url=site.root_url + reverse("wagtail_serve", args=[""]),
            colour=COLOUR,
        )


def _json_item(occurrence: Occurrence, page: EventPage, entry: CalendarEvent) -> dict[str, Any]:
    """Return one item; its times and place are an extension named after us."""
    zone = ZoneInfo(entry.zone)
    prefix = entry.cancelled_prefix if entry.status is EventStatus.CANCELLED else ""
    about: dict[str, str | float] = {
        "starts": entry.start.astimezone(zone).isoformat(),
        "ends": entry.end.astimezone(zone).isoformat(),
        "status": entry.status.lower(),
        "location": one_line(entry.location),
    }
    if entry.latitude is not None and entry.longitude is not None:
        about |= {"latitude": entry.latitude, "longitude": entry.longitude}
    return {
        "id": f"{entry.uid}/{occurrence.original_start.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        "url": entry.url,
        "title": one_line(prefix + entry.summary),
        "content_text": clean_text(entry.description),
        "date_published": page.first_published_at.astimezone(UTC).isoformat(),
        "date_modified": entry.changed_at.astimezone(UTC).isoformat(),
        "language": page.locale.language_code,
        "tags": list(entry.categories),
        "_boloboost": about,
    }
