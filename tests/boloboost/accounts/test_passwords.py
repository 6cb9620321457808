"""Which passwords are taken (ASVS 6.2), and links that set one (ASVS 6.4.1)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from boloboost.accounts.models import User
from tests.factories import NOW
from tests.logins import PASSWORD


@pytest.mark.parametrize(
    "password",
    [
        "twaalf teken",
        "alleen kleine letters",
        "spaties voor en achter  ",
        "x" * 64,
        "ünïcödé en emoji \N{BREAD}",
    ],
)
def test_long_passwords_of_any_kind_are_taken(password: str, client: Client) -> None:
    client.post("/account/signup/", {"email": "fay@example.org", "password1": password})
    assert User.objects.get(email="fay@example.org").check_password(password)


@pytest.mark.parametrize("password", ["elf tekens!", "password1234", "qwerty123456"])
def test_short_and_common_passwords_are_refused_with_a_reason(
    password: str, client: Client
) -> None:
    page = client.post("/account/signup/", {"email": "fay@example.org", "password1": password})
    assert page.status_code == 200
    assert page.context["form"].errors["password1"]
    assert not User.objects.filter(email="fay@example.org").exists()


def set_password(client: Client, link: str, password: str) -> bool:
    """Follow the link of a mail and choose a password; return whether that went well."""
    page = client.get(link)
    if page.status_code != 302:
        return False
    form = {"password1": password, "password2": password}
    return client.post(page["Location"], form).status_code == 302


def test_a_link_sets_a_password_once_and_ends_the_others(
    client: Client, ans: User, newest_link: Callable[[], str]
) -> None:
    client.post("/account/password/reset/", {"email": ans.email})
    first = newest_link()
    client.post("/account/password/reset/", {"email": ans.email})
    second = newest_link()
    assert set_password(client, second, "nog een lange zin")
    for link in (first, second):
        assert not set_password(Client(headers={"host": "bolo.example"}), link, "te laat gekomen")
    ans.refresh_from_db()
    assert ans.check_password("nog een lange zin")


def test_a_link_ends_after_two_hours(
    client: Client, ans: User, newest_link: Callable[[], str]
) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        client.post("/account/password/reset/", {"email": ans.email})
        clock.shift(timedelta(hours=2, minutes=1))
        assert not set_password(client, newest_link(), "nog een lange zin")


def test_a_changed_link_sets_nothing(
    client: Client, ans: User, newest_link: Callable[[], str]
) -> None:
    client.post("/account/password/reset/", {"email": ans.email})
    link = newest_link()
    changed = link[:-2] + ("a" if link[-2] != "a" else "b") + "/"
    assert not set_password(client, changed, "nog een lange zin")
    ans.refresh_from_db()
    assert ans.check_password(PASSWORD)


def test_reading_the_link_changes_nothing(
    client: Client, ans: User, newest_link: Callable[[], str]
) -> None:
    client.post("/account/password/reset/", {"email": ans.email})
    link = newest_link()
    for _ in range(2):
        scanner = Client(headers={"host": "bolo.example"})
        scanner.head(link)
        scanner.get(link, follow=True)
    assert set_password(client, link, "nog een lange zin")
