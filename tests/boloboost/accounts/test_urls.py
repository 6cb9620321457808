"""Every page of Wagtail that would ask for a password leads to allauth instead."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth import views as auth_views
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern

LOGIN_VIEWS = (
    auth_views.LoginView,
    auth_views.PasswordChangeView,
    auth_views.PasswordResetCompleteView,
    auth_views.PasswordResetConfirmView,
    auth_views.PasswordResetDoneView,
    auth_views.PasswordResetView,
)
FILLINGS = {"uidb64": "Mw", "token": "abc-def"}
NEXT_ELSEWHERE = "https://evil.example/"


def routes(patterns: Any, prefix: str = "/") -> Iterator[tuple[str, Any]]:
    """Yield every address of the URL conf with its view, both languages."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield prefix + str(pattern.pattern), pattern.callback
            continue
        assert isinstance(pattern, URLResolver)
        if isinstance(pattern.pattern, LocalePrefixPattern):
            yield from routes(pattern.url_patterns, prefix)
            yield from routes(pattern.url_patterns, f"{prefix}en/")
        else:
            yield from routes(pattern.url_patterns, prefix + str(pattern.pattern))


def wagtails_login_paths() -> list[str]:
    paths = []
    for route, view in routes(get_resolver().url_patterns):
        kind = getattr(view, "view_class", None)
        if isinstance(kind, type) and issubclass(kind, LOGIN_VIEWS):
            paths.append(re.sub(r"<(?:\w+:)?(\w+)>", lambda m: FILLINGS[m[1]], route))
    return paths


def test_the_walk_finds_wagtails_pages() -> None:
    found = set(wagtails_login_paths())
    assert {"/beheer/login/", "/beheer/password_reset/"} <= found
    assert {"/_util/login/", "/en/_util/login/"} <= found


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("path", wagtails_login_paths())
def test_no_log_in_or_password_page_of_wagtail_is_reached(
    path: str, method: str, client: Client
) -> None:
    response = getattr(client, method)(path)
    assert response.status_code == 302
    assert re.match(r"(/en)?/account/", response["Location"])


@pytest.mark.parametrize("path", ["/beheer/login/", "/_util/login/", "/en/_util/login/"])
def test_log_in_detours_keep_only_a_safe_next(path: str, client: Client) -> None:
    kept = client.get(path, {"next": "/beheer/pages/"})["Location"]
    assert kept.endswith("/account/login/?next=%2Fbeheer%2Fpages%2F")
    dropped = client.get(path, {"next": NEXT_ELSEWHERE})["Location"]
    assert dropped.endswith("/account/login/")


def test_no_page_of_wagtail_shows_visitors_a_password_field(client: Client) -> None:
    visited = 0
    for route, view in routes(get_resolver().url_patterns):
        if "<" in route or "(" in route or not view.__module__.startswith("wagtail."):
            continue
        visited += 1
        assert b'type="password"' not in client.get(route).content, route
    assert visited > 50


def test_the_admins_log_out_button_logs_out(client: Client, ans: Any) -> None:
    client.force_login(ans)
    assert client.post("/beheer/logout/").status_code == 302
    assert "_auth_user_id" not in client.session
