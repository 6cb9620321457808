"""System checks for what the rest of the code relies on."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

OUTERMOST_MIDDLEWARE = "boloboost.core.middleware.TrustedProxyMiddleware"


@register(Tags.database)
def check_database_settings(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """SQLite loses writes under load without these; a request is never one transaction."""
    errors: list[CheckMessage] = []
    for alias, database in settings.DATABASES.items():
        options = database.get("OPTIONS", {})
        if database["ENGINE"].endswith("sqlite3"):
            if options.get("transaction_mode") != "IMMEDIATE":
                errors.append(
                    Error(
                        f"SQLite database {alias!r} has no transaction_mode IMMEDIATE.",
                        hint="Seats are counted under a lock that only IMMEDIATE takes in time.",
                        id="boloboost.E001",
                    )
                )
            if "journal_mode=wal" not in options.get("init_command", "").lower():
                errors.append(
                    Error(
                        f"SQLite database {alias!r} does not keep a write-ahead log.",
                        hint="Add PRAGMA journal_mode=WAL to its init_command.",
                        id="boloboost.E002",
                    )
                )
        if database.get("ATOMIC_REQUESTS"):
            errors.append(
                Error(
                    f"Database {alias!r} has ATOMIC_REQUESTS.",
                    hint="Services open their own transactions; mail and pictures stay outside.",
                    id="boloboost.E003",
                )
            )
    return errors


@register(Tags.security)
def check_outermost_middleware(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """What stands before this middleware would believe a stranger's X-Forwarded headers."""
    if settings.MIDDLEWARE and settings.MIDDLEWARE[0] == OUTERMOST_MIDDLEWARE:
        return []
    return [Error(f"{OUTERMOST_MIDDLEWARE} must be the first middleware.", id="boloboost.E004")]
