"""Writing accounts: making one, ending its sessions, taking its second factor away."""

from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.db import transaction

from .models import User

if TYPE_CHECKING:
    from django.contrib.sessions.backends.db import SessionStore


def create_account(
    *,
    email: str,
    now: datetime,
    password: str | None = None,
    first_name: str = "",
    is_verified: bool = False,
    is_superuser: bool = False,
) -> User:
    """Make an account that allauth knows.

    Args:
        email: the address to sign in with.
        now: aware time of joining.
        password: None makes an account that signs in by mailed code until it has one.
        is_verified: whether the address is known to be this person's; if not, the first
            sign-in proves it.
    """
    with transaction.atomic():
        create = User.objects.create_superuser if is_superuser else User.objects.create_user
        user = create(email, password, first_name=first_name, date_joined=now)
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=is_verified)
    return user


def end_sessions(*, user: User) -> int:
    """Sign this person out everywhere; return how many sessions ended.

    Sessions are not filed by person, so each one is opened and looked at.
    """
    store: type[SessionStore] = import_module(settings.SESSION_ENGINE).SessionStore
    ended = 0
    for session in store.get_model_class().objects.iterator():
        if session.get_decoded().get(SESSION_KEY) == str(user.pk):
            store(session.session_key).delete()
            ended += 1
    return ended


def remove_second_factor(*, user: User) -> int:
    """Delete every factor and recovery code and end all sessions; return the factors deleted."""
    with transaction.atomic():
        deleted, _ = Authenticator.objects.filter(user=user).delete()
        end_sessions(user=user)
    return deleted
