"""Signs in the log (ASVS 16.3.1), without names or addresses, and the session's factor."""

import logging
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_used
from django.contrib.auth.models import Group
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models.signals import post_delete
from django.http import HttpRequest

from .models import SiteRole, User
from .second_factor import FACTOR_TYPES, remember_factor

logger = logging.getLogger("boloboost.accounts")


def _factor_added(*, authenticator: Authenticator, **kwargs: Any) -> None:
    logger.info("factor added: user %s, %s", authenticator.user_id, authenticator.type)
    if authenticator.type in FACTOR_TYPES:
        remember_factor(authenticator=authenticator, **kwargs)


def _factor_failed(*, user: User, **kwargs: Any) -> None:
    logger.warning("factor refused: user %s", user.pk)


def _signed_in(*, user: User, **kwargs: Any) -> None:
    logger.info("signed in: user %s", user.pk)


def _signed_out(*, user: User | None, **kwargs: Any) -> None:
    if user is not None:
        logger.info("signed out: user %s", user.pk)


def _sign_in_failed(**kwargs: Any) -> None:
    logger.warning("sign-in refused: wrong address or password")


def _address_proved(*, request: HttpRequest, email_address: EmailAddress, **kwargs: Any) -> None:
    """Drop the password of whoever signed up with an address that was not theirs.

    The owner of the address comes in by mailed code and thereby proves it; a password
    set by somebody else before that must not open the account afterwards.
    """
    user = email_address.user
    records = get_authentication_records(request, user)
    if records and records[-1]["method"] == "code" and user.has_usable_password():
        user.set_unusable_password()
        user.save(update_fields=["password"])


def _site_role_deleted(*, instance: SiteRole, **kwargs: Any) -> None:
    """A neighbourhood that is gone leaves no rights behind."""
    Group.objects.filter(pk=instance.group_id).delete()


def connect() -> None:
    """Connect every receiver of this app; called once, from ``AppConfig.ready``."""
    authenticator_used.connect(remember_factor, dispatch_uid="accounts.factor_used")
    authenticator_added.connect(_factor_added, dispatch_uid="accounts.factor_added")
    authentication_failed.connect(_factor_failed, dispatch_uid="accounts.factor_failed")
    user_logged_in.connect(_signed_in, dispatch_uid="accounts.signed_in")
    user_logged_out.connect(_signed_out, dispatch_uid="accounts.signed_out")
    user_login_failed.connect(_sign_in_failed, dispatch_uid="accounts.sign_in_failed")
    email_confirmed.connect(_address_proved, dispatch_uid="accounts.address_proved")
    post_delete.connect(
        _site_role_deleted, sender=SiteRole, dispatch_uid="accounts.site_role_deleted"
    )
