"""Admin screens stay inside the neighbourhoods of the person who uses them."""

from collections.abc import Callable
from typing import ClassVar

import django_filters
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import include, path, reverse
from wagtail.models import Site

from boloboost.accounts.enums import ADMIN_ROLES, PUBLISHING_ROLES, Role
from boloboost.accounts.models import User
from boloboost.core.viewsets import SiteFilterSet, SiteModelViewSet
from boloboost.urls import urlpatterns as project_urlpatterns
from events.models import Category
from tests.factories import Neighbourhood, make_category, make_neighbourhood, make_user

ROW_VIEWS = ["edit", "delete", "history", "history_results", "usage", "inspect", "copy"]


class ProbeViewSet(SiteModelViewSet):
    """Every view that Wagtail has for a model, switched on."""

    model = Category
    name = "probe"
    role_table: ClassVar = {
        "view": ADMIN_ROLES,
        "add": PUBLISHING_ROLES,
        "change": PUBLISHING_ROLES,
        "delete": PUBLISHING_ROLES,
    }
    copy_view_enabled = True
    inspect_view_enabled = True
    sort_order_field = "order"
    list_display: ClassVar = ["name", "order"]
    list_filter = ("icon",)
    search_fields = ("name",)


urlpatterns = [
    path("beheer/probe/", include((ProbeViewSet().get_urlpatterns(), "probe"))),
    *project_urlpatterns,
]
pytestmark = pytest.mark.urls(__name__)

LogIn = Callable[..., Client]


@pytest.fixture
def log_in(settings: object) -> LogIn:
    settings.SAMPLE = True  # type: ignore[attr-defined]

    def as_person(*roles: tuple[Site, Role], superuser: bool = False) -> Client:
        user: User = make_user("ans@example.org")
        User.objects.filter(pk=user.pk).update(is_superuser=superuser)
        for site, role in roles:
            helper = make_user(f"{site.pk}-{role}@example.org", site=site, role=role)
            user.groups.add(*helper.groups.all())
        client = Client(HTTP_HOST="localhost:8000")
        client.force_login(User.objects.get(pk=user.pk))
        return client

    return as_person


@pytest.fixture
def here(neighbourhood: Neighbourhood) -> Site:
    return neighbourhood.site


@pytest.fixture
def there(other_neighbourhood: Neighbourhood) -> Site:
    return other_neighbourhood.site


@pytest.fixture
def own(here: Site) -> Category:
    return make_category(here, name="Eigen", order=1)


@pytest.fixture
def foreign(there: Site) -> Category:
    return make_category(there, name="Vreemd", order=2)


@pytest.mark.parametrize("view", ROW_VIEWS)
def test_a_row_of_the_other_neighbourhood_does_not_exist(
    log_in: LogIn, here: Site, own: Category, foreign: Category, view: str
) -> None:
    client = log_in((here, Role.EDITOR))
    assert client.get(reverse(f"probe:{view}", args=[own.pk])).status_code == 200
    assert client.get(reverse(f"probe:{view}", args=[foreign.pk])).status_code == 404


@pytest.mark.parametrize("view", ["edit", "delete", "copy", "reorder"])
def test_nor_can_it_be_posted_to(log_in: LogIn, here: Site, foreign: Category, view: str) -> None:
    address = reverse(f"probe:{view}", args=[foreign.pk])
    response = log_in((here, Role.EDITOR)).post(f"{address}?position=0", form_data(name="Gekaapt"))
    assert response.status_code == 404
    foreign.refresh_from_db()
    assert (foreign.name, foreign.order) == ("Vreemd", 2)


@pytest.mark.parametrize("view", ["index", "index_results"])
def test_lists_and_searches_hold_own_rows(
    log_in: LogIn, here: Site, own: Category, foreign: Category, view: str
) -> None:
    client = log_in((here, Role.EDITOR))
    listed = client.get(reverse(f"probe:{view}")).content.decode()
    assert "Eigen" in listed
    assert "Vreemd" not in listed
    found = client.get(reverse(f"probe:{view}"), {"q": "reem"}).content.decode()
    assert reverse("probe:edit", args=[foreign.pk]) not in found


