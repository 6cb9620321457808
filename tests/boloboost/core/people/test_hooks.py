"""Wagtail's own lists show nothing of another neighbourhood."""

import re
from typing import Any

import pytest
from django.urls import URLResolver
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, Page

from boloboost.accounts.enums import Role
from tests.factories import Neighbourhood, make_event, make_user
from tests.logins import log_in_with_factor

SECRET = "Geheim plan van Noord"
LISTS = [
    "/beheer/",
    "/beheer/pages/",
    "/beheer/pages/search/?q=Geheim",
    "/beheer/choose-page/",
    "/beheer/choose-page/search/?q=Geheim",
    "/beheer/images/",
    "/beheer/images/chooser/",
    "/beheer/pages/results/",
    "/beheer/pages/usage/events/eventpage/",
    "/beheer/api/main/pages/",
    "/beheer/api/main/images/",
    "/beheer/account/",
]
REPORTS = [
    "locked",
    "workflow",
    "workflow_tasks",
    "site-history",
    "aging-pages",
    "page-types-usage",
]


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("role", [Role.LEAD, Role.EDITOR, Role.CURATOR, Role.KEY_HOLDER])
def test_lists_end_at_the_neighbourhood(
    role: Role,
    path: str,
    neighbourhood: Neighbourhood,
    other_neighbourhood: Neighbourhood,
) -> None:
    there = make_user("noord@example.org", site=other_neighbourhood.site, role=Role.EDITOR)
    page = make_event(other_neighbourhood, title=SECRET)
    page.save_revision(user=there, log_action=True)
    page.get_workflow().start(page, there)
    client = log_in_with_factor(make_user("ans@example.org", site=neighbourhood.site, role=role))
    response = client.get(path)
    body = response.content.decode()
    assert response.status_code in {200, 302, 404}
    assert SECRET not in body
    assert "noord@example.org" not in body
    assert "noord.example" not in body


@pytest.mark.parametrize("report", REPORTS)
def test_wagtails_reports_are_for_superusers(report: str, neighbourhood: Neighbourhood) -> None:
    holder = make_user("ans@example.org", site=neighbourhood.site, role=Role.KEY_HOLDER)
    client = log_in_with_factor(holder)
    for path in (f"/beheer/reports/{report}/", f"/beheer/reports/{report}/results/"):
        assert client.get(path)["Location"] == "/beheer/"
    assert b"/beheer/reports/" not in client.get("/beheer/").content
    holder.is_superuser = True
    holder.save()
    assert client.get(f"/beheer/reports/{report}/").status_code == 200
    assert b"/beheer/reports/" in client.get("/beheer/").content


def test_filters_offer_colleagues(
    neighbourhood: Neighbourhood, other_neighbourhood: Neighbourhood
) -> None:
    ans = make_user("ans@example.org", site=neighbourhood.site, role=Role.EDITOR)
    make_user("bo@example.org", site=neighbourhood.site, role=Role.LEAD)
    make_user("noord@example.org", site=other_neighbourhood.site, role=Role.EDITOR)
    body = log_in_with_factor(ans).get("/beheer/pages/").content.decode()
    assert "bo@example.org" in body
    assert "noord@example.org" not in body


def routes_with_ids() -> list[str]:
    """Return Wagtail's admin addresses that take nothing but ids."""
    found = []

    def walk(patterns: Any, prefix: str) -> None:
        for pattern in patterns:
            route = prefix + str(pattern.pattern).replace("^", "")
            if isinstance(pattern, URLResolver):
                walk(pattern.url_patterns, route)
            elif "<int:" in route and not re.search(r"<(?!int:)|\(", route):
                found.append(route)

    walk(wagtailadmin_urls.urlpatterns, "/beheer/")
    return found


@pytest.mark.parametrize("role", [Role.LEAD, Role.EDITOR, Role.CURATOR, Role.KEY_HOLDER])
def test_no_address_of_the_admin_shows_a_page_or_picture_of_another_neighbourhood(
    role: Role, neighbourhood: Neighbourhood, other_neighbourhood: Neighbourhood
) -> None:
    page = make_event(other_neighbourhood, title=SECRET)
    image = get_image_model().objects.create(
        title=SECRET,
        file=get_test_image_file(),
        collection=Collection.objects.get(name=other_neighbourhood.site.site_name),
    )
    client = log_in_with_factor(make_user("ans@example.org", site=neighbourhood.site, role=role))
    routes = routes_with_ids()
    assert len(routes) > 60
    paths = {
        re.sub(r"<int:\w+>", str(image.pk if "/images/" in route else page.pk), route)
        for route in routes
    } | {
        f"/beheer/choose-page/chosen-multiple/?id={page.pk}",
        f"/beheer/images/chooser/chosen-multiple/?id={image.pk}",
        f"/beheer/bulk/wagtailcore/page/publish/?id={page.pk}",
        f"/beheer/bulk/wagtailcore/page/move/?id={page.pk}",
        f"/beheer/bulk/wagtailimages/image/delete/?id={image.pk}",
    }
    opened = [path for path in sorted(paths) if SECRET.encode() in client.get(path).content]
    assert opened == []


def test_the_page_chooser_offers_ones_own_pages(
    neighbourhood: Neighbourhood, other_neighbourhood: Neighbourhood
) -> None:
    make_event(neighbourhood, title="Straatdiner van BoLo")
    user = make_user("ans@example.org", site=neighbourhood.site, role=Role.LEAD)
    client = log_in_with_factor(user)
    found = client.get("/beheer/choose-page/search/?q=Straatdiner").content.decode()
    assert "Straatdiner van BoLo" in found
    top = client.get("/beheer/choose-page/", {"locale": "nl"}).content.decode()
    assert f"/beheer/choose-page/{neighbourhood.home.pk}/" in top
    assert f"/beheer/choose-page/{other_neighbourhood.home.pk}/" not in top
    below = client.get(f"/beheer/choose-page/{other_neighbourhood.home.pk}/").content.decode()
    for child in Page.objects.child_of(other_neighbourhood.home):
        assert f"/beheer/choose-page/{child.pk}/" not in below
