"""Mails about somebody's account, through the outbox."""

from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from wagtail.models import Site

from boloboost.accounts.models import User

from ..mail.kinds import ACCOUNT
from ..mail.models import OutgoingMail
from ..mail.services import queue_mail


def queue_account_mail(
    *, site: Site, recipient: str, language: str, subject: str, text: str, now: datetime
) -> OutgoingMail:
    """Queue one mail in the caller's transaction; every call is a mail of its own."""
    return queue_mail(
        kind=ACCOUNT,
        site=site,
        recipient=recipient,
        language=language,
        context={"subject": subject, "text": text},
        dedupe_key=f"{ACCOUNT}:{uuid4().hex}",
        now=now,
    )


def deliver_account_mail(
    *, request: HttpRequest, recipient: str, subject: str, text: str, discard: bool
) -> None:
    """Take a mail from the accounts app; see ``boloboost.accounts.hooks.MailDelivery``."""
    site = Site.find_for_request(request) or Site.objects.order_by("pk").first()
    if site is None:
        return
    with transaction.atomic():
        mail = queue_account_mail(
            site=site,
            recipient=recipient,
            language=get_language() or settings.LANGUAGE_CODE,
            subject=subject,
            text=text,
            now=timezone.now(),
        )
        if discard:
            mail.delete()


def language_of(user: User) -> str:
    """Return the language this person chose in the admin, or the site's default."""
    profile = getattr(user, "wagtail_userprofile", None)
    return str(profile.get_preferred_language()) if profile else settings.LANGUAGE_CODE
