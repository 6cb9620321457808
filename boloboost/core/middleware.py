"""What happens to every request: who asks, in which language, on which host, with which headers."""

import ipaddress
import logging
from collections.abc import Callable

from csp.constants import HEADER as CSP_HEADER
from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.core.exceptions import DisallowedRedirect
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from wagtail.contrib.redirects.middleware import RedirectMiddleware

from .hosts import site_host_names
from .paths import ADMIN_PREFIX, is_admin_path, is_private_path, is_token_path
from .views import is_out_of_order, out_of_order

logger = logging.getLogger(__name__)

GetResponse = Callable[[HttpRequest], HttpResponseBase]
Address = ipaddress.IPv4Address | ipaddress.IPv6Address

FORWARDED_HEADERS = (
    "HTTP_FORWARDED",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_FORWARDED_SSL",
    "HTTP_X_REAL_IP",
)
PERMISSIONS_POLICY = (
    "camera=(), microphone=(), payment=(), usb=(), browsing-topics=(), geolocation=(self)"
)
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
#: Addresses that the admin needs on its own host, and machines on any.
SHARED_PREFIXES = (
    "/.well-known/",
    "/csp-report/",
    "/documenten/",
    "/healthz",
    "/readyz",
    "/robots.txt",
    "/statusz",
)


class TrustedProxyMiddleware:
    """Finds out who asks, and how, when a proxy stands in between.

    ``X-Forwarded-For``, ``-Proto`` and ``-Host`` are believed from the addresses in
    ``TRUSTED_PROXIES`` only. What is believed becomes ``REMOTE_ADDR``, the scheme and
    ``Host``; then the headers are taken away, so that nothing later can believe them.
    ``request.client_address`` is the visitor's address.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        meta = request.META
        sent = {name: meta.pop(name) for name in FORWARDED_HEADERS if name in meta}
        address = _read_address(meta.get("REMOTE_ADDR", ""))
        if address is not None and _is_trusted(address):
            address = _visitor(address, sent.get("HTTP_X_FORWARDED_FOR", ""))
            if (scheme := _last(sent.get("HTTP_X_FORWARDED_PROTO", ""))) in {"http", "https"}:
                meta["wsgi.url_scheme"] = scheme
            if host := _last(sent.get("HTTP_X_FORWARDED_HOST", "")):
                meta["HTTP_HOST"] = host
        if address is not None:
            meta["REMOTE_ADDR"] = str(address)
        request.client_address = meta.get("REMOTE_ADDR", "")  # type: ignore[attr-defined]
        return self.get_response(request)


def _read_address(text: str) -> Address | None:
    try:
        address = ipaddress.ip_address(text.strip())
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _is_trusted(address: Address) -> bool:
    return any(
        address.version == network.version and address in network
        for network in settings.TRUSTED_PROXIES
    )


def _visitor(proxy: Address, forwarded_for: str) -> Address:
    """Walk back from the proxy: each hop vouches for the one before it, while it is trusted."""
    visitor = proxy
    for hop in reversed(forwarded_for.split(",")):
        before = _read_address(hop)
        if before is None:
            break
        visitor = before
        if not _is_trusted(before):
            break
    return visitor


def _last(values: str) -> str:
    """The value that the nearest proxy added."""
    return values.rsplit(",", 1)[-1].strip().lower()


class PathLanguageMiddleware:
    """The language comes from the address alone: ``/en/…``, or the default without a prefix.

    No cookie and no ``Accept-Language`` decide, so that an address means one page. The
    admin starts in the default language; Wagtail switches to what the person chose.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        language = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        is_page = response.get("Content-Type", "").startswith("text/html")
        if is_page and not is_admin_path(request.path_info):
            response.headers.setdefault("Content-Language", language)
        return response


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """Headers of every answer: a strict policy on public pages, a wider one in the admin."""

    def process_request(self, request: HttpRequest) -> None:
        """Offer no nonce: public pages have no inline script, and are cached."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if is_admin_path(request.path_info) and not report_only:
            parts.replace = {**settings.ADMIN_CSP_CHANGES, **(parts.replace or {})}
        return parts

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        path = request.path_info
        if is_admin_path(path):
            # The preview of a page comes with that page's own headers, made in an inner request.
            del response[CSP_HEADER]
            response["X-Frame-Options"] = "SAMEORIGIN"
        super().process_response(request, response)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        if is_private_path(path):
            # Not "no-referrer": browsers then send "Origin: null", which Django's CSRF refuses.
            response["Referrer-Policy"] = "same-origin"
        elif is_token_path(path):
            response["Referrer-Policy"] = "no-referrer"
        is_refusal = response.status_code >= 400 and response.status_code not in {404, 410}
        if is_private_path(path) or is_token_path(path) or is_refusal:
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class AdminHostMiddleware:
    """Keeps the admin and the accounts on ``ADMIN_HOST``, when there is one.

    Passkeys and ``__Host-`` cookies belong to one host.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not settings.ADMIN_HOST or request.path_info.startswith(_shared_prefixes()):
            return self.get_response(request)
        host = request.get_host().lower()
        on_admin_host = host == settings.ADMIN_HOST
        if is_private_path(request.path_info):
            if on_admin_host:
                return self.get_response(request)
            return self._move(request, request.get_full_path())
        if on_admin_host and host.split(":")[0] not in site_host_names():
            return self._move(request, ADMIN_PREFIX)
        return self.get_response(request)

    @staticmethod
    def _move(request: HttpRequest, path: str) -> HttpResponse:
        if request.method not in SAFE_METHODS:
            raise Http404
        return HttpResponseRedirect(f"{request.scheme}://{settings.ADMIN_HOST}{path}")


def _shared_prefixes() -> tuple[str, ...]:
    return (*SHARED_PREFIXES, settings.STATIC_URL, settings.MEDIA_URL)


class DatabaseAwayMiddleware:
    """Answers 503 instead of 500 while the database or the disk is out of order.

    Errors of views end here. Those of other middleware reach ``views.server_error``,
    which does the same.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not is_out_of_order(error):
            return None
        logger.error("Out of order: %s: %s", request.path, error)
        return out_of_order(request)


class OwnHostRedirectMiddleware(RedirectMiddleware):
    """Wagtail's stored redirects, but only those that stay on a host of ours (ASVS 3.7.2)."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        try:
            found: HttpResponseBase = super().process_response(request, response)
        except DisallowedRedirect:
            return response
        if found is response:
            return response
        own_hosts = {request.get_host(), *site_host_names()}
        stays = url_has_allowed_host_and_scheme(found["Location"], own_hosts)
        return found if stays else response