def test_moving_a_row_renumbers_own_rows_only(
    log_in: LogIn, here: Site, own: Category, foreign: Category
) -> None:
    second = make_category(here, name="Tweede", order=2)
    client = log_in((here, Role.EDITOR))
    client.post(reverse("probe:reorder", args=[second.pk]) + "?position=0")
    orders = dict(Category.objects.values_list("name", "order"))
    assert orders == {"Tweede": 1, "Eigen": 2, "Vreemd": 2}


@pytest.mark.parametrize("view", ["edit", "delete", "copy"])
def test_seeing_a_row_is_not_changing_it(
    log_in: LogIn, here: Site, there: Site, own: Category, view: str
) -> None:
    client = log_in((here, Role.CURATOR), (there, Role.EDITOR))
    listed = client.get(reverse("probe:index")).content.decode()
    assert "Eigen" in listed
    assert reverse("probe:edit", args=[own.pk]) not in listed
    assert reverse("probe:delete", args=[own.pk]) not in listed
    assert client.get(reverse("probe:inspect", args=[own.pk])).status_code == 200
    assert client.get(reverse(f"probe:{view}", args=[own.pk])).status_code == 404


@pytest.mark.parametrize("role", [Role.LEAD, Role.CURATOR])
def test_an_action_of_another_role_is_refused(
    log_in: LogIn, here: Site, own: Category, role: Role
) -> None:
    client = log_in((here, role))
    assert client.get(reverse("probe:index")).status_code == 200
    home = reverse("wagtailadmin_home")
    assert client.get(reverse("probe:add")).status_code in {302, 403}
    edited = client.post(reverse("probe:edit", args=[own.pk]), form_data(name="Anders"))
    assert edited.status_code in {302, 403, 404}
    assert edited.headers.get("Location", home) == home
    own.refresh_from_db()
    assert own.name == "Eigen"


def test_a_right_that_was_taken_away_is_gone_at_once(
    log_in: LogIn, here: Site, own: Category
) -> None:
    client = log_in((here, Role.EDITOR))
    assert client.get(reverse("probe:edit", args=[own.pk])).status_code == 200
    User.objects.get(email="ans@example.org").groups.clear()
    assert client.get(reverse("probe:edit", args=[own.pk])).status_code in {302, 403, 404}


def form_data(**changes: str) -> dict[str, str]:
    values = {
        "name": "Muziek",
        "slug": "",
        "icon": "food",
        "order": "0",
        "names-TOTAL_FORMS": "0",
        "names-INITIAL_FORMS": "0",
        "names-MIN_NUM_FORMS": "0",
        "names-MAX_NUM_FORMS": "1000",
    }
    return {**values, "slug": "muziek", **changes}


def test_with_one_neighbourhood_there_is_nothing_to_choose(
    log_in: LogIn, here: Site, there: Site
) -> None:
    client = log_in((here, Role.EDITOR))
    assert b'name="site"' not in client.get(reverse("probe:add")).content
    client.post(reverse("probe:add"), form_data(site=str(there.pk)))
    assert Category.objects.get().site == here


def test_with_two_one_chooses_among_those_where_one_may_add(
    log_in: LogIn, neighbourhood: Neighbourhood, other_neighbourhood: Neighbourhood
) -> None:
    third = make_neighbourhood("west.example", "West").site
    here, there = neighbourhood.site, other_neighbourhood.site
    client = log_in((here, Role.EDITOR), (there, Role.KEY_HOLDER), (third, Role.CURATOR))
    shown = client.get(reverse("probe:add")).content.decode()
    assert "Noord" in shown
    assert "West" not in shown
    refused = client.post(reverse("probe:add"), form_data(site=str(third.pk)))
    assert refused.status_code == 200
    assert not Category.objects.exists()
    client.post(reverse("probe:add"), form_data(site=str(there.pk)))
    assert Category.objects.get().site == there


