"""axe-core on every public page: two widths, light and dark, no violation."""

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.browser.conftest import TIMEOUT_MS, Stage

RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_no_violations(
    browser: Browser, stage: Stage, width: int, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    page.set_default_timeout(TIMEOUT_MS)
    found = {}
    for path in (
        "/",
        "/en/",
        "/agenda/",
        "/agenda/?weergave=lijst",
        "/agenda/?maand=" + f"{stage.dinner.starts_at:%Y-%m}",
        "/agenda/straatdiner/",
        f"/aanmelden/{stage.dinner.pk}/",
        "/account/login/",
        "/nergens/",
    ):
        page.goto(stage.address(path))
        results = Axe().run(page, options=RULES)
        if results.violations_count:
            found[path] = results.generate_report()
    context.close()
    assert found == {}
