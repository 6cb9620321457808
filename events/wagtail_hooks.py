"""The calendar in the admin."""

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


@hooks.register("before_delete_page")
def keep_page_with_guests(request: HttpRequest, page: Page) -> HttpResponse | None:
    """An event with people on its list is called off first, so that they are told."""
    keys = EventPage.objects.descendant_of(page, inclusive=True).values("translation_key")
    waiting = Registration.objects.filter(
        occurrence__event__translation_key__in=keys,
        occurrence__ends_at__gt=timezone.now(),
        occurrence__status=OccurrenceStatus.SCHEDULED,
        status__in=ACTIVE,
    )
    if request.method != "POST" or not waiting.exists():
        return None
    messages.error(
        request,
        _("People have signed up for this. Call it off first, then they get a mail."),
    )
    return redirect("wagtailadmin_pages:edit", page.pk)
