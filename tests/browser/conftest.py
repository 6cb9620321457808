"""A real browser against a live server: Playwright with Debian's Chromium."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from events.models import Occurrence
from tests.factories import (
    Neighbourhood,
    make_category,
    make_event,
    make_neighbourhood,
    make_place,
    occurrence_of,
)

# Playwright keeps an event loop in this thread; the tests themselves are synchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
TIMEOUT_MS = 20_000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium")
    assert path, "Chromium is missing: `make test` installs it."
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield launched
        launched.close()


@dataclass(frozen=True)
class Stage:
    """A neighbourhood on a live server, with one dinner of four seats next week."""

    url: str
    neighbourhood: Neighbourhood
    dinner: Occurrence

    def address(self, path: str) -> str:
        return f"{self.url}{path}"


def next_week(hour: int = 18) -> datetime:
    day = timezone.localtime() + timedelta(days=7)
    return day.replace(hour=hour, minute=0, second=0, microsecond=0)


@pytest.fixture
def stage(live_server: Any, transactional_db: None) -> Stage:
    neighbourhood = make_neighbourhood("localhost", default=True)
    site = neighbourhood.site
    page = make_event(
        neighbourhood,
        title="Straatdiner",
        slug="straatdiner",
        starts_at=next_week(),
        capacity=4,
        introduction="Eén lange tafel.",
        body="<p>Neem een stoel mee.</p>",
        category=make_category(site, name="Eten", slug="eten", icon="food"),
        place=make_place(site, name="Egidiusstraat", street_address="Egidiusstraat 1"),
    )
    url = live_server.url.replace("127.0.0.1", "localhost")
    return Stage(url, neighbourhood, occurrence_of(page))


def watched(context: BrowserContext, problems: list[str], own: str) -> Page:
    """Open a page that notes script errors, CSP reports and requests to other hosts."""
    page = context.new_page()
    page.set_default_timeout(TIMEOUT_MS)
    page.on("pageerror", lambda error: problems.append(f"error: {error}"))
    page.on(
        "console",
        lambda message: (
            problems.append(f"console: {message.text}")
            if message.type == "error" and "Content Security Policy" in message.text
            else None
        ),
    )
    page.on(
        "request",
        lambda request: (
            None
            if request.url.startswith((own, "data:", "blob:"))
            else problems.append(f"request: {request.url}")
        ),
    )
    return page


@pytest.fixture
def phone(browser: Browser, stage: Stage) -> Iterator[Page]:
    """An old phone: 360 px wide, Dutch, no JavaScript, and no cookies afterwards."""
    problems: list[str] = []
    context = browser.new_context(
        viewport={"width": 360, "height": 640}, locale="nl-NL", java_script_enabled=False
    )
    yield watched(context, problems, stage.url)
    assert context.cookies() == []
    context.close()
    assert problems == []


@pytest.fixture
def laptop(browser: Browser, stage: Stage) -> Iterator[Page]:
    """A volunteer's laptop with JavaScript."""
    problems: list[str] = []
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="nl-NL")
    yield watched(context, problems, stage.url)
    context.close()
    assert problems == []
