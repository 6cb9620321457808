"""Wagtail's admin, closed at the edge of one's own neighbourhoods.

Wagtail shows the page of an address to whoever may edit any page, and its reports name
the people and pages of every site. Include this instead of ``wagtail.admin.urls``.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import user_passes_test
from wagtail.admin.urls import reports
from wagtail.permissions import page_permission_policy
from wagtail.utils.urlpatterns import decorate_urlpatterns

View = Callable[..., HttpResponse]

#: Names of the parts of Wagtail's addresses that are a page's id.
PAGE_ARGUMENTS = frozenset(
    {"page_id", "parent_page_id", "page_to_move_id", "destination_id", "page_to_copy_id"}
)


def own_pages_only(view: View) -> View:
    """Answer 404 when the address names a page that this person's explorer does not show."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        named = {kwargs[name] for name in PAGE_ARGUMENTS & kwargs.keys()}
        if named and request.user.is_authenticated:
            shown = page_permission_policy.explorable_instances(request.user)
            if shown.filter(pk__in=named).count() < len(named):
                raise Http404
        return view(request, *args, **kwargs)

    return guarded


decorate_urlpatterns(reports.urlpatterns, user_passes_test(lambda user: user.is_superuser))
urlpatterns = decorate_urlpatterns(wagtailadmin_urls.urlpatterns, own_pages_only)
