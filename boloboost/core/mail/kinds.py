"""Kinds of mail that core itself sends."""

from django.utils.translation import gettext_lazy as _

from .models import OutgoingMail
from .registry import RenderedMail, register_kind
from .rendering import render_templates

ACCOUNT = "account"


def render_account_mail(mail: OutgoingMail) -> RenderedMail:
    """Render a mail about an account: ``context`` holds its subject and its text."""
    text, html = render_templates(
        "core/mail/account",
        {"subject": mail.context["subject"], "text": mail.context["text"].strip()},
        site=mail.site,
    )
    return RenderedMail(subject=mail.context["subject"], text=text, html=html)


def register() -> None:
    register_kind(ACCOUNT, label=_("About an account"), render=render_account_mail)
