"""What happens elsewhere that the schedule and the feeds must follow."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.signals import post_delete, post_save
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from boloboost.core.models import NeighbourhoodSettings, Place

from .feed_bodies import HISTORY
from .models import Category, CategoryName, Event, EventPage
from .services.feeds import bump_calendar_version, on_restriction_changed, refresh_events
from .services.schedule import publish_schedule


def connect() -> None:
    """Connect every handler; called once by the app."""
    page_published.connect(on_page_published, sender=EventPage)
    page_unpublished.connect(on_page_unpublished, sender=EventPage)
    page_slug_changed.connect(on_page_moved)
    post_page_move.connect(on_page_moved)
    post_delete.connect(on_page_deleted, sender=EventPage)
    post_save.connect(on_place_saved, sender=Place)
    post_save.connect(on_category_saved, sender=Category)
    post_save.connect(on_category_name_saved, sender=CategoryName)
    post_save.connect(on_settings_saved, sender=NeighbourhoodSettings)
    post_save.connect(on_site_saved, sender=Site)
    post_save.connect(on_restriction_changed, sender=PageViewRestriction)
    post_delete.connect(on_restriction_changed, sender=PageViewRestriction)


def _refresh(events: QuerySet[Event]) -> None:
    with transaction.atomic():
        refresh_events(events=events, now=timezone.now())


def _recent(**filters: Any) -> QuerySet[Event]:
    """Return the events that a feed can still show."""
    oldest = timezone.now() - HISTORY
    return Event.objects.filter(occurrences__ends_at__gte=oldest, **filters).distinct()


def _of_page(page: EventPage) -> QuerySet[Event]:
    return Event.objects.filter(translation_key=page.translation_key)


def on_page_published(
    instance: EventPage, revision: Any = None, alias: bool = False, **_kwargs: Any
) -> None:
    """An alias shows another page's words; it has no schedule of its own."""
    if alias:
        return
    actor = revision.user if revision is not None else instance.owner
    publish_schedule(page=instance, actor=actor, now=timezone.now())


def on_page_unpublished(instance: EventPage, **_kwargs: Any) -> None:
    _refresh(_of_page(instance))


def on_page_moved(instance: Page, **_kwargs: Any) -> None:
    """A new address: of this page, or of every event below it."""
    pages = EventPage.objects.descendant_of(instance, inclusive=True)
    _refresh(Event.objects.filter(translation_key__in=pages.values("translation_key")))


def on_page_deleted(instance: EventPage, **_kwargs: Any) -> None:
    """Without any page left, the schedule goes too, unless guests still depend on it."""
    event = _of_page(instance).select_related("site").first()
    if event is None:
        return
    is_last = not EventPage.objects.filter(translation_key=instance.translation_key).exists()
    if not is_last or event.occurrences.filter(registrations__isnull=False).exists():
        _refresh(_of_page(instance))
        return
    with transaction.atomic():
        event.delete()
        bump_calendar_version(site=event.site)


def on_place_saved(instance: Place, created: bool, **_kwargs: Any) -> None:
    if not created:
        _refresh(_recent(place=instance))


def on_category_saved(instance: Category, created: bool, **_kwargs: Any) -> None:
    if not created:
        _refresh(_recent(category=instance))


def on_category_name_saved(instance: CategoryName, **_kwargs: Any) -> None:
    _refresh(_recent(category=instance.category_id))


def on_settings_saved(instance: NeighbourhoodSettings, **_kwargs: Any) -> None:
    """The feed's name, and the organiser in every entry."""
    with transaction.atomic():
        bump_calendar_version(site=instance.site)
    _refresh(_recent(site=instance.site_id))


def on_site_saved(instance: Site, created: bool, **_kwargs: Any) -> None:
    """A new host name is a new address of everything."""
    if not created:
        _refresh(_recent(site=instance))
