"""A new neighbourhood's host is answered without a restart; wrong hosts get a 400."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client, override_settings
from wagtail.models import Site

from boloboost.core.hosts import SiteHosts, forget_site_host_names, site_host_names
from tests.factories import Neighbourhood, make_neighbourhood

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _read_the_table_again() -> Iterator[None]:
    forget_site_host_names()
    yield
    forget_site_host_names()


def test_the_hosts_are_those_of_the_settings_and_of_the_sites(neighbourhood: Neighbourhood) -> None:
    assert {*SiteHosts(["beheer.example"])} == {"beheer.example", "bolo.example"}


def test_a_new_site_is_answered_at_once(neighbourhood: Neighbourhood) -> None:
    hosts = SiteHosts(["beheer.example"])
    assert "noord.example" not in set(hosts)
    other = make_neighbourhood("noord.example", "Noord")
    assert "noord.example" in set(hosts)
    other.site.delete()
    assert "noord.example" not in set(hosts)


def test_the_table_is_read_once_a_minute(
    neighbourhood: Neighbourhood,
    django_assert_num_queries: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = [1000.0]
    monkeypatch.setattr("boloboost.core.hosts.time.monotonic", lambda: clock[0])
    hosts = SiteHosts(["beheer.example"])
    with django_assert_num_queries(1):
        set(hosts)
        set(hosts)
    clock[0] += 59
    with django_assert_num_queries(0):
        set(hosts)
    clock[0] += 1
    with django_assert_num_queries(1):
        set(hosts)


def test_a_host_of_the_settings_needs_no_query(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert next(iter(SiteHosts(["beheer.example"]))) == "beheer.example"


@pytest.mark.parametrize("hostname", ["*", ".example", "*.example"])
def test_a_wildcard_in_the_table_opens_nothing(hostname: str, neighbourhood: Neighbourhood) -> None:
    Site.objects.create(hostname=hostname, root_page=neighbourhood.home)
    assert site_host_names() == {"bolo.example"}


def test_without_a_database_the_settings_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*args: object, **kwargs: object) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr("django.db.models.query.QuerySet.values_list", away)
    assert {*SiteHosts(["beheer.example"])} == {"beheer.example"}


def test_what_was_known_before_an_outage_still_holds(
    neighbourhood: Neighbourhood, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [1000.0]
    monkeypatch.setattr("boloboost.core.hosts.time.monotonic", lambda: clock[0])
    assert site_host_names() == {"bolo.example"}

    def away(*args: object, **kwargs: object) -> None:
        raise OperationalError("connection refused")

    clock[0] += 3600
    with monkeypatch.context() as outage:
        outage.setattr("django.db.models.query.QuerySet.values_list", away)
        assert site_host_names() == {"bolo.example"}


@pytest.mark.parametrize(
    "host", ["evil.example.net", "bolo.example.evil.net", "bolo.example@x", ""]
)
def test_another_host_gets_a_page_that_tells_nothing(
    host: str, client: Client, neighbourhood: Neighbourhood
) -> None:
    with override_settings(ALLOWED_HOSTS=SiteHosts(["beheer.example"])):
        response = client.get("/agenda/", headers={"Host": host})
    assert response.status_code == 400
    assert response["Content-Type"] == "text/html; charset=utf-8"
    page = response.content.decode()
    assert "<h1>" in page
    for internal in ("ALLOWED_HOSTS", "Traceback", "Django", host or "HTTP_HOST"):
        assert internal not in page


def test_the_host_of_a_neighbourhood_is_answered(
    client: Client, neighbourhood: Neighbourhood
) -> None:
    with override_settings(ALLOWED_HOSTS=SiteHosts(["beheer.example"])):
        assert client.get("/", headers={"Host": "bolo.example"}).status_code == 200
