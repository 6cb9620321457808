"""Logging in by code and by password, and what ends a session."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from boloboost.accounts.models import User
from boloboost.accounts.services import create_account
from boloboost.core.mail.models import OutgoingMail
from tests.factories import NOW
from tests.logins import PASSWORD, add_second_factor, totp_code

WRONG = "een heel ander wachtwoord"


def is_logged_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def log_in(client: Client, user: User, password: str = PASSWORD) -> str:
    response = client.post("/account/login/", {"login": user.email, "password": password})
    return response.headers.get("Location", "")


def test_a_mailed_code_logs_in(client: Client, ans: User, newest_code: Callable[[], str]) -> None:
    asked = client.post("/account/login/code/", {"email": ans.email, "next": "/agenda/"})
    assert asked["Location"] == "/account/login/code/confirm/?next=%2Fagenda%2F"
    assert not is_logged_in(client)
    code = newest_code().lower().replace("-", "")
    entered = client.post("/account/login/code/confirm/?next=/agenda/", {"code": code})
    assert entered["Location"] == "/agenda/"
    assert client.session["_auth_user_id"] == str(ans.pk)


def test_a_code_proves_the_address_of_somebody_who_was_invited(
    client: Client, newest_code: Callable[[], str]
) -> None:
    bo = create_account(email="bo@example.org", now=NOW)
    client.post("/account/login/code/", {"email": bo.email})
    client.post("/account/login/code/confirm/", {"code": newest_code()})
    assert is_logged_in(client)
    assert EmailAddress.objects.get(user=bo).verified


def test_a_code_works_for_fifteen_minutes(
    client: Client, ans: User, newest_code: Callable[[], str]
) -> None:
    for minutes, works in ((14, True), (16, False)):
        with time_machine.travel(NOW, tick=False) as clock:
            client.post("/account/login/code/", {"email": ans.email})
            clock.shift(timedelta(minutes=minutes))
            client.post("/account/login/code/confirm/", {"code": newest_code()})
            assert is_logged_in(client) is works
            client.post("/account/logout/")


def test_three_wrong_codes_end_the_attempt(
    client: Client, ans: User, newest_code: Callable[[], str]
) -> None:
    client.post("/account/login/code/", {"email": ans.email})
    for _ in range(3):
        client.post("/account/login/code/confirm/", {"code": "BBBB-BBBB"})
    client.post("/account/login/code/confirm/", {"code": newest_code()})
    assert not is_logged_in(client)


def test_a_password_set_by_somebody_else_is_dropped_when_the_owner_comes(
    client: Client, newest_code: Callable[[], str]
) -> None:
    squatter = Client(headers={"host": "bolo.example"})
    squatter.post("/account/signup/", {"email": "cem@example.org", "password1": PASSWORD})
    client.post("/account/login/code/", {"email": "cem@example.org"})
    client.post("/account/login/code/confirm/", {"code": newest_code()})
    assert is_logged_in(client)
    assert client.get("/account/email/").status_code == 200
    cem = User.objects.get(email="cem@example.org")
    assert not cem.has_usable_password()
    assert log_in(Client(headers={"host": "bolo.example"}), cem) == ""


def test_a_sign_up_is_finished_with_the_mailed_code(
    client: Client, newest_code: Callable[[], str]
) -> None:
    client.post("/account/signup/", {"email": "Dao@Example.org", "password1": PASSWORD})
    assert not is_logged_in(client)
    client.post("/account/confirm-email/", {"code": newest_code()})
    assert is_logged_in(client)
    dao = User.objects.get(email="dao@example.org")
    assert dao.has_usable_password()
    assert (dao.is_staff, dao.is_superuser, dao.groups.count()) == (False, False, 0)


def test_extra_fields_of_a_sign_up_change_nothing(client: Client) -> None:
    client.post(
        "/account/signup/",
        {
            "email": "ed@example.org",
            "password1": PASSWORD,
            "is_superuser": "on",
            "is_staff": "on",
            "groups": "1",
        },
    )
    ed = User.objects.get(email="ed@example.org")
    assert (ed.is_staff, ed.is_superuser, ed.groups.count()) == (False, False, 0)


def test_wrong_passwords_of_a_stranger_lock_no_owner_out(
    client: Client, ans: User, newest_code: Callable[[], str]
) -> None:
    for number in range(8):
        stranger = Client(headers={"host": "bolo.example"}, REMOTE_ADDR=f"192.0.2.{number}")
        log_in(stranger, ans, WRONG)
    assert log_in(client, ans) == ""
    client.post("/account/login/code/", {"email": ans.email})
    client.post("/account/login/code/confirm/", {"code": newest_code()})
    assert is_logged_in(client)


@pytest.mark.parametrize(
    ("path", "allowed"),
    [("/account/signup/", 20), ("/account/login/", 30)],
)
def test_one_address_on_the_network_may_not_go_on_for_ever(
    path: str, allowed: int, client: Client
) -> None:
    with time_machine.travel(NOW, tick=False):
        for _ in range(allowed):
            assert client.post(path, {}).status_code == 200
        refused = client.post(path, {})
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) > 0


def test_one_mailbox_gets_three_codes_a_minute(
    client: Client, ans: User, mails: Callable[[], list[OutgoingMail]]
) -> None:
    with time_machine.travel(NOW, tick=False):
        for number in range(5):
            asking = Client(headers={"host": "bolo.example"}, REMOTE_ADDR=f"192.0.2.{number}")
            asking.post("/account/login/code/", {"email": ans.email})
    assert len(mails()) == 3


def test_asking_for_a_new_password_too_often_is_refused(client: Client, ans: User) -> None:
    with time_machine.travel(NOW, tick=False):
        for _ in range(5):
            asked = client.post("/account/password/reset/", {"email": ans.email})
            assert asked.status_code == 302
        refused = client.post("/account/password/reset/", {"email": ans.email})
    assert refused.status_code == 429
    assert "Retry-After" in refused.headers


def test_the_session_key_changes_at_log_in(client: Client, ans: User) -> None:
    client.get("/account/login/")
    session = client.session
    session["planted"] = "by a stranger"
    session.save()
    before = session.session_key
    log_in(client, ans)
    assert is_logged_in(client)
    assert client.session.session_key != before


def test_the_old_cookie_is_dead_after_logging_out(client: Client, ans: User) -> None:
    log_in(client, ans)
    thief = Client(headers={"host": "bolo.example"})
    thief.cookies["sessionid"] = client.cookies["sessionid"].value
    assert thief.get("/account/email/").status_code == 200
    client.post("/account/logout/")
    assert thief.get("/account/email/").status_code == 302


def test_other_sessions_are_dead_after_a_password_change(client: Client, ans: User) -> None:
    log_in(client, ans)
    other = Client(headers={"host": "bolo.example"})
    log_in(other, ans)
    new = "nog een lange zin"
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert client.post("/account/password/change/", form).status_code == 302
    assert other.get("/account/email/").status_code == 302
    assert client.get("/account/email/").status_code == 302
    assert log_in(client, ans, new) == "/"


def test_the_session_is_dead_when_the_account_is_removed(client: Client, ans: User) -> None:
    log_in(client, ans)
    ans.delete()
    assert client.get("/account/email/").status_code == 302


def test_a_changed_password_is_told_by_mail(
    client: Client, ans: User, mails: Callable[[], list[OutgoingMail]]
) -> None:
    log_in(client, ans)
    new = "nog een lange zin"
    client.post(
        "/account/password/change/",
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )
    assert [mail.recipient for mail in mails()] == [ans.email]


@pytest.mark.parametrize("way", ["password", "code"])
def test_no_way_in_skips_the_second_factor(
    way: str, client: Client, ans: User, newest_code: Callable[[], str]
) -> None:
    add_second_factor(ans)
    if way == "password":
        log_in(client, ans)
    else:
        client.post("/account/login/code/", {"email": ans.email})
        client.post("/account/login/code/confirm/", {"code": newest_code()})
    assert not is_logged_in(client)
    assert client.post("/account/2fa/authenticate/", {"code": "000000"}).status_code == 200
    assert not is_logged_in(client)
    code = totp_code(timezone.now().timestamp())
    assert client.post("/account/2fa/authenticate/", {"code": code}).status_code == 302
    assert is_logged_in(client)


def test_a_new_password_does_not_skip_the_second_factor(
    client: Client, ans: User, newest_link: Callable[[], str]
) -> None:
    add_second_factor(ans)
    client.post("/account/password/reset/", {"email": ans.email})
    page = client.get(newest_link())
    new = "nog een lange zin"
    client.post(page["Location"], {"password1": new, "password2": new})
    assert not is_logged_in(client)
    assert log_in(client, ans, new) == "/account/2fa/authenticate/"
    assert not is_logged_in(client)


def test_an_app_code_works_once(client: Client, ans: User) -> None:
    add_second_factor(ans)
    with time_machine.travel(NOW, tick=False):
        code = totp_code(NOW.timestamp())
        log_in(client, ans)
        client.post("/account/2fa/authenticate/", {"code": code})
        assert is_logged_in(client)
        thief = Client(headers={"host": "bolo.example"})
        log_in(thief, ans)
        thief.post("/account/2fa/authenticate/", {"code": code})
        assert not is_logged_in(thief)
