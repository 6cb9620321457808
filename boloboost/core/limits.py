"""How often somebody may do something; `docs/limits.md` tells it to people.

Windows are fixed: the count starts again at every whole window. The counters are in
Django's default cache, under a keyed hash, so that no address stands in the cache.
"""

import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils.crypto import salted_hmac

IPV4_NETWORK_BITS = 24
IPV6_NETWORK_BITS = 56


@dataclass(frozen=True)
class Limit:
    """At most ``number`` times in ``window`` for each ``per``."""

    name: str
    per: str
    number: int
    window: timedelta


LIMITS = {
    limit.name: limit
    for limit in (
        Limit("rsvp-mail", "mail address", 5, timedelta(hours=1)),
        Limit("rsvp-network", "network", 100, timedelta(hours=1)),
        Limit("registration-guess", "address", 20, timedelta(minutes=1)),
        Limit("csp-report", "network", 60, timedelta(minutes=1)),
    )
}


@dataclass(frozen=True)
class LimitOutcome:
    """``retry_after`` is the number of seconds to wait; 0 means go ahead."""

    retry_after: int = 0

    @property
    def allowed(self) -> bool:
        return self.retry_after == 0


def check_limit(name: str, key: str, now: datetime) -> LimitOutcome:
    """Count one more time for ``key`` and tell whether that was within the limit.

    Args:
        name: a name in ``LIMITS``.
        key: who does it, such as a lower-case mail address or ``network_of(...)``.
        now: aware time of the act.
    """
    limit = LIMITS[name]
    seconds = int(limit.window.total_seconds())
    window, passed = divmod(int(now.timestamp()), seconds)
    who = salted_hmac("boloboost.core.limits", key, algorithm="sha256").hexdigest()
    counter = f"limit:{name}:{window}:{who}"
    cache.add(counter, 0, timeout=seconds)
    try:
        count = cache.incr(counter)
    except ValueError:  # It expired, or was pushed out, since the line above.
        cache.set(counter, 1, timeout=seconds)
        count = 1
    return LimitOutcome(0 if count <= limit.number else seconds - passed)


def client_address(request: HttpRequest) -> str:
    """Return the visitor's address as ``TrustedProxyMiddleware`` found it."""
    return str(request.META.get("REMOTE_ADDR", ""))


def network_of(address: str) -> str:
    """Return the network that one household or school shares: /24 in IPv4, /56 in IPv6.

    What is no address, such as that of a local socket, shares one network "unknown".
    """
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    parsed = getattr(parsed, "ipv4_mapped", None) or parsed
    bits = IPV4_NETWORK_BITS if parsed.version == 4 else IPV6_NETWORK_BITS
    return str(ipaddress.ip_network((parsed, bits), strict=False))


def too_many_requests(request: HttpRequest, outcome: LimitOutcome) -> HttpResponse:
    """Answer 429 with the house page and ``Retry-After`` (RFC 6585, section 4)."""
    context = {"retry_after": outcome.retry_after}
    body = loader.render_to_string("429.html", context, request)
    response = HttpResponse(body, status=429)
    response["Retry-After"] = str(outcome.retry_after)
    return response
