"""The hosts that this installation answers to.

Those of the settings, and those in Wagtail's Site table, so that a new neighbourhood
needs no restart. This module is imported by the settings: models are looked up late.
"""

import re
import time
from collections.abc import Iterator

from django.apps import apps
from django.db import Error
from django.db.models.signals import post_delete, post_save

KEEP_SECONDS = 60.0
RETRY_SECONDS = 5.0
_HOST_NAME = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?")


class _SiteTable:
    """The host names of the Site table, read once a minute in each process."""

    def __init__(self) -> None:
        self._names: frozenset[str] = frozenset()
        self._fresh_until = 0.0

    def names(self) -> frozenset[str]:
        if time.monotonic() >= self._fresh_until:
            self._read()
        return self._names

    def forget(self) -> None:
        self._names, self._fresh_until = frozenset(), 0.0

    def _read(self) -> None:
        sites = apps.get_model("wagtailcore", "Site").objects
        try:
            found = [name.lower() for name in sites.values_list("hostname", flat=True)]
        except Error:
            # The database is away: what was known before still holds.
            self._fresh_until = time.monotonic() + RETRY_SECONDS
            return
        self._names = frozenset(name for name in found if _HOST_NAME.fullmatch(name))
        self._fresh_until = time.monotonic() + KEEP_SECONDS


_site_table = _SiteTable()


def site_host_names() -> frozenset[str]:
    """Return the host names of all neighbourhoods, at most a minute old.

    Wildcards in the table are left out. While the database is away, the names that
    were read last are returned.
    """
    return _site_table.names()


def forget_site_host_names(**_signal: object) -> None:
    """Have the Site table read again."""
    _site_table.forget()


def connect() -> None:
    """Have a new or removed neighbourhood noticed at once; called from ``AppConfig.ready``."""
    for signal in (post_save, post_delete):
        signal.connect(forget_site_host_names, sender="wagtailcore.Site", dispatch_uid="hosts")


class SiteHosts(list[str]):
    """``ALLOWED_HOSTS``: a fixed list, followed by the host names of the Site table."""

    def __iter__(self) -> Iterator[str]:
        yield from super().__iter__()
        yield from site_host_names()
