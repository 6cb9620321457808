"""Logging people in the way the site demands it."""

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import encrypt
from django.test import Client

from boloboost.accounts.models import User
from boloboost.accounts.second_factor import SESSION_KEY

PASSWORD = "een lange zin met spaties"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
TOTP_PERIOD_SECONDS = 30


def add_second_factor(user: User) -> Authenticator:
    """Give somebody an authenticator app with ``TOTP_SECRET``."""
    return Authenticator.objects.create(
        user=user, type=Authenticator.Type.TOTP, data={"secret": encrypt(TOTP_SECRET)}
    )


def log_in_with_factor(user: User, *, host: str = "bolo.example") -> Client:
    """Return a client of somebody who logged in with password and authenticator app."""
    if not Authenticator.objects.filter(user=user).exists():
        add_second_factor(user)
    client = Client(headers={"host": host})
    client.force_login(user)
    session = client.session
    session[SESSION_KEY] = user.pk
    session.save()
    return client


def totp_code(moment: float) -> str:
    """Return what the app of ``add_second_factor`` shows at a moment (seconds since 1970)."""
    return format_hotp_value(hotp_value(TOTP_SECRET, int(moment) // TOTP_PERIOD_SECONDS))
