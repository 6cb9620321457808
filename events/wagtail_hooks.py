"""The calendar in the admin."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.models import Page

from .enums import ACTIVE, OccurrenceStatus
from .models import EventPage, Registration
from .viewsets.schedule import ScheduleViewSet
from .viewsets.taxonomy import CategoryViewSet


class CalendarGroup(ViewSetGroup):
    """'Calendar' in the menu: events with their guests, and kinds of events."""

    menu_label = gettext_lazy("Calendar")
    menu_icon = "date"
    menu_order = 110
    items = (ScheduleViewSet(), CategoryViewSet())


@hooks.register("register_admin_viewset")
def register_calendar() -> CalendarGroup:
    return CalendarGroup()


@hooks.register("after_publish_page")
def tell_when_schedule_was_kept(request: HttpRequest, page: Page) -> None:
    """Say so when a page was published whose time, place or seats are out of date."""
    if not isinstance(page, EventPage) or not page.owns_schedule:
        return
    schedule = page.schedule
    if schedule is not None and schedule.version != page.schedule_version:
        messages.warning(
            request,
            _(
                "The words are on the site. Time, place and seats were changed in the schedule"
                " screen in the meantime, so those were left as they are there."
            ),
        )


def has_guests_to_tell(page: Page) -> bool:
    """Tell whether deleting leaves people on a list of an event without any page."""
    doomed = EventPage.objects.descendant_of(page, inclusive=True)
    kept = EventPage.objects.exclude(pk__in=doomed.values("pk")).values("translation_key")
    return (
        Registration.objects.filter(
            occurrence__event__translation_key__in=doomed.values("translation_key"),
            occurrence__ends_at__gt=timezone.now(),
            occurrence__status=OccurrenceStatus.SCHEDULED,
            status__in=ACTIVE,
        )
        .exclude(occurrence__event__translation_key__in=kept)
        .exists()
    )


@hooks.register("before_delete_page")
def keep_page_with_guests(request: HttpRequest, page: Page) -> HttpResponse | None:
    """An event with people on its list is called off first, so that they are told."""
    if not has_guests_to_tell(page):
        return None
    messages.error(
        request, _("People have signed up for this. Call it off first, then they get a mail.")
    )
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_bulk_action")
def check_bulk_action(
    request: HttpRequest, action_type: str, objects: list[Any], _action: Any
) -> HttpResponse | None:
    """What the page's own screens refuse, many pages at once do not do either."""
    pages = [page for page in objects if isinstance(page, Page)]
    if action_type == "delete" and any(has_guests_to_tell(page) for page in pages):
        refusal = _("People have signed up for one of these. Call it off first.")
    elif action_type == "publish" and any(is_half_finished(page) for page in pages):
        refusal = _("One of these events has no start, end or kind yet. Open it and fill it in.")
    else:
        return None
    messages.error(request, refusal)
    return redirect("wagtailadmin_explore", pages[0].get_parent().pk)


def is_half_finished(page: Page) -> bool:
    """Tell whether an event misses what the calendar needs; drafts may, pages may not."""
    latest = page.specific.get_latest_revision_as_object()
    return isinstance(latest, EventPage) and (
        latest.starts_at is None or latest.ends_at is None or latest.category_id is None
    )
