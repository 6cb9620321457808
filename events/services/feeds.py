"""Feeds as stored bytes (decision 8): fragments when an event changes, a feed when read.

An event's VEVENT is serialised when it changes and kept for each language that has a
live page. A feed is a header, those fragments and a footer, kept while the calendar's
version stays the same. Who may see a page is checked when a feed is put together, so
that a restriction on any page above it counts at once.
"""

import gzip
import hashlib
import logging
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import OperationalError, transaction
from django.db.models import F, QuerySet
from wagtail.models import Page, PageViewRestriction, Site

from boloboost.core.models import NeighbourhoodSettings
from boloboost.core.publishing import site_of_page

from ..calendar_entries import calendar_event_for
from ..feed_bodies import FeedBody, agenda_ics_body, agenda_json_body
from ..ics import serialise_event, without_stamps
from ..models import CalendarVersion, Event, EventPage, FeedFragment, StoredFeed

logger = logging.getLogger(__name__)

AGENDA_ICS = "agenda.ics"
AGENDA_JSON = "agenda.json"
GZIPPED = ".gz"
BATCH = 500
LONGEST_FRESH = timedelta(hours=24)
KEPT_FIELDS = ["calendar_version", "body", "etag", "last_modified", "fresh_until"]
BUILDERS: dict[str, Callable[..., FeedBody]] = {
    AGENDA_ICS: agenda_ics_body,
    AGENDA_JSON: agenda_json_body,
}


def bump_calendar_version(*, site: Site) -> None:
    """Make everything that is kept for the site's calendar stale."""
    if CalendarVersion.objects.filter(site=site).update(number=F("number") + 1):
        return
    _row, created = CalendarVersion.objects.get_or_create(site=site)
    if not created:
        CalendarVersion.objects.filter(site=site).update(number=F("number") + 1)


def on_restriction_changed(sender: Any, instance: PageViewRestriction, **_kwargs: Any) -> None:
    """Follow a page that became private or public again."""
    page = Page.objects.filter(pk=instance.page_id).first()
    site = site_of_page(page) if page else None
    for one in [site] if site else Site.objects.all():
        bump_calendar_version(site=one)


@transaction.atomic
def refresh_fragments(*, event: Event, now: datetime) -> None:
    """Bring the kept VEVENTs of one event in line with its schedule and its live pages."""
    refresh_events(events=[event], now=now)


@transaction.atomic
def refresh_events(*, events: Iterable[Event], now: datetime) -> None:
    """Bring the kept VEVENTs of many events in line, a few queries for each 500.

    Bytes that stay the same keep their time stamp. Every site concerned gets a new
    calendar version.
    """
    keys = sorted(event.pk for event in events)
    sites: dict[int, Site] = {}
    for start in range(0, len(keys), BATCH):
        for event in _refresh_batch(keys[start : start + BATCH], now):
            sites[event.site_id] = event.site
    for _key, site in sorted(sites.items()):
        bump_calendar_version(site=site)


def _refresh_batch(keys: list[int], now: datetime) -> list[Event]:
    events = list(
        Event.objects.select_for_update(of=("self",))
        .filter(pk__in=keys)
        .order_by("pk")
        .select_related("site", "place", "category")
        .prefetch_related("category__names", "occurrences")
    )
    pages: dict[UUID, list[EventPage]] = defaultdict(list)
    found = EventPage.objects.live().filter(translation_key__in=[e.translation_key for e in events])
    for page in found.select_related("locale"):
        pages[page.translation_key].append(page)
    settings_of = {
        row.site_id: row
        for row in NeighbourhoodSettings.objects.filter(site__in={e.site_id for e in events})
    }
    kept = {
        (row.event_id, row.language): row for row in FeedFragment.objects.filter(event__in=events)
    }
    fresh: list[FeedFragment] = []
    for event in events:
        for page in pages[event.translation_key]:
            previous = kept.pop((event.pk, page.locale.language_code), None)
            neighbourhood = settings_of.get(event.site_id)
            fragment = _fragment(event, page, neighbourhood, previous=previous, now=now)
            if fragment is not previous:
                fresh.append(fragment)
    FeedFragment.objects.bulk_create(
        fresh,
        update_conflicts=True,
        unique_fields=["event", "language"],
        update_fields=["body", "content_hash", "changed_at"],
    )
    FeedFragment.objects.filter(pk__in=[row.pk for row in kept.values()]).delete()
    return events


