"""The accounts' pages: house look, strict content policy, errors that are announced."""

import re
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.test import Client

from boloboost.accounts.models import User
from boloboost.core.mail.models import OutgoingMail
from tests.logins import PASSWORD, add_second_factor

SCRIPTS_WITH_CODE = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")")
STYLES = re.compile(r"<style|\sstyle=")
HANDLERS = re.compile(r"<[^>]*\son[a-z]+=")

VISITOR_PATHS = [
    "/account/login/",
    "/account/login/code/",
    "/account/signup/",
    "/account/password/reset/",
    "/account/password/reset/done/",
    "/account/password/reset/key/1-wrong/",
    "/account/password/reset/key/done/",
    "/account/inactive/",
    "/en/account/login/",
    "/en/account/signup/",
]
OWN_PATHS = [
    "/account/email/",
    "/account/logout/",
    "/account/password/change/",
    "/account/2fa/",
    "/account/2fa/totp/activate/",
    "/account/2fa/webauthn/",
    "/account/2fa/webauthn/add/",
    "/en/account/2fa/",
]
WITH_FACTOR_PATHS = [
    "/account/2fa/",
    "/account/2fa/reauthenticate/",
    "/account/2fa/totp/deactivate/",
    "/account/2fa/recovery-codes/",
    "/account/2fa/recovery-codes/generate/",
    "/account/2fa/webauthn/",
    "/account/2fa/webauthn/keys/KEY/edit/",
    "/account/2fa/webauthn/keys/KEY/remove/",
]


def check(body: str) -> None:
    """Check what a strict policy and the house ask of a page."""
    assert not SCRIPTS_WITH_CODE.search(body)
    assert not STYLES.search(body)
    assert not HANDLERS.search(body)
    assert len(re.findall(r"<h1\b", body)) == 1
    assert "css/site.css" in body
    assert 'content="noindex"' in body
    title = re.search(r"<title>(.*?)</title>", body, re.DOTALL)
    assert title
    assert title[1].strip()[0] not in "·,"
    for name in re.findall(r'aria-describedby="([^"]+)"', body):
        for one in name.split():
            assert f'id="{one}"' in body


@pytest.mark.parametrize("path", VISITOR_PATHS)
def test_pages_of_visitors(path: str, client: Client) -> None:
    page = client.get(path)
    assert page.status_code == 200
    check(page.content.decode())
    assert "no-store" in page["Cache-Control"]
    policy = page["Content-Security-Policy"]
    assert "'unsafe-inline'" not in policy
    assert "script-src 'self'" in policy


@pytest.mark.parametrize("path", OWN_PATHS)
def test_pages_of_somebody_who_is_logged_in(path: str, client: Client, ans: User) -> None:
    client.force_login(ans)
    page = client.get(path)
    if page.status_code == 302:
        client.post(page["Location"], {"password": PASSWORD})
        page = client.get(path)
    assert page.status_code == 200
    check(page.content.decode())


@pytest.mark.parametrize("path", WITH_FACTOR_PATHS)
def test_pages_of_somebody_with_factors(path: str, client: Client, ans: User) -> None:
    add_second_factor(ans)
    RecoveryCodes.activate(ans)
    key = Authenticator.objects.create(
        user=ans, type=Authenticator.Type.WEBAUTHN, data={"name": "Telefoon"}
    )
    path = path.replace("KEY", str(key.pk))
    client.force_login(ans)
    page = client.get(path)
    if page.status_code == 302:
        client.post("/account/reauthenticate/", {"password": PASSWORD})
        page = client.get(path)
    assert page.status_code == 200
    check(page.content.decode())


def test_pages_on_the_way_in(client: Client, ans: User, newest_link: Callable[[], str]) -> None:
    client.post("/account/login/code/", {"email": ans.email})
    check(client.get("/account/login/code/confirm/").content.decode())
    client.post("/account/password/reset/", {"email": ans.email})
    check(client.get(newest_link(), follow=True).content.decode())
    newcomer = Client(headers={"host": "bolo.example"})
    newcomer.post("/account/signup/", {"email": "bo@example.org", "password1": PASSWORD})
    check(newcomer.get("/account/confirm-email/").content.decode())
    add_second_factor(ans)
    returning = Client(headers={"host": "bolo.example"})
    returning.post("/account/login/", {"login": ans.email, "password": PASSWORD})
    check(returning.get("/account/2fa/authenticate/").content.decode())


def test_a_mistake_stands_at_its_field_and_above_the_form(client: Client) -> None:
    page = client.post("/account/signup/", {"email": "no address", "password1": "kort"})
    body = page.content.decode()
    check(body)
    assert 'role="alert"' in body
    for name in ("email", "password1"):
        widget = re.search(rf'<input[^>]*name="{name}"[^>]*>', body)
        assert widget
        assert 'aria-invalid="true"' in widget[0]
        assert f'id="id_{name}_error"' in body
        assert f'href="#id_{name}"' in body
    assert 'value="no address"' in body


def test_a_wrong_password_is_told_without_blaming_a_field(client: Client, ans: User) -> None:
    form = {"login": ans.email, "password": "een heel ander wachtwoord"}
    body = client.post("/account/login/", form).content.decode()
    check(body)
    assert 'role="alert"' in body
    assert f'value="{ans.email}"' in body


def test_an_address_is_changed_with_the_mailed_code(
    client: Client,
    ans: User,
    newest_code: Callable[[], str],
    mails: Callable[[], list[OutgoingMail]],
) -> None:
    client.post("/account/login/", {"login": ans.email, "password": PASSWORD})
    asked = client.post("/account/email/", {"email": "nieuw@example.org", "action_add": "1"})
    if "reauthenticate" in asked["Location"]:
        asked = client.post(asked["Location"], {"password": PASSWORD})
    check(client.get(asked["Location"]).content.decode())
    client.post("/account/confirm-email/", {"code": newest_code()})
    ans.refresh_from_db()
    assert ans.email == "nieuw@example.org"
    assert "ans@example.org" in {mail.recipient for mail in mails()}
