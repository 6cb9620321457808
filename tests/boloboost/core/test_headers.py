"""Headers and cookies of every answer, with the settings of production (quality.md, 15-19, 24)."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.http import HttpResponse
from django.test import Client, override_settings
from wagtail.documents.models import Document

from boloboost.accounts.enums import Role
from boloboost.core.hosts import SiteHosts, forget_site_host_names
from tests.factories import Neighbourhood, make_event, make_user, occurrence_of
from tests.logins import log_in_with_factor

ROOT = Path(__file__).resolve().parents[3]
HEADER_SETTINGS = ("SECURE_", "SESSION_COOKIE_", "CSRF_COOKIE_", "X_FRAME_", "CONTENT_SECURITY_")
READ_PRODUCTION = f"""
import json
from boloboost.settings import production
names = [name for name in dir(production) if name.startswith({HEADER_SETTINGS!r})]
print(json.dumps({{name: getattr(production, name) for name in names}}))
"""
YEAR_SECONDS = 365 * 24 * 3600
HOST = "bolo.example"
STATUSES = {
    "/": 200,
    "/agenda/": 200,
    "/en/agenda/": 200,
    "/account/login/": 200,
    "/probe/redirect/": 302,
    "/agenda": 301,
    "/probe/fail/forbidden/": 403,
    "/nothing/": 404,
    "/media/nothing.png": 404,
    "/probe/fail/mistake/": 500,
    "/probe/fail/locked/": 503,
    "/probe/feed/locked.ics": 503,
    "/healthz": 200,
    "/feeds/agenda.ics": 200,
    "/static/css/site.css": 200,
    "/beheer/": 302,
    "/aanmelding/nonsense/": 404,
}

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.boloboost.core.probe_urls")]


@pytest.fixture(scope="module")
def production(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The settings of production that make headers and cookies."""
    result = subprocess.run(
        [sys.executable, "-c", READ_PRODUCTION],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "VAR_DIR": str(tmp_path_factory.mktemp("var")),
            "SECRET_KEY": "kP3-vX9wq_Zr7LmT2bYcD5sGhJ8nQ4uEaW6iOx1fRtKyVpBzMgN",
            "SITE_URL": f"https://{HOST}",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(result.stdout)
    return found


@pytest.fixture
def site(neighbourhood: Neighbourhood, production: dict[str, Any], settings: Any) -> Client:
    """A browser that visits the neighbourhood over https."""
    forget_site_host_names()
    for name, value in production.items():
        setattr(settings, name, value)
    settings.ALLOWED_HOSTS = SiteHosts(["beheer.example"])
    return Client(raise_request_exception=False, headers={"Host": HOST})


def get(client: Client, path: str, **kwargs: Any) -> Any:
    response: Any = client.get(path, secure=True, **kwargs)
    if response.streaming:
        response.getvalue()
    return response


def policy(response: HttpResponse) -> dict[str, list[str]]:
    found = response["Content-Security-Policy"].split(";")
    return {words[0]: words[1:] for words in (directive.split() for directive in found)}


@pytest.mark.parametrize(("path", "status"), STATUSES.items())
def test_every_answer_has_the_headers(path: str, status: int, site: Client) -> None:
    response = get(site, path)
    assert response.status_code == status
    hsts = response["Strict-Transport-Security"]
    assert f"max-age={YEAR_SECONDS}" in hsts
    assert "includeSubDomains" in hsts
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Referrer-Policy"]
    assert "geolocation=(self)" in response["Permissions-Policy"]
    assert policy(response)


def test_a_wrong_host_gets_the_headers_too(site: Client) -> None:
    response = get(site, "/", headers={"Host": "evil.example"})
    assert response.status_code == 400
    assert "includeSubDomains" in response["Strict-Transport-Security"]
    assert policy(response)


def test_http_leads_to_https(site: Client) -> None:
    response = site.get("/agenda/?soort=eten")
    assert response.status_code == 301
    assert response["Location"] == f"https://{HOST}/agenda/?soort=eten"
    assert policy(response)


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/statusz"])
def test_monitors_may_ask_over_http(path: str, site: Client) -> None:
    assert site.get(path).status_code in {200, 503}


@pytest.mark.parametrize(
    "path", [path for path in STATUSES if not path.startswith(("/beheer/", "/media/"))]
)
def test_the_policy_of_public_pages_is_strict(path: str, site: Client) -> None:
    response = get(site, path)
    found = policy(response)
    for name in ("default-src", "script-src", "style-src", "font-src", "connect-src"):
        assert found[name] == ["'self'"]
    for name in ("object-src", "base-uri", "frame-ancestors"):
        assert found[name] == ["'none'"]
    assert found["form-action"] == ["'self'"]
    assert found["report-uri"] == ["/csp-report/"]
    for word in ("unsafe", "nonce", "http:", "https:", "*"):
        assert word not in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"


def test_the_admin_may_use_inline_script_and_style_only(
    site: Client, neighbourhood: Neighbourhood
) -> None:
    editor = make_user("editor@bolo.example", site=neighbourhood.site, role=Role.EDITOR)
    response = get(log_in_with_factor(editor, host=HOST), "/beheer/")
    assert response.status_code == 200
    found = policy(response)
    inline = {name for name, words in found.items() if "'unsafe-inline'" in words}
    assert inline == {"script-src", "style-src"}
    assert "unsafe-eval" not in response["Content-Security-Policy"]
    assert found["frame-ancestors"] == ["'self'"]
    assert found["object-src"] == found["base-uri"] == ["'none'"]
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert "no-store" in response["Cache-Control"]


def test_the_preview_of_a_page_may_stand_in_the_admin(
    site: Client, neighbourhood: Neighbourhood
) -> None:
    neighbourhood.site.port = 443
    neighbourhood.site.save()
    page = make_event(neighbourhood)
    page.save_revision()
    editor = make_user("editor@bolo.example", site=neighbourhood.site, role=Role.EDITOR)
    response = get(log_in_with_factor(editor, host=HOST), f"/beheer/pages/{page.pk}/view_draft/")
    assert response.status_code == 200
    assert policy(response)["frame-ancestors"] == ["'self'"]
    assert response["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize("path", ["/account/probe/", "/beheer/probe/"])
def test_private_pages_are_not_kept(path: str, site: Client, neighbourhood: Neighbourhood) -> None:
    editor = make_user("editor@bolo.example", site=neighbourhood.site, role=Role.EDITOR)
    response = get(log_in_with_factor(editor, host=HOST), path)
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("path", ["/probe/fail/forbidden/", "/probe/fail/mistake/"])
def test_a_refusal_is_not_kept(path: str, site: Client) -> None:
    assert get(site, path)["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/aanmelding/nonsense/", "/en/aanmelding/nonsense/"])
def test_a_private_link_is_told_to_nobody(path: str, site: Client) -> None:
    response = get(site, path)
    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response["Cache-Control"]


def test_other_pages_tell_only_where_a_visitor_comes_from(site: Client) -> None:
    assert get(site, "/")["Referrer-Policy"] == "strict-origin-when-cross-origin"


def test_cookies_stay_with_this_host(site: Client) -> None:
    response = get(site, "/probe/cookies/")
    assert set(response.cookies) == {"__Host-session", "__Host-csrf"}
    for cookie in response.cookies.values():
        assert cookie["secure"]
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert cookie["path"] == "/"
        assert cookie["domain"] == ""


@pytest.mark.parametrize(
    "path", ["/", "/agenda/", "/en/agenda/", "/nothing/", "/feeds/agenda.ics", "/healthz"]
)
def test_a_public_page_needs_no_cookie(path: str, site: Client) -> None:
    assert get(site, path).cookies == {}


def test_the_forms_of_visitors_set_no_cookie(site: Client, neighbourhood: Neighbourhood) -> None:
    path = f"/aanmelden/{occurrence_of(make_event(neighbourhood)).pk}/"
    assert get(site, path).cookies == {}
    assert site.post(path, {"name": "Noor"}, secure=True).cookies == {}


def foreign_posts(occurrence_id: int) -> list[str]:
    return [
        f"/aanmelden/{occurrence_id}/",
        "/aanmelding/nonsense/",
        "/csp-report/",
        "/account/login/",
        "/en/account/login/",
        "/beheer/logout/",
    ]


def test_a_form_on_another_site_is_refused(site: Client, neighbourhood: Neighbourhood) -> None:
    occurrence_id = occurrence_of(make_event(neighbourhood)).pk
    browser = Client(enforce_csrf_checks=True, headers={"Host": HOST})
    for path in foreign_posts(occurrence_id):
        for headers in (
            {"Origin": "https://evil.example"},
            {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"},
        ):
            response = browser.post(path, {"login": "x"}, secure=True, headers=headers)
            assert response.status_code == 403, path
            assert "<h1>" in response.content.decode()
            assert "CSRF" not in response.content.decode()


@pytest.mark.parametrize(
    ("path", "content_type"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/nothing/", "text/html; charset=utf-8"),
        ("/probe/fail/mistake/", "text/html; charset=utf-8"),
        ("/probe/feed/locked.ics", "text/plain; charset=utf-8"),
        ("/healthz", "text/plain; charset=utf-8"),
        ("/readyz", "text/plain; charset=utf-8"),
        ("/statusz", "application/json"),
        ("/feeds/agenda.ics", "text/calendar; charset=utf-8"),
        ("/feeds/agenda.json", "application/feed+json"),
        ("/static/css/site.css", 'text/css; charset="utf-8"'),
    ],
)
def test_an_answer_says_what_it_is(path: str, content_type: str, site: Client) -> None:
    assert get(site, path)["Content-Type"] == content_type


def test_a_document_is_a_download(site: Client, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    document = Document.objects.create(title="Plan", file=ContentFile(b"%PDF-1.7", "plan.pdf"))
    with override_settings(ROOT_URLCONF="boloboost.urls"):
        response = get(site, document.url)
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Security-Policy"].startswith("default-src 'none'")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert get(site, f"/media/{document.file.name}").status_code == 404
