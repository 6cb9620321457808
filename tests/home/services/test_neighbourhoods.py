"""An empty installation becomes a neighbourhood with one command."""

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.models import Page, Site

from boloboost.accounts.enums import Role
from boloboost.accounts.models import SiteRole
from boloboost.core.models import NeighbourhoodSettings

pytestmark = pytest.mark.django_db


def test_a_migrated_empty_database_gets_its_first_neighbourhood() -> None:
    call_command("make_neighbourhood", "Noord", "--url=http://noord.example")
    site = Site.objects.get()
    assert (site.hostname, site.port, site.is_default_site) == ("noord.example", 80, True)
    client = Client(HTTP_HOST="noord.example")
    for address in ("/", "/en/", "/agenda/", "/en/agenda/", "/feeds/agenda.ics"):
        assert client.get(address).status_code == 200, address
    assert set(SiteRole.objects.values_list("role", flat=True)) == set(Role.values)
    assert NeighbourhoodSettings.objects.get(site=site).name == "Noord"
    assert Page.find_problems() == ([], [], [], [], [])


def test_the_next_one_stands_beside_it() -> None:
    call_command("make_neighbourhood", "Noord", "--url=http://noord.example")
    call_command("make_neighbourhood", "Zuid", "--url=http://zuid.example")
    assert set(Site.objects.values_list("site_name", flat=True)) == {"Noord", "Zuid"}
    assert Site.objects.filter(is_default_site=True).count() == 1


def test_an_address_that_is_taken_is_refused() -> None:
    call_command("make_neighbourhood", "Noord", "--url=http://noord.example")
    pages = Page.objects.count()
    with pytest.raises(CommandError, match="already"):
        call_command("make_neighbourhood", "Zuid", "--url=http://noord.example")
    assert Page.objects.count() == pages


def test_an_address_without_scheme_is_refused() -> None:
    with pytest.raises(CommandError, match="https"):
        call_command("make_neighbourhood", "Noord", "--url=noord.example")
