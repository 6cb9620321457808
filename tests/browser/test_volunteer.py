"""A volunteer publishes an event in the admin; a second person approves it; residents see it."""

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from boloboost.accounts.enums import Role
from events.models import EventPage
from tests.browser.conftest import TIMEOUT_MS, Stage, next_week
from tests.factories import make_user


@pytest.fixture(autouse=True)
def _sample(settings: object) -> None:
    settings.SAMPLE = True  # type: ignore[attr-defined]


def log_in(page: Page, stage: Stage, role: Role) -> None:
    """Give the browser the session of a person with this role."""
    user = make_user(f"{role}@example.org", site=stage.neighbourhood.site, role=role)
    client = Client()
    client.force_login(user)
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": stage.url}])


def test_write_submit_approve_and_see(laptop: Page, browser: Browser, stage: Stage) -> None:
    log_in(laptop, stage, Role.LEAD)
    calendar = stage.neighbourhood.calendar
    laptop.goto(stage.address(f"/beheer/pages/add/events/eventpage/{calendar.pk}/"))
    laptop.locator("[name=title]").fill("Soepavond")
    laptop.locator("[name=category]").select_option(label="Eten")
    day = next_week(18)
    laptop.locator("[name=starts_at]").fill(f"{day:%d-%m-%Y} 18:00")
    laptop.keyboard.press("Escape")
    laptop.locator("[name=ends_at]").fill(f"{day:%d-%m-%Y} 20:00")
    laptop.keyboard.press("Escape")
    laptop.locator("[name=place]").select_option(label="Egidiusstraat")
    laptop.get_by_role("button", name="Meer acties").or_(
        laptop.locator("footer [data-w-dropdown-target='toggle']")
    ).first.click()
    with laptop.expect_navigation():
        laptop.locator("button[name=action-submit]").click()
    page = EventPage.objects.get(title="Soepavond")
    assert not page.live

    context = browser.new_context(viewport={"width": 1280, "height": 900})
    editor = context.new_page()
    editor.set_default_timeout(TIMEOUT_MS)
    log_in(editor, stage, Role.EDITOR)
    editor.goto(stage.address(f"/beheer/pages/{page.pk}/edit/"))
    editor.locator("footer [data-w-dropdown-target='toggle']").first.click()
    with editor.expect_navigation():
        editor.locator("[data-workflow-action-name='approve']").first.click()
    context.close()
    page.refresh_from_db()
    assert page.live

    laptop.goto(stage.address("/agenda/?weergave=lijst"))
    expect(laptop.get_by_role("link", name="Soepavond").first).to_be_visible()
    feed = laptop.request.get(stage.address("/feeds/agenda.ics"))
    assert feed.headers["content-type"] == "text/calendar; charset=utf-8"
    assert "SUMMARY:Soepavond" in feed.text()


def test_calling_off_in_the_schedule_screen(laptop: Page, stage: Stage) -> None:
    log_in(laptop, stage, Role.EDITOR)
    laptop.goto(stage.address("/beheer/schedule/"))
    laptop.get_by_role("link", name="Straatdiner").first.click()
    laptop.locator("a[href$='/cancel/']").click()
    laptop.locator("[name=reason]").fill("Er komt storm.")
    laptop.locator("button.serious").click()
    laptop.wait_for_url(f"**/beheer/schedule/{stage.dinner.pk}/")
    laptop.goto(stage.address("/agenda/straatdiner/"))
    expect(laptop.locator("main")).to_contain_text("Er komt storm.")
    stage.dinner.refresh_from_db()
    assert stage.dinner.is_cancelled
