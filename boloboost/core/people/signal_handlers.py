"""A neighbourhood has its groups as soon as it has a site, in every language it gets.

Also takes the mails of the accounts app to the outbox.
"""

from typing import Any

from django.db.models.signals import post_save
from wagtail.models import Page, Site

from boloboost.accounts.hooks import set_mail_delivery

from ..models.settings import NeighbourhoodSettings
from .account_mail import deliver_account_mail
from .services import ensure_site_roles

#: Depth of a site's root page in the page tree: right below the tree's own root.
SITE_ROOT_DEPTH = 2


def _site_saved(*, instance: Site, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        NeighbourhoodSettings.objects.get_or_create(site=instance)
        ensure_site_roles(site=instance)


def _page_saved(*, instance: Any, created: bool, raw: bool = False, **kwargs: Any) -> None:
    is_new_root = isinstance(instance, Page) and created and instance.depth == SITE_ROOT_DEPTH
    if raw or not is_new_root:
        return
    for site in Site.objects.filter(root_page__translation_key=instance.translation_key):
        ensure_site_roles(site=site)


def connect() -> None:
    """Connect what this package does by itself; called once, from ``AppConfig.ready``."""
    set_mail_delivery(deliver_account_mail)
    post_save.connect(_site_saved, sender=Site, dispatch_uid="people.site_saved")
    post_save.connect(_page_saved, dispatch_uid="people.page_saved")
