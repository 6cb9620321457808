"""The admin is closed until a second factor is set up and used (ASVS 6.3.3)."""

from collections.abc import Callable

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from .second_factor import (
    has_second_factor,
    is_sample_on_this_machine,
    may_open_admin,
    session_has_second_factor,
)

#: Addresses below the admin that only lead to allauth's pages.
ENTRANCES = ("login/", "logout/", "password_reset/")


class SecondFactorMiddleware:
    """Sends people on: to log in, to set up a factor, or to use it. Scripts get a 403."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        admin = reverse("wagtailadmin_home")
        below = request.path.removeprefix(admin)
        if request.path.startswith(admin) and not below.startswith(ENTRANCES):
            return self._detour(request) or self.get_response(request)
        return self.get_response(request)

    def _detour(self, request: HttpRequest) -> HttpResponse | None:
        user = request.user
        if not user.is_authenticated:
            _refuse_scripts(request)
            return redirect_to_login(_way_back(request), reverse(settings.LOGIN_URL))
        if not may_open_admin(user):
            raise PermissionDenied
        if not is_sample_on_this_machine(request):
            if not has_second_factor(user):
                why = _(
                    "You help run this site. So logging in takes a second step: an app on your"
                    " phone or a passkey. Set one up here. Then the admin opens."
                )
                return _explain(request, why, reverse("mfa_index"))
            if not session_has_second_factor(request):
                why = _("Please take the second step once more. Then the admin opens.")
                return _explain(request, why, _page_to_use_factor(request))
        if not user.has_perm("wagtailadmin.access_admin"):
            raise PermissionDenied
        return None


def _explain(request: HttpRequest, why: str, page: str) -> HttpResponse:
    _refuse_scripts(request)
    messages.warning(request, why)
    return HttpResponseRedirect(f"{page}?{urlencode({'next': _way_back(request)})}")


def _page_to_use_factor(request: HttpRequest) -> str:
    methods = get_adapter(request).get_reauthentication_methods(request.user)
    pages: list[str] = [method["url"] for method in methods if method["id"].startswith("mfa_")]
    return pages[0]


def _way_back(request: HttpRequest) -> str:
    return request.get_full_path() if request.method == "GET" else reverse("wagtailadmin_home")


def _refuse_scripts(request: HttpRequest) -> None:
    """A script that asks for data cannot follow a detour through pages."""
    if (
        request.headers.get("X-Requested-With") == "XMLHttpRequest"
        or request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate"
        or request.content_type == "application/json"
        or not request.accepts("text/html")
    ):
        raise PermissionDenied
