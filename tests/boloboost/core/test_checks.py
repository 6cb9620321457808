"""Settings that would lose writes, or believe strangers, stop the boot."""

from copy import deepcopy
from typing import Any

import pytest
from django.conf import settings
from django.test import override_settings

from boloboost.core.checks import check_database_settings, check_outermost_middleware

SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "OPTIONS": {"transaction_mode": "IMMEDIATE", "init_command": "PRAGMA journal_mode=WAL;"},
}


def ids(database: dict[str, Any]) -> list[str | None]:
    with override_settings():
        settings.DATABASES = {"default": database}
        return [error.id for error in check_database_settings(None)]


def test_the_settings_of_the_project_pass() -> None:
    assert check_database_settings(None) == []
    assert check_outermost_middleware(None) == []
    assert ids(SQLITE) == []
    assert ids({"ENGINE": "django.db.backends.postgresql"}) == []


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"OPTIONS": {**SQLITE["OPTIONS"], "transaction_mode": "DEFERRED"}}, "boloboost.E001"),
        ({"OPTIONS": {"transaction_mode": "IMMEDIATE"}}, "boloboost.E002"),
        ({"ATOMIC_REQUESTS": True}, "boloboost.E003"),
    ],
)
def test_a_database_that_would_lose_writes_is_refused(change: dict[str, Any], error: str) -> None:
    assert ids({**deepcopy(SQLITE), **change}) == [error]


def test_nothing_stands_before_the_proxy_middleware() -> None:
    with override_settings(MIDDLEWARE=["x.Y", *settings.MIDDLEWARE]):
        assert [error.id for error in check_outermost_middleware(None)] == ["boloboost.E004"]
