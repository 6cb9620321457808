"""What a page says about the schedule, before the schedule takes it over (decision 1)."""

from datetime import datetime

from django.conf import settings
from wagtail.models import Site

from .models import EventPage, Occurrence

#: What a page drafts for the schedule.
SCHEDULE_FIELDS = (
    "starts_at",
    "ends_at",
    "place",
    "category",
    "capacity",
    "takes_registrations",
    "party_limit",
)


def take_times_of_owner(page: EventPage) -> None:
    """Use what the first page's latest draft says; a translation's own copy may be old."""
    owner = page.get_translations().filter(locale__language_code=settings.LANGUAGE_CODE).first()
    latest = owner.get_latest_revision_as_object() if owner is not None else None
    if latest is not None:
        for name in SCHEDULE_FIELDS:
            setattr(page, name, getattr(latest, name))


def drop_foreign(page: EventPage, site: Site) -> None:
    """Leave out a place or kind that came along with a copy from another neighbourhood."""
    for name in ("place", "category"):
        found = getattr(page, name)
        if found is not None and found.site_id != site.pk:
            setattr(page, name, None)
            EventPage.objects.filter(pk=page.pk).update(**{name: None})


def times_of(page: EventPage) -> tuple[datetime, datetime]:
    assert page.starts_at is not None
    assert page.ends_at is not None
    return page.starts_at, page.ends_at


def page_differs(page: EventPage, occurrence: Occurrence) -> bool:
    event = occurrence.event
    return (
        page.starts_at,
        page.ends_at,
        page.place_id,
        page.capacity,
        page.category_id,
        page.takes_registrations,
        page.party_limit,
    ) != (
        occurrence.starts_at,
        occurrence.ends_at,
        event.place_id,
        occurrence.capacity,
        event.category_id,
        event.takes_registrations,
        event.party_limit,
    )
