"""Setting up a second factor, from the first visit to an open admin."""

from collections.abc import Callable

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, format_hotp_value, hotp_value
from django.db import transaction
from django.test import Client

from boloboost.accounts.enums import Role
from boloboost.accounts.models import User
from boloboost.accounts.services import remove_second_factor
from boloboost.core.people.services import ensure_site_roles
from tests.factories import NOW, Neighbourhood
from tests.logins import PASSWORD, TOTP_PERIOD_SECONDS


@pytest.fixture(autouse=True)
def _commit_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """allauth sends its signals on commit; the test's own transaction never commits."""
    monkeypatch.setattr(transaction, "on_commit", lambda act, *args, **kwargs: act())


@pytest.fixture
def editor(ans: User, neighbourhood: Neighbourhood) -> User:
    ans.groups.add(ensure_site_roles(site=neighbourhood.site)[Role.EDITOR])
    return ans


def code_for(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(NOW.timestamp()) // TOTP_PERIOD_SECONDS))


def set_up_app(client: Client) -> str:
    """Set up an authenticator app in the browser; return its secret."""
    page = client.get("/account/2fa/totp/activate/")
    if page.status_code == 302:
        client.post(page["Location"], {"password": PASSWORD})
        page = client.get("/account/2fa/totp/activate/")
    secret: str = client.session[SECRET_SESSION_KEY]
    assert secret in page.content.decode()
    done = client.post("/account/2fa/totp/activate/", {"code": code_for(secret)})
    assert done["Location"] == "/account/2fa/recovery-codes/"
    return secret


def log_in(client: Client, user: User) -> str:
    form = {"login": user.email, "password": PASSWORD, "next": "/beheer/"}
    return client.post("/account/login/", form)["Location"]


def test_setting_up_an_app_opens_the_admin_at_once(client: Client, editor: User) -> None:
    with time_machine.travel(NOW, tick=False):
        assert log_in(client, editor) == "/beheer/"
        assert client.get("/beheer/").status_code == 302
        set_up_app(client)
        assert client.get("/beheer/").status_code == 200
        assert client.get("/account/2fa/recovery-codes/").status_code == 200


def test_logging_in_with_the_app_opens_the_admin(client: Client, editor: User) -> None:
    with time_machine.travel(NOW, tick=False):
        log_in(client, editor)
        secret = set_up_app(client)
        client.post("/account/logout/")
        assert log_in(client, editor) == "/account/2fa/authenticate/"
        used = client.post("/account/2fa/authenticate/", {"code": code_for(secret)})
        assert used["Location"] == "/beheer/"
        assert client.get("/beheer/").status_code == 200


def test_a_spare_code_opens_the_admin_once(client: Client, editor: User) -> None:
    with time_machine.travel(NOW, tick=False):
        log_in(client, editor)
        set_up_app(client)
        spare = Authenticator.objects.get(user=editor, type=Authenticator.Type.RECOVERY_CODES)
        code = spare.wrap().get_unused_codes()[0]
        for works in (True, False):
            client.post("/account/logout/")
            log_in(client, editor)
            client.post("/account/2fa/authenticate/", {"code": code})
            assert (client.get("/beheer/").status_code == 200) is works


def test_an_older_session_uses_the_factor_once_to_go_on(client: Client, editor: User) -> None:
    older = Client(headers={"host": "bolo.example"})
    with time_machine.travel(NOW, tick=False):
        log_in(older, editor)
        log_in(client, editor)
        secret = set_up_app(client)
        page = older.get("/beheer/")["Location"]
        assert page.startswith("/account/2fa/reauthenticate/")
        assert older.post(page, {"code": code_for(secret)})["Location"] == "/beheer/"
        assert older.get("/beheer/").status_code == 200


def test_somebody_without_a_password_sets_up_an_app_too(
    client: Client, editor: User, newest_code: Callable[[], str]
) -> None:
    editor.set_unusable_password()
    editor.save()
    with time_machine.travel(NOW, tick=False):
        client.post("/account/login/code/", {"email": editor.email})
        client.post("/account/login/code/confirm/", {"code": newest_code()})
        set_up_app(client)
        assert client.get("/beheer/").status_code == 200


def test_without_its_factor_the_admin_is_closed_again(client: Client, editor: User) -> None:
    with time_machine.travel(NOW, tick=False):
        log_in(client, editor)
        set_up_app(client)
        removed = remove_second_factor(user=editor)
        assert removed == 2
        assert client.get("/beheer/")["Location"].startswith("/account/login/")
        log_in(client, editor)
        assert client.get("/beheer/")["Location"].startswith("/account/2fa/")
