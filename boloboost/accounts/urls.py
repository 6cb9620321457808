"""Addresses of the accounts, and the detours of Wagtail's own log-in pages to them.

Both lists must stand before Wagtail's own patterns: ``admin_urlpatterns`` outside the
languages, ``account_urlpatterns`` inside them.
"""

from typing import Any
from urllib.parse import urlencode

from allauth.account.views import logout
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import include, path, re_path, reverse
from django.utils.http import url_has_allowed_host_and_scheme


def to_login(request: HttpRequest) -> HttpResponseRedirect:
    """Lead to the one log-in page, keeping a ``next`` on our own host."""
    address = reverse("account_login")
    target = request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        address = f"{address}?{urlencode({'next': target})}"
    return HttpResponseRedirect(address)


def to_password_reset(request: HttpRequest, rest: str) -> HttpResponseRedirect:
    """Lead to the one page that sets a new password."""
    return HttpResponseRedirect(reverse("account_reset_password"))


admin_urlpatterns = [
    path("beheer/login/", to_login),
    path("beheer/logout/", logout),
    re_path(r"^beheer/password_reset/(?P<rest>.*)$", to_password_reset),
]
account_urlpatterns: list[Any] = [
    path("account/", include("allauth.urls")),
    path("_util/login/", to_login),
]
