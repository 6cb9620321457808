"""A known and an unknown address get the same answer (ASVS 6.3.8)."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth import hashers
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from boloboost.accounts import forms
from boloboost.accounts.models import User
from boloboost.core.mail.models import OutgoingMail
from tests.factories import Neighbourhood
from tests.logins import PASSWORD

UNKNOWN = "niemand@example.org"


def ask(path: str, email: str) -> list[HttpResponse]:
    """Post an address as somebody new, and follow to the page that comes then."""
    client = Client(headers={"host": "bolo.example"})
    form = {"email": email, "login": email, "password": PASSWORD + "!", "password1": PASSWORD}
    answer = client.post(path, form)
    pages = [answer]
    if answer.status_code == 302:
        pages.append(client.get(answer["Location"]))
    return pages


def told(page: HttpResponse, email: str) -> tuple[int, str, str]:
    """Return what the visitor can see, without the typed address and the form token."""
    body = page.content.decode().replace(email, "ADDRESS")
    body = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", body)
    return page.status_code, page.headers.get("Location", ""), body


@pytest.mark.parametrize(
    "path",
    [
        "/account/login/",
        "/account/login/code/",
        "/account/password/reset/",
        "/account/signup/",
        "/en/account/signup/",
    ],
)
def test_known_and_unknown_addresses_are_told_the_same(
    path: str, ans: User, neighbourhood: Neighbourhood
) -> None:
    known = [told(page, ans.email) for page in ask(path, ans.email)]
    unknown = [told(page, UNKNOWN) for page in ask(path, UNKNOWN)]
    assert known == unknown


def test_a_wrong_code_is_refused_alike(ans: User) -> None:
    answers = []
    for email in (ans.email, UNKNOWN):
        client = Client(headers={"host": "bolo.example"})
        client.post("/account/login/code/", {"email": email})
        page = client.post("/account/login/code/confirm/", {"code": "BBBB-BBBB"})
        answers.append(told(page, email))
    assert answers[0] == answers[1]


def test_asking_for_a_new_code_is_alike(ans: User, mails: Callable[[], list[OutgoingMail]]) -> None:
    answers = []
    for email in (ans.email, UNKNOWN):
        client = Client(headers={"host": "bolo.example"})
        client.post("/account/login/code/", {"email": email})
        client.post("/account/login/code/confirm/", {"action": "resend"})
        answers.append(told(client.get("/account/login/code/confirm/"), email))
    assert answers[0] == answers[1]
    assert {mail.recipient for mail in mails()} == {ans.email}


@pytest.mark.parametrize(
    ("path", "known", "unknown"),
    [
        ("/account/login/", 0, 0),
        ("/account/login/code/", 1, 0),
        ("/account/password/reset/", 1, 0),
        ("/account/signup/", 1, 1),
    ],
)
def test_strangers_are_mailed_only_when_they_sign_up(
    path: str,
    known: int,
    unknown: int,
    ans: User,
    mails: Callable[[], list[OutgoingMail]],
) -> None:
    ask(path, ans.email)
    assert len(mails()) == known
    ask(path, UNKNOWN)
    assert len(mails()) == known + unknown


@pytest.mark.parametrize("path", ["/account/login/code/", "/account/password/reset/"])
def test_an_unknown_address_costs_the_work_of_a_mail(path: str, ans: User) -> None:
    written = []
    for email in (ans.email, UNKNOWN):
        with CaptureQueriesContext(connection) as found:
            ask(path, email)
        sql = [query["sql"] for query in found.captured_queries]
        written.append(sum("INSERT INTO" in line and "outgoingmail" in line for line in sql))
    assert written == [1, 1]


def test_a_taken_address_costs_the_work_of_a_password(
    ans: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[str | None] = []

    def count(password: str | None) -> str:
        hashed.append(password)
        return hashers.make_password(password)

    monkeypatch.setattr(forms, "make_password", count)
    ask("/account/signup/", ans.email)
    assert hashed == [PASSWORD]
