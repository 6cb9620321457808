"""From the schedule and its page to a calendar entry, for feeds and invitations alike."""

import re
from datetime import datetime
from html import unescape

from django.conf import settings
from django.utils import translation
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from boloboost.core.models import NeighbourhoodSettings

from .ics import CalendarEvent, EventStatus, clean_text
from .models import EventPage, Occurrence

BODY_LIMIT = 2000
PARAGRAPH_END = re.compile(r"</(?:p|h[1-6]|ul|ol)>")
LINE_END = re.compile(r"</li>|<br\s*/?>")
LIST_ITEM = re.compile(r"<li\b[^>]*>")
BLANK_LINES = re.compile(r"\n{3,}")


def calendar_event_for(
    occurrence: Occurrence,
    page: EventPage,
    *,
    changed_at: datetime,
    neighbourhood: NeighbourhoodSettings | None = None,
) -> CalendarEvent:
    """Return the calendar entry of an occurrence in its page's language.

    ``changed_at`` becomes DTSTAMP and LAST-MODIFIED. ``neighbourhood`` saves a query
    when the caller has the site's settings at hand.
    """
    event = occurrence.event
    place = event.place
    organiser = neighbourhood or NeighbourhoodSettings.for_site(event.site)
    address = page.full_url or event.site.root_url
    with translation.override(page.locale.language_code):
        return CalendarEvent(
            uid=event.uid,
            start=occurrence.starts_at,
            end=occurrence.ends_at,
            zone=settings.TIME_ZONE,
            summary=page.title,
            cancelled_prefix=_("CANCELLED: "),
            description=_description(occurrence, page, address),
            location=place.where if place else "",
            latitude=None if place is None or place.latitude is None else float(place.latitude),
            longitude=None if place is None or place.longitude is None else float(place.longitude),
            url=address,
            categories=(event.category.label,) if event.category else (),
            organizer_name=organiser.name,
            organizer_email=organiser.contact_email,
            status=EventStatus.CANCELLED if occurrence.is_cancelled else EventStatus.CONFIRMED,
            sequence=occurrence.sequence,
            created=event.created_at,
            changed_at=changed_at,
        )


def plain_text(rich_text: str) -> str:
    """Return rich text as plain text: paragraphs apart, list items behind a dash."""
    text = PARAGRAPH_END.sub("\n\n", LINE_END.sub("\n", LIST_ITEM.sub("- ", rich_text)))
    return BLANK_LINES.sub("\n\n", clean_text(unescape(strip_tags(text))))


def _description(occurrence: Occurrence, page: EventPage, address: str) -> str:
    """Return what a calendar shows below the title, the most urgent first.

    The address is repeated at the end: many programs hide the URL property.
    """
    event = occurrence.event
    body = plain_text(page.body)
    parts = [
        occurrence.cancel_reason if occurrence.is_cancelled else "",
        event.notice,
        page.introduction,
        body if len(body) <= BODY_LIMIT else f"{body[:BODY_LIMIT].rstrip()}…",
        _("Bring: %(what)s") % {"what": page.bring} if page.bring else "",
        event.place.directions if event.place else "",
        address,
    ]
    return "\n\n".join(filter(None, parts))