def test_a_row_stays_in_its_neighbourhood(
    log_in: LogIn, here: Site, there: Site, own: Category
) -> None:
    client = log_in((here, Role.EDITOR), (there, Role.EDITOR))
    address = reverse("probe:edit", args=[own.pk])
    assert b'name="site"' not in client.get(address).content
    client.post(address, form_data(name="Nieuw", slug=own.slug, site=str(there.pk)))
    own.refresh_from_db()
    assert (own.name, own.site) == ("Nieuw", here)


def test_a_constraint_that_names_the_preset_site_is_a_form_error(
    log_in: LogIn, here: Site, own: Category
) -> None:
    response = log_in((here, Role.EDITOR)).post(reverse("probe:add"), form_data(slug=own.slug))
    assert response.status_code == 200
    assert Category.objects.count() == 1


def test_the_neighbourhood_is_shown_to_people_who_have_more(
    log_in: LogIn, here: Site, there: Site, own: Category, foreign: Category
) -> None:
    make_neighbourhood("west.example", "West")
    client = log_in((here, Role.EDITOR), (there, Role.EDITOR))
    everything = client.get(reverse("probe:index")).content.decode()
    assert "Noord" in everything
    assert "West" not in everything
    assert 'name="site"' in everything
    filtered = client.get(reverse("probe:index"), {"site": there.pk}).content.decode()
    assert reverse("probe:edit", args=[foreign.pk]) in filtered
    assert reverse("probe:edit", args=[own.pk]) not in filtered


def test_it_is_not_shown_to_others(log_in: LogIn, here: Site, there: Site, own: Category) -> None:
    listed = log_in((here, Role.EDITOR)).get(reverse("probe:index")).content.decode()
    assert 'name="site"' not in listed
    assert "Noord" not in listed


def test_a_superuser_sees_all_neighbourhoods(
    log_in: LogIn, own: Category, foreign: Category
) -> None:
    client = log_in(superuser=True)
    listed = client.get(reverse("probe:index")).content.decode()
    assert "Eigen" in listed
    assert "Vreemd" in listed


def test_filters_offer_rows_of_own_neighbourhoods(
    here: Site, own: Category, foreign: Category
) -> None:
    class ByCategory(SiteFilterSet):
        kind = django_filters.ModelChoiceFilter(queryset=Category.objects.all())

    sites = Site.objects.filter(pk=here.pk)
    chooser = ByCategory(queryset=Category.objects.all(), sites=sites, many_sites=False)
    assert list(chooser.form.fields["kind"].queryset) == [own]


def test_a_filter_on_rows_without_a_neighbourhood_is_refused(here: Site) -> None:
    class ByPerson(SiteFilterSet):
        person = django_filters.ModelChoiceFilter(queryset=User.objects.all())

    with pytest.raises(ImproperlyConfigured, match="User"):
        ByPerson(queryset=Category.objects.all(), sites=Site.objects.all(), many_sites=True)


def test_lists_ask_the_same_number_of_questions_for_twice_the_rows(
    log_in: LogIn, here: Site, there: Site, django_assert_num_queries: Callable[..., object]
) -> None:
    client = log_in((here, Role.EDITOR), (there, Role.EDITOR))
    for number in range(4):
        make_category(here if number % 2 else there, name=f"Soort {number}")
    client.get(reverse("probe:index"))
    with CaptureQueriesContext(connection) as first:
        client.get(reverse("probe:index"))
    for number in range(4, 8):
        make_category(here if number % 2 else there, name=f"Soort {number}")
    with django_assert_num_queries(len(first)):
        client.get(reverse("probe:index"))
