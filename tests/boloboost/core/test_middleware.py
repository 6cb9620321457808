"""Proxies, languages, the host of the admin, and a database that is away."""

import json
import logging
import re
from ipaddress import ip_network
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client, override_settings
from django.utils import translation
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale

from boloboost.core.hosts import forget_site_host_names
from boloboost.core.models import OutgoingMail
from tests.factories import Neighbourhood, make_user

PROBES = "tests.boloboost.core.probe_urls"
PROXY = "10.0.0.1"
STRANGER = "203.0.113.9"

pytestmark = [pytest.mark.django_db, pytest.mark.urls(PROBES)]


@pytest.fixture
def site(neighbourhood: Neighbourhood) -> Client:
    """A browser on the neighbourhood's own host, that gets error pages as a visitor does."""
    forget_site_host_names()
    return Client(raise_request_exception=False, headers={"Host": "bolo.example"})


def who(client: Client, sender: str, path: str = "/probe/who/", **headers: str) -> dict[str, Any]:
    with override_settings(TRUSTED_PROXIES=[ip_network("10.0.0.0/8"), ip_network("fd00::/8")]):
        response = client.get(path, REMOTE_ADDR=sender, headers=headers)
    found: dict[str, Any] = json.loads(response.content)
    return found


def test_a_stranger_is_not_believed(site: Client) -> None:
    found = who(
        site,
        STRANGER,
        x_forwarded_for="198.51.100.7",
        x_forwarded_proto="https",
        x_forwarded_host="evil.example",
        x_real_ip="198.51.100.7",
        forwarded="for=198.51.100.7",
    )
    assert found["address"] == found["remote"] == STRANGER
    assert not found["secure"]
    assert found["url"] == "http://bolo.example/"
    assert found["forwarded"] == []


def test_a_proxy_is_believed(site: Client) -> None:
    found = who(
        site,
        PROXY,
        x_forwarded_for="198.51.100.7",
        x_forwarded_proto="https",
        x_forwarded_host="noord.example",
    )
    assert found["address"] == found["remote"] == "198.51.100.7"
    assert found["secure"]
    assert found["url"] == "https://noord.example/"
    assert found["forwarded"] == []


@pytest.mark.parametrize(
    ("sender", "header", "visitor"),
    [
        (PROXY, "", PROXY),
        (PROXY, "198.51.100.7", "198.51.100.7"),
        (PROXY, "1.1.1.1, 198.51.100.7", "198.51.100.7"),
        (PROXY, "1.1.1.1, 198.51.100.7, 10.0.0.2,10.0.0.3", "198.51.100.7"),
        (PROXY, "10.0.0.3, 10.0.0.2", "10.0.0.3"),
        (PROXY, "198.51.100.7, nonsense", PROXY),
        (PROXY, "nonsense, 10.0.0.2", "10.0.0.2"),
        (PROXY, "2001:db8::7", "2001:db8::7"),
        ("fd00::1", "198.51.100.7", "198.51.100.7"),
        ("::ffff:10.0.0.1", "::ffff:198.51.100.7", "198.51.100.7"),
        ("::ffff:203.0.113.9", "198.51.100.7", STRANGER),
        ("", "198.51.100.7", ""),
    ],
)
def test_each_hop_vouches_for_the_one_before_it(
    sender: str, header: str, visitor: str, site: Client
) -> None:
    assert who(site, sender, x_forwarded_for=header)["address"] == visitor


def test_the_nearest_proxy_has_the_last_word(site: Client) -> None:
    found = who(
        site, PROXY, x_forwarded_proto="https, http", x_forwarded_host="evil.example, b.example"
    )
    assert not found["secure"]
    assert found["url"] == "http://b.example/"


def test_a_scheme_that_is_none_is_left_alone(site: Client) -> None:
    assert who(site, PROXY, x_forwarded_proto="javascript")["url"] == "http://bolo.example/"


