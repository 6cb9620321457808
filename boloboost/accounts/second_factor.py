"""Who must show a second factor before the admin opens, and whether they did.

The factors are an authenticator app and a passkey or security key. Recovery codes
come with one of those and are no factor by themselves.
"""

import ipaddress
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port

from .models import User
from .roles import AnyUser, sites_of

FACTOR_TYPES = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
#: Session key: the id of the person who used or set up a factor in this session.
SESSION_KEY = "second_factor_of"


def may_open_admin(user: AnyUser) -> bool:
    """Tell whether this person has any right in the admin."""
    return user.is_authenticated and (
        user.is_superuser
        or user.is_staff
        or sites_of(user).exists()
        or user.has_perm("wagtailadmin.access_admin")
    )


def has_second_factor(user: User) -> bool:
    """Tell whether this person has set up a factor."""
    return Authenticator.objects.filter(user=user, type__in=FACTOR_TYPES).exists()


def session_has_second_factor(request: HttpRequest) -> bool:
    """Tell whether the factor was used or set up in this very session.

    A session from before the factor was set up, maybe a thief's, stays outside.
    """
    return bool(request.session.get(SESSION_KEY) == request.user.pk)


def is_sample_on_this_machine(request: HttpRequest) -> bool:
    """Tell whether this is the sample neighbourhood, asked for from this machine itself."""
    return (
        settings.SAMPLE
        and _is_loopback(request.META.get("REMOTE_ADDR", ""))
        and _is_loopback(split_domain_port(request.get_host())[0])
    )


def _is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):  # RFC 6761, section 6.3
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def remember_factor(
    *, request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any
) -> None:
    """Receive allauth's signals for a factor used (also a recovery code) or set up."""
    request.session[SESSION_KEY] = user.pk
