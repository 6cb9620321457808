"""What the first screen of the admin offers for the calendar."""

from collections.abc import Iterator
from functools import reduce
from operator import or_

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from boloboost.accounts.enums import EVENT_ROLES
from boloboost.accounts.roles import sites_of
from boloboost.core.dashboard import Shortcut

from .models import CalendarPage

MAX_NEIGHBOURHOODS = 6


def new_event_shortcuts(request: HttpRequest) -> Iterator[Shortcut]:
    """Yield "New event" for each neighbourhood in which this person writes events."""
    sites = list(
        sites_of(request.user, EVENT_ROLES).select_related("root_page")[:MAX_NEIGHBOURHOODS]
    )
    if not sites:
        return
    below = reduce(or_, (Q(path__startswith=site.root_page.path) for site in sites))
    calendars = CalendarPage.objects.filter(
        below, locale__language_code=settings.LANGUAGE_CODE
    ).order_by("path")
    for calendar in calendars:
        if calendar.permissions_for_user(request.user).can_add_subpage():
            url = reverse("wagtailadmin_pages:add", args=["events", "eventpage", calendar.pk])
            yield Shortcut(_label(calendar, many=len(sites) > 1), url, "date")


def _label(calendar: CalendarPage, *, many: bool) -> str:
    if not many:
        return _("New event")
    return _("New event in %(neighbourhood)s") % {"neighbourhood": calendar.get_parent().title}