def test_a_proxy_says_that_it_is_not_https(site: Client) -> None:
    with override_settings(TRUSTED_PROXIES=[ip_network("10.0.0.0/8")]):
        response = site.get(
            "/probe/who/", REMOTE_ADDR=PROXY, secure=True, headers={"X-Forwarded-Proto": "http"}
        )
    assert not json.loads(response.content)["secure"]


def test_a_stranger_does_not_escape_a_limit(site: Client) -> None:
    def report(number: int) -> int:
        return site.post(
            "/csp-report/",
            {"csp-report": {}},
            content_type="application/json",
            REMOTE_ADDR=STRANGER,
            headers={"X-Forwarded-For": f"198.51.{number}.7"},
        ).status_code

    assert [report(number) for number in range(61)] == [204] * 60 + [429]


def test_a_strangers_host_is_in_no_mail(site: Client) -> None:
    make_user("noor@bolo.example")
    for header in ("Host", "X-Forwarded-Host"):
        site.post(
            "/account/password/reset/",
            {"email": "noor@bolo.example"},
            headers={header: "evil.example.net"},
        )
    [mail] = OutgoingMail.objects.all()
    hosts = set(re.findall(r"https?://[^/\s\"\\]+", json.dumps(mail.context)))
    assert hosts
    assert hosts <= {django_settings.SITE_URL, "http://bolo.example"}


@pytest.mark.parametrize(("path", "language"), [("/probe/who/", "nl"), ("/en/probe/who/", "en")])
def test_the_path_alone_decides_the_language(path: str, language: str, site: Client) -> None:
    site.cookies["django_language"] = "en"
    assert who(site, STRANGER, path, accept_language="en, de;q=0.5")["language"] == language


def test_a_page_says_its_language_and_does_not_vary_by_it(
    site: Client, neighbourhood: Neighbourhood
) -> None:
    for path, language in (("/", "nl"), ("/en/", "en"), ("/agenda/", "nl"), ("/nothing/", "nl")):
        response = site.get(path, headers={"Accept-Language": "de"})
        assert response["Content-Language"] == language
        assert f'<html lang="{language}"' in response.content.decode()
        assert "accept-language" not in response.get("Vary", "").lower()


def test_wagtail_finds_the_pages_of_that_language(
    site: Client, neighbourhood: Neighbourhood
) -> None:
    assert site.get("/en/agenda/").context["page"].specific == neighbourhood.calendar_en
    assert site.get("/agenda/").context["page"].specific == neighbourhood.calendar
    assert Locale.get_active().language_code == "nl"


def test_a_request_leaves_no_language_behind(site: Client) -> None:
    with translation.override("nl"):
        site.get("/en/probe/who/")
        assert translation.get_language() == "nl"


@pytest.mark.parametrize("path", ["/de/probe/who/", "/nl/probe/who/", "/en-gb/probe/who/"])
def test_another_prefix_is_an_address_that_does_not_exist(path: str, site: Client) -> None:
    assert site.get(path).status_code == 404


@pytest.fixture
def admin_host(settings: Any) -> str:
    settings.ADMIN_HOST = "beheer.example"
    return "beheer.example"


@pytest.mark.parametrize("path", ["/beheer/pages/?q=x", "/account/login/", "/en/account/login/"])
def test_the_admin_moves_to_its_host(path: str, site: Client, admin_host: str) -> None:
    response = site.get(path, secure=True)
    assert response.status_code == 302
    assert response["Location"] == f"https://beheer.example{path}"
    assert site.head(path)["Location"] == f"http://beheer.example{path}"


def test_what_is_sent_to_the_wrong_host_is_lost(site: Client, admin_host: str) -> None:
    assert site.post("/account/login/", {"login": "x"}).status_code == 404
    assert site.post("/beheer/probe/").status_code == 404