def _fragment(
    event: Event,
    page: EventPage,
    neighbourhood: NeighbourhoodSettings | None,
    *,
    previous: FeedFragment | None,
    now: datetime,
) -> FeedFragment:
    """Return the event's VEVENT in the page's language; ``previous`` when nothing changed."""
    changed_at = _later(now, previous.changed_at if previous else None)
    body = b"".join(
        serialise_event(
            calendar_event_for(occurrence, page, changed_at=changed_at, neighbourhood=neighbourhood)
        )
        for occurrence in event.occurrences.all()
    )
    content_hash = _digest(without_stamps(body))
    if previous is not None and previous.content_hash == content_hash:
        return previous
    return FeedFragment(
        event=event,
        language=page.locale.language_code,
        body=body,
        content_hash=content_hash,
        changed_at=changed_at,
    )


@dataclass(frozen=True)
class Validators:
    """What a conditional request is compared with: the ETag without its quotes."""

    etag: str
    last_modified: datetime


def feed_validators(*, site: Site, name: str, language: str, now: datetime) -> Validators | None:
    """Return the validators of a feed that is still good, without its bytes: one indexed read.

    None when the feed has to be put together first.
    """
    row = (
        _still_good(now)
        .filter(site=site, name=name, language=language)
        .values_list("etag", "last_modified")
        .first()
    )
    return Validators(*row) if row else None


def stored_feed(*, site: Site, name: str, language: str, now: datetime) -> StoredFeed:
    """Return a feed's bytes, put together anew when the calendar has changed since.

    ``name`` is a key of ``BUILDERS``, with ``GZIPPED`` behind it for the compressed bytes.
    """
    row = _still_good(now).filter(site=site, name=name, language=language).first()
    return row or _rebuild(site=site, name=name, language=language, now=now)


def _still_good(now: datetime) -> QuerySet[StoredFeed]:
    return StoredFeed.objects.filter(
        calendar_version=F("site__calendar_version__number"), fresh_until__gt=now
    )


def _rebuild(*, site: Site, name: str, language: str, now: datetime) -> StoredFeed:
    """Put a feed together and keep it.

    The version is read before the events: whoever changes one meanwhile makes these
    bytes stale. Two processes at once keep the same bytes, the last one's row.
    """
    feed = _built(site=site, name=name, language=language, now=now)
    try:
        with transaction.atomic():
            StoredFeed.objects.bulk_create(
                [feed],
                update_conflicts=True,
                unique_fields=["site", "name", "language"],
                update_fields=KEPT_FIELDS,
            )
    except OperationalError:
        # The disk is full or the database locked: nothing can be kept, but reads go on.
        logger.warning("feed %s of site %s could not be kept", name, site.pk)
    return feed


def _built(*, site: Site, name: str, language: str, now: datetime) -> StoredFeed:
    feed = StoredFeed(site=site, name=name, language=language)
    if name.endswith(GZIPPED):
        plain = stored_feed(site=site, name=name.removesuffix(GZIPPED), language=language, now=now)
        feed.body = gzip.compress(plain.body, mtime=0)
        feed.etag = _digest(feed.body)
        feed.calendar_version, feed.fresh_until = plain.calendar_version, plain.fresh_until
        feed.last_modified = plain.last_modified
        return feed
    kept = StoredFeed.objects.filter(site=site, name=name, language=language)
    before = kept.values_list("etag", "last_modified", "site__calendar_version__number").first()
    version = before[2] if before else None
    if version is None:
        version = CalendarVersion.objects.get_or_create(site=site)[0].number
    built = BUILDERS[name](site=site, language=language, now=now)
    feed.calendar_version = version
    feed.body, feed.etag = built.content, _digest(built.content)
    feed.fresh_until = min(filter(None, [built.drops_at, now + LONGEST_FRESH]))
    if before and before[0] == feed.etag:
        feed.last_modified = before[1]
    else:
        feed.last_modified = _later(now, before[1] if before else None)
    return feed


def _later(now: datetime, previous: datetime | None) -> datetime:
    """Return now in whole seconds, but always a second later than the previous stamp."""
    moment = now.replace(microsecond=0)
    return moment if previous is None else max(moment, previous + timedelta(seconds=1))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
