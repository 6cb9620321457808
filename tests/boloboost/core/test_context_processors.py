"""What every public template knows."""

from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory
from django.utils import translation

from boloboost.core.context_processors import languages_of, neighbourhood, neighbourhood_of
from boloboost.core.models import NeighbourhoodSettings
from tests.factories import Neighbourhood, make_event, translate_event

pytestmark = pytest.mark.django_db
HOST = {"Host": "bolo.example"}


def languages(client: Client, path: str) -> list[dict[str, Any]]:
    response = client.get(path, headers=HOST)
    assert response.status_code == 200
    return list(response.context["languages"])


def test_each_host_has_its_own_neighbourhood(
    neighbourhood: Neighbourhood, other_neighbourhood: Neighbourhood, rf: RequestFactory
) -> None:
    assert neighbourhood_of(rf.get("/", headers=HOST)).name == "BoLo"
    assert neighbourhood_of(rf.get("/", headers={"Host": "noord.example"})).name == "Noord"


def test_it_costs_one_query_beside_the_site_and_only_when_used(
    neighbourhood: Neighbourhood, rf: RequestFactory, django_assert_num_queries: Any
) -> None:
    from boloboost.core.context_processors import neighbourhood as processor

    request = rf.get("/", headers=HOST)
    with django_assert_num_queries(0):
        context = processor(request)
    with django_assert_num_queries(2):
        assert context["neighbourhood"].name == "BoLo"
    with django_assert_num_queries(0):
        assert processor(request)["neighbourhood"].site == neighbourhood.site


def test_looking_writes_nothing(neighbourhood: Neighbourhood, rf: RequestFactory) -> None:
    NeighbourhoodSettings.objects.all().delete()
    found = neighbourhood_of(rf.get("/", headers=HOST))
    assert found.name == "Boloboost"
    assert found.site == neighbourhood.site
    assert not NeighbourhoodSettings.objects.exists()


def test_an_error_page_does_without_a_database(
    rf: RequestFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*args: object, **kwargs: object) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr("django.db.models.query.QuerySet._fetch_all", away)
    request = rf.get("/nothing/", headers=HOST)
    assert neighbourhood_of(request).name == "Boloboost"
    assert [language["code"] for language in languages_of(request)] == ["nl"]


def test_the_admin_has_its_own_templates(rf: RequestFactory) -> None:
    assert neighbourhood(rf.get("/beheer/pages/")) == {}


def test_a_page_leads_to_its_translation(neighbourhood: Neighbourhood, client: Client) -> None:
    dutch = {"code": "nl", "label": "Nederlands", "url": "/agenda/"}
    english = {"code": "en", "label": "English", "url": "/en/agenda/"}
    assert languages(client, "/agenda/") == [
        {**dutch, "current": True},
        {**english, "current": False},
    ]
    assert languages(client, "/en/agenda/") == [
        {**dutch, "current": False},
        {**english, "current": True},
    ]


def test_a_page_without_a_translation_stands_alone(
    neighbourhood: Neighbourhood, client: Client
) -> None:
    page = make_event(neighbourhood)
    assert [one["code"] for one in languages(client, page.get_url())] == ["nl"]


def test_a_draft_translation_is_not_shown(neighbourhood: Neighbourhood, client: Client) -> None:
    page = make_event(neighbourhood)
    translated = translate_event(page)
    assert len(languages(client, page.get_url())) == 2
    translated.unpublish()
    assert len(languages(client, page.get_url())) == 1


def test_an_address_that_is_no_page_is_translated_too(
    neighbourhood: Neighbourhood, client: Client
) -> None:
    urls = {one["code"]: one["url"] for one in languages(client, "/account/login/")}
    assert urls == {"nl": "/account/login/", "en": "/en/account/login/"}


def test_the_parameters_of_a_visitor_are_not_repeated(
    neighbourhood: Neighbourhood, client: Client
) -> None:
    urls = [one["url"] for one in languages(client, "/agenda/?x=1&weergave=lijst")]
    assert urls == ["/agenda/", "/en/agenda/"]


def test_a_page_that_is_not_there_has_only_its_own_language(
    neighbourhood: Neighbourhood, rf: RequestFactory
) -> None:
    request = rf.get("/en/nothing/", headers=HOST)
    with translation.override("en"):
        assert [one["code"] for one in languages_of(request)] == ["en"]
