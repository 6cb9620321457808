"""Logs the one case in which somebody publishes their own page for the first time."""

from typing import Any

from django.db.models.signals import post_save
from wagtail.models import PageLogEntry

from .audit import record_audit
from .publishing import is_work_of_one, site_of_page

PUBLISH = "wagtail.publish"


def connect() -> None:
    """Follow Wagtail's own log; called once, from ``AppConfig.ready``."""
    post_save.connect(on_page_log_entry, sender=PageLogEntry, dispatch_uid="core.published_alone")


def on_page_log_entry(instance: PageLogEntry, created: bool, **_kwargs: Any) -> None:
    """Write ``core.published_alone`` when the maker of a page published it the first time."""
    if not created or instance.action != PUBLISH or instance.user_id is None:
        return
    page = instance.page
    if page is None or not is_work_of_one(page, instance.user):
        return
    earlier = PageLogEntry.objects.filter(page=page, action=PUBLISH).exclude(pk=instance.pk)
    if earlier.exists():
        return
    record_audit(
        action="core.published_alone",
        now=instance.timestamp,
        site=site_of_page(page),
        actor=instance.user,
        target=page,
    )
