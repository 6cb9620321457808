"""Kinds of events in the admin: names in other languages, a fixed word, no crossing."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from boloboost.accounts.enums import ADMIN_ROLES, PUBLISHING_ROLES, Role
from events.models import Category
from tests.factories import Neighbourhood, make_category, make_event, make_user


@pytest.fixture(autouse=True)
def _no_second_factor(settings: object) -> None:
    settings.SAMPLE = True  # type: ignore[attr-defined]


def client_of(neighbourhood: Neighbourhood, role: Role = Role.EDITOR) -> Client:
    client = Client(HTTP_HOST="localhost:8000")
    client.force_login(make_user(f"{role}@example.org", site=neighbourhood.site, role=role))
    return client


def form_data(*names: tuple[str, str], **changes: str) -> dict[str, str]:
    values = {"name": "Eten", "slug": "", "icon": "food", "order": "3"}
    values |= {"names-INITIAL_FORMS": "0", "names-TOTAL_FORMS": str(len(names))}
    for number, (language, name) in enumerate(names):
        values |= {f"names-{number}-language": language, f"names-{number}-name": name}
    return {**values, **changes}


@pytest.mark.parametrize("role", sorted(ADMIN_ROLES))
def test_who_may_change_kinds(neighbourhood: Neighbourhood, role: Role) -> None:
    kind = make_category(neighbourhood.site, name="Oud")
    client = client_of(neighbourhood, role)
    assert client.get(reverse("category:index")).status_code == 200
    allowed = role in PUBLISHING_ROLES
    client.post(reverse("category:add"), form_data())
    assert Category.objects.filter(name="Eten").exists() == allowed
    client.post(reverse("category:edit", args=[kind.pk]), form_data(name="Nieuw", slug="n"))
    assert Category.objects.filter(name="Nieuw").exists() == allowed
    client.post(reverse("category:delete", args=[kind.pk]))
    assert Category.objects.filter(pk=kind.pk).exists() != allowed


def test_a_kind_has_a_name_in_each_language(neighbourhood: Neighbourhood) -> None:
    client_of(neighbourhood).post(reverse("category:add"), form_data(("en", "Food")))
    kind = Category.objects.get()
    assert (kind.slug, kind.order, kind.site) == ("eten", 3, neighbourhood.site)
    assert list(kind.names.values_list("language", "name")) == [("en", "Food")]


def test_one_language_twice_is_a_form_error(neighbourhood: Neighbourhood) -> None:
    twice = form_data(("en", "Food"), ("en", "Eating"))
    response = client_of(neighbourhood).post(reverse("category:add"), twice)
    assert response.status_code == 200
    assert "Eating" in response.content.decode()
    assert not Category.objects.exists()


def test_the_word_of_a_kind_in_use_is_fixed(neighbourhood: Neighbourhood) -> None:
    kind = make_category(neighbourhood.site, slug="eten")
    make_event(neighbourhood, category=kind)
    client = client_of(neighbourhood)
    refused = client.post(reverse("category:edit", args=[kind.pk]), form_data(slug="drinken"))
    assert refused.status_code == 200
    assert "drinken" in refused.content.decode()
    client.post(reverse("category:edit", args=[kind.pk]), form_data(name="Smullen", slug="eten"))
    kind.refresh_from_db()
    assert (kind.name, kind.slug) == ("Smullen", "eten")


def test_a_kind_in_use_stays(neighbourhood: Neighbourhood) -> None:
    kind = make_category(neighbourhood.site)
    make_event(neighbourhood, category=kind)
    response = client_of(neighbourhood).post(reverse("category:delete", args=[kind.pk]))
    assert response.status_code == 302
    assert Category.objects.filter(pk=kind.pk).exists()


def test_kinds_of_the_other_neighbourhood_do_not_exist(
    neighbourhood: Neighbourhood, other_neighbourhood: Neighbourhood
) -> None:
    foreign = make_category(other_neighbourhood.site, name="Vreemd")
    client = client_of(neighbourhood)
    assert "Vreemd" not in client.get(reverse("category:index")).content.decode()
    for view in ("edit", "delete", "history", "usage"):
        assert client.get(reverse(f"category:{view}", args=[foreign.pk])).status_code == 404


def test_twice_the_kinds_ask_the_same_number_of_questions(
    neighbourhood: Neighbourhood, django_assert_num_queries: Callable[..., object]
) -> None:
    client = client_of(neighbourhood)
    for number in range(4):
        make_category(neighbourhood.site, name=f"Soort {number}")
    client.get(reverse("category:index"))
    with CaptureQueriesContext(connection) as questions:
        client.get(reverse("category:index"))
    for number in range(4, 8):
        make_category(neighbourhood.site, name=f"Soort {number}")
    with django_assert_num_queries(len(questions)):
        client.get(reverse("category:index"))
