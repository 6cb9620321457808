"""What this app needs from the apps above it; they fill it in ``AppConfig.ready``."""

from typing import Protocol

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest


class MailDelivery(Protocol):
    """Puts one account mail in the outbox.

    ``discard`` does the same work and leaves nothing behind: an unknown address
    costs as much time as a known one.
    """

    def __call__(
        self, *, request: HttpRequest, recipient: str, subject: str, text: str, discard: bool
    ) -> None: ...


_mail_delivery: MailDelivery | None = None


def set_mail_delivery(delivery: MailDelivery) -> None:
    """Register what takes the mails of this app."""
    global _mail_delivery
    _mail_delivery = delivery


def deliver_mail(
    *, request: HttpRequest, recipient: str, subject: str, text: str, discard: bool = False
) -> None:
    """Hand one mail to the outbox.

    Raises:
        ImproperlyConfigured: no app registered a delivery.
    """
    if _mail_delivery is None:
        raise ImproperlyConfigured("No app called accounts.hooks.set_mail_delivery().")
    _mail_delivery(
        request=request, recipient=recipient, subject=subject, text=text, discard=discard
    )