def test_the_admin_is_served_on_its_host(site: Client, admin_host: str) -> None:
    assert site.get("/account/login/", headers={"Host": admin_host}).status_code == 200


@pytest.mark.parametrize("path", ["/", "/agenda/", "/en/", "/aanmelden/3/"])
def test_the_admins_host_has_no_public_pages(path: str, site: Client, admin_host: str) -> None:
    response = site.get(path, headers={"Host": admin_host})
    assert (response.status_code, response["Location"]) == (302, "http://beheer.example/beheer/")
    assert site.post(path, headers={"Host": admin_host}).status_code == 404


@pytest.mark.parametrize("path", ["/healthz", "/static/css/site.css"])
def test_files_and_monitors_work_on_the_admins_host(
    path: str, site: Client, admin_host: str
) -> None:
    response = site.get(path, headers={"Host": admin_host})
    assert response.status_code == 200
    assert response.getvalue()


def test_a_neighbourhood_may_share_the_admins_host(site: Client, settings: Any) -> None:
    settings.ADMIN_HOST = "bolo.example"
    assert site.get("/").status_code == 200
    assert site.get("/account/login/").status_code == 200


def test_without_an_admin_host_each_host_serves_the_accounts(site: Client) -> None:
    assert site.get("/account/login/").status_code == 200


@pytest.mark.parametrize("name", ["locked", "full", "refused", "closed", "disk"])
@pytest.mark.parametrize("method", ["get", "post", "head"])
def test_a_database_that_is_away_is_a_503(name: str, method: str, site: Client) -> None:
    response = getattr(site, method)(f"/probe/fail/{name}/")
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert response["Content-Type"] == "text/html; charset=utf-8"
    assert response["Cache-Control"] == "no-store"
    if method != "head":
        assert "<h1>" in response.content.decode()


def test_a_feed_gets_a_line_of_text(site: Client) -> None:
    response = site.get("/probe/feed/locked.ics")
    assert response.status_code == 503
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["Retry-After"]
    assert response.content.count(b"\n") == 1


@pytest.mark.parametrize("name", ["mistake", "query"])
def test_a_mistake_of_ours_is_a_500(name: str, site: Client) -> None:
    response = site.get(f"/probe/fail/{name}/")
    assert response.status_code == 500
    page = response.content.decode()
    assert "<h1>" in page
    for internal in ("Traceback", "no such table", "division", "Error"):
        assert internal not in page


def test_an_outage_is_logged_with_its_reason(
    site: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        site.get("/probe/fail/locked/")
    assert "Out of order: /probe/fail/locked/: database is locked" in caplog.text


def test_an_outage_between_the_views_is_a_503_too(
    site: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.boloboost.core.probe_urls import ERRORS

    def away(*args: object, **kwargs: object) -> None:
        raise ERRORS["refused"]

    monkeypatch.setattr("wagtail.contrib.redirects.middleware.get_redirect", away)
    response = site.get("/nothing/")
    assert response.status_code == 503
    assert response["Retry-After"]


@pytest.mark.parametrize(
    ("link", "leads_on"),
    [
        ("/agenda/", True),
        ("http://bolo.example/agenda/", True),
        ("https://evil.example/", False),
        ("//evil.example/", False),
        ("https:evil.example", False),
        ("javascript:alert(1)", False),
    ],
)
def test_a_stored_redirect_stays_with_us(
    link: str, leads_on: bool, site: Client, neighbourhood: Neighbourhood
) -> None:
    Redirect.objects.create(old_path="/oud", site=neighbourhood.site, redirect_link=link)
    response = site.get("/oud/")
    assert response.status_code == (301 if leads_on else 404)


def test_a_stored_redirect_may_lead_to_another_neighbourhood(
    site: Client, other_neighbourhood: Neighbourhood
) -> None:
    Redirect.objects.create(old_path="/noord", redirect_link="http://noord.example/")
    assert site.get("/noord/")["Location"] == "http://noord.example/"
