"""Two neighbourhoods in one installation: nothing crosses (decision 6)."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from boloboost.accounts.enums import Role
from boloboost.accounts.models import User
from boloboost.core.models import OutgoingMail
from events.models import Occurrence
from events.services.registrations import register_guest
from tests.factories import (
    NOW,
    Neighbourhood,
    make_category,
    make_event,
    make_place,
    make_user,
    occurrence_of,
)

SECRET = "Noordergeheim"


@pytest.fixture(autouse=True)
def _frozen() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def foreign(other_neighbourhood: Neighbourhood) -> Occurrence:
    site = other_neighbourhood.site
    page = make_event(
        other_neighbourhood,
        title=f"{SECRET} diner",
        slug="geheim",
        place=make_place(site, name=f"{SECRET} plein"),
        category=make_category(site, name=f"{SECRET} soort", slug="noordsoort"),
    )
    register_guest(
        occurrence_id=occurrence_of(page).pk,
        name=f"{SECRET} gast",
        email="gast@example.org",
        party_size=1,
        language="nl",
        idempotency_key="noord",
        now=NOW,
    )
    return occurrence_of(page)


def visitor(host: str = "bolo.example") -> Client:
    return Client(HTTP_HOST=host)


@pytest.fixture
def editor(neighbourhood: Neighbourhood) -> Client:
    return admin_client(make_user("a@example.org", site=neighbourhood.site, role=Role.EDITOR))


def admin_client(user: User) -> Client:
    client = Client(HTTP_HOST="localhost:8000")
    client.force_login(user)
    return client


@pytest.fixture(autouse=True)
def _no_second_factor(settings: object) -> None:
    settings.SAMPLE = True  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/en/",
        "/agenda/",
        "/en/agenda/",
        "/agenda/?weergave=lijst",
        f"/agenda/?q={SECRET[:8]}",
        "/feeds/agenda.ics",
        "/en/feeds/agenda.ics",
        "/feeds/agenda.json",
    ],
)
def test_public_pages_feeds_search_and_json(
    neighbourhood: Neighbourhood, foreign: Occurrence, address: str
) -> None:
    make_event(neighbourhood, title="Eigen diner")
    response = visitor().get(address)
    assert response.status_code == 200
    assert SECRET not in response.content.decode()
    there = visitor("noord.example").get(address)
    assert "Eigen diner" not in there.content.decode()


def test_the_foreign_site_itself_shows_it(foreign: Occurrence) -> None:
    for address in ("/agenda/", "/feeds/agenda.ics", "/feeds/agenda.json"):
        assert SECRET in visitor("noord.example").get(address).content.decode()


def test_addresses_of_the_other_site_are_a_404(
    neighbourhood: Neighbourhood, foreign: Occurrence
) -> None:
    from events.tokens import registration_token

    uid = foreign.event.uid.partition("@")[0]
    token = registration_token(foreign.registrations.get())
    for address in (
        "/agenda/geheim/",
        "/agenda/?soort=noordsoort",
        f"/aanmelden/{foreign.pk}/",
        f"/aanmelding/{token}/",
        f"/feeds/event/{uid}.ics",
    ):
        assert visitor().get(address).status_code == 404, address
        assert visitor("noord.example").get(address).status_code == 200, address


def test_mail_names_its_own_site_and_sender(foreign: Occurrence) -> None:
    mail = OutgoingMail.objects.get()
    assert mail.site == foreign.site
    assert mail.context["event_url"].startswith("http://noord.example/")
    assert mail.context["guest_url"].startswith("http://noord.example/")
    assert "noord.example" in mail.message_id


@pytest.mark.parametrize(
    "name", ["schedule:index", "place:index", "category:index", "wagtailadmin_reports:site_history"]
)
def test_admin_lists(
    neighbourhood: Neighbourhood, foreign: Occurrence, editor: Client, name: str
) -> None:
    try:
        address = reverse(name)
    except Exception as error:
        raise AssertionError(name) from error
    response = editor.get(address)
    if response.status_code == 200:
        assert SECRET not in response.content.decode()
    else:
        assert name.startswith("wagtailadmin_reports")


def test_admin_objects_of_the_other_site_are_a_404(
    neighbourhood: Neighbourhood, foreign: Occurrence, editor: Client
) -> None:
    event = foreign.event
    for address in (
        reverse("schedule:edit", args=[foreign.pk]),
        reverse("schedule:cancel", args=[foreign.pk]),
        reverse("schedule:guests", args=[foreign.pk]),
        reverse("schedule:guests", args=[foreign.pk]) + "?export=csv",
        reverse("place:edit", args=[event.place_id]),
        reverse("category:edit", args=[event.category_id]),
    ):
        assert editor.get(address).status_code in {404, 302}, address
        assert SECRET not in editor.get(address, follow=True).content.decode(), address
        assert editor.post(address, {"reason": "x"}).status_code in {404, 302}, address
    foreign.refresh_from_db()
    assert not foreign.is_cancelled


def test_admin_page_explorer_search_and_choosers(
    neighbourhood: Neighbourhood,
    other_neighbourhood: Neighbourhood,
    foreign: Occurrence,
    editor: Client,
) -> None:
    addresses = [
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_explore_root"),
        reverse("wagtailadmin_explore", args=[other_neighbourhood.calendar.pk]),
        reverse("wagtailadmin_pages:search") + f"?q={SECRET}",
        reverse("wagtailadmin_choose_page") + f"?q={SECRET}",
    ]
    for address in addresses:
        content = editor.get(address, follow=True).content.decode()
        shown = content.replace(f'value="{SECRET}"', "").replace(f"q={SECRET}", "")
        assert f"{SECRET} diner" not in shown, address


def test_the_event_form_offers_only_own_places_and_kinds(
    neighbourhood: Neighbourhood, foreign: Occurrence, editor: Client
) -> None:
    make_place(neighbourhood.site, name="Eigen plein")
    address = reverse(
        "wagtailadmin_pages:add", args=["events", "eventpage", neighbourhood.calendar.pk]
    )
    content = editor.get(address).content.decode()
    assert "Eigen plein" in content
    assert SECRET not in content
