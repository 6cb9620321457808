"""A resident: sees what is on, says yes, signs off. No account, no cookie, no script."""

from playwright.sync_api import Page, expect

from boloboost.core.models import OutgoingMail
from boloboost.core.public_forms import YOUNGEST
from events.enums import RegistrationStatus
from events.models import Registration
from tests.browser.conftest import Stage

OLD_ENOUGH_MS = YOUNGEST.total_seconds() * 1000 + 500


def path_of(address: str) -> str:
    return "/" + address.split("/", 3)[3]


def test_from_the_start_page_to_yes_and_back(phone: Page, stage: Stage) -> None:
    phone.goto(stage.address("/"))
    phone.locator("a[href*='/agenda/']").first.click()
    phone.get_by_role("link", name="Straatdiner").first.click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("diner")
    phone.locator(f"a[href='/aanmelden/{stage.dinner.pk}/']").first.click()

    phone.locator("[name=name]").fill("Fatma")
    phone.locator("[name=email]").fill("fatma@example.org")
    phone.wait_for_timeout(OLD_ENOUGH_MS)
    phone.locator("label:has(input[name=party_size][value='2'])").click()
    phone.locator("main form [type=submit]").click()
    expect(phone.locator("main")).to_contain_text("fatma@example.org")
    row = Registration.objects.get()
    assert (row.name, row.party_size, row.language) == ("Fatma", 2, "nl")

    link = OutgoingMail.objects.get().context["guest_url"]
    phone.goto(stage.address(path_of(link)))
    expect(phone.locator("main")).to_contain_text("Fatma")
    phone.wait_for_timeout(OLD_ENOUGH_MS)
    phone.locator("main form [type=submit]").click()
    row.refresh_from_db()
    assert row.status == RegistrationStatus.CANCELLED


def test_an_error_stands_beside_the_field_and_nothing_is_lost(phone: Page, stage: Stage) -> None:
    phone.goto(stage.address(f"/aanmelden/{stage.dinner.pk}/"))
    phone.locator("[name=name]").fill("Şükrü")
    phone.locator("[name=email]").fill("sukru@example")
    phone.wait_for_timeout(OLD_ENOUGH_MS)
    phone.locator("main form [type=submit]").click()
    expect(phone.locator("[name=email]")).to_have_attribute("aria-invalid", "true")
    described = phone.locator("[name=email]").get_attribute("aria-describedby") or ""
    assert any(phone.locator(f"#{name}.field__error").count() for name in described.split())
    expect(phone.locator("[name=name]")).to_have_value("Şükrü")
    assert not Registration.objects.exists()


def test_in_english(phone: Page, stage: Stage) -> None:
    phone.goto(stage.address("/en/agenda/?weergave=lijst"))
    expect(phone.locator("html")).to_have_attribute("lang", "en")
    expect(phone.get_by_role("link", name="Straatdiner").first).to_be_visible()
    phone.goto(stage.address(f"/en/aanmelden/{stage.dinner.pk}/"))
    expect(phone.get_by_text("What is your name?")).to_be_visible()


def test_by_keyboard_alone(laptop: Page, stage: Stage) -> None:
    laptop.goto(stage.address(f"/aanmelden/{stage.dinner.pk}/"))
    laptop.keyboard.press("Tab")
    skip = laptop.locator(":focus")
    expect(skip).to_have_attribute("href", "#content")
    laptop.locator("[name=name]").focus()
    laptop.keyboard.type("Joke")
    laptop.keyboard.press("Tab")
    laptop.keyboard.type("joke@example.org")
    laptop.keyboard.press("Tab")
    laptop.keyboard.press("ArrowRight")
    laptop.wait_for_timeout(OLD_ENOUGH_MS)
    laptop.keyboard.press("Enter")
    expect(laptop.locator("main")).to_contain_text("joke@example.org")
    assert Registration.objects.get().party_size == 2


def test_nothing_sticks_out_at_320_px(phone: Page, stage: Stage) -> None:
    phone.set_viewport_size({"width": 320, "height": 640})
    for path in ("/", "/agenda/", "/agenda/straatdiner/", f"/aanmelden/{stage.dinner.pk}/"):
        phone.goto(stage.address(path))
        box = phone.locator("body").bounding_box()
        assert box is not None
        assert box["width"] <= 320, path
