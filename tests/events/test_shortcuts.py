"""The first screen of the admin leads to a new event."""

import pytest
from django.test import Client
from django.urls import reverse

from boloboost.accounts.enums import Role
from boloboost.accounts.models import User
from tests.factories import Neighbourhood, make_user


@pytest.fixture(autouse=True)
def _no_second_factor(settings: object) -> None:
    settings.SAMPLE = True  # type: ignore[attr-defined]


def first_screen(user: User) -> str:
    client = Client(HTTP_HOST="localhost:8000")
    client.force_login(User.objects.get(pk=user.pk))
    return client.get(reverse("wagtailadmin_home")).content.decode()


def address(neighbourhood: Neighbourhood) -> str:
    return reverse(
        "wagtailadmin_pages:add", args=["events", "eventpage", neighbourhood.calendar.pk]
    )


@pytest.mark.parametrize("role", [Role.LEAD, Role.EDITOR, Role.KEY_HOLDER])
def test_who_writes_events_can_start_one(
    neighbourhood: Neighbourhood, other_neighbourhood: Neighbourhood, role: Role
) -> None:
    html = first_screen(make_user("ans@example.org", site=neighbourhood.site, role=role))
    assert address(neighbourhood) in html
    assert address(other_neighbourhood) not in html


def test_a_curator_does_not_write_events(neighbourhood: Neighbourhood) -> None:
    curator = make_user("ans@example.org", site=neighbourhood.site, role=Role.CURATOR)
    assert address(neighbourhood) not in first_screen(curator)


def test_with_two_neighbourhoods_each_button_names_its_own(
    neighbourhood: Neighbourhood, other_neighbourhood: Neighbourhood
) -> None:
    user = make_user("ans@example.org", site=neighbourhood.site, role=Role.LEAD)
    helper = make_user("bea@example.org", site=other_neighbourhood.site, role=Role.LEAD)
    user.groups.add(*helper.groups.all())
    html = first_screen(user)
    assert address(neighbourhood) in html
    assert address(other_neighbourhood) in html
    assert "Noord" in html
