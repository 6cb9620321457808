from datetime import datetime

import pytest
from pytest_django import Settings
from wagtail.models import Page, Site

from home.models import HomePage
from home.sample.noorderbuurt import NOORDERBUURT
from home.sample.services.sites import Address, SampleRefused, check_room_for_sample
from tests.factories import make_neighbourhood
from tests.home.sample.helpers import bolo_with, seed


@pytest.mark.parametrize(
    ("site_url", "own", "below"),
    [
        ("http://localhost:8000", "localhost:8000", "noord.localhost:8000"),
        ("http://127.0.0.1:9000", "127.0.0.1:9000", "noord.localhost:9000"),
        ("http://[::1]:9000", "[::1]:9000", "noord.localhost:9000"),
        ("https://bolo.example", "bolo.example:443", "noord.bolo.example:443"),
    ],
)
def test_neighbourhoods_live_below_the_address_of_the_installation(
    settings: Settings, site_url: str, own: str, below: str
) -> None:
    settings.SITE_URL = site_url
    address = Address.of_installation()
    assert str(address) == own
    assert str(address.below("noord")) == below


@pytest.mark.django_db
def test_the_sample_takes_over_the_site_that_wagtail_made(
    settings: Settings, now: datetime
) -> None:
    settings.SITE_URL = "http://localhost:8123"
    first = Site.objects.get()
    seed(bolo_with(), now)
    site = Site.objects.get()
    assert (site.pk, site.hostname, site.port) == (first.pk, "localhost", 8123)
    assert {page.specific_class for page in Page.objects.filter(depth=2)} == {HomePage}


@pytest.mark.django_db
def test_an_empty_installation_has_room() -> None:
    check_room_for_sample()


@pytest.mark.django_db
def test_a_sample_that_is_there_already_is_no_reason_to_refuse(now: datetime) -> None:
    seed(NOORDERBUURT, now)
    check_room_for_sample()


@pytest.mark.django_db
def test_a_real_site_is_never_mixed_with_the_sample() -> None:
    make_neighbourhood("echt.example", "Echt")
    with pytest.raises(SampleRefused, match="Echt"):
        check_room_for_sample()


@pytest.mark.django_db
def test_on_this_machine_the_sample_may_stand_beside_another_site(settings: Settings) -> None:
    settings.SAMPLE = True
    make_neighbourhood("echt.localhost", "Echt")
    check_room_for_sample()


@pytest.mark.django_db
def test_even_then_the_first_address_must_be_free(settings: Settings) -> None:
    settings.SAMPLE = True
    settings.SITE_URL = "http://bolo.localhost"
    make_neighbourhood("bolo.localhost", "Echt")
    with pytest.raises(SampleRefused, match=r"bolo\.localhost:80"):
        check_room_for_sample()


@pytest.mark.django_db
@pytest.mark.parametrize(("sample_mode", "port"), [(True, 9000), (False, 8000)])
def test_the_address_follows_the_port_only_in_sample_mode(
    settings: Settings, now: datetime, sample_mode: bool, port: int
) -> None:
    settings.SAMPLE = sample_mode
    seed(NOORDERBUURT, now)
    settings.SITE_URL = "http://localhost:9000"
    seed(NOORDERBUURT, now)
    assert Site.objects.get(hostname="noorderbuurt.localhost").port == port
