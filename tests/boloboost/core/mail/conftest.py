from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from wagtail.models import Site

from boloboost.core.mail import registry
from boloboost.core.mail.registry import register_kind
from tests.boloboost.core.mail.support import KIND, Clock, FakeSmtp, make_site, render_test_mail


@pytest.fixture
def site() -> Site:
    return make_site()


@pytest.fixture(autouse=True)
def kinds(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """A registry of this test alone, with one kind more."""
    own = dict(registry._kinds)
    monkeypatch.setattr(registry, "_kinds", own)
    register_kind(KIND, label="Test mail", render=render_test_mail)
    return own


@pytest.fixture
def smtp(settings: Any) -> Iterator[FakeSmtp]:
    server = FakeSmtp()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = server.port
    settings.EMAIL_TIMEOUT = 5
    yield server
    server.close()


@pytest.fixture
def clock(now: datetime) -> Clock:
    return Clock(now)
