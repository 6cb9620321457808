"""Kinds of addresses, and tokens in them."""

import pytest

from boloboost.core.paths import (
    hide_tokens,
    is_admin_path,
    is_private_path,
    is_token_path,
    wants_html,
)


@pytest.mark.parametrize("path", ["/beheer", "/beheer/", "/beheer/pages/3/"])
def test_the_admin(path: str) -> None:
    assert is_admin_path(path)
    assert is_private_path(path)


@pytest.mark.parametrize("path", ["/account/login/", "/en/account/login/", "/account"])
def test_the_accounts_are_private_but_not_the_admin(path: str) -> None:
    assert not is_admin_path(path)
    assert is_private_path(path)


@pytest.mark.parametrize("path", ["/", "/beheerders/", "/agenda/beheer/", "/accountant/", "/en/"])
def test_other_addresses_are_public(path: str) -> None:
    assert not is_private_path(path)


@pytest.mark.parametrize(
    "path",
    [
        "/aanmelding/abc/",
        "/en/aanmelding/abc/",
        "/badge/abc/",
        "/feeds/ik/abc.ics",
        "/account/password/reset/key/1-abc/",
    ],
)
def test_an_address_with_a_token(path: str) -> None:
    assert is_token_path(path)
    assert "abc" not in hide_tokens(f"Not Found: {path}")


def test_a_sign_up_form_has_no_token_in_its_address() -> None:
    assert not is_token_path("/aanmelden/12/")
    assert hide_tokens("/aanmelden/12/ is well") == "/aanmelden/12/ is well"


def test_only_the_token_is_hidden() -> None:
    line = '"GET /en/aanmelding/s3cret/?x=1 HTTP/1.1" 500'
    assert hide_tokens(line) == '"GET /en/aanmelding/…/?x=1 HTTP/1.1" 500'


@pytest.mark.parametrize("path", ["/", "/agenda/", "/agenda", "/aanmelding/abc/"])
def test_people_read_pages(path: str) -> None:
    assert wants_html(path)


@pytest.mark.parametrize("path", ["/feeds/agenda.ics", "/partners.json", "/robots.txt"])
def test_programs_read_feeds(path: str) -> None:
    assert not wants_html(path)
