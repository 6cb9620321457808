"""What happens elsewhere that the schedule and the feeds must follow."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
)

from boloboost.core.models import NeighbourhoodSettings, Place

from .models import Category, Event, EventPage
from .services.feeds import bump_calendar_version, on_restriction_changed, refresh_fragments
from .services.schedule import publish_schedule

FEED_HISTORY = timedelta(days=60)


def connect() -> None:
    """Connect every handler; called once by the app."""
    page_published.connect(on_page_published, sender=EventPage)
    page_unpublished.connect(on_page_hidden, sender=EventPage)
    page_slug_changed.connect(on_page_moved)
    post_page_move.connect(on_page_moved)
    post_delete.connect(on_page_deleted, sender=EventPage)
    post_save.connect(on_place_saved, sender=Place)
    post_save.connect(on_category_saved, sender=Category)
    post_save.connect(on_settings_saved, sender=NeighbourhoodSettings)
    post_save.connect(on_restriction_changed, sender=PageViewRestriction)
    post_delete.connect(on_restriction_changed, sender=PageViewRestriction)


def on_page_published(instance: EventPage, revision: Any = None, **_kwargs: Any) -> None:
    actor = revision.user if revision is not None else instance.owner
    publish_schedule(page=instance, actor=actor, now=timezone.now())


def _refresh(event: Event) -> None:
    with transaction.atomic():
        refresh_fragments(event=event, now=timezone.now())


def on_page_hidden(instance: EventPage, **_kwargs: Any) -> None:
    event = instance.schedule
    if event is not None:
        _refresh(event)


def on_page_moved(instance: Page, **_kwargs: Any) -> None:
    """A new address: of this page, or of every event below it."""
    pages = EventPage.objects.descendant_of(instance, inclusive=True)
    for event in Event.objects.filter(translation_key__in=pages.values("translation_key")):
        _refresh(event)


def on_page_deleted(instance: EventPage, **_kwargs: Any) -> None:
    """Without any page left, the schedule goes too, unless guests still depend on it."""
    event = instance.schedule
    if event is None:
        return
    is_last = not EventPage.objects.filter(translation_key=instance.translation_key).exists()
    if is_last and not event.occurrences.filter(registrations__isnull=False).exists():
        site = event.site
        event.delete()
        bump_calendar_version(site=site)
    else:
        _refresh(event)


def _refresh_recent(**filters: Any) -> None:
    recent = Event.objects.filter(
        occurrences__ends_at__gte=timezone.now() - FEED_HISTORY, **filters
    ).distinct()
    for event in recent.select_related("site", "place", "category"):
        _refresh(event)


def on_place_saved(instance: Place, created: bool, **_kwargs: Any) -> None:
    if not created:
        _refresh_recent(place=instance)


def on_category_saved(instance: Category, created: bool, **_kwargs: Any) -> None:
    if not created:
        _refresh_recent(category=instance)


def on_settings_saved(instance: NeighbourhoodSettings, **_kwargs: Any) -> None:
    with transaction.atomic():
        bump_calendar_version(site=instance.site)
