"""How allauth behaves on this site."""

from io import BytesIO
from types import SimpleNamespace
from typing import Any
from urllib.parse import urljoin

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from qrcode.image.svg import SvgPathFillImage
from wagtail.models import Site

from .hooks import deliver_mail

#: Takes the work that is done for an address without an account (RFC 2606, section 2).
NOBODY = "nobody@account.invalid"


class AccountAdapter(DefaultAccountAdapter):
    """Mails leave through the outbox, links come from the settings, redirects stay here."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        self._queue_mail(template_prefix, email, context, discard=False)

    def pretend_to_send_mail(self, template_prefix: str) -> None:
        """Spend the time that a mail takes, for an address that has no account."""
        filling = {"code": "NONE-NONE", "password_reset_url": self._absolute("account_login")}
        self._queue_mail(template_prefix, NOBODY, filling, discard=True)

    def format_email_subject(self, subject: str) -> str:
        return str(subject)

    def get_reset_password_from_key_url(self, key: str) -> str:
        placeholder = {"uidb36": "UID", "key": "KEY"}
        path = reverse("account_reset_password_from_key", kwargs=placeholder)
        return urljoin(settings.WAGTAILADMIN_BASE_URL, path.replace("UID-KEY", key))

    def send_account_already_exists_mail(self, email: str) -> None:
        links = {
            "signup_url": self._absolute("account_signup"),
            "password_reset_url": self._absolute("account_reset_password"),
        }
        self.send_mail("account/email/account_already_exists", email, links)

    def is_safe_url(self, url: str | None) -> bool:
        """Tell whether ``url`` stays on the host of this request."""
        request = allauth_context.request
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        )

    def _queue_mail(
        self, template_prefix: str, email: str, context: dict[str, Any], *, discard: bool
    ) -> None:
        request = allauth_context.request
        site = _neighbourhood_of(request)
        message = self.render_mail(
            template_prefix,
            email,
            {"request": request, "email": email, "current_site": site, **context},
        )
        deliver_mail(
            request=request,
            recipient=email,
            subject=message.subject,
            text=str(message.body),
            discard=discard,
        )

    @staticmethod
    def _absolute(view_name: str) -> str:
        return urljoin(settings.WAGTAILADMIN_BASE_URL, reverse(view_name))


class MFAAdapter(DefaultMFAAdapter):
    def build_totp_svg(self, url: str) -> str:
        """Draw the QR code on white, so that a phone reads it in the dark mode too."""
        drawing = BytesIO()
        qrcode.make(url, image_factory=SvgPathFillImage).save(drawing)
        return drawing.getvalue().decode()


def _neighbourhood_of(request: HttpRequest) -> SimpleNamespace:
    """Return the name and address that allauth's mail templates ask for."""
    site = Site.find_for_request(request)
    name = site.site_name if site is not None else ""
    return SimpleNamespace(
        name=name or settings.WAGTAIL_SITE_NAME, domain=settings.WAGTAILADMIN_BASE_URL
    )
