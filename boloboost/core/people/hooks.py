"""What this package adds to Wagtail's admin; imported by ``core/wagtail_hooks.py``.

Wagtail asks rights of the pages it lists, but offers the people, sites and pages of the
whole installation in filters and choosers. Here these end at the neighbourhood.
"""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.pages.listing import GenericPageFilterSet, PageFilterSet
from wagtail.models import Page, Site
from wagtail.permissions import page_permission_policy

from boloboost.accounts.models import User
from boloboost.accounts.roles import sites_of

from .viewsets import PeopleViewSet


@hooks.register("register_admin_viewset")
def register_people() -> PeopleViewSet:
    return PeopleViewSet()


@hooks.register("construct_page_chooser_queryset")
def offer_own_pages(pages: "QuerySet[Page]", request: HttpRequest) -> "QuerySet[Page]":
    own = page_permission_policy.instances_user_has_any_permission_for(
        request.user, {"add", "change", "publish"}
    )
    return pages.filter(pk__in=own.values("pk"))


@hooks.register("construct_reports_menu")
def hide_wagtails_reports(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Show only reports that one may open; see ``admin_urls.py``."""
    if not request.user.is_superuser:
        closed = f"{reverse('wagtailadmin_home')}reports/"
        menu_items[:] = [item for item in menu_items if not item.url.startswith(closed)]


def own_sites(request: HttpRequest) -> "QuerySet[Site]":
    """Return the neighbourhoods that a filter offers."""
    return sites_of(request.user)


def own_colleagues(request: HttpRequest) -> "QuerySet[User]":
    """Return the people that a filter offers: who has a role where one has a role oneself."""
    if request.user.is_superuser:
        return User.objects.all()
    return User.objects.filter(groups__site_role__site__in=own_sites(request)).distinct()


def _limit_page_filters() -> None:
    offers: dict[str, Any] = {
        "owner": own_colleagues,
        "edited_by": own_colleagues,
        "site": own_sites,
    }
    for filter_set in (PageFilterSet, GenericPageFilterSet):
        for name, offer in offers.items():
            filter_set.base_filters[name].queryset = offer


_limit_page_filters()
