"""Addresses for monitors: is the process up, can it serve, does anybody have to look."""

import logging
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .mail.health import oldest_unsent_age, worker_alive

logger = logging.getLogger(__name__)

OLDEST_MAIL = timedelta(minutes=15)
DISK_FULL_SHARE = 0.85
PLAIN_TEXT = "text/plain; charset=utf-8"


class _Migrations:
    """Remembers that all migrations are applied: that stays so while the process lives."""

    applied = False

    def check(self) -> bool:
        if not self.applied:
            executor = MigrationExecutor(connection)
            self.applied = not executor.migration_plan(executor.loader.graph.leaf_nodes())
        return self.applied


_migrations = _Migrations()


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer 200 while the process answers at all."""
    return HttpResponse("ok\n", content_type=PLAIN_TEXT)


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Answer 200 when the database answers and is up to date, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        ready = _migrations.check()
    except Error:
        ready = False
    text = "ready\n" if ready else "not ready\n"
    return HttpResponse(text, status=200 if ready else 503, content_type=PLAIN_TEXT)


@never_cache
@require_safe
def statusz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when nobody has to look, else 503; JSON tells which check fails."""
    now = timezone.now()
    checks: dict[str, Callable[[datetime], bool]] = {
        "cache": _cache_is_well,
        "mail": _mail_is_well,
        "worker": worker_alive,
        "disk": _disk_is_well,
    }
    results = {name: _passes(name, check, now) for name, check in checks.items()}
    well = all(results.values())
    return JsonResponse(
        {
            "status": "ok" if well else "alarm",
            "checks": {name: "ok" if passed else "alarm" for name, passed in results.items()},
        },
        status=200 if well else 503,
    )


def _passes(name: str, check: Callable[[datetime], bool], now: datetime) -> bool:
    try:
        return check(now)
    except (Error, OSError):
        logger.exception("The check of %s failed.", name)
        return False


def _cache_is_well(now: datetime) -> bool:
    is_away: Callable[[], bool] | None = getattr(cache, "is_away", None)
    return is_away is None or not is_away()


def _mail_is_well(now: datetime) -> bool:
    return oldest_unsent_age(now) < OLDEST_MAIL


def _disk_is_well(now: datetime) -> bool:
    usage = shutil.disk_usage(settings.VAR_DIR)
    return usage.used / usage.total < DISK_FULL_SHARE
