from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from wagtail.models import Site

from boloboost.core.mail import registry
from boloboost.core.mail.registry import register_kind
from boloboost.core.work import sweeps
from tests.boloboost.core.mail.support import KIND, Clock, FakeSmtp, make_site, render_test_mail


@pytest.fixture
def site() -> Site:
    return make_site()


@pytest.fixture
def clock(now: datetime) -> Clock:
    return Clock(now)


@pytest.fixture(autouse=True)
def _own_registries(monkeypatch: pytest.MonkeyPatch) -> None:
    """No sweeps but those of the test; one kind of mail more."""
    monkeypatch.setattr(sweeps, "_sweeps", {})
    monkeypatch.setattr(registry, "_kinds", dict(registry._kinds))
    register_kind(KIND, label="Test mail", render=render_test_mail)


@pytest.fixture
def smtp(settings: Any) -> Iterator[FakeSmtp]:
    server = FakeSmtp()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = server.port
    settings.EMAIL_TIMEOUT = 5
    yield server
    server.close()
